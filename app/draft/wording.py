"""What a claim says, without who said it: attribution, connectives and fillers taken off, every number kept.

The study that found something ("a meta-analysis found that") stays: its design is part of what is claimed. So do words that raise the
strength ("proved that", "it is well established that").
"""

from __future__ import annotations

import re

_NAME = r"[^\W\d_a-zß-öø-ÿ][\w'’.-]{0,40}"
_NAMES = rf"{_NAME}(?:\s[A-Z]{{1,3}}\b\.?)?(?:(?:,\s(?:and\s|&\s)?|\sand\s|\s&\s){_NAME}(?:\s[A-Z]{{1,3}}\b\.?)?){{0,7}}"
_OTHERS = r"(?:,?\s(?:et\s+al\b\.?|and\s+(?:colleagues|co-?workers|others|associates)))"
_DATE = r"(?:\s*,?\s*[(\[]?(?:(?:19|20)\d\d[a-z]?|n\.d\.)[)\]]?)"
_PERSONS = r"(?i:(?:the\s+|these\s+|its\s+)?(?:authors?|researchers?|investigators?|reviewers?|writers?))"
_WORK = (
    r"(?i:(?:the|this|that|their|a|one)\s+"
    r"(?:(?:same|recent|present|current|cited|original|above|news|narrative|published|source|(?:19|20)\d\d)\s+){0,2}"
    r"(?:review|article|summary|paper|source|text|document|publication|report)(?:\s+(?:article|summary|authors?))?)"
    rf"(?:\s+(?:by|of|from)\s+{_NAMES}{_OTHERS}?{_DATE}?)?"
)
_BY = rf"(?:{_NAMES}{_OTHERS}{_DATE}?|{_NAMES}{_DATE}|{_PERSONS}|{_WORK})(?:['’]s?)?"
_ADVERBS = r"(?:(?:also|further|later|recently|first|have|has|had|then|therefore|similarly|thus|again)\s+){0,3}"
_SAYS = (
    r"(?:found|finds?|report(?:s|ed)?|show(?:s|ed|n)?|demonstrate[sd]?|conclude[sd]?|note[sd]?|observe[sd]?|suggest(?:s|ed)?|state[sd]?"
    r"|wrote|writes?|argue[sd]?|describe[sd]?|determine[sd]?|indicate[sd]?|sa(?:ys?|id)|point(?:s|ed)?\s+out|explain(?:s|ed)?|adds?|added"
    r"|mention(?:s|ed)?|remark(?:s|ed)?|emphasi[sz]e[sd]?|claim(?:s|ed)?|reveal(?:s|ed)?)"
)
_THAT = r"(?:\s+(?:in|to)\s+[^,]{1,40})?(?:\s+that\b|\s*:)\s*,?\s*"
_ATTRIBUTION = re.compile(rf"(?:(?i:in)\s+[^\s,]{{1,30}},\s+)?{_BY}\s*,?\s+{_ADVERBS}{_SAYS}{_THAT}|(?i:{_SAYS}\s+that)\s+")
_BEFORE_QUOTE = re.compile(rf"{_BY}\s*,?\s+{_ADVERBS}{_SAYS}\s*,?\s*(?=[\"“‘«])")
_ACCORDING = re.compile(
    rf"(?i:according\s+to|per|as\s+{_SAYS}\s+(?:by|in)|in\s+the\s+words\s+of|in)\s+{_BY}\s*,\s*"
    rf"|(?i:according\s+to|per|as\s+{_SAYS}\s+(?:by|in)|see|in|by)\s*,\s*"
)
_CLOSING = re.compile(
    rf"\s*,?\s+\(?(?i:according\s+to|as\s+{_SAYS}\s+(?:by|in))(?:\s+{_BY})?\)?\s*(?=[.!]?$)|\s*,\s*{_BY}\s+{_SAYS}\s*(?=[.!]?$)"
)
_WITHIN = re.compile(rf",\s+(?i:according\s+to|as\s+{_SAYS}\s+(?:by|in))(?:\s+{_BY})?\s*,")
_BY_NAME = re.compile(rf"(?:{_NAMES}{_OTHERS}{_DATE}?|{_NAMES}\s*\((?:19|20)\d\d[a-z]?\))(?:['’]s?)?(?=\s)")
_WE_FOUND = re.compile(
    r"(?:we|i)\s+(?:(?:also|have|then|further)\s+){0,2}(?:found|find|note|noted|conclude|concluded|observe|observed|show|showed|report|reported|believe"
    r"|think|know|saw|see)\s+(?:that\s+)|(?:it\s+(?:should|must|can)\s+be\s+(?:noted|mentioned|added)|it\s+is\s+worth\s+(?:noting|mentioning)"
    r"|(?:please\s+)?note|of\s+note|recall|remember)(?:\s+that|,|:)\s+",
    re.IGNORECASE,
)
_CONNECTIVE = re.compile(
    r"(?:and|but|so|yet|or|however|nevertheless|nonetheless|still|similarly|likewise|conversely|instead|therefore|thus|hence|indeed"
    r"|accordingly|consequently|moreover|furthermore|further|also|additionally|besides|specifically|then|thereafter|subsequently|as\s+such"
    r"|even\s+so|overall|finally|lastly|first(?:ly)?|second(?:ly)?|third(?:ly)?|next|interestingly|notably|importantly|remarkably|surprisingly"
    r"|unfortunately|fortunately|of\s+course|of\s+note|briefly|in\s+(?:addition|contrast|turn|fact|summary|conclusion|short|brief|general"
    r"|particular|other\s+words|comparison)|by\s+(?:contrast|comparison)|for\s+(?:example|instance)|as\s+a\s+(?:result|consequence)"
    r"|on\s+the\s+(?:other\s+hand|contrary)|at\s+the\s+same\s+time|to\s+(?:summari[sz]e|conclude|sum\s+up)|taken\s+together|that\s+said"
    r"|despite\s+(?:this|that)|on\s+(?:balance|the\s+whole)|all\s+in\s+all|e\.g\.|i\.e\.|see\s+also|(?:key\s+)?(?:finding|result|point|fact|takeaway"
    r"|conclusion|summary)s?(?:\s+\d+)?(?=:))\s*[,:]\s+|(?:and|but|so|yet|that)\s+(?=[^\W\d_]{2})",
    re.IGNORECASE,
)
_QUOTE_MARKS = re.compile(r"[\"“”„«»]")
_EDITED = re.compile(r"\[(?:sic|emphasis\s+added)\]", re.IGNORECASE)
_LETTERED = re.compile(r"\[([^\W\d_])\](?=[^\W\d_])")
_BRACKETED = re.compile(r"\[([^\[\]]{1,80})\]")
_ELLIPSIS = re.compile(r"\s*(?:\[\s?(?:\.\s?\.\s?\.|…)\s?\]|\.\s?\.\s?\.|…)\s*")


def worded(sentence: str) -> str:
    """A sentence (or a clause of one) as the checker reads it. Empty where nothing is left."""
    text = sentence.strip()
    for _ in range(6):
        before = text
        for pattern in (_CONNECTIVE, _WE_FOUND, _ACCORDING, _ATTRIBUTION, _BEFORE_QUOTE):
            text = _without(pattern, text)
        if text == before:
            break
    text = _CLOSING.sub("", _WITHIN.sub("", text))
    text = _BY_NAME.sub("The authors", text, count=1) if _BY_NAME.match(text) else text
    text = _unquoted(text)
    return text[:1].upper() + text[1:] if re.match(r"[a-z]+\b", text) and not re.match(r"(?:mg|pH|mRNA)\b", text) else text


def _without(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.match(text)
    rest = text[match.end() :] if match else text
    return rest if re.search(r"\w", rest) else text


def _unquoted(text: str) -> str:
    """Without quotation marks and the signs of editing: what is said is judged here, the words of the quotation elsewhere."""
    text = _BRACKETED.sub(r"\1", _LETTERED.sub(r"\1", _EDITED.sub("", text)))
    text = _QUOTE_MARKS.sub("", _ELLIPSIS.sub(" ", text))
    return re.sub(r"\s+(?=[.,;:!?])", "", " ".join(text.split()))
