"""Named columns of a table, from CSV, TSV or a workbook, and headers that lack one."""

from __future__ import annotations

from pathlib import Path

import pytest

from prodops.serve.columns import MissingColumnError, read_columns
from text.workbook_bytes import xlsx

ROWS = [(2, ("Ana", "3")), (3, ("Ben", "4"))]


def _file(folder: Path, content: str | bytes, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        "Name,Team,Hours\nAna,A,3\nBen,B,4\n",
        "Hours;Name\n3;Ana\n4;Ben\n",
        "Name\tHours\nAna\t3\nBen\t4\n",
        "\ufeffname ,  HOURS\nAna,3\nBen,4",
        "Name,Hours,Name\nAna,3,other\nBen,4,other\n",
    ],
)
def test_columns_are_found_by_name_whatever_their_place_case_and_separator(
    content: str, tmp_path: Path
) -> None:
    assert ROWS == list(read_columns(_file(tmp_path, content), ("Name", "hours")))


def test_the_first_sheet_of_a_workbook_is_a_table_too(tmp_path: Path) -> None:
    def row(number: int, *cells: str) -> str:
        held = "".join(
            f'<c r="{"AB"[k]}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for k, cell in enumerate(cells)
        )
        return f'<row r="{number}">{held}</row>'

    book = xlsx(First=row(1, "Name", "Hours") + row(2, "Ana", "3") + row(3, "Ben", "4"), Second=row(1, "x"))
    assert ROWS == list(read_columns(_file(tmp_path, book, "t.xlsx"), ("Name", "Hours")))
    assert ROWS == list(read_columns(_file(tmp_path, book, "wrong.csv"), ("Name", "Hours")))


def test_a_short_row_has_empty_cells_and_an_empty_row_is_none(tmp_path: Path) -> None:
    path = _file(tmp_path, "Name,Hours\nAna\n\n,\nBen,4\n")
    assert [("Ana", ""), ("Ben", "4")] == [cells for _, cells in read_columns(path, ("Name", "Hours"))]


def test_a_quoted_line_break_keeps_the_lines_right(tmp_path: Path) -> None:
    path = _file(tmp_path, 'Name,Hours\n"Ana\nMaria",3\nBen,4\n')
    assert [(2, ("Ana\nMaria",)), (4, ("Ben",))] == list(read_columns(path, ("Name",)))


def test_a_column_that_is_missing_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    path = _file(tmp_path, "Name,Hours\nAna,3\n")
    with pytest.raises(MissingColumnError, match=r"no column Role, Day\. It has: Name, Hours"):
        list(read_columns(path, ("Role", "Name", "Day")))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a workbook"])
def test_a_file_that_is_no_table_says_so(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(MissingColumnError, match=r"t\.csv"):
        list(read_columns(_file(tmp_path, content), ("Name",)))


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(read_columns(tmp_path / "none.csv", ("Name",)))
