"""``pincite eval stability SET``: are the citations the same when the question is put again, put in other words, or the corpus is in
another order?

Rewordings that change no meaning: without capitals, without the question mark, with a polite frame. The other order: the same documents,
the last one first, in an index of their own. Measured by ``metrics/stability.py`` against the answer to the question as it stands.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pincite.app.answer import Assistant, open_corpus
from pincite.app.commands.console import progress
from pincite.ingest.errors import UsageError
from pincite.ingest.text import Document

from .cases import Question
from .metrics.stability import overlap
from .records import Record
from .report import figure, markdown
from .run import EXIT_DONE, NOTE, add_corpus, settings
from .runner import Progress, run_cases
from .scores import Scored, write_summary
from .sets import find_set, load_set
from .systems import Asker, Pincite, PinciteAsker, assistant_over

REWORDINGS: Mapping[str, Callable[[str], str]] = {
    "in lower case": str.lower,
    "without its question mark": lambda question: question.rstrip("?").rstrip(),
    "asked politely": lambda question: f"Please tell me: {question}",
}


class _Reversed:
    """Pincite over the same documents in the other order."""

    name = "reversed"
    made_of: Mapping[str, str] = {}

    def __init__(self, corpus: Assistant) -> None:
        self._corpus = corpus

    def over(self, documents: Mapping[str, Document] | None) -> Asker:
        chosen = self._corpus.documents if documents is None else documents
        return PinciteAsker(assistant_over(dict(reversed(list(chosen.items()))), self._corpus))


def measure(cases: Sequence[Question], corpus: Assistant, report: Progress | None = None) -> list[Scored]:
    """The overlap with the first answer's citations, by what was changed and by case."""
    system = Pincite(corpus)
    first = run_cases(cases, system, report).records
    again = {"asked again": run_cases(cases, system, report).records}
    for name, reword in REWORDINGS.items():
        again[name] = run_cases([replace(case, question=reword(case.question)) for case in cases], system, report).records
    again["the corpus in another order"] = run_cases(cases, _Reversed(corpus), report).records
    return [_scored(name, first, records) for name, records in again.items()]


def main(argv: Sequence[str]) -> int:
    """Print how many citations stay."""
    parser = argparse.ArgumentParser(prog="pincite eval stability", description="How many citations stay when nothing has changed.")
    parser.add_argument("set", metavar="SET", help="a question set that ships, such as questions-article, or the path of one")
    parser.add_argument("--limit", metavar="N", type=int, help="only the first N questions")
    parser.add_argument("--into", metavar="DIR", type=Path, help="also write stability.csv into this folder of a run, for its report")
    add_corpus(parser)
    args = parser.parse_args(argv)
    with progress() as report:
        corpus = open_corpus(settings(args), report)
        case_set = load_set(find_set(args.set), corpus.documents, None, args.limit)
        cases = [case for case in case_set.cases if isinstance(case, Question)]
        if not cases:
            raise UsageError(f"{args.set} holds {case_set.kind}: citation stability is a matter of questions")
        found = measure(cases, corpus, report)
    print(f"{case_set.name}: citations that stay\n\n{table(found)}\n{NOTE}")
    if args.into is not None:
        if not args.into.is_dir():
            raise UsageError(f"{args.into} is no folder of a run; make one with pincite eval run {args.set} --out {args.into}")
        write_summary(args.into / "stability.csv", found)
    return EXIT_DONE


def table(found: Sequence[Scored]) -> str:
    """A row a change."""
    return markdown([["", "citations that stay"], *([scored.metric, figure(scored.estimate)] for scored in found)])


def _scored(name: str, first: Sequence[Record], second: Sequence[Record]) -> Scored:
    pairs = {a.case: overlap(a.reply.cited or (), b.reply.cited or ()) for a, b in zip(first, second, strict=True)}
    return Scored(name, {case: value for case, value in pairs.items() if value is not None})
