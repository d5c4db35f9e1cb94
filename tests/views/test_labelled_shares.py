"""Labels correct what titles were read as, in the same weeks; few people and open samples tell nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from prodops.ledger.ledger import Ledger
from prodops.ledger.record import person_id
from prodops.measures.time import core_share, overhead_share, readable_overhead_share, unknown_share
from prodops.views.block_purposes import LEAVES
from prodops.views.label_rounds import LABEL_ROUNDS
from prodops.views.labelled_shares import LABELLED_SHARES, told_rounds
from views.block_weeks import TODAY, Week, ledger_of, lived, pms
from views.labelling import answered, closed, drawn

WEEK: Week = [
    ("Weekly status report", 4, 20),
    ("User interview", 3, 4),
    ("Sprint planning", 4, 9),
    ("Roadmap strategy and bets", 2, 5),
    ("Jira cleanup", 2, 0),
    ("Busy", 2, 0),
]

TRUTH = {
    "Weekly status report": "C1", "User interview": "A2", "Sprint planning": "B2",
    "Roadmap strategy and bets": "C1", "Jira cleanup": "C2", "Busy": "A1",
}  # fmt: skip
"""The roadmap meeting is a status round in truth, which no title says."""

HOURS = {"C1": 6, "A2": 3, "B2": 4, "C2": 2, "A1": 2}


def organisation(people: int = 6) -> Ledger:
    return ledger_of(lived(pms(people), WEEK))


def told(ledger: Ledger, kind: str = "share") -> dict[str, tuple[float, float, float]]:
    rows = ledger.sql(
        "select purpose, value, low, high from labelled_shares where kind = $kind and value is not null",
        {"kind": kind},
        views=[LABELLED_SHARES],
    )
    return {row[0]: row[1:] for row in rows}


def test_where_every_block_is_labelled_the_shares_are_the_truth() -> None:
    ledger = answered(drawn(organisation(), each=200), TRUTH.__getitem__)
    found = told(ledger)
    for leaf in LEAVES:
        assert found[f"readable {leaf}"] == pytest.approx((HOURS.get(leaf, 0) / 17,) * 3, abs=1e-9)
    # Four weeks of 40 hours for each of six PMs.
    assert found["C1"][0] == pytest.approx(4 * 6 / (4 * 40))
    assert found["X"][0] == pytest.approx(1 - sum(found[group][0] for group in "ABC"))


def test_the_measures_of_time_take_the_labels_and_say_their_grade() -> None:
    plain = organisation()
    ledger = answered(drawn(plain, each=12), TRUTH.__getitem__)
    before, after = readable_overhead_share.measure(plain), readable_overhead_share.measure(ledger)
    assert after.low is not None
    assert after.high is not None
    assert after.low <= 8 / 17 <= after.high
    assert before.high is not None
    assert before.low is not None
    assert after.high - after.low < before.high - before.low
    assert "grade C" in after.method
    assert "labelled by 6 PMs" in after.method
    assert "grade D" in before.method
    low, high = overhead_share.measure(ledger).low, overhead_share.measure(ledger).high
    assert low is not None
    assert high is not None
    assert high - low > (unknown_share.measure(ledger).low or 0)
    assert core_share.each(ledger)["B2"].known


def test_an_open_sample_tells_nothing_until_it_is_closed() -> None:
    ledger = drawn(organisation(), each=12)
    some = answered(ledger, TRUTH.__getitem__, people=[person_id(one) for one in list(pms(6))[:5]])
    assert told(some) == {}
    assert told_rounds(some) == []
    assert {"A", "readable C"} <= set(told(closed(some)))


def test_a_sample_is_finished_when_all_have_answered() -> None:
    ledger = answered(drawn(organisation(), each=12), TRUTH.__getitem__)
    rows = ledger.sql("select finished, people, asked = answered from label_rounds", views=[LABEL_ROUNDS])
    assert [(True, 6, True)] == rows


def test_fewer_than_five_who_answered_are_never_told() -> None:
    ledger = drawn(organisation(), each=12)
    four = answered(ledger, TRUTH.__getitem__, people=[person_id(one) for one in list(pms(6))[:4]])
    assert told(closed(four)) == {}
    assert "labelled" not in overhead_share.measure(closed(four)).method


def test_one_person_may_label_a_calendar_of_their_own() -> None:
    ledger = ledger_of(lived(pms(1), WEEK, roster=False))
    found = answered(drawn(ledger), TRUTH.__getitem__)
    assert "for that person alone" in overhead_share.measure(found).method
    assert told(found)["C"][0] > 0


def test_hours_that_were_no_time_become_unknown() -> None:
    ledger = drawn(organisation(), each=200)
    none = told(answered(ledger, lambda _: "N"))
    assert none["X"] == pytest.approx((1.0, 1.0, 1.0))
    assert none["C"][:2] == (0.0, 0.0)
    assert none["C"][2] == pytest.approx(1.0)


def test_what_nobody_remembers_stays_unknown() -> None:
    ledger = drawn(organisation(), each=200)
    found = told(answered(ledger, lambda title: "X" if title == "Busy" else TRUTH[title]))
    assert found["readable A1"][0] == pytest.approx(0)
    assert found["readable C"][0] == pytest.approx(8 / 15)


def test_a_change_between_two_samples_counts_the_labels_of_both() -> None:
    weeks = list(lived(pms(6), WEEK, weeks=16))
    first = ledger_of(iter([one for one in weeks if _week(one) < 4]))
    one = answered(drawn(first, each=200), TRUTH.__getitem__)
    # Twelve weeks later the status report has become work with users, under its old title.
    later = one.plus([record for record in weeks if _week(record) >= 4])
    moved = answered(
        drawn(later, seed="two", each=200), lambda title: (TRUTH | {"Weekly status report": "A2"})[title]
    )
    found = told(moved, "change")
    assert found["C"] == pytest.approx((-4 / 17,) * 3, abs=1e-6)
    assert found["A2"] == pytest.approx((4 / 17,) * 3, abs=1e-6)
    assert found["B"] == pytest.approx((0, 0, 0), abs=1e-6)
    assert "then" in moved.sql("select max(method) from labelled_shares where kind = 'change'")[0][0]


def _week(record: object) -> int:
    """The week a record of `lived` belongs to; the first for people."""
    parts = str(getattr(record, "id", "")).rsplit("-", 2)
    return int(parts[1]) if len(parts) == 3 and parts[1].isdigit() else 0


def test_a_sample_of_weeks_long_past_does_not_speak_of_now() -> None:
    weeks = list(lived(pms(6), WEEK, weeks=34))
    today = TODAY + timedelta(days=150)
    first = Ledger.of([one for one in weeks if _week(one) < 4], today=today)
    labelled = answered(drawn(first, each=12), TRUTH.__getitem__)
    assert "labelled by" in overhead_share.measure(labelled).method
    later = labelled.plus([record for record in weeks if _week(record) >= 4])
    assert "labelled by" not in overhead_share.measure(later).method
