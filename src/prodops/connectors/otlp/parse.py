"""Spans of telemetry to runs of agents and calls of models and tools; messages' texts are not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from prodops.connectors.otlp.spans import SpanError, is_span, read_span
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.text.decoding import decode, looks_binary
from prodops.text.json_items import read_items

COVERS: Literal["snapshot", "increment"] = "increment"

_INTO = frozenset(
    {"resourceSpans", "resource_spans", "scopeSpans", "scope_spans", "instrumentationLibrarySpans"}
    | {"spans", "traces", "batches", "data"}
)
_OPENS_JSON = re.compile(r"[\ufeff\s]*[\[{]")
_OTLP = re.compile(r"\"(?:resourceSpans|scopeSpans|resource_spans|scope_spans)\"\s*:")
_IDS = re.compile(r"\"(?:spanId|span_id)\"\s*:")
_TIMES = re.compile(r"\"(?:startTimeUnixNano|start_time_unix_nano|start_time)\"\s*:")


def recognises(file: SourceFile) -> float:
    """How sure it is that the file holds spans, by what only spans have."""
    head = file.head
    if looks_binary(file.content[:1_024]) or not _OPENS_JSON.match(head):
        return 0.0
    if not _IDS.search(head) or not _TIMES.search(head):
        return 0.0
    return 0.97 if _OTLP.search(head) else 0.9


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry for each span; spans of no agent, model or tool are not used."""
    if looks_binary(file.content):
        says, remedy = "it is not text", "export the traces as JSON (OTLP/JSON), not as protobuf"
        yield _lost(file, "file", "binary", says, remedy)
        return
    text = decode(file.content).text
    if not text.strip():
        yield _lost(file, "file", "empty", "the file is empty", "export the traces again")
        return
    seen: set[str] = set()
    for item in read_items(text, into=_INTO, is_item=is_span):
        locator = item.path or "file"
        if item.error:
            remedy = "export the traces again; the file may have been cut off"
            yield _lost(file, locator, "bad_json", item.error, remedy)
        elif item.beside:
            continue
        elif isinstance(item.value, dict) and is_span(item.value):
            yield _entry(file, locator, item.value, seen)
        elif item.value:
            yield _lost(file, locator, "wrong_type", "it is not a span", "leave it out")


def _entry(file: SourceFile, locator: str, value: dict[str, object], seen: set[str]) -> Entry:
    try:
        run = read_span(file.name, locator, value)
    except SpanError as error:
        return _lost(file, locator, error.code, str(error), "export the traces again")
    if run is None:
        return Entry(locator=locator, unused="a span of no agent, model or tool")
    if run.id in seen:
        says = f"the span {run.span} of trace {run.trace} stands here before; the first is kept"
        return _lost(file, locator, "duplicate_id", says, "nothing; exporters send again what was lost")
    seen.add(run.id)
    return Entry(locator=locator, records=(run,))


def _lost(file: SourceFile, locator: str, code: str, says: str, remedy: str) -> Entry:
    found = problem(file.name, locator, code, says=says[:200], remedy=remedy)
    return Entry(locator=locator, problems=(found,))
