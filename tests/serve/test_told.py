"""What several readers are told of people's time: all looks together say nothing of one to four."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ledger.storing import load
from make import make
from prodops.ledger.ledger import Ledger
from prodops.ledger.people import Person
from prodops.ledger.record import Citation, Prose, Record, RecordId, person_id
from prodops.ledger.rituals import Invitee, Meeting, Series
from prodops.ledger.store import Store, open_store
from prodops.ledger.time import InterviewAnswer, SharedTotal
from prodops.measures.time import overhead_share
from prodops.pages.time import time as time_page
from prodops.pages.waiting import waiting
from prodops.serve.cli import app
from prodops.serve.people.accounts import Accounts
from prodops.serve.told import shown_ledger
from prodops.serve.told_parts import RITUALS, told_parts
from prodops.stats.small_groups import renewed
from prodops.views.told_rituals import TOLD_RITUALS
from stats.solving import solvable

MONDAY = datetime(2026, 5, 4, 9, tzinfo=UTC)
TODAY = datetime(2026, 6, 30, tzinfo=UTC)
WEEKS = 4
PMS = tuple(f"pm{number}@corp.example" for number in range(8))
TITLES = ("Status report", "Customer interview synthesis", "Strategy offsite prep", "Ticket triage")


def calendar(pm: str, *, minutes: int = 60, ritual: str = "Pricing council") -> dict[str, list[Record]]:
    """A calendar: one ritual with everybody, and a block of one's own; both are moved by so many minutes."""
    return {f"{pm}.ics": [_cited(one, f"{pm}.ics") for one in _events(pm, minutes, ritual)]}


def _cited(record: Record, source: str) -> Record:
    return replace(record, cite=Citation(source, str(record.id)))


def _events(pm: str, minutes: int, ritual: str) -> Iterator[Record]:
    yield make(Series, id=RecordId(f"{pm} {ritual}"), uid=ritual, title=Prose(ritual), starts_at=MONDAY)
    kinds = ((ritual, 60, 6), (TITLES[minutes % len(TITLES)], minutes, 1))
    for week in range(WEEKS):
        for place, (title, length, people) in enumerate(kinds):
            key, at = f"{pm}-{week}-{place}", MONDAY + timedelta(days=7 * week + place, minutes=minutes)
            yield make(
                Meeting, id=RecordId(key), invite=RecordId(key), uid=key, title=Prose(title), starts_at=at,
                ends_at=at + timedelta(minutes=length), invited_count=people, busy=True, organiser=None,
                series=RecordId(f"{pm} {title}") if people > 1 else None,
            )  # fmt: skip
            yield make(
                Invitee, id=RecordId(key), invite=RecordId(key), person=person_id(pm), response="accepted",
                own_copy=True,
            )  # fmt: skip


def roster(*pms: str) -> dict[str, list[Record]]:
    """The roster of some PMs."""
    return {
        "roster.csv": [
            make(
                Person, id=RecordId(f"roster:{pm}"), cite=Citation("roster.csv", pm), person=person_id(pm),
                named=person_id(pm), name=Prose(pm), email=Prose(pm), role="Product Manager", team="Core",
            )
            for pm in pms
        ]
    }  # fmt: skip


def said(pm: str, day: date, share: float) -> dict[str, list[Record]]:
    """An interview."""
    source = f"interview-{pm}-{day}.csv"
    return {
        source: [
            make(
                InterviewAnswer, id=RecordId(f"{source}:{leaf}"), cite=Citation(source, leaf),
                person=person_id(pm), asked_on=day, category=leaf, stated_share=part, ideal_share=None,
            )
            for leaf, part in (("A1", share), ("C1", 1 - share))
        ]
    }  # fmt: skip


def handed(pm: str, day: date, hours: float) -> dict[str, list[Record]]:
    """Hours that were handed over."""
    source = f"totals-{pm}-{day}.csv"
    total = make(
        SharedTotal, id=RecordId(source), cite=Citation(source, "C1"), person=person_id(pm), leaf="C1",
        first_on=day - timedelta(days=28), last_on=day, weeks=4, hours=hours,
    )  # fmt: skip
    return {source: [total]}


def begun(folder: Path, database_url: str | None = None) -> Store:
    """A workspace with the calendars of six PMs and an owner."""
    opened = open_store(folder, database_url)
    calendars = {name: rows for pm in PMS[:6] for name, rows in calendar(pm).items()}
    load(opened, roster(*PMS) | calendars)
    Accounts(opened.state).add("ann@corp.example", role="owner")
    return opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The workspace, on a laptop."""
    with begun(tmp_path / "w") as opened:
        yield opened


@pytest.fixture
def either(tmp_path: Path, database_url: str | None) -> Iterator[Store]:
    """The workspace on either database."""
    with begun(tmp_path / "w", database_url) as opened:
        yield opened


def look(store: Store, **given: datetime) -> Ledger:
    return shown_ledger(store, today=TODAY, **given)


def told_of(ledger: Ledger) -> tuple[float | None, str]:
    assert ledger.told is not None
    return overhead_share.measure(ledger).value, ledger.told.waits


def test_alone_one_sees_everything_at_once(tmp_path: Path) -> None:
    with open_store(tmp_path / "w") as store:
        load(store, calendar(PMS[0]))
        assert look(store).told is None
        load(store, {name: rows for pm in PMS for name, rows in calendar(pm).items()})
        assert overhead_share.measure(look(store)).n == len(PMS)


def test_figures_wait_until_five_peoples_rows_changed(either: Store) -> None:
    first, waits = told_of(look(either))
    assert (first is not None, waits) == (True, "")
    load(either, calendar(PMS[6]))
    load(either, {name: rows for pm in PMS[:3] for name, rows in calendar(pm, minutes=120).items()})
    ledger = look(either)
    again, waits = told_of(ledger)
    assert again == first
    assert "Calendars with minutes and roster are told as of 30 June 2026: fewer than five" in waits
    assert waits == waiting(time_page.page(ledger), ledger).waits
    load(either, calendar(PMS[7]))
    now, waits = told_of(look(either))
    assert (now != first, waits) == (True, "")


def test_what_is_taken_back_changes_nothing(store: Store) -> None:
    first, _ = told_of(look(store))
    load(store, calendar(PMS[0], minutes=90))
    load(store, calendar(PMS[0]))
    assert (first, "") == told_of(look(store))
    assert look(store).version == store.version()


def test_a_ritual_that_one_person_left_for_another_is_told_no_more_beside_the_whole(store: Store) -> None:
    def told() -> set[str]:
        return {
            ritual for (ritual,) in look(store).sql("select ritual from told_rituals", views=[TOLD_RITUALS])
        }

    assert {"pricing-council"} == told()
    moved = {name: rows for pm in PMS[1:6] for name, rows in calendar(pm, minutes=90).items()}
    load(store, {**moved, **calendar(PMS[0], minutes=90, ritual="Board call")})
    assert set() == told(), "beside it, the hours of all rituals would tell those of the one who left it"


def test_after_somebody_is_forgotten_nothing_is_told_until_five_people_have_what_is_new(
    either: Store,
) -> None:
    told_of(look(either))
    either.forget_person([PMS[5]])
    value, waits = told_of(look(either))
    assert value is None
    assert "Calendars with minutes and roster are not told for now: somebody who was in them was" in waits
    load(either, {name: rows for pm in PMS[:5] for name, rows in calendar(pm, minutes=45).items()})
    value, waits = told_of(look(either))
    assert (value is not None, waits) == (True, "")


def test_forgetting_somebody_of_whom_nothing_was_told_takes_nothing_away(store: Store) -> None:
    first = told_of(look(store))
    store.forget_person(["customer@elsewhere.example"])
    assert first == told_of(look(store))


def test_an_earlier_day_tells_what_was_told_then(store: Store) -> None:
    before = datetime.now(UTC)
    first, _ = told_of(look(store))
    load(store, calendar(PMS[6]))
    after = datetime.now(UTC)
    assert overhead_share.measure(store.ledger(today=TODAY, as_of=after)).n == 7
    then = shown_ledger(store, today=TODAY, as_of=after)
    assert overhead_share.measure(then).value == first
    nothing = shown_ledger(store, today=TODAY, as_of=before)
    assert overhead_share.measure(nothing).value is None


def test_a_new_day_brings_what_has_begun_when_it_is_of_five_people(store: Store) -> None:
    told_of(shown_ledger(store, today=MONDAY + timedelta(days=16)))
    load(store, calendar(PMS[6]))
    value, waits = told_of(shown_ledger(store, today=MONDAY + timedelta(days=17)))
    assert value is not None
    assert "as of 20 May 2026" in waits
    later, waits = told_of(shown_ledger(store, today=MONDAY + timedelta(days=23)))
    assert later is not None
    assert not waits


def test_every_face_tells_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODOPS_TODAY", "2026-06-30")
    run = CliRunner()
    place = ["--workspace", str(store.folder)]

    def said_by(*words: str) -> str:
        found = run.invoke(app, [*words, *place])
        assert found.exit_code == 0, found.output
        return found.output

    first = json.loads(said_by("show", "time", "--json"))
    load(store, calendar(PMS[6]))
    again = json.loads(said_by("show", "time", "--json"))
    assert again["sections"] == first["sections"]
    assert "waits" not in first
    assert "fewer than five" in again["waits"]
    for words in (("audit",), ("diagnose",)):
        assert "fewer than five people's rows changed since" in " ".join(said_by(*words).split())
    report = store.folder / "report.html"
    said_by("report", "--out", str(report))
    assert "fewer than five people" in report.read_text(encoding="utf-8")


Step = Callable[[Store, random.Random], None]


def _loads(store: Store, dice: random.Random) -> None:
    some = dice.sample(PMS, dice.choice([1, 2, 4, 5, 6]))
    load(store, {name: rows for pm in some for name, rows in _any_calendar(pm, dice).items()})


def _any_calendar(pm: str, dice: random.Random) -> dict[str, list[Record]]:
    return calendar(
        pm, minutes=dice.choice([30, 60, 90]), ritual=dice.choice(["Pricing council", "Board call"])
    )


def _asks(store: Store, dice: random.Random) -> None:
    day = date(2026, 6, dice.choice([1, 2, 3, 4]))
    some = dice.sample(PMS, dice.choice([1, 3, 5]))
    load(store, {name: rows for pm in some for name, rows in said(pm, day, dice.choice([0.25, 0.5])).items()})


def _hands(store: Store, dice: random.Random) -> None:
    for pm in dice.sample(PMS, dice.choice([1, 3, 5])):
        load(
            store,
            handed(pm, date(2026, 6, dice.choice([1, 8])), dice.choice([8.0, 12.0])),
            connector="totals",
        )


def _forgets(store: Store, dice: random.Random) -> None:
    store.forget_person([dice.choice(PMS)])


def test_no_history_of_looks_gives_away_what_fewer_than_five_people_have(store: Store) -> None:
    dice = random.Random(1)
    steps: list[Step] = [_loads, _loads, _loads, _asks, _hands, _forgets]
    rows: set[frozenset[tuple[str, str]]] = set()
    looks: list[str] = []
    for _ in range(12):
        dice.choice(steps if len(looks) > 6 else steps[:-1])(store, dice)
        ledger = look(store)
        assert ledger.told is not None
        looks.append(ledger.told.waits)
        for family, groups in told_parts(ledger).items():
            named = ledger.told.groups.get(RITUALS, frozenset()) if family == RITUALS else ()
            for names in ([name] for name in named):
                rows.add(_cells(groups, names))
            rows.add(_cells(groups, list(groups)))
    assert any(looks)
    assert not all(looks)
    families = {mark for row in rows for mark, _ in row}
    assert len(families) > len(PMS)
    assert set() == solvable(sorted((row for row in rows if len({one for _, one in row}) >= 5), key=sorted))
    assert renewed({}, parts=(), sums=()) is not None


def _cells(groups: dict[str, dict[str, str]], names: list[str]) -> frozenset[tuple[str, str]]:
    return frozenset((mark, person) for name in names for person, mark in groups[name].items())
