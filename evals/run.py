"""``pincite eval run SET``: put a set to a system, keep what happened, print the scores.

A folder that was named with ``--out`` holds afterwards::

    records.jsonl   what happened, a case a line
    scores.csv      every case's score by every metric
    report.md       the table, and what went wrong case by case
    manifest.json   the set and the system, by hash and version
    timings.csv     seconds a question: the only file that a clock can change
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from pincite.app.answer import open_corpus
from pincite.app.commands.console import notify, progress
from pincite.ingest.errors import PinciteError, UsageError
from pincite.ingest.settings import Settings

from .cases import Question, load_questions
from .records import write_records, write_seconds
from .report import faults, table
from .runner import Run, run_cases
from .scores import Scored, score, write_scores
from .stats import CONFIDENCE, RESAMPLES
from .systems import SYSTEMS, System, open_system

EXIT_DONE, EXIT_USAGE, EXIT_FAILED = 0, 2, 3

NOTE = (
    f"Mean [{CONFIDENCE:.0%} interval] and number of cases; percentile bootstrap over cases, {RESAMPLES:,} resamples."
    " An interval that is a point says only that all cases scored alike."
)


def main(argv: Sequence[str]) -> int:
    """Run a set and print its scores. Returns 0 whatever they are, 2 for wrong usage, 3 where the corpus cannot be opened."""
    # `pincite eval` hands on everything after its own name.
    args = _parser().parse_args(argv[1:] if argv[:1] == ["run"] else argv)
    try:
        return _run(args)
    except PinciteError as error:
        notify(str(error))
        return EXIT_USAGE if isinstance(error, UsageError) else EXIT_FAILED


def find_set(name: str) -> Path:
    """The file of a set: a path, or the name of a set that ships, without ``.jsonl``.

    Raises:
        UsageError: there is neither.
    """
    path = Path(name)
    if path.is_file():
        return path
    sets = Path(str(files("pincite.evals").joinpath("cases.py"))).parent / "sets"
    if (sets / f"{name}.jsonl").is_file():
        return sets / f"{name}.jsonl"
    known = ", ".join(sorted(file.stem for file in sets.glob("questions-*.jsonl"))) or "none"
    raise UsageError(f'there is no set "{name}": give the path of a file, or a set that ships ({known})')


def _run(args: argparse.Namespace) -> int:
    path = find_set(args.set)
    if args.out is not None:
        _prepare(args.out)
    with progress() as report:
        corpus = open_corpus(_settings(args), report)
        cases = load_questions(path, corpus.documents, args.passages)
        system = open_system(args.system, corpus)
        run = run_cases(cases, system, report)
    for notice in corpus.notices:
        notify(notice)
    if run.failed:
        notify(f"{len(run.failed)} of {len(cases)} questions failed and count as wrong; {run.failed[0].case}: {run.failed[0].reply.error}")
    scored = score(cases, run.records)
    text = f"{path.stem}: {len(cases)} questions\n\n{table({system.name: scored})}\n{NOTE}\n"
    print(text, end="")
    if args.faults:
        print("\n" + faults(cases, run.records), end="")
    if args.out is not None:
        _keep(args.out, path, cases, system, run, scored, text)
    return EXIT_DONE


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UsageError(f"{folder} is not empty; nothing is written over an earlier run, so name another folder")
    except OSError as error:
        raise UsageError(f"{folder} cannot be used as a folder ({error.strerror}); name another with --out") from None


def _keep(folder: Path, path: Path, cases: list[Question], system: System, run: Run, scored: list[Scored], text: str) -> None:
    manifest = {
        "schema": "pincite.run/1",
        "set": {"name": path.stem, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "cases": len(cases)},
        "system": {"name": system.name, **system.made_of},
    }
    try:
        write_records(folder / "records.jsonl", run.records)
        write_scores(folder / "scores.csv", scored)
        (folder / "report.md").write_text(f"{text}\n{faults(cases, run.records)}", encoding="utf-8", newline="\n")
        (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
        write_seconds(folder / "timings.csv", run.seconds)
    except OSError as error:
        raise PinciteError(f"{folder} cannot be written ({error.strerror}); the scores are above, run again with another --out") from None


def _settings(args: argparse.Namespace) -> Settings:
    chosen = Settings.from_environment()
    return Settings(args.corpus or chosen.corpus, args.index or chosen.index, (), args.encoder or chosen.encoder)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pincite eval run", description="Put a question set to a system and print its scores.")
    parser.add_argument("set", metavar="SET", help="a set that ships, such as questions-article, or the path of one")
    parser.add_argument("--out", metavar="DIR", type=Path, help="keep records, scores, timings and report in this folder, new or empty")
    parser.add_argument("--system", metavar="NAME", default="pincite", help=f"what is asked: {', '.join(SYSTEMS)} (default pincite)")
    parser.add_argument("--faults", action="store_true", help="also list every case that is not fully right")
    parser.add_argument("--passages", metavar="DIR", type=Path, help="the passages that the set names (default: passages, beside the set)")
    parser.add_argument("--corpus", metavar="PATH", type=Path, help="folder of documents to answer from (PINCITE_CORPUS)")
    parser.add_argument("--index", metavar="PATH", type=Path, help="index folder (PINCITE_INDEX)")
    parser.add_argument("--encoder", metavar="MODEL", help="sentence-transformers model, name or path (PINCITE_ENCODER)")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
