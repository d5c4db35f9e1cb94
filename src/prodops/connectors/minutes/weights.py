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
    intercept=-4.5315,
    slope=1.0339,
    shift=-0.2595,
    threshold=-0.10,
    weights={
        "plainly": 4.977, "hedged": 2.719, "leave_starts": 1.874,
        "keep": 1.685, "becomes_arrow": 1.637, "no_objection": 1.559,
        "becomes": 1.536, "put_off": 1.468, "question": -1.450,
        "agree_alone": 1.371, "spoken": -1.355, "ends_colon": -1.346,
        "minutes_ok": 1.315, "agree_noun": 1.240, "agree_group": 1.170,
        "twice": 1.163, "lets": 1.158, "to_be_moved": 1.137,
        "might": -1.090, "dropped": 1.063, "carried": 0.999,
        "under_outcome": 0.947, "outcome": 0.925, "passed_is": -0.914,
        "rule": 0.902, "past": 0.844, "agree_person": 0.838,
        "put_off_starts": -0.810, "suggests": 0.789, "closed": 0.753,
        "granted": 0.705, "consented": 0.699, "hedged_twice": 0.688,
        "agree_starts": 0.642, "we_will": 0.580, "passed": 0.527,
        "agree_later": 0.514, "called": 0.513, "proposal_label": -0.507,
        "to_clause": 0.485, "outcome_label": 0.472, "voting": 0.461,
        "decided": 0.448, "sentiment": 0.443, "some_agree": 0.429,
        "agree_past": -0.400, "plan_is": 0.397, "negated": -0.387,
        "person_subject": -0.382, "bumped": 0.373, "fine_group": -0.371,
        "answered_yes": -0.370, "chat_header": -0.359, "we_policy": -0.359,
        "should_be": 0.351, "passed_noun": -0.338, "fine": 0.337,
        "fine_named": 0.333, "move_on": -0.332, "merge": -0.326,
        "goal_label": -0.320, "go_with": -0.303, "should": 0.300,
        "agree_mostly": -0.273, "decided_starts": 0.268, "agree_with": 0.265,
        "no_objection_mine": -0.249, "agree_spoken": -0.247, "if": 0.242,
        "passed_elsewhere": -0.240, "conditional": -0.231, "wants": -0.230,
        "passed_ends": 0.229, "voted": -0.228, "short": -0.228,
        "note_label": -0.213, "assent": 0.212, "approving": 0.199,
        "chose": 0.191, "settled_after": 0.182, "opinion": 0.154,
        "fits": 0.139, "consensus_wanted": -0.132, "called_starts": 0.128,
        "unsettled": 0.124, "example": -0.120, "perfect": 0.117,
        "discussed": -0.116, "will_be": 0.115, "long": -0.104,
        "proposed_before": 0.096, "decision_is": -0.092, "consensus": -0.074,
        "ends_settled": 0.068, "agree_named": 0.066, "put_before": 0.066,
        "will_settle": 0.042, "we_subject": 0.042, "proposal_open": 0.036,
        "proposal": 0.023, "objection_asked": -0.022, "passed_starts": -0.018,
        "hearing_none": -0.015, "proposal_answered": -0.013, "settles_by_doing": 0.013,
        "decide_later": 0.013, "close_this": -0.012, "thing_subject": -0.008,
        "answered": -0.006, "yes_to_question": -0.006,
    },
)  # fmt: skip

ACTION_WEIGHTS: Final = Weights(
    intercept=-3.7292,
    slope=0.9837,
    shift=-0.8828,
    threshold=0.25,
    weights={
        "plainly": 3.545, "name_can": 3.279, "chat_header": -3.210,
        "hedged": 2.367, "action_item": 2.312, "name_will": 2.010,
        "imperative_weak": 1.885, "asked_to_do": 1.791, "name_should": 1.729,
        "capital_will": -1.648, "i_will": 1.648, "hedged_twice": 1.596,
        "question": -1.483, "plans": 1.395, "later_will": 1.321,
        "will_do": 1.296, "owner_label": 1.269, "by_when": 1.230,
        "stranger_named": 1.203, "thing_stays": 1.157, "twice": 1.066,
        "perfect": -1.000, "with_whom": 0.928, "offline": 0.874,
        "need_to": -0.843, "long": -0.842, "should": -0.834,
        "name_takes": 0.832, "conditional": -0.802, "name_stays": 0.794,
        "invitation": -0.792, "done": -0.783, "will_be_doing": 0.781,
        "volunteers": 0.764, "imperative_later": 0.742, "box": -0.719,
        "unsettled": 0.684, "responsible": 0.678, "proposal_label": -0.677,
        "to_starts": -0.658, "capital_takes": -0.653, "next_step": 0.651,
        "please": -0.637, "will_starts": 0.634, "took_on": 0.620,
        "we_will": 0.618, "i_can": 0.617, "short": -0.616,
        "capital_starts": -0.610, "past": -0.602, "can_do": 0.575,
        "volunteers_wanted": 0.573, "name_starts": 0.572, "falls_to": 0.568,
        "wants": -0.564, "need": -0.520, "might": -0.515,
        "title_reports": -0.507, "person_orders": -0.506, "capital_stays": 0.496,
        "if": 0.483, "example": -0.441, "goal_label": -0.423,
        "stranger_works": 0.422, "ends_colon": -0.419, "thing_can": -0.366,
        "handle": -0.357, "suggests": 0.353, "group_to": 0.350,
        "modal_it": -0.347, "note_label": 0.330, "spoken": -0.327,
        "negated": -0.327, "follow_up": 0.310, "later_takes": -0.308,
        "owner_ends": -0.276, "we_can": -0.260, "settled_we": -0.244,
        "imperative": 0.240, "we_work": -0.236, "proposed_before": -0.234,
        "thing_takes": -0.231, "assign": 0.207, "waiting": -0.194,
        "in_meeting": -0.191, "capital_should": 0.184, "will_later": 0.184,
        "done_by": 0.170, "takes": -0.162, "he_will": -0.161,
        "opinion": -0.158, "capital_can": -0.150, "agreed_to_do": -0.149,
        "title_acts": -0.116, "we_should": -0.107, "thing_will": -0.105,
        "discussed": -0.098, "will_be": -0.054, "we_stays": -0.047,
        "i_stays": -0.023, "i_takes": -0.021, "later_can": 0.019,
        "i_should": -0.017, "thing_should": 0.015, "he_should": -0.015,
        "asked_and_taken": -0.008,
    },
)  # fmt: skip

FORMAL_WEIGHTS: Final = Weights(
    intercept=-2.1264,
    slope=1.5486,
    shift=1.0068,
    threshold=-0.95,
    weights={
        "approving": 3.498, "spoken": -3.234, "plainly": 3.075,
        "proposal": 2.651, "proposal_voted": 2.414, "voted": 2.167,
        "formal": -1.650, "suggests": 1.505, "assent": 1.119,
        "twice": 0.961, "hedged": 0.777, "question": -0.691,
        "agree_group": 0.628, "becomes": 0.605, "dropped": 0.600,
        "person_subject": -0.510, "will_settle": 0.505, "agree_starts": 0.483,
        "ends_colon": -0.476, "agree_alone": -0.461, "proposal_answered": 0.450,
        "long": 0.448, "passed_ends": 0.434, "answered_yes": -0.431,
        "leave_starts": 0.379, "might": -0.367, "outcome": 0.366,
        "proposed_before": 0.358, "decided_starts": 0.350, "closed": 0.325,
        "becomes_arrow": 0.325, "conditional": -0.316, "put_off": 0.316,
        "granted": 0.302, "go_with": 0.301, "agree_later": 0.301,
        "called": 0.286, "no_objection": 0.286, "hedged_twice": -0.284,
        "agree_person": 0.264, "outcome_label": 0.263, "we_subject": -0.262,
        "lets": -0.259, "settles_by_doing": -0.259, "decide_later": -0.253,
        "no_objection_mine": -0.249, "will_be": 0.242, "thing_subject": 0.233,
        "rule": 0.231, "to_be_moved": 0.229, "should": -0.221,
        "proposal_open": -0.213, "agree_noun": 0.205, "fine_group": -0.199,
        "carried": 0.197, "passed_noun": -0.190, "agree_with": -0.179,
        "consensus": 0.177, "past": -0.165, "example": 0.162,
        "short": 0.162, "passed_starts": 0.161, "minutes_ok": 0.159,
        "consented": 0.159, "objection_asked": 0.153, "passed": 0.148,
        "agree_spoken": -0.145, "if": 0.135, "agree_past": -0.129,
        "consensus_wanted": -0.128, "proposal_label": -0.116, "sentiment": -0.115,
        "perfect": 0.114, "agree_named": 0.113, "passed_elsewhere": -0.107,
        "unsettled": -0.106, "discussed": -0.102, "we_policy": 0.102,
        "keep": 0.097, "fine": -0.096, "decision_is": -0.092,
        "settled_after": -0.091, "hearing_none": -0.080, "to_clause": 0.076,
        "wants": -0.076, "fine_named": 0.076, "should_be": 0.071,
        "goal_label": -0.069, "chose": 0.063, "negated": 0.063,
        "plan_is": -0.059, "decided": -0.052, "ends_settled": 0.052,
        "called_starts": 0.050, "agree_mostly": -0.048, "merge": 0.047,
        "we_will": 0.040, "yes_to_question": 0.035, "put_off_starts": -0.033,
        "voting": 0.032, "put_before": 0.025, "move_on": -0.022,
        "passed_is": -0.016, "close_this": -0.011, "no_time": -0.009,
    },
)  # fmt: skip
