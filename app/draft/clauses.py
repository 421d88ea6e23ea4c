"""Cutting a sentence into clauses that are judged apart: "Pain fell by half, and opioid use did not change" says two things.

A place is a cut only where both sides have a subject and a finite verb of their own; the subject of a verb that follows "and" directly is
carried over. Conditions, reported wholes ("found that pain and opioid use fell") and "respectively" stay whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .blocks import Span
from .verbs import AUXILIARIES, finite_verbs, leading_verb


@dataclass(frozen=True, slots=True)
class Clause:
    """``sentence[start:end]`` is the clause; ``carried`` is what it leaves out and the clause before it says: its subject, its setting."""

    start: int
    end: int
    carried: str = ""


_JOIN = re.compile(r"\s*;\s+(?:(?:and|but|yet)\s+)?|\s*,\s+(?:and|but|yet|whereas|while|though|although)\s+|\s+(?:and|but)\s+")
_WHOLE = re.compile(
    r"\brespectively\b|\bnot\s+only\b|\bwhether\b|\bneither\b|\beither\b|^\W*(?:if|when|whenever|unless|once|provided|suppose|because|since|as)\b"
    r"|^\W*(?:there\s+(?:is|was|are|were)\s+no|it\s+is\s+(?:not|un\w+)|no\s+(?:evidence|study|trial|data))\b|\b(?:the\s+)?more\b[^,]{1,40},\s*the\b",
    re.IGNORECASE,
)
_CONCEDES = re.compile(r"\W*(?:although|though|even\s+though|whereas|while)\s+", re.IGNORECASE)
_SUBORDINATES = re.compile(
    r"\b(?:that|which|who|whom|whose|whether|where|because|since|although|though|while|whereas|if|when|unless|until|so\s+that)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:however|therefore|thus|hence|then|also|instead|conversely|in\s+(?:contrast|addition|turn)|by\s+contrast|consequently|similarly"
    r"|moreover|furthermore|subsequently|later|that)\b,?\s*",
    re.IGNORECASE,
)
_SETTING = re.compile(
    r"\W*((?:in|among|for|during|after|within|at|by|with|following|before|on|under|over|across|throughout)\b[^,]{3,90}),\s+", re.IGNORECASE
)
_PLACED = re.compile(
    r"(?:in|among|for|during|after|within|at|by|with|following|before|on|under|it|they|this|these|he|she|both)\b", re.IGNORECASE
)
_TAIL = re.compile(r"(?:\s|not|n['’]t|so|either|too|\W)*$", re.IGNORECASE)
_FEWEST_WORDS = 3
_LONGEST_SUBJECT = 12
_LONGEST = 1_500
"""Characters; a clause longer than this is not looked into for a cut, so that the time stays linear."""
_QUOTES = {"“": "”", "«": "»", "„": "“"}


def split_clauses(sentence: str) -> list[Clause]:
    """The clauses of a sentence, in order: one where it says one thing. Time is linear in the length."""
    whole = Clause(0, len(sentence))
    if _WHOLE.search(sentence):
        return [whole]
    covered = _covered(sentence)
    clauses: list[Clause] = []
    begin, carried = 0, ""
    if concession := _concession(sentence, covered):
        clauses.append(Clause(*concession[0]))
        begin = concession[1]
    joints = [m.span() for m in _JOIN.finditer(sentence, begin) if not covered[m.start()]]
    for number, joint in enumerate(joints):
        left = sentence[begin : joint[0]]
        if len(left) > _LONGEST or not _may_cut(sentence, joints, number, begin):
            continue
        right = sentence[joint[1] : _end_of_right(sentence, joints, number)]
        taken = _carry(left, right, sentence[slice(*joint)], carried)
        if taken is not None:
            clauses.append(Clause(*_trim(sentence, begin, joint[0]), carried))
            begin, carried = joint[1], taken
    clauses.append(Clause(begin, len(sentence), carried))
    return clauses if len(clauses) > 1 else [whole]


def _may_cut(sentence: str, joints: list[Span], number: int, begin: int) -> bool:
    """Whether what stands between this joint and the one before it, where that was no cut, does not begin a list that goes on here."""
    before = joints[number - 1] if number else None
    if before is None or before[0] < begin or next(finite_verbs(sentence[before[1] : joints[number][0]]), None):
        return True
    return _has_stop(sentence, joints[number]) and not _has_stop(sentence, before)


def _end_of_right(sentence: str, joints: list[Span], number: int) -> int:
    """Where the clause after a joint ends: at the next joint, or beyond it where that only joins two parts of its subject."""
    ends = [joint[0] for joint in joints[number + 1 :][:3]] + [len(sentence)]
    if not _has_stop(sentence, joints[number]):
        return ends[0]
    for following, end in enumerate(ends):
        if next(finite_verbs(sentence[joints[number][1] : end]), None):
            return end
        if following < len(ends) - 1 and _has_stop(sentence, joints[number + 1 + following]):
            break
    return ends[0]


def _has_stop(sentence: str, joint: Span) -> bool:
    return sentence[slice(*joint)].lstrip()[:1] in {",", ";"}


def _carry(left: str, right: str, joint: str, carried: str) -> str | None:
    """What the right side takes over from the left one where both can stand alone (maybe nothing), or None where they cannot."""
    if not _is_whole(left if not carried else f"{carried} {left}"):
        return None
    opening = _OPENING.match(right)
    rest = right[opening.end() :] if opening else right
    if len(rest.split()) < _FEWEST_WORDS or _is_cut_short(rest):
        return None
    contrast = re.search(r"whereas|while|though", joint) is not None
    setting = _SETTING.match(left)
    verb = leading_verb(rest)
    if verb:
        subject = _subject(left[setting.end() :] if setting else left, carried)
        if contrast or not subject or (verb == "lexical" and subject[1] in AUXILIARIES) or ";" in joint:
            return None
        return f"{setting.group(1).strip()}, {subject[0]}" if setting and not carried else subject[0]
    if not _is_whole(rest):
        return None
    if setting and not contrast and "but" not in joint and not _PLACED.match(rest) and not list(finite_verbs(setting.group(1))):
        return setting.group(1).strip() + ","
    return ""


def _is_whole(clause: str) -> bool:
    """Whether a clause has a subject and a finite verb that is not part of a clause within it."""
    if len(clause.split()) < _FEWEST_WORDS:
        return False
    verbs = list(finite_verbs(clause))
    if not verbs or not re.search(r"\w", clause[: verbs[0][0]]):
        return False
    marks = [m.end() for m in _SUBORDINATES.finditer(clause)]
    if len(verbs) <= len(marks):
        return False
    return not marks or any(verb[0] >= marks[-1] for verb in verbs)


def _is_cut_short(clause: str) -> bool:
    """Whether a clause ends with its auxiliary ("whereas placebo did not"): it says nothing without the one before it."""
    verbs = list(finite_verbs(clause))
    if not verbs:
        return False
    last = clause[slice(*verbs[-1])].lower()
    return last in AUXILIARIES and _TAIL.match(clause, verbs[-1][1]) is not None


def _subject(clause: str, carried: str) -> tuple[str, str] | None:
    """The subject of a clause and its first finite verb; none where the subject is long or holds a clause itself."""
    verb = next(finite_verbs(clause), None)
    if verb is None:
        return None
    subject = clause[: verb[0]].strip(" ,;\n\t")
    if not subject and carried:
        subject = carried
    if (
        not subject
        or len(subject.split()) > _LONGEST_SUBJECT
        or _SUBORDINATES.search(subject)
        or re.match(r"there\b", subject, re.IGNORECASE)
    ):
        return None
    return subject, clause[slice(*verb)].lower()


def _concession(sentence: str, covered: bytearray) -> tuple[Span, int] | None:
    """ "Although X, Y": the span of X, and where Y begins."""
    opening = _CONCEDES.match(sentence)
    if not opening:
        return None
    for comma in re.finditer(r",\s+", sentence[:_LONGEST]):
        left, right = sentence[opening.end() : comma.start()], sentence[comma.end() : comma.end() + _LONGEST]
        if covered[comma.start()] or not _is_whole(left):
            continue
        if re.match(r"(?:and|or|which|who|where|but)\b", right) or leading_verb(right) or not _is_whole(right):
            continue
        return (opening.end(), comma.start()), comma.end()
    return None


def _covered(sentence: str) -> bytearray:
    """For each character, whether it stands in brackets or in quotation marks: there is no cut there."""
    covered = bytearray(len(sentence))
    depth, quoted, closing = 0, False, ""
    for place, char in enumerate(sentence):
        if char == '"':
            quoted = not quoted
        elif closing:
            closing = "" if char == closing else closing
        elif char in _QUOTES:
            closing = _QUOTES[char]
        depth = max(0, depth + (char in "([") - (char in ")]"))
        covered[place] = depth > 0 or quoted or bool(closing)
    return covered


def _trim(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip(" ,;\n\t"))
