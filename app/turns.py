"""A question of a thread and what it is about, and the ways in which a later one is worded from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import followups as forms
from .topics import Phrase, Role

IN_TIME = frozenset("after during before following".split())
_KEPT = IN_TIME | frozenset("for in against among".split())
_OPERATION = re.compile(r"surg|operat|ectomy|otomy|plasty|transplant|birth|labou?r", re.IGNORECASE)
_CONNECTED = re.compile(r"[\s,]*(?:,|and|or)?[\s,]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question as it was understood, what it is about, and the notices on safety that it carries."""

    text: str
    phrases: tuple[Phrase, ...]
    notices: tuple[str, ...] = ()
    carried: str = ""
    """The intervention of an earlier turn, for one that names none."""

    def of(self, role: Role) -> list[Phrase]:
        """The phrases of a role, those whose words tell it before all others."""
        found = [p for p in self.phrases if p.role == role]
        return [p for p in found if p.sure] or found

    def drug(self) -> str:
        """The intervention with its route, as it stands there, or an empty string."""
        drugs = self.of("intervention")
        if not drugs:
            return self.carried
        routes = [p.text for p in self.phrases if p.role == "route" and self.text[p.end : drugs[0].start].isspace()]
        return " ".join([*routes[-1:], drugs[0].text])

    def bare_drug(self) -> str:
        """The intervention without its route."""
        return next((p.text for p in self.of("intervention")), self.carried.split()[-1] if self.carried else "")

    def where(self) -> str:
        """``in migraine in children``, or an empty string."""
        conditions, groups = sorted(self.of("condition"), key=lambda p: p.before not in _KEPT), self.of("group")
        parts = [f"{conditions[0].before if conditions[0].before in _KEPT else 'in'} {conditions[0].text}"] if conditions else []
        return " ".join([*parts, *(f"in {group.text}" for group in groups[:1])])

    def named(self) -> str:
        """The condition or else the intervention: what "the first one" is."""
        found = self.of("condition") or self.of("intervention") or list(self.phrases)
        return found[0].text


def with_routes(phrases: Sequence[Phrase], text: str) -> list[Phrase]:
    """ "Oral magnesium" as one phrase."""
    joined: list[Phrase] = []
    for phrase in phrases:
        before = joined[-1] if joined else None
        if phrase.role == "intervention" and before and before.role == "route" and text[before.end : phrase.start].isspace():
            joined[-1] = replace(phrase, text=text[before.start : phrase.end], start=before.start, before=before.before)
        else:
            joined.append(phrase)
    return joined


def swapped(base: Turn, phrase: Phrase) -> str:
    """The text of a turn with its phrase of the same role exchanged; added at its end where there is none."""
    text, there, drugs = base.text.rstrip(" ?!."), base.of(phrase.role), base.of("intervention")
    if phrase.role == "route" and drugs:
        phrase = replace(phrase, role="intervention", text=by_route(drugs[0].text, phrase.text))
        there = drugs
    if not there:
        before = {"group": "in", "intervention": "with", "route": "by"}.get(phrase.role) or (
            phrase.before if phrase.before in _KEPT else "for"
        )
        return f"{text} {before} {phrase.text}"
    compared = re.search(r"\b(?:than|versus|vs|compared)\b", text)
    first = last = there[-1] if phrase.role != "intervention" or compared else there[0]
    for earlier in reversed(there[: there.index(first)]):  # "for headache or migraine" is exchanged as a whole
        if phrase.role == "condition" and _CONNECTED.fullmatch(text[earlier.end : first.start]):
            first = earlier
    start = first.start
    if phrase.role == "intervention":
        start = min([start, *(p.start for p in base.phrases if p.role == "route" and text[p.end : first.start].isspace())])
    new = phrase.text
    if phrase.role == "condition":
        stays = first.before not in IN_TIME or bool(_OPERATION.search(new))
        if phrase.before in IN_TIME or not stays:
            governed = re.search(rf"\b{first.before}\s+\W*(?:\w+\s+){{0,3}}$", text[:start]) if first.before else None
            start = governed.start() if governed else start
            new = f"{phrase.before if phrase.before in IN_TIME else 'in'} {new}"
    return f"{text[:start]}{new}{text[last.end :]}"


def by_route(drug: str, route: str) -> str:
    """``oral magnesium``, ``magnesium tablets``, ``magnesium by mouth``."""
    adjective = route.lower().removesuffix("ly")
    return f"{adjective} {drug}" if adjective.endswith(("al", "ous", "ar", "ed")) else f"{drug} {route}"


def asked_how(bare: str, last: Turn) -> str:
    """ "For how long?", "why?" of the last question, where that can be said; else of what it is about."""
    text = forms.asked_of(last.text)
    if text:
        return f"{bare} {text[:1].lower()}{text[1:]}"
    drug = last.drug()
    return " ".join(part for part in (bare, f"with {drug}" if drug else "", last.where()) if part)


def as_question(text: str) -> str:
    """A text with a capital letter and a question mark."""
    return f"{text[:1].upper()}{text[1:].rstrip(' ?!.')}?"
