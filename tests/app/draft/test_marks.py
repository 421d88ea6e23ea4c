"""Every form of citation that people use, and what looks like one and is none."""

from __future__ import annotations

import pytest
from pincite.app.draft.marks import Known, Mark, find_marks

KNOWN = Known(documents=("urits-2021",), surnames={"urits"}, numbers={str(n) for n in range(1, 31)})
UNLISTED = Known(documents=("urits-2021",), surnames={"urits"})

READ = [
    # Numbers in brackets.
    ("Pain fell [1].", [("[1]", "1")]),
    ("Pain fell.[1] Sleep", [("[1]", "1")]),
    ("Pain fell [1,3–5].", [("1", "1"), ("3–5", "3 4 5")]),
    ("Pain fell [1-3], sleep rose [4].", [("[1-3]", "1 2 3"), ("[4]", "4")]),
    ("Pain fell [1, 2].", [("1", "1"), ("2", "2")]),
    ("Pain fell [1; 7—9].", [("1", "1"), ("7—9", "7 8 9")]),
    ("Pain fell [1][2].", [("[1]", "1"), ("[2]", "2")]),
    ("Relief in 41% [1].", [("[1]", "1")]),
    ("Relief in 41% [1,2].", [("1", "1"), ("2", "2")]),
    (r"Pain fell \[1\].", [(r"\[1\]", "1")]),
    ("Pain fell [ref. 3].", [("[ref. 3]", "3")]),
    ("Pain fell [refs 3, 4].", [("3", "3"), ("4", "4")]),
    ("Pain fell (ref. 3).", [("(ref. 3)", "3")]),
    ("See reference 12 for more.", [("reference 12", "12")]),
    ("Pain fell (1).", [("(1)", "1")]),
    ("Pain fell (2,3), and", [("2", "2"), ("3", "3")]),
    ("Urits and colleagues [1] found", [("[1]", "1")]),
    # Superscripts.
    ("Pain fell.¹ Sleep", [("¹", "1")]),
    ("Pain fell¹² in most", [("¹²", "12")]),
    ("Pain fell,¹,² and", [("¹", "1"), ("²", "2")]),
    ("Pain fell¹⁻³ in", [("¹⁻³", "1 2 3")]),
    ("Pain fell in 2020.¹ Sleep", [("¹", "1")]),
    ("Pain fell^1^ in", [("^1^", "1")]),
    ("Pain fell^1,2^ in", [("1", "1"), ("2", "2")]),
    ("Pain fell<sup>1</sup> in", [("<sup>1</sup>", "1")]),
    ("Pain fell<sup>1,3–5</sup> in", [("1", "1"), ("3–5", "3 4 5")]),
    ("Pain fell<sup>[2]</sup> in", [("<sup>[2]</sup>", "2")]),
    ("It was painful.12 Next day", [("12", "12")]),
    ("Pain fell.[^1] Sleep", [("[^1]", "1")]),
    ("Pain fell[^urits].", [("[^urits]", "urits")]),
    # Author and year in brackets.
    ("Pain fell (Urits 2021).", [("(Urits 2021)", "urits 2021")]),
    ("Pain fell (Urits, 2021).", [("(Urits, 2021)", "urits 2021")]),
    ("Pain fell (Urits I, 2021).", [("(Urits I, 2021)", "urits 2021")]),
    ("Pain fell (I. Urits, 2021).", [("(I. Urits, 2021)", "urits 2021")]),
    ("Pain fell (Urits et al., 2021).", [("(Urits et al., 2021)", "urits 2021")]),
    ("Pain fell (Urits et al 2021).", [("(Urits et al 2021)", "urits 2021")]),
    ("Pain fell [Urits et al., 2021].", [("[Urits et al., 2021]", "urits 2021")]),
    ("Pain fell (Urits et al., 2021; Smith, 2019).", [("Urits et al., 2021", "urits 2021"), ("Smith, 2019", "smith 2019")]),
    ("Pain fell (Urits & Jung, 2021).", [("(Urits & Jung, 2021)", "urits jung 2021")]),
    ("Pain fell (Urits, Jung, and Amgalan, 2021).", [("(Urits, Jung, and Amgalan, 2021)", "urits jung amgalan 2021")]),
    ("Pain fell (see Urits et al., 2021, p. 4).", [("Urits et al., 2021, p. 4", "urits 2021")]),
    ("Pain fell (e.g., Urits et al. 2021; O’Brien 2019).", [("Urits et al. 2021", "urits 2021"), ("O’Brien 2019", "o'brien 2019")]),
    ("Pain fell (Urits et al., 2021a,b).", [("Urits et al., 2021a", "urits 2021a"), ("b", "urits 2021b")]),
    ("Pain fell (Urits et al., 2020, 2021).", [("Urits et al., 2020", "urits 2020"), ("2021", "urits 2021")]),
    ("Pain fell (van der Berg et al., 2018).", [("(van der Berg et al., 2018)", "van der berg 2018")]),
    ("Pain fell (Garcia-Lopez and Müller, 2020).", [("(Garcia-Lopez and Müller, 2020)", "garcia-lopez müller 2020")]),
    ("Pain fell (World Health Organization, 2019).", [("(World Health Organization, 2019)", "world health organization 2019")]),
    ("Pain fell (FDA, 2019).", [("(FDA, 2019)", "fda 2019")]),
    # Author and year in the sentence.
    ("Urits et al. (2021) found it.", [("Urits et al. (2021)", "urits 2021")]),
    ("Urits (2021) found it.", [("Urits (2021)", "urits 2021")]),
    ("Smith (2019) reported it.", [("Smith (2019)", "smith 2019")]),
    ("Smith & Jones (2019) found it.", [("Smith & Jones (2019)", "smith jones 2019")]),
    ("Urits and colleagues (2021) found it.", [("Urits and colleagues (2021)", "urits 2021")]),
    ("Urits, I., Jung, J. W., & Amgalan, A. (2021) say", [("Urits, I., Jung, J. W., & Amgalan, A. (2021)", "urits jung amgalan 2021")]),
    ("According to Urits 2021, pain fell.", [("Urits 2021", "urits 2021")]),
    ("According to Smith 2019, pain fell.", [("Smith 2019", "smith 2019")]),
    ("In Müller et al., 2020, pain fell.", [("Müller et al., 2020", "müller 2020")]),
    ("Smith et al. found that pain fell.", [("Smith et al.", "smith")]),
    ("The review by Urits and colleagues says so.", [("Urits and colleagues", "urits")]),
    # Identifiers.
    ("Pain fell (doi:10.5812/aapm.112348).", [("doi:10.5812/aapm.112348", "10.5812/aapm.112348")]),
    ("Pain fell, 10.5812/aapm.112348.", [("10.5812/aapm.112348", "10.5812/aapm.112348")]),
    ("See https://doi.org/10.5812/AAPM.112348.", [("https://doi.org/10.5812/AAPM.112348", "10.5812/aapm.112348")]),
    (
        "See [here](https://doi.org/10.1016/S0140-6736(21)00001-2).",
        [("https://doi.org/10.1016/S0140-6736(21)00001-2", "10.1016/s0140-6736(21)00001-2")],
    ),
    ("Pain fell (PMID: 34221947).", [("PMID: 34221947", "34221947")]),
    ("See https://pubmed.ncbi.nlm.nih.gov/34221947/.", [("https://pubmed.ncbi.nlm.nih.gov/34221947/", "34221947")]),
    ("Pain fell (PMC8236839).", [("PMC8236839", "PMC8236839")]),
    # Keys and Pincite's own markers.
    ("Pain fell [@urits2021; @smith2019].", [("@urits2021", "urits2021"), ("@smith2019", "smith2019")]),
    ("Pain fell [urits-2021].", [("[urits-2021]", "urits-2021")]),
    ("Pain fell [urits-2021:14].", [("[urits-2021:14]", "urits-2021 :14")]),
    ("Pain fell [urits-2021:14-15].", [("[urits-2021:14-15]", "urits-2021 :14,15")]),
    ("Pain fell [urits-2021, sentence 3].", [("[urits-2021, sentence 3]", "urits-2021 :3")]),
    ("Pain fell (urits-2021, sentences 14-15).", [("urits-2021, sentences 14-15", "urits-2021 :14,15")]),
    ("As urits-2021, sentences 3, 4 and 6 say", [("urits-2021, sentences 3, 4 and 6", "urits-2021 :3,4,6")]),
    ("Pain fell [smith-2019:3].", [("[smith-2019:3]", "smith-2019 :3")]),
    ("Pain fell [smith-2019].", [("[smith-2019]", "smith-2019")]),
]

NOT_READ = [
    "The ratio was 0.8 [0.5, 1.2].",
    "The mean was 2 (95% CI [1, 3]).",
    "The score (median [IQR]: 5 [3, 7])",
    "In all patients (n = 30) it fell (p < 0.05).",
    "It was published in 2021.",
    "It was published (2021).",
    "It was reviewed (May 2021) and (Spring 2020).",
    "A body mass index of 30 kg/m² and 10⁶ cells, 5 cm², R² = 0.9",
    "Mg²⁺ blocks Ca²⁺ channels, 10⁻³ mol",
    "Relief came after [12] weeks.",
    "It was given to [patients] who “felt [sic] pain”.",
    "- [ ] a task, - [x] another",
    "There are (1) pain and (2) opioid use.",
    "Pain fell (30%) in those aged (18-65).",
    "Vitamin B12, H2O, COVID-19 and IL-6 rose.",
    "See (Table 2, 2020) and (Figure 3).",
    "The journal Anesthesiology and Pain Medicine (2021) reported it.",
    "See [the page](https://example.org/1) for more.",
    "The array `x[1]` is code.",
    "Write to someone@example2.org today.",
    "At 9:30 on 12/3/2020 the ratio was 3:1.",
    "Ann and Bob gave 400 mg and 100 mg (oral).",
    "A dose-response [dose-response] curve.",
    "He was (in 2019) the first.",
]


def written(mark: Mark) -> str:
    parts = [*mark.values, *([mark.year] if mark.year else [])]
    return " ".join([*parts, *([f":{','.join(map(str, mark.sentences))}"] if mark.sentences else [])])


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_every_form_is_read(text: str, expected: list[tuple[str, str]]) -> None:
    marks = find_marks(text, 0, len(text), KNOWN)
    assert [(text[m.start : m.end], written(m)) for m in marks] == expected


@pytest.mark.parametrize("text", NOT_READ)
def test_what_looks_alike_is_no_citation(text: str) -> None:
    assert [text[m.start : m.end] for m in find_marks(text, 0, len(text), KNOWN)] == []


@pytest.mark.parametrize("text", ["Pain fell (1).", "It was painful.12 Next day", "Relief in 41% [38, 44]."])
def test_bare_numbers_are_references_only_where_the_list_has_them(text: str) -> None:
    assert find_marks(text, 0, len(text), UNLISTED) == []


def test_there_are_at_least_sixty_forms() -> None:
    assert len(READ) >= 60


def test_superscripts_that_only_the_format_knows() -> None:
    text = "Pain fell.1,2 Opioid use fell by 10 m2 too."
    marks = find_marks(text, 0, len(text), KNOWN, [(10, 13), (34, 35)])
    assert [(text[m.start : m.end], m.values) for m in marks] == [("1", ("1",)), ("2", ("2",))]


def test_offsets_count_in_the_whole_draft() -> None:
    text = "Before. Pain fell [1]. After [2]."
    assert [m.start for m in find_marks(text, 8, 22, KNOWN)] == [18]
