"""Lines of one meeting to its agenda items: by scribe's numbers, by headings, or by top bullets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from prodops.connectors.minutes.lines import BOLD_LEVEL, Line
from prodops.connectors.minutes.wording import (
    ABOUT,
    ABSENCE,
    ACTIONS,
    AGENDA,
    ATTENDANCE,
    BODY,
    DECISIONS,
    LATER,
    TOPIC,
    role_of,
)

_DEEPEST_CONTAINER = 6
_LONGEST_BOLD_HEADING_WORDS = 7
_FEWEST_FLAT = 9
_MOST_WITH_CHILDREN = 0.25
_LONGEST_AGENDA_WORDS = 14  # on average
_HANDLED_NAME = re.compile(r"[^\W\d][\w .'’-]{1,40} \(@[\w-]{1,40}\)?\.?$")
_NUMBERED = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.\s")
_ASIDE = frozenset({ATTENDANCE, ABSENCE, ABOUT, LATER})
_LISTS = frozenset({ACTIONS, DECISIONS})
_INHERITED = _ASIDE | _LISTS


@dataclass(slots=True)
class Item:
    """One agenda item while it is being read.

    Attributes:
        title: Its heading, or the first words of its bullet.
        role: `topic`, or `actions` / `decisions` for a list of outcomes that stands apart.
        number: The line it begins at.
        lines: Its lines, the bullet that names it included, a heading left out.
    """

    title: str
    role: str
    number: int
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """A heading and the lines below it, up to the next heading.

    Attributes:
        heading: Its line; None for what stands before the first heading.
        role: What the heading announces.
        level: 0 without a heading, else that of the heading.
        lines: The lines below it.
    """

    heading: Line | None
    role: str
    level: int
    lines: list[Line] = field(default_factory=list)


def label_of(line: Line) -> tuple[str, str]:
    """The role a line announces as a label, and the words after its colon.

    `Attendees: Ann, Bo` gives `("attendance", "Ann, Bo")`; so does a name that stands alone with its handle.
    A line that is no label gives `("topic", ...)`.
    """
    if _HANDLED_NAME.match(line.plain):
        return ATTENDANCE, line.plain
    head, colon, rest = line.plain.partition(":")
    if colon and len(head) <= 45:
        role = role_of(head)
        if role != TOPIC:
            return role, rest.strip()
    return (role_of(line.plain), "") if len(line.plain) <= 45 else (TOPIC, line.plain)


def sections_of(lines: Iterable[Line], *, title: Line | None) -> list[Section]:
    """Cut at the headings. The title counts as what holds everything; a bold sentence is no heading."""
    found = [Section(None, BODY, 0)]
    for line in lines:
        if line.kind != "heading" or _only_bold(line, found[-1]):
            if line is not title:
                found[-1].lines.append(line)
            continue
        role = BODY if line is title else role_of(line.plain)
        if role in (BODY, AGENDA) and any(above.role == TOPIC for above in _ancestors(found, line.level)):
            continue  # `Notes` below a topic: its lines are the topic's own
        if role == TOPIC:
            role = next((s.role for s in _ancestors(found, line.level) if s.role in _INHERITED), TOPIC)
        found.append(Section(line, role, line.level))
    return found


def items_of(sections: Sequence[Section]) -> list[Item]:
    """The agenda items in their order, lists of outcomes that stand apart included.

    A list under a deeper heading than its topic's (`### Decisions` below `## Seats`) belongs to the topic.
    """
    items: list[Item] = []
    lone = _lone_bold(sections)
    topic_level = 0
    for index, section in enumerate(sections):
        later = sections[index + 1 :]
        if section.role in _LISTS and section.heading is not None:
            if items and 0 < topic_level < section.level < BOLD_LEVEL:
                items[-1].lines.extend((section.heading, *section.lines))
            else:
                items.append(Item(section.heading.plain, section.role, section.heading.number, section.lines))
                topic_level = 0
        elif section.role == TOPIC and section is not lone and section.heading is not None:
            if section.lines or not _holds_others(section, later):
                own = [section.heading] if section.level == BOLD_LEVEL else []
                items.append(Item(section.heading.plain, TOPIC, section.heading.number, own + section.lines))
                topic_level = section.level
        elif (
            section.role == BODY
            or section is lone
            or (section.role == AGENDA and not _only_agenda(section, later))
        ):
            items.extend(_by_bullets(section.lines, depth=0))
            topic_level = 0
    return items


def scribed_items(lines: Iterable[Line]) -> list[tuple[str, Item]]:
    """The numbered topics of a scribe's log, empty ones included, each with its number as printed.

    A topic has what stands before the next, sub-topics apart. The lists of resolutions and actions that
    close such minutes are no topics.
    """
    items: list[tuple[str, Item]] = []
    for line in lines:
        numbered = _NUMBERED.match(line.plain) if line.kind == "heading" and line.level >= 3 else None
        if numbered:
            title = line.plain[numbered.end() :]
            items.append((numbered[0].strip().rstrip("."), Item(title, TOPIC, line.number)))
        elif items:
            items[-1][1].lines.append(line)
    while (
        items
        and role_of(items[-1][1].title) in _LISTS
        and all(line.kind == "bullet" for line in items[-1][1].lines)
    ):
        items.pop()
    return items


def nested_lists(lines: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Lists of outcomes inside an item: a label such as `Next steps:` first, then the bullets below it."""
    at = 0
    while at < len(lines):
        heads = lines[at].kind == "heading"
        role, rest = (role_of(lines[at].plain), "") if heads else label_of(lines[at])
        below = at + 1
        if role in _LISTS and not rest and lines[at].kind in ("bullet", "text", "heading"):
            depth = lines[at].level if lines[at].kind == "bullet" else -1
            while (
                below < len(lines) and lines[below].kind in ("bullet", "text") and lines[below].level > depth
            ):
                below += 1
            if below > at + 1:
                yield role, list(lines[at:below])
        at = below


def _only_bold(line: Line, section: Section) -> bool:
    """Whether a line in bold is a sentence, or stands inside a topic that has a real heading."""
    if line.level != BOLD_LEVEL or role_of(line.plain) != TOPIC:
        return False
    inside_topic = section.role == TOPIC and 0 < section.level < BOLD_LEVEL
    return inside_topic or len(line.plain.split()) > _LONGEST_BOLD_HEADING_WORDS or line.plain.endswith(".")


def _lone_bold(sections: Sequence[Section]) -> Section | None:
    """The only topic there is, when it is a line in bold above several bullets: a remark, no heading."""
    topics = [section for section in sections if section.role == TOPIC]
    if len(topics) != 1 or topics[0].level != BOLD_LEVEL:
        return None
    tops = sum(1 for line in topics[0].lines if line.kind == "bullet" and line.level == 0)
    return topics[0] if tops > 2 else None


def _ancestors(found: Sequence[Section], level: int) -> Iterator[Section]:
    for section in reversed(found):
        if section.level < level:
            yield section
            level = section.level


def _holds_others(section: Section, later: Sequence[Section]) -> bool:
    """Whether a heading without words of its own is followed by deeper ones, or is only a bold prompt.

    Decisions or actions under a deeper heading are the topic's own: it holds them, and is an item.
    """
    deeper = bool(later and later[0].level > section.level)
    own = deeper and later[0].role in _LISTS and later[0].level < BOLD_LEVEL
    return section.level == BOLD_LEVEL or (deeper and not own)


def _only_agenda(section: Section, later: Sequence[Section]) -> bool:
    """Whether an agenda lists what the sections after it are about, and is not the minutes themselves."""
    if any(other.role == BODY and other.lines for other in later):
        return True
    words = sum(len(line.plain.split()) for line in section.lines)
    return words <= _LONGEST_AGENDA_WORDS * len(section.lines) and any(
        other.role == TOPIC and other.lines for other in later
    )


def _by_bullets(lines: Sequence[Line], *, depth: int) -> list[Item]:
    items: list[Item] = []
    holding = ""  # what a label before these bullets said they are
    for block in _blocks(lines):
        first = block[0]
        role, rest = label_of(first)
        bullet = first.kind == "bullet"
        if role == TOPIC or (rest and role not in _ASIDE):
            if bullet and holding in _ASIDE:
                continue
            if bullet and holding and items:
                items[-1].lines.extend(block)
                continue
            merged = not bullet and not holding and bool(items) and _is_paragraph(items[-1])
            if merged and not first.plain.endswith(":"):
                items[-1].lines.extend(block)
            else:
                items.append(Item(first.plain[:200], TOPIC, first.number, list(block)))
            holding = TOPIC if not bullet and block[-1].plain.endswith(":") else ""
        elif role in _LISTS:
            items.append(Item(first.plain[:200], role, first.number, list(block[1:])))
            holding = "" if bullet else role
        elif role in (BODY, AGENDA):
            holding = ""
            if depth < _DEEPEST_CONTAINER:
                items.extend(_by_bullets(block[1:], depth=depth + 1))
        else:
            holding = "" if bullet or rest else role
    return items


def _is_paragraph(item: Item) -> bool:
    return item.role == TOPIC and item.lines[0].kind != "bullet" and not item.lines[-1].plain.endswith(":")


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Top bullets with what stands under them, and paragraphs.

    A long list of bullets without anything under them is a record of what was said, one after the other:
    there an empty line, not a bullet, begins the next subject.
    """
    top = min((line.level for line in lines if line.kind == "bullet"), default=0)
    blocks: list[list[Line]] = []
    for line in lines:
        nested = line.level > top if line.kind in ("bullet", "text") else not line.after_blank
        if not blocks or (
            not nested and (line.kind == "bullet" or line.after_blank or line.kind == "heading")
        ):
            blocks.append([])
        blocks[-1].append(line)
    bullets = [block for block in blocks if block[0].kind == "bullet"]
    parents = sum(1 for block in bullets if len(block) > 1)
    if len(bullets) < _FEWEST_FLAT or parents > _MOST_WITH_CHILDREN * len(bullets):
        return blocks
    runs: list[list[Line]] = []
    for block in blocks:
        begins = block[0].kind != "bullet" or block[0].after_blank or label_of(block[0])[0] != TOPIC
        if not runs or begins or label_of(runs[-1][0])[0] != TOPIC:
            runs.append([])
        runs[-1].extend(block)
    return runs
