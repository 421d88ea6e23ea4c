"""Whether a question reads as English. The articles and the models are English: better to say so than to search in vain.

Counts function words of seven European languages against English ones; other scripts decide by themselves. Short questions pass, since
drug names are the same everywhere.
"""

from __future__ import annotations

import re
import unicodedata

LANGUAGE_NOTICE = "The question does not read as English. The articles are searched in English: please ask in English."

_FEWEST_WORDS = 4
_ENGLISH = frozenset(
    """the of and in to for with is are was were does do did can could will would should has have had what which who when
    where why how not no or on at by from after before than that this it any there if whether about""".split()
)
_FOREIGN = (
    frozenset(
        """el la los las de del con que y para por una un es se al como cual qué cómo cuál ayuda contra puede
        le les des du est une pour avec dans sur ce qui quel quelle aux elle pas il sont peut
        der das und ist ein eine mit für bei von zu dem nicht wie hilft gegen wirkt oder auf gibt kann
        lo gli che di della nella non è aiuta sono può o os uma com não na da ajuda pode
        het een voor met niet bij helpt og det av til på som hjelper""".split()
    )
    - _ENGLISH
)


def reads_as_english(text: str) -> bool:
    """False where most letters are of another script, or other languages' function words outnumber the English ones."""
    letters = [c for c in text if c.isalpha()]
    if sum(unicodedata.name(c, "").startswith(("LATIN", "GREEK")) for c in letters) < 0.7 * len(letters):
        return False
    words = re.findall(r"[^\W\d_]+", text.lower())
    foreign = len(_FOREIGN & set(words))
    return len(words) < _FEWEST_WORDS or foreign < 2 or len(_ENGLISH & set(words)) >= foreign
