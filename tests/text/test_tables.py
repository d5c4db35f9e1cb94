"""Tables of every make become rows that know their line, and no row is swallowed."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodops.text.tables import Row, read_table

CELL = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"), max_size=12
)


def rows(text: str) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.line, row.cells) for row in read_table(text)]


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_a_written_table_comes_back(table: list[list[str]], delimiter: str) -> None:
    out = io.StringIO(newline="")
    out.write(f"sep={delimiter}\r\n")
    csv.writer(out, delimiter=delimiter).writerows(table)
    assert [row.cells for row in read_table(out.getvalue())] == [tuple(cells) for cells in table]
    assert all(not row.fault for row in read_table(out.getvalue()))


@given(st.text(max_size=400))
def test_no_text_makes_it_fail_and_lines_only_grow(text: str) -> None:
    lines = [row.line for row in read_table(text)]
    assert lines == sorted(set(lines))


@given(st.lists(st.sampled_from(['"', ",", "\n", "a", "\r\n", "\r", " ", "'"]), max_size=60))
def test_every_letter_of_a_badly_quoted_table_is_in_some_row(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert sum("".join(row.cells).count("a") for row in read_table(text)) == text.count("a")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found(delimiter: str) -> None:
    text = f"id{delimiter}text{delimiter}hours\n1{delimiter}some words{delimiter}2\n"
    assert rows(text) == [(1, ("id", "text", "hours")), (2, ("1", "some words", "2"))]


def test_decimal_commas_do_not_make_a_comma_table() -> None:
    assert rows("a;b\n1,5;2,3\n4,5;6,7\n")[1] == (2, ("1,5", "2,3"))


def test_commas_in_prose_do_not_outvote_tabs() -> None:
    assert rows("id\ttext\n1\tno, never\n2\tyes, sure, fine\n")[2] == (3, ("2", "yes, sure, fine"))


def test_a_preamble_does_not_hide_the_separator() -> None:
    text = "Report of all requests\n\n" + "a;b;c\n" * 5
    assert rows(text)[1] == (3, ("a", "b", "c"))


def test_excels_own_line_names_the_separator_and_is_no_row() -> None:
    assert rows("sep=;\r\na;b\r\n") == [(2, ("a", "b"))]
    assert rows("sep=|") == []
    assert rows("sep=") == [(1, ("sep=",))]


def test_one_column_needs_no_separator() -> None:
    assert rows("name\nAnn\n") == [(1, ("name",)), (2, ("Ann",))]


def test_a_byte_order_mark_is_no_part_of_the_first_name() -> None:
    assert rows("\ufeffid,x\n1,2\n")[0] == (1, ("id", "x"))


def test_a_row_over_several_lines_is_cited_by_its_first() -> None:
    assert rows('a,b\n"x\n\ny",2\n3,4\n') == [(1, ("a", "b")), (2, ("x\n\ny", "2")), (5, ("3", "4"))]


def test_nested_quotes_are_quotes() -> None:
    assert rows('a,b\n"he said ""no, never""",2\n')[1] == (2, ('he said "no, never"', "2"))


def test_ragged_rows_stay_as_long_as_they_are() -> None:
    assert rows("a,b,c\n1\n1,2,3,4\n,,\n") == [
        (1, ("a", "b", "c")), (2, ("1",)), (3, ("1", "2", "3", "4")), (4, ("", "", "")),
    ]  # fmt: skip


def test_formulas_stay_text() -> None:
    assert rows("a,b\n=1+1,\"=cmd|' /C calc'!A0\"\n")[1] == (2, ("=1+1", "=cmd|' /C calc'!A0"))


def test_old_and_new_line_ends_are_lines() -> None:
    assert rows("a,b\r1,2\r\n3,4\n") == [(1, ("a", "b")), (2, ("1", "2")), (3, ("3", "4"))]


def test_nuls_stay_in_their_cell() -> None:
    assert rows("a,b\n1,\x002\n")[1] == (2, ("1", "\x002"))


def test_a_quote_that_is_never_closed_swallows_no_row() -> None:
    read = list(read_table('a,b\n1,"open\n2,x\n3,y\n'))
    assert [(row.line, row.cells) for row in read] == [
        (1, ("a", "b")), (2, ("1", '"open')), (3, ("2", "x")), (4, ("3", "y")),
    ]  # fmt: skip
    assert [bool(row.fault) for row in read] == [False, True, False, False]


def test_a_table_cut_in_a_quoted_cell_says_so_on_its_last_row() -> None:
    whole = 'a,b\n1,"fine"\n2,"two\nlines"\n'
    cut = list(read_table(whole[: whole.index("lines")]))
    assert [row.line for row in cut if row.fault] == [3]
    assert cut[-1].cells == ("2", '"two')


def test_many_open_quotes_end_in_reading_quotes_as_letters() -> None:
    text = "a,b\n" + '1,"x"y"\n"' * 60
    assert sum(cell.count("x") for row in read_table(text) for cell in row.cells) == 60


def test_a_row_over_a_thousand_lines_is_given_with_a_fault() -> None:
    read = list(read_table('a,b\n1,"' + "line\n" * 1500 + '"\n2,x\n'))
    assert "quote may be missing" in read[1].fault
    assert read[2] == Row(1503, ("2", "x"))


def test_a_gigantic_cell_and_a_gigantic_line_are_read() -> None:
    assert len(next(read_table("x" * 3_000_000)).cells[0]) == 3_000_000
    assert len(next(read_table("x," * 1_000_000)).cells) == 1_000_001
    assert len(list(read_table('a,b\n1,"' + "y" * 3_000_000 + '"\n'))[1].cells[1]) == 3_000_000


def test_rows_come_as_a_stream() -> None:
    stream = read_table("a,b\n" + "1,2\n" * 1_000_000)
    assert [next(stream).line for _ in range(3)] == [1, 2, 3]
    assert sum(1 for _ in stream) == 1_000_001 - 3


def test_an_empty_table_has_no_rows() -> None:
    assert rows("") == rows("\n\n\r\n") == []
