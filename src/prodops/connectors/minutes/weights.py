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
    intercept=-4.1777,
    slope=1.1863,
    shift=0.0688,
    threshold=-0.15,
    weights={
        "plainly": 4.598, "hedged": 1.742, "no_objection": 1.256,
        "spoken": -1.230, "leave_starts": 1.104, "agree_noun": 1.006,
        "question": -0.985, "twice": 0.972, "keep": 0.946,
        "minutes_ok": 0.904, "might": -0.828, "ends_colon": -0.767,
        "past": 0.741, "outcome": 0.724, "agree_group": 0.712,
        "closed": 0.683, "put_off": 0.673, "becomes": 0.670,
        "dropped": 0.648, "under_outcome": 0.604, "carried": 0.601,
        "lets": 0.591, "hedged_twice": 0.585, "passed": 0.565,
        "voting": 0.497, "agree_person": 0.487, "outcome_label": 0.463,
        "we_will": 0.447, "agree_alone": 0.410, "fine": 0.410,
        "short": -0.403, "agree_starts": 0.401, "passed_is": -0.390,
        "rule": 0.384, "answered_yes": -0.363, "should": 0.362,
        "granted": 0.357, "passed_ends": 0.345, "approving": 0.333,
        "fine_named": 0.306, "bumped": 0.282, "person_subject": -0.281,
        "assent": 0.274, "decided": 0.258, "decision_is": 0.246,
        "merge": 0.245, "to_clause": 0.242, "agree_later": 0.235,
        "decided_starts": 0.234, "put_off_starts": -0.226, "sentiment": 0.225,
        "settled_after": 0.225, "put_before": 0.219, "go_with": -0.199,
        "will_be": 0.196, "consensus": 0.196, "we_subject": 0.191,
        "perfect": -0.190, "proposal_label": -0.188, "chat_header": -0.178,
        "agree_past": -0.176, "plan_is": 0.172, "goal_label": -0.160,
        "agree_with": 0.152, "passed_noun": -0.137, "objection_asked": -0.136,
        "close_this": 0.136, "chose": 0.136, "wants": -0.126,
        "thing_subject": 0.123, "discussed": -0.122, "negated": -0.121,
        "voted": -0.117, "we_policy": -0.111, "note_label": -0.105,
        "agree_named": 0.105, "fine_group": -0.100, "decide_later": 0.096,
        "example": -0.087, "consensus_wanted": -0.081, "move_on": -0.081,
        "fits": 0.081, "opinion": 0.080, "if": 0.080,
        "unsettled": 0.072, "passed_starts": 0.052, "proposed_before": 0.047,
        "passed_elsewhere": -0.045, "should_be": 0.026, "proposal_open": 0.024,
        "no_objection_mine": -0.023, "proposal": 0.021, "long": 0.017,
        "conditional": -0.015, "hearing_none": -0.011,
    },
)  # fmt: skip

ACTION_WEIGHTS: Final = Weights(
    intercept=-3.7536,
    slope=0.9864,
    shift=-0.8996,
    threshold=0.20,
    weights={
        "plainly": 3.528, "chat_header": -3.036, "name_can": 2.871,
        "action_item": 2.466, "hedged": 2.246, "name_will": 1.911,
        "imperative_weak": 1.720, "i_will": 1.620, "capital_will": -1.611,
        "hedged_twice": 1.552, "will_do": 1.499, "asked_to_do": 1.480,
        "plans": 1.397, "later_will": 1.340, "thing_stays": 1.327,
        "name_should": 1.298, "owner_label": 1.253, "question": -1.232,
        "imperative_later": 1.218, "twice": 1.131, "by_when": 1.103,
        "need": -0.906, "offline": 0.863, "perfect": -0.815,
        "will_be_doing": 0.810, "invitation": -0.785, "with_whom": 0.784,
        "long": -0.773, "name_stays": 0.765, "should": -0.749,
        "volunteers": 0.749, "box": -0.726, "conditional": -0.723,
        "responsible": 0.717, "will_starts": 0.708, "proposal_label": -0.688,
        "i_can": 0.680, "need_to": -0.664, "name_starts": 0.662,
        "we_will": 0.659, "might": -0.641, "done": -0.633,
        "to_starts": -0.632, "short": -0.624, "took_on": 0.616,
        "wants": -0.580, "capital_takes": -0.554, "next_step": 0.554,
        "capital_starts": -0.533, "unsettled": 0.524, "name_takes": 0.513,
        "title_reports": -0.495, "past": -0.475, "in_meeting": -0.472,
        "person_orders": -0.457, "capital_stays": 0.456, "group_to": 0.445,
        "if": 0.443, "ends_colon": -0.403, "goal_label": -0.387,
        "suggests": 0.369, "spoken": -0.358, "example": -0.341,
        "negated": -0.328, "thing_can": -0.325, "imperative": 0.310,
        "we_work": -0.309, "please": -0.303, "owner_ends": -0.279,
        "title_acts": 0.266, "he_will": -0.265, "later_takes": -0.256,
        "proposed_before": -0.245, "we_can": -0.214, "follow_up": 0.214,
        "thing_will": -0.213, "note_label": -0.191, "waiting": 0.182,
        "capital_should": 0.175, "discussed": -0.169, "can_do": 0.165,
        "modal_it": -0.161, "agreed_to_do": -0.151, "done_by": 0.144,
        "thing_takes": -0.140, "capital_can": -0.124, "handle": -0.121,
        "takes": -0.120, "assign": 0.119, "later_can": 0.102,
        "thing_should": 0.085, "will_later": 0.080, "will_be": 0.078,
        "we_should": -0.073, "we_stays": -0.049, "i_stays": -0.023,
        "volunteers_wanted": 0.018, "he_should": -0.014, "i_should": -0.013,
        "i_takes": -0.010, "asked_and_taken": -0.009, "opinion": -0.005,
    },
)  # fmt: skip

FORMAL_WEIGHTS: Final = Weights(
    intercept=-2.0304,
    slope=1.6180,
    shift=1.1220,
    threshold=-1.10,
    weights={
        "approving": 3.458, "spoken": -3.411, "proposal": 3.187,
        "plainly": 3.042, "proposal_voted": 2.763, "voted": 2.160,
        "formal": -1.505, "assent": 1.135, "twice": 0.766,
        "dropped": 0.688, "question": -0.664, "proposal_answered": 0.663,
        "becomes": 0.599, "person_subject": -0.508, "agree_group": 0.507,
        "long": 0.503, "ends_colon": -0.502, "agree_alone": -0.484,
        "leave_starts": 0.470, "hedged_twice": -0.451, "answered_yes": -0.429,
        "proposed_before": 0.420, "hedged": 0.411, "closed": 0.406,
        "passed_ends": 0.394, "thing_subject": 0.366, "decided_starts": 0.343,
        "will_be": 0.340, "outcome": 0.329, "put_off": 0.323,
        "granted": 0.291, "carried": 0.273, "decide_later": -0.272,
        "no_objection": 0.265, "outcome_label": 0.244, "proposal_open": -0.238,
        "should": -0.234, "agree_later": 0.231, "example": 0.227,
        "passed_noun": -0.223, "no_objection_mine": -0.221, "conditional": -0.220,
        "passed": 0.215, "keep": -0.211, "rule": 0.203,
        "go_with": 0.196, "to_clause": 0.192, "we_policy": 0.185,
        "sentiment": -0.180, "minutes_ok": 0.178, "might": -0.174,
        "we_subject": -0.170, "agree_with": -0.167, "agree_noun": 0.165,
        "consensus": 0.163, "agree_named": 0.161, "bumped": 0.161,
        "negated": 0.156, "merge": 0.154, "decided": -0.153,
        "passed_starts": 0.152, "agree_past": -0.144, "agree_starts": 0.133,
        "perfect": -0.130, "consensus_wanted": -0.125, "unsettled": -0.112,
        "fine_named": 0.111, "if": 0.108, "agree_person": 0.106,
        "passed_elsewhere": -0.101, "discussed": -0.099, "lets": -0.097,
        "put_off_starts": 0.094, "objection_asked": 0.091, "hearing_none": -0.090,
        "wants": -0.084, "plan_is": -0.080, "we_will": 0.077,
        "goal_label": -0.077, "should_be": 0.074, "decision_is": 0.073,
        "voting": -0.068, "chose": 0.067, "settled_after": -0.064,
        "proposal_label": -0.063, "passed_is": 0.050, "past": -0.050,
        "fine": 0.043, "short": -0.041, "close_this": -0.038,
        "fine_group": 0.035, "move_on": -0.022, "opinion": 0.022,
    },
)  # fmt: skip
