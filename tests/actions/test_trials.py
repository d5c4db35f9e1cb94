"""A change is registered before it begins; every refusal shows a way through, and nothing is erased."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from impact.pm_calendars import calendars, pm, roster
from impact.ritual_calendars import ritual, sat
from pages import organisation as part
from prodops.actions.decisions import log_event, start_trial, stop_trial
from prodops.actions.decisions.start_trial import TrialPlan
from prodops.actions.refusal import ActionRefusedError
from prodops.actions.rituals import exit_ritual
from prodops.impact.order import draw_order, read_order, seal
from prodops.impact.trials import changes, key_of, members_of, seal_holds, state_of, waves_of
from prodops.ledger.decisions import Intervention, OtherEvent
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared, person_id

AT = datetime(2026, 6, 30, 9, tzinfo=UTC)
BY = "ana@example.com"
PLAN = TrialPlan(
    name="Focus days", outcomes=("overhead_share",), expects="-4 (-6 to -2)", design="one-date", units="pm"
)


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """Eight PMs in eight teams with calendars, and messages of which most are never decided."""
    return part.ledger(roster(8), calendars(8, weeks=range(43)), part.messages())


@pytest.fixture(scope="module")
def small() -> Ledger:
    """Three rituals of six PMs, one of them rotten."""
    return part.ledger(part.people(), part.calendars(), part.minutes())


def proposed(
    ledger: Ledger, because: Sequence[str] = ("FBK01",), *, minutes: int = 0, **given: Any
) -> Intervention:
    at = AT + timedelta(minutes=minutes)
    (one,) = start_trial.propose(ledger, replace(PLAN, **given), because=because, at=at, by=BY)
    assert isinstance(one, Intervention)
    return one


def refused(ledger: Ledger, because: Sequence[str] = ("FBK01",), **given: Any) -> str:
    """What is said against a plan, when it is proposed or at the gate."""
    try:
        one = proposed(ledger, because, **given)
    except ActionRefusedError as refusal:
        return str(refusal)
    return " ".join(start_trial.gate(ledger.plus([one]), [one]))


def declared(ledger: Ledger, records: Sequence[Declared]) -> Ledger:
    after = ledger.plus(records)
    assert start_trial.gate(after, records) == []
    return after


def test_a_plan_is_sealed_with_its_findings_units_and_day_of_reading(ledger: Ledger) -> None:
    one = proposed(ledger)
    assert ("FBK01 email",) == one.because
    assert ("-4", "-6", "-2") == one.expects
    assert (date(2026, 7, 6), date(2026, 10, 5)) == (one.starts_on, one.reads_out_on)
    assert {pm(n) for n in range(8)} == {person for _, person in members_of(one)}
    assert seal_holds(one) is True
    assert "C" == one.grade
    assert "ana" not in f"{one.declared_by} {one.cite}"
    assert [] == start_trial.gate(ledger.plus([one]), [one])


def test_the_tool_draws_the_order_and_anybody_can_draw_it_again(ledger: Ledger) -> None:
    one = proposed(ledger, design="staggered", units="team", waves=3, every_weeks=4, seed=11)
    order = read_order(one.order)
    assert order.sealed
    assert order.redrawn is True
    assert [date(2026, 7, 6), date(2026, 8, 3), None] == [wave.starts_on for wave in waves_of(one)]
    assert {f"Team {n:02d}" for n in range(8)} == set(order.names)
    assert "A" == one.grade
    again = proposed(ledger, design="staggered", units="team", waves=3, every_weeks=4, seed=12)
    assert read_order(again.order).waves != order.waves


@pytest.mark.parametrize(
    ("acts_on", "design"), [("channel:email", "one date"), ("metric:orders", "one date"), ("", "staggered")]
)
def test_who_starts_when_follows_from_what_is_touched(ledger: Ledger, acts_on: str, design: str) -> None:
    """Customers and definitions are the same for every PM; a way of working begins team by team."""
    assert design == proposed(ledger, acts_on=acts_on, design="", units="").design


def test_a_switchback_turns_every_fortnight(ledger: Ledger) -> None:
    one = proposed(ledger, design="switchback", outcomes=("meeting_hours",))
    assert [date(2026, 7, 6), date(2026, 7, 20)] == [wave.starts_on for wave in waves_of(one)]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name": "  "}, "needs a name"),
        ({"outcomes": ()}, "exactly one primary outcome; 0"),
        ({"outcomes": ("overhead_share", "core_share")}, "exactly one primary outcome; 2"),
        ({"outcomes": ("happiness",)}, "no measure"),
        ({"expects": "less"}, "number with its interval"),
        ({"expects": "-9 (-6 to -2)"}, "outside -6 to -2"),
        ({"design": "magic"}, "no design"),
        ({"units": "people"}, "no unit"),
        ({"only": ("Nobody",)}, "Teams with PMs: Team 00"),
        ({"acts_on": "status"}, "ritual:NAME"),
        ({"acts_on": "channel:pigeon"}, "email"),
        ({"acts_on": "ritual:zzz"}, "ritual"),
        ({"units": "ritual"}, "--on ritual:NAME"),
        ({"starts_on": date(2026, 6, 1)}, "--already-begun"),
        ({"already_begun": True}, "has not begun"),
        ({"reads_out_on": date(2026, 7, 1)}, "--reads-out"),
        ({"design": "staggered", "only": ("Team 00", "Team 01")}, "--design one-date"),
        ({"design": "staggered", "waves": 12}, "--waves 4"),
        ({"design": "staggered", "already_begun": True}, "--order FILE"),
        ({"beside": ("zzz",)}, "prodops try start"),
    ],
)
def test_what_does_not_hold_is_refused_with_a_way_through(
    ledger: Ledger, given: dict[str, Any], says: str
) -> None:
    assert says in refused(ledger, **given)


@pytest.mark.parametrize(
    ("because", "says"),
    [
        ((), "No change without a finding"),
        (("ABC99",), "code of no check. There are: DAT01"),
        (("RIT01",), "finds nothing"),
        (("FBK01 form",), "It is found on: email"),
    ],
)
def test_every_reason_is_found_now(ledger: Ledger, because: Sequence[str], says: str) -> None:
    assert says in refused(ledger, because)


def test_a_pause_of_a_ritual_takes_those_who_sit_in_it(small: Ledger) -> None:
    one = proposed(
        small, ["rit01"], acts_on="ritual:Roadmap review", design="", units="", outcomes=("ritual_hours",)
    )
    assert ("ritual roadmap-review", "pause", "ritual") == (one.acts_on, one.design, one.units)
    assert ("RIT01 roadmap-review",) == one.because
    assert 6 == len(members_of(one))
    assert {"roadmap-review"} == {name for name, _ in members_of(one)}


def test_rituals_begin_one_by_one_in_an_order_that_is_drawn() -> None:
    ledger = part.ledger(roster(6), sat(6, lambda *_: 1.0, weeks=range(43)), part.messages())
    several: dict[str, Any] = {"units": "ritual", "only": tuple(ritual(n) for n in range(8)), "design": ""}
    one = proposed(ledger, **several, outcomes=("ritual_hours",), guardrails=("overhead_share",))
    assert ("staggered", "ritual", "A") == (one.design, one.units, one.grade)
    assert {ritual(n) for n in range(8)} == set(read_order(one.order).names)
    assert [4, 4] == [len(wave.names) for wave in waves_of(one)]
    assert 8 * 6 == len(members_of(one))
    assert [] == start_trial.gate(ledger.plus([one]), [one])
    assert "--outcome ritual_hours" in refused(ledger, **several)
    asked = {**several, "outcomes": ("ritual_hours",)}
    assert "--design staggered" in refused(ledger, **{**asked, "design": "pause"})
    assert "needs 6 units" in refused(ledger, **{**asked, "only": (ritual(0), ritual(1))})
    assert "ritual" in refused(ledger, **{**asked, "only": (ritual(0), "zzz")})


def test_without_calendars_of_five_a_plan_reaches_no_grade() -> None:
    few = part.ledger(roster(3), calendars(3, weeks=range(43)), part.messages())
    assert "D" == proposed(few).grade
    nobody = part.ledger(part.messages())
    assert "prodops add FOLDER" in refused(nobody)


def test_a_second_change_on_the_same_people_must_be_said(ledger: Ledger) -> None:
    first = proposed(ledger)
    after = declared(ledger, [first])
    assert "--beside focus-days" in refused(after, name="Another")
    second = proposed(after, name="Another", beside=("focus-days",))
    assert [] == start_trial.gate(after.plus([second]), [second])
    assert "another name" in refused(after, minutes=5)


def test_a_change_is_stopped_with_a_reason_and_runs_again(ledger: Ledger) -> None:
    after = declared(ledger, [proposed(ledger)])
    with pytest.raises(ActionRefusedError, match="Say why"):
        stop_trial.propose(after, "focus-days", " ", at=AT, by=BY)
    with pytest.raises(ActionRefusedError, match="was not stopped"):
        stop_trial.undo(after, "focus-days", at=AT, by=BY)
    ended = stop_trial.propose(after, "focus-days", "Nobody came", at=AT, by=BY)
    assert [] == stop_trial.gate(after.plus(ended), ended)
    after = after.plus(ended)
    (one,) = changes(after)
    assert ("stopped", "Nobody came") == (state_of(one, date(2026, 6, 30), None), one.ended_because)
    assert seal_holds(one) is True
    with pytest.raises(ActionRefusedError, match="ended on 2026-06-30"):
        stop_trial.propose(after, "focus-days", "Again", at=AT, by=BY)
    (again,) = changes(after.plus(stop_trial.undo(after, "focus-days", at=AT, by=BY)))
    assert again.ended_on is None


def test_another_plan_than_was_sealed_is_not_let_in(ledger: Ledger) -> None:
    one = proposed(ledger)
    edited = replace(one, reads_out_on=date(2027, 1, 4))
    assert "sealed" in " ".join(start_trial.gate(ledger.plus([edited]), [edited]))
    assert "sealed" in " ".join(stop_trial.gate(ledger.plus([edited]), [edited]))


def test_a_registration_is_taken_back_until_it_was_read(ledger: Ledger) -> None:
    after = declared(ledger, [proposed(ledger)])
    gone = start_trial.undo(after, "focus-days", at=AT, by=BY)
    after = declared(after, gone)
    (one,) = changes(after)
    assert "taken back" == state_of(one, date(2026, 12, 1), date(2026, 12, 1))
    with pytest.raises(ActionRefusedError, match="already"):
        start_trial.undo(after, "focus-days", at=AT, by=BY)
    with pytest.raises(ActionRefusedError, match="No change is called 'zzz'"):
        start_trial.undo(after, "zzz", at=AT, by=BY)
    # Its name is free again.
    assert [] == start_trial.gate(after.plus([proposed(after)]), [proposed(after)])


def test_what_was_read_stays(ledger: Ledger) -> None:
    everything = [*roster(8), *calendars(8, weeks=range(43)), proposed(ledger)]
    late = Ledger.of(everything, today=datetime(2026, 11, 1, tzinfo=UTC))
    with pytest.raises(ActionRefusedError, match="what was registered and read stays"):
        start_trial.undo(late, "focus-days", at=AT, by=BY)


def test_the_change_of_an_exit_is_listed_and_ends_with_the_exit(small: Ledger) -> None:
    records = exit_ritual.propose(
        small, "roadmap-review", exit_ritual.Plan(), because=["RIT01"], at=AT, by=BY
    )
    after = small.plus(records)
    (one,) = changes(after)
    assert ("exit-roadmap-review", "one date") == (key_of(one), one.design)
    assert seal_holds(one) is True
    with pytest.raises(ActionRefusedError, match="prodops stance roadmap-review --undo"):
        stop_trial.propose(after, "exit-roadmap-review", "x", at=AT, by=BY)
    assert "--beside exit-roadmap-review" in refused(after, ["RIT01 roadmap-review"])


def lived(**given: Any) -> str:
    """An order of addresses as it was lived: two waves in the past."""
    waves = [
        {"starts": "2026-03-02", "names": [f"lead{n}@example.com" for n in range(4)]},
        {"starts": "2026-04-06", "names": [f"lead{n}@example.com" for n in range(4, 8)]},
    ]
    return json.dumps({"waves": waves, **given})


def test_a_rollout_that_happened_is_kept_without_addresses_at_a_lower_grade(ledger: Ledger) -> None:
    one = proposed(ledger, design="", already_begun=True, order=lived(), reads_out_on=date(2026, 7, 31))
    assert "@" not in one.order
    assert str(person_id("lead0@example.com")) in one.order
    assert ("staggered", date(2026, 3, 2)) == (one.design, one.starts_on)
    assert one.grade in ("B", "D")
    assert [] == start_trial.gate(ledger.plus([one]), [one])


@pytest.mark.parametrize(
    ("order", "given", "says"),
    [
        ("{", {"already_begun": True}, "no JSON"),
        (lived(), {}, "no hash"),
        (lived(hash="0" * 64, seed=1), {"already_begun": True}, "changed after it was sealed"),
        (lived(), {"already_begun": True, "units": "team"}, "--units pm"),
        ('{"waves": [["lead0@example.com"]]}', {"already_begun": True}, "when each wave starts"),
        ('{"waves": [{"starts": "2026-13-40", "names": ["lead0@example.com"]}]}', {"already_begun": True},
         "no day"),
        ('{"waves": [{"starts": 7, "names": ["lead0@example.com"]}]}', {"already_begun": True}, "as days"),
        ('{"waves": [{"starts": null, "names": ["lead0@example.com"]}]}', {"already_begun": True},
         "ever starts"),
    ],
)  # fmt: skip
def test_an_order_that_was_edited_or_says_too_little_is_refused(
    ledger: Ledger, order: str, given: dict[str, Any], says: str
) -> None:
    assert says in refused(ledger, design="", order=order, **given)


def test_an_order_that_the_seed_does_not_give_is_refused(ledger: Ledger) -> None:
    drawn = draw_order([pm(n) for n in range(8)], ["2026-07-06", None], seed=3, drawn_at=AT)
    kept = proposed(ledger, design="", order=json.dumps(drawn))
    assert read_order(kept.order).sealed
    other = {**drawn, "seed": 4}
    other["hash"] = seal(other)
    assert "Seed 4 does not give this order" in refused(ledger, design="", order=json.dumps(other))


def test_other_events_are_logged_once_and_taken_back(ledger: Ledger) -> None:
    day = date(2026, 6, 1)
    one = log_event.propose(ledger, day, " Support  was reorganised ", at=AT, by=BY)
    after = ledger.plus(one)
    assert [] == log_event.gate(after, one)
    with pytest.raises(ActionRefusedError, match="in the log already"):
        log_event.propose(after, day, "Support was reorganised", at=AT, by=BY)
    with pytest.raises(ActionRefusedError, match="Say what happened"):
        log_event.propose(after, day, "", at=AT, by=BY)
    gone = log_event.undo(after, day, at=AT, by=BY)
    assert [True] == [each.withdrawn for each in after.plus(gone).records(OtherEvent)]
    with pytest.raises(ActionRefusedError, match="no event on"):
        log_event.undo(after.plus(gone), day, at=AT, by=BY)
    ahead = log_event.propose(ledger, date(2026, 12, 1), "Christmas", at=AT, by=BY)
    assert "lies ahead" in " ".join(log_event.gate(ledger.plus(ahead), ahead))
