"""Whether a sentence tells somebody to do something: "Keep the ampoules cold", "If the line blocks, ring the pharmacist".

By the grammar of English rather than by phrases: a clause that begins with the base form of a verb, with no subject before it, is an
imperative. Some base forms are hardly anything else (``_VERBS``). Others are nouns as well (``_OR_NOUNS``): "Order by noon" against "Orders
fell", "Record each dose" against "Record numbers of patients came"; there what follows decides, and whether the clause has a finite verb
of its own. No noun is followed by "the" or "your", so a word of base form before those is a verb even where it is not listed.
"""

from __future__ import annotations

import re

from .verbs import AUXILIARIES, IRREGULAR, first_finite


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_VERBS = _set(
    """accept acknowledge add adjust administer advise allow apply arrange ask assess assume attach avoid be bear begin bring browse buy
    calculate carry choose clarify click collect combine come compare compose compute confirm consider consult continue convert create
    decide define delete deliver describe detach determine disclose disconnect discard discontinue discuss dispose disregard
    dissolve distribute divide download draw eat eliminate encourage enjoy enlarge enrol enroll ensure enter erase evaluate examine expand
    expect explain explore fasten feel fetch fill find follow forget gather get give go hang hear identify ignore imagine include inform
    infuse inject insert inspect install instruct introduce invite join justify keep kneel know learn let lie listen maintain make
    memorise memorize mention merge notify obtain omit organise organize override paste pay peel perform pick pour prefer prepare prescribe
    pretend proceed protect provide put quote raise read rearrange recommend reconsider reconstitute reduce refer reject relax remember
    remind remove rename render repeat rephrase replace reply respond restart restore restrict resume retain revise reword rewrite rinse
    say see seek select sell send shake shorten sit skip speak specify spell spend squeeze stand stay strengthen submit subscribe
    substitute suck suggest summarise summarize swallow swap take talk teach tell thank think throw tighten translate try undo unplug
    unscrew upload verify wait warn wear weigh wipe withdraw withhold wonder write"""
)
_OR_NOUNS = _set(
    """alert answer approve balance bin book call cap change charge chart check circle cite clamp comment contact control copy cover count
    cross cut date display document dose draft drain dress drink drop e-mail edit email end exercise fax file finish flag flush fold
    freeze grade guard hand handle heat help highlight hold label leave lift limit link list load lock log look mark mask match measure
    mind mix monitor move name note notice number offer open order output pack park pause phone place plan plug post practice practise
    press prime print pump question rank rate record refill register release report rest return review revise ring roll sample save scan
    schedule scroll seal search secure share shift show shut sign sleep spray stamp start step stir stop store stretch study support swab
    switch tape taste test tick tie time title touch trace track train transfer treat trim turn type underline update use view visit vote
    walk warm wash watch wrap"""
)
_OBJECTS = _set("the your this these their each every it them a an my me us")
"""What follows a verb and never a noun, so that the word before it is a verb, whatever it is."""
_OR_OBJECTS = _OBJECTS | _set("all both any no one another his her its our that those everything everyone anything nothing yourself")
_PARTICLES = _set(
    """up out off down away back on over in at by for from to until till before after with within under into through between against here
    there now once twice again only early late daily well"""
)
_NOT_BASE = (
    AUXILIARIES
    | IRREGULAR
    | _set(
        """a an the my your his her its our their after all although among and any as at because before behind below beneath beside
        between beyond both but by despite down during either even every except few for from half if in inside into just less
        like likewise many more most much near neither never no nor not of off on once one only onto opposite or out outside
        over past per quite rather since so some such than that though through throughout till to toward towards twice under
        unlike until unless up upon very what whatever when whenever where wherever whereas whether which while who whom
        whose why with within without worth yet i you he she it we they this these those there here how however again almost
        also always else ever instead often perhaps still then thus together too again today tonight tomorrow yesterday
        another other each several enough double triple twice none nobody everybody given due versus via plus minus about
        above across along around against"""
    )
)
_FILLERS = _set("please kindly always now then also and but so just first second third next finally lastly instead otherwise again simply")
_TIMES = _set("morning day evening night week month year hour afternoon other second third few")
_PARTICIPLES_TOO = _set("put set cut let read come become hold run spread shut split beat cast hit")
_ADJUNCT = re.compile(r",\s+(?:it|they|he|she|the|this|these|no|most|some|all|both|\d+|\w+s)\b.*?\b\w+", re.IGNORECASE)
"""After such a word a comma and a subject: "Put to the test, it gave relief"."""
_THAT = _set("note remember recall consider notice know observe see")
"""Commands that only introduce a statement: "Note that pain fell" claims that pain fell."""
_WORD = re.compile(r"[^\W_](?:[^\W_]|['’-])*")
_SUBORDINATE = re.compile(
    r"\b(?:which|that|who|if|when|where|because|so|whether|what|how|until|unless|once|before|after|while|as|since)\b|[,:;]", re.IGNORECASE
)
_SETTING = re.compile(
    r"(?:if|when|whenever|where|once|unless|until|while|as\s+soon\s+as|before|after|during|in|at|on|for|from|to|with|without|within|by|every"
    r"|each|as)\b",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!…][\"'”’»)\]*_\s]*$")
_RESULT = re.compile(r"\d\s?(?:%|percent\b|per\s+cent\b)|\d\s+(?:of|in|out\s+of)\s+\d|\bp\s?[<=>]", re.IGNORECASE)
_TREATS = _set(
    """administer avoid combine continue discontinue double give halve increase infuse inject offer prefer prescribe reduce repeat start
    stop take treat try use withhold"""
)
_DOSE = re.compile(
    r"\d\s?(?:mg|g|µg|μg|mcg|micrograms?|grams?|milligrams?|mmol|mEq|iu|units?|mL|tablets?|capsules?|puffs?|drops)\b", re.IGNORECASE
)
_CONDITION = re.compile(
    r"\b(?:[a-z]+(?:a?emia|itis|osis|algia|pathy|clampsia|uria|rrhea|rrhoea|sepsis|plegia)|failure|disease|syndrome|infections?|pregnancy|pregnant"
    r"|pain|migraine|headaches?|seizures|stroke|asthma|cancer|diabetes|hypertension|surgery|shock|arrhythmias?|bleeding|fractures?"
    r"|insufficiency|deficiency|impairment|poisoning|patients|adults|children|women|men|infants|people)\b",
    re.IGNORECASE,
)
_REASON = re.compile(r"(?<=\w)(?:\s*[;:]|\s[–—]|\s*,?\s+because|\s*,\s+(?:as|since|for))\s+(?=\w+\s+\w)", re.IGNORECASE)
_LONGEST = 400


def is_command(sentence: str) -> bool:
    """Whether a sentence is an instruction; one to treat, with its dose or its condition, is not, for it states what is right.

    Args:
        sentence: on one line, without citation marks. Only its first 400 characters are looked at.
    """
    head = sentence[:_LONGEST]
    if _commands(head):
        return True
    if not _SETTING.match(head):
        return False
    # "Before each infusion, weigh the patient": what comes after the setting is the clause.
    commas = [m.end() for m in re.finditer(r",\s+", head)][:3]
    return any(first_finite(_first_part(head[at:])) is None and _commands(head[at:]) for at in commas)


def reason_of(command: str) -> int:
    """Where the statement begins that gives the reason of a command ("Do not stop at once: relapses follow"); 0 where none does."""
    joint = _REASON.search(command[:_LONGEST])
    return joint.end() if joint else 0


def _commands(clause: str) -> bool:
    clause = clause[:_LONGEST]
    words = [m.group() for m in _WORD.finditer(re.split(r"(?<=\w)\s*[,;:(]", clause, maxsplit=1)[0])]
    negated = False
    while words and (_is_filler(low := words[0].lower(), len(words)) or low in {"do", "don't", "don’t", "never"}):
        if low in {"don't", "don’t"} or (low == "do" and words[1:2] and words[1].lower() == "not"):
            negated = True
            words.pop(0)
            if low == "do":
                words.pop(0)
            break
        negated = negated or low == "never"
        words.pop(0)
    if not words:
        return False
    first, rest = words[0].lower(), [w.lower() for w in words[1:]]
    if not negated and first in _THAT and rest[:1] == ["that"]:
        return False
    if negated and first not in _NOT_BASE and _is_base(words[0]) and (first in _VERBS | _OR_NOUNS or clause.lower().startswith("do")):
        return not _treats(first, rest, clause)
    return _begins_command(first, rest, clause, words[0]) and not _treats(first, rest, clause)


def _is_filler(word: str, left: int) -> bool:
    return left > 1 and (word in _FILLERS or (word.endswith("ly") and len(word) > 4))


def _begins_command(first: str, rest: list[str], clause: str, written: str) -> bool:
    while len(rest) > 1 and rest[0] in {"each", "every"} and rest[1] in _TIMES:
        rest = rest[2:]  # "Exercise each morning eased stiffness": when, not what
    after = rest[0] if rest else ""
    if first in _PARTICIPLES_TOO and _ADJUNCT.search(clause):
        return False
    if first in _VERBS:
        return after not in AUXILIARIES or after in {"do", "have"}
    if first in _NOT_BASE or not _is_base(written):
        return False
    may_be = first in _OR_NOUNS
    if first_finite(_first_part(clause)) is not None or (after == "of" and may_be):
        return False
    if after in (_OR_OBJECTS if may_be else _OBJECTS):
        return after != "that" and (may_be or len(rest) > 1)
    if not may_be or _RESULT.search(clause):
        return False
    # A sentence with a full stop and no finite verb, which begins with what may be a verb, tells somebody to do it.
    return bool(_ENDED.search(clause)) and not any(_may_be_finite(w) for w in rest) and bool(rest)


def _is_base(word: str) -> bool:
    """Whether a word has the form of an infinitive: no ending of number, time or degree, and no capital within it."""
    low = word.lower()
    if word[1:] != word[1:].lower() or not word.isascii() or not word.isalpha():
        return low in _OR_NOUNS
    if low.endswith("s") and not low.endswith("ss"):
        return False
    return low in _VERBS | _OR_NOUNS or not low.endswith(
        ("ed", "ing", "ly", "tion", "ment", "ness", "ity", "ism", "ium", "ful", "ous", "al", "ic")
    )


def _may_be_finite(word: str) -> bool:
    return word in IRREGULAR or word in AUXILIARIES or (word.endswith("ed") and len(word) > 4)


def _first_part(clause: str) -> str:
    """A clause up to what depends on it."""
    parts = _SUBORDINATE.split(clause, maxsplit=2)
    return parts[0] if re.search(r"\w", parts[0]) else clause


def _treats(first: str, rest: list[str], clause: str) -> bool:
    """Whether a command is a recommendation of treatment: "Take 400 mg twice daily", "Avoid magnesium in renal failure"."""
    if first not in _TREATS or "your" in rest:
        return False
    if _DOSE.search(clause):
        return True
    condition = _CONDITION.search(clause)
    if condition is None:
        return False
    bare = bool(rest) and rest[0] not in _OR_OBJECTS | _PARTICLES and not _CONDITION.match(rest[0])
    return bare if first != "treat" else rest[:1] != ["all"] or not re.search(r"\b(?:claims?|statements?|sentences?)\b", clause)
