"""Workbooks of three makes are read; damaged, enormous and foreign ones are refused by name."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import zipfile
from collections.abc import Callable

import pytest

from prodops.text.ole_container import OleError, refuse_broken_chains
from prodops.text.tables import Row, WorkbookError, read_workbook
from text.workbook_bytes import ods, packed, xls, xlsx

MIXED = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>when</t></is></c></row>'
    '<row r="3"><c r="A3"><v>3</v></c><c r="B3" s="1"><v>44203.6</v></c><c r="C3"><f>1+1</f><v>2</v></c>'
    '<c r="D3" t="b"><v>1</v></c><c r="E3"><v>1.5</v></c><c r="F3" s="2"><v>44203</v></c>'
    '<c r="G3" s="3"><v>1.5</v></c><c r="H3"/></row>'
)
ONE_CELL = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p>id</text:p></table:table-cell>'
    "</table:table-row>"
)
SMALL = {
    "xlsx": xlsx(Requests=MIXED, Empty=""),
    "ods": ods(ONE_CELL),
    "xls": xls({(0, 0): "id", (1, 0): 3.0, (1, 1): "ü"}),
}

BOOK = 1536
"""Where the stream of records starts in the XLS."""


def test_cells_of_an_xlsx_become_text_with_their_row_number() -> None:
    assert read_workbook(SMALL["xlsx"]) == {
        "Requests": [
            Row(1, ("id", "when")),
            Row(3, ("3", "2021-01-07T14:24:00", "2", "TRUE", "1.5", "2021-01-07", "1 day, 12:00:00")),
        ],
        "Empty": [],
    }


def test_an_ods_and_an_xls_are_read_too() -> None:
    assert read_workbook(SMALL["ods"]) == {"Requests": [Row(1, ("id",))]}
    assert read_workbook(SMALL["xls"]) == {"Votes": [Row(1, ("id",)), Row(2, ("3", "ü"))]}


def test_empty_cells_repeated_to_the_end_of_the_sheet_are_harmless() -> None:
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    tail = f'<table:table-row table:number-rows-repeated="1048575">{empty}</table:table-row>'
    assert read_workbook(ods(ONE_CELL + tail)) == {"Requests": [Row(1, ("id",))]}


def shared(text: str, uses: int) -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, uses + 1))
    with zipfile.ZipFile(io.BytesIO(xlsx(A=rows))) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    listed = members["xl/_rels/workbook.xml.rels"]
    assert isinstance(listed, bytes)
    members["xl/_rels/workbook.xml.rels"] = listed.replace(
        b"</Relationships>",
        f'<Relationship Id="ss" Type="{relations}" Target="sharedStrings.xml"/></Relationships>'.encode(),
    )
    members["xl/sharedStrings.xml"] = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{text}</t></si></sst>'
    )
    return packed(members)


def test_a_shared_text_is_read_where_it_is_used() -> None:
    assert read_workbook(shared("words", 2))["A"] == [Row(1, ("words",)), Row(2, ("words",))]


def repeated(rows: int, columns: int) -> bytes:
    return ods(
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="float" '
        f'table:number-columns-repeated="{columns}" office:value="1"><text:p>1</text:p></table:table-cell>'
        "</table:table-row>",
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: packed({"xl/workbook.xml": b"0" * 401_000_000}), "unpacks to more"),
        (
            lambda: xlsx(A='<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="XFD1048576"/></row>'),
            "spans more",
        ),
        (
            lambda: xlsx(A="<row r='1'><c x='y' r='A1'><v>1</v></c><c\ts='0' r='ZZ99999'/></row>"),
            "spans more",
        ),
        (lambda: repeated(1_048_576, 16_384), "repeats its cells"),
        (lambda: repeated(4_000, 4_000), "repeats its cells"),
        (lambda: shared("x" * 30_000, 20_000), "repeated texts"),
        (lambda: xls({(0, 0): "id", (65_535, 255): 3.0}), "spans more"),
    ],
)
def test_what_would_fill_the_memory_is_refused(content: Callable[[], bytes], says: str) -> None:
    with pytest.raises(WorkbookError, match=says):
        read_workbook(content())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not a workbook"),
        (b"id,text\n1,2\n", "not a workbook"),
        (packed({"notes.txt": b"words"}), "an archive, not a workbook"),
        (packed({"xl/workbook.bin": b""}), "XLSB"),
        (packed({"xl/workbook.xml": b"<broken"}), "damaged"),
        (SMALL["xlsx"][:200], "damaged"),
        (SMALL["xlsx"][:-30], "damaged"),
        (SMALL["xls"][:300], "damaged"),
        (SMALL["xls"][:3000], "outside the file"),
        (SMALL["xls"] + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
        (SMALL["xls"][:BOOK] + b"\x09\x08\x00\x00" + SMALL["xls"][BOOK + 4 :], "damaged"),
    ],
)
def test_what_is_no_sound_workbook_is_refused_by_name(content: bytes, says: str) -> None:
    with pytest.raises(WorkbookError, match=says):
        read_workbook(content)


def patched(at: int, number: int, kind: str = "<I") -> bytes:
    content = bytearray(SMALL["xls"])
    struct.pack_into(kind, content, at, number)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (patched(512 + 4 * 5, 3), "circle"),
        (patched(512 + 4 * 5, 4000), "circle or out"),
        (patched(30, 3, "<H"), "sector size"),
        (patched(68, 1), "outside|circle"),
        (patched(60, 7), "circle"),
    ],
)
def test_chains_that_never_end_are_refused_before_anyone_follows_them(content: bytes, says: str) -> None:
    with pytest.raises(WorkbookError, match=says):
        read_workbook(content)


def test_a_container_shorter_than_its_header_is_refused() -> None:
    with pytest.raises(OleError, match="cut in its header"):
        refuse_broken_chains(SMALL["xls"][:300])


def test_a_table_of_sectors_that_leads_back_to_itself_is_refused() -> None:
    content = bytearray(patched(68, 3))
    struct.pack_into("<128I", content, 512 * 4, *[0xFFFFFFFF] * 127, 3)
    with pytest.raises(WorkbookError, match="table of sectors runs in a circle"):
        read_workbook(bytes(content))


def test_a_small_stream_is_followed_through_its_own_table() -> None:
    content = bytearray(SMALL["xls"])
    struct.pack_into("<Q", content, 1024 + 128 + 120, 100)
    with pytest.raises(WorkbookError):
        read_workbook(bytes(content))


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_any_damage_gives_rows_or_a_named_error(kind: str) -> None:
    dice = random.Random(20261122)
    for turn in range(300):
        content = bytearray(SMALL[kind])
        for _ in range(1 + turn % 3):
            content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        if turn % 3 == 0:
            content = content[: dice.randrange(len(content))]
        with contextlib.suppress(WorkbookError):
            assert isinstance(read_workbook(bytes(content)), dict)
