"""A document as HTML: its whole text in order, every sentence an element of its own that a citation can point at.

Nothing here marks a sentence; the page's script does, from the citations of the answer that is looked at. Everything that comes from a
document is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from markupsafe import Markup
from pincite.ingest.text import Document, Section, Sentence

NOT_EVIDENCE = "Not evidence: kept for reading on, never searched and never cited."


def source_line(document: Document, year: int) -> str:
    """What a document is and how old, in plain text: ``urits-2021 · news summary of a review · 2021, 5 years old``.

    Args:
        document: the document.
        year: the present year.
    """
    source = document.source
    return " · ".join([source.id, source.type or "document", dated(source.year, year)])


def dated(published: int | None, year: int) -> str:
    """A year with its age: ``2021, 5 years old``; ``year not recorded`` where there is none."""
    if published is None:
        return "year not recorded"
    age = year - published
    return f"{published}, {age} year{'' if age == 1 else 's'} old" if age > 0 else str(published)


def pane(documents: Mapping[str, Document], year: int) -> Markup:
    """The document pane: a bar with previous and next citation, the first document, and the keys. ``documents`` must not be empty."""
    first = next(iter(documents.values()))
    return Markup(
        '<div class="pc-bar">{choice}'
        '<div class="pc-steps" role="group" aria-label="Citations in this answer">'
        '<button type="button" data-step="-1" aria-keyshortcuts="k" disabled>Previous</button>'
        '<span class="pc-position">No citation yet</span>'
        '<button type="button" data-step="1" aria-keyshortcuts="j" disabled>Next</button></div>'
        '<button type="button" class="pc-close" data-close>Close</button></div>'
        '<div class="pc-text" tabindex="0" role="region" aria-label="Text of the document">{text}</div>'
        '<p class="pc-keys">Keys, here and on a citation: <kbd>j</kbd> next citation, <kbd>k</kbd> previous.</p>'
    ).format(choice=_choice(documents), text=document_html(first, year))


def document_html(document: Document, year: int) -> Markup:
    """The document: what it is, then its whole text. White space apart, the text inside ``.pc-body`` is ``document.text``."""
    source = document.source
    # A summary's record may carry the identifier of what it summarises: that is no identifier of this text.
    doi = source.doi if source.doi and source.doi not in (source.summarises or "") else None
    facts = [", ".join(source.authors), source.journal, doi and f"doi:{doi}"]
    named = " · ".join(fact for fact in facts if fact)
    return Markup(
        '<article class="pc-document" data-doc="{}"><header><h2>{}</h2><p>{}</p>{}{}</header><div class="pc-body">\n{}\n</div></article>'
    ).format(
        source.id,
        source.title,
        source_line(document, year),
        Markup("<p>{}</p>").format(named) if named else "",
        Markup("<p>It summarises: {}</p>").format(source.summarises) if source.summarises else "",
        Markup("\n").join(_text(document)),
    )


def _choice(documents: Mapping[str, Document]) -> Markup:
    if len(documents) == 1:
        return Markup('<span class="pc-bar-title">Document</span>')
    options = Markup("").join(Markup('<option value="{}">{}: {}</option>').format(d.id, d.id, d.source.title) for d in documents.values())
    return Markup('<select class="pc-choice" aria-label="Document">{}</select>').format(options)


def _text(document: Document) -> Iterator[Markup]:
    """Every stretch of the text in order: sections, and whatever stands between them."""
    position = 0
    for section in sorted(document.sections, key=lambda s: s.start):
        yield from _plain(document.text[position : section.start])
        if section.kind == "body":
            yield from _body(document, section)
        elif section.kind == "references":
            heading, rest = _split_heading(document.text[section.start : section.end], section.title)
            label = Markup('<p class="pc-label">{}</p>').format(NOT_EVIDENCE)
            yield Markup('<section class="pc-references">{}\n{}\n{}</section>').format(
                _heading(heading), label, Markup("\n").join(_plain(rest))
            )
        else:
            own = document.text[section.start : section.end]
            # Above the text stands the record's title; the same words once more are there, and not shown.
            again = Markup(" hidden") if own.split() == document.source.title.split() else ""
            yield Markup('<p class="pc-own-title"{}>{}</p>').format(again, own)
        position = max(position, section.end)
    yield from _plain(document.text[position:])


def _body(document: Document, section: Section) -> Iterator[Markup]:
    sentences = [s for s in document.sentences if section.start <= s.start < section.end]
    first = sentences[0].start if sentences else section.end
    heading, rest = _split_heading(document.text[section.start : first], section.title)
    if heading:
        yield _heading(heading)
    yield from _plain(rest)
    position = first
    for _, group in groupby(sentences, key=lambda s: s.paragraph):
        paragraph = list(group)
        yield from _plain(document.text[position : paragraph[0].start])
        yield Markup("<p>{}</p>").format(_paragraph(document, paragraph))
        position = paragraph[-1].end
    yield from _plain(document.text[position : section.end])


def _paragraph(document: Document, sentences: list[Sentence]) -> Markup:
    parts: list[Markup | str] = []
    position = sentences[0].start
    for sentence in sentences:
        parts.append(document.text[position : sentence.start])
        parts.append(Markup('<span class="pc-sentence" data-sentence="{}">{}</span>').format(sentence.number, sentence.text))
        position = sentence.end
    return Markup("").join(parts)


def _split_heading(text: str, title: str) -> tuple[str, str]:
    """A section's own heading, as it is written, and the text after it."""
    words = title.split()
    found = re.match(r"\s*" + r"\s+".join(map(re.escape, words)) + r"[ \t]*:?", text) if words else None
    return (found.group().strip(), text[found.end() :]) if found else ("", text)


def _heading(text: str) -> Markup:
    return Markup("<h3>{}</h3>").format(text) if text else Markup("")


def _plain(text: str) -> Iterator[Markup]:
    """Text that no sentence covers, a paragraph a line."""
    for line in text.splitlines():
        if line.strip():
            yield Markup("<p>{}</p>").format(line.strip())
