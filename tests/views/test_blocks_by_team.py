"""Teams are told only where no smaller group follows by difference."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prodops.views.blocks_by_team import team_shares, told_teams
from views.block_weeks import ledger_of, lived, pms

WEEK = [("Weekly status report", 4.0, 20), ("User interview", 2.0, 3)]


def test_a_team_of_five_is_told_when_nothing_is_left_over() -> None:
    assert ["a", "b"] == told_teams({"a": 5, "b": 6})


def test_one_small_team_hides_a_large_one_too() -> None:
    assert ["b"] == told_teams({"a": 5, "b": 9, "c": 2})
    assert [] == told_teams({"a": 5, "c": 4})


def test_two_small_teams_of_few_people_together_hide_a_third() -> None:
    assert ["b"] == told_teams({"a": 5, "b": 9, "c": 2, "d": 2})
    assert ["a", "b"] == told_teams({"a": 5, "b": 9, "c": 2, "d": 3})


def test_people_without_a_team_are_a_remainder_and_never_told() -> None:
    assert [] == told_teams({"": 30})
    assert ["a"] == told_teams({"a": 9, "b": 6, "": 2})


@given(st.dictionaries(st.text("abc", max_size=2), st.integers(0, 12), max_size=8))
def test_what_is_left_over_never_shows_a_small_group(sizes: dict[str, int]) -> None:
    told = told_teams(sizes)
    left = {team: people for team, people in sizes.items() if team not in told and people}
    assert all(sizes[team] >= 5 and team for team in told)
    assert not told or not left or (len(left) >= 2 and sum(left.values()) >= 5)


def test_a_teams_share_is_of_its_own_people() -> None:
    ledger = ledger_of(
        lived(pms(5, team="Growth"), WEEK), lived(pms(6, team="Core", first=5), [("Jira cleanup", 4.0, 0)])
    )
    shares = team_shares(ledger, "A")
    assert ["Core", "Growth"] == list(shares)
    assert [6, 5] == [share.n for share in shares.values()]
    assert (shares["Core"].value or 0) < (shares["Growth"].value or 0)


def test_a_ledger_without_a_large_team_tells_none() -> None:
    ledger = ledger_of(
        lived(pms(3, team="Growth"), WEEK, weeks=2), lived(pms(3, team="Core", first=3), WEEK, weeks=2)
    )
    assert {} == team_shares(ledger, "C")
