"""What a run of the program works on, as the user named it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Which corpus, which index, which documents, which encoder. Everything unset means: what ships with Pincite.

    Attributes:
        corpus: a folder of documents (or one file) to answer from; None is the corpus that ships.
        index: an index folder that the user named, never rebuilt unasked; None is a folder in the user's cache.
        docs: ids of the only documents to answer from; empty means all.
        encoder: name or path of a sentence-transformers model; None is the packaged all-MiniLM-L6-v2.
    """

    corpus: Path | None = None
    index: Path | None = None
    docs: tuple[str, ...] = ()
    encoder: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings of ``PINCITE_CORPUS``, ``PINCITE_INDEX``, ``PINCITE_DOC`` (ids, separated by commas) and ``PINCITE_ENCODER``.

        An empty variable counts as unset.
        """
        values = os.environ if environment is None else environment
        corpus, index = values.get("PINCITE_CORPUS"), values.get("PINCITE_INDEX")
        return cls(
            corpus=Path(corpus) if corpus else None,
            index=Path(index) if index else None,
            docs=tuple(doc.strip() for doc in values.get("PINCITE_DOC", "").split(",") if doc.strip()),
            encoder=values.get("PINCITE_ENCODER") or None,
        )
