"""A stance on a ritual: proposed, gated, superseded and taken back; every refusal shows a way through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from pages import organisation as part
from prodops.actions.refusal import ActionRefusedError
from prodops.actions.rituals import declare_purpose, exit_ritual, set_stance
from prodops.actions.stances import against, ritual_of, standing
from prodops.diagnosis.constraint import diagnose
from prodops.diagnosis.operating_model import ProposedStance, operating_model
from prodops.ledger.decisions import Intervention
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared
from prodops.ledger.rituals import RitualStance
from prodops.views.ritual_purposes import RITUAL_PURPOSES

AT = datetime(2026, 6, 30, 9, tzinfo=UTC)
BY = "ana@example.com"
ROTTEN, HEALTHY = "roadmap-review", "pricing-council"
Gate = Callable[[Ledger, Sequence[Declared]], list[str]]


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """Three rituals of six PMs: one decides, one does not, one leaves no minutes."""
    return part.ledger(part.people(), part.calendars(), part.minutes())


def declared(ledger: Ledger, records: Sequence[Declared], gate: Gate = set_stance.gate) -> Ledger:
    """The ledger after the gate let the records in."""
    after = ledger.plus(records)
    assert gate(after, records) == []
    return after


def stance(ledger: Ledger, word: str, ritual: str = ROTTEN, *, minutes: int = 0) -> Ledger:
    """The ledger with a stance on a ritual."""
    at = AT + timedelta(minutes=minutes)
    because = ["RIT01"] if word == "exit" else []
    return declared(ledger, set_stance.propose(ledger, ritual, word, because=because, at=at, by=BY))


def ended(ledger: Ledger, *, minutes: int = 0) -> Ledger:
    """The ledger with the exit of the rotten ritual."""
    at = AT + timedelta(minutes=minutes)
    records = exit_ritual.propose(ledger, ROTTEN, exit_ritual.Plan(), because=["RIT01"], at=at, by=BY)
    return declared(ledger, records, exit_ritual.gate)


def undone(ledger: Ledger, minutes: int) -> Ledger:
    """The ledger after the last declaration was taken back."""
    return declared(ledger, set_stance.undo(ledger, ROTTEN, at=AT + timedelta(minutes=minutes), by=BY))


def model(ledger: Ledger, ritual: str = ROTTEN) -> ProposedStance:
    """The ritual's row of the operating model."""
    return next(one for one in operating_model(ledger, diagnose(ledger)) if one.ritual == ritual)


def purpose(ledger: Ledger, ritual: str) -> tuple[str, bool]:
    """What a ritual is for, and whether somebody said so."""
    query = "select purpose, declared from ritual_purposes where ritual = $ritual"
    ((found, said),) = ledger.sql(query, {"ritual": ritual}, views=[RITUAL_PURPOSES])
    return str(found), bool(said)


def changes(ledger: Ledger) -> list[Intervention]:
    return list(ledger.records(Intervention))


@pytest.mark.parametrize("written", ["roadmap-review", "Roadmap review", "Roadmap Review (weekly)"])
def test_a_ritual_is_named_by_its_key_or_its_name(ledger: Ledger, written: str) -> None:
    assert ROTTEN == ritual_of(ledger, written).key


def test_an_unknown_ritual_is_refused_with_the_nearest_names(ledger: Ledger) -> None:
    with pytest.raises(ActionRefusedError, match="Did you mean: roadmap-review"):
        ritual_of(ledger, "roadmap")
    with pytest.raises(ActionRefusedError, match="prodops show rituals"):
        ritual_of(ledger, "zzz")
    with pytest.raises(ActionRefusedError, match="prodops add FOLDER"):
        ritual_of(part.ledger(), "roadmap")


def test_a_ritual_of_few_people_cannot_be_named() -> None:
    few = part.ledger(part.people(3), part.calendars(3))
    with pytest.raises(ActionRefusedError, match="No ritual of five or more people"):
        ritual_of(few, ROTTEN)


def test_a_stance_stands_beside_what_the_records_suggest(ledger: Ledger) -> None:
    assert ("exit", "exit", False) == (model(ledger).stance, model(ledger).proposed, model(ledger).declared)
    assert ("RIT01 roadmap-review",) == model(ledger).because
    one = model(stance(ledger, "own"))
    assert ("own", "exit", True) == (one.stance, one.proposed, one.declared)
    assert date(2026, 12, 29) == one.expires_on


def test_who_declares_stands_under_a_pseudonym(ledger: Ledger) -> None:
    (one,) = set_stance.propose(ledger, ROTTEN, "own", at=AT, by=BY)
    assert isinstance(one, RitualStance)
    assert "ana" not in f"{one.declared_by} {one.cite}"


def test_words_that_are_no_stance_and_no_purpose_are_refused_with_those_that_are(ledger: Ledger) -> None:
    with pytest.raises(ActionRefusedError, match="own, facilitate, exit"):
        set_stance.propose(ledger, ROTTEN, "keep", at=AT, by=BY)
    with pytest.raises(ActionRefusedError, match="decide, align, learn, relate"):
        set_stance.propose(ledger, ROTTEN, "own", purpose="sell", at=AT, by=BY)
    with pytest.raises(ActionRefusedError, match="decide, align, learn, relate"):
        declare_purpose.propose(ledger, ROTTEN, "sell", at=AT, by=BY)


def refused(ledger: Ledger, word: str, ritual: str = ROTTEN, because: Sequence[str] = ()) -> str:
    """What the gate says to a stance."""
    records = set_stance.propose(ledger, ritual, word, because=because, at=AT, by=BY)
    return " ".join(set_stance.gate(ledger.plus(records), records))


def test_no_ritual_ends_without_a_finding_and_the_refusal_names_one(ledger: Ledger) -> None:
    said = refused(ledger, "exit")
    assert "No exit without a finding." in said
    assert "prodops exit-ritual roadmap-review --because RIT01" in said


def test_no_ritual_ends_because_of_something_that_is_not_found_on_it(ledger: Ledger) -> None:
    assert "RIT01 pricing-council is not found" in refused(ledger, "exit", HEALTHY, ["rit01"])
    assert "prodops stance pricing-council facilitate" in refused(ledger, "exit", HEALTHY, ["RIT01"])
    assert "XYZ99 roadmap-review is not found" in refused(ledger, "own", because=["XYZ99"])
    assert "RIT01 pricing-council is not found" in refused(ledger, "exit", because=["RIT01 pricing-council"])


def test_missing_minutes_are_no_reason_to_end_a_ritual() -> None:
    silent = part.ledger(part.people(), part.calendars())
    assert not against(silent, ROTTEN)
    said = refused(silent, "exit", because=["RIT05"])
    assert "does not mean that nothing is decided" in said


@pytest.mark.parametrize(
    ("day", "says"), [(date(2026, 6, 30), "after today"), (date(2027, 8, 1), "for a year at most")]
)
def test_a_stance_expires_on_a_day_within_a_year(ledger: Ledger, day: date, says: str) -> None:
    records = set_stance.propose(ledger, ROTTEN, "own", expires_on=day, at=AT, by=BY)
    (said,) = set_stance.gate(ledger.plus(records), records)
    assert says in said
    assert "--expires 2026-12-29" in said


def test_what_was_declared_runs_out_on_its_day() -> None:
    records = [*part.people(), *part.calendars(), *part.minutes()]
    before = part.ledger(records)
    (one,) = set_stance.propose(before, ROTTEN, "own", expires_on=date(2026, 7, 10), at=AT, by=BY)
    row = model(Ledger.of([*records, one], today=datetime(2026, 7, 10, tzinfo=UTC)))
    assert ("exit", False, date(2026, 7, 10)) == (row.stance, row.declared, row.lapsed_on)


def test_a_later_stance_supersedes_the_earlier_one(ledger: Ledger) -> None:
    first = stance(ledger, "own")
    second = stance(first, "facilitate", minutes=1)
    last = standing(second, ROTTEN)
    assert last is not None
    assert "facilitate" == last.stance
    assert standing(first, ROTTEN) is not None
    assert last.supersedes == standing(first, ROTTEN).id  # type: ignore[union-attr]  # it stands, see above
    assert 2 == second.count(RitualStance)


def test_two_who_declare_at_once_do_not_overwrite_each_other(ledger: Ledger) -> None:
    mine = set_stance.propose(ledger, ROTTEN, "own", at=AT + timedelta(minutes=1), by=BY)
    after = stance(ledger, "facilitate").plus(mine)
    assert "in the meantime" in " ".join(set_stance.gate(after, mine))


def test_a_declared_purpose_changes_what_the_ritual_is_judged_by(ledger: Ledger) -> None:
    assert ("decide", False) == purpose(ledger, ROTTEN)
    records = declare_purpose.propose(ledger, ROTTEN, "relate", at=AT, by=BY)
    after = declared(ledger, records, declare_purpose.gate)
    assert ("relate", True) == purpose(after, ROTTEN)
    assert "RIT01" in {one.code for one in against(ledger, ROTTEN)}
    assert "RIT01" not in {one.code for one in against(after, ROTTEN)}
    assert ("facilitate", False) == (model(after).proposed, model(after).declared)


def test_a_declared_purpose_keeps_the_stance_and_a_stance_the_purpose(ledger: Ledger) -> None:
    owned = stance(ledger, "own", HEALTHY)
    at = AT + timedelta(minutes=1)
    both = declared(owned, declare_purpose.propose(owned, HEALTHY, "align", at=at, by=BY))
    assert ("own", "align", True) == (
        model(both, HEALTHY).stance, model(both, HEALTHY).purpose, model(both, HEALTHY).declared,
    )  # fmt: skip
    later = stance(both, "facilitate", HEALTHY, minutes=2)
    assert ("align", True) == purpose(later, HEALTHY)


def test_the_purpose_of_a_ritual_that_ends_for_deciding_nothing_cannot_change_under_it(
    ledger: Ledger,
) -> None:
    gone = ended(ledger)
    records = declare_purpose.propose(gone, ROTTEN, "relate", at=AT + timedelta(minutes=1), by=BY)
    said = " ".join(declare_purpose.gate(gone.plus(records), records))
    assert "RIT01 roadmap-review is not found" in said
    assert "prodops stance roadmap-review --undo" in said


def test_a_lapsed_stance_is_not_kept_by_a_declared_purpose() -> None:
    records = [*part.people(), *part.calendars(), *part.minutes()]
    (one,) = set_stance.propose(
        part.ledger(records), ROTTEN, "own", expires_on=date(2026, 7, 10), at=AT, by=BY
    )
    late = Ledger.of([*records, one], today=datetime(2026, 8, 1, tzinfo=UTC))
    (kept,) = declare_purpose.propose(late, ROTTEN, "align", at=AT + timedelta(days=32), by=BY)
    assert ("", "align", one.id) == (kept.stance, kept.purpose, kept.supersedes)
    assert declare_purpose.gate(late.plus([kept]), [kept]) == []


def test_an_exit_declares_the_change_with_the_day_its_effect_is_read(ledger: Ledger) -> None:
    (change,) = changes(ended(ledger))
    assert ("RIT01 roadmap-review",) == change.because
    assert ("ritual_hours", date(2026, 6, 30), date(2026, 9, 29)) == (
        change.target, change.starts_on, change.reads_out_on,
    )  # fmt: skip
    assert "gives back" in change.expected
    assert "PM hours a week (" in change.expected


def test_an_exit_without_known_hours_expects_no_more_than_is_spent(ledger: Ledger) -> None:
    records = exit_ritual.propose(ledger, ROTTEN, exit_ritual.Plan(), because=["RIT03"], at=AT, by=BY)
    (change,) = (one for one in records if isinstance(one, Intervention))
    assert change.expected.startswith("gives back at most")
    alone = part.ledger(part.minutes())
    records = exit_ritual.propose(alone, ROTTEN, exit_ritual.Plan(), because=["RIT01"], at=AT, by=BY)
    (change,) = (one for one in records if isinstance(one, Intervention))
    assert "not known" in change.expected


def test_an_exit_asks_for_a_finding_before_anything_else(ledger: Ledger) -> None:
    with pytest.raises(ActionRefusedError, match=r"No exit without a finding\..*--because RIT01"):
        exit_ritual.propose(ledger, ROTTEN, exit_ritual.Plan(), because=[], at=AT, by=BY)


def test_a_change_is_declared_before_it_begins_and_read_after(ledger: Ledger) -> None:
    plan = exit_ritual.Plan(starts_on=date(2026, 6, 1), reads_out_on=date(2026, 5, 1))
    records = exit_ritual.propose(ledger, ROTTEN, plan, because=["RIT01"], at=AT, by=BY)
    early, late = exit_ritual.gate(ledger.plus(records), records)
    assert "before it begins" in early
    assert "--reads-out 2026-08-31" in late


def test_a_ritual_ends_once(ledger: Ledger) -> None:
    with pytest.raises(ActionRefusedError, match="on its way out until 2026-12-29"):
        ended(ended(ledger), minutes=1)


def test_taking_an_exit_back_restores_the_former_stance_and_ends_the_change(ledger: Ledger) -> None:
    gone = ended(stance(ledger, "own"), minutes=1)
    back = undone(gone, minutes=2)
    assert ("own", True) == (model(back).stance, model(back).declared)
    assert [date(2026, 6, 30)] == [one.ended_on for one in changes(back)]
    assert 3 == back.count(RitualStance)


def test_taking_the_first_declaration_back_leaves_the_proposal(ledger: Ledger) -> None:
    back = undone(ended(ledger), minutes=1)
    assert ("exit", False, None) == (model(back).stance, model(back).declared, model(back).lapsed_on)
    assert ("decide", False) == purpose(back, ROTTEN)
    with pytest.raises(ActionRefusedError, match="Nothing was declared"):
        set_stance.undo(ledger, ROTTEN, at=AT, by=BY)


def test_an_exit_that_ended_is_declared_anew_and_not_undone_back(ledger: Ledger) -> None:
    owned = stance(ended(ledger), "own", minutes=1)
    assert [date(2026, 6, 30)] == [one.ended_on for one in changes(owned)]
    with pytest.raises(ActionRefusedError, match="prodops exit-ritual roadmap-review --because RIT01"):
        undone(owned, minutes=2)
    again = ended(owned, minutes=3)
    assert [date(2026, 6, 30), None] == [one.ended_on for one in changes(again)]


def test_a_longer_exit_keeps_its_change_and_can_be_taken_back(ledger: Ledger) -> None:
    longer = stance(ended(ledger), "exit", minutes=1)
    assert [None] == [one.ended_on for one in changes(longer)]
    assert [None] == [one.ended_on for one in changes(undone(longer, minutes=2))]
    assert "exit" == model(undone(longer, minutes=2)).stance


def test_a_stance_taken_back_can_be_given_again(ledger: Ledger) -> None:
    back = undone(stance(ledger, "own"), minutes=1)
    assert ("own", True) == (model(undone(back, minutes=2)).stance, model(undone(back, minutes=2)).declared)
