"""Interviews of PMs, on the product's own form: interviews/<pm>.yaml. What is said is not what is true."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from prodops.simulate.dice import Dice
from prodops.simulate.occurrences import unwritten
from prodops.simulate.period import iso_day
from prodops.simulate.purposes import LEAVES, SINKS

if TYPE_CHECKING:
    from prodops.simulate.folder import Folder
    from prodops.simulate.world import World

RECENT_WEEKS = 4
"""What people have in mind when they are asked."""

OVERSTATED = {"A": 1.30, "B": 1.0, "C": 0.85}
"""Strategy is over-reported and administration blurred, whatever the truth."""

WISHED = {"A": 1.9, "B": 1.0, "C": 0.45}


def write(world: World, folder: Folder) -> None:
    """Write the forms of those who were asked."""
    dice = Dice(world.seed, "interviews")
    minutes: dict[int, Counter[int]] = {pm: Counter() for pm in world.roster.pms}
    lost: dict[int, Counter[int]] = defaultdict(Counter)
    for block in world.blocks:
        if block.week >= world.period.weeks - RECENT_WEEKS:
            minutes[block.pm][block.leaf] += block.minutes
            if block.avoidable:
                lost[block.pm][block.sink] += block.minutes
    for pm in world.roster.pms:
        if minutes[pm] and dice.chance(world.scenario.interviews.asked.middle):
            person = world.roster.people[pm]
            asked_on = iso_day(world.period.last_day - dice.whole(1, 10))
            lines = [
                "prodops_interview: 1\n",
                f"person: {person.email}\n",
                f"asked_on: {asked_on}\n",
                "time:\n",
            ]
            blur = world.scenario.interviews.blur.middle
            stated = _percent(minutes[pm], OVERSTATED, dice, blur)
            ideal = _percent(minutes[pm], WISHED, dice, blur)
            for leaf, name in enumerate(LEAVES):
                lines.append(f"  {name}: {{stated: {stated[leaf]}, ideal: {ideal[leaf]}}}\n")
            lines.append("answers:\n")
            for topic, says in _answers(world, pm, lost[pm], dice):
                lines.append(f"  - topic: {topic}\n    says: {json.dumps(says, ensure_ascii=False)}\n")
            folder.write(f"interviews/{person.email}.yaml", "".join(lines))


def _percent(minutes: Counter[int], factors: dict[str, float], dice: Dice, blur: float) -> list[int]:
    """Whole percentages that add up to 100, as somebody would write them down."""
    felt = [minutes[leaf] * factors[name[0]] * dice.around(1.0, blur) for leaf, name in enumerate(LEAVES)]
    exact = [100 * value / sum(felt) for value in felt]
    whole = [int(value) for value in exact]
    by_rest = sorted(range(len(exact)), key=lambda leaf: (whole[leaf] - exact[leaf], leaf))
    for leaf in by_rest[: 100 - sum(whole)]:
        whole[leaf] += 1
    return whole


def _answers(world: World, pm: int, lost: Counter[int], dice: Dice) -> list[tuple[str, str]]:
    """What a PM says to the questions of the form; some are left out."""
    works = world.texts.work
    own = [r for r in world.rituals if not unwritten(r) and any(g.person == pm for g in r.invited)]
    rotten = [ritual for ritual in own if ritual.rotten or ritual.idle_for_pms]
    sound = [ritual for ritual in own if ritual not in rotten]
    says = world.scenario.interviews
    candid = says.candid.middle
    wasted = dice.pick(works.said[SINKS.index(says.loud_sink)] if says.loud_sink else works.loud)
    if lost and not dice.chance(says.loud.middle):
        wasted = dice.pick(works.said[lost.most_common(1)[0][0]])
    stop = dice.pick(rotten if rotten and dice.chance(candid) else own).title
    keep = dice.pick(sound if sound and dice.chance(candid) else own).title
    answers = [
        ("last wasted hour", wasted),
        ("ritual to stop", dice.pick(works.stop).format(ritual=stop)),
        ("ritual to keep", dice.pick(works.keep).format(ritual=keep)),
        ("number not trusted", _doubt(world, pm, dice)),
    ]
    heard = dice.chance(_decided_share(world))
    answers.append(("last customer signal", dice.pick(works.signals[heard])))
    answers.append(("waiting", dice.pick(works.waits)))
    if lost[SINKS.index("ungoverned_ai")]:
        answers.append(("ai output", dice.pick(works.said[SINKS.index("ungoverned_ai")])))
    answers.append(("freed hours", dice.pick(works.wishes)))
    return answers


def _doubt(world: World, pm: int, dice: Dice) -> str:
    """Which number a PM checked last, if any."""
    since = world.period.weeks - RECENT_WEEKS
    checked = [
        use.metric for use in world.metrics.uses if use.pm == pm and use.week >= since and use.recheck_minutes
    ]
    if not checked or not dice.chance(world.scenario.interviews.candid.middle):
        return dice.pick(world.texts.work.trusts)
    metric = world.metrics.metrics[dice.pick(checked)].name.replace("_", " ")
    return dice.pick(world.texts.work.doubts).format(metric=metric)


def _decided_share(world: World) -> float:
    """Share of requests that were decided in the end."""
    asked = [request for request in world.feedback.requests if request.need >= 0]
    return sum(request.handled == "decided" for request in asked) / len(asked) if asked else 0.0
