"""Do the audit's intervals hold the truth? Simulated organisations, audited from calendars and interviews.

Run as `python bench/audited.py [SEEDS] [PEOPLE] [WEEKS]`; each seed gives a healthy and a planted
organisation. The truth is that of all working time and of the time in calendars (`readable`). The leaves
`with interviews` are those of `leaf_hours`, as shares; interviews count for five PMs and more.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from prodops.ledger.ledger import Ledger
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import Record
from prodops.measures.time import leaf_hours
from prodops.serve.intake.recognise import recognise
from prodops.simulate.organisation import simulate
from prodops.stats.proportions import wilson
from prodops.views.block_purposes import BLOCK_PURPOSES, GROUPS
from prodops.views.blocks import WEEK_HOURS
from prodops.views.blocks_by_purpose import BLOCKS_BY_PURPOSE
from prodops.views.pms import PMS

SEEDS, PEOPLE, WEEKS = 20, 120, 30


class Compared(NamedTuple):
    """One figure of the audit beside the truth."""

    what: str
    truth: float
    value: float
    low: float
    high: float


class Organisation(NamedTuple):
    """A simulated organisation: the ledger of its exports, and its true blocks."""

    ledger: Ledger
    blocks: list[dict[str, str]]


def organisation(seed: int, scenario: str, *, people: int, weeks: int) -> Organisation:
    """Simulate, write, and read the calendars and the roster back."""
    with tempfile.TemporaryDirectory() as folder:
        out, apart = Path(folder, "exports"), Path(folder, "truth")
        simulate(out, apart, people=people, weeks=weeks, seed=seed, scenario=scenario)
        truth = json.loads((apart / "truth.json").read_text(encoding="utf-8"))
        with (apart / "blocks.csv").open(encoding="utf-8", newline="") as lines:
            blocks = list(csv.DictReader(lines))
        records = list(records_of(out))
    today = datetime.fromisoformat(truth["last_day"]).replace(hour=23, tzinfo=UTC)
    return Organisation(Ledger.of(records, today=today), blocks)


def records_of(out: Path) -> Iterator[Record]:
    """The records of the roster, the calendars and the interviews."""
    folders = ("calendars", "interviews")
    files = [path for folder in folders for path in sorted((out / folder).rglob("*.*"))]
    for path in [out / "roster.csv", *files]:
        file = SourceFile(name=path.relative_to(out).as_posix(), content=path.read_bytes())
        connector = recognise(file)
        for entry in connector.parser.parse(file) if connector is not None else ():
            yield from entry.records


def compared(one: Organisation) -> Iterator[Compared]:
    """Each figure beside the truth of the audit window."""
    views = [BLOCKS_BY_PURPOSE]
    starts_at, ends_at = one.ledger.sql("select starts_at, ends_at from audit_window", views=views)[0]
    within = [b for b in one.blocks if starts_at <= datetime.fromisoformat(b["start"][:-1]) <= ends_at]
    spent: defaultdict[str, float] = defaultdict(float)
    shown: defaultdict[str, float] = defaultdict(float)
    met = 0.0
    for block in within:
        hours = float(block["minutes"]) / 60
        spent[block["leaf"]] += hours
        spent[block["leaf"][0]] += hours
        shown[block["leaf"][0]] += hours * (block["medium"] != "dark")
        met += hours * (block["medium"] in {"ritual", "meeting"})
    whole, seen = sum(spent[g] for g in GROUPS), sum(shown[g] for g in GROUPS)
    truth = {purpose: hours / whole for purpose, hours in spent.items()}
    truth |= {f"readable {group}": shown[group] / seen for group in GROUPS}
    truth["met"] = met / len({(block["pm"], block["week"]) for block in within})
    for purpose, value, low, high in one.ledger.sql(
        "select purpose, value, low, high from blocks_by_purpose where value is not null", views=views
    ):
        if purpose in truth:
            what = "leaves" if purpose[-1].isdigit() else purpose
            yield Compared(what, truth[purpose], value, low, high)
    each = WEEK_HOURS * pm_count(one)
    for leaf, told in leaf_hours.each(one.ledger).items():
        if told.value is not None and told.low is not None and told.high is not None:
            bounds = (told.value / each, told.low / each, told.high / each)
            yield Compared("with interviews", truth.get(leaf, 0.0), *bounds)


def pm_count(one: Organisation) -> int:
    """How many PMs share the hours by leaf."""
    return int(one.ledger.sql("select count(*) from pms", views=[PMS])[0][0])


def readings(one: Organisation) -> Iterator[tuple[bool, bool, float]]:
    """For each true block whose entry has a title that was read: group right, leaf right, hours."""
    titles: dict[str, str] = dict(one.ledger.sql("select uid, min(title) from meeting group by uid"))
    query = "select title, reading, best_a, best_b, best_c from block_purposes"
    read = {row[0]: row[1:] for row in one.ledger.sql(query, views=[BLOCK_PURPOSES])}
    for block in one.blocks:
        reading, *best = read.get(titles.get(block["uid"], ""), ("X",))
        if reading[0] in GROUPS:
            leaf = best[GROUPS.index(reading[0])]
            hours = float(block["minutes"]) / 60
            yield reading[0] == block["leaf"][0], leaf == block["leaf"], hours


def main() -> None:
    """Measure and print."""
    given = [int(word) for word in sys.argv[1:]]
    seeds, people, weeks = given + [SEEDS, PEOPLE, WEEKS][len(given) :]
    rows: list[Compared] = []
    right: list[tuple[bool, bool, float]] = []
    for seed in range(seeds):
        for scenario in ("planted", "healthy"):
            one = organisation(1000 + seed, scenario, people=people, weeks=weeks)
            rows += compared(one)
            right += readings(one)
    hours = sum(h for *_, h in right)
    print(f"{seeds} seeds x 2 scenarios, {people} people, {weeks} weeks")
    print(
        f"  of hours read as A, B or C: group {sum(h for g, _, h in right if g) / hours:.3f} right,", end=" "
    )
    print(f"leaf {sum(h for _, leaf, h in right if leaf) / hours:.3f} right")
    print("  figure          n  coverage               bias   mean width")
    for what in dict.fromkeys(row.what for row in rows):
        these = [row for row in rows if row.what == what]
        held = wilson(sum(row.low <= row.truth <= row.high for row in these), len(these))
        bias = sum(row.value - row.truth for row in these) / len(these)
        width = sum(row.high - row.low for row in these) / len(these)
        span = f"{held.value:.3f} ({held.low:.3f} to {held.high:.3f})"
        print(f"  {what:12} {len(these):4}  {span:22} {bias:+.3f}  {width:.3f}")


if __name__ == "__main__":
    main()
