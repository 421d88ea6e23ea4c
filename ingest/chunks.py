"""Chunks: what is embedded and retrieved. One a sentence, with the sentence before it where it leans on that."""

from __future__ import annotations

import re

from .text import Chunk, Document

_CONNECTIVE = r"""
    (?:and|but|or|nor|so|yet|however|nevertheless|nonetheless|still|similarly|likewise|conversely|instead|therefore|thus|hence|indeed
      |accordingly|consequently|moreover|furthermore|further|also|additionally|besides|specifically|then|afterwards?|thereafter
      |subsequently|as\s+such|even\s+so|in\s+(?:addition|contrast|turn|fact|comparison)|by\s+(?:contrast|comparison)
      |for\s+(?:example|instance)|as\s+a\s+(?:result|consequence)|on\s+the\s+(?:other\s+hand|contrary)|at\s+the\s+same\s+time)\b
"""
_OWN = r"(?:present\s+|current\s+)?(?:systematic\s+)?(?:study|trial|review|meta-analysis|analysis|paper|article|report|work)\b"
_POINTER = rf"""
    (?:(?:despite|although|though|while|given|in|with|without|by|from|after|before|since|during|for|of|on|at|to|under|among|unlike|like
        |because(?:\s+of)?|based\s+on|according\s+to|in\s+spite\s+of|due\s+to|compared\s+(?:with|to)|when|where|if|as|that)\s+)?
    (?:this(?!\s+{_OWN})|these|those|such
      |it(?!\s+(?:\w+\s+){{1,5}}?(?:that|whether|if|to)\b)|its|itself|they|their|them|he|she|his|her
      |both(?!.{{1,60}}?\band\b)|neither(?!.{{1,60}}?\bnor\b)|either(?!.{{1,60}}?\bor\b)|others?|another|so
      |(?:one|two|three|some|many|most|all|none|half|several|few|each)\s+of\s+(?:these|those|them|which)
      |the\s+(?:former|latter|same|others?|above|two|remaining|rest))\b
"""
_BARE = r"""
    the\s+(?:difference|effect|result|finding|trend|change|improvement|reduction|increase|decrease|benefit|association|observation)s?\s+
    (?:is|are|was|were|has|have|had|did|does|do|may|might|could|can|remained?|persisted|lasted|disappeared|became)\b
"""
_TIME = r"""
    (?:by|at|after|within|until|from)\s+(?:\d+|one|two|three|four|five|six|twelve)(?:[\s–-]+(?:to\s+)?\d+)?[\s-]+
    (?:second|minute|min|hour|h|day|week|month|year)s?\b
"""
_LEANS = re.compile(
    rf"(?:{_CONNECTIVE}|{_POINTER}|{_BARE}|{_TIME}|(?:[a-z-]+\s){{0,2}}[a-z-]+,\s+{_POINTER})",
    re.IGNORECASE | re.VERBOSE,
)


def leans(sentence: str) -> bool:
    """Whether a sentence points back at its opening, so that it needs its neighbour.

    Connectives ("However", "Similarly"), pronouns and demonstratives ("These findings", "Despite this", "Interestingly, it"), definite
    results without what they are of ("The difference was"), bare time points ("By 24 hours"). Not "It is known that", nor "this review".
    """
    return bool(_LEANS.match(sentence.lstrip("\"'“‘([ ")))


def make_chunks(document: Document) -> list[Chunk]:
    """One chunk a sentence, in order.

    A chunk ends with its sentence, and begins one sentence earlier, in the same paragraph, where the sentence leans on its neighbour.
    A retracted document has none: it can be read, and is not searched.
    """
    if document.source.retracted:
        return []
    chunks = []
    for sentence in document.sentences:
        first = sentence
        if sentence.number > 1 and leans(sentence.text):
            before = document.sentences[sentence.number - 2]
            if before.paragraph == sentence.paragraph:
                first = before
        text = document.text[first.start : sentence.end]
        chunks.append(Chunk(document.id, first.number, sentence.number, first.start, sentence.end, text))
    return chunks
