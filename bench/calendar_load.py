"""How long a million calendar occurrences take to read, beside what the calendar library alone takes.

Run `python -m bench.calendar_load` for the whole file, or with `--share 0.1` for a tenth of it. The figures
are CPU seconds of reading alone; storing comes on top.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bench.peak_memory import peak_megabytes

SEED = 20_241_104
SERIES = 10_000
OCCURRENCES_EACH = 95
SINGLES = 50_000
ATTENDEES = 6
SAMPLED_EVENTS = 1_000
SAMPLED_SERIES = 100
FIRST_MONDAY = datetime(2024, 1, 1)  # noqa: DTZ001 (a calendar's local time; the zone stands beside it)
ZONES = ("Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Australia/Sydney")
RULES = (
    f"FREQ=WEEKLY;COUNT={OCCURRENCES_EACH}",
    f"FREQ=WEEKLY;INTERVAL=2;COUNT={OCCURRENCES_EACH}",
    f"FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT={OCCURRENCES_EACH}",
    f"FREQ=DAILY;COUNT={OCCURRENCES_EACH}",
    f"FREQ=MONTHLY;BYDAY=2TU;COUNT={OCCURRENCES_EACH}",
)
RULE_WEIGHTS = (70, 10, 10, 5, 5)
ANSWERS = ("ACCEPTED", "ACCEPTED", "ACCEPTED", "DECLINED", "TENTATIVE", "NEEDS-ACTION")


def events(seed: int, share: float) -> Iterator[str]:
    """The VEVENTs of the file: series first, then single events."""
    dice = random.Random(seed)  # noqa: S311 (a bench keeps no secrets)
    for number in range(int(SERIES * share)):
        rule = dice.choices(RULES, RULE_WEIGHTS)[0]
        yield event(dice, f"series-{number}", rule=rule)
    for number in range(int(SINGLES * share)):
        yield event(dice, f"single-{number}")


def event(dice: random.Random, uid: str, *, rule: str = "") -> str:
    """One VEVENT as a company's calendar exports it."""
    start = FIRST_MONDAY + timedelta(days=dice.randrange(600), minutes=30 * dice.randrange(16, 36))
    zone = dice.choice(ZONES)
    lines = [
        "BEGIN:VEVENT",
        f"DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}",
        f"DTEND;TZID={zone}:{start + timedelta(minutes=dice.choice((30, 60))):%Y%m%dT%H%M%S}",
        *([f"RRULE:{rule}"] if rule else []),
        "DTSTAMP:20260105T080000Z",
        f"ORGANIZER;CN=Person {dice.randrange(1000)}:mailto:person{dice.randrange(1000)}@example.com",
        f"UID:{uid}@calendar.example.com",
    ]
    for _ in range(ATTENDEES):
        who = f"person{dice.randrange(1000)}@example.com"
        answer = dice.choice(ANSWERS)
        lines.append(
            f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer};RSVP=\r\n"
            f" TRUE;CN={who};X-NUM-GUESTS=0:mailto:{who}"
        )
    lines += [
        "CREATED:20231201T080000Z",
        "LAST-MODIFIED:20240102T080000Z",
        "SEQUENCE:1",
        "STATUS:CONFIRMED",
        f"SUMMARY:{dice.choice(('Weekly sync', 'Planning', 'Review', 'Research', 'Hand-over'))} {uid}",
        "TRANSP:OPAQUE",
        "END:VEVENT",
    ]
    return "\r\n".join(lines) + "\r\n"


def write(path: Path, share: float) -> None:
    """Write the calendar file."""
    with path.open("w", newline="", encoding="utf-8") as out:
        out.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Bench//EN\r\n")
        out.writelines(events(SEED, share))
        out.write("END:VCALENDAR\r\n")


def read(path: Path) -> None:
    """Read the file as `prodops add` does, and print figures for the process that does nothing else."""
    from prodops.connectors.ics.parse import parse  # lazy: only the measured process reads
    from prodops.ledger.reading import SourceFile  # lazy: the same
    from prodops.ledger.rituals import Meeting  # lazy: the same

    started = time.process_time()
    file = SourceFile(name=path.name, content=path.read_bytes())
    meetings = records = lost = 0
    for entry in parse(file):
        meetings += sum(type(record) is Meeting for record in entry.records)
        records += len(entry.records)
        lost += sum(one.lost for one in entry.problems)
    seconds = time.process_time() - started
    peak = peak_megabytes()
    print(f"{seconds:.2f} {meetings} {records} {lost} {peak:.0f} {len(file.content) / 1e6:.1f}")


def library_seconds(share: float) -> tuple[float, float]:
    """CPU seconds that icalendar and recurring-ical-events alone take for the file, from a sample of it."""
    import icalendar  # lazy: only the comparison needs it
    import recurring_ical_events  # lazy: the same

    dice = random.Random(SEED)  # noqa: S311 (a bench keeps no secrets)
    singles = [event(dice, f"single-{number}") for number in range(SAMPLED_EVENTS)]
    series = [
        event(dice, f"series-{number}", rule=dice.choices(RULES, RULE_WEIGHTS)[0])
        for number in range(SAMPLED_SERIES)
    ]
    started = time.process_time()
    icalendar.Calendar.from_ical("BEGIN:VCALENDAR\r\n" + "".join(singles) + "END:VCALENDAR\r\n")
    parsed = (time.process_time() - started) / SAMPLED_EVENTS
    calendar = icalendar.Calendar.from_ical("BEGIN:VCALENDAR\r\n" + "".join(series) + "END:VCALENDAR\r\n")
    started = time.process_time()
    count = len(recurring_ical_events.of(calendar).between(FIRST_MONDAY, FIRST_MONDAY + timedelta(days=3650)))
    expanded = (time.process_time() - started) / count
    return parsed * (SERIES + SINGLES) * share, expanded * SERIES * OCCURRENCES_EACH * share


def main() -> None:
    """Write the file, read it in a process of its own, and print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--share", type=float, default=1.0, help="share of the million occurrences")
    arguments.add_argument("--read", type=Path, help="read this file and print its figures")
    chosen = arguments.parse_args()
    if chosen.read:
        read(chosen.read)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "calendar.ics"
        write(path, chosen.share)
        command = [sys.executable, "-m", "bench.calendar_load", "--read", str(path)]
        figures = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()  # noqa: S603 (our own file)
    seconds, meetings, records, lost, peak, megabytes = figures
    parsing, expanding = library_seconds(chosen.share)
    print(f"file: {megabytes} MB, {meetings} meetings, {records} records, {lost} lost")
    print(f"prodops: {seconds} CPU-s, peak RSS {peak} MB")
    print(
        f"library alone: {parsing + expanding:.1f} CPU-s ({parsing:.1f} parsing, {expanding:.1f} expanding)"
    )
    print(f"ratio: {float(seconds) / (parsing + expanding):.3f}")


if __name__ == "__main__":
    main()
