"""A dbt metric as a definition: MetricFlow's types and the older calculation methods, from JSON or YAML."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from prodops.connectors.dbt.fields import inside, owners_of, references, text, truth
from prodops.ledger.data import MetricDefinition
from prodops.ledger.record import Citation, Prose, RecordId


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of a semantic model: how it is computed, and on which dataset."""

    expression: str
    dataset: str


def measures_of(model: Mapping[str, object]) -> dict[str, Measure]:
    """The measures of a semantic model by name."""
    named: dict[str, Measure] = {}
    found = references(inside(model, "model"))
    dataset = found[0][1] if found else text(model, "node_relation", "alias")
    listed = inside(model, "measures")
    for measure in listed if isinstance(listed, list) else []:
        name = text(measure, "name")
        if name:
            what = text(measure, "expr") or name
            way = text(measure, "agg")
            named[name] = Measure(f"{way}({what})" if way else what, dataset)
    return named


def metric_id(name: str, written: str) -> RecordId:
    """The id of a definition: its name and what is written of how it is computed.

    The manifest and the schema file it was built from say the same and so are one definition; two schema
    files that compute one name in two ways are two.
    """
    digest = hashlib.blake2b(" ".join(written.split()).encode("utf-8", errors="replace"), digest_size=4)
    return RecordId(f"dbt:metric:{name}:{digest.hexdigest()}")


def metric(
    cite: Citation, table: Mapping[str, object], measures: Mapping[str, Measure], *, group: object = None
) -> MetricDefinition:
    """The definition that a metric's mapping holds; `group` is the mapping of the group that owns it."""
    name = text(table, "name")
    computed, dataset = _computed(table, measures)
    written, _ = _computed(table, {})
    condition = _condition(table)
    return MetricDefinition(
        id=metric_id(name, f"{text(table, 'type')} {written} {condition}"),
        cite=cite,
        registry="dbt",
        name=name,
        title=text(table, "label"),
        product=text(table, "package_name"),
        layer="metrics",
        expression=f"{computed} where {condition}" if computed and condition else computed,
        dataset=dataset,
        description=Prose(text(table, "description")),
        owners=owners_of(table) or owners_of(group),
        target=text(table, "meta", "target") or text(table, "config", "meta", "target"),
        unit=text(table, "meta", "unit") or text(table, "config", "meta", "unit"),
        deprecated=truth(inside(table, "meta", "deprecated"))
        or truth(inside(table, "config", "meta", "deprecated")),
    )


def _computed(table: Mapping[str, object], measures: Mapping[str, Measure]) -> tuple[str, str]:
    """How a metric is computed, and from which dataset."""
    kind, params = text(table, "type"), inside(table, "type_params")
    if not isinstance(params, Mapping):
        return _by_method(table)
    measure = measures.get(text(params, "measure", "name") or text(params, "measure"))
    dataset = measure.dataset if measure else _first_model(table)
    if kind == "ratio":
        return f"{_named(params.get('numerator'))} / {_named(params.get('denominator'))}", dataset
    if kind == "conversion":
        conversion = params.get("conversion_type_params")
        parts = (_named(inside(conversion, part)) for part in ("conversion_measure", "base_measure"))
        return " converted from ".join(parts), dataset
    named = text(params, "measure", "name") or text(params, "measure")
    written = text(params, "expr") or (measure.expression if measure else named)
    limited = [part for part in (_filter(inside(params, "measure", "filter")), _window(params)) if part]
    return " ".join([written, *limited]).strip(), dataset


def _by_method(table: Mapping[str, object]) -> tuple[str, str]:
    """The metrics of dbt before MetricFlow: a method over an expression of one model."""
    method = text(table, "calculation_method") or (text(table, "type") if "sql" in table else "")
    what = text(table, "expression") or text(table, "sql")
    found = references(inside(table, "model"))
    dataset = found[0][1] if found else _first_model(table)
    return (f"{method}({what})" if method and what else what), dataset


def _first_model(table: Mapping[str, object]) -> str:
    nodes = inside(table, "depends_on", "nodes")
    for node in nodes if isinstance(nodes, list) else []:
        if isinstance(node, str) and node.startswith("model."):
            return node.split(".", 2)[-1]
    return ""


def _named(value: object) -> str:
    """The name in `name`, or in a mapping with a name and perhaps a filter."""
    if isinstance(value, str):
        return value.strip()
    name, condition = text(value, "name"), _filter(inside(value, "filter"))
    return f"{name} {condition}".strip()


def _filter(value: object) -> str:
    written = _written(value)
    return f"[{written}]" if written else ""


def _condition(table: Mapping[str, object]) -> str:
    return _written(inside(table, "filter"))


def _written(value: object) -> str:
    """A filter as written: a text, a list of them, or the artifact's list of `where_sql_template`."""
    if isinstance(value, str):
        return " ".join(value.split())
    filters = inside(value, "where_filters")
    if isinstance(filters, list):
        return " and ".join(
            part for each in filters if (part := " ".join(text(each, "where_sql_template").split()))
        )
    if isinstance(value, list):
        return " and ".join(" ".join(part.split()) for part in value if isinstance(part, str))
    return ""


def _window(params: Mapping[str, object]) -> str:
    """The window of a cumulative metric, as `over 7 day` or `to date by month`."""
    for holder in (params, inside(params, "cumulative_type_params")):
        window = inside(holder, "window")
        if isinstance(window, str) and window.strip():
            return f"over {window.strip()}"
        if text(window, "count"):
            return f"over {text(window, 'count')} {text(window, 'granularity')}"
        if text(holder, "grain_to_date"):
            return f"to date by {text(holder, 'grain_to_date')}"
    return ""
