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
    intercept=-4.5691,
    slope=1.0151,
    shift=-0.3213,
    threshold=-0.15,
    weights={
        "plainly": 4.915, "hedged": 2.743, "leave_starts": 1.690,
        "becomes_arrow": 1.679, "keep": 1.662, "no_objection": 1.571,
        "put_off": 1.567, "becomes": 1.552, "spoken": -1.502,
        "question": -1.451, "ends_colon": -1.356, "minutes_ok": 1.339,
        "agree_group": 1.186, "lets": 1.154, "twice": 1.106,
        "agree_noun": 1.090, "might": -1.083, "carried": 0.986,
        "agree_alone": 0.986, "outcome": 0.956, "under_outcome": 0.929,
        "rule": 0.925, "put_off_starts": -0.915, "passed_is": -0.895,
        "dropped": 0.859, "past": 0.827, "hedged_twice": 0.795,
        "suggests": 0.790, "agree_person": 0.773, "granted": 0.717,
        "consented": 0.715, "proposal_label": -0.643, "agree_later": 0.556,
        "closed": 0.540, "called": 0.528, "passed": 0.524,
        "we_will": 0.522, "to_clause": 0.490, "decided": 0.471,
        "voting": 0.470, "sentiment": 0.466, "outcome_label": 0.458,
        "agree_past": -0.448, "some_agree": 0.443, "to_be_moved": 0.443,
        "plan_is": 0.406, "agree_starts": 0.401, "answered_yes": -0.391,
        "chat_header": -0.383, "fine": 0.367, "passed_noun": -0.359,
        "should_be": 0.357, "fine_group": -0.349, "fine_named": 0.344,
        "we_policy": -0.341, "agree_with": 0.309, "decided_starts": 0.308,
        "bumped": 0.298, "goal_label": -0.291, "negated": -0.288,
        "person_subject": -0.280, "passed_ends": 0.272, "should": 0.270,
        "wants": -0.265, "passed_elsewhere": -0.263, "no_objection_mine": -0.263,
        "move_on": -0.263, "short": -0.243, "assent": 0.236,
        "merge": -0.229, "note_label": -0.223, "go_with": -0.221,
        "voted": -0.220, "conditional": -0.217, "settles_by_doing": -0.216,
        "settled_after": 0.204, "if": 0.203, "chose": 0.202,
        "approving": 0.200, "will_settle": 0.195, "yes_to_question": -0.163,
        "will_be": 0.157, "consensus_wanted": -0.143, "called_starts": 0.140,
        "opinion": 0.140, "fits": 0.139, "example": -0.134,
        "close_this": 0.133, "put_before": 0.114, "proposed_before": 0.110,
        "perfect": 0.106, "long": -0.105, "unsettled": 0.103,
        "discussed": -0.093, "ends_settled": 0.083, "thing_subject": 0.075,
        "agree_named": 0.073, "decision_is": -0.056, "consensus": -0.038,
        "objection_asked": -0.038, "passed_starts": -0.035, "proposal_open": 0.033,
        "we_subject": 0.021, "proposal": 0.020, "hearing_none": -0.015,
        "decide_later": -0.015, "proposal_answered": -0.014, "answered": -0.007,
        "owner_label": -0.006,
    },
)  # fmt: skip

ACTION_WEIGHTS: Final = Weights(
    intercept=-3.7389,
    slope=0.9880,
    shift=-0.8643,
    threshold=0.20,
    weights={
        "plainly": 3.539, "name_can": 3.280, "chat_header": -3.217,
        "hedged": 2.369, "action_item": 2.303, "name_will": 2.039,
        "imperative_weak": 1.868, "asked_to_do": 1.756, "capital_will": -1.689,
        "name_should": 1.665, "i_will": 1.657, "hedged_twice": 1.603,
        "question": -1.486, "plans": 1.460, "will_do": 1.318,
        "later_will": 1.303, "owner_label": 1.246, "by_when": 1.182,
        "thing_stays": 1.162, "twice": 1.097, "perfect": -1.016,
        "offline": 0.963, "with_whom": 0.887, "long": -0.854,
        "need_to": -0.834, "should": -0.834, "name_takes": 0.832,
        "invitation": -0.804, "conditional": -0.795, "name_stays": 0.787,
        "done": -0.786, "volunteers": 0.756, "will_be_doing": 0.744,
        "imperative_later": 0.732, "unsettled": 0.700, "responsible": 0.684,
        "box": -0.675, "to_starts": -0.668, "please": -0.664,
        "next_step": 0.656, "proposal_label": -0.639, "capital_takes": -0.638,
        "will_starts": 0.637, "past": -0.621, "short": -0.605,
        "capital_starts": -0.601, "we_will": 0.589, "i_can": 0.587,
        "took_on": 0.586, "name_starts": 0.583, "can_do": 0.569,
        "wants": -0.567, "volunteers_wanted": 0.563, "falls_to": 0.559,
        "person_orders": -0.538, "might": -0.529, "need": -0.517,
        "capital_stays": 0.489, "if": 0.473, "title_reports": -0.459,
        "example": -0.445, "ends_colon": -0.440, "goal_label": -0.409,
        "group_to": 0.396, "suggests": 0.364, "negated": -0.360,
        "thing_can": -0.355, "handle": -0.349, "modal_it": -0.332,
        "follow_up": 0.332, "spoken": -0.318, "note_label": 0.302,
        "later_takes": -0.284, "owner_ends": -0.275, "we_can": -0.255,
        "imperative": 0.231, "proposed_before": -0.224, "settled_we": -0.222,
        "thing_takes": -0.216, "will_later": 0.211, "assign": 0.207,
        "we_work": -0.206, "waiting": -0.177, "in_meeting": -0.167,
        "capital_should": 0.166, "done_by": 0.161, "he_will": -0.161,
        "opinion": -0.160, "takes": -0.157, "agreed_to_do": -0.149,
        "capital_can": -0.145, "thing_will": -0.123, "we_should": -0.113,
        "title_acts": -0.109, "discussed": -0.079, "we_stays": -0.046,
        "will_be": -0.042, "i_stays": -0.021, "i_takes": -0.020,
        "i_should": -0.016, "later_can": 0.015, "he_should": -0.014,
        "asked_and_taken": -0.007,
    },
)  # fmt: skip

FORMAL_WEIGHTS: Final = Weights(
    intercept=-2.2794,
    slope=1.5518,
    shift=1.0489,
    threshold=-1.35,
    weights={
        "approving": 3.453, "spoken": -3.230, "plainly": 3.105,
        "proposal": 2.688, "proposal_voted": 2.414, "voted": 2.105,
        "formal": -1.661, "suggests": 1.502, "assent": 1.122,
        "twice": 0.919, "hedged": 0.814, "question": -0.716,
        "becomes": 0.654, "agree_group": 0.648, "dropped": 0.613,
        "will_settle": 0.561, "proposal_answered": 0.521, "agree_starts": 0.505,
        "ends_colon": -0.488, "agree_alone": -0.457, "long": 0.450,
        "passed_ends": 0.431, "answered_yes": -0.407, "becomes_arrow": 0.387,
        "outcome": 0.381, "person_subject": -0.378, "proposed_before": 0.377,
        "thing_subject": 0.377, "put_off": 0.377, "leave_starts": 0.370,
        "might": -0.349, "decided_starts": 0.345, "granted": 0.326,
        "go_with": 0.326, "conditional": -0.322, "closed": 0.307,
        "no_objection_mine": -0.303, "decide_later": -0.286, "agree_later": 0.284,
        "called": 0.278, "no_objection": 0.276, "will_be": 0.272,
        "hedged_twice": -0.271, "outcome_label": 0.268, "rule": 0.267,
        "lets": -0.262, "settles_by_doing": -0.253, "agree_person": 0.250,
        "proposal_open": -0.248, "we_subject": -0.226, "short": 0.217,
        "fine_group": -0.207, "passed_noun": -0.206, "should": -0.203,
        "carried": 0.203, "agree_with": -0.200, "consensus": 0.188,
        "minutes_ok": 0.178, "example": 0.178, "consented": 0.175,
        "past": -0.170, "objection_asked": 0.156, "consensus_wanted": -0.147,
        "sentiment": -0.140, "agree_past": -0.136, "proposal_label": -0.131,
        "if": 0.131, "passed": 0.131, "agree_named": 0.124,
        "passed_starts": 0.123, "decision_is": -0.123, "passed_elsewhere": -0.122,
        "we_policy": 0.119, "perfect": 0.116, "keep": 0.105,
        "negated": 0.104, "unsettled": -0.103, "fine_named": 0.101,
        "discussed": -0.095, "settled_after": -0.095, "hearing_none": -0.088,
        "agree_noun": 0.088, "should_be": 0.083, "merge": 0.075,
        "fine": -0.068, "goal_label": -0.067, "decided": -0.066,
        "plan_is": -0.066, "put_off_starts": 0.065, "wants": -0.064,
        "chose": 0.062, "ends_settled": 0.061, "to_clause": 0.060,
        "we_will": 0.054, "called_starts": 0.053, "close_this": -0.050,
        "to_be_moved": 0.039, "voting": 0.035, "move_on": -0.020,
        "opinion": 0.019, "passed_is": -0.017, "put_before": 0.017,
        "bumped": 0.011,
    },
)  # fmt: skip
