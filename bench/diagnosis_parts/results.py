"""Rows of the diagnosis benchmark on the disk, appended one by one: a killed run goes on where it was."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from bench.diagnosis_parts.kept import JUDGED_BY, READ_BY, digest_of
from bench.diagnosis_parts.organisation import Key, Row, row_of

ROWS_A_PROCESS = 100
"""After so many organisations a process is replaced, so that what libraries keep does not grow."""


def code_digest() -> str:
    """A digest of the code that decides what a row says."""
    return digest_of((*READ_BY, *JUDGED_BY))


def read_rows(file: Path, code: str | None) -> list[Row]:
    """The rows of a results file that this code made, or any with None; a line cut by a kill is left out.

    Of two rows with one key the later counts.
    """
    rows: dict[Key, Row] = {}
    if file.exists():
        for line in file.read_text(encoding="utf-8").splitlines():
            try:
                row: Row = json.loads(line)
            except json.JSONDecodeError:
                continue
            if code in (None, row["code"]):
                rows[key_of(row)] = row
    return list(rows.values())


def key_of(row: Row) -> Key:
    """What a row is known by."""
    return Key(*(row[name] for name in Key._fields))


def run(keys: Iterable[Key], file: Path, *, code: str, workers: int, ledgers: Path | None) -> None:
    """Make the rows that are missing or failed, and append each as soon as it is there.

    Args:
        keys: What is wanted, in the order in which it is made.
        file: The results file; made when it is new.
        code: The digest that each row carries.
        workers: Processes.
        ledgers: Where organisations that were read are kept and looked for; None keeps none.
    """
    known = {key_of(row) for row in read_rows(file, code) if "error" not in row}
    missing = [key for key in keys if key not in known]
    if not missing:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    _end_last_line(file)
    kept = ledgers / digest_of(READ_BY) if ledgers else None
    progress = _Progress(len(missing), len(known))
    with file.open("a", encoding="utf-8") as out:
        for row in _made(missing, workers, kept):
            out.write(json.dumps({"code": code, **row}) + "\n")
            out.flush()
            progress.one_more(failed="error" in row)
    progress.end()


def _made(keys: list[Key], workers: int, kept: Path | None) -> Iterator[Row]:
    """The rows in the order in which they are ready; only a few wait in line, so that a stop is quick."""
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), max_tasks_per_child=ROWS_A_PROCESS
    ) as pool:
        coming = iter(keys)
        running: set[Future[Row]] = {pool.submit(row_of, key, kept) for key in islice(coming, 2 * workers)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            running |= {pool.submit(row_of, key, kept) for key in islice(coming, len(done))}
            for one in done:
                yield one.result()


def _end_last_line(file: Path) -> None:
    """A line that a kill cut short ends here, so that the next row stands on its own."""
    if file.exists() and not file.read_bytes().endswith(b"\n") and file.stat().st_size:
        with file.open("a", encoding="utf-8") as out:
            out.write("\n")


class _Progress:
    """A bar where somebody looks, else a line now and then."""

    def __init__(self, total: int, known: int) -> None:
        self.total, self.done, self.failed = total, 0, 0
        self._since = time.monotonic()
        self._bar = sys.stderr.isatty()
        print(f"{total:,} organisations to make, {known:,} rows known.", file=sys.stderr, flush=True)

    def one_more(self, *, failed: bool) -> None:
        """One more row is there."""
        self.done += 1
        self.failed += failed
        if self._bar or self.done % max(1, self.total // 20) == 0:
            left = (time.monotonic() - self._since) / self.done * (self.total - self.done)
            filled = 40 * self.done // self.total
            words = (
                f"[{'#' * filled}{'.' * (40 - filled)}] {self.done:,}/{self.total:,}, "
                f"{self.failed:,} failed, {left / 60:.0f} min left"
            )
            print(words, end="\r" if self._bar else "\n", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the bar's line."""
        if self._bar:
            print(file=sys.stderr)
