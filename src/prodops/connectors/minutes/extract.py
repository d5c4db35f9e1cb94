"""Agenda items of minutes as rows of a table, without loading anything."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.connectors.minutes.reader import read_minutes
from prodops.ledger.reading import SourceFile
from prodops.text.decoding import decode


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One agenda item.

    Attributes:
        section: Its number as a scribe printed it, otherwise its place in the file from 1.
        decided: Whether a decision was found in it.
        action: Whether an action was found in it.
        owners: Who took the actions on, as written.
        evidence: The lines found, one after the other.
    """

    section: str
    decided: bool
    action: bool
    owners: tuple[str, ...]
    evidence: str


def rows_of(file: SourceFile, *, ignore_marks: bool) -> list[ItemRow]:
    """The agenda items of all meetings of a file, in their order.

    Args:
        file: The minutes.
        ignore_marks: Take the scribe's marks and closing lists out before reading.
    """
    rows = []
    for meeting in read_minutes(decode(file.content).text, file.name, ignore_marks=ignore_marks):
        for item in meeting.items:
            kinds = {found.kind for found in item.found}
            owners = tuple(dict.fromkeys(owner for found in item.found for owner in found.owners))
            evidence = " / ".join(found.words.strip() for found in item.found)
            rows.append(ItemRow(item.section, "decision" in kinds, "action" in kinds, owners, evidence))
    return rows
