"""A small organisation made by hand: one of everything that a page shows, and parts of it alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from make import make
from prodops.ledger.data import DatasetLoad, MetricDefinition, MetricUse
from prodops.ledger.feedback import Feedback
from prodops.ledger.ledger import Ledger
from prodops.ledger.people import Person
from prodops.ledger.reading import problem
from prodops.ledger.record import Citation, Prose, Record, RecordId, person_id
from prodops.ledger.rituals import Invitee, Meeting, Note, NoteItem, Outcome, RitualListing, Series

TODAY = datetime(2026, 6, 30, tzinfo=UTC)
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
WEEKS = 24

RITUALS = (("Pricing council", 9), ("Roadmap review", 13), ("Portfolio status", 15))
"""Titles and the hour at which each begins."""

FROM_OUTSIDE = frozenset((
    "title", "channel", "segment", "product", "topic", "company", "name", "registry", "group", "frequency",
    "says", "remedy", "ritual", "words", "text", "expression", "reads", "user", "dataset", "team", "role",
    "description",
))  # fmt: skip
"""Fields that hold what somebody outside wrote."""


def ledger(*parts: Iterable[Record]) -> Ledger:
    """A ledger of some parts, seen from one day."""
    return Ledger.of((record for part in parts for record in part), today=TODAY)


def small() -> Ledger:
    """Everything, with six PMs."""
    return ledger(everything())


def everything() -> Iterator[Record]:
    """Every part."""
    for part in (people(), calendars(), minutes(), registry(), messages(), metrics(), uses(), problems()):
        yield from part


def people(pms: int = 6) -> Iterator[Record]:
    """A roster of PMs."""
    for i in range(pms):
        address = f"pm{i}@example.com"
        yield make(
            Person, id=RecordId(f"roster:person:{i}"), cite=Citation("roster.csv", f"line {i + 2}"),
            person=person_id(address), named=person_id(f"PM {i}"), name=Prose(f"PM {i}"),
            role="Product Manager", team="Core",
        )  # fmt: skip


def calendars(pms: int = 6) -> Iterator[Record]:
    """Weekly rituals of all PMs, half a year of them, and for each PM a block of one's own."""
    for s, (title, hour) in enumerate(RITUALS):
        invite = RecordId(f"ics:invite:{s}")
        for i in range(pms):
            yield make(
                Invitee, id=RecordId(f"ics:invitee:{s}-{i}"), cite=Citation("pm0.ics", f"UID u{s}"),
                invite=invite, person=person_id(f"pm{i}@example.com"), response="accepted",
                own_copy=True,
            )  # fmt: skip
        yield make(
            Series, id=RecordId(f"ics:series:{s}"), cite=Citation("pm0.ics", f"UID u{s}"), uid=f"u{s}",
            title=Prose(title), rule="FREQ=WEEKLY", starts_at=START, invited_count=pms,
        )  # fmt: skip
        for week in range(WEEKS):
            at = START + timedelta(weeks=week, hours=hour - 9)
            yield make(
                Meeting, id=RecordId(f"ics:meeting:{s}-{week}"),
                cite=Citation("pm0.ics", f"UID u{s} at {at:%Y-%m-%d}"), uid=f"u{s}",
                series=RecordId(f"ics:series:{s}"), invite=invite, title=Prose(title), starts_at=at,
                ends_at=at + timedelta(hours=1), invited_count=pms,
            )  # fmt: skip


def minutes() -> Iterator[Record]:
    """Minutes of two rituals: one decides, the other does not."""
    for title, decides in (("Pricing council", True), ("Roadmap review", False)):
        for week in range(WEEKS):
            day = (START + timedelta(weeks=week)).date()
            key = f"{title.split()[0].lower()}-{week}"
            place = f"minutes/{key}.md"
            note = RecordId(f"minutes:note:{key}")
            yield make(
                Note, id=note, cite=Citation(place, "line 1"), ritual=title, held_on=day, words=200,
                present_count=6, items_count=1,
            )  # fmt: skip
            yield make(
                NoteItem, id=RecordId(f"minutes:item:{key}"), cite=Citation(place, "line 3"), note=note,
                title=Prose("Order of the next bets"), position=1, decided=decides, acted=False,
            )  # fmt: skip
            if decides:
                yield make(
                    Outcome, id=RecordId(f"minutes:outcome:{key}"), cite=Citation(place, "line 5"),
                    note=note, kind="decision", words=Prose("Decided: exports first."), held_on=day,
                )  # fmt: skip


def registry() -> Iterator[Record]:
    """Two snapshots of a registry of which one entry has ended."""
    for year, names in ((2025, ("Regular meeting", "Office hours")), (2026, ("Regular meeting",))):
        for n, name in enumerate(names):
            yield make(
                RitualListing, id=RecordId(f"kubernetes_sigs:listing:{year}-{n}"),
                cite=Citation(f"sigs-{year}.yaml", f"line {n + 1}"), registry="sigs", group="sig-apps",
                title=Prose(name), frequency="weekly", listed_on=date(year, 1, 1),
            )  # fmt: skip


def messages() -> Iterator[Record]:
    """Two channels: in one most messages are decided within a month, in the other almost none."""
    for channel, count, decided_of_ten in (("form", 120, 7), ("email", 100, 1)):
        for i in range(count):
            at = START + timedelta(hours=9 * i)
            decided, again = i % 10 < decided_of_ten, channel == "email" and i % 6 == 5
            yield make(
                Feedback, id=RecordId(f"table:feedback:{channel}-{i}"),
                cite=Citation("requests.csv", f"line {i + 2} of {channel}"), channel=channel,
                title=Prose(f"Please add exports ({i})"), text=Prose("It would save a day."), created_at=at,
                first_answer_at=at + timedelta(hours=5 + i % 40) if i % 4 else None,
                decided_at=at + timedelta(days=20 + i % 15) if decided else None,
                decision="yes" if decided else "", observed_until=TODAY,
                duplicate_of=RecordId(f"table:feedback:{channel}-0") if again else None,
            )  # fmt: skip


def metrics() -> Iterator[Record]:
    """Definitions of which two contradict each other and most have no owner, and checks of freshness."""
    named = [("active users", "web", "count(distinct u)"), ("active users", "app", "sum(active)")]
    named += [(f"metric {i}", "web", f"count({i})") for i in range(8)]
    for n, (name, product, expression) in enumerate(named):
        yield make(
            MetricDefinition, id=RecordId(f"metric_hub:metric:{n}"),
            cite=Citation("metrics.toml", f"line {4 * n + 1}"), registry="metric_hub", name=name,
            product=product, expression=expression, owners=("data@example.com",) if n < 2 else (),
            takes_target=True, target="5%" if n == 3 else "",
        )  # fmt: skip
    for n in range(6):
        yield make(
            DatasetLoad, id=RecordId(f"dbt:load:{n}"), cite=Citation("sources.json", f"results[{n}]"),
            dataset="warehouse.users", checked_at=START + timedelta(days=n), age_hours=6.0 + 6 * n,
            warn_after_hours=24.0, status="warn" if n > 3 else "pass",
        )  # fmt: skip


def uses() -> Iterator[Record]:
    """Dated uses of two metrics by six people; one of the two is checked again every other time."""
    for n in range(60):
        doubted = n % 2 == 0 and n % 4 == 0
        yield make(
            MetricUse, id=RecordId(f"metric_usage:use:{n}"), cite=Citation("usage.csv", f"line {n + 2}"),
            user="Weekly review", kind="recheck" if doubted else "dashboard",
            reads="active users" if n % 2 == 0 else "metric 1",
            used_at=START + timedelta(days=2 * n), person=f"pm{n // 2 % 6}@example.com", minutes=20.0,
        )  # fmt: skip


def problems() -> Iterator[Record]:
    """One entry that was lost and one that was read all the same."""
    yield problem("broken.ics", "line 4", "bad_date", says="2026-13-01 is no day.", remedy="Mend the date.")
    yield problem(
        "old.csv", "line 9", "not_utf8", says="One character could not be read.", remedy="None.", lost=False
    )


def marked(records: Iterable[Record], mark: str) -> Iterator[Record]:
    """The records with a mark at the end of everything that somebody outside wrote, their places included."""
    for record in records:
        names = [one.name for one in fields(record) if one.name in FROM_OUTSIDE]
        changed: dict[str, Any] = {
            name: value + mark for name in names if isinstance(value := getattr(record, name), str)
        }
        cite = Citation(record.cite.source + mark, record.cite.locator + mark)
        yield replace(record, cite=cite, **changed)
