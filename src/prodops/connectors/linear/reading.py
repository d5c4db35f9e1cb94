"""What both forms of a Linear export share: ids, moments, groups of states, and problems."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from prodops.ledger.reading import Entry, Problem, SourceFile, problem
from prodops.ledger.record import PersonId, Record, RecordId, person_id
from prodops.text.moments import MomentError, parse_moment

KEY = re.compile(r"[A-Za-z][A-Za-z0-9]*-\d+")
# The CSV export of some browsers writes JavaScript's own form: "Tue May 14 2024 08:53:33 GMT+0000 (GMT)".
_JAVASCRIPT = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d\d \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})(?: \(.*\))?"
)
_BY_TYPE = {
    **dict.fromkeys(("triage", "backlog", "unstarted"), "open"),
    "started": "active",
    "completed": "done",
    **dict.fromkeys(("canceled", "cancelled", "duplicate"), "cancelled"),
}


@dataclass(slots=True)
class Reading:
    """A file while it is read.

    Attributes:
        file: The file.
        seen: Ids given so far.
    """

    file: SourceFile
    seen: set[str] = field(default_factory=set)

    def note(self, locator: str, code: str, *, says: str, remedy: str) -> Problem:
        """A problem to which nothing is lost."""
        return problem(self.file.name, locator, code, says=says[:200], remedy=remedy, lost=False)

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
                says=f"{key.rpartition(':')[2][:60]} stands here before; the first is kept",
                remedy="nothing, if the two are alike; otherwise export again in one go",
            )
        self.seen.add(key)
        return Entry(locator=locator, records=records, problems=problems)


def issue_id(key: str) -> RecordId:
    """The id of the issue with a key."""
    return RecordId(f"linear:issue:{key}")


def group_of_type(state_type: str) -> str | None:
    """Our group of a `WorkflowState.type`; None for a type that Linear did not have."""
    return _BY_TYPE.get(state_type.strip().lower())


def moment(written: str) -> datetime | None:
    """A moment in UTC; None for nothing. Linear writes UTC; a day alone is its midnight there.

    Raises:
        MomentError: It is no date, or the date does not exist.
    """
    if not written:
        return None
    javascript = _JAVASCRIPT.fullmatch(written)
    return parse_moment(f"{javascript[1]} {javascript[2]}" if javascript else written, tz=UTC)


def needed_moment(written: str) -> datetime:
    """A moment in UTC that must be there.

    Raises:
        MomentError: There is none, it is no date, or the date does not exist.
    """
    found = moment(written)
    if found is None:
        raise MomentError("the date is missing")
    return found


def first_moment(
    reading: Reading, locator: str, *written: str
) -> tuple[datetime | None, tuple[Problem, ...]]:
    """The first of several moments that is there; an unreadable one is told and passed over."""
    notes: tuple[Problem, ...] = ()
    for one in written:
        try:
            found = moment(one)
        except MomentError as error:
            bad = reading.note(locator, "bad_date", says=str(error), remedy="correct it in the source")
            notes = (*notes, bad)
            continue
        if found is not None:
            return found, notes
    return None, notes


def person(*handles: str) -> PersonId | None:
    """The pseudonym of the first handle that is there."""
    handle = next((handle for handle in handles if handle), "")
    return person_id(handle) if handle else None


def linked(keys: list[str], own: str) -> tuple[str, ...]:
    """The keys of other issues, each once, in their order."""
    return tuple(dict.fromkeys(key for key in keys if KEY.fullmatch(key) and key != own))
