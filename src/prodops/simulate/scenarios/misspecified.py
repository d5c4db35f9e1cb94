"""The same as `planted`, drawn from another family than the one an analysis would assume.

How it differs: (1) avoidable fractions are Beta(3.0, 3.7), mean .45 and standard deviation .18, instead of
mean .70 and .14. (2) Minutes of answers and of checks by hand have heavy tails: the standard deviation of
their logarithm is .9 and .95 instead of .3 and .5, so their mean is about half above their median.
(3) Minutes and attendance depend on health: a rotten ritual keeps 35% of its minutes and loses 45% of its
attendance, instead of all and 22%. (4) Rot is intermittent: in 40% of its three-week spells a rotten ritual
works as it once did. (5) The log of the dashboards holds 25 to 55% of uses instead of 50 to 90%.

Required: name the sink that truly leads, or none.
"""

from __future__ import annotations

from prodops.simulate.scenario import TOP, Plant, Required, Scenario
from prodops.simulate.settings import DataSettings, FeedbackSettings, Range, RitualSettings

SCENARIO = Scenario(
    name="misspecified",
    says="As planted, but from another family: less is avoidable, tails are heavy, notes depend on health.",
    plant=Plant(),
    avoidable=(3.0, 3.7),
    rituals=RitualSettings(noted_rotten=0.35, skipped_rotten=0.45, well=0.4),
    feedback=FeedbackSettings(answer_spread=0.9),
    data=DataSettings(recheck_spread=0.95, logged=Range(0.25, 0.55)),
    required=Required(named=(TOP, None), because="one sink leads"),
)
