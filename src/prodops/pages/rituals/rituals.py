"""The ritual ledger: what recurs, what it asks of PMs, what it leaves behind."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.checks import units
from prodops.checks.cited import cited
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
    ritual_hours_each,
)
from prodops.pages import charts
from prodops.pages.blocks import Block, Cell, Figure, Page, Section, Table, Words
from prodops.pages.claims import found_by, grouped
from prodops.pages.figures import figures
from prodops.pages.loaded import exports
from prodops.pages.tables import filled
from prodops.pages.wording import many
from prodops.stats.estimate import Estimate
from prodops.stats.small_groups import about_persons
from prodops.stats.telling import told
from prodops.views.audit_window import AUDIT_WINDOW
from prodops.views.listing_lives import LISTING_LIVES
from prodops.views.ritual_loads import RITUAL_LOADS
from prodops.views.ritual_purposes import RITUAL_PURPOSES
from prodops.views.sittings import SITTINGS

NAME = "rituals"
SHOWN = 40
NOTED_FROM = 4
"""Noted occurrences from which a ritual is drawn; fewer say little."""


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
    listed = ledger.sql(_LIVES, views=[LISTING_LIVES])
    findings = found_by("RIT", (f for unit in units() for f in unit.check(ledger)))
    hours = _hours(ledger)
    small = int(ledger.sql(_SMALL, views=[RITUAL_LOADS])[0][0])
    return Rituals(
        name=NAME,
        title="Rituals",
        lead=_lead(rows, listed, hours, empty_share.measure(ledger), small=small),
        version=ledger.version,
        today=ledger.today.date(),
        sections=(*_known(ledger, rows, hours, findings), *_kept_back(small), *_registry(ledger, listed))
        if rows or listed or small
        else (Section("How to start", (exports(NAME),)),),
        rituals=len(rows),
        hours=hours,
        findings=findings,
    )


_SQL = """
select l.ritual, l.title, p.purpose, p.declared, l.occurrences, l.noted, l.people_hours_week, l.cancelled
from ritual_loads l
join ritual_purposes p on p.ritual = l.ritual
where l.big_enough
order by l.pm_hours_week desc, l.occurrences desc, l.ritual
"""

_SMALL = "select count(*) from ritual_loads where not big_enough"


def _hours(ledger: Ledger) -> Estimate:
    """PM hours in rituals, where five or more PMs sit in any."""
    people = ledger.sql(_PEOPLE, views=[AUDIT_WINDOW, SITTINGS])[0][0]
    if about_persons(people):
        because = f"fewer than five PMs ({people}) sit in recurring meetings"
        return Estimate.unknown(ritual_hours.UNIT, because=because, n=people)
    return ritual_hours.measure(ledger)


_PEOPLE = """
select count(distinct s.person)
from sittings s
join audit_window w on s.starts_at >= w.starts_at and s.starts_at <= w.ends_at
where s.counted and s.series is not null
"""


def _lead(rows: list[Row], listed: list[Row], hours: Estimate, empty: Estimate, *, small: int) -> str:
    if not rows and not listed:
        return "Every ritual known here is of fewer than five people." if small else "No ritual is known yet."
    said = []
    if rows:
        cost = f" take {told(hours, with_n=False)}" if hours.known else " are known by name"
        said.append(f"{many(len(rows), 'ritual')}{cost}.")
    if empty.known:
        said.append(f"{told(empty)} of the noted occurrences of rituals meant to decide produced nothing.")
    if listed:
        ended = sum(bool(row[6]) for row in listed)
        said.append(f"A registry lists {many(len(listed), 'ritual')} over time; {_ended(ended)}.")
    return " ".join((*said, "No minutes is not the same as no decision."))


def _known(
    ledger: Ledger, rows: list[Row], hours: Estimate, findings: tuple[Finding, ...]
) -> tuple[Section, ...]:
    if not rows:
        return ()
    each, empty = ritual_hours_each.each(ledger), empty_share.each(ledger)
    found = grouped(findings) or (Words("No check found anything in these rituals."),)
    return (
        Section("What rituals cost and leave behind", (*_drawn(rows, each, empty), *_figures(ledger, hours))),
        Section(f"What was found: {len(findings):,} in rituals", found),
        Section("The ritual ledger", (_table(rows, each, empty),)),
    )


def _kept_back(small: int) -> tuple[Section, ...]:
    """Says how many rituals are too small to be shown, so that nobody takes them for unknown."""
    if not small:
        return ()
    words = Words(
        f"{many(small, 'ritual')} of fewer than five people: a figure about such a ritual would be one about "
        "persons, so none is shown."
    )
    return (Section("Too small to be shown", (words,)),)


def _drawn(rows: list[Row], hours: dict[str, Estimate], empty: dict[str, Estimate]) -> tuple[Block, ...]:
    """One chart: cost against what is left behind, or whichever of the two is known."""
    noted = [row for row in rows if row[0] in empty and empty[row[0]].n >= NOTED_FROM]
    both = [row for row in noted if row[0] in hours]
    if len(both) > 1:
        worst = max(both, key=lambda row: (hours[row[0]].value or 0.0) * (empty[row[0]].value or 0.0))
        title = (
            f"{worst[1]} loses most: {told(hours[worst[0]], with_n=False)}, "
            f"and {told(empty[worst[0]], with_n=False)} of its noted occurrences produced nothing"
        )
        points = [(str(row[1]), hours[row[0]], empty[row[0]]) for row in both]
        return (charts.quadrant(title, points, x=ritual_hours.UNIT, y=_EMPTY, what="Ritual"),)
    if noted:
        noted.sort(key=lambda row: (-(empty[row[0]].low or 0.0), row[1]))
        share = told(empty[noted[0][0]])
        most = ", the most of all" if len(noted) > 1 else ""
        title = f"{noted[0][1]}: {share} of its noted occurrences produced nothing{most}"
        bars = [charts.Row(str(row[1]), empty[row[0]]) for row in noted]
        return (charts.forest(title, bars, axis=_EMPTY, what="Ritual", whole=True),)
    costly = [charts.Row(str(row[1]), hours[row[0]]) for row in rows if row[0] in hours][: charts.MAX_BARS]
    if not costly:
        return ()
    title = f"{costly[0].label} asks most of PMs: {told(costly[0].estimate, with_n=False)}"
    return (charts.forest(title, costly, axis=ritual_hours.UNIT, what="Ritual"),)


_EMPTY = "Noted occurrences that produced nothing, percent"


def _figures(ledger: Ledger, hours: Estimate) -> tuple[Block, ...]:
    return figures(
        (
            Figure("PM hours a week in recurring meetings", hours),
            Figure("Held occurrences that have minutes", noted_share.measure(ledger)),
            Figure(
                "Noted occurrences that produced nothing",
                empty_share.measure(ledger),
                "Of rituals meant to decide.",
            ),
            Figure("Decisions and actions per noted occurrence", outputs_per_occurrence.measure(ledger)),
            Figure("Planned occurrences that were held", held_share.measure(ledger)),
            Figure(
                "Open agenda items that come back", carry_over.measure(ledger), "Within three occurrences."
            ),
            Figure("Change of attendance, first to last third", attendance_lapse.measure(ledger)),
        ),
        load="Load minutes, attendance reports and calendars: prodops add FOLDER.",
    )


def _table(rows: list[Row], hours: dict[str, Estimate], empty: dict[str, Estimate]) -> Table:
    shown: list[tuple[Cell, ...]] = [
        (
            str(title),
            str(purpose) if declared else f"{purpose}?",
            int(occurrences),
            int(noted),
            empty.get(ritual) if noted else None,
            hours.get(ritual),
            None if everybody is None else round(everybody),
        )
        for ritual, title, purpose, declared, occurrences, noted, everybody, _ in rows[:SHOWN]
    ]
    return filled(
        "Rituals of five or more people, the costliest for PMs first. A purpose with ? is read from the "
        "name. PM hours stand where five or more PMs sit in it.",
        _COLUMNS,
        shown,
        left_out=max(0, len(rows) - SHOWN),
    )


_COLUMNS = (
    "Ritual", "Purpose", "Occurrences", "With minutes", "Produced nothing", ritual_hours.UNIT,
    "Invited hours a week",
)  # fmt: skip


def _registry(ledger: Ledger, lives: list[Row]) -> tuple[Section, ...]:
    if not lives:
        return ()
    ended = [row for row in lives if row[6]][:SHOWN]
    places = {
        one.record: one for one in cited(ledger, "ritual_listing", [(str(row[7]), "") for row in ended])
    }
    table = Table(
        "Rituals that the registry no longer lists, the latest first",
        ("Group", "Ritual", "Frequency", "First seen", "Last seen", "Last entry"),
        tuple(
            (str(g), str(t), str(f), str(first or ""), str(last or ""), places.get(str(listing)))
            for _, g, t, f, first, last, _, listing in ended
        ),
        empty="None has ended between the snapshots.",
        left_out=max(0, sum(bool(row[6]) for row in lives) - SHOWN),
    )
    count = sum(bool(row[6]) for row in lives)
    heading = f"A registry lists {many(len(lives), 'ritual')} over time; {_ended(count)}"
    return (Section(heading, (table,)),)


def _ended(count: int) -> str:
    return f"{count:,} {'has' if count == 1 else 'have'} ended"


_LIVES = """
select registry, group_name, title, frequency, first_seen, last_seen, ended, listing
from listing_lives
order by last_seen desc, group_name, title
"""
