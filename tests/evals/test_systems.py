"""The rivals, on the same seam as Pincite."""

from __future__ import annotations

import re
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from pincite.app.answer import Assistant
from pincite.evals.audit import Auditor
from pincite.evals.cases import Question
from pincite.evals.execute import open_for
from pincite.evals.oracles import run_oracle
from pincite.evals.passages import Passage
from pincite.evals.records import Record, Reply, Ruling, Statement
from pincite.evals.run import main
from pincite.evals.sets import CaseSet, find_set, load_set
from pincite.evals.systems import PinciteAsker, open_claim_system, open_system
from pincite.ingest.errors import PinciteError, UsageError

needs_rivals = pytest.mark.skipif(find_spec("anchorcite") is None or find_spec("hallucination_check") is None, reason="rivals extra absent")

SENTENCES = ("Magnesium lowered pain scores in 41% of patients.", "Nausea was rare.")
PASSAGE = Passage.of(SENTENCES)
OVER = {PASSAGE.id: PASSAGE.document}
FIRST = ((PASSAGE.id, 1),)
MODULE = """
from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda

contract = RunnableLambda(lambda q: {"status": "answered", "stance": "supports", "citations": [{"doc": "urits-2021", "sentence": 3}]})
retriever = RunnableLambda(lambda q: [
    Document("any", metadata={"doc": "urits-2021", "sentence": 5}),
    Document("a phase in which magnesium is not mentioned"),
    Document("clinical benefit may be achieved by administering magnesium for migraine relief"),
])
writer = RunnableLambda(lambda q: "Perhaps.")
judge = RunnableLambda(lambda case: {"verdict": "supported" if case["claim"] in case["text"] else "not_found", "score": 1})
odd = RunnableLambda(lambda q: 7)
none = object()
"""


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "mine_of_test.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    sys.modules.pop("mine_of_test", None)
    return "mine_of_test"


@needs_rivals
def test_the_rivals_tell_support_from_none(assistant: Assistant) -> None:
    overlap, anchors = (open_claim_system(name, assistant).gate_over(OVER) for name in ("hallucination-check", "anchorcite"))
    assert overlap.judge(SENTENCES[0]) == Ruling("supported", supporting=FIRST)
    assert anchors.judge(SENTENCES[0]) == Ruling("supported", supporting=FIRST)
    changed = overlap.judge("Magnesium lowered pain scores in 80% of patients.")
    assert (changed.verdict, changed.contradicting) == ("contradicted", FIRST)
    assert "80%" in changed.reasons[0]
    for gate in (overlap, anchors):
        assert gate.judge("Bananas are yellow and grow in bunches.").verdict == "not_found"
        assert gate.rank("anything") == ()


@needs_rivals
def test_the_rivals_read_the_article_without_its_reference(assistant: Assistant) -> None:
    (document,) = assistant.documents.values()
    claim = document.sentence(5).text
    for name in ("hallucination-check", "anchorcite"):
        assert open_claim_system(name, assistant).gate_over(None).judge(claim).supporting == (("urits-2021", 5),)


def test_bm25_ranks_and_cites_nothing(assistant: Assistant) -> None:
    system = open_system("bm25", assistant)
    reply = system.over(None).ask("complex regional pain syndrome")
    assert (reply.status, reply.cited) == ("answered", None)
    assert system.over(None).rank("complex regional pain syndrome")[0] == ("urits-2021", 8)
    assert system.over(OVER).rank("nausea") == ((PASSAGE.id, 2),)
    assert system.over(OVER).ask("zebra").status == "no_evidence"


def test_what_a_runnable_gives_back_is_read(mine: str, assistant: Assistant) -> None:
    contract = open_system(f"{mine}:contract", assistant).over(None).ask("?")
    assert (contract.status, contract.cited, contract.stance) == ("answered", (("urits-2021", 3),), "supports")
    found = open_system(f"{mine}:retriever", assistant).over(None).ask("?")
    assert (found.cited, found.ranked) == (None, (("urits-2021", 5), ("urits-2021", 15)))
    assert open_system(f"{mine}:writer", assistant).over(None).ask("?") == Reply("answered", ())
    gate = open_claim_system(f"{mine}:judge", assistant).gate_over(OVER)
    assert gate.judge(SENTENCES[1]) == Ruling("supported", score=1.0)
    assert gate.judge("Another thing.").verdict == "not_found"


def test_what_a_runnable_cannot_give_is_said(mine: str, assistant: Assistant) -> None:
    with pytest.raises(PinciteError, match="it gave int 7, which is no answer"):
        open_system(f"{mine}:odd", assistant).over(None).ask("?")
    with pytest.raises(PinciteError, match="which is no verdict: give one of supported, partly"):
        open_claim_system(f"{mine}:odd", assistant).gate_over(OVER).judge("?")
    with pytest.raises(UsageError, match="answers from its own corpus"):
        open_system(f"{mine}:contract", assistant).over(OVER)
    with pytest.raises(UsageError, match=r"has no invoke\(\), so it is no LangChain Runnable"):
        open_system(f"{mine}:none", assistant)
    for name in (f"{mine}:absent", "no_such_module_at_all:chain"):
        with pytest.raises(UsageError, match="name a LangChain Runnable as module:attribute"):
            open_system(name, assistant)


@pytest.mark.usefixtures("assistant")
def test_a_runnable_is_run_like_any_other(mine: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questions-article", "--limit", "2", "--system", f"{mine}:contract"]) == 0
    assert f"| {mine}:contract" in capsys.readouterr().out
    assert main(["claims-article-test", "--limit", "1", "--system", f"{mine}:odd"]) == 0
    said = capsys.readouterr()
    assert "1 of 1 claims failed and count as wrong" in said.err
    assert re.search(r"\| not judged +\| 1\.00 n=1 +\|", said.out)


def test_a_system_that_does_not_do_it_says_what_it_does(assistant: Assistant) -> None:
    with pytest.raises(UsageError, match='"naive" judges no claims, it answers questions; systems for a claim set are'):
        open_for("claims", "naive", assistant)
    with pytest.raises(UsageError, match='"anchorcite" answers no questions, it judges claims'):
        open_for("questions", "anchorcite", assistant)


def test_the_auditor_finds_a_citation_that_does_not_carry_its_statement(assistant: Assistant) -> None:
    (document,) = assistant.documents.values()
    text = document.sentence(5).text
    auditor = Auditor(assistant)
    said = (
        Statement(text, (("urits-2021", 5),)),
        Statement(text, (("urits-2021", 1),)),
        Statement(text, ()),
        Statement(text, (("urits-2021", 99), ("elsewhere", 1))),
    )
    audited = auditor.audit(Reply("answered", (), statements=said)).statements
    assert [s.borne for s in audited] == [True, False, False, False]
    assert [s.useful for s in audited] == [(True,), (False,), (), (False, False)]
    declined = Reply("no_evidence", (), statements=said)
    assert auditor.audit(declined) == declined


def test_oracles_are_told_the_gold_and_nothing_else(assistant: Assistant) -> None:
    whole = load_set(find_set("questions-article"), assistant.documents)
    cases = [case for case in whole.cases if isinstance(case, Question)]
    some = [next(c for c in cases if c.answerable and len(c.gold[0]) > 1), next(c for c in cases if not c.answerable)]
    case_set = CaseSet(whole.name, "questions", whole.sha256, "", some)
    for name in ("retrieval", "sentences"):
        answerable, other = (r.reply for r in run_oracle(name, case_set, assistant) if isinstance(r, Record))
        assert set(answerable.ranked[: len(some[0].right)]) == some[0].right
        if name == "sentences":
            assert set(answerable.cited or ()) == some[0].gold[0]
            assert other.status == "no_evidence"
    # The assistant that was lent is as it was.
    asker = PinciteAsker(assistant)
    assert asker.rank(some[0].question) == tuple((f.doc, f.sentence) for f in assistant.search(some[0].question, 10))
