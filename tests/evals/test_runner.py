from __future__ import annotations

from collections.abc import Mapping, Sequence

from pincite.evals.cases import Place, Question
from pincite.evals.passages import Passage
from pincite.evals.records import Reply
from pincite.evals.runner import by_passage, run_cases
from pincite.evals.systems import Asker
from pincite.ingest.errors import UsageError
from pincite.ingest.text import Document


class First:
    """A rival that cites the first sentence of whatever it is given, and trips over two words."""

    name = "first"
    made_of: Mapping[str, str] = {}

    def __init__(self) -> None:
        self.opened: list[str | None] = []

    def over(self, documents: Mapping[str, Document] | None) -> Asker:
        doc = None if documents is None else next(iter(documents))
        self.opened.append(doc)
        return FirstOf(doc or "corpus")


class FirstOf:
    def __init__(self, doc: str) -> None:
        self.doc = doc

    def ask(self, question: str, history: Sequence[str] = ()) -> Reply:
        if question == "usage":
            raise UsageError("that cannot be asked")
        if question == "fault":
            raise ZeroDivisionError("division by zero")
        return Reply("answered", ((self.doc, 1),))

    def rank(self, question: str) -> tuple[Place, ...]:
        return ((self.doc, 1), (self.doc, 2))


ONE, TWO = Passage.of(("A.", "B.")), Passage.of(("C.",))
CASES = [
    Question("q1", "?", False, passage=ONE),
    Question("q2", "?", False),
    Question("q3", "usage", False, passage=TWO),
    Question("q4", "fault", False),
    Question("q5", "?", False, passage=Passage.of(("A.", "B."))),
]


def test_every_case_has_a_record_in_the_sets_order() -> None:
    run = run_cases(CASES, First())
    assert [record.case for record in run.records] == ["q1", "q2", "q3", "q4", "q5"]
    assert list(run.seconds) == ["q1", "q2", "q3", "q4", "q5"]
    assert run.records[0].reply == Reply("answered", ((ONE.id, 1),), ((ONE.id, 1), (ONE.id, 2)))
    assert run.records[1].reply.cited == (("corpus", 1),)


def test_an_error_is_a_record() -> None:
    run = run_cases(CASES, First())
    assert [record.reply.error for record in run.failed] == ["that cannot be asked", "ZeroDivisionError: division by zero"]
    assert {record.reply.status for record in run.failed} == {"failed"}


def test_a_passage_is_opened_once() -> None:
    system = First()
    run_cases(CASES, system)
    assert system.opened == [ONE.id, None, TWO.id]
    assert [[case.id for case in group] for group in by_passage(CASES)] == [["q1", "q5"], ["q2", "q4"], ["q3"]]


def test_progress_ends_at_the_whole() -> None:
    told: list[tuple[str, int, int]] = []
    run_cases(CASES, First(), lambda *step: told.append(step))
    assert told[0] == ("first", 0, 5)
    assert told[-1] == ("first", 5, 5)
