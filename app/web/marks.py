"""A word and a shape for every stance, verdict, finding and status, so that none of them needs a colour."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

_CIRCLE = '<circle cx="8" cy="8" r="6.25"/>'
_SHAPES: Mapping[str, str] = {
    "tick": _CIRCLE + '<path d="m5.2 8.2 2 2 3.7-4.2"/>',
    "cross": _CIRCLE + '<path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4"/>',
    "half": _CIRCLE + '<path d="M8 1.75a6.25 6.25 0 0 1 0 12.5z" fill="currentColor"/>',
    "query": _CIRCLE + '<path d="M6.2 6.4c.1-2.4 3.6-2.3 3.6-.1 0 1.4-1.8 1.4-1.8 2.9M8 11.4v.1"/>',
    "empty": '<circle cx="8" cy="8" r="6.25" stroke-dasharray="2.6 2.3"/>',
    "bar": _CIRCLE + '<path d="M5 8h6"/>',
    "wave": _CIRCLE + '<path d="M4.8 8.8c1.1-2 2.1-2 3.2-.8s2.1 1.2 3.2-.8"/>',
    "arrow": _CIRCLE + '<path d="M5 8h6M8.7 5.7 11 8l-2.3 2.3"/>',
    "box": '<rect x="2" y="2" width="12" height="12" rx="2.5"/><path d="m5.2 8.2 2 2 3.7-4.2"/>',
    "warning": '<path d="M8 2 14.5 13.5h-13zM8 6.5v3.2M8 11.6v.1"/>',
}
_WORDS: Mapping[str, tuple[str, str]] = {
    "supports": ("tick", "supports"),
    "opposes": ("cross", "opposes"),
    "mixed": ("half", "mixed"),
    "inconclusive": ("query", "inconclusive"),
    "supported": ("tick", "supported"),
    "contradicted": ("cross", "contradicted"),
    "partly": ("half", "partly supported"),
    "not_found": ("bar", "not found"),
    "unchecked": ("empty", "unchecked"),
    "fabricated": ("cross", "fabricated"),
    "altered": ("wave", "altered"),
    "misattributed": ("arrow", "misattributed"),
    "not_supporting": ("bar", "not supporting"),
    "unknown_source": ("query", "unknown source"),
    "ok": ("tick", "in order"),
    "accepted": ("box", "accepted"),
    "no_evidence": ("bar", "no evidence"),
    "failed": ("warning", "could not look"),
    "refused": ("warning", "not asked"),
}


def mark(name: str) -> Markup:
    """The shape and the word of a stance, a verdict, a finding or a status other than ``answered``.

    ``refused`` is a question that was not asked, ``accepted`` a finding that somebody accepted.

    Raises:
        KeyError: there is no such name.
    """
    return Markup('<span class="pc-mark" data-mark="{}">{}{}</span>').format(name, shape(name), word(name))


def word(name: str) -> str:
    """The word alone. Errors as for ``mark``."""
    return _WORDS[name][1]


def shape(name: str) -> Markup:
    """The shape alone, where the word stands beside it or is said in another way. Errors as for ``mark``."""
    return Markup('<svg viewBox="0 0 16 16" aria-hidden="true">{}</svg>').format(Markup(_SHAPES[_WORDS[name][0]]))
