"""SciFact, in the authors' own files: retrieval over all abstracts, then evidence sentences and label of each abstract that is judged.

Retrieval: the sentences of all abstracts, the title first, are searched as a corpus is; an abstract's score is the sum of the fused scores
of its sentences among the first ``DEPTH``. Gold are the abstracts that a claim cites, as in BEIR (Thakur et al. 2021, arXiv:2104.08663).
BM25 and the encoder alone are ranked the same way from the same index. The index is kept in the cache folder: making it takes minutes.

Evidence: *given the abstracts* judges the abstracts that the claim cites; *open* judges the first three that the search finds. Labels other
than supported and contradicted predict nothing. Scores are the published scorer's (``scifact_scorer.py``).
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ir_measures
import numpy as np
import platformdirs
from ir_measures import RR, R, nDCG
from pincite.app.answer import Assistant
from pincite.ingest.index import Index
from pincite.ingest.lexical import words
from pincite.ingest.stored import Origins, read_generation, write_generation
from pincite.ingest.text import Document, Section, Sentence, Source

from ..runner import Progress
from ..stats import estimate, estimate_of
from .common import Bench, Mark, Measured, Needed, rows_of
from .scifact_scorer import SCORES, Evidence, counts_of, f1_of

_CLAIMS, _CORPUS = "retrieval/scifact/claims_dev.jsonl", "retrieval/scifact/corpus.jsonl"
_FROM = "https://github.com/allenai/scifact"
_LICENCE = "claims CC BY 4.0, abstracts ODC-By 1.0"
DEPTH = 100
"""Sentences that the search ranks for a claim."""
OPEN = 3
"""Abstracts that are judged where none is given, as in VeriSci."""
_MEASURES = {"nDCG@10": nDCG @ 10, "recall@10": R @ 10, "MRR": RR}
_SAYS = {"supported": "SUPPORT", "contradicted": "CONTRADICT"}


def measure(data: Path, corpus: Assistant, limit: int | None, progress: Progress | None) -> list[Measured]:
    """Retrieval by three systems, then evidence with and without the abstracts given.

    A limit takes the first claims, the abstracts that they cite and ten others a claim: its figures compare with nobody's.
    """
    claims = rows_of(data / _CLAIMS, limit)
    abstracts = rows_of(data / _CORPUS, None)
    if limit is not None:
        cited = {doc for claim in claims for doc in claim["cited_doc_ids"]}
        abstracts = [row for row in abstracts if row["doc_id"] in cited] + [row for row in abstracts if row["doc_id"] not in cited][
            : 10 * limit
        ]
    assistant = open_abstracts({str(row["doc_id"]): document_of(row) for row in abstracts}, corpus, progress)
    rankings: dict[str, dict[str, list[str]]] = {"pincite": {}, "bm25": {}, "encoder": {}}
    for number, claim in enumerate(claims):
        if progress:
            progress("search", number, len(claims))
        for name, ranking in ranked(assistant, claim["claim"]).items():
            rankings[name][str(claim["id"])] = ranking
    found = [row for name, ranking in rankings.items() for row in _retrieval(name, ranking, claims)]
    for setting in ("given the abstracts", "open"):
        predicted = {}
        for number, claim in enumerate(claims):
            if progress:
                progress(setting, number, len(claims))
            given = [str(doc) for doc in claim["cited_doc_ids"]]
            docs = given if setting != "open" else rankings["pincite"][str(claim["id"])][:OPEN]
            predicted[str(claim["id"])] = evidence_of(assistant, claim["claim"], docs)
        found += _scored(setting, claims, predicted)
    return found


def document_of(row: Mapping[str, Any]) -> Document:
    """An abstract as a document: the title is sentence 1, so sentence i of the abstract (from 0) is number i + 2."""
    id = str(row["doc_id"])
    texts = [row["title"], *row["abstract"]]
    sentences, start = [], 0
    for number, text in enumerate(texts, start=1):
        sentences.append(Sentence(id, number, start, start + len(text), text, paragraph=1 if number == 1 else 2))
        start += len(text) + 1
    text = " ".join(texts)
    source = Source(id=id, title=row["title"], file=f"{id}.txt", sha256=hashlib.sha256(text.encode()).hexdigest(), type="abstract")
    return Document(source, text, (Section("", "body", 0, len(text)),), tuple(sentences))


def open_abstracts(documents: Mapping[str, Document], corpus: Assistant, progress: Progress | None) -> Assistant:
    """An assistant over the abstracts, its index kept in the user's cache folder."""
    embedder = corpus.index.embedder
    digest = hashlib.sha256(embedder.fingerprint.encode())
    for id in sorted(documents):
        digest.update(documents[id].source.sha256.encode())
    folder = Path(platformdirs.user_cache_dir("pincite")) / "benches" / f"scifact-{digest.hexdigest()[:16]}"
    if not folder.is_dir():
        unfinished = folder.with_name(f"{folder.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        write_generation(unfinished, documents, Origins({}, ()), embedder, {}, progress or _silent)
        unfinished.rename(folder)
    return Assistant(Index(read_generation(folder), embedder), corpus.checker)


def ranked(assistant: Assistant, claim: str) -> dict[str, list[str]]:
    """The abstracts by system, best first."""
    fused = assistant.retriever.search(claim, DEPTH)
    vector = assistant.index.embedder.encode([claim])[0]
    return {
        "pincite": _by_abstract([(f.doc, f.score) for f in fused]),
        "bm25": _by_abstract([(doc, score) for doc, _, score in assistant.index.lexical(words(claim), DEPTH)]),
        "encoder": _first_seen([doc for doc, _, _ in assistant.index.dense(vector, DEPTH)]),
    }


def evidence_of(assistant: Assistant, claim: str, docs: Sequence[str]) -> dict[str, Evidence]:
    """What is predicted of each abstract that is judged."""
    predicted = {}
    for doc in docs:
        if doc not in assistant.documents:
            continue
        checked = assistant.check(claim, docs=[doc])
        label = _SAYS.get(checked.verdict)
        places = checked.supporting if label == "SUPPORT" else checked.contradicting
        # The title is no sentence of the abstract.
        chosen = [place.sentence - 2 for place in places if place.sentence > 1]
        if label is not None:
            predicted[doc] = Evidence(label, [chosen])
    return predicted


def gold_of(claim: Mapping[str, Any]) -> dict[str, Evidence]:
    """The gold of a claim as the authors' file has it."""
    return {doc: Evidence(sets[0]["label"], [s["sentences"] for s in sets]) for doc, sets in claim["evidence"].items()}


def _by_abstract(scored: Sequence[tuple[str, float]]) -> list[str]:
    totals: dict[str, float] = {}
    for doc, score in scored:
        totals[doc] = totals.get(doc, 0.0) + score
    return sorted(totals, key=lambda doc: (-round(totals[doc], 9), doc))


def _first_seen(docs: Sequence[str]) -> list[str]:
    # Cosine similarities do not add up: many weak sentences would outweigh the one that says it.
    return list(dict.fromkeys(docs))


def _retrieval(name: str, rankings: Mapping[str, list[str]], claims: Sequence[Mapping[str, Any]]) -> list[Measured]:
    qrels = [ir_measures.Qrel(str(c["id"]), str(doc), 1) for c in claims for doc in c["cited_doc_ids"]]
    run = [ir_measures.ScoredDoc(id, doc, float(-rank)) for id, docs in rankings.items() for rank, doc in enumerate(docs)]
    values: dict[str, dict[str, float]] = {label: {} for label in _MEASURES}
    names = {str(measure): label for label, measure in _MEASURES.items()}
    for id, which, value in ir_measures.iter_calc(list(_MEASURES.values()), qrels, run):
        values[names[str(which)]][id] = float(value)
    return [Measured(f"{name}: {label}", estimate([scores.get(str(c["id"]), 0.0) for c in claims])) for label, scores in values.items()]


def _scored(setting: str, claims: Sequence[Mapping[str, Any]], predicted: Mapping[str, dict[str, Evidence]]) -> list[Measured]:
    counts = np.stack([counts_of(gold_of(claim), predicted[str(claim["id"])]) for claim in claims])
    return [
        Measured(f"{setting}, {name} F1", estimate_of(lambda picks, row=row: f1_of(counts[picks, row].sum(axis=-2)), len(claims)))  # type: ignore[misc]
        for row, name in enumerate(SCORES)
    ]


def _silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


SCIFACT = Bench(
    "scifact",
    "SciFact, 300 development claims over 5,183 abstracts",
    (Needed(_CLAIMS, _FROM, _LICENCE), Needed(_CORPUS, _FROM, _LICENCE)),
    measure,
    (
        Mark("nDCG@10", "0.665", "BM25 over whole abstracts", "Thakur et al. 2021, arXiv:2104.08663 (BEIR)"),
        Mark("nDCG@10", "0.679", "BM25 over title and abstract as fields", "the Pyserini reproductions of BEIR"),
        Mark("nDCG@10", "0.645", "all-MiniLM-L6-v2 over whole abstracts", "the MTEB leaderboard, SciFact"),
    ),
    ("Bootstrap over claims; the F1 scores are over the whole sample at once, as published.",),
)
