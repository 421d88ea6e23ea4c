"""How the page is served: who may use it, how often, and what is written down."""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from pincite.ingest.errors import UsageError

MINUTE = 60.0
MOST_VISITORS = 10_000
"""Addresses that are counted at the same time; the one that was silent longest is forgotten first."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What the owner of a page chose.

    Attributes:
        auth: a file of users, ``name:password`` a line; None lets everybody in who can reach the address.
        log_questions: whether the text of questions is written to the log.
        rate: questions a minute from one address; 0 is no limit.
        mcp: whether the Model Context Protocol is served too.
    """

    auth: Path | None = None
    log_questions: bool = False
    rate: int = 30
    mcp: bool = False


EVERYBODY = Serving()
"""What holds where nothing was chosen."""


class Users:
    """Who may use the page. Passwords are held as salted hashes."""

    def __init__(self, passwords: Mapping[str, str]) -> None:
        self._salt = os.urandom(16)
        self._hashes = {name: self._hash(password) for name, password in passwords.items()}

    def knows(self, name: str, password: str) -> bool:
        """Whether it is the user's password; takes as long for a name that is not known."""
        expected = self._hashes.get(name, b"\0" * 32)
        return hmac.compare_digest(expected, self._hash(password)) and name in self._hashes

    def _hash(self, password: str) -> bytes:
        return hashlib.sha256(self._salt + password.encode()).digest()


def read_users(path: Path) -> Users:
    """The users of a file: ``name:password`` a line; empty lines and lines that begin with # are skipped.

    Raises:
        UsageError: the file cannot be read, can be read by others, or has a line that is none.
    """
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise UsageError(f"--auth {path}: others on this machine can read the passwords; make it yours alone: chmod 600 {path}")
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"--auth {path}: cannot be read ({getattr(error, 'strerror', None) or error}); give a file of name:password lines"
        ) from error
    passwords: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, password = line.partition(":")
        if not colon or not name.strip() or not password:
            raise UsageError(f"--auth {path}, line {number}: write name:password")
        if name.strip() in passwords:
            raise UsageError(f"--auth {path}, line {number}: the user {name.strip()!r} is there twice")
        passwords[name.strip()] = password
    if not passwords:
        raise UsageError(f"--auth {path}: no user in it; write name:password, one a line")
    return Users(passwords)


class Rate:
    """Counts what each visitor did within the last minute.

    Args:
        most: how often a visitor may; 0 is no limit.
        clock: seconds that only grow.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        if most < 0:
            raise UsageError(f"--rate is {most}: give the questions a minute that one address may ask, or 0 for no limit")
        self._most = most
        self._clock = clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, visitor: str) -> int:
        """Count one more; or, where that is too many, the whole seconds after which the visitor may again."""
        if not self._most:
            return 0
        with self._lock:
            now = self._clock()
            times = self._times.setdefault(visitor, deque())
            self._times.move_to_end(visitor)
            while len(self._times) > MOST_VISITORS:
                self._times.popitem(last=False)
            while times and times[0] <= now - MINUTE:
                times.popleft()
            if len(times) >= self._most:
                return max(1, round(times[0] + MINUTE - now))
            times.append(now)
            return 0
