"""Is the stage that binds found? Simulated queues as the histories of a tracker, without the rest.

Run as `python bench/diagnosis_queue.py [QUEUES] [WEEKS]`. Beside queues in which a stage was planted, or
none, stand trackers in which every piece takes a time of its own in each stage (a month of measuring) and
nothing queues: none binds there, though one stage holds most of the work.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from prodops.diagnosis.queue import binding_stage
from prodops.ledger.delivery import Issue, IssueChange
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation, Prose, Record, RecordId
from prodops.simulate.flow import draw_flow
from prodops.simulate.period import Period
from prodops.simulate.purposes import STAGES
from prodops.simulate.setting import FAMILIES, Setting
from prodops.simulate.settings import FlowSettings, Range
from prodops.simulate.stage import stage

QUEUES, WEEKS = 20, 26
SIZES = (50, 400, 2_000)
LAST_DAY = date(2026, 10, 30)
WORDS = ("New", "Discovery", "Ready for decision", "Specification", "In release", "Measuring", "Done")
OWN_DAYS = (2.0, 5.0, 7.0, 10.0, 20.0, 30.0)
"""Mean days that a piece takes in each stage where nothing queues."""


class Tracked(NamedTuple):
    """A tracker's work and the stage that truly binds.

    Attributes:
        opened: When each piece was opened.
        left: When it left each stage so far.
        declined: Whether it was turned down when it left the last of these.
        binds: The stage that binds; empty when none does.
    """

    opened: list[datetime]
    left: list[list[datetime]]
    declined: list[bool]
    binds: str


def planted(seed: int, people: int, weeks: int, family: str) -> Tracked:
    """A simulated queue whose binding stage, or none, is drawn by the seed."""
    setting = Setting(seed, family)
    binds = "" if setting.happens("bench: none binds", 0.3) else setting.pick("bench: binds", STAGES)
    short = setting.between("bench: shortage", 0.78, 0.90)
    flow = draw_flow(
        seed,
        stage(people, weeks),
        period=Period(LAST_DAY, weeks),
        settings=FlowSettings(binding=binds, shortage=Range(short, short)),
        onset=weeks // 8,
    )
    return Tracked(
        opened=[datetime.fromtimestamp(60 * need.created, UTC) for need in flow.needs],
        left=[[datetime.fromtimestamp(60 * at, UTC) for at in need.left] for need in flow.needs],
        declined=[need.declined and len(need.left) > STAGES.index("decision") for need in flow.needs],
        binds=binds,
    )


def own_times(seed: int, people: int, weeks: int, family: str) -> Tracked:
    """A tracker in which each piece takes its own time and none waits for its turn."""
    dice = random.Random(f"{family} {seed}")  # noqa: S311 (a simulation, not a secret)
    end = datetime.combine(LAST_DAY, datetime.min.time(), UTC)
    start = end - timedelta(weeks=weeks)
    opened, left = [], []
    at = start - timedelta(days=120)  # long enough for every stage to be as full as it ever gets
    pause = 7 / stage(people, weeks).issues_a_week
    while (at := at + timedelta(days=dice.expovariate(1 / pause))) < end:
        moment, moves = at, []
        for mean_days in OWN_DAYS:
            moment += timedelta(days=dice.gammavariate(2, mean_days / 2))
            moves.append(moment)
        opened.append(at)
        left.append([one for one in moves if one < end])
    return Tracked(opened, left, [False] * len(opened), "")


def records_of(tracked: Tracked) -> Iterator[Record]:
    """The issues and their changes of status."""
    pieces = zip(tracked.opened, tracked.left, tracked.declined, strict=True)
    for number, (opened, left, declined) in enumerate(pieces):
        issue = RecordId(f"bench:issue:{number}")
        cite = Citation("bench", str(number))
        way = (*WORDS[: len(left)], "Declined") if declined else WORDS[: len(left) + 1]
        yield Issue(
            id=issue,
            cite=cite,
            tracker="bench",
            key=str(number),
            title=Prose(str(number)),
            status=way[-1],
            status_group={"Done": "done", "Declined": "cancelled"}.get(way[-1], "active"),
            created_at=opened,
        )
        for step, at in enumerate(left):
            yield IssueChange(
                id=RecordId(f"bench:change:{number}:{step}"),
                cite=cite,
                issue=issue,
                at=at,
                field="status",
                before=Prose(way[step]),
                after=Prose(way[step + 1]),
            )


def said(tracked: Tracked) -> str:
    """The stage that is said to bind; empty when none is."""
    today = datetime.combine(LAST_DAY, datetime.max.time(), UTC)
    return binding_stage(Ledger.of(records_of(tracked), today=today)).binding or ""


def line(title: str, answers: list[tuple[str, str]]) -> str:
    """One line of the table: what was said, where a stage binds and where none does."""
    some = [(true, answer) for true, answer in answers if true]
    none = [answer for true, answer in answers if not true]
    right = [true == answer for true, answer in some]
    wrong = [answer not in ("", true) for true, answer in some]
    return f"| {title} | {_share(right)} | {_share(wrong)} | {_share([answer != '' for answer in none])} |"


def _share(hits: list[bool]) -> str:
    if not hits:
        return "-"
    near = (sum(hits) + 2) / (len(hits) + 4)
    error = math.sqrt(near * (1 - near) / (len(hits) + 4))
    return f"{sum(hits) / len(hits):.3f} ({error:.3f}), n = {len(hits)}"


def main() -> None:
    """Print the tables."""
    queues = int(sys.argv[1]) if len(sys.argv) > 1 else QUEUES
    weeks = int(sys.argv[2]) if len(sys.argv) > 2 else WEEKS
    print(f"{queues} trackers a line, {weeks} weeks; standard errors in brackets.\n")
    print("| tracker | right, where one binds | another one | one, where none binds |\n|---|---|---|---|")
    kinds: tuple[tuple[str, Callable[[int, int, int, str], Tracked]], ...] = (
        ("queues", planted),
        ("own times", own_times),
    )
    for title, draw in kinds:
        for people in SIZES:
            for family in FAMILIES:
                drawn = (draw(seed, people, weeks, family) for seed in range(1, queues + 1))
                answers = [(one.binds, said(one)) for one in drawn]
                print(line(f"{title}, {people:,} people, {family}", answers), flush=True)


if __name__ == "__main__":
    main()
