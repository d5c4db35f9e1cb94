"""Performance indicators: targets, ratings and the reasons given for them, as written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodops.connectors.performance_indicators.parse import parse, recognises
from prodops.ledger.data import MetricDefinition, MetricUse
from prodops.ledger.reading import Entry, SourceFile

CASES = Path(__file__).parent / "cases" / "performance_indicators"
CASE = CASES / "product.yml"


def yaml(text: str) -> SourceFile:
    return SourceFile(name="data/indicators.yml", content=text.encode())


def metrics(file: SourceFile) -> list[MetricDefinition]:
    return [
        record for entry in parse(file) for record in entry.records if isinstance(record, MetricDefinition)
    ]


def codes(file: SourceFile) -> list[str]:
    return [problem.code for entry in parse(file) for problem in entry.problems]


@pytest.fixture
def product() -> SourceFile:
    return SourceFile(name="product.yml", content=CASE.read_bytes())


def test_an_indicator_is_read_with_its_target_and_ratings(product: SourceFile) -> None:
    boards = metrics(product)[0]
    assert boards.name == "Weekly active boards"
    assert boards.title == "weekly_active_boards"
    assert (boards.product, boards.layer) == ("Product", "/handbook/product/performance-indicators/")
    assert boards.description.startswith("Boards that somebody changed")
    assert boards.target == "12,000 by the end of Q3"
    assert (boards.health_level, boards.instrumentation_level) == ("2", "3")
    assert boards.expression == ""
    assert boards.cite.locator == "line 1, Weekly active boards"


def test_every_indicator_has_a_place_for_a_target_and_some_have_none_in_it(product: SourceFile) -> None:
    found = metrics(product)
    assert all(metric.takes_target for metric in found)
    assert [metric.target for metric in found] == ["12,000 by the end of Q3", "", "1100 by 2026-06-30", "TBD"]


def test_a_reason_that_an_unquoted_colon_made_a_mapping_is_one_reason(product: SourceFile) -> None:
    assert metrics(product)[0].reasons == (
        "Growth slowed after the price change",
        "Improvement: two teams came back",
        "Counted in the warehouse since March",
    )


def test_a_rating_may_be_bare_or_missing(product: SourceFile) -> None:
    seats, growth = metrics(product)[2:]
    assert (seats.health_level, seats.instrumentation_level, seats.deprecated) == ("1", "", True)
    assert (growth.health_level, growth.reasons) == ("", ())


def test_owners_are_as_written_and_mostly_absent(product: SourceFile) -> None:
    assert [metric.owners for metric in metrics(product)] == [(), ("Robin Example",), (), ()]


def test_one_name_on_two_pages_is_two_definitions(product: SourceFile) -> None:
    found = [metric for metric in metrics(product) if metric.name == "Weekly active boards"]
    assert len({metric.id for metric in found}) == 2


def test_the_chart_of_an_indicator_is_a_use_of_it(product: SourceFile) -> None:
    uses = [record for entry in parse(product) for record in entry.records if isinstance(record, MetricUse)]
    assert [(use.user, use.reads) for use in uses] == [
        ("sisense dashboard 55 chart 1001", "Weekly active boards"),
        ("tableau", "Paid seats"),
    ]


def test_lists_under_a_key_are_read() -> None:
    file = yaml("indicators:\n  - name: A\n    definition: b\n    target: 3\nnote: x\n")
    assert [(metric.name, metric.target) for metric in metrics(file)] == [("A", "3")]


def test_items_that_are_no_indicators_are_problems() -> None:
    assert codes(yaml("- name: A\n- name: A\n- definition: x\n- 5\n")) == [
        "duplicate_id",
        "no_name",
        "bad_value",
    ]


def test_months_without_a_target_give_none() -> None:
    (metric,) = metrics(yaml("- name: A\n  monthly_recorded_targets:\n    '2026-01-31':\n"))
    assert metric.target == ""


def test_it_is_recognised_by_its_keys(product: SourceFile) -> None:
    assert recognises(SourceFile(name="thing.csv", content=product.content)) >= 0.9
    assert recognises(yaml("- name: A\n  definition: b\n  target: 3\n")) >= 0.5
    assert recognises(yaml("- name: A\n  definition: b\n  org: c\n")) < 0.5


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"a,b\n", b"\x00\x01" * 80, b"- name: sync\n  schedule: weekly\n", b"- a\n- b\n"],
)
def test_what_is_not_its_own_is_not_claimed(content: bytes) -> None:
    assert recognises(SourceFile(name="x.yml", content=content)) < 0.5


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_indicators"),
        (b"a: b\n", "no_indicators"),
        (b"plain words\n", "no_indicators"),
        (b"\x00\x01\x02" * 99, "binary"),
        (b"- name: 'A\n", "bad_yaml"),
        (b"- " * 100_000, "bad_yaml"),
        (b"- name: " + b"[" * 100_000, "bad_yaml"),
    ],
)
def test_bad_input_is_a_problem(content: bytes, code: str) -> None:
    assert codes(SourceFile(name="x.yml", content=content)) == [code]


@settings(max_examples=60)
@given(data=st.data())
def test_damage_never_raises(data: st.DataObject) -> None:
    content = bytearray(CASE.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    file = SourceFile(name="x", content=bytes(content[: data.draw(st.integers(0, len(content)))]))
    assert 0.0 <= recognises(file) <= 1.0
    once = list(parse(file))
    assert once == list(parse(file))
    assert all(isinstance(entry, Entry) for entry in once)
    ids = [record.id for entry in once for record in entry.records]
    assert len(ids) == len(set(ids))
