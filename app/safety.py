"""What must be said before any evidence: an emergency, or a question about one patient. General English, no medicine of one field.

It errs towards saying too much: a notice never hides the evidence. It does not cover danger told without any of these words.
"""

from __future__ import annotations

import re

EMERGENCY_NOTICE = (
    "If someone is in danger now, call your local emergency number. This is a literature search and cannot help in an emergency."
)
ONE_PATIENT_NOTICE = (
    "This asks about one patient. What follows is what the articles say of the patients they studied; it is no advice on a dose or a "
    "treatment for anyone. Ask the treating clinician or pharmacist."
)


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_KIN = r"(?:mother|father|mum|mom|dad|wife|husband|son|daughter|child|baby|partner|friend|gran\w*|sister|brother)"
_PERSON = r"(?:patient|woman|man|child|lady|gentleman)"
_DOING = r"(?:take|give|start|stop|use|have|get|try|increase|double|inject|infuse|need|prescribe|be (?:given|taking|getting))"

_EMERGENCY = _any_of(
    r"\b(?:this is|is (?:it|this)) an emergency\b",
    r"\boverdos\w+|\btook too (?:much|many)\b|\bpoisoned\b",
    r"\b(?:took|swallowed|drank|ate) (?:\d+|a (?:handful|bottle|whole)|all|lots)\b",
    rf"\b{_KIN} (?:has )?(?:swallowed|drank|ate|took)\b",
    r"\b(?:unconscious|unresponsive|collapsed|crashing|torsades|choking|anaphylactic|thunderclap)\b|\bpassed out\b",
    r"\b(?:not|isn't|stopped) breathing\b|\bcan(?:'?t|not) breathe\b",
    r"\bsuicid\w+|\b(?:kill|hurt) (?:my|him|her|your)self\b|\bend(?:ing)? (?:my life|it all)\b",
    r"\bkill (?:someone|somebody|a person|an adult|me)\b",
    r"\bcall (?:911|999|112)\b|\bin cardiac arrest\b|\bbleeding (?:out|heavily|badly)\b",
    r"\bhaving an? (?:stroke|seizure|heart attack|fit)\b|\bstroke symptoms\b",
    r"\b(?:he|she|i|patient|pt|mum|mom|dad)(?: is| am|'s) (?:seizing|fitting|convulsing)\b",
    r"\b(?:seizing|fitting|convulsing) (?:right )?now\b",
    r"\bchest (?:hurts|pain (?:right )?now)\b|\bcrushing chest\b|\bworst headache of (?:my|her|his)\b",
)
_ONE_PATIENT = _any_of(
    rf"\b(?:my|our|his|her) (?:own )?(?:patient|{_KIN}|doctor|dose|pain|headache|migraine|condition|\w+ache)s?\b|^(?:mum|mom|dad|gran)\b",
    rf"\b(?:should|can|could|may|do|must|shall) (?:i|she|he|my \w+) {_DOING}\b|\bshould we (?:give|start|stop|prescribe)\b",
    r"\bhow (?:much|many|often)\b.*\b(?:should|can|could|do|may|must) (?:i|she|he)\b",
    r"\b(?:she|he) (?:have|has|had|is|weighs?|took|takes|was given)\b",
    r"\bi (?:have|had|get|suffer|took|take|weigh|was (?:given|prescribed)|am (?:taking|pregnant|on))\b(?! a question)",
    r"\bi(?:'m|'ve) (?:taking|pregnant|on|been|had|got)\b",
    r"\b(?:for|help) me\b(?=.*\b(?:take|safe|dose|help)\b|\W*$)|\bsafe for me\b",
    rf"\b(?:this|a|the) {_PERSON} (?:with|in|on|who|of|has|is)\b(?=.*\b(?:take|give|given|dose|start|prescribe|safe)\b)",
    rf"\b(?:give|given|safe|dose|prescribe|take)\b.*\b(?:this|a) (?:\w+ )?{_PERSON}\b|\bprescribe (?:for|to)\b",
    r"\b\d{1,3}[- ]?(?:year|yr|month|week|day)s?[- ]?old\b(?! data)|\b\d+ ?y/?o\b|\b\d{1,3} ?[mf]\b(?=\W)",
    r"\bweigh(?:s|ing)? \d|\b(?:pt|patient)\b.{0,20}\b\d+ ?kg\b|\b(?:for|in) (?:a|this|my) \d+(?:\.\d+)? ?(?:kg|lb|pound)",
)


def safety_notices(text: str) -> list[str]:
    """The notices that a question needs, the most urgent first."""
    plain = text.replace("’", "'")
    notices = [EMERGENCY_NOTICE] if _EMERGENCY.search(plain) else []
    return [*notices, ONE_PATIENT_NOTICE] if _ONE_PATIENT.search(plain) else notices
