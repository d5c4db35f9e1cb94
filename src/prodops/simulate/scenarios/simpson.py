"""Every channel decides more and more of its requests while the mix moves to the weak channels.

Each channel loses a tenth of what it left undecided over the period, and yet the whole decides less than
before, for more and more messages come by e-mail and through sales. What it costs stays below one percent.

Required: abstain; above all do not call the pooled trend a black hole.
"""

from __future__ import annotations

from prodops.simulate.scenario import Plant, Required, Scenario
from prodops.simulate.settings import FeedbackSettings, Range

SCENARIO = Scenario(
    name="simpson",
    says="Every channel improves while the whole worsens, because the mix moves to weak channels.",
    plant=Plant(hours=Range(0.05, 0.22), gap=Range(1.05, 3.0), sound=True, stageless=1.0),
    feedback=FeedbackSettings(
        undecided=Range(0.60, 0.70),
        worsening_mix=1.0,
        improving=0.10,
    ),
    required=Required(named=(None,), because="each channel improves", not_named=("feedback_black_hole",)),
)
