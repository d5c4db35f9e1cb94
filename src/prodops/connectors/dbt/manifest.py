"""The manifest: datasets, metrics and the exposures that read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from prodops.connectors.dbt.fields import inside, owners_of, short_name, text, texts
from prodops.connectors.dbt.metrics import Measure, measures_of, metric
from prodops.ledger.data import Dataset, MetricUse
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.ledger.record import Citation, Prose, Record, RecordId

_SECTIONS = (
    "nodes",
    "sources",
    "metrics",
    "exposures",
    "semantic_models",
    "saved_queries",
    "groups",
    "unit_tests",
)
_DATASETS = frozenset({"model", "seed", "snapshot", "source"})
_UNUSED = {
    "test": "the definition of a test; its runs stand in run_results.json",
    "unit_test": "the definition of a test of code, not of data",
    "analysis": "an analysis, which builds no dataset",
    "operation": "a hook, which builds no dataset",
    "sql_operation": "a hook, which builds no dataset",
    "rpc": "a call, which builds no dataset",
    "semantic_model": "a semantic model: its measures are read with the metrics",
    "saved_query": "a saved query, not a metric",
    "group": "a group: its owner is read with what it owns",
}


def read_manifest(file: SourceFile, document: Mapping[str, object]) -> Iterator[Entry]:
    """Give one entry a node, source, metric, exposure, semantic model, saved query, group and unit test."""
    measures: dict[str, Measure] = {}
    for _, model in _named(document, "semantic_models"):
        if isinstance(model, Mapping):
            measures.update(measures_of(model))
    groups = {text(group, "name"): group for _, group in _named(document, "groups")}
    seen: set[tuple[str, str]] = set()
    for section in _SECTIONS:
        for unique_id, node in _named(document, section):
            locator = f"{section}.{unique_id[:120]}"
            if not isinstance(node, Mapping):
                yield _failed(file, locator, "bad_value", "the node is no JSON object")
                continue
            kind = text(node, "resource_type") or _kind_of(section)
            if kind in _UNUSED:
                yield Entry(locator=locator, unused=_UNUSED[kind])
                continue
            records = _records(
                Citation(file.name, locator), kind, unique_id, node, measures=measures, groups=groups
            )
            yield _once(file, locator, kind, records, seen)


def dataset(
    cite: Citation, kind: str, name: str, table: Mapping[str, object], *, group: object = None
) -> Dataset:
    """The dataset that a model, seed, snapshot or source is."""
    nodes = inside(table, "depends_on", "nodes")
    return Dataset(
        id=RecordId(f"dbt:dataset:{kind}:{name}"),
        cite=cite,
        name=name,
        title=text(table, "label") or text(table, "meta", "label"),
        description=Prose(text(table, "description")),
        owners=owners_of(table) or owners_of(group),
        kind=kind,
        # Seeds are files in the repository; whatever else dbt knows is built or loaded again and again.
        scheduled=kind in {"model", "snapshot"},
        deprecated=bool(text(table, "deprecation_date")),
        depends_on=tuple(short_name(node) for node in texts(nodes)),
    )


def exposure(cite: Citation, table: Mapping[str, object], reads: tuple[str, ...]) -> tuple[MetricUse, ...]:
    """One use for each thing that a dashboard, notebook or application reads."""
    name = text(table, "name")
    owner = owners_of(table)
    return tuple(
        MetricUse(
            id=RecordId(f"dbt:use:{name}:{read}"),
            cite=cite,
            user=text(table, "label") or name,
            kind=text(table, "type") or "exposure",
            reads=read,
            owner=owner[0] if owner else "",
        )
        for read in dict.fromkeys(reads)
    )


def _records(
    cite: Citation,
    kind: str,
    unique_id: str,
    node: Mapping[str, object],
    *,
    measures: Mapping[str, Measure],
    groups: Mapping[str, object],
) -> tuple[Record, ...]:
    group = groups.get(text(node, "group") or text(node, "config", "group"))
    if kind == "metric":
        return (metric(cite, node, measures, group=group),) if text(node, "name") else ()
    if kind == "exposure":
        return exposure(
            cite, node, tuple(short_name(read) for read in texts(inside(node, "depends_on", "nodes")))
        )
    if kind in _DATASETS:
        return (dataset(cite, kind, short_name(unique_id), node, group=group),)
    return ()


def _once(
    file: SourceFile, locator: str, kind: str, records: tuple[Record, ...], seen: set[tuple[str, str]]
) -> Entry:
    if not records:
        if kind == "exposure":
            return Entry(locator=locator, unused="an exposure that names nothing it reads")
        if kind == "metric":
            return _failed(file, locator, "no_name", "a metric without a name")
        return Entry(locator=locator, unused=f"a node of the kind {kind[:40]!r}, which builds no dataset")
    key = (kind, records[0].id)
    if key in seen:
        return _failed(
            file, locator, "duplicate_id", f"{records[0].id[:60]!r} stands twice; the first is read"
        )
    seen.add(key)
    return Entry(locator=locator, records=records)


def _named(document: Mapping[str, object], section: str) -> list[tuple[str, object]]:
    named = document.get(section)
    return [(str(key), value) for key, value in named.items()] if isinstance(named, Mapping) else []


def _kind_of(section: str) -> str:
    return {"nodes": "model", "saved_queries": "saved_query"}.get(section, section.removesuffix("s"))


def _failed(file: SourceFile, locator: str, code: str, says: str) -> Entry:
    remedy = "build the artifacts again with dbt"
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
