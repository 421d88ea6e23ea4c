"""Plain words from a language model above the quoted sentences: asked, judged by the gate, and put into the answer sentence by sentence.

The quotes, the stance and the first line stay as they are without a model. What it says comes between, and what it may not say is listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pincite.ingest.text import Document

from . import prompts
from .claims import Answer, Claim
from .gate import WITHHELD, Check, Gate, Withheld, one_sided
from .llm import LanguageModel, ModelError
from .safety import EMERGENCY_NOTICE

MOST_SAID = 8
"""Sentences of a reply that are shown at most."""
MOST_WITHHELD = 12
"""Sentences that are listed as withheld; further ones are counted."""

NONE_LEFT = "The model {model} was asked for plain words, and none passed the check: below are the sentences themselves."
ONE_SIDE = "What the model {model} said tells one side alone of what the sentences below say: it is not shown."
UNUSABLE = "No plain words: {error}. Below are the sentences themselves."
WRITTEN = "The plain words are the model {model}'s; each was found in the sentences that it cites."
EMERGENCY = "The model was not asked: in an emergency, only the sentences themselves are shown."


class Writer:
    """Asks a model and lets through what the gate lets through.

    Args:
        model: the language model.
        check: the claim checker over a text alone.
    """

    def __init__(self, model: LanguageModel, check: Check) -> None:
        self.model = model
        self._check = check

    def write(self, answer: Answer, documents: Mapping[str, Document]) -> Iterator[Answer]:
        """The answer with one more sentence each time that one has passed, and at last the whole of it. Never raises for the model."""
        if answer.status != "answered":
            yield answer
            return
        if EMERGENCY_NOTICE in answer.notices:
            yield replace(answer, notices=(*answer.notices, EMERGENCY))
            return
        gate = Gate(self._check, answer.citations, documents)
        passed: list[Claim] = []
        withheld: list[Withheld] = []
        broken: ModelError | None = None
        try:
            for said in self._said(answer):
                judged = _again(said, passed) or gate.judge(said)
                if isinstance(judged, Withheld):
                    withheld.append(judged)
                else:
                    passed.append(judged)
                    # Nothing of a two-sided matter is shown before both sides are.
                    if not one_sided(passed, answer.citations):
                        yield self._with(answer, passed, ())
                if len(passed) == MOST_SAID:
                    break
        except ModelError as error:
            broken = error
        yield self._final(answer, passed, withheld, broken)

    def _said(self, answer: Answer) -> Iterator[prompts.Said]:
        question = answer.resolved or answer.question
        data = prompts.data(question, [(c.n, c.quote) for c in answer.citations])
        for line in prompts.lines_of(self.model.stream(prompts.INSTRUCTIONS, data)):
            yield from prompts.read_reply(line)

    def _final(self, answer: Answer, passed: list[Claim], withheld: list[Withheld], broken: ModelError | None) -> Answer:
        lines = [w.line() for w in withheld[:MOST_WITHHELD]]
        if len(withheld) > MOST_WITHHELD:
            lines.append(f"{WITHHELD}: {len(withheld) - MOST_WITHHELD} more sentences.")
        notices: list[str] = []
        if broken is not None:
            notices.append(UNUSABLE.format(error=broken))
        if passed and one_sided(passed, answer.citations):
            notices.append(ONE_SIDE.format(model=self.model.name))
            lines = [Withheld(claim.text, "it tells one side alone").line() for claim in passed] + lines
            passed = []
        elif not passed and broken is None:
            notices.append(NONE_LEFT.format(model=self.model.name))
        elif passed:
            notices.append(WRITTEN.format(model=self.model.name))
        return self._with(answer, passed, (*notices, *lines), replied=broken is None or bool(lines))

    def _with(self, answer: Answer, passed: list[Claim], notices: tuple[str, ...], replied: bool = True) -> Answer:
        said = [f"{claim.text} {''.join(f'[{n}]' for n in claim.citations)}" for claim in passed]
        headline, *quotes = answer.answer.split("\n")
        return replace(
            answer,
            answer="\n".join([headline, *said, *quotes]),
            claims=(*passed, *answer.claims),
            notices=(*answer.notices, *notices),
            provenance=replace(answer.provenance, model=self.model.name) if passed or replied else answer.provenance,
        )


def _again(said: prompts.Said, passed: list[Claim]) -> Withheld | None:
    return Withheld(said.text, "it was said before") if any(claim.text == said.text for claim in passed) else None
