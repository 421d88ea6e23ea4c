"""``pincite eval baseline``: the committed runs that every change is compared with, checked or made anew.

``pincite eval baseline`` runs the same sets and compares; exit code 1 where a guarded metric fell by more than chance. ``--write`` makes
the baseline anew, in the folder ``baseline`` beside this module: commit it with the change that made the scores what they are.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pincite.app.answer import Assistant, open_corpus
from pincite.app.commands.console import progress
from pincite.ingest.errors import PinciteError, UsageError
from pincite.ingest.settings import Settings

from .compare import Comparison, compare_runs, told
from .execute import open_for
from .folder import begin
from .loaded import LoadedRun, load_run
from .manifest import manifest_of
from .run import EXIT_DONE, EXIT_WORSE, run_into
from .runner import Progress
from .sets import find_set, load_set

SETS = ("questions-article", "claims-article-test")
"""The sets of the baseline: what nothing is tuned on."""
KEPT = ("manifest.json", "cases.jsonl", "records.jsonl", "summary.csv")
"""What of a run is committed; the rest follows from it."""
FOLDER = Path(__file__).resolve().parent / "baseline"


def main(argv: Sequence[str]) -> int:
    """Compare with the baseline, or make it anew."""
    parser = argparse.ArgumentParser(prog="pincite eval baseline", description="Compare with the committed runs, or make them anew.")
    parser.add_argument("--write", action="store_true", help="make the baseline anew")
    parser.add_argument("--folder", metavar="DIR", type=Path, default=FOLDER, help="where it is (default: in the repository)")
    parser.add_argument("--jobs", metavar="N", type=int, default=1, help="cases at a time (default 1)")
    args = parser.parse_args(argv)
    worse = False
    with tempfile.TemporaryDirectory(prefix="pincite-baseline-") as scratch:
        with progress() as report:
            corpus = open_corpus(Settings(), report)
            for name in SETS:
                run_one(name, Path(scratch) / name, corpus, jobs=args.jobs, report=report)
        for name in SETS:
            if args.write:
                _replace(Path(scratch) / name, args.folder / name)
                print(f"{args.folder / name} is made anew")
                continue
            before, now = baseline(name, args.folder), load_run(Path(scratch) / name)
            found = against(before, now)
            print(told(before, now, found))
            worse = worse or bool(found.fell)
    return EXIT_WORSE if worse else EXIT_DONE


def run_one(name: str, folder: Path, corpus: Assistant, *, limit: int | None = None, jobs: int = 1, report: Progress | None = None) -> None:
    """Run a set as the baseline's is run, all of it or its first cases."""
    case_set = load_set(find_set(name), corpus.documents, None, limit)
    opened = open_for(case_set.kind, "pincite", corpus)
    with begin(folder, manifest_of(case_set, opened.system, corpus, {"limit": limit, "oracles": False})) as into:
        run_into(into, case_set, opened, corpus, jobs=jobs, report=report)


def baseline(name: str, folder: Path = FOLDER) -> LoadedRun:
    """The committed run of a set.

    Raises:
        UsageError: there is none.
    """
    if not (folder / name).is_dir():
        raise UsageError(f"{folder / name} is absent: make the baseline with pincite eval baseline --write")
    return load_run(folder / name)


def against(before: LoadedRun, now: LoadedRun) -> Comparison:
    """Compare a run, or the run of a set's first cases, with the baseline.

    Raises:
        UsageError: the baseline is of another state of the set.
    """
    old, new = before.manifest["set"], now.manifest["set"]
    if (old["sha256"], old["passages"]) != (new["sha256"], new["passages"]):
        raise UsageError(f"{old['name']} has changed since its baseline was made: make it anew with pincite eval baseline --write")
    return compare_runs(before, now)


def _replace(run: Path, target: Path) -> None:
    try:
        target.mkdir(parents=True, exist_ok=True)
        for file in target.iterdir():
            file.unlink()
        for name in KEPT:
            shutil.copyfile(run / name, target / name)
    except OSError as error:
        raise PinciteError(f"{target} cannot be written ({error.strerror}); name another with --folder") from None
