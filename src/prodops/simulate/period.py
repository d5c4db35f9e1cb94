"""The simulated weeks, in fixed dates: never the clock of the machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY_MINUTES = 1440
WEEKDAYS = 5
EPOCH = date(1970, 1, 1).toordinal()
HOME_ZONE = "Europe/Berlin"
"""The zone of headquarters. All planning is done in its local time."""

ZONES = (HOME_ZONE, "Europe/London")
"""The zones calendars are kept in. They change to summer time in the same nights."""

CLOSED = ((12, 24), (12, 25), (12, 26), (12, 27), (12, 28), (12, 29), (12, 30), (12, 31), (1, 1))
"""Days, as month and day, on which the whole organisation rests."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
"""Written out, because the names a machine knows depend on its locale."""

QUARTER_WEEKS = 13
EXPORT_HOUR = 18


@lru_cache(maxsize=4096)
def offset_minutes(zone: str, ordinal: int) -> int:
    """Minutes that a zone is ahead of UTC at noon of a day."""
    noon = datetime.combine(date.fromordinal(ordinal), time(12), ZoneInfo(zone))
    return int((noon.utcoffset() or timedelta()).total_seconds() // 60)


@lru_cache(maxsize=4096)
def is_closed(ordinal: int) -> bool:
    """Whether the organisation rests on that day."""
    day = date.fromordinal(ordinal)
    return (day.month, day.day) in CLOSED


@dataclass(frozen=True, slots=True)
class Period:
    """Whole weeks, Monday to Friday, up to and including the week of `ends_on`.

    Attributes:
        ends_on: The day of the export; nothing is known after it.
        weeks: How many weeks there are.
    """

    ends_on: date
    weeks: int

    @property
    def first_monday(self) -> int:
        """The first Monday, as an ordinal."""
        last = self.ends_on.toordinal() - self.ends_on.weekday()
        return last - 7 * (self.weeks - 1)

    @property
    def last_day(self) -> int:
        """The day of the export, as an ordinal."""
        return self.ends_on.toordinal()

    @property
    def exported_at(self) -> int:
        """The moment of the export, in minutes of UTC since 1970."""
        return (self.last_day - EPOCH) * DAY_MINUTES + EXPORT_HOUR * 60

    def monday(self, week: int) -> int:
        """The Monday of a week, as an ordinal."""
        return self.first_monday + 7 * week

    def quarter_closes(self, week: int) -> bool:
        """Whether the week is one of the last two of a calendar quarter."""
        later = date.fromordinal(self.monday(week) + 14)
        today = date.fromordinal(self.monday(week))
        return (today.month - 1) // 3 != (later.month - 1) // 3

    def utc(self, ordinal: int, minute: int) -> int:
        """A local minute of a day at headquarters, in minutes of UTC since 1970."""
        return (ordinal - EPOCH) * DAY_MINUTES + minute - offset_minutes(HOME_ZONE, ordinal)


def iso(moment: int) -> str:
    """A moment in minutes since 1970 as `2026-03-04T09:15:00Z`."""
    days, minute = divmod(moment, DAY_MINUTES)
    return f"{iso_day(days + EPOCH)}T{minute // 60:02d}:{minute % 60:02d}:00Z"


@lru_cache(maxsize=8192)
def iso_day(ordinal: int) -> str:
    """A day as `2026-03-04`."""
    return date.fromordinal(ordinal).isoformat()


def spoken_day(day: date) -> str:
    """A day as people write it: `4 March`."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def day_of(moment: int) -> int:
    """The day, as an ordinal of UTC, of a moment in minutes since 1970."""
    return moment // DAY_MINUTES + EPOCH
