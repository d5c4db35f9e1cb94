"""Half way all teams get other names and partly other people; the feedback black hole leads throughout.

Rituals of the former teams end, those of the new ones begin; an ended ritual is not a lapsed one.

Required: name the feedback black hole or none; never ritual rot.
"""

from __future__ import annotations

from prodops.simulate.scenario import Plant, Required, Scenario
from prodops.simulate.settings import Range

SCENARIO = Scenario(
    name="reorganisation",
    says="Teams change names and people half way; feedback vanishes before and after.",
    plant=Plant(top="feedback_black_hole", hours=Range(1.4, 3.6), gap=Range(2.0, 4.0)),
    reorganised=0.5,
    required=Required(
        named=("feedback_black_hole", None),
        because="rituals of former teams ended, they did not rot",
        not_named=("ritual_rot",),
    ),
)
