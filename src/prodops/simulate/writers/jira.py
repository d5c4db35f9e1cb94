"""The tracker: Jira search results with the changelog of every issue, their pages joined into one file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from prodops.simulate.period import iso
from prodops.simulate.stack import stack_of
from prodops.simulate.tracker import (
    DECLINED,
    ENDED,
    REQUESTED,
    STATUSES,
    Work,
    key_of,
    project_of,
    works_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prodops.simulate.folder import Folder
    from prodops.simulate.people import Person
    from prodops.simulate.world import World

STATUS_IDS = {name: str(10000 + number) for number, name in enumerate((*STATUSES, DECLINED))}


def write(world: World, folder: Folder) -> None:
    """Write every issue, in the order in which they were opened, where Jira is the tracker."""
    if stack_of(world).tracker == "jira":
        folder.write("tracker/jira.json", export(world))


def export(world: World) -> Iterator[str]:
    """The search results; an issue a line, so that a difference can be read."""
    works = works_of(world)
    count = len(works)
    yield f'{{"expand":"names,schema","startAt":0,"maxResults":{count},"total":{count},"issues":[\n'
    yield ",\n".join(_issue(work, works) for work in works)
    yield "\n]}\n"


def _issue(work: Work, works: list[Work]) -> str:
    """One issue with its changelog, as JSON."""
    changes = list(_changes(work))
    status = work.status
    fields: dict[str, object] = {
        "summary": work.title,
        "issuetype": {"name": work.kind, "subtask": False},
        "project": {"key": project_of(work.team), "name": work.team.name},
        "status": {"name": status, "id": STATUS_IDS[status], "statusCategory": {"key": _category(status)}},
        "priority": {"name": work.priority},
        "labels": [REQUESTED] if work.requested else [],
        "created": _jira(work.need.created),
        "updated": _jira(work.need.left[-1] if work.need.left else work.need.created),
        "resolutiondate": _jira(work.ended) if work.ended is not None else None,
        "resolution": _resolution(status),
        "reporter": _user(work.pm),
        "assignee": _user(work.assignee) if work.assignee else None,
        "issuelinks": _links(work, works),
    }
    issue = {
        "id": str(20000 + work.number),
        "key": key_of(work),
        "fields": fields,
        "changelog": {"startAt": 0, "maxResults": len(changes), "total": len(changes), "histories": changes},
    }
    return json.dumps(issue, ensure_ascii=False, separators=(",", ":"))


def _resolution(status: str) -> dict[str, object] | None:
    """How an issue ended, if it did."""
    if status not in ENDED:
        return None
    return {"name": "Won't Do" if status == DECLINED else "Done"}


def _links(work: Work, works: list[Work]) -> list[dict[str, object]]:
    """Now and then an earlier issue that blocks this one."""
    if work.blocked_by < 0:
        return []
    kind = {"name": "Blocks", "inward": "is blocked by", "outward": "blocks"}
    other = {"key": key_of(works[work.blocked_by])}
    return [{"id": str(50000 + work.number), "type": kind, "inwardIssue": other}]


def _changes(work: Work) -> Iterator[dict[str, object]]:
    """The moves from status to status."""
    for step, move in enumerate(work.moves()):
        yield {
            "id": f"{move.moment}{step}",
            "author": _user(move.author),
            "created": _jira(move.moment),
            "items": [
                {
                    "field": "status",
                    "from": STATUS_IDS[move.before],
                    "fromString": move.before,
                    "to": STATUS_IDS[move.after],
                    "toString": move.after,
                }
            ],
        }


def _category(status: str) -> str:
    """Jira's own grouping of a status."""
    if status in ENDED:
        return "done"
    return "new" if status in {"New", "Discovery"} else "indeterminate"


def _user(person: Person) -> dict[str, object]:
    """A user as search results show one."""
    return {"displayName": person.name, "emailAddress": person.email}


def _jira(moment: int) -> str:
    """A moment the way Jira writes it."""
    return iso(moment).replace("Z", ".000+0000")
