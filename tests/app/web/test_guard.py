"""The parts of serving alone: users, rate, the line, sizes, the log."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import logging
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from pincite.app.answer import Assistant
from pincite.app.cli import main
from pincite.app.web import logs
from pincite.app.web.guard import Guard
from pincite.app.web.lane import Lane
from pincite.app.web.serving import Rate, Users, read_users
from pincite.ingest.errors import UsageError

QUESTION = "does IV magnesium help migraine?"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "no user"),
        ("someone", "line 1"),
        ("a:1\n:2\n", "line 2"),
        ("a:1\na:2\n", "twice"),
        ("a:\n", "line 1"),
        ("\udcff", "cannot be read"),
    ],
)
def test_a_file_of_users_that_is_none(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "users"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    file.chmod(0o600)
    with pytest.raises(UsageError, match=says):
        read_users(file)


@pytest.mark.skipif(os.name != "posix", reason="files have no permissions of others here")
def test_passwords_that_others_can_read_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "users"
    file.write_text("a:1\n")
    file.chmod(0o644)
    assert main(["chat", "--auth", str(file), "--port", "0"]) == 2
    assert "chmod 600" in capsys.readouterr().err
    assert main(["chat", "--auth", str(tmp_path / "absent"), "--port", "0"]) == 2
    assert main(["chat", "--rate", "-1", "--port", "0"]) == 2


def test_users_are_known_by_their_password() -> None:
    users = Users({"a": "1"})
    assert users.knows("a", "1")
    assert not users.knows("a", "2")
    assert not users.knows("b", "1")
    assert not users.knows("", "")


def test_a_visitor_who_asks_too_often_waits_and_others_do_not() -> None:
    now = [0.0]
    rate = Rate(2, lambda: now[0])
    assert [rate.wait("a"), rate.wait("a"), rate.wait("b")] == [0, 0, 0]
    now[0] = 10.0
    assert rate.wait("a") == 50
    now[0] = 60.5
    assert rate.wait("a") == 0
    assert [Rate(0).wait("a") for _ in range(100)] == [0] * 100


def test_the_lane_tells_each_its_place() -> None:
    async def run() -> list[tuple[str, int]]:
        lane, told = Lane(width=1, most=2), []

        async def visit(name: str, place: object) -> None:
            async for ahead in lane.before(place):
                told.append((name, ahead))
            told.append((name, 0))
            await asyncio.sleep(0)
            lane.leave(place)

        places = [lane.join() for _ in range(4)]
        assert places[3] is None  # the line is full
        await asyncio.gather(*(visit(name, place) for name, place in zip("abc", places, strict=False) if place))
        assert lane.join() is not None
        return told

    assert asyncio.run(run()) == [("a", 0), ("b", 1), ("c", 2), ("b", 0), ("c", 1), ("c", 0)]


def test_who_gives_up_leaves_the_line() -> None:
    async def run() -> None:
        lane = Lane(width=1, most=5)
        first, second, third = lane.join(), lane.join(), lane.join()
        assert first is not None
        assert second is not None
        assert third is not None
        lane.leave(second)
        lane.leave(first)
        assert [ahead async for ahead in lane.before(third)] == []

    asyncio.run(run())


def test_a_request_without_a_length_is_cut_off() -> None:
    async def run() -> list[dict[str, Any]]:
        sent: list[dict[str, Any]] = []

        async def application(scope: Any, receive: Any, send: Any) -> None:
            while (await receive())["more_body"]:
                pass

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"x" * 100_000, "more_body": True}

        async def send(message: Any) -> None:
            sent.append(message)

        await Guard(application, None)({"type": "http", "path": "/", "headers": []}, receive, send)
        return sent

    assert asyncio.run(run())[0]["status"] == 413


def test_guessing_passwords_is_slow() -> None:
    async def run() -> list[int]:
        statuses: list[int] = []

        async def application(scope: Any, receive: Any, send: Any) -> None:
            raise AssertionError("let in")

        async def send(message: Any) -> None:
            if "status" in message:
                statuses.append(message["status"])

        guard = Guard(application, Users({"a": "1"}))
        headers = [(b"authorization", b"Basic " + base64.b64encode(b"a:guess"))]
        for _ in range(12):
            await guard({"type": "http", "path": "/", "headers": headers, "client": ("192.0.2.1", 1)}, None, send)  # type: ignore[arg-type]
        return statuses

    assert asyncio.run(run()) == [401] * 10 + [429] * 2


def test_an_error_is_written_without_what_it_says() -> None:
    written = {}
    for texts in (False, True):
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        handler.setFormatter(logs.Lines(texts))
        logger = logging.getLogger("pincite.test")
        logger.addHandler(handler)
        try:
            raise ValueError("the question was secret")
        except ValueError:
            logger.exception("could not answer")
        logger.removeHandler(handler)
        written[texts] = json.loads(stream.getvalue())
    assert written[False]["error"] == "ValueError"
    assert "secret" not in json.dumps(written[False])
    assert written[True]["says"] == "the question was secret"


def test_questions_are_written_where_the_owner_wants_them(assistant: Assistant) -> None:
    answer = assistant.ask("what dose?", ["does magnesium help CRPS?"])
    for texts in (True, False):
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        handler.setFormatter(logs.Lines(texts))
        logs.log.addHandler(handler)
        logs.log.setLevel(logging.INFO)
        logs.asked("what dose?", answer, 0.5, "page")
        logs.log.removeHandler(handler)
        line = json.loads(stream.getvalue())
        assert ("what dose?" in line.values()) is texts
        assert ("resolved" in line) is texts


def test_the_page_streams_in_turn_and_counts(assistant: Assistant) -> None:
    from pincite.app.web.live import Live
    from pincite.app.web.page import Page

    async def last(updates: AsyncIterator[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        return [update async for update in updates]

    async def run() -> tuple[list[tuple[Any, ...]], ...]:
        lane = Lane(width=1, most=5)
        live = Live(Page(assistant), lane, Rate(2))
        held = lane.join()
        assert held is not None
        waiting = asyncio.create_task(last(live.ask(QUESTION, (), "a")))
        await asyncio.sleep(0.05)
        lane.leave(held)
        first = await waiting
        second = await last(live.ask("what about CRPS?", first[-1][-1], "a"))
        return first, second, await last(live.ask(QUESTION, (), "a"))

    first, second, third = asyncio.run(run())
    assert "1 question before yours" in first[1][0]
    assert first[-1][-1][0].answer == assistant.ask(QUESTION)
    assert "Understood as: <q>Does intravenous magnesium help complex regional pain syndrome?</q>" in second[-1][0]
    assert "Too many questions within a minute" in third[-1][0]
