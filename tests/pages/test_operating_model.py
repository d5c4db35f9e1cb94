"""The operating model as a page: suggested beside declared, what runs out next, changes, one outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from pages import organisation as part
from prodops.actions.rituals import declare_purpose, exit_ritual, set_stance
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared, Record
from prodops.pages import brief
from prodops.pages.blocks import Behind, Cell, Doing, Onward, Page, Table, Words
from prodops.pages.rituals import operating_model
from prodops.serve.shown.as_json import as_json

AT = datetime(2026, 6, 30, 9, tzinfo=UTC)
BY = "ana@example.com"
RECORDS: tuple[Record, ...] = (*part.people(), *part.calendars(), *part.minutes())


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return part.ledger(RECORDS)


@pytest.fixture(scope="module")
def declared(ledger: Ledger) -> Sequence[Declared]:
    """One ritual owned until September, one on its way out."""
    own = set_stance.propose(
        ledger, "Pricing council", "own", expires_on=date(2026, 9, 30), outcome="fewer price changes", at=AT,
        by=BY,
    )  # fmt: skip
    gone = exit_ritual.propose(ledger, "Roadmap review", exit_ritual.Plan(), because=["RIT01"], at=AT, by=BY)
    return (*own, *gone)


def on(day: datetime, declared: Sequence[Declared]) -> operating_model.OperatingModel:
    """The page on a day."""
    return operating_model.page(Ledger.of([*RECORDS, *declared], today=day))


def table(page: Page, caption: str) -> dict[str, tuple[Cell, ...]]:
    """The rows of a table by their first cell."""
    found = (block for section in page.sections for block in section.blocks if isinstance(block, Table))
    return {str(row[0]): row for one in found if one.caption.startswith(caption) for row in one.rows}


def heading(page: Page) -> str:
    return " | ".join(section.heading for section in page.sections)


def test_before_anybody_declares_it_shows_what_the_records_suggest(ledger: Ledger) -> None:
    page = operating_model.page(ledger)
    assert page.lead.startswith("3 stances proposed, none declared")
    row = table(page, "The rituals that ask")["Roadmap review"]
    assert Behind("exit", "RIT01/roadmap-review") == row[1]
    assert page.next_on is None
    (onward,) = (b for s in page.sections for b in s.blocks if isinstance(b, Onward))
    ends = {"ritual": "roadmap-review", "because": "RIT01"}
    assert Doing("End one because of its finding", "exit_ritual", ends) in onward.ways


def test_what_is_declared_stands_beside_it_with_its_day(declared: Sequence[Declared]) -> None:
    page = on(part.TODAY, declared)
    assert "2 of 3 rituals have a declared stance: own 1, exit 1." in page.lead
    assert date(2026, 9, 30) == page.next_on
    rows = table(page, "The rituals that ask")
    assert ("own", "2026-09-30") == tuple(map(str, rows["Pricing council"][2:4]))
    assert ("exit", "2026-12-29") == tuple(map(str, rows["Roadmap review"][2:4]))
    assert "2 of 3 declared, all as the records suggest" in heading(page)


def test_a_stance_against_what_the_records_suggest_is_marked(ledger: Ledger) -> None:
    records = set_stance.propose(ledger, "Roadmap review", "own", at=AT, by=BY)
    page = on(part.TODAY, records)
    cell = table(page, "The rituals that ask")["Roadmap review"][2]
    assert Doing("own (differs)", "exit_ritual", {"ritual": "roadmap-review", "because": "RIT01"}) == cell
    assert "1 of 3 declared, 1 against what the records suggest" in heading(page)


def test_what_runs_out_first_stands_first_and_what_ran_out_is_said(declared: Sequence[Declared]) -> None:
    page = on(part.TODAY, declared)
    assert "Next to be looked at again: Pricing council on 2026-09-30" in heading(page)
    rows = table(page, "Declared stances by their day")
    assert ["Pricing council", "Roadmap review"] == list(rows)
    assert "92 days left" in rows["Pricing council"]
    assert Behind("RIT01 roadmap-review", "RIT01/roadmap-review") in rows["Roadmap review"]
    late = on(datetime(2026, 10, 2, tzinfo=UTC), declared)
    assert "1 stance ran out and must be looked at again" in heading(late)
    assert "2 days ago" in table(late, "Declared stances by their day")["Pricing council"]
    assert "ran out on 2026-09-30" == str(table(late, "The rituals that ask")["Pricing council"][2])


def test_a_change_is_shown_from_its_plan_to_the_day_it_is_read(declared: Sequence[Declared]) -> None:
    states = {
        day: str(
            table(on(part.TODAY + timedelta(days=day), declared), "Changes that")["Exit Roadmap review"][-1]
        )
        for day in (0, 90, 91)
    }
    assert {0: "under way", 90: "under way", 91: "to be read now"} == states
    plan = exit_ritual.Plan(starts_on=date(2026, 7, 20))
    later = exit_ritual.propose(part.ledger(RECORDS), "Roadmap review", plan, because=["RIT01"], at=AT, by=BY)
    assert "planned" == table(on(part.TODAY, later), "Changes that")["Exit Roadmap review"][-1]


def test_a_change_that_was_taken_back_stays_with_its_end(declared: Sequence[Declared]) -> None:
    before = Ledger.of([*RECORDS, *declared], today=part.TODAY)
    back = set_stance.undo(before, "Roadmap review", at=AT + timedelta(minutes=1), by=BY)
    page = operating_model.page(before.plus(back))
    assert "No change is under way; what ended stays here" in heading(page)
    assert "ended on 2026-06-30" == table(page, "Changes that")["Exit Roadmap review"][-1]


def test_there_is_one_outcome_and_a_second_one_is_a_warning(
    ledger: Ledger, declared: Sequence[Declared]
) -> None:
    alone = operating_model.page(ledger).sections[0].blocks
    assert 1 == len(alone)
    warned = [one for one in on(part.TODAY, declared).sections[0].blocks if isinstance(one, Words)]
    assert "fewer price changes" in warned[-1].text
    assert "warning" == warned[-1].tone


def test_a_declared_purpose_alone_is_no_stance(ledger: Ledger) -> None:
    records = declare_purpose.propose(ledger, "Roadmap review", "align", at=AT, by=BY)
    page = on(part.TODAY, records)
    assert "none declared" in page.lead
    assert "facilitate" == table(page, "The rituals that ask")["Roadmap review"][1]
    assert "Declared stances" not in str(as_json(page))


def test_the_brief_says_how_many_are_declared(declared: Sequence[Declared]) -> None:
    shown = str(as_json(brief.page(Ledger.of([*RECORDS, *declared], today=part.TODAY))))
    assert "2 of 3 declared" in shown


def test_nothing_is_proposed_where_nothing_is_known() -> None:
    page = operating_model.page(part.ledger(part.messages()))
    assert ["How to start"] == [section.heading for section in page.sections]
