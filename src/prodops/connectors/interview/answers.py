"""From the lines of interviews to records, person by person."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from prodops.connectors.interview.shares import ShareError, in_percent, leaf_of, off_by, share
from prodops.ledger.reading import Entry, Problem, SourceFile, problem
from prodops.ledger.record import Citation, PersonId, Prose, RecordId, person_id
from prodops.ledger.time import InterviewAnswer
from prodops.text.local_dates import day_comes_first, in_plain_order
from prodops.text.moments import MomentError, parse_day
from prodops.text.words import fold


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an interview as written; what it lacks is empty.

    Attributes:
        locator: The place in the file.
        person: Address or name of who was asked.
        asked_on: The day.
        category: A leaf of the taxonomy, or a topic.
        stated: Share of time as it is.
        ideal: Share of time as it should be.
        says: What was said.
        leaf_expected: Whether the category must be a leaf, because the form asks for one there.
    """

    locator: str
    person: str
    asked_on: str
    category: str
    stated: str = ""
    ideal: str = ""
    says: str = ""
    leaf_expected: bool = False


def entries(file: SourceFile, lines: Sequence[Line | Entry]) -> Iterator[Entry]:
    """Give an entry for each line: the answer, why it is not used, or what is wrong with it.

    Whether numbers are percentages is judged person by person, since two people fill in the same form
    differently. Shares that do not add up are told once for each person, and kept.
    """
    by_person: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if isinstance(line, Line):
            by_person[fold(line.person) + "\0" + line.asked_on].append(line)
    percent = {
        who: in_percent(written for line in own for written in (line.stated, line.ideal))
        for who, own in by_person.items()
    }
    sums = _sums(file, by_person, percent)
    day_first = day_comes_first(line.asked_on for line in lines if isinstance(line, Line))
    seen: set[str] = set()
    for line in lines:
        if isinstance(line, Entry):
            yield line
            continue
        who = fold(line.person) + "\0" + line.asked_on
        entry = _answer(file, line, percent=percent[who], day_first=day_first)
        key = entry.records[0].id if entry.records else ""
        if key in seen:
            yield _lost(file, line.locator, "duplicate_id", "this person answered this on this day above")
            continue
        seen |= {key} - {""}
        yield replace(entry, problems=(*entry.problems, *(sums.pop(who, ()) if entry.records else ())))


def _sums(
    file: SourceFile, by_person: dict[str, list[Line]], percent: dict[str, bool]
) -> dict[str, tuple[Problem, ...]]:
    """For each person whose shares are far from 100%, the problem that says so."""
    found: dict[str, tuple[Problem, ...]] = {}
    for who, own in by_person.items():
        for which in ("stated", "ideal"):
            missed = off_by(_readable(getattr(line, which), percent=percent[who]) for line in own)
            if missed is not None:
                says = f"the {which} shares of this person add up to {1 + missed:.0%}, not 100%"
                place = own[0].locator
                remedy = "ask again, or leave the column empty; shares are kept as they are"
                note = problem(file.name, place, "shares_off", says=says, remedy=remedy, lost=False)
                found[who] = (*found.get(who, ()), note)
    return found


def _readable(written: str, *, percent: bool) -> float | None:
    try:
        return share(written, percent=percent)
    except ShareError:
        return None


def _answer(file: SourceFile, line: Line, *, percent: bool, day_first: bool | None) -> Entry:
    if not (line.stated or line.ideal or line.says):
        return Entry(locator=line.locator, unused="left blank")
    if not line.person:
        return _lost(file, line.locator, "no_person", "nothing says who was asked")
    leaf = leaf_of(line.category)
    if not leaf and (line.leaf_expected or line.stated or line.ideal):
        says = f"{line.category[:60]!r} is no leaf of the taxonomy (A1 to C7, X)"
        return _lost(file, line.locator, "unknown_category", says)
    if not line.category:
        return _lost(file, line.locator, "no_topic", "nothing says what was asked")
    try:
        asked_on = parse_day(in_plain_order(line.asked_on, day_first=day_first))
        stated, ideal = (share(written, percent=percent) for written in (line.stated, line.ideal))
    except MomentError as error:
        return _lost(file, line.locator, "bad_date", f"the day of the interview: {error}"[:120])
    except ShareError as error:
        return _lost(file, line.locator, "bad_share", str(error)[:120])
    who = person_id(line.person)
    record = InterviewAnswer(
        id=_name(who, asked_on, leaf, line.category),
        cite=Citation(file.name, line.locator),
        person=who,
        asked_on=asked_on,
        category=leaf or line.category,
        stated_share=stated,
        ideal_share=ideal,
        says=Prose(line.says),
    )
    return Entry(locator=line.locator, records=(record,))


def _name(who: PersonId, asked_on: date, leaf: str | None, topic: str) -> RecordId:
    # A topic is written by hand and may hold a name; an id must not.
    what = leaf or hashlib.blake2b(fold(topic).encode(), digest_size=6).hexdigest()
    return RecordId(f"interview:answer:{who.removeprefix('person:')}:{asked_on.isoformat()}:{what}")


def _lost(file: SourceFile, locator: str, code: str, says: str) -> Entry:
    remedy = "correct it in the form; its comments say what goes where"
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
