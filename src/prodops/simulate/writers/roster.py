"""The roster, as a table: roster.csv."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.simulate.period import iso_day

if TYPE_CHECKING:
    from prodops.simulate.folder import Folder
    from prodops.simulate.world import World


def write(world: World, folder: Folder) -> None:
    """Write everybody, in the order of hiring."""
    people = world.roster.people
    lines = ["name,email,title,team,manager,location,start date\n"]
    for person in people:
        manager = people[person.manager].email if person.manager >= 0 else ""
        lines.append(
            f"{person.name},{person.email},{person.title},{person.team},{manager},{person.zone},"
            f"{iso_day(person.started_on)}\n"
        )
    folder.write("roster.csv", "".join(lines))
