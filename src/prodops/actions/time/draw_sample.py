"""Draw a stratified random sample of recent blocks, for the PMs whose they are to say what they were for."""

from __future__ import annotations

import hashlib
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from prodops.actions.deed import Ask, Deed
from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation, Declared, PersonId, RecordId, person_id
from prodops.ledger.time import LabelSample, SampledBlock
from prodops.stats.small_groups import FEWEST
from prodops.views.label_rounds import LABEL_ROUNDS
from prodops.views.pms import PMS
from prodops.views.stratified_blocks import STRATIFIED_BLOCKS

WEEKS, MOST_WEEKS = 4, 13
"""Weeks a sample is drawn from: people remember the last few; a quarter at most."""

BLOCKS_EACH = 20
"""Blocks a PM is asked about, on average: at ten seconds each, less than five minutes."""

FEWEST_DRAWN = 3
"""Blocks drawn from each stratum that has so many: from one alone nobody knows how much they vary."""

_SEED = re.compile(r"^[A-Za-z0-9_-]{1,40}$")


class Block(NamedTuple):
    """A block that can be drawn."""

    person: PersonId
    team: str
    meeting: RecordId
    stratum: str
    hours: float


DEED = Deed(
    title="Draw a sample of blocks",
    done="Drawn: {block_count} blocks of {starts_on} to {ends_on}.",
    asks={
        "seed": Ask(
            label="Seed of the draw",
            hint="Letters, digits, - and _; drawn by lot when empty.",
            drawn=True,
            needed=False,
            rare=True,
            example="example",
        ),
        "weeks": Ask(label="How many weeks back?", hint=f"1 to {MOST_WEEKS}; four when empty."),
        "each": Ask(label="How many blocks a PM?", hint="1 to 200; twenty when empty."),
    },
    offered=("time",),
    final="A sample that was drawn is answered or left; the next one begins after it.",
    shortcut="label",
    page="time",
)


def propose(
    ledger: Ledger, *, seed: str, at: datetime, by: str, weeks: int = WEEKS, each: int = BLOCKS_EACH
) -> tuple[Declared, ...]:
    """The sample and its blocks to declare; the same ledger and seed give the same blocks.

    Args:
        ledger: Where the blocks are.
        seed: Letters, digits, `-` and `_`; what the draw follows from.
        at: When it is drawn.
        by: Who has it drawn.
        weeks: How many weeks back from the last entry of the calendars, 1 to 13.
        each: Blocks a PM, on average.

    Raises:
        ActionRefusedError: The seed or a number is none, or too few PMs have blocks in these weeks.
    """
    if not _SEED.match(seed):
        raise ActionRefusedError("A seed is letters, digits, - and _, at most 40.")
    if not 1 <= weeks <= MOST_WEEKS or not 1 <= each <= 200:
        raise ActionRefusedError(
            f"A sample spans 1 to {MOST_WEEKS} weeks and asks 1 to 200 blocks of each PM."
        )
    frame, starts_on, ends_on = _frame(ledger, weeks)
    _refuse_too_few(ledger, frame)
    name, cite = f"{ends_on}:{seed}", Citation("declared", f"by {person_id(by)}")
    sample = RecordId(f"label_sample:{name}")
    drawn = [
        SampledBlock(
            id=RecordId(f"sampled_block:{name}:{number:05d}"), cite=cite, sample=sample,
            meeting=block.meeting, person=block.person, stratum=block.stratum,
            inclusion_probability=chance,
        )
        for number, (block, chance) in enumerate(drawn_from(frame, seed, each))
    ]  # fmt: skip
    head = LabelSample(
        id=sample, cite=cite, starts_on=starts_on, ends_on=ends_on, seed=seed, frame_count=len(frame),
        block_count=len(drawn), drawn_at=at, drawn_by=person_id(by),
    )  # fmt: skip
    return head, *drawn


def gate(ledger: Ledger, _records: Sequence[Declared] = ()) -> list[str]:
    """No two samples speak of the same days: what one person answered would follow from their difference."""
    found = ledger.sql(_OVERLAPS)
    return [
        f"The days {starts_on} to {ends_on} were sampled before. The next sample begins after {ends_on}: "
        "load newer calendars, or answer the sample that is there."
        for starts_on, ends_on in found
    ]


_OVERLAPS = """
select earlier.starts_on, earlier.ends_on
from label_sample earlier
join label_sample later on earlier.starts_on <= later.ends_on and later.starts_on <= earlier.ends_on
    and (earlier.drawn_at < later.drawn_at or (earlier.drawn_at = later.drawn_at and earlier.id < later.id))
order by earlier.ends_on desc
limit 1
"""


def open_sample(ledger: Ledger) -> RecordId | None:
    """The newest sample that still takes labels; None when there is none."""
    rows = ledger.sql(
        "select sample from label_rounds where not finished order by ends_on desc, sample limit 1",
        views=[LABEL_ROUNDS],
    )
    return RecordId(rows[0][0]) if rows else None


def _frame(ledger: Ledger, weeks: int) -> tuple[list[Block], date, date]:
    """The blocks of the weeks before the last entry."""
    [(last,)] = ledger.sql("select max(day) from stratified_blocks", views=[STRATIFIED_BLOCKS])
    if last is None:
        raise ActionRefusedError("No calendar of a PM is loaded, so there is no block to ask about.")
    first = last - timedelta(days=7 * weeks - 1)
    rows = ledger.sql(_BLOCKS, {"first": first, "last": last}, views=[STRATIFIED_BLOCKS])
    return [Block(*row) for row in rows], first, last


_BLOCKS = """
select person, team, meeting, stratum, hours
from stratified_blocks
where day between $first and $last
order by stratum, person, meeting
"""


def _refuse_too_few(ledger: Ledger, frame: Sequence[Block]) -> None:
    """Labels of fewer than five PMs could never be told, but for one person's own calendar."""
    people = len({block.person for block in frame})
    known = [
        tuple(row) for row in ledger.sql("select known_by, count(*) from pms group by known_by", views=[PMS])
    ]
    if people < FEWEST and known != [("own calendar", 1)]:
        raise ActionRefusedError(
            f"{people} PMs have blocks in these weeks. Totals of fewer than five are never told, so their "
            "answers would serve nobody."
        )


def drawn_from(frame: Sequence[Block], seed: str, each: int) -> Iterator[tuple[Block, float]]:
    """Blocks and their probabilities: in each stratum in equal steps from a random start, sorted by person.

    Args:
        frame: The blocks that can be drawn.
        seed: What the draw follows from.
        each: Blocks a PM, on average.
    """
    teams: dict[str, dict[str, list[Block]]] = defaultdict(lambda: defaultdict(list))
    for block in frame:
        teams[block.team][block.stratum].append(block)
    for team in sorted(teams):
        strata = teams[team]
        people = len({block.person for blocks in strata.values() for block in blocks})
        for stratum, count in _allotted(strata, each * people).items():
            blocks = sorted(
                strata[stratum], key=lambda one: (one.person, _chance(seed, *one[:3]), one.meeting)
            )
            step, start = len(blocks) / count, _chance(seed, stratum)
            for place in range(count):
                yield blocks[min(math.floor((start + place) * step), len(blocks) - 1)], count / len(blocks)


def _allotted(strata: dict[str, list[Block]], whole: int) -> dict[str, int]:
    """How many to draw from each stratum of a team: in proportion to its hours, a few from each at least."""
    hours = {stratum: math.fsum(block.hours for block in blocks) for stratum, blocks in strata.items()}
    total = math.fsum(hours.values())
    return {
        stratum: min(len(strata[stratum]), max(FEWEST_DRAWN, round(whole * hours[stratum] / total)))
        for stratum in sorted(strata)
    }


def _chance(*words: str) -> float:
    """A number between 0 and 1 that follows from words alone."""
    digest = hashlib.blake2b("\0".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64
