"""The index: what was ingested, ready to be searched; and the rules by which one is opened, made or refused."""

from __future__ import annotations

import hashlib
import shlex
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import platformdirs
from numpy.typing import NDArray

from . import generations
from .corpora import SHIPPED, Scan, scan, shipped
from .embed import Embedder, load_embedder
from .errors import IndexCorrupt, IndexMissing, IndexStale, IndexUnusable, UsageError
from .lexical import surface_words
from .manifest import Manifest, current_recipe
from .pipeline import DAMAGE, IngestReport, can_be_searched, is_fresh, made_alike, update
from .settings import Settings
from .stored import Progress, Stored, in_memory, read_generation, silent
from .text import Document
from .vectors import VectorStore

EXACT = 20_000
"""Up to so many chunks all vectors are compared one by one (1 ms for a thousand); above, Chroma proposes candidates."""
_CANDIDATES = 10
"""Chroma's search is approximate: so many times more candidates than asked for are scored exactly."""

FoundAt = tuple[str, int, float]
"""Document id, sentence number, score."""


class Index:
    """An open index. Safe to share between threads that only search."""

    def __init__(self, stored: Stored, embedder: Embedder, notices: Sequence[str] = ()) -> None:
        self.manifest: Manifest = stored.manifest
        self.documents: Mapping[str, Document] = stored.documents
        self.embedder = embedder
        self.notices = tuple(notices)
        """What was said when the index was opened (made anew, and why)."""
        self._stored = stored
        self._store: VectorStore | None = None

    def dense(self, vector: NDArray[np.float32], k: int, docs: Sequence[str] = ()) -> list[FoundAt]:
        """The ``k`` sentences nearest to a vector.

        Args:
            vector: float32, shape (dimension,), unit length.
            k: how many.
            docs: only these documents; empty is all.

        Returns:
            (document, sentence, cosine similarity rounded to 6), best first, ties by (document, sentence).
        """
        positions = np.flatnonzero(self._allowed(docs)) if docs else np.arange(len(self._stored.chunks))
        store = self._stored.folder / "chroma" if self._stored.folder is not None else None
        # The folder is gone where another process has replaced the index meanwhile: then all vectors are compared, which takes longer.
        if len(positions) > EXACT and store is not None and store.exists():
            positions = np.asarray(self._candidates(store, vector, k, docs), dtype=np.int64)
        # In double precision and rounded, so that no order hangs on how a sum was split.
        scores = np.round(self._stored.vectors[positions].astype(np.float64) @ vector.astype(np.float64), 6)
        best = np.lexsort((positions, -scores))[: max(k, 0)]
        return [self._at(int(positions[i]), float(scores[i])) for i in best]

    def lexical(self, terms: Sequence[str], k: int, docs: Sequence[str] = ()) -> list[FoundAt]:
        """The ``k`` best sentences for these terms by BM25; ``terms`` are what ``pincite.ingest.lexical.words`` makes of a text.

        Returns:
            (document, sentence, score rounded to 6), best first, ties by (document, sentence); those without any of the terms are left out.
        """
        found = self._stored.lexical.search(terms, max(k, 0), self._allowed(docs) if docs else None)
        return [self._at(position, score) for position, score in found]

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """The lower-case words of all sentences, with the number of sentences that have each."""
        counts: dict[str, int] = {}
        for document in filter(_is_evidence, self.documents.values()):
            for sentence in document.sentences:
                for word in set(surface_words(sentence.text)):
                    counts[word] = counts.get(word, 0) + 1
        return dict(sorted(counts.items()))

    def searched(self, docs: Sequence[str] = ()) -> tuple[int, int]:
        """How many documents and how many sentences a search over ``docs`` (empty: all) looks through: the retracted ones never."""
        chosen = list(filter(_is_evidence, map(self.documents.__getitem__, dict.fromkeys(docs)) if docs else self.documents.values()))
        return len(chosen), sum(len(document.sentences) for document in chosen)

    def _candidates(self, folder: Path, vector: NDArray[np.float32], k: int, docs: Sequence[str]) -> list[int]:
        try:
            if self._store is None:
                self._store = VectorStore(folder)
            return sorted(self._store.near(vector, max(k * _CANDIDATES, 200), docs))
        except Exception as error:  # Chroma has its own kinds
            raise IndexCorrupt(f"The vectors of the index cannot be searched: {error}") from error

    @cached_property
    def _doc_of(self) -> NDArray[np.str_]:
        return np.asarray([chunk.doc for chunk in self._stored.chunks], dtype=np.str_)

    def _allowed(self, docs: Sequence[str]) -> NDArray[np.bool_]:
        return np.isin(self._doc_of, np.asarray(docs, dtype=np.str_))

    def _at(self, position: int, score: float) -> FoundAt:
        chunk = self._stored.chunks[position]
        return chunk.doc, chunk.last, score


def _is_evidence(document: Document) -> bool:
    return not document.source.retracted


def build_index(documents: Iterable[Document], embedder: Embedder, progress: Progress | None = None) -> Index:
    """An index in memory alone, over documents that come from elsewhere than files."""
    return Index(in_memory({document.id: document for document in documents}, embedder, progress or silent), embedder)


def open_index(settings: Settings | None = None, progress: Progress | None = None) -> Index:
    """Open the index that the settings mean, making it where that is Pincite's to do.

    Without a named index, one is kept in the user's cache folder, made on first use and made again, with a notice, when the corpus or the
    encoder changed or it is damaged; where that folder cannot be written, it is made in a temporary folder, with a notice.
    A named index is opened as it is or refused, with the command that makes it again.

    Args:
        settings: None for what ships with Pincite.
        progress: told of the steps of making it.

    Raises:
        IndexMissing, IndexStale, IndexCorrupt, IndexUnusable: the index cannot be used as it is.
        UsageError: the corpus holds nothing that can be read.
        EncoderError: the encoder is absent, or not the one it should be.
    """
    settings = settings or Settings()
    if settings.index is not None:
        return _open_named(settings.index, settings)
    return _open_kept(settings, progress or silent)


def ingest_paths(settings: Settings, paths: Sequence[Path] = (), progress: Progress | None = None) -> IngestReport:
    """Build or update the index that the settings mean from files and folders; without any, from its corpus.

    Raises:
        UsageError: none of what was given can be used; nothing was changed.
        IndexUnusable: the index cannot be written; what was there stays.
        EncoderError: the encoder is absent, or not the one it should be.
    """
    folder = settings.index or kept_folder(settings)
    found = scan(paths, leave_out=folder) if paths else _corpus(settings)
    report = update(folder, found, load_embedder(settings.encoder), progress or silent)
    if not (report.added or report.unchanged or report.updated or report.same or report.written):
        raise UsageError(f"Nothing was ingested: {_reasons(report)}")
    return report


def kept_folder(settings: Settings) -> Path:
    """Where the index is kept that the user did not name: one folder a corpus, in the user's cache."""
    name = "shipped"
    if settings.corpus is not None:
        name = hashlib.sha256(str(settings.corpus.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Path(platformdirs.user_cache_dir("pincite", appauthor=False)) / "indexes" / name


def _corpus(settings: Settings) -> Scan:
    return shipped() if settings.corpus is None else scan([settings.corpus])


def _load(folder: Path) -> Stored | None:
    """Read the current generation; once more where another process replaced it meanwhile."""
    while True:
        generation = generations.current(folder)
        if generation is None:
            return None
        try:
            return read_generation(generation)
        except DAMAGE:
            if generations.current(folder) == generation:
                raise


def _open_named(folder: Path, settings: Settings) -> Index:
    if folder.exists() and not folder.is_dir():
        raise IndexUnusable(f"{folder} is a file, and an index is a folder: name another with --index")
    try:
        stored = _load(folder)
    except DAMAGE as error:
        raise IndexCorrupt(f"The index {folder} is damaged ({error}). Make it again: {_command(folder, settings)}") from error
    if stored is None:
        raise IndexMissing(f"There is no index at {folder}. Make one: {_command(folder, settings)}")
    manifest = stored.manifest
    command = _command(folder, settings, [root for root in manifest.roots if root != SHIPPED])
    embedder = load_embedder(settings.encoder)
    if not can_be_searched(manifest, embedder):
        raise IndexStale(
            f"The index {folder} was made with the encoder {manifest.encoder} ({manifest.fingerprint}, recipe {manifest.recipe}), not with"
            f" {embedder.name} ({embedder.fingerprint}, recipe {current_recipe()}). Make it again: {command}"
        )
    if settings.corpus is not None and not is_fresh(stored, scan([settings.corpus])):
        command = _command(folder, settings, [str(settings.corpus)])
        raise IndexStale(f"The index {folder} was not made from {settings.corpus} as it is now. Make it again: {command}")
    return Index(stored, embedder)


def _command(folder: Path, settings: Settings, paths: Sequence[str] = ("PATH",)) -> str:
    """The command that makes a named index again."""
    words = ["pincite", "ingest", "--index", str(folder), *(["--encoder", settings.encoder] if settings.encoder else []), *paths]
    return shlex.join(words)


def _open_kept(settings: Settings, progress: Progress) -> Index:
    folder, found, embedder = kept_folder(settings), _corpus(settings), load_embedder(settings.encoder)
    try:
        stored = _load(folder)
        if stored is not None and made_alike(stored.manifest, embedder) and is_fresh(stored, found):
            return Index(stored, embedder)
        known = stored is not None
    except DAMAGE:
        known = False  # update says so
    try:
        report = update(folder, found, embedder, progress)
        notices = list(report.notices)
        place = folder
    except IndexUnusable as error:
        place = _temporary_folder()
        report = update(place, found, embedder, progress)
        notices = [f"{error}. Until then it is made anew in a temporary folder each time."]
        known = False
    if known and (report.added or report.updated or report.removed):
        notices.append(f"The corpus changed, so its index was made again: {_changes(report)}.")
    if settings.corpus is not None:
        notices.extend(f"Not read: {error}" for error in report.refused)
    try:
        stored = _load(place)
    except DAMAGE as error:
        raise IndexCorrupt(f"The index {place} is damaged ({error}). Remove that folder; it is made again on the next use.") from error
    if stored is None or not stored.documents:
        raise UsageError(f"There is nothing to answer from in {settings.corpus or 'the corpus that ships'}: {_reasons(report)}")
    return Index(stored, embedder, notices)


def _temporary_folder() -> Path:
    try:
        holder = tempfile.TemporaryDirectory(prefix="pincite-", ignore_cleanup_errors=True)
    except OSError as error:
        raise IndexUnusable(f"There is no folder that an index can be written to: {error}. Name one with --index PATH") from error
    _HOLDERS.append(holder)
    return Path(holder.name)


_HOLDERS: list[tempfile.TemporaryDirectory[str]] = []
"""Temporary folders of this process; removed when it ends."""


def _changes(report: IngestReport) -> str:
    kinds = (("added", report.added), ("changed", report.updated), ("removed", report.removed))
    return "; ".join(f"{kind}: {', '.join(ids)}" for kind, ids in kinds if ids)


def _reasons(report: IngestReport) -> str:
    return "; ".join(str(error) for error in report.refused) or "no file was found"
