"""A checked draft as one HTML file: the draft with its claims marked, and beside it what was found.

It opens offline and asks nothing of anyone. It reads without its script, which adds the keys and the filter. Its policy lets a browser run
that script alone, by its hash; everything from the draft or from a document is escaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources

from markupsafe import Markup
from pincite.app.claims import Checked, Place
from pincite.app.compose import count
from pincite.app.render import DISCLAIMER
from pincite.app.web.marks import mark
from pincite.app.web.view import ICON
from pincite.ingest.text import Document

from .blocks import ReadDraft
from .findings import DraftReport, Suggestion
from .listing import Item, Kind, counts, headline, items, unquoted, words_between
from .marked import marked, shown

Documents = Mapping[str, Document]
_LONGEST_CLAIM = 600
"""Characters of a claim that are shown again beside its evidence; in the draft it is whole."""

_SHORT = 60
"""Characters of a citation that says little by itself."""


def report_html(report: DraftReport, documents: Documents | None = None, draft: ReadDraft | None = None) -> str:
    """The page.

    Args:
        report: what was found.
        documents: the corpus, for the titles of documents and what stands before a quoted sentence; without it ids are all that is said.
        draft: what was read, for its headings, lists and paragraphs; without it every line is shown as a paragraph.
    """
    listed, documents = items(report), documents or {}
    style, script = _asset("report.css"), _asset("report.js")
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; base-uri 'none'; form-action 'none'"
    page = Markup(_asset("report.html")).format(
        policy=policy,
        icon=Markup(ICON),
        style=Markup(style),
        script=Markup(script),
        name=shown(report.name),
        headline=headline(listed),
        counts=_counts(listed, "claim", "Claims") + _counts(listed, "citation", "Citations and quotations"),
        notices=_joined(Markup("<li>{}</li>").format(shown(notice)) for notice in report.notices),
        steps=_steps(listed),
        kind=draft.kind if draft else "docx",
        text=marked(report.text, listed, draft.blocks if draft else ()),
        cards=_joined(_card(item, documents) for item in listed),
        made=_made(report),
    )
    return str(page)


@cache
def _asset(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def _counts(listed: Sequence[Item], kind: Kind, label: str) -> Markup:
    found = counts(listed, kind)
    if not found:
        return Markup("")
    each = _joined(Markup("<li><b>{}</b> {}</li>").format(number, mark(name)) for name, number in found.items())
    return Markup('<div class="counted"><h2>{}</h2><ul>{}</ul></div>').format(label, each)


def _steps(listed: Sequence[Item]) -> Markup:
    """The buttons of the filter: what needs a look, what was accepted, everything."""
    groups = (
        ("open", "Needs a look", sum(item.open for item in listed)),
        ("accepted", "Accepted", sum(item.accepted is not None for item in listed)),
        ("all", "Everything", len(listed)),
    )
    return _joined(
        Markup('<button type="button" data-filter="{}" aria-pressed="false">{} <b>{}</b></button>').format(name, label, number)
        for name, label, number in groups
        if number
    )


def _card(item: Item, documents: Documents) -> Markup:
    group = "open" if item.open else "accepted" if item.accepted is not None else "settled"
    claimed, quoted = [r.claim for r in item.reasons], [r.source for r in item.reasons]
    back = (
        Markup('<a class="back" href="#d{n}" aria-label="{n}: show it in the draft">{n}</a>').format(n=item.n)
        if item.end > item.start
        else Markup('<span class="back">{}</span>').format(item.n)
    )
    return Markup(
        '<li class="card" id="e{n}" data-n="{n}" data-name="{name}" data-group="{group}" tabindex="-1">'
        '<h3>{back}{mark}{accepted}</h3><blockquote class="claim" dir="auto">{claim}</blockquote>{why}{body}</li>'
    ).format(
        n=item.n,
        name=item.name,
        group=group,
        back=back,
        mark=mark(item.name),
        accepted=mark("accepted") if item.accepted is not None else "",
        claim=_pointed(_short(item.text), claimed),
        why=_joined(
            [
                Markup('<p class="accepted">Accepted: {}</p>').format(shown(item.accepted)) if item.accepted is not None else "",
                Markup('<p class="why">{}</p>').format(shown(item.meaning)),
                _beside(item),
                _reasons(item),
            ]
        ),
        body=_joined(
            [*(_quote(p, documents, quoted) for p in item.evidence), _searched(item, documents, quoted), _citation(item, documents)]
        ),
    )


def _beside(item: Item) -> Markup:
    """The claim that a citation stands with: a mark alone says little."""
    if item.beside is None or len(item.text) > _SHORT:
        return Markup("")
    return Markup('<p class="beside" dir="auto">It stands with: “{}”</p>').format(shown(_short(item.beside)))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_CLAIM else f"{text[: _LONGEST_CLAIM - 1]}…"


def _reasons(item: Item) -> Markup:
    if not item.reasons:
        return Markup("")
    rows = _joined(
        Markup('<tr><th scope="row">{}</th><td dir="auto">{}</td><td dir="auto">{}</td></tr>').format(
            reason.kind.replace("_", " "),
            shown(unquoted(reason.claim)) or Markup("<i>nothing</i>"),
            shown(unquoted(reason.source)) or Markup("<i>nothing</i>"),
        )
        for reason in item.reasons
    )
    head = '<thead><tr><td></td><th scope="col">in the draft</th><th scope="col">in the source</th></tr></thead>'
    return Markup('<table class="reasons">{}<tbody>{}</tbody></table>').format(Markup(head), rows)


def _quote(place: Place | Suggestion, documents: Documents, pointed: Sequence[str] = (), lacks: str | None = None) -> Markup:
    """A sentence of a document, softly preceded by the one before it in its paragraph, which it may lean on."""
    document = documents.get(place.doc) if place.doc else None
    before = Markup("")
    if document is not None and 1 < place.sentence <= len(document.sentences):
        previous, this = document.sentence(place.sentence - 1), document.sentence(place.sentence)
        if previous.paragraph == this.paragraph:
            before = Markup('<span class="before">{} </span>').format(shown(previous.text))
    where = f"{place.doc}, sentence {place.sentence}" if place.doc else f"sentence {place.sentence}"
    title = Markup('<span class="title">{}</span>').format(shown(document.source.title)) if document is not None else ""
    return Markup('<figure><blockquote dir="auto">{}{}</blockquote><figcaption><cite>{}</cite>{}{}</figcaption></figure>').format(
        before,
        _pointed(place.quote, pointed),
        shown(where),
        title,
        Markup('<span class="lacks">Lacks: {}.</span>').format(shown(lacks)) if lacks else "",
    )


def _searched(item: Item, documents: Documents, pointed: Sequence[str]) -> Markup:
    if not isinstance(item.subject, Checked) or not (item.nearest or item.name == "not_found"):
        return Markup("")
    looked = item.subject.searched
    nearest = " The nearest sentences:" if item.nearest else ""
    said = f"Searched {count(looked.documents, 'document')}, {count(looked.sentences, 'sentence')}.{nearest}"
    places = _joined(_quote(place, documents, pointed, place.lacks) for place in item.nearest)
    return Markup('<p class="searched">{}</p>{}').format(said, places)


def _citation(item: Item, documents: Documents) -> Markup:
    """For a citation or a quotation: what it should have said, word by word, and the sentence to point to."""
    if isinstance(item.subject, Checked):
        return Markup("")
    difference = item.subject.difference
    if item.name == "altered" and item.suggested:
        tags = {"same": "{} ", "draft": "<del>{}</del> ", "source": "<ins>{}</ins> "}
        words = _joined(Markup(tags[side]).format(shown(words)) for side, words in words_between(item.text, item.suggested.quote))
        said = Markup(
            '<p class="words" dir="auto">{}</p><p class="legend"><del>in the draft alone</del> <ins>in the source alone</ins></p>'
        ).format(words)
    else:
        said = Markup('<p class="words" dir="auto">{}</p>').format(shown(difference)) if difference else Markup("")
    return said + (_quote(item.suggested, documents) if item.suggested else Markup(""))


def _pointed(text: str, pointed: Sequence[str]) -> Markup:
    """A text with the words that differ made to stand out: the first place of each."""
    spans: list[tuple[int, int]] = []
    for words in dict.fromkeys(words for words in pointed if words):
        at = text.find(words)
        if at >= 0 and not any(start < at + len(words) and at < end for start, end in spans):
            spans.append((at, at + len(words)))
    parts: list[Markup | str] = []
    position = 0
    for start, end in sorted(spans):
        parts += [shown(text[position:start]), Markup("<b>{}</b>").format(shown(text[start:end]))]
        position = end
    return _joined([*parts, shown(text[position:])])


def _made(report: DraftReport) -> Markup:
    named = {"version": "Pincite", "corpus": "corpus", "encoder": "encoder", "checker": "checker", "model": "language model"}
    by = " · ".join(f"{named[key]} {value}" for key, value in report.provenance.as_json().items() if value)
    return Markup("<p><strong>{}</strong> What is not found may still be true: only these documents were searched.</p><p>{}</p>").format(
        DISCLAIMER, shown(by)
    )


def _joined(parts: Iterable[Markup | str]) -> Markup:
    return Markup("").join(parts)
