"""The loop: how long messages wait, how many reach a decision, and who is never answered."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.checks import units
from prodops.checks.finding import Finding
from prodops.ledger.feedback import Feedback as Message
from prodops.ledger.ledger import Ledger
from prodops.measures.feedback import (
    asked_again_share,
    decided_in_90_days,
    first_answer_hours,
    untouched_share,
)
from prodops.pages.blocks import Block, Cell, Chart, Figure, Page, Section, Table, Words
from prodops.pages.charts import Row, forest, incidence
from prodops.pages.claims import found_by, grouped
from prodops.pages.figures import figures
from prodops.pages.loaded import exports
from prodops.pages.tables import filled
from prodops.pages.wording import many
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told

NAME = "feedback"
CHANNELS_DRAWN = 6
CHANNELS_LISTED = 40
MARKS = (30.0, 90.0, 180.0)
"""Days at which the table reads the curves; the drawing ends at the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback(Page):
    """The loop of a ledger.

    Attributes:
        messages: How many messages are known.
        first_answer: Hours to the first answer.
        decided: Share decided within 90 days.
        findings: What was found.
    """

    messages: int
    first_answer: Estimate
    decided: Estimate
    findings: tuple[Finding, ...]


def page(ledger: Ledger) -> Feedback:
    """The loop, as survival: silence counts as silence, not as missing data."""
    messages = ledger.count(Message)
    first, decided = first_answer_hours.measure(ledger), decided_in_90_days.measure(ledger)
    findings = found_by("FBK", (f for unit in units() for f in unit.check(ledger)))
    return Feedback(
        name=NAME,
        title="Feedback",
        lead=_lead(messages, first, decided),
        version=ledger.version,
        today=ledger.today.date(),
        sections=_loop(ledger, first, decided, findings)
        if messages
        else (Section("How to start", (exports(NAME),)),),
        messages=messages,
        first_answer=first,
        decided=decided,
        findings=findings,
    )


def _lead(messages: int, first: Estimate, decided: Estimate) -> str:
    if not messages:
        return "No message is known yet."
    said = [f"{many(messages, 'message')}."]
    if decided.known:
        said.append(f"{told(decided, with_n=False)} reach a decision within 90 days.")
    if first.known:
        said.append(f"Half are first answered within {told(first, with_n=False)}.")
    return " ".join(said)


def _loop(
    ledger: Ledger, first: Estimate, decided: Estimate, findings: tuple[Finding, ...]
) -> tuple[Section, ...]:
    found = grouped(findings) or (Words("No check found anything in these channels."),)
    return (
        Section("How many messages reach a decision", (*_drawn(ledger), *_figures(ledger, first, decided))),
        Section(f"What was found: {len(findings):,} in channels", found),
        Section("By channel", (_channels(ledger),)),
    )


def _figures(ledger: Ledger, first: Estimate, decided: Estimate) -> tuple[Block, ...]:
    return figures(
        (
            Figure("Hours until half have a first answer", first, "Open messages count as open."),
            Figure(
                "Messages that reach a decision within 90 days", decided, "Closing by a rule is no decision."
            ),
            Figure("Messages never touched in 30 days", untouched_share.measure(ledger)),
            Figure(
                "Messages that repeat an earlier one",
                asked_again_share.measure(ledger),
                "As marked; a lower bound.",
            ),
        ),
        load="Load exports that say when a message was answered, decided or closed.",
    )


def _drawn(ledger: Ledger) -> tuple[Chart, ...]:
    """The curves of decisions; where no channel has any, the waits for a first answer."""
    decided = decided_in_90_days.each(ledger)
    known = sorted((c for c in decided if decided[c].known), key=lambda one: (-decided[one].n, one))
    drawn = known[:CHANNELS_DRAWN]
    if any(decided[channel].value for channel in drawn):
        curves = decided_in_90_days.curves(ledger)
        worst = min(drawn, key=lambda one: (decided[one].value or 0.0, one))
        title = f"{worst} decides least: {told(decided[worst], with_n=False)} of its messages within 90 days"
        if len(drawn) == 1:
            title = f"{told(decided[worst], with_n=False)} of the messages reach a decision within 90 days"
        return (
            incidence(
                title,
                {channel: curves[channel] for channel in drawn},
                cause=1,
                marks=MARKS,
                x="Days since the message came in",
                y="Share that reached a decision",
                what="Channel",
            ),
        )
    return _waits(ledger)


def _waits(ledger: Ledger) -> tuple[Chart, ...]:
    waits = first_answer_hours.each(ledger)
    rows = [Row(channel, one) for channel, one in waits.items() if one.known]
    if not rows:
        return ()
    rows.sort(key=lambda row: -(row.estimate.value or 0.0))
    title = f"{rows[0].label} waits longest: half are answered within {told(rows[0].estimate, with_n=False)}"
    if len(waits) == 1:
        title = f"Half of the messages are answered within {told(rows[0].estimate, with_n=False)}"
    return (forest(title, rows, axis="Hours until half have a first answer", what="Channel"),)


def _channels(ledger: Ledger) -> Table:
    decided, first = decided_in_90_days.each(ledger), first_answer_hours.each(ledger)
    untouched, again = untouched_share.each(ledger), asked_again_share.each(ledger)
    busiest = sorted(decided, key=lambda one: (-decided[one].n, one))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            channel,
            decided[channel].n,
            first.get(channel),
            decided[channel],
            untouched.get(channel),
            again.get(channel),
        )
        for channel in busiest[:CHANNELS_LISTED]
    )
    return filled(
        "Channels, the busiest first",
        (
            "Channel",
            "Messages",
            "Hours to first answer",
            "Decided in 90 days",
            "Never touched",
            "Asked again",
        ),
        rows,
        left_out=max(0, len(busiest) - CHANNELS_LISTED),
    )
