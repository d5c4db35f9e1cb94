"""From everything that is shown no sum over one to four people can be solved."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from prodops.stats.small_groups import FEWEST, about_persons, apart, in_fives, tellable

PEOPLE = "abcdefgh"
GROUPS = st.dictionaries(
    st.sampled_from(["one", "two", "three", "four", "five", "six"]),
    st.sets(st.sampled_from(PEOPLE)),
    min_size=1,
)


def solvable(rows: Sequence[frozenset[tuple[str, str]]]) -> set[str]:
    """The one to four people over whose parts alone some combination of shown sums adds up, if there are any.

    A shown figure is a row with a one for each of its cells (what one person has in one group). A combination
    of rows is a vector of their span; one that is zero outside the cells of some people tells of them alone.
    There is one just where the rank falls when the cells of these people are left out.
    """
    cells = sorted(frozenset[tuple[str, str]]().union(*rows))
    shown = np.array([[float(cell in row) for cell in cells] for row in rows])
    if not shown.size:
        return set()
    rank = np.linalg.matrix_rank(shown)
    everybody = sorted({person for _, person in cells})
    for count in range(1, FEWEST):
        for few in itertools.combinations(everybody, count):
            others = [place for place, (_, person) in enumerate(cells) if person not in few]
            if rank > (np.linalg.matrix_rank(shown[:, others]) if others else 0):
                return set(few)
    return set()


def figures(groups: Mapping[str, set[str]], told: Sequence[str]) -> list[frozenset[tuple[str, str]]]:
    """The told groups and the whole, as rows of cells."""
    whole = frozenset((name, person) for name, people in groups.items() for person in people)
    own = [frozenset((name, person) for person in groups[name]) for name in told]
    few_in_all = about_persons(len({person for _, person in whole}))
    return [row for row in (*own, *(() if few_in_all else (whole,))) if row]


@given(GROUPS)
def test_no_sum_over_fewer_than_five_follows_from_the_told_groups_and_the_whole(
    groups: dict[str, set[str]],
) -> None:
    assert set() == solvable(figures(groups, tellable(groups)))


@given(GROUPS, st.randoms(use_true_random=False))
def test_nor_where_some_groups_are_wanted_and_others_never_told(
    groups: dict[str, set[str]], random: Random
) -> None:
    names = sorted(groups)
    random.shuffle(names)
    wanted, never = names[: len(names) // 2 + 1], set(names[-1:])
    told = tellable(groups, wanted=wanted, never=never)
    assert set(told) <= set(wanted) - never
    assert [name for name in wanted if name in told] == told
    rows = figures(groups, told)
    assert set() == solvable(rows)
    cells = sorted(frozenset[tuple[str, str]]().union(*rows))
    for name in never:
        alone = np.array([float(cell[0] == name) for cell in cells])
        assert not told or not alone.any() or not spans(rows, alone)


def spans(rows: Sequence[frozenset[tuple[str, str]]], wanted: NDArray[np.float64]) -> bool:
    """Whether a combination of rows is the wanted one."""
    cells = sorted(frozenset[tuple[str, str]]().union(*rows))
    shown = np.array([[float(cell in row) for cell in cells] for row in rows])
    return bool(np.linalg.matrix_rank(np.vstack([shown, wanted])) == np.linalg.matrix_rank(shown))


def test_the_solver_finds_what_a_difference_gives_away() -> None:
    groups = {"large": set("abcde"), "small": set("fg")}
    assert {"f", "g"} == solvable(figures(groups, ["large"]))
    assert {"a"} == solvable(figures({"one": {"a"}, "rest": set("bcdefg")}, ["one"]))
    assert set() == solvable(figures(groups, []))


def test_a_small_group_takes_another_with_it_and_the_last_wanted_goes_first() -> None:
    groups = {"a": set("abcde"), "b": set("bcdefg"), "few": {"h"}}
    assert ["b"] == tellable(groups)
    assert ["a"] == tellable(groups, wanted=["a", "b"])


def test_hidden_groups_of_many_people_together_hide_nothing_else() -> None:
    pairs = {f"{one}{two}": {one, two} for one, two in zip(PEOPLE[::2], PEOPLE[1::2], strict=True)}
    assert ["all"] == tellable({**pairs, "all": set(PEOPLE)})


def test_what_is_about_nobody_is_told_unless_a_few_would_be_left_over() -> None:
    assert ["queue", "all"] == tellable({"queue": set(), "all": set(PEOPLE)}, wanted=["queue", "all"])
    assert [] == tellable({"queue": set(), "few": {"a", "b"}})


@given(st.lists(st.integers(0, 1_000), unique=True, max_size=23), st.integers(0, 23))
def test_two_looks_at_a_growing_population_differ_by_nobody_or_by_five_and_more(
    people: list[int], earlier: int
) -> None:
    before, after = in_fives(people[:earlier]), in_fives(people)
    assert before == after[: len(before)]
    assert len(after) - len(before) in (0, *range(5, 24))


@given(st.sets(st.sampled_from(PEOPLE)), st.sets(st.sampled_from(PEOPLE)))
def test_populations_that_are_apart_give_nobody_away(one: set[str], other: set[str]) -> None:
    if apart(one, other) and not about_persons(len(one)) and not about_persons(len(other)):
        rows = [frozenset(("time", person) for person in people) for people in (one, other) if people]
        assert set() == solvable(rows)


def test_about_nobody_and_about_five_are_not_about_persons() -> None:
    assert [False, True, True, True, True, False] == [about_persons(people) for people in range(6)]
