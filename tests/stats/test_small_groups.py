"""From everything that is shown no sum over one to four people can be solved."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from prodops.stats.small_groups import about_persons, apart, in_fives, tellable
from stats.solving import shown, solvable, spans

PEOPLE = "abcdefgh"
GROUPS = st.dictionaries(
    st.sampled_from(["one", "two", "three", "four", "five", "six"]),
    st.sets(st.sampled_from(PEOPLE)),
    min_size=1,
)


@given(GROUPS)
def test_no_sum_over_fewer_than_five_follows_from_the_told_groups_and_the_whole(
    groups: dict[str, set[str]],
) -> None:
    assert set() == solvable(shown(groups, tellable(groups)))


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
    rows = shown(groups, told)
    assert set() == solvable(rows)
    assert not told or not any(spans(rows, name) for name in never)


def test_the_solver_finds_what_a_difference_gives_away() -> None:
    groups = {"large": set("abcde"), "small": set("fg")}
    assert {"f", "g"} == solvable(shown(groups, ["large"]))
    assert {"a"} == solvable(shown({"one": {"a"}, "rest": set("bcdefg")}, ["one"]))
    assert set() == solvable(shown(groups, []))


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
