"""Citation marks by author and year: "(Urits et al., 2021; Smith, 2019)", "Urits et al. (2021)", "according to Urits 2021"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from .blocks import Span

AuthorMark = tuple[int, int, tuple[str, ...], str, Span]
"""Start, end, surnames, year (or an empty string), and the span with brackets."""

_UPPER = r"(?<!\w)[^\W\d_a-zß-öø-ÿ¹²³⁰-₟]"
_PARTICLE = r"(?:(?:van|von|de|der|den|del|della|di|da|la|le|el|al|bin|ter|ten|dos|du|St\.?)[\s-]|[dDOl]['’](?=[A-Z])){0,3}"
_INITIALS = r"(?:[A-Z]{1,3}(?![\w.])|(?:[A-Z]\.[\s-]?){1,3}(?<!\s))"
_NAME = rf"(?:(?:[A-Z]\.[\s-]?){{1,3}}\s?)?{_PARTICLE}{_UPPER}[^\W\d_]{{1,40}}(?:['’-][^\W\d_]{{1,40}}){{0,3}}(?:,?\s{_INITIALS})?"
_AND = r"(?:,\s(?:and\s|&\s)?|\sand\s|\s&\s)"
_ET_AL = r"(?:,?\s(?:et\s+al\b\.?|and\s+(?:colleagues|co-?workers|others|associates)|et\s+coll\.?))"
_AUTHORS = rf"{_NAME}(?:{_AND}{_NAME}){{0,7}}{_ET_AL}?"
_GROUP = rf"{_UPPER}[\w'’-]{{0,40}}(?:\s(?:(?:of|for|the|and|on|in)\s){{0,2}}{_UPPER}[\w'’-]{{0,40}}){{1,7}}"
_YEAR = r"(?:(?:19|20)\d\d[a-z]?|n\.d\.|in\spress)(?![\w/])"
_YEARS = rf"{_YEAR}(?:\s?[,;]\s?(?:(?:19|20)\d\d[a-z]?|[a-z](?!\.))(?![\w/]))*"
_PAGE = r"(?:[,:]\s?(?:pp?\.\s?|para\.?\s?)?\d{1,5}(?:[-–]\d{1,5})?)?"

_BRACKETED = re.compile(r"\(([^()\n]{5,400}(?:\n[^()\n]{1,300})?)\)|\[([^\[\]\n]{5,300})\]")
_ENTRY = re.compile(rf"(?P<authors>{_AUTHORS}|{_GROUP}),?\s\(?(?P<years>{_YEARS}){_PAGE}")
_LEAD = re.compile(
    r"(?:^|[;,]|\b(?:see|also|but|e\.g\.|i\.e\.|cf\.?|in|by|from|to|and|with|compare|therein))[,:]?\s*$",
    re.IGNORECASE,
)
_NARRATIVE = re.compile(rf"(?P<authors>{_AUTHORS})(?:['’]s?)?,?\s[(\[](?P<years>{_YEARS}){_PAGE}[)\]]")
_BARE = re.compile(rf"(?P<authors>{_AUTHORS}),?\s(?P<years>{_YEAR})")
_NAMED = re.compile(rf"(?P<authors>{_NAME}(?:{_AND}{_NAME}){{0,4}}{_ET_AL})")
_ONE_YEAR = re.compile(r"(?:19|20)\d\d[a-z]?|n\.d\.|in\spress|(?<=,)\s?[a-z]\b(?!\.)")
_ET_AL_END = re.compile(rf"{_ET_AL}$")
_INTRODUCES = re.compile(r"(?:\b(?:according\s+to|by|see|per|from|in|of|and|with|cf\.?|following)\s|^|[.!?;:]\s|\n)$", re.IGNORECASE)
_POINTS = re.compile(r"(?:\b(?:according\s+to|by|see|per|cf\.?|reviewed\s+in|reported\s+in|cited\s+in)\s)$", re.IGNORECASE)
_REPORTS = re.compile(
    r"\s*,?\s*(?:(?:have|has|had|also|further|later|recently|first|already|did|do|does|not|never)\s){0,3}"
    r"(?:found|find|reports?|reported|shows?|showed|shown|demonstrated?s?|conclude[sd]?|note[sd]?|observe[sd]?|suggest(?:s|ed)?|state[sd]?"
    r"|wrote|writes?|argue[sd]?|describe[sd]?|determine[sd]?|indicate[sd]?|confirm(?:s|ed)?|claim(?:s|ed)?|says?|said|propose[sd]?"
    r"|review(?:s|ed)?|proved?s?|establish(?:es|ed)?|randomi[sz]ed|studied|compared?|recommend(?:s|ed)?|estimate[sd]?|analy[sz]ed"
    r"|summari[sz]e[sd]?|discuss(?:es|ed)?|treated|gave|tested|evaluate[sd]?|examined?|investigated?)\b"
)
_NO_AUTHOR = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov
    dec spring summer autumn fall winter in since until from before after during circa year years table figure fig version phase
    cohort study trial usa uk us eu china japan india europe america london paris berlin the a an this that these those and but or if
    when while although however overall similarly despite according by of for on at to with as section chapter box appendix covid week
    day month stage level grade group early late mid between retrieved accessed updated published copyright review reviews data no not
    we it its they patients""".split()
)


def surname(name: str) -> str:
    """A name without initials, in lower case: "Urits I" and "I. Urits" are "urits"."""
    return re.sub(rf"(?:,?\s{_INITIALS})$|^(?:[A-Z]\.[\s-]?){{1,3}}\s?", "", name.strip()).strip().replace("’", "'").lower()


def author_marks(text: str, start: int, end: int, known: Collection[str]) -> Iterator[AuthorMark]:
    """Marks by author in a stretch of text: bracketed ones first, then those that are part of the sentence, then names without a year.

    ``known`` are surnames (lower case) of authors of the corpus and of the draft's reference list: a bare name and a year are a mark where
    the name is one of them, or where the words around it say so.
    """
    yield from _bracketed(text, start, end)
    for match in _NARRATIVE.finditer(text, start, end):
        if _is_author(text, start, match, known, _REPORTS.match(text, match.end(), min(end, match.end() + 60)) is not None):
            yield from _years(match, match.start(), match.end())
    for match in _BARE.finditer(text, start, end):
        before = text[max(start, match.start() - 16) : match.start()]
        names = _names(match["authors"])
        if not names or names[0] in _NO_AUTHOR:
            continue
        if _ET_AL_END.search(match["authors"]) or names[0] in known or _POINTS.search(before):
            yield from _years(match, match.start(), match.end())
    for match in _NAMED.finditer(text, start, end):
        names = _names(match["authors"])
        if names and names[0] not in _NO_AUTHOR:
            yield (*match.span(), names, "", match.span())


def _bracketed(text: str, start: int, end: int) -> Iterator[AuthorMark]:
    for group in _BRACKETED.finditer(text, start, end):
        at = group.start() + 1
        content = group.group()[1:-1]
        if not _ONE_YEAR.search(content):
            continue
        entries = [m for m in _ENTRY.finditer(content) if _LEAD.search(content[: m.start()]) and _is_named(m["authors"])]
        alone = len(entries) == 1 and not content.strip(" ,;")[: entries[0].start()].strip() and entries[0].end() >= len(content.rstrip())
        for entry in entries:
            whole = group.span()
            span = whole if alone and "," not in entry["years"] else (at + entry.start(), at + entry.end())
            yield from _years(entry, *span, offset=at, whole=whole)


def _years(match: re.Match[str], start: int, end: int, offset: int = 0, whole: Span | None = None) -> Iterator[AuthorMark]:
    """A mark for each year: "Urits et al., 2020, 2021" are two works."""
    years = list(_ONE_YEAR.finditer(match["years"]))
    names, base = _names(match["authors"]), offset + match.start("years")
    spelled = ""
    for number, year in enumerate(years):
        spelled = spelled[:4] + year.group().strip() if year.group().strip().isalpha() and len(year.group()) < 3 else year.group()
        first = start if number == 0 else base + year.start()
        last = end if number == len(years) - 1 else base + year.end()
        yield first, last, names, spelled, whole or (start, end)


def _is_author(text: str, start: int, match: re.Match[str], known: Collection[str], reports: bool) -> bool:
    names = _names(match["authors"])
    if not names or names[0] in _NO_AUTHOR:
        return False
    if _ET_AL_END.search(match["authors"]) or names[0] in known:
        return True
    before = text[max(start, match.start() - 16) : match.start()]
    return _INTRODUCES.search(before) is not None and (reports or len(names) > 1 or _POINTS.search(before) is not None)


def _is_named(authors: str) -> bool:
    names = _names(authors)
    return bool(names) and names[0] not in _NO_AUTHOR and names[0].split()[0] not in _NO_AUTHOR


def _names(authors: str) -> tuple[str, ...]:
    parts = re.split(r",\s(?:and\s|&\s)?|\sand\s|\s&\s", _ET_AL_END.sub("", authors))
    return tuple(s for p in parts if (s := surname(p)) and not re.fullmatch(r"(?:[A-Z]\.){1,3}|[A-Z]{1,2}", p.strip()))
