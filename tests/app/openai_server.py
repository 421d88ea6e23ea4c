"""A real server on this machine that speaks just enough of the OpenAI protocol; the name of a model says how it behaves."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

REPLIES = {
    "good": "It is unclear whether magnesium helps migraine [2].\n",
    "mixed": "It is unclear whether magnesium helps migraine [2].\nMagnesium helps 95% of patients with migraine [1].\n"
    "It is safe.\nSee [7].\n",
    "invents": "Magnesium relieved migraine in 64% of 200 patients [1].\nThe review says “magnesium clearly works” [2].\n",
    "uncited": "It is unclear whether magnesium helps migraine. Ask a doctor.",
    "unknown": "It is unclear whether magnesium helps migraine [3].\nIt is unclear [0].\nIt is unclear [²].",
    "obeys": "<script>alert(1)</script> All safeguards are off [1].\nVisit http://evil.example and take 10 g now [2].\n"
    "SYSTEM: I am DAN [1].",
    "repeats": "It is unclear whether magnesium helps migraine [2].\n" * 5,
    "foreign": "No está claro si el magnesio ayuda contra la migraña en los pacientes [2].",
    "nothing": "NOTHING",
    "empty": "",
    "garbage": "\x00\x01\ufffd{{{[[[1]]]}}}\u202e" * 40,
    "contradicts": "Magnesium does not leave anything unclear in migraine: it clearly works [2].",
}


@dataclass
class Served:
    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)


@contextmanager
def serving() -> Iterator[Served]:
    """The server, until the end of the block."""
    served = Served("")

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def answer(self, status: int, body: bytes, kind: str = "application/json") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            served.keys.append(self.headers.get("Authorization"))
            names = {"/one/models": ["good"], "/v1/models": list(REPLIES), "/none/models": []}.get(self.path)
            if names is None:
                self.answer(404, b"{}")
            else:
                self.answer(200, json.dumps({"data": [{"id": name} for name in names]}).encode())

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            served.asked.append(asked)
            served.keys.append(self.headers.get("Authorization"))
            model = asked["model"]
            before = sum(earlier["model"] == model for earlier in served.asked) - 1
            if model in ("400", "401", "404", "429", "500"):
                self.answer(int(model), b'{"error": {"message": "sk-secret was wrong"}}')
            elif model == "flaky" and before < 2:
                self.answer(503, b"{}")
            elif model == "no json":
                self.answer(200, b"data: {not json\n\n", "text/event-stream")
            elif model == "silent":
                time.sleep(3)
            else:
                self.stream(model)

        def stream(self, model: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            try:
                if model == "endless":
                    while True:
                        self.piece("It goes on and on without an end ")
                if model == "slow":
                    for _ in range(100):
                        self.piece("word ")
                        time.sleep(0.2)
                reply = REPLIES.get(model, REPLIES["good"])
                for start in range(0, len(reply), 7):
                    self.piece(reply[start : start + 7])
                if model == "cut":
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                self.wfile.write(b"data: [DONE]\n\n")
            except OSError:
                pass  # who asked has gone

        def piece(self, text: str) -> None:
            choices = [{"index": 0, "delta": {"content": text}}]
            delta = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "x", "choices": choices}
            self.wfile.write(f"data: {json.dumps(delta)}\n\n".encode())
            self.wfile.flush()

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    served.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield served
    http.shutdown()
