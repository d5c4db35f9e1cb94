"""The plan of the early days: named or not, few or many PMs, and no line that rests on nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from make import make
from pages import organisation as part
from prodops.actions.rituals import start_campaign
from prodops.ledger.ledger import Ledger
from prodops.ledger.people import Person
from prodops.ledger.record import Citation, Prose, Record, RecordId, person_id
from prodops.pages import plan
from prodops.pages.blocks import Proposal, Table
from prodops.serve.shown.markdown import as_markdown


@pytest.fixture(scope="module")
def six() -> plan.Plan:
    """Six PMs with a rotten ritual."""
    return plan.page(part.small())


def everybody(count: int) -> Iterator[Record]:
    """People of a roster who are no PMs."""
    for i in range(count):
        yield make(
            Person, id=RecordId(f"roster:person:other{i}"), cite=Citation("roster.csv", f"line {i + 90}"),
            person=person_id(f"other{i}@example.com"), named=person_id(f"Other {i}"),
            name=Prose(f"Other {i}"), role="Engineer", team=f"Team {i % 7}",
        )  # fmt: skip


def of_size(people: int) -> plan.Plan:
    return plan.page(Ledger.of([*part.everything(), *everybody(people)], today=part.TODAY))


def words(found: plan.Plan) -> str:
    """The plan as it is handed on, without the marks that keep its words from being markup."""
    return as_markdown(found).replace("\\", "")


def test_every_line_says_what_it_rests_on(six: plan.Plan) -> None:
    tables = [one for section in six.sections for one in section.blocks if isinstance(one, Table)]
    assert len(tables) >= 5
    for table in tables:
        assert table.columns[-1] == "Rests on"
        assert all(str(row[-1] or "") for row in table.rows), table.caption


def test_dates_are_computed_from_today_and_the_change_begins_on_a_monday(six: plan.Plan) -> None:
    assert six.starts_on > six.today
    assert six.starts_on.weekday() == 0
    assert six.reads_out_on - six.starts_on == timedelta(days=91)
    assert f"Read the effect on {six.reads_out_on}, not before" in words(six)
    assert date(2026, 6, 30) == six.today


def test_the_one_quick_win_stands_in_it_with_its_plan_of_proof(six: plan.Plan) -> None:
    (win,) = [one for section in six.sections for one in section.blocks if isinstance(one, Proposal)]
    assert six.win is not None
    assert (win.text, win.because, win.proof) == (six.win.name, six.win.because, six.win.proof)
    assert f'prodops try start "{six.win.name}"' in words(six)


def test_a_healthy_organisation_is_left_alone() -> None:
    found = plan.page(part.ledger(part.people(), part.calendars()))
    said = words(found)
    assert found.verdict != "named"
    assert found.win is None
    assert "what would decide" in said
    assert "None is proposed" in said
    assert "before anything has been read out" in said


def test_fewer_than_five_pms_see_no_hours() -> None:
    found = plan.page(part.ledger(part.people(3), part.calendars(3), part.minutes()))
    said = words(found)
    assert "no figure is shown over fewer than five PMs" in said
    assert "No figure of PM time, and no claim about it" in said
    assert "hours a week (" not in said
    assert found.stage.name == "startup"


@pytest.mark.parametrize(
    ("people", "name", "says"),
    [
        (30, "startup", "never anybody's hours"),
        (300, "formalising", "One page for the CPO"),
        (1_200, "large", "Compare areas with intervals"),
    ],
)
def test_each_stage_has_its_own_hour_and_quarter(people: int, name: str, says: str) -> None:
    found = of_size(people)
    assert found.stage.name == name
    said = words(found)
    assert says in said
    assert ("No agent-fleet inventory" in said) == (name != "large")


def test_an_open_campaign_is_closed_and_not_started_again() -> None:
    ledger = part.small()
    at = part.TODAY
    asked = ledger.plus(start_campaign.propose(ledger, None, at=at, by="ana@example.com"))
    said = words(plan.page(asked))
    assert "Close the campaign of 2026-06-30 on 2026-07-14" in said
    assert "prodops stance campaign start" not in said


def test_nothing_loaded_gives_what_to_load() -> None:
    found = plan.page(part.ledger())
    assert "nothing to plan from" in found.lead
    assert [section.heading for section in found.sections] == ["How to start"]


def test_without_a_known_pm_a_roster_comes_first() -> None:
    said = words(plan.page(part.ledger(part.minutes())))
    assert "Load a roster" in said
    assert "no PM known yet" in said


def test_the_same_ledger_gives_the_same_plan(six: plan.Plan) -> None:
    assert as_markdown(plan.page(part.small())) == as_markdown(six)
