"""Calendars in TOML: what recurs, what has ended, what happened once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

from connectors.given import (
    MINE,
    case,
    cases,
    codes,
    counts,
    damaged,
    problems,
    read_well,
    records,
    survives_everything,
    text_file,
)
from prodops.connectors.rust_calendar.parse import parse, recognises
from prodops.ledger.reading import Entry, SourceFile
from prodops.ledger.record import person_id
from prodops.ledger.rituals import Meeting, RitualListing
from prodops.text.cadence import MONTH_DAYS, YEAR_DAYS


@pytest.fixture(scope="module")
def orchard() -> list[Entry]:
    """The entries of the calendar with everything in it."""
    return read_well(parse, case("rust_calendar", "orchard.toml"))


def listing(entries: list[Entry], title: str) -> RitualListing:
    return next(one for one in records(entries, RitualListing) if one.title == title)


def test_a_recurring_event_is_a_listing_with_its_local_day_and_time(orchard: list[Entry]) -> None:
    weekly = listing(orchard, "Orchard weekly")
    assert (weekly.registry, weekly.group) == ("rust", "Orchard Team")
    assert (weekly.day, weekly.time, weekly.tz) == ("Thursday", "08:00", "America/Los_Angeles")
    assert (weekly.frequency, weekly.every_days) == ("weekly, interval 2", 14)
    assert (weekly.starts_on, weekly.ends_on) == (date(2030, 1, 10), None)
    assert weekly.notes_url == "https://notes.example/orchard"
    assert weekly.cite.locator == "line 9"


def test_days_of_a_rule_are_named_and_counted(orchard: list[Entry]) -> None:
    monthly, standup = listing(orchard, "Orchard monthly"), listing(orchard, "Orchard stand-up")
    assert (monthly.day, monthly.every_days) == ("first Monday", MONTH_DAYS)
    assert (standup.day, standup.time, standup.every_days) == ("Tuesday, Thursday", "", 3.5)
    assert standup.ends_on == date(2030, 4, 9)


def test_a_rule_that_ends_ends_the_ritual(orchard: list[Entry]) -> None:
    assert listing(orchard, "Orchard planning").ends_on == date(2030, 6, 7)


def test_an_event_below_a_heading_of_the_past_ended_when_it_was_last_changed(orchard: list[Entry]) -> None:
    assert listing(orchard, "Orchard design").ends_on == date(2030, 5, 2)
    assert listing(orchard, "Orchard release").ends_on == date(2030, 7, 2)
    assert [(found.code, found.lost) for found in problems(orchard)] == [("end_assumed", False)] * 2


def test_a_comment_inside_of_a_text_is_no_heading(orchard: list[Entry]) -> None:
    assert listing(orchard, "Orchard monthly").ends_on is None


def test_single_events_are_meetings(orchard: list[Entry]) -> None:
    kickoff, day = records(orchard, Meeting)
    assert (kickoff.starts_at, kickoff.ends_at) == (
        datetime(2030, 3, 4, 18, tzinfo=UTC),
        datetime(2030, 3, 4, 19, 30, tzinfo=UTC),
    )
    assert (kickoff.uid, kickoff.status, kickoff.busy, kickoff.all_day, kickoff.revised_at) == (
        "single", "tentative", False, False, None,
    )  # fmt: skip
    assert (day.all_day, day.ends_at - day.starts_at) == (True, datetime(2030, 4, 2) - datetime(2030, 4, 1))  # noqa: DTZ001 - a difference


def test_includes_and_time_zones_are_read_and_not_used(orchard: list[Entry]) -> None:
    assert counts(orchard) == (8, 1, 0)
    for name in ("all.toml", "_timezones.toml"):
        assert counts(read_well(parse, case("rust_calendar", name))) == (0, 1, 0)
    assert counts(read_well(parse, text_file('name = "x"\n[meta]\nincludes = []\n'))) == (0, 1, 0)


def test_the_organiser_is_kept_as_a_pseudonym_alone() -> None:
    file = event(organizer='{ name = "Robin", email = "r@example.org" }')
    entries = read_well(parse, file)
    assert records(entries, Meeting)[0].organiser == person_id("r@example.org")
    assert "r@example.org" not in repr(entries)


def test_a_dated_name_lets_two_states_of_a_calendar_stand_side_by_side() -> None:
    content = case("rust_calendar", "orchard.toml").content
    old, new = (
        records(read_well(parse, SourceFile(name=f"{day}/orchard.toml", content=content)), RitualListing)
        for day in ("2030-01-01", "2031-01-01")
    )
    assert old[0].listed_on == date(2030, 1, 1)
    assert not {one.id for one in old} & {one.id for one in new}


def event(**keys: str) -> SourceFile:
    """A calendar of one event, whose values are written in TOML."""
    given_keys = {"uid": '"u"', "title": '"t"', "start": '"2030-01-01T10:00:00Z"', **keys}
    return text_file(
        "[[events]]\n" + "\n".join(f"{key} = {value}" for key, value in given_keys.items() if value)
    )


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"start": '"2019-09-38"'}, ["bad_date"]),
        ({"start": ""}, ["bad_date"]),
        ({"start": "3"}, ["bad_date"]),
        ({"end": '"2029-01-01T10:00:00Z"'}, ["ends_before_start"]),
        ({"start": '{ date = "2030-01-01T10:00:00", timezone = "Moon/Base" }'}, ["time_zone"]),
        ({"start": '"2030-01-01T10:00:00"'}, ["time_zone"]),
        ({"start": "2030-01-01T10:00:00"}, ["time_zone"]),
        ({"start": "2030-01-01"}, []),
        ({"start": "2030-01-01T10:00:00Z"}, []),
        ({"recurrence_rules": '[ { frequency = "sometimes" } ]'}, ["unknown_frequency"]),
        ({"recurrence_rules": '[ { frequency = "weekly", until = "2030-02-31" } ]'}, ["bad_date"]),
        ({"recurrence_rules": "[ 1 ]"}, []),
        ({"recurrence_rules": "7"}, []),
        ({"recurrence_rules": '[ { frequency = "daily", interval = -1, count = true } ]'}, []),
        ({"status": '"cancelled"', "recurrence_rules": '[ { frequency = "weekly" } ]'}, ["end_assumed"]),
        ({"uid": ""}, []),
    ],
)
def test_what_is_wrong_with_an_event_is_told(keys: dict[str, str], told: list[str]) -> None:
    assert codes(read_well(parse, event(**keys))) == told


@pytest.mark.parametrize(
    ("rule", "ends_on"),
    [
        ('{ frequency = "weekly", count = 3 }', date(2030, 1, 15)),
        ('{ frequency = "monthly", interval = 3, count = 3 }', date(2030, 7, 1)),
        ('{ frequency = "yearly", count = 3 }', date(2032, 1, 1)),
        ('{ frequency = "yearly", count = 9999 }', date.max),
        ('{ frequency = "daily", interval = 9999, count = 9999 }', date.max),
        ('{ frequency = "weekly", count = 3 }, { frequency = "weekly" }', None),
    ],
)
def test_a_count_of_occurrences_becomes_a_day(rule: str, ends_on: date | None) -> None:
    (found,) = records(read_well(parse, event(recurrence_rules=f"[ {rule} ]")), RitualListing)
    assert found.ends_on == ends_on


def test_two_rules_meet_more_often() -> None:
    rules = '[ { frequency = "weekly" }, { frequency = "weekly" }, { frequency = "yearly" } ]'
    (found,) = records(read_well(parse, event(recurrence_rules=rules)), RitualListing)
    assert found.every_days == pytest.approx(1 / (2 / 7 + 1 / YEAR_DAYS))


def test_events_with_one_uid_and_events_that_are_none_become_problems() -> None:
    twice = event().content + b"\n" + event().content
    assert codes(read_well(parse, SourceFile(name="x", content=twice))) == ["duplicate_id"]
    assert codes(read_well(parse, text_file("events = [ 1, { } ]"))) == ["wrong_type", "bad_date"]
    assert codes(read_well(parse, text_file("[[events]]\nuid = \n"))) == ["bad_toml"]


def test_it_recognises_calendars_by_their_content() -> None:
    for file in cases("rust_calendar"):
        assert recognises(replace(file, name="x.csv")) >= MINE
    assert recognises(text_file('[[events]]\nname = "x"\n')) < MINE
    assert recognises(text_file('[metrics.x]\nselect_expression = "1"\n')) == 0


def test_no_bad_file_stops_it() -> None:
    survives_everything(parse, recognises)


@settings(max_examples=60)
@given(damaged(cases("rust_calendar")))
def test_no_damage_stops_it(file: SourceFile) -> None:
    assert 0 <= recognises(file) <= 1
    read_well(parse, file)


@pytest.mark.shared
def test_every_event_of_the_real_calendars_is_read(shared_data: Path) -> None:
    root = shared_data / "rituals" / "rust-calendar"
    entries: list[Entry] = []
    for path in sorted(root.rglob("*.toml")):
        file = SourceFile(name=path.relative_to(root).as_posix(), content=path.read_bytes())
        assert recognises(file) >= MINE, path
        entries += read_well(parse, file)
    found = records(entries, RitualListing)
    assert (len(found), len(records(entries, Meeting)), counts(entries)) == (63, 14, (77, 25, 0))
    assert all(one.every_days and one.starts_on for one in found)
    # Twenty-one rules that end stand in these files; two of them belong to one event.
    assert sum(one.ends_on is not None for one in found) == 20
