"""The metadata.yaml of a warehouse table to a dataset with its owners, schedule and deprecation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from prodops.ledger.data import Dataset
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.ledger.record import Citation, Prose, RecordId
from prodops.text.decoding import decode, looks_binary
from prodops.text.documents import DocumentError, read_yaml

COVERS: Literal["snapshot", "increment"] = "snapshot"

_NAMED = re.compile(r"^friendly_name[ \t]*:", re.MULTILINE)
_DESCRIBED = re.compile(
    r"^(description|owners|labels|scheduling|bigquery|deprecated|deletion_date|references|workgroup_access|"
    r"dataset_base_acl)[ \t]*:",
    re.MULTILINE,
)
_INTERVAL = re.compile(r"^[ \t]+schedule_interval[ \t]*:", re.MULTILINE)
_ARGUMENTS = re.compile(r"^[ \t]+default_args[ \t]*:", re.MULTILINE)
_YES = frozenset({"true", "yes", "on"})
_KEYS = ("friendly_name", "description", "owners", "labels", "scheduling", "deprecated", "workgroup_access")


def recognises(file: SourceFile) -> float:
    """How surely this is a table's metadata, or the list of pipelines beside it, by its top-level keys."""
    if looks_binary(file.content) or file.head.lstrip()[:1] in {"{", "["}:
        return 0.0
    head = file.head.replace("\r\n", "\n")
    others = len({match[1] for match in _DESCRIBED.finditer(head)})
    if _NAMED.search(head):
        return 0.95 if others else 0.7
    if others and file.stem in {"metadata", "dataset_metadata"}:
        return 0.8
    return 0.9 if _ARGUMENTS.search(head) and _INTERVAL.search(head) else 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry a table; in a list of pipelines one a pipeline, recognised and not used."""
    if looks_binary(file.content):
        yield _failed(file, "file", "binary", "the file is not text", "add the YAML file itself")
        return
    documents = read_yaml(decode(file.content).text)
    number = 0
    try:
        for number, document in enumerate(documents, 1):
            yield from _entries(file, document, f"document {number}" if number > 1 else "document")
    except DocumentError as error:
        where = f"line {error.line}" if error.line else "file"
        yield _failed(file, where, "bad_yaml", f"not YAML: {str(error)[:120]}", "correct the YAML there")
        return
    if not number:
        yield _failed(file, "file", "empty_file", "the file is empty", "add the file with its content")


def _entries(file: SourceFile, document: object, locator: str) -> Iterator[Entry]:
    if not isinstance(document, dict):
        yield _failed(file, locator, "bad_value", "the YAML is no mapping of keys", "leave the file out")
    elif any(key in document for key in _KEYS):
        if locator == "document":
            yield Entry(locator=locator, records=(_dataset(file, document, locator),))
        else:
            yield _failed(
                file, locator, "duplicate_id", "a second table in one file", "keep one table a file"
            )
    else:
        yield from _pipelines(file, document)


def _pipelines(file: SourceFile, document: Mapping[str, object]) -> Iterator[Entry]:
    for name, value in document.items():
        line = getattr(value, "line", 0)
        locator = f"line {line}, {name[:80]}" if line else name[:80]
        if isinstance(value, dict) and "schedule_interval" in value:
            yield Entry(
                locator=locator,
                unused="the schedule of a pipeline; its tables say whether they are scheduled",
            )
        else:
            says = f"{name[:60]!r} is neither a table's metadata nor a pipeline"
            yield _failed(file, locator, "bad_value", says, "leave it out")
    if not document:
        yield _failed(file, "file", "no_metadata", "the file says nothing of a table", "leave it out")


def _dataset(file: SourceFile, table: Mapping[str, object], locator: str) -> Dataset:
    name = _name(file, table)
    labels = table.get("labels")
    kind = _text(labels, "table_type") if isinstance(labels, dict) else ""
    return Dataset(
        id=RecordId(f"dataset_metadata:dataset:{name}"),
        cite=Citation(file.name, locator),
        name=name,
        title=_text(table, "friendly_name"),
        description=Prose(_text(table, "description")),
        owners=_texts(table.get("owners")),
        kind="dataset" if file.stem == "dataset_metadata" else kind,
        scheduled=bool(table.get("scheduling")),
        # A date of deletion is a deprecation, also where nobody set the mark.
        deprecated=_text(table, "deprecated").casefold() in _YES or bool(table.get("deletion_date")),
        depends_on=_read_tables(table.get("scheduling")),
    )


def _name(file: SourceFile, table: Mapping[str, object]) -> str:
    """`dataset.table` by the folders, which is where such a repository keeps it; else the friendly name."""
    folders = [folder for folder in file.name.replace("!/", "/").split("/")[:-1] if folder not in {".", ".."}]
    depth = 1 if file.stem == "dataset_metadata" else 2
    return ".".join(folders[-depth:]) or _text(table, "friendly_name") or file.stem


def _read_tables(scheduling: object) -> tuple[str, ...]:
    listed = scheduling.get("referenced_tables") if isinstance(scheduling, dict) else None
    if not isinstance(listed, list):
        return ()
    return tuple(".".join(_texts(parts)) for parts in listed if _texts(parts))


def _text(table: Mapping[str, object], key: str) -> str:
    value = table.get(key)
    return value.strip() if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    return tuple(text.strip() for text in listed if isinstance(text, str) and text.strip())


def _failed(file: SourceFile, locator: str, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
