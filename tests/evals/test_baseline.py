"""The committed baseline: whole, of the sets as they are, and not better than what is here now."""

from __future__ import annotations

from pathlib import Path

import pytest
from pincite.app.answer import Assistant
from pincite.evals.baseline import FOLDER, KEPT, SETS, against, baseline, run_one
from pincite.evals.loaded import load_run
from pincite.evals.sets import find_set, load_set
from pincite.ingest.errors import UsageError

FIRST = 30
"""Cases a set that this test runs; all of them are compared by ``pincite eval baseline``."""


@pytest.mark.parametrize("name", SETS)
def test_it_is_whole_and_of_the_set_as_it_is(name: str, assistant: Assistant) -> None:
    run = baseline(name)
    assert sorted(path.name for path in (FOLDER / name).iterdir()) == sorted(KEPT)
    now = load_set(find_set(name), assistant.documents)
    assert run.manifest["set"]["sha256"] == now.sha256, "the set has changed: make the baseline anew with pincite eval baseline --write"
    assert [record.case for record in run.records] == [case.id for case in now.cases]


@pytest.mark.parametrize("name", SETS)
def test_nothing_fell(name: str, assistant: Assistant, tmp_path: Path) -> None:
    run_one(name, tmp_path / "now", assistant, limit=FIRST)
    found = against(baseline(name), load_run(tmp_path / "now"))
    assert [change.metric for change in found.fell] == []


def test_an_absent_baseline_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="pincite eval baseline --write"):
        baseline("questions-article", tmp_path)
