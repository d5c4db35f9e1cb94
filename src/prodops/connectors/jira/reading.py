"""What both forms of a Jira export share: ids, people, links, and problems told once a file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from prodops.ledger.reading import Entry, Problem, SourceFile, problem
from prodops.ledger.record import PersonId, Record, RecordId, person_id
from prodops.text.local_dates import in_plain_order, is_ambiguous
from prodops.text.moments import MomentError, parse_moment

KEY = re.compile(r"[A-Z][A-Z0-9_]*-\d+")
_QUOTED_CHARS = 60


@dataclass(slots=True)
class Reading:
    """A file while it is read.

    Attributes:
        file: The file.
        day_first: Whether its dates are written day first; None when they do not say.
        seen: Ids given so far.
        told: Problems that are told once a file and were.
    """

    file: SourceFile
    day_first: bool | None = None
    seen: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)

    def once(
        self, locator: str, code: str, about: str = "", *, says: str, remedy: str
    ) -> tuple[Problem, ...]:
        """The problem, unless one with this code and subject was told before; nothing is lost to it."""
        if f"{code}\0{about}" in self.told:
            return ()
        self.told.add(f"{code}\0{about}")
        return (problem(self.file.name, locator, code, says=says, remedy=remedy, lost=False),)

    def lost(self, locator: str, code: str, *, says: str, remedy: str) -> Entry:
        """An entry that could not be read."""
        found = problem(self.file.name, locator, code, says=says[:200], remedy=remedy)
        return Entry(locator=locator, problems=(found,))

    def entry(self, locator: str, records: tuple[Record, ...], problems: tuple[Problem, ...]) -> Entry:
        """An entry with its issue first, or the problem that this issue was given before."""
        key = records[0].id
        if key in self.seen:
            return self.lost(
                locator,
                "duplicate_id",
                says=f"{key.rpartition(':')[2][:_QUOTED_CHARS]} stands here before; the first is kept",
                remedy="nothing, if the two are alike; otherwise export again in one go",
            )
        self.seen.add(key)
        return Entry(locator=locator, records=records, problems=problems)


def issue_id(key: str) -> RecordId:
    """The id of the issue with a key."""
    return RecordId(f"jira:issue:{key}")


def moment(reading: Reading, locator: str, written: str) -> tuple[datetime | None, tuple[Problem, ...]]:
    """A moment in UTC; None for nothing.

    Raises:
        MomentError: It is no date, or the date does not exist.
    """
    if not written:
        return None, ()
    plain, notes = in_plain_order(written, day_first=reading.day_first), _doubt(reading, locator, written)
    try:
        return parse_moment(plain), notes
    except MomentError:
        read = parse_moment(plain, tz=UTC)
    naive = reading.once(
        locator,
        "naive_time",
        says=f"times such as {written[:_QUOTED_CHARS]!r} have no time zone; read as UTC",
        remedy="nothing, if hours do not matter; the JSON of the REST interface has time zones",
    )
    return read, (*notes, *naive)


def _doubt(reading: Reading, locator: str, written: str) -> tuple[Problem, ...]:
    if reading.day_first is not None or not is_ambiguous(written):
        return ()
    return reading.once(
        locator,
        "ambiguous_date",
        says=f"dates such as {written[:_QUOTED_CHARS]!r} may begin with day or month; read as month first",
        remedy="export with dates like 2024-01-31, or with a longer period, which shows the order",
    )


def needed_moment(reading: Reading, locator: str, written: str) -> tuple[datetime, tuple[Problem, ...]]:
    """A moment in UTC that must be there.

    Raises:
        MomentError: There is none, it is no date, or the date does not exist.
    """
    found, notes = moment(reading, locator, written)
    if found is None:
        raise MomentError("the date is missing")
    return found, notes


def person(*handles: str) -> PersonId | None:
    """The pseudonym of the first handle that is there."""
    handle = next((handle for handle in handles if handle), "")
    return person_id(handle) if handle else None


def linked(keys: list[str], own: str) -> tuple[str, ...]:
    """The keys of other issues, each once, in their order."""
    return tuple(dict.fromkeys(key for key in keys if KEY.fullmatch(key) and key != own))
