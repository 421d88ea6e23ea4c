"""How a report looks on a terminal and in a pipe."""

from __future__ import annotations

import io
from dataclasses import replace

from pincite.app.claims import Checked, Place, Provenance, Reason, Searched
from pincite.app.draft.findings import Cited, DraftReport, Suggestion
from pincite.app.draft.terminal import print_report
from rich.console import Console

TEXT = "Relief lasts for 3 hours [1].\nIt is cheap \x1b[31m.\nPain fell.\n"
PROVENANCE = Provenance("0", "c", "e", "k")
PLACE = Place("urits-2021", 3, 0, 10, "Relief lasted for 30 minutes.")


def claim(text: str, verdict: str, **more: object) -> Checked:
    start = TEXT.index(text)
    made = Checked(text, start, start + len(text), "supported", 1.0, (), (), (), (), Searched(1, 18), PROVENANCE)
    return replace(made, verdict=verdict, **more)  # type: ignore[arg-type]


REPORT = DraftReport(
    "draft.txt",
    TEXT,
    (
        claim("Relief lasts for 3 hours [1].", "contradicted", reasons=(Reason("time", "3 hours", "30 minutes"),), contradicting=(PLACE,)),
        claim("It is cheap \x1b[31m.", "not_found", nearest=(replace(PLACE, lacks="cheap"),)),
        claim("Pain fell.", "supported", supporting=(PLACE,)),
    ),
    (Cited("[1]", 25, 28, "not_supporting", "urits-2021", None, Suggestion("urits-2021", 3, PLACE.quote), 0, why="It does not say this."),),
    ("A notice.",),
    PROVENANCE,
)


def printed(report: DraftReport, *, quiet: bool = False, terminal: bool = False) -> str:
    stream = io.StringIO()
    print_report(Console(file=stream, force_terminal=terminal, width=60, markup=False, highlight=False), report, quiet=quiet)
    return stream.getvalue()


def test_a_claim_a_line_in_the_order_of_the_draft_with_both_sides_of_a_reason() -> None:
    lines = [line.rstrip() for line in printed(REPORT).splitlines()]
    column = len("partly supported  ")
    assert lines == [
        f"{'contradicted':{column}}Relief lasts for 3 hours [1].  (line 1)",
        f"{'':{column}}time: 3 hours ≠ 30 minutes [3]",
        f"{'':{column}}[3] Relief lasted for 30 minutes.",
        f"{'not supporting':{column}}[1]  (line 1)",
        f"{'':{column}}It does not say this.",
        f"{'':{column}}[3] Relief lasted for 30 minutes.",
        f"{'not found':{column}}It is cheap [31m.  (line 2)",
        f"{'':{column}}Nothing that was searched says this.",
        f"{'':{column}}nearest: [3] Relief lasted for 30 minutes. (lacks: cheap)",
        f"{'supported':{column}}Pain fell.  [3]",
        "",
        "A notice.",
        "3 claims: 1 contradicted, 1 not found, 1 supported.  1 citation or quotation: 1 not supporting.  "
        "Searched 1 document, 18 sentences.  Not medical advice.",
    ]


def test_quiet_leaves_out_what_is_supported_and_the_count() -> None:
    out = printed(REPORT, quiet=True)
    assert "Pain fell" not in out
    assert "claims" not in out
    assert "A notice" not in out


def test_an_accepted_finding_shows_its_reason_and_is_not_wrong() -> None:
    report = replace(REPORT, accepted=((0, "A later trial."),))
    assert "accepted: A later trial." in printed(report)
    assert "3 hours" not in printed(report, quiet=True)


def test_on_a_terminal_long_claims_are_wrapped_beside_their_verdict() -> None:
    out = printed(REPORT, terminal=True)
    assert all(len(line) < 120 for line in out.splitlines()[:-3])
    assert "\x1b[31m." not in out
