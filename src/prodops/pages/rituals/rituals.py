"""The ritual ledger: what recurs, what it asks of PMs, what it leaves behind."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.checks import units
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger, Row
from prodops.measures.rituals import (
    attendance_lapse,
    carry_over,
    empty_share,
    held_share,
    noted_share,
    outputs_per_occurrence,
    ritual_hours,
)
from prodops.pages.blocks import Block, Figure, Page, Section, Table, Words
from prodops.pages.charts import forest
from prodops.pages.claims import claim
from prodops.stats.estimate import Estimate
from prodops.views.listing_lives import LISTING_LIVES
from prodops.views.ritual_loads import RITUAL_LOADS
from prodops.views.ritual_purposes import RITUAL_PURPOSES

NAME = "rituals"
SHOWN = 60
FINDINGS_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Rituals(Page):
    """The ritual ledger.

    Attributes:
        rituals: How many rituals are known.
        hours: PM hours a week in them.
        findings: What was found about them.
    """

    rituals: int
    hours: Estimate
    findings: tuple[Finding, ...]


def page(ledger: Ledger) -> Rituals:
    """The ritual ledger of a ledger."""
    rows = ledger.sql(_SQL, views=[RITUAL_LOADS, RITUAL_PURPOSES])
    empty = empty_share.each(ledger)
    findings = tuple(f for unit in units() if unit.CODE.startswith("RIT") for f in unit.check(ledger))
    hours = ritual_hours.measure(ledger)
    return Rituals(
        name=NAME,
        title="Rituals",
        lead=f"{len(rows):,} rituals, {len(findings):,} findings. No minutes is not the same as no decision.",
        version=ledger.version,
        sections=(
            Section("What rituals cost and leave behind", _figures(ledger, hours)),
            Section("The ritual ledger", _ledger(rows, empty)),
            Section(
                "What was found",
                tuple(claim(one) for one in findings[:FINDINGS_SHOWN]) or (Words("Nothing."),),
            ),
            *_registry(ledger),
        ),
        rituals=len(rows),
        hours=hours,
        findings=findings,
    )


_SQL = """
select l.ritual, l.title, p.purpose, p.declared, l.occurrences, l.cancelled, l.noted, l.people, l.pm_hours_told,
    l.people_hours_week
from ritual_loads l
join ritual_purposes p on p.ritual = l.ritual
where l.big_enough
order by l.pm_hours_week desc, l.occurrences desc, l.ritual
"""


def _figures(ledger: Ledger, hours: Estimate) -> tuple[Block, ...]:
    return (
        Figure("PM hours a week in recurring meetings", hours),
        Figure("Held occurrences that have minutes", noted_share.measure(ledger)),
        Figure(
            "Noted occurrences that produced nothing",
            empty_share.measure(ledger),
            "Rituals meant to decide only.",
        ),
        Figure("Decisions and actions per noted occurrence", outputs_per_occurrence.measure(ledger)),
        Figure("Planned occurrences that were held", held_share.measure(ledger)),
        Figure("Open agenda items that come back", carry_over.measure(ledger)),
        Figure("Change of attendance, first to last third", attendance_lapse.measure(ledger)),
    )


def _ledger(rows: list[Row], empty: dict[str, Estimate]) -> tuple[Block, ...]:
    shown = tuple(
        (
            str(title),
            str(purpose) if declared else f"{purpose}?",
            int(occurrences),
            int(noted),
            empty.get(ritual) if int(noted) else None,
            None if hours is None else float(hours),
            None if everybody is None else float(everybody),
        )
        for ritual, title, purpose, declared, occurrences, _, noted, _, hours, everybody in rows[:SHOWN]
    )
    table = Table(
        "Rituals of five or more people, the costliest for PMs first; a purpose with ? is read from the name; "
        "PM hours where five or more PMs sit in it",
        (
            "Ritual",
            "Purpose",
            "Occurrences",
            "With minutes",
            "Produced nothing",
            "PM hours a week",
            "Everybody's",
        ),
        shown,
        empty="No ritual is known yet. Load calendars, minutes or a registry: prodops add FOLDER.",
        left_out=max(0, len(rows) - SHOWN),
    )
    judged = [
        (str(row[1]), empty[row[0]]) for row in rows if row[0] in empty and int(row[6]) >= 4
    ]  # four say little
    if not judged:
        return (table,)
    judged.sort(key=lambda one: -(one[1].value or 0.0))
    title = f"{judged[0][0]} produced nothing most often"
    return (forest(title, judged, axis="Noted occurrences that produced nothing, percent"), table)


def _registry(ledger: Ledger) -> tuple[Section, ...]:
    lives = ledger.sql(_LIVES, views=[LISTING_LIVES])
    if not lives:
        return ()
    ended = [row for row in lives if row[6]]
    table = Table(
        "Rituals that the registry no longer lists, the latest first",
        ("Group", "Ritual", "Frequency", "First seen", "Last seen"),
        tuple(
            (str(g), str(t), str(f), str(first or ""), str(last or ""))
            for _, g, t, f, first, last, _ in ended[:SHOWN]
        ),
        empty="None has ended between the snapshots.",
        left_out=max(0, len(ended) - SHOWN),
    )
    heading = f"A registry lists {len(lives):,} rituals over time; {len(ended):,} have ended"
    return (Section(heading, (table,)),)


_LIVES = """
select registry, group_name, title, frequency, first_seen, last_seen, ended
from listing_lives
order by last_seen desc, group_name, title
"""
