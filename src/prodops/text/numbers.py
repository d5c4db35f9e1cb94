"""Numbers as people write them in tables: separators, signs, percent and currency."""

from __future__ import annotations

import math
import re
import unicodedata

_LONGEST_TEXT = 64
_QUOTED = 40
_MINUS = str.maketrans({"−": "-", "–": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'"})
_CURRENCY = re.compile(
    r"^(?:[$€£¥₹]|(?:usd|eur|gbp|chf|jpy|inr)\b)\s*|\s*(?:[$€£¥₹]|\b(?:usd|eur|gbp|chf|jpy|inr))$"
)
_PLAIN = re.compile(r"[+\-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+\-]?\d{1,4})?", re.ASCII)
_GROUPED = re.compile(r"([+\-]?\d{1,3})((?:([,. '])\d{3})(?:\3\d{3})*)(?:([.,])(\d+))?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+\-]?\d*,\d+", re.ASCII)


class NumberError(ValueError):
    """Text that is no finite number."""


def parse_number(text: str) -> float:
    """The number that a cell holds.

    Reads `1,234.5`, `1.234,5`, `1 234,5`, `1'234`, `-3`, `(3)` for minus three, `1e3`, `$1,200` and `35%`,
    which is .35. One comma followed by exactly three digits groups thousands ("1,234" is 1234), one point is
    always a decimal point ("1.234"), any other single comma is a decimal comma ("1,5").

    Raises:
        NumberError: It is no number, or not a finite one.
    """
    shown = text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
    if len(text) > _LONGEST_TEXT:
        raise NumberError(f"not a number: {shown!r}")
    written = unicodedata.normalize("NFKC", text.translate(_MINUS)).strip().casefold()
    value = _signed(written)
    if value is None or not math.isfinite(value):
        raise NumberError(f"not a number: {shown!r}")
    return value


def _signed(written: str) -> float | None:
    if written.startswith("(") and written.endswith(")"):
        inner = _signed(written[1:-1].strip())
        return None if inner is None else -abs(inner)
    if written.endswith("%"):
        share = _signed(written[:-1].rstrip())
        return None if share is None else share / 100
    sign = -1.0 if written.startswith("-") else 1.0
    unsigned = written[1:].lstrip() if written.startswith(("-", "+")) else written
    size = None if unsigned.startswith(("-", "+")) else _size(_CURRENCY.sub("", unsigned).strip())
    return None if size is None else sign * size


def _size(digits: str) -> float | None:
    if _PLAIN.fullmatch(digits):
        return float(digits)
    grouped = _GROUPED.fullmatch(digits)
    if grouped and grouped[3] != grouped[4]:
        whole = (grouped[1] + grouped[2]).replace(grouped[3], "")
        return float(f"{whole}.{grouped[5] or 0}")
    if _DECIMAL_COMMA.fullmatch(digits):
        return float(digits.replace(",", "."))
    return None
