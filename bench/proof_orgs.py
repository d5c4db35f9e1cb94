"""What is claimed of changes in simulated organisations, beside what they truly did in the calendars.

Run as `python bench/proof_orgs.py [SEEDS] [PEOPLE] [ROLLOUT]`. Each organisation is simulated twice, with its
rollout and without its effect; the difference of true overhead hours that stand in calendars is the truth.
The change is registered and sealed before it begins, as `prodops try start` does, and proved as `prodops
proof` does, from calendars and roster alone. Three rollouts of each scenario: `as-it-is` (all begin within
eight weeks, no labels), `planned` (five waves five weeks apart, so that somebody is left to compare with,
and PMs say what sampled blocks were for, before and after) and `held-back` (two waves fifteen weeks apart, a
third that waits, and labels). Rows are appended; a stopped run goes on.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from pathlib import Path
from typing import Any

# The other bench is found however this file is started.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.audited import records_of

from prodops.actions.time.draw_sample import propose as draw
from prodops.impact.order import seal
from prodops.impact.proof import Proof, prove
from prodops.impact.trials import seal_of
from prodops.ledger.decisions import Intervention
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation, Prose, Record, RecordId, person_id
from prodops.ledger.time import Label, LabelClosing, SampledBlock
from prodops.simulate.organisation import simulate
from prodops.simulate.scenarios import named

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "build" / "bench" / "proof_orgs.jsonl"
SEEDS, PEOPLE = 1, 400
SCENARIOS = (
    "displacement", "renamed-meetings", "fading-effect", "regression-to-the-mean", "seasonal-peak",
)  # fmt: skip
ROLLOUTS = ("as-it-is", "planned", "held-back")
WEEK_HOURS = 40.0
COLUMNS = (
    "scenario", "rollout", "organisations", "grades", "claims of an effect", "capacity claimed",
    "truth inside the interval", "bias, points", "gates failed: labels, same titles, displaced",
)  # fmt: skip

Cells = dict[tuple[str, int], float]
"""True overhead hours in calendars, by PM and week."""

Truth = dict[str, Any]


def simulated(
    scenario: str, rollout: str, seed: int, people: int, *, still: bool
) -> tuple[Any, Any, list[Record]]:
    """The truth, the true blocks and the records of an organisation; `still` takes the effect out."""
    settings = named(scenario)
    (plan,) = settings.interventions
    if rollout == "planned":
        plan = replace(plan, start=0.45, groups=5, every_weeks=5)
    if rollout == "held-back":
        plan = replace(plan, start=0.45, groups=3, every_weeks=15)
    if still:
        plan = replace(plan, level=0.0)
    with tempfile.TemporaryDirectory() as folder:
        out, apart = Path(folder, "exports"), Path(folder, "truth")
        simulate(out, apart, people=people, seed=seed, scenario=replace(settings, interventions=(plan,)))
        truth = json.loads((apart / "truth.json").read_text(encoding="utf-8"))
        with (apart / "blocks.csv").open(encoding="utf-8", newline="") as lines:
            blocks = list(csv.DictReader(lines))
        return truth, blocks, [] if still else list(records_of(out))


def shown_overhead(blocks: list[dict[str, str]]) -> Cells:
    """True overhead hours of each PM and week that stand in a calendar."""
    hours: Cells = defaultdict(float)
    for block in blocks:
        if block["leaf"][0] == "C" and block["medium"] != "dark":
            hours[block["pm"], int(block["week"])] += float(block["minutes"]) / 60
    return hours


def registered(truth: Truth, *, sealed: bool) -> Intervention:
    """The change as it was registered four weeks before its first start."""
    told = truth["order"][0]
    days = [told["starts"][group[0]]["day"] for group in told["groups"]]
    waves: list[dict[str, Any]] = [
        {"starts": day if day < truth["last_day"] else None, "names": [person_id(email) for email in group]}
        for day, group in zip(days, told["groups"], strict=True)
    ]
    first = min(map(date.fromisoformat, days))
    at = datetime.combine(first - timedelta(weeks=4), time(9), tzinfo=UTC)
    order: dict[str, object] = {
        "kind": "prodops rollout order",
        "version": 1,
        "level": "unit",
        "waves": waves,
    }
    if sealed:
        order |= {"seed": truth["seed"], "drawn_at": at.isoformat()}
        order["hash"] = seal(order)
    members = tuple(f"{name}={name}" for wave in waves for name in wave["names"] or ())
    change = Intervention(
        id=RecordId("intervention:trial:bench:1"), cite=Citation("declared", "bench"),
        name=Prose(told["name"]), because=("RIT01 bench",), target="overhead_share", expected=Prose("-5"),
        starts_on=first, reads_out_on=date.fromisoformat(truth["last_day"]), design="staggered", units="pm",
        members=members, order=json.dumps(order), own_hours=truth["effects"][0]["own_hours_a_week"],
        registered_at=at, declared_at=at, declared_by=person_id("bench"),
    )  # fmt: skip
    return replace(change, seal=seal_of(change))


def labels(records: list[Record], blocks: list[dict[str, str]], days: list[date]) -> Iterator[Record]:
    """A finished sample of the four weeks up to each day, answered with the truth."""
    for day in days:
        ledger = Ledger.of(records, today=datetime.combine(day, time(23), tzinfo=UTC))
        at = datetime.combine(day, time(23), tzinfo=UTC)
        drawn = draw(ledger, seed=f"bench-{day}", at=at, by="bench")
        yield from drawn
        asked = [one for one in drawn if isinstance(one, SampledBlock)]
        leaves = true_leaves(ledger, blocks, asked)
        for number, one in enumerate(asked):
            yield Label(
                id=RecordId(f"label:{day}:{number}"), cite=one.cite, block=one.id, leaf=leaves[one.id],
                labelled_at=at, labelled_by=one.person,
            )  # fmt: skip
        yield LabelClosing(
            id=RecordId(f"label_closing:{day}"), cite=drawn[0].cite, sample=drawn[0].id, closed_at=at,
            closed_by=person_id("bench"),
        )  # fmt: skip


def true_leaves(
    ledger: Ledger, blocks: list[dict[str, str]], asked: list[SampledBlock]
) -> dict[RecordId, str]:
    """What each sampled block was for; an entry without a true block gave no time."""
    true = {(one["uid"], one["start"][:16], one["pm"]): one["leaf"] for one in blocks}
    emails: dict[str, str] = dict(ledger.sql("select person, max(email) from person group by person"))
    ids: dict[str, object] = {"ids": [one.meeting for one in asked]}
    rows = ledger.sql("select id, uid, starts_at from meeting where id in (select unnest($ids))", ids)
    place = {str(meeting): (str(uid), at.isoformat()[:16]) for meeting, uid, at in rows}
    return {one.id: true.get((*place[one.meeting], emails[one.person]), "N") for one in asked}


def truth_at(truth: Truth, with_it: Cells, without: Cells, window: tuple[int, int | None]) -> float:
    """The true change of the overhead share in calendars, so many weeks after the start."""
    first, last = window
    found = []
    for pm, start in truth["order"][0]["starts"].items():
        weeks = range(start["week"] + first - 1, min(truth["weeks"], start["week"] + (last or 520)))
        found += [(with_it[pm, week] - without[pm, week]) / WEEK_HOURS for week in weeks]
    return sum(found) / len(found) if found else 0.0


def row_of(scenario: str, rollout: str, seed: int, people: int) -> dict[str, Any]:
    """One organisation: what was said beside what is true."""
    truth, blocks, records = simulated(scenario, rollout, seed, people, still=False)
    works = truth["effects"][0]["level"] > 0
    twin = simulated(scenario, rollout, seed, people, still=True)[1] if works else blocks
    change = registered(truth, sealed=truth["order"][0]["chosen"] == "at random")
    last = date.fromisoformat(truth["last_day"])
    if rollout != "as-it-is":
        records += list(labels(records, blocks, [change.starts_on - timedelta(days=3), last]))
    ledger = Ledger.of([*records, change], today=datetime.combine(last, time(23), tzinfo=UTC))
    proof = prove(ledger, change)
    return {
        "scenario": scenario, "rollout": rollout, "seed": seed, "people": people, "pms": proof.pms,
        **_said(proof), **_true(proof, truth, shown_overhead(blocks), shown_overhead(twin)),
    }  # fmt: skip


def _said(proof: Proof) -> dict[str, Any]:
    effect, worth = proof.effect, proof.capacity
    told = effect.overall if effect else None
    latest = effect.latest if effect else None
    return {
        "grade": proof.grade.letter if proof.grade else "", "claims": proof.claims_effect,
        "claim": proof.claim,
        "refused": proof.refused, "basis": effect.basis if effect else "",
        "overall": [told.value, told.low, told.high] if told else None,
        "latest": [latest.name, latest.effect.value, latest.effect.low, latest.effect.high]
        if latest and latest.effect else None,
        "capacity": [worth.value, worth.low, worth.high] if worth else None,
        "capacity_claimed": bool(
            proof.claims_effect and proof.grade and proof.grade.letter in "AB" and worth and worth.low > 0
        ),
        "others_hours": proof.others.hours.value if proof.others else None,
        "failed": [gate.name for gate in proof.gates if gate.status == "failed"],
    }  # fmt: skip


def _true(proof: Proof, truth: Truth, with_it: Cells, without: Cells) -> dict[str, Any]:
    """The truth of the whole and of the latest horizon, and the net hours a week in the last quarter."""
    latest = proof.effect.latest if proof.effect else None
    window = (latest.first_week, latest.last_week) if latest else (5, None)
    net = truth["effects"][0]["net_hours_by_week"][-13:]
    return {
        "true_overall": truth_at(truth, with_it, without, (5, None)),
        "true_latest": truth_at(truth, with_it, without, window),
        "true_net_hours": sum(net) / len(net),
    }


def told(rows: list[dict[str, Any]]) -> Iterator[str]:
    """A line for each scenario and rollout."""
    yield f"| {' | '.join(COLUMNS)} |"
    yield "|---" * len(COLUMNS) + "|"
    for scenario in SCENARIOS:
        for rollout in ROLLOUTS:
            part = [one for one in rows if (one["scenario"], one["rollout"]) == (scenario, rollout)]
            if part:
                yield _line(scenario, rollout, part)


def _line(scenario: str, rollout: str, part: list[dict[str, Any]]) -> str:
    known = [one for one in part if one["latest"]]
    held = sum(one["latest"][2] <= one["true_latest"] <= one["latest"][3] for one in known)
    bias = 100 * sum(one["latest"][1] - one["true_latest"] for one in known) / max(1, len(known))
    grades = "".join(f"{letter}{count} " for letter in "ABCD"
                     if (count := sum(one["grade"] == letter for one in part)))  # fmt: skip
    failed = [sum(name in one["failed"] for one in part) for name in ("labels", "same_titles", "displaced")]
    return (
        f"| {scenario} | {rollout} | {len(part)} | {grades.strip()} | {sum(one['claims'] for one in part)} | "
        f"{sum(one['capacity_claimed'] for one in part)} | {held} of {len(known)} | {bias:+.2f} | "
        f"{', '.join(map(str, failed))} |"
    )


def main() -> None:
    """Make what is missing, and tell."""
    words = sys.argv[1:]
    seeds, people = (*map(int, words[:2]), *(SEEDS, PEOPLE)[len(words[:2]) :])
    rollouts = tuple(words[2:]) or ROLLOUTS
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    rows = [json.loads(line) for line in RESULTS.read_text().splitlines()] if RESULTS.exists() else []
    known = {(one["scenario"], one["rollout"], one["seed"], one["people"]) for one in rows}
    for seed, scenario, rollout in product(range(1, seeds + 1), SCENARIOS, rollouts):
        if (scenario, rollout, seed, people) not in known:
            rows.append(row_of(scenario, rollout, seed, people))
            with RESULTS.open("a", encoding="utf-8") as file:
                file.write(json.dumps(rows[-1]) + "\n")
    print("\n".join(told(rows)))


if __name__ == "__main__":
    main()
