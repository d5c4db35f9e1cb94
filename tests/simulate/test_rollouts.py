"""What is rolled out ramps, fades, is displaced or does nothing, and the truth tells which."""

from __future__ import annotations

import re
import statistics
from typing import Any

import pytest

from prodops.simulate.occurrences import HELD
from prodops.simulate.purposes import C1
from prodops.simulate.rollouts import ADMINISTRATIVE, Rollout, draw_rollouts
from prodops.simulate.settings import Intervention
from prodops.simulate.truth import truth_of
from prodops.simulate.upheavals import DESK
from prodops.simulate.world import World
from simulate.conftest import Built

PEOPLE, WEEKS = 150, 52


def overhead(world: World, rollout: Rollout, since: range) -> float:
    """Share of administration in the PM-weeks that lie so many weeks after the start."""
    spent = admin = 0
    for block in world.blocks:
        if block.week - rollout.starts[block.pm] in since:
            spent += block.minutes
            admin += block.minutes * (block.leaf in ADMINISTRATIVE)
    return admin / spent


def effect(world: World) -> dict[str, Any]:
    effects: Any = truth_of(world)["effects"]
    return dict(effects[0])


def test_groups_start_one_after_the_other_and_everybody_is_in_one(world_of: Built) -> None:
    world = world_of("fading-effect", people=PEOPLE, weeks=WEEKS)
    rollout = world.rollouts.all[0]
    assert sorted(pm for group in rollout.groups for pm in group) == sorted(world.roster.pms)
    weeks = [{rollout.starts[pm] for pm in group} for group in rollout.groups]
    assert [len(week) for week in weeks] == [1] * 4
    assert [min(week) for week in weeks] == [20, 22, 24, 26]
    order: Any = truth_of(world)["order"]
    assert [len(group) for group in order[0]["groups"]] == [len(group) for group in rollout.groups]
    first = world.roster.people[rollout.groups[0][0]].email
    assert order[0]["starts"][first]["week"] == 20


def test_an_effect_ramps_up_and_fades_to_nothing(world_of: Built) -> None:
    world = world_of("fading-effect", people=PEOPLE, weeks=WEEKS)
    rollout = world.rollouts.all[0]
    pm = rollout.groups[0][0]
    start = rollout.starts[pm]
    shares = [rollout.share(pm, start + week) for week in range(-1, 24)]
    assert shares[0] == 0.0
    assert shares[1] < shares[2] < max(shares) <= 0.45
    assert shares[-1] < 0.05
    told = effect(world)["share_of_time_by_horizon"]
    assert told["5-8"] < told["9-16"] < told["17+"] < 0
    before = overhead(world, rollout, range(-12, 0))
    assert overhead(world, rollout, range(2, 6)) < before - 0.06
    assert overhead(world, rollout, range(17, 30)) == pytest.approx(before, abs=0.04)


def test_the_truth_tells_the_effect_that_the_blocks_have(world_of: Built) -> None:
    world = world_of("displacement", people=PEOPLE, weeks=WEEKS)
    rollout = world.rollouts.all[0]
    change = overhead(world, rollout, range(4, 20)) - overhead(world, rollout, range(-20, 0))
    told = effect(world)["share_of_time_by_horizon"]
    assert change == pytest.approx(statistics.fmean([told["5-8"], told["9-16"]]), abs=0.04)


def test_what_is_displaced_is_done_by_others_at_a_desk_and_the_net_is_about_nothing(world_of: Built) -> None:
    world = world_of("displacement", people=PEOPLE, weeks=WEEKS)
    found = effect(world)
    removed, displaced = (sum(found[f"{kind}_hours_by_week"][32:]) for kind in ("removed", "displaced"))
    assert removed > 150
    assert displaced == pytest.approx(removed, rel=0.25)
    desk = next(ritual for ritual in world.rituals if ritual.kind is DESK)
    assert not {guest.person for guest in desk.invited} & set(world.roster.pms)
    lived = [o for o in world.occurrences if o.ritual == desk.index and o.fate in HELD]
    assert min(o.week for o in lived) >= min(world.rollouts.all[0].starts.values())


def test_a_rollout_that_does_nothing_removes_nothing(world_of: Built) -> None:
    for scenario in ("seasonal-peak", "regression-to-the-mean", "renamed-meetings"):
        found = effect(world_of(scenario, people=PEOPLE, weeks=WEEKS))
        assert set(found["removed_hours_by_week"]) == {0.0}
        assert set(found["level_by_week"]) == {0.0}


def test_those_who_start_looked_worse_just_before_than_ever_after(world_of: Built) -> None:
    world = world_of("regression-to-the-mean", people=PEOPLE, weeks=WEEKS)
    rollout = world.rollouts.all[0]
    before = overhead(world, rollout, range(-8, 0))
    assert before > overhead(world, rollout, range(-20, -8)) + 0.04
    assert before > overhead(world, rollout, range(20)) + 0.04


def test_reporting_goes_on_under_strategic_titles(world_of: Built) -> None:
    world = world_of("renamed-meetings", people=PEOPLE, weeks=WEEKS)
    start = min(world.rollouts.all[0].starts.values())
    reporting = [r for r in world.rituals if r.kind.leaf == C1]
    ended = [r for r in reporting if r.last_week is not None]
    anew = [r for r in reporting if r.phase >= start]
    assert len(ended) == len(anew) >= 1
    assert {r.title for r in ended}.isdisjoint(r.title for r in anew)
    assert {len(r.invited) for r in ended} == {len(r.invited) for r in anew}
    late = world.period.monday(start + 6)
    reports = {re.split(r"\{\w+\}", title)[0] for title in world.texts.calendar.by_leaf[C1]} - {""}

    def reporting_titles(*, after: bool) -> float:
        found = [event.title for event in world.events if (event.day >= late) == after]
        return sum(any(words in title for words in reports) for title in found) / len(found)

    assert reporting_titles(after=True) < 0.75 * reporting_titles(after=False)


def test_an_intervention_on_one_sink_leaves_the_others(world_of: Built) -> None:
    roster = world_of().roster
    rollouts = draw_rollouts(
        1, (Intervention(name="x", target="data_debt", level=0.5, ramp_weeks=1),), roster, 20
    )
    pm = roster.pms[0]
    assert rollouts.kept(pm, 19, 60.0, leaf=9, sink=2) == 30.0
    assert rollouts.kept(pm, 19, 60.0, leaf=9, sink=1) == 60.0
    assert rollouts.kept(pm, 0, 60.0, leaf=9, sink=2) == 60.0
    assert rollouts.all[0].removed_minutes == {(pm, 19): 30.0}
    assert rollouts.renamed(pm, 19) == 0.0
