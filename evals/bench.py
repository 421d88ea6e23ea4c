"""``pincite eval bench NAME --data DIR``: a public benchmark, with the published marks beside ours. ``benches/`` holds one file a
family."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from pincite.app.answer import Assistant, open_corpus
from pincite.app.commands.console import progress
from pincite.ingest.errors import UsageError
from pincite.ingest.settings import Settings

from .benches.claim_sets import CHECK_COVID, CITATION_INTEGRITY, HEALTHVER
from .benches.common import Bench, Measured, require
from .benches.question_sets import K_QA, MEDEVIDENCE, PUBMEDQA
from .benches.scifact import SCIFACT
from .report import figure, markdown
from .run import EXIT_DONE, NOTE

BENCHES = {bench.name: bench for bench in (SCIFACT, CHECK_COVID, CITATION_INTEGRITY, PUBMEDQA, MEDEVIDENCE, HEALTHVER, K_QA)}


def main(argv: Sequence[str]) -> int:
    """Run a benchmark and print its figures. Returns 0 whatever they are."""
    parser = argparse.ArgumentParser(prog="pincite eval bench", description="Run a public benchmark from files that you have.")
    parser.add_argument("name", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--data", metavar="DIR", type=Path, required=True, help="the folder that holds the benchmarks' files")
    parser.add_argument("--limit", metavar="N", type=int, help="only the first N cases; the figures then compare with nobody's")
    parser.add_argument("--out", metavar="FILE", type=Path, help="also write what is printed into this file, which must be new")
    args = parser.parse_args(argv)
    if args.name not in BENCHES:
        raise UsageError(f'there is no benchmark "{args.name}"; there are {", ".join(BENCHES)}')
    if args.limit is not None and args.limit < 1:
        raise UsageError(f"--limit {args.limit}: give at least one case")
    bench = BENCHES[args.name]
    require(bench, args.data)
    with progress() as report:
        corpus = open_corpus(Settings(), report)
        measured = bench.measure(args.data, corpus, args.limit, report)
    text = told(bench, measured, args.limit, corpus)
    print(text, end="")
    if args.out is not None:
        try:
            with args.out.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except OSError as error:
            raise UsageError(f"{args.out} cannot be written ({error.strerror}); nothing is written over, name a new file") from None
    return EXIT_DONE


def told(bench: Bench, measured: Sequence[Measured], limit: int | None, corpus: Assistant) -> str:
    """The figures, and what others published, as Markdown."""
    provenance = corpus.provenance
    parts = [f"# {bench.title}\n\nPincite {provenance.version}, encoder {provenance.encoder}, checker {provenance.checker}.\n"]
    if limit is not None:
        parts.append(f"Run with --limit {limit}: these figures compare with nobody's.\n")
    parts.append(markdown([["", "here"], *([row.metric, figure(row.estimate)] for row in measured)]))
    parts.append(NOTE + "\n")
    if bench.marks:
        rows = [["published", "value", "by", "source"], *([m.metric, m.value, m.whose, m.source] for m in bench.marks)]
        parts.append(markdown(rows))
    parts += [f"{note}\n" for note in bench.notes]
    return "\n".join(parts)
