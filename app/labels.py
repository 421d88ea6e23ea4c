"""What kind of evidence a sentence is: its section, the study that it speaks of, and whose finding it tells.

Rules over words that hold in any field of research, each as the text states it: nothing is concluded about a study that the text does not
say. Where a rule does not apply there is no label, and none is better than a wrong one.

Measured on sentences of the development data that were labelled by hand (``tests/app/labels.tsv``); the test holds the figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pincite.ingest.chunks import leans
from pincite.ingest.text import Document, Sentence

Origin = Literal["own conclusion", "own finding", "another study"]
ORIGIN_WORDS: dict[Origin, str] = {
    "own conclusion": "the article's own conclusion",
    "own finding": "the article's own finding",
    "another study": "its account of other work",
}
_SECTIONS = (
    ("Abstract", r"abstract|summary|synopsis"),
    ("Conclusion", r"conclusions?|concluding|interpretation|implications?|key messages?"),
    ("Discussion", r"discussion|comments?|limitations?|strengths?"),
    (
        "Methods",
        r"methods?|methodology|materials?|patients|participants|subjects|study design|design|statistical|search strateg\w+|protocol",
    ),
    ("Results", r"results?|findings|outcomes?"),
    ("Background", r"background|introduction|rationale|objectives?|aims?|purpose"),
)
_SECTION_PATTERNS = tuple(
    (name, re.compile(rf"(?:[\dIVX]+(?:\.\d+)*\.?\s+)?(?:the\s+)?(?:{words})\b", re.IGNORECASE)) for name, words in _SECTIONS
)

_COUNT = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|multiple|many|few|numerous|various)"
_HOW = r"""
    small(?:-scale)?|large(?:-scale)?|pilot|feasibility|exploratory|preliminary|retrospective|prospective|(?:non-?\s?)?randomi[sz]ed|quasi-randomi[sz]ed
   |(?:un)?controlled|(?:double|single|triple|assessor|observer|investigator)[-\s]?blind(?:ed)?|blinded|masked|open(?:-label)?|placebo-controlled
   |sham-controlled|active-controlled|crossover|cross-over|parallel(?:-group|-arm)?|factorial|cluster(?:-randomi[sz]ed)?
   |multi-?cent(?:er|re)|single-?cent(?:er|re)|observational|clinical|cohort|case-control|cross-sectional|longitudinal|follow-up|phase\s(?:[1-4]|I{1,3}V?|IV)[ab]?
   |comparative|population-based|nationwide|registry-based|animal|experimental|in\svitro|in\svivo|laboratory|epidemiologic(?:al)?|genetic|diagnostic
   |qualitative|validation|superiority|non-?inferiority|equivalence|dose-finding|dose-response|proof-of-concept|three-arm|two-arm|human|observer-blinded
"""
_DESIGN = re.compile(
    rf"""
    (?:\b(?P<count>{_COUNT})\s+(?:(?:of\sthe|other|recent|previous|earlier|more\srecent)\s+)?)?
    \b(?P<how>(?:(?:{_HOW})(?:,?\s+(?:and\s+)?|\s*[,/]\s*))*)
    (?P<what>meta-analys[ie]s|meta-regressions?|(?:systematic|scoping|umbrella|literature|narrative|Cochrane)\s+reviews?|case\s+(?:series|reports?|studies)
      |cohort\s+stud(?:y|ies)|cross-sectional\s+surveys?|RCTs?|trials?|stud(?:y|ies)|experiments?|surveys?)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NAMED_ALONE = re.compile(r"meta-|review|case|cohort|cross|RCT", re.IGNORECASE)
"""Designs that are one without a further word; "study" alone is none."""
_WANTED = re.compile(
    r"\b(?:needed|warranted|required|awaited|lacking|should be|would be|necessary|recommended|ongoing|planned)\b", re.IGNORECASE
)
_ABSENT = re.compile(r"\b(?:no|future|further|lack of|absence of|without|additional|larger|more)\s+(?:\w+[\s,-]+){0,3}$", re.IGNORECASE)

_CITING = re.compile(
    r"\[\d[\d,;–\-\s]*\]"
    r"|\((?:see\s+|e\.g\.,?\s+)?[A-Z][\w'’-]+(?:\s+(?:and|&)\s+[A-Z][\w'’-]+|\s+et\s+al\.?)?,?\s+(?:19|20)\d\d[a-z]?(?:[;,][^()]*)?\)"
    r"|\bet\s+al\b|\band\s+(?:his\s+|her\s+|their\s+)?(?:colleagues|co-?workers|associates)\b|(?<=[a-z][.,])\d{1,2}(?:[,–-]\d{1,2})*(?=\s|$)"
)
_OTHERS = re.compile(
    r"""\b(?:
      (?:previous|prior|earlier|recent|published|existing|other|another|several|some|many|most|numerous|multiple|few|conflicting|similar)\s+
        (?:\w+[\s,-]+){0,4}?(?:studies|study|trials?|reports?|reviews?|meta-analyses|meta-analysis|authors?|investigators|researchers|series|publications?|literature|RCTs?)
      |(?:\d+|two|three|four|five|six)\s+(?:\w+[\s,-]+){0,3}?(?:studies|trials|reports|RCTs)\s+(?:\w+ly\s+)?(?:found|show|report|indicat|suggest|demonstrat|observ|confirm|reveal|did|ha[sd]|have)\w*
      |the\s+(?:study|trial|report|work|review|meta-analysis)\s+(?:by|of)\s+(?-i:[A-Z])
      |(?:one|a|an)\s+(?:\w+[\s,-]+){0,6}?(?:study|trial|meta-analysis|review|survey|RCT)\b(?!\s+(?:protocol|group|arm|design|will))
      |studies\s+(?:have|had|has|on|of|in|that|show|suggest|indicat|report|found|demonstrat)\w*
      |(?:the\s+)?(?:investigators|researchers|authors)\s+(?:\w+\s+)?(?:found|reported|determined|concluded|showed|suggested|observed|demonstrated|noted)
      |(?:has|have)\s+(?:also\s+|previously\s+|recently\s+|long\s+|not\s+)?been\s+(?:\w+ly\s+)?(?:reported|shown|demonstrated|found|suggested|associated|described|observed|confirmed|linked|proposed|published|approved|proven|established)
      |according\s+to\s+(?!our|the\s+(?:protocol|manufacturer|results))|in\s+the\s+literature|it\s+is\s+(?:well\s+)?known|evidence\s+(?:has|suggests|indicates|shows)
      |(?:was|were)\s+reported\s+(?:by|in)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_TOLD = re.compile(
    r"\b(?:et\s+al\.?|and\s+(?:his\s+|her\s+|their\s+)?(?:colleagues|co-?workers))(?:\s*,?\s*(?:\[[^\]]*\]|\([^)]*\)))*,?\s+(?:\w+ly\s+|also\s+|have\s+|had\s+|has\s+)*"
    r"(?:found|report|show|demonstrat|observ|conclud|suggest|investigat|compar|stud|propos|describ|not|reveal|confirm|identif|evaluat|examin)\w*"
)
"""Other authors as those who tell: that outweighs a comparison with the article's own results."""
_OWN = re.compile(
    r"""\b(?:we|our|ours)\b
      |\b(?:this|the\s+(?:present|current)|present|current|these)\s+(?:\w+[\s-]+){0,3}?(?:study|trial|review|meta-analysis|meta-analyses|analysis|analyses|paper|article|work|report|investigation|survey|results?|findings|data)\b
      |\bthe\s+(?:results|findings)\s+(?:of|from)\s+(?:this|our|the\s+present)\b|\bherein\b|^(?:the\s+)?(?:results|findings)\s+(?:also\s+)?(?:suggest|indicate|show|demonstrate|support|confirm)""",
    re.IGNORECASE | re.VERBOSE,
)
_CONCLUDING = re.compile(
    r"""^(?:in\s+(?:conclusion|summary)|to\s+(?:conclude|summari[sz]e)|(?:overall|taken\s+together|collectively|therefore|thus|altogether),)
      |^(?:the\s+)?(?:results|findings)\s+(?:also\s+)?(?:suggest|indicate|show|demonstrate|support|confirm)
      |\bwe\s+(?:therefore\s+|thus\s+)?(?:conclude|recommend|suggest\s+that)\b
      |\b(?:this|our|the\s+present|the\s+current|these)\s+(?:\w+[\s-]+){0,4}?(?:suggest|conclude|demonstrate|indicate|support|confirm|provide\s+evidence|show)(?:s|ed)?\b""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Labels:
    """Of one sentence. ``study`` is in the text's own words; None wherever the text does not say."""

    section: str | None
    page: int | None
    year: int | None
    study: str | None
    origin: Origin | None


def labels(document: Document, number: int) -> Labels:
    """The labels of a sentence. One that leans on the sentence before it ("This trend") takes from there what it does not say itself.

    Raises:
        IndexError: there is no such sentence.
    """
    sentence = document.sentence(number)
    study, whose = study_of(sentence.text), origin(document, sentence)
    before = document.context_of(number)
    if before and leans(sentence.text):
        study = study or study_of(before)
        whose = whose or origin(document, document.sentence(number - 1))
    if study is None and whose in ("own conclusion", "own finding"):
        study = study_of(document.source.title)
        study = study.lower() if study and "RCT" not in study else study
    return Labels(section_of(sentence), sentence.page, document.source.year, study, whose)


def section_of(sentence: Sentence) -> str | None:
    """The part of an article that a sentence stands in, by the usual name where it has one: ``Results``, ``Abstract: Conclusion``."""
    path = [name for name in sentence.section.split(" > ") if name]
    if not path:
        return None
    usual = [next((usual for usual, pattern in _SECTION_PATTERNS if pattern.match(name)), None) for name in path]
    if usual[0] == "Abstract":
        return f"Abstract: {usual[1] or path[1]}" if len(path) > 1 else "Abstract"
    return usual[0] or path[0]


def study_of(text: str) -> str | None:
    """The study that a sentence speaks of, as it calls it: "2 retrospective studies", "small pilot trial", "meta-analysis".

    None where it names none, more of them are only wished for, or the word stands alone ("a study").
    """
    for found in _DESIGN.finditer(text):
        how, what = " ".join(found["how"].split()).rstrip(","), found["what"]
        if not how and not _NAMED_ALONE.match(what) and not _NAMED_ALONE.search(what):
            continue
        if _ABSENT.search(text[: found.start()]) or _WANTED.search(text[found.end() : found.end() + 80]):
            continue
        words = " ".join(filter(None, (found["count"], how, " ".join(what.split()))))
        return words if words.isupper() or "RCT" in words or "Cochrane" in words else words[0].lower() + words[1:]
    return None


def origin(document: Document, sentence: Sentence) -> Origin | None:
    """Whose finding a sentence tells: the article's own conclusion or finding, or the article's account of other work."""
    text, section = sentence.text, section_of(sentence) or ""
    parts = section.split(": ")
    last = parts[-1]
    if last == "Methods":
        return None
    if _TOLD.search(text):
        return "another study"
    own, cites = bool(_OWN.search(text)), bool(_CITING.search(text))
    concluding = bool(_CONCLUDING.search(text))
    # The results of an article that is no review are its own, unless it cites.
    others = cites or (bool(_OTHERS.search(text)) and (last != "Results" or _is_review(document)))
    if last == "Conclusion":
        return "another study" if cites and not own else "own conclusion"
    if own and concluding and last != "Background":
        return "own conclusion"
    if others and not own:
        return "another study"
    if own:
        return "own finding" if last in ("Results", "Discussion", "Abstract") and not _AIM.search(text) else None
    if last == "Results" and not sentence.section.startswith(("Table", "Fig")):
        return "own finding"
    return "own conclusion" if concluding and last in ("Discussion", "Abstract") else None


def _is_review(document: Document) -> bool:
    source = document.source
    return bool(_REVIEW.search(f"{source.title} {source.type or ''} {source.summarises or ''}"))


_REVIEW = re.compile(r"\breview|meta-analys", re.IGNORECASE)
_AIM = re.compile(r"\b(?:aim(?:ed|s)?|objective|purpose|hypothesi[sz]\w+|limitations?|sought to|will be|was designed)\b", re.IGNORECASE)


def label_line(document: Document, numbers: Sequence[int]) -> str:
    """The labels of the sentences of one document that are cited together, in one short line; "" where there are none.

    What holds for all of them is said once, what differs with the numbers of its sentences.
    """
    each = {number: labels(document, number) for number in sorted(numbers)}
    kinds: list[list[tuple[int, str]]] = [
        [(n, found.section) for n, found in each.items() if found.section],
        [(n, f"page {found.page}") for n, found in each.items() if found.page],
        [(n, found.study) for n, found in each.items() if found.study],
        [(n, ORIGIN_WORDS[found.origin]) for n, found in each.items() if found.origin],
    ]
    return " · ".join(filter(None, (_together(kind, len(each)) for kind in kinds)))


def _together(found: list[tuple[int, str]], count: int) -> str:
    """``Results``; ``[3] Results, [5] Discussion`` by sentence number where they differ or not all have one."""
    values = dict.fromkeys(value for _, value in found)
    if len(values) == 1 and len(found) == count:
        return next(iter(values))
    return ", ".join(f"{value} ({', '.join(str(n) for n, v in found if v == value)})" for value in values)
