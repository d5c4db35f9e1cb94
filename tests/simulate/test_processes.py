"""Feedback, metrics and the queue behave as they were drawn."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from prodops.simulate.feedback import CHANNELS, REASK_AFTER_DAYS
from prodops.simulate.period import DAY_MINUTES
from prodops.simulate.purposes import STAGES
from prodops.simulate.scenarios import named
from prodops.simulate.stage import stage
from prodops.simulate.world import build, draw_loads
from simulate.conftest import Built


def test_requests_a_month_are_as_many_as_the_stage_says(world_of: Built) -> None:
    world = world_of(weeks=52)
    usual = world.stage.requests_a_month * world.scenario.feedback.volume.middle
    assert world.feedback.monthly == usual
    assert len(world.feedback.requests) / 12 == pytest.approx(usual, rel=0.05)
    created = [request.created for request in world.feedback.requests]
    assert created == sorted(created)


def test_the_best_channel_decides_more_than_the_weakest(world_of: Built) -> None:
    world = world_of(scenario="planted-feedback", weeks=52)
    decided: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for request in world.feedback.requests:
        if request.need >= 0:
            name = CHANNELS[request.channel].name
            asked[name] += 1
            decided[name] += request.handled == "decided"
    assert decided["form"] / asked["form"] > 0.75
    assert decided["email"] / asked["email"] < 0.35


def test_the_share_never_decided_is_the_one_that_was_drawn(world_of: Built) -> None:
    world = world_of(scenario="healthy", weeks=52)
    form = [r for r in world.feedback.requests if CHANNELS[r.channel].name == "form" and r.repeats < 0]
    never = sum(request.handled == "never" for request in form) / len(form)
    assert never == pytest.approx(world.feedback.rates.undecided[1], abs=0.03)


def test_nobody_asks_again_soon_or_about_what_was_decided(world_of: Built) -> None:
    requests = world_of(weeks=52).feedback.requests
    again = [request for request in requests if request.repeats >= 0]
    assert len(again) > 500
    for request in again:
        first = requests[request.repeats]
        assert request.created - first.created > REASK_AFTER_DAYS * DAY_MINUTES
        assert first.decided is None or first.decided > request.created
        assert (request.need, request.team, request.company) == (first.need, first.team, first.company)


def test_what_waits_is_read_again_and_what_the_best_channel_has_is_not_avoidable(world_of: Built) -> None:
    world = world_of(scenario="planted-feedback", weeks=52)
    rates = world.feedback.rates
    best = next(number for number, channel in enumerate(CHANNELS) if channel.weakness == 0.0)
    weakest = next(number for number, channel in enumerate(CHANNELS) if channel.weakness == 1.0)
    assert rates.avoidable_answers(best) == rates.avoidable_rereads(best) == 0.0
    assert rates.avoidable > rates.avoidable_answers(weakest) > 0.9 * rates.avoidable
    assert rates.avoidable > rates.avoidable_rereads(weakest) > 0.6 * rates.avoidable
    loads = draw_loads(world)
    pieces = [sum(len(answers) for answers in load.answers.values()) for load in loads]
    assert sum(pieces[-8:]) > 1.2 * sum(pieces[:8]), "what waits is read again, and more waits than at first"


def test_the_first_thing_that_happens_ends_a_request(world_of: Built) -> None:
    for request in world_of(weeks=52).feedback.requests:
        if request.handled == "never":
            assert request.closed is None
            assert request.decided is None
        else:
            assert request.closed is not None
            assert request.closed > request.created
        assert (request.handled == "decided") == bool(request.decision) == (request.decided is not None)
        if request.answered is not None and request.decided is not None:
            assert request.created < request.answered <= request.decided


def test_only_the_help_desk_closes_by_a_rule_and_only_after_silence(world_of: Built) -> None:
    world = world_of(weeks=52)
    days = world.scenario.feedback.auto_close_days
    ruled = [request for request in world.feedback.requests if request.handled == "auto_closed"]
    assert ruled
    for request in ruled:
        assert CHANNELS[request.channel].auto_closes
        assert (request.closed or 0) - request.created >= days * DAY_MINUTES


def test_distrusted_metrics_make_up_the_share_of_uses_that_was_drawn(world_of: Built) -> None:
    world = world_of(weeks=52)
    doubted = sum(world.metrics.metrics[use.metric].distrusted for use in world.metrics.uses)
    low, high = world.scenario.data.distrusted.low, world.scenario.data.distrusted.high
    assert low - 0.04 < doubted / len(world.metrics.uses) < high + 0.02


def test_distrusted_metrics_are_checked_more_often(world_of: Built) -> None:
    world = world_of(weeks=52)
    uses: Counter[bool] = Counter()
    checks: Counter[bool] = Counter()
    for use in world.metrics.uses:
        doubted = world.metrics.metrics[use.metric].distrusted
        uses[doubted] += 1
        checks[doubted] += use.recheck_minutes > 0
    data = world.scenario.data
    assert checks[True] / uses[True] == pytest.approx(data.rechecked.middle, abs=0.04)
    assert checks[False] / uses[False] == pytest.approx(data.rechecked_trusted.middle, abs=0.02)
    assert data.rechecked.middle > 3 * data.rechecked_trusted.middle


def test_nobody_uses_a_number_while_away(world_of: Built) -> None:
    world = world_of(weeks=52)
    for use in world.metrics.uses:
        assert use.weekday in world.absences.working_days(use.pm, world.period.monday(use.week))


@pytest.mark.parametrize("scenario", ["planted", "planted-feedback", "planted-data", "planted-launch"])
def test_the_binding_stage_is_overloaded_grows_and_is_worth_most(world_of: Built, scenario: str) -> None:
    flow = world_of(scenario=scenario, weeks=52).flow
    assert flow.binding
    binding = next(stage for stage in flow.stages if stage.name == flow.binding)
    others = [stage for stage in flow.stages if stage.name != flow.binding]
    assert binding.utilisation > 1.0
    assert all(stage.utilisation < 0.95 for stage in others)
    assert binding.waiting_at_end > 3 * max(stage.waiting_at_end for stage in others)
    assert binding.relief_needs_a_week > 0.3
    assert binding.relief_needs_a_week > 3 * max(stage.relief_needs_a_week for stage in others)


def test_no_stage_of_the_healthy_organisation_binds(world_of: Built) -> None:
    flow = world_of(scenario="healthy", weeks=52).flow
    assert flow.binding == ""
    assert [stage.name for stage in flow.stages] == list(STAGES)
    assert all(stage.utilisation < 0.95 for stage in flow.stages)
    assert all(stage.relief_needs_a_week < 0.3 for stage in flow.stages)


def test_a_need_moves_forward_one_stage_at_a_time(world_of: Built) -> None:
    for need in world_of(weeks=52).flow.needs:
        assert list(need.left) == sorted(need.left)
        assert not need.left or need.left[0] > need.created
        assert len(need.left) <= len(STAGES)


def test_nobody_works_or_is_called_to_a_dispute_while_everybody_rests() -> None:
    scenario = replace(named("planted-data"), ends_on=date(2021, 1, 29))
    world = build(1, scenario, stage(400, 8), 8, tick=lambda _: None)
    rest = world.period.utc(date(2020, 12, 24).toordinal(), 0)
    back = world.period.utc(date(2021, 1, 4).toordinal(), 0)
    assert not [block for block in world.blocks if rest <= block.start < back]
    dropped = [
        o for o in world.occurrences if date(2020, 12, 24) <= date.fromordinal(o.planned) < date(2021, 1, 4)
    ]
    assert dropped
    assert {occurrence.fate for occurrence in dropped} == {"dropped"}
