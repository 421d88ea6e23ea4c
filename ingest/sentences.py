"""Splitting a paragraph into sentences, with exact offsets.

``sentencex`` (Wikimedia) proposes where sentences begin; ``_may_begin`` keeps or drops each place, and three patterns add places that it
passes over. Offsets are set in one forward pass and never searched for again; whatever the places, every character belongs to a sentence.

Measured on 1,241 passages of trial papers and news briefs (7,607 sentences; the boundaries within a passage count; pysbd helped to make the
gold, which favours it) and on the 62 hard lines of ``tests/ingest/hard_sentences.txt`` (doses, "et al.", "vs.", "i.v.", "Fig. 2", initials,
citations). This module was made with both in view, so its figures are development figures.

    ================  ================================  =======================  ============  ==================================
    splitter          passages: precision, recall, F1   hard lines: F1, right    characters/s
    ================  ================================  =======================  ============  ==================================
    **this module**   0.995, 0.995, 0.995               0.986, 60                11 million
    pysbd 0.3.4       0.988, 1.000, 0.994               0.818, 45                0.3 million   searches offsets: quadratic
    segtok 1.5.11     0.987, 0.996, 0.991               0.803, 43                2.5 million   gives no offsets; last of 2021
    blingfire 0.1.8   0.990, 0.991, 0.991               0.806, 44                6.3 million   x86 binaries of 2021
    nltk 3.10.4       0.988, 0.994, 0.991               0.791, 42                6.3 million   Punkt with our abbreviations; 1.2 s to import
    nupunkt 0.8.0     0.990, 0.986, 0.988               0.824, 47                12 million
    sentencex 1.0.32  0.987, 0.988, 0.988               0.851, 46                84 million
    syntok 1.4.4      0.979, 0.985, 0.982               0.803, 45                1.8 million
    ================  ================================  =======================  ============  ==================================

With the same layer over them all of these reach F1 0.992 to 0.996, so the choice went by offsets, speed, wheels for every platform and
upkeep. Still wrong: "in the U.S. Approval followed" stays one sentence (as "the U.S. Food and Drug Administration" must), and so does a
sentence that begins with a pointer in brackets ("(Table 4) shows the rest").
"""

from __future__ import annotations

import re

SPLITTER = "sentencex"

_SPACE = re.compile(r"\s")
_TAIL, _HEAD, _BRACKET = 60, 200, 300
"""How many characters before and after a place are looked at, and how far back for an open bracket: so the time is linear."""

_WINDOW = 5_000
"""How many characters the splitter is given at once; few paragraphs are longer."""

_MARK = r"(?:\d{1,3}(?:[,–-]\d{1,3})*|\[[\d,;–\-\s]{1,40}\])"
_CLOSERS = r"[\"'”’»)\]]*"
_STOP = re.compile(rf"[.!?…。！？]{_CLOSERS}{_MARK}?{_CLOSERS}$")
_MORE = re.compile(
    rf"(?<=[a-z)%][a-z)%])\.{_MARK}\s+(?=[\"“‘(\[]?[A-Z0-9])"  # a citation glued to the stop: "was lost.13 Different", "pain.[1] Others"
    rf"|(?:…|\.\.\.){_CLOSERS}\s+(?=[\"“‘(\[]?[A-Z])"
    rf"|[.!?]{_CLOSERS}\s+(?=[\"“‘(\[]*[A-Z]|\[\d)"
)
_GROUP = re.compile(
    r"(?:\[[\d,;–\-\s]+\]|\((?:(?:see\ |cf\.\ )?(?:figs?|figures?|tables?|tabs?|eqs?|refs?|suppl\w*|appendix)\b[^()]{0,60}"
    r"|[pn]\s?[<>=≤≥][^()]{0,60}|[\d,;–\-\s]+)\))[.,]?(?=\s|$)",
    re.IGNORECASE,
)
"""A citation or a pointer after the stop that belongs to the sentence before it: "relieves pain. [1]", "at term. (P = 0.03)."."""
_LABEL = re.compile(
    r"\(?(?:\d{1,3}|[A-Z]|[ivx]{1,4})[.)]"
    r"|(?:results?|conclusions?|(?:materials?|patients|subjects)?\s?(?:and\s)?methods?|backgrounds?|(?:study\s)?objectives?|aims?|purposes?"
    r"|introduction|discussion|interventions?|(?:main\s|primary\s|secondary\s)?(?:outcomes?|variables)(?:\smeasures?)?|measure(?:ment)?s?"
    r"|(?:study\s)?design|(?:data\s)?settings?|participants?|patients|subjects|findings|interpretation|significance|hypothes[ie]s|rationale"
    r"|importance|limitations?|summary|context|trial\sregistration|funding)\.",
    re.IGNORECASE,
)
"""A number of a list or a label of a structured abstract is no sentence: it goes with what follows."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NEVER_LAST = _set("vs fig figs eq eqs ref refs sect cf approx e.g i.e viz")
_NEVER_LAST_AS_WRITTEN = _set("v ca Dr Drs Prof Mr Mrs Ms St Mt")
_BEFORE_NUMBER = _set("no nos p pp vol vols ed eds ver tab tabs ch chap app suppl jan feb mar apr jun jul aug sep sept oct nov dec rs")
_MAY_BE_LAST = _set("al etc inc corp ltd co wk hr hrs min mins sec resp adj inj")
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")
_DOTTED_CAPITALS = re.compile(r"(?:[A-Z]\.)+[A-Z]")
_FUNCTION_WORDS = _set("and or of by with from to in for than that see as the et nor")
_OPENERS = _set(
    "the this these that those it its they their there he she we our in on at of for from with by to as after before during when while"
    " although however moreover furthermore therefore thus but and an a all both each most no none some such other others if since"
    " similarly conversely overall finally results conclusion conclusions methods patients"
)
"""Words that, written with a capital, begin a sentence rather than carry on a name."""
_WORD = re.compile(r"[\"“‘'(\[]*([^\s,;:.!?)\]]+)")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of one paragraph as half-open spans of code points, in order, white space trimmed.

    Every character of ``text`` that is not white space lies in exactly one span. The time is linear in the length.
    """
    from sentencex import get_sentence_boundaries

    # Of the same length, so that offsets stay true: a line end within a paragraph is only a wrapped line.
    flat = _SPACE.sub(" ", text)
    places = {match.end() for match in _MORE.finditer(flat)}
    for start, end in _windows(flat):
        places.update(start + boundary["start_index"] for boundary in get_sentence_boundaries("en", flat[start:end]))

    spans: list[tuple[int, int]] = []
    begin = 0
    for place in sorted(places):
        place = _after_space(flat, place)
        if place <= begin:
            continue
        group = _GROUP.match(flat, place)
        if group and _STOP.search(flat[max(begin, place - _TAIL) : place].rstrip()):
            place = _after_space(flat, group.end())
            keep = flat[place : place + 1].isupper() or _may_begin(flat, begin, place)
        else:
            keep = _may_begin(flat, begin, place)
        if keep and place < len(flat):
            _add(spans, flat, begin, place)
            begin = place
    _add(spans, flat, begin, len(flat))
    return spans


def _windows(text: str) -> list[tuple[int, int]]:
    """Pieces of bounded length, cut at spaces where there are any: on text without spaces the splitter's time grows with the square."""
    cuts = [0]
    while len(text) - cuts[-1] > _WINDOW:
        cuts.append(text.rfind(" ", cuts[-1] + 1, cuts[-1] + _WINDOW) + 1 or cuts[-1] + _WINDOW)
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _may_begin(text: str, begin: int, place: int) -> bool:
    """Whether a sentence may begin at ``place``, when the one before it began at ``begin``."""
    tail, head = text[max(begin, place - _TAIL) : place].rstrip(), text[place : place + _HEAD]
    if not _STOP.search(tail) or head[:1] in set(",;:)]}.!?%’”"):
        return False
    if len(tail) < _TAIL and _LABEL.fullmatch(text[begin:place].strip()):
        return False
    word = _WORD.match(head)
    first = word.group(1) if word else head[:1]
    # "mRNA", "pH", "hs-CRP" may begin a sentence, "which" may not.
    if first[:1].islower() and first == first.lower() and not any(map(str.isdigit, first)):
        return False
    return not (_is_abbreviated(tail, head, first) or _in_brackets(text, begin, place, head))


def _is_abbreviated(tail: str, head: str, first: str) -> bool:
    """Whether the stop at the end of ``tail`` is that of an abbreviation, and what follows goes on."""
    if not tail.endswith("."):
        return False
    *before, last = tail.split()[-2:]
    last = last.lstrip("([\"“‘'/")[:-1]
    digit, opener = first[:1].isdigit(), first.lower() in _OPENERS
    if last.lower() in _NEVER_LAST or last in _NEVER_LAST_AS_WRITTEN or (digit and last.lower() in _BEFORE_NUMBER):
        return True
    if last.lower() in _MAY_BE_LAST or _DOTTED.fullmatch(last):
        return digit or head[:1] in {"(", "["} or (bool(_DOTTED_CAPITALS.fullmatch(last)) and not opener)
    if len(last) == 1 and last.isupper():
        # An initial ("J. Smith"), unless a noun stands before it ("in group B. Two had").
        noun = bool(before) and before[0].islower() and before[0] not in _FUNCTION_WORDS
        return not (opener or noun)
    return False


def _in_brackets(text: str, begin: int, place: int, head: str) -> bool:
    """Whether ``place`` lies between an opening bracket not far before it and its closing one not far after."""
    start = max(begin, place - _BRACKET)
    opened = max(text.rfind("(", start, place), text.rfind("[", start, place))
    closed = max(text.rfind(")", start, place), text.rfind("]", start, place))
    return opened > closed and re.match(r"[^()\[\]]*[)\]]", head) is not None


def _after_space(text: str, place: int) -> int:
    while place < len(text) and text[place] == " ":
        place += 1
    return place


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    start = _after_space(text, start)
    end = start + len(text[start:end].rstrip())
    if start < end:
        spans.append((start, end))
