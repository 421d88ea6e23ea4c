"""Claims with their gold verdicts, and the loader that proves a set of them sound.

A line has one of three shapes:

- about a document of the corpus: ``{"id", "claim", "verdict", "gold": [[14, 15]], "kind", "why", "doc"}``; with ``"passage"`` (a text
file's
  name without ``.txt``, read from the passages folder) for ``"doc"`` it is about a text of its own;
- about sentences of its own: ``{"id", "claim", "verdict", "sents": ["…"], "evidence": [0], "kind", "why"}``;
- a triplet: ``{"id", "source", "said", "negated", "swapped", "swap"}``, which makes three claims over the source: what it says in other
  words (``supported``), its denial (``contradicted``), and one slot filled otherwise (not supported: whether the source contradicts it or
  is silent depends on the slot, so no one verdict is gold).

``gold`` and ``evidence`` are as in ``cases.py``; ``kind`` names what the claim hinges on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from pincite.app.claims import Verdict
from pincite.ingest.text import Document

from .cases import read_cases
from .gold import Place, Sets, Texts, gold_of, listed
from .lines import UnsoundError, optional, text
from .passages import Passage

Part = Literal["said", "negated", "swapped"]
PARTS: tuple[Part, ...] = get_args(Part)
VERDICTS: tuple[Verdict, ...] = ("supported", "partly", "contradicted", "not_found")
"""What a claim can be by gold. ``unchecked`` is no gold: it is a system that could not judge."""


@dataclass(frozen=True, slots=True)
class ClaimCase:
    """A claim with its gold.

    ``supported`` tells whether it may be shown as supported. ``verdict`` is the gold verdict, or None where several verdicts short of
    ``supported`` would do. ``part`` is set for the claims of a triplet, whose ids are the triplet's with ``/said`` and so on.
    """

    id: str
    claim: str
    supported: bool
    verdict: Verdict | None
    gold: Sets = ()
    kind: str | None = None
    why: str | None = None
    passage: Passage | None = None
    part: Part | None = None

    @property
    def right(self) -> frozenset[Place]:
        """Every sentence that is a member of some gold set."""
        return frozenset().union(*self.gold)


def load_claims(path: Path, documents: Mapping[str, Document] | None = None, passages: Path | None = None) -> list[ClaimCase]:
    """The claims of a set, in the file's order; see ``load_questions`` for the arguments.

    Raises:
        CaseError: the file cannot be read or holds no case, or a line is unsound; the message quotes the line.
    """
    texts = Texts(passages if passages is not None else path.parent / "passages")

    def read(row: dict[str, Any]) -> list[ClaimCase]:
        return _triplet(row) if "said" in row else [_claim(row, documents, texts)]

    return read_cases(path, read)


def _claim(row: dict[str, Any], documents: Mapping[str, Document] | None, texts: Texts) -> ClaimCase:
    passage = texts.of(row)
    gold, _ = gold_of(row, passage, documents)
    verdict = _verdict(row.get("verdict"))
    if verdict == "not_found" and gold:
        raise UnsoundError(f"is not_found and has gold sentences ({listed(gold[0])})")
    if verdict != "not_found" and not gold:
        raise UnsoundError(f"is {verdict} and has no gold sentence")
    return ClaimCase(
        id=text(row, "id"),
        claim=text(row, "claim"),
        supported=verdict == "supported",
        verdict=verdict,
        gold=gold,
        kind=optional(row, "kind"),
        why=optional(row, "why"),
        passage=passage,
    )


def _triplet(row: dict[str, Any]) -> list[ClaimCase]:
    id, source, swap = text(row, "id"), text(row, "source"), optional(row, "swap")
    passage = Passage.of((source.strip(),))
    gold = (frozenset({(passage.id, 1)}),)
    verdicts: dict[Part, Verdict | None] = {"said": "supported", "negated": "contradicted", "swapped": None}
    whys = {
        "said": "The source in other words.",
        "negated": "Denies the source.",
        "swapped": f"Another {swap or 'slot'} than the source's.",
    }
    return [
        ClaimCase(
            id=f"{id}/{part}",
            claim=text(row, part),
            supported=part == "said",
            verdict=verdicts[part],
            gold=gold,
            kind=swap if part == "swapped" else part,
            why=whys[part],
            passage=passage,
            part=part,
        )
        for part in PARTS
    ]


def _verdict(value: Any) -> Verdict:
    for verdict in VERDICTS:
        if value == verdict:
            return verdict
    raise UnsoundError(f"the verdict {json.dumps(value, ensure_ascii=False)} is none of {', '.join(VERDICTS)}")
