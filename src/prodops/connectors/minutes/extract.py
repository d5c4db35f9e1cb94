"""Agenda items of minutes as rows of a table, without loading anything."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.connectors.minutes.reader import Found, read_minutes
from prodops.ledger.reading import SourceFile
from prodops.text.decoding import decode, looks_binary


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

    The items are the same with and without marks, so that both readings can be laid side by side: an item
    that holds nothing but a mark stays, with nothing found in it.

    Args:
        file: The minutes.
        ignore_marks: Take the scribe's marks and closing lists out before reading.

    Returns:
        One row an item; none for a file that is no text or has no item, nor for a meeting that was not held.
    """
    if looks_binary(file.content):
        return []
    text = decode(file.content).text
    items = [
        item for read in read_minutes(text, file.name) if not read.meeting.cancelled for item in read.items
    ]
    if ignore_marks:
        bare = {
            item.number: item.found
            for meeting in read_minutes(text, file.name, ignore_marks=True)
            for item in meeting.items
        }
        return [_row(item.section, bare.get(item.number, ())) for item in items]
    return [_row(item.section, item.found) for item in items]


def _row(section: str, found: tuple[Found, ...]) -> ItemRow:
    kinds = {one.kind for one in found}
    owners = tuple(dict.fromkeys(owner for one in found for owner in one.owners))
    evidence = " / ".join(one.words.strip() for one in found)
    return ItemRow(section, "decision" in kinds, "action" in kinds, owners, evidence)
