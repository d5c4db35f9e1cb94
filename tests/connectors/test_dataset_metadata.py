"""Metadata of a warehouse: one dataset a file, with its owners, schedule and deprecation."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodops.connectors.dataset_metadata.parse import parse, recognises
from prodops.ledger.data import Dataset
from prodops.ledger.reading import Entry, SourceFile

CASES = Path(__file__).parent / "cases" / "dataset_metadata"
NAMES = sorted(str(path.relative_to(CASES)) for path in CASES.rglob("*.yaml"))


def case(name: str) -> SourceFile:
    return SourceFile(name=f"sql/{name}", content=(CASES / name).read_bytes())


def yaml(text: str, name: str = "sales/orders/metadata.yaml") -> SourceFile:
    return SourceFile(name=name, content=text.encode())


def datasets(file: SourceFile) -> list[Dataset]:
    return [record for entry in parse(file) for record in entry.records if isinstance(record, Dataset)]


def codes(file: SourceFile) -> list[str]:
    return [problem.code for entry in parse(file) for problem in entry.problems]


def test_a_table_is_read_with_its_owners_and_schedule() -> None:
    (orders,) = datasets(case("sales_derived/orders_v1/metadata.yaml"))
    assert orders.id == "dataset_metadata:dataset:sales_derived.orders_v1"
    assert orders.name == "sales_derived.orders_v1"
    assert orders.title == "Orders"
    assert orders.description == "One row for each order that was paid for."
    assert orders.owners == ("pat@shop.example", "kim@shop.example")
    assert orders.kind == "aggregate"
    assert orders.scheduled
    assert not orders.deprecated
    assert orders.depends_on == ("shop-prod.sales.checkout", "sales.refunds")


def test_a_date_of_deletion_is_a_deprecation() -> None:
    (old,) = datasets(case("sales_derived/old_orders_v1/metadata.yaml"))
    assert old.deprecated
    assert not old.scheduled
    assert old.owners == ()
    assert datasets(yaml("friendly_name: x\ndeprecated: true\n"))[0].deprecated
    assert not datasets(yaml("friendly_name: x\ndeprecated: false\n"))[0].deprecated


def test_the_metadata_of_a_whole_dataset_is_named_by_its_folder() -> None:
    (sales,) = datasets(case("sales/dataset_metadata.yaml"))
    assert (sales.name, sales.kind) == ("sales", "dataset")


def test_a_file_without_folders_is_named_by_its_title() -> None:
    assert datasets(yaml("friendly_name: Orders\n", "metadata.yaml"))[0].name == "Orders"
    assert datasets(yaml("description: x\n", "metadata.yaml"))[0].name == "metadata"


def test_pipelines_are_counted_and_unused() -> None:
    entries = list(parse(case("dags.yaml")))
    assert [entry.locator for entry in entries] == ["line 3, daily_sales", "line 11, hourly_stock"]
    assert all(entry.unused for entry in entries)


def test_values_of_the_wrong_type_are_left_empty_or_told() -> None:
    file = yaml("friendly_name: [a]\nowners: ann\nlabels: 5\nscheduling: {referenced_tables: 3}\n")
    (dataset,) = datasets(file)
    assert (dataset.title, dataset.owners, dataset.depends_on) == ("", ("ann",), ())
    assert codes(yaml("- a\n- b\n")) == ["bad_value"]
    assert codes(yaml("some: thing\nother: {}\n")) == ["bad_value", "bad_value"]


def test_a_second_document_is_a_problem() -> None:
    assert codes(yaml("friendly_name: a\n---\nfriendly_name: b\n")) == ["duplicate_id"]


@pytest.mark.parametrize("name", NAMES)
def test_its_own_cases_are_recognised_whatever_they_are_called(name: str) -> None:
    assert recognises(SourceFile(name="thing.csv", content=case(name).content)) >= 0.9


def test_a_file_of_access_rights_alone_is_recognised_by_its_name() -> None:
    content = b"workgroup_access:\n  - role: roles/viewer\n"
    assert recognises(SourceFile(name="a/b/metadata.yaml", content=content)) >= 0.5
    assert recognises(SourceFile(name="a/b/other.yaml", content=content)) < 0.5


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"a,b\n", b"\x00\x01" * 80, b"description: x\nowners: [y]\n", b"version: 2\nmodels: []\n"],
)
def test_what_is_not_its_own_is_not_claimed(content: bytes) -> None:
    assert recognises(SourceFile(name="x.yaml", content=content)) < 0.5


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"{}", "no_metadata"),
        (b"\x00\x01\x02" * 99, "binary"),
        (b"friendly_name: 'x\n", "bad_yaml"),
        (b"a: " + b"[" * 100_000, "bad_yaml"),
        (b"friendly_name: x\nowners: &a [*a]\n", "bad_yaml"),
        (
            b"a: &a [x,x,x,x,x,x,x,x,x]\n"
            + b"".join(
                b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(9)
            ),
            "bad_yaml",
        ),
    ],
)
def test_bad_input_is_a_problem(content: bytes, code: str) -> None:
    assert codes(SourceFile(name="x/metadata.yaml", content=content)) == [code]


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
def test_the_real_warehouse_gives_exactly_its_tables(shared_data: Path) -> None:
    root = shared_data / "metrics" / "mozilla-bigquery-etl-2024-07"
    with (root / "truth" / "tables.csv").open(newline="") as opened:
        truth = {row["file"]: row for row in csv.DictReader(opened)}
    for name, row in truth.items():
        file = SourceFile(name=name, content=(root / name).read_bytes())
        assert recognises(file) >= 0.5, name
        (dataset,) = datasets(file)
        assert dataset.name == name.removesuffix("/metadata.yaml").replace("/", ".")
        assert len(dataset.owners) == int(row["n_owners"]), name
        assert bool(dataset.description) == (row["description_present"] == "1"), name
        assert dataset.scheduled == (row["scheduled"] == "1"), name
        assert dataset.deprecated == (row["deprecated_at_snapshot"] == "1"), name
    assert len(truth) == 388
    pipelines = SourceFile(name="dags.yaml", content=(root / "dags.yaml").read_bytes())
    assert recognises(pipelines) >= 0.5
    assert len(list(parse(pipelines))) == 100
