"""Tables in text and in workbooks, as rows that know their line."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from prodops.text.workbook_limits import WorkbookError
from prodops.text.workbooks import sheets

__all__ = ["Row", "WorkbookError", "read_table", "read_workbook"]

csv.field_size_limit(sys.maxsize)

_DELIMITERS = (",", "\t", ";", "|")
_SNIFFED_CHARACTERS = 65_536
_SNIFFED_ROWS = 50
_CHUNK_CHARACTERS = 1 << 20
_REREADS = 8
_LINES_OF_A_ROW = 1000
_SPRAWL = f"one row over more than {_LINES_OF_A_ROW} lines: a quote may be missing"
_END = "\x00end of table\x00"


class Row(NamedTuple):
    """One row of a table. A tuple, because a million of them are made in one go.

    Attributes:
        line: The line of the text, or the row of the sheet, where it starts; the first is 1.
        cells: Its cells as written, formulas included, not stripped.
        fault: What is wrong with it, in words: a quote that is never closed, a row over a thousand lines.
            Empty when nothing is.
    """

    line: int
    cells: tuple[str, ...]
    fault: str = ""


def read_table(text: str) -> Iterator[Row]:
    """The rows of comma-, tab-, semicolon- or pipe-separated text, one at a time.

    The separator is found from the first rows, or told by a first line `sep=;`. Quoted cells may hold
    separators and line breaks. Rows are given as long as they are; lines without a character are
    left out. A quote that is never closed makes a row with a `fault`: its line is read as written, and
    reading goes on with the next line, so no row is swallowed.
    """
    text = text.removeprefix("\ufeff")
    told = text[:7].lower()
    start = 0
    if told.startswith("sep=") and len(told) > len("sep=") and told[5:6] in {"\r", "\n", ""}:
        delimiter = told[4]
        start = len(text.partition("\n")[0]) + 1
    else:
        delimiter = _delimiter(text[:_SNIFFED_CHARACTERS])
    return _rows(text, start, delimiter)


def read_workbook(content: bytes) -> dict[str, list[Row]]:
    """The sheets of an XLSX, XLS or ODS workbook by name, in the order of the book.

    Numbers are written without a needless ".0", moments in ISO 8601, formulas as their last computed value.
    Empty rows and empty trailing cells are left out.

    Raises:
        WorkbookError: It is no workbook, is damaged, encrypted, or would unpack to an unreasonable size.
    """
    return {name: [Row(line, cells) for line, cells in rows] for name, rows in sheets(content).items()}


def _rows(text: str, start: int, delimiter: str) -> Iterator[Row]:
    first_line = 1 + text.count("\n", 0, start)
    for reread in range(_REREADS + 1):
        given_up = reread == _REREADS
        reader = csv.reader(
            chain(_lines(text, start), (_END,)),
            delimiter=delimiter,
            quoting=csv.QUOTE_NONE if given_up else csv.QUOTE_MINIMAL,
        )
        line = first_line
        for cells in reader:
            if cells == [_END]:
                return
            if cells and cells[-1].endswith(_END):
                break
            following = first_line + reader.line_num
            if cells:
                yield Row(line, tuple(cells), _SPRAWL if following - line > _LINES_OF_A_ROW else "")
            line = following
        start += _characters(text, start, line - first_line)
        first_line = line
        literal = next(_lines(text, start))
        cells = next(csv.reader((literal,), delimiter=delimiter, quoting=csv.QUOTE_NONE))
        yield Row(line, tuple(cells), fault="a quote that opens here is never closed")
        start += len(literal)
        first_line += 1


def _lines(text: str, start: int) -> Iterator[str]:
    """Lines with their ends, a megabyte at a time, so that a large text is not copied whole."""
    while start < len(text):
        end = text.find("\n", start + _CHUNK_CHARACTERS) + 1 or len(text)
        yield from io.StringIO(text[start:end], newline="")
        start = end


def _characters(text: str, start: int, count: int) -> int:
    return sum(len(line) for line in islice(_lines(text, start), count))


def _delimiter(sample: str) -> str:
    """The separator whose rows agree most on their width; a comma when none separates anything."""
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        if delimiter not in sample:
            continue
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = [len(cells) for cells in islice(reader, _SNIFFED_ROWS) if cells]
        # The last row of the sample may be cut in the middle.
        widths = widths[:-1] if len(widths) > 1 and len(sample) == _SNIFFED_CHARACTERS else widths
        usual = max(set(widths), key=widths.count)
        score = widths.count(usual) / len(widths) + min(usual, 20) / 1000 if usual > 1 else 0.0
        if widths[0] > 1:
            score += 0.5
        if score > best_score:
            best, best_score = delimiter, score
    return best
