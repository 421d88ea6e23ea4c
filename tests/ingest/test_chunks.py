"""Which sentences lean on their neighbours, and what a chunk is."""

from __future__ import annotations

import pytest
from pincite.ingest.chunks import leans, make_chunks
from pincite.ingest.corpora import shipped
from pincite.ingest.sources import read_source

LEANING = """These findings agree with earlier ones.
This trend was confirmed by multiple studies.
By 24 hours, reduction of pain was no longer significant.
Despite this observation, only 41% reported relief.
Similarly, conflicting studies have been published.
However, more recently published studies did not.
It disrupts the ion channels.
They were given daily infusions.
Such an effect is not known.
Both groups improved.
The former was better tolerated.
Its action was reviewed.
Interestingly, this increase was short.
More recently, these findings were not confirmed.
The difference was small.
After 12 weeks, pain returned.
At 6-month follow-up, pain returned.
Of these, 12 died.
Two of these were blinded.
In contrast, magnesium did nothing.
Others disagree.
Another study observed the opposite.
“It” was never defined."""

STANDING = """It is well known that magnesium helps.
It remains unclear whether any benefit may be achieved.
Overall, it remains unclear whether any benefit may be achieved.
In this study, we measured pain.
This review suggested some applications.
Overall, this review suggested some applications.
Both magnesium and ketamine were given.
There was no difference between groups.
Magnesium is a mineral.
Some evidence has indicated low levels.
According to observations, headaches have been eliminated.
For the treatment of peripheral neuropathy, 2 studies indicated benefit.
The effect of magnesium was small.
In a meta-analysis of magnesium, pain fell.
Most patients improved."""


@pytest.mark.parametrize("sentence", LEANING.splitlines())
def test_leans(sentence: str) -> None:
    assert leans(sentence)


@pytest.mark.parametrize("sentence", STANDING.splitlines())
def test_stands_alone(sentence: str) -> None:
    assert not leans(sentence)


def test_a_chunk_takes_the_sentence_before_only_within_its_paragraph() -> None:
    (file,) = shipped().files
    chunks = make_chunks(read_source(file.path, file.record))
    assert [chunk.last for chunk in chunks] == list(range(1, 19))
    with_context = [chunk.last for chunk in chunks if chunk.first < chunk.last]
    # 14 ("Similarly, ...") opens its paragraph: it has nothing there to lean on.
    assert with_context == [2, 4, 6, 7, 13, 17]
