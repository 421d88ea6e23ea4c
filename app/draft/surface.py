"""The text of a draft without what is not its wording: Markdown's signs, tags, citation marks.

``masked`` keeps the length, so that places found in it are places in the draft; ``cleaned`` is what a reader would read aloud.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Sequence

from .blocks import Kind, Span
from .marks import Mark

_COMMENT = re.compile(r"<!--.{0,5000}?-->", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,300}>")
_LINK = re.compile(r"(!?\[)([^\[\]\n]{0,500})(\]\((?:[^()\s]|\([^()\s]{0,300}\)){0,500}(?:\s\"[^\"\n]{0,300}\")?\))")
_EMPHASIS = re.compile(r"\*{1,3}|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_])|~~|`+|==")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_CONTINUED = re.compile(r"(?<=\n)[ \t]*(?:>[ \t]?)+")
_EMPTY = re.compile(r"\(\s*(?:[;,]|see|e\.g\.,?|cf\.?|and|\s)*\s*\)|\[\s*(?:[;,]\s*)*\]")
_BEFORE_STOP = re.compile(r"\s+(?=[.,;:!?)\]])")
_DOUBLED = re.compile(r"([,;.])(?:\s*[,;.])+(?=\s|$)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LABEL = re.compile(
    r"\s*(?:[AQ]|(?i:(?:reviewer|referee|editor|author|speaker|patient|doctor|nurse|pharmacist|interviewer|moderator|host|caller|reader)s?"
    r"|(?:answer|question|reply|response|comment|remark|point|claim|statement|fact|step|slide|page|line|item|note|nb|n\.b\.|ps|p\.s\.|tip|hint|warning"
    r"|caution|important|update|example|background|introduction|context|rationale|objectives?|aims?|purpose|methods?|results?|findings?|conclusions?"
    r"|discussion|interpretation|limitations?|implications?|summary|in\s+short|tl;?dr|bottom\s+line|takeaways?"
    r"|(?:key|main|take-?\s?home)\s+(?:message|point|finding|result|fact|takeaway)s?)))"
    r"(?:\s*\d{1,3}[a-z]?)?(?:\s*,\s*(?i:line|page|paragraph|slide)s?\s*\d{1,3})?\s*:\s+(?=\S)"
    r"|\s*(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sister|Nurse|Doctor)\b\.?(?:\s+[A-Z][\w.'’-]*){1,3}\s*:\s+(?=\S)"
)
"""Who speaks or which part of a text this is. What a value belongs to ("Nausea: 12%") is no label: it is half of what is said."""
_LEAD_WORDS = frozenset(
    "see also but e.g for review reviews reviewed in by from cf and references therein as cited compare eg pp the ref refs".split()
)
_MOST_LEAD_WORDS = 3


def dropped(text: str, start: int, end: int, kind: Kind, marks: Sequence[Mark]) -> list[Span]:
    """The stretches of a block that are not its wording, in order and not overlapping. ``marks`` are those of the block."""
    spans = [span for mark in marks for span in _mark_spans(text, mark, marks)]
    if kind == "markdown":
        for pattern in (_COMMENT, _TAG, _EMPHASIS, _ESCAPE, _CONTINUED):
            spans += [m.span() for m in pattern.finditer(text, start, end)]
        for match in _LINK.finditer(text, start, end):
            spans += [match.span(1), match.span(3)] if not match.group(1).startswith("!") else [match.span()]
    merged: list[Span] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        elif first < last:
            merged.append((first, last))
    return merged


def masked(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    """The block with what is dropped replaced by spaces: of the same length."""
    parts, at = [], start
    for first, last in spans:
        parts += [text[at:first], " " * (last - first)]
        at = last
    return "".join([*parts, text[at:end]])


def cleaned(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    """The wording of a stretch on one line, without what is dropped. ``spans`` are those of its block."""
    parts, at = [], start
    for first, last in spans[max(0, bisect_left(spans, start, key=lambda s: s[1])) : bisect_left(spans, end, key=lambda s: s[0])]:
        parts.append(text[at : max(at, first)])
        at = max(at, min(last, end))
    wording = html.unescape("".join([*parts, text[at:end]]))
    wording = _EMPTY.sub("", " ".join(wording.split()))
    return _DOUBLED.sub(r"\1", _BEFORE_STOP.sub("", " ".join(wording.split()))).strip()


def label_length(sentence: str) -> int:
    """How many characters of a sentence (masked) are a label before what is said ("A: ", "Reviewer 2: "); 0 where it has none."""
    label = _LABEL.match(sentence)
    return label.end() if label and _WORD.search(sentence, label.end()) else 0


def _mark_spans(text: str, mark: Mark, marks: Sequence[Mark]) -> list[Span]:
    if mark.kind == "author" and text[mark.whole[0]] not in "([":
        return []  # "Urits et al. (2021) found": the name is part of the sentence, and is taken off as its attribution
    if mark.kind != "author":
        return [mark.whole]
    if text[mark.whole[0]] == "[" and text[mark.whole[1] : mark.whole[1] + 1] == "(":
        # The text of a link: a part of the sentence unless it stands in parentheses.
        return [(mark.whole[0] + 1, mark.whole[1] - 1)] if text[mark.whole[0] - 1 : mark.whole[0]] == "(" else []
    inside = "".join(c for i, c in enumerate(text[slice(*mark.whole)], mark.whole[0]) if not _covers(marks, mark.whole, i))
    words = [w.lower() for w in _WORD.findall(inside)]
    only_lead = sum(w not in _LEAD_WORDS for w in words) <= _MOST_LEAD_WORDS
    return [mark.whole] if only_lead else [(mark.start, mark.end)]


def _covers(marks: Sequence[Mark], whole: Span, place: int) -> bool:
    return any(m.start <= place < m.end for m in marks if m.whole == whole)
