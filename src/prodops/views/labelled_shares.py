"""How PM time divides among purposes where PMs labelled sampled blocks, and how that moved since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.stats.small_groups import FEWEST
from prodops.views.block_purposes import LEAVES
from prodops.views.blocks import WEEK_HOURS
from prodops.views.label_rounds import LABEL_ROUNDS
from prodops.views.labelled_blocks import LABELLED_BLOCKS
from prodops.views.pms import PMS

if TYPE_CHECKING:
    from numpy import intp
    from numpy.typing import NDArray

    from prodops.stats.estimate import Estimate
    from prodops.stats.labelled_hours import LabelledHours

FAMILY = "labels"

GOOD_LABELS, GOOD_SHARE = 100, 0.6
"""From so many labels, and so large a share of the drawn blocks answered, the evidence is of grade B."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A finished sample whose totals may be told.

    Attributes:
        sample: Its id.
        starts_on: First day of the blocks it was drawn from.
        ends_on: Last day of them.
        asked: Blocks drawn.
        answered: Blocks labelled.
        people: PMs who labelled one at least.
    """

    sample: str
    starts_on: date
    ends_on: date
    asked: int
    answered: int
    people: int

    @property
    def grade(self) -> str:
        """B where labels are many and most of those asked answered, else C."""
        answered_well = self.answered >= GOOD_SHARE * self.asked
        return "B" if self.answered >= GOOD_LABELS and answered_well else "C"

    @property
    def told(self) -> str:
        """The sample in words."""
        return (
            f"{self.answered} of {self.asked} sampled blocks labelled by {self.people} PMs, "
            f"{self.starts_on} to {self.ends_on}"
        )


def told_rounds(ledger: Ledger) -> list[Round]:
    """The samples whose totals may be told, the oldest first.

    A sample is told when it is finished and five PMs have answered, or when the one PM of the workspace has
    answered on a calendar of their own and alone reads it.
    """
    alone = [tuple(row) for row in ledger.sql(_ALONE, views=[PMS])] == [("own calendar", 1)]
    fewest = 1 if alone and ledger.told is None else FEWEST
    rows = ledger.sql(_FINISHED, {"fewest": fewest}, views=[LABEL_ROUNDS])
    may = None if ledger.told is None else ledger.told.groups.get(FAMILY, frozenset())
    return [
        Round(sample=s, starts_on=first, ends_on=last, asked=asked, answered=answered, people=people)
        for s, first, last, asked, answered, people in rows
        if may is None or s in may
    ]


_ALONE = "select known_by, count(*) from pms group by known_by"

_FINISHED = """
select sample, starts_on, ends_on, asked, answered, people
from label_rounds
where finished and people >= $fewest
order by starts_on, sample
"""


def _rows(ledger: Ledger) -> Iterable[tuple[object, ...]]:
    # A ledger without samples need not sort its blocks into strata, which costs as much as all shares.
    if not ledger.sql("select 1 from label_sample limit 1"):
        return
    rounds = told_rounds(ledger)
    from prodops.stats.labelled_hours import changes, shares  # lazy: it needs NumPy

    periods = [period_of(ledger, one) for one in rounds]
    for one, period in zip(rounds, periods, strict=True):
        yield from _told(one, "share", shares(period), _method(one))
    both = zip(pairwise(rounds), pairwise(periods), strict=True)
    for (first, second), (before, after) in both:
        method = f"{CORRECTED}; {first.told}; then {second.told}"
        yield from _told(second, "change", changes(before, after), method)


LABELLED_SHARES = View(
    name="labelled_shares",
    columns=(
        ("sample", "VARCHAR"), ("starts_on", "DATE"), ("ends_on", "DATE"), ("kind", "VARCHAR"),
        ("purpose", "VARCHAR"), ("value", "DOUBLE"), ("low", "DOUBLE"), ("high", "DOUBLE"),
        ("people", "BIGINT"), ("labels", "BIGINT"), ("method", "VARCHAR"), ("because", "VARCHAR"),
    ),
    rows=_rows,
)  # fmt: skip
"""Columns: sample, starts_on, ends_on, kind, purpose, value, low, high (95%), people (PMs who labelled),
labels, method, because (why there is no value). Kind `share` has the purposes of `blocks_by_purpose` (without
`met`) and `readable C1` for leaves: the period's own weeks, corrected by its own labels. Kind `change` has
groups and leaves: by how much their share of the known hours moved since the sample before, labels counted in
both, so that a classifier that got worse in between does not show as a change. Finished samples with five PMs
and more."""

CORRECTED = (
    "titles read by a classifier, corrected by labels (difference estimator); interval over the labels"
)


def period_of(ledger: Ledger, one: Round) -> LabelledHours:
    """The blocks of a sample's weeks as arrays."""
    import numpy as np  # lazy: 100 ms that `prodops --help` must not pay

    from prodops.stats.labelled_hours import NOT_ASKED, LabelledHours  # lazy: it needs NumPy

    given: dict[str, object] = {"sample": one.sample}
    cells = ledger.columns(_CELLS, given, views=[LABELLED_BLOCKS])
    places = {leaf: place for place, leaf in enumerate(LEAVES)} | {"": NOT_ASKED}

    def places_of(words: Iterable[str]) -> NDArray[intp]:
        return np.unique(np.asarray(list(words), dtype=str), return_inverse=True)[1].astype(np.intp)

    attended = cells["probability"]
    working_hours = float(ledger.sql(_WORKED, given, views=[LABELLED_BLOCKS])[0][0] or 0.0)
    return LabelledHours(
        leaves=LEAVES,
        hours=np.asarray(cells["hours"], dtype=float),
        chances=np.stack([np.asarray(cells[leaf] * attended, dtype=float) for leaf in LEAVES], axis=1),
        labels=np.array([places.get(leaf, len(LEAVES)) for leaf in cells["leaf"]], dtype=np.intp),
        strata=places_of(cells["stratum"]),
        groups=places_of([stratum.split(" | ")[-2] for stratum in cells["stratum"]]),
        people=places_of(cells["person"]),
        inclusion=np.asarray(cells["inclusion"], dtype=float),
        working_hours=working_hours,
    )


_CELLS = """
select
    person, hours, probability, stratum, coalesce(leaf, '') as leaf,
    coalesce(inclusion_probability, 1e0) as inclusion,
    "A1", "A2", "A3", "B1", "B2", "B3", "B4", "C1", "C2", "C3", "C4", "C5", "C6", "C7"
from labelled_blocks
where sample = $sample
order by person, day, stratum, hours, probability, leaf
"""

_WORKED = f"""
with weeks as (
    select b.person, b.week, sum(b.hours * b.probability) as hours,
        greatest(1, 1 + least(max(s.ends_on), cast(b.week as date) + 4)
            - greatest(max(s.starts_on), cast(b.week as date))) as weekdays
    from labelled_blocks b
    join label_sample s on s.id = b.sample
    where b.sample = $sample
    group by b.person, b.week
)
select sum(greatest(hours, {WEEK_HOURS / 5} * weekdays)) from weeks
"""  # noqa: S608 (our own number)


def _told(one: Round, kind: str, found: dict[str, Estimate], method: str) -> Iterator[tuple[object, ...]]:
    for purpose, share in found.items():
        numbers = (share.value, share.low, share.high, one.people, share.n)
        why = method if share.known else ""
        yield one.sample, one.starts_on, one.ends_on, kind, purpose, *numbers, why, share.because


def _method(one: Round) -> str:
    whose = "one person's own calendar, for that person alone; " if one.people == 1 else ""
    return f"{whose}{CORRECTED}; {one.told}; grade {one.grade}"
