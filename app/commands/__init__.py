"""What each command does: read, call the library, print, return the exit code."""

from .asking import ask, ask_batch, search
from .corpus import corpus_list, corpus_show, ingest

__all__ = ["ask", "ask_batch", "corpus_list", "corpus_show", "ingest", "search"]
