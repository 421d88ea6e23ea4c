"""The port, the headers, and how the command begins and ends."""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from pincite.app.cli import main
from pincite.app.web.server import listen, url
from pincite.ingest.errors import PinciteError, UsageError

from .conftest import chat

HERE = "127.0.0.1"


def test_a_port_in_use_is_named_with_the_way_out() -> None:
    with closing(listen(HERE, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PinciteError, match=rf"127\.0\.0\.1, port {port}: .*--port"):
            listen(HERE, port)


def test_the_command_says_so_at_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with closing(listen(HERE, 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["chat", "--port", str(port), "--corpus", str(tmp_path / "is not looked at")]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"port {port}" in captured.err
    assert "--port" in captured.err


@pytest.mark.parametrize("port", [-1, 65536])
def test_what_is_no_port(port: int) -> None:
    with pytest.raises(UsageError, match=str(port)):
        listen(HERE, port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_what_is_no_address_of_this_machine(host: str) -> None:
    with pytest.raises(PinciteError, match=f"{host}.*--host"):
        listen(host, 0)


def test_the_address_is_one_that_a_browser_takes() -> None:
    with closing(listen("0.0.0.0", 0)) as everywhere:
        assert url(everywhere) == f"http://127.0.0.1:{everywhere.getsockname()[1]}/"
    if socket.has_ipv6:
        try:
            loopback = listen("::1", 0)
        except PinciteError:
            return  # this machine has no IPv6
        with closing(loopback):
            assert url(loopback).startswith("http://[::1]:")


def test_the_first_start_makes_the_index_serves_the_page_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    with chat(cache=tmp_path) as served:
        with urllib.request.urlopen(served.url, timeout=20) as response:
            policy = response.headers["content-security-policy"]
            page = response.read().decode()
        assert "default-src 'self'" in policy
        assert "http" not in policy
        assert "Answers only from" in page
        assert any(tmp_path.rglob("*"))
        assert served.interrupt() == 0


def test_gradio_is_not_loaded_before_a_page_is_built() -> None:
    code = "import sys, pincite.app.web.view, pincite.app.web.server; sys.exit('gradio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
