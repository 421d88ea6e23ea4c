"""What can go wrong, by who must act. The library raises these; only the command line and the page turn them into messages.

Every message says what is wrong, with which value, and what to do.
"""

from __future__ import annotations


class PinciteError(Exception):
    """Base of all errors that Pincite raises on purpose."""


class UsageError(PinciteError):
    """The user asked for something that cannot be meant: exit code 2."""


class SourceError(PinciteError):
    """A document cannot be read or used; the others can. ``path`` names it."""

    def __init__(self, path: str, reason: str) -> None:
        path = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")  # a name that is not UTF-8 must be printable
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class IndexUnusable(PinciteError):
    """The index cannot be opened or written: exit code 3."""


class IndexMissing(IndexUnusable):
    """There is no index at the place that was named."""


class IndexStale(IndexUnusable):
    """The index was made by another encoder or from another corpus."""


class IndexCorrupt(IndexUnusable):
    """The index is damaged."""


class EncoderError(PinciteError):
    """The encoder is absent, or is not the one it should be: exit code 3."""
