"""The registry of one file a ritual: its slots, its dates, and what can be wrong with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

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
from prodops.connectors.openstack_rituals.parse import parse, recognises
from prodops.ledger.reading import SourceFile
from prodops.ledger.rituals import RitualListing

ORCHARD, PRUNING = "orchard-team-meeting.yaml", "2030-03-01/pruning.yaml"


def test_each_slot_of_the_schedule_is_a_listing() -> None:
    odd, even = records(read_well(parse, case("openstack_rituals", ORCHARD)), RitualListing)
    assert (odd.registry, odd.group, odd.title) == ("openstack", "orchard", "Orchard Team Meeting")
    assert (odd.day, odd.time, odd.tz, odd.frequency, odd.every_days) == (
        "Thursday",
        "1400",
        "UTC",
        "biweekly-odd",
        14,
    )
    assert (odd.starts_on, odd.notes_url) == (date(2030, 1, 17), "https://wiki.example/Meetings/Orchard")
    assert (even.time, even.every_days, even.starts_on) == ("0200", 14, None)
    assert [one.cite.locator for one in (odd, even)] == ["line 5", "line 10"]


def test_an_impossible_start_is_told_and_the_slot_is_kept() -> None:
    entries = read_well(parse, case("openstack_rituals", ORCHARD))
    assert [(found.code, found.lost) for found in problems(entries)] == [
        ("no_snapshot_date", False),
        ("bad_date", False),
    ]


def test_the_name_of_its_chair_goes_nowhere() -> None:
    assert "Robin" not in repr(read_well(parse, case("openstack_rituals", ORCHARD)))


def test_a_folder_named_after_a_day_dates_its_files() -> None:
    (listing,) = records(read_well(parse, case("openstack_rituals", PRUNING)), RitualListing)
    assert (listing.listed_on, listing.time, listing.every_days) == (date(2030, 3, 1), "0100", 7)
    later = SourceFile(name="2031-03-01/pruning.yaml", content=case("openstack_rituals", PRUNING).content)
    assert records(read_well(parse, later), RitualListing)[0].id != listing.id


def test_several_rituals_may_share_a_file() -> None:
    slot = "schedule: [{day: Monday, time: '1', frequency: weekly}]"
    for text in (
        f"project: a\n{slot}\n---\nproject: b\n{slot}\n",
        f"- {{project: a, {slot}}}\n- {{project: b, {slot}}}\n",
    ):
        entries = read_well(parse, text_file(text, "2030-01.yaml"))
        assert [listing.title for listing in records(entries, RitualListing)] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "counted", "told"),
    [
        ("project: a\nschedule: []\n", (0, 1, 0), []),
        ("project: a\nschedule: [1, {day: Monday}]\n", (1, 0, 1), ["wrong_type"]),
        ("project: a\nschedule: weekly\n", (0, 0, 1), ["wrong_type"]),
        ("project: a\nschedule:\n- {day: Monday}\n- {day: Monday}\n", (1, 0, 1), ["duplicate_id"]),
        (
            "project: a\nschedule: [{day: Monday, frequency: now and then}]\n",
            (1, 0, 0),
            ["unknown_frequency"],
        ),
        ("project: a\nschedule: [{day: Monday, frequency: ad hoc}]\n", (1, 0, 0), []),
        ("project: a\nschedule: [\n", (0, 0, 1), ["bad_yaml"]),
        ("schedule: [{day: first Monday}]\n", (1, 0, 0), []),
    ],
)
def test_what_is_wrong_with_a_ritual_is_told(
    text: str, counted: tuple[int, int, int], told: list[str]
) -> None:
    entries = read_well(parse, text_file(text, "2030-01.yaml"))
    assert (counts(entries), codes(entries)) == (counted, told)


def test_it_recognises_rituals_by_their_keys() -> None:
    for file in cases("openstack_rituals"):
        assert recognises(replace(file, name="x.csv")) >= MINE
    assert recognises(text_file("project: a\nschedule: weekly\n")) < MINE
    assert recognises(text_file("meeting_id: a\nchair: b\nday: c\n")) == 0


def test_no_bad_file_stops_it() -> None:
    survives_everything(parse, recognises)


@settings(max_examples=60)
@given(damaged(cases("openstack_rituals")))
def test_no_damage_stops_it(file: SourceFile) -> None:
    assert 0 <= recognises(file) <= 1
    read_well(parse, file)
