"""A table that nobody understood, as a person is asked about it: columns, a few rows, what they may mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from prodops.connectors.feedback_table.columns import header_key
from prodops.connectors.feedback_table.layout import TableError, find_columns, sheets_of
from prodops.connectors.feedback_table.names import FIELDS
from prodops.ledger.reading import SourceFile
from prodops.serve.intake.guessing import guessed

LOOKED_AT_ROWS = 200
SHOWN_ROWS = 5
SHOWN_COLUMNS = 200

FIRST = ("created", "title", "text", "id", "status", "first_answer", "decided", "decision", "author")
"""Fields that are asked for at once; the others open on demand."""

WORDS = {
    "created": ("When it came in", "Without it nobody can say how long a message has waited."),
    "title": ("Title", ""),
    "text": ("What was written", ""),
    "id": ("Its own number or key", "With it a newer export corrects an older one."),
    "status": ("Status", ""),
    "first_answer": ("When it was first answered", ""),
    "decided": ("When it was decided", ""),
    "decision": ("What was decided", ""),
    "author": ("Who wrote it", "Kept as a pseudonym alone."),
    "solved": ("When it was solved", ""),
    "closed": ("When it was closed", ""),
    "closed_how": ("How it was closed", ""),
    "updated": ("When it last changed", ""),
    "observed_until": ("Until when it was watched", ""),
    "history": ("All its changes", ""),
    "duplicate_of": ("Of which other it is a duplicate", ""),
    "channel": ("Where it came from", ""),
    "segment": ("Kind of customer", ""),
    "product": ("Product", ""),
    "topic": ("Topic", ""),
    "company": ("Company", ""),
    "tags": ("Tags", ""),
    "first_answer_lag": ("How long the first answer took", ""),
    "solved_lag": ("How long the solution took", ""),
}
"""What each field is called where a person is asked, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One field that a column may hold.

    Attributes:
        field: Its name, as a column map has it.
        label: What it is called.
        hint: Why it is asked; empty where that is plain.
        guess: The column that its name or content suggests; empty for none.
        first: Whether it is asked at once.
    """

    field: str
    label: str
    hint: str
    guess: str
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownTable:
    """A table as a person is asked about it.

    Attributes:
        header: Its columns.
        key: The key under which a map of them is remembered.
        rows: A few of its rows.
        questions: What its columns may mean.
    """

    header: tuple[str, ...]
    key: str
    rows: tuple[tuple[str, ...], ...]
    questions: tuple[Question, ...]


def unknown_table(name: str, content: bytes) -> UnknownTable | None:
    """The first table of a file; None where it holds none.

    Args:
        name: The file as the user knows it.
        content: Its bytes.
    """
    try:
        sheets = sheets_of(SourceFile(name=name, content=content))
    except TableError:
        return None
    for sheet in sheets:
        rows = list(islice(sheet.rows(), LOOKED_AT_ROWS))
        line, columns = find_columns(rows, {})
        if line:
            below = [row.cells for row in rows if row.line > line]
            sure = {field: columns.header[place] for field, place in columns.places.items()}
            guesses = guessed(columns.header, below, sure)
            return UnknownTable(
                header=columns.header,
                key=header_key(columns.header),
                rows=tuple(cells[:SHOWN_COLUMNS] for cells in below[:SHOWN_ROWS]),
                questions=tuple(_questions(guesses)),
            )
    return None


def _questions(guesses: Mapping[str, str]) -> list[Question]:
    ordered = [*FIRST, *(field for field in FIELDS if field not in FIRST)]
    return [
        Question(
            field=field, label=WORDS[field][0], hint=WORDS[field][1], guess=guesses.get(field, ""),
            first=field in FIRST,
        )
        for field in ordered
    ]  # fmt: skip
