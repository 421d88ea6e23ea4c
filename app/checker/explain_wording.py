"""The vocabulary of explanations, continued: which way and how surely a thing is said, and what shows where a word stands in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pincite.ingest.lexical import words

from .explain_designs import Scale
from .explain_words import FILLED
from .rules.comparing import SCALES

SAID: Sequence[Scale] = (
    *(Scale("direction", name, poles) for name, poles in SCALES.items()),
    Scale("direction", "height", (r"high|above|upwards?|peak\w*", r"low|below|downwards?|bottom")),
    Scale(
        "direction",
        "promote",
        (
            r"promot\w+|stimulat\w+|activat\w+|enhanc\w+|boost\w*|strengthen\w*|heighten\w*|potentiat\w+|trigger\w*|speeds?|sped"
            r"|encourag\w+",
            r"inhibit\w*|suppress\w*|block\w*|dampen\w*|weaken\w*|blunt\w*|impair\w*|antagoni\w+|abolish\w*|discourag\w+|hamper\w*"
            r"|hinder\w*",
        ),
    ),
    Scale(
        "direction",
        "width",
        (r"dilat\w+|wid(?:er|en\w*)|relax\w*|open(?:s|ed|ing)?", r"constrict\w*|narrow\w*|tighten\w*|contract\w*|clos(?:es?|ed|ing)"),
    ),
    Scale("direction", "balance", (r"gain\w*|win\w*|won", r"los(?:s|t|e|es|ing)\w*")),
    Scale("direction", "share", (r"majority|most|mainly|many|nearly all", r"minority|few|little|hardly any|handful")),
    Scale(
        "direction",
        "degree",
        (
            r"strong(?:ly)?|large|big|great(?:ly)?|considerabl[ey]|substantial(?:ly)?|marked(?:ly)?|striking(?:ly)?|far|much",
            r"weak(?:ly)?|small|slight(?:ly)?|modest(?:ly)?|minor|marginal(?:ly)?|little|negligible",
        ),
    ),
    Scale(
        "direction",
        "risk",
        (r"protect\w*|prevent\w*|spare[sd]?|avert\w*|guard\w*", r"risk\w*|expos\w+|provok\w+|predispos\w+|caus\w+|induc\w+|bring\w* on"),
    ),
    Scale(
        "strength",
        "sure",
        (
            r"prove[ns]?|proved|proof|establish\w+|conclusive(?:ly)?|definit(?:ive|e|ely|ively)|undoubted(?:ly)?|beyond (?:doubt"
            r"|dispute|question)|no doubt"
            r"|certain(?:ly|ty)?|settled|undisputed|unquestion\w+|agree\w*|consensus|unanimous\w*|clear(?:ly)?"
            r"|well[- ](?:understood|established|known)"
            r"|confirm(?:ed|s)|demonstrat\w+|reliabl[ey]|convincing(?:ly)?|guarantee\w*|firm(?:ly)?|solid|strong evidence"
            r"|widely accepted|known",
            r"may|might|could|suggest\w*|possibl[ey]|perhaps|appear\w*|seem\w*|likely|probabl[ey]|potential(?:ly)?|hypothes\w+"
            r"|presum\w+|tend\w*|thought to"
            r"|believed|assum\w+|speculat\w+|expected|indicat\w+|hint\w*|propos\w+",
            r"unclear|unknown|uncertain\w*|unproven|unsettled|controvers\w+|conflicting|contradict\w+|inconsistent\w*|inconclusive"
            r"|debat\w+|disput\w+"
            r"|mixed|equivocal|questionable|disagree\w*|insufficient\w*|scarce|sparse|limited|lack\w*|not (?:\w+ ){0,2}(?:known"
            r"|clear|established|understood|proven)"
            r"|poorly understood|little (?:is known|evidence|research)|remains? to be|further (?:\w+ )?(?:stud\w+|research|trials?|work)"
            r"|(?:difficult|hard) to|few (?:stud\w+|trials|data)|rarely (?:studied|examined)|needed|required|warranted|caution"
            r"|low[- ](?:quality|certainty)|needs?",
        ),
    ),
    Scale(
        "strength",
        "extent",
        (
            r"all|always|every(?:one|body|thing)?|entire(?:ly)?|complete(?:ly)?|total(?:ly)?|full(?:y)?|invariabl[ey]"
            r"|without exception|whatever|any|universal(?:ly)?"
            r"|never|none|nobody|no one|abolish\w*|eliminat\w*|eradicat\w*|eras\w+",
            r"some|sometimes|often|usual(?:ly)?|most(?:ly)?|many|partly|partial(?:ly)?|in part|several|occasional(?:ly)?"
            r"|modest(?:ly)?|slight(?:ly)?|almost|nearly"
            r"|to some extent|generally|a few|certain",
        ),
    ),
    Scale(
        "strength",
        "cure",
        (
            r"cur(?:es?|ed|ing|ative)|heal(?:s|ed)?|guarante\w+|solv\w+|sufficient on its own|must|essential|only way"
            r"|best (?:treatment|way|option)|first[- ](?:line|choice)|should",
            r"improv\w*|reliev\w*|eas\w+|help\w*|reduc\w*|option|consider\w*|can",
        ),
    ),
    Scale(
        "strength",
        "cause",
        (
            r"caus(?:es?|ed|ing|al)|leads? to|led to|results? in|because of|due to|responsible for|makes?|brings? about"
            r"|brought about|driv(?:es?|en)",
            r"associat\w+|link\w*|correlat\w+|relat(?:ed|ion\w*)|predict\w*",
        ),
    ),
    Scale(
        "strength",
        "size",
        (
            r"significant\w*|clinically (?:relevant|meaningful|important)|matters?|substantial\w*|striking\w*|dramatic\w*"
            r"|strong(?:ly)?|large|powerful",
            r"modest\w*|slight\w*|small|minor|trend\w*|marginal\w*|weak(?:ly)?|not significant|non-?significant|tended"
            r"|low[- ]quality|low certainty",
        ),
    ),
)
"""Directions of an effect, and how strongly it is put."""
COMPILED: Sequence[tuple[Scale, tuple[re.Pattern[str], ...]]] = tuple(
    (s, tuple(re.compile(rf"(?<![\w-])(?:{p})(?![\w-])", re.IGNORECASE) for p in s.fillers)) for s in (*FILLED, *SAID)
)
"""The scales with their patterns, in a fixed order."""

OVERCLAIM = re.compile(
    r"(?i:\b(?:cur(?:es?|ed|ing)|eradicat\w+|eliminat(?:es?|ed|ing)|guarantee[sd]?|prove[sn]? that|in (?:all"
    r"|every) (?:patients?|people|cases?|one)"
    r"|in everyone|complete(?:ly)? (?:relie\w+|cur\w+|resol\w+|prevent\w+|free)|always (?:works?|help\w*|reliev\w*|prevent\w*))\b)"
)
"""What says more than an improvement."""
MODEST = re.compile(
    r"(?i:\b(?:improv\w+|reliev\w+|reduc\w+|eas(?:es?|ed|ing)|help(?:s|ed)?|lower(?:s|ed)?|decreas\w+|associat\w+|may|might"
    r"|suggest\w*|some|many|most)\b)"
)
"""What a source says that an overclaim goes beyond."""
LIGHT = frozenset(
    words(
        """significantly significant given give gave take taken took seen see saw found find came come went go reported
        report show showed shown considered occurred occur got get made make put left kept keep used use using had
        people patient patients person group groups participant participants subject subjects result results effect
        effects study studies authors author also well even still much many more most less least than rather each every
        another other others one two first second kind sort way thing things case cases taking getting making turned
        turn turns run ran set level levels rate rates number numbers amount amounts score scores degree extent bigger
        larger higher lower greater smaller better worse treated treat treatment therapy measured measure reached reach
        brought bring tended tend known according among whether whatever however against over under between within
        without because since until after before during while whereas although instead today whose enough"""
    )
)
"""Words that say nothing of what a difference is about, stemmed: never quoted alone."""
COMPARING = re.compile(
    r"(?i:\b(?:than|versus|vs|compar\w+ (?:with|to|against)|relative to|as against|against|over(?! \d)|rather than|instead of"
    r"|unlike|as opposed to"
    r"|in contrast to|as (?:\w+ )?as|equal to|(?:superior|inferior|similar|comparable|preferable|alternative) to|beats?|beat"
    r"|outperform\w*|between)\b)"
)
"""What a comparator follows."""
OF_PEOPLE = re.compile(
    r"(?i:\b(?:patients?|people|those|participants?|subjects?|women|men|children|adults|individuals|persons?|volunteers|cases"
    r"|anyone|users)"
    r" (?:with|who|whose|on|undergoing|having|aged|taking|from|without|that|older|younger|over|under|suffering)\b|\b(?:in|among"
    r"|amongst|within) (?=\w))"
)
"""What a group of people follows."""
BY_MEANS = re.compile(r"(?i:\b(?:because|by \w+ing|due to|owing to|thereby|since|through|via|explain\w*)\b)")
"""What a reason follows."""
AT_TIME = re.compile(r"(?i:\b(?:after|before|during|within|until|till|at|by the|for the|throughout|beyond|since|while|when)\b)")
"""What a time may follow."""
VERB = re.compile(
    r"(?i:\b(?:is|are|was|were|be|been|has|have|had|did|does|do|may|might|can|could|will|would|should|must|\w{3,}(?:ed|ises|izes"
    r"|ates|oves|uces|ases|ents|ects"
    r"|elps|auses|orks|akes|ives|rings|ows|eads|rops|uts|eeps|ains|oes|ures|ses)|led|fell|rose|cut|cuts|gave|took|made|kept|had"
    r"|came|went|left"
    r"|saw|got|grew|beat|lower|raise|reduce|improve|increase|cause|help|prevent|relieve|affect)\b)"
)
"""The first of these is taken for the verb of a claim."""
DRUG = re.compile(
    r"(?i:\b\w{3,}(?:mab|nib|statin|pril|sartan|olol|azole|oxacin|cillin|mycin|cycline|caine|azepam|azolam|triptan|gliptin"
    r"|gliflozin|glutide|parin|setron"
    r"|profen|fenac|coxib|dronate|sone|solone|olone|prazole|dipine|tidine|xaban|vir|platin|taxel|rubicin|barbital|oxetine|pramine"
    r"|triptyline|peridone|gabalin"
    r"|phylline|terol|tropium|stigmine|morphone|codone|orphine|metrexate|amide|amine|idine|zine)\b)"
)
"""Endings that drugs of one class share (the stems of the WHO's international nonproprietary names, and older ones like them)."""
