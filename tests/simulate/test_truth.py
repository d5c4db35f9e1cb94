"""What is said to be true follows from the blocks, and what is planted is what is found in them."""

from __future__ import annotations

import csv
import statistics
from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any

import pytest

from prodops.simulate.occurrences import HELD, excess, no_output, unwritten
from prodops.simulate.period import day_of
from prodops.simulate.purposes import LEAVES, NO_SINK, ROT, SINKS
from prodops.simulate.truth import truth_of
from simulate.conftest import Built, Exports

FORCED = {
    "planted-rot": "ritual_rot",
    "planted-feedback": "feedback_black_hole",
    "planted-data": "data_debt",
    "planted-launch": "launch_friction",
    "planted-tools": "tool_overlap",
    "planted-ai": "ungoverned_ai",
}


def truth(
    world_of: Built, scenario: str, seed: int = 1, weeks: int = 26, people: int = 400
) -> dict[str, Any]:
    return truth_of(world_of(scenario=scenario, weeks=weeks, seed=seed, people=people))


@pytest.mark.parametrize("scenario", sorted(FORCED))
@pytest.mark.parametrize("seed", [2, 3])
def test_the_planted_sink_leads_clearly_whatever_the_seed(world_of: Built, scenario: str, seed: int) -> None:
    found = truth(world_of, scenario, seed, people=120)
    assert found["top_sink"] == FORCED[scenario]
    assert found["required"]["named"] == [FORCED[scenario], None]
    assert found["gap"] >= 1.3
    assert found["hours"][FORCED[scenario]] >= 0.02 * found["pm_hours_a_week"]
    recent = found["hours_last_quarter"]
    assert max(recent, key=recent.__getitem__) == FORCED[scenario]


def test_the_organisation_of_the_readme_has_ritual_rot_that_binds(world_of: Built) -> None:
    found = truth(world_of, "planted", seed=1, weeks=52)
    assert found["top_sink"] == "ritual_rot"
    assert found["binding_stage"] == "decision"
    assert found["gap"] > 2.0


def test_hours_of_sinks_follow_from_the_blocks_of_the_table(exports: Exports) -> None:
    hours: defaultdict[str, float] = defaultdict(float)
    with (exports.apart / "blocks.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            if row["sink"]:
                hours[row["sink"]] += int(row["minutes"]) * float(row["avoidable"]) / 60
    for sink in SINKS:
        assert exports.truth["hours"][sink] == pytest.approx(hours[sink] / 16, abs=0.001)


def test_weekly_hours_add_up_to_the_mean(exports: Exports) -> None:
    for sink in SINKS:
        weekly = exports.truth["hours_by_week"][sink]
        assert len(weekly) == 16
        assert sum(weekly) / 16 == pytest.approx(exports.truth["hours"][sink], abs=0.01)


def test_shares_add_up_and_groups_are_sums_of_leaves(exports: Exports) -> None:
    leaves, groups = exports.truth["shares"]["leaves"], exports.truth["shares"]["groups"]
    assert sum(leaves.values()) == pytest.approx(1.0, abs=0.001)
    for group in "ABC":
        own = sum(share for leaf, share in leaves.items() if leaf.startswith(group))
        assert groups[group] == pytest.approx(own, abs=0.001)


def test_a_dead_occurrence_is_status_that_could_have_been_read(world_of: Built) -> None:
    world = world_of()
    rot = [block for block in world.blocks if block.sink == ROT]
    assert {LEAVES[block.leaf] for block in rot} == {"C1"}
    assert not any(block.output for block in rot if block.medium == "ritual")
    rotten = {ritual.uid: ritual for ritual in world.rituals if ritual.rotten}
    meetings = [block for block in rot if block.medium == "ritual"]
    assert {block.uid for block in meetings} <= set(rotten)
    assert len(meetings) > 50
    assert all(block.week >= rotten[block.uid].onset for block in meetings)
    assert {round(block.avoidable, 2) <= round(world.aims.avoidable[ROT], 2) for block in rot} == {True}


def test_an_hour_belongs_to_one_sink_and_no_pm_does_two_things_at_once(world_of: Built) -> None:
    world = world_of()
    by_pm: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for block in world.blocks:
        assert (block.sink == NO_SINK) == (block.avoidable == 0.0)
        assert 0.0 <= block.avoidable <= 1.0
        assert block.minutes > 0
        assert 0 <= block.leaf < len(LEAVES)
        by_pm[block.pm].append((block.start, block.start + block.minutes))
    late = 0
    for times in by_pm.values():
        times.sort()
        late += sum(first[1] > second[0] for first, second in pairwise(times))
    # Evening work of a full day may pile up at one hour; nothing else overlaps.
    assert late < 0.01 * len(world.blocks)


def test_nobody_works_while_away_and_a_full_week_has_the_hours_of_the_person(world_of: Built) -> None:
    world = world_of()
    hours: defaultdict[tuple[int, int], float] = defaultdict(float)
    for block in world.blocks:
        working = world.absences.working_days(block.pm, world.period.monday(block.week))
        assert day_of(block.start) - world.period.monday(block.week) in working
        hours[block.pm, block.week] += block.minutes / 60
    spreads = []
    for pm in world.roster.pms:
        full = [
            spent
            for (person, week), spent in hours.items()
            if person == pm and len(world.absences.working_days(pm, world.period.monday(week))) == 5
        ]
        assert 34 < statistics.fmean(full) < 52
        spreads.append(statistics.stdev(full))
    assert statistics.fmean(spreads) < 2.0


def test_magnitudes_are_believable(world_of: Built) -> None:
    found = truth(world_of, "planted", weeks=52)
    shares = found["shares"]["groups"]
    assert 0.25 <= shares["C"] <= 0.48
    assert 0.22 <= shares["A"] <= 0.33
    assert 13 <= found["meeting_hours"]["mean"] <= 23
    assert 1 <= found["meeting_hours"]["sd"] <= 5
    assert 40 <= len(found["rituals"]) <= 70
    assert 34 <= found["pm_hours_a_week"] / found["pms"] <= 44
    kept = [ritual for ritual in found["rituals"] if "stand-up" not in ritual["key"]]
    held = sum(sum(ritual["occurrences"].get(fate, 0) for fate in HELD) for ritual in kept)
    assert 0.25 <= sum(ritual["noted"] for ritual in kept) / held <= 0.80
    assert found["data"]["metrics"] == 300


def test_the_healthy_organisation_has_less_overhead_and_no_rot(world_of: Built) -> None:
    sick, sound = truth(world_of, "planted"), truth(world_of, "healthy")
    assert sick["shares"]["groups"]["C"] > sound["shares"]["groups"]["C"] + 0.03
    assert all(ritual["health"] == "healthy" for ritual in sound["rituals"])
    assert sound["hours"]["ritual_rot"] == 0.0


def test_rotten_rituals_gave_outputs_before_the_onset_and_nearly_none_after(world_of: Built) -> None:
    found = truth(world_of, "planted", weeks=52)
    rotten = [ritual for ritual in found["rituals"] if ritual["health"] == "rotten"]
    assert rotten
    assert len(rotten) < len(found["rituals"]) / 2, "enough is left that works as it should"
    assert {ritual["purpose"] for ritual in rotten} == {"decide", "align"}
    for ritual in rotten:
        assert 0 <= ritual["reclaimable_hours_a_week"] < ritual["pm_hours_a_week"]
    before = [
        ritual["outputs_before_onset"] for ritual in rotten if ritual["outputs_before_onset"] is not None
    ]
    after = [ritual["outputs_after_onset"] for ritual in rotten]
    assert statistics.fmean(after) < 0.4
    assert statistics.fmean(before) > 1.0
    total = sum(ritual["reclaimable_hours_a_week"] for ritual in rotten)
    assert total < found["hours"]["ritual_rot"], "preparation comes on top of the meetings"


def test_only_the_excess_over_the_healthy_rate_can_be_reclaimed(world_of: Built) -> None:
    world = world_of()
    ritual = next(ritual for ritual in world.rituals if ritual.rotten)
    assert excess(ritual, 1.0) == 0.0
    now, then = no_output(ritual, 0.0), no_output(ritual, 1.0)
    assert excess(ritual, 0.0) == pytest.approx(ritual.returned * (now - then) / now)
    sound = next(ritual for ritual in world.rituals if not ritual.rotten)
    assert excess(sound, 0.0) == 0.0


def test_ritual_time_in_the_blocks_is_the_attendance_of_the_occurrences(world_of: Built) -> None:
    world = world_of()
    spent: Counter[str] = Counter()
    for block in world.blocks:
        if block.medium == "ritual":
            spent[block.uid] += block.minutes
    for ritual in world.rituals:
        attended = sum(
            ritual.kind.minutes
            for occurrence in world.occurrences
            if occurrence.ritual == ritual.index
            for person in occurrence.present
            if person in world.roster.pms
        )
        assert spent[ritual.uid] == attended


def test_a_decoy_learns_without_deciding_and_is_still_healthy(world_of: Built) -> None:
    found = truth(world_of, "planted", weeks=52)
    decoy = next(ritual for ritual in found["rituals"] if ritual["key"] == "discovery-share-out")
    assert decoy["purpose"] == "learn"
    assert decoy["health"] == "healthy"
    assert decoy["outputs_per_occurrence"] < 1.2


def test_nobody_keeps_minutes_of_stand_ups(world_of: Built) -> None:
    world = world_of()
    silent = {ritual.index for ritual in world.rituals if unwritten(ritual)}
    assert silent
    assert not any(occurrence.noted for occurrence in world.occurrences if occurrence.ritual in silent)


def test_the_truth_names_everything_the_next_issue_asks_for(exports: Exports) -> None:
    assert {
        *("scenario", "seed", "parameters", "top_sink", "binding_stage", "hours", "gap", "rituals"),
        *("fates", "effects", "order", "shares", "family", "required", "avoidable", "hours_last_quarter"),
    } <= set(exports.truth)
