"""No figure about fewer than five people, neither shown nor left over: the one place that says which may be.

A figure here is a sum over a group of people, of something that each group has of its own: the hours of a
ritual, the time of a team. Beside the groups the whole is shown. Whoever takes the shown groups off the
whole has the sum of the hidden ones, so these must be about five people or more as well (complementary
suppression; Hundepool et al. 2012, Statistical Disclosure Control, section 4.4). Whoever compares two wholes
has the sum over those by whom they differ, so what changes waits until five people's has.

Whoever looks again and again has the sums of every look, and may add and subtract them as they like. So a
sum is renewed only when five people have in it what they had in no sum before (`renewed`). Then nothing can
be worked out about fewer: of all sums that somebody combines, the newest has the new parts of five people,
which no other has, so that these stay in whatever comes out. The sums over time are never taken back one by
one, as in disclosure by differencing of continual releases (Dwork et al. 2010; Fung et al. 2010, Privacy-
Preserving Data Publishing, ch. 10): what is not renewed stays as it was told last.

What this does not hold back: a member of a group of five who subtracts their own part is left with four;
nor what follows from two divisions of the same people, by team and by ritual, laid across each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, TypeVar

FEWEST: Final = 5
"""No figure about fewer people (rule 10), but for one person's own calendar."""

T = TypeVar("T")


def about_persons(people: int) -> bool:
    """Whether a figure about so many people would be one about persons; about nobody it is none.

    Args:
        people: How many it is about.
    """
    return 0 < people < FEWEST


def tellable(
    groups: Mapping[str, Collection[str]],
    *,
    wanted: Sequence[str] | None = None,
    never: Collection[str] = (),
) -> list[str]:
    """The groups that may be told beside the whole, without any sum over one to four people following.

    A group of one to four people is hidden. While the hidden ones together are about one to four people, the
    next group is hidden too. A group about nobody (a channel, a queue) can be told, unless what is left over
    would be about one to four people.

    Args:
        groups: The people of every group that the whole is made of; somebody may be in several.
        wanted: The groups that one would like to tell, the dearest first: the last is given up first. All
            of them, the largest first, where it is None.
        never: Groups that must not be told at all, nor be the only one that is left over.

    Returns:
        Those that may be told, in the order of `wanted`.
    """
    people = {name: frozenset(members) for name, members in groups.items()}
    order = wanted if wanted is not None else sorted(people, key=lambda name: (-len(people[name]), name))
    told = [
        name for name in order if name not in never and not about_persons(len(people.get(name, frozenset())))
    ]
    hidden = {name for name in people if people[name]} - set(told)
    while told and _follows(hidden, people, never):
        given_up = told.pop()
        if people.get(given_up):
            hidden.add(given_up)
    return told


def _follows(hidden: AbstractSet[str], people: Mapping[str, frozenset[str]], never: Collection[str]) -> bool:
    """Whether the sum that is left over is about one to four people, or that of a group never to be told."""
    if not hidden:
        return False
    left = frozenset[str]().union(*(people[name] for name in hidden))
    return about_persons(len(left)) or (len(hidden) == 1 and next(iter(hidden)) in never)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """Sums that may be told now, whatever was told before.

    Attributes:
        told: The groups that may be told beside the whole.
        parts: The marks of all parts that are in some sum now.
        sums: The marks of all sums that can be read now.
    """

    told: tuple[str, ...]
    parts: frozenset[str]
    sums: frozenset[str]


def renewed(
    groups: Mapping[str, Mapping[str, str]],
    *,
    parts: Collection[str],
    sums: Collection[str],
    never: Collection[str] = (),
) -> Renewal | None:
    """What may be told of groups and their whole to somebody who knows all sums that were told before.

    A sum may be told when five people have in it what they had in no sum before, or when it is the very sum
    that was told before. What is left over beside the groups that are told is such a sum as well.

    Args:
        groups: Of every group, who is in it, and the mark of what each has there: another mark for anything
            else, and for the same of another person or group.
        parts: The marks of everything that was in a sum that was told.
        sums: The marks of all sums that were told.
        never: Groups that must not be told at all, nor be the only one that is left over.

    Returns:
        None where the whole may not be told: what was told last must be told again.
    """
    people = {name: frozenset(members) for name, members in groups.items()}

    def may(names: Iterable[str]) -> bool:
        marks = {groups[name][person]: person for name in names for person in groups[name]}
        new = {person for mark, person in marks.items() if mark not in parts}
        return not marks or len(new) >= FEWEST or sum_of(marks) in sums

    told = [name for name in tellable(people, never=never) if may([name])]
    hidden = {name for name in people if people[name]} - set(told)
    while _follows(hidden, people, never) or not may(hidden):
        if not told:
            return None
        given_up = told.pop()
        if people[given_up]:
            hidden.add(given_up)
    return _renewal(groups, told, hidden)


def _renewal(
    groups: Mapping[str, Mapping[str, str]], told: Sequence[str], hidden: Collection[str]
) -> Renewal:
    """What can be read where some groups are told and others are not: each told one, the rest, the whole."""
    readable = [*([name] for name in told if groups[name]), list(hidden), list(groups)]
    return Renewal(
        told=tuple(told),
        parts=frozenset(mark for members in groups.values() for mark in members.values()),
        sums=frozenset(
            sum_of(mark for name in names for mark in groups[name].values()) for names in readable if names
        ),
    )


def sum_of(marks: Iterable[str]) -> str:
    """The mark of the sum of parts, by which it is known again.

    Args:
        marks: Those of its parts, in any order.
    """
    return hashlib.blake2b("|".join(sorted(marks)).encode(), digest_size=8).hexdigest()


def settled(events: Iterable[tuple[str, T | None]]) -> dict[str, T]:
    """What each person said, as of the last time when it could be told: changes wait for those of five.

    Whoever looks twice, at whatever times, sees the sums of two states that differ by nobody or by five
    people and more: those who came, left, or said something else. Whoever says the same again changes
    nothing.

    Args:
        events: In the order in which they came, who said what; None for somebody who no longer counts.

    Returns:
        What counts of whom; empty before five people have said something.
    """
    now: dict[str, T] = {}
    told, waiting = [now], dict[str, T | None]()
    for person, said in events:
        waiting[person] = said
        if len(waiting) < FEWEST:
            continue
        after = {one: kept for one, kept in {**now, **waiting}.items() if kept is not None}
        if not any(about_persons(_changed(after, before)) for before in told):
            now, waiting = after, {}
            told.append(now)
    return now


def _changed(one: Mapping[str, T], other: Mapping[str, T]) -> int:
    """How many people said something in one of two states that they did not say in the other."""
    return sum(one.get(person) != other.get(person) for person in one.keys() | other.keys())


def apart(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Whether figures over both of two populations may be told: neither has one to four whom the other lacks.

    Args:
        one: The people of one figure.
        other: The people of the other, which tells of the same thing.
    """
    return not about_persons(len(one - other)) and not about_persons(len(other - one))
