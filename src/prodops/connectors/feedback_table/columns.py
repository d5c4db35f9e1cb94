"""Which column of a table means what: by the user's own map, by the header's words, then by content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from prodops.connectors.feedback_table.durations import lag_field, unit_seconds
from prodops.connectors.feedback_table.moments import is_moment
from prodops.connectors.feedback_table.names import DATE_FIELDS, FIELDS, NAMES, OUTCOME_FIELDS, PROSE_FIELDS

SETTINGS = ("date_order", "time_zone")
"""Hints that are no columns: `day_first` or `month_first`, and the zone of times written without one."""

MOST_COLUMNS = 2_000
"""No table of messages is wider; a damaged file can be one line of millions of commas."""

MESSAGE_WORDS = frozenset(
    {"text", "message", "body", "feedback", "comment", "comments"}
    | {"verbatim", "review", "utterance", "question", "complaint", "suggestion"}
)
_ANSWER = re.compile(r"\bfirst( \w+)? (answer|reply|response)")
_NOT_A_MOMENT = re.compile(
    r"\b(expir\w*|due|deadline|start\w*|end\w*|birth\w*|renew\w*|target|plan\w*|hours?|minutes?|mins?|hrs?|seconds?|"
    r"days|count|sla|estimate\w*|complet\w*)\b"
)
_WORDY = 5.0
"""Words in an average cell from which on a column is prose, if most of its cells differ."""
_DIFFER = 0.5
_DATE_SHARE = 0.6
"""Share of a column's sampled cells that must be dates: a column with a third of its dates damaged is one."""
_MISSING = frozenset(
    {"", "?", "-", "--", "n/a", "na", "nan", "none", "null", "(null)", "nil", "#n/a", "unknown"}
)
_LONGEST_MISSING = max(len(word) for word in _MISSING)


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of one table means.

    Attributes:
        header: The names as written.
        key: The header's key, as `header_key` makes it.
        places: Field to column position.
        unknown_hints: Fields of the user's map whose column the header does not have.
    """

    header: tuple[str, ...]
    key: str
    places: Mapping[str, int]
    unknown_hints: tuple[str, ...] = ()

    @property
    def dated(self) -> bool:
        """Whether the table says when its messages came in."""
        return "created" in self.places

    @property
    def worded(self) -> bool:
        """Whether the table holds words: a title or a text."""
        return "title" in self.places or "text" in self.places

    @property
    def feedback(self) -> bool:
        """Whether its rows can be feedback: dated, and with words or with what became of them."""
        return self.dated and (self.worded or any(field in self.places for field in OUTCOME_FIELDS))

    def values(self, cells: Sequence[str]) -> dict[str, str]:
        """What each field of a row says, as `cell` has it; a field that says nothing is left out."""
        width = len(cells)
        return {
            field: text
            for field, place in self.places.items()
            if place < width
            and (text := cells[place].strip())
            and (field in PROSE_FIELDS or not is_missing(text))
        }

    def cell(self, cells: Sequence[str], field: str) -> str:
        """The trimmed cell of a field; empty when the table or the row has none, or it says so in words.

        A title or a text is what somebody wrote, be it "none" or "?".
        """
        place = self.places.get(field)
        if place is None or place >= len(cells):
            return ""
        text = cells[place].strip()
        return "" if field not in PROSE_FIELDS and is_missing(text) else text


def is_missing(cell: str) -> bool:
    """Whether a trimmed cell stands for nothing: empty, `?`, `N/A`, `null`."""
    return len(cell) <= _LONGEST_MISSING and cell.casefold() in _MISSING


def header_key(header: Sequence[str]) -> str:
    """The key under which a column map is remembered: 32 hex digits that follow from the header's names.

    Case, spaces and punctuation of a name do not matter; the order of the columns does.
    """
    names = "\x1f".join(words_of(name) for name in header[:MOST_COLUMNS])
    return hashlib.blake2b(names.encode("utf-8", errors="replace"), digest_size=16).hexdigest()


def words_of(name: str) -> str:
    """A column name as lower-case words: `firstAnswer_at` is `first answer at`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name[:200])
    return " ".join(re.findall(r"[^\W_]+", spaced.casefold()))


def map_columns(
    header: Sequence[str], sample: Sequence[Sequence[str]], hints: Mapping[str, str] | None = None
) -> Columns:
    """Say which column holds which field.

    The user's map comes first, then the header's words (a date field only if its sampled cells are
    dates), then content: a single column of dates, the wordiest column. Columns past `MOST_COLUMNS` are
    not looked at.

    Args:
        header: The names of the columns.
        sample: Some rows below it.
        hints: The user's map, field to column name; other keys are ignored.
    """
    names = [words_of(name) for name in header[:MOST_COLUMNS]]
    places, unknown = _by_hints(names, hints or {})
    contents = [_content(place, sample) for place in range(len(names))]
    for field, synonyms in NAMES.items():
        if field in places or field in unknown:
            continue
        dated = field in DATE_FIELDS
        # A column without a value in the sample may still hold the dates of answers nobody gave yet.
        worded = field in PROSE_FIELDS
        fits = [
            (content.filled > 0 or not worded) and (content.dates or not content.filled or not dated)
            for content in contents
        ]
        place = _by_name(names, synonyms, taken=places, fits=fits)
        if place is not None:
            places[field] = place
    _answers_by_pattern(names, places, contents)
    _lags_by_pattern(names, places, contents)
    _by_content(names, places, contents)
    return Columns(tuple(header), header_key(header), MappingProxyType(places), tuple(unknown))


@dataclass(frozen=True, slots=True)
class _Content:
    """What the sampled cells of a column hold: how many are filled, whether dates, and whether prose."""

    filled: int
    dates: bool = False
    digits: bool = False
    clocks: bool = False
    words: float = 0.0
    distinct: float = 0.0

    @property
    def prose(self) -> bool:
        return self.words >= _WORDY and self.distinct >= _DIFFER and not self.dates


def _content(place: int, sample: Sequence[Sequence[str]]) -> _Content:
    cells = [row[place].strip() for row in sample if place < len(row)]
    filled = [cell for cell in cells if not is_missing(cell)]
    if not filled:
        return _Content(0)
    return _Content(
        len(filled),
        dates=sum(is_moment(cell) for cell in filled) >= _DATE_SHARE * len(filled),
        digits=all(cell.isdigit() for cell in filled),
        clocks=all(":" in cell for cell in filled),
        words=sum(len(cell.split()) for cell in filled) / len(filled),
        distinct=len(set(filled)) / len(filled),
    )


def _by_hints(names: list[str], hints: Mapping[str, str]) -> tuple[dict[str, int], list[str]]:
    places: dict[str, int] = {}
    unknown: list[str] = []
    for field in FIELDS:
        wanted = words_of(hints.get(field, ""))
        if wanted in names and wanted:
            places[field] = names.index(wanted)
        elif field in hints:
            unknown.append(field)
    return places, unknown


def _by_name(
    names: list[str], synonyms: tuple[str, ...], *, taken: Mapping[str, int], fits: Sequence[bool]
) -> int | None:
    for synonym in synonyms:
        for place, name in enumerate(names):
            if name == synonym and fits[place] and place not in taken.values():
                return place
    return None


def _answers_by_pattern(names: list[str], places: dict[str, int], contents: list[_Content]) -> None:
    if "first_answer" in places:
        return
    for place, name in enumerate(names):
        if contents[place].dates and place not in places.values() and _ANSWER.search(name):
            places["first_answer"] = place
            return


def _lags_by_pattern(names: list[str], places: dict[str, int], contents: list[_Content]) -> None:
    """Columns of durations, where there is none of moments."""
    for place, name in enumerate(names):
        field = lag_field(name)
        told = field.removesuffix("_lag") in places or field in places or place in places.values()
        measured = contents[place].clocks or unit_seconds(name) is not None
        if field and not told and measured and contents[place].filled and not contents[place].dates:
            places[field] = place


def _by_content(names: list[str], places: dict[str, int], contents: list[_Content]) -> None:
    free = [place for place in range(len(names)) if place not in places.values()]
    told = any(MESSAGE_WORDS & set(names[places[field]].split()) for field in PROSE_FIELDS if field in places)
    if "created" not in places and told:
        moments = [
            place
            for place in free
            if contents[place].dates and not contents[place].digits and not _NOT_A_MOMENT.search(names[place])
        ]
        if len(moments) == 1:
            places["created"] = moments[0]
    if "text" not in places and "title" not in places and "created" in places:
        prose = [place for place in free if contents[place].prose]
        if prose:
            places["text"] = max(prose, key=lambda place: contents[place].words)
