"""What speaks against a registered change: its days, its units, its order, its seal."""

from __future__ import annotations

from datetime import date, timedelta

from prodops.actions.trials import overlapping
from prodops.impact.order import read_order
from prodops.impact.trials import key_of, members_of, seal_of, state_of, under_way, waves_of
from prodops.ledger.decisions import Intervention
from prodops.ledger.ledger import Ledger

READ_AFTER_DAYS = 91
"""A readout comes a quarter after the first start, unless the registration says another day."""


def against(ledger: Ledger, change: Intervention) -> list[str]:
    """What speaks against a change in the ledger as it would be with it; nothing lets it in.

    Args:
        ledger: The ledger as it would be.
        change: The change.
    """
    return _of_plan(change) + _of_days(ledger, change) + _of_units(ledger, change) + _of_order(change)


def last_start(change: Intervention) -> date:
    """The day on which the last wave begins, held-back ones left out."""
    return max((one.starts_on for one in waves_of(change) if one.starts_on), default=change.starts_on)


def _of_plan(change: Intervention) -> list[str]:
    said = []
    if seal_of(change) != change.seal:
        said.append("The plan is not the one that was sealed.")
    if change.reads_out_on <= (last := last_start(change)):
        said.append(
            f"Its effect is read after the last wave began ({last}), not on {change.reads_out_on}. "
            f"A quarter later: --reads-out {last + timedelta(days=READ_AFTER_DAYS)}"
        )
    return said


def _of_days(ledger: Ledger, change: Intervention) -> list[str]:
    today = ledger.today.date()
    if change.starts_on < today and not change.begun_before:
        past = f"A change is registered before it begins: {change.starts_on} is past."
        return [f"{past} Choose a day ahead with --starts, or say --already-begun, which lowers its grade."]
    if change.starts_on > today and change.begun_before:
        return [f"It begins on {change.starts_on}, so it has not begun. Leave --already-begun out."]
    return []


def _of_units(ledger: Ledger, change: Intervention) -> list[str]:
    today = ledger.today.date()
    own = key_of(change)
    for one in ledger.records(Intervention):
        if one.id != change.id and key_of(one) == own and under_way(one, today):
            return [f"{own} is {state_of(one, today, None)} already. Give this one another name."]
    if not members_of(change):
        return ["Nobody takes part in it. Load a roster and calendars: prodops add FOLDER"]
    others = [one for one in overlapping(ledger, change, today) if key_of(one) not in change.beside]
    if not others:
        return []
    told = key_of(others[0])
    same = f"{told} runs on the same PMs until {others[0].reads_out_on}, and one could pass for the other."
    return [f"{same} Wait, choose other teams with --only, or say so: --beside {told}"]


def _of_order(change: Intervention) -> list[str]:
    """An order that the tool drew is as it was drawn, and holds each unit once."""
    if not change.order:
        return []
    order = read_order(change.order)
    if set(order.names) != {name for name, _ in members_of(change)}:
        return ["The order does not hold the units of the change, each once."]
    if order.hashed and (not order.sealed or order.redrawn is False):
        return ["The order was changed after it was drawn: its hash or its seed does not give it."]
    return []
