"""The tracker: Jira search results with the changelog of every issue, their pages joined into one file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from prodops.simulate.launches import launches_of, shipped_in
from prodops.simulate.period import day_of, iso, iso_day
from prodops.simulate.stack import stack_of
from prodops.simulate.tracker import (
    DECISION,
    DECLINED,
    ENDED,
    LAUNCH,
    REQUESTED,
    Work,
    key_of,
    project_of,
    works_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prodops.simulate.folder import Folder
    from prodops.simulate.launches import Launch
    from prodops.simulate.people import Person, Team
    from prodops.simulate.world import World

Json = dict[str, object]
FIRST_STATUS = 10_000


def write(world: World, folder: Folder) -> None:
    """Write every issue, in the order in which they were opened, where Jira is the tracker."""
    if stack_of(world).tracker == "jira":
        folder.write("tracker/jira.json", export(world))


def export(world: World) -> Iterator[str]:
    """The search results; an issue a line, so that a difference can be read."""
    works = works_of(world)
    launch_of = shipped_in(launches_of(world))
    versions = {work.number: _version(world, work, launch_of) for work in works}
    count = len(works)
    yield f'{{"expand":"names,schema","startAt":0,"maxResults":{count},"total":{count},"issues":[\n'
    yield ",\n".join(_issue(work, works, versions[work.number]) for work in works)
    yield "\n]}\n"


def _issue(work: Work, works: list[Work], versions: list[Json]) -> str:
    """One issue with its changelog, as JSON."""
    changes = list(_changes(work))
    stands = work.stands
    fields: Json = {
        "summary": work.title,
        "issuetype": {"name": work.kind, "subtask": False},
        "project": {"key": project_of(work.team), "name": work.team.name},
        "status": {**_status(work, stands), "statusCategory": {"key": _category(stands)}},
        "priority": {"name": work.priority},
        "labels": [REQUESTED] if work.requested else [],
        "created": _jira(work.need.created),
        "updated": _jira(work.need.left[-1] if work.need.left else work.need.created),
        "resolutiondate": _jira(work.ended) if work.ended is not None else None,
        "resolution": _resolution(stands),
        "reporter": _user(work.pm),
        "assignee": _user(work.assignee) if work.assignee else None,
        "issuelinks": _links(work, works),
        "fixVersions": versions,
    }
    issue = {
        "id": str(20000 + work.number),
        "key": key_of(work),
        "fields": fields,
        "changelog": {"startAt": 0, "maxResults": len(changes), "total": len(changes), "histories": changes},
    }
    return json.dumps(issue, ensure_ascii=False, separators=(",", ":"))


def _version(world: World, work: Work, launch_of: Callable[[Team, int], Launch | None]) -> list[Json]:
    """The launch that made a piece of work known, as Jira names it: a version with its date."""
    released = next((move.moment for move in work.moves() if move.before == LAUNCH), None)
    launch = launch_of(work.team, day_of(released)) if released is not None else None
    if launch is None:
        return []
    until = world.period.last_day
    version: Json = {"name": launch.name, "released": launch.ends <= until and not launch.withdrawn}
    return [{**version, "releaseDate": iso_day(launch.date_on(until))}]


def _status(work: Work, stands: int) -> Json:
    """A status with its id."""
    return {"name": work.statuses[stands], "id": str(FIRST_STATUS + stands)}


def _resolution(stands: int) -> Json | None:
    """How an issue ended, if it did."""
    if stands not in ENDED:
        return None
    return {"name": "Won't Do" if stands == DECLINED else "Done"}


def _links(work: Work, works: list[Work]) -> list[Json]:
    """Now and then an earlier issue that blocks this one."""
    if work.blocked_by < 0:
        return []
    kind = {"name": "Blocks", "inward": "is blocked by", "outward": "blocks"}
    other = {"key": key_of(works[work.blocked_by])}
    return [{"id": str(50000 + work.number), "type": kind, "inwardIssue": other}]


def _changes(work: Work) -> Iterator[Json]:
    """The moves from status to status."""
    for step, move in enumerate(work.moves()):
        yield {
            "id": f"{move.moment}{step}",
            "author": _user(move.author),
            "created": _jira(move.moment),
            "items": [
                {
                    "field": "status",
                    "from": str(FIRST_STATUS + move.before),
                    "fromString": work.statuses[move.before],
                    "to": str(FIRST_STATUS + move.after),
                    "toString": work.statuses[move.after],
                }
            ],
        }


def _category(stands: int) -> str:
    """Jira's own grouping of a status."""
    if stands in ENDED:
        return "done"
    return "new" if stands < DECISION else "indeterminate"


def _user(person: Person) -> Json:
    """A user as search results show one."""
    return {"displayName": person.name, "emailAddress": person.email}


def _jira(moment: int) -> str:
    """A moment the way Jira writes it."""
    return iso(moment).replace("Z", ".000+0000")
