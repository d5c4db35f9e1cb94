"""Learned weights of the constructions; written by bench/minutes_learn.py, not by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model over named features.

    Attributes:
        intercept: The score of a statement without any of the features.
        slope: With `shift`, turns a score into a calibrated log-odds.
        shift: See `slope`.
        threshold: The score from which a statement is reported.
        weights: What each feature adds to the score.
    """

    intercept: float
    slope: float
    shift: float
    threshold: float
    weights: Mapping[str, float]


DECISION_WEIGHTS: Final = Weights(
    intercept=-3.4533,
    slope=1.1993,
    shift=-0.0922,
    threshold=0.40,
    weights={
        "plainly": 4.612, "hedged": 1.936, "becomes": 1.451,
        "lets": 1.445, "minutes_ok": 1.425, "leave_starts": 1.411,
        "spoken": -1.382, "no_objection": 1.366, "ends_colon": -1.263,
        "question": -1.241, "agree_noun": 1.127, "keep": 1.072,
        "put_off": 1.056, "outcome": 1.040, "rule": 0.975,
        "we_will": 0.965, "merge": 0.919, "voting": 0.905,
        "put_before": 0.860, "passed": 0.844, "decided": 0.824,
        "carried": 0.812, "might": -0.805, "agree_person": 0.729,
        "twice": 0.720, "person_subject": -0.657, "closed": 0.624,
        "settled_after": 0.606, "fine": 0.595, "fine_group": -0.567,
        "we_policy": -0.546, "go_with": -0.527, "fine_named": 0.512,
        "agree_with": 0.511, "outcome_label": 0.497, "answered_yes": -0.492,
        "no_objection_mine": -0.485, "past": 0.475, "we_subject": 0.469,
        "negated": -0.449, "opinion": 0.447, "close_this": 0.440,
        "agree_later": 0.431, "approving": 0.399, "assent": 0.397,
        "granted": 0.360, "passed_starts": -0.354, "decision_is": 0.354,
        "passed_ends": 0.353, "move_on": -0.340, "agree_group": 0.338,
        "passed_is": -0.324, "dropped": 0.319, "unsettled": 0.307,
        "if": 0.304, "goal_label": -0.304, "passed_noun": -0.294,
        "decided_starts": 0.285, "conditional": -0.284, "agree_past": 0.283,
        "agree_alone": 0.278, "discussed": -0.275, "should": -0.274,
        "put_off_starts": -0.265, "should_be": -0.261, "agree_starts": 0.239,
        "to_clause": 0.232, "hedged_twice": 0.224, "proposal_label": -0.209,
        "agree_named": -0.207, "chose": 0.187, "consensus": 0.168,
        "example": -0.154, "consensus_wanted": -0.139, "short": -0.130,
        "thing_subject": -0.130, "fits": 0.122, "proposed_before": -0.099,
        "note_label": -0.086, "perfect": -0.086, "passed_elsewhere": -0.082,
        "plan_is": -0.066, "will_be": -0.054, "objection_asked": -0.048,
        "proposal": -0.039, "proposal_open": -0.031, "long": 0.026,
        "hearing_none": -0.023, "voted": -0.013, "proposal_answered": -0.009,
    },
)  # fmt: skip

ACTION_WEIGHTS: Final = Weights(
    intercept=-3.8821,
    slope=1.0421,
    shift=-0.5529,
    threshold=-0.15,
    weights={
        "plainly": 3.365, "action_item": 2.181, "hedged": 1.759,
        "name_will": 1.478, "name_stays": 1.376, "will_do": 1.331,
        "by_when": 1.224, "hedged_twice": 1.220, "capital_will": -1.181,
        "follow_up": 1.066, "name_can": 1.064, "thing_stays": 1.031,
        "need_to": -0.958, "past": -0.935, "twice": 0.911,
        "should": -0.876, "offline": 0.824, "i_will": 0.784,
        "unsettled": 0.763, "might": -0.724, "suggests": 0.722,
        "imperative_weak": 0.716, "box": -0.626, "name_starts": 0.611,
        "name_should": 0.611, "will_starts": 0.603, "capital_starts": -0.597,
        "negated": -0.590, "done": -0.564, "responsible": 0.549,
        "goal_label": -0.546, "imperative_later": 0.521, "handle": -0.520,
        "conditional": -0.516, "short": -0.512, "if": 0.506,
        "with_whom": 0.486, "waiting": 0.480, "i_can": 0.456,
        "thing_will": -0.445, "name_takes": 0.437, "can_do": 0.432,
        "capital_stays": 0.426, "took_on": 0.417, "to_starts": -0.397,
        "discussed": -0.395, "please": 0.369, "perfect": -0.364,
        "wants": -0.325, "ends_colon": -0.321, "in_meeting": 0.306,
        "question": -0.303, "volunteers_wanted": -0.295, "title_acts": 0.284,
        "done_by": -0.282, "long": -0.282, "next_step": 0.273,
        "we_should": -0.266, "we_will": 0.253, "we_work": 0.238,
        "takes": 0.237, "volunteers": 0.219, "example": -0.191,
        "will_be": -0.190, "plans": 0.189, "asked_to_do": 0.184,
        "proposal_label": -0.169, "thing_can": -0.161, "thing_should": -0.149,
        "note_label": -0.112, "opinion": -0.111, "we_can": -0.100,
        "capital_should": -0.096, "he_will": -0.071, "will_later": -0.065,
        "imperative": 0.061, "need": 0.055, "group_to": 0.055,
        "proposed_before": 0.052, "thing_takes": -0.046, "title_reports": 0.038,
        "modal_it": -0.034, "spoken": -0.031, "capital_can": -0.026,
        "we_stays": -0.018, "he_should": -0.016, "capital_takes": -0.011,
        "agreed_to_do": -0.007, "i_stays": -0.006,
    },
)  # fmt: skip

FORMAL_WEIGHTS: Final = Weights(
    intercept=-2.0173,
    slope=1.5677,
    shift=1.0795,
    threshold=-1.20,
    weights={
        "approving": 3.465, "spoken": -3.426, "proposal": 3.186,
        "plainly": 3.056, "proposal_voted": 2.777, "voted": 2.175,
        "formal": -1.504, "assent": 1.154, "twice": 0.779,
        "put_off": 0.687, "proposal_answered": 0.651, "question": -0.620,
        "becomes": 0.596, "person_subject": -0.588, "hedged_twice": -0.516,
        "agree_alone": -0.500, "agree_group": 0.497, "long": 0.495,
        "ends_colon": -0.434, "answered_yes": -0.423, "thing_subject": 0.395,
        "proposed_before": 0.383, "dropped": 0.382, "passed_ends": 0.363,
        "carried": 0.352, "will_be": 0.327, "decided_starts": 0.326,
        "hedged": 0.325, "closed": 0.323, "outcome": 0.316,
        "leave_starts": 0.294, "decide_later": -0.291, "passed": 0.286,
        "granted": 0.244, "proposal_open": -0.242, "outcome_label": 0.235,
        "should": -0.229, "conditional": -0.209, "agree_later": 0.204,
        "rule": 0.198, "go_with": 0.193, "example": 0.192,
        "no_objection_mine": -0.190, "passed_noun": -0.189, "we_subject": -0.187,
        "we_policy": 0.184, "to_clause": 0.182, "opinion": -0.181,
        "agree_noun": 0.174, "agree_with": -0.173, "might": -0.172,
        "agree_named": 0.172, "minutes_ok": 0.171, "put_off_starts": 0.169,
        "merge": 0.164, "consensus": 0.162, "agree_past": -0.150,
        "passed_starts": 0.140, "fine_named": 0.131, "unsettled": -0.130,
        "voting": -0.130, "perfect": -0.122, "consensus_wanted": -0.118,
        "agree_person": 0.117, "discussed": -0.116, "if": 0.113,
        "short": -0.105, "negated": 0.097, "passed_is": 0.097,
        "lets": -0.095, "hearing_none": -0.094, "keep": -0.091,
        "agree_starts": 0.089, "decided": -0.084, "plan_is": -0.084,
        "objection_asked": 0.081, "we_will": 0.080, "no_objection": 0.079,
        "goal_label": -0.079, "should_be": 0.073, "decision_is": 0.070,
        "settled_after": -0.065, "chose": 0.062, "proposal_label": -0.059,
        "fine_group": -0.058, "past": -0.049, "move_on": -0.024,
        "put_before": 0.022, "fine": 0.016,
    },
)  # fmt: skip
