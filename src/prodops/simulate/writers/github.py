"""The tracker: issues of GitHub, a repository a team, with their moves on the project board."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from prodops.simulate.dice import digest
from prodops.simulate.names import plain
from prodops.simulate.period import iso
from prodops.simulate.stack import stack_of
from prodops.simulate.tracker import REQUESTED, Work, works_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prodops.simulate.folder import Folder
    from prodops.simulate.people import Person, Team
    from prodops.simulate.world import World

OWNER = "example-org"
BOARD = "Product board"
LABELS = {"Bug": "bug", "Epic": "epic", "Story": "enhancement", "Task": "task"}
Json = dict[str, object]


def write(world: World, folder: Folder) -> None:
    """Write one file for each repository, where GitHub is the tracker."""
    if stack_of(world).tracker == "github":
        for name, text in export(world):
            folder.write(f"tracker/{name}", text)


def export(world: World) -> Iterator[tuple[str, Iterator[str]]]:
    """Each repository's file name and text, as the GraphQL interface answers, an issue a line."""
    works = works_of(world)
    for team in world.roster.teams:
        own = [work for work in works if work.team is team]
        if own:
            yield f"github-{team.key}.json", _repository(team, own, works)


def _repository(team: Team, own: list[Work], works: list[Work]) -> Iterator[str]:
    """One repository with its issues."""
    yield f'{{"data":{{"repository":{{"nameWithOwner":"{_name(team)}","issues":{{"nodes":[\n'
    yield ",\n".join(
        json.dumps(_issue(work, works), ensure_ascii=False, separators=(",", ":")) for work in own
    )
    yield '\n],"pageInfo":{"hasNextPage":false,"endCursor":null}}}}}\n'


def _issue(work: Work, works: list[Work]) -> Json:
    """One issue with its timeline."""
    labels = [LABELS[work.kind], f"priority: {work.priority.lower()}"]
    blocked = works[work.blocked_by] if work.blocked_by >= 0 else None
    return {
        "number": work.serial,
        "title": work.title,
        "url": f"https://github.com/{_name(work.team)}/issues/{work.serial}",
        "state": "OPEN" if work.ended is None else "CLOSED",
        "stateReason": None if work.ended is None else _reason(work),
        "createdAt": iso(work.need.created),
        "updatedAt": iso(work.need.left[-1] if work.need.left else work.need.created),
        "closedAt": None if work.ended is None else iso(work.ended),
        "author": _user(work.pm),
        "assignees": {"nodes": [_user(work.assignee)] if work.assignee else []},
        "labels": {"nodes": [{"name": name} for name in (*labels, *[REQUESTED] * work.requested)]},
        "body": f"Blocked by {_name(blocked.team)}#{blocked.serial}." if blocked else "",
        "timelineItems": {"nodes": list(_timeline(work))},
    }


def _timeline(work: Work) -> Iterator[Json]:
    """The moves on the board, and the end."""
    for step, move in enumerate(work.moves()):
        yield {
            "__typename": "ProjectV2ItemStatusChangedEvent",
            "id": f"PVTISC_{digest('move', work.number, step)}",
            "createdAt": iso(move.moment),
            "actor": _user(move.author),
            "project": {"title": BOARD},
            "previousStatus": work.statuses[move.before],
            "status": work.statuses[move.after],
        }
    if work.ended is not None:
        yield {
            "__typename": "ClosedEvent",
            "id": f"CE_{digest('closed', work.number)}",
            "createdAt": iso(work.ended),
            "actor": _user(work.moves()[-1].author),
            "stateReason": _reason(work),
        }


def _reason(work: Work) -> str:
    """Why an issue was closed."""
    return "NOT_PLANNED" if work.turned_down else "COMPLETED"


def _name(team: Team) -> str:
    """The full name of a team's repository."""
    return f"{OWNER}/{team.key}"


def _user(person: Person) -> Json:
    """A user, by login; the address stands where its owner made it public, as all do here."""
    return {"login": plain(person.name), "name": person.name, "email": person.email}
