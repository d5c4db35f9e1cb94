"""Free time is found where it is, and never taken twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prodops.simulate.dice import Dice
from prodops.simulate.grid import CELL_MINUTES, CELLS, DAY_MASK, DAY_STARTS, place, starts_free, stretch


def test_a_stretch_covers_its_quarter_hours() -> None:
    assert stretch(DAY_STARTS, 30) == 0b11
    assert stretch(DAY_STARTS + 15, 15) == 0b10
    assert stretch(DAY_STARTS, 20) == 0b11


def test_what_lies_outside_the_day_is_left_out() -> None:
    assert stretch(DAY_STARTS - 30, 60) == 0b11
    assert stretch(DAY_STARTS - 60, 30) == 0
    assert stretch(DAY_STARTS + CELL_MINUTES * (CELLS - 1), 60) == 1 << (CELLS - 1)


def test_starts_are_found_only_where_the_whole_stretch_is_free() -> None:
    assert starts_free(DAY_MASK & ~0b1110, 3) == 0b10
    assert starts_free(DAY_MASK & ~0b1110, 4) == 0
    assert starts_free(DAY_MASK, 1) == 0


@given(
    taken=st.lists(st.integers(0, DAY_MASK), min_size=5, max_size=5),
    minutes=st.integers(5, 180),
    seed=st.integers(0, 1000),
)
def test_a_placed_stretch_was_free_and_is_taken_afterwards(taken: list[int], minutes: int, seed: int) -> None:
    week = list(taken)
    found = place(week, [0, 1, 2, 3, 4], minutes, Dice(seed, "place"))
    if found is None:
        assert week == taken
        assert all(starts_free(day, -(-minutes // CELL_MINUTES)) == 0 for day in taken)
    else:
        day, start = found
        bits = stretch(start, minutes)
        assert bits.bit_count() == -(-minutes // CELL_MINUTES)
        assert not taken[day] & bits
        assert week[day] == taken[day] | bits


def test_days_that_are_not_given_are_never_used() -> None:
    week = [0] * 5
    for number in range(8):
        found = place(week, [2, 3], 120, Dice(number, "days"))
        assert found is not None
        assert found[0] in {2, 3}
