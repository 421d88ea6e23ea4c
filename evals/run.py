"""``pincite eval run SET``: put a set to a system, keep what happened, print the scores. The other commands start here too.

A folder that was named with ``--out`` holds afterwards::

    manifest.json    what made the run: commit, settings, hashes of set, corpus, index and models
    cases.jsonl      what was expected
    records.jsonl    what happened, a case a line
    sentences.json   the text of the sentences that cases and records name
    scores.csv       every case's score by every metric
    summary.csv      every metric with n and interval
    report.md        the same as a table, and what went wrong case by case
    timings.csv      seconds a case: the only file that a clock can change
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from pincite.app.answer import Assistant, open_corpus
from pincite.app.commands.console import notify, progress
from pincite.ingest.errors import PinciteError, UsageError
from pincite.ingest.settings import Settings

from .audit import Auditor
from .cases import Question
from .claims import ClaimCase
from .draft_records import DraftRecord
from .draft_systems import DRAFT_SYSTEMS
from .drafts import DraftCase
from .execute import Opened, execute, open_for, scored_of
from .folder import RunFolder, begin
from .kept import write_cases, write_sentences
from .manifest import manifest_of
from .oracles import ORACLES, run_oracle
from .records import AnyRecord, ClaimRecord, Record, write_records, write_seconds
from .report import faults, faults_of_claims, faults_of_drafts, table
from .runner import Progress, Run
from .scores import write_scores, write_summary
from .sets import AnySet, find_set, load_set
from .stats import CONFIDENCE, RESAMPLES
from .systems import CLAIM_SYSTEMS, SYSTEMS

__all__ = ["EXIT_DONE", "EXIT_FAILED", "EXIT_USAGE", "EXIT_WORSE", "NOTE", "find_set", "main", "run_into"]

EXIT_DONE, EXIT_WORSE, EXIT_USAGE, EXIT_FAILED = 0, 1, 2, 3

NOTE = (
    f"Value [{CONFIDENCE:.0%} interval] and number of cases; percentile bootstrap over cases, {RESAMPLES:,} resamples."
    " An interval that is a point says only that all cases scored alike."
)
DRAFTS_NOTE = NOTE.replace("over cases", "over claims, non-claims, citations or drafts, whichever the row counts")
"""The same for drafts, whose parts are scored one by one."""
COMMANDS = ("run", "report", "compare", "bench", "baseline", "stability")


def main(argv: Sequence[str]) -> int:
    """Run one of the evaluation commands; without a command's name, ``run``.

    Returns:
        0 done, whatever the scores; 1 where ``compare`` found a metric that fell by more than chance; 2 wrong usage; 3 could not do it.
    """
    command, rest = (argv[0], argv[1:]) if argv[:1] and argv[0] in COMMANDS else ("run", argv)
    try:
        if command == "run":
            return _run(_parser().parse_args(rest))
        # Imported only here: figures and tables of benches are not needed to run a set.
        if command == "report":
            from .page import main as report

            return report(rest)
        if command == "compare":
            from .compare import main as compare

            return compare(rest)
        if command == "baseline":
            from .baseline import main as baseline

            return baseline(rest)
        if command == "stability":
            from .stability import main as stability

            return stability(rest)
        from .bench import main as bench

        return bench(rest)
    except PinciteError as error:
        notify(str(error))
        return EXIT_USAGE if isinstance(error, UsageError) else EXIT_FAILED


def run_into(
    folder: RunFolder | None,
    case_set: AnySet,
    opened: Opened,
    corpus: Assistant,
    *,
    jobs: int = 1,
    oracles: bool = False,
    report: Progress | None = None,
    verbose: bool = False,
) -> tuple[Run[Record] | Run[ClaimRecord] | Run[DraftRecord], str]:
    """Run a set, keep it where there is a folder, and give the run with its table.

    Raises:
        PinciteError: the folder cannot be written.
    """

    def done(record: AnyRecord, seconds: float) -> None:
        if folder is not None:
            folder.add(record, seconds)
        if verbose:
            notify(f"{record.case}  {_outcome(record)}  {seconds:.2f} s")

    before = folder.done if folder is not None else None
    run = execute(case_set, opened, auditor=Auditor(corpus), jobs=jobs, before=before, done=done, progress=report)
    scored, whole = scored_of(case_set.cases, run.records)
    note = DRAFTS_NOTE if case_set.kind == "drafts" else NOTE
    text = f"{case_set.name}: {len(case_set.cases)} {case_set.kind}\n\n{table({opened.system.name: [*scored, *whole]})}\n{note}\n"
    if folder is None:
        return run, text
    cases, records = case_set.cases, run.records
    folder.write("cases.jsonl", lambda path: write_cases(path, cases))
    folder.write("sentences.json", lambda path: write_sentences(path, cases, records, corpus.documents))
    folder.write("scores.csv", lambda path: write_scores(path, scored))
    folder.write("summary.csv", lambda path: write_summary(path, [*scored, *whole]))
    body = f"{text}\n{told(case_set, records)}"
    folder.write("report.md", lambda path: _write_text(path, body))
    folder.write("timings.csv", lambda path: write_seconds(path, run.seconds))
    for name in ORACLES if oracles else ():
        found = run_oracle(name, case_set, corpus, jobs=jobs, progress=report)
        folder.write(f"oracles/{name}.jsonl", lambda path, found=found: write_records(path, found))  # type: ignore[misc]
    # The records come last: a folder that has them is finished.
    folder.write("records.jsonl", lambda path: write_records(path, records))
    folder.finish()
    return run, text


def told(case_set: AnySet, records: Sequence[AnyRecord]) -> str:
    """What went wrong, case by case."""
    if case_set.kind == "drafts":
        checked = [record for record in records if isinstance(record, DraftRecord)]
        return faults_of_drafts([case for case in case_set.cases if isinstance(case, DraftCase)], checked)
    if case_set.kind == "claims":
        rulings = [record for record in records if isinstance(record, ClaimRecord)]
        return faults_of_claims([case for case in case_set.cases if isinstance(case, ClaimCase)], rulings)
    replies = [record for record in records if isinstance(record, Record)]
    return faults([case for case in case_set.cases if isinstance(case, Question)], replies)


def _run(args: argparse.Namespace) -> int:
    if args.jobs < 1 or (args.limit is not None and args.limit < 1):
        raise UsageError(f"--jobs {args.jobs} --limit {args.limit}: give at least one of each")
    if args.oracles and (args.out is None or args.system != "pincite"):
        raise UsageError("--oracles belong to a run of Pincite that is kept: add --out DIR, and leave --system out")
    path = find_set(args.set)
    with progress() as report:
        corpus = open_corpus(settings(args), report)
        case_set = load_set(path, corpus.documents, args.passages, args.limit)
        if args.oracles and case_set.kind == "drafts":
            raise UsageError("--oracles put gold in place of steps for questions and claims; a set of drafts has none: leave it out")
        opened = open_for(case_set.kind, args.system, corpus)
        with _folder(args, case_set, opened, corpus) as folder:
            for notice in [*corpus.notices, *(folder.notices if folder else ())]:
                notify(notice)
            run, text = run_into(
                folder, case_set, opened, corpus, jobs=args.jobs, oracles=args.oracles, report=report, verbose=args.verbose
            )
    if run.failed:
        first = run.failed[0]
        notify(f"{len(run.failed)} of {len(case_set.cases)} {case_set.kind} failed and count as wrong; {first.case}: {first.reply.error}")
    print(text, end="")
    if args.faults:
        print("\n" + told(case_set, run.records), end="")
    return EXIT_DONE


def _folder(args: argparse.Namespace, case_set: AnySet, opened: Opened, corpus: Assistant) -> AbstractContextManager[RunFolder | None]:
    if args.out is None:
        return nullcontext()
    return begin(args.out, manifest_of(case_set, opened.system, corpus, {"limit": args.limit, "oracles": args.oracles}))


def settings(args: argparse.Namespace) -> Settings:
    """The settings of the environment, with what the command line says instead."""
    chosen = Settings.from_environment()
    return Settings(args.corpus or chosen.corpus, args.index or chosen.index, (), args.encoder or chosen.encoder)


def add_corpus(parser: argparse.ArgumentParser) -> None:
    """The options that name corpus, index and encoder."""
    parser.add_argument("--corpus", metavar="PATH", type=Path, help="folder of documents to answer from (PINCITE_CORPUS)")
    parser.add_argument("--index", metavar="PATH", type=Path, help="index folder (PINCITE_INDEX)")
    parser.add_argument("--encoder", metavar="MODEL", help="sentence-transformers model, name or path (PINCITE_ENCODER)")


def _outcome(record: AnyRecord) -> str:
    if isinstance(record, DraftRecord):
        word = f"{len(record.reply.claims)} claims, {len(record.reply.citations)} citations, exit code {record.reply.exit}"
    else:
        word = record.reply.verdict if isinstance(record, ClaimRecord) else record.reply.status
    return f"{word} ({record.reply.error})" if record.reply.error else word


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pincite eval run",
        description="Put a set of questions, claims or drafts to a system and print its scores.",
        epilog=f"Other commands: {', '.join(f'pincite eval {name}' for name in COMMANDS[1:])}; each has --help.",
    )
    names = ", ".join(dict.fromkeys((*SYSTEMS, *CLAIM_SYSTEMS, *DRAFT_SYSTEMS)))
    parser.add_argument("set", metavar="SET", help="a set that ships, such as questions-article, or the path of one")
    parser.add_argument("--out", metavar="DIR", type=Path, help="keep the run in this folder, new or empty; a run that was killed goes on")
    parser.add_argument("--system", metavar="NAME", default="pincite", help=f"{names}, or a LangChain Runnable as module:attribute")
    parser.add_argument("--jobs", metavar="N", type=int, default=1, help="cases at a time (default 1); the scores are the same")
    parser.add_argument("--limit", metavar="N", type=int, help="only the first N cases")
    parser.add_argument("--oracles", action="store_true", help="also run with gold in place of each step, which tells what each costs")
    parser.add_argument("--faults", action="store_true", help="also list every case that is not fully right")
    parser.add_argument("--verbose", action="store_true", help="a line a case on stderr as it finishes")
    parser.add_argument("--passages", metavar="DIR", type=Path, help="the passages that the set names (default: passages, beside the set)")
    add_corpus(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
