"""A text that a question brings along: a document of its own, apart from the corpus."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from pincite.ingest.errors import SourceError
from pincite.ingest.sources import read_source
from pincite.ingest.text import Document, Section, Sentence, Source

_TYPE = "passage of a question set"


@dataclass(frozen=True, slots=True)
class Passage:
    """A document of a set. Passages of one content are equal, whoever brought them, so an index serves all their questions."""

    id: str
    document: Document = field(repr=False, compare=False)

    @classmethod
    def of(cls, sentences: tuple[str, ...]) -> Passage:
        """The passage that these sentences make, a space between them; its id comes from its content."""
        text = " ".join(sentences)
        id = "passage-" + hashlib.sha256("\n".join(sentences).encode()).hexdigest()[:12]
        placed: list[Sentence] = []
        start = 0
        for number, sentence in enumerate(sentences, start=1):
            placed.append(Sentence(id, number, start, start + len(sentence), sentence, paragraph=1))
            start += len(sentence) + 1
        source = Source(id=id, title=id, file=f"{id}.txt", sha256=hashlib.sha256(text.encode()).hexdigest(), type=_TYPE)
        return cls(id, Document(source, text, (Section("", "body", 0, len(text)),), tuple(placed)))


def read_passage(folder: Path, name: str) -> Passage:
    """The text file ``name`` + ``.txt`` of the folder, read as a corpus file is; the passage's id is its name.

    Raises:
        ValueError: the file is outside the folder, or cannot be read or used.
    """
    path = folder / f"{name}.txt"
    # By name, not by where links lead: an installed package may be made of links.
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise ValueError(f'the passage "{name}" is outside {folder}')
    try:
        return Passage(name, read_source(path, Source(id=name, title=name, file=path.name, sha256="", type=_TYPE)))
    except SourceError as error:
        raise ValueError(f'the passage "{name}" cannot be used: {error}') from None
