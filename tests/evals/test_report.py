"""The report of a run of the real engine: whole, self-contained, safe, and the same each time."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pincite.app.answer import Assistant
from pincite.evals.contents import costs, latency
from pincite.evals.loaded import load_run
from pincite.evals.page import as_html, as_markdown
from pincite.evals.run import main
from pincite.evals.sets import find_set

MARKUP = "Relief lasted <script>alert(1)</script> [an hour](http://x) & 5 > 3."


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory, assistant: Assistant) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("report")
    hostile = {"id": "<b>", "claim": MARKUP, "verdict": "supported", "sents": ["Nausea was <i>rare</i>."], "evidence": [0], "kind": "time"}
    claims = find_set("claims-article-test").read_text(encoding="utf-8").splitlines()[:12]
    questions = find_set("questions-article").read_text(encoding="utf-8").splitlines()[:90:10]
    found = {}
    for name, lines in (("claims-few", [*claims, json.dumps(hostile)]), ("questions-few", questions)):
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        assert main([str(folder / f"{name}.jsonl"), "--out", str(folder / name), "--oracles"]) == 0
        assert main(["report", str(folder / name)]) == 0
        found[name.partition("-")[0]] = folder / name
    return found


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(runs: dict[str, Path]) -> None:
    for folder in runs.values():
        page = (folder / "report.html").read_text(encoding="utf-8")
        assert "<script" not in page
        assert not re.findall(r'(?:src|href)="(?!#)[^"]*"', page)
        assert "url(http" not in page
        assert "default-src 'none'" in page
        ids = re.findall(r'\bid="([^"]+)"', page)
        assert len(ids) == len(set(ids))


def test_figures_are_there_with_their_words(runs: dict[str, Path]) -> None:
    claims, questions = ((runs[kind] / "report.html").read_text(encoding="utf-8") for kind in ("claims", "questions"))
    for title in ("Verdicts", "Risk and coverage", "Reliability", "Latency"):
        assert f"<h3>{title}</h3><svg" in claims
    for title in ("Decisions", "Latency"):
        assert f"<h3>{title}</h3><svg" in questions
    assert claims.count("<svg") == claims.count("<figcaption>") == 4


def test_what_is_quoted_is_escaped_in_both(runs: dict[str, Path]) -> None:
    page, text = ((runs["claims"] / name).read_text(encoding="utf-8") for name in ("report.html", "report.md"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "Nausea was &lt;i&gt;rare&lt;/i&gt;." in page
    assert r"\<script\>alert(1)\</script\> \[an hour\](http://x)" in text


def test_every_fault_is_told_with_what_was_expected_and_got(runs: dict[str, Path]) -> None:
    run = load_run(runs["claims"])
    text = as_markdown(run)
    assert run.faults
    for fault in run.faults:
        assert f"### {fault.case}".replace("<", r"\<").replace(">", r"\>") in text
    lost = [fault.lost for fault in run.faults]
    assert lost == sorted(lost, reverse=True)
    page = as_html(run)
    assert page.count("<dt>Expected</dt>") == page.count("<dt>Got</dt>") == len(run.faults)


def test_the_same_run_gives_the_same_report(runs: dict[str, Path]) -> None:
    for folder in runs.values():
        assert as_html(load_run(folder)) == (folder / "report.html").read_text(encoding="utf-8")


def test_what_each_step_costs_adds_up(runs: dict[str, Path]) -> None:
    for folder in runs.values():
        table = costs(load_run(folder))
        assert table is not None
        for name, *cells in table.rows[1:]:
            as_run, *steps = float(cells[0]), *(float(cell) for cell in cells[3:])
            lost = 100 * (as_run if name in ("false pass", "false strip") else 1 - as_run)
            assert sum(steps) == pytest.approx(lost, abs=0.8), name


def test_percentiles_of_latency_by_hand() -> None:
    table = latency({str(i): float(i) for i in range(1, 102)})
    assert table is not None
    assert [row[1].split(" ")[0] for row in table.rows[1:]] == ["51.000", "96.000"]
    assert latency({}) is None


def test_no_run_no_report(tmp_path: Path, runs: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(tmp_path)]) == 2
    assert "holds no run" in capsys.readouterr().err
    (tmp_path / "manifest.json").write_bytes((runs["claims"] / "manifest.json").read_bytes())
    assert main(["report", str(tmp_path)]) == 2
    assert "is not finished" in capsys.readouterr().err
    for name in ("cases.jsonl", "records.jsonl"):
        (tmp_path / name).write_bytes((runs["claims"] / name).read_bytes())
    (tmp_path / "records.jsonl").write_bytes((tmp_path / "records.jsonl").read_bytes()[:-30])
    assert main(["report", str(tmp_path)]) == 2
    assert re.search(r"records\.jsonl, line \d+: is not JSON", capsys.readouterr().err)
