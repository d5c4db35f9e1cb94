"""Tracked work for the tests of stages and queues: issues that pass through statuses on given days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from make import make
from prodops.ledger.delivery import Issue, IssueChange
from prodops.ledger.record import Prose, Record, RecordId
from views.given import MONDAY

WAY = ("New", "Discovery", "Ready for decision", "Specification", "In release", "Measuring", "Done")
"""The statuses of a tracker that shows all six stages."""

GROUPS = {"Done": "done", "Declined": "cancelled"}


def day(number: float) -> datetime:
    """The moment some days after the first Monday."""
    return MONDAY + timedelta(days=number)


def issue(
    name: str, opened: float, moves: Sequence[tuple[float, str, str]] = (), now: str = ""
) -> list[Record]:
    """An issue and its changes of status; its status is the last one, unless `now` says otherwise.

    Args:
        name: Its id.
        opened: The day it was opened.
        moves: Day, status before and status after.
        now: Its status where there are no moves.
    """
    status = now or (moves[-1][2] if moves else "New")
    return [
        make(
            Issue,
            id=RecordId(name),
            key=name,
            title=Prose(name),
            status=status,
            status_group=GROUPS.get(status, "active"),
            created_at=day(opened),
        ),
        *(
            make(
                IssueChange,
                id=RecordId(f"{name}:{place}"),
                issue=RecordId(name),
                at=day(at),
                field="status",
                before=Prose(before),
                after=Prose(after),
            )
            for place, (at, before, after) in enumerate(moves)
        ),
    ]


def passing(name: str, left: Sequence[float], way: Sequence[str] = WAY) -> list[Record]:
    """An issue that was opened on the first day and left each status of the way on the next ones."""
    return issue(
        name, left[0], [(at, way[n], way[n + 1]) for n, at in enumerate(left[1:])], now=way[len(left) - 1]
    )


def queued(arrivals: Sequence[int], capacity: Sequence[int], *, weeks: int) -> Iterator[Record]:
    """Work that queues before each status, first come first served on working days.

    Args:
        arrivals: How many come on each weekday.
        capacity: How many each of the six stages serves a day.
        weeks: How many weeks.
    """
    left: list[list[float]] = []
    queues: list[list[int]] = [[] for _ in capacity]
    for number in range(7 * weeks):
        if number % 7 >= 5:
            continue
        for stage in reversed(range(len(capacity))):
            for one in queues[stage][: capacity[stage]]:
                left[one].append(number + 0.2)
                if stage + 1 < len(capacity):
                    queues[stage + 1].append(one)
            del queues[stage][: capacity[stage]]
        for _ in range(arrivals[number % 7]):
            queues[0].append(len(left))
            left.append([number])
    for number, days in enumerate(left):
        yield from passing(f"W-{number}", days)
