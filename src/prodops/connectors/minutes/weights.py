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
    intercept=-4.4508,
    slope=1.0245,
    shift=-0.2913,
    threshold=-0.10,
    weights={
        "plainly": 4.837, "hedged": 2.878, "keep": 1.713,
        "no_objection": 1.693, "leave_starts": 1.672, "put_off": 1.575,
        "becomes_arrow": 1.575, "question": -1.573, "becomes": 1.536,
        "ends_colon": -1.433, "spoken": -1.410, "minutes_ok": 1.367,
        "agree_noun": 1.279, "agree_group": 1.192, "might": -1.126,
        "twice": 1.114, "lets": 1.081, "agree_person": 1.067,
        "carried": 1.060, "hedged_twice": 1.059, "outcome": 1.004,
        "agree_alone": 0.994, "under_outcome": 0.917, "put_off_starts": -0.898,
        "suggests": 0.893, "passed_is": -0.888, "rule": 0.874,
        "consented": 0.761, "dropped": 0.761, "granted": 0.732,
        "past": 0.726, "voting": 0.662, "proposal_label": -0.640,
        "to_clause": 0.563, "agree_later": 0.530, "outcome_label": 0.527,
        "fine": 0.511, "we_will": 0.508, "closed": 0.505,
        "sentiment": 0.499, "passed": 0.490, "decided": 0.478,
        "agree_starts": 0.470, "agree_past": -0.470, "person_subject": -0.457,
        "to_be_moved": 0.424, "fine_named": 0.423, "some_agree": 0.403,
        "chat_header": -0.393, "answered_yes": -0.380, "plan_is": 0.372,
        "wants": -0.363, "goal_label": -0.360, "decided_starts": 0.360,
        "passed_noun": -0.359, "we_policy": -0.354, "no_objection_mine": -0.348,
        "bumped": 0.329, "should": 0.329, "should_be": 0.326,
        "assent": 0.294, "agree_with": 0.286, "passed_elsewhere": -0.286,
        "move_on": -0.265, "short": -0.254, "passed_ends": 0.251,
        "merge": -0.236, "note_label": -0.222, "fine_group": -0.219,
        "approving": 0.208, "chose": 0.207, "yes_to_question": -0.207,
        "voted": -0.206, "put_before": 0.185, "go_with": -0.182,
        "objection_asked": -0.181, "negated": -0.174, "settled_after": 0.169,
        "consensus_wanted": -0.162, "example": -0.156, "conditional": -0.151,
        "fits": 0.151, "agree_named": 0.150, "will_settle": 0.145,
        "will_be": 0.144, "discussed": -0.139, "if": 0.130,
        "settles_by_doing": -0.126, "decide_later": -0.116, "proposed_before": 0.108,
        "unsettled": 0.076, "we_subject": -0.070, "perfect": 0.069,
        "passed_starts": -0.065, "thing_subject": -0.060, "close_this": 0.036,
        "proposal_open": 0.034, "proposal": 0.021, "hearing_none": -0.015,
        "proposal_answered": -0.013, "answered": -0.006, "owner_label": -0.005,
    },
)  # fmt: skip

ACTION_WEIGHTS: Final = Weights(
    intercept=-3.7644,
    slope=0.9891,
    shift=-0.8500,
    threshold=0.30,
    weights={
        "plainly": 3.499, "name_can": 3.295, "chat_header": -3.203,
        "hedged": 2.368, "action_item": 2.355, "name_will": 2.066,
        "imperative_weak": 1.901, "asked_to_do": 1.815, "i_will": 1.694,
        "capital_will": -1.659, "hedged_twice": 1.615, "question": -1.496,
        "plans": 1.444, "name_should": 1.335, "owner_label": 1.313,
        "later_will": 1.311, "will_do": 1.294, "by_when": 1.199,
        "thing_stays": 1.142, "twice": 1.078, "perfect": -1.020,
        "offline": 0.948, "with_whom": 0.919, "long": -0.839,
        "volunteers": 0.838, "should": -0.826, "need_to": -0.809,
        "name_stays": 0.793, "invitation": -0.789, "conditional": -0.780,
        "will_be_doing": 0.763, "name_takes": 0.750, "imperative_later": 0.731,
        "box": -0.718, "we_will": 0.701, "proposal_label": -0.699,
        "done": -0.690, "responsible": 0.680, "unsettled": 0.674,
        "next_step": 0.671, "will_starts": 0.666, "capital_takes": -0.656,
        "need": -0.642, "to_starts": -0.628, "took_on": 0.625,
        "please": -0.623, "i_can": 0.617, "might": -0.610,
        "capital_starts": -0.593, "can_do": 0.591, "past": -0.585,
        "short": -0.579, "name_starts": 0.532, "person_orders": -0.528,
        "capital_stays": 0.518, "wants": -0.505, "if": 0.459,
        "title_reports": -0.456, "example": -0.436, "goal_label": -0.413,
        "ends_colon": -0.408, "group_to": 0.405, "suggests": 0.363,
        "thing_can": -0.363, "follow_up": 0.359, "handle": -0.347,
        "note_label": 0.341, "negated": -0.331, "later_takes": -0.305,
        "spoken": -0.304, "imperative": 0.287, "modal_it": -0.279,
        "we_can": -0.259, "will_later": 0.249, "we_work": -0.249,
        "proposed_before": -0.243, "capital_should": 0.240, "owner_ends": -0.234,
        "thing_takes": -0.223, "volunteers_wanted": 0.212, "done_by": 0.194,
        "waiting": -0.181, "opinion": -0.162, "agreed_to_do": -0.158,
        "assign": 0.157, "capital_can": -0.148, "in_meeting": -0.134,
        "thing_will": -0.116, "takes": -0.087, "title_acts": -0.079,
        "we_should": -0.078, "discussed": -0.072, "thing_should": 0.051,
        "we_stays": -0.049, "he_will": -0.047, "later_can": 0.028,
        "i_stays": -0.022, "i_takes": -0.021, "i_should": -0.015,
        "he_should": -0.014, "asked_and_taken": -0.007,
    },
)  # fmt: skip

FORMAL_WEIGHTS: Final = Weights(
    intercept=-2.2557,
    slope=1.5562,
    shift=1.0293,
    threshold=-1.00,
    weights={
        "approving": 3.467, "spoken": -3.244, "plainly": 3.020,
        "proposal": 2.713, "proposal_voted": 2.447, "voted": 2.118,
        "formal": -1.637, "suggests": 1.414, "assent": 1.105,
        "hedged": 0.959, "twice": 0.810, "question": -0.735,
        "becomes": 0.652, "agree_group": 0.613, "dropped": 0.591,
        "proposal_answered": 0.509, "will_settle": 0.504, "ends_colon": -0.472,
        "agree_alone": -0.461, "long": 0.460, "agree_starts": 0.456,
        "passed_ends": 0.441, "person_subject": -0.436, "answered_yes": -0.413,
        "outcome": 0.398, "thing_subject": 0.391, "becomes_arrow": 0.379,
        "proposed_before": 0.376, "decided_starts": 0.367, "hedged_twice": -0.363,
        "leave_starts": 0.354, "put_off": 0.343, "granted": 0.332,
        "go_with": 0.331, "closed": 0.322, "decide_later": -0.318,
        "no_objection_mine": -0.310, "conditional": -0.310, "might": -0.291,
        "agree_later": 0.289, "outcome_label": 0.274, "no_objection": 0.269,
        "rule": 0.259, "lets": -0.256, "will_be": 0.255,
        "proposal_open": -0.243, "settles_by_doing": -0.235, "carried": 0.224,
        "passed_noun": -0.224, "consensus": 0.221, "should": -0.216,
        "we_subject": -0.208, "agree_with": -0.202, "agree_person": 0.191,
        "example": 0.183, "consented": 0.180, "agree_named": 0.178,
        "passed": 0.177, "minutes_ok": 0.174, "negated": 0.170,
        "short": 0.169, "past": -0.158, "consensus_wanted": -0.157,
        "we_policy": 0.148, "passed_elsewhere": -0.146, "fine_named": 0.139,
        "agree_past": -0.134, "passed_starts": 0.134, "to_clause": 0.133,
        "decision_is": -0.131, "proposal_label": -0.130, "sentiment": -0.130,
        "unsettled": -0.115, "fine": 0.113, "discussed": -0.097,
        "hearing_none": -0.090, "close_this": -0.090, "settled_after": -0.088,
        "keep": 0.086, "put_off_starts": 0.086, "objection_asked": 0.083,
        "decided": -0.083, "should_be": 0.081, "plan_is": -0.069,
        "goal_label": -0.068, "chose": 0.067, "perfect": 0.067,
        "wants": -0.067, "merge": 0.056, "agree_noun": 0.052,
        "fine_group": 0.051, "to_be_moved": 0.039, "if": 0.028,
        "yes_to_question": -0.025, "we_will": 0.019, "bumped": 0.019,
        "voting": 0.017, "move_on": -0.017, "put_before": 0.016,
        "passed_is": -0.007, "opinion": 0.006,
    },
)  # fmt: skip
