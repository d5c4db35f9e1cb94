"""Files laid out for a load as an upload leaves them, and a process that does jobs."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from prodops.ledger.state import open_state
from prodops.serve.intake.incoming import Arriving
from prodops.serve.intake.limits import UploadLimits
from prodops.serve.settings import Settings
from prodops.serve.work.jobs import Jobs
from prodops.serve.work.worker import Worker

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "organisation"
STALE_SECONDS = 2.0


def lay_out(workspace: Path, key: str, files: Iterable[tuple[str, bytes]]) -> None:
    """Files under a job's key, as if they had been sent."""
    arriving = Arriving(workspace, key, UploadLimits(keep_free_bytes=0))
    for name, content in files:
        arriving.begin(name)
        arriving.write(content)
        arriving.finish()
    arriving.keep()


def examples() -> list[tuple[str, bytes]]:
    """Calendars, minutes and attendance of the small organisation."""
    folders = ("calendars", "minutes", "attendance")
    paths = sorted(one for name in folders for one in (EXAMPLES / name).rglob("*") if one.is_file())
    return [(one.relative_to(EXAMPLES).as_posix(), one.read_bytes()) for one in paths]


def work_until_done(workspace: Path, database_url: str | None) -> None:
    """Do jobs until none is left, as the thread of a server does; pages are left to others."""
    state = open_state(workspace, database_url)
    jobs = Jobs(state, stale_seconds=STALE_SECONDS)
    worker = Worker(jobs, lambda: Settings(workspace, database_url), make_pages=lambda _: False)
    while any(one.ended_at is None for one in jobs.newest()):
        worker.do_next()
    state.close()


if __name__ == "__main__":
    work_until_done(Path(sys.argv[1]), sys.argv[2] or None)
