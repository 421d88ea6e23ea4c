"""Clinical shorthand that any field shares, and how initials stand for a phrase. No list here was written for one article."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

SHORTHAND: Mapping[str, str] = dict(
    line.strip().split(" = ")
    for line in """
    iv = intravenous
    im = intramuscular
    sc = subcutaneous
    subq = subcutaneous
    po = oral
    bid = twice daily
    tid = three times daily
    qid = four times daily
    prn = as needed
    hr = hour
    hrs = hours
    wk = week
    wks = weeks
    mo = month
    mos = months
    yr = year
    yrs = years
    pt = patient
    pts = patients
    tx = treatment
    rx = prescription
    dx = diagnosis
    sx = symptoms
    hx = history
    ae = adverse event
    aes = adverse events
    qol = quality of life
    rct = randomised controlled trial
    rcts = randomised controlled trials
    postop = postoperative
    preop = preoperative
    periop = perioperative
    abx = antibiotics
    bp = blood pressure
    htn = hypertension
    t1dm = type 1 diabetes
    t2dm = type 2 diabetes
    mi = myocardial infarction
    afib = atrial fibrillation
    chf = heart failure
    hf = heart failure
    copd = chronic obstructive pulmonary disease
    ckd = chronic kidney disease
    uti = urinary tract infection
    oa = osteoarthritis
    ra = rheumatoid arthritis
    ibs = irritable bowel syndrome
    ibd = inflammatory bowel disease
    fda = food and drug administration
    mcg = microgram
    """.strip().splitlines()
)
"""Read so where the corpus does not have the letters themselves as a word."""

ELEMENTS: Mapping[str, str] = {
    "mg": "magnesium",
    "na": "sodium",
    "ca": "calcium",
    "zn": "zinc",
    "fe": "iron",
    "k": "potassium",
    "li": "lithium",
    "se": "selenium",
    "cu": "copper",
}
"""Chemical symbols that drugs go by, read so where no number stands before them."""

_LINKS = frozenset("and for in of the to".split())
_COMPOUND = re.compile(
    """(?:anti|arterio|athero|auto|bio|broncho|cardio|cerebro|cholangio|cyto|electro|encephalo|endo|extra|gastro|glomerulo|haemo|hemo|hepato
    |hyper|hypo|immuno|inter|intra|iso|lipo|lympho|magneto|micro|mono|multi|musculo|myo|naso|nephro|neuro|non|oro|osteo|over|para|peri|photo
    |poly|post|pre|psycho|pyelo|radio|retino|retro|sub|thrombo|thyro|trans|ultra|vaso|ventriculo)""",
    re.VERBOSE,
)


def stands_for(letters: str, words: Sequence[str]) -> bool:
    """Whether initials stand for these words, all in lower case.

    Each word gives its first letter, a compound also the letter after its first part ("phn": post-herpetic neuralgia); words such as
    "of" may give none. After Schwartz & Hearst 2003, "A simple algorithm for identifying abbreviation definitions in biomedical text".
    """

    def rest_fits(word: int, letter: int) -> bool:
        if word == len(words):
            return letter == len(letters)
        here = words[word]
        if letter < len(letters) and here[0] == letters[letter]:
            if rest_fits(word + 1, letter + 1):
                return True
            compound = _COMPOUND.match(here)
            second = here[compound.end() : compound.end() + 1] if compound else ""
            if second and second == letters[letter + 1 : letter + 2] and rest_fits(word + 1, letter + 2):
                return True
        return here in _LINKS and rest_fits(word + 1, letter)

    return words[0] not in _LINKS and words[-1] not in _LINKS and rest_fits(0, 0)
