"""The page in Gradio: which part is where, and what happens on which event. With ``check_tab``, the only module that imports Gradio."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import date
from functools import partial
from importlib import resources
from importlib.util import find_spec
from typing import Any

import fastapi
from pincite.ingest.errors import PinciteError, UsageError
from pincite.ingest.text import Document
from starlette.routing import Mount

from ..answer import Assistant, failed
from ..claims import Searched
from . import view
from .api import Api
from .checking import MOST_BYTES
from .document import document_html, pane
from .examples import examples_for
from .lane import Lane
from .live import Live
from .serving import EVERYBODY, Rate, Serving
from .view import Turn

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio is imported
import gradio as gr

from .check_tab import add_check_tab

log = logging.getLogger(__name__)

TITLE = "Pincite"
EMPTY = "The question is empty. Type one, then press Enter."
BROKEN = "Something went wrong while looking this up, and it has been written to the program's log. Please ask again."

MODEL_LANE = 8
"""Questions that are answered at once where a language model is waited for."""
MOST_WAITING = 200

STYLES = ("frame.css", "conversation.css", "document.css", "check.css", "screens.css")
SCRIPTS = ("page.js", "check.js")
SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")
PAPER = {  # for the first paint, when our style is not there yet; the same colours as in frame.css
    "body_background_fill": "#fbfbf9",
    "body_background_fill_dark": "#14171a",
    "body_text_color": "#1b1f23",
    "body_text_color_dark": "#e7e9eb",
}

# Gradio runs these in the browser when a part is there. page.js listens for the first event and sends the second.
ON_THREAD = "watch('value', () => document.dispatchEvent(new CustomEvent('pincite:thread')));"
ON_PANE = "element.addEventListener('pincite:document', async (event) => event.detail.show(await server.fetch_document(event.detail.doc)));"

BARE: dict[str, Any] = {"show_label": False, "container": False, "lines": 1}
"""A question box without Gradio's frame around it; its label is there for screen readers. With one line, Enter sends."""

Thread = tuple[Turn, ...]
Update = tuple[Any, ...]


class Page:
    """What the page's events call. It holds the assistant and nothing of any visitor: a thread comes in and goes out with each event."""

    def __init__(self, assistant: Assistant, docs: Sequence[str] = ()) -> None:
        unknown = [doc for doc in docs if doc not in assistant.documents]
        if unknown:
            raise UsageError(f"no document {unknown[0]!r} in this corpus; it has: {', '.join(list(assistant.documents)[:20])}")
        self.assistant = assistant
        self.docs = tuple(docs)
        self.documents: dict[str, Document] = {doc: assistant.documents[doc] for doc in (self.docs or assistant.documents)}
        self.total = Searched(len(self.documents), sum(len(document.sentences) for document in self.documents.values()))

    def ask(self, question: str | None, thread: Thread) -> Iterator[Update]:
        """Show the question at once, then what came of it."""
        question = question or ""
        yield self.shown((*thread, Turn(question)), box="")
        for turn in self.turns(question, [turn.question for turn in thread]):
            yield self.shown((*thread, turn))

    def start_over(self) -> Update:
        """The empty page again."""
        return self.shown((), box="")

    def turns(self, question: str, history: Sequence[str] = ()) -> Iterator[Turn]:
        """The question's turn, again each time that its answer has grown. ``history`` is the visitor's own thread.

        Whatever goes wrong is turned into words: a page has nowhere else to say it.
        """
        if not question.strip():
            yield Turn(question, refused=EMPTY)
            return
        try:
            for answer in self.assistant.stream(question, history, docs=self.docs):
                yield Turn(question, answer)
        except UsageError as error:
            yield Turn(question, refused=view.sentence(str(error)))
        except PinciteError as error:
            yield Turn(question, failed(question, error))
        except Exception:
            log.exception("a question could not be answered")
            yield Turn(question, refused=BROKEN)

    def shown(self, thread: Thread, box: str | None = None) -> Update:
        """The outputs of every event: conversation, welcome, foot, question box, button to start over, and the thread itself.

        ``box`` is what the question box shall hold; None leaves what is being typed.
        """
        last = thread[-1].answer if thread else None
        return (
            str(view.thread(thread, self.documents, date.today().year)),
            gr.update(visible=not thread),
            str(view.foot(last.searched if last else None, self.total)),
            gr.skip() if box is None else box,
            gr.update(visible=bool(thread)),
            thread,
        )

    def document(self, doc: str) -> str:
        """The HTML of one document, for the pane; empty where there is no such document."""
        return str(document_html(self.documents[doc], date.today().year)) if doc in self.documents else ""


def build_page(assistant: Assistant, docs: Sequence[str] = (), rate: int = 0) -> gr.Blocks:
    """The page as Blocks; arguments and errors are those of ``pincite.app.web.build_page``."""
    page = Page(assistant, docs)
    # A language model is waited for, a checker is not: it works on our own processors.
    lane = Lane(width=MODEL_LANE if assistant.model else max(2, os.cpu_count() or 1), most=MOST_WAITING)
    limit = Rate(rate)
    live = Live(page, lane, limit)
    html = partial(gr.HTML, apply_default_css=False)
    examples = examples_for(page.documents)

    def fetch_document(doc: str) -> str:  # a function: Gradio puts a mark on what the browser may call, and a method takes none
        return page.document(doc)

    blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with blocks, gr.Column(elem_id="pc-app"):
        thread = gr.State(())
        with gr.Row(elem_id="pc-header"):
            html(str(view.header()), elem_id="pc-brand")
            again = gr.Button("Start over", elem_id="pc-again", visible=False)
        with gr.Row(elem_id="pc-main"):
            with gr.Column(elem_id="pc-talk"):
                with gr.Column(elem_id="pc-scroll"):
                    with gr.Column(elem_id="pc-welcome") as welcome:
                        html(str(view.welcome(page.documents, examples)))
                        starters = [gr.Button(example.question, elem_classes="pc-example") for example in examples]
                    conversation = html("", elem_id="pc-thread", js_on_load=ON_THREAD)
                with gr.Column(elem_id="pc-dock"):
                    with gr.Row(elem_id="pc-composer"):
                        question = gr.Textbox(
                            label="Your question", placeholder="Ask a question", max_lines=6, elem_id="pc-question", **BARE
                        )
                        send = gr.Button("Ask", variant="primary", elem_id="pc-send")
                    foot = html(str(view.foot(None, page.total)), elem_id="pc-foot")
            with gr.Column(elem_id="pc-side"):
                html(str(pane(page.documents, date.today().year)), elem_id="pc-pane", js_on_load=ON_PANE, server_functions=[fetch_document])
        add_check_tab(assistant, page.documents, page.docs)

        outputs = [conversation, welcome, foot, question, again, thread]

        async def on_question(question: str | None, thread: Thread, request: gr.Request) -> AsyncIterator[Update]:
            async for update in live.ask(question, thread, visitor_of(request)):
                yield update

        # The lane decides whose turn it is. Sending is one event, which waits for its end before it can be sent again: a visitor's next
        # question must find the thread that the last one left.
        event: dict[str, Any] = {
            "outputs": outputs,
            "show_progress": "hidden",
            "api_visibility": "private",
            "concurrency_limit": None,
        }
        gr.on([question.submit, send.click], on_question, inputs=[question, thread], **event)
        for starter in starters:
            starter.click(on_question, inputs=[starter, thread], **event)
        again.click(page.start_over, **event)
        _add_api(Api(assistant, page.docs, lane, limit))
    blocks.queue(max_size=MOST_WAITING + 100)
    return blocks


def visitor_of(request: gr.Request | None) -> str:
    """The address that a request came from; what is called without one counts as one visitor."""
    client = getattr(request, "client", None)
    return str(client.host) if client is not None else ""


def _add_api(api: Api) -> None:
    """What other programs may call. Names, types and docstrings are what they are shown."""

    async def ask(question: str, history: list[str] | None = None, request: gr.Request = None) -> str:  # type: ignore[assignment]
        """Answer a question from the review articles of this corpus, every statement with the exact sentence that says it.

        Says "no_evidence" where the articles do not answer. Not medical advice.

        Args:
            question: a question in English, for instance "does IV magnesium help migraine?".
            history: the earlier questions of the same conversation, oldest first, so that "what about children?" is understood.

        Returns:
            JSON: an answer (schema pincite.answer/1): status, stance, answer, claims, citations with quotes and offsets, notices.
        """
        return await api.ask(question, history, visitor_of(request))

    async def search(text: str, k: int = 10, request: gr.Request = None) -> str:  # type: ignore[assignment]
        """Find the sentences of the review articles that are nearest to a text.

        Args:
            text: a question, a statement or a few words.
            k: how many sentences, 1 to 50.

        Returns:
            JSON: ranked sentences (schema pincite.search/1), each with its document, number, offsets and quote.
        """
        return await api.search(text, k, visitor_of(request))

    async def check(claim: str, request: gr.Request = None) -> str:  # type: ignore[assignment]
        """Check whether the review articles support a claim, contradict it, say part of it, or do not mention it.

        Args:
            claim: one statement in English.

        Returns:
            JSON: a checked claim (schema pincite.check/1): verdict, reasons, and the sentences that show it.
        """
        return await api.check(claim, visitor_of(request))

    for function in (ask, search, check):
        gr.api(function, api_name=function.__name__, queue=False)  # type: ignore[attr-defined]


def application(assistant: Assistant, docs: Sequence[str] = (), serving: Serving = EVERYBODY) -> tuple[fastapi.FastAPI, Callable[[], None]]:
    """The page as an ASGI application at the path ``/``, and what ends the streams that open pages hold. ``/health`` says how it is.

    Raises:
        UsageError: a document that is not in the corpus.
        PinciteError: the Model Context Protocol was asked for, and its package is not installed.
    """
    if serving.mcp and find_spec("mcp") is None:
        raise PinciteError("--mcp needs a package that is not installed; pip install 'pincite[mcp]'")
    outer = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @outer.get("/health")
    def health() -> dict[str, Any]:
        documents, sentences = assistant.index.searched(docs)
        return {"status": "ok", **assistant.served(), "documents": documents, "sentences": sentences}

    gr.mount_gradio_app(
        outer,
        build_page(assistant, docs, serving.rate),
        path="/",
        theme=gr.themes.Base(font=SANS, font_mono=MONO).set(**PAPER),
        head=_head(),
        js="\n".join(map(_file, SCRIPTS)),
        max_file_size=MOST_BYTES,
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=serving.mcp,
    )
    inner = next(route.app for route in outer.routes if isinstance(route, Mount) and isinstance(route.app, gr.routes.App))
    return outer, inner.stop_event.set


def _head() -> str:
    """Icon and style. Gradio's own ``css`` would rewrite the selectors, and breaks some."""
    return f'<link rel="icon" href="{view.ICON}"><style>{"".join(map(_file, STYLES))}</style>'


def _file(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")
