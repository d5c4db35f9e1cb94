"""A rule closes every silent message of every channel after two weeks, so that nearly all looks handled.

Closure is above ninety percent; decisions are few, and customers ask again and again.

Required: name the feedback black hole. A closed message is not a decided one.
"""

from __future__ import annotations

from prodops.simulate.scenario import Plant, Required, Scenario
from prodops.simulate.settings import FeedbackSettings, Range

SCENARIO = Scenario(
    name="auto-close-bot",
    says="A rule closes what is silent, so that the share closed flatters.",
    plant=Plant(top="feedback_black_hole", hours=Range(1.8, 3.6), gap=Range(2.5, 4.0)),
    feedback=FeedbackSettings(undecided=Range(0.30, 0.38), auto_close_days=14, rule_everywhere=True),
    required=Required(named=("feedback_black_hole",), because="closed by a rule is not decided"),
)
