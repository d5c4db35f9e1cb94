"""The life of every ritual of a published registry, followed from snapshot to snapshot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from prodops.ledger.ledger import Ledger
from prodops.ledger.rituals import RitualListing
from prodops.ledger.view import View
from prodops.text.titles import Listed, pair_up


@dataclass(slots=True)
class _Life:
    id: str
    first: RitualListing
    last: RitualListing
    reworded: int = 0


def _rows(ledger: Ledger) -> Iterable[tuple[object, ...]]:
    by_registry: dict[str, list[RitualListing]] = defaultdict(list)
    for listing in ledger.records(RitualListing):
        by_registry[listing.registry].append(listing)
    for registry, listings in sorted(by_registry.items()):
        snapshots = sorted({one.listed_on for one in listings if one.listed_on})
        for life in _lives(listings):
            yield _row(registry, life, snapshots, ledger.today.date())


LISTING_LIVES = View(
    name="listing_lives",
    columns=(
        ("registry", "VARCHAR"), ("group_name", "VARCHAR"), ("title", "VARCHAR"), ("frequency", "VARCHAR"),
        ("every_days", "DOUBLE"), ("first_seen", "DATE"), ("last_seen", "DATE"), ("ended", "BOOLEAN"),
        ("ended_on", "DATE"), ("reworded", "BIGINT"), ("listing", "VARCHAR"),
    ),
    rows=_rows,
)  # fmt: skip
"""Columns: registry, group_name, title (its last), frequency, every_days, first_seen, last_seen (dates of
snapshots), ended (absent from a later snapshot, or its own end date has passed), ended_on (the first
snapshot without it or its own end date, whichever came first), reworded (times its title changed),
listing (its last record).
One row a ritual. A reworded title of the same group, day and subject is the same ritual."""


def _lives(listings: list[RitualListing]) -> list[_Life]:
    """Chains of listings: each snapshot is paired with the one before it."""
    snapshots: dict[date | None, list[RitualListing]] = defaultdict(list)
    for listing in listings:
        snapshots[listing.listed_on].append(listing)
    done: list[_Life] = [_Life(one.id, one, one) for one in snapshots.pop(None, [])]
    current: list[_Life] = []
    for _, snapshot in sorted(snapshots.items(), key=lambda one: one[0] or date.min):
        found = {
            pair.later: current[pair.earlier]
            for pair in pair_up([_listed(life.last) for life in current], [_listed(one) for one in snapshot])
        }
        carried = {id(life) for life in found.values()}
        done += [life for life in current if id(life) not in carried]
        current = [_followed(found.get(place), one) for place, one in enumerate(snapshot)]
    return done + current


def _followed(life: _Life | None, listing: RitualListing) -> _Life:
    if life is None:
        return _Life(listing.id, listing, listing)
    life.reworded += life.last.title != listing.title
    life.last = listing
    return life


def _listed(listing: RitualListing) -> Listed:
    return Listed(title=listing.title, group=listing.group, day=listing.day, time=listing.time)


def _row(registry: str, life: _Life, snapshots: list[date], today: date) -> tuple[object, ...]:
    last = life.last
    without = [day for day in snapshots if last.listed_on is not None and day > last.listed_on][:1]
    over = [last.ends_on] if last.ends_on is not None and last.ends_on < today else []
    ended_on = min(without + over, default=None)
    first_seen = life.first.listed_on or life.first.starts_on
    last_seen = last.listed_on or last.ends_on
    return (
        registry, last.group, last.title, last.frequency, last.every_days, first_seen, last_seen,
        ended_on is not None, ended_on, life.reworded, str(last.id),
    )  # fmt: skip
