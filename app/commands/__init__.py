"""What each command does: read, call the library, print, return the exit code."""

from .asking import ask, ask_batch, search
from .checking_batch import check_batch
from .corpus import corpus_list, corpus_remove, corpus_show, corpus_verify, ingest

__all__ = ["ask", "ask_batch", "check_batch", "corpus_list", "corpus_remove", "corpus_show", "corpus_verify", "ingest", "search"]
