"""What makes a draft fail, and which findings somebody accepted. Two files that people keep with a draft hold it.

``.pincite.toml``, beside the draft or above it up to the repository's root, says what fails::

    [check]
    fail-on = ["contradicted", "fabricated", "altered"]

``DRAFT.accepted.toml`` beside the draft (``review.md.accepted.toml`` for ``review.md``) says what was accepted, and why::

    [[accepted]]
    text = "Headaches were gone in 80% of patients."
    finding = "contradicted"
    reason = "A later trial, which is not in the corpus, reports it."

An acceptance is for a text and a finding: it holds wherever the text is moved to, and no longer when either changes.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pincite.ingest.errors import UsageError

from .findings import DraftReport
from .listing import ORDER, SETTLED, Item, items

NAMES = tuple(name for name in ORDER if name not in SETTLED)
"""Every verdict and finding that a draft may fail on."""

NONE = "none"
"""The word with which nothing fails a draft."""

POLICY_FILE = ".pincite.toml"
ACCEPTED_SUFFIX = ".accepted.toml"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A finding that somebody accepted: the text of the claim or citation, its verdict or finding, and the reason."""

    text: str
    finding: str
    reason: str


def parse_fail_on(value: str) -> frozenset[str]:
    """What ``--fail-on`` names: verdicts and findings with commas between, or ``none``.

    Raises:
        UsageError: a word that is no verdict and no finding.
    """
    return _names([part.strip() for part in value.split(",") if part.strip()], "--fail-on")


def fail_on(draft: Path | None, chosen: Sequence[str] = ()) -> frozenset[str]:
    """The verdicts and findings that fail a draft: those chosen, else those of its ``.pincite.toml``, else everything that is wrong.

    Args:
        draft: the draft's file; None where it has none, and so no folder with a policy.
        chosen: the values of ``--fail-on``, which together replace what the file says.

    Raises:
        UsageError: an unknown word or key, or a file that cannot be read.
    """
    if chosen:
        return frozenset().union(*map(parse_fail_on, chosen))
    path = policy_file(draft) if draft is not None else None
    if path is None:
        return frozenset(NAMES)
    table = _read(path)
    _only(table, ("check",), path, "")
    check = table.get("check", {})
    if not isinstance(check, dict):
        raise UsageError(f"{path}: 'check' must be a table: write [check] on a line of its own")
    _only(check, ("fail-on",), path, " in [check]")
    if "fail-on" not in check:
        return frozenset(NAMES)
    names = check["fail-on"]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise UsageError(f'{path}: fail-on must be a list of words, for instance fail-on = ["contradicted", "fabricated"]')
    return _names(names, f"{path}: fail-on")


def policy_file(draft: Path) -> Path | None:
    """The ``.pincite.toml`` that holds for a draft: in its folder or the nearest above, up to the repository's root.

    Outside a repository only the draft's own folder counts: what lies above it belongs to somebody else.
    """
    folder = draft.absolute().parent
    above = [folder, *folder.parents]
    root = next((n for n, each in enumerate(above) if (each / ".git").exists()), 0)
    return next((path for each in above[: root + 1] if (path := each / POLICY_FILE).is_file()), None)


def accepted_file(draft: Path) -> Path:
    """Where the accepted findings of a draft are kept."""
    return draft.with_name(draft.name + ACCEPTED_SUFFIX)


def read_accepted(path: Path) -> tuple[Acceptance, ...]:
    """The accepted findings of a file; none where there is no such file.

    Raises:
        UsageError: the file cannot be read, or holds something else.
    """
    if not path.is_file():
        return ()
    table = _read(path)
    _only(table, ("accepted",), path, "")
    entries = table.get("accepted", [])
    if not isinstance(entries, list):
        raise UsageError(f"{path}: 'accepted' must be a list of tables: write [[accepted]] above each")
    return tuple(_acceptance(entry, f"{path}: entry {n}", path) for n, entry in enumerate(entries, start=1))


def _acceptance(entry: object, where: str, path: Path) -> Acceptance:
    if not isinstance(entry, dict):
        raise UsageError(f"{where} is no table: write [[accepted]] above text, finding and reason")
    _only(entry, ("text", "finding", "reason"), path, f" in {where.removeprefix(f'{path}: ')}")
    for key in ("text", "finding", "reason"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise UsageError(f"{where} has no {key}: every accepted finding needs text, finding and reason, each a text that is not empty")
    (finding,) = _names([entry["finding"]], f"{where}: finding") or {""}
    if not finding:
        raise UsageError(f"{where}: finding 'none' cannot be accepted; it must be one of {', '.join(NAMES)}")
    return Acceptance(entry["text"], finding, entry["reason"].strip())


def accept(report: DraftReport, accepted: Iterable[Acceptance]) -> tuple[DraftReport, tuple[str, ...]]:
    """The report with its accepted findings marked as such, and a notice for every acceptance that no longer fits anything."""
    listed = items(report)
    names = {(_key(item.text), item.name) for item in listed}
    found: dict[str, set[str]] = {}
    for item in listed:
        found.setdefault(_key(item.text), set()).add(item.name)
    reasons: dict[tuple[str, str], str] = {}
    notices = []
    for acceptance in accepted:
        key = _key(acceptance.text)
        reasons[key, acceptance.finding] = acceptance.reason
        if (key, acceptance.finding) not in names:
            became = f"it is now {' and '.join(sorted(found[key]))}" if key in found else "that text is not in the draft any more"
            notices.append(
                f"accepted as {acceptance.finding}: “{_short(acceptance.text)}”: {became}; remove the entry, or accept what is there now"
            )
    claims = tuple((n, reasons[_key(c.claim), c.verdict]) for n, c in enumerate(report.claims) if (_key(c.claim), c.verdict) in reasons)
    citations = tuple(
        replace(c, accepted=reasons[_key(c.text), c.finding]) if (_key(c.text), c.finding) in reasons else c for c in report.citations
    )
    return replace(report, citations=citations, accepted=claims), tuple(notices)


def choose(report: DraftReport, wanted: str) -> Item:
    """The open finding that somebody means: by a part of its text that no other has, or by ``FINDING:`` and a part of its text.

    Raises:
        UsageError: there is none, or more than one.
    """
    name, colon, rest = wanted.partition(":")
    named = bool(colon) and name.strip() in NAMES
    part = _key(rest if named else wanted)
    listed = [item for item in items(report) if item.open and (not named or item.name == name.strip())]
    fits = [item for item in listed if part and part in _key(item.text)]
    exact = [item for item in fits if _key(item.text) == part]
    fits = exact or fits
    if not fits:
        raise UsageError(
            f"no open finding has the text {wanted!r}; give a part of a claim or citation that needs a look, as it stands there"
        )
    if len({(_key(item.text), item.name) for item in fits}) > 1:
        shown = "; ".join(f"{item.name}:{_short(item.text)}" for item in fits[:5])
        raise UsageError(f"{len(fits)} open findings have the text {wanted!r}: {shown}; give more of the text, or its finding first")
    return fits[0]


def write_acceptance(path: Path, item: Item, reason: str) -> None:
    """Add a finding to a draft's accepted ones; what stands in the file already stays as it is, comments too.

    Raises:
        UsageError: the reason is empty, or the file cannot be read or written.
    """
    import tomlkit

    if not reason.strip():
        raise UsageError("the reason is empty: say why the finding is accepted, for whoever reads it next year")
    read_accepted(path)  # refuses a file that is something else before anything is added to it
    text = path.read_text(encoding="utf-8") if path.is_file() else "# Findings that were accepted, for `pincite check`.\n"
    document = tomlkit.parse(text)
    entries = document.get("accepted")
    if entries is None:
        entries = tomlkit.aot()
        document.append("accepted", entries)
    entry = tomlkit.table()
    for key, value in (("text", " ".join(item.text.split())), ("finding", item.name), ("reason", " ".join(reason.split()))):
        entry.add(key, value)
    entries.append(entry)
    try:
        path.write_text(tomlkit.dumps(document), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); accepted findings are kept beside the draft") from error


def failing(report: DraftReport, names: frozenset[str]) -> tuple[Item, ...]:
    """What fails a draft: its open findings of these names, in order. Accepted ones never do."""
    return tuple(item for item in items(report) if item.open and item.name in names)


def _key(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _short(text: str) -> str:
    text = _key(text)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _names(names: Sequence[str], where: str) -> frozenset[str]:
    if list(names) == [NONE]:
        return frozenset()
    wrong = next((name for name in names if name not in NAMES), None)
    if wrong is not None or not names:
        said = f"{wrong!r} is no finding" if names else "names nothing"
        raise UsageError(f"{where}: {said}; choose among {', '.join(NAMES)}, or {NONE} alone")
    return frozenset(names)


def _only(table: Mapping[str, Any], known: Sequence[str], path: Path, where: str) -> None:
    unknown = next((key for key in table if key not in known), None)
    if unknown is not None:
        raise UsageError(f"{path}: unknown key {unknown!r}{where}; known: {', '.join(known)}")


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{path}: not TOML: {error}") from error
