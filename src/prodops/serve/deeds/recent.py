"""What was declared last, each with the way back while nothing later changed the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from prodops.actions import units
from prodops.actions.deed import spelt
from prodops.ledger.decisions import Decision, DecisionOutcome, Intervention
from prodops.ledger.declared_log import REDACTION, LogEntry, declared_records
from prodops.ledger.record import Declared
from prodops.ledger.rituals import Campaign, RitualStance
from prodops.ledger.schema import table_name
from prodops.ledger.store import Store
from prodops.serve.deeds.overtaken import touched
from prodops.serve.deeds.told import changed_lines

MOST = 12
"""Deeds that are listed."""

LOOKED_AT = 400
"""Entries of the log that are looked through for them."""

ONES_OWN = frozenset({"label", "label_sample", "label_closing", "sampled_block", "decision_score", REDACTION})
"""Declarations that are a person's own answers, or say nothing to people: they are in no list."""


TAKEN_BACK = ("withdrawn", "withdrawn_on", "taken_back")
"""What a record says that was taken back itself."""


@dataclass(frozen=True, slots=True)
class Recent:
    """One deed.

    Attributes:
        says: What was declared.
        at: When it was appended to the log.
        undo: The address that takes it back by POST; empty where something later stands on the same thing,
            or it is none that can be taken back.
    """

    says: str
    at: datetime
    undo: str


def recent(store: Store) -> tuple[Recent, ...]:
    """The last deeds, the newest first.

    Args:
        store: The workspace.
    """
    entries = store.declared_since(max(0, store.checkpoint().seq - LOOKED_AT))
    found: list[Recent] = []
    for together in reversed(list(_together(entries))):
        first = together[0]
        if first.table in ONES_OWN or len(found) >= MOST:
            continue
        records = declared_records(together)
        later = [one for one in entries if one.seq > together[-1].seq]
        stands = not touched(declared_records(later), together)  # nothing later refers to it
        undo = _undo(records[0], first.seq) if stands else ""
        found.append(Recent(changed_lines(records[:1])[0], first.declared_at, undo))
    return tuple(found)


def _together(entries: Sequence[LogEntry]) -> Iterator[list[LogEntry]]:
    for _, group in groupby(entries, key=lambda one: one.declared_at):
        yield list(group)


def _undo(record: Declared, entry: int) -> str:
    name = _done_by(record)
    gone = any(getattr(record, one, None) for one in TAKEN_BACK)
    return f"/act/{spelt(name)}/undo/{entry}" if name and not gone else ""


def _done_by(record: Declared) -> str:
    """The action that takes a record back; empty for one that none does."""
    if isinstance(record, RitualStance):
        return "set_stance" if record.stance or record.purpose or record.owner else ""
    if isinstance(record, Intervention):
        return "start_trial" if record.ended_on is None else "stop_trial"
    if isinstance(record, Decision):
        return "supersede" if record.supersedes else "record_decision"
    if isinstance(record, DecisionOutcome):
        return "reopen" if record.kind == "reopened" else "resolve"
    if isinstance(record, Campaign):
        return "start_campaign" if record.closed_on is None else "close_campaign"
    known = {"other_event": "log_event", "decision_question": "ask"}
    name = known.get(table_name(type(record)), "")
    return name if name in units() else ""
