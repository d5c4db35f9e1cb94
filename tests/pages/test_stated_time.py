"""Stated, observed and ideal time stand side by side for five PMs and more; nobody alone is shown."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from make import make
from pages import organisation as part
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Prose, Record, person_id
from prodops.ledger.time import InterviewAnswer
from prodops.pages import units
from prodops.pages.blocks import Chart, Table
from prodops.pages.time import interviews, time
from prodops.serve.shown.as_json import as_json
from views.block_weeks import TODAY, Week, lived, pms
from views.labelling import answered, drawn

SAID = "Zanzibar"
WEEK: Week = [("Weekly status report", 4, 20), ("User interview", 3, 4), ("Sprint planning", 4, 9)]


def told_by(people: int, *, spread: float = 0.0) -> list[Record]:
    """Interviews: C1 now .4 (and by person a little more), .1 wished, the rest discovery."""
    found: list[Record] = []
    for number, one in enumerate(pms(people)):
        asked_on = TODAY.date() - timedelta(days=30 - number)
        now = 0.4 + spread * number
        for leaf, stated, ideal in (("C1", now, 0.1), ("A2", 1 - now, 0.9)):
            found.append(
                make(
                    InterviewAnswer, id=f"{one}:{leaf}", person=person_id(one), asked_on=asked_on,
                    category=leaf, stated_share=stated, ideal_share=ideal, says=Prose(SAID),
                )
            )  # fmt: skip
        found.append(
            make(
                InterviewAnswer, id=f"{one}:words", person=person_id(one), asked_on=asked_on,
                category="what blocks you", says=Prose(f"{SAID} of {one}"),
            )
        )  # fmt: skip
    return found


def organisation(people: int = 6, **given: float) -> Ledger:
    return Ledger.of([*lived(pms(people), WEEK), *told_by(people, **given)], today=TODAY)


def text_of(page: object) -> str:
    return json.dumps(as_json(page))  # type: ignore[arg-type]  # a page


def test_the_three_stand_side_by_side_with_their_gap() -> None:
    page = interviews.page(organisation())
    assert page.stated_overhead.value == pytest.approx(0.4)
    assert page.stated_overhead.n == 5
    assert page.ideal_overhead.value == pytest.approx(0.1)
    assert page.observed_overhead.known
    (table,) = [block for section in page.sections for block in section.blocks if isinstance(block, Table)]
    assert table.columns == ("Leaf", "Stated", "Observed", "Ideal", "Ideal less stated, points", "PMs")
    row = next(row for row in table.rows if str(row[0]).startswith("C1"))
    assert row[4].value == pytest.approx(-30)  # type: ignore[union-attr]  # an estimate
    (chart,) = [block for section in page.sections for block in section.blocks if isinstance(block, Chart)]
    assert "30" in chart.title
    assert [one[0] for one in chart.table.rows][:3] == [
        f"Strategy, discovery, decisions: {kind}" for kind in ("stated", "observed", "ideal")
    ]


def test_four_interviews_show_nothing_at_all() -> None:
    page = interviews.page(organisation(4))
    assert not page.stated_overhead.known
    assert "fewer than five PMs have answered" in page.lead
    assert "0.4" not in text_of(page)


def test_no_two_looks_differ_by_the_answers_of_fewer_than_five() -> None:
    looks = [interviews.page(organisation(count, spread=0.03)).stated_overhead for count in range(5, 12)]
    assert [one.n for one in looks] == [5] * 5 + [10] * 2
    assert len({(one.value, one.low, one.high) for one in looks}) == 2


def test_what_was_said_in_words_is_on_no_page() -> None:
    ledger = organisation()
    for name, unit in units().items():
        assert SAID not in text_of(unit.page(ledger)), name


def test_people_who_gave_ideal_shares_alone_are_counted_by_themselves() -> None:
    records = [
        make(
            InterviewAnswer, id=f"{one}:{n}", person=person_id(one), asked_on=TODAY.date(), category="C1",
            stated_share=0.4 if n < 3 else None, ideal_share=0.2,
        )
        for n, one in enumerate(pms(5))
    ]  # fmt: skip
    page = interviews.page(Ledger.of(records, today=TODAY))
    assert not page.stated_overhead.known
    assert page.ideal_overhead.value == pytest.approx(0.2)
    assert "PMs say that overhead should take" in page.lead


def test_what_calendars_cannot_allow_is_pointed_out() -> None:
    full: Week = [
        (title, 8, 20)
        for title in (
            "Weekly status report",
            "Monthly reporting",
            "KPI report",
            "Status update",
            "Status deck",
        )
    ]
    records = [
        make(
            InterviewAnswer, id=one, person=person_id(one), asked_on=TODAY.date(), category="A1",
            stated_share=1.0, ideal_share=1.0,
        )
        for one in pms(5)
    ]  # fmt: skip
    page = interviews.page(Ledger.of([*lived(pms(5), full), *records], today=TODAY))
    assert "outside of what calendars allow for: Strategy, discovery, decisions" in text_of(page)


def test_the_time_page_says_its_grade_and_what_would_sharpen_it() -> None:
    ledger = organisation()
    assert "Grade D" in text_of(time.page(ledger))
    labelled = answered(drawn(ledger, each=12), lambda _: "C1")
    assert "Grade C" in text_of(time.page(labelled))
    many = Ledger.of([*lived(pms(12), WEEK, weeks=8)], today=TODAY)
    assert "Grade B" in text_of(time.page(answered(drawn(many, each=12), lambda _: "C1")))


def test_the_time_page_tells_what_moved_between_two_samples() -> None:
    weeks = list(lived(pms(6), WEEK, weeks=12))
    early = [one for one in weeks if not str(getattr(one, "id", "")).startswith("pm") or _week(one) < 4]
    first = answered(drawn(Ledger.of(early, today=TODAY), each=200), lambda _: "C1")
    later = drawn(first.plus(weeks), seed="two", each=200)
    found = text_of(time.page(answered(later, lambda _: "A1")))
    assert "Overhead moved by -100 points" in found
    same = text_of(time.page(answered(later, lambda _: "C1")))
    assert "Overhead cannot be told to have moved" in same


def _week(record: Record) -> int:
    parts = record.id.rsplit("-", 2)
    return int(parts[1]) if len(parts) == 3 else 0


def test_an_empty_ledger_says_how_to_start() -> None:
    page = interviews.page(part.ledger())
    assert "prodops interview kit" in text_of(page)
    assert "prodops add FOLDER" in text_of(page)
