"""``pincite eval report DIR``: a finished run as one HTML file that opens offline, and as Markdown beside it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from pincite.ingest.errors import PinciteError

from .contents import Table, headlines, tables
from .faults import Fault
from .figures import Drawing, drawings
from .gold import Place
from .loaded import LoadedRun, load_run
from .report import figure, markdown, places
from .run import EXIT_DONE

SHOWN = 100
"""Cases that the page lists; the Markdown lists them all."""


def main(argv: Sequence[str]) -> int:
    """Write report.html and report.md into the folder of a run."""
    parser = argparse.ArgumentParser(prog="pincite eval report", description="Write a run's report: report.html, and report.md beside it.")
    parser.add_argument("folder", metavar="DIR", type=Path, help="what pincite eval run --out wrote")
    args = parser.parse_args(argv)
    run = load_run(args.folder)
    try:
        (args.folder / "report.html").write_text(as_html(run), encoding="utf-8", newline="\n")
        (args.folder / "report.md").write_text(as_markdown(run), encoding="utf-8", newline="\n")
    except OSError as error:
        raise PinciteError(f"{args.folder} cannot be written ({error.strerror}); copy the folder elsewhere and report there") from None
    print(args.folder / "report.html")
    return EXIT_DONE


def as_html(run: LoadedRun) -> str:
    """The page: no script, nothing from elsewhere, everything quoted escaped."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(files("pincite.evals").joinpath("report.html.j2").read_text(encoding="utf-8"))
    return template.render(
        title=title(run),
        subtitle=subtitle(run),
        headlines=[(name, *_split(figure(estimate))) for name, estimate in headlines(run)],
        drawings=[_drawn(drawing) for drawing in drawings(run)],
        tables=tables(run),
        faults=[_fault(fault, run) for fault in run.faults[:SHOWN]],
        count=len(run.faults),
        cases=len(run.texts),
        what=_what(run),
        shown=SHOWN,
    )


def as_markdown(run: LoadedRun) -> str:
    """The same without the figures, and with every case that went wrong."""
    parts = [f"# {title(run)}\n\n{subtitle(run)}\n"]
    parts += [_section(table) for table in tables(run)]
    parts.append(f"## What went wrong\n\n{len(run.faults)} of {len(run.texts)} {_what(run)} are not fully right; the worst first.\n")
    parts += [_told(fault, run) for fault in run.faults]
    return "\n".join(parts)


def title(run: LoadedRun) -> str:
    """``claims-article-test: pincite``."""
    return f"{run.manifest['set']['name']}: {run.system}"


def subtitle(run: LoadedRun) -> str:
    """What was run, in one line, with the hash of the set."""
    return f"{len(run.cases)} {run.kind}. Set sha256 {run.manifest['set']['sha256'][:12] or 'not recorded'}."


def _what(run: LoadedRun) -> str:
    return "parts of drafts" if run.kind == "drafts" else "cases"


def _section(table: Table) -> str:
    note = f"\n{table.note}\n" if table.note else ""
    return f"## {table.title}\n\n{markdown(table.rows)}{note}"


def _drawn(drawing: Drawing) -> dict[str, Any]:
    # The SVG is our own drawing: the texts in it are metric names, verdicts and numbers.
    return {"title": drawing.title, "words": drawing.words, "svg": Markup(drawing.svg)}


def _split(text: str) -> tuple[str, str]:
    value, _, rest = text.partition(" ")
    return (text, "") if text == "no cases" else (value, rest)


def _quoted(named: Iterable[Place], run: LoadedRun) -> list[tuple[str, str]]:
    """Address and text of each sentence, once."""
    return [(places([place]), run.sentences.get(place, "")) for place in dict.fromkeys(named)]


def _fault(fault: Fault, run: LoadedRun) -> dict[str, Any]:
    return {
        "case": fault.case,
        "text": fault.text,
        "expected": _quoted(fault.expected, run),
        "expected_words": fault.expected_words.replace("_", " "),
        "got": _quoted(fault.got, run),
        "got_words": fault.got_words.replace("_", " "),
        "why": fault.why or "",
        "reasons": fault.reasons,
        "short": ", ".join(fault.short),
    }


def _told(fault: Fault, run: LoadedRun) -> str:
    shown = _fault(fault, run)
    lines = [f"### {_plain(fault.case)}\n\n{_plain(fault.text)}\n"]
    for name, words, quoted in (
        ("Expected", shown["expected_words"], shown["expected"]),
        ("Got", shown["got_words"], shown["got"]),
    ):
        lines.append(f"- {name}: {_plain(words)}")
        lines += [f"  - {_plain(place)}: {_plain(text)}" for place, text in quoted]
    if fault.why:
        lines.append(f"- Why: {_plain(fault.why)}")
    lines += [f"- Differs: {_plain(reason)}" for reason in fault.reasons]
    lines.append(f"- Short: {shown['short']}\n")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Text that is no markup to a Markdown reader, in one line."""
    kept = "".join(f"\\{c}" if c in "\\`*_[]<>#|!" else c for c in text)
    return " ".join(kept.split())
