"""What storing a million meetings costs: CPU seconds and memory of the first load and of a re-load.

Run as `python -m bench.store [MEETINGS] [FOLDER]`. Making the records is measured apart and taken off, since
a connector pays for it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.peak_memory import peak_megabytes

from prodops.ledger.reading import Entry
from prodops.ledger.record import Citation, PersonId, Prose, RecordId
from prodops.ledger.rituals import Meeting
from prodops.ledger.store import Store, open_store

MEETINGS = 1_000_000
OCCURRENCES = 95
START = datetime(2024, 1, 1, 9, tzinfo=UTC)


def entries(count: int, *, changed: bool = False) -> Iterator[Entry]:
    """Series of occurrences, as a calendar gives them; every tenth is moved when `changed`."""
    for series in range(0, count, OCCURRENCES):
        uid = f"series-{series}@calendar.example"
        invite = RecordId(f"ics:series:{uid}")
        cite = Citation("everyone.ics", f"UID {uid}")
        meetings = tuple(
            Meeting(
                id=RecordId(f"ics:meeting:{uid}:{place}"),
                cite=cite,
                uid=uid,
                series=invite,
                invite=invite,
                title=Prose(f"Weekly sync {series}"),
                starts_at=(
                    start := START
                    + timedelta(days=7 * place, minutes=series + 15 * (changed and place % 10 == 0))
                ),
                ends_at=start + timedelta(minutes=30),
                organiser=PersonId(f"person:{series:016x}"),
                invited_count=6,
            )
            for place in range(min(OCCURRENCES, count - series))
        )
        yield Entry(locator=cite.locator, records=meetings)


def load(store: Store, count: int, sha256: str, *, changed: bool = False) -> None:
    """Load the calendar under a digest."""
    with store.load() as one:
        one.file(
            "everyone.ics",
            sha256=sha256,
            size_bytes=1,
            connector="ics",
            covers="snapshot",
            entries=entries(count, changed=changed),
        )


def measure(what: str, work: object) -> float:
    """Run, print CPU and wall seconds and the highest memory so far, give the CPU seconds."""
    assert callable(work)
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    memory = peak_megabytes()
    print(f"{what:28} {cpu:7.2f} CPU-s {wall:7.2f} s  highest memory {memory:5.0f} MB")
    return cpu


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MEETINGS
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    making = measure("make the records", lambda: [None for _ in entries(count)])
    with open_store(folder) as store:
        for what, digest, changed in (
            ("first load", "1", False),
            ("same content, other bytes", "2", False),
            ("a tenth changed", "3", True),
        ):
            cpu = measure(what, lambda d=digest, c=changed: load(store, count, d, changed=c))
            print(f"{'':28} {cpu - making:7.2f} CPU-s without making the records")
        ledger = store.ledger(today=START)
        query = "select count(*), sum(date_diff('minute', starts_at, ends_at)) from meeting"
        measure("sum over all meetings", lambda: print(ledger.sql(query)))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"on disk: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
