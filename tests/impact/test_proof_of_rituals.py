"""A change rolled out ritual by ritual: the hours that PMs sit in them, by an order that was drawn."""

from __future__ import annotations

import json

from impact.pm_calendars import ledger, monday, noise, pm, roster
from impact.pm_trials import AT, FIRST, LAST_DAY, change
from impact.ritual_calendars import RITUALS, Length, ritual, sat
from prodops.impact.order import draw_order
from prodops.impact.proof import Proof, prove
from prodops.impact.trials import waves_of
from prodops.ledger.decisions import Intervention


def rollout(pms: int = 6, guardrails: tuple[str, ...] = ()) -> Intervention:
    """A rollout over ten rituals whose second half waits."""
    names = [ritual(number) for number in range(RITUALS)]
    order = draw_order(names, [str(monday(FIRST)), None], seed=3, drawn_at=AT, level="unit")
    members = tuple(f"{name}={pm(one)}" for name in names for one in range(pms))
    return change(
        outcome="ritual_hours",
        units="ritual",
        members=members,
        order=json.dumps(order),
        guardrails=guardrails,
    )


def lived(one: Intervention, change_hours: float) -> Length:
    """Rounds of about an hour; those that began are shorter by so much."""
    began = set(waves_of(one)[0].names)
    assert 5 == len(began)

    def hours(number: int, week: int) -> float:
        on = week >= FIRST and ritual(number) in began
        return 1.5 + number % 3 * 0.2 + noise(number, week) * 0.2 + on * change_hours

    return hours


def proved(one: Intervention, hours: Length, pms: int = 6) -> Proof:
    return prove(ledger(*roster(pms), *sat(pms, hours), one), one)


def test_hours_that_fall_in_rituals_that_began_are_proved_at_grade_a() -> None:
    one = rollout()
    proof = proved(one, lived(one, -0.5))
    assert proof.grade is not None, proof.refused
    assert "A" == proof.grade.letter, proof.claim
    assert "reduced the PM hours a week in one of these rituals by" in proof.claim
    assert proof.effect is not None
    assert proof.effect.overall is not None
    planted = -0.5 * 6 * 0.95  # an accepted meeting is attended with probability .95
    assert proof.effect.overall.low < planted < proof.effect.overall.high
    assert (0, RITUALS) == (proof.pms, proof.rituals)


def test_a_ritual_that_is_ended_counts_as_hours_that_fell_to_nothing() -> None:
    one = rollout()
    proof = proved(one, lived(one, -9.0))
    assert proof.effect is not None
    assert proof.effect.overall is not None
    assert -11 < proof.effect.overall.value < -8


def test_nothing_is_claimed_of_rituals_where_nothing_happened() -> None:
    one = rollout()
    proof = proved(one, lived(one, 0.0))
    assert not proof.claims_effect
    assert "No change of the PM hours" in proof.claim


def test_rituals_of_fewer_than_five_pms_have_no_figure() -> None:
    one = rollout(pms=4)
    proof = proved(one, lived(one, -0.5), pms=4)
    assert "Fewer than five PMs" in proof.refused
    assert proof.effect is None


def test_guardrails_are_read_before_the_first_start_and_on_the_day_of_reading() -> None:
    one = rollout(guardrails=("meeting_hours must not rise", "customers do not complain"))
    hours = lived(one, 1.0)
    proof = proved(one, hours)
    measured, words = proof.guardrails
    assert measured.before is not None
    assert measured.since is not None
    assert measured.since.value > measured.before.value  # type: ignore[operator]  # both are known here
    assert "rose" == measured.verdict
    assert "in words only" in words.verdict
    assert LAST_DAY == one.reads_out_on
