"""The Check tab in Gradio: its parts and its events. Beside ``page``, the only module that imports Gradio."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import gradio as gr
from pincite.ingest.text import Document

from ..answer import Assistant
from . import checking

HINT = "Paste a draft here, or drop a file anywhere on this page"

# Gradio runs this in the browser when the part is there; check.js listens for the event.
ON_RESULT = "watch('value', () => document.dispatchEvent(new CustomEvent('pincite:checked')));"


class CheckTab:
    """What the tab's events call. It holds nothing of any visitor: a draft comes in with an event, and its page goes out with it."""

    def __init__(self, assistant: Assistant, docs: Sequence[str] = ()) -> None:
        self.assistant = assistant
        self.docs = tuple(docs)

    def check_text(self, text: str | None) -> Iterator[str]:
        """Check what was pasted: how far it is, then the draft's page or why there is none. The style puts the page in the form's place."""
        yield from map(str, checking.check_text(self.assistant, text, self.docs))

    def check_file(self, path: str | None) -> Iterator[str]:
        """Check what was uploaded, likewise."""
        yield from map(str, checking.check_file(self.assistant, path, self.docs))

    def start_over(self) -> str:
        """No page: the form is there again, with what was typed."""
        return ""


def add_check_tab(assistant: Assistant, documents: Mapping[str, Document], docs: Sequence[str] = ()) -> None:
    """Put the tab into the Blocks that are being built. ``documents`` are those that drafts are checked against."""
    tab = CheckTab(assistant, docs)
    html = partial(gr.HTML, apply_default_css=False)
    with gr.Column(elem_id="pc-check"):
        with gr.Column(elem_id="pc-check-form"):
            html(str(checking.start(documents)))
            draft = gr.Textbox(
                label="Your draft", placeholder=HINT, show_label=False, container=False, lines=12, max_lines=18, elem_id="pc-draft"
            )
            with gr.Row(elem_id="pc-check-actions"):
                upload = gr.UploadButton("Choose a file (.txt, .md, .docx)", elem_id="pc-check-file")
                check = gr.Button("Check", variant="primary", elem_id="pc-check-go")
        again = gr.Button("Check another draft", elem_id="pc-check-again")
        result = html("", elem_id="pc-result", js_on_load=ON_RESULT)

    # A check takes longer than an answer, and questions do not wait for it.
    event: dict[str, Any] = {
        "outputs": [result],
        "show_progress": "hidden",
        "api_visibility": "private",
        "concurrency_id": "check",
        "concurrency_limit": 1,
    }
    check.click(tab.check_text, inputs=[draft], **event)
    upload.upload(tab.check_file, inputs=[upload], **event)
    again.click(tab.start_over, **event)
