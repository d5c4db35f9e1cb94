"""What kind of Zendesk file it is, and its entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from prodops.connectors.zendesk.export import read_export
from prodops.connectors.zendesk.warehouse import USED, find_table, read_warehouse
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.text.decoding import decode, looks_binary
from prodops.text.tables import read_table

COVERS: Literal["snapshot", "increment"] = "increment"

_ADDRESS = re.compile(r"\.zendesk\.com\\?/api\\?/v2\\?/")
_PAGES = frozenset({"after_cursor", "end_of_stream"})
_TICKET = frozenset({"requester_id", "submitter_id"})
_TICKET_TOO = frozenset(
    {"ticket_form_id", "brand_id", "has_incidents", "allow_channelback", "raw_subject", "via"}
)
_LISTS = frozenset(
    {"ticket_audits", "ticket_events", "ticket_metric_events", "metric_sets", "ticket_metrics"}
)
_OTHERS = frozenset({"fr_escalated", "nr_escalated", "spam_score", "email_config_id"})
"""Keys of another help desk whose tickets look alike."""


def recognises(file: SourceFile) -> float:
    """How surely this is Zendesk's: by the keys of its JSON, or by the columns of a warehouse table."""
    if looks_binary(file.content):
        return 0.0
    if file.head.lstrip("\ufeff \t\r\n")[:1] not in {"{", "["}:
        return _recognises_table(file)
    keys = {match[1] for match in re.finditer(r"\"([a-z_]{1,40})\"\s*:", file.head)}
    if keys & _OTHERS:
        return 0.0
    if _ADDRESS.search(file.head) and keys & (_TICKET | _LISTS | {"ticket_id", "tickets"}):
        return 0.97
    if keys >= _TICKET and keys & _TICKET_TOO:
        return 0.95
    if keys & _LISTS and "ticket_id" in keys:
        return 0.95
    if "tickets" in keys and keys & _PAGES:
        return 0.95
    if (
        "ticket_id" in keys
        and keys & {"child_events", "audits", "comments"}
        and "author_id" in keys | {"updater_id"}
    ):
        return 0.85
    return 0.0


def _recognises_table(file: SourceFile) -> float:
    header = next(read_table(file.head.partition("\n")[0]), None)
    table = find_table(header.cells) if header else None
    if table is None:
        return 0.0
    if not table.landed and table.name != "ticket_chat_event":
        return 0.85 if table.name in USED else 0.0
    return 0.95 if table.name in USED else 0.9


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give the entries of an export or of a warehouse table."""
    if looks_binary(file.content):
        yield _failed(file, "binary", "the file is not text", "export the tickets as JSON or CSV")
        return
    written = decode(file.content).text
    if not written.strip():
        yield _failed(file, "empty_file", "the file is empty", "export the tickets again")
    elif written.lstrip("\ufeff \t\r\n")[0] in "{[":
        yield from read_export(file, written)
    else:
        yield from read_warehouse(file, written)


def _failed(file: SourceFile, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator="file", problems=(problem(file.name, "file", code, says=says, remedy=remedy),))
