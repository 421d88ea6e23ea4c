"""How a question is read: its slips, its abbreviations, its kind, and what must be said before any evidence.

Nothing here knows an article. Slips are measured against the words of whatever corpus is open, initials against its phrases; the only
lists are of general English and of general clinical shorthand.

A slip is mended only towards one corpus word, at an edit distance (optimal string alignment) of one, or of two where the consonants
agree: "migrane", "magnezium" and "neuropothy" are mended, "prednisone" is not read as "prednisolone", nor "dysphasia" as "dysphagia".
A word that the encoder's own vocabulary has whole is English, and is left alone. Two terms that differ by a vowel ("ilium", "ileum") can
still be taken for each other; so what was read as what is said in a notice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pincite.ingest.errors import UsageError
from rapidfuzz.distance import OSA

from .language import LANGUAGE_NOTICE, reads_as_english
from .safety import safety_notices
from .shorthand import ELEMENTS, SHORTHAND

LONGEST = 2000
"""Characters of the longest question that is read."""

_TOKEN = re.compile(r"[A-Za-z](?:\.[A-Za-z])+\.?|[A-Za-z]+")
_AUXILIARY = frozenset(
    """does do did is are was were can could will would should shall has have had may might must am doesnt dont didnt isnt
    arent wasnt werent cant couldnt wont wouldnt shouldnt hasnt havent""".split()
)
_WH = frozenset("what which who whom whose when where why how".split())
_PREPOSITIONS = frozenset("for in by at to from with after of on".split())
_LEAD_IN = re.compile(
    r"""^(?:
    (?:so|and|but|ok|okay|well|hi|hello|hey|please|thanks|doc|doctor)[\s,!.:-]+
    | (?:can|could|would)\ you\ (?:please\ )?(?:tell|let)\ (?:me|us)(?:\ know)?[\s,:]+ | (?:please\ )?tell\ (?:me|us)[\s,:]+
    | (?:i|we)(?:'m|\ am|'d|\ would|\ are|'re)?\ (?:just\ )?(?:wonder|wondering|curious|want\ to\ know|like\ to\ know|need\ to\ know)[\s,:]+
    | (?:do|does)\ (?:you|we|anyone)\ know[\s,:]+ | any(?:one)?\ (?:idea|clue)[\s,:]+
    | (?:is\ it\ )?(?:known|clear|established)\ (?=whether|if)
    )+""",
    re.IGNORECASE | re.VERBOSE,
)
_INDIRECT = re.compile(r"\b(?:whether|if)\b", re.IGNORECASE)
_ANY = re.compile(
    r"^(?:any|is there|are there)\b.*\b(?:evidence|benefit|role|effects?|use|good|point|proof|support|help|place|risks?|harms?)\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"(?:(?:can|could|would|will) (?:you|we|someone|anyone) (?:please )?(?!use|give|take|treat)\w+|do (?:tell|list|show)|may i)\b"
    r"|(?:do|does|did) \w+ (?:know|say|tell|explain) (?:what|which|who|how|why|when|where)\b",
    re.IGNORECASE,
)
_CHOICE = re.compile(
    r"\beither\b.*\bor\b|\bor (?!(?:not|no|more|less|fewer|later|longer|so|other|others|worse|better)\b)(?:\d[\d.,]*\s?)?[^\s?]+\s*\?*$",
    re.IGNORECASE,
)
_LATER = re.compile(r"[,:;]\s*(?:does|do|did|is|are|was|were|can|could|will|would|should|has|have|had)\b", re.IGNORECASE)
_CHARGE = re.compile(r"\b([A-Z][a-z]?)\d?\+")
_UNIT_BEFORE = re.compile(r"(?:\d|\b(?:many|in|what|which|per|few|hundred|thousand))\s*$", re.IGNORECASE)
_UNIT_AFTER = re.compile(r"\s*(?:/|\d|of\b|per\b|kg\b)|[- ]\d", re.IGNORECASE)
_TAG = re.compile(r"\b(?:true or false|right|correct|true|yes or no)\s*\?*$")
_PREDICATE = re.compile(
    r"""\b(?:help|work|reliev|reduc|improv|lower|rais|increas|decreas|prevent|caus|treat|cure|ease|stop|harm|worsen|affect|effective|safe|useful
    |proven|better|worse|worth|beneficial|recommended|approved|significant|true|possible|associated|linked)\w*\b""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was read. ``asked`` is what was typed, cleaned; ``text`` has its slips mended and its shorthand spelled out."""

    asked: str
    text: str
    yes_no: bool
    readings: tuple[tuple[str, str], ...]
    """What was read as what."""
    notices: tuple[str, ...]
    english: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a question's words are measured against."""

    vocabulary: Mapping[str, int]
    """The corpus's words in lower case, with the number of sentences that have them."""
    phrase: Callable[[str], str | None]
    """The phrase of the corpus that a run of initials stands for, or None."""
    is_english: Callable[[str], bool]
    """Whether the encoder knows a lower-case word whole."""


def read_question(asked: str, lexicon: Lexicon) -> Question:
    """Read a question against a corpus.

    Raises:
        UsageError: nothing to ask, too long, or no word in it.
    """
    clean = " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn") else c for c in asked).split())
    if not clean:
        raise UsageError('the question is empty: type a question, for instance pincite ask "does it help migraine?"')
    if len(clean) > LONGEST:
        raise UsageError(f"the question has {len(clean)} characters: ask in at most {LONGEST}")
    if not any(c.isalpha() for c in clean):
        raise UsageError(f"the question has no words: {clean[:40]!r}; ask in words")
    english = reads_as_english(clean)
    text, readings = _mend(clean, lexicon) if english else (clean, ())
    notices = safety_notices(clean)
    if not english:
        notices.append(LANGUAGE_NOTICE)
    notices += [f"Read “{slip}” as “{word}”." for slip, word in readings if not _is_shorthand(slip, word)]
    return Question(clean, text, is_yes_no(text), readings, tuple(notices), english)


def _is_shorthand(slip: str, word: str) -> bool:
    key = slip.lower().replace(".", "")
    return word in (SHORTHAND.get(key), ELEMENTS.get(key))


def is_yes_no(text: str) -> bool:
    """Whether yes or no would answer it."""
    body = _LEAD_IN.sub("", text.strip()).strip().lower()
    words = [w.replace("'", "").replace("’", "") for w in re.findall(r"[a-z'’]+", body)]
    if words and words[0] in {"when", "where", "if"} and _LATER.search(body):
        return True
    if not words or words[0] in _WH or (words[0] in _PREPOSITIONS and len(words) > 1 and words[1] in _WH):
        return False
    if _REQUEST.match(body) or _CHOICE.search(body):
        return False
    if words[0] in _AUXILIARY:
        return True
    if _INDIRECT.match(body) or _LATER.search(body) or _ANY.search(body) or _TAG.search(body):
        return True
    return body.endswith("?") and not _WH & set(words) and bool(_PREDICATE.search(body))


def _mend(text: str, lexicon: Lexicon) -> tuple[str, tuple[tuple[str, str], ...]]:
    readings: dict[str, str] = {}
    text = _CHARGE.sub(r"\1", text)

    def read(match: re.Match[str]) -> str:
        word = match.group()
        unit = bool(_UNIT_BEFORE.search(text[: match.start()]) or _UNIT_AFTER.match(text[match.end() :]))
        found = _read_word(word, unit=unit, lexicon=lexicon)
        if found is None or found == word.lower():
            return match.group()
        readings[word] = found
        return found

    mended = _TOKEN.sub(read, text)
    return mended, tuple(readings.items())


def _read_word(word: str, *, unit: bool, lexicon: Lexicon) -> str | None:
    lower = word.lower().replace(".", "")
    element = ELEMENTS.get(lower)
    if element in lexicon.vocabulary and not unit and (word[0].isupper() or lower == "mg"):
        return element
    spelled = SHORTHAND.get(lower)
    if lower in lexicon.vocabulary and not (spelled and word.isupper()):
        return None
    if spelled:
        return spelled
    initials = 3 <= len(lower) <= 6 and lower.isalpha() and (word.isupper() or not lexicon.is_english(lower))
    if initials and (phrase := lexicon.phrase(lower)):
        return phrase
    if len(lower) < 5 or not lower.isalpha() or lexicon.is_english(lower):
        return None
    return _nearest_word(lower, lexicon.vocabulary)


_OPPOSITES = [
    pair for a, b in (("inter", "intra"), ("hyper", "hypo"), ("ante", "anti"), ("pre", "pro"), ("per", "pro")) for pair in ((a, b), (b, a))
]


def _nearest_word(word: str, vocabulary: Mapping[str, int]) -> str | None:
    """The one corpus word that a word is a slip of, or None."""
    near: dict[int, set[str]] = {1: set(), 2: set()}
    for known in vocabulary:
        if len(known) < 5 or abs(len(known) - len(word)) > 2 or known[0] != word[0] or not known.isalpha():
            continue
        distance = OSA.distance(word, known, score_cutoff=2)
        if distance in near and word.rstrip("s") != known.rstrip("s") and _is_slip(word, known, distance):
            near[distance].add(known)
    nearest = near[1] or near[2]
    # "patient" and "patients" are one word here; two different words are a guess.
    return min(nearest, key=lambda w: (-vocabulary[w], w)) if len({w.rstrip("s") for w in nearest}) == 1 else None


def _is_slip(word: str, known: str, distance: int) -> bool:
    """Whether a near word is a slip of a known one, and not another term: one consonant for another is never a slip."""
    if any(word.startswith(a) and known.startswith(b) for a, b in _OPPOSITES):
        return False
    if distance == 1:
        return len(word) != len(known) or sorted(word) == sorted(known) or _consonants(word) == _consonants(known)
    return len(word) >= 7 and _consonants(word) == _consonants(known)


def _consonants(word: str) -> str:
    folded = word.replace("ph", "f").replace("z", "s").replace("ck", "k").replace("c", "k")
    return re.sub(r"(.)\1", r"\1", re.sub(r"[aeiou]", "", folded))
