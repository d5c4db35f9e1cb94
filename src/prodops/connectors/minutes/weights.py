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
    intercept=-4.4444,
    slope=1.0343,
    shift=-0.3554,
    threshold=0.00,
    weights={
        "plainly": 4.958, "alone_plainly": 3.406, "hedged": 2.738,
        "leave_starts": 1.883, "keep": 1.786, "no_objection": 1.585,
        "becomes_arrow": 1.576, "becomes": 1.518, "put_off": 1.509,
        "question": -1.488, "minutes_ok": 1.387, "ends_colon": -1.374,
        "agree_alone": 1.372, "spoken": -1.336, "alone_firmly": 1.312,
        "agree_noun": 1.290, "twice": 1.235, "agree_group": 1.204,
        "lets": 1.134, "to_be_moved": 1.123, "carried": 1.062,
        "dropped": 1.060, "might": -1.051, "agree_person": 0.956,
        "goes_ahead": 0.948, "outcome": 0.937, "alone_hedged": 0.935,
        "past": 0.871, "rule": 0.869, "hedged_twice": 0.858,
        "passed_is": -0.826, "body_chose": 0.799, "put_off_starts": -0.797,
        "closed": 0.743, "suggests": 0.738, "granted": 0.706,
        "consented": 0.699, "we_will": 0.677, "called": 0.666,
        "decided": 0.628, "agree_starts": 0.610, "passed": 0.584,
        "chosen_ends": 0.567, "outcome_label": 0.530, "to_clause": 0.519,
        "proposal_label": -0.517, "negated": -0.498, "ruling_label": 0.485,
        "person_subject": -0.485, "voting": 0.479, "agree_later": 0.477,
        "agree_past": -0.463, "should_be": 0.462, "x_it_is": 0.461,
        "sentiment": 0.449, "we_policy": -0.419, "some_agree": 0.406,
        "fine_group": -0.380, "plan_is": 0.375, "bumped": 0.374,
        "chat_header": -0.367, "from_when_starts": 0.367, "goal_label": -0.364,
        "fine_named": 0.360, "merge": -0.354, "move_on": -0.348,
        "alone_not_made": 0.344, "passed_noun": -0.335, "body_are": 0.331,
        "answered_yes": -0.328, "fine": 0.324, "decide_later": 0.306,
        "passed_elsewhere": -0.276, "agree_mostly": -0.273, "conditional": -0.269,
        "go_with": -0.267, "wants": -0.262, "alone_twice": 0.260,
        "no_objection_mine": -0.256, "leave_given": -0.255, "agree_with": 0.253,
        "decided_starts": 0.246, "under_outcome": 0.246, "over_and_out": 0.244,
        "short": -0.241, "agree_spoken": -0.236, "settled_after": 0.232,
        "chose": 0.230, "alone_hedged_twice": -0.218, "assent": 0.215,
        "voted": -0.214, "note_label": -0.213, "opinion": 0.208,
        "moved_formally": 0.203, "if": 0.203, "unsettled": 0.197,
        "yes_to_question": -0.190, "ends_settled": 0.189, "yes_to": 0.168,
        "body_chose_later": 0.168, "example": -0.152, "passed_ends": 0.146,
        "date_moved": 0.143, "fits": 0.140, "put_before": 0.136,
        "consensus_wanted": -0.133, "approving": 0.129, "discussed": -0.126,
        "called_starts": 0.114, "thing_subject": -0.094, "consensus": -0.092,
        "will_settle": 0.091, "was_chosen": -0.090, "settles_by_doing": 0.089,
        "proposed_before": 0.088, "objection_asked": 0.080, "agree_named": 0.076,
        "long": -0.066, "should": 0.054, "proposal_open": 0.040,
        "decision_is": 0.037, "will_be": 0.029, "proposal": 0.028,
        "chosen_starts": -0.028, "perfect": 0.021, "we_subject": 0.017,
        "hearing_none": -0.015, "alone_reported": -0.013, "alone_outstanding": -0.012,
        "proposal_answered": -0.012, "passed_starts": -0.011, "no_time": -0.010,
        "close_this": 0.008, "answered": -0.006,
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
    intercept=-2.2236,
    slope=1.5283,
    shift=1.0003,
    threshold=-1.00,
    weights={
        "approving": 3.443, "spoken": -3.224, "plainly": 2.999,
        "proposal": 2.693, "proposal_voted": 2.425, "voted": 2.107,
        "alone_plainly": 1.838, "formal": -1.673, "suggests": 1.451,
        "assent": 1.144, "twice": 1.078, "hedged": 0.906,
        "alone_firmly": 0.864, "question": -0.762, "body_chose": 0.652,
        "becomes": 0.650, "agree_group": 0.591, "dropped": 0.585,
        "goes_ahead": 0.521, "proposal_answered": 0.515, "will_settle": 0.477,
        "long": 0.464, "ends_colon": -0.463, "passed_ends": 0.445,
        "leave_starts": 0.427, "person_subject": -0.427, "agree_alone": -0.419,
        "agree_starts": 0.412, "answered_yes": -0.406, "called": 0.391,
        "thing_subject": 0.388, "proposed_before": 0.382, "becomes_arrow": 0.381,
        "alone_twice": 0.375, "might": -0.370, "outcome": 0.367,
        "alone_hedged": 0.363, "conditional": -0.354, "no_objection_mine": -0.342,
        "no_objection": 0.340, "granted": 0.332, "closed": 0.330,
        "agree_later": 0.321, "decided_starts": 0.316, "put_off": 0.306,
        "minutes_ok": 0.294, "agree_person": 0.285, "lets": -0.284,
        "agree_noun": 0.277, "go_with": 0.272, "chosen_ends": 0.271,
        "outcome_label": 0.269, "rule": 0.264, "ruling_label": 0.261,
        "to_be_moved": 0.249, "proposal_open": -0.247, "will_be": 0.240,
        "chosen_starts": -0.232, "settles_by_doing": -0.227, "passed_noun": -0.224,
        "decide_later": -0.220, "fine_group": -0.213, "was_chosen": 0.195,
        "example": 0.181, "consented": 0.181, "agree_with": -0.179,
        "passed_elsewhere": -0.179, "carried": 0.177, "x_it_is": 0.177,
        "passed": 0.173, "consensus": 0.172, "agree_past": -0.165,
        "consensus_wanted": -0.164, "leave_given": -0.163, "alone_not_made": 0.160,
        "from_when_starts": 0.158, "keep": 0.157, "alone_hedged_twice": -0.155,
        "should": -0.153, "objection_asked": 0.153, "short": 0.149,
        "proposal_label": -0.148, "agree_spoken": -0.146, "ends_settled": 0.143,
        "over_and_out": 0.143, "body_are": 0.139, "we_subject": -0.139,
        "sentiment": -0.135, "body_chose_later": 0.134, "past": -0.132,
        "agree_named": 0.128, "discussed": -0.107, "fine_named": 0.104,
        "we_policy": 0.104, "passed_starts": 0.103, "hearing_none": -0.095,
        "settled_after": -0.093, "decision_is": -0.090, "decided": 0.088,
        "moved_formally": 0.084, "fine": -0.081, "yes_to": 0.081,
        "unsettled": -0.072, "agree_mostly": -0.071, "plan_is": -0.071,
        "should_be": 0.070, "goal_label": -0.069, "wants": -0.064,
        "chose": 0.063, "if": 0.060, "alone_outstanding": -0.058,
        "hedged_twice": -0.048, "called_starts": 0.045, "date_moved": 0.044,
        "we_will": 0.039, "put_off_starts": -0.036, "merge": 0.035,
        "put_before": 0.030, "close_this": -0.030, "to_clause": 0.029,
        "move_on": -0.028, "voting": 0.027, "bumped": -0.026,
        "alone_reported": -0.025, "perfect": 0.013, "negated": 0.011,
        "opinion": 0.010, "yes_to_question": 0.010, "passed_is": -0.009,
        "no_time": -0.008,
    },
)  # fmt: skip
