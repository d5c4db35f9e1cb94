"""What holds for every action: declared once, in words for people, provable by its own example."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType

import pytest

from pages import organisation as part
from prodops.actions import units
from prodops.actions.deciding import Piece
from prodops.actions.deed import (
    Field,
    fields_of,
    name_of_deed,
    proposed,
    sentence_of,
    undo_fields_of,
)
from prodops.actions.refusal import ActionRefusedError
from prodops.checks import units as checks
from prodops.checks.finding import Evidence, Finding
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation, Declared
from prodops.pages.offers import offers_on
from prodops.stats.estimate import Estimate

AT = datetime(2026, 6, 30, 9, tzinfo=UTC)
BEFORE = {
    "reopen": "record_decision", "resolve": "record_decision", "score": "record_decision",
    "supersede": "record_decision", "stop_trial": "start_trial", "close_campaign": "start_campaign",
    "label_block": "draw_sample", "close_sample": "label_block",
}  # fmt: skip
"""What has to be declared before the example of another makes sense."""

ACTIONS = sorted(units())


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return part.ledger(part.people(), part.calendars(), part.minutes())


def example(unit: ModuleType) -> dict[str, object]:
    """The values of an action's example, as a face would have read them."""
    return {
        one.name: read(one, one.ask.example) for one in fields_of(unit) if one.ask.example is not None
    } | given(unit)


def read(field: Field, value: object) -> object:
    if field.kind == "day":
        return date.fromisoformat(str(value))
    if field.kind == "pieces":
        return (Piece(kind="data", words="4% of revenue, 31% of tickets"),)
    return tuple(value) if isinstance(value, list) else value


def given(unit: ModuleType) -> dict[str, object]:
    known = {"header_key": "0" * 16, "fields": ("created", "text"), "settings": ()}
    return {name: known[name] for name in unit.DEED.given}


def declared(ledger: Ledger, name: str, minute: int = 0) -> tuple[Ledger, tuple[Declared, ...]]:
    """The ledger after an action's example, and after those it needs before it."""
    if name in BEFORE:
        ledger, _ = declared(ledger, BEFORE[name], minute)
        minute += 1
    unit, values = units()[name], example(units()[name])
    by = "dri@example.com"
    if name == "label_block":
        ((block, by),) = ledger.sql("select id, person from sampled_block order by id limit 1")
        values["block"] = block
    if name == "close_sample":
        ((values["sample"],),) = ledger.sql("select id from label_sample")
    records = proposed(unit, ledger, values, at=AT.replace(minute=minute), by=by)
    after = ledger.plus(records)
    if name != "close_sample":  # one answer is too few to be told, which its own test shows
        assert unit.gate(after, records) == []
    return after, records


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_says_what_it_is_to_people(name: str) -> None:
    unit = units()[name]
    assert name == name_of_deed(unit)
    assert sentence_of(unit).endswith(".")
    assert unit.DEED.title.strip()
    for one in (*fields_of(unit), *undo_fields_of(unit)):
        assert one.ask.label.strip(), one.name
        assert one.says.strip(), one.name
        assert not (one.ask.choices and one.ask.of), one.name


@pytest.mark.parametrize("name", ACTIONS)
def test_nothing_is_asked_for_that_an_action_does_not_take(name: str) -> None:
    unit = units()[name]
    taken = {one.name for one in (*fields_of(unit), *undo_fields_of(unit))}
    assert set(unit.DEED.asks) == taken


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_has_a_gate_a_test_and_a_way_back_or_says_why_not(name: str) -> None:
    unit = units()[name]
    assert callable(unit.gate)
    assert hasattr(unit, "undo") != bool(unit.DEED.final)
    assert set(unit.DEED.undo) == {one.name for one in undo_fields_of(unit) if one.needed}
    pillar = Path(str(unit.__file__)).parent.name
    tests = "\n".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    assert f"from prodops.actions.{pillar} import" in tests
    assert f"{name}." in tests or f"({name}," in tests


@pytest.mark.parametrize("name", ACTIONS)
def test_the_example_of_an_action_is_declared_and_taken_back(name: str, ledger: Ledger) -> None:
    unit = units()[name]
    missing = {one.name for one in fields_of(unit) if one.needed} - set(example(unit))
    assert missing == set()
    after, records = declared(ledger, name)
    assert records
    if unit.DEED.final:
        with pytest.raises(ActionRefusedError, match=unit.DEED.final[:20]):
            proposed(unit, after, {}, at=AT, by="dri@example.com", undo=True)
        return
    known = {one.name for one in undo_fields_of(unit)}
    said = {name: value for name, value in example(unit).items() if name in known}
    said |= {name: getattr(records[0], attribute) for name, attribute in unit.DEED.undo.items()}
    back = proposed(unit, after, said, at=AT.replace(hour=10), by="dri@example.com", undo=True)
    assert unit.gate(after.plus(back), back) == []


@pytest.mark.parametrize("check", checks(), ids=lambda one: str(one.CODE))
def test_every_finding_is_answered_by_an_action_that_takes_what_is_filled_in(check: ModuleType) -> None:
    cite = Evidence("meeting", "m:1", Citation("a.ics", "UID 1"), "it happened")
    subject = "decision:1" if check.CODE == "GOV03" else "roadmap-review"
    finding = Finding(
        code=check.CODE, sink=check.SINK, subject=subject, title="It was found", evidence=(cite,),
        evidence_count=1, exposure=Estimate(1, 1, 1, 1, "messages"),
    )  # fmt: skip
    offered = offers_on(finding)
    first = "reopen" if check.CODE == "GOV03" else "start_trial"
    assert first == offered[0].action, "a change that is measured fits what is not about one decision"
    for one in offered:
        known = {field.name for field in fields_of(units()[one.action])}
        assert set(one.fields) <= known
        assert subject in str(one.fields)
    ends = [one for one in offered if one.action == "exit_ritual"]
    assert bool(ends) == (check.SINK == "ritual_rot" and check.CODE != "RIT05")


def test_what_says_that_it_answers_findings_does() -> None:
    offered = {name for name, unit in units().items() if "finding" in unit.DEED.offered}
    assert offered == {name for name, unit in units().items() if hasattr(unit, "answering")}
