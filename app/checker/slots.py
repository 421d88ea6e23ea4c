"""Slots that a question names and a sentence may fill otherwise: the route of administration, and the group of people.

The lists are of the words that any field of medicine shares. A slot that the sentence leaves open differs from nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

SLOTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "route": (
        ("intravenous", r"intravenous(?:ly)?|drips?"),
        ("oral", r"oral(?:ly)?|by mouth|tablets?|pills?|capsules?|swallowed"),
        ("intramuscular", r"intramuscular(?:ly)?"),
        ("subcutaneous", r"subcutaneous(?:ly)?"),
        ("topical", r"topical(?:ly)?|creams?|ointments?|gels?"),
        ("inhaled", r"inhaled|inhalation|nebuli[sz]ed|nebuli[sz]er"),
        ("intranasal", r"intranasal(?:ly)?|nasal sprays?"),
        ("intrathecal", r"intrathecal(?:ly)?"),
        ("epidural", r"epidural(?:ly)?"),
        ("rectal", r"rectal(?:ly)?|suppositor(?:y|ies)"),
        ("transdermal", r"transdermal(?:ly)?|skin patch(?:es)?"),
        ("sublingual", r"sublingual(?:ly)?"),
    ),
    "group": (
        (
            "children",
            r"child(?:ren)?|kids?|pa?ediatric|infants?|baby|babies|toddlers?|adolescents?|teenagers?|newborns?|neonat\w+|boys|girls",
        ),
        ("adults", r"adults?"),
        ("older people", r"elderly|older (?:people|adults|patients|persons)|geriatric|the old|over-?65s?"),
        (
            "pregnancy",
            r"pregnan(?:t|cy|cies)|breast-?feeding|gestation\w*|antenatal|trimester",
        ),
        ("animals", r"mice|mouse|rats?|animals?|rabbits?|dogs?"),
    ),
}
USUAL = frozenset({"adults"})
"""Groups that a text means without saying so."""

_INFUSION = re.compile(r"\binfus(?:ion|ions|ed|ing)\b", re.IGNORECASE)
_INFUSED = frozenset({"intrathecal", "epidural", "subcutaneous", "intramuscular"})
_OF_PREGNANCY = re.compile(r"\b(?:(?:pre-?)?eclampsia|obstetric\w*|labou?r|fetal|foetal|fetus|foetus)\b", re.IGNORECASE)

_PATTERNS = {
    slot: [(name, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for name, pattern in fillers] for slot, fillers in SLOTS.items()
}


def fillers(text: str, slot: str) -> frozenset[str]:
    """What a text fills a slot with: the names of the routes, or of the groups, that it mentions."""
    named = frozenset(name for name, pattern in _PATTERNS[slot] if pattern.search(text))
    # An infusion is intravenous where nothing else that can be infused is named.
    return named | {"intravenous"} if slot == "route" and _INFUSION.search(text) and not named & _INFUSED else named


def mentions(text: str) -> frozenset[str]:
    """The groups that a whole document touches on, in any words: a condition of pregnancy is about pregnancy."""
    return fillers(text, "group") | ({"pregnancy"} if _OF_PREGNANCY.search(text) else frozenset())


def differs(question: str, sentence: str, context: str) -> str | None:
    """``route: oral ≠ intravenous``, where the question names one and the sentence (or else its context) names only others."""
    for slot in SLOTS:
        asked = fillers(question, slot) - USUAL
        said = fillers(sentence, slot) or fillers(context, slot)
        if asked and said and not asked & said:
            return f"{slot}: {', '.join(sorted(asked))} ≠ {', '.join(sorted(said))}"
    return None
