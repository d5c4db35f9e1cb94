"""PM interviews, whichever of their forms they have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from prodops.connectors.interview.answers import entries
from prodops.connectors.interview.form_yaml import read_form
from prodops.connectors.interview.notes import MARK, read_notes
from prodops.connectors.interview.table import is_table, read_rows
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.text.decoding import decode, looks_binary
from prodops.text.tables import read_table

COVERS: Literal["snapshot", "increment"] = "snapshot"

_OWN = re.compile(r"^[ \t]*(?:-[ \t]+)?prodops_interview[ \t]*:", re.MULTILINE)
_KEYS = tuple(
    re.compile(rf"^[ \t]*(?:-[ \t]+)?{name}[ \t]*:", re.MULTILINE)
    for name in ("person", "asked_on", "(?:time|answers)")
)


def recognises(file: SourceFile) -> float:
    """How sure it is that the file is an interview: by the keys of our form or notes, or by its header."""
    head = file.head
    if looks_binary(file.content[:1_024]):
        return 0.0
    if _OWN.search(head) or MARK.search(head):
        return 0.97
    if all(key.search(head) for key in _KEYS):
        return 0.9
    header = next(read_table(head), None)
    return 0.95 if header and is_table(header.cells, file.hints) else 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry for each leaf and each free answer of each person; what was left blank is not used."""
    if looks_binary(file.content):
        yield _lost(file, "binary", "it is not text")
        return
    text = decode(file.content).text
    if not text.strip():
        yield _lost(file, "empty", "the file is empty")
    elif MARK.search(file.head):
        yield from entries(file, list(read_notes(text)))
    elif _OWN.search(file.head) or all(key.search(file.head) for key in _KEYS):
        yield from entries(file, list(read_form(file, text)))
    else:
        yield from entries(file, list(read_rows(file, text)))


def _lost(file: SourceFile, code: str, says: str) -> Entry:
    remedy = "fill in a fresh copy of the form"
    return Entry(locator="file", problems=(problem(file.name, "file", code, says=says, remedy=remedy),))
