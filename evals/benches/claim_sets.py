"""Check-COVID, Citation-Integrity and HealthVer: claims that are judged against the sentences that come with them.

The first two files hold one object a line: ``claim``, ``sents`` and ``label`` (S, C or N), converted from the authors' releases with
nothing left out. *Partly* counts as not enough: neither set has such a label. Citation-Integrity's C holds oversimplified, unsubstantiated
and indirect citations beside contradictions, so only S against the rest is asked of it.
"""

from __future__ import annotations

import csv
import re
from itertools import islice
from pathlib import Path

from pincite.app.answer import Assistant
from pincite.app.claims import Verdict
from pincite.ingest.errors import PinciteError

from ..lines import CaseError
from ..runner import Progress
from ..stats import estimate
from .common import Bench, Mark, Measured, Needed, classified, rows_of

_LABELS: dict[Verdict, str] = {"supported": "S", "contradicted": "C", "not_found": "N", "partly": "N", "unchecked": "unchecked"}
_MARK = re.compile(r"\s*[\[(]?\s*<\|\w+\|>\s*[\])]?")
"""Where the data set put a placeholder for a citation mark."""
_COVID = "claims/dev/check-covid.jsonl"
_CITATIONS = "claims/dev/citation-integrity.jsonl"
_HEALTHVER = "claims/healthver/healthver_test.csv"


def label_of(assistant: Assistant, claim: str, sentences: list[str]) -> str:
    """S, C, N or "unchecked"."""
    try:
        return _LABELS[assistant.check_text(_MARK.sub("", claim), " ".join(sentences)).verdict]
    except PinciteError:
        return "unchecked"


def check_covid(data: Path, corpus: Assistant, limit: int | None, progress: Progress | None) -> list[Measured]:
    """Three-way labels."""
    gold, said = _judged(data / _COVID, corpus, limit, progress)
    return [*classified(gold, said, ("S", "C", "N")), _unjudged(said)]


def citation_integrity(data: Path, corpus: Assistant, limit: int | None, progress: Progress | None) -> list[Measured]:
    """Accurate citations against the rest."""
    gold, said = _judged(data / _CITATIONS, corpus, limit, progress)
    rest = "not accurate"
    return [
        *classified(["S" if label == "S" else rest for label in gold], ["S" if label == "S" else rest for label in said], ("S", rest)),
        Measured("false pass", estimate([float(s == "S") for g, s in zip(gold, said, strict=True) if g != "S"])),
        Measured("false strip", estimate([float(s != "S") for g, s in zip(gold, said, strict=True) if g == "S"])),
        _unjudged(said),
    ]


def healthver(data: Path, corpus: Assistant, limit: int | None, progress: Progress | None) -> list[Measured]:
    """Three-way labels; the authors' own CSV, with columns ``claim``, ``evidence`` and ``label``."""
    path = data / _HEALTHVER
    names = {"Supports": "S", "Refutes": "C", "Neutral": "N"}
    gold, said = [], []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(islice(csv.DictReader(file), limit)):
                if progress:
                    progress("healthver", number, number + 1)
                gold.append(names[row["label"]])
                said.append(label_of(corpus, row["claim"], [row["evidence"]]))
    except (KeyError, TypeError, ValueError) as error:
        raise CaseError(path, 0, f"is not HealthVer's file: no claim, evidence and label ({error}) in it") from None
    if not gold:
        raise CaseError(path, 0, "holds no cases")
    return [*classified(gold, said, ("S", "C", "N")), _unjudged(said)]


def _judged(path: Path, corpus: Assistant, limit: int | None, progress: Progress | None) -> tuple[list[str], list[str]]:
    rows = rows_of(path, limit)
    said = []
    for number, row in enumerate(rows):
        if progress:
            progress(path.stem, number, len(rows))
        said.append(label_of(corpus, row["claim"], row["sents"]))
    return [row["label"] for row in rows], said


def _unjudged(said: list[str]) -> Measured:
    return Measured("not judged", estimate([float(label == "unchecked") for label in said]))


CHECK_COVID = Bench(
    "check-covid",
    "Check-COVID, label of a claim given its abstract (development part)",
    (Needed(_COVID, "https://github.com/posuer/Check-COVID, converted to one object a line", "MIT"),),
    check_covid,
    (
        Mark("macro F1", "0.770", "a system trained on this task", "Wang et al. 2023, doi:10.18653/v1/2023.findings-acl.888 (test part)"),
        Mark("macro F1", "0.699", "GPT-3.5", "the same"),
    ),
)
CITATION_INTEGRITY = Bench(
    "citation-integrity",
    "Citation-Integrity, accurate citations against the rest (development part)",
    (Needed(_CITATIONS, "https://github.com/ScienceNLP-Lab/Citation-Integrity, converted to one object a line", "MIT"),),
    citation_integrity,
    (
        Mark(
            "macro F1, three labels",
            "0.52",
            "MultiVerS, trained on it",
            "Sarol et al. 2024, doi:10.1093/bioinformatics/btae420 (test part)",
        ),
        Mark("macro F1, three labels", "0.45", "GPT-4", "the same"),
    ),
    ("The published marks are for three labels, with the sentences found by the system itself: not the same task.",),
)
HEALTHVER = Bench(
    "healthver",
    "HealthVer, label of a claim given one piece of evidence (test part)",
    (Needed(_HEALTHVER, "https://github.com/sarrouti/HealthVer, data/healthver_test.csv", "none is stated there: ask the authors"),),
    healthver,
)
