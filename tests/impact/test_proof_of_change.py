"""The proof of a registered change: planted effects are found, and nothing else is called one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from impact.pm_calendars import START, WEEKS, calendars, ledger, monday, pm, roster, steady
from impact.pm_trials import AT, FIRST, LABELLED, LAST_DAY, PMS, Hours, begun, change, labels, moved
from make import make
from prodops.impact.proof import Proof, prove
from prodops.impact.trials import key_of, seal_holds, seal_of
from prodops.ledger.decisions import Intervention, OtherEvent
from prodops.ledger.record import Citation, Prose, Record, RecordId, person_id
from prodops.ledger.rituals import Invitee, Meeting
from prodops.ledger.time import Label


def proved(one: Intervention, hours: Hours, more: Iterable[Record] = ()) -> Proof:
    return prove(ledger(*roster(PMS), *calendars(PMS, hours), one, *more), one)


def gate(proof: Proof, name: str) -> str:
    return next(one.status for one in proof.gates if one.name == name)


def test_a_drawn_order_with_an_effect_is_proved_at_grade_a() -> None:
    one = change()
    proof = proved(one, moved(one, -5.0, 0.0))
    assert proof.grade is not None
    assert "A" == proof.grade.letter, proof.claim
    assert proof.claims_effect
    assert "reduced meeting hours of a PM in a week by" in proof.claim
    assert proof.effect is not None
    assert proof.effect.overall is not None
    assert proof.effect.overall.low < -5 * 0.95 < proof.effect.overall.high
    assert () == proof.effect.without
    assert "passed" == gate(proof, "pre_registered")
    assert "passed" == gate(proof, "displaced")
    late = [week for week in proof.curve if week.started]
    assert all(week.expected is not None and week.seen < week.expected for week in late[5:])


def test_a_guardrail_of_pm_time_is_read_by_the_design_of_the_change() -> None:
    one = change(guardrails=("strategic-share must not fall", "meeting_hours"))
    bets, own = proved(one, moved(one, 0.0, -3.0)).guardrails
    assert bets.moved is not None
    assert ("points", "fell", None) == (bets.moved.unit, bets.verdict, bets.before)
    assert own.before is not None, "the primary outcome itself is no effect beside itself"


def test_nothing_is_claimed_where_nothing_happened() -> None:
    one = change()
    proof = proved(one, steady)
    assert not proof.claims_effect
    assert "No change of meeting hours" in proof.claim


def test_a_share_without_labels_is_a_description_and_says_what_is_missing() -> None:
    one = change(outcome="overhead_share")
    proof = proved(one, moved(one, -5.0, 5.0))
    assert proof.grade is not None
    assert "D" == proof.grade.letter
    assert "failed" == gate(proof, "labels")
    assert any("prodops label --draw" in one.missing for one in proof.gates)


def test_labels_let_a_share_be_claimed_with_where_the_hours_landed() -> None:
    one = change(outcome="overhead_share")
    hours = moved(one, -5.0, 5.0)
    proof = proved(one, hours, labels())
    assert proof.grade is not None
    assert "A" == proof.grade.letter, proof.claim
    assert proof.landed is not None
    assert proof.landed["strategic_share"].low > 0
    assert proof.capacity is not None
    assert proof.capacity.low > 0
    assert "points of 12 PMs = " in proof.claim


def test_labels_of_those_who_began_alone_cannot_tell_a_season_from_the_change() -> None:
    one = change(outcome="overhead_share", starts=[str(monday(FIRST)), str(monday(FIRST + 14))])
    proof = proved(one, moved(one, -5.0, 5.0), labels())
    assert "failed" == gate(proof, "labels")
    assert any("held back" in one.missing for one in proof.gates)
    assert not proof.claims_effect


def test_labels_undo_what_only_new_titles_did() -> None:
    one = change(outcome="overhead_share")
    # What those who began call strategy since is what they called status before, and they say so.
    renamed = {f"label:{LABELLED}:{number}-1" for number in begun(one)}
    told = [
        replace(each, leaf="C1") if isinstance(each, Label) and each.id in renamed else each
        for each in labels()
    ]
    proof = proved(one, moved(one, -5.0, 5.0), told)
    assert "passed" == gate(proof, "labels")
    assert proof.effect is not None
    assert proof.effect.overall is not None
    assert -3 < 100 * proof.effect.overall.value
    assert proof.capacity is None or proof.capacity.low <= 0


@pytest.mark.parametrize(
    ("day", "state", "says"),
    [
        (monday(FIRST) - timedelta(days=3), "planned", "It begins on"),
        (monday(FIRST + 5), "running", "once"),
        (LAST_DAY, "read out", ""),
    ],
)
def test_there_is_no_figure_before_the_day_of_reading(day: date, state: str, says: str) -> None:
    one = change()
    today = datetime.combine(day, time(23), tzinfo=UTC)
    proof = prove(ledger(*roster(PMS), *calendars(PMS), one, today=today), one)
    assert state == proof.state
    assert says in proof.refused
    assert bool(says) == (proof.grade is None)


def test_old_calendars_on_the_day_of_reading_are_asked_to_be_renewed() -> None:
    one = change()
    proof = prove(ledger(*roster(PMS), *calendars(PMS, weeks=range(50)), one), one)
    assert "reading out" == proof.state
    assert "prodops add FOLDER" in proof.refused


def test_what_was_taken_back_and_what_is_no_time_is_not_proved() -> None:
    gone = change(withdrawn=True)
    assert "taken back" in prove(ledger(*roster(PMS), *calendars(PMS), gone), gone).refused
    items = change(outcome="decided_in_90_days")
    assert "own items" in prove(ledger(*roster(PMS), *calendars(PMS), items), items).refused


def test_fewer_than_five_pms_are_never_told() -> None:
    one = change()
    proof = prove(ledger(*roster(4), *calendars(4), one), one)
    assert "fewer than five" in proof.refused
    assert proof.grade is None


def test_a_broken_seal_leaves_a_description() -> None:
    one = change()
    edited = replace(one, reads_out_on=LAST_DAY - timedelta(days=7))
    assert seal_holds(edited) is False
    proof = proved(edited, moved(one, -5.0, 0.0))
    assert "failed" == gate(proof, "pre_registered")
    assert proof.grade is not None
    assert "D" == proof.grade.letter


def test_an_order_whose_names_were_changed_carries_no_grade_a() -> None:
    one = change()
    order = json.loads(one.order)
    first, second = order["waves"]
    first["names"], second["names"] = second["names"], first["names"]
    edited = replace(one, order=json.dumps(order))
    proof = proved(replace(edited, seal=seal_of(edited)), moved(edited, -5.0, 0.0))
    assert "failed" == gate(proof, "randomised_order")
    assert proof.grade is not None
    assert "A" != proof.grade.letter


def test_what_had_begun_is_not_called_registered() -> None:
    one = change(design="one date", begun_before=True, registered_at=AT + timedelta(days=60))
    proof = proved(one, moved(one, -5.0, 0.0))
    assert "not applicable" == gate(proof, "pre_registered")
    assert proof.grade is not None
    assert "C" == proof.grade.letter
    assert "cause is not established" in proof.claim


def test_where_all_begin_at_once_after_an_order_it_is_read_as_one_date() -> None:
    one = change(starts=[str(monday(FIRST)), str(monday(FIRST + 1))])
    proof = proved(one, moved(one, -5.0, 0.0))
    assert proof.grade is not None
    assert "C" == proof.grade.letter
    assert "failed" == gate(proof, "randomised_order")


def test_a_pause_is_compared_with_those_outside_it() -> None:
    inside = tuple(f"review={pm(n)}" for n in range(6))
    one = change(design="pause", units="ritual", members=inside)

    def hours(number: int, week: int) -> tuple[float, float]:
        status, strategy = steady(number, week)
        return status - 5.0 * (week >= FIRST and number < 6), strategy

    proof = proved(one, hours)
    assert proof.grade is not None
    assert "B" == proof.grade.letter, proof.claim
    assert (PMS, 6) == (proof.pms, proof.treated)


def test_others_who_take_over_are_seen_and_taken_off() -> None:
    one = change(outcome="overhead_share")
    hours = moved(one, -5.0, 5.0)
    desk: list[Record] = []
    for week in range(FIRST, WEEKS):
        at = START + timedelta(weeks=week, hours=2)
        desk.append(make(
            Meeting, id=RecordId(f"ics:meeting:desk-{week}"), cite=Citation("desk.ics", f"{week}"),
            uid="desk", series=RecordId("ics:series:desk"), invite=RecordId("ics:invite:desk"),
            title=Prose("Desk"), starts_at=at, ends_at=at + timedelta(hours=6), invited_count=8,
        ))  # fmt: skip
    desk += [
        make(
            Invitee, id=RecordId(f"ics:invitee:desk-{n}"), cite=Citation("desk.ics", "UID desk"),
            invite=RecordId("ics:invite:desk"), person=person_id(f"desk{n}@example.com"), response="none",
        )
        for n in range(8)
    ]  # fmt: skip
    proof = proved(one, hours, [*desk, *labels()])
    assert "failed" == gate(proof, "displaced")
    assert proof.others is not None
    assert 36 == pytest.approx(proof.others.hours.value, rel=0.02)
    assert proof.capacity is not None
    assert 36 / 40 == pytest.approx(proof.capacity.own_people, rel=0.02)


def test_few_others_are_not_told_in_hours() -> None:
    one = change()
    at = START + timedelta(weeks=FIRST, hours=2)
    few: list[Record] = [
        make(
            Meeting, id=RecordId(f"ics:meeting:few-{n}"), cite=Citation("few.ics", f"{n}"), uid="few",
            series=RecordId("ics:series:few"), invite=RecordId("ics:invite:few"), title=Prose("Few"),
            starts_at=at + timedelta(weeks=n), ends_at=at + timedelta(weeks=n, hours=1), invited_count=2,
        )
        for n in range(8)
    ]  # fmt: skip
    few.append(make(
        Invitee, id=RecordId("ics:invitee:few"), cite=Citation("few.ics", "UID few"),
        invite=RecordId("ics:invite:few"), person=person_id("few@example.com"),
    ))  # fmt: skip
    proof = proved(one, steady, few)
    assert "not applicable" == gate(proof, "displaced")
    assert proof.others is not None
    assert not proof.others.hours.known


def test_the_change_log_is_read() -> None:
    one = change()
    event = make(
        OtherEvent, id=RecordId("other_event:1"), cite=Citation("declared", "by somebody"),
        happened_on=monday(FIRST + 1), says=Prose("Support was reorganised"), declared_at=AT,
        declared_by=pm(0),
    )  # fmt: skip
    proof = proved(one, steady, [event])
    assert "Support was reorganised" in next(each.says for each in proof.gates if each.name == "change_log")


def test_a_switchback_is_read_from_its_turns() -> None:
    one = change(design="switchback", starts=[str(monday(FIRST)), str(monday(FIRST + 2))])
    first = begun(one)

    def hours(number: int, week: int) -> tuple[float, float]:
        status, strategy = steady(number, week)
        since = week - first[number]
        return status - 4.0 * (since >= 0 and since // 2 % 2 == 0), strategy

    proof = proved(one, hours)
    assert proof.grade is not None
    assert "A" == proof.grade.letter, proof.claim
    assert proof.effect is not None
    assert proof.effect.overall is not None
    assert -4 * 0.95 == pytest.approx(proof.effect.overall.value, abs=0.4)
    assert () == proof.curve
    still = proved(one, steady)
    assert not still.claims_effect
    short = replace(one, reads_out_on=monday(FIRST + 8))
    short = replace(short, seal=seal_of(short))
    assert "failed" == gate(proved(short, hours), "windows")


def test_keys_are_words() -> None:
    assert "focus-days" == key_of(change())
    assert "exit-roadmap-review" == key_of(change(id=RecordId("intervention:exit_ritual:roadmap-review:1")))
