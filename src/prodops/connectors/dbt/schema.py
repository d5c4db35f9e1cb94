"""Schema files in YAML: models, sources, exposures, semantic models and metrics as authors write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from prodops.connectors.dbt.fields import inside, references, text, truth
from prodops.connectors.dbt.manifest import dataset, exposure
from prodops.connectors.dbt.metrics import Measure, measures_of, metric, metric_id
from prodops.ledger.data import MetricDefinition
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.ledger.record import Citation, Prose, Record

SECTIONS = (
    "models",
    "seeds",
    "snapshots",
    "sources",
    "exposures",
    "semantic_models",
    "metrics",
    "saved_queries",
    "groups",
    "unit_tests",
    "data_tests",
    "macros",
    "analyses",
)
_UNUSED = {
    "saved_queries": "a saved query, not a metric",
    "groups": "a group: its owner is read with what it owns",
    "unit_tests": "the definition of a test of code, not of data",
    "data_tests": "the definition of a test; its runs stand in run_results.json",
    "macros": "a macro, which builds no dataset",
    "analyses": "an analysis, which builds no dataset",
}
_MADE = "a semantic model: its measures are read with the metrics"


def read_schema(file: SourceFile, document: Mapping[str, object]) -> Iterator[Entry]:
    """Give one entry a model, seed, snapshot, source table, exposure, metric and so on."""
    measures: dict[str, Measure] = {}
    for model in _listed(document, "semantic_models"):
        if isinstance(model, Mapping):
            measures.update(measures_of(model))
    groups = {text(group, "name"): group for group in _listed(document, "groups")}
    seen: set[str] = set()
    for section in SECTIONS:
        for number, item in enumerate(_listed(document, section)):
            yield from _entries(file, section, number, item, measures=measures, groups=groups, seen=seen)


def _entries(
    file: SourceFile,
    section: str,
    number: int,
    item: object,
    *,
    measures: Mapping[str, Measure],
    groups: Mapping[str, object],
    seen: set[str],
) -> Iterator[Entry]:
    line = getattr(item, "line", 0)
    locator = f"line {line}, {section}[{number}]" if line else f"{section}[{number}]"
    if not isinstance(item, Mapping) or not text(item, "name"):
        yield _failed(file, locator, "no_name", f"an item of {section} without a name")
        return
    if section in _UNUSED:
        yield Entry(locator=locator, unused=_UNUSED[section])
        return
    if section == "sources":
        yield from _source(file, locator, item, seen)
        return
    group = groups.get(text(item, "group") or text(item, "config", "group"))
    records = _records(Citation(file.name, locator), section, item, measures=measures, group=group)
    yield _once(file, locator, records, seen, unused=_why_not(section))


def _records(
    cite: Citation,
    section: str,
    item: Mapping[str, object],
    *,
    measures: Mapping[str, Measure],
    group: object,
) -> tuple[Record, ...]:
    if section == "metrics":
        return (metric(cite, item, measures, group=group),)
    if section == "exposures":
        return exposure(cite, item, tuple(name for _, name in references(inside(item, "depends_on"))))
    if section == "semantic_models":
        return tuple(_made_metrics(cite, item, measures))
    return (dataset(cite, section.removesuffix("s"), text(item, "name"), item, group=group),)


def _why_not(section: str) -> str:
    return _MADE if section == "semantic_models" else "an exposure that names nothing it reads"


def _source(file: SourceFile, locator: str, source: Mapping[str, object], seen: set[str]) -> Iterator[Entry]:
    """The tables of a source; one without an owner has its source's."""
    name = text(source, "name")
    tables = _listed(source, "tables")
    if not tables:
        yield Entry(locator=locator, unused="a source without tables")
    for number, table in enumerate(tables):
        line = getattr(table, "line", 0)
        where = f"line {line}, {name[:60]}.tables[{number}]" if line else f"{locator}.tables[{number}]"
        if not isinstance(table, Mapping) or not text(table, "name"):
            yield _failed(file, where, "no_name", "a source table without a name")
            continue
        full = f"{name}.{text(table, 'name')}"
        made = dataset(Citation(file.name, where), "source", full, table, group=source)
        yield _once(file, where, (made,), seen, unused="")


def _made_metrics(
    cite: Citation, model: Mapping[str, object], measures: Mapping[str, Measure]
) -> Iterator[MetricDefinition]:
    """Metrics that dbt makes of measures marked `create_metric: true`."""
    for measure in _listed(model, "measures"):
        name = text(measure, "name")
        if name in measures and truth(inside(measure, "create_metric")):
            yield MetricDefinition(
                id=metric_id(name, f"simple {name} "),
                cite=cite,
                registry="dbt",
                name=name,
                title=text(measure, "label"),
                layer="metrics",
                expression=measures[name].expression,
                dataset=measures[name].dataset,
                description=Prose(text(measure, "description")),
            )


def _once(
    file: SourceFile, locator: str, records: tuple[Record, ...], seen: set[str], *, unused: str
) -> Entry:
    if not records:
        return Entry(locator=locator, unused=unused)
    if any(record.id in seen for record in records):
        return _failed(
            file, locator, "duplicate_id", f"{records[0].id[:60]!r} stands twice; the first is read"
        )
    seen.update(record.id for record in records)
    return Entry(locator=locator, records=records)


def _listed(table: object, key: str) -> list[object]:
    value = inside(table, key)
    return value if isinstance(value, list) else []


def _failed(file: SourceFile, locator: str, code: str, says: str) -> Entry:
    remedy = "correct the schema file"
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
