"""What the tests of registries and trackers share: case files, their damage, and what must always hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from hypothesis import strategies as st

from prodops.ledger.reading import Entry, Problem, SourceFile
from prodops.ledger.record import Record

R = TypeVar("R", bound=Record)
Parse = Callable[[SourceFile], Iterator[Entry]]
Recognises = Callable[[SourceFile], float]

CASES = Path(__file__).parent / "cases"
MINE = 0.5
"""From this on a connector says that a file is its own."""


def case(connector: str, name: str) -> SourceFile:
    """A file of `cases/<connector>`."""
    return SourceFile(name=name, content=(CASES / connector / name).read_bytes())


def cases(connector: str) -> list[SourceFile]:
    """All files of `cases/<connector>`, by name."""
    root = CASES / connector
    return [
        case(connector, path.relative_to(root).as_posix())
        for path in sorted(root.rglob("*"))
        if path.is_file()
    ]


def text_file(text: str, name: str = "export.txt") -> SourceFile:
    """A file with this text and a name that tells nothing."""
    return SourceFile(name=name, content=text.encode())


def records(entries: list[Entry], kind: type[R]) -> list[R]:
    """The records of one type, in order."""
    return [record for entry in entries for record in entry.records if isinstance(record, kind)]


def problems(entries: list[Entry]) -> list[Problem]:
    """All problems, in order."""
    return [found for entry in entries for found in entry.problems]


def codes(entries: list[Entry]) -> list[str]:
    """The codes of all problems, in order."""
    return [found.code for found in problems(entries)]


def counts(entries: list[Entry]) -> tuple[int, int, int]:
    """How many entries were read, unused and lost; together they are all that went in."""
    lost = sum(any(found.lost for found in entry.problems) for entry in entries)
    told = (sum(bool(entry.records) for entry in entries), sum(bool(entry.unused) for entry in entries), lost)
    assert sum(told) == len(entries)
    return told


def read_well(parse: Parse, file: SourceFile) -> list[Entry]:
    """The entries of a file, after what must hold of every file was checked."""
    entries = list(parse(file))
    assert entries == list(parse(file)), "the same bytes give the same entries"
    counts(entries)
    given = Counter((type(record), record.id) for entry in entries for record in entry.records)
    assert not [name for name, times in given.items() if times > 1], "ids are unique"
    for entry in entries:
        for record in (*entry.records, *entry.problems):
            assert record.cite.source == file.name
            assert record.cite.locator
            for moment in (getattr(record, field.name) for field in fields(record)):
                assert not isinstance(moment, datetime) or moment.tzinfo is not None
        for found in entry.problems:
            assert found.says
            assert found.remedy
    return entries


@st.composite
def damaged(draw: st.DrawFn, files: list[SourceFile]) -> SourceFile:
    """One of the files, cut short, with bytes changed, or with a piece of it repeated."""
    file = draw(st.sampled_from(files))
    content = bytearray(file.content)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(len(content) - 1, 0)))
        content[at : at + 1] = bytes([draw(st.integers(0, 255))])
    if draw(st.booleans()):
        content = content[: draw(st.integers(0, len(content)))]
    if draw(st.booleans()) and content:
        start = draw(st.integers(0, len(content) - 1))
        content += content[start : start + draw(st.integers(1, 200))]
    return SourceFile(name=file.name, content=bytes(content))


BAD = {
    "empty": b"",
    "blank": b" \n\n ",
    "binary": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "zeros": bytes(5_000),
    "gigantic line": b"x" * 3_000_000,
    "long indent": b" " * 100_000 + b"x",
    "empty lines": b"\n" * 100_000 + b"x",
    "open brackets": b"a: [" * 20_000,
    "open quotes": b'"' * 99_999,
    "utf-16": "\ufeffname,hours\n1,2\n".encode("utf-16"),
    "deep json": b"[" * 100_000,
    "deep yaml": b"- " * 5_000,
    "deep toml": b"a = " + b"[" * 50_000,
    "yaml bomb": b"a: &a [1,2,3,4,5,6,7,8,9]\n"
    + b"\n".join(b"%c: &%c [%s]" % (98 + i, 98 + i, b",".join([b"*%c" % (97 + i)] * 9)) for i in range(15)),
    "html": b"<html><body><table><tr><td>=1+1</td></tr></table></body></html>",
    "wrong types": b'{"issues": [null, 1, "x", [], {}, {"key": 1}, {"fields": 3}], "nodes": {"a": []}}',
}
"""Files that are nobody's, by what is wrong with them."""


def survives_everything(parse: Parse, recognises: Recognises) -> None:
    """Whatever a file holds: no connector raises, and what it cannot read it says."""
    for about, content in BAD.items():
        file = SourceFile(name="some.file", content=content)
        assert recognises(file) < MINE, about
        entries = read_well(parse, file)
        assert not any(entry.records for entry in entries), about
