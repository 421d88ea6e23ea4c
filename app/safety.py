"""What must be said before any evidence: an emergency, or a question about one patient. General English, no medicine of one field.

It errs towards saying too much: a notice never hides the evidence. It does not cover danger told without any of these words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

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
    r"\b(?:took|taken|swallowed|drank|drunk|ate|eaten) (?:\d+|a (?:handful|bottle|whole|box|pack)|all|lots|the whole)\b"
    r"(?!\W*(?:h|hours?|days?|weeks?|%)\b)",
    r"\b(?:lethal|fatal|deadly) (?:dose|amount|level)\b|\bdose (?:is|would be) (?:lethal|fatal|deadly)\b",
    r"\bhow (?:many|much)\b.{0,40}\bend it\b",
    rf"\b{_KIN} (?:has )?(?:swallowed|drank|ate|took)\b",
    r"\b(?:unconscious|unresponsive|collapsed|crashing|torsades|choking|anaphylactic|thunderclap)\b|\bpassed out\b",
    r"\b(?:not|isn't|stopped) breathing\b|\bcan(?:'?t|not) breathe\b|\b(?:struggling|hard|unable) to breathe\b|\bturn(?:ing|ed) blue\b",
    r"\b(?:won'?t|can'?t|cannot|will not|not|doesn't) (?:wake|be woken|waking|wake\s?up)\b|\bno pulse\b|\bheart (?:has )?stopped\b",
    rf"\b(?:patient|pt|{_KIN}|he|she|i)\b.{{0,30}}\b(?:in|into|had a) (?:respiratory|cardiac) arrest\b",
    r"\b(?:patient|pt|he|she) (?:just |has )?(?:crashed|arrested|coded)\b",
    r"\bsuicid\w+|\bwant(?:s|ed)? to die\b|\bdon'?t want to live\b",
    r"\b(?:kill|hurt|harm) (?:my|him|her|your|them)sel(?:f|ves)\b|\bend(?:ing)? (?:my life|it all)\b",
    r"\bkill (?:someone|somebody|a person|an adult|me)\b",
    r"\bcall (?:911|999|112)\b|\bin cardiac arrest\b|\bbleeding (?:out|heavily|badly)\b",
    r"\bhaving an? (?:stroke|seizure|heart attack|fit|anaphyla\w+)\b|\bstroke symptoms\b|\banaphylaxis\b.{0,30}\bnow\b",
    r"\bface (?:is )?(?:drooping|drooped)\b|\b(?:slurred|slurring) (?:speech|words)\b|\bspeech is slurred\b",
    r"\b(?:throat|tongue|lips?|face) (?:is|are|started) (?:swelling|swollen|closing)\b",
    r"\bsudden(?:ly)?\b.{0,30}\b(?:weakness|numbness|numb|paralys\w+|vision loss|loss of vision|blind(?:ness)?|confus\w+|worst headache)\b",
    r"\bstiff neck\b.{0,30}\bfever\b|\bfever\b.{0,30}\bstiff neck\b|\b(?:vomiting|coughing(?: up)?|throwing up) blood\b",
    r"\b(?:pregnant|weeks)\b.{0,30}\b(?:and|am|is|i'm|she's) bleeding\b|\bbleeding\b.{0,20}\b(?:and )?pregnant\b",
    r"\b(?:absent|lost|no) (?:deep tendon |patellar |knee )?reflexes\b.{0,60}\b(?:now|drip|infusion|on)\b",
    r"\b(?:bp|blood pressure) (?:is )?[4-7]\d/\d{2}\b",
    r"\b(?:he|she|i|patient|pt|mum|mom|dad)(?: is| am|'s) (?:seizing|fitting|convulsing)\b",
    r"\b(?:seizing|fitting|convulsing) (?:right )?now\b",
    r"\bchest (?:hurts|pain (?:right )?now)\b|\bcrushing chest\b|\bworst headache of (?:my|her|his)\b",
    r"\b(?:i'm having|i am having|he's having|she's having|he is having|she is having|i have) (?:\w+ )?chest pain\b",
)
_ONE_PATIENT = _any_of(
    rf"\b(?:my|our|his|her) (?:own )?(?:patient|{_KIN}|doctor|dose|pain|headache|migraine|condition|\w+ache)s?\b|^(?:mum|mom|dad|gran)\b",
    rf"\b(?:should|can|could|may|do|must|shall) (?:i|she|he|my \w+) {_DOING}\b|\bshould we (?:give|start|stop|prescribe)\b",
    r"\bhow (?:much|many|often)\b.*\b(?:should|can|could|do|may|must) (?:i|she|he)\b",
    r"\b(?:she|he) (?:have|has|had|is|weighs?|took|takes|was given)\b",
    r"\bi (?:have|had|get|suffer|took|take|weigh|was (?:given|prescribed)|am (?:taking|pregnant|on))\b(?! a question)",
    r"\bi(?:'m|'ve| am) (?:\d+ (?:weeks|months) )?(?:taking|pregnant|on|been|had|got|diabetic|allergic|breast-?feeding)\b",
    r"\b(?:someone|people|a person) like me\b|\bin my case\b|\bmy (?:dog|cat|horse|pet|medication|meds|pills|tablets|prescription)\b",
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


def in_order(notices: Iterable[str]) -> tuple[str, ...]:
    """Notices without repetition, those on safety before all others, the most urgent first."""
    known = (EMERGENCY_NOTICE, ONE_PATIENT_NOTICE)
    once = list(dict.fromkeys(notices))
    return (*(n for n in known if n in once), *(n for n in once if n not in known))
