"""What went wrong in drafts, part by part: claims that were missed or misjudged, what is no claim and was taken for one, findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .draft_records import Checkup, DraftRecord
from .drafts import DraftCase
from .faults import Fault
from .gold import Place
from .metrics import DRAFT_METRICS
from .metrics.draft_units import citations_of, claims_of, non_claims_of

_MISLED = 2.0
"""Added where a reader is misled: what is false was shown as supported."""


def draft_faults(cases: Sequence[DraftCase], records: Iterable[DraftRecord]) -> list[Fault]:
    """The parts that some metric scores below its best, what misleads a reader first, then the worst, then in the set's order."""
    replies = {record.case: record.reply for record in records}
    found = [fault for case in cases for fault in _of_draft(case, replies.get(case.id))]
    return sorted(found, key=lambda fault: -fault.lost)


def units_of(cases: Iterable[DraftCase]) -> dict[str, str]:
    """The parts of drafts by their names in the scores, each with its text; a draft as a whole with the name of its file."""
    texts: dict[str, str] = {}
    for case in cases:
        texts |= {met.unit: met.gold.span.text for met in claims_of(case, None)}
        texts |= {unit: span.text for unit, span, _ in non_claims_of(case, None)}
        texts |= {met.unit: met.gold.span.text for met in citations_of(case, None)}
        texts[case.id] = case.file
    return texts


def said_of(case: DraftCase, checkup: Checkup | None) -> dict[str, str]:
    """What a system said of each part, in a word or two, by the part's name."""
    said: dict[str, str] = {met.unit: met.verdict or "missed" for met in claims_of(case, checkup)}
    said |= {unit: "taken for a claim" if taken else "left alone" for unit, _, taken in non_claims_of(case, checkup)}
    said |= {met.unit: met.said.finding if met.said else "missed" for met in citations_of(case, checkup)}
    return said | {case.id: _exit(checkup)}


def _of_draft(case: DraftCase, checkup: Checkup | None) -> Iterator[Fault]:
    short: dict[str, list[tuple[str, float, float]]] = {}
    for metric in DRAFT_METRICS:
        for unit, value in metric.scores(case, checkup).items():
            lost = value if metric.lower_is_better else 1 - value
            if lost > 0:
                short.setdefault(unit, []).append((metric.name, value, lost))
    if not short:
        return
    texts, said = units_of([case]), said_of(case, checkup)
    for unit, expected, words, got, why in _expected(case, checkup):
        if unit in short:
            misled = _MISLED if any(name == "false claims shown as supported" for name, _, _ in short[unit]) else 0.0
            yield Fault(
                case=unit,
                text=texts[unit],
                expected=expected,
                expected_words=words,
                got=got,
                got_words=said[unit],
                found=(),
                short=tuple(f"{name} {value:.2f}" for name, value, _ in short[unit]),
                lost=misled + sum(lost for _, _, lost in short[unit]),
                why=why,
            )


def _expected(case: DraftCase, checkup: Checkup | None) -> Iterator[tuple[str, tuple[Place, ...], str, tuple[Place, ...], str | None]]:
    """Of each part: its name, the sentences and the word expected, the sentences named, and why."""
    for met in claims_of(case, checkup):
        gold = met.gold
        places = tuple(place for needed in gold.gold for place in sorted(needed))
        words = gold.verdict if met.expected == gold.verdict else f"{met.expected}, as the worst of what was taken together"
        yield met.unit, places, words, tuple(place for said in met.said for place in said.named), gold.span.why
    for unit, span, _ in non_claims_of(case, checkup):
        yield unit, (), "no claim", (), span.why
    for cited in citations_of(case, checkup):
        said = cited.said
        got = tuple(place for place in (said.place, said.suggested) if place is not None) if said else ()
        yield cited.unit, (cited.gold.place,) if cited.gold.place else (), cited.gold.finding, got, cited.gold.span.why
    yield case.id, (), f"exit code {case.exit}", (), None


def _exit(checkup: Checkup | None) -> str:
    if checkup is None:
        return "no record"
    return f"failed: {checkup.error}" if checkup.failed else f"exit code {checkup.exit}"
