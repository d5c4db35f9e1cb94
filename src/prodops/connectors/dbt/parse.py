"""What kind of dbt file it is, and its entries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Literal

from prodops.connectors.dbt.manifest import read_manifest
from prodops.connectors.dbt.results import read_results
from prodops.connectors.dbt.schema import SECTIONS, read_schema
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.text.decoding import decode, looks_binary
from prodops.text.documents import DocumentError, read_yaml

COVERS: Literal["snapshot", "increment"] = "snapshot"

_ARTIFACT = re.compile(r"schemas\.getdbt\.com\\?/dbt\\?/([a-z-]+)\\?/")
_VERSIONED = re.compile(r"^version[ \t]*:[ \t]*[\"']?2[\"']?[ \t]*(#.*)?$", re.MULTILINE)
_SECTION = re.compile(rf"^(?:{'|'.join(SECTIONS)})[ \t]*:[ \t]*(#.*)?$", re.MULTILINE)
_OWN_WORDS = re.compile(
    r"^[ \t]*(?:-[ \t]+)?(?:type_params|semantic_models|calculation_method|loaded_at_field|data_tests|"
    r"depends_on|measures|freshness|columns|tests)[ \t]*:|\bref[ \t]*\([ \t]*[\"']",
    re.MULTILINE,
)
_NODES = re.compile(r"\"(?:model|source|test|exposure|metric)\.[A-Za-z0-9_]+\.[A-Za-z0-9_.]+\"")


def recognises(file: SourceFile) -> float:
    """How surely this is dbt's: an artifact names its schema, a schema file its version and sections."""
    if looks_binary(file.content):
        return 0.0
    head = file.head.lstrip()
    if head.startswith("{"):
        if _ARTIFACT.search(head):
            return 0.98
        if '"semantic_models"' in head and '"node_relation"' in head:
            return 0.95
        # An artifact written with its keys sorted says what it is after its nodes.
        return 0.95 if _NODES.search(head) and b"schemas.getdbt.com" in file.content else 0.0
    head = head.replace("\r\n", "\n")
    if not _SECTION.search(head):
        return 0.0
    if _VERSIONED.search(head):
        return 0.95
    return 0.85 if _OWN_WORDS.search(head) else 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give the entries of an artifact or of a schema file."""
    if looks_binary(file.content):
        yield _failed(file, "file", "binary", "the file is not text", "add the JSON or YAML file itself")
        return
    text = decode(file.content).text.strip()
    if not text:
        yield _failed(file, "file", "empty_file", "the file is empty", "build the artifacts again with dbt")
    elif text.startswith(("{", "[")):
        yield from _artifact(file, text)
    else:
        yield from _schema(file, text)


def _artifact(file: SourceFile, text: str) -> Iterator[Entry]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        says = "it nests too deep" if isinstance(error, RecursionError) else str(error)[:120]
        yield _failed(file, "file", "bad_json", f"not JSON: {says}", "build the artifacts again with dbt")
        return
    metadata = document.get("metadata") if isinstance(document, dict) else None
    version = metadata.get("dbt_schema_version") if isinstance(metadata, dict) else None
    match = _ARTIFACT.search(version) if isinstance(version, str) else None
    kind = match[1] if match else ""
    entries: Iterator[Entry] = iter(())
    if kind == "manifest":
        entries = read_manifest(file, document)
    elif kind in {"sources", "run-results"}:
        entries = read_results(file, document, freshness=kind == "sources")
    elif isinstance(document, dict) and _is_semantic(document):
        entries = read_schema(file, document)
    elif kind:
        entries = iter(
            [Entry(locator="file", unused=f"a dbt artifact of the kind {kind}, which is not used")]
        )
    else:
        says = "the artifact does not name its dbt schema version"
        yield _failed(file, "file", "no_version", says, "add manifest.json, sources.json or run_results.json")
        return
    yield from _some(entries)


def _is_semantic(document: dict[str, object]) -> bool:
    """Whether this is semantic_manifest.json, which names no version and lists what a schema file lists."""
    return isinstance(document.get("semantic_models"), list) and isinstance(document.get("metrics"), list)


def _schema(file: SourceFile, text: str) -> Iterator[Entry]:
    try:
        documents = list(read_yaml(text))
    except DocumentError as error:
        where = f"line {error.line}" if error.line else "file"
        yield _failed(file, where, "bad_yaml", f"not YAML: {str(error)[:120]}", "correct the YAML there")
        return
    yield from _some(
        entry for held in documents if isinstance(held, dict) for entry in read_schema(file, held)
    )


def _some(entries: Iterator[Entry]) -> Iterator[Entry]:
    empty = True
    for entry in entries:
        empty = False
        yield entry
    if empty:
        yield Entry(locator="file", unused="a dbt file without a dataset, metric, exposure or result")


def _failed(file: SourceFile, locator: str, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
