"""Campaigns: who is asked, who has answered, what is refused, and how each step is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from pages import organisation as part
from prodops.actions.campaigns import asked, campaigns, undeclared
from prodops.actions.refusal import ActionRefusedError
from prodops.actions.rituals import close_campaign, declare_purpose, name_owner, set_stance, start_campaign
from prodops.actions.stances import standing
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared
from prodops.ledger.rituals import Campaign

AT = datetime(2026, 6, 30, 9, tzinfo=UTC)
BY = "ana@example.com"


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """Three living rituals of six PMs without a declared purpose."""
    return part.ledger(part.people(), part.calendars(), part.minutes())


def started(ledger: Ledger, due_on: date | None = None) -> Ledger:
    records = start_campaign.propose(ledger, due_on, at=AT, by=BY)
    after = ledger.plus(records)
    assert start_campaign.gate(after, records) == []
    return after


def answered(ledger: Ledger, ritual: str, purpose: str, **more: str) -> Ledger:
    at = AT + timedelta(hours=1)
    return ledger.plus(declare_purpose.propose(ledger, ritual, purpose, at=at, by=BY, **more))


def only(ledger: Ledger) -> Campaign:
    (one,) = campaigns(ledger)
    return one


def test_owners_of_all_living_rituals_without_a_purpose_are_asked(ledger: Ledger) -> None:
    one = only(started(ledger))
    assert set(one.rituals) == {"pricing-council", "roadmap-review", "portfolio-status"}
    assert (one.opened_on, one.due_on, one.closed_on) == (date(2026, 6, 30), date(2026, 7, 14), None)


def test_a_ritual_that_ended_long_ago_is_not_asked_about(ledger: Ledger) -> None:
    later = Ledger.of(
        [*part.people(), *part.calendars(), *part.minutes()], today=datetime(2027, 1, 5, tzinfo=UTC)
    )
    assert undeclared(later) == ()
    assert undeclared(ledger)
    with pytest.raises(ActionRefusedError, match="has a declared purpose"):
        start_campaign.propose(later, None, at=AT, by=BY)


def test_rituals_of_few_people_are_never_asked_about() -> None:
    assert undeclared(part.ledger(part.people(3), part.calendars(3))) == ()


def test_what_is_declared_answers_and_what_is_taken_back_is_open_again(ledger: Ledger) -> None:
    after = answered(started(ledger), "pricing-council", "decide", owner="Ana", decision_right="CPO")
    rows = {row.ritual: row for row in asked(after, only(after))}
    assert (rows["pricing-council"].purpose, rows["pricing-council"].owner) == ("decide", "Ana")
    assert (rows["roadmap-review"].purpose, rows["roadmap-review"].guess) == ("", "decide")
    assert [row.purpose for row in asked(after, only(after))] == ["", "", "decide"]
    back = after.plus(set_stance.undo(after, "pricing-council", at=AT + timedelta(hours=2), by=BY))
    assert all(not row.purpose for row in asked(back, only(back)))
    now = standing(back, "pricing-council")
    assert now is not None
    assert (now.owner, now.decision_right) == ("", "")


def test_only_those_without_an_answer_are_asked(ledger: Ledger) -> None:
    one = only(started(answered(ledger, "pricing-council", "decide")))
    assert "pricing-council" not in one.rituals


def test_two_campaigns_are_never_open_at_once(ledger: Ledger) -> None:
    after = started(ledger)
    with pytest.raises(ActionRefusedError, match="open already"):
        start_campaign.propose(after, None, at=AT, by=BY)
    second = start_campaign.propose(ledger, None, at=AT + timedelta(hours=1), by=BY)
    assert "open already" in start_campaign.gate(after.plus(second), second)[0]


@pytest.mark.parametrize("due_on", [date(2026, 6, 30), date(2026, 10, 1)])
def test_answers_are_asked_for_within_a_quarter(ledger: Ledger, due_on: date) -> None:
    records = start_campaign.propose(ledger, due_on, at=AT, by=BY)
    (said,) = start_campaign.gate(ledger.plus(records), records)
    assert "--by 2026-07-14" in said


def taken(ledger: Ledger, records: Sequence[Declared]) -> Ledger:
    after = ledger.plus(records)
    assert close_campaign.gate(after, records) == []
    return after


def test_a_campaign_is_closed_and_opened_again(ledger: Ledger) -> None:
    closed = taken(started(ledger), close_campaign.propose(started(ledger), at=AT, by=BY))
    assert only(closed).closed_on == date(2026, 6, 30)
    again = taken(closed, close_campaign.undo(closed, at=AT, by=BY))
    assert only(again).closed_on is None


def test_a_campaign_is_taken_back(ledger: Ledger) -> None:
    after = started(ledger)
    records = start_campaign.undo(after, at=AT, by=BY)
    assert start_campaign.gate(after.plus(records), records) == []
    assert campaigns(after.plus(records)) == ()


def test_what_is_not_there_cannot_be_closed_or_taken_back(ledger: Ledger) -> None:
    with pytest.raises(ActionRefusedError, match="no campaign to take back"):
        start_campaign.undo(ledger, at=AT, by=BY)
    with pytest.raises(ActionRefusedError, match="No campaign is open"):
        close_campaign.propose(ledger, at=AT, by=BY)
    with pytest.raises(ActionRefusedError, match="No campaign was closed"):
        close_campaign.undo(ledger, at=AT, by=BY)


def test_a_closed_one_is_not_opened_beside_another(ledger: Ledger) -> None:
    closed = taken(started(ledger), close_campaign.propose(started(ledger), at=AT, by=BY))
    second = closed.plus(start_campaign.propose(closed, None, at=AT + timedelta(hours=1), by=BY))
    again = close_campaign.undo(second, at=AT, by=BY)
    assert close_campaign.gate(second.plus(again), again)


def test_an_owner_is_named_without_a_word_about_the_stance(ledger: Ledger) -> None:
    own = ledger.plus(set_stance.propose(ledger, "roadmap-review", "own", at=AT, by=BY))
    records = name_owner.propose(
        own, "roadmap-review", owner="Ana", decision_right="CPO", at=AT + timedelta(hours=1), by=BY
    )
    after = own.plus(records)
    assert name_owner.gate(after, records) == []
    now = standing(after, "roadmap-review")
    assert now is not None
    assert (now.stance, now.owner, now.decision_right) == ("own", "Ana", "CPO")
    with pytest.raises(ActionRefusedError, match="Say who"):
        name_owner.propose(ledger, "roadmap-review", at=AT, by=BY)


def test_owner_and_decision_right_stay_when_the_stance_changes(ledger: Ledger) -> None:
    first = ledger.plus(
        set_stance.propose(ledger, "roadmap-review", "own", owner="Ana", decision_right="CPO", at=AT, by=BY)
    )
    later = AT + timedelta(hours=1)
    second = first.plus(set_stance.propose(first, "roadmap-review", "facilitate", at=later, by=BY))
    third = second.plus(set_stance.undo(second, "roadmap-review", at=AT + timedelta(hours=2), by=BY))
    for after, word in ((second, "facilitate"), (third, "own")):
        now = standing(after, "roadmap-review")
        assert now is not None
        assert (now.stance, now.owner, now.decision_right) == (word, "Ana", "CPO")
