"""Hours of each sink from planted records: more waste weighs more, and what is not known weighs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

import numpy as np
import pytest

from make import make
from prodops.diagnosis import debt_hours, hole_hours, rot_hours
from prodops.diagnosis.sink import DRAWS, Weighed
from prodops.ledger.data import MetricUse
from prodops.ledger.feedback import Feedback
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Prose, Record, RecordId
from views.given import MONDAY, TODAY, invited, meeting, minutes, roster, weekly, weeks

WEEKS = 24


def weigh(sink: Callable[..., Weighed], records: Iterable[Record]) -> Weighed:
    """The sink over these records, with the same dice each time."""
    return sink(Ledger.of(records, today=TODAY), np.random.default_rng(1))


def hours(weighed: Weighed, subject: str = "") -> float:
    """Mean PM hours a week of a sink, or of one of its parts."""
    return float(sum(part.draws.mean() for part in weighed.parts if subject in ("", part.subject)))


def council(name: str, empty_share: float, at: int = 0) -> list[Record]:
    """A weekly ritual, `at` hours after nine, with minutes of every occurrence; a share produced nothing."""
    empty = round(empty_share * WEEKS)
    noted = minutes(name, weeks(WEEKS), [1] * (WEEKS - empty))
    planned = weekly(name, WEEKS, starts_at=MONDAY + timedelta(hours=at))
    return [*planned, *invited(name.lower().replace(" ", "-")), *noted]


def rituals(*shares: float) -> list[Record]:
    """One council for each share of empty occurrences."""
    councils = [
        one for k, share in enumerate(shares) for one in council(f"{'abcdefgh'[k] * 3} council", share, k)
    ]
    return [*roster(), *councils]


def test_rituals_that_produce_less_weigh_more() -> None:
    healthy = (0.1, 0.1, 0.1, 0.1)
    totals = [hours(weigh(rot_hours.weigh, rituals(share, *healthy))) for share in (0.1, 0.5, 0.9)]
    assert totals == sorted(totals)
    assert totals[2] > totals[0] + 2


def test_no_ritual_gives_back_more_than_it_takes() -> None:
    weighed = weigh(rot_hours.weigh, rituals(1.0, 0.1, 0.1, 0.1))
    for part in weighed.parts:
        assert DRAWS == len(part.draws)
        assert float(part.draws.min()) >= 0
        assert float(part.draws.max()) <= 6 * WEEKS / (WEEKS - 1)
        assert 6 == part.touches


def test_rituals_are_measured_against_the_healthy_ones_of_their_own_house() -> None:
    middling = 0.35
    among_middling = weigh(rot_hours.weigh, rituals(*[middling] * 8))
    among_healthy = weigh(rot_hours.weigh, rituals(middling, *[0.0] * 7))
    assert hours(among_healthy, "aaa-council") > 2 * hours(among_middling, "aaa-council")


def test_the_emptiest_of_healthy_rituals_is_not_held_against_the_luckiest() -> None:
    weighed = weigh(rot_hours.weigh, rituals(0.0, 0.04, 0.04, 0.08, 0.08, 0.13, 0.13, 0.17))
    assert hours(weighed) < 0.02 * 6 * 8


def test_missing_minutes_do_not_raise_the_hours() -> None:
    all_noted = rituals(0.5, 0.1, 0.1, 0.1)
    notes = [f"note:aaa council:{day}" for day in weeks(WEEKS)]

    def without(gone: list[str]) -> list[Record]:
        return [one for one in all_noted if not str(one.id).startswith(tuple(gone))]

    half_noted, none_noted = without(notes[::2]), without(notes)
    assert len(all_noted) > len(half_noted) > len(none_noted)
    full = hours(weigh(rot_hours.weigh, all_noted), "aaa-council")
    assert hours(weigh(rot_hours.weigh, half_noted), "aaa-council") <= full * 1.15
    assert hours(weigh(rot_hours.weigh, none_noted), "aaa-council") < full


def test_without_calendars_or_without_minutes_there_are_no_ritual_hours_and_a_reason() -> None:
    nothing = weigh(rot_hours.weigh, [])
    assert ((), "no calendar") == (nothing.parts, nothing.because[:11])
    noted = weigh(rot_hours.weigh, minutes("Pricing council", weeks(20)))
    assert ((), "no calendar") == (noted.parts, noted.because[:11])
    planned = weigh(rot_hours.weigh, [*roster(), *weekly("Pricing council", 20), *invited("pricing-council")])
    assert ((), "no minutes") == (planned.parts, planned.because[:10])


def test_a_ritual_that_is_meant_to_relate_is_not_weighed() -> None:
    coffee = [*rituals(0.1), *council("Friday coffee", 1.0, 5)]
    assert ["aaa-council"] == [part.subject for part in weigh(rot_hours.weigh, coffee).parts]


def test_five_rituals_or_more_set_their_own_prior() -> None:
    few, many = rituals(0.9, 0.1, 0.1), rituals(0.9, 0.1, 0.1, 0.1, 0.1, 0.1)
    assert all(weigh(rot_hours.weigh, one).n == WEEKS * count for one, count in ((few, 3), (many, 6)))


def channel(name: str, decided: int, waiting: int = 0, repeats: int = 0) -> list[Record]:
    """Messages of a channel, one a day, all of which were watched for more than 90 days."""
    total = decided + waiting
    return [
        make(
            Feedback,
            id=RecordId(f"{name}{k}"),
            channel=name,
            created_at=(came := MONDAY - timedelta(days=120 - k % 20)),
            decided_at=came + timedelta(days=3) if k < decided else None,
            duplicate_of=RecordId("first") if k < repeats else None,
            observed_until=MONDAY + timedelta(days=30),
        )
        for k in range(total)
    ]


def test_channels_that_decide_less_weigh_more() -> None:
    good = channel("form", 95, 5)
    totals = [
        hours(weigh(hole_hours.weigh, [*good, *channel("email", n, 100 - n)]), "email") for n in (95, 50, 5)
    ]
    assert totals == sorted(totals)
    assert totals[2] > 3 * totals[0]


def test_a_channel_alone_is_measured_against_what_a_working_one_does() -> None:
    assert hours(weigh(hole_hours.weigh, channel("email", 5, 95))) > 2 * hours(
        weigh(hole_hours.weigh, channel("email", 70, 30))
    )


def test_what_is_asked_again_is_answered_again() -> None:
    once, again = channel("email", 60, 40), channel("email", 60, 40, repeats=40)
    assert hours(weigh(hole_hours.weigh, again)) > hours(weigh(hole_hours.weigh, once))


def test_without_messages_that_had_ninety_days_there_are_no_hours_and_a_reason() -> None:
    assert "no messages" == weigh(hole_hours.weigh, []).because[:11]
    young = [make(Feedback, channel="email", created_at=TODAY - timedelta(days=5), observed_until=TODAY)]
    weighed = weigh(hole_hours.weigh, young)
    assert ((), True) == (weighed.parts, "90 days" in weighed.because)


def test_a_source_that_records_no_ends_says_nothing_about_decisions() -> None:
    silent = [make(Feedback, **{**_fields(one), "ends_recorded": False}) for one in channel("email", 0, 50)]
    assert () == weigh(hole_hours.weigh, silent).parts


def _fields(record: Record) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def uses(metric: str, rechecks: int, total: int = 40, minutes_each: float | None = None) -> list[Record]:
    """Uses of a metric, two a week, some of which check its number by hand."""
    return [
        make(
            MetricUse,
            id=RecordId(f"{metric}{k}"),
            reads=metric,
            kind="recheck" if k < rechecks else "view",
            used_at=MONDAY + timedelta(days=3.5 * k),
            minutes=minutes_each if k < rechecks else None,
            person=f"person:{k % 7}",
        )
        for k in range(total)
    ]


def test_metrics_that_are_checked_more_often_weigh_more() -> None:
    trusted = [one for k in range(4) for one in uses(f"trusted{k}", 1)]
    totals = [
        hours(weigh(debt_hours.weigh, [*trusted, *uses("churn", count)]), "churn") for count in (1, 15, 35)
    ]
    assert totals == sorted(totals)
    assert totals[2] > 3 * totals[0]


def test_minutes_that_were_recorded_replace_the_prior() -> None:
    guessed = weigh(debt_hours.weigh, uses("churn", 30))
    timed = weigh(debt_hours.weigh, uses("churn", 30, minutes_each=60.0))
    about_minutes = [[one for one in told.assumed if "minutes" in one] for told in (guessed, timed)]
    assert ([1, 0]) == [len(one) for one in about_minutes]
    assert hours(timed) == pytest.approx(2.3 * hours(guessed), rel=0.25)


def test_a_metric_nobody_checks_by_hand_costs_nothing() -> None:
    weighed = weigh(debt_hours.weigh, [*uses("churn", 5), *uses("nps", 0)])
    assert [("churn", 7)] == [(part.subject, part.touches) for part in weighed.parts]


def singles(title: str, metric: str) -> list[Record]:
    """Single meetings under one title, one a week, beside a metric that is read and never checked."""
    met = [meeting(f"single{k}", MONDAY + timedelta(days=7 * k), title=Prose(title)) for k in range(WEEKS)]
    here = [one for k in range(WEEKS) for one in invited(f"single{k}")]
    return [*roster(), *uses(metric, 0), *met, *here]


def test_a_meeting_about_a_metric_is_a_dispute_by_its_words_and_not_by_the_name_of_the_metric() -> None:
    told = {
        title: hours(weigh(debt_hours.weigh, singles(title, "dispute rate")))
        for title in ("Dispute rate: plan for autumn", "Finance and sales do not agree on dispute rate")
    }
    plain, disputed = told.values()
    assert 0 < 2 * plain < disputed


def test_without_a_record_of_rechecks_there_are_no_hours_and_a_reason() -> None:
    for records in ([], uses("churn", 0)):
        weighed = weigh(debt_hours.weigh, records)
        assert ((), "no record") == (weighed.parts, weighed.because[:9])
