"""The rules: what can be said of a claim and a source without a model, with both sides quoted.

``compare`` names differences that make the claim contradicted by this source. A rule speaks only where claim and source share most of
their content words and the words around the slot are alike; it is silent rather than wrong, so most contradictions are left to the model.
``elsewhere`` names differences that put the source beside the claim, and ``unsupported_numbers`` the figures that the source lacks.

Measured on the development sets, claim against its evidence sentences (not supported: against the passage's nearest sentence) and claim
against contrast premise: firings on 586 contradicted, 586 supported and 186 claims that the source does not decide; precision is
contradicted / (contradicted + supported). In brackets, the same on the training sets (6,986, 6,986 and 2,462), where the rules were
developed; the kinds that dev lacks are there.

============  ==================  ==========  ==========  =============
kind          contradicted        supported   undecided   precision
============  ==================  ==========  ==========  =============
number        20 (249)            1 (12)      2 (9)       0.95 (0.95)
unit          1 (24)              0 (0)       0 (0)       1.00 (1.00)
time          15 (154)            0 (5)       1 (15)      1.00 (0.97)
dose          3 (91)              0 (3)       0 (10)      1.00 (0.97)
route         0 (14)              0 (0)       0 (3)       -    (1.00)
population    0 (24)              0 (2)       0 (1)       -    (0.92)
study_design  2 (34)              0 (1)       0 (0)       1.00 (0.97)
direction     14 (250)            0 (9)       0 (18)      1.00 (0.97)
comparator    7 (106)             0 (2)       2 (1)       1.00 (0.98)
negation      23 (218)            0 (8)       1 (10)      1.00 (0.96)
strength      9 (69)              1 (3)       0 (0)       0.90 (0.96)
any           92 (1,188)          2 (45)      6 (63)      0.98 (0.96)
============  ==================  ==========  ==========  =============

So 16 % (17 %) of contradicted claims are caught, with 0.3 % (0.6 %) of supported ones, and 3 % (3 %) of undecided ones, accused. A
supported claim beside another sentence of its own passage, not its evidence, is accused in 0.8 % (0.8 %) of pairs: a claim that one
sentence supports must not fall for what a rule says of its neighbour. Figures named as unsupported: 1.0 % (1.4 %) of supported claims,
8 % (10 %) of contradicted, 19 % (19 %) of undecided ones.

Tried and left out, for precision on contradicted against supported: a denial in the source over an affirming claim, by shared verb, 0.71;
"significant" over "similar", 0.71; before / after, 0.63; most / few, 0.50; all / none, 0.75; large / small, 0.87; review / trial and survey
/ trial, 0.6. No rule for intervention, outcome or condition: a name is not enough to tell another finding from the same one, restated.
"""

from __future__ import annotations

from itertools import chain

from pincite.app.claims import Reason

from .comparing import comparator_differences, direction_differences
from .fillers import filler_differences
from .negation import negation_differences
from .numbers import absent, number_differences, shown
from .reading import read
from .strength import strength_differences

_RULES = (
    number_differences,
    filler_differences,
    comparator_differences,
    direction_differences,
    negation_differences,
    strength_differences,
)


def compare(claim: str, source: str) -> list[Reason]:
    """Differences that make a claim contradicted by a source of one to three sentences.

    Returns:
        The differences, each with both sides as they stand in the texts; none where claim and source agree, where the source leaves it
        open, and where they may be about different findings. Never raises.
    """
    mine, theirs = read(claim), read(source)
    return list(dict.fromkeys(chain.from_iterable(rule(mine, theirs) for rule in _RULES)))


def unsupported_numbers(claim: str, source: str) -> list[Reason]:
    """Quantities of a claim that a source has in no equivalent form, and that cannot be worked out from two of its figures.

    Such a claim is not supported by this source, though the source may say nothing of it. ``Reason.source`` is empty. Small counts and
    shares in words ("the two groups", "half"), frequencies and multiples are left aside: too many ways lead to them.
    """
    mine, theirs = read(claim), read(source)
    return [Reason("time" if q.kind == "time" else "number", shown(mine, q), "") for q in absent(mine, theirs)]


def elsewhere(claim: str, source: str) -> list[Reason]:
    """Differences that put a source beside the claim: another group of people, or another phase of an operation.

    It neither supports the claim nor contradicts it.
    """
    return list(dict.fromkeys(filler_differences(read(claim), read(source), "elsewhere")))
