"""Do intervals from labelled samples hold the truth, also of a change while the classifier gets worse?

Run as `python bench/labelled.py [ORGANISATIONS] [DRAWS] [PEOPLE]`. Simulated organisations are read from
their calendars and roster; what PMs would answer is taken from the true blocks (an entry without a true block
gave no time). From each of two periods of four weeks samples are drawn as `prodops label --draw` draws them,
and answered. The truth is that of all blocks of the period.

Cells: `as it is`; `drift`, where titles of the second period are renamed and a part of its overhead is read
as something else; `moved`, where a part of its overhead became strategy under the same titles; both;
`silent`, where a third of the PMs answer nothing.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# The other bench is found however this file is started.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.audited import Organisation, organisation

from prodops.actions.time.draw_sample import Block, drawn_from
from prodops.stats.estimate import Estimate
from prodops.stats.labelled_hours import NOT_ASKED, LabelledHours, changes, known_shares
from prodops.views.block_purposes import BLOCK_PURPOSES, LEAVES
from prodops.views.stratified_blocks import STRATIFIED_BLOCKS

ORGANISATIONS, DRAWS, PEOPLE, WEEKS = 2, 20, 120, 30
EACH = 20
LEAF = {leaf: place for place, leaf in enumerate(LEAVES)}
DRIFT, MOVED, SILENT = 0.15, 0.5, 1 / 3
"""Shares: overhead blocks with other titles after the drift, overhead that became strategy, silent PMs."""

CELLS = ("as it is", "drift", "moved", "moved and drift", "silent")


class Period(NamedTuple):
    """All blocks of some weeks with what they were for."""

    frame: list[Block]
    hours: NDArray[np.float64]
    chances: NDArray[np.float64]
    truth: NDArray[np.intp]


class Compared(NamedTuple):
    """One figure beside the truth, and beside what the classifier alone would say."""

    cell: str
    what: str
    truth: float
    alone: float
    found: Estimate


def period(one: Organisation, last: date) -> Period:
    """The four weeks up to a day."""
    true: dict[tuple[str, str, str], str] = {}
    for block in one.blocks:
        true[block["uid"], block["start"][:16], block["pm"]] = block["leaf"]
    emails: dict[str, str] = dict(one.ledger.sql("select person, max(email) from person group by person"))
    rows = one.ledger.sql(
        _BLOCKS,
        {"first": last - timedelta(days=27), "last": last},
        views=[STRATIFIED_BLOCKS, BLOCK_PURPOSES],
    )
    told = [true.get((row[5], row[6].isoformat()[:16], emails[row[0]]), "N") for row in rows]
    return Period(
        [Block(*row[:5]) for row in rows],
        np.array([row[4] for row in rows]),
        np.array([[row[7] * chance for chance in row[8:]] for row in rows]),
        np.array([LEAF.get(leaf, len(LEAVES)) for leaf in told], dtype=np.intp),
    )


_BLOCKS = """
select
    b.person, b.team, b.meeting, b.stratum, b.hours, m.uid, b.starts_at, b.probability,
    p."A1", p."A2", p."A3", p."B1", p."B2", p."B3", p."B4",
    p."C1", p."C2", p."C3", p."C4", p."C5", p."C6", p."C7"
from stratified_blocks b
join meeting m on m.id = b.meeting
join block_purposes p on p.title = b.title
where b.day between $first and $last
order by b.stratum, b.person, b.meeting
"""


def drifted(one: Period, random: np.random.Generator) -> Period:
    """Titles renamed: a part of the overhead is read as a block of another kind."""
    hit = (one.truth >= LEAF["C1"]) & (one.truth <= LEAF["C7"]) & (random.random(len(one.truth)) < DRIFT)
    others = random.choice(np.flatnonzero(one.truth < LEAF["C1"]), int(hit.sum()))
    chances, frame = one.chances.copy(), list(one.frame)
    chances[hit] = one.chances[others]
    for place, other in zip(np.flatnonzero(hit), others, strict=True):
        read = one.frame[other].stratum.split(" | ")[1]
        team, _, when = frame[place].stratum.split(" | ")
        frame[place] = frame[place]._replace(stratum=f"{team} | {read} | {when}")
    return one._replace(chances=chances, frame=frame)


def moved(one: Period, random: np.random.Generator) -> Period:
    """A part of the overhead became strategy, under the same titles."""
    hit = (one.truth >= LEAF["C1"]) & (one.truth <= LEAF["C7"]) & (random.random(len(one.truth)) < MOVED)
    return one._replace(truth=np.where(hit, LEAF["A1"], one.truth))


def labelled(one: Period, seed: str, *, silent: float = 0.0) -> LabelledHours:
    """The period with one sample drawn and answered, but by the silent."""
    random = np.random.default_rng(list(seed.encode()))
    people = sorted({block.person for block in one.frame})
    mute = {person for person in people if random.random() < silent}
    places = {(block.person, block.meeting): place for place, block in enumerate(one.frame)}
    labels = np.full(len(one.frame), NOT_ASKED, dtype=np.intp)
    inclusion = np.ones(len(one.frame))
    for block, chance in drawn_from(one.frame, seed, EACH):
        place = places[block.person, block.meeting]
        inclusion[place] = chance
        if block.person not in mute:
            labels[place] = one.truth[place]
    strata, groups, whose = (
        np.unique(words, return_inverse=True)[1].astype(np.intp)
        for words in (
            [block.stratum for block in one.frame],
            [block.stratum.split(" | ")[1] for block in one.frame],
            [block.person for block in one.frame],
        )
    )
    return LabelledHours(
        leaves=LEAVES, hours=one.hours, chances=one.chances, labels=labels, strata=strata, groups=groups,
        people=whose, inclusion=inclusion, working_hours=float(one.hours.sum() * 2),
    )  # fmt: skip


def divided(weights: NDArray[np.float64]) -> dict[str, float]:
    """Shares of the hours whose purpose is known, from hours by leaf."""
    return {
        purpose: float(
            sum(weights[LEAF[leaf]] for leaf in LEAVES if leaf.startswith(purpose)) / weights.sum()
        )
        for purpose in (*"ABC", *LEAVES)
    }


def true_shares(one: Period) -> dict[str, float]:
    """True shares of the hours whose purpose is known."""
    return divided(np.array([one.hours[one.truth == place].sum() for place in range(len(LEAVES))]))


def read_shares(one: Period) -> dict[str, float]:
    """What the classifier alone says: its expected hours of each purpose."""
    return divided(one.hours @ one.chances)


def compared(before: Period, after: Period, cell: str, seed: str) -> Iterator[Compared]:
    """Levels of the second period and changes since the first, from one sample of each."""
    silent = SILENT if cell == "silent" else 0.0
    second = labelled(after, seed, silent=silent)
    truth, alone = true_shares(after), read_shares(after)
    for purpose, share in known_shares(second).items():
        if share.known:
            yield Compared(cell, f"level of {_kind(purpose)}", truth[purpose], alone[purpose], share)
    earlier, read_earlier = true_shares(before), read_shares(before)
    for purpose, change in changes(labelled(before, seed + "b", silent=silent), second).items():
        if change.known:
            true, read = truth[purpose] - earlier[purpose], alone[purpose] - read_earlier[purpose]
            yield Compared(cell, f"change of {_kind(purpose)}", true, read, change)


def _kind(purpose: str) -> str:
    return purpose if len(purpose) == 1 else "leaves"


def runs(seed: int, scenario: str, *, draws: int, people: int) -> Iterator[Compared]:
    """All cells of one organisation."""
    one = organisation(seed, scenario, people=people, weeks=WEEKS)
    last = one.ledger.today.date()
    before, after = period(one, last - timedelta(days=91)), period(one, last)
    random = np.random.default_rng(seed)
    seconds = {
        "as it is": after,
        "drift": drifted(after, random),
        "moved": moved(after, random),
        "moved and drift": drifted(moved(after, random), random),
        "silent": after,
    }
    for cell in CELLS:
        for draw in range(draws):
            yield from compared(before, seconds[cell], cell, f"{seed}-{draw}")


def main() -> None:
    """Measure and print."""
    given = [int(word) for word in sys.argv[1:]]
    organisations, draws, people = given + [ORGANISATIONS, DRAWS, PEOPLE][len(given) :]
    rows: defaultdict[tuple[str, str], list[Compared]] = defaultdict(list)
    labels = []
    for number in range(organisations):
        for row in runs(3000 + number, ("planted", "healthy")[number % 2], draws=draws, people=people):
            rows[row.cell, row.what].append(row)
            labels.append(row.found.n)
    print(f"{organisations} organisations of {people} people, {draws} samples of each; "
          f"{min(labels)} to {max(labels)} labels behind a figure")  # fmt: skip
    print("  cell             figure              n  coverage (s.e.)     bias  half-width  classifier alone")
    for (cell, what), these in rows.items():
        held = np.mean([(row.found.low or 0.0) <= row.truth <= (row.found.high or 0.0) for row in these])
        error = np.sqrt(held * (1 - held) / len(these))
        bias = np.mean([(row.found.value or 0.0) - row.truth for row in these])
        half = np.mean([((row.found.high or 0.0) - (row.found.low or 0.0)) / 2 for row in these])
        alone = np.mean([row.alone - row.truth for row in these])
        print(f"  {cell:16} {what:16} {len(these):5}  {held:.3f} ({error:.3f})    {bias:+.3f}  {half:.3f}"
              f"       {alone:+.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
