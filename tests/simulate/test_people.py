"""Sizes, names and roles."""

from __future__ import annotations

from datetime import date

import pytest

from prodops.simulate.errors import SizeError
from prodops.simulate.period import DAY_MINUTES, EPOCH, Period, iso, offset_minutes
from prodops.simulate.stage import stage
from simulate.conftest import Built


@pytest.mark.parametrize(
    ("people", "pms", "teams"), [(50, (2, 4), (3, 5)), (400, (10, 20), (10, 18)), (2000, (50, 90), (50, 80))]
)
def test_magnitudes_lie_within_the_presets(people: int, pms: tuple[int, int], teams: tuple[int, int]) -> None:
    drawn = stage(people, 52)
    assert pms[0] <= drawn.pms <= pms[1]
    assert teams[0] <= drawn.teams <= teams[1]


def test_sizes_between_the_presets_lie_between_their_magnitudes() -> None:
    assert (
        stage(50, 52).pms < stage(150, 52).pms < stage(400, 52).pms < stage(900, 52).pms < stage(2000, 52).pms
    )


@pytest.mark.parametrize(("people", "weeks"), [(19, 52), (10_001, 52), (400, 1), (400, 521)])
def test_sizes_nobody_can_speak_for_are_refused(people: int, weeks: int) -> None:
    with pytest.raises(SizeError, match="choose"):
        stage(people, weeks)


def test_everybody_has_an_address_of_their_own_that_no_mail_reaches(world_of: Built) -> None:
    people = world_of(people=2000, weeks=2).roster.people
    assert len(people) == 2000
    assert len({person.email for person in people}) == 2000
    assert all(person.email.endswith("@example.com") and person.email.isascii() for person in people)


def test_managers_lead_to_one_chief(world_of: Built) -> None:
    people = world_of().roster.people
    assert [person.index for person in people if person.manager < 0] == [0]
    for person in people[1:]:
        chain = person
        for _ in range(6):
            if chain.manager >= 0:
                chain = people[chain.manager]
        assert chain.index == 0


def test_every_pm_has_a_team_and_every_team_a_pm(world_of: Built) -> None:
    for people in (20, 50, 400, 700):
        roster = world_of(people=people, weeks=2).roster
        assert {team.pm for team in roster.teams} <= set(roster.pms)
        assert all(roster.teams_of(pm) for pm in roster.pms)
        titles = {roster.people[pm].title for pm in roster.pms}
        assert all("Product Manager" in title for title in titles)


def test_titles_that_only_sound_like_a_pm_are_no_pms(world_of: Built) -> None:
    roster = world_of().roster
    others = [person for person in roster.people if person.index not in roster.pms]
    titles = {person.title for person in others}
    assert {"Product Marketing Manager", "Product Operations Manager", "Director of Product"} <= titles
    assert not any(title.endswith("Product Manager") for title in titles)


def test_the_period_ends_on_its_day_and_begins_on_a_monday() -> None:

    period = Period(date(2026, 10, 30), 52)
    assert date.fromordinal(period.first_monday).isoformat() == "2025-11-03"
    assert period.monday(51) + 4 == period.last_day
    assert iso(period.exported_at) == "2026-10-30T18:00:00Z"


def test_local_minutes_follow_summer_time() -> None:

    winter, summer = date(2026, 1, 15).toordinal(), date(2026, 7, 15).toordinal()
    assert offset_minutes("Europe/Berlin", winter) == 60
    assert offset_minutes("Europe/Berlin", summer) == 120
    period = Period(date(2026, 10, 30), 52)
    assert period.utc(summer, 600) == (summer - EPOCH) * DAY_MINUTES + 480


def test_quarters_close_with_their_last_two_weeks() -> None:

    period = Period(date(2026, 10, 30), 52)
    closing = [
        date.fromordinal(period.monday(week)).isoformat() for week in range(52) if period.quarter_closes(week)
    ]
    assert closing == [
        *("2025-12-22", "2025-12-29", "2026-03-23", "2026-03-30"),
        *("2026-06-22", "2026-06-29", "2026-09-21", "2026-09-28"),
    ]
