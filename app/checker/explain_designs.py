"""What a scale of words is, and the scales of study design."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pincite.app.claims import ReasonKind


@dataclass(frozen=True, slots=True)
class Scale:
    """A kind of difference, a name that is unique within it, and patterns: one for each filler, its synonyms together."""

    kind: ReasonKind
    name: str
    fillers: tuple[str, ...]


DESIGNS: Sequence[Scale] = (
    Scale(
        "study_design",
        "allocation",
        (
            r"(?<!non-)(?<!not )(?:randomi[sz]\w+|randomly|at random|rcts?|drew lots|by lot|(?:by|flip of a) (?:chance|coin)"
            r"|drawn by lot|lottery)",
            r"non-?randomi[sz]ed|not randomi[sz]ed|without (?:any )?random\w*|observational\w*|cohorts?|case[- ](?:series|reports?"
            r"|control)"
            r"|cross-sectional|registr(?:y|ies)|(?:free|allowed) to (?:pick|choose)|chose|preference of|by (?:their )?choice|convenience",
        ),
    ),
    Scale(
        "study_design",
        "when",
        (
            r"retrospective(?:ly)?|look(?:s|ed|ing) back|after the fact|(?:old|existing|past|hospital|medical) (?:records|notes"
            r"|charts)|chart review",
            r"prospective(?:ly)?|followed forward|going forward|planned in advance",
            r"cross-sectional|at (?:a )?single (?:point|time)\w*|snapshot",
            r"longitudinal\w*|followed over time",
        ),
    ),
    Scale(
        "study_design",
        "blinding",
        (
            r"open[- ]labell?\w*|un-?blinded|unmasked|no blinding|not blinded|without blinding|knew (?:which|what|who)|aware of|known to",
            r"double[- ](?:blind|mask)\w*|triple[- ]blind\w*|blind(?:ed|ing|ly)?|masked|did not know|unaware|nobody knew"
            r"|neither .{0,40} knew",
            r"single[- ]blind\w*",
        ),
    ),
    Scale(
        "study_design",
        "shape",
        (
            r"cross-?over|crossed over|within[- ](?:subjects?|participants?)|both treatments in turn|own controls?",
            r"parallel(?:[- ](?:group|arm))?|between[- ](?:subjects?|groups?)",
            r"factorial|cluster\w*|stepped[- ]wedge|split[- ]mouth",
            r"pilot|feasibility|exploratory|preliminary|proof[- ]of[- ]concept",
            r"confirmatory|definitive|pivotal|full-scale",
            r"superiority",
            r"non-?inferiority|equivalence",
        ),
    ),
    Scale(
        "study_design",
        "sites",
        (
            r"single[- ](?:cent\w+|site|institution)|one (?:cent(?:re|er)|hospital|site|clinic)|a single (?:cent(?:re|er)|hospital"
            r"|site|clinic)",
            r"multi-?(?:ple[- ])?(?:cent\w+|site|institution\w*)|(?:several|many|two|three|four|five|six|\d+) (?:centres|centers"
            r"|hospitals|sites|clinics)",
        ),
    ),
    Scale(
        "study_design",
        "control",
        (
            r"single-arm|uncontrolled|no control|without (?:a )?(?:controls?|comparison)\w*|before[- ]and[- ]after|no comparison",
            r"(?:placebo|sham)?-?controlled|control group|placebo group|comparison group",
        ),
    ),
    Scale(
        "study_design",
        "type",
        (
            r"systematic(?:ally)?|meta-?analy\w+|pooled|pooling|cochrane",
            r"(?<!meta-)\btrials?",
            r"case (?:reports?|series)|single case",
            r"surveys?|questionnaires?",
            r"interview\w*|qualitative(?:ly)?|focus groups?|themes",
            r"narrative|opinion|editorial|commentar\w+|guidelines?",
            r"protocols?",
            r"in vitro|cell (?:cultures?|lines?)|laborator\w+|test tubes?|bench",
            r"model(?:l?ing|led|s)?|simulat\w+",
            r"post[- ]?hoc|secondary analys\w+|sub-?group analys\w+|pre-?specified|pre-?planned|intention[- ]to[- ]treat|per[- ]protocol",
        ),
    ),
)
"""How a thing was found out: allocation, direction in time, blinding, shape, sites, control, type."""
