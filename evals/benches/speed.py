"""Speed as a ratio to the hour's pipeline, in one run, interleaved: ``python -m pincite.evals.benches.speed``.

Cold: whole processes from start to end, one question each, Pincite and the pipeline in turn, after one of each that is not counted.
Pincite's index is in its cache folder, as from the second use on; its very first use, which makes the index, is timed beside it. The
pipeline makes its index in memory each time, as it does. Warm: the same questions in one process, each put to both, after a warm-up.
Medians; a ratio below 1 is faster than the pipeline.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

from pincite.app.answer import open_corpus
from pincite.app.commands.console import notify
from pincite.ingest.errors import PinciteError, UsageError

from ..cases import load_questions
from ..report import markdown
from ..run import EXIT_DONE, EXIT_FAILED, EXIT_USAGE, find_set
from ..systems import open_system

QUESTION = "does IV magnesium help migraine?"
WARM_UP = 3
BUSY = 0.3
"""Load a processor above which the ratios are not to be trusted: waiting for a taken core, torch loses far more time than Pincite does."""
COLD_LIMIT, WARM_LIMIT = 0.8, 1.5
"""What the project holds itself to."""


def main(argv: Sequence[str]) -> int:
    """Print both ratios. Returns 0 whatever they are."""
    parser = argparse.ArgumentParser(prog="python -m pincite.evals.benches.speed", description="Speed, as a ratio to the naive pipeline.")
    parser.add_argument("--pairs", type=int, default=5, help="pairs of cold starts (default 5)")
    parser.add_argument("--questions", type=int, default=40, help="warm questions (default 40)")
    args = parser.parse_args(argv)
    try:
        if args.pairs < 1 or args.questions < 1:
            raise UsageError(f"--pairs {args.pairs} --questions {args.questions}: measure at least one of each")
        busy = os.getloadavg()[0] / (os.cpu_count() or 1) if hasattr(os, "getloadavg") else 0.0
        if busy > BUSY:
            notify(f"the machine is busy (load {busy:.1f} a processor) and the ratios flatter Pincite: measure again when it is idle")
        cold, warm = measure_cold(args.pairs), measure_warm(args.questions)
    except PinciteError as error:
        notify(str(error))
        return EXIT_USAGE if isinstance(error, UsageError) else EXIT_FAILED
    rows = [
        ["median", "pincite", "naive", "ratio", "limit"],
        _row(f"cold start, {args.pairs} pairs of processes", cold["pincite"], cold["naive"], f"{COLD_LIMIT}"),
        _row("very first use, its index made", cold["first use"], cold["naive"], ""),
        _row(f"warm question, n={len(warm['naive'])}", warm["pincite"], warm["naive"], f"{WARM_LIMIT}"),
    ]
    print(markdown(rows), end="")
    return EXIT_DONE


def measure_cold(pairs: int) -> dict[str, list[float]]:
    """Seconds of whole processes, by name: ``pincite``, ``naive`` and ``first use`` (each with a cache folder that is new)."""
    with tempfile.TemporaryDirectory(prefix="pincite-speed-") as folder:
        article = Path(folder) / "article.txt"
        corpus = open_corpus()
        article.write_text("\n".join(document.text for document in corpus.documents.values()), encoding="utf-8")
        ask = [sys.executable, "-m", "pincite.app.cli", "ask", QUESTION]
        naive = [sys.executable, "-m", "pincite.evals.benches.pipeline", str(article), QUESTION]
        kept = _cache(Path(folder) / "kept")
        # A model hub that cannot be reached must not count as the pipeline's time.
        offline = {**os.environ, "HF_HUB_OFFLINE": "1"}
        _process(ask, kept)
        _process(naive, offline)
        seconds: dict[str, list[float]] = {"pincite": [], "naive": [], "first use": []}
        for pair in range(pairs):
            seconds["pincite"].append(_process(ask, kept))
            seconds["naive"].append(_process(naive, offline))
            seconds["first use"].append(_process(ask, _cache(Path(folder) / f"new-{pair}")))
    return seconds


def measure_warm(questions: int) -> dict[str, list[float]]:
    """Seconds a question, by system; spread over the article's set, so that answerable and other questions are both among them."""
    corpus = open_corpus()
    cases = load_questions(find_set("questions-article"), corpus.documents)
    step = max(1, len(cases) // questions)
    asked = [case.question for case in cases[::step]][:questions]
    askers = {name: open_system(name, corpus).over(None) for name in ("pincite", "naive")}
    for asker in askers.values():
        for question in asked[:WARM_UP]:
            asker.ask(question)
    seconds: dict[str, list[float]] = {name: [] for name in askers}
    for turn, question in enumerate(asked):
        # Whoever goes first finds the processor as the other left it: they take turns.
        for name in list(askers)[:: 1 if turn % 2 else -1]:
            seconds[name].append(_timed(lambda ask=askers[name].ask, question=question: ask(question)))  # type: ignore[misc]
    return seconds


def _row(name: str, ours: Sequence[float], theirs: Sequence[float], limit: str) -> list[str]:
    return [name, _seconds(median(ours)), _seconds(median(theirs)), f"{median(ours) / median(theirs):.2f}", limit]


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.0f} ms"


def _timed(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def _process(command: Sequence[str], environment: Mapping[str, str]) -> float:
    def run() -> None:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            last = (done.stderr.strip() or "no message").splitlines()[-1]
            raise PinciteError(f"{' '.join(command[1:3])} ended with exit code {done.returncode}: {last}")

    return _timed(run)


def _cache(folder: Path) -> dict[str, str]:
    """An environment whose cache folder is this one, on Linux; elsewhere the user's own is used, and no first use is new."""
    return {**os.environ, "XDG_CACHE_HOME": str(folder)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
