"""Dates of one table made readable: whether its days come first, and its months in English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_NUMBERED = re.compile(r"\s*(\d{1,2})([/\-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)(.*)", re.DOTALL | re.ASCII)
_WORD = re.compile(r"[^\W\d_]{3,}\.?")
_LAST_MONTH = 12
# German, French, Spanish, Italian, Portuguese and Dutch, rid of accents, where they differ from English.
_FOREIGN = {
    name: month
    for month, names in {
        "Jan": "januar janv janvier ene enero gen gennaio janeiro januari",
        "Feb": "februar fevr fevrier febrero febbraio fev fevereiro februari",
        "Mar": "mar marz mrz maerz mars marzo marco mrt maart",
        "Apr": "avr avril abr abril aprile",
        "May": "mai mayo mag maggio maio mei",
        "Jun": "juni juin junio giu giugno junho",
        "Jul": "juli juil juillet julio lug luglio julho",
        "Aug": "aout ago agosto augustus",
        "Sep": "septembre septiembre set settembre setembro",
        "Oct": "okt oktober octobre octubre ott ottobre out outubro",
        "Nov": "novembre noviembre novembro",
        "Dec": "dez dezember decembre dic diciembre dicembre dezembro",
    }.items()
    for name in names.split()
}


def day_comes_first(values: Iterable[str]) -> bool | None:
    """Whether the dates of one column are written day first (`31/12/2024`).

    One table is written one way, so a single value that can only be read one way decides for all.

    Args:
        values: The dates as written; other text is passed over.

    Returns:
        None when no value decides, or when values contradict each other.
    """
    first_is_day = second_is_day = False
    for value in values:
        match = _NUMBERED.match(value)
        if match:
            first_is_day = first_is_day or int(match[1]) > _LAST_MONTH
            second_is_day = second_is_day or int(match[3]) > _LAST_MONTH
    return None if first_is_day == second_is_day else first_is_day


def is_ambiguous(text: str) -> bool:
    """Whether a date alone does not say which of its numbers is the day: `06/03/2024`."""
    match = _NUMBERED.fullmatch(text)
    return match is not None and match[1] != match[3] and max(int(match[1]), int(match[3])) <= _LAST_MONTH


def in_plain_order(text: str, *, day_first: bool | None) -> str:
    """The date with its parts in an order that nobody can misread, and its month in English.

    Text that is written with month names or year first keeps its order.

    Args:
        text: The date as written.
        day_first: What `day_comes_first` said of its table; None leaves the order as it is.
    """
    match = _NUMBERED.fullmatch(text) if day_first else None
    if match:
        year = match[4] if len(match[4]) == len("2024") else f"20{match[4]}"
        return f"{year}-{match[3]:0>2}-{match[1]:0>2}{match[5]}"
    return _WORD.sub(_in_english, text) if not text.isascii() or any(map(str.isalpha, text)) else text


def _in_english(word: re.Match[str]) -> str:
    decomposed = unicodedata.normalize("NFKD", word[0].rstrip("."))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
    return _FOREIGN.get(bare, word[0])
