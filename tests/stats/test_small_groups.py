"""From everything that is shown no sum over one to four people can be solved."""

from __future__ import annotations

import itertools
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from prodops.stats.small_groups import Renewal, about_persons, apart, renewed, settled, tellable
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


SAID = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from([None, "much", "little"])), max_size=40)


@given(SAID)
def test_no_two_looks_at_what_people_say_differ_by_one_to_four_of_them(
    events: list[tuple[str, str | None]],
) -> None:
    looks = [settled(events[:count]) for count in range(len(events) + 1)]
    for one, other in itertools.combinations(looks, 2):
        people = one.keys() | other.keys()
        assert not about_persons(sum(one.get(person) != other.get(person) for person in people))
    states = {tuple(sorted(look.items())) for look in looks if look}
    rows = [frozenset((said, person) for person, said in state) for state in sorted(states)]
    for pair in itertools.combinations(rows, 2):
        assert set() == solvable(pair)


def test_people_come_in_fives_and_who_says_the_same_again_changes_nothing() -> None:
    first = [(person, "much") for person in "abcde"]
    assert {} == settled(first[:4])
    assert set("abcde") == settled(first).keys()
    assert set("abcde") == settled([*first, ("f", "much"), ("g", "much")]).keys()
    again = [*first, *((person, "much") for person in "abcd"), ("e", "little")]
    assert "much" == settled(again)["e"], "it would be the only change"
    changed = [*first, *((person, "little") for person in "abcde")]
    assert {"little"} == set(settled(changed).values())


def test_who_leaves_stays_counted_until_five_changes_have_come_together() -> None:
    ten = [(person, "much") for person in "abcdefghij"]
    left = [*ten, *((person, None) for person in "abcd")]
    assert set("abcdefghij") == settled(left).keys()
    assert set("fghij") == settled([*left, ("e", None)]).keys()
    assert set("abcdefghij") == settled([*left, ("e", None), ("f", None)]).keys() | set("abcde")


@given(st.sets(st.sampled_from(PEOPLE)), st.sets(st.sampled_from(PEOPLE)))
def test_populations_that_are_apart_give_nobody_away(one: set[str], other: set[str]) -> None:
    if apart(one, other) and not about_persons(len(one)) and not about_persons(len(other)):
        rows = [frozenset(("time", person) for person in people) for people in (one, other) if people]
        assert set() == solvable(rows)


def test_about_nobody_and_about_five_are_not_about_persons() -> None:
    assert [False, True, True, True, True, False] == [about_persons(people) for people in range(6)]


HISTORY = st.lists(
    st.lists(
        st.tuples(st.sampled_from("abcdefghij"), st.sampled_from(["one", "two", "three"]), st.integers(0, 3)),
        min_size=1,
        max_size=12,
    ),
    max_size=14,
)
"""Changes between looks: a person has another amount in a group, none for zero; amounts come again."""


@given(HISTORY)
def test_from_all_looks_together_no_sum_over_fewer_than_five_follows(
    history: list[list[tuple[str, str, int]]],
) -> None:
    now: dict[tuple[str, str], int] = {}
    parts: set[str] = set()
    sums: set[str] = set()
    rows: list[frozenset[tuple[str, str]]] = []
    for changes in history:
        now |= {(person, group): amount for person, group, amount in changes}
        groups: dict[str, dict[str, str]] = {}
        for (person, group), amount in now.items():
            if amount:
                groups.setdefault(group, {})[person] = f"{group}:{person}:{amount}"
        found = renewed(groups, parts=parts, sums=sums)
        if found is None:
            continue
        parts |= found.parts
        sums |= found.sums
        told = [[name] for name in found.told] + [list(groups)]
        rows += [
            frozenset((f"{name}:{now[person, name]}", person) for name in names for person in groups[name])
            for names in told
        ]
    assert set() == solvable([row for row in dict.fromkeys(rows) if row])


def looked(parts: dict[str, str], before: Renewal | None = None) -> Renewal | None:
    known = before or Renewal(told=(), parts=frozenset(), sums=frozenset())
    marks = {person: f"{person}:{amount}" for person, amount in parts.items()}
    return renewed({"all": marks}, parts=known.parts, sums=known.sums)


def test_a_sum_is_renewed_when_five_people_have_in_it_what_is_new() -> None:
    first = looked(dict.fromkeys("abcdef", "1"))
    assert first is not None
    assert ("all",) == first.told
    assert looked(dict.fromkeys("abcde", "1")) is not None
    assert looked(dict.fromkeys("abcd", "1")) is None
    assert looked(dict.fromkeys("abcdefg", "1"), first) is None, "one came"
    assert looked(dict.fromkeys("abcde", "1"), first) is None, "one left"
    assert looked({**dict.fromkeys("abcd", "2"), "e": "1", "f": "1"}, first) is None, "four changed"
    assert looked({**dict.fromkeys("abcde", "2"), "f": "1"}, first) is not None
    assert looked(dict.fromkeys("abcdef", "1"), first) == first, "nothing changed"
