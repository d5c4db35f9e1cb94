"""The truth about an organisation, computed from its blocks; written where the analysis never reads."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING

from prodops.simulate.answers import effect_of, order_of, required_of
from prodops.simulate.catalogue import ONE_TO_ONE
from prodops.simulate.definitions import differs_here
from prodops.simulate.feedback import CHANNELS, SEGMENTS
from prodops.simulate.occurrences import HELD
from prodops.simulate.period import DAY_MINUTES, QUARTER_WEEKS, iso, iso_day
from prodops.simulate.purposes import LEAVES, NO_SINK, ROT, SINKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prodops.simulate.blocks import Block, Occurrence
    from prodops.simulate.feedback import Request
    from prodops.simulate.rituals import Ritual
    from prodops.simulate.world import World

NAMEABLE_SHARE = 0.01
"""A sink below this share of all PM hours is none."""

HORIZONS = (30, 90, 180)
"""Days by which decisions are counted."""


def truth_of(world: World) -> dict[str, object]:
    """The whole truth as one JSON object.

    Hours are PM hours a week: the mean over all simulated weeks of reclaimable time (minutes of a block
    times its avoidable share), each block in one sink at most.
    """
    return {
        "scenario": world.scenario.name,
        "family": world.scenario.family,
        "says": world.scenario.says,
        "seed": world.seed,
        "people": world.stage.people,
        "pms": len(world.roster.pms),
        "weeks": world.period.weeks,
        "first_day": iso_day(world.period.first_monday),
        "last_day": iso_day(world.period.last_day),
        **(sinks := _sinks(world)),
        "required": required_of(world, sinks["top_sink"]),
        "avoidable": dict(zip(SINKS, (round(share, 4) for share in world.aims.avoidable), strict=True)),
        "silent_pms": sorted(world.roster.people[pm].email for pm in world.silent),
        "binding_stage": world.flow.binding or None,
        "stages": [asdict(stage) for stage in world.flow.stages],
        "shares": shares_of(world.blocks),
        "meeting_hours": _meeting_hours(world),
        "rituals": list(_rituals(world)),
        "one_to_ones": sum(ritual.kind is ONE_TO_ONE for ritual in world.rituals),
        "minutes": list(_minutes(world)),
        "fates": list(_fates(world)),
        "reasked": _reasked(world),
        "data": _data(world),
        "effects": [effect_of(world, rollout) for rollout in world.rollouts.all],
        "order": [order_of(world, rollout) for rollout in world.rollouts.all],
        "parameters": json.loads(json.dumps(asdict(world.scenario), default=str)),
    }


def _sinks(world: World) -> dict[str, object]:
    """Hours of every sink, and the one that leads, if it is large enough to be named."""
    weeks = world.period.weeks
    by_week = hours_by_week(world)
    hours = {sink: round(sum(by_week[sink]) / weeks, 3) for sink in SINKS}
    last = {sink: by_week[sink][-QUARTER_WEEKS:] for sink in SINKS}
    pm_hours = sum(block.minutes for block in world.blocks) / 60 / weeks
    first, second, *_ = sorted(SINKS, key=lambda sink: -hours[sink])
    return {
        "top_sink": first if hours[first] >= NAMEABLE_SHARE * pm_hours else None,
        "hours": hours,
        "hours_last_quarter": {sink: round(sum(last[sink]) / len(last[sink]), 3) for sink in SINKS},
        "hours_by_week": {sink: [round(value, 3) for value in by_week[sink]] for sink in SINKS},
        "gap": round(hours[first] / hours[second], 3) if hours[second] else None,
        "pm_hours_a_week": round(pm_hours, 3),
    }


def _reasked(world: World) -> dict[str, object]:
    """How often customers ask again, and what an answer costs."""
    rates = world.feedback.rates
    return {
        "share_by_channel": {
            channel.name: round(rate, 4) for channel, rate in zip(CHANNELS, rates.reasked, strict=True)
        },
        "requests": sum(request.repeats >= 0 for request in world.feedback.requests),
        "answer_minutes": round(rates.answer_minutes, 2),
    }


def hours_by_week(world: World) -> dict[str, list[float]]:
    """Reclaimable PM hours of every sink in every week."""
    minutes = {sink: [0.0] * world.period.weeks for sink in SINKS}
    for block in world.blocks:
        if block.sink != NO_SINK:
            minutes[SINKS[block.sink]][block.week] += block.minutes * block.avoidable
    return {sink: [value / 60 for value in values] for sink, values in minutes.items()}


def shares_of(blocks: Iterable[Block]) -> dict[str, dict[str, float]]:
    """True shares of PM time by leaf and by group."""
    minutes: Counter[str] = Counter()
    for block in blocks:
        minutes[LEAVES[block.leaf]] += block.minutes
    total = sum(minutes.values()) or 1
    groups = dict.fromkeys("ABC", 0)
    for leaf, value in minutes.items():
        groups[leaf[0]] += value
    return {
        "leaves": {leaf: round(minutes[leaf] / total, 5) for leaf in LEAVES},
        "groups": {group: round(groups[group] / total, 5) for group in "ABC"},
    }


def blocks_csv(world: World) -> Iterator[str]:
    """Every block with its truth, as lines of a table."""
    yield "pm,week,start,minutes,leaf,output,sink,avoidable,medium,uid\n"
    emails = {pm: world.roster.people[pm].email for pm in world.roster.pms}
    for block in world.blocks:
        sink = SINKS[block.sink] if block.sink != NO_SINK else ""
        yield (
            f"{emails[block.pm]},{block.week},{iso(block.start)},{block.minutes},{LEAVES[block.leaf]},"
            f"{int(block.output)},{sink},{block.avoidable},{block.medium},{block.uid}\n"
        )


def _meeting_hours(world: World) -> dict[str, float]:
    """Hours a PM spends in meetings in a week of work, and how PMs differ."""
    met: Counter[int] = Counter()
    weeks: dict[int, set[int]] = defaultdict(set)
    for block in world.blocks:
        weeks[block.pm].add(block.week)
        if block.medium in {"ritual", "meeting"}:
            met[block.pm] += block.minutes
    hours = [met[pm] / 60 / len(weeks[pm]) for pm in world.roster.pms if weeks[pm]]
    mean = sum(hours) / len(hours)
    spread = (sum((value - mean) ** 2 for value in hours) / len(hours)) ** 0.5
    return {"mean": round(mean, 2), "sd": round(spread, 2)}


def _rituals(world: World) -> Iterator[dict[str, object]]:
    """The truth about each ritual; meetings of two are left out."""
    lived: dict[int, list[Occurrence]] = defaultdict(list)
    for occurrence in world.occurrences:
        lived[occurrence.ritual].append(occurrence)
    minutes: Counter[str] = Counter()
    reclaimable: defaultdict[str, float] = defaultdict(float)
    for block in world.blocks:
        if block.medium == "ritual":
            minutes[block.uid] += block.minutes
            if block.sink == ROT:
                reclaimable[block.uid] += block.minutes * block.avoidable
    weeks = world.period.weeks
    for ritual in world.rituals:
        if ritual.kind is not ONE_TO_ONE:
            yield {
                **_planned(world, ritual),
                **_lived(ritual, lived[ritual.index], weeks),
                "pm_hours_a_week": round(minutes[ritual.uid] / 60 / weeks, 3),
                "reclaimable_hours_a_week": round(reclaimable[ritual.uid] / 60 / weeks, 3),
            }


def _planned(world: World, ritual: Ritual) -> dict[str, object]:
    """What a ritual is."""
    return {
        "key": ritual.key,
        "title": ritual.title,
        "uid": ritual.uid,
        "purpose": ritual.kind.purpose,
        "leaf": LEAVES[ritual.kind.leaf],
        "health": "rotten" if ritual.rotten else "idle_for_pms" if ritual.idle_for_pms else "healthy",
        "onset_week": ritual.onset if ritual.rotten else None,
        "onset_day": iso_day(world.period.monday(ritual.onset)) if ritual.rotten else None,
        "keeps_minutes": ritual.noted > 0,
        "pms_invited": sum(guest.person in world.roster.pms for guest in ritual.invited),
        "people_invited": len(ritual.invited),
    }


def _lived(ritual: Ritual, occurrences: list[Occurrence], weeks: int) -> dict[str, object]:
    """What came of a ritual."""
    held = [occurrence for occurrence in occurrences if occurrence.fate in HELD]
    sick = [occurrence for occurrence in held if ritual.rotten and occurrence.week >= ritual.onset]
    sound = [occurrence for occurrence in held if not ritual.rotten or occurrence.week < ritual.onset]
    present = sum(len(occurrence.present) for occurrence in held)
    return {
        "occurrences": dict(Counter(occurrence.fate for occurrence in occurrences)),
        "noted": sum(occurrence.noted for occurrence in held),
        "outputs_per_occurrence": _mean([occurrence.outputs for occurrence in held]),
        "outputs_before_onset": _mean([occurrence.outputs for occurrence in sound]),
        "outputs_after_onset": _mean([occurrence.outputs for occurrence in sick]),
        "people_hours_a_week": round(present * ritual.kind.minutes / 60 / weeks, 3),
    }


def _mean(found: list[int]) -> float | None:
    """The mean, or None of nothing."""
    return round(sum(found) / len(found), 3) if found else None


def _minutes(world: World) -> Iterator[dict[str, object]]:
    """What each file of minutes says, for measuring how it is read."""
    for occurrence in world.occurrences:
        if occurrence.noted:
            ritual = world.rituals[occurrence.ritual]
            yield {
                "file": f"minutes/{ritual.key}/{iso_day(occurrence.day)}.md",
                "layout": ritual.layout,
                "held": occurrence.fate in HELD,
                "items": [
                    {
                        "decisions": item.written_decisions,
                        "actions": item.written_actions,
                        "carried": item.carried,
                    }
                    for item in occurrence.items
                ],
            }


def _fates(world: World) -> Iterator[dict[str, object]]:
    """What became of requests, by channel and kind of customer; known beyond the day of the export."""
    cells: dict[tuple[int, int], list[Request]] = defaultdict(list)
    for request in world.feedback.requests:
        if request.need >= 0:
            cells[request.channel, request.segment].append(request)
    for (channel, segment), requests in sorted(cells.items()):
        ages = [
            (request.decided - request.created) / DAY_MINUTES
            for request in requests
            if request.decided is not None
        ]
        yield {
            "channel": CHANNELS[channel].name,
            "segment": SEGMENTS[segment],
            "requests": len(requests),
            **Counter(request.handled for request in requests),
            "decided_by_days": {
                str(days): round(sum(age <= days for age in ages) / len(requests), 4) for days in HORIZONS
            },
        }


def _data(world: World) -> dict[str, object]:
    """What is true of metrics and sources."""
    metrics = world.metrics.metrics
    return {
        "metrics": len(metrics),
        "conflicting": sorted(metric.name for metric in metrics if metric.conflicting),
        "distrusted": sorted(metric.name for metric in metrics if metric.distrusted),
        "unused": sorted(metric.name for metric in metrics if metric.unused),
        "without_owner": sorted(metric.name for metric in metrics if metric.owner < 0),
        "without_target": sorted(
            metric.name
            for metric in metrics
            if not metric.target and (not metric.in_hub or differs_here(metric))
        ),
        "stale_sources": sorted(source.name for source in world.metrics.sources if source.stale),
        "uses": len(world.metrics.uses),
        "rechecks": sum(use.recheck_minutes > 0 for use in world.metrics.uses),
        "recheck_minutes": sum(use.recheck_minutes for use in world.metrics.uses),
    }
