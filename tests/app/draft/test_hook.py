"""The pre-commit hook: its definition, and what it runs, with the drafts that a commit would pass to it."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml
from pincite.app.cli import main

ROOT = Path(__file__).resolve().parents[3]

GOOD = "# Notes\n\nPatients with headache have low serum magnesium levels.\n"
BAD = "# Notes\n\nMagnesium given intravenously relieves pain for 3 hours.\n"


@pytest.fixture
def hook() -> dict[str, object]:
    """The one hook that is defined."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [h["id"] for h in hooks] == ["pincite-check"]
    result: dict[str, object] = hooks[0]
    return result


def test_the_definition_is_complete_and_runs_our_command(hook: dict[str, object]) -> None:
    # The keys that pre-commit's manifest requires, and those that this hook depends on.
    assert {"id", "name", "entry", "language"} <= hook.keys()
    assert hook["language"] == "python"
    assert hook["types"] == ["text", "markdown"]
    assert hook["require_serial"] is True  # one process for all drafts: the model is loaded once
    assert hook.get("pass_filenames", True) is True
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert shlex.split(str(hook["entry"]))[0] in scripts


def test_drafts_that_are_borne_out_pass_and_others_fail(
    hook: dict[str, object], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text(GOOD, encoding="utf-8")
    bad.write_text(BAD, encoding="utf-8")
    arguments = shlex.split(str(hook["entry"]))[1:]
    assert main([*arguments, str(good)]) == 0
    capsys.readouterr()
    assert main([*arguments, str(good), str(bad)]) == 1
    said = capsys.readouterr().out
    assert "3 hours" in said
    assert "serum magnesium" not in said


def test_an_accepted_finding_lets_the_commit_through(hook: dict[str, object], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.md"
    bad.write_text(BAD, encoding="utf-8")
    assert main(["check", str(bad), "--accept", "relieves pain for 3 hours", "--reason", "From our own trial."]) == 0
    assert main([*shlex.split(str(hook["entry"]))[1:], str(bad)]) == 0
    capsys.readouterr()
    assert main(["check", str(bad), "--json"]) == 0
    assert '"accepted": "From our own trial."' in capsys.readouterr().out


def test_a_policy_in_the_repository_decides(hook: dict[str, object], tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".pincite.toml").write_text('[check]\nfail-on = ["fabricated"]\n', encoding="utf-8")
    (tmp_path / "drafts").mkdir()
    bad = tmp_path / "drafts" / "bad.md"
    bad.write_text(BAD, encoding="utf-8")
    arguments = shlex.split(str(hook["entry"]))[1:]
    assert main([*arguments, str(bad)]) == 0
    assert main([*arguments, "--fail-on", "contradicted,not_found", str(bad)]) == 1


def test_the_documented_ci_step_uploads_what_the_command_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"^```yaml\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    documented = [yaml.safe_load(block) for block in blocks if "upload-sarif" in block]
    if not documented:
        pytest.skip("README.md documents no CI step")
    (steps,) = [job["steps"] for job in documented[0]["jobs"].values()]
    (command,) = [shlex.split(step["run"]) for step in steps if step.get("run", "").startswith("pincite check ")]
    (upload,) = [step for step in steps if "upload-sarif" in step.get("uses", "")]
    monkeypatch.chdir(tmp_path)
    (draft,) = [Path(word.replace("*", "bad")) for word in command if word.endswith(".md")]
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.write_text(BAD, encoding="utf-8")
    assert main([str(draft) if word.endswith(".md") else word for word in command[1:]]) == 1
    assert upload["if"] == "always()"  # findings end the step before with 1, and are what is to be shown
    assert json.loads(Path(upload["with"]["sarif_file"]).read_text(encoding="utf-8"))["runs"][0]["results"]
