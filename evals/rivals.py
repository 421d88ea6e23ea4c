"""Two claim checkers from PyPI that work offline, on the same claims: ``pip install 'pincite[rivals]'``.

``hallucination-check`` (MIT) goes by character and word overlap and by numbers and names that the sources lack. ``anchorcite`` (MIT) finds
the sentence that carries a claim; its core goes by the share of the claim's words. Its other scorer, a cross-encoder, is downloaded from a
model hub on first use, so it is not run here: left to choose, the package would try the network wherever sentence-transformers is
installed.

Neither tells *partly*, nor a contradiction but for hallucination-check's other number or date: what they do not support counts as
``not_found``. Neither says how sure it is of a verdict, so they have no calibration.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import version

from pincite.ingest.errors import UsageError
from pincite.ingest.text import Document

from .gold import Place
from .records import Ruling
from .systems import ClaimSystem, Gate, sentences_of


def open_rival(name: str, corpus: Mapping[str, Document]) -> ClaimSystem:
    """The rival of this name over the corpus's documents.

    Raises:
        UsageError: it is not installed.
    """
    try:
        return Overlap(corpus) if name == "hallucination-check" else Anchors(corpus)
    except ImportError as error:
        raise UsageError(f"{name} is not installed ({error}): pip install 'pincite[rivals]'") from None


class Overlap:
    """``hallucination-check`` as it comes; see ``ClaimSystem``."""

    name = "hallucination-check"

    def __init__(self, corpus: Mapping[str, Document]) -> None:
        import hallucination_check  # noqa: F401 - absent is said when the system is opened, not at the first claim

        self._corpus = corpus
        self.made_of: Mapping[str, str] = {"hallucination-check": version("hallucination-check")}

    def gate_over(self, documents: Mapping[str, Document] | None) -> Gate:
        """See ``ClaimSystem.gate_over``."""
        return _OverlapGate(self._corpus if documents is None else documents)


class _OverlapGate:
    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._sources = [{"id": id, "text": _body(document)} for id, document in documents.items()]

    def judge(self, claim: str) -> Ruling:
        import hallucination_check

        report = hallucination_check.check(claim, self._sources)
        places = tuple(dict.fromkeys(place for c in report.claims for place in self._places(c.best_source, c.best_span)))
        reasons = tuple(c.reason for c in report.claims if not c.supported)
        if report.claims and all(c.supported for c in report.claims):
            return Ruling("supported", supporting=places)
        if report.contradictions:
            return Ruling("contradicted", contradicting=places, reasons=reasons)
        return Ruling("not_found", reasons=reasons)

    def rank(self, claim: str) -> tuple[Place, ...]:
        return ()

    def _places(self, source: str | None, span: str) -> list[Place]:
        document = self._documents.get(source or "")
        # It gives the text of what matched best and no offsets.
        start = document.text.find(span) if document is not None and span else -1
        return [] if document is None or start < 0 else sentences_of(document, start, start + len(span))


class Anchors:
    """``anchorcite`` with its word scorer; see ``ClaimSystem``."""

    name = "anchorcite"

    def __init__(self, corpus: Mapping[str, Document]) -> None:
        import anchorcite  # noqa: F401 - as above

        self._corpus = corpus
        self.made_of: Mapping[str, str] = {"anchorcite": version("anchorcite"), "scorer": "LexicalScorer"}

    def gate_over(self, documents: Mapping[str, Document] | None) -> Gate:
        """See ``ClaimSystem.gate_over``."""
        return _AnchorGate((self._corpus if documents is None else documents).values())


class _AnchorGate:
    def __init__(self, documents: Iterable[Document]) -> None:
        from anchorcite import LexicalScorer

        self._documents = list(documents)
        self._scorer = LexicalScorer()

    def judge(self, claim: str) -> Ruling:
        from anchorcite import anchor_claim

        places: list[Place] = []
        for document in self._documents:
            first = document.sentences[0].start if document.sentences else 0
            anchor = anchor_claim(claim, _body(document), scorer=self._scorer)
            if anchor is not None:
                places += sentences_of(document, first + anchor.start_offset, first + anchor.end_offset)
        return Ruling("supported", supporting=tuple(places)) if places else Ruling("not_found")

    def rank(self, claim: str) -> tuple[Place, ...]:
        return ()


def _body(document: Document) -> str:
    """The text from the first sentence to the last: neither title nor references, which are no evidence here either."""
    return document.text[document.sentences[0].start : document.sentences[-1].end] if document.sentences else ""
