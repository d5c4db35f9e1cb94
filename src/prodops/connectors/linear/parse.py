"""A Linear export, whichever of its forms it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from prodops.connectors.linear.export_csv import is_export, read_export
from prodops.connectors.linear.graphql_json import INTO, is_issue, read_graphql
from prodops.connectors.linear.reading import Reading
from prodops.ledger.reading import Entry, SourceFile
from prodops.text.decoding import decode, looks_binary
from prodops.text.json_items import read_items
from prodops.text.tables import read_table

COVERS: Literal["snapshot", "increment"] = "increment"

_OPENS_JSON = re.compile(r"\s*[\[{]")
# When the first issue alone is larger than the head, its first keys have to do.
_FIRST_KEYS = re.compile(r"\"identifier\"\s*:\s*\"[A-Za-z][A-Za-z0-9]*-\d+\"")
_STATE = re.compile(r"\"(?:priorityLabel|createdAt|state)\"\s*:")


def recognises(file: SourceFile) -> float:
    """How sure it is that the file is a Linear export: by the shape of its first issue, or its header."""
    head = file.head
    if looks_binary(file.content[:1_024]):
        return 0.0
    if _OPENS_JSON.match(head):
        for item in read_items(head, into=INTO, is_item=is_issue):
            if isinstance(item.value, dict) and not item.beside:
                return 0.95 if is_issue(item.value) else 0.0
        return 0.85 if _FIRST_KEYS.search(head) and _STATE.search(head) else 0.0
    header = next(read_table(head), None)
    return 0.95 if header and is_export(header.cells) else 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry for each issue: the issue, and from JSON the changes of its history.

    Texts of descriptions and comments are left out.
    """
    reading = Reading(file)
    if looks_binary(file.content):
        yield reading.lost("file", "binary", says="it is not text", remedy="export JSON or CSV")
        return
    text = decode(file.content).text
    if not text.strip():
        yield reading.lost("file", "empty", says="the file is empty", remedy="export it again")
    elif _OPENS_JSON.match(text):
        yield from read_graphql(reading, text)
    else:
        yield from read_export(reading, text)
