"""The figures of a report as inline SVG: the only matplotlib import. Text stays text, and the same run gives the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from .loaded import LoadedRun
from .metrics.calibration import BINS, bin_of
from .metrics.confusion import confusion
from .metrics.outcomes import CLASSES, Floats, Outcomes
from .metrics.risk_coverage import curve

INK, ACCENT, QUIET = "#222222", "#1f5f8b", "#9aa4ad"
_STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "pincite",
    "font.family": "sans-serif",
    "font.size": 11,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
STATUSES = ("answered", "no_evidence", "failed")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure: its SVG element, and in words what it shows, for those who do not see it."""

    title: str
    words: str
    svg: str


def drawings(run: LoadedRun) -> list[Drawing]:
    """The figures for which the run holds anything."""
    found: list[Drawing] = []
    if run.kind == "claims":
        outcomes = Outcomes.of(run.claims, run.rulings)
        found.append(verdicts(outcomes))
        if len(outcomes.scored.gold):
            found += [risk_coverage(outcomes.scored), reliability(outcomes.scored)]
    elif run.kind == "questions":
        found.append(decisions(run))
    if run.seconds:
        found.append(latency(run.seconds))
    return found


def risk_coverage(outcomes: Outcomes) -> Drawing:
    """Share of wrong verdicts among the surest, by how many are shown."""
    coverage, risk = curve(outcomes.score, outcomes.right)

    def draw(axes: Axes) -> None:
        axes.plot(coverage, risk, color=ACCENT, linewidth=2)
        axes.axhline(risk[-1], color=QUIET, linewidth=1, linestyle="--")
        axes.annotate("all shown", (0.02, risk[-1]), xytext=(0, 4), textcoords="offset points", color=INK, fontsize=9)
        axes.set(
            xlabel="share of claims shown, the surest first",
            ylabel="share of them wrong",
            xlim=(0, 1),
            ylim=(0, max(0.05, risk.max() * 1.1)),
        )

    half = risk[max(0, len(risk) // 2 - 1)]
    words = f"Of the surest half of the claims {half:.0%} are wrong, of all {risk[-1]:.0%}; mean risk {risk.mean():.3f}."
    return _drawing("Risk and coverage", words, draw)


def reliability(outcomes: Outcomes) -> Drawing:
    """Share right in each bin of the score, with how many claims are in it."""
    bins = bin_of(outcomes.score)
    rows = [
        (outcomes.score[bins == b].mean(), outcomes.right[bins == b].mean(), int((bins == b).sum()))
        for b in range(BINS)
        if (bins == b).any()
    ]
    said, right, counts = (np.asarray(column) for column in zip(*rows, strict=True))

    def draw(axes: Axes) -> None:
        axes.plot([0, 1], [0, 1], color=QUIET, linewidth=1, linestyle="--")
        axes.plot(said, right, color=ACCENT, linewidth=1.5, marker="o", markersize=5)
        for x, y, n in zip(said, right, counts, strict=True):
            axes.annotate(str(n), (x, y), xytext=(5, -12), textcoords="offset points", fontsize=9)
        axes.set(xlabel="how sure the verdict is", ylabel="share right", xlim=(0, 1.02), ylim=(-0.05, 1.05))

    words = "; ".join(f"{n} called {s:.0%} sure, {r:.0%} of them right" for s, r, n in rows) + "."
    return _drawing("Reliability", words, draw)


def verdicts(outcomes: Outcomes) -> Drawing:
    """Gold verdicts by what was said."""
    counts = confusion(outcomes, np.arange(len(outcomes.gold))[None, :])[0]
    return _matrix("Verdicts", "gold", "said", CLASSES[:-1], CLASSES, counts[:-1])


def decisions(run: LoadedRun) -> Drawing:
    """Whether there is an answer, by what was done."""
    counts = np.zeros((2, len(STATUSES)))
    for case in run.questions:
        reply = run.replies.get(case.id)
        counts[0 if case.answerable else 1, STATUSES.index(reply.status if reply else "failed")] += 1
    return _matrix("Decisions", "the question has", "the system", ("an answer", "no answer"), STATUSES, counts)


def latency(seconds: Mapping[str, float]) -> Drawing:
    """How many cases took how long."""
    values = np.sort(np.asarray(list(seconds.values()), dtype=np.float64)) * 1000
    p50, p95 = np.percentile(values, [50, 95])

    def draw(axes: Axes) -> None:
        axes.plot(values, np.arange(1, len(values) + 1) / len(values), color=ACCENT, linewidth=2, drawstyle="steps-post")
        for value, name in ((p50, "p50"), (p95, "p95")):
            axes.axvline(value, color=QUIET, linewidth=1, linestyle="--")
            axes.annotate(f"{name} {value:.0f} ms", (value, 0.04), xytext=(4, 0), textcoords="offset points", fontsize=9, rotation=90)
        axes.set(xlabel="milliseconds", ylabel="share of cases done", xlim=(0, values[-1] * 1.08), ylim=(0, 1.02))

    return _drawing("Latency", f"Half of the cases took at most {p50:.0f} ms, 95 % at most {p95:.0f} ms.", draw)


def _matrix(title: str, side: str, top: str, rows: tuple[str, ...], columns: tuple[str, ...], counts: Floats) -> Drawing:
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)

    def draw(axes: Axes) -> None:
        # A mesh, not an image: an image would be a bitmap within the SVG.
        axes.pcolormesh(share, cmap="Blues", vmin=0, vmax=1.2, edgecolors="white", linewidth=2)
        for i in range(len(rows)):
            for j in range(len(columns)):
                axes.text(j + 0.5, i + 0.5, f"{counts[i, j]:.0f}", ha="center", va="center", color="white" if share[i, j] > 0.7 else INK)
        axes.set_xticks(np.arange(len(columns)) + 0.5, [name.replace("_", " ") for name in columns], rotation=20)
        axes.set_yticks(np.arange(len(rows)) + 0.5, [name.replace("_", " ") for name in rows])
        axes.set(xlabel=top, ylabel=side)
        axes.invert_yaxis()
        axes.tick_params(length=0)
        for spine in axes.spines.values():
            spine.set_visible(False)

    lines = []
    for row, line in zip(rows, counts, strict=True):
        lines.append(f"{row}: " + ", ".join(f"{count:.0f} {name}" for name, count in zip(columns, line, strict=True) if count))
    return _drawing(title, "; ".join(lines).replace("_", " ") + ".", draw)


def _drawing(title: str, words: str, draw: Callable[[Axes], None]) -> Drawing:
    with rc_context(_STYLE):
        figure = Figure(figsize=(5.2, 3.6), layout="constrained")
        FigureCanvasSVG(figure)
        draw(figure.add_subplot())
        written = io.StringIO()
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = written.getvalue()
    return Drawing(title, words, _inline(svg[svg.index("<svg") :], title.lower().replace(" ", "-")))


def _inline(svg: str, name: str) -> str:
    """The element with ids of its own, its size left to the page, and hidden from readers who get the words."""
    svg = re.sub(r'(\bid="|url\(#|href="#)', lambda found: found.group() + name + "-", svg)
    svg = re.sub(r'<svg ([^>]*?)width="[^"]*"', r'<svg aria-hidden="true" \1', svg, count=1)
    svg = re.sub(r'(<svg [^>]*?)height="[^"]*"', r"\1", svg, count=1)
    return re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
