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
from prodops.pages.blocks import Block, Chart, Figure, Page, Section, Table, Words
from prodops.pages.charts import curve
from prodops.pages.claims import claim
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told

NAME = "feedback"
CHANNELS_DRAWN = 6
POINTS = 120
HORIZON_DAYS = 180.0


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
    findings = tuple(f for unit in units() if unit.CODE.startswith("FBK") for f in unit.check(ledger))
    return Feedback(
        name=NAME,
        title="Feedback",
        lead=f"{messages:,} messages. Half are first answered within {told(first)}."
        if first.known
        else f"{messages:,} messages. The time to a first answer is {told(first)}.",
        version=ledger.version,
        sections=(
            Section("How fast the loop is", _figures(ledger, first, decided)),
            Section("By channel", _channels(ledger)),
            Section("What was found", tuple(claim(one) for one in findings) or (Words("Nothing."),)),
        ),
        messages=messages,
        first_answer=first,
        decided=decided,
        findings=findings,
    )


def _figures(ledger: Ledger, first: Estimate, decided: Estimate) -> tuple[Block, ...]:
    return (
        Figure("Hours to the first answer, half of the messages", first, "Open messages count as open."),
        Figure(
            "Messages that reach a decision within 90 days", decided, "Closing by a rule is not a decision."
        ),
        Figure("Messages never touched in 30 days", untouched_share.measure(ledger)),
        Figure("Messages that repeat an earlier one", asked_again_share.measure(ledger)),
    )


def _channels(ledger: Ledger) -> tuple[Block, ...]:
    decided, first = decided_in_90_days.each(ledger), first_answer_hours.each(ledger)
    untouched = untouched_share.each(ledger)
    rows = tuple(
        (channel, decided[channel].n, first.get(channel), decided[channel], untouched.get(channel))
        for channel in sorted(decided, key=lambda one: (-decided[one].n, one))
    )
    table = Table(
        "Channels, the busiest first",
        ("Channel", "Messages", "Hours to first answer", "Decided in 90 days", "Never touched"),
        rows,
        empty="No messages are known yet. Load an export: prodops add FILE.",
    )
    chart = _chart(ledger, decided)
    return (chart, table) if chart else (table,)


def _chart(ledger: Ledger, decided: dict[str, Estimate]) -> Chart | None:
    known = [c for c in decided if decided[c].known]
    drawn = sorted(known, key=lambda one: (-decided[one].n, one))[:CHANNELS_DRAWN]
    if not drawn:
        return None
    curves = decided_in_90_days.curves(ledger)
    points = []
    for channel in drawn:
        found = curves[channel]
        step = max(1, len(found.times) // POINTS)
        points += [
            (
                channel,
                float(found.times[i]),
                float(found.share[0, i]),
                float(found.low[0, i]),
                float(found.high[0, i]),
            )
            for i in range(0, len(found.times), step)
            if found.times[i] <= HORIZON_DAYS
        ]
    worst = min(drawn, key=lambda one: decided[one].value or 0.0)
    return curve(
        f"{worst} decides least: {told(decided[worst], with_n=False)} within 90 days",
        points,
        x="Days since the message came in",
        y="Share that reached a decision",
        description="Cumulative incidence of a decision by channel (Aalen-Johansen), with 95% bands.",
    )
