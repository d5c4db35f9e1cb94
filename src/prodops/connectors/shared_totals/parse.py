"""The totals of one PM to records: hours of each purpose in some weeks, and nothing else."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.ledger.record import Citation, PersonId, RecordId
from prodops.ledger.time import SharedTotal
from prodops.text.decoding import decode, looks_binary
from prodops.text.json_values import line
from prodops.text.moments import MomentError, parse_day

COVERS: Literal["snapshot", "increment"] = "snapshot"

LEAVES = ("A1", "A2", "A3", "B1", "B2", "B3", "B4", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "X")
"""What hours may be of; X is what could not be read."""

WEEK_HOURS, MOST_WEEKS, MOST_BYTES = 168.0, 60, 100_000

_OWN = re.compile(r'^\s*\{[^{}\[\]]{0,200}"prodops_totals"\s*:')
_PERSON = re.compile(r"^person:[0-9a-f]{16}$")

_REMEDY = "have the PM write it again: prodops audit --share totals.json"


class TotalsError(ValueError):
    """What the file says is no audit of one PM."""


@dataclass(frozen=True, slots=True)
class _Head:
    person: PersonId
    first_on: date
    last_on: date
    weeks: int
    program: str


def recognises(file: SourceFile) -> float:
    """How sure it is that the file holds shared totals: by its first key."""
    return 0.98 if _OWN.match(file.head[:1_000]) else 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry a purpose, or one for a file that is no audit of one PM."""
    try:
        document = _document(file)
        head = _head(document)
    except TotalsError as error:
        yield _lost(file, "file", "bad_totals", str(error))
        return
    hours = document.get("hours")
    for leaf, written in hours.items() if isinstance(hours, dict) else ():
        yield _total(file, head, str(leaf), written)
    if not isinstance(hours, dict) or not hours:
        yield _lost(file, "hours", "bad_totals", "there are no hours by purpose")


def _document(file: SourceFile) -> dict[str, object]:
    if looks_binary(file.content):
        raise TotalsError("it is not text")
    if len(file.content) > MOST_BYTES:
        raise TotalsError("it is larger than totals can be")
    try:
        document = json.loads(decode(file.content).text)
    except (ValueError, RecursionError):
        raise TotalsError("it is not JSON from its beginning to its end") from None
    if not isinstance(document, dict):
        raise TotalsError("it is no JSON object")
    return document


def _head(document: dict[str, object]) -> _Head:
    person = line(document.get("person"))
    if not _PERSON.match(person):
        raise TotalsError("nothing says whose hours they are")
    try:
        first_on, last_on = (parse_day(line(document.get(key))) for key in ("first_on", "last_on"))
    except MomentError as error:
        raise TotalsError(f"the audited weeks: {error}"[:120]) from None
    weeks = document.get("weeks")
    if isinstance(weeks, bool) or not isinstance(weeks, int) or not 1 <= weeks <= MOST_WEEKS:
        raise TotalsError(f"weeks are a whole number, 1 to {MOST_WEEKS}")
    if last_on < first_on:
        raise TotalsError("the audited weeks end before they begin")
    return _Head(PersonId(person), first_on, last_on, weeks, line(document.get("program"))[:40])


def _total(file: SourceFile, head: _Head, leaf: str, written: object) -> Entry:
    locator = f"hours.{leaf[:20]}"
    if leaf not in LEAVES:
        return _lost(file, locator, "unknown_category", f"{leaf[:40]!r} is no purpose (A1 to C7, X)")
    hours = float(written) if isinstance(written, int | float) and not isinstance(written, bool) else math.nan
    if not 0 <= hours <= WEEK_HOURS * head.weeks:
        return _lost(file, locator, "bad_hours", f"not hours of {head.weeks} weeks: {str(written)[:40]!r}")
    own = f"{head.person.removeprefix('person:')}:{head.first_on}:{head.last_on}:{leaf}"
    record = SharedTotal(
        id=RecordId(f"shared_totals:total:{own}"),
        cite=Citation(file.name, locator),
        person=head.person,
        first_on=head.first_on,
        last_on=head.last_on,
        weeks=head.weeks,
        leaf=leaf,
        hours=hours,
        program=head.program,
    )
    return Entry(locator=locator, records=(record,))


def _lost(file: SourceFile, locator: str, code: str, says: str) -> Entry:
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=_REMEDY),))
