"""Launches, tools and agents leave traces whose amount follows the hours that were planted."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from types import ModuleType

import pytest

from prodops.ledger.delivery import Issue
from prodops.ledger.governance import AgentOutput, AgentRun, OutputReview
from prodops.ledger.launches import Launch, LaunchChange
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import Record
from prodops.ledger.rituals import Meeting
from prodops.ledger.tooling import RoadmapEntry, Seat, Tool, ToolSpend
from prodops.simulate import agents, launches, side_traces, tools
from prodops.simulate.dice import Dice
from prodops.simulate.folder import Folder
from prodops.simulate.purposes import AI, LAUNCH, TOOLS
from prodops.simulate.world import World
from prodops.simulate.writers import agents as agents_writer
from prodops.simulate.writers import calendars, jira
from prodops.simulate.writers import launches as launches_writer
from prodops.simulate.writers import tools as tools_writer
from simulate import native
from simulate.conftest import Built

CALM = "healthy"
PLANTED = {LAUNCH: "planted-launch", TOOLS: "planted-tools", AI: "planted-ai"}


def world(world_of: Built, scenario: str) -> World:
    return world_of(scenario=scenario, people=400, weeks=16, seed=3)


def files(of: World, writer: ModuleType, place: Path) -> list[SourceFile]:
    writer.write(of, Folder(place))
    return [
        native.source(path.relative_to(place).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(place.rglob("*.*"))
    ]


def minutes(of: World, sink: int) -> int:
    return sum(block.minutes for block in of.blocks if block.sink == sink)


@pytest.mark.parametrize("scenario", [CALM, *PLANTED.values()])
@pytest.mark.parametrize(
    ("writer", "expected"),
    [
        (launches_writer, {"launch_plan"}),
        (tools_writer, {"tool_list", "roadmap_sheet"}),
        (agents_writer, {"ai_reviews", "otlp"}),
    ],
)
def test_every_file_is_recognised_and_read_without_a_problem(
    world_of: Built, tmp_path: Path, scenario: str, writer: ModuleType, expected: set[str]
) -> None:
    found = files(world(world_of, scenario), writer, tmp_path)
    assert {native.read(file)[0] for file in found} == expected
    assert not native.problems(found)


@pytest.mark.parametrize("sink", PLANTED)
def test_a_planted_sink_is_strong_and_a_calm_one_is_weak(world_of: Built, sink: int) -> None:
    calm, planted = world(world_of, CALM), world(world_of, PLANTED[sink])
    assert side_traces.strength(calm, sink) < 0.25
    assert side_traces.strength(planted, sink) > 0.5


@pytest.mark.parametrize("sink", PLANTED)
def test_pieces_fill_the_blocks_of_their_sink(world_of: Built, sink: int) -> None:
    of = world(world_of, PLANTED[sink])
    pieces = side_traces.pieces_of(of, sink, Dice(1, "test"))
    assert sum(piece.minutes for piece in pieces) == pytest.approx(minutes(of, sink))
    typical = minutes(of, sink) / len(pieces)
    assert typical == pytest.approx(of.sides[sink].minutes, rel=0.15)
    assert all(p.block.start <= p.moment < p.block.start + p.block.minutes for p in pieces)


def test_working_days_are_no_weekends() -> None:
    friday = date(2026, 10, 30).toordinal()
    assert [side_traces.working_day(friday + n) - friday for n in range(4)] == [0, 3, 3, 3]


def plan(of: World, place: Path) -> tuple[list[Launch], list[LaunchChange]]:
    found = native.records(files(of, launches_writer, place))
    return [r for r in found if isinstance(r, Launch)], [r for r in found if isinstance(r, LaunchChange)]


def test_the_plan_tells_what_was_known_and_no_more(world_of: Built, tmp_path: Path) -> None:
    of = world(world_of, "planted-launch")
    known, changes = plan(of, tmp_path)
    until = date.fromordinal(of.period.last_day)
    statuses = of.texts.ventures.launches.statuses
    keys = {launch.key for launch in known}
    assert len(known) > 20
    for launch in known:
        assert set(launch.depends_on) <= keys - {launch.key}
        assert (launch.launched_on is not None) == (launch.status == statuses[launches.LAUNCHED])
        assert launch.launched_on is None or launch.launched_on <= until
        assert launch.first_planned_on is not None
        assert launch.planned_on is not None
        assert launch.first_planned_on <= launch.planned_on
    assert {change.kind for change in changes} == {"gate", "moved", "chased", "dependency", "status"}
    assert max(change.on for change in changes) <= until
    assert {change.launch for change in changes} <= {launch.id for launch in known}


def test_a_date_in_the_plan_is_where_its_history_left_it(world_of: Built, tmp_path: Path) -> None:
    known, changes = plan(world(world_of, "planted-launch"), tmp_path)
    moved: dict[str, list[LaunchChange]] = defaultdict(list)
    for change in changes:
        if change.kind == "moved":
            moved[change.launch].append(change)
    assert sum(map(len, moved.values())) > 10
    for launch in known:
        way = moved[launch.id]
        dates = [str(launch.first_planned_on), *(change.after for change in way)]
        assert [change.before for change in way] == dates[:-1]
        assert dates[-1] == str(launch.planned_on)


def test_friction_makes_launches_slip_wait_and_be_chased(world_of: Built, tmp_path: Path) -> None:
    counted: list[tuple[float, float, float, float]] = []
    for scenario in (CALM, "planted-launch"):
        of = world(world_of, scenario)
        all_of_them = launches.launches_of(of)
        _, changes = plan(of, tmp_path / scenario)
        kinds = Counter(change.kind for change in changes)
        waits = [gate.passed - gate.asked for launch in all_of_them for gate in launch.gates]
        slips = sum(len(launch.moves) for launch in all_of_them) / len(all_of_them)
        late = sum(bool(launch.late) for launch in all_of_them) / len(all_of_them)
        counted.append((slips, late, sum(waits) / len(waits), kinds["chased"]))
    assert all(planted > 1.8 * calm for calm, planted in zip(*counted, strict=True))


def test_reminders_are_as_many_as_the_planted_hours_hold(world_of: Built, tmp_path: Path) -> None:
    of = world(world_of, "planted-launch")
    _, changes = plan(of, tmp_path)
    chased = sum(change.kind == "chased" for change in changes)
    told = launches.WRITTEN_DOWN * minutes(of, LAUNCH) / of.sides[LAUNCH].minutes
    assert chased == pytest.approx(told, rel=0.2)


def test_calendar_entries_of_launch_friction_name_their_launch(world_of: Built) -> None:
    of = world(world_of, "planted-launch")
    titles = launches.titles_of(of)
    assert len(titles) > 20
    found = native.records(
        native.source(name, text) for name, text in calendars.export(of, "ics") if "shared" not in name
    )
    shown = {m.uid: str(m.title) for m in found if isinstance(m, Meeting) and m.uid in titles}
    assert shown == titles
    names = [launch.name for launch in launches.launches_of(of)]
    assert all(any(name in title for name in names) for title in titles.values())


def test_versions_in_the_tracker_are_launches_of_the_plan(world_of: Built, tmp_path: Path) -> None:
    of = world(world_of, "planted-launch")
    known = {launch.name: launch for launch in plan(of, tmp_path)[0]}
    issues = json.loads("".join(jira.export(of)))["issues"]
    versions = [version for issue in issues for version in issue["fields"]["fixVersions"]]
    assert len(versions) > 10
    for version in versions:
        launch = known[version["name"]]
        assert version["releaseDate"] == str(launch.planned_on)
        assert version["released"] == (launch.launched_on is not None)


def sheet(of: World, place: Path) -> list[Record]:
    return native.records(files(of, tools_writer, place))


def test_double_entries_are_as_many_as_the_planted_hours_hold(world_of: Built, tmp_path: Path) -> None:
    of = world(world_of, "planted-tools")
    entries = [record for record in sheet(of, tmp_path) if isinstance(record, RoadmapEntry)]
    issues = [
        r for r in native.records([native.source("jira.json", jira.export(of))]) if isinstance(r, Issue)
    ]
    first: dict[str, datetime] = {}
    for issue in sorted(issues, key=lambda issue: issue.created_at):
        first.setdefault(str(issue.title), issue.created_at)
    double = [entry for entry in entries if str(entry.item) in first]
    assert len(double) == pytest.approx(minutes(of, TOOLS) / of.sides[TOOLS].minutes, rel=0.15)
    assert all(entry.entered_at >= first[str(entry.item)] for entry in double)
    assert 0 < len(entries) - len(double) == tools.OWN_IDEAS_A_TEAM * len(of.roster.teams)


def test_overlap_leaves_seats_unused_and_brings_more_tools(world_of: Built, tmp_path: Path) -> None:
    shares, counts = [], []
    for scenario in (CALM, "planted-tools"):
        found = sheet(world(world_of, scenario), tmp_path / scenario)
        listed = [record for record in found if isinstance(record, Tool)]
        paid = sum(tool.seats_paid or 0 for tool in listed)
        shares.append(sum(tool.seats_used or 0 for tool in listed) / paid)
        counts.append(len(listed))
        assert all((tool.seats_used or 0) <= (tool.seats_paid or 0) for tool in listed)
    assert shares[0] > 0.8 > shares[1]
    assert counts[0] < counts[1]


def test_seats_and_payments_tell_the_same_story_as_the_list(world_of: Built, tmp_path: Path) -> None:
    of = world(world_of, "planted-tools")
    found = sheet(of, tmp_path)
    names = {record.name for record in found if isinstance(record, Tool)}
    seats = [record for record in found if isinstance(record, Seat)]
    spend = [record for record in found if isinstance(record, ToolSpend)]
    assert {seat.tool for seat in seats} == {one.tool for one in spend} == names
    assert len(spend) == tools_writer.MONTHS * len(names)
    until = date.fromordinal(of.period.last_day)
    assert all(seat.last_used_on is None or seat.last_used_on <= until for seat in seats)
    idle = [s for s in seats if s.last_used_on is None or (until - s.last_used_on).days > tools.RECENT_DAYS]
    assert 0.1 < len(idle) / len(seats) < 0.6


def desk(of: World, place: Path) -> list[Record]:
    return native.records(files(of, agents_writer, place))


def test_rework_in_the_reviews_is_the_planted_time_as_far_as_it_was_written_down(
    world_of: Built, tmp_path: Path
) -> None:
    of = world(world_of, "planted-ai")
    reviews = [record for record in desk(of, tmp_path) if isinstance(record, OutputReview)]
    calm, wild = agents.LOGGED
    logged = calm + (wild - calm) * side_traces.strength(of, AI)
    told = sum(review.rework_minutes or 0 for review in reviews)
    assert told == pytest.approx(logged * minutes(of, AI), rel=0.1)
    mended = [review for review in reviews if review.rework_minutes]
    assert {review.verdict for review in mended} == {"corrected", "rejected"}
    assert all(review.defects_count for review in mended)


def test_disorder_leaves_outputs_unread_and_runs_that_fail_or_loop(world_of: Built, tmp_path: Path) -> None:
    unread, failing, looping = [], [], []
    for scenario in (CALM, "planted-ai"):
        found = desk(world(world_of, scenario), tmp_path / scenario)
        outputs = [record for record in found if isinstance(record, AgentOutput)]
        reviewed = {record.output for record in found if isinstance(record, OutputReview)}
        runs = [record for record in found if isinstance(record, AgentRun)]
        roots = [run for run in runs if run.kind == "agent"]
        calls = Counter(run.trace for run in runs if run.kind == "tool")
        assert {run.trace for run in roots} <= {output.run for output in outputs}
        assert all(run.parent for run in runs if run.kind != "agent")
        unread.append(1 - len(reviewed) / len(outputs))
        failing.append(sum(run.failed for run in roots) / len(roots))
        looping.append(sum(count >= agents_writer.LOOP for count in calls.values()) / len(roots))
    assert all(planted > 1.5 * calm for calm, planted in (unread, failing, looping))


def weeks_of(found: list[Record]) -> Iterator[datetime]:
    return (record.started_at for record in found if isinstance(record, AgentRun))


def test_traces_are_kept_for_a_few_weeks_only(world_of: Built, tmp_path: Path) -> None:
    of = world(world_of, "planted-ai")
    moments = list(weeks_of(desk(of, tmp_path)))
    assert (max(moments) - min(moments)).days < 7 * agents_writer.KEPT_WEEKS
    assert max(moments).timestamp() <= of.period.exported_at * 60


def test_agents_drift_where_nobody_governs_them(world_of: Built) -> None:
    assert agents.drift_day(world(world_of, CALM)) is None
    of = world(world_of, "planted-ai")
    day = agents.drift_day(of)
    assert day is not None
    turn = of.period.utc(day, 0)
    mended = [output for output in agents.outputs_of(of) if output.rework]
    before = [output.defects for output in mended if output.reviewed < turn]
    after = [output.defects for output in mended if output.reviewed >= turn]
    assert sum(after) / len(after) > 1.3 * sum(before) / len(before)
    assert {output.model for output in mended if output.written < turn} == {agents.MODELS[0]}
    assert {output.model for output in mended if output.written >= turn} == {agents.MODELS[1]}
