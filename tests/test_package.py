"""What lands on a user's machine: one name, everything it needs, beside programs that have an ``app`` of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LEAVE_OUT = shutil.ignore_patterns(".git", ".venv", "build", "dist", "*.egg-info", "__pycache__", ".*_cache", ".hypothesis")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source, out = tmp_path_factory.mktemp("source") / "pincite", tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT, source, ignore=LEAVE_OUT)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("pincite-*.whl"))


def test_the_wheel_brings_one_top_level_name(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"pincite"}


def test_every_package_of_the_tree_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in ("app", "ingest", "evals"):
        for path in (ROOT / folder).rglob("*.py"):
            relative = path.relative_to(ROOT).as_posix().replace("app/public/", "")
            assert f"pincite/{relative}" in names, f"{relative} is not packaged: name its folder in pyproject.toml"


def test_the_installed_wheel_answers_beside_a_program_with_the_same_folder_names(wheel: Path, tmp_path: Path) -> None:
    site, work = tmp_path / "site", tmp_path / "work"
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel)], check=True)
    work.mkdir()
    (work / "app.py").write_text("raise SystemExit('the user\\'s own app.py was imported')\n")
    for name in ("ingest", "evals", "corpus"):
        (work / name).mkdir()
        (work / name / "__init__.py").write_text("raise SystemExit('a folder of the user was imported')\n")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PINCITE_")}
    environment |= {"PYTHONPATH": str(site), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "pincite.app.cli", "ask", "does IV magnesium help migraine?", "--json"]
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert {14, 15} <= {c["sentence"] for c in answer["citations"]}
    where = subprocess.run(
        [sys.executable, "-c", "import pincite; print(pincite.__file__)"],
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(site))


def test_the_readme_has_exactly_two_set_up_commands_each_a_line_with_its_own_environment() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"^```sh\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL) for line in block.splitlines()]
    set_up = [line for line in lines if "pip install" in line]
    assert len(set_up) == 2
    assert all("venv" in line for line in set_up)
    assert sum("pincite chat" in line for line in set_up) == 1
    assert sum("pytest" in line for line in set_up) == 1


def test_every_dependency_is_bounded() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in [*project["dependencies"], *(r for group in project["optional-dependencies"].values() for r in group)]:
        assert "<" in requirement or "==" in requirement or requirement.startswith("pincite["), requirement
