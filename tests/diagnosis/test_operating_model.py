"""The first operating model: own, facilitate or exit, each with its reason and its date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from make import make
from prodops.checks.finding import Evidence, Finding
from prodops.diagnosis.audited import AuditedHours
from prodops.diagnosis.constraint import Diagnosis, judge
from prodops.diagnosis.operating_model import ProposedStance, operating_model, outcome_sentence
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation, Record
from prodops.ledger.rituals import RitualStance
from prodops.stats.estimate import Estimate
from views.given import MONDAY, PMS, TODAY, invited, minutes, roster, weekly, weeks


def found(*subjects: str, low: float = 2.0, sink: str = "ritual_rot") -> Diagnosis:
    """A diagnosis that rests on a finding about each subject."""
    findings = tuple(
        Finding(
            code="RIT01",
            sink=sink,
            subject=subject,
            title=f"{subject} produced nothing",
            evidence=(Evidence("note", "n", Citation("a.md", "line 1"), "empty"),),
            evidence_count=1,
            hours=Estimate(3.0, low, 4.0, 9, "PM hours a week"),
        )
        for subject in subjects
    )
    return judge({}, findings, AuditedHours(pms=6, pm_hours=240.0, ceiling=None))


def ritual(title: str, people: tuple[str, ...] = PMS, at: int = 0) -> list[Record]:
    """Ten occurrences of a weekly ritual, some hours after nine."""
    name = title.lower().replace(" ", "-")
    return [*weekly(title, 10, starts_at=MONDAY + timedelta(hours=at)), *invited(name, people)]


def stances(records: list[Record], diagnosis: Diagnosis | None = None) -> list[ProposedStance]:
    """What is proposed."""
    ledger = Ledger.of([*roster(), *records], today=TODAY)
    return list(operating_model(ledger, diagnosis or found()))


def declared(stance: str, day: int, purpose: str = "decide") -> RitualStance:
    """A stance on the pricing council, declared on a day of March."""
    return make(
        RitualStance, ritual="pricing-council", stance=stance, purpose=purpose, expires_on=date(2026, 9, day),
        declared_at=datetime(2026, 3, day, tzinfo=UTC),
    )  # fmt: skip


def test_a_deciding_ritual_is_owned_until_it_leaves_a_record() -> None:
    (one,) = stances(ritual("Pricing council"))
    assert ("own", "decide", False) == (one.stance, one.purpose, one.declared)
    assert "no minutes" in one.reason
    assert date(2026, 12, 29) == one.expires_on


def test_the_reason_counts_what_its_minutes_show() -> None:
    (one,) = stances([*ritual("Pricing council"), *minutes("Pricing council", weeks(8), [1] * 6)])
    assert "6 of 8 noted occurrences produced something" in one.reason


def test_a_ritual_is_exited_only_on_a_finding_about_it() -> None:
    council = ritual("Pricing council")
    (one,) = stances(council, found("pricing-council"))
    assert ("exit", "pricing-council produced nothing") == (one.stance, one.reason)
    assert ["own"] == [one.stance for one in stances(council, found("another"))]
    assert ["own"] == [one.stance for one in stances(council, found("pricing-council", low=0.0))]
    assert ["own"] == [one.stance for one in stances(council, found("pricing-council", sink="data_debt"))]


def test_rituals_that_align_learn_or_say_nothing_are_facilitated() -> None:
    rows = stances([*ritual("Weekly sync"), *ritual("Demo day", at=2), *ritual("Pricing", at=4)])
    assert {"facilitate"} == {one.stance for one in rows}
    assert {"align", "learn", "unknown"} == {one.purpose for one in rows}


def test_what_a_person_declared_wins_over_any_proposal() -> None:
    records = [*ritual("Pricing council"), declared("facilitate", 1), declared("own", 2)]
    (one,) = stances(records, found("pricing-council"))
    assert ("own", True, date(2026, 9, 2)) == (one.stance, one.declared, one.expires_on)


def test_a_declared_purpose_is_the_purpose() -> None:
    (one,) = stances([*ritual("Pricing council"), declared("facilitate", 1, purpose="learn")])
    assert "learn" == one.purpose


def test_hours_of_fewer_than_five_pms_and_rituals_of_few_people_are_not_told() -> None:
    (one,) = stances(ritual("Pricing council", PMS[:4]))
    assert one.pm_hours_week is None
    assert [] == stances(ritual("Pricing council", PMS[:1]))
    assert [] == stances([*weekly("Tiny council", 10, invited_count=4), *invited("tiny-council")])


def test_the_costliest_ritual_comes_first() -> None:
    rows = stances([*ritual("Board", PMS[:5]), *ritual("Pricing council", at=2)])
    assert ["pricing-council", "board"] == [one.ritual for one in rows]


def test_the_outcome_says_where_it_stands_or_that_nobody_knows() -> None:
    assert "now 31% (27% to 35%" in outcome_sentence(Estimate(0.31, 0.27, 0.35, 12, "share"))
    assert "not measured yet" in outcome_sentence(Estimate.unknown("share", because="no calendar"))


def test_a_doubt_without_hours_is_told_and_ends_nothing() -> None:
    (one,) = stances(ritual("Weekly sync"), found("sync", low=0.0))
    assert "facilitate" == one.stance
    assert "But sync produced nothing: try a pause before it is judged" in one.reason
    assert () == one.because
