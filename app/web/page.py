"""The page in Gradio: which part is where, and what happens on which event. The only module that imports Gradio."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from importlib import resources
from typing import Any

import fastapi
from pincite.ingest.errors import PinciteError, UsageError
from pincite.ingest.text import Document
from starlette.routing import Mount

from ..answer import Assistant, failed
from ..claims import Searched
from . import view
from .document import document_html, pane
from .examples import examples_for
from .view import Turn

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio is imported
import gradio as gr

log = logging.getLogger(__name__)

TITLE = "Pincite"
EMPTY = "The question is empty. Type one, then press Enter."
BROKEN = "Something went wrong while looking this up, and it has been written to the program's log. Please ask again."

STYLES = ("frame.css", "conversation.css", "document.css", "screens.css")
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
        yield self.shown((*thread, self.turn(question)))

    def start_over(self) -> Update:
        """The empty page again."""
        return self.shown((), box="")

    def turn(self, question: str) -> Turn:
        """Ask, and turn whatever goes wrong into words: a page has nowhere else to say it."""
        if not question.strip():
            return Turn(question, refused=EMPTY)
        try:
            return Turn(question, self.assistant.ask(question, docs=self.docs))
        except UsageError as error:
            return Turn(question, refused=view.sentence(str(error)))
        except PinciteError as error:
            return Turn(question, failed(question, error))
        except Exception:
            log.exception("a question could not be answered")
            return Turn(question, refused=BROKEN)

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


def build_page(assistant: Assistant, docs: Sequence[str] = ()) -> gr.Blocks:
    """The page as Blocks; arguments and errors are those of ``pincite.app.web.build_page``."""
    page = Page(assistant, docs)
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

        outputs = [conversation, welcome, foot, question, again, thread]
        # One question at a time: a visitor's next one must find the thread that the last one left.
        event: dict[str, Any] = {
            "outputs": outputs,
            "show_progress": "hidden",
            "api_visibility": "private",
            "concurrency_id": "ask",
            "concurrency_limit": 1,
        }
        question.submit(page.ask, inputs=[question, thread], **event)
        send.click(page.ask, inputs=[question, thread], **event)
        for starter in starters:
            starter.click(page.ask, inputs=[starter, thread], **event)
        again.click(page.start_over, **event)
    return blocks


def application(assistant: Assistant, docs: Sequence[str] = ()) -> tuple[fastapi.FastAPI, Callable[[], None]]:
    """The page as an ASGI application at the path ``/``, and what ends the streams that open pages hold.

    Raises:
        UsageError: a document that is not in the corpus.
    """
    outer = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    gr.mount_gradio_app(
        outer,
        build_page(assistant, docs),
        path="/",
        theme=gr.themes.Base(font=SANS, font_mono=MONO).set(**PAPER),
        head=_head(),
        js=_file("page.js"),
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
    )
    inner = next(route.app for route in outer.routes if isinstance(route, Mount) and isinstance(route.app, gr.routes.App))
    return outer, inner.stop_event.set


def _head() -> str:
    """Icon and style. Gradio's own ``css`` would rewrite the selectors, and breaks some."""
    return f'<link rel="icon" href="{view.ICON}"><style>{"".join(map(_file, STYLES))}</style>'


def _file(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")
