"""The same organisation through other native formats: read without a problem, and with the same facts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from prodops.diagnosis.constraint import Diagnosis, diagnose
from prodops.diagnosis.queue import binding_stage
from prodops.ledger.delivery import Issue, IssueChange
from prodops.ledger.feedback import Feedback
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import Record
from prodops.ledger.rituals import Invitee, Meeting, Note, Outcome, Series
from prodops.simulate.feedback import SUPPORT
from prodops.simulate.folder import README, Folder
from prodops.simulate.organisation import simulate
from prodops.simulate.purposes import STAGES
from prodops.simulate.scenarios import named
from prodops.simulate.stack import CALENDARS, DESKS, TRACKERS, Stack, stack_of
from prodops.simulate.stage import stage
from prodops.simulate.tracker import works_of
from prodops.simulate.world import World, build
from prodops.simulate.writers import (
    calendars,
    feedback_table,
    github,
    intercom,
    jira,
    linear,
    roster,
    zendesk,
)
from simulate import native
from simulate.conftest import Built


def _linear(world: World) -> Iterator[SourceFile]:
    yield native.source("tracker/linear.json", linear.export(world))


def _jira(world: World) -> Iterator[SourceFile]:
    yield native.source("tracker/jira.json", jira.export(world))


def _github(world: World) -> Iterator[SourceFile]:
    for name, text in github.export(world):
        yield native.source(f"tracker/{name}", text)


TRACKED: dict[str, Callable[[World], Iterator[SourceFile]]] = {
    "jira": _jira,
    "linear": _linear,
    "github": _github,
}


@pytest.fixture(scope="module")
def small(world_of: Built) -> World:
    """An organisation that is written in every format."""
    return world_of(people=120, weeks=12, seed=77)


def calendar_files(world: World, kind: str) -> list[SourceFile]:
    return [native.source(f"calendars/{name}", text) for name, text in calendars.export(world, kind)]


@pytest.mark.parametrize("tracker", TRACKED)
def test_every_tracker_is_read_without_a_problem(small: World, tracker: str) -> None:
    files = list(TRACKED[tracker](small))
    assert {native.read(file)[0] for file in files} == {tracker}
    assert not native.problems(files)
    issues = [record for record in native.records(files) if isinstance(record, Issue)]
    assert len(issues) == len(small.flow.needs) == len({issue.id for issue in issues})
    works = {work.title: 0 for work in works_of(small)} | Counter(work.title for work in works_of(small))
    assert Counter(str(issue.title) for issue in issues) == works
    ended = {issue.created_at: issue.resolved_at for issue in issues if issue.resolved_at}
    assert len([1 for work in works_of(small) if work.ended is not None]) >= len(ended) > 10


@pytest.mark.parametrize("tracker", ["linear", "github"])
def test_the_way_through_the_stages_survives_in_every_tracker(small: World, tracker: str) -> None:
    ways = []
    for name in ("jira", tracker):
        found = native.records(TRACKED[name](small))
        title = {
            issue.id: (str(issue.title), issue.created_at) for issue in found if isinstance(issue, Issue)
        }
        moves = [
            (*title[change.issue], change.at, change.before, change.after)
            for change in found
            if isinstance(change, IssueChange) and change.field == "status"
        ]
        groups = Counter(issue.status_group for issue in found if isinstance(issue, Issue))
        ways.append((sorted(moves), groups["done"], groups["cancelled"]))
    assert ways[0] == ways[1]
    assert len(ways[0][0]) > 100
    assert ways[0][1] > 0
    assert ways[0][2] > 0


@pytest.mark.parametrize("family", ["development", "test"])
def test_the_binding_stage_is_read_alike_from_every_tracker_and_in_other_words(family: str) -> None:
    scenario = replace(named("planted-feedback"), texts=family)
    world = build(1, scenario, stage(400, 40), 40, tick=lambda _: None)
    assert world.flow.binding
    for read in TRACKED.values():
        queue = binding_stage(native.ledger(native.records(read(world)), world))
        assert queue.binding == world.flow.binding
        assert [flow.name for flow in queue.stages] == list(STAGES)


def meetings(found: Iterable[Record], world: World) -> set[tuple[object, ...]]:
    """What calendars say about each occurrence up to the export; Graph has one word for all that is free."""
    return {
        (m.uid, m.starts_at, m.ends_at, str(m.title), m.status if m.busy else "free", m.all_day, m.private)
        for m in found
        if isinstance(m, Meeting) and m.starts_at.timestamp() <= world.period.exported_at * 60
    }


def answers(found: Iterable[Record], world: World) -> dict[tuple[object, ...], set[tuple[str, str]]]:
    """Who answered what to each occurrence; the answer in one's own copy counts most."""
    lists: dict[str, dict[str, str]] = {}
    for one in sorted((r for r in found if isinstance(r, Invitee)), key=lambda one: one.own_copy):
        lists.setdefault(one.invite, {})[one.person] = one.response
    return {
        (m.uid, m.starts_at): set(lists.get(m.invite, {}).items())
        for m in found
        if isinstance(m, Meeting) and m.starts_at.timestamp() <= world.period.exported_at * 60
    }


def test_a_mailbox_holds_what_a_calendar_file_holds(small: World) -> None:
    ics, graph = (native.records(calendar_files(small, kind)) for kind in ("ics", "graph"))
    assert meetings(ics, small) == meetings(graph, small)
    assert len(meetings(ics, small)) > 1000
    assert answers(ics, small) == answers(graph, small)
    series = [{one.uid for one in found if isinstance(one, Series)} for found in (ics, graph)]
    assert series[0] == series[1]


def test_mailboxes_are_read_without_a_problem(small: World) -> None:
    files = calendar_files(small, "graph")
    assert {native.read(file)[0] for file in files} == {"graph"}
    assert not [says for says in native.problems(files) if "series without end" not in says]


def hours_of(found: Diagnosis) -> dict[str, list[float]]:
    """Hours of every sink that has any: the middle and the ends of the interval."""
    return {
        sink.name: [
            value for value in (sink.hours.value, sink.hours.low, sink.hours.high) if value is not None
        ]
        for sink in found.sinks
        if sink.hours.known
    }


def test_the_diagnosis_is_the_same_whatever_tracker_and_calendar_are_used(
    small: World, tmp_path: Path
) -> None:
    simulate(tmp_path / "out", None, people=120, weeks=12, seed=77, scenario="planted")
    rest = [
        native.source(path.relative_to(tmp_path / "out").as_posix(), path.read_text(encoding="utf-8"))
        for folder in ("minutes", "attendance", "feedback", "support", "metrics")
        for path in sorted((tmp_path / "out" / folder).rglob("*.*"))
        if path.is_file()
    ]
    rest.append(native.source("roster.csv", (tmp_path / "out" / "roster.csv").read_text(encoding="utf-8")))
    shared = native.records(rest)
    verdicts: list[Diagnosis] = []
    for tracker, kind in (("jira", "ics"), ("linear", "graph"), ("github", "ics")):
        own = native.records([*TRACKED[tracker](small), *calendar_files(small, kind)])
        verdicts.append(diagnose(native.ledger([*shared, *own], small)))
    assert len({(found.verdict, found.named) for found in verdicts}) == 1
    hours = [hours_of(found) for found in verdicts]
    assert hours[0].keys() == hours[1].keys() == hours[2].keys() >= {"ritual_rot", "data_debt"}
    for sink, here in hours[0].items():
        assert hours[2][sink] == here, "another tracker changes nothing"
        assert hours[1][sink] == pytest.approx(here, rel=0.05), "draws follow the order of the records"


DESK: dict[str, Callable[[World], SourceFile]] = {
    "zendesk": lambda world: native.source("support/zendesk.json", zendesk.export(world)),
    "intercom": lambda world: native.source("support/intercom.json", intercom.export(world)),
    "feedback_table": lambda world: native.source(
        "feedback/requests.csv", feedback_table.export(world, with_support=True)
    ),
}


@pytest.mark.parametrize("desk", DESK)
def test_every_help_desk_is_read_without_a_problem_and_tells_the_same_fates(small: World, desk: str) -> None:
    file = DESK[desk](small)
    assert native.read(file)[0] == desk
    assert not native.problems([file])
    found = [record for record in native.records([file]) if isinstance(record, Feedback)]
    asked = [r for r in small.feedback.requests if desk == "feedback_table" or r.channel == SUPPORT]
    assert len(found) == len(asked) > 100
    until = small.period.exported_at
    known = [r.closed_how for r in asked if r.closed is not None and r.closed <= until]
    ended = Counter(one.closed_how for one in found if one.closed_at)
    assert ended["auto_closed"] == known.count("auto_closed") > 10
    assert ended["merged"] == known.count("merged")
    assert ended.total() == len(known)
    answered = sum(r.answered is not None and r.answered <= until for r in asked)
    assert sum(one.first_answer_at is not None for one in found) == pytest.approx(answered, abs=3)


def test_the_black_hole_is_as_large_whatever_help_desk_is_used(world_of: Built, tmp_path: Path) -> None:
    world = world_of(scenario="planted-feedback", people=200, weeks=30, seed=5)
    roster.write(world, Folder(tmp_path))
    people = native.source("roster.csv", (tmp_path / "roster.csv").read_text(encoding="utf-8"))
    others = native.source("requests.csv", feedback_table.export(world, with_support=False))
    shared = [people, *calendar_files(world, "ics")]
    hours: list[float] = []
    for name, desk in DESK.items():
        messages = [desk(world)] if name == "feedback_table" else [desk(world), others]
        found = diagnose(native.ledger(native.records([*shared, *messages]), world))
        sink = next(sink for sink in found.sinks if sink.name == "feedback_black_hole")
        assert sink.hours.value is not None
        hours.append(sink.hours.value)
    assert max(hours) < 1.3 * min(hours)


def test_every_product_is_drawn_and_the_seed_of_the_documents_has_the_usual_ones(world_of: Built) -> None:
    world = world_of(people=120, weeks=12, seed=77)
    drawn = [stack_of(replace(world, seed=seed)) for seed in range(1, 60)]
    for field, products in (("tracker", TRACKERS), ("desk", DESKS), ("calendar", CALENDARS)):
        assert {getattr(stack, field) for stack in drawn} == {product for product, _ in products}
    assert drawn[0] == Stack("jira", "zendesk", "ics")


def test_words_held_out_for_testing_are_read_like_the_others(tmp_path: Path) -> None:
    scenario = replace(named("planted"), texts="test")
    simulate(tmp_path / "out", tmp_path / "truth", people=120, weeks=10, seed=9, scenario=scenario)
    truth = json.loads((tmp_path / "truth" / "truth.json").read_text(encoding="utf-8"))
    files = [
        native.source(path.relative_to(tmp_path / "out").as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted((tmp_path / "out").rglob("*.*"))
        if path.is_file() and path.name != README
    ]
    assert not [says for says in native.problems(files) if "series without end" not in says]
    found = native.records(files)
    notes = {note.id: note for note in found if isinstance(note, Note)}
    series = {str(one.title) for one in found if isinstance(one, Series)}
    assert {note.ritual for note in notes.values()} <= series
    written: Counter[str] = Counter()
    for file in truth["minutes"]:
        if file["layout"] != "prose":
            for item in file["items"]:
                written.update(decision=item["decisions"], action=item["actions"])
    marked = Counter(one.kind for one in found if isinstance(one, Outcome) and one.marked)
    assert marked == written
    assert marked.total() > 20


@pytest.mark.parametrize("seed", [8, 9, 14])
def test_an_organisation_writes_one_tracker_one_desk_and_one_kind_of_calendar(
    seed: int, tmp_path: Path
) -> None:
    simulate(tmp_path / "out", None, people=50, weeks=3, seed=seed, scenario="healthy")
    found = Counter(
        native.connector_of(native.source(path.name, path.read_text(encoding="utf-8")))
        for path in (tmp_path / "out").rglob("*.*")
        if path.is_file() and path.name != README
    )
    assert len([name for name in TRACKED if found[name]]) == 1
    assert len([name for name in ("zendesk", "intercom") if found[name]]) <= 1
    assert len([name for name in ("ics", "graph") if found[name]]) == 1
    assert not found[""]
