"""When an event of a calendar file starts, how often it recurs, and when it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from prodops.text.cadence import MONTH_DAYS, WEEK_DAYS, YEAR_DAYS
from prodops.text.moments import MomentError, parse_day, parse_moment
from prodops.text.zones import find_zone

_RULE_DAYS = {"daily": 1.0, "weekly": WEEK_DAYS, "monthly": MONTH_DAYS, "yearly": YEAR_DAYS}
_PLACES = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class When:
    """A start or an end as a calendar file has it.

    Attributes:
        at: The moment, in UTC.
        day: The local day.
        clock: The local time of day, `17:00`; empty for a whole day.
        tz: The time zone as written.
        doubt: What had to be assumed, in words; empty when nothing had.
    """

    at: datetime
    day: date
    clock: str
    tz: str
    doubt: str = ""


def read_when(value: object) -> When:
    """Read `{date, timezone}`, a text with an offset, or a day alone, which is a whole day.

    A local time whose zone is missing or unknown is read as UTC, and `doubt` says so.

    Raises:
        MomentError: It is no date, or the date does not exist.
    """
    written, zone_name = (
        (value.get("date"), value.get("timezone")) if isinstance(value, dict) else (value, "")
    )
    if isinstance(written, datetime):
        written = written.isoformat()
    if type(written) is date:
        written = written.isoformat()
    if not isinstance(written, str):
        raise MomentError(f"not a date: {str(written)[:40]!r}")
    name = zone_name if isinstance(zone_name, str) else ""
    if len(written.strip()) <= len("2024-01-31"):
        day = parse_day(written)
        return When(datetime.combine(day, time(), UTC), day, "", name)
    zone = find_zone(name) if name else None
    doubt = f"the time zone {name[:40]!r} is not known; read as UTC" if name and zone is None else ""
    return _timed(written, name, zone, doubt)


def _timed(written: str, name: str, zone: tzinfo | None, doubt: str) -> When:
    try:
        at = parse_moment(written)
    except MomentError:
        at = parse_moment(written, tz=zone or UTC)
        if not name:
            doubt = "the time has no time zone; read as UTC"
    local = at.astimezone(zone or UTC)
    return When(at, local.date(), f"{local:%H:%M}", name or "UTC", doubt)


def rule_days(rules: list[dict[str, object]]) -> float | None:
    """The days between two occurrences of all rules together; None when a rule has no known frequency."""
    rate = 0.0
    for rule in rules:
        days = _RULE_DAYS.get(str(rule.get("frequency")))
        if days is None:
            return None
        rate += max(1, len(_by_days(rule))) / (days * _count(rule, "interval", 1))
    return 1 / rate if rate else None


def rule_words(rules: list[dict[str, object]]) -> str:
    """The rules in the source's own words: `weekly, interval 2`."""
    said = []
    for rule in rules:
        interval = f", interval {rule['interval']}" if "interval" in rule else ""
        said.append(f"{str(rule.get('frequency', ''))[:40]}{interval}"[:80])
    return "; ".join(said)


def rule_day(rules: list[dict[str, object]], start: When) -> str:
    """The day of the week, or its place in the month: `first Monday`."""
    named = [name for rule in rules for name in _by_days(rule)]
    return ", ".join(named) if named else f"{start.day:%A}"


def rules_end(rules: list[dict[str, object]], start: When) -> date | None:
    """The last day that the rules allow; None when one of them goes on.

    A `count` is turned into a day by the rule's own step; months are counted on the calendar.

    Raises:
        MomentError: `until` is no date, or the date does not exist.
    """
    ends: list[date] = []
    for rule in rules:
        if "until" in rule:
            ends.append(read_when(rule["until"]).day)
        elif "count" in rule:
            ends.append(_counted(rule, start.day))
        else:
            return None
    return max(ends) if ends else None


def _counted(rule: dict[str, object], start: date) -> date:
    steps = (_count(rule, "count", 1) - 1) * _count(rule, "interval", 1)
    per_step = max(1, len(_by_days(rule)))
    unit = str(rule.get("frequency"))
    try:
        if unit in {"monthly", "yearly"}:
            month = start.year * 12 + start.month - 1 + steps // per_step * (12 if unit == "yearly" else 1)
            return date(month // 12, month % 12 + 1, min(start.day, 28))
        return start + timedelta(days=steps // per_step * _RULE_DAYS.get(unit, 0.0))
    except (ValueError, OverflowError):
        return date.max


def _count(rule: dict[str, object], name: str, otherwise: int) -> int:
    value = rule.get(name)
    return (
        value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _MOST else otherwise
    )


def _by_days(rule: dict[str, object]) -> list[str]:
    held = rule.get("by_day")
    named = []
    for one in held if isinstance(held, list) else []:
        day = one.get("day") if isinstance(one, dict) else one
        if isinstance(day, str):
            place = _PLACES.get(one.get("num", 0), "") if isinstance(one, dict) else ""
            named.append(f"{place} {day[:20].capitalize()}".strip())
    return named
