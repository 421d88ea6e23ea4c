"""From a claim to its verdict: strip, search, judge, decide, explain.

A claim over a corpus is searched for twice: by the fused ranking, and by words alone, since what contradicts a claim shares its words
and not its meaning. A claim that came with a text is judged against that text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from pincite.ingest.embed import Embedder
from pincite.ingest.errors import UsageError
from pincite.ingest.lexical import words
from pincite.ingest.sentences import split_sentences
from pincite.ingest.sources.plain import paragraph_spans
from pincite.ingest.text import Document, Section, Sentence, Source

from .checker.explain import explain
from .checker.quantity_marks import PLAIN
from .checker.verdict import VerdictChecker, Window
from .claims import Checked, Id, Place, Provenance, Reason, Searched, Verdict
from .lacks import explain as what_lacks
from .language import reads_as_english
from .retrieve import Retriever, fuse

SINGLE = 8
"""Sentences that are judged alone, the nearest first."""
JOINED = 3
"""Of these, the nearest so many are judged joined with their neighbours too: what a claim says may stand in two sentences."""
NEAREST = 3
"""Nearest sentences that are shown where nothing was found."""
KEPT = 8
"""Texts whose sentences are kept, for the next claim on the same one."""
FEWEST_WORDS = 2
"""Words (function words and bare numbers apart) that a statement has at least."""
MOST_SENTENCES = 8
"""Sentences of one claim that are judged; more is a draft."""
LONGEST = 100_000
"""Characters of the longest text that a claim may bring along."""
TEXT_ID = "text"
"""Id of the document that a text of its own makes."""


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence of a document and its cosine similarity to the claim."""

    document: Document
    number: int
    similarity: float


def windows(near: Sequence[Near]) -> list[Window]:
    """The windows to judge, from sentences that are ordered by nearness: each alone, then the first few with a neighbour."""
    similarity = {(n.document.id, n.number): n.similarity for n in near}
    least = min(similarity.values(), default=0.0)
    spans = [(n.document, n.number, n.number) for n in near[:SINGLE]]
    for n in near[:JOINED]:
        for first in (n.number - 1, n.number):
            if 1 <= first < len(n.document.sentences) and (n.document, first, first + 1) not in spans:
                spans.append((n.document, first, first + 1))
    return [
        Window(
            document.id,
            first,
            last,
            document.text[document.sentence(first).start : document.sentence(last).end],
            document.context_of(first),
            max(similarity.get((document.id, i), least) for i in range(first, last + 1)),
        )
        for document, first, last in spans
    ]


def text_document(text: str) -> Document:
    """A text that came with a claim, as a document of its own: every sentence of it counts.

    Raises:
        UsageError: it is empty or too long.
    """
    if not text.strip():
        raise UsageError('the "text" is empty: give the sentences to judge the claim against, or leave it out to use the corpus')
    if len(text) > LONGEST:
        raise UsageError(f'the "text" has {len(text):,} characters, more than {LONGEST:,}: give the part that matters, or ingest it')
    sentences: list[Sentence] = []
    for paragraph, (begin, end) in enumerate(paragraph_spans(text), start=1):
        for start, stop in split_sentences(text[begin:end]):
            place = len(sentences) + 1
            sentences.append(Sentence(TEXT_ID, place, begin + start, begin + stop, text[begin + start : begin + stop], paragraph))
    if not sentences:
        raise UsageError('the "text" holds no sentence')
    source = Source(id=TEXT_ID, title="", file="", sha256="", type="text")
    return Document(source, text, (Section("", "body", 0, len(text)),), tuple(sentences))


class TextSearch:
    """Ranks the sentences of a text of its own, as the index does those of a corpus. The vectors of the last texts are kept."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._document = lru_cache(maxsize=KEPT)(text_document)
        self._read = lru_cache(maxsize=KEPT)(self._open)

    def document(self, text: str) -> Document:
        """The document that a text makes."""
        return self._document(text)

    def near(self, claim: str, document: Document) -> list[Near]:
        """The sentences of a document by nearness: fused ranks of meaning and of shared words."""
        vectors, stems = self._read(tuple(s.text for s in document.sentences))
        similarity = np.round(vectors @ self._embedder.encode([claim])[0], 6)
        asked = set(words(claim))
        shared = [len(asked & there) for there in stems]
        places = range(len(stems))
        by_meaning = [(document.id, i + 1) for i in sorted(places, key=lambda i: (-similarity[i], i))]
        by_words = [(document.id, i + 1) for i in sorted(places, key=lambda i: (-shared[i], -similarity[i], i))]
        return [Near(document, number, float(similarity[number - 1])) for (_, number), _ in fuse([by_meaning, by_words])]

    def _open(self, texts: tuple[str, ...]) -> tuple[NDArray[np.float32], list[set[str]]]:
        return self._embedder.encode(texts), [set(words(t)) for t in texts]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of a claim, or of one sentence of it."""

    verdict: Verdict
    score: float
    reasons: tuple[Reason, ...] = ()
    supporting: tuple[Place, ...] = ()
    contradicting: tuple[Place, ...] = ()
    nearest: tuple[Place, ...] = ()


class ClaimChecker:
    """Checks claims over an index, or against a text that comes with them. Safe to share between threads."""

    def __init__(self, retriever: Retriever, checker: VerdictChecker, provenance: Provenance) -> None:
        self._retriever = retriever
        self._checker = checker
        self._provenance = provenance
        self._texts = TextSearch(retriever.index.embedder)

    def check(self, claim: str, *, docs: Sequence[str] = (), id: Id = None, context: str = "") -> Checked:
        """The verdict on a claim over the corpus. ``context`` is what stands before it in its paragraph.

        Raises:
            UsageError: an empty claim.
        """
        documents = self._retriever.index.documents
        searched = Searched(*self._retriever.index.searched(docs))

        def near(text: str) -> list[Near]:
            found, similarities = self._retriever.search_with_similarity(text, SINGLE + NEAREST, docs)
            return [Near(documents[f.doc], f.sentence, s) for f, s in zip(found, similarities, strict=True)]

        return self._check(claim, context, near, searched, id)

    def check_text(self, claim: str, text: str, *, id: Id = None) -> Checked:
        """The verdict on a claim against a text alone. ``doc`` is ``None`` in its places, and sentences count within the text.

        Raises:
            UsageError: an empty claim, or an empty or too long text.
        """
        document = self._texts.document(text)
        checked = self._check(claim, "", lambda asked: self._texts.near(asked, document), Searched(1, len(document.sentences)), id)
        return replace(
            checked,
            supporting=_of_the_text(checked.supporting),
            contradicting=_of_the_text(checked.contradicting),
            nearest=_of_the_text(checked.nearest),
        )

    def _check(self, claim: str, context: str, near: Callable[[str], list[Near]], searched: Searched, id: Id) -> Checked:
        if not claim.strip():
            raise UsageError("the claim is empty: give a statement to check")
        parts = [claim[start:end] for start, end in split_sentences(claim)] or [claim]
        refused = self._refused(claim, parts)
        outcome = _Outcome("unchecked", 0.0) if refused else _joined(parts, [self._judge(part, context, near) for part in parts])
        return Checked(
            claim=claim,
            start=0,
            end=len(claim),
            verdict=outcome.verdict,
            score=outcome.score,
            reasons=outcome.reasons,
            supporting=outcome.supporting,
            contradicting=outcome.contradicting,
            nearest=outcome.nearest,
            searched=searched,
            provenance=self._provenance,
            notices=(refused,) if refused else (),
            id=id,
        )

    def _refused(self, claim: str, parts: Sequence[str]) -> str | None:
        """Why a claim cannot be judged, or None."""
        if len([w for w in words(claim) if not w.isdigit()]) < FEWEST_WORDS:
            return "This says too little to be checked: write a whole statement."
        if not reads_as_english(claim):
            return "The claim does not read as English. The articles are searched in English: it was not checked."
        if len(parts) > MOST_SENTENCES:
            return f"The claim has {len(parts)} sentences, more than {MOST_SENTENCES}: check it as a draft, a claim at a time."
        if not all(self._checker.fits(part) for part in parts):
            return "A sentence of the claim is too long to be judged: cut it into statements."
        return None

    def _judge(self, claim: str, context: str, search: Callable[[str], list[Near]]) -> _Outcome:
        near = search(f"{context} {claim}" if context else claim)
        if not near:
            return _Outcome("not_found", 1.0)
        documents = {n.document.id: n.document for n in near}
        read = windows(near)
        same = next((w for w in read if _plain(w.text) == _plain(claim)), None)
        if same:
            return _Outcome("supported", 1.0, supporting=_places(same, documents))
        decision = self._checker.decide(claim, read)
        shown = _places(read[decision.shown], documents) if decision.shown is not None else ()
        nearest = tuple(_nearest(claim, n) for n in near[:NEAREST]) if decision.verdict == "not_found" else ()
        refuted = decision.verdict == "contradicted"
        against = read[decision.shown] if decision.shown is not None else read[0]
        reasons = explain(claim, against.text, decision.verdict)
        # A further reason without the source's side is a guess too many.
        kept = (*reasons[:1], *(r for r in reasons[1:] if r.source))
        return _Outcome(decision.verdict, decision.score, kept, () if refuted else shown, shown if refuted else (), nearest)


def _joined(parts: Sequence[str], outcomes: Sequence[_Outcome]) -> _Outcome:
    """The outcome of a claim of several sentences: one refuted refutes it, one absent beside one stated leaves it partly supported."""
    if len(outcomes) == 1:
        return outcomes[0]
    verdicts = {o.verdict for o in outcomes}
    verdict: Verdict
    if "contradicted" in verdicts:
        verdict = "contradicted"
    elif len(verdicts) == 1:
        verdict = outcomes[0].verdict
    else:
        verdict = "partly"
    deciding = [o for o in outcomes if o.verdict == verdict] or list(outcomes)
    reasons = [r for o in outcomes for r in o.reasons]
    if verdict == "partly":
        reasons = [*reasons, *(Reason("outcome", part, "") for part, o in zip(parts, outcomes, strict=True) if o.verdict == "not_found")]
    return _Outcome(
        verdict,
        min(o.score for o in deciding) if verdict != "contradicted" else max(o.score for o in deciding),
        tuple(reasons),
        _unique(tuple(p for o in outcomes for p in o.supporting)),
        _unique(tuple(p for o in outcomes for p in o.contradicting)),
        _unique(tuple(p for o in outcomes for p in o.nearest))[:NEAREST] if verdict == "not_found" else (),
    )


def _plain(text: str) -> str:
    """A text without what quoting it changes: case, white space, forms of quotation marks and dashes, and the full stop."""
    return " ".join(text.translate(PLAIN).casefold().split()).rstrip(" .")


def _places(window: Window, documents: Mapping[str, Document]) -> tuple[Place, ...]:
    sentences = [documents[window.doc].sentence(i) for i in range(window.first, window.last + 1)]
    return tuple(Place(s.doc, s.number, s.start, s.end, s.text) for s in sentences)


def _nearest(claim: str, near: Near) -> Place:
    sentence = near.document.sentence(near.number)
    return Place(sentence.doc, sentence.number, sentence.start, sentence.end, sentence.text, what_lacks(claim, near.document, near.number))


def _unique(places: Sequence[Place]) -> tuple[Place, ...]:
    return tuple({(p.doc, p.sentence): p for p in places}.values())


def _of_the_text(places: Sequence[Place]) -> tuple[Place, ...]:
    return tuple(replace(p, doc=None) for p in places)
