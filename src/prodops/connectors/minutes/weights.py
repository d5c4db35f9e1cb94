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
    intercept=-4.5479,
    slope=1.0052,
    shift=-0.4145,
    threshold=-0.20,
    weights={
        "plainly": 4.804, "hedged": 2.560, "leave_starts": 1.793,
        "becomes": 1.755, "no_objection": 1.718, "keep": 1.683,
        "becomes_arrow": 1.654, "minutes_ok": 1.543, "twice": 1.384,
        "ends_colon": -1.360, "spoken": -1.354, "question": -1.304,
        "agree_noun": 1.296, "lets": 1.182, "rule": 1.163,
        "carried": 1.068, "dropped": 1.053, "might": -1.050,
        "agree_alone": 1.005, "under_outcome": 0.967, "past": 0.902,
        "put_off": 0.896, "revisit": 0.893, "agree_person": 0.836,
        "outcome": 0.792, "hedged_twice": 0.775, "passed_is": -0.770,
        "body_chose": 0.768, "suggests": 0.768, "from_when": 0.765,
        "consented": 0.741, "not_made": 0.729, "agree_group": 0.693,
        "we_will": 0.684, "put_off_starts": -0.659, "closed": 0.656,
        "contrast": 0.653, "to_be_moved": 0.553, "answered_yes": -0.526,
        "reported": -0.520, "agree_starts": 0.505, "elsewhere": -0.504,
        "proposal_label": -0.501, "sentiment": 0.501, "priority": 0.469,
        "person_subject": -0.463, "agree_past": -0.463, "granted": 0.462,
        "some_agree": 0.443, "date_moved": -0.442, "unsettled": 0.433,
        "plan_is": 0.416, "fine_named": 0.416, "merge": -0.406,
        "to_clause": 0.396, "agree_spoken": -0.391, "fine": 0.384,
        "voting": 0.380, "passed_noun": -0.372, "we_policy": -0.371,
        "no_objection_mine": -0.368, "decided_starts": 0.367, "bumped": 0.362,
        "outcome_label": 0.339, "move_on": -0.336, "x_it_is": 0.334,
        "should_be": 0.329, "as_though": -0.320, "chat_header": -0.317,
        "chosen_starts": -0.311, "fine_group": -0.311, "agree_mostly": -0.307,
        "firmly": 0.306, "goal_label": -0.305, "agree_with": -0.299,
        "passed_elsewhere": -0.292, "passed": 0.287, "from_when_starts": 0.287,
        "conditional": -0.285, "was_chosen": -0.273, "agree_later": 0.263,
        "negated": -0.263, "should": 0.248, "note_label": -0.245,
        "voted": -0.241, "if": 0.241, "decision_is": 0.238,
        "passed_ends": 0.235, "go_with": -0.229, "we_subject": 0.223,
        "discussed": -0.219, "called": 0.214, "goes_ahead": 0.206,
        "over_and_out": -0.203, "perfect": -0.199, "approving": 0.195,
        "wants": -0.193, "called_starts": 0.192, "example": -0.171,
        "body_are": 0.170, "talk_only": 0.170, "outstanding": 0.170,
        "moved_formally": 0.169, "decide_later": 0.167, "yes_to_question": 0.164,
        "short": -0.160, "body_chose_later": -0.154, "proposed_before": 0.152,
        "will_be": -0.152, "leave_given": -0.146, "consensus_wanted": -0.142,
        "yes_to": 0.136, "close_this": 0.135, "fits": 0.131,
        "decided": 0.124, "settles_by_doing": 0.116, "ends_settled": 0.111,
        "agree_named": 0.111, "chose": 0.093, "objection_asked": 0.087,
        "passed_starts": 0.075, "settled_after": 0.066, "will_settle": 0.065,
        "opinion": 0.063, "long": -0.050, "body_refuses": 0.044,
        "ruling_label": 0.034, "chosen_ends": 0.030, "proposal": -0.027,
        "put_before": 0.027, "no_time": -0.020, "proposal_open": -0.019,
        "thing_subject": 0.016, "hearing_none": -0.016, "consensus": 0.013,
        "proposal_answered": -0.008, "answered": -0.006,
    },
)  # fmt: skip

ACTION_WEIGHTS: Final = Weights(
    intercept=-3.7235,
    slope=0.9616,
    shift=-0.9179,
    threshold=0.20,
    weights={
        "plainly": 3.318, "chat_header": -2.836, "action_item": 2.458,
        "hedged": 2.447, "name_can": 2.267, "capital_will": -1.918,
        "imperative_weak": 1.902, "asked_to_do": 1.841, "back_with": 1.782,
        "hedged_twice": 1.715, "who_has": 1.701, "firmly": 1.582,
        "question": -1.547, "name_will": 1.519, "who_does": 1.491,
        "name_should": 1.477, "i_will": 1.474, "plans": 1.443,
        "owner_label": 1.265, "thing_stays": 1.246, "by_when": 1.194,
        "who_to_work": 1.176, "should": -1.092, "done": -1.078,
        "long": -1.074, "will_do": 1.059, "later_will": 1.019,
        "twice": 0.962, "will_be_doing": 0.961, "perfect": -0.957,
        "will_starts": 0.900, "with_whom": 0.882, "offline": 0.875,
        "next_step": 0.859, "can_do": 0.832, "volunteers": 0.823,
        "need_to": -0.822, "invitation": -0.814, "capital_takes": -0.806,
        "proposal_label": -0.772, "name_stays": 0.750, "who_dash": 0.737,
        "we_will": 0.736, "imperative_later": 0.720, "box": -0.708,
        "i_can": 0.701, "dash_who": -0.697, "person_orders": -0.659,
        "conditional": -0.659, "stranger_named": 0.658, "short": -0.645,
        "not_made": -0.620, "elsewhere": 0.608, "took_on": 0.597,
        "might": -0.591, "please": -0.591, "who_is_state": 0.583,
        "name_starts": 0.577, "name_takes": 0.571, "title_reports": -0.561,
        "example": -0.559, "ends_colon": -0.559, "capital_starts": -0.552,
        "unsettled": 0.550, "wants": -0.543, "who_is_asked": 0.538,
        "volunteers_wanted": 0.526, "past": -0.509, "to_starts": -0.505,
        "later_takes": -0.492, "do_so": 0.490, "by_who": 0.475,
        "who_is_to": -0.474, "need": -0.468, "not_will": 0.467,
        "talk_only": 0.459, "handle": -0.439, "assign": 0.438,
        "responsible": 0.437, "negated": -0.425, "goal_label": -0.424,
        "imperative": 0.415, "who_did": 0.411, "who_chasing": 0.408,
        "who_pledged": 0.395, "follow_up": 0.395, "if": 0.393,
        "spoken": -0.386, "not_done_by": 0.373, "asked_of_i": 0.357,
        "thing_can": -0.355, "group_to": 0.352, "note_label": 0.320,
        "outstanding": 0.314, "done_by": -0.306, "owner_is": 0.304,
        "given_to": 0.286, "waiting": -0.284, "modal_it": -0.283,
        "settled_we": -0.265, "capital_stays": 0.262, "as_though": 0.243,
        "who_due": 0.230, "will_be": -0.216, "agreed_to_do": -0.211,
        "in_meeting": -0.211, "thing_takes": -0.209, "we_can": -0.207,
        "who_is_doing": 0.207, "who_doing_due": -0.206, "later_can": -0.198,
        "capital_should": 0.196, "title_acts": -0.185, "who_would": 0.174,
        "will_later": 0.158, "opinion": -0.145, "capital_can": -0.140,
        "we_should": -0.137, "suggests": 0.136, "reported": 0.136,
        "takes": -0.126, "stranger_works": -0.118, "owner_ends": -0.098,
        "discussed": -0.084, "on_plate": 0.078, "proposed_before": -0.071,
        "we_work": -0.065, "we_stays": -0.048, "falls_to": -0.046,
        "i_stays": -0.026, "i_takes": -0.020, "name_called": 0.020,
        "thing_should": 0.016, "i_should": -0.016, "he_should": -0.010,
        "thing_will": -0.008, "asked_and_taken": -0.007,
    },
)  # fmt: skip

FORMAL_WEIGHTS: Final = Weights(
    intercept=-2.3855,
    slope=1.5906,
    shift=1.0332,
    threshold=-1.10,
    weights={
        "approving": 3.447, "spoken": -3.227, "plainly": 2.932,
        "proposal": 2.723, "proposal_voted": 2.443, "voted": 2.125,
        "formal": -1.513, "suggests": 1.486, "twice": 1.223,
        "assent": 1.003, "hedged": 0.802, "becomes": 0.797,
        "question": -0.704, "person_subject": -0.661, "body_chose": 0.653,
        "dropped": 0.587, "agree_alone": -0.571, "firmly": 0.533,
        "proposal_answered": 0.496, "long": 0.457, "rule": 0.449,
        "ends_colon": -0.443, "will_settle": 0.432, "leave_starts": 0.426,
        "no_objection": 0.416, "answered_yes": -0.409, "passed_ends": 0.399,
        "proposed_before": 0.386, "contrast": 0.382, "might": -0.381,
        "elsewhere": -0.368, "from_when": 0.363, "conditional": -0.357,
        "becomes_arrow": 0.350, "decided_starts": 0.338, "closed": 0.336,
        "short": 0.335, "agree_noun": 0.329, "thing_subject": 0.325,
        "reported": -0.319, "outcome": 0.315, "agree_starts": 0.314,
        "minutes_ok": 0.308, "put_off": 0.304, "agree_group": 0.296,
        "decide_later": -0.287, "no_objection_mine": -0.286, "agree_with": -0.279,
        "goes_ahead": 0.253, "not_made": 0.249, "chosen_ends": 0.246,
        "keep": 0.240, "go_with": 0.239, "lets": -0.237,
        "passed_elsewhere": -0.236, "to_be_moved": 0.232, "decided": -0.229,
        "passed_noun": -0.229, "leave_given": -0.227, "agree_past": -0.227,
        "consensus": 0.223, "proposal_open": -0.217, "ruling_label": 0.213,
        "hedged_twice": -0.212, "past": -0.204, "agree_later": 0.199,
        "outcome_label": 0.195, "granted": 0.193, "consented": 0.191,
        "carried": 0.191, "objection_asked": 0.188, "date_moved": -0.178,
        "chosen_starts": -0.177, "example": 0.175, "fine_group": -0.164,
        "agree_spoken": -0.160, "should": -0.159, "agree_person": 0.158,
        "proposal_label": -0.151, "perfect": -0.149, "will_be": 0.142,
        "consensus_wanted": -0.142, "we_policy": 0.142, "settles_by_doing": -0.140,
        "fine_named": 0.136, "ends_settled": 0.136, "agree_named": 0.136,
        "we_will": 0.130, "talk_only": -0.125, "passed": 0.120,
        "bumped": -0.103, "yes_to_question": 0.101, "as_though": -0.101,
        "from_when_starts": 0.100, "x_it_is": 0.094, "passed_starts": 0.092,
        "settled_after": -0.088, "wants": -0.086, "should_be": 0.085,
        "body_are": 0.078, "we_subject": -0.078, "hearing_none": -0.077,
        "discussed": -0.072, "called_starts": 0.068, "unsettled": 0.068,
        "close_this": 0.068, "over_and_out": -0.064, "outstanding": 0.059,
        "decision_is": 0.059, "goal_label": -0.058, "voting": 0.058,
        "agree_mostly": -0.057, "yes_to": 0.056, "merge": 0.056,
        "negated": 0.054, "moved_formally": 0.053, "sentiment": -0.049,
        "plan_is": -0.047, "if": 0.042, "put_before": 0.041,
        "put_off_starts": 0.038, "called": 0.036, "revisit": -0.035,
        "passed_is": 0.030, "body_chose_later": -0.026, "body_refuses": 0.019,
        "chose": 0.017, "fine": 0.016, "opinion": 0.010,
        "to_clause": -0.009, "no_time": -0.008, "move_on": -0.007,
    },
)  # fmt: skip
