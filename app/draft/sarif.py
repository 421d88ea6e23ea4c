"""Findings in SARIF 2.1.0 (OASIS, 2020), so that editors and code hosts show them in place.

What is supported or in order is left out: a host would show it as an alert. Accepted findings are there, and suppressed with their reason.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from pincite.app.claims import Place

from .findings import DraftReport, Suggestion
from .listing import MEANING, WORDS, Item, address, explain, items
from .policy import NAMES

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS: Mapping[str, str] = {
    "contradicted": "error",
    "not_found": "warning",
    "partly": "warning",
    "unchecked": "note",
    "fabricated": "error",
    "altered": "error",
    "misattributed": "error",
    "not_supporting": "warning",
    "unknown_source": "warning",
}
"""Errors say that something is wrong, warnings that it is not borne out, notes that it was not judged."""


def sarif(reports: Sequence[DraftReport]) -> dict[str, Any]:
    """One run over all drafts, as a SARIF log.

    Lines and columns count from 1 and offsets from 0, both in code points of the draft as it was read (of a Word file: its text).
    Addresses are relative where the draft's name is, with ``/`` whatever the system.

    Args:
        reports: the drafts that were checked, at least one; all by the same corpus and checker.
    """
    provenance = reports[0].provenance
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Pincite",
                        "version": provenance.version,
                        "rules": [_rule(name) for name in NAMES],
                        "properties": provenance.as_json(),
                    }
                },
                "columnKind": "unicodeCodePoints",
                "invocations": [{"executionSuccessful": True}],
                "artifacts": [{"location": {"uri": _uri(report.name)}, "roles": ["analysisTarget"]} for report in reports],
                "results": [result for index, report in enumerate(reports) for result in _results(report, index)],
            }
        ],
    }


def _rule(name: str) -> dict[str, Any]:
    return {
        "id": name,
        "name": "".join(part.capitalize() for part in name.split("_")),
        "shortDescription": {"text": WORDS[name].capitalize()},
        "fullDescription": {"text": MEANING[name]},
        "defaultConfiguration": {"level": LEVELS[name]},
    }


def _results(report: DraftReport, index: int) -> list[dict[str, Any]]:
    starts = [0, *(n + 1 for n, character in enumerate(report.text) if character == "\n")]
    return [_result(item, report, index, starts) for item in items(report) if not item.settled]


def _result(item: Item, report: DraftReport, index: int, starts: Sequence[int]) -> dict[str, Any]:
    line, column = _position(item.start, starts)
    end_line, end_column = _position(item.end, starts)
    uri = _uri(report.name)
    result: dict[str, Any] = {
        "ruleId": item.name,
        "ruleIndex": NAMES.index(item.name),
        "level": LEVELS[item.name],
        "message": {"text": _valid("\n".join(explain(item)))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri, "index": index},
                    "region": {
                        "startLine": line,
                        "startColumn": column,
                        "endLine": end_line,
                        "endColumn": end_column,
                        "charOffset": item.start,
                        "charLength": item.end - item.start,
                        "snippet": {"text": _valid(item.text)},
                    },
                }
            }
        ],
        "partialFingerprints": {"pinciteFinding/v1": _fingerprint(item, uri)},
        "suppressions": [],
    }
    if item.accepted is not None:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": _valid(item.accepted)}]
    places: list[Place | Suggestion] = [*item.evidence, *item.nearest, *([item.suggested] if item.suggested else [])]
    if places:
        result["relatedLocations"] = [
            {
                "id": n,
                "message": {"text": _valid(place.quote)},
                "logicalLocations": [{"fullyQualifiedName": _valid(address(place)), "kind": "sentence"}],
            }
            for n, place in enumerate(places, start=1)
        ]
    return result


def _position(offset: int, starts: Sequence[int]) -> tuple[int, int]:
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def _fingerprint(item: Item, uri: str) -> str:
    """The same for the same words with the same finding, wherever in the draft they are moved to."""
    words = " ".join(unicodedata.normalize("NFC", item.text).split())
    return hashlib.sha256(_valid(f"{uri}\0{item.name}\0{words}").encode()).hexdigest()


def _uri(name: str) -> str:
    if name in ("-", ""):
        return "stdin"
    path = PurePath(name)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))


def _valid(text: str) -> str:
    """Text that JSON readers take: half of a surrogate pair becomes a replacement character."""
    return text.encode("utf-8", "replace").decode("utf-8")
