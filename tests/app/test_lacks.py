from __future__ import annotations

import pytest
from pincite.app.checker.slots import differs, fillers
from pincite.app.claims import Found
from pincite.app.lacks import explain, lacking, nearest

from .test_compose import document

DOCUMENT = document("Intravenous iron raised haemoglobin in adults.", "It did not help fatigue.", "Oral iron caused constipation.")


def test_the_words_that_are_missing_are_named_by_stem_and_with_the_context() -> None:
    assert lacking("Does intravenous iron reduce fatigue in pregnancy?", DOCUMENT, 2) == ["reduce", "pregnancy"]


@pytest.mark.parametrize(
    ("question", "sentence", "context", "said"),
    [
        ("does oral iron work?", "Intravenous iron worked.", "", "route: oral ≠ intravenous"),
        ("does oral iron work?", "It worked.", "Iron was infused.", "route: oral ≠ intravenous"),
        ("iron tablets in kids", "Oral iron in adults.", "", "group: children ≠ adults"),
        ("does oral iron work?", "Oral and intravenous iron worked.", "", None),
        ("does iron work?", "Oral iron worked.", "", None),
        ("does iron work in adults?", "Iron worked in pregnancy.", "", None),
        ("does an epidural infusion work?", "It was infused intravenously.", "", "route: epidural ≠ intravenous"),
    ],
)
def test_a_route_or_group_that_is_another(question: str, sentence: str, context: str, said: str | None) -> None:
    assert differs(question, sentence, context) == said


def test_fillers_read_lay_words() -> None:
    assert fillers("a drip for the baby, babies and kids", "route") == {"intravenous"}
    assert fillers("a drip for babies and kids", "group") == {"children"}


def test_nothing_lacking_is_said_as_nothing() -> None:
    assert explain("intravenous iron haemoglobin adults", DOCUMENT, 1) is None


def test_the_nearest_cover_between_them_what_was_asked() -> None:
    ranked = [Found("d", n, 1 / n) for n in (1, 2, 3)]
    shown = nearest("intravenous iron and constipation", ranked, {"d": DOCUMENT}, 2)
    assert [f.sentence for f in shown] == [1, 3]
    assert shown[0].lacks == "“constipation”"
