"""The version of the installed distribution."""

from __future__ import annotations

from functools import cache
from importlib import metadata


@cache
def version() -> str:
    """For instance ``0.1.0``."""
    return metadata.version("pincite")
