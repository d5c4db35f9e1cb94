"""The tracker: issues of Linear with their history, as its GraphQL interface gives them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from prodops.simulate.dice import digest
from prodops.simulate.period import iso
from prodops.simulate.stack import stack_of
from prodops.simulate.tracker import REQUESTED, SPEC, Work, key_of, project_of, works_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prodops.simulate.folder import Folder
    from prodops.simulate.people import Person
    from prodops.simulate.world import World

TYPES = (
    *("triage", "backlog", "unstarted", "started", "started", "started", "completed"),
    "canceled",
)
"""Linear's own type of the state for each place where work can stand."""

LABELS = {"Bug": "Bug", "Epic": "Epic"}
PRIORITIES = {"Highest": (1, "Urgent"), "High": (2, "High"), "Medium": (3, "Medium"), "Low": (4, "Low")}
Json = dict[str, object]


def write(world: World, folder: Folder) -> None:
    """Write every issue, in the order in which they were opened, where Linear is the tracker."""
    if stack_of(world).tracker == "linear":
        folder.write("tracker/linear.json", export(world))


def export(world: World) -> Iterator[str]:
    """The answer of the interface, an issue a line."""
    works = works_of(world)
    yield '{"data":{"issues":{"nodes":[\n'
    yield ",\n".join(
        json.dumps(_issue(work, works), ensure_ascii=False, separators=(",", ":")) for work in works
    )
    yield '\n],"pageInfo":{"hasNextPage":false,"endCursor":null}}}}\n'


def _issue(work: Work, works: list[Work]) -> Json:
    """One issue with its history."""
    moves = work.moves()
    number, label = PRIORITIES[work.priority]
    started = next((move.moment for move in moves if move.after == SPEC), None)
    return {
        "id": _uuid("issue", work.number),
        "identifier": key_of(work),
        "number": work.serial,
        "title": work.title,
        "priority": number,
        "priorityLabel": label,
        "createdAt": _moment(work.need.created),
        "updatedAt": _moment(work.need.left[-1] if work.need.left else work.need.created),
        "startedAt": _moment(started),
        "completedAt": _moment(None if work.turned_down else work.ended),
        "canceledAt": _moment(work.ended if work.turned_down else None),
        "state": _state(work, work.stands),
        "team": {"key": project_of(work.team), "name": work.team.name},
        "creator": _user(work.pm),
        "assignee": _user(work.assignee) if work.assignee else None,
        "labels": {"nodes": [{"name": name} for name in _labels(work)]},
        "inverseRelations": {"nodes": _relations(work, works)},
        "history": {
            "nodes": [
                {
                    "id": _uuid("history", f"{work.number}-{step}"),
                    "createdAt": _moment(move.moment),
                    "actor": _user(move.author),
                    "fromState": _state(work, move.before),
                    "toState": _state(work, move.after),
                }
                for step, move in enumerate(moves)
            ],
            "pageInfo": {"hasNextPage": False},
        },
    }


def _labels(work: Work) -> Iterator[str]:
    """Linear has no kinds of issues; labels say what it is."""
    if work.kind in LABELS:
        yield LABELS[work.kind]
    if work.requested:
        yield REQUESTED


def _relations(work: Work, works: list[Work]) -> list[Json]:
    """The issue that blocks this one."""
    if work.blocked_by < 0:
        return []
    return [{"type": "blocks", "issue": {"identifier": key_of(works[work.blocked_by])}}]


def _state(work: Work, stands: int) -> Json:
    """A workflow state."""
    return {"name": work.statuses[stands], "type": TYPES[stands]}


def _user(person: Person) -> Json:
    """A user."""
    return {"name": person.name, "displayName": person.name.partition(" ")[0], "email": person.email}


def _moment(moment: int | None) -> str | None:
    """A moment the way Linear writes it."""
    return None if moment is None else iso(moment).replace("Z", ".000Z")


def _uuid(kind: str, key: object) -> str:
    """An id in the form of a UUID."""
    text = digest(kind, key, length=32)
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
