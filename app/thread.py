"""Follow-up questions: what "what about CRPS?", "how long does it last?" or "and the side effects?" ask, given the questions before.

A question is resolved against the earlier ones of its thread, each of which was resolved in the same way, by rules of grammar
(``followups``) over what they are about (``topics``). A question that stands on its own is left as it is. Nothing is kept between calls.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from pincite.ingest.errors import UsageError

from . import followups as forms
from .question import Question
from .safety import safety_notices
from .topics import Phrase, Role, Topics, general_word
from .turns import IN_TIME, Turn, as_question, asked_how, by_route, swapped, with_routes

LONGEST_THREAD = 20
"""Earlier questions that are read, the latest ones."""
NEARER = 0.18
"""How much nearer (in cosine similarity) to the intervention than to the condition a word must be to be taken for another intervention.
Chosen on 27 pairs of general medical words; similarity alone takes many drugs for conditions, so most are known by their form instead."""
MOST = 600
"""Characters of an earlier question that are read."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it was understood in its thread.

    ``text`` is the question to look up; ``leans`` says whether earlier questions gave part of it; ``notices`` are those that the
    questions it leans on carry: an emergency does not end with the next question.
    """

    text: str
    leans: bool
    notices: tuple[str, ...] = ()


class Threads:
    """Resolves questions against their threads. Keeps nothing of any of them.

    Args:
        read: reads a question against the corpus; raises ``UsageError`` where there is nothing to read.
        topics: tells what questions are about.
        knows: whether a lower-case word is English or of the corpus, and so no slip.
        encode: texts to unit vectors, one a row.
    """

    def __init__(
        self,
        read: Callable[[str], Question],
        topics: Topics,
        knows: Callable[[str], bool],
        encode: Callable[[Sequence[str]], np.ndarray[Any, np.dtype[np.float32]]],
    ) -> None:
        self._read = read
        self._topics = topics
        self._knows = knows
        self._encode = encode

    def understand(self, question: str, history: Sequence[str]) -> Understood:
        """A question as its thread makes it; ``history`` holds the earlier questions, oldest first.

        Raises:
            UsageError: the question itself is empty, over-long or wordless.
        """
        asked = self._read(question)
        turns: list[Turn] = []
        for earlier in history[-LONGEST_THREAD:]:
            try:
                read = self._read(earlier[:MOST])
            except UsageError:
                continue  # an earlier question that could not be asked has no topic
            if read.english:
                understood = self._resolve(read.text, turns)
                phrases = tuple(self._topics.phrases(understood.text))
                if phrases:
                    notices = tuple(dict.fromkeys((*safety_notices(earlier), *understood.notices)))
                    turns.append(Turn(understood.text, phrases, notices, turns[-1].drug() if turns else ""))
        return self._resolve(asked.text, turns) if asked.english else Understood(asked.asked, False)

    def _resolve(self, asked: str, turns: list[Turn]) -> Understood:
        if not turns:
            return Understood(asked, False)
        last = turns[-1]
        text = self._mended(forms.plain(asked))
        for pattern, meant in ((forms.FIRST, turns[0]), (forms.PREVIOUS, turns[max(0, len(turns) - 2)])):
            if pattern.search(text):
                last, text = meant, meant.named().join(pattern.split(text))
        returned = forms.RETURN.match(text)
        opened, rest = (True, text[returned.end() :]) if returned else forms.opening(text)
        phrases = [self._fuller(p, rest, turns) for p in with_routes(self._topics.phrases(rest), rest)]
        if returned and phrases:
            last = self._about(phrases[0], turns) or self._swapped(rest, phrases[:1], turns)
            rest = forms.NAMING.sub("", rest[phrases[0].end :]).strip(" ,.:;-?!")
            phrases = list(self._topics.phrases(rest))
            if not rest:
                return Understood(last.text, True, last.notices)
        found: str | None
        if forms.BARE.match(rest):
            found = asked_how(rest, last)
        elif phrases and not forms.BESIDE.match(rest) and self._is_fragment(rest, phrases, opened):
            phrases = [p if p.sure else self._likelier(p, last) for p in phrases]
            if forms.HARMS.search(last.text) and not opened and not phrases[0].before:
                phrases[0] = replace(phrases[0], role="outcome")  # "diarrhoea?" of side effects
            found = self._swapped(rest, phrases, turns).text
        else:
            found = self._completed(rest, phrases, last, opened)
        return Understood(asked, False) if found is None else Understood(as_question(found), True, last.notices)

    def _mended(self, text: str) -> str:
        """A text whose slips in the general words of a follow-up are mended ("efects", "dosge")."""
        return re.sub(r"[A-Za-z]{5,}", lambda m: m.group() if self._knows(m.group().lower()) else general_word(m.group().lower()), text)

    def _is_fragment(self, text: str, phrases: Sequence[Phrase], opened: bool) -> bool:
        """Whether a text names something and asks nothing of it ("CRPS?", "in children")."""
        if forms.WH.match(text) or forms.AUXILIARY.match(text) or not self._topics.names_only(text):
            return False
        return opened or len({p.role for p in phrases} & {"intervention", "condition", "outcome"}) < 2

    def _likelier(self, phrase: Phrase, last: Turn) -> Phrase:
        """A phrase whose words do not tell its role takes that of what it is nearer to in meaning: "swimming" is more like "exercise"."""
        drugs, conditions = last.of("intervention"), last.of("condition")
        if not drugs or phrase.role not in ("intervention", "condition"):
            return phrase
        if not conditions:
            return phrase
        vectors = self._encode([phrase.text, drugs[0].text, conditions[0].text])
        nearer = round(float(vectors[0] @ vectors[1] - vectors[0] @ vectors[2]), 4)
        return replace(phrase, role="intervention" if nearer > NEARER else "condition")

    def _fuller(self, phrase: Phrase, text: str, turns: Sequence[Turn]) -> Phrase:
        """ "The surgery patients" are those of the abdominal surgery that was asked about before."""
        if not forms.DEFINITE.search(text[: phrase.start]):
            return phrase
        words = set(phrase.text.lower().split())
        known = [p for turn in reversed(turns) for p in turn.of(phrase.role)]
        return next((replace(phrase, text=p.text) for p in known if words < set(p.text.lower().split())), phrase)

    def _about(self, phrase: Phrase, turns: Sequence[Turn]) -> Turn | None:
        """The latest turn that was about a phrase."""
        words = set(phrase.text.lower().split())
        return next((t for t in reversed(turns) if any(words <= set(p.text.lower().split()) for p in t.phrases)), None)

    def _swapped(self, text: str, phrases: Sequence[Phrase], turns: Sequence[Turn]) -> Turn:
        """The latest question that names something of the same kind, asked of what is named now."""
        kind = phrases[-1].role
        base = next((t for t in reversed(turns) if any(p.role == kind and p.sure for p in t.phrases)), turns[-1])
        for phrase in phrases:
            if phrase.role == "outcome" and not base.of("outcome"):
                drug = base.drug()
                text = " ".join(part for part in (phrase.text, f"with {drug}" if drug else "", base.where()) if part)
            else:
                text = swapped(base, phrase)
            base = replace(base, text=text, phrases=tuple(self._topics.phrases(text)))
        return base

    def _completed(self, text: str, phrases: Sequence[Phrase], last: Turn, opened: bool) -> str | None:
        """A question with what points back replaced and what it leaves out added; None where it stands on its own."""
        own = {p.role for p in phrases if p.sure}
        drug, where = last.drug(), last.where()
        done, points = self._pointed(text, own, last)
        question = bool(forms.WH.match(text) or forms.AUXILIARY.match(text))
        if not question and (forms.BESIDE.match(text) or (not phrases and forms.WITHIN.match(text))):  # "in the trial?"
            return f"{last.text.rstrip(' ?!.')} {text}"
        alone = not opened and not points and not (forms.WH.match(text) and self._topics.lacks_verb(text))
        if (
            phrases
            and forms.AUXILIARY.match(text)
            and "condition" not in own
            and forms.COMPARED.search(done)
            and drug
            and " than " not in done
        ):
            return f"{done} than {drug} {where}".strip()
        if alone and (forms.THE_WHOLE.search(text) or forms.TO_US.search(text) or any(not p.sure for p in phrases)):
            return None
        if alone and not phrases and not self._topics.asks(text):
            return None
        route = next((p for p in phrases if p.role == "route"), None)
        if route and drug and "intervention" not in own:  # "does oral work?"
            done = done.replace(route.text, by_route(last.bare_drug(), route.text), 1)
            own.add("intervention")
        bare_text = not question
        named = drug and drug.lower() in done.lower()
        needs_drug = (
            not own & {"intervention"}
            and not named
            and ("condition" not in own or opened or bare_text or bool(forms.OF_A_DRUG.search(text)))
        )
        needs_where = (
            "condition" not in own
            and not (last.of("condition") and last.of("condition")[0].text.lower() in done.lower())
            and ("intervention" not in own or opened or bare_text or route is not None)
        )
        if alone and not (needs_drug or needs_where):
            return None
        if needs_drug and drug:
            done = f"{done} {'of' if forms.OF_WHAT.search(done) else 'on' if forms.AGREE.search(done) else 'with'} {drug}"
        if needs_where and where:
            done = f"{done} {where}"
        return done

    def _pointed(self, text: str, own: set[Role], last: Turn) -> tuple[str, bool]:
        """A text with the words that point back replaced, and whether there were any."""
        conditions = last.of("condition")
        condition, drug = conditions[0].text if conditions else "", last.drug()
        hidden = {m.start() + m.group().lower().rindex("it") for m in forms.EXPLETIVE.finditer(text)}
        done = text
        if condition and "condition" not in own:
            done = forms.TREATED.sub(lambda _: condition, done)
            done = forms.THERE.sub(lambda _: last.where(), done)
        done = forms.REPORTING.sub("studies", done)
        thing = drug or ("" if forms.OF_DRUGS_ALONE.search(text) else condition)
        if thing and "intervention" not in own:
            subject = f"the effect of {thing}" if drug and forms.LASTING.search(done) else thing
            same = done == text  # else the places of the hidden ones have moved
            done = forms.IT.sub(lambda m: m.group() if same and m.start() in hidden else subject, done)
            if forms.ITS.search(done):
                done = f"{forms.ITS.sub('the', done)} of {thing}"
        if condition and "condition" not in own:
            whom = f"patients with {condition}" if conditions[0].before not in IN_TIME else f"patients {conditions[0].before} {condition}"
            done = forms.THEY.sub(lambda m: _with_preposition(m.group(), whom), done)
        return done, done != text


def _with_preposition(found: str, whom: str) -> str:
    first = found.split()[0]
    return f"{first} {whom}" if first.lower() in ("in", "for", "with") else whom
