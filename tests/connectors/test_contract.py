"""Every connector keeps one contract on every file of its cases, whole, cut short or damaged."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from prodops.ledger.reading import Entry, Problem, SourceFile
from prodops.ledger.record import Record
from prodops.ledger.schema import columns, row_of
from prodops.serve.intake.recognise import Connector, connectors, recognise

CASES = Path(__file__).parent / "cases"
DAMAGES = 12


def _files() -> list[tuple[Connector, Path]]:
    return [
        (connector, path)
        for connector in connectors()
        for path in sorted((CASES / connector.name).rglob("*"))
        if path.is_file()
    ]


EACH = pytest.mark.parametrize(
    ("connector", "path"),
    _files(),
    ids=lambda one: one.name if isinstance(one, Connector) else one.relative_to(CASES).as_posix(),
)


def _file(path: Path, content: bytes | None = None) -> SourceFile:
    name = path.relative_to(CASES).as_posix()
    return SourceFile(name=name, content=path.read_bytes() if content is None else content)


def _records(entries: list[Entry]) -> list[Record]:
    return [record for entry in entries for record in (*entry.records, *entry.problems)]


def test_every_connector_has_cases() -> None:
    assert [] == [one.name for one in connectors() if not any((CASES / one.name).rglob("*"))]


@EACH
def test_the_same_bytes_give_the_same_entries(connector: Connector, path: Path) -> None:
    assert list(connector.parser.parse(_file(path))) == list(connector.parser.parse(_file(path)))


@EACH
def test_ids_are_unique_and_say_where_they_came_from(connector: Connector, path: Path) -> None:
    records = [record for entry in connector.parser.parse(_file(path)) for record in entry.records]
    counted = Counter((type(record), record.id) for record in records)
    assert {} == {key: n for key, n in counted.items() if n > 1}
    assert all(record.id.partition(":")[0] for record in records)


@EACH
def test_every_record_is_cited_by_the_files_name_and_a_place(connector: Connector, path: Path) -> None:
    file = _file(path)
    for record in _records(list(connector.parser.parse(file))):
        assert record.cite.source.startswith(file.name)
        assert record.cite.locator


@EACH
def test_every_record_fits_its_table_and_every_moment_has_a_zone(connector: Connector, path: Path) -> None:
    for record in _records(list(connector.parser.parse(_file(path)))):
        assert row_of(type(record))(record)
        moments = [
            getattr(record, column.name) for column in columns(type(record)) if column.holds is datetime
        ]
        assert all(moment is None or moment.tzinfo is not None for moment in moments)


@EACH
def test_every_problem_says_what_to_do(connector: Connector, path: Path) -> None:
    for found in _records(list(connector.parser.parse(_file(path)))):
        if isinstance(found, Problem):
            assert found.says.strip()
            assert found.remedy.strip()


@EACH
def test_damage_becomes_problems_and_never_an_exception(connector: Connector, path: Path) -> None:
    content = path.read_bytes()
    dice = random.Random(len(content))
    for _ in range(DAMAGES):
        cut = content[: dice.randrange(len(content) + 1)]
        flipped = bytearray(cut)
        for place in (dice.randrange(len(cut)) for _ in range(8) if cut):
            flipped[place] = dice.randrange(256)
        for damaged in (cut, bytes(flipped), content[::-1]):
            assert 0.0 <= connector.parser.recognises(_file(path, damaged)) <= 1.0
            for entry in connector.parser.parse(_file(path, damaged)):
                assert isinstance(entry, Entry)


NO_FILES = {
    "empty": b"",
    "binary": b"\x00\xff\xfe" * 400,
    "gigantic line": b"a" * 300_000,
    "nesting": b"[" * 50_000,
    "list of lists": b"- " * 5_000,
    "objects": b'{"a":' * 20_000,
    "blank lines": b"\n" * 5_000,
    "utf-16": "héllo wörld \u202e".encode("utf-16"),
    "torn zip": b"PK\x03\x04" + b"\x00" * 100,
}


@pytest.mark.parametrize("connector", connectors(), ids=lambda one: one.name)
@pytest.mark.parametrize("content", NO_FILES.values(), ids=NO_FILES.keys())
def test_what_is_no_file_of_its_own_is_never_an_exception(connector: Connector, content: bytes) -> None:
    file = SourceFile(name="thing.txt", content=content)
    assert connector.parser.recognises(file) < 0.5
    for entry in connector.parser.parse(file):
        assert isinstance(entry, Entry)


@EACH
def test_it_knows_its_own_cases_whatever_their_ending(connector: Connector, path: Path) -> None:
    if path.name.startswith("not_"):
        return
    renamed = SourceFile(name=path.relative_to(CASES).as_posix(), content=path.read_bytes())
    found = recognise(renamed)
    assert found is not None
    assert found.name == connector.name
