"""The log of the dashboards: who looked at which metric when, and what was checked by hand: usage.csv."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.simulate.dice import Dice
from prodops.simulate.period import iso

if TYPE_CHECKING:
    from prodops.simulate.folder import Folder
    from prodops.simulate.world import World

OPENS, CLOSES = 9 * 60, 17 * 60


def write(world: World, folder: Folder) -> None:
    """Write the uses that were logged; a check by hand is a use of its own with its minutes."""
    dice = Dice(world.seed, "usage")
    lines = ["user,metric,used at,kind,minutes\n"]
    for use in world.metrics.uses:
        moment = world.period.utc(world.period.monday(use.week) + use.weekday, dice.whole(OPENS, CLOSES))
        if use.logged and moment <= world.period.exported_at:
            email = world.roster.people[use.pm].email
            metric = world.metrics.metrics[use.metric].name
            lines.append(f"{email},{metric},{iso(moment)},view,\n")
            if use.recheck_minutes:
                lines.append(f"{email},{metric},{iso(moment + 5)},recheck,{use.recheck_minutes}\n")
    folder.write("metrics/usage.csv", "".join(lines))
