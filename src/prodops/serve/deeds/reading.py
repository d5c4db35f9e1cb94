"""What was written into the fields of an action, read into values; what is unreadable is told by field."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from prodops.actions.deed import Field, Kind
from prodops.actions.refusal import ActionRefusedError
from prodops.serve.decision_form import piece_of
from prodops.text.moments import MomentError, parse_day
from prodops.text.numbers import NumberError, parse_number

LONGEST = 8_000
"""Characters of one text; what needs more belongs into a document that is cited."""

LONGEST_LINE = 400
"""Characters of a text of one line."""

MOST_TEXTS = 200
"""How many texts a field takes."""

MOST_COUNT = 2**31 - 1
MOST_NUMBER = 1e15
FIRST_YEAR, LAST_YEAR = 1990, 2199

STRANGE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that no text has: controls other than tabs and ends of lines, and halves of characters."""

_YES = {"yes": True, "true": True, "on": True, "1": True, "no": False, "false": False, "0": False}


class UnreadableError(ValueError):
    """Fields that cannot be read.

    Attributes:
        fields: What is wrong with each, in a sentence that says what is taken.
    """

    def __init__(self, fields: Mapping[str, str]) -> None:
        """Take what is wrong with each field."""
        super().__init__(" ".join(f"{name}: {says}" for name, says in fields.items()))
        self.fields = dict(fields)


class OutOfReachError(UnreadableError):
    """Fields that can be read and say something that no ledger can hold: a day of the year 9000."""


class _FarError(ValueError):
    """A value that is one of its kind and lies out of reach."""


def read_values(fields: Sequence[Field], written: Mapping[str, object], *, typed: bool) -> dict[str, object]:
    """The values of fields; those that were left out, or are empty, are not among them.

    Args:
        fields: What is asked for.
        written: What was given, by field: texts and lists of texts as forms and commands send them, or
            values of JSON.
        typed: Whether they are values of JSON, which are not read from text.

    Raises:
        UnreadableError: A field is unknown, missing or cannot be read.
        OutOfReachError: All can be read, and one lies out of reach.
    """
    far: dict[str, str] = {}
    known = {one.name: one for one in fields}
    wrong = {
        name[:80]: f"It is not asked for. Known: {', '.join(known) or 'nothing'}."
        for name in written
        if name not in known
    }
    found: dict[str, object] = {}
    for name, one in known.items():
        given = written.get(name) if typed else _kept(written.get(name))
        if name not in written or _left_out(one, given, typed=typed):
            if one.needed:
                wrong[name] = "It is needed."
            continue
        try:
            found[name] = _typed(one, given) if typed else _parsed(one, given)
        except _FarError as error:
            far[name] = str(error)
        except (ValueError, ActionRefusedError) as error:
            wrong[name] = str(error)
    if wrong:
        raise UnreadableError(wrong | far)
    if far:
        raise OutOfReachError(far)
    return found


def _kept(given: object) -> object:
    """What was given, without the empty lines of a form."""
    if isinstance(given, list) and all(isinstance(one, str) for one in given):
        return [one for one in given if one.strip()]
    return given


def _left_out(field: Field, given: object, *, typed: bool) -> bool:
    """Whether nothing was said; of JSON an empty text says nothing where any text is taken."""
    if typed:
        return given == [] or (field.kind == "text" and not field.ask.choices and _blank(given))
    return given is None or given in ([], ()) or _blank(given)


def _blank(given: object) -> bool:
    return isinstance(given, str) and not given.strip()


def _parsed(field: Field, given: object) -> object:
    """A value from text."""
    if field.kind in ("texts", "pieces"):
        several = given if isinstance(given, (list, tuple)) else str(given).splitlines()
        texts = [text.strip() for one in several if (text := str(one)).strip()]
        return _several(field, texts)
    if isinstance(given, (list, tuple)):
        if len(given) != 1:
            raise ValueError("It takes one value, not several.")
        given = given[0]
    text = _text(str(given).strip(), LONGEST)
    return _FROM_TEXT[field.kind](field, text)


def _typed(field: Field, given: object) -> object:
    """A value of JSON, which is taken as it is or not at all."""
    kinds: dict[Kind, tuple[type, ...]] = {
        "text": (str,), "day": (str,), "count": (int, float), "number": (int, float), "yes": (bool,),
        "flag": (bool,), "texts": (list,), "pieces": (list,),
    }  # fmt: skip
    strange = isinstance(given, bool) and field.kind not in ("yes", "flag")
    if strange or not isinstance(given, kinds[field.kind]):
        raise ValueError(f"It is {_WORDS[field.kind]}.")
    if isinstance(given, list):
        if any(_blank(one) for one in given):
            raise ValueError("None of its texts is empty.")
        return _several(field, given)
    if field.kind == "day":
        return _day_as_written(str(given))
    if field.kind in ("count", "number"):
        return _bounded(field, given)
    return given if isinstance(given, bool) else _word(field, str(given))


_WORDS: dict[Kind, str] = {
    "text": "a text", "day": "a day such as 2026-11-23", "count": "a whole number", "number": "a number",
    "yes": "true or false", "flag": "true or false", "texts": "a list of texts",
    "pieces": "a list of texts, each begun with its kind: data: 4% of revenue",
}  # fmt: skip


def _several(field: Field, given: Sequence[Any]) -> tuple[object, ...]:
    if len(given) > MOST_TEXTS:
        raise ValueError(f"It takes {MOST_TEXTS} at most.")
    if not all(isinstance(one, str) for one in given):
        raise ValueError(f"It is {_WORDS[field.kind]}.")
    texts = [_text(one, LONGEST if field.kind == "pieces" else LONGEST_LINE) for one in given]
    if field.kind == "pieces":
        return tuple(piece_of(one) for one in texts if one.strip())
    return tuple(one for one in texts if one.strip())


def _text(text: str, longest: int) -> str:
    if len(text) > longest:
        raise ValueError(f"It is longer than {longest:,} characters. Cite a document instead.")
    if STRANGE.search(text):
        raise ValueError("It holds characters that no text has, such as NUL. Take them out.")
    return text


def _word(field: Field, text: str) -> str:
    word = _text(text, LONGEST if field.ask.long else LONGEST_LINE)
    if field.ask.choices and word not in field.ask.choices:
        raise ValueError(f"It is one of {', '.join(field.ask.choices)}.")
    return word


def _day(_field: Field, text: str) -> date:
    try:
        day = parse_day(text)
    except MomentError as error:
        raise ValueError(f"{text[:40]!r} is no day. Write it as 2026-11-23.") from error
    return _in_reach(day)


def _day_as_written(text: str) -> date:
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) else None
    except ValueError as error:
        raise ValueError(f"{text[:40]!r} is no day of the calendar.") from error
    if day is not None:
        return _in_reach(day)
    raise ValueError(f"{text[:40]!r} is no day. Write it as 2026-11-23.")


def _in_reach(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _FarError(f"{day} lies out of reach: years are {FIRST_YEAR} to {LAST_YEAR}.")
    return day


def _number(field: Field, text: str) -> float | int:
    try:
        return _bounded(field, parse_number(text.removesuffix("%")))
    except NumberError as error:
        raise ValueError(f"{text[:40]!r} is no number.") from error


def _bounded(field: Field, given: object) -> float | int:
    number = float(given) if isinstance(given, (int, float)) and abs(given) <= MOST_NUMBER else math.inf
    if not math.isfinite(number):
        raise ValueError("It is too large to be meant.")
    if field.kind == "number":
        return number
    if number != int(number) or not 0 <= number <= MOST_COUNT:
        raise ValueError(f"It is a whole number of 0 to {MOST_COUNT:,}.")
    return int(number)


def _yes(_field: Field, text: str) -> bool:
    if text.casefold() not in _YES:
        raise ValueError(f"It is yes or no, not {text[:40]!r}.")
    return _YES[text.casefold()]


_FROM_TEXT: dict[Kind, Callable[[Field, str], object]] = {
    "text": _word, "day": _day, "count": _number, "number": _number, "yes": _yes, "flag": _yes,
}  # fmt: skip
