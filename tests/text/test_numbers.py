"""Numbers as people write them in cells."""

from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodops.text.numbers import NumberError, parse_number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_written_float_comes_back(number: float) -> None:
    assert parse_number(repr(number)) == number


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_grouped_thousands_come_back(number: int) -> None:
    for mark in (",", " ", "\u202f", "'"):
        assert parse_number(f"{number:,}".replace(",", mark)) == number
    assert parse_number(f"{number:,.2f}") == number
    assert parse_number(f"{number:,.2f}".translate({44: ".", 46: ","})) == number


@given(st.text(max_size=30))
def test_any_text_is_a_finite_number_or_a_named_error(text: str) -> None:
    with contextlib.suppress(NumberError):
        assert math.isfinite(parse_number(text))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12%", 0.12),
        ("12,5 %", 0.125),
        ("$1,200", 1200.0),
        ("-$3.50", -3.5),
        ("1.200 €", 1.2),
        ("EUR 5", 5.0),
        ("(3)", -3.0),
        ("(1,200.50)", -1200.5),
        ("−5", -5.0),
        ("+4", 4.0),
        ("1,5", 1.5),
        ("1,234", 1234.0),
        ("1.234", 1.234),
        ("1.234.567", 1234567.0),
        ("12,345,678.9", 12345678.9),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("１２", 12.0),
        (" 7 ", 7.0),
    ],
)
def test_what_people_write_is_read(text: str, number: float) -> None:
    assert parse_number(text) == pytest.approx(number)


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "abc", "nan", "inf", "1e999", "1_000", "--3", "+-3", "1,2,3", "1.2.3", "12,34.5", "%"),
        *("()", "(x)", "=1+1", "1 2", "0x10", "9" * 400, "1,234,56", "1,234,567,89"),
    ],
)
def test_what_is_no_number_is_a_named_error(text: str) -> None:
    with pytest.raises(NumberError) as caught:
        parse_number(text)
    assert len(str(caught.value)) <= 80
