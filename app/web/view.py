"""A conversation as HTML. Everything that was typed or quoted is escaped: ``Markup.format`` escapes whatever is not markup itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup
from pincite.ingest.text import Document

from ..answer import NEAREST, about
from ..claims import Answer, Citation, Claim, Found, Searched
from ..compose import count
from ..gate import WITHHELD
from .document import source_line
from .examples import Example
from .marks import mark

Documents = Mapping[str, Document]

ICON = "data:image/svg+xml," + quote(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#185c6b"/>'
    '<path d="M12 9H9v14h3M20 9h3v14h-3" fill="none" stroke="#fff" stroke-width="2.5"/><circle cx="16" cy="16" r="2.5" fill="#fff"/></svg>'
)
"""The page's icon, without a file and without a request."""

SHOWN_OF_QUESTION = 500
"""Characters of a question that are shown back; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it: an answer, a refusal in words, or neither while it is being looked up."""

    question: str
    answer: Answer | None = None
    refused: str | None = None
    ahead: int = 0
    """How many are before it in the line."""


def thread(turns: Sequence[Turn], documents: Documents, year: int) -> Markup:
    """All turns, oldest first. ``year`` is the present one, for the age of the evidence."""
    return Markup("\n").join(_turn(number, turn, documents, year) for number, turn in enumerate(turns, start=1))


def welcome(documents: Documents, examples: Sequence[Example]) -> Markup:
    """The empty page: what it answers from, in one line, and what the example questions are there for."""
    first = next(iter(documents.values())).source
    what = ", ".join(str(fact) for fact in (first.type, first.year) if fact)
    more = f" and {len(documents) - 1} more" if len(documents) > 1 else ""
    lines = [
        Markup('<p class="pc-scope">Answers only from: <cite>{}</cite>{}{}.</p>').format(first.title, f" ({what})" if what else "", more)
    ]
    if examples:
        hint = " One of these is not in it, and the answer will say so." if any(example.declines for example in examples) else ""
        lines.append(Markup('<p class="pc-hint">Ask your own question below, or start with one of these.{}</p>').format(hint))
    return Markup("").join(lines)


def foot(searched: Searched | None, total: Searched) -> Markup:
    """The line that is always in view."""
    looked = "Searched" if searched else "Searches"
    of = searched or total
    return Markup("<p>{} {}, {}. <strong>Not medical advice.</strong></p>").format(
        looked, count(of.documents, "document"), count(of.sentences, "sentence")
    )


def _turn(number: int, turn: Turn, documents: Documents, year: int) -> Markup:
    status: str
    if turn.answer is not None:
        status, body = turn.answer.status, _answer(turn.answer, documents, year)
    elif turn.refused is not None:
        status, body = "refused", Markup('<p class="pc-headline">{}</p><p class="pc-verdict">{}</p>').format(turn.refused, mark("refused"))
    else:
        waiting = f"{count(turn.ahead, 'question')} before yours…" if turn.ahead else "Searching…"
        status, body = "searching", Markup('<p class="pc-searching">{}</p>').format(waiting)
    return Markup(
        '<article class="pc-turn" data-turn="{}" data-status="{}" tabindex="-1" aria-label="Question {}">'
        '<h2 class="pc-question"><span class="pc-unseen">You asked: </span>{}</h2>{}</article>'
    ).format(number, status, number, _clipped(turn.question), body)


def _clipped(question: str) -> str:
    text = " ".join(question.split())
    if not text:
        return "(nothing)"
    return text if len(text) <= SHOWN_OF_QUESTION else f"{text[:SHOWN_OF_QUESTION]}… ({len(question):,} characters)"


def _answer(answer: Answer, documents: Documents, year: int) -> Markup:
    verdict = answer.stance or (answer.status if answer.status != "answered" else None)
    numbers = {c.n: c for c in answer.citations}
    parts = [
        _notices(answer, documents),
        _understood(answer),
        Markup('<p class="pc-headline">{}</p>').format(answer.headline),
        Markup('<p class="pc-verdict">{}</p>').format(mark(verdict)) if verdict else "",
        *(_statement(claim, numbers) for claim in answer.claims if not _is_quote(claim, numbers)),
        Markup('<ol class="pc-evidence">{}</ol>').format(_joined(_evidence(c, documents) for c in answer.citations))
        if answer.citations
        else "",
        _sources(answer, documents, year),
        _found(answer, documents),
        _withheld(answer),
    ]
    return _joined(parts)


def _notices(answer: Answer, documents: Documents) -> Markup:
    """What must be said first. What a document is and how old has its own line, below the evidence."""
    said_below = {about(document) for document in documents.values()}
    items = [Markup("<li>{}</li>").format(n) for n in answer.notices if n not in said_below and not n.startswith(WITHHELD)]
    return Markup('<ul class="pc-notices">{}</ul>').format(_joined(items)) if items else Markup("")


def _withheld(answer: Answer) -> Markup:
    """What a language model said and may not say, and why: never among the evidence."""
    lines = [notice for notice in answer.notices if notice.startswith(WITHHELD)]
    if not lines:
        return Markup("")
    items = _joined(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup(
        '<details class="pc-found"><summary>Withheld from the model\'s reply, and why ({})</summary><ul>{}</ul></details>'
    ).format(len(lines), items)


def _understood(answer: Answer) -> Markup:
    """How a follow-up was read: the reader must see what is being answered."""
    if answer.resolved is None or _same(answer.resolved, answer.question):
        return Markup("")
    return Markup('<p class="pc-understood">Understood as: <q>{}</q></p>').format(_clipped(answer.resolved))


def _same(one: str, other: str) -> bool:
    return one.casefold().strip(" ?!.") == " ".join(other.split()).casefold().strip(" ?!.")


def _is_quote(claim: Claim, numbers: Mapping[int, Citation]) -> bool:
    """Whether the claim is a cited sentence and nothing more: the list of evidence shows it then."""
    return claim.verdict == "supported" and any(n in numbers and numbers[n].quote == claim.text for n in claim.citations)


def _statement(claim: Claim, numbers: Mapping[int, Citation]) -> Markup:
    buttons = _joined(_button(numbers[n]) for n in claim.citations if n in numbers)
    return Markup('<p class="pc-statement">{} {} {}</p>').format(claim.text, buttons, mark(claim.verdict))


def _button(citation: Citation) -> Markup:
    return Markup(
        '<button type="button" class="pc-cite" data-n="{n}" data-doc="{doc}" data-sentence="{sentence}"'
        ' aria-label="Citation {n}: {doc}, sentence {sentence}">{n}</button>'
    ).format(n=citation.n, doc=citation.doc, sentence=citation.sentence)


def _evidence(citation: Citation, documents: Documents) -> Markup:
    stance = mark(citation.stance) if citation.stance else ""
    return Markup('<li>{}<div><blockquote>{}</blockquote><p class="pc-place">{}<span>{}</span></p></div></li>').format(
        _button(citation), citation.quote, stance, _place(citation.doc, citation.sentence, documents)
    )


def _sources(answer: Answer, documents: Documents, year: int) -> Markup:
    """What the cited documents are and how old, a line each."""
    cited = [documents[doc] for doc in dict.fromkeys(c.doc for c in answer.citations) if doc in documents]
    return _joined(Markup('<p class="pc-source">{}</p>').format(source_line(document, year)) for document in cited)


def _found(answer: Answer, documents: Documents) -> Markup:
    """What the search brought up and the answer does not use. Where nothing answers, the nearest stand in the open with what they lack."""
    found = [f for f in answer.retrieved if f.doc in documents and 1 <= f.sentence <= len(documents[f.doc].sentences)]
    nearest = Markup("")
    if answer.status == "no_evidence":
        shown, found = found[:NEAREST], found[NEAREST:]
        looked = f"Searched {count(answer.searched.documents, 'document')}, {count(answer.searched.sentences, 'sentence')}."
        heading = Markup('<p class="pc-nearest">{}{}</p>').format(looked, " The nearest sentences, and what they lack:" if shown else "")
        nearest = heading + _listed(shown, documents)
    if not found:
        return nearest
    details = Markup('<details class="pc-found"><summary>Found, not used ({})</summary>{}</details>')
    return nearest + details.format(len(found), _listed(found, documents))


def _listed(found: Sequence[Found], documents: Documents) -> Markup:
    items = []
    for f in found:
        lacks = Markup(' <span class="pc-lacks">Lacks: {}.</span>').format(f.lacks) if f.lacks else ""
        button = Markup(
            '<button type="button" class="pc-goto" data-doc="{}" data-sentence="{}" aria-label="Show {}, sentence {}">{}</button>'
        ).format(f.doc, f.sentence, f.doc, f.sentence, _place(f.doc, f.sentence, documents))
        items.append(Markup("<li>{}<span>{}</span>{}</li>").format(button, documents[f.doc].sentence(f.sentence).text, lacks))
    return Markup('<ul class="pc-listed">{}</ul>').format(_joined(items)) if items else Markup("")


def _place(doc: str, sentence: int, documents: Documents) -> str:
    return f"sentence {sentence}" if len(documents) == 1 else f"{doc}, sentence {sentence}"


def _joined(parts: Iterable[Markup | str]) -> Markup:
    return Markup("").join(parts)


def header() -> Markup:
    """The top of the page, with the line that a screen reader hears when an answer comes."""
    return Markup(
        '<div class="pc-brand"><svg viewBox="0 0 24 24" aria-hidden="true">'
        '<path d="M8 4H4v16h4M16 4h4v16h-4"/><circle cx="12" cy="12" r="2.75"/></svg>'
        '<h1>Pincite</h1><p class="pc-tagline">a citation to the exact place</p>'
        '<div class="pc-tabs" role="group" aria-label="What to do"><button type="button" data-show="ask" aria-pressed="true">Ask</button>'
        '<button type="button" data-show="check" aria-pressed="false">Check<span> a draft</span></button></div>'
        '<button type="button" class="pc-open" data-open>Document</button></div>'
        '<p class="pc-unseen" id="pc-said" role="status" aria-live="polite"></p>'
    )


def sentence(message: str) -> str:
    """An error's message as a sentence."""
    return f"{message[:1].upper()}{message[1:]}{'' if message.endswith(('.', '?', '!', ')')) else '.'}"
