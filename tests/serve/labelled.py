"""A workspace of a few PMs with calendars, small enough to be labelled in a test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from serve.served import load

TODAY = datetime(2026, 6, 30, tzinfo=UTC)
MONDAY = datetime(2026, 6, 1, 8, tzinfo=UTC)
TITLES = ("Weekly status report", "User interview", "Sprint planning", "Busy", "Jira cleanup")


def calendar(address: str, weeks: int = 3) -> str:
    """A calendar with one entry a day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", f"X-WR-CALNAME:{address}"]
    for week in range(weeks):
        for day, title in enumerate(TITLES):
            at = MONDAY + timedelta(days=7 * week + day)
            uid = f"{address}-{week}-{day}"
            lines += [
                "BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}", f"DTSTART:{at:%Y%m%dT%H%M%SZ}",
                f"DTEND:{at + timedelta(hours=2):%Y%m%dT%H%M%SZ}", f"SUMMARY:{title}",
                f"ORGANIZER:mailto:{address}", f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{address}",
                "ATTENDEE;PARTSTAT=ACCEPTED:mailto:someone@example.com", "END:VEVENT",
            ]  # fmt: skip
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def pms(count: int) -> list[str]:
    """Addresses of so many PMs."""
    return [f"pm{n}@example.com" for n in range(count)]


def organisation(folder: Path, people: int = 5, *, roster: bool = True) -> Path:
    """A workspace with the calendars of so many PMs."""
    out = folder / "exports"
    out.mkdir(parents=True)
    if roster:
        rows = [f"PM {n},{one},Product Manager,Core" for n, one in enumerate(pms(people))]
        (out / "roster.csv").write_text("\n".join(["name,email,title,team", *rows, ""]), encoding="utf-8")
    for one in pms(people):
        (out / f"{one}.ics").write_text(calendar(one), encoding="utf-8")
    return load(folder / ".prodops", out)
