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
    intercept=-3.5044,
    slope=1.1977,
    shift=-0.1082,
    threshold=0.50,
    weights={
        "plainly": 4.638, "hedged": 1.943, "no_objection": 1.455,
        "becomes": 1.449, "minutes_ok": 1.434, "lets": 1.425,
        "leave_starts": 1.401, "spoken": -1.318, "ends_colon": -1.245,
        "question": -1.243, "agree_noun": 1.121, "keep": 1.053,
        "put_off": 1.046, "outcome": 1.041, "rule": 0.980,
        "we_will": 0.958, "voting": 0.912, "merge": 0.909,
        "passed": 0.865, "put_before": 0.836, "decided": 0.810,
        "might": -0.809, "carried": 0.802, "agree_person": 0.721,
        "twice": 0.707, "settled_after": 0.655, "closed": 0.630,
        "person_subject": -0.605, "fine": 0.600, "fine_group": -0.567,
        "go_with": -0.545, "we_policy": -0.545, "answered_yes": -0.519,
        "fine_named": 0.514, "agree_with": 0.511, "past": 0.501,
        "we_subject": 0.498, "outcome_label": 0.490, "negated": -0.451,
        "close_this": 0.438, "opinion": 0.430, "agree_later": 0.430,
        "no_objection_mine": -0.413, "approving": 0.401, "passed_ends": 0.365,
        "passed_starts": -0.362, "granted": 0.359, "move_on": -0.353,
        "assent": 0.351, "decision_is": 0.345, "agree_group": 0.330,
        "passed_is": -0.329, "dropped": 0.318, "unsettled": 0.307,
        "passed_noun": -0.299, "if": 0.295, "conditional": -0.291,
        "agree_past": 0.286, "discussed": -0.284, "goal_label": -0.281,
        "put_off_starts": -0.277, "should": -0.277, "agree_alone": 0.273,
        "decided_starts": 0.269, "should_be": -0.264, "agree_starts": 0.237,
        "to_clause": 0.228, "hedged_twice": 0.223, "proposal_label": -0.211,
        "agree_named": -0.206, "chose": 0.186, "consensus": 0.166,
        "example": -0.157, "short": -0.153, "consensus_wanted": -0.141,
        "fits": 0.123, "proposed_before": -0.106, "perfect": -0.088,
        "passed_elsewhere": -0.086, "note_label": -0.085, "thing_subject": -0.083,
        "plan_is": -0.064, "will_be": -0.059, "objection_asked": -0.047,
        "proposal": -0.046, "proposal_open": -0.036, "hearing_none": -0.024,
        "long": 0.015, "voted": -0.014, "decide_later": -0.013,
        "proposal_answered": -0.010,
    },
)  # fmt: skip

ACTION_WEIGHTS: Final = Weights(
    intercept=-3.8825,
    slope=1.0422,
    shift=-0.5529,
    threshold=-0.15,
    weights={
        "plainly": 3.365, "action_item": 2.180, "hedged": 1.758,
        "name_will": 1.479, "name_stays": 1.375, "will_do": 1.331,
        "by_when": 1.225, "hedged_twice": 1.220, "capital_will": -1.180,
        "name_can": 1.067, "follow_up": 1.065, "thing_stays": 1.030,
        "need_to": -0.958, "past": -0.935, "twice": 0.911,
        "should": -0.876, "offline": 0.823, "i_will": 0.784,
        "unsettled": 0.765, "suggests": 0.725, "might": -0.724,
        "imperative_weak": 0.715, "box": -0.627, "name_should": 0.613,
        "name_starts": 0.611, "will_starts": 0.603, "capital_starts": -0.596,
        "negated": -0.591, "done": -0.564, "responsible": 0.550,
        "goal_label": -0.547, "imperative_later": 0.522, "handle": -0.521,
        "conditional": -0.517, "short": -0.510, "if": 0.507,
        "with_whom": 0.487, "waiting": 0.480, "i_can": 0.456,
        "thing_will": -0.444, "name_takes": 0.437, "can_do": 0.430,
        "capital_stays": 0.427, "took_on": 0.417, "to_starts": -0.397,
        "discussed": -0.396, "please": 0.369, "perfect": -0.364,
        "wants": -0.326, "ends_colon": -0.321, "in_meeting": 0.306,
        "question": -0.304, "volunteers_wanted": -0.297, "title_acts": 0.284,
        "long": -0.282, "done_by": -0.282, "next_step": 0.274,
        "we_should": -0.267, "we_will": 0.253, "we_work": 0.238,
        "takes": 0.237, "volunteers": 0.219, "example": -0.192,
        "will_be": -0.191, "plans": 0.190, "asked_to_do": 0.185,
        "proposal_label": -0.169, "thing_can": -0.162, "thing_should": -0.149,
        "note_label": -0.113, "opinion": -0.111, "we_can": -0.100,
        "capital_should": -0.096, "he_will": -0.071, "will_later": -0.064,
        "imperative": 0.061, "need": 0.056, "group_to": 0.055,
        "proposed_before": 0.052, "thing_takes": -0.046, "title_reports": 0.038,
        "modal_it": -0.035, "spoken": -0.031, "capital_can": -0.026,
        "we_stays": -0.018, "he_should": -0.016, "capital_takes": -0.011,
        "agreed_to_do": -0.006, "i_stays": -0.006,
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
