"""dbt: what there is, how fresh it was, how a metric is computed, and who reads it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodops.connectors.dbt.fields import references, short_name, text, truth
from prodops.connectors.dbt.parse import parse, recognises
from prodops.ledger.data import Dataset, DatasetLoad, DatasetTest, MetricDefinition, MetricUse
from prodops.ledger.reading import Entry, SourceFile
from prodops.ledger.record import Record

CASES = Path(__file__).parent / "cases" / "dbt"
NAMES = sorted(path.name for path in CASES.iterdir())


def case(name: str) -> SourceFile:
    return SourceFile(name=f"target/{name}", content=(CASES / name).read_bytes())


def yaml(written: str) -> SourceFile:
    return SourceFile(name="models/schema.yml", content=written.encode())


def artifact(kind: str, version: int, **content: object) -> SourceFile:
    metadata = {"dbt_schema_version": f"https://schemas.getdbt.com/dbt/{kind}/v{version}.json"}
    return SourceFile(name="a.json", content=json.dumps({"metadata": metadata} | content).encode())


def records(file: SourceFile) -> list[Record]:
    return [record for entry in parse(file) for record in entry.records]


def metrics(file: SourceFile) -> dict[str, MetricDefinition]:
    found: dict[str, MetricDefinition] = {}
    for record in records(file):
        if isinstance(record, MetricDefinition):
            found.setdefault(record.name, record)
    return found


def datasets(file: SourceFile) -> dict[str, Dataset]:
    return {record.name: record for record in records(file) if isinstance(record, Dataset)}


def uses(file: SourceFile) -> list[tuple[str, str, str, str]]:
    return [
        (record.user, record.kind, record.reads, record.owner)
        for record in records(file)
        if isinstance(record, MetricUse)
    ]


def codes(file: SourceFile) -> list[str]:
    return [problem.code for entry in parse(file) for problem in entry.problems]


def unused(file: SourceFile) -> list[str]:
    return [entry.unused for entry in parse(file) if entry.unused]


# The manifest


def test_models_seeds_and_sources_are_datasets_with_their_owners() -> None:
    found = datasets(case("manifest.json"))
    assert set(found) == {"orders", "orders_v1", "countries", "raw.orders"}
    assert found["orders"].owners == ("@pat",)
    assert found["orders"].depends_on == ("raw.orders", "countries")
    assert found["orders"].scheduled
    assert found["orders_v1"].owners == ("Sales data",), "the group's owner"
    assert found["orders_v1"].deprecated
    assert not found["countries"].scheduled
    assert found["raw.orders"].kind == "source"


def test_metrics_say_how_they_are_computed() -> None:
    found = metrics(case("manifest.json"))
    assert found["revenue"].expression == (
        "sum(amount) [{{ Dimension('order__status') }} = 'paid'] where country <> 'XX'"
    )
    assert found["revenue"].dataset == "orders"
    assert (found["revenue"].title, found["revenue"].product) == ("Revenue", "shop")
    assert found["revenue"].owners == ("kim@shop.example",)
    assert (found["revenue"].target, found["revenue"].takes_target) == ("2 M a quarter", False)
    assert found["refund_share"].expression == "refunds / revenue"
    assert found["refund_share"].owners == ("Sales data",)
    assert found["week_revenue"].expression == "sum(amount) over 7 day"
    assert found["old_orders"].expression == "count_distinct(order_id)"
    assert found["old_orders"].dataset == "orders"
    assert found["bought"].expression == "buys converted from visits"
    assert found["margin"].expression == "revenue - cost"
    assert found["margin"].deprecated


def test_an_exposure_is_a_use_of_each_thing_it_reads() -> None:
    assert uses(case("manifest.json")) == [
        ("Weekly KPIs", "dashboard", "orders", "Kim"),
        ("Weekly KPIs", "dashboard", "revenue", "Kim"),
    ]


def test_every_other_node_is_counted_with_its_reason() -> None:
    assert unused(case("manifest.json")) == [
        "the definition of a test; its runs stand in run_results.json",
        "an analysis, which builds no dataset",
        "an exposure that names nothing it reads",
        "a semantic model: its measures are read with the metrics",
        "a saved query, not a metric",
        "a group: its owner is read with what it owns",
    ]
    assert codes(case("manifest.json")) == ["bad_value"]


@pytest.mark.parametrize("version", [9, 10, 11, 12, 13])
def test_any_version_of_the_manifest_is_read(version: int) -> None:
    nodes = {"model.a.b": {"resource_type": "model", "name": "b", "brand_new_key": {}}}
    assert set(datasets(artifact("manifest", version, nodes=nodes))) == {"b"}


def test_nodes_of_an_unknown_kind_a_nameless_metric_and_a_twin_are_told() -> None:
    twice = {"model.a.b": {"resource_type": "model"}, "model.c.b": {"resource_type": "model"}}
    assert codes(artifact("manifest", 12, nodes=twice)) == ["duplicate_id"]
    assert codes(artifact("manifest", 12, metrics={"metric.a.b": {}})) == ["no_name"]
    odd = artifact("manifest", 12, nodes={"thing.a.b": {"resource_type": "thing"}})
    assert unused(odd) == ["a node of the kind 'thing', which builds no dataset"]


# Freshness and runs


def test_a_freshness_check_gives_the_age_and_the_promise() -> None:
    first, second, failed = (
        record for record in records(case("sources.json")) if isinstance(record, DatasetLoad)
    )
    assert (first.dataset, first.status, first.age_hours) == ("raw.orders", "error", 12.0)
    assert (first.warn_after_hours, first.error_after_hours) == (6.0, 24.0)
    assert first.checked_at == datetime(2026, 3, 1, 6, tzinfo=UTC)
    assert (second.age_hours, second.warn_after_hours, second.error_after_hours) == (24.0, 1.5, None)
    assert (failed.status, failed.loaded_at, failed.age_hours) == ("runtime error", None, None)
    assert codes(case("sources.json")) == ["bad_date", "bad_value"]


def test_run_results_give_builds_and_tests() -> None:
    built, broken, failing, passing = records(case("run_results.json"))
    assert isinstance(built, DatasetLoad)
    assert built.loaded_at == datetime(2026, 3, 1, 6, 2, tzinfo=UTC)
    assert isinstance(broken, DatasetLoad)
    assert (broken.loaded_at, broken.status) == (None, "error")
    assert isinstance(failing, DatasetTest)
    assert (failing.test, failing.status, failing.failures) == ("not_null_orders_id.c0ffee", "fail", 12)
    assert isinstance(passing, DatasetTest)
    assert passing.failures == 0
    assert unused(case("run_results.json")) == [
        "skipped: it was not run",
        "a run of the kind 'operation', which builds no dataset",
    ]
    assert codes(case("run_results.json")) == ["duplicate_id"]


def test_a_result_without_any_moment_is_a_problem() -> None:
    assert codes(artifact("sources", 3, results=[{"unique_id": "source.a.b.c"}])) == ["bad_date"]


def test_odd_numbers_in_results_are_left_out() -> None:
    limits = {
        "warn_after": {"count": "6", "period": "hours"},
        "error_after": {"count": True, "period": "week"},
    }
    result = {"unique_id": "source.a.b.c", "snapshotted_at": "2026-03-01T06:00:00Z", "criteria": limits}
    (load,) = records(artifact("sources", 3, results=[result | {"max_loaded_at_time_ago_in_s": "soon"}]))
    assert isinstance(load, DatasetLoad)
    assert (load.warn_after_hours, load.error_after_hours, load.age_hours) == (6.0, None, None)


def test_other_artifacts_are_named_and_unused() -> None:
    assert unused(case("catalog.json")) == ["a dbt artifact of the kind catalog, which is not used"]
    assert unused(artifact("manifest", 12)) == ["a dbt file without a dataset, metric, exposure or result"]


# Schema files


def test_a_schema_file_gives_models_source_tables_and_uses() -> None:
    found = datasets(case("schema.yml"))
    assert set(found) == {"visits", "web.clicks", "web.errors"}
    assert found["web.clicks"].owners == ("Web team",), "the source's owner"
    assert found["web.errors"].owners == ("@kim",)
    assert uses(case("schema.yml")) == [
        ("visits_board", "dashboard", "visits", "Lou"),
        ("visits_board", "dashboard", "web.clicks", "Lou"),
        ("visits_board", "dashboard", "visit_count", "Lou"),
    ]
    assert codes(case("schema.yml")) == ["no_name"]


def test_metrics_of_a_schema_file_use_its_measures() -> None:
    found = metrics(case("schema.yml"))
    assert found["visit_count"].expression == "count(visit_id) where {{ Dimension('visit__bot') }} = false"
    assert found["visit_count"].dataset == "visits"
    assert found["visit_count"].owners == ("growth@shop.example",)
    assert found["visit_count"].cite.locator == "line 56, metrics[0]"
    assert found["bounces"].expression == "sum(case when pages = 1 then 1 else 0 end)"


def test_metrics_from_before_metricflow_are_read() -> None:
    found = metrics(case("legacy_metrics.yml"))
    assert found["rolling_new_customers"].expression == "count_distinct(user_id)"
    assert found["rolling_new_customers"].dataset == "customers"
    assert found["month_to_date"].expression == "amount to date by month"


def test_manifest_and_schema_file_of_one_project_are_one_definition() -> None:
    item = "  - name: a\n    type: simple\n    type_params: {measure: m}\n    filter: x = 1\n"
    written = f"version: 2\nmetrics:\n{item}"
    built = {
        "name": "a",
        "type": "simple",
        "type_params": {"measure": {"name": "m"}},
        "filter": {"where_filters": [{"where_sql_template": "x  = 1"}]},
    }
    manifest = artifact("manifest", 12, metrics={"metric.p.a": built})
    assert metrics(yaml(written))["a"].id == metrics(manifest)["a"].id


def test_one_name_computed_in_two_ways_is_two_definitions() -> None:
    item = "  - name: a\n    type: derived\n    type_params: {expr: %s}\n"
    file = yaml("version: 2\nmetrics:\n" + item % "b + c" + item % "b - c" + item % "b - c")
    found = [record for record in records(file) if isinstance(record, MetricDefinition)]
    assert [metric.expression for metric in found] == ["b + c", "b - c"]
    assert codes(file) == ["duplicate_id"]


def test_the_semantic_manifest_gives_its_metrics() -> None:
    (revenue,) = metrics(case("semantic_manifest.json")).values()
    assert (revenue.expression, revenue.dataset) == ("sum(amount)", "orders")


def test_a_window_and_a_list_of_filters_are_read() -> None:
    written = (
        "metrics:\n  - name: a\n    type: cumulative\n    type_params: {measure: {name: m}, window: 7 days}\n"
        "    filter: [x = 1, y = 2]\n"
    )
    assert metrics(yaml(written))["a"].expression == "m over 7 days where x = 1 and y = 2"
    assert recognises(yaml(written)) >= 0.5


def test_a_reference_names_its_model_without_its_package() -> None:
    assert references(["ref('pkg', 'orders')", 'source("raw", "orders")', "ref(orders)"]) == (
        ("ref", "orders"),
        ("source", "raw.orders"),
    )
    assert short_name("source.shop.raw.orders") == "raw.orders"
    assert short_name("orders") == "orders"
    assert (text({"a": 3}, "a"), text({"a": True}, "a"), text(5, "a")) == ("3", "", "")
    assert truth("Yes")
    assert not truth("no")


def test_items_of_the_wrong_type_are_told_or_left_out() -> None:
    assert (
        codes(yaml("version: 2\nmodels:\n  - 5\nsources:\n  - name: s\n    tables: [x]\n")) == ["no_name"] * 2
    )
    assert codes(yaml("version: 2\nmodels: x\nsemantic_models: [5]\n")) == ["no_name"]
    assert unused(yaml("version: 2\nexposures:\n  - name: e\n")) == [
        "an exposure that names nothing it reads"
    ]
    assert unused(yaml("version: 2\n")) == ["a dbt file without a dataset, metric, exposure or result"]


# Bad input


@pytest.mark.parametrize("name", NAMES)
def test_its_own_cases_are_recognised_whatever_they_are_called(name: str) -> None:
    assert recognises(SourceFile(name="thing.csv", content=case(name).content)) >= 0.9


def test_an_artifact_that_names_its_schema_last_is_recognised() -> None:
    nodes = {f"model.a.b{number}": {"name": "x" * 500} for number in range(300)}
    metadata = {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json"}
    file = SourceFile(name="m.json", content=json.dumps({"nodes": nodes, "metadata": metadata}).encode())
    assert recognises(file) >= 0.9
    assert len(datasets(file)) == 300


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"a,b\n",
        b"\x00\x01" * 80,
        b'{"metadata": {}}',
        b"version: 2\nname: x\n",
        b"groups:\n  - a\n",
    ],
)
def test_what_is_not_its_own_is_not_claimed(content: bytes) -> None:
    assert recognises(SourceFile(name="schema.yml", content=content)) < 0.5


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\x00\x01\x02" * 99, "binary"),
        (b'{"metadata": {"dbt', "bad_json"),
        (b"[" * 100_000, "bad_json"),
        (b"[1]", "no_version"),
        (b'{"metadata": {"dbt_schema_version": 5}}', "no_version"),
        (b"version: 2\nmodels: 'x\n", "bad_yaml"),
        (b"version: 2\nmodels: " + b"[" * 100_000, "bad_yaml"),
    ],
)
def test_bad_input_is_a_problem(content: bytes, code: str) -> None:
    assert codes(SourceFile(name="x.json", content=content)) == [code]


@settings(max_examples=80)
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
