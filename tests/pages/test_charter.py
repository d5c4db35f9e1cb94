"""A ritual's charter, what is due next, and the register on the page of the operating model."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from impact import test_returned_hours as returned_hours
from pages import organisation as part
from prodops.actions.refusal import ActionRefusedError
from prodops.actions.rituals import close_campaign, declare_purpose, exit_ritual, set_stance, start_campaign
from prodops.ledger.ledger import Ledger
from prodops.pages.charter import charter
from prodops.pages.due import due_days
from prodops.pages.register import campaign_sections, exit_sections, without_decider
from prodops.pages.rituals import operating_model
from prodops.serve.shown.text import as_text

AT = datetime(2026, 6, 30, 9, tzinfo=UTC)
BY = "ana@example.com"


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return part.ledger(part.people(), part.calendars(), part.minutes())


@pytest.fixture(scope="module")
def exited(ledger: Ledger) -> Ledger:
    """The rotten ritual exits; another is owned, with an owner and a decision right."""
    gone = ledger.plus(
        exit_ritual.propose(ledger, "roadmap-review", exit_ritual.Plan(), because=["RIT01"], at=AT, by=BY)
    )
    return gone.plus(
        set_stance.propose(
            gone, "pricing-council", "own", purpose="decide", owner="Ana Ruiz",
            decision_right="CPO, after hearing the leads", at=AT + timedelta(minutes=1), by=BY,
        )
    )  # fmt: skip


def said(ledger: Ledger, ritual: str) -> str:
    return " ".join(as_text(charter(ledger, ritual), columns=400).split())


def test_a_charter_without_any_declaration_says_so_and_how_to_declare(ledger: Ledger) -> None:
    found = charter(ledger, "Roadmap review")
    assert (found.ritual, found.purpose, found.declared, found.stance) == (
        "roadmap-review",
        "decide",
        False,
        None,
    )
    told = said(ledger, "roadmap-review")
    assert "nobody has said; by its name: decide" in told
    assert "prodops act declare-purpose --ritual roadmap-review" in told
    assert "RIT01" in told
    assert "End it: prodops act exit-ritual --ritual roadmap-review --because RIT01" in told


def test_a_charter_shows_purpose_right_owner_hours_outputs_and_history(exited: Ledger) -> None:
    told = said(exited, "pricing-council")
    assert "Pricing council is meant to decide. Stance: own" in told
    assert "CPO, after hearing the leads" in told
    assert "Ana Ruiz" in told
    assert "PM hours in it: 5.7" in told
    assert "Outputs of an occurrence: 1 outputs" in told
    assert "How its stance changed" in told


def test_a_ritual_that_is_not_meant_to_decide_is_not_asked_who_decides(ledger: Ledger) -> None:
    after = ledger.plus(declare_purpose.propose(ledger, "portfolio-status", "align", at=AT, by=BY))
    assert "not asked: it is meant to align" in said(after, "portfolio-status")
    assert "no minutes of it are known" in said(after, "portfolio-status")


def test_an_exit_stands_in_the_charter_with_what_it_gave_back_or_not_yet(exited: Ledger) -> None:
    told = said(exited, "roadmap-review")
    assert "What its exit gave back" in told
    assert "0 of the 4 whole weeks" in told


def test_a_ritual_of_few_people_has_no_charter() -> None:
    few = part.ledger(part.people(3), part.calendars(3))
    with pytest.raises(ActionRefusedError, match="No ritual of five or more people"):
        charter(few, "Roadmap review")


def test_what_is_due_comes_in_order_of_days(exited: Ledger) -> None:
    after = exited.plus(start_campaign.propose(exited, None, at=AT, by=BY))
    days = due_days(after)
    assert [one.on for one in days] == sorted(one.on for one in days)
    assert [one.says.partition(":")[0] for one in days] == [
        "Answers to purposes 2026-06-30", "Read the effect", "Look again", "Look again",
    ]  # fmt: skip
    assert days[0].on == date(2026, 7, 14)
    assert due_days(part.small()) == ()


def test_the_page_of_the_operating_model_shows_campaign_and_exits(exited: Ledger) -> None:
    after = exited.plus(start_campaign.propose(exited, None, at=AT, by=BY))
    told = " ".join(as_text(operating_model.page(after), columns=300).split())
    assert "Asked what it is for: 0 of 2 rituals answered, due in 14 days" in told
    assert "1 ritual exited; what that gave back is not yet known" in told
    assert "Ana Ruiz" in told
    assert campaign_sections(part.small()) == exit_sections(part.small()) == ()


def test_hours_that_came_back_are_told_on_the_page() -> None:
    change = returned_hours.change()
    records = [
        *part.people(),
        *part.minutes(),
        *returned_hours.calendars(),
        *returned_hours.single_entries(),
        change,
    ]
    after = Ledger.of(records, today=part.TODAY)
    (section,) = exit_sections(after)
    assert "1 ritual exited; Roadmap review: 5.7" in section.heading
    ended = Ledger.of([*records[:-1], returned_hours.change(ended_on=date(2026, 6, 1))], today=part.TODAY)
    assert "ended on 2026-06-01" in str(exit_sections(ended))


def test_a_campaign_that_is_late_or_closed_says_so(ledger: Ledger) -> None:
    records = start_campaign.propose(ledger, None, at=AT, by=BY)
    everything = [*part.people(), *part.calendars(), *part.minutes(), *records]
    late = Ledger.of(everything, today=datetime(2026, 7, 20, tzinfo=UTC))
    assert "due 6 days ago" in campaign_sections(late)[0].heading
    closed = ledger.plus(records).plus(close_campaign.propose(ledger.plus(records), at=AT, by=BY))
    assert "closed on 2026-06-30" in campaign_sections(closed)[0].heading


def test_rituals_that_decide_without_anybody_named_are_told() -> None:
    rows = [("Pricing", "decide", ""), ("Bets", "decide", "CPO"), ("Demo", "learn", "")]
    assert without_decider(rows) == "Meant to decide, and nobody has said who decides: Pricing."
    many = [(f"R{place}", "decide", "") for place in range(5)]
    assert "R0, R1, R2 and 2 others" in without_decider(many)
    assert without_decider(rows[1:]) == ""
