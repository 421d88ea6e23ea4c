"""The web page. ``page`` and ``check_tab`` alone know Gradio, which is slow to load; it is loaded when a page is built and not before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .server import serve
from .serving import Serving

if TYPE_CHECKING:
    import gradio as gr

    from ..answer import Assistant

__all__ = ["Serving", "build_page", "serve"]


def build_page(assistant: Assistant, docs: Sequence[str] = ()) -> gr.Blocks:
    """The page as Gradio Blocks: its parts and events. Its style and script come with ``serve``.

    Args:
        assistant: what answers.
        docs: ids of the only documents to answer from and to show; empty means all.

    Raises:
        UsageError: a document that is not in the corpus.
    """
    from .page import build_page as build

    return build(assistant, docs)
