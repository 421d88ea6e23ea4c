"""The vocabulary that explanations are read by: words of general clinical English, by the kind of difference that they make.

A ``Scale`` lists fillers that stand for one another's alternative ("by mouth", "into a vein"). A claim that has a filler which the source
lacks differs in the scale's kind, the more surely where the source has another one. Nothing here names a drug, a disease or a study.
"""

from __future__ import annotations

from collections.abc import Sequence

from .explain_designs import DESIGNS, Scale
from .slots import SLOTS

_ROUTES = tuple(pattern for _, pattern in SLOTS["route"])
FILLED: Sequence[Scale] = (
    Scale(
        "route",
        "way",
        (
            r"intra-?venous(?:ly)?|i\.?v\.?|(?:in)?to (?:a|the) veins?|(?:through|via|by) (?:a )?(?:vein|drip)\w*|drips?|infus(?:ed"
            r"|ions?|ing)"
            r"|venous",
            r"oral(?:ly)?|by mouth|mouth|tablets?|pills?|capsules?|swallow\w*|drank|drunk|drinks?|p\.?o\.",
            r"intra-?muscular(?:ly)?|i\.?m\.?|into (?:a|the) muscles?",
            r"sub-?cutaneous(?:ly)?|s\.?c\.?|under the skin|beneath the skin",
            r"topical(?:ly)?|creams?|ointments?|gels?|(?:on|to) the skin|rubbed|solution|spread on|lotions?",
            r"inhal\w+|nebuli[sz]\w+|breathed in|aerosol\w*",
            r"(?:intra-?)?nasal(?:ly)?|nose|nostrils?",
            r"intra-?thecal(?:ly)?|spinal(?:ly)?",
            r"(?:epi|peri)dural(?:ly)?",
            r"rectal(?:ly)?|suppositor(?:y|ies)|enemas?",
            r"transdermal(?:ly)?|patch(?:es)?",
            r"sublingual(?:ly)?|under the tongue|buccal(?:ly)?",
            r"intra-?articular(?:ly)?|into the joints?|vaginal(?:ly)?|intra-?(?:peritoneal|vitreal|dermal|arterial|ocular"
            r"|cranial)(?:ly)?",
            r"inject\w*|needles?|syringes?",
        ),
    ),
    *DESIGNS,
    Scale(
        "population",
        "sex",
        (r"wom[ae]n|females?|girls|mothers", r"m[ae]n|males?|boys|fathers", r"sex(?:es)?|gender"),
    ),
    Scale(
        "population",
        "age",
        (
            r"child(?:ren)?|kids?|pa?ediatric\w*|infants?|bab(?:y|ies)|toddlers?|newborns?|neonat\w+|preschool\w*",
            r"adolescents?|teen(?:agers?|s)?|youths?|young(?:er)? (?:people|patients|adults|persons)",
            r"adults?|grown-ups?",
            r"elderly|older (?:people|adults|patients|persons|women|men)|old(?:er)? age|geriatric|seniors?|frail|over-?[6-9][05]s?",
            r"aged|years of age|age groups?|ages?",
        ),
    ),
    Scale(
        "population",
        "species",
        (
            r"mice|mouse|rats?|animals?|rabbits?|dogs?|pigs?|murine|rodents?|monkeys?",
            r"humans?|people|patients?|volunteers?|participants?|women|men|children|adults|subjects",
            r"cells?|tissues?",
        ),
    ),
    Scale(
        "population",
        "health",
        (r"healthy|volunteers?|(?:pain|symptom|disease)-free|well people", r"patients?|sufferers?|sick|ill|diseased|cases"),
    ),
    Scale("population", "severity", (r"mild(?:ly|er)?", r"moderate(?:ly)?", r"severe(?:ly|r)?|critical(?:ly)?|serious(?:ly)?")),
    Scale("population", "course", (r"acute(?:ly)?", r"chronic(?:ally)?|long-?standing|persistent")),
    Scale("population", "stage", (r"early[- ]stage|stage I|localised|localized", r"advanced|late[- ]stage|metasta\w+|end-stage")),
    Scale(
        "population",
        "place",
        (
            r"in-?patients?|hospitali[sz]ed|on (?:the )?wards?|intensive care",
            r"out-?patients?|ambulatory"
            r"|community",
        ),
    ),
    Scale("population", "menopause", (r"pre-?menopausal", r"post-?menopausal")),
    Scale(
        "population",
        "group",
        (
            r"pregnan\w+|breast-?feeding|gestation\w*",
            r"smok(?:ers?|ing)",
            r"non-?smokers?",
            r"diabet\w+",
            r"obes\w+|overweight",
            r"athletes?|runners?|players?|sportsm\w+",
            r"veterans?|soldiers?|military",
            r"students?|pupils?|undergraduates?",
            r"nurses?|doctors?|clinicians?|physicians?|surgeons?|staff|workers?|professionals?",
            r"carers?|caregivers?|parents?|famil(?:y|ies)|relatives?|partners?|spouses?",
            r"residents?|nursing homes?",
            r"drinkers?|users?|carriers?|survivors?",
            r"(?:renal|kidney|liver|hepatic|heart) (?:failure|disease|impairment|dysfunction)|impaired (?:kidney|renal|liver)",
            r"comorbid\w*|depress(?:ed|ion)|history of",
            r"asian|european|african|american|japanese|chinese|korean|white|black|hispanic|ethnic\w*|race|countries|country",
            r"sub-?groups?|subtypes?|sub-?sets?|those who|people who|patients who|participants who",
            r"naive|previously (?:un)?treated|treatment-experienced|relapsed|refractory|first-time",
        ),
    ),
    Scale("population", "laterality", (r"left\w*", r"right\w*")),
    Scale(
        "time",
        "moment",
        (
            r"before|prior to|pre-?\w*operative(?:ly)?|beforehand|ahead of|preceding",
            r"after\w*|following|post-?\w*operative(?:ly)?|later",
            r"during|intra-?operative(?:ly)?|while",
            r"immediate(?:ly)?|at once|straight away|instant(?:ly)?|right away|as soon as",
            r"delayed|eventual(?:ly)?|only (?:after|later)",
        ),
    ),
    Scale(
        "time",
        "day",
        (
            r"mornings?|a\.?m\.?|waking",
            r"evenings?|p\.?m\.?|bedtime",
            r"nights?|nightly|overnight|nocturnal",
            r"day-?time|by day",
            r"afternoons?|noon",
        ),
    ),
    Scale(
        "time",
        "length",
        (
            r"long[- ]?(?:er)?[- ](?:term|run|lasting)|lasting|permanent(?:ly)?|persist\w*|sustained|for good|durable|lifelong|for life",
            r"short[- ]?(?:er)?[- ](?:term|lived|lasting)|temporar\w+|transient\w*|brief(?:ly)?|passing",
            r"early|earlier|early on|initial(?:ly)?|at first|the first",
            r"late|latest|at last|final(?:ly)?|the last|end of|ends?|ended|throughout",
            r"baseline|at the (?:start|beginning|outset)|outset",
        ),
    ),
    Scale(
        "time",
        "unit",
        (
            r"seconds",
            r"minutes?|min",
            r"hours?|hourly|h",
            r"days?",
            r"weeks?|fortnights?",
            r"months?",
            r"years?|annual(?:ly)?|yearly|decades?|centur(?:y|ies)",
        ),
    ),
    Scale(
        "time",
        "further",
        (r"follow(?:ed)?[- ]?up|years later|months later|weeks later|still|thereafter|afterwards|once .{0,20} (?:stops|ends)",),
    ),
    Scale(
        "dose",
        "often",
        (
            r"daily|every day|a day|per day|each day|once[- ]daily",
            r"weekly|every week|a week|per week|each week",
            r"monthly|every month|a month|per month|each month",
            r"twice|two times|b\.?i\.?d",
            r"three times|thrice|t\.?i\.?d",
            r"once (?:a|per|each|every|only)|single",
            r"four times",
            r"hourly|continuous(?:ly)?|as needed|on demand|intermittent(?:ly)?",
        ),
    ),
    Scale(
        "dose",
        "size",
        (
            r"low(?:er|est)?[- ](?:doses?|intensity|frequency|dosages?|concentration\w*)|small(?:er|est)? (?:doses?|amounts?)"
            r"|half the dose",
            r"high(?:er|est)?[- ](?:doses?|intensity|frequency|dosages?|concentration\w*)|large(?:r|st)? (?:doses?|amounts?)"
            r"|double the dose|dose-intensified",
            r"single[- ](?:doses?|injections?|sessions?|application)|one (?:dose|injection|session)|bolus",
            r"repeated|multiple (?:doses?|sessions?|injections?)|further (?:dose|application|session)s?|second (?:dose|application"
            r"|session)",
            r"fixed|constant",
            r"titrat\w+|increasing|escalat\w+|adjusted|tailored",
        ),
    ),
    Scale(
        "dose",
        "named",
        (
            r"dos(?:es?|ing|age\w*)|mg|micrograms?|milligrams?|concentrations?|intensity|sessions?|schedules?|regimens?"
            r"|wavelength\w*|amounts?",
        ),
    ),
    Scale(
        "comparator",
        "control",
        (
            r"placebos?|dumm(?:y|ies)|inactive|vehicle",
            r"shams?|mock|simulated",
            r"(?:usual|standard|routine|conventional) (?:care|treatment|therapy|practice|management)",
            r"wait(?:ing)?[- ]list\w*|untreated|no (?:treatment|intervention|exercise)|nothing|left alone",
            r"controls?|comparison group",
            r"alone|on its own|by itself",
            r"baseline|before treatment",
            r"attention|education\w*",
        ),
    ),
    Scale("comparator", "rank", (r"best|most|first|top|highest", r"worst|least|last|bottom|lowest", r"second")),
    Scale(
        "comparator",
        "match",
        (
            r"alternatives?|head[- ]to[- ]head|compar\w+|rival|equals?|as (?:well|good|effective|much|often|many|likely) as"
            r"|outperform\w*|superior|inferior|prefer\w*",
        ),
    ),
    Scale("outcome", "rank", (r"primary|main|principal|chief", r"secondary|additional|exploratory")),
    Scale(
        "outcome",
        "safety",
        (
            r"side[- ]effects?|adverse\w*|safe(?:ty|ly)?|toxic\w*|harms?|harmful|complications?|tolera\w+|bleed\w*|nausea\w*"
            r"|vomit\w*|risks?|infections?|addict\w*|dependence",
        ),
    ),
    Scale("outcome", "death", (r"death\w*|die[sd]?|dying|mortality|surviv\w*|fatal\w*|lives?|lived|lifespan",)),
    Scale("outcome", "money", (r"cost\w*|expens\w+|cheap\w*|price\w*|econom\w+|savings?|saves?|afford\w*|money|pay\w*|paid|insur\w+",)),
    Scale("outcome", "use", (r"hospital\w*|admi(?:ssions?|tted)|readmi\w+|visits?|stays?|consultations?|discharge\w*|length of stay",)),
    Scale(
        "outcome",
        "life",
        (
            r"quality of life|well-?being|satisf\w+|happ\w+|mood|anxi\w+|depress\w+|sleep\w*|fatigue\w*|work|employ\w+|return to"
            r"|sick leave|absence",
        ),
    ),
    Scale(
        "outcome",
        "body",
        (
            r"weight|blood pressure|heart rate|cholesterol|glucose|inflammat\w+|hormone\w*|temperature|function\w*|strength"
            r"|mobility|pain|stiffness|swelling|symptoms?|relapse\w*|recurren\w+|fractures?",
        ),
    ),
    Scale(
        "outcome",
        "why",
        (
            r"because|mechanism\w*|by (?:\w+ing)|through|via|due to|explain\w*|reason\w*|responsible|thereby|acts? (?:by|on|via"
            r"|through)|owing to|since",
        ),
    ),
    Scale(
        "outcome",
        "people",
        (
            r"adher\w+|compliance|prefer\w*|accept\w+|drop(?:ped|s)?[- ]?outs?|attend\w+|complet\w+|recruit\w*|withdr[ae]w\w*"
            r"|train(?:ed|ing)",
        ),
    ),
    Scale(
        "intervention",
        "act",
        (
            r"exercis\w*|physiotherap\w+|training|walking|yoga|stretching|aerobic",
            r"surg\w+|operat\w+|implant\w*|resect\w+",
            r"drugs?|medicat\w+|medicines?|pharmac\w+|antibiotics?|opioids?|steroids?|vaccin\w+",
            r"psychotherap\w*|counsel\w+|cognitive|behaviou?ral|mindfulness|hypnosis|meditation",
            r"massage|manipulation|acupuncture|manual|needling",
            r"diet\w*|supplement\w*|vitamin\w*|nutrition\w*|food|fasting",
            r"radi(?:o|ation)\w*|laser\w*|stimulation|ultrasound|electric\w*|magnetic|light",
            r"education\w*|advice|information|leaflets?|self-(?:help|management|care)",
            r"app|apps|online|internet|web\w*|telephone|phone\w*|video\w*|remote\w*|face[- ]to[- ]face|in person",
            r"group[- ](?:sessions?|based|therapy)|groups?",
            r"individual(?:ly)?|one[- ]to[- ]one|alone",
            r"add(?:ed|ing|ition|s)?|combin\w+|plus|together with|alongside|combination",
            r"switch\w*|swap\w*|replac\w+|substitut\w*|instead",
            r"stop\w*|withdraw\w*|discontinu\w+",
            r"prevent\w*|prophyla\w+",
            r"splint\w*|brac(?:e|es|ing)|insoles?|device\w*|bandage\w*|patch\w*",
        ),
    ),
)
"""What a claim is about, and how it was found out: who, what, when, how much, by which way, compared with what, in which kind of study."""
