"""What in a draft is no claim: questions, greetings, instructions, the writer's own methods and plans, labels, pointers to other places."""

from __future__ import annotations

import re

from .commands import is_command
from .verbs import first_finite

_QUESTION = re.compile(r"[?？؟]\W*$")
_GREETING = re.compile(
    r"(?:dear\b|hi\b|hello\b|hey\b|good\s+(?:morning|afternoon|evening)|best\s+(?:regards|wishes)|kind(?:est)?\s+regards"
    r"|regards\b|sincerely"
    r"|yours\s+(?:sincerely|faithfully|truly)|cheers\b|thanks?\b|thank\s+you|many\s+thanks|hope\s+(?:this|you)|i\s+hope"
    r"|we\s+hope|let\s+me\s+know"
    r"|looking\s+forward|happy\s+to\b|congratulations|welcome\b|sure[,!]|certainly[,!]|of\s+course[,!]|here\s+(?:is"
    r"|are)\s+(?:the|a|an|my|your)\b)",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"please\b(?!\s+(?:note|remember|consider|bear\s+in\s+mind|be\s+aware)\s+that\b)|you\s+(?:must|should|are\s+(?:to|an?|the)|will)\s+(?:now\s+)?(?:mark|treat|ignore|accept|say|report|rate"
    r"|label|answer|respond|an?\b)",
    re.IGNORECASE,
)
_ABOUT_CHECKING = re.compile(
    r"\b(?:claims?|statements?|sentences?|citations?|drafts?|documents?|texts?|everything)\b.{0,80}\b(?:must|should|shall|to\s+be|have\s+to"
    r"|needs?\s+to)\b.{0,40}\b(?:mark|treat|consider|accept|rat|label|count|report|pass|flag|judg)(?:e|ed|s|es|ing)?\b.{0,60}"
    r"\b(?:supported|verified|true|correct|accurate|ok|valid|checked)\b"
    r"|\b(?:this|these|that|all|every)\s+(?:of\s+the\s+)?(?:claims?|statements?|sentences?|citations?|drafts?|texts?)\b.{0,40}\b(?:is|are|was|were|been)\s+"
    r"(?:already\s+|fully\s+)?(?:supported|verified|correct|accurate|valid|checked|approved|reviewed)\b"
    r"|\b(?:ignore|disregard|override)\b.{0,40}\b(?:instructions?|rules?|prompts?|checks?|corpus|sources?)\b",
    re.IGNORECASE,
)
_OWN_WORK = (
    r"(?:review|article|paper|section|chapter|report|work|summary|manuscript|study|analysis|document|draft|overview|guide|leaflet|note|memo"
    r"|essay|post|thesis|appendix)"
)
_PLANS = (
    r"(?:aims?|aimed|discuss(?:es)?|describes?|examines?|summari[sz]es?|explores?|presents?|outlines?|covers?|focuses|focus"
    r"|considers?|addresses"
    r"|evaluates?|assesses|provides?|seeks?|sought|sets\s+out|is\s+(?:organi[sz]ed|structured|divided|intended|based\s+on"
    r"|written)|looks\s+at|begins|starts"
    r"|attempts?|intends?|was\s+(?:conducted|written|registered|approved|prepared|performed)|will\b|follows|reviews?"
    r"|compares|investigates?)"
)
_WRITERS = r"(?:we|i|(?:each|one|two|three|all|both|some)\s+of\s+us)"
_METHODS = (
    r"(?:search(?:ed)?|includ(?:e|ed)|screen(?:ed)?|extract(?:ed)?|review(?:ed)?|aim(?:ed)?|discuss(?:ed)?|describe[sd]?"
    r"|present(?:ed)?|conduct(?:ed)?|perform(?:ed)?"
    r"|use[d]?|exclude[d]?|select(?:ed)?|collect(?:ed)?|analy[sz]ed?|assess(?:ed)?|evaluate[sd]?|compare[d]?|calculate[d]?"
    r"|pool(?:ed)?|identif(?:y|ied)|consult(?:ed)?"
    r"|focus(?:ed)?|explore[d]?|summari[sz]e[d]?|outline[d]?|consider(?:ed)?|address(?:ed)?|examine[d]?|set\s+out|followed"
    r"|registered|limited|restricted|adapted|defined?"
    r"|retrieved?|read|obtained?|sought|seek|intend(?:ed)?|plan(?:ned)?|hope|thank|acknowledge|chose|applied|classified"
    r"|grade[d]?|scored?|measured?|recruited"
    r"|enrolled|randomi[sz]ed|interviewed|asked|begin|began|start(?:ed)?|turn|return|will\b|would\s+like|have\s+(?:searched"
    r"|reviewed|included|tried|used|described|discussed)"
    r"|shall|are\s+grateful|did\s+not\s+(?:search|include|assess|use)|checked|wrote|drafted|prepared|cite|quote|refer|rely|relied)"
)
_OWN = re.compile(
    rf"(?:in\s+(?:this|the\s+(?:present|current|following|next))\s+{_OWN_WORK},?\s+)?{_WRITERS}\s+(?:(?:also|then|first|next"
    rf"|finally|further|systematically|here|briefly|only|now)\s+){{0,3}}{_METHODS}\b"
    rf"|(?:this|the\s+(?:present|current|following|next)|our)\s+(?:(?:narrative|systematic|short|brief|literature|scoping"
    rf"|review|rapid|evidence)\s+){{0,2}}{_OWN_WORK}\s+{_PLANS}\b"
    rf"|(?:the|our)\s+(?:(?:primary|main|overall|secondary)\s+)?(?:aims?|purpose|objectives?|goals?|scope)\s+(?:of|was|were|is|are)\b"
    r"|(?:our|the)\s+(?:literature\s+|systematic\s+|database\s+|electronic\s+)?search(?:es)?\s+(?:was|were|strategy|terms"
    r"|yielded|identified|returned|found|included|covered)\b"
    r"|(?:searches|databases|records|titles|abstracts|studies|articles|papers|trials)\s+were\s+(?:searched|screened"
    r"|included\s+if|excluded\s+if|eligible|retrieved|extracted|considered\s+eligible|limited|restricted|selected)\b"
    r"|(?:data|information)\s+were\s+(?:extracted|collected|pooled|analy[sz]ed)\b|(?:two|three"
    r"|both)\s+(?:independent\s+)?(?:reviewers|authors)\s+(?:independently\s+)?(?:screened|extracted|assessed|reviewed)\b"
    r"|(?:pubmed|medline|embase|cochrane|scopus|web\s+of\s+science|google\s+scholar|databases)\b.{0,120}\b(?:was|were)\s+searched\b"
    rf"|in\s+(?:this|the\s+(?:present|following|next))\s+{_OWN_WORK},?\s+(?:the\s+(?:authors?|evidence|literature|role"
    rf"|use)\b.{{0,80}}\s+(?:is|are)\s+(?:reviewed|discussed|summari[sz]ed|described|presented|examined)|i\s)",
    re.IGNORECASE,
)
_FOUND = (
    r"found|observed|noted|reported|showed|shown|demonstrated|concluded|confirmed|need(?:ed)?|believed|learned|learnt|saw|knew|established"
    r"|failed"
)
_OWN_PAST = re.compile(
    rf"{_WRITERS}\s+(?:(?:also|then|first|next|finally|further|only|independently|jointly)\s+){{0,2}}(?!(?:{_FOUND})\b)"
    r"(?:\w{2,}ed|took|chose|picked|read|wrote|kept|made|went|drew|ran|gave|met|set|put|sent|held|got|did|began|split|sought)\b",
    re.IGNORECASE,
)
"""What the writers did: any past tense of theirs but one that tells what came out."""
_POINTER = re.compile(
    r"(?:(?:the\s+)?(?:following|next|above|previous)\s+)?(?:table|figure|fig\.?|section|box|appendix|chapter|list"
    r"|panel)s?\s*[\dIVXA-Z]{0,4}\s+(?:\w+\s)?(?:shows?|lists?|summari[sz]es?|presents?|illustrates?"
    r"|gives?|provides?|describes?|contains?|depicts?|outlines?|is\b|are\b)"
    r"|.{0,160}\b(?:is|are|was|were)\s+(?:discussed|described|shown|presented|summari[sz]ed|listed|given|reviewed|detailed"
    r"|outlined|explained|covered)\s+"
    r"(?:in\s+(?:more\s+)?(?:detail\s+)?)?(?:below|above|elsewhere|later|next|here|in\s+(?:the\s+)?(?:tables?|figures?"
    r"|sections?|appendix|supplement|next|following))\b.{0,40}$",
    re.IGNORECASE,
)
_RESEARCHED = (
    r"(?:scored|measured|recorded|randomi[sz]ed|assigned|allocated|analy[sz]ed|recruited|collected|followed|assessed|enrolled|interviewed"
    r"|compared|reviewed|invited|blinded|monitored|published|registered|stored|calculated|asked|given|obtained|entered|excluded|included"
    r"|stratified|approached|screened|examined|tested|weighed|counted|rated|contacted|held|presented|submitted|discussed|audited|trained"
    r"|sought|taken|drawn|evaluated|estimated|pooled|extracted|conducted|performed|carried\s+out|carried\s+on|reported|used|sent|kept|made"
    r"|offered|offset|checked|coded|transcribed|adjusted|modelled|modeled|shared|archived|appointed|informed|sampled|started|set\s+up|run|done"
    r"|repeated|classified|graded|paid|hired|bought|purchased|employed|deposited|read|described|documented|determined|verified|matched)"
)
_RESEARCH = (
    r"(?:score|measure|record|randomi[sz]e|assign|allocate|analy[sz]e|recruit|collect|follow|assess|enrol|enroll|interview|compare|review"
    r"|invite|monitor|publish|register|calculate|ask|obtain|exclude|include|stratify|approach|screen|examine|test|investigate|study"
    r"|evaluate|estimate|pool|extract|conduct|perform|carry\s+out|present|submit|discuss|audit|train|seek|draw|check|code|transcribe|oversee"
    r"|supervise|coordinate|begin|start|end|run|take\s+place|report|look\s+(?:at|for|into)|explore|address|describe|focus|consist|last|meet"
    r"|compris[e]|serve\s+as|rate|verify|document|contact|visit|phone|call|use|adjust|repeat|rely|decide|adhere|comply)"
)
_PEOPLE = (
    r"(?:participants|volunteers|subjects|respondents|outpatients|inpatients|patients|women|men|adults|children|parents|nurses|clinicians"
    r"|staff)"
)
_PLAN = re.compile(
    rf".{{0,160}}?\b(?:will|shall|(?:is|are)\s+(?:going\s+)?to)\s+(?:(?:then|also|first|again|only|not|all|both|each|next|later|\w+ly)\s+){{0,2}}be\s+"
    rf"(?:(?:then|also|first|again|not|\w+ly)\s+){{0,2}}{_RESEARCHED}\b"
    rf"|.{{0,160}}?\b(?:will|shall)\s+(?:(?:then|also|first|again|only|not|all|both|each|next|later|\w+ly)\s+){{0,2}}{_RESEARCH}\b"
    rf"|(?:(?:all|the|our|both|eligible|enrolled|\w+)\s+){{0,3}}{_PEOPLE}\b.{{0,60}}?\bwill\s+(?:(?:then|also|first|each|all)\s+)?"
    r"(?:receive|undergo|complete|attend|fill\s+in|wear|keep|take|answer|return|sign|give|be\s+(?:seen|free|told|able\s+to\s+withdraw))\b",
    re.IGNORECASE,
)
"""What is going to be done to find something out: a verb of research in the future. What is going to come out has other verbs."""
_NOT_PLANNED = re.compile(
    r"\b(?:found|finds?|concluded?s?|argue[sd]?|predict(?:s|ed)?|expect(?:s|ed)?|showed|shows|suggest(?:s|ed)?|estimated?\s+that|according|states?d?"
    r"|ongoing|under\s?way|NCT\d+|because|if|unless|no\s+longer)\b|\bwill\s+(?:last|begin|start|end|run)\s+(?:for\s+)?(?:\d|within|to\s+work|after)",
    re.IGNORECASE,
)
_EVENTS = re.compile(
    r"(?:the\s+|our\s+)?(?:recruitment|enrolment|enrollment|follow-up|data\s+collection|study|project|trial|course)\b", re.IGNORECASE
)
_FIRST_PERSON = re.compile(
    r"(?:(?:finally|however|overall|moreover|also|still|thus|therefore|in\s+(?:short|sum)|again|for\s+(?:this|that)\s+reason)?,?\s*)"
    r"I(?:['’](?:m|ve|d|ll))?\s+(?!(?:(?:also|have|then|now|do|still|therefore|too|really|\w+ly)\s+){0,2}"
    r"(?:found|find|note|noted|conclude|concluded|observed?|believe|think|know|saw|doubt|suspect|argue|learned|learnt|maintain|contend|expect"
    r"|recommend|suggest|advise|propose)\b)(?=\w)",
)
"""What a writer says of himself; opinions and findings ("I found no study …") are claims."""
_PERFORMS = re.compile(
    r"(?:I|we|the\s+authors?|all\s+authors?|both\s+authors?|the\s+(?:reviewer|writer|speaker)s?)\s+(?:(?:also|hereby|therefore|thus|gladly|would|have|\w+ly)\s+){0,3}"
    r"(?:declare[sd]?|disclose[sd]?|apologi[sz]e|certify|regret|undertake|promise|appreciate|wish|look\s+forward|request|invite|urge|ask|propose\s+to"
    r"|propose\s+an?|agree\s+to|are\s+(?:grateful|happy|pleased|glad|sorry|indebted|applying|asking|planning)|ha(?:ve|s|d)\s+(?:no|nothing)\b"
    r".{0,60}\b(?:interests?|disclose|declare|report|add|ties|competing|conflicts?))\b",
    re.IGNORECASE,
)
_ON_A_TEXT = re.compile(
    r"(?:I|we)\s+(?:(?:also|would|therefore|thus|strongly|still|\w+ly)\s+){0,2}(?:recommend|suggest|propose|advise)\s.{0,60}?\b(?:revisions?|accept(?:ance|ed|ing)?"
    r"|reject(?:ion|ed|ing)?|publication|published|publishing|resubmission|rewrit\w+|rephras\w+|reword\w+|shorten\w*|delet\w+|authors?|manuscript|paper"
    r"|sections?|paragraphs?|abstract|titles?|tables?|figures?|sentences?|references|chapters?|editors?|reviewers?)\b",
    re.IGNORECASE,
)
_TEXT = (
    r"(?:leaflet|handout|hand-out|essay|article|paper|section|chapter|memo|note|page|poster|talk|slides?|sheet|factsheet|guide|document|post"
    r"|newsletter|brochure|booklet|pamphlet|manuscript|thesis|summary|overview|appendix|blog|letter|draft|column|podcast|presentation|lecture"
    r"|module|bulletin|briefing|brief|protocol|proposal|application|report|review|formulary|text|paragraph|box|series|website)s?"
)
_ABOUT_TEXT = re.compile(
    rf"(?:(?:the|this)\s+(?:first|second|third|last|next|following|rest|remainder|final|other|opening|closing|present)\s+(?:(?:part|half|section|page|chapter"
    rf"|paragraph|third)s?\s+)?(?:of\s+)?)?(?:this|these|the\s+present|our|my)\s+(?:(?!(?:that|which|and|of)\b)[\w-]+\s+){{0,2}}?{_TEXT}\s+"
    r"(?:(?:also|then|only|first|briefly|therefore|\w+ly)\s+)?"
    r"(?!(?:suggests?|concludes?|finds?|shows?|found|reports?|demonstrates?|confirms?|supports?|indicates?|establish(?:es)?|observes?|notes?|argues?"
    r"|states?|claims?|proves?|says|calls|recommends?|warns?|reduces?|improves?|helps?|lowers?|saves?|cuts?|raises?|increases?)\b)"
    r"(?:\w{2,}s\b|turn\b|are\b|were\b|deal\b|tell\b|give\b|cover\b|explain\b|sum\b|show\s+(?:how|what|you)\b|can\b|will\b|should\b|may\b|goes\b|did\b|do\b"
    r"|aims?\b|was\s+\w+(?:ed|en)\b|had\s+to\b|has\s+been\b)",
    re.IGNORECASE,
)
"""This leaflet does something; where it found or changed something, that is a claim."""
_TO_AUTHORS = re.compile(
    r"(?:the|your)\s+(?:authors?|writers?|manuscript|submission|abstract|title|reference\s+list|wording|legends?)\s+"
    r"(?:should|must|need(?:s)?\s+to|might|could|may\s+(?:wish|want)|ought|would\s+(?:benefit|profit|gain)|deserves|lacks)\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r"to\s+[a-z]{2,}\b", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:authors?|date|keywords?|key\s+words|word\s+count|title|version|draft|to|from|subject|re|cc|corresponding\s+author"
    r"|e-?mail|affiliations?|running\s+(?:head|title)|doi|pmid"
    r"|funding|conflicts?\s+of\s+interests?|competing\s+interests|acknowledge?ments?|disclaimer|copyright|last\s+updated"
    r"|reviewed\s+by|written\s+by|prepared\s+(?:by|for)"
    r"|source|sources|status|abbreviations|contents|page|phone|tel|address|license|licence|correspondence|department|tags"
    r"|category|reading\s+time)\b[^:.]{0,20}:",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"(?=[^:.]{1,60}:)(?:[\w/&'’-]+\s+){0,4}?(?:applicants?|requested|applied|budget|grants?|sponsors?|investigators?|supervisors?|institution"
    r"|institute|university|faculty|hospital|ward|venue|deadline|module|submitted|submission|manuscript|editor|journal|reference\s+(?:no|number)"
    r"|project|registration|identifier|contact|telephone|fax|website|signature|signed|name|names|speakers?|presenters?|attendees|present|apologies"
    r"|chair|minutes|agenda|audience|tutor|student|course|semester|job\s+title|position|support|funders?|funded|call|programme|program"
    r"|start\s+date|end\s+date|start|end|valid|revision|revised|issued?|issue|volume|edition|language|licen[cs]e|owner|approved|approval"
    r"|prepared|compiled|checked|distribution|file|room|location|office|time\s+allowed|word\s+limit|pages?|host|team|partners?|recipient"
    r"|sum|amount|period)\b[^:.]{0,30}:",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:prepared|written|compiled|reviewed|posted|published|updated|edited|presented|submitted|notes?|minutes|summary|draft|report|version)"
    r"\s+(?:by|for|on|at|of|from)\b",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(r":\W*$")
_EMPTY_LEAD = re.compile(
    r"\b(?:follow(?:s|ing)|below|these|this|here|points?|findings?|topics?|questions?|steps?|ways?|reasons?|conclusions?"
    r"|results?|include)\W*:\W*$",
    re.IGNORECASE,
)
_OWN_SECTION = re.compile(
    r"(?:[\dIVX]+(?:\.\d+)*[.)]?\s+)?(?:materials?\s+and\s+methods|methods?(?:\s+and\s+materials?)?|methodology"
    r"|(?:literature\s+)?search(?:\s+(?:strategy|methods?))?|acknowledge?ments?"
    r"|funding|conflicts?\s+of\s+interests?|competing\s+interests|disclosures?|author(?:s|['’]s?)?\s+contributions?"
    r"|data\s+availability(?:\s+statement)?|ethics(?:\s+(?:statement|approval))?"
    r"|abbreviations|keywords?|about\s+the\s+authors?|eligibility(?:\s+criteria)?|study\s+selection|data\s+extraction"
    r"|notes?\s+to\s+(?:the\s+)?(?:editor|reviewer|reader|author)s?|instructions?(?:\s+.{0,30})?)\s*:?",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"(?:©|\(c\)\s|copyright\b|all\s+rights\s+reserved)", re.IGNORECASE)
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]+")
_QUANTITY = re.compile(
    r"\d\s?%|\d\s?(?:percent|per\s+cent|mg|µg|mcg|k?g|ml|mmol|mEq|iu|units?|times|-?fold|h|hours?|min|minutes?|days?|weeks?|months?|years?"
    r"|patients|participants|people|women|men|children|trials|studies|of\s+\d|in\s+\d|out\s+of)\b",
    re.IGNORECASE,
)
_EXISTS = re.compile(
    r"(?:(?:no|fewer|less|lower|higher|greater|shorter|longer|better|worse|similar|equal)\s+(?:\w+\s+){1,4}?"
    r"(?:in|with|without|after|than|between|at|during|among|on|under|when)|more\s+(?:\w+\s+){1,4}?(?:than|with|without))\s+\w",
    re.IGNORECASE,
)
"""A telegram of a statement: "No deaths in either group", "Fewer falls with exercise"."""
_FEWEST_WORDS = 2
_FEWEST_OF_FRAGMENT = 4


def is_own_section(heading: str) -> bool:
    """Whether what stands under a heading is about the draft itself: its methods, its authors, its money."""
    return len(heading) <= 80 and _OWN_SECTION.fullmatch(heading.strip()) is not None


def is_lead_in(sentence: str) -> bool:
    """Whether a sentence only opens a list ("Magnesium is approved for:") and says something with its items."""
    return bool(_LEAD_IN.search(sentence)) and not _EMPTY_LEAD.search(sentence) and first_finite(sentence) is not None


def is_non_claim(sentence: str) -> bool:
    """Whether a sentence, without its citation marks and connectives, is of a kind that states nothing to be checked."""
    words = sentence.strip().strip("\"“”‘’'*_-–—• ")
    head = words[:400]
    if len(_WORD.findall(head)) < _FEWEST_WORDS or _QUESTION.search(sentence[-12:]) or _LEAD_IN.search(words[-4:]):
        return True
    if any(p.match(head) for p in (_GREETING, _POLITE, _OWN, _OWN_PAST, _POINTER, _LABEL, _COPYRIGHT)):
        return True
    if any(p.match(head) for p in (_FIRST_PERSON, _PERFORMS, _ON_A_TEXT, _ABOUT_TEXT, _TO_AUTHORS)) or is_command(head):
        return True
    if _is_plan(head) or _is_field(head):
        return True
    if _PURPOSE.match(head) and first_finite(head) is None:
        return True
    if _BYLINE.match(head) and first_finite(head) is None:
        return True
    return _ABOUT_CHECKING.search(head) is not None


def _is_plan(head: str) -> bool:
    if _EVENTS.match(head) and re.search(r"\bwill\s+(?:begin|start|end|run|last|take\s+place)\b", head):
        return True
    return _PLAN.match(head) is not None and _NOT_PLANNED.search(head) is None


def _is_field(head: str) -> bool:
    """Whether a fragment is a field of a form: a label of administration and a value that states nothing."""
    field = _FIELD.match(head)
    return field is not None and first_finite(head) is None


def states_something(fragment: str, *, ended: bool) -> bool:
    """Whether a piece of text states something: it has a finite verb, a final stop or a quantity in words, or compares."""
    if first_finite(fragment):
        return True
    count = len(_WORD.findall(fragment))
    return count >= _FEWEST_OF_FRAGMENT and (ended or _QUANTITY.search(fragment) is not None or _EXISTS.match(fragment) is not None)
