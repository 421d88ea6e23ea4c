"""How a (query, sentence, context) triple becomes tokens: the same for training and for use."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Tokenizer

QUERY_TOKENS = 64
SENTENCE_TOKENS = 160
CONTEXT_TOKENS = 40


def encode(tokenizer: Tokenizer, query: str, sentence: str, context: str) -> tuple[list[int], list[int]]:
    """Token ids and segment ids of ``[CLS] query [SEP] sentence [SEP] context [SEP]`` (``<s>`` and ``</s>`` in MPNet's vocabulary).

    What is too long loses its beginning, a sentence its end: a question stands at the end of a vignette, and what a sentence leans on at
    the end of the one before it.
    """
    cls, sep = _special(tokenizer)
    asked = tokenizer.encode(query, add_special_tokens=False).ids[-QUERY_TOKENS:]
    read = tokenizer.encode(sentence, add_special_tokens=False).ids[:SENTENCE_TOKENS]
    before = tokenizer.encode(context, add_special_tokens=False).ids[-CONTEXT_TOKENS:] if context else []
    first = [cls, *asked, sep]
    second = [*read, sep, *before, sep] if before else [*read, sep]
    return first + second, [0] * len(first) + [1] * len(second)


def _special(tokenizer: Tokenizer) -> tuple[int, int]:
    for first, between in (("[CLS]", "[SEP]"), ("<s>", "</s>")):
        cls, sep = tokenizer.token_to_id(first), tokenizer.token_to_id(between)
        if cls is not None and sep is not None:
            return cls, sep
    raise ValueError("the tokenizer has neither [CLS] and [SEP] nor <s> and </s>: the checker needs a BERT- or MPNet-style vocabulary")


def pad(rows: Sequence[tuple[list[int], list[int]]], pad_id: int) -> tuple[list[list[int]], list[list[int]], list[list[int]]]:
    """Ids, attention mask and segment ids, each (batch, longest)."""
    longest = max(len(ids) for ids, _ in rows)
    ids = [row + [pad_id] * (longest - len(row)) for row, _ in rows]
    mask = [[1] * len(row) + [0] * (longest - len(row)) for row, _ in rows]
    segments = [seg + [0] * (longest - len(seg)) for _, seg in rows]
    return ids, mask, segments
