"""Rolls something out, group after group of PMs, and knows what it takes away from whom in which week."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from prodops.simulate.dice import Dice
from prodops.simulate.purposes import LEAVES, NO_SINK, SINKS

if TYPE_CHECKING:
    from prodops.simulate.people import Roster
    from prodops.simulate.settings import Intervention

OVERHEAD = "overhead"
ADMINISTRATIVE = tuple(number for number, leaf in enumerate(LEAVES) if leaf.startswith("C"))


class Rollout:
    """One intervention in one organisation; keeps count of what it took away.

    Attributes:
        intervention: What was rolled out.
        groups: PMs in the order in which they started.
        starts: The week in which each PM starts.
        removed_minutes: By PM and week: minutes that would have been spent on the target without it.
    """

    def __init__(self, seed: int, intervention: Intervention, roster: Roster, weeks: int) -> None:
        dice = Dice(seed, f"rollout {intervention.name}")
        order = dice.picks(roster.pms, len(roster.pms))
        count = max(1, min(intervention.groups, len(order)))
        self.intervention = intervention
        self.groups = tuple(
            tuple(order[number * len(order) // count : (number + 1) * len(order) // count])
            for number in range(count)
        )
        first = max(1, int(intervention.start * weeks))
        self.starts = {
            pm: first + number * intervention.every_weeks
            for number, group in enumerate(self.groups)
            for pm in group
        }
        self.removed_minutes: defaultdict[tuple[int, int], float] = defaultdict(float)

    def share(self, pm: int, week: int) -> float:
        """Share of the target's time that it takes from a PM in a week."""
        since = week - self.starts[pm]
        plan = self.intervention
        if since < 0:
            return 0.0
        risen = min(1.0, (since + 1) / max(1, plan.ramp_weeks))
        late = max(0, since - plan.ramp_weeks)
        lasting = 0.5 ** (late / plan.half_life_weeks) if plan.half_life_weeks else 1.0
        return plan.level * risen * lasting

    def bump(self, pm: int, week: int) -> float:
        """How much more administrative work a PM has by chance in the weeks before the start."""
        before = self.starts[pm] - week
        return self.intervention.bump if 0 < before <= self.intervention.bump_weeks else 1.0


class Rollouts:
    """All interventions of one organisation.

    Attributes:
        all: Each of them.
    """

    def __init__(self, rollouts: tuple[Rollout, ...] = ()) -> None:
        self.all = rollouts

    def kept(self, pm: int, week: int, minutes: float, *, leaf: int, sink: int = NO_SINK) -> float:
        """Minutes of those meant for a leaf or a sink that are left to a PM; the rest counts as removed."""
        for rollout in self.all:
            target = rollout.intervention.target
            hit = leaf in ADMINISTRATIVE if target == OVERHEAD else sink >= 0 and SINKS[sink] == target
            if hit and (share := rollout.share(pm, week)):
                rollout.removed_minutes[pm, week] += minutes * share
                minutes *= 1.0 - share
        return minutes

    def bump(self, pm: int, week: int) -> float:
        """How much more administrative work a PM has by chance."""
        factor = 1.0
        for rollout in self.all:
            factor *= rollout.bump(pm, week)
        return factor

    def renamed(self, pm: int, week: int) -> float:
        """Chance that an administrative meeting of a PM gets a strategic title in this week."""
        return max(
            (r.intervention.renamed for r in self.all if week >= r.starts[pm] and r.intervention.renamed),
            default=0.0,
        )


def draw_rollouts(seed: int, interventions: tuple[Intervention, ...], roster: Roster, weeks: int) -> Rollouts:
    """The rollouts of an organisation, in the order of the scenario."""
    return Rollouts(tuple(Rollout(seed, plan, roster, weeks) for plan in interventions))
