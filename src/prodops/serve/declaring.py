"""Declare what an action proposes: look it up, pass the gate, append, in the one workspace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.declared_log import GateRefusedError
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared
from prodops.serve.bootstrap import open_workspace
from prodops.serve.stated_day import marked
from prodops.serve.told import shown_ledger

Propose = Callable[[Ledger, datetime, str], Sequence[Declared]]
"""From the ledger, the moment and who declares to what is declared."""

Gate = Callable[[Ledger, Sequence[Declared]], list[str]]
"""From the ledger as it would be and what is declared to what speaks against it."""


def declare(workspace: Path | None, propose: Propose, gate: Gate) -> tuple[Declared, ...]:
    """Declare what an action proposes, all of it or nothing.

    Args:
        workspace: Its folder; the environment's when None.
        propose: Says what to declare.
        gate: Says what speaks against it.

    Raises:
        ActionRefusedError: It cannot be proposed, or the gate objects; the message says what would do.
    """
    settings, store = open_workspace(workspace)
    with store:
        ledger = shown_ledger(store, today=settings.today)
        records = marked(propose(ledger, settings.moment(), settings.actor), settings)
        try:
            store.append(records, gate=lambda after: gate(after, records), today=settings.today)
        except GateRefusedError as refused:
            raise ActionRefusedError(" ".join(map(str, refused.objections))) from refused
    return records
