"""When a series takes place: its rules, its extra and its excluded dates, and what replaces some of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from prodops.connectors.ics.events import Event
from prodops.connectors.ics.expansion import expand
from prodops.connectors.ics.moments import When, to_utc
from prodops.connectors.ics.rules import Rule

YEARS = 10
"""How long a series that ends is read, unless the file's own time is later."""

MOST = 5_000
"""How many occurrences of a series are read."""

_TEN_YEARS = timedelta(days=3_653)
_LOOKED_AT = 4 * MOST
_DAY = timedelta(days=1)
_LATEST = datetime(9999, 12, 31, 23, 59, 59)  # noqa: DTZ001 (series are kept in local time)


class Occurrence(NamedTuple):
    """One time that a series takes place.

    Attributes:
        original: When it was to start by the series, which is what names it.
        starts_at: When it starts, in UTC.
        ends_at: When it ends, in UTC.
        event: Whose title, people and flags hold.
    """

    original: datetime
    starts_at: datetime
    ends_at: datetime
    event: Event


class Series(NamedTuple):
    """A series, repeated.

    Attributes:
        occurrences: What takes place by the series itself, in order.
        replaced: For each event that replaces an occurrence, when that was to start; by place in what was
            given. None when the occurrence was excluded.
        left_out: How many occurrences were not read because the series is too long; about, if it
            ends by a date.
        endless: Whether its rule has no end.
    """

    occurrences: list[Occurrence]
    replaced: list[datetime | None]
    left_out: int
    endless: bool


class _Start(NamedTuple):
    at: datetime
    wall: datetime
    span: timedelta


def repeat(event: Event, replacing: Sequence[Event], horizon: datetime | None, *, most: int = MOST) -> Series:
    """All occurrences of a series.

    Args:
        event: The series.
        replacing: The events that stand for single occurrences.
        horizon: How far a rule without end is read, in UTC; a year from the start when None.
        most: How many occurrences are wanted at most.

    Raises:
        MomentError: It leaves the calendar.
    """
    starts, left_out = _starts(event, horizon, min(most, MOST))
    endless = _is_endless(event)
    excluded = _Excluded(event.excluded, event.zone)
    if event.excluded:
        starts = [start for start in starts if not excluded.has(start.at, start.wall)]
    if not replacing:
        kept = [Occurrence(at, at, at + span, event) for at, _, span in starts]
        return Series(kept, [], left_out, endless)
    originals = _originals(replacing, starts)
    taken = set(originals)
    later = [pair for pair in zip(originals, replacing, strict=True) if pair[1].and_future]
    later.sort(key=lambda pair: pair[0])
    kept = [_moved(start, event, later) for start in starts if start.at not in taken]
    replaced = [
        None if one.replaces and excluded.has(at, one.replaces.wall) else at
        for at, one in zip(originals, replacing, strict=True)
    ]
    return Series(kept, replaced, left_out, endless)


def _is_endless(event: Event) -> bool:
    return any(not rule.ends for rule in event.rules)


def _starts(event: Event, horizon: datetime | None, most: int) -> tuple[list[_Start], int]:
    """When the series starts each time, in order, and how many times were left out."""
    walls, left_out = _by_rules(event, horizon)
    walls, cut = _cut(walls, most, endless=_is_endless(event))
    zone, span = event.zone, event.span
    found: dict[datetime, _Start] = {}
    for wall in walls:
        at = to_utc(wall, zone)
        # Two local times are one moment where an hour is left out in spring.
        found.setdefault(at, _Start(at, wall, span))
    for extra in event.extras[:most]:
        at = to_utc(extra.when.wall, extra.when.zone or zone)
        found[at] = _Start(at, extra.when.wall, span if extra.span is None else extra.span)
    left_out += cut + max(len(event.extras) - most, 0)
    return (sorted(found.values()) if event.extras else list(found.values())), left_out


def _by_rules(event: Event, horizon: datetime | None) -> tuple[list[datetime], int]:
    """Local times by the rules, the first one included as long as a rule has not ended before it."""
    first = event.start.wall
    if not event.rules:
        return [first], 0
    limit = horizon.replace(tzinfo=None) if horizon else _plus(first, timedelta(days=365))
    found: set[datetime] = set()
    left_out = 0
    ended = [rule.until.wall for rule in event.rules if rule.until]
    if not ended or event.start.utc().replace(tzinfo=None) <= max(ended):
        found.add(first)
    for rule in event.rules:
        walls, left = _by_rule(rule, event, limit)
        if len(event.rules) == 1 and (first in walls[:1] or not found):
            return walls, left
        found.update(walls)
        left_out += left
    return sorted(found), left_out


def _by_rule(rule: Rule, event: Event, limit: datetime) -> tuple[list[datetime], int]:
    """Local times by one rule, and about how many lie beyond what is read."""
    first = event.start.wall
    latest = max(limit, _plus(first, _TEN_YEARS)) if rule.ends else max(limit, first)
    # The end is in UTC and the rule in local time: a day covers the difference, and then it is exact.
    end = min(latest, _plus(rule.until.wall, _DAY)) if rule.until else latest
    walls, whole = expand(rule, first, upto=end, most=_LOOKED_AT)
    if rule.until:
        while walls and to_utc(walls[-1], event.zone).replace(tzinfo=None) > rule.until.wall:
            walls.pop()
    if rule.count is not None and not rule.until:
        return walls, rule.count - len(walls) if not whole or end == latest else 0
    beyond = rule.until.wall if rule.until else latest
    if not walls or (whole and beyond <= end):
        # Without any occurrence there is no telling how many come after the steps were used up.
        return walls, 0 if whole else 1
    span_left = max(beyond - walls[-1], timedelta())
    return walls, round(len(walls) * (span_left / max(walls[-1] - first, _DAY)))


def _cut(walls: list[datetime], most: int, *, endless: bool) -> tuple[list[datetime], int]:
    """The latest of a series without end; of another its last ten years, and of those the first times."""
    if not walls or endless:
        kept = walls[-most:]
    else:
        since = walls[-1] - _TEN_YEARS if walls[-1].year > YEARS + 1 else walls[0]
        kept = walls[bisect_left(walls, since) :][:most]
    return kept, len(walls) - len(kept)


def _plus(moment: datetime, span: timedelta) -> datetime:
    try:
        return moment + span
    except OverflowError:
        return _LATEST


class _Excluded:
    """The occurrences that do not take place, as moments, as local times, and as whole days."""

    def __init__(self, excluded: Iterable[When], zone: tzinfo | None) -> None:
        self._moments: set[datetime] = set()
        self._days: set[date] = set()
        for when in excluded:
            if when.is_day:
                self._days.add(when.wall.date())
            else:
                self._moments.add(when.wall)
                self._moments.add(to_utc(when.wall, when.zone or zone).replace(tzinfo=None))

    def has(self, at: datetime, wall: datetime) -> bool:
        """Whether an occurrence is excluded, by its moment or its local time."""
        return at.replace(tzinfo=None) in self._moments or wall in self._moments or wall.date() in self._days


def _originals(replacing: Sequence[Event], starts: list[_Start]) -> list[datetime]:
    """When what is replaced was to start: by moment, else by local time, else by day."""
    moments = {start.at for start in starts}
    walls = {start.wall: start.at for start in starts}
    days = {start.wall.date(): start.at for start in starts}
    found = []
    for one in replacing:
        when = one.replaces or one.start
        at = when.utc()
        if at not in moments:
            at = walls.get(when.wall, at)
            if when.is_day:
                at = days.get(when.wall.date(), at)
        found.append(at)
    return found


def _moved(start: _Start, event: Event, later: list[tuple[datetime, Event]]) -> Occurrence:
    """An occurrence as the series has it, or as the last change to it and all after it has it."""
    at, wall, span = start
    place = bisect_left(later, at, key=lambda pair: pair[0])
    if place == 0:
        return Occurrence(at, at, at + span, event)
    changed = later[place - 1][1]
    replaced = changed.replaces or changed.start
    if changed.start.zone == replaced.zone:
        shift = changed.start.wall - replaced.wall
    else:
        shift = changed.start.utc() - replaced.utc()
    begins = to_utc(_plus(wall, shift), event.zone)
    return Occurrence(at, begins, begins + changed.span, changed)
