"""A YAML list of performance indicators to metric definitions and the charts that show them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from prodops.ledger.data import MetricDefinition, MetricUse
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.ledger.record import Citation, Prose, Record, RecordId
from prodops.text.decoding import decode, looks_binary
from prodops.text.documents import DocumentError, read_yaml

COVERS: Literal["snapshot", "increment"] = "snapshot"

_ITEM = re.compile(r"^[ \t]*-[ \t]+[\"']?([a-z_]+)[\"']?[ \t]*:", re.MULTILINE)
_KEY = re.compile(
    r"^[ \t]*(?:-[ \t]+)?[\"']?(name|base_path|definition|target|org|is_key|is_primary|health|"
    r"instrumentation|sisense_data|tableau_data|monthly_recorded_targets|metric_name)[\"']?[ \t]*:",
    re.MULTILINE,
)
_OWN_KEYS = frozenset({"base_path", "health", "instrumentation", "sisense_data", "tableau_data", "is_key"})
_ENOUGH_KEYS = 3
_OWNER_KEYS = ("owner", "owners", "dri", "dris")
_TARGET_KEYS = ("monthly_recorded_targets", "monthly_estimated_targets")
_CHARTS = {"sisense_data": "sisense", "tableau_data": "tableau"}
_YES = frozenset({"true", "yes", "on"})


def recognises(file: SourceFile) -> float:
    """How surely this is a list of indicators: a YAML list whose items have a name and the keys of one."""
    if looks_binary(file.content) or file.head.lstrip()[:1] in {"{", "["} or not _ITEM.search(file.head):
        return 0.0
    keys = {match[1] for match in _KEY.finditer(file.head)}
    if "name" not in keys or not {"definition", "target"} & keys:
        return 0.0
    if len(keys) > _ENOUGH_KEYS and keys & _OWN_KEYS:
        return 0.95
    return 0.7 if {"definition", "target"} <= keys else 0.3


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry an indicator of the list."""
    if looks_binary(file.content):
        yield _failed(file, "file", "binary", "the file is not text", "add the YAML file itself")
        return
    seen: set[str] = set()
    empty = True
    try:
        for document in read_yaml(decode(file.content).text):
            for item in _listed(document):
                empty = False
                yield _entry(file, item, seen)
    except DocumentError as error:
        where = f"line {error.line}" if error.line else "file"
        yield _failed(file, where, "bad_yaml", f"not YAML: {str(error)[:120]}", "correct the YAML there")
        return
    if empty:
        yield _failed(file, "file", "no_indicators", "no list of indicators in the file", "leave it out")


def _listed(document: object) -> list[object]:
    """The items of a list, or of the lists that a mapping holds."""
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        return [item for value in document.values() if isinstance(value, list) for item in value]
    return []


def _entry(file: SourceFile, item: object, seen: set[str]) -> Entry:
    line = getattr(item, "line", 0)
    where = f"line {line}" if line else "list"
    if not isinstance(item, dict):
        return _failed(
            file, where, "bad_value", "an item of the list is no mapping", "write it as keys and values"
        )
    name = " ".join(_text(item, "name").split())
    if not name:
        return _failed(file, where, "no_name", "an indicator without a name", "give it a name")
    locator = f"{where}, {name[:80]}"
    page = _text(item, "base_path").strip("/").rpartition("/")[2]
    key = ":".join(part for part in (_text(item, "org"), page, name) if part)
    if key in seen:
        says = f"{name[:60]!r} stands twice for the same organisation and page; the first is read"
        return _failed(file, locator, "duplicate_id", says, "rename one of them")
    seen.add(key)
    metric = _metric(Citation(file.name, locator), key, name, item)
    return Entry(locator=locator, records=(metric, *_uses(metric, key, item)))


def _metric(cite: Citation, key: str, name: str, item: Mapping[str, object]) -> MetricDefinition:
    health, instrumentation = item.get("health"), item.get("instrumentation")
    return MetricDefinition(
        id=RecordId(f"performance_indicators:metric:{key}"),
        cite=cite,
        registry="performance_indicators",
        name=name,
        title=_text(item, "metric_name"),
        product=_text(item, "org"),
        layer=_text(item, "base_path"),
        description=Prose(_text(item, "definition")),
        owners=tuple(owner for owner_key in _OWNER_KEYS for owner in _texts(item.get(owner_key))),
        target=_text(item, "target") or _last_target(item),
        takes_target=True,
        takes_owner=any(key in item for key in _OWNER_KEYS),
        unit=_text(item, "unit"),
        deprecated=_text(item, "deprecated").casefold() in _YES,
        health_level=_level(health),
        instrumentation_level=_level(instrumentation),
        reasons=(*_reasons(health), *_reasons(instrumentation)),
    )


def _uses(metric: MetricDefinition, key: str, item: Mapping[str, object]) -> Iterator[Record]:
    """The dashboards an indicator says it is shown on."""
    for chart_key, tool in _CHARTS.items():
        chart = item.get(chart_key)
        if not isinstance(chart, dict):
            continue
        shown = [f"{part} {_text(chart, part)}" for part in ("dashboard", "chart") if _text(chart, part)]
        yield MetricUse(
            id=RecordId(f"performance_indicators:use:{key}:{tool}"),
            cite=metric.cite,
            user=" ".join([tool, *shown]),
            kind="dashboard",
            reads=metric.name,
        )


def _last_target(item: Mapping[str, object]) -> str:
    """The latest of the targets by month, for an indicator that keeps its target there alone."""
    for key in _TARGET_KEYS:
        months = item.get(key)
        if isinstance(months, dict):
            dated = [
                (day, value) for day, value in months.items() if isinstance(value, str) and value.strip()
            ]
            if dated:
                day, value = max(dated)
                return f"{value.strip()} by {day}"
    return ""


def _level(rating: object) -> str:
    if isinstance(rating, dict):
        return _text(rating, "level")
    return rating.strip() if isinstance(rating, str) else ""


def _reasons(rating: object) -> tuple[str, ...]:
    return _texts(rating.get("reasons")) if isinstance(rating, dict) else ()


def _text(table: Mapping[str, object], key: str) -> str:
    value = table.get(key)
    return value.strip() if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    """The texts of a list; an unquoted colon made `Improvement: we shipped it` a mapping, which is undone."""
    texts: list[str] = []
    for element in value if isinstance(value, list) else [value]:
        if isinstance(element, str) and element.strip():
            texts.append(element.strip())
        elif isinstance(element, dict):
            texts.extend(f"{key}: {text}".strip() for key, text in element.items() if isinstance(text, str))
    return tuple(texts)


def _failed(file: SourceFile, locator: str, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
