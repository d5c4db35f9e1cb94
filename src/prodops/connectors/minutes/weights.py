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
    intercept=-4.3602,
    slope=1.1381,
    shift=-0.0860,
    threshold=-0.25,
    weights={
        "plainly": 4.444, "hedged": 2.475, "no_objection": 1.305,
        "spoken": -1.213, "keep": 1.128, "twice": 1.077,
        "question": -1.066, "leave_starts": 1.008, "put_off": 0.977,
        "agree_noun": 0.923, "minutes_ok": 0.922, "ends_colon": -0.891,
        "agree_group": 0.856, "might": -0.816, "becomes": 0.811,
        "suggests": 0.768, "outcome": 0.765, "becomes_arrow": 0.752,
        "carried": 0.667, "agree_alone": 0.639, "lets": 0.634,
        "hedged_twice": 0.626, "agree_person": 0.617, "under_outcome": 0.595,
        "past": 0.585, "outcome_label": 0.499, "agree_starts": 0.492,
        "passed": 0.485, "to_clause": 0.479, "dropped": 0.468,
        "passed_is": -0.458, "closed": 0.444, "consented": 0.436,
        "put_off_starts": -0.434, "rule": 0.428, "granted": 0.421,
        "voting": 0.418, "assent": 0.408, "passed_ends": 0.383,
        "agree_later": 0.376, "fine": 0.367, "decided": 0.357,
        "we_will": 0.351, "sentiment": 0.314, "short": -0.307,
        "proposal_label": -0.303, "will_settle": 0.300, "fine_named": 0.283,
        "answered_yes": -0.277, "person_subject": -0.275, "decided_starts": 0.258,
        "approving": 0.242, "wants": -0.242, "bumped": 0.227,
        "to_be_moved": 0.211, "should_be": 0.210, "should": 0.209,
        "chat_header": -0.203, "agree_past": -0.188, "some_agree": 0.187,
        "passed_noun": -0.177, "plan_is": 0.175, "close_this": 0.160,
        "goal_label": -0.154, "put_before": 0.140, "thing_subject": 0.139,
        "negated": -0.136, "merge": -0.135, "passed_elsewhere": -0.133,
        "agree_with": 0.133, "agree_named": 0.127, "we_policy": -0.126,
        "we_subject": 0.124, "note_label": -0.124, "example": -0.123,
        "chose": 0.121, "voted": -0.107, "no_objection_mine": -0.104,
        "fits": 0.093, "decision_is": 0.090, "consensus_wanted": -0.090,
        "consensus": 0.087, "move_on": -0.084, "discussed": -0.081,
        "settled_after": 0.077, "conditional": -0.072, "objection_asked": -0.071,
        "yes_to_question": -0.064, "if": 0.064, "settles_by_doing": -0.063,
        "will_be": 0.063, "proposed_before": 0.058, "fine_group": -0.055,
        "perfect": 0.045, "decide_later": -0.037, "go_with": -0.033,
        "proposal_open": 0.027, "proposal": 0.021, "unsettled": 0.018,
        "long": 0.014, "opinion": 0.014, "hearing_none": -0.009,
        "proposal_answered": -0.006,
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
