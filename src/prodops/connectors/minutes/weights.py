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
    intercept=-3.9196,
    slope=1.2522,
    shift=0.0978,
    threshold=-0.10,
    weights={
        "plainly": 4.406, "hedged": 1.599, "spoken": -1.122,
        "no_objection": 1.064, "twice": 0.934, "agree_noun": 0.921,
        "question": -0.894, "minutes_ok": 0.869, "outcome": 0.797,
        "keep": 0.745, "ends_colon": -0.743, "passed": 0.668,
        "becomes": 0.657, "might": -0.640, "past": 0.633,
        "leave_starts": 0.612, "lets": 0.603, "put_off": 0.570,
        "outcome_label": 0.543, "carried": 0.538, "put_before": 0.518,
        "dropped": 0.509, "agree_person": 0.507, "voting": 0.505,
        "closed": 0.495, "agree_group": 0.441, "decided": 0.439,
        "agree_alone": 0.436, "answered_yes": -0.426, "passed_ends": 0.424,
        "we_will": 0.402, "rule": 0.381, "agree_later": 0.378,
        "fine": 0.357, "person_subject": -0.357, "granted": 0.344,
        "fine_named": 0.319, "bumped": 0.312, "if": 0.311,
        "negated": -0.310, "we_subject": 0.293, "assent": 0.262,
        "agree_starts": 0.262, "hedged_twice": 0.261, "to_clause": 0.254,
        "short": -0.240, "approving": 0.236, "go_with": -0.225,
        "sentiment": 0.221, "settled_after": 0.220, "decided_starts": 0.215,
        "passed_is": -0.214, "will_be": 0.213, "decision_is": 0.205,
        "fine_group": -0.193, "opinion": 0.192, "long": 0.172,
        "put_off_starts": -0.167, "conditional": -0.162, "no_objection_mine": -0.151,
        "perfect": -0.150, "discussed": -0.148, "consensus": 0.144,
        "agree_with": 0.141, "under_outcome": 0.135, "merge": 0.135,
        "passed_noun": -0.133, "chose": 0.133, "move_on": -0.126,
        "unsettled": 0.125, "agree_past": -0.124, "goal_label": -0.120,
        "decide_later": 0.111, "passed_starts": -0.103, "fits": 0.100,
        "close_this": 0.099, "should_be": 0.094, "note_label": -0.077,
        "proposal_label": -0.074, "consensus_wanted": -0.070, "passed_elsewhere": -0.067,
        "agree_named": -0.047, "thing_subject": 0.029, "should": -0.024,
        "plan_is": -0.021, "voted": -0.020, "proposal_open": 0.017,
        "proposal": 0.014, "we_policy": -0.012, "proposed_before": -0.011,
        "objection_asked": -0.011, "hearing_none": -0.011, "example": -0.008,
        "owner_label": -0.006,
    },
)  # fmt: skip

ACTION_WEIGHTS: Final = Weights(
    intercept=-3.5512,
    slope=0.9660,
    shift=-0.9744,
    threshold=0.40,
    weights={
        "plainly": 3.624, "name_can": 2.579, "action_item": 2.107,
        "hedged": 2.087, "hedged_twice": 1.730, "will_do": 1.529,
        "capital_will": -1.528, "name_will": 1.493, "asked_to_do": 1.325,
        "name_should": 1.269, "owner_label": 1.191, "i_will": 1.149,
        "by_when": 1.147, "i_can": 1.098, "name_stays": 1.026,
        "thing_stays": 1.009, "question": -0.998, "should": -0.983,
        "imperative_weak": 0.968, "goal_label": -0.941, "conditional": -0.920,
        "offline": 0.886, "past": -0.837, "short": -0.835,
        "done": -0.823, "box": -0.795, "with_whom": 0.794,
        "wants": -0.782, "responsible": 0.764, "name_starts": 0.755,
        "later_will": 0.755, "unsettled": 0.735, "name_takes": 0.649,
        "if": 0.619, "perfect": -0.602, "twice": 0.595,
        "imperative_later": 0.588, "example": -0.573, "takes": 0.549,
        "we_should": -0.514, "need_to": -0.504, "proposal_label": -0.501,
        "need": -0.501, "might": -0.492, "thing_will": -0.488,
        "next_step": 0.484, "capital_starts": -0.469, "capital_takes": -0.468,
        "capital_stays": 0.462, "will_starts": 0.460, "title_reports": -0.445,
        "invitation": -0.407, "follow_up": 0.384, "took_on": 0.379,
        "thing_can": -0.356, "will_later": 0.351, "volunteers": 0.346,
        "discussed": -0.344, "he_will": -0.343, "group_to": 0.329,
        "ends_colon": -0.324, "to_starts": -0.323, "negated": -0.323,
        "spoken": -0.296, "imperative": 0.238, "waiting": 0.237,
        "we_will": 0.229, "capital_should": -0.225, "in_meeting": -0.203,
        "later_takes": -0.195, "modal_it": -0.190, "suggests": 0.180,
        "note_label": -0.160, "we_can": -0.158, "long": -0.148,
        "owner_ends": -0.135, "title_acts": 0.133, "plans": 0.130,
        "capital_can": -0.126, "thing_takes": -0.111, "opinion": -0.105,
        "later_can": 0.101, "thing_should": 0.101, "we_work": -0.098,
        "handle": -0.076, "done_by": 0.075, "proposed_before": -0.061,
        "volunteers_wanted": 0.049, "we_stays": -0.046, "please": 0.044,
        "will_be": -0.032, "can_do": 0.030, "i_stays": -0.027,
        "i_should": -0.018, "he_should": -0.015, "agreed_to_do": -0.014,
        "asked_and_taken": -0.012,
    },
)  # fmt: skip

FORMAL_WEIGHTS: Final = Weights(
    intercept=-1.9833,
    slope=1.6024,
    shift=1.1338,
    threshold=-1.15,
    weights={
        "approving": 3.462, "spoken": -3.421, "proposal": 3.193,
        "plainly": 3.032, "proposal_voted": 2.779, "voted": 2.168,
        "formal": -1.511, "assent": 1.141, "twice": 0.746,
        "dropped": 0.699, "question": -0.664, "proposal_answered": 0.653,
        "becomes": 0.592, "person_subject": -0.529, "hedged_twice": -0.506,
        "agree_group": 0.505, "ends_colon": -0.503, "long": 0.493,
        "agree_alone": -0.486, "put_off": 0.431, "answered_yes": -0.429,
        "closed": 0.410, "passed_ends": 0.399, "hedged": 0.394,
        "proposed_before": 0.393, "decided_starts": 0.347, "thing_subject": 0.339,
        "will_be": 0.330, "outcome": 0.328, "decide_later": -0.298,
        "leave_starts": 0.296, "granted": 0.289, "carried": 0.277,
        "no_objection": 0.266, "agree_later": 0.248, "outcome_label": 0.242,
        "proposal_open": -0.239, "should": -0.237, "passed_noun": -0.225,
        "no_objection_mine": -0.217, "passed": 0.217, "conditional": -0.215,
        "keep": -0.211, "we_subject": -0.206, "example": 0.202,
        "go_with": 0.201, "rule": 0.199, "to_clause": 0.193,
        "we_policy": 0.186, "might": -0.182, "sentiment": -0.181,
        "agree_noun": 0.179, "minutes_ok": 0.179, "bumped": 0.174,
        "agree_with": -0.173, "negated": 0.166, "consensus": 0.164,
        "agree_named": 0.159, "passed_starts": 0.157, "decided": -0.154,
        "merge": 0.151, "perfect": -0.141, "agree_past": -0.140,
        "consensus_wanted": -0.123, "unsettled": -0.119, "fine_named": 0.115,
        "agree_starts": 0.113, "agree_person": 0.107, "if": 0.102,
        "lets": -0.101, "passed_elsewhere": -0.099, "hearing_none": -0.091,
        "discussed": -0.090, "objection_asked": 0.087, "plan_is": -0.080,
        "goal_label": -0.078, "decision_is": 0.076, "we_will": 0.072,
        "voting": -0.070, "should_be": 0.070, "chose": 0.067,
        "settled_after": -0.065, "short": -0.062, "proposal_label": -0.061,
        "passed_is": 0.055, "past": -0.052, "close_this": -0.036,
        "fine": 0.031, "put_before": 0.025, "move_on": -0.023,
        "opinion": 0.019, "put_off_starts": -0.017, "fine_group": -0.008,
    },
)  # fmt: skip
