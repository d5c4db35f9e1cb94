"""What a recurrence rule comes to, within a window and a budget of steps.

Our own arithmetic and not dateutil's, because a calendar is outside data: dateutil looks for the next
match of a rule that never matches until the year 9999, and nothing stops it on the way. Tests hold the
two equal on thousands of rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice, product
from typing import NamedTuple

from prodops.connectors.ics.rules import Frequency, Rule

STEPS = 100_000
"""Periods looked at before a rule is given up: 270 years of days, 11 years of hours, a day of seconds."""

_DAY = timedelta(days=1)
_UNITS = {
    Frequency.HOURLY: timedelta(hours=1),
    Frequency.MINUTELY: timedelta(minutes=1),
    Frequency.SECONDLY: timedelta(seconds=1),
}
_Period = tuple[list[date], tuple[time, ...]]


class Expansion(NamedTuple):
    """What a rule gave.

    Attributes:
        walls: Its occurrences in order, as local times without a zone.
        whole: Whether these are all up to the moment asked for.
    """

    walls: list[datetime]
    whole: bool


def expand(rule: Rule, start: datetime, *, upto: datetime, most: int) -> Expansion:
    """The occurrences of a rule from its start on, as far as `upto` and not more than `most`.

    The start itself is one of them if the rule says so. The rule's own `until` is left to the caller,
    who knows the zone it is meant in.
    """
    walls: list[datetime] = []
    asked = most if rule.count is None else min(most, rule.count)
    for wall in _occurrences(rule, start, upto):
        if wall is None:
            return Expansion(walls, whole=False)
        if wall > upto or len(walls) == asked:
            return Expansion(walls, whole=wall > upto or asked == rule.count)
        walls.append(wall)
    return Expansion(walls, whole=True)


def _occurrences(rule: Rule, start: datetime, upto: datetime) -> Iterator[datetime | None]:
    """Local times in order; a last None when the budget of steps is used up."""
    plain = _plain(rule, start)
    try:
        if plain is not None:
            yield from _stepping(start, *plain)
        else:
            yield from _choosing(_anchored(rule, start), start, upto)
    except OverflowError:
        # The end of the calendar, 31 December 9999.
        return


def _plain(rule: Rule, start: datetime) -> tuple[list[timedelta], timedelta] | None:
    """Where the occurrences of a week or a day lie from the start's, and how far it is to the next.

    None for a rule that says more; nearly all rules do not.
    """
    named = rule.days
    if rule.hours or rule.minutes or rule.seconds or rule.places:
        return None
    if named.months or named.weeks or named.year_days or named.month_days:
        return None
    if rule.frequency is Frequency.DAILY and not named.weekdays:
        return [timedelta()], _DAY * rule.interval
    if rule.frequency is not Frequency.WEEKLY:
        return None
    into_week = (start.weekday() - named.week_start) % 7
    wanted = named.weekdays or {start.weekday()}
    offsets = sorted(_DAY * ((weekday - named.week_start) % 7 - into_week) for weekday in wanted)
    return offsets, _DAY * (7 * rule.interval)


def _stepping(at: datetime, offsets: list[timedelta], step: timedelta) -> Iterator[datetime | None]:
    for offset in offsets:
        if offset >= timedelta():
            yield at + offset
    for _ in range(STEPS):
        at += step
        for offset in offsets:
            yield at + offset
    yield None


def _anchored(rule: Rule, start: datetime) -> Rule:
    """The rule with what it leaves to its start filled in."""
    days, frequency = rule.days, rule.frequency
    if not days.within_month and frequency <= Frequency.WEEKLY:
        if frequency is Frequency.YEARLY:
            months = days.months or frozenset({start.month})
            days = replace(days, months=months, month_days=frozenset({start.day}))
        elif frequency is Frequency.MONTHLY:
            days = replace(days, month_days=frozenset({start.day}))
        else:
            days = replace(days, weekdays=frozenset({start.weekday()}))
    hours, minutes, seconds = rule.hours, rule.minutes, rule.seconds
    if frequency < Frequency.HOURLY:
        hours = hours or frozenset({start.hour})
    if frequency < Frequency.MINUTELY:
        minutes = minutes or frozenset({start.minute})
    if frequency < Frequency.SECONDLY:
        seconds = seconds or frozenset({start.second})
    return replace(rule, days=days, hours=hours, minutes=minutes, seconds=seconds)


def _choosing(rule: Rule, start: datetime, upto: datetime) -> Iterator[datetime | None]:
    periods = _periods(rule, start, upto)
    for days, times in islice(periods, STEPS):
        for wall in _placed(days, times, rule.places) if rule.places else _crossed(days, times):
            if wall >= start:
                yield wall
    if next(periods, None) is not None:
        yield None


def _crossed(days: list[date], times: tuple[time, ...]) -> Iterator[datetime]:
    return (datetime.combine(day, at) for day in days for at in times)


def _placed(days: list[date], times: tuple[time, ...], places: frozenset[int]) -> list[datetime]:
    size = len(days) * len(times)
    wanted = {place - 1 if place > 0 else size + place for place in places}
    return [
        datetime.combine(days[index // len(times)], times[index % len(times)])
        for index in sorted(wanted)
        if 0 <= index < size
    ]


def _periods(rule: Rule, start: datetime, upto: datetime) -> Iterator[_Period]:
    """The days and times meant in one period after another."""
    if rule.frequency > Frequency.DAILY:
        yield from _short_periods(rule, start, upto)
        return
    times = rule.times
    if rule.frequency is Frequency.YEARLY:
        for year in range(start.year, upto.year + 1, rule.interval):
            yield rule.days.of_year(year), times
    elif rule.frequency is Frequency.MONTHLY:
        first = start.year * 12 + start.month - 1
        for month in range(first, upto.year * 12 + upto.month, rule.interval):
            yield rule.days.of_month(month // 12, month % 12 + 1), times
    else:
        yield from ((days, times) for days in _weeks_or_days(rule, start.date(), upto.date()))


def _weeks_or_days(rule: Rule, first: date, last: date) -> Iterator[list[date]]:
    """Days one by one, or weeks; of the first week the days from the start on, as dateutil has it."""
    through = rule.days.lets_through
    if rule.frequency is Frequency.DAILY:
        for number in range(first.toordinal(), last.toordinal() + 1, rule.interval):
            day = date.fromordinal(number)
            yield [day] if through(day) else []
        return
    monday = first.toordinal() - (first.weekday() - rule.days.week_start) % 7
    for number in range(monday, last.toordinal() + 1, 7 * rule.interval):
        days = (date.fromordinal(each) for each in range(max(number, first.toordinal()), number + 7))
        yield [day for day in days if through(day)]


def _short_periods(rule: Rule, start: datetime, upto: datetime) -> Iterator[_Period]:
    """Hours, minutes or seconds one by one; a period with nothing in it counts as a step too."""
    at, step = start, _UNITS[rule.frequency] * rule.interval
    if rule.frequency is not Frequency.SECONDLY:
        at = start.replace(minute=0 if rule.frequency is Frequency.HOURLY else start.minute, second=0)
    day, through = start.date(), rule.days.lets_through(start.date())
    while at <= upto:
        if at.date() != day:
            day = at.date()
            through = rule.days.lets_through(day)
        yield ([day], _times_at(rule, at)) if through else ([], ())
        at += step


def _times_at(rule: Rule, at: datetime) -> tuple[time, ...]:
    if rule.hours and at.hour not in rule.hours:
        return ()
    if rule.frequency is Frequency.HOURLY:
        return tuple(time(at.hour, *parts) for parts in product(sorted(rule.minutes), sorted(rule.seconds)))
    if rule.minutes and at.minute not in rule.minutes:
        return ()
    if rule.frequency is Frequency.MINUTELY:
        return tuple(time(at.hour, at.minute, second) for second in sorted(rule.seconds))
    return (at.time(),) if not rule.seconds or at.second in rule.seconds else ()
