"""What fails a draft, and which findings are accepted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pincite.app.answer import Assistant
from pincite.app.draft.findings import DraftReport
from pincite.app.draft.listing import items
from pincite.app.draft.policy import (
    NAMES,
    Acceptance,
    accept,
    accepted_file,
    choose,
    fail_on,
    failing,
    parse_fail_on,
    policy_file,
    read_accepted,
    write_acceptance,
)
from pincite.ingest.errors import UsageError

from .reports import report


@pytest.fixture(scope="module")
def checked(assistant: Assistant) -> DraftReport:
    return report(assistant.documents["urits-2021"])


def test_by_default_everything_that_is_wrong_fails(checked: DraftReport, tmp_path: Path) -> None:
    assert fail_on(tmp_path / "draft.md") == fail_on(None) == frozenset(NAMES)
    assert [item.n for item in failing(checked, frozenset(NAMES))] == [item.n for item in items(checked) if not item.settled]
    assert not {"supported", "ok"} & set(NAMES)


def test_what_was_chosen_replaces_what_the_file_says(tmp_path: Path, checked: DraftReport) -> None:
    (tmp_path / ".pincite.toml").write_text('[check]\nfail-on = ["contradicted", "fabricated"]\n', encoding="utf-8")
    draft = tmp_path / "draft.md"
    assert fail_on(draft) == {"contradicted", "fabricated"}
    assert fail_on(draft, ["altered,not_found", "partly"]) == {"altered", "not_found", "partly"}
    assert fail_on(draft, ["none"]) == frozenset()
    assert failing(checked, fail_on(draft, ["none"])) == ()
    assert {item.name for item in failing(checked, fail_on(draft))} == {"contradicted", "fabricated"}


@pytest.mark.parametrize("value", ["wrong", "contradicted,supported", "", " , ", "none,altered", "Contradicted"])
def test_an_unknown_word_is_refused_with_the_known_ones(value: str) -> None:
    with pytest.raises(UsageError, match="choose among contradicted, not_found"):
        parse_fail_on(value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fail-on = []\n", r"unknown key 'fail-on'; known: check"),
        ("[check]\nfail_on = []\n", r"unknown key 'fail_on' in \[check\]; known: fail-on"),
        ('[check]\nfail-on = "altered"\n', "must be a list of words"),
        ("[check]\nfail-on = [1]\n", "must be a list of words"),
        ("[check]\nfail-on = []\n", "names nothing"),
        ('[check]\nfail-on = ["false"]\n', "'false' is no finding"),
        ("check = 3\n", "must be a table"),
        ("[check\n", "not TOML"),
    ],
)
def test_a_policy_that_says_something_else_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / ".pincite.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said) as error:
        fail_on(tmp_path / "draft.md")
    assert str(tmp_path / ".pincite.toml") in str(error.value)


def test_the_policy_is_looked_for_up_to_the_root_of_the_repository(tmp_path: Path) -> None:
    repository, deep = tmp_path / "repository", tmp_path / "repository" / "papers" / "one"
    deep.mkdir(parents=True)
    (tmp_path / ".pincite.toml").write_text("", encoding="utf-8")
    assert policy_file(deep / "draft.md") is None  # outside of a repository only the draft's own folder counts
    (repository / ".git").mkdir()
    assert policy_file(deep / "draft.md") is None  # what is above the repository is somebody else's
    (repository / ".pincite.toml").write_text("", encoding="utf-8")
    assert policy_file(deep / "draft.md") == repository / ".pincite.toml"
    (deep / ".pincite.toml").write_text("", encoding="utf-8")
    assert policy_file(deep / "draft.md") == deep / ".pincite.toml"


def test_an_accepted_finding_is_shown_as_such_and_does_not_fail(checked: DraftReport) -> None:
    accepted, notices = accept(
        checked,
        [
            Acceptance("Magnesium cures  cluster headache\nin adolescents", "not_found", "We say so ourselves."),
            Acceptance("[1]", "not_supporting", "The erratum does."),
        ],
    )
    assert notices == ()
    assert accepted.accepted == ((3, "We say so ourselves."),)
    assert [c.accepted for c in accepted.citations if c.text == "[1]"] == ["The erratum does.", None]
    before, after = ({item.n for item in failing(r, frozenset(NAMES))} for r in (checked, accepted))
    assert before - after == {2, 6}


def test_an_acceptance_holds_wherever_the_text_moves(checked: DraftReport) -> None:
    entry = Acceptance(checked.claims[3].claim, "not_found", "Known.")
    moved = replace(checked, claims=tuple(reversed([replace(c, start=c.start + 7, end=c.end + 7) for c in checked.claims])))
    assert accept(moved, [entry])[0].accepted == ((3, "Known."),)


def test_stale_acceptances_are_reported(checked: DraftReport) -> None:
    gone = Acceptance("A sentence that was taken out.", "contradicted", "x")
    changed = Acceptance("Magnesium cures cluster headache in adolescents", "contradicted", "x")
    accepted, notices = accept(checked, [gone, changed])
    assert accepted.accepted == ()
    assert "that text is not in the draft any more" in notices[0]
    assert "it is now not_found" in notices[1]


def test_accepting_is_written_beside_the_draft_and_read_back(checked: DraftReport, tmp_path: Path) -> None:
    path = accepted_file(tmp_path / "review.md")
    assert path.name == "review.md.accepted.toml"
    assert read_accepted(path) == ()
    write_acceptance(path, choose(checked, "cures cluster"), " It is  our own\nfinding. ")
    path.write_text(path.read_text(encoding="utf-8") + "\n# a note of ours\n", encoding="utf-8")
    write_acceptance(path, choose(checked, "altered:it is certain"), 'Known; see "errata".')
    assert "# a note of ours" in path.read_text(encoding="utf-8")
    assert read_accepted(path) == (
        Acceptance("Magnesium cures cluster headache in adolescents", "not_found", "It is our own finding."),
        Acceptance(checked.citations[3].text, "altered", 'Known; see "errata".'),
    )
    accepted, notices = accept(checked, read_accepted(path))
    assert notices == ()
    assert len(accepted.accepted) + sum(c.accepted is not None for c in accepted.citations) == 2


def test_what_is_meant_must_be_one_open_finding(checked: DraftReport) -> None:
    with pytest.raises(UsageError, match="no open finding has the text 'nowhere to be found'"):
        choose(checked, "nowhere to be found")
    with pytest.raises(UsageError, match=r"2 open findings .*contradicted:The authors.*altered:"):
        choose(checked, "it is certain")
    with pytest.raises(UsageError, match="no open finding"):
        choose(checked, "")
    with pytest.raises(UsageError, match="no open finding"):
        choose(checked, "Opioid consumption was lower")  # nothing is wrong with it
    with pytest.raises(UsageError, match="the reason is empty"):
        write_acceptance(Path("unused"), choose(checked, "cures"), "  ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("accepted = 1\n", "must be a list of tables"),
        ("other = 1\n", "unknown key 'other'"),
        ('[[accepted]]\ntext = "a"\nfinding = "altered"\n', "entry 1 has no reason"),
        ('[[accepted]]\ntext = "a"\nfinding = "altered"\nreason = " "\n', "entry 1 has no reason"),
        ('[[accepted]]\ntext = "a"\nfinding = "supported"\nreason = "b"\n', "'supported' is no finding"),
        ('[[accepted]]\ntext = "a"\nfinding = "none"\nreason = "b"\n', "'none' cannot be accepted"),
        ('[[accepted]]\ntext = "a"\nfinding = "altered"\nreason = "b"\nby = "c"\n', "unknown key 'by' in entry 1"),
        ("accepted = [1]\n", "entry 1 is no table"),
        ("\x00", "not TOML"),
    ],
)
def test_a_file_of_accepted_findings_that_says_something_else_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "draft.md.accepted.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_accepted(path)
