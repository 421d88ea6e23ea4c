"""Where a text has a finite verb: whether it states something, and whether a clause can stand alone.

By words, their endings and their neighbours, and sparing with its answers: a form that may be a noun or a participle ("patients treated
with", "increases in pain") counts only where its neighbours make it a verb. A clause that is missed stays joined to the one before it,
which costs little; one that is cut wrongly would be judged as something that nobody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from .blocks import Span

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’-])*")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


AUXILIARIES = _set(
    """is are was were am has have had does did do can could may might will would shall should must cannot isn't aren't wasn't weren't
    hasn't haven't hadn't doesn't didn't don't can't couldn't won't wouldn't shouldn't mustn't isn’t aren’t wasn’t weren’t hasn’t haven’t
    hadn’t doesn’t didn’t don’t can’t couldn’t won’t wouldn’t shouldn’t"""
)
IRREGULAR = _set(
    """fell rose began became found gave led took went came saw felt held kept lost made met ran sought showed sank grew spoke stood told
    thought wrote underwent arose outdid did brought got knew left meant paid said"""
)
_PRESENT = _set(
    """reduces relieves improves lowers blocks acts works prevents eliminates confirms suggests indicates shows finds lasts remains occurs
    begins becomes helps treats cures lessens disrupts provides produces requires leads makes gives takes seems appears tends lacks
    contains includes exists varies depends differs inhibits mediates modulates antagonizes antagonises binds stops raises falls rises
    supports contradicts establishes demonstrates concludes affects exerts yields offers carries enhances outperforms exceeds shortens
    prolongs persists declines disappears alleviates mitigates diminishes abolishes involves describes means comes goes plays proves
    says states believes worsens heals eases resolves develops receives reports starts ends continues serves represents constitutes
    regulates activates stimulates suppresses promotes impairs protects induces triggers reverses interferes competes enters reaches
    crosses delays hastens doubles halves triples drops recommends advises argues notes warns holds keeps pays saves beats spares avoids
    adds brings sends gets loses wins buys earns allows achieves attains grows happens knows learns needs obtains outlasts owes
    permits poses possesses predicts receives replaces retains reveals slows spreads stays strengthens succeeds
    survives suits swells tells thinks vanishes wears weakens weighs withstands wanes"""
)
_NOUN_TOO = _set(
    """increases decreases causes benefits uses needs controls peaks reports starts ends blocks drops falls rises states notes doubles cuts
    covers costs limits masks favours favors returns rests runs shifts gains answers changes counts ranks matches boosts"""
)
_AFTER_NOUN = _set("in of for and or from with were was are is to at by among during on that but")
"""What follows a noun rather than a verb: "increases in pain", "reports of harm"."""
_OBJECTS_OF_SINGULAR = _set("the its their his her no all both itself themselves fewer")
"""What begins the object of a verb in -s: "zinc speeds the healing". After "a" a count is likelier ("two doses a day")."""
_COUNTS = _set("two three four five six seven eight nine ten few several many more most some other between among within per")
_PAST = _set(
    """reduced relieved improved lowered blocked acted worked prevented eliminated confirmed suggested indicated lasted remained occurred
    helped treated cured lessened provided produced required seemed appeared tended lacked contained included existed varied depended
    differed inhibited mediated raised supported contradicted established demonstrated concluded affected exerted yielded offered enhanced
    outperformed exceeded shortened prolonged persisted declined disappeared alleviated mitigated diminished abolished reported
    experienced received needed increased decreased caused benefited benefitted responded dropped peaked resolved recovered reached
    developed worsened halved doubled tripled failed continued stopped started ended noted observed described recommended stated argued
    returned vanished consumed used doubled tolerated linked lived died survived gained scored stayed rated walked switched completed missed
    judged tied measured compared tested evaluated examined studied enrolled assigned carried posed allowed enabled avoided added changed
    approved authorised authorized licensed played counted listed entered followed favoured favored matched managed moved opened passed
    protected proved proposed questioned raised relied resulted revealed served shared shifted slowed spared stated supplied sustained
    targeted tracked treated triggered turned varied warned weakened"""
)
_RARELY_PARTICIPLES = _set(
    """acted worked lasted remained occurred seemed appeared tended existed varied depended differed persisted declined disappeared
    responded dropped peaked recovered failed vanished benefited benefitted improved worsened increased decreased halved doubled tripled
    continued returned fell rose lacked exceeded experienced outperformed concluded resolved"""
)
_AFTER_PARTICIPLE = _set("by with in for at from to during after as per via on within")
"""What follows a participle rather than a finite verb: "patients treated with", "pain reported at"."""
_ADJECTIVES = _set(
    "improved increased decreased reduced reported observed used prolonged treated lowered noted continued concluded resolved"
)
"""Participles that stand before nouns: "reduced pain and improved sleep" names two things."""
_DETERMINERS = _set("the a an its their his her this these those no pain all any some most both")
_OBJECTS = _set("the a an its their his her this these no all both more less fewer")
"""What begins the object of a verb: "infusions carried a high risk". A participle takes none."""
_PLURAL = _set(
    """reduce relieve improve lower block act work prevent eliminate confirm suggest indicate show find last remain occur help treat cure
    provide produce require need lead make give take seem appear tend lack contain include exist vary depend differ inhibit support
    contradict establish demonstrate conclude affect yield offer enhance persist decline disappear alleviate report experience receive
    respond benefit resolve recover develop worsen fail continue agree disagree conflict describe recommend outperform exceed say believe
    come go fall rise become begin bind act suffer"""
)
_PLURAL_SUBJECTS = _set("they we these those both all most many some few others people women men children researchers which who that data")
_BEFORE_NOUN = _set(
    """a an the this that these those his her its their our my of in on at by for with from to into as than no any each every and or both
    be been being very more less most greatly clearly"""
)


_NAMES = frozenset({"May", "Will", "Can", "Mark"})


def finite_verbs(text: str) -> Iterator[Span]:
    """The spans of the words of a text that are finite verbs, in order."""
    # "May" within a sentence is a month, "Will" a name.
    words = [(w if (w := m.group()) in _NAMES and m.start() else w.lower(), m.start(), m.end()) for m in _WORD.finditer(text)]
    for number, (word, start, end) in enumerate(words):
        before = words[number - 1][0] if number else ""
        after = words[number + 1][0] if number + 1 < len(words) else ""
        if _is_finite(word, before, after):
            yield start, end


def first_finite(text: str) -> Span | None:
    """The first finite verb of a text, or None."""
    return next(finite_verbs(text), None)


def leading_verb(text: str) -> Literal["auxiliary", "lexical"] | None:
    """Which kind of finite verb a clause without a subject begins with ("and lowered opioid use"), adverbs before it passed over."""
    words = [m.group().lower() for m in _WORD.finditer(text[:200])]
    while words and (words[0] in {"also", "then", "thus", "later", "even", "often", "not", "never"} or words[0].endswith("ly")):
        words.pop(0)
    if not words:
        return None
    after = words[1] if len(words) > 1 else ""
    if words[0] in AUXILIARIES:
        return "auxiliary"
    if words[0] in _NOUN_TOO:
        return "lexical" if after in _DETERMINERS else None
    if words[0] in _PRESENT or words[0] in IRREGULAR:
        return "lexical"
    if words[0] in _PAST:
        # "and improved sleep" has an object or an adjective: only a determiner or a plain noun after a verb that is hardly an adjective.
        return "lexical" if after and after not in _AFTER_PARTICIPLE and (words[0] not in _ADJECTIVES or after in _DETERMINERS) else None
    return "lexical" if words[0] in _RARELY_PARTICIPLES and words[0] not in _ADJECTIVES else None


def _is_finite(word: str, before: str, after: str) -> bool:
    if word in AUXILIARIES:
        # "May 2021", "a will": a capital is lost here, so the neighbours decide.
        return not (word in {"may", "will", "can", "must"} and before in {"in", "the", "a", "since", "until", "of"})
    if word in IRREGULAR:
        return before not in _BEFORE_NOUN - {"that", "these", "those", "this", "both", "all", "most"}
    if word in _NOUN_TOO:
        return bool(before) and before not in _BEFORE_NOUN and bool(after) and after not in _AFTER_NOUN | AUXILIARIES | IRREGULAR
    if word in _PRESENT:
        return before not in _BEFORE_NOUN - {"that", "this"}
    if word in _PAST or word in _RARELY_PARTICIPLES:
        if before in _BEFORE_NOUN - {"that", "these", "those", "this"} or not before:
            return False
        return word in _RARELY_PARTICIPLES or (bool(after) and after not in _AFTER_PARTICIPLE)
    if word.endswith("ed") and len(word) > 4 and before and before not in _BEFORE_NOUN | AUXILIARIES and after in _OBJECTS:
        return True
    if word.endswith("s") and after in _OBJECTS_OF_SINGULAR and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        return bool(before) and not before.endswith("s") and before not in _BEFORE_NOUN | AUXILIARIES | _COUNTS | _DETERMINERS
    if word in _PLURAL:
        plural = before in _PLURAL_SUBJECTS or (before.endswith("s") and not before.endswith(("ss", "us", "is")))
        return plural and before not in AUXILIARIES
    return False
