"""Metric-hub TOML to metric definitions and the data sources they are computed from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from prodops.ledger.data import Dataset, MetricDefinition
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.ledger.record import Citation, Prose, Record, RecordId
from prodops.text.decoding import decode, looks_binary
from prodops.text.documents import DocumentError, read_toml

COVERS: Literal["snapshot", "increment"] = "snapshot"

LAYERS = ("definitions", "jetstream", "looker", "opmon")
"""The folders of a metric-hub repository: the definitions, and the tools that add to or redefine them."""

_SECTION = re.compile(
    r"^[ \t]*\[[ \t]*(metrics|data_sources|segments|dimensions|functions|parameters|project)[ \t]*[.\]]",
    re.MULTILINE,
)
_SPEAKS = re.compile(
    r"^[ \t]*(select_expression|from_expression|data_source|xaxis|submission_date_column|"
    r"columns_as_dimensions)[ \t]*=",
    re.MULTILINE,
)
_STATISTICS = re.compile(r"^[ \t]*\[[ \t]*metrics\.[^\]\n]+\.statistics\b", re.MULTILINE)
_PERIODS = re.compile(r"^[ \t]*(daily|weekly|28_day|overall)[ \t]*=\s*\[", re.MULTILINE)
_FUNCTION = re.compile(r"^[ \t]*\[[ \t]*functions\.[^\]\n]+\][ \t]*\n[ \t]*definition[ \t]*=", re.MULTILINE)
_HEADER = re.compile(r"^\s*\[\s*([A-Za-z0-9_]+(?:\s*\.\s*(?:\"[^\"\n]*\"|'[^'\n]*'|[A-Za-z0-9_-]+))*)\s*\]")
_TABLE_READ = re.compile(r"\b(?:FROM|JOIN)\s+`?([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+){1,2})`?", re.IGNORECASE)
_TABLE_NAME = re.compile(r"`?([A-Za-z0-9_-]+(?:`?\.`?[A-Za-z0-9_*-]+)+)`?")
_UNUSED = {
    "segments": "a segment of users, not a metric",
    "dimensions": "a dimension to split by, not a metric",
    "functions": "a function that expressions use, not a metric",
    "parameters": "a parameter of an analysis, not a metric",
    "project": "settings of an analysis, not a metric",
}
_LARGEST_BYTES = 8_000_000
_CLEAR = 0.95
_BARE = 0.6


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a registry a file stands.

    Attributes:
        key: Its path from the layer's folder on, without the ending: the registry's own key for it.
        layer: The layer's folder; empty when the path has none.
        product: The product its definitions are for.
    """

    key: str
    layer: str
    product: str


def recognises(file: SourceFile) -> float:
    """How surely this is metric-hub TOML: by its sections and the keys that only it has."""
    if looks_binary(file.content):
        return 0.0
    head = file.head
    if head.lstrip()[:1] == "{" or not _SECTION.search(head):
        return 0.0
    if any(pattern.search(head) for pattern in (_SPEAKS, _STATISTICS, _PERIODS, _FUNCTION)):
        return _CLEAR
    # An outcome without metrics of its own has an empty section and nothing else that tells.
    return _BARE if re.search(r"^[ \t]*\[(metrics|data_sources)\][ \t]*$", head, re.MULTILINE) else 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry a named table: a metric, a data source, or what is recognised and not used.

    A metric is a definition when it has an expression. Tools repeat a metric's name to ask for statistics
    of it; that is no second definition.
    """
    if looks_binary(file.content):
        yield _failed(file, "binary", "the file is not text", "add the TOML file itself")
        return
    if len(file.content) > _LARGEST_BYTES:
        says = f"{len(file.content) // 1_000_000} MB of TOML: no registry of definitions is that large"
        yield _failed(file, "too_large", says, "split the file, one for each product")
        return
    text = decode(file.content).text
    try:
        document = read_toml(text)
    except DocumentError as error:
        where = f"line {error.line}" if error.line else "file"
        remedy = "correct the TOML there; the file is read as a whole or not at all"
        yield _failed(file, "bad_toml", f"not TOML: {str(error)[:120]}", remedy, where)
        return
    place, lines = _place(file), _lines(text)
    empty = True
    for section, path, value in _tables(document):
        empty = False
        dotted = ".".join(path)
        locator = f"line {lines[dotted]}, {dotted}" if dotted in lines else dotted
        yield _entry(file, place, locator, section=section, name=path[-1], value=value)
    if empty:
        yield _nothing_in(file, document)


def _nothing_in(file: SourceFile, document: Mapping[str, object]) -> Entry:
    if "metrics" in document or "data_sources" in document:
        return Entry(locator="file", unused="an outcome or default without a metric of its own")
    return _failed(file, "no_metrics", "no metrics and no data sources in the file", "leave it out")


def _tables(document: Mapping[str, object]) -> Iterator[tuple[str, tuple[str, ...], object]]:
    """The entries of a document: (section, path, value)."""
    for section, named in document.items():
        if section == "project":
            yield section, (section,), named
        elif section not in _UNUSED and section not in {"metrics", "data_sources"}:
            continue
        elif not isinstance(named, dict):
            yield section, (section,), named
        else:
            for name, value in named.items():
                if section == "segments" and name == "data_sources" and isinstance(value, dict):
                    for source, table in value.items():
                        yield "data_sources", (section, name, source), table
                else:
                    yield section, (section, name), value


def _entry(file: SourceFile, place: _Place, locator: str, *, section: str, name: str, value: object) -> Entry:
    if section in _UNUSED:
        return Entry(locator=locator, unused=_UNUSED[section])
    if section == "metrics" and isinstance(value, list):
        return Entry(locator=locator, unused="a list of metrics to analyse, not a definition")
    if section == "data_sources" and name == "*":
        return Entry(locator=locator, unused="settings for every data source, not one of them")
    if not isinstance(value, dict):
        says, remedy = f"{section}.{name[:40]} is no table", "write it as a TOML table"
        return Entry(
            locator=locator, problems=(problem(file.name, locator, "bad_value", says=says, remedy=remedy),)
        )
    cite = Citation(file.name, locator)
    record = (
        _dataset(place, cite, name, value) if section == "data_sources" else _metric(place, cite, name, value)
    )
    if isinstance(record, Record):
        return Entry(locator=locator, records=(record,))
    return Entry(locator=locator, unused=record)


def _metric(place: _Place, cite: Citation, name: str, table: Mapping[str, object]) -> MetricDefinition | str:
    """The definition, or why the table is none."""
    expression = _text(table, "select_expression")
    if not expression:
        if "depends_on" in table:
            return "derived from other metrics by its statistics; has no expression of its own"
        return "statistics of a metric that is defined elsewhere"
    source = _text(table, "data_source")
    return MetricDefinition(
        id=RecordId(f"metric_hub:metric:{place.key}:{name}"),
        cite=cite,
        registry="metric_hub",
        name=name,
        title=_text(table, "friendly_name"),
        product=place.product,
        layer=place.layer,
        expression=expression,
        dataset=f"{place.product}.{source}" if source else "",
        description=Prose(_text(table, "description")),
        owners=_texts(table, "owner") + _texts(table, "owners"),
        unit=_text(table, "unit") or _text(table, "type"),
        deprecated=table.get("deprecated") is True,
    )


def _dataset(place: _Place, cite: Citation, name: str, table: Mapping[str, object]) -> Dataset:
    reads = _text(table, "from_expression")
    whole = _TABLE_NAME.fullmatch(reads)
    tables = [whole[1].replace("`", "")] if whole else _TABLE_READ.findall(reads)
    dotted = place.key + ("" if "segments" not in cite.locator else "/segments")
    return Dataset(
        id=RecordId(f"metric_hub:dataset:{dotted}:{name}"),
        cite=cite,
        name=f"{place.product}.{name}",
        title=_text(table, "friendly_name"),
        description=Prose(_text(table, "description")),
        owners=_texts(table, "owner") + _texts(table, "owners"),
        kind="data_source",
        deprecated=table.get("deprecated") is True,
        depends_on=tuple(dict.fromkeys(tables)),
    )


def _place(file: SourceFile) -> _Place:
    folders = file.name.replace("!/", "/").split("/")[:-1]
    start = next((at for at, folder in enumerate(folders) if folder in LAYERS), len(folders))
    inside = folders[start + 1 :]
    product = inside[1] if len(inside) > 1 and inside[0] == "outcomes" else file.stem
    layer = folders[start] if start < len(folders) else ""
    return _Place("/".join([*folders[start:], file.stem]), layer, product)


def _lines(text: str) -> dict[str, int]:
    """Where each table of up to three names is first opened: `metrics.uri_count` to its line."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        match = _HEADER.match(line[:300])
        if match is None:
            continue
        names = [name.strip().strip("\"'") for name in match[1].split(".")]
        for depth in (1, 2, 3):
            found.setdefault(".".join(names[:depth]), number)
    return found


def _text(table: Mapping[str, object], key: str) -> str:
    value = table.get(key)
    return value.strip() if isinstance(value, str) else ""


def _texts(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = table.get(key)
    listed = value if isinstance(value, list) else [value]
    return tuple(text.strip() for text in listed if isinstance(text, str) and text.strip())


def _failed(file: SourceFile, code: str, says: str, remedy: str, locator: str = "file") -> Entry:
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
