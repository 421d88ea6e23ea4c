"""The forms that follow-up questions take in English: how they open, what points back, what must be of something.

General English and general clinical words; no medicine of one field.
"""

from __future__ import annotations

import re

from rapidfuzz.fuzz import ratio

SMALL_TALK = re.compile(
    r"^(?:(?:ok(?:ay)?|thanks?(?: you)?|great|good|i see|right|well|hm+|so|yes|no|please|sorry|interesting)\b[\s,.!:;-]*)+(?=\S)",
    re.IGNORECASE,
)
RETURN = re.compile(
    r"^(?:and |but )?(?:(?:(?:going|coming|go|come|(?:let'?s|can we) go|getting) )?back to|returning to|to return to)\b[\s,:]*",
    re.IGNORECASE,
)
OPENING = re.compile(
    r"""^(?:(?:and|but|or|then)[\s,]+)?(?:what(?:['’]?s|\ is)?\ about|how\ about|what\ if\ (?:it(?:['’]s|\ is)|we\ use|given)?
    |(?:the\ )?same\ (?:question\ )?(?:for|in|with)|(?:is|does)\ (?:it|that|this)\ (?:also\ )?the\ same\ (?:for|in|with)
    |(?:does|is)\ (?:the\ same|that|it|this)\ (?:also\ )?(?:apply|true|go|hold|the\ case)\ (?:to|for|in|with)
    |any(?:thing)?\ (?:on|about)|as\ for
    |(?:with\ )?regard(?:ing)?(?:\ to)?|concerning|and|or|but|also|plus|then)\b[\s,.:]*""",
    re.IGNORECASE | re.VERBOSE,
)
_OPENERS = ("what about", "how about")
WH = re.compile(
    r"^(?:(?:in|for|by|at|after|over|to|with|from|on|until|since) )?(?:how|what|what's|when|where|why|which|who|whom|whose)\b",
    re.IGNORECASE,
)
AUXILIARY = re.compile(
    r"^(?:does|do|did|is|are|was|were|can|could|will|would|should|has|have|had|may|might|isn't|aren't|doesn't|don't)\b", re.IGNORECASE
)
BARE = re.compile(
    r"^(?:(?:in|for|by|at|after|over|from|until|since) )?"
    r"(?:how(?: (?:long|much|often|soon|fast|quickly|well|so|come|far|many times))?|why(?: not)?|when)$",
    re.IGNORECASE,
)
BESIDE = re.compile(
    r"^(?:(?:as )?compared (?:with|to)|versus|vs\.?|than|instead of|combined with|together with|in combination with|on top of|without"
    r"|alone)\b",
    re.IGNORECASE,
)
"""What is held against the thing that was asked about."""
HARMS = re.compile(r"\b(?:side effects?|adverse (?:events?|effects?|reactions?)|harms?|risks?)\b", re.IGNORECASE)
WITHIN = re.compile(r"^(?:in|at|after|during|within|over|by|from|on) ", re.IGNORECASE)
NAMING = re.compile(r"^\s*(?:(?:patients?|people|group|ones?|case|study|trial|topic|question)\b)?", re.IGNORECASE)
_HOW = re.compile(
    r"^(?:(?:in|for|by|at|after|over|from|until|since) )?(?:how(?: (?:long|much|often|soon|fast|quickly|well|so|come|far))?|why|when) ",
    re.IGNORECASE,
)
EXPLETIVE = re.compile(
    r"""\b(?:is|was)\ it\b(?=\ (?:true|known|clear|possible|established|worth|likely|common|proven\ that|that|because|the\ case)\b)
    |\b(?:is|was)\ it\b(?=\ an?\ (?:\w+[\ -]){0,4}(?:trial|study|review|meta-analysis|finding|result|question)\b)
    |\bit\b(?=\ (?:takes?|took|seems?|appears?|turns\ out)\b.*\b(?:to|before|until|for)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
ITS = re.compile(r"\bits\b", re.IGNORECASE)
IT = re.compile(
    r"""\bit\b|\bth(?:e|is|at)\ (?:drug|medicine|medication|agent|treatment|therapy|substance|supplement)\b(?!\ (?:of|for)\b)
    |(?<=\bis\ )(?:this|that)\b(?=\ (?:a|an|the|safe|good|bad|effective|proven|enough|worth|common|approved|true|why|how)\b|\s*$)
    |(?<=\bdoes\ )(?:this|that)\b|(?<=\bdid\ )(?:this|that)\b|(?<=\bcan\ )(?:this|that)\b|(?<=\bof\ )(?:this|that|it)\b(?=\s*$)""",
    re.IGNORECASE | re.VERBOSE,
)
THERE = re.compile(
    r"\b(?:in|for|against|with|after) (?:it|that|this|those|these cases|such cases"
    r"|th(?:is|at) (?:condition|case|situation|group|indication))\b"
    r"(?=\s*(?:,|$))",
    re.IGNORECASE,
)
THEY = re.compile(
    r"\b(?:(?:in|for|with) )?(?:(?:these|those|such|the same|the) (?:patients|people|persons|participants|subjects)|they|them)\b",
    re.IGNORECASE,
)
REPORTING = re.compile(
    r"\bthey\b(?= (?:(?:all|both|really|actually) )?(?:agree|disagree|conflict|find|found|show|say|conclude|compare|suggest|report)\b)",
    re.IGNORECASE,
)
LASTING = re.compile(r"\b(?:lasts?|lasted|lasting|persists?|wears? off|holds?|continues?|fades?)\b", re.IGNORECASE)
TREATED = re.compile(
    r"\b(?:it|that|this)\b(?= (?:(?:usually|best|normally|otherwise|also) )?(?:be )?"
    r"(?:treated|managed|diagnosed|cured|prevented|caused|called|defined)\b)",
    re.IGNORECASE,
)
OF_WHAT = re.compile(
    r"""\b(?:doses?|dosages?|dosing|amount|regimen|schedule|effects?|events?|reactions?|risks?|harms?|safety|toxicity|evidence|mechanism
    |benefits?|efficacy|contraindications?|costs?|interactions?|route|dangers?|downsides?|drawbacks?|trials?|stud(?:y|ies)|use)$""",
    re.IGNORECASE | re.VERBOSE,
)
AGREE = re.compile(
    r"\b(?:dis)?agree$|\bconflict$|\b(?:find|found|show|showed|say|said|conclude|concluded|report|reported|suggest)$", re.IGNORECASE
)
OF_DRUGS_ALONE = re.compile(
    r"\b(?:last|work|help|safe|effective|given|used|taken|act|kick in|wear off|dos\w+|approved|an?)\b", re.IGNORECASE
)
"""What can be said of an intervention and not of a condition."""
OF_A_DRUG = re.compile(
    r"\b(?:dos(?:e|es|age|ing)|regimen|side effects?|adverse (?:events?|effects?|reactions?)|safe|safety|tolerated"
    r"|contraindicat\w+|toxicity)\b",
    re.IGNORECASE,
)
COMPARED = re.compile(
    r"\b(?:better|worse|safer|cheaper|stronger|faster|superior|inferior|(?:more|less) (?:effective|safe|useful|helpful))$", re.IGNORECASE
)
THE_WHOLE = re.compile(
    r"\b(?:article|review|authors?|paper|reference|journal|summary|overall|in general|generally|corpus|documents?)\b", re.IGNORECASE
)
TO_US = re.compile(r"\b(?:you|your|yours|pincite)\b", re.IGNORECASE)
FIRST = re.compile(r"\b(?:the )?(?:very )?first (?:one|question|topic|condition|drug|thing)\b", re.IGNORECASE)
PREVIOUS = re.compile(r"\b(?:the )?(?:previous|earlier) (?:one|question|topic|condition|drug|thing)\b|\bthe one before\b", re.IGNORECASE)
DEFINITE = re.compile(r"\b(?:the|that|this|those|these)\s*$", re.IGNORECASE)
_SLIPS = dict(
    pair.split("=")
    for pair in """teh=the hte=the wat=what waht=what wht=what whta=what hwo=how abuot=about aobut=about abt=about adn=and nad=and si=is
    od=of doe=does deos=does lenght=length wich=which whcih=which hav=have liek=like siad=said r=are u=you ur=your""".split()
)
"""Slips and short forms of the words that questions are made with."""
_DOSE_FOR_DOES = re.compile(r"\b(how(?: long| much| often| fast| soon)?|what|when|why) dose(?= (?:it|that|this|they|the)\b)", re.IGNORECASE)


def plain(text: str) -> str:
    """A follow-up without small talk before it and marks behind it."""
    bare = SMALL_TALK.sub("", text.strip()).strip(" \t?!.,;:…-")
    mended = re.sub(r"\b[A-Za-z]+\b(?!['’])", lambda m: _SLIPS.get(m.group().lower(), m.group()), bare)
    return _DOSE_FOR_DOES.sub(r"\1 does", mended.replace("’", "'"))


def asked_of(text: str) -> str | None:
    """The yes/no question in "how quickly does it work", or None."""
    body = SMALL_TALK.sub("", text).rstrip(" ?!.")
    if AUXILIARY.match(body):
        return body
    how = _HOW.match(body)
    return body[how.end() :] if how and AUXILIARY.match(body[how.end() :]) else None


def opening(text: str) -> tuple[bool, str]:
    """Whether a text opens as a follow-up does ("what about", "and"), in spite of slips, and the text without that."""
    two = " ".join(text.split()[:2])
    rest = " ".join(text.split()[2:])
    if rest and not OPENING.match(text) and any(ratio(two.lower(), opener) >= 80 for opener in _OPENERS) and not AUXILIARY.match(rest):
        return True, rest
    found = OPENING.match(text)
    return (True, text[found.end() :].strip()) if found and found.end() < len(text) else (False, text)
