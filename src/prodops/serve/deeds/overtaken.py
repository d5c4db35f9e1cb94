"""Whether somebody else changed what an action changes, since the one who asks had looked."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Sequence
from dataclasses import fields

from prodops.ledger.declared_log import LogEntry, declared_records
from prodops.ledger.record import Declared, RecordId
from prodops.ledger.schema import table_name

ONE_EACH = {"decision_score": "rater", "label": "labelled_by"}
"""Records of which every person has one of their own about the same thing, and who that is."""


class OvertakenDeedError(Exception):
    """What an action changes was changed by somebody else meanwhile.

    Attributes:
        changed: What they declared, newest last.
    """

    def __init__(self, changed: Sequence[Declared]) -> None:
        """Take what they declared."""
        super().__init__(f"{len(changed)} declared meanwhile")
        self.changed = tuple(changed)


class StaleError(Exception):
    """The ledger is at another version than the one an action was to be done on.

    Attributes:
        version: The version it is at.
        changed: What was declared since, where that is known.
    """

    def __init__(self, version: str, since: Sequence[LogEntry]) -> None:
        """Take the version and the entries since."""
        super().__init__(version)
        self.version = version
        self.changed = tuple(declared_records(since))


def touched(records: Iterable[Declared], since: Sequence[LogEntry]) -> tuple[Declared, ...]:
    """What was declared since about the same things that records are about.

    Args:
        records: What somebody wants to declare.
        since: The entries of the log that they had not seen.
    """
    if not since:
        return ()
    mine = list(records)
    meant = {one for record in mine for one in (str(record.id), *_refers(record))}
    return tuple(
        other
        for other in declared_records(since)
        if str(other.id) in meant or any(_same_place(record, other) for record in mine)
    )


def _same_place(mine: Declared, other: Declared) -> bool:
    """Whether two records of one kind are about the same thing, and only one of them can be meant."""
    if type(mine) is not type(other) or not set(_refers(mine)) & set(_refers(other)):
        return False
    person = ONE_EACH.get(table_name(type(mine)))
    return person is None or getattr(mine, person) == getattr(other, person)


def _refers(record: Declared) -> list[str]:
    """The ids of other records that a record names."""
    hints = typing.get_type_hints(type(record))
    return [
        str(value)
        for one in fields(record)
        if one.name != "id" and (value := getattr(record, one.name))
        if hints[one.name] is RecordId or RecordId in typing.get_args(hints[one.name])
    ]
