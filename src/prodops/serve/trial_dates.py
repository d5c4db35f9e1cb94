"""The days of a trial as a calendar file: each wave, the end of labelling, and the day of reading."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import date, datetime, timedelta

from prodops.impact.trials import STAGGERED, SWITCHBACK, key_of, members_of, waves_of
from prodops.ledger.decisions import Intervention
from prodops.ledger.ledger import Ledger

FORTNIGHT_DAYS = 14
LABEL_DAYS = 7
"""Labels of the weeks before are drawn in the last week before the first start."""


def trial_days(change: Intervention) -> list[tuple[date, str]]:
    """What is to be done on which day, without a name of anybody."""
    days = [
        (change.starts_on - timedelta(days=LABEL_DAYS), f"{change.name}: draw labels of the weeks before")
    ]
    if change.design == SWITCHBACK:
        days += _turns(change)
    else:
        waves = [one for one in waves_of(change) if one.starts_on]
        for number, wave in enumerate(waves, start=1):
            whose = f"wave {number} of {len(waves)} starts" if change.design == STAGGERED else "starts"
            if wave.starts_on:
                days.append((wave.starts_on, f"{change.name}: {whose}"))
    days.append(
        (change.reads_out_on - timedelta(days=LABEL_DAYS), f"{change.name}: draw labels of the weeks after")
    )
    days.append((change.reads_out_on, f"{change.name}: read the effect (prodops proof {key_of(change)})"))
    return sorted(days)


def who_starts_when(ledger: Ledger, change: Intervention) -> str:
    """A table of wave, start, team and address of every PM of a trial; for whoever rolls it out alone."""
    addresses: dict[str, str] = dict(ledger.sql("select person, max(email) from person group by person"))
    teams: dict[str, str] = dict(ledger.sql("select person, max(team) from person group by person"))
    members = members_of(change)
    rows = io.StringIO()
    table = csv.writer(rows, lineterminator="\n")
    table.writerow(("wave", "starts", "team", "address"))
    for number, wave in enumerate(waves_of(change), start=1):
        inside = [person for name, person in members if name in wave.names]
        for person in sorted(inside, key=lambda one: (teams.get(one, ""), addresses.get(one, one))):
            cells = (_inert(teams.get(person, "")), _inert(addresses.get(person, person)))
            table.writerow((number, wave.starts_on or "held back", *cells))
    return rows.getvalue()


def _inert(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _turns(change: Intervention) -> list[tuple[date, str]]:
    """The fortnights of a switchback until its readout."""
    found, day, number = [], change.starts_on, 0
    while day < change.reads_out_on:
        group = "first" if number % 2 == 0 else "second"
        found.append((day, f"{change.name}: on for the {group} half, off for the other"))
        day, number = day + timedelta(days=FORTNIGHT_DAYS), number + 1
    return found


def as_calendar(change: Intervention, stamped: datetime) -> str:
    """The days as iCalendar text (RFC 5545), entries of a whole day.

    Args:
        change: The trial.
        stamped: The moment the file is made at.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//prodops//trial//EN", "CALSCALE:GREGORIAN"]
    for day, says in trial_days(change):
        uid = hashlib.sha256(f"{change.id}:{day}:{says}".encode()).hexdigest()[:24]
        lines += [
            "BEGIN:VEVENT", f"UID:{uid}@prodops", f"DTSTAMP:{stamped:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            *_folded(f"SUMMARY:{_escaped(says)}"), "TRANSP:TRANSPARENT", "END:VEVENT",
        ]  # fmt: skip
    return "\r\n".join([*lines, "END:VCALENDAR"]) + "\r\n"


def _escaped(text: str) -> str:
    bare = "".join(sign for sign in text if sign.isprintable())
    return bare.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> list[str]:
    """The line in pieces of at most 75 octets, each further one begun with a space."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > 74:
            pieces.append(piece)
            piece = " "
        piece += sign
    return [*pieces, piece]
