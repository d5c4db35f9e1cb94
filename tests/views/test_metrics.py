"""Uses of metrics, names with contradicting expressions, and the span of the evidence."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from make import make
from prodops.ledger.data import MetricDefinition, MetricUse
from prodops.ledger.feedback import Feedback
from prodops.ledger.record import Record
from prodops.ledger.rituals import Note
from prodops.views.evidence_window import EVIDENCE_WINDOW
from prodops.views.metric_conflicts import METRIC_CONFLICTS, plain_expression
from prodops.views.metric_uses import METRIC_USES
from views.given import MONDAY, meeting, read, rounded, shuffles


def use(day: float, kind: str = "view", **given: Any) -> MetricUse:
    """A use of the metric `churn` some days into 2026."""
    return make(
        MetricUse,
        **{"reads": "churn", "kind": kind, "used_at": MONDAY + timedelta(days=day), "person": "", **given},
    )


def test_uses_are_counted_with_their_rechecks_minutes_and_people() -> None:
    uses = [
        use(0, person="a"), use(7, "recheck", person="a", minutes=10.0),
        use(14, "recheck", person="b", minutes=30.0), use(14, "recheck", minutes=None),
    ]  # fmt: skip
    assert [("churn", 4, 3, 20.0, 2.0, 2)] == read(METRIC_USES, uses)


def test_minutes_that_nobody_recorded_are_not_known() -> None:
    assert [(None,)] == read(METRIC_USES, [use(0, "recheck", minutes=None)], "recheck_minutes")
    assert [(None,)] == read(METRIC_USES, [use(0, "view", minutes=5.0)], "recheck_minutes")


def test_uses_are_those_of_the_last_half_year_up_to_today() -> None:
    uses = [use(-200), use(0), use(1), use(400)]
    assert [(2,)] == read(METRIC_USES, uses, "uses")


def test_metrics_share_one_span_of_weeks() -> None:
    assert [("churn", 0.5), ("nps", 0.5)] == read(
        METRIC_USES, [use(0), use(14, reads="nps")], "reads, uses_week"
    )


def definition(
    expression: str, product: str = "p", registry: str = "hub", name: str = "dau"
) -> MetricDefinition:
    """A definition of the metric `dau`."""
    return make(MetricDefinition, name=name, expression=expression, product=product, registry=registry)


def _conflicts(*definitions: Record) -> list[tuple[Any, ...]]:
    return read(METRIC_CONFLICTS, definitions, "name, product, variant, variants, reach")


def test_the_same_name_with_another_expression_is_a_conflict_and_the_frequent_one_comes_first() -> None:
    rows = _conflicts(definition("sum(x)", "a"), definition("count(x)", "b"), definition("SUM( x )", "c"))
    assert [("dau", "a", 1, 2), ("dau", "b", 2, 2), ("dau", "c", 1, 2)] == [row[:4] for row in rows]


@pytest.mark.parametrize(
    ("other", "reach"),
    [
        (definition("sum(y)"), "inside one product"),
        (definition("sum(y)", product="q"), "across products"),
        (definition("sum(y)", registry="dbt"), "across registries"),
    ],
)
def test_a_conflict_says_how_near_the_two_stand(other: Record, reach: str) -> None:
    assert {reach} == {row[4] for row in _conflicts(definition("sum(x)"), other)}


def test_names_that_agree_stand_alone_or_have_no_expression_are_no_conflict() -> None:
    assert [] == _conflicts(definition("sum(x)"), definition("Sum(X) ;"), definition("count(z)", name="wau"))
    assert [] == _conflicts(definition("sum(x)"), definition(""))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SUM(x)", "sum( x )"),
        ("a  +\n b", "A+B"),
        ("count(*);", "COUNT( * )"),
        ("x = 'A'", "X='A'"),
        ("if(a >= 1, 'No', 'Yes')", "IF(a>=1,'No','Yes')"),
    ],
)
def test_case_and_spaces_change_no_expression(one: str, other: str) -> None:
    assert plain_expression(one) == plain_expression(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x = 'a'", "x = 'A'"),
        ("x = 'a b'", "x = 'a  b'"),
        ('"Col"', '"col"'),
        ("x = 'it''s'", "x = 'It''s'"),
        ("x = 'it\\'s A'", "x = 'it\\'s a'"),
        ("a and b", "a andb"),
        ("sum(x)", "sum(y)"),
        ("a - b", "a + b"),
    ],
)
def test_words_in_quotes_and_everything_else_do(one: str, other: str) -> None:
    assert plain_expression(one) != plain_expression(other)


def test_the_evidence_spans_what_each_kind_of_record_speaks_of() -> None:
    records = [
        meeting("m1", MONDAY), meeting("m2", MONDAY + timedelta(days=28)),
        meeting("plan", MONDAY + timedelta(days=900)),
        make(Note, held_on=date(2026, 2, 2)), make(Note, held_on=None),
        make(Feedback, created_at=datetime(2026, 3, 1, tzinfo=UTC)), use(3),
    ]  # fmt: skip
    rows = read(EVIDENCE_WINDOW, records, "kind, weeks")
    assert [("feedback", 1.0), ("meetings", 4.0), ("notes", 1.0), ("uses", 1.0)] == rows
    assert [] == read(EVIDENCE_WINDOW, [])


def test_order_and_repetition_of_records_do_not_matter() -> None:
    records: list[Record] = [use(k, "recheck" if k % 3 else "view", minutes=float(k)) for k in range(12)]
    records += [definition(f"sum({'xyz'[k % 3]})", product=f"p{k % 4}") for k in range(9)]
    for mixed in shuffles(records):
        assert rounded(read(METRIC_USES, records)) == rounded(read(METRIC_USES, mixed))
        assert read(METRIC_CONFLICTS, records) == read(METRIC_CONFLICTS, mixed)
