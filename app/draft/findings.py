"""What checking a draft found. The JSON of the contract (``pincite.draft/1``) is made from these types and from nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal

from pincite.app.claims import Checked, Provenance

Finding = Literal["ok", "fabricated", "altered", "misattributed", "not_supporting", "unknown_source"]

DRAFT_SCHEMA = "pincite.draft/1"
WRONG_VERDICTS = frozenset({"partly", "contradicted", "not_found", "unchecked"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The sentence that a citation should have pointed to."""

    doc: str
    sentence: int
    quote: str

    def as_json(self) -> dict[str, Any]:
        """The suggestion as it stands in the draft contract."""
        return {"doc": self.doc, "sentence": self.sentence, "quote": self.quote}


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation mark or a quotation of the draft, and what became of it: ``draft[start:end] == text``.

    ``doc`` and ``sentence`` are what it points to, where that is known. ``claim`` is the number (from 0) of the claim that it stands
    with. ``difference`` is the word by word difference of an altered quotation, ``why`` one plain sentence for a reader.
    """

    text: str
    start: int
    end: int
    finding: Finding
    doc: str | None = None
    sentence: int | None = None
    suggested: Suggestion | None = None
    claim: int | None = None
    difference: str = ""
    why: str = ""
    accepted: str | None = None
    """The reason with which someone accepted the finding, where someone did."""

    def as_json(self) -> dict[str, Any]:
        """The citation as it stands in the draft contract; ``accepted`` is there where somebody accepted the finding."""
        cited: dict[str, Any] = {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "finding": self.finding,
            "doc": self.doc,
            "sentence": self.sentence,
            "suggested": self.suggested.as_json() if self.suggested else None,
        }
        return cited if self.accepted is None else cited | {"accepted": self.accepted}


@dataclass(frozen=True, slots=True)
class DraftReport:
    """A draft that was checked. ``text`` is the draft as it was read, which all offsets count in code points."""

    name: str
    text: str
    claims: tuple[Checked, ...]
    citations: tuple[Cited, ...]
    notices: tuple[str, ...]
    provenance: Provenance
    accepted: tuple[tuple[int, str], ...] = ()
    """Claims (their number, from 0) whose finding someone accepted, with the reason."""

    @property
    def summary(self) -> dict[str, int]:
        """How many claims got each verdict."""
        return dict(sorted(Counter(c.verdict for c in self.claims).items()))

    def as_json(self) -> dict[str, Any]:
        """The draft contract (``pincite.draft/1``); an accepted claim has its reason as ``accepted``."""
        accepted = dict(self.accepted)
        return {
            "schema": DRAFT_SCHEMA,
            "claims": [c.as_json() | ({"accepted": accepted[n]} if n in accepted else {}) for n, c in enumerate(self.claims)],
            "citations": [c.as_json() for c in self.citations],
            "summary": self.summary,
            "provenance": self.provenance.as_json(),
        }
