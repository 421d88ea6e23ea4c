"""The served page as others meet it: health, log, users, limits, the API and MCP with real clients, and how it ends."""

from __future__ import annotations

import asyncio
import base64
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from pincite.app.answer import Assistant
from pincite.app.web.guard import LARGEST

QUESTION = "does IV magnesium help migraine?"
USER, PASSWORD = "ward-7", "pass:with:colons é"
SIGNED = {"Authorization": f"Basic {base64.b64encode(f'{USER}:{PASSWORD}'.encode()).decode()}"}


@dataclass
class Running:
    url: str
    process: subprocess.Popen[str]
    log: Path

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def get(self, path: str, headers: dict[str, str] | None = None, data: bytes | None = None) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(urllib.request.Request(f"{self.url}{path}", data, headers or {}), timeout=30) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@pytest.fixture(scope="module")
def server(own_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """``pincite chat`` with users, MCP and its log in a file. Ended by SIGTERM."""
    folder = tmp_path_factory.mktemp("server")
    users, log = folder / "users", folder / "log.jsonl"
    users.write_text(f"# who may\n\n{USER}:{PASSWORD}\n", encoding="utf-8")
    users.chmod(0o600)
    command = [sys.executable, "-m", "pincite.app.cli", "chat", "--port", "0", "--auth", str(users), "--mcp"]
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
    assert process.stderr is not None
    for line in process.stderr:
        if address := re.search(r"http://\S+/", line):
            break
    else:
        pytest.fail(f"the server ended with {process.wait()}")
    threading.Thread(target=process.stderr.read, daemon=True).start()
    yield Running(address.group(), process, log)
    if process.poll() is None:
        process.terminate()
    process.wait(timeout=20)


def test_health_names_what_answers_and_needs_no_password(server: Running, assistant: Assistant) -> None:
    status, body = server.get("health")
    health = json.loads(body)
    assert (status, health["status"]) == (200, "ok")
    assert {key: health[key] for key in ("version", "corpus", "encoder", "checker", "model")} == assistant.served()
    assert (health["documents"], health["sentences"]) == (1, 18)


@pytest.mark.parametrize("path", ["", "gradio_api/info", "gradio_api/mcp/", "config", "gradio_api/startup-events"])
def test_nothing_else_is_shown_without_one(server: Running, path: str) -> None:
    assert server.get(path)[0] == 401
    wrong = {"Authorization": "Basic " + base64.b64encode(b"ward-7:guess").decode()}
    assert server.get(path, wrong)[0] == 401
    if path != "gradio_api/mcp/":
        assert server.get(path, SIGNED)[0] in (200, 405)


def test_other_programs_ask_search_and_check(server: Running, assistant: Assistant) -> None:
    client_of = pytest.importorskip("gradio_client").Client
    client = client_of(server.url, headers=SIGNED, verbose=False)

    def call(*arguments: Any, api_name: str, **named: Any) -> Any:
        return json.loads(client.predict(*arguments, api_name=api_name, **named))

    assert sorted(client.view_api(return_format="dict")["named_endpoints"]) == ["/ask", "/check", "/search"]
    assert call(QUESTION, api_name="/ask") == assistant.ask(QUESTION).as_json()
    followed = call(question="what about CRPS?", history=[QUESTION], api_name="/ask")
    assert followed["resolved"] == "Does intravenous magnesium help complex regional pain syndrome?"
    assert call("postherpetic neuralgia", 3, api_name="/search")["results"][0]["sentence"] == 17
    claim = "Relief from intravenous magnesium lasted for 30 minutes."
    assert call(claim, api_name="/check") == assistant.check(claim).as_json()
    assert "question" in call("", api_name="/ask")["error"]
    assert "no list" in call("why?", {"a": 1}, api_name="/ask")["error"]
    assert "k is 1000" in call("pain", 1000, api_name="/search")["error"]


def test_an_mcp_client_lists_the_tools_and_asks(server: Running, assistant: Assistant) -> None:
    pytest.importorskip("mcp")
    from mcp import ClientSession
    from mcp.client.streamable_http import streamablehttp_client

    async def talk() -> tuple[dict[str, Any], str]:
        async with (
            streamablehttp_client(f"{server.url}gradio_api/mcp/", headers=SIGNED) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            tools = {tool.name: tool for tool in (await session.list_tools()).tools}
            result = await session.call_tool("ask", {"question": QUESTION})
            return tools, result.content[0].text  # type: ignore[union-attr]

    tools, text = asyncio.run(talk())
    assert sorted(tools) == ["ask", "check", "search"]
    assert "Not medical advice" in tools["ask"].description
    assert "visitor" not in str(tools["ask"].inputSchema)
    assert json.loads(text) == assistant.ask(QUESTION).as_json()


def test_what_is_too_large_is_refused_before_it_is_sent(server: Running) -> None:
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    connection.putrequest("POST", "/gradio_api/queue/join")
    for name, value in {**SIGNED, "Content-Length": str(LARGEST + 1)}.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    assert response.status == 413
    assert f"{LARGEST:,}" in json.loads(response.read())["error"]


def test_the_log_is_json_and_holds_no_question(server: Running) -> None:
    client = pytest.importorskip("gradio_client").Client(server.url, headers=SIGNED, verbose=False)
    client.predict("does zanzibar help my migraine?", ["is zanzibar safe?"], api_name="/ask")
    lines = server.lines()
    assert lines[0]["event"] == "started"
    asked = [line for line in lines if line["event"] == "asked"]
    assert asked[-1]["follow_up"] is True
    assert {"time", "level", "by", "status", "ms", "cited", "model"} <= set(asked[-1])
    assert "zanzibar" not in server.log.read_text(encoding="utf-8")
    assert "127.0.0.1" not in server.log.read_text(encoding="utf-8")


def test_it_ends_on_sigterm_and_says_so(server: Running) -> None:
    """The last test of the module: nothing is served afterwards."""
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=20) == 0
    assert server.lines()[-1]["event"] == "stopped"
