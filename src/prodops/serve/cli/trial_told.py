"""Changes that are registered, as text and as JSON: who is in them is counted, and nobody is named."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from prodops.impact.pm_weeks import SHARES, seen_until
from prodops.impact.trials import (
    STAGGERED,
    SWITCHBACK,
    changes,
    key_of,
    members_of,
    outcome_of,
    over_rituals,
    seal_holds,
    state_of,
)
from prodops.ledger.decisions import Intervention, OtherEvent
from prodops.ledger.ledger import Ledger
from prodops.serve.cli.output import table
from prodops.serve.shown.lines import harmless, wrapped

COLUMNS = 100
EXAMPLE = (
    '  prodops try start "Pause the status round" --because RIT01 --on ritual:NAME \\\n'
    '    --outcome overhead_share --expect "-3 (-6 to -1)"'
)
NAMED_UNITS = ("team", "ritual")
"""Units whose names may be shown; PMs are counted."""


def states(ledger: Ledger) -> list[tuple[Intervention, str]]:
    """Every change with its state, the newest first."""
    until, today = seen_until(ledger), ledger.today.date()
    return [(one, state_of(one, today, until)) for one in changes(ledger)]


def public(change: Intervention) -> dict[str, object]:
    """A change as JSON without anybody's pseudonym: PMs are counted, an order of PMs is told by its hash."""
    order = json.loads(change.order) if change.order else None
    people = len({person for _, person in members_of(change)})
    if order is not None and change.units not in NAMED_UNITS:
        waves = [{"starts": one.get("starts"), "count": len(one["names"])} for one in order["waves"]]
        order = {**order, "waves": waves}
    return {
        "key": key_of(change), "name": change.name, "because": change.because, "acts_on": change.acts_on,
        "outcome": change.target, "expected": change.expected, "expects": change.expects,
        "design": change.design, "units": change.units,
        "unit_count": len({name for name, _ in members_of(change)}), "pms": people,
        "starts_on": change.starts_on, "reads_out_on": change.reads_out_on, "ended_on": change.ended_on,
        "ended_because": change.ended_because, "withdrawn": change.withdrawn,
        "guardrails": change.guardrails, "grade": change.grade,
        "detectable_share": change.detectable_share, "own_hours": change.own_hours, "beside": change.beside,
        "begun_before": change.begun_before, "order": order, "registered_at": change.registered_at,
        "seal": change.seal, "seal_holds": seal_holds(change), "id": change.id,
    }  # fmt: skip


def registered(change: Intervention, files: Sequence[Path]) -> list[str]:
    """What was registered, for the one who did it, with the next steps."""
    key, people = key_of(change), len({person for _, person in members_of(change)})
    lines = [f"Registered: {harmless(change.name)} ({key}), because of {', '.join(change.because)}."]
    lines += wrapped(
        f"Primary outcome: {outcome_of(change)}; expected: "
        f"{harmless(change.expected)}. {_design(change, people)}",
        COLUMNS,
    )
    lines += _waves(change)
    lines += wrapped(_reach(change), COLUMNS)
    lines += [f"Read on {change.reads_out_on}, once. Sealed as {change.seal[:16]}.", "", "Next:"]
    steps = [
        'Write down what else happens: prodops try event DAY "WHAT"',
        f"On {change.reads_out_on}: prodops add FOLDER, prodops proof {key}",
    ]
    if change.target in SHARES:
        label = "Let PMs say what sampled blocks were for, five minutes each: prodops label --draw"
        steps = [f"{label} (once before it begins, and once before it is read)", *steps]
    for number, step in enumerate(steps, start=1):
        lines += wrapped(step, COLUMNS, first=f"  {number}. ", rest="     ")
    lines.append(f"  Undo: prodops try start {key} --undo")
    return lines + [f"Wrote {file}." for file in files if change.order or file.suffix != ".json"]


def _design(change: Intervention, people: int) -> str:
    units = len({name for name, _ in members_of(change)})
    noun = "teams" if change.units == "team" else "rituals" if over_rituals(change) else ""
    told = f"{units} {noun} with {people} PMs" if noun else f"{people} PMs"
    begun = " It had begun before it was registered." if change.begun_before else ""
    return f"Design: {change.design}, {told}.{begun}"


def _waves(change: Intervention) -> list[str]:
    """Who starts when: teams by name, PMs by number."""
    if change.design not in (STAGGERED, SWITCHBACK) or not change.order:
        return [f"  from {change.starts_on}: all"]
    order = json.loads(change.order)
    rows = []
    for number, wave in enumerate(order["waves"], start=1):
        names = wave["names"]
        whom = ", ".join(names) if change.units in NAMED_UNITS else f"{len(names)} PMs, in the order file"
        if change.design == SWITCHBACK:
            when = f"on for two weeks, off for two, first from {wave['starts']}"
        else:
            when = f"from {wave['starts']}" if wave.get("starts") else "held back until the readout"
        rows += wrapped(harmless(f"wave {number}, {when}: {whom}", longest=4_000), COLUMNS,
                        first="  ", rest="    ")  # fmt: skip
    drawn = f"  Drawn by seed {order['seed']}, hash {str(order['hash'])[:16]}." if order.get("hash") else ""
    return [*rows, *([drawn] if drawn else [])]


def _reach(change: Intervention) -> str:
    if change.grade == "D":
        return (
            "At this size and with these weeks the readout can only describe: no effect will be claimed. "
            "Prove it on its own items instead: prodops effect ITEMS.csv"
        )
    least = change.detectable_share
    shows = (
        f" It shows a change of {100 * least:.1f} points in four cases of five."
        if least and change.target in SHARES
        else ""
    )
    return f"Best grade it can reach: {change.grade}.{shows}"


def listed(found: Sequence[tuple[Intervention, str]], log: Sequence[OtherEvent]) -> list[str]:
    """Every change as a row, and the change log."""
    if not found:
        lines = ["No change is registered. Register one before it begins, because of a finding:", EXAMPLE]
    else:
        rows: list[tuple[object, ...]] = [
            (
                key_of(one), state, one.design or "exit", outcome_of(one), one.starts_on,
                one.ended_on or one.reads_out_on, one.grade or "-",
                {True: "holds", False: "BROKEN", None: "-"}[seal_holds(one)],
            )
            for one, state in found
        ]  # fmt: skip
        columns = ("Change", "State", "Design", "Outcome", "From", "Read or ended on", "Best grade", "Seal")
        lines = [table(columns, rows)]
    events = [f"  {one.happened_on}  {harmless(one.says)}" for one in log]
    return [*lines, "", "Other events:" if events else "No other event is logged: prodops try event DAY WHAT",
            *events]  # fmt: skip
