"""The interviewer's notes: a few lines that say who and when, then a heading for each topic."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prodops.connectors.interview.answers import Line
from prodops.ledger.reading import Entry

MARK = re.compile(r"^[ \t]*prodops_interview_notes[ \t]*:", re.MULTILINE)

_KEY = re.compile(r"^[ \t]*(person|asked_on)[ \t]*:[ \t]*(.{0,400}?)[ \t]*$")
_HEADING = re.compile(r"^##[ \t]+(.{1,200}?)[ \t#]*$")
_HINT = re.compile(r"^[ \t]*(?:>|<!--).*$")
"""Lines of the template that say what to ask."""


def read_notes(text: str) -> Iterator[Line | Entry]:
    """Give a line for each topic; what the template says itself is not part of the answer."""
    known: dict[str, str] = {}
    topic, at, said = "", 0, list[str]()
    for number, written in enumerate(text.splitlines(), start=1):
        heading = _HEADING.match(written)
        key = _KEY.match(written) if not topic else None
        if heading:
            yield from _told(known, topic, at, said)
            topic, at, said = heading[1], number, []
        elif key:
            known[key[1]] = key[2]
        elif topic and not _HINT.match(written):
            said.append(written[:20_000])
    yield from _told(known, topic, at, said)
    if not topic:
        yield Entry(locator="line 1", unused="notes without a topic")


def _told(known: dict[str, str], topic: str, at: int, said: list[str]) -> Iterator[Line]:
    if topic:
        says = " ".join(" ".join(said).split())[:20_000]
        yield Line(f"line {at}", known.get("person", ""), known.get("asked_on", ""), topic[:120], says=says)
