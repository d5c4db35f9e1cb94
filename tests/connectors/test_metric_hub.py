"""Metric-hub TOML: every definition as written, with its place, and nothing counted twice."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodops.connectors.metric_hub.parse import parse, recognises
from prodops.ledger.data import Dataset, MetricDefinition
from prodops.ledger.reading import Entry, SourceFile

CASES = Path(__file__).parent / "cases" / "metric_hub"
NAMES = sorted(str(path.relative_to(CASES)) for path in CASES.rglob("*.toml"))


def case(name: str) -> SourceFile:
    return SourceFile(name=f"hub/{name}", content=(CASES / name).read_bytes())


def toml(text: str, name: str = "definitions/shop.toml") -> SourceFile:
    return SourceFile(name=name, content=text.encode())


def metrics(file: SourceFile) -> list[MetricDefinition]:
    return [
        record for entry in parse(file) for record in entry.records if isinstance(record, MetricDefinition)
    ]


def datasets(file: SourceFile) -> list[Dataset]:
    return [record for entry in parse(file) for record in entry.records if isinstance(record, Dataset)]


def codes(file: SourceFile) -> list[str]:
    return [problem.code for entry in parse(file) for problem in entry.problems]


def test_a_definition_is_read_as_written() -> None:
    orders, days = metrics(case("definitions/shop_app.toml"))
    assert orders.id == "metric_hub:metric:definitions/shop_app:orders"
    assert (orders.name, orders.title, orders.product, orders.layer) == (
        "orders",
        "Orders",
        "shop_app",
        "definitions",
    )
    assert orders.expression == "COUNT(DISTINCT order_id)"
    assert orders.description == "Orders that were paid for."
    assert orders.owners == ("pat@shop.example", "metrics@shop.example")
    assert (orders.unit, orders.deprecated, orders.takes_target) == ("scalar", False, False)
    assert orders.cite.locator == "line 3, metrics.orders"
    assert days.expression == '{{agg_any("active")}}'
    assert days.owners == ("pat@shop.example",)
    assert days.deprecated
    assert days.description == ""


def test_a_metric_and_its_data_source_share_a_name() -> None:
    file = case("definitions/shop_app.toml")
    assert {metric.dataset for metric in metrics(file)} <= {dataset.name for dataset in datasets(file)}


def test_a_data_source_names_the_tables_it_reads() -> None:
    checkout, pings, segment_pings = datasets(case("definitions/shop_app.toml"))
    assert checkout.depends_on == ("shop.sales.checkout",)
    assert pings.depends_on == ("shop-prod.app.pings", "shop.app.clients")
    assert segment_pings.id != pings.id


def test_what_is_no_definition_is_counted_with_its_reason() -> None:
    assert [entry.unused for entry in parse(case("definitions/shop_app.toml")) if entry.unused] == [
        "derived from other metrics by its statistics; has no expression of its own",
        "settings for every data source, not one of them",
        "a dimension to split by, not a metric",
        "a segment of users, not a metric",
    ]
    assert [entry.unused for entry in parse(case("opmon/defaults/shop_app.toml"))] == [
        "settings of an analysis, not a metric",
        "a list of metrics to analyse, not a definition",
        "statistics of a metric that is defined elsewhere",
    ]


def test_statistics_of_a_metric_are_no_second_definition() -> None:
    (revenue,) = metrics(case("looker/definitions/shop_app.toml"))
    assert (revenue.name, revenue.layer, revenue.product) == ("revenue", "looker", "shop_app")


def test_an_outcome_belongs_to_the_product_of_its_folder() -> None:
    (revenue,) = metrics(case("jetstream/outcomes/shop_app/gifts.toml"))
    assert (revenue.layer, revenue.product) == ("jetstream", "shop_app")
    assert revenue.id == "metric_hub:metric:jetstream/outcomes/shop_app/gifts:revenue"


def test_an_inline_table_over_two_lines_is_read() -> None:
    assert codes(case("jetstream/outcomes/shop_app/gifts.toml")) == []


def test_a_file_without_metrics_is_unused() -> None:
    (entry,) = parse(case("jetstream/outcomes/shop_app/empty.toml"))
    assert entry.unused == "an outcome or default without a metric of its own"


def test_ids_do_not_depend_on_the_folder_above_the_registry() -> None:
    name, content = "definitions/shop_app.toml", case("definitions/shop_app.toml").content
    deep = SourceFile(name=f"a/b.zip!/c/{name}", content=content)
    assert [metric.id for metric in metrics(deep)] == [metric.id for metric in metrics(case(name))]


def test_a_file_outside_of_any_layer_has_none() -> None:
    (metric,) = metrics(toml("[metrics.a]\nselect_expression = '1'\n", "shop.toml"))
    assert (metric.layer, metric.product, metric.dataset) == ("", "shop", "")
    assert metric.id == "metric_hub:metric:shop:a"


def test_values_of_the_wrong_type_are_told_or_left_empty() -> None:
    assert codes(toml("[metrics]\na = 5\n")) == ["bad_value"]
    assert codes(toml("metrics = 5\n")) == ["bad_value"]
    (metric,) = metrics(toml("[metrics.a]\nselect_expression = '1'\ndescription = 5\nowner = [1, 'x']\n"))
    assert (metric.description, metric.owners) == ("", ("x",))


@pytest.mark.parametrize("name", NAMES)
def test_its_own_cases_are_recognised_whatever_they_are_called(name: str) -> None:
    assert recognises(SourceFile(name="thing.csv", content=case(name).content)) >= 0.6


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[project]\nname = 'x'\n",
        b"{}",
        b"\x00\x01" * 80,
        b"[meetings]\nname = 'sync'\n",
        b'{"metrics": 1}\n[metrics]\n',
    ],
)
def test_what_is_not_its_own_is_not_claimed(content: bytes) -> None:
    assert recognises(SourceFile(name="definitions/x.toml", content=content)) < 0.5


@pytest.mark.parametrize(
    ("content", "code", "locator"),
    [
        (b"", "no_metrics", "file"),
        (b"title = 'x'\n", "no_metrics", "file"),
        (b"\x00\x01\x02" * 99, "binary", "file"),
        (b"[metrics]\n[metrics.a\n", "bad_toml", "line 2"),
        (b"[metrics.a]\nx = 1\nx = 2\n", "bad_toml", "line 3"),
        (b"[metrics.a]\nx = " + b"[" * 100_000, "bad_toml", "file"),
        (b"[metrics.a]\nselect_expression = '" + b"x" * 9_000_000, "too_large", "file"),
    ],
)
def test_bad_input_is_a_problem_with_its_line(content: bytes, code: str, locator: str) -> None:
    (entry,) = parse(SourceFile(name="definitions/x.toml", content=content))
    (problem,) = entry.problems
    assert problem.code == code
    assert locator in {problem.cite.locator, "file"}


@settings(max_examples=60)
@given(data=st.data())
def test_damage_never_raises(data: st.DataObject) -> None:
    content = bytearray(case(data.draw(st.sampled_from(NAMES))).content)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    file = SourceFile(name="x", content=bytes(content[: data.draw(st.integers(0, len(content)))]))
    assert 0.0 <= recognises(file) <= 1.0
    once = list(parse(file))
    assert once == list(parse(file))
    assert all(isinstance(entry, Entry) for entry in once)
    ids = [record.id for entry in once for record in entry.records]
    assert len(ids) == len(set(ids))


@pytest.mark.shared
def test_the_real_registry_gives_exactly_its_definitions(shared_data: Path) -> None:
    root = shared_data / "metrics" / "mozilla-metric-hub-2024-07"
    found: dict[tuple[str, str], MetricDefinition] = {}
    for path in sorted(root.rglob("*.toml")):
        name = str(path.relative_to(root))
        file = SourceFile(name=name, content=path.read_bytes())
        assert recognises(file) >= 0.5, name
        assert codes(file) == [], name
        found |= {(name, metric.name): metric for metric in metrics(file)}
    with (root / "truth" / "metrics.csv").open(newline="") as opened:
        truth = {(row["file"], row["metric"]): row for row in csv.DictReader(opened)}
    assert len(found) == 470
    assert found.keys() == truth.keys()
    for key, row in truth.items():
        metric = found[key]
        assert bool(metric.owners) == (row["owner_present"] == "1"), key
        assert bool(metric.description) == (row["description_present"] == "1"), key
        assert metric.deprecated == (row["deprecated_at_snapshot"] == "1"), key
        assert metric.expression, key
    assert len({metric.id for metric in found.values()}) == 470
