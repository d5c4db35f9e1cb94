"""A damaged, hostile or gigantic table is told as a problem; it never raises and never fills the memory."""

from __future__ import annotations

import gc
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodops.connectors.feedback_table.parse import parse, recognises
from prodops.ledger.feedback import Feedback
from prodops.ledger.reading import Entry, SourceFile

CASES = Path(__file__).parent / "cases" / "feedback_table"


def case(name: str) -> SourceFile:
    return SourceFile(name=f"exports/{name}", content=(CASES / name).read_bytes())


def table(text: str) -> SourceFile:
    return SourceFile(name="messages.csv", content=text.encode())


def messages(file: SourceFile) -> list[Feedback]:
    return [record for entry in parse(file) for record in entry.records if isinstance(record, Feedback)]


def codes(file: SourceFile) -> list[str]:
    return [problem.code for entry in parse(file) for problem in entry.problems]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\n \n", "empty_file"),
        (bytes(range(256)) * 40, "binary"),
        (b"PK\x03\x04" + b"\x00" * 200, "bad_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "bad_workbook"),
        (b"id,created,message\n", "no_rows"),
    ],
)
def test_a_file_that_holds_nothing_to_read_is_one_problem(content: bytes, code: str) -> None:
    entries = list(parse(SourceFile(name="x.csv", content=content)))
    assert [problem.code for entry in entries for problem in entry.problems] == [code]
    assert entries[0].locator == "file"


def test_a_workbook_that_would_unpack_without_end_is_a_problem() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
        archive.infolist()[1].file_size = 450_000_000
    file = SourceFile(name="bomb.xlsx", content=packed.getvalue())
    assert codes(file) == ["bad_workbook"]
    assert recognises(file) <= 0.5


def test_windows_1252_and_utf_16_are_read() -> None:
    text = "created,message\n2026-01-05,Das Café schließt früh\n"
    for encoding in ("windows-1252", "utf-16"):
        file = SourceFile(name="x.csv", content=text.encode(encoding))
        assert messages(file)[0].text == "Das Café schließt früh"


def test_bytes_that_are_no_text_are_told_and_the_row_is_read() -> None:
    file = SourceFile(name="x.csv", content=b"created,message\n2026-01-05,caf\x81 in the yard\n")
    assert codes(file) == ["undecodable"]
    assert len(messages(file)) == 1


def test_a_gigantic_cell_is_read() -> None:
    file = table(f"created,message\n2026-01-05,{'word ' * 2_000_000}\n")
    assert len(messages(file)[0].text) > 9_000_000
    assert recognises(file) <= 0.8


@pytest.mark.parametrize("line", [b"x" * 5_000_000, b"a," * 2_500_000])
def test_a_gigantic_first_line_is_not_claimed_and_costs_one_problem(line: bytes) -> None:
    file = SourceFile(name="x.csv", content=line)
    assert recognises(file) == 0.0
    assert codes(file) == ["gigantic_line"]


def test_a_large_workbook_is_not_looked_into_to_be_recognised() -> None:
    assert recognises(SourceFile(name="x.xlsx", content=b"PK\x03\x04" + bytes(9_000_000))) == 0.5


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.iterdir()))
def test_a_wrong_ending_does_not_matter(name: str) -> None:
    file = SourceFile(name="thing.bin", content=case(name).content)
    assert recognises(file) == recognises(case(name)) >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        '{"tickets": []}',
        "---\nname: x\n",
        "BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        "name,email,title,manager\nAnn,ann@x.example,Product Manager,bo@x.example\n",
        "Standard,Description,Approval Expiration Date\nTool,A visual thing to plan with,2026-01-05\n",
        "just one line of prose\nand another, with a comma\n",
    ],
)
def test_what_is_no_table_of_messages_is_not_claimed(text: str) -> None:
    assert recognises(table(text)) < 0.5


@settings(max_examples=60)
@given(data=st.data())
def test_damage_never_raises_and_every_entry_is_read_unused_or_lost(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(path.name for path in CASES.iterdir())))
    content = bytearray(case(name).content)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    file = SourceFile(name=name, content=bytes(content[:cut]))
    assert 0.0 <= recognises(file) <= 1.0
    once, twice = list(parse(file)), list(parse(file))
    assert once == twice
    assert all(isinstance(entry, Entry) for entry in once)
    ids = [record.id for entry in once for record in entry.records]
    assert len(ids) == len(set(ids))


def test_a_large_table_is_never_held_as_records() -> None:
    rows = "".join(f"{number},2026-01-05,please mend thing {number}\n" for number in range(6_000))
    most = 0
    for number, entry in enumerate(parse(table("id,created,message\n" + rows))):
        assert entry.records
        if number % 2_000 == 1_999:
            gc.collect()
            most = max(most, sum(isinstance(thing, Feedback) for thing in gc.get_objects()))
    assert most < 100
