"""Minutes to meetings: the day, the series, who was there and the agenda items, before anything is judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from prodops.connectors.minutes.header import (
    Front,
    Held,
    date_words,
    day_of,
    front_matter,
    series_of,
    split_meetings,
    title_of,
    year_in,
)
from prodops.connectors.minutes.holding import not_held
from prodops.connectors.minutes.lines import Line, lines_of, words_in
from prodops.connectors.minutes.marks import mark_of
from prodops.connectors.minutes.outline import (
    Item,
    Section,
    items_of,
    label_of,
    nested_lists,
    scribed_items,
    sections_of,
)
from prodops.connectors.minutes.people import attendees_of, call_names
from prodops.connectors.minutes.statements import is_assent, is_proposal
from prodops.connectors.minutes.wording import ABOUT, ACTIONS, ATTENDANCE, DECISIONS, TOPIC, role_of
from prodops.text.moments import MomentError

_ABOUT_LINES = 20
_FEWEST_PROPOSALS, _ASSENTS_EACH = 2, 3


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting and its agenda items, not yet judged.

    Attributes:
        number: The line its heading stands in, 1 when the file holds one meeting.
        ritual: The name of the series.
        title: What the document or the heading calls it.
        held_on: The day; None when nothing says it.
        bad_date: Words that look like a date and name no day.
        words: Length in words.
        present: Names of those present.
        names: What the people are called in the text, in lower case.
        scribed: Whether it is a scribe's log with numbered topics.
        formal: Whether proposals are put and answered with votes.
        lists: Whether decisions or actions stand in a list of their own.
        cancelled: Whether it says that the meeting was not held.
        outside: Whether it is no meeting but what stands outside the dated headings of a file of several.
        items: Each item with its number as printed, or with its place in the file.
    """

    number: int
    ritual: str
    title: str
    held_on: date | None
    bad_date: str
    words: int
    present: tuple[str, ...]
    names: frozenset[str]
    scribed: bool
    formal: bool
    lists: bool
    cancelled: bool
    items: tuple[tuple[str, Item], ...]
    outside: bool = False

    def says(self) -> tuple[tuple[str, ...], ...]:
        """Its words without their places, to tell two meetings of a day from one that is written twice."""
        return (self.present, *(tuple(line.plain for line in item.lines) for _, item in self.items))


def meetings_of(text: str, name: str, *, ignore_marks: bool = False) -> Iterator[Meeting]:
    """The meetings of a file in its order.

    Args:
        text: The minutes.
        name: The file's name with its folders; it may hold the date or the name of the series.
        ignore_marks: Remove marked lines and lists of outcomes.
    """
    front = front_matter(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = list(lines_of(front.body))
    title = title_of(lines)
    scribed = _is_scribed(front, lines)
    parts = [Held(None, "", lines)] if scribed else split_meetings(lines, year=year_in(name))
    several = any(part.heading is not None for part in parts)
    before = 0
    for part in parts:
        outside = several and part.heading is None
        sections = sections_of(part.lines, title=title)
        pairs = scribed_items(part.lines) if scribed else [("", item) for item in items_of(sections)]
        if ignore_marks:
            pairs = [(number, _unmarked(item)) for number, item in pairs if item.role == TOPIC]
        numbered = tuple((number or str(before + at), item) for at, (number, item) in enumerate(pairs, 1))
        meeting = _meeting(part, front, title, name, sections=sections, items=numbered, scribed=scribed)
        if outside:
            if all(line.kind == "heading" for line in part.lines):
                continue
            yield replace(meeting, outside=True, items=(), number=part.lines[0].number)
            continue
        before += len(meeting.items)
        yield meeting


def _meeting(
    part: Held,
    front: Front,
    title: Line | None,
    name: str,
    *,
    sections: Sequence[Section],
    items: tuple[tuple[str, Item], ...],
    scribed: bool,
) -> Meeting:
    heading = part.heading or title
    held_on, bad_date = _day(part, front, heading, name)
    present = attendees_of(sections, _present_in(front) if part.heading is None else "")
    own_title = title.plain if title is not None and title is not part.heading else ""
    ritual = series_of(front, own_title, name)
    lengths = [item_words(item) for _, item in items]
    return Meeting(
        number=part.heading.number if part.heading else 1,
        ritual=ritual,
        title=heading.plain if heading else front.values.get("title", ritual),
        held_on=held_on,
        bad_date=bad_date,
        words=words_in(part.lines),
        present=tuple(present),
        names=call_names(present, part.lines),
        scribed=scribed,
        formal=scribed or _is_formal(part.lines),
        lists=any(section.role in (ACTIONS, DECISIONS) and section.lines for section in sections),
        cancelled=not_held(
            part.lines,
            [item for _, item in items],
            words=sum(lengths),
            heading=heading.plain if heading else "",
        ),
        items=items if any(lengths) else (),
    )


def _present_in(front: Front) -> str:
    return ", ".join(value for key, value in front.values.items() if role_of(key) == ATTENDANCE)


def item_words(item: Item) -> int:
    """The length of an item in words, lines such as `Link:` and `Labels:` left out."""
    return words_in([line for line in item.lines if label_of(line)[0] != ABOUT])


def _unmarked(item: Item) -> Item:
    listed = {line.number for _, lines in nested_lists(item.lines) for line in lines}
    kept = [line for line in item.lines if mark_of(line) is None and line.number not in listed]
    return Item(item.title, item.role, item.number, kept)


def _is_scribed(front: Front, lines: Sequence[Line]) -> bool:
    """Whether this is a scribe's log as scribejs publishes it: numbered topics below a W3C header."""
    numbered = any(
        line.kind == "heading" and line.level >= 3 and re.match(r"\d+\. ", line.plain) for line in lines
    )
    header = "json-ld" in front.values or front.values.get("layout") == "minutes"
    return numbered and (header or any(line.plain.startswith("Scribe(s):") for line in lines[:_ABOUT_LINES]))


def _day(part: Held, front: Front, heading: Line | None, name: str) -> tuple[date | None, str]:
    """The day by the dated heading, front matter, title, a `Date:` line or the file name; and words that fail."""
    told = (line.plain for line in part.lines[:_ABOUT_LINES] if label_of(line)[0] == ABOUT)
    title = heading.plain if heading else ""
    given = (part.dated, front.values.get("date", ""), front.values.get("title", ""), title)
    bad = ""
    for candidate in (*given, *told, name.rpartition("/")[2], name):
        words = date_words(candidate, year=year_in(name))
        if not words:
            continue
        try:
            return day_of(words), bad
        except MomentError:
            bad = bad or words
    return None, bad


def _is_formal(lines: Iterable[Line]) -> bool:
    folded = [line.said.casefold() for line in lines]
    proposals = sum(1 for said in folded if is_proposal(said))
    assents = sum(1 for said in folded if is_assent(said))
    return proposals >= _FEWEST_PROPOSALS and assents >= _ASSENTS_EACH * proposals
