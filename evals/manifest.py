"""What made a run, by name, version and hash: enough to make it again, and to refuse to mix two runs."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pincite.app.answer import Assistant
from pincite.app.version import version

from .draft_systems import DraftSystem
from .sets import AnySet
from .systems import ClaimSystem, System

SCHEMA = "pincite.run/2"


def manifest_of(set: AnySet, system: System | ClaimSystem | DraftSystem, corpus: Assistant, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest of a run; nothing in it changes with the clock or the machine.

    Args:
        set: what is run.
        system: what it is put to.
        corpus: the open corpus.
        settings: what else decides the records.
    """
    index = corpus.index.manifest
    return {
        "schema": SCHEMA,
        "version": version(),
        "commit": commit(),
        "set": {"name": set.name, "kind": set.kind, "sha256": set.sha256, "passages": set.passages, "cases": len(set.cases)},
        "system": {"name": system.name, **system.made_of},
        "settings": dict(settings),
        "corpus": index.corpus,
        "index": {"recipe": index.recipe, "sha256": _hash({"fingerprint": index.fingerprint, **index.files})},
        "models": {"encoder": f"{index.encoder} {index.fingerprint}", "checker": corpus.provenance.checker},
    }


def differences(before: Mapping[str, Any], now: Mapping[str, Any], path: str = "") -> list[str]:
    """What differs between two manifests, a line each, as ``system.checker: a, now b``."""
    found = []
    for key in sorted(before.keys() | now.keys()):
        old, new = before.get(key), now.get(key)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            found += differences(old, new, f"{path}{key}.")
        elif old != new:
            found.append(f"{path}{key}: {old}, now {new}")
    return found


def commit() -> str | None:
    """The commit of the working tree that this module stands in, with "+changes" where it has changes; None where there is none."""
    here = Path(__file__).resolve().parent
    try:
        # A worktree that merely holds an installed copy says nothing of this code.
        if not _git(here, "ls-files", "cases.py"):
            return None
        changed = _git(here, "status", "--porcelain", "--untracked-files=no", "..")
        return _git(here, "rev-parse", "HEAD") + ("+changes" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return None


def _git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True).stdout.strip()


def _hash(value: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(dict(sorted(value.items()))).encode()).hexdigest()
