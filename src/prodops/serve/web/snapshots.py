"""Pages made before they are asked for: what is stored is shown at once, and made anew beside the readers."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from prodops.ledger.ledger import Ledger
from prodops.ledger.state import State, open_state
from prodops.ledger.store import Store, open_store
from prodops.pages import brief, units
from prodops.pages.evidence import NAME, ROW, behind
from prodops.pages.waiting import waiting
from prodops.serve.prepared.attention import Waits, read_attention
from prodops.serve.prepared.computing import REPORT, WAITS, keep, made, made_report, opened
from prodops.serve.prepared.rows import ShownRows, read_rows, row_of, shown_rows
from prodops.serve.prepared.stored import Mark, StoredPage, forgotten_since, made_moments, mark_of, read_pages
from prodops.serve.settings import Settings
from prodops.serve.told import is_shared
from prodops.serve.web.remaking import Remaking

T = TypeVar("T")

FIRST_SECONDS = 10.0
"""How long a request waits for a page that was never made before."""

SOON_SECONDS = 2.0
"""How long somebody who declared something waits for the page that knows it, before an older one is shown."""

MOST_ROWS = 64
"""Lists of rows behind numbers that are remembered, for all readers together."""

MOST_WAITING = 32
"""Requests that may wait for rows or first pages; more are told to come back."""


class BusyError(Exception):
    """Too many ask for what must be computed, or it takes long; the same is asked again a little later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A stored page as it is given to a reader.

    Attributes:
        page: The page.
        stale: Whether something was loaded or declared, or a day began, since it was made.
        failed: Whether making a newer one failed.
    """

    page: StoredPage
    stale: bool
    failed: bool


class Snapshots:
    """The pages of a workspace, by name.

    What is stored is given at once, however old; a newer one is made in a process of its own. A page that
    was never made is made while its first readers wait. No page is kept per reader.
    """

    def __init__(self, settings: Callable[[], Settings]) -> None:
        """Open the workspace.

        Args:
            settings: Says where the workspace is, and each time anew which day it is.

        Raises:
            WorkspaceError: The workspace cannot be used.
        """
        self._settings = settings
        now = settings()
        self._store: Store = open_store(now.workspace, now.database_url)
        self._state = open_state(now.workspace, now.database_url)
        self._remaking = Remaking(settings)
        self._known: dict[str, StoredPage] = {}
        self._looking = _Alone("looking")
        self._reading = _Alone("reading")
        self._queued: Future[Mark] | None = None
        self._making: dict[str, Future[StoredPage]] = {}
        self._lock = threading.Lock()
        self._open: tuple[Ledger, Mark] | None = None
        self._version = ""
        self._rows_of: Ledger | None = None
        self._rows: dict[tuple[str, int], ShownRows] = {}

    async def shown(self, name: str, *, entry: int = 0) -> Shown:
        """The page as it is stored; made now if it never was.

        Args:
            name: One of `pages.units()`, or `report`.
            entry: An entry of the log of declarations that the reader wrote: a page that does not know it is
                made anew at once, and waited for a little.

        Raises:
            BusyError: It was never made, and making it takes longer than a reader waits.
        """
        newest = await self.newest()
        page = self._known.get(name) or self._made_now(name, newest)
        if page is None:
            return Shown(page=await self._first(name), stale=False, failed=False)
        if page.mark.log_seq < entry:
            made = await self._soon(name)
            newest = await self.newest()
            page = made or self._known.get(name, page)
        stale = page.mark != newest
        if stale:
            self._remaking.ask(name, newest)
        return Shown(page=page, stale=stale, failed=stale and self._remaking.failed(newest))

    def make(self, first: str) -> bool:
        """Have all pages made from what is newest, beside this process; for whoever loads and then waits.

        Args:
            first: The page that is needed first.

        Returns:
            Whether it can be hoped for: False where it failed a short while ago.
        """
        with self._state.reading() as connection:
            newest = mark_of(connection, self._settings().today)
        self._remaking.ask(first, newest)
        return not self._remaking.failed(newest)

    def begin(self) -> None:
        """Have made, beside the readers, what was loaded while nobody served; nothing where all is made."""
        newest = self._look()
        last = self._known.get(WAITS)
        if newest.seq and (last is None or last.mark != newest):
            self._remaking.ask(brief.NAME, newest)

    async def newest(self) -> Mark:
        """What a page would be made from now; those who ask a server at the same time share one look."""
        if self._state.embedded:
            return self._look()  # a file's reader waits for nobody: another thread would cost more
        with self._lock:
            if self._queued is None:
                self._queued = self._looking.submit(self._look)
            queued = self._queued
        return await asyncio.wrap_future(queued)

    async def rows(self, of: str, offset: int) -> ShownRows:
        """The rows behind a number of the pages that are shown.

        Those that a page opens were stored with it, and are given however old; a newer set is made beside
        the readers. Others are read now, and the last asked for are remembered.

        Args:
            of: What they are asked by.
            offset: How many are left out before the first.

        Raises:
            NoEvidenceError: There is no such number, or none that may be told.
            BusyError: Too many ask.
        """
        newest = await self.newest()
        if not offset and ROW not in of and (stored := await self._stored_rows(of)):
            if stored.mark != newest:
                self._remaking.ask(NAME, newest)
            return stored
        return await self._wait(self._reading.submit(lambda: self._behind(of, offset)))

    def waits(self) -> Mapping[str, Waits]:
        """Where something waits for somebody, by page, as it was when pages were made; empty before."""
        stored = self._known.get(WAITS)
        return read_attention(stored.json) if stored is not None else {}

    @property
    def state(self) -> State:
        """The state database, for what else is made before it is asked for."""
        return self._state

    def close(self) -> None:
        """Stop what is being made, and let go of the workspace."""
        self._remaking.close()
        for one in (self._looking, self._reading):
            one.close()
        self._store.close()
        self._state.close()

    def _look(self) -> Mark:
        """What is newest, and whether another process stored pages or took them away."""
        with self._lock:
            self._queued = None  # who comes from here on may have changed something: they look again
        today = self._settings().today
        with self._state.reading() as connection:
            newest = mark_of(connection, today)
            # What waits is stored last: with it all is there, and until then there is more to come.
            if WAITS in self._known and all(page.mark == newest for page in self._known.values()):
                return newest
            moments = made_moments(connection)
            known = {name: page for name, page in self._known.items() if name in moments}
            changed = [name for name, at in moments.items() if name not in known or known[name].made_at != at]
            known.update({page.name: page for page in read_pages(connection, changed)})
        self._known = known
        return newest

    def _made_now(self, name: str, newest: Mark) -> StoredPage | None:
        """A page that was made here a moment ago and that no look has seen stored yet."""
        making = self._making.get(name)
        if making is None or not making.done() or making.exception() is not None:
            return None
        return making.result() if making.result().mark == newest else None

    async def _first(self, name: str, seconds: float = FIRST_SECONDS) -> StoredPage:
        """A page that is made now: all who wait for it share one making."""
        with self._lock:
            known = self._making.get(name)
            if known is None or known.done():
                known = self._making[name] = self._reading.submit(lambda: self._made(name))
        return await self._wait(known, seconds)

    async def _soon(self, name: str) -> StoredPage | None:
        """A page as it is now, if it can be made while somebody waits; else it is stored when it is ready."""
        try:
            return await self._first(name, SOON_SECONDS)
        except BusyError:
            return None

    async def _wait(self, future: Future[T], seconds: float = FIRST_SECONDS) -> T:
        waiting = asyncio.shield(asyncio.wrap_future(future))
        try:
            return await asyncio.wait_for(waiting, seconds)
        except TimeoutError as error:
            raise BusyError from error

    def _made(self, name: str) -> StoredPage:
        ledger, mark = self._newest()
        if name == REPORT:
            stored = made_report([waiting(unit.page(ledger), ledger) for unit in units().values()], mark)
        else:
            stored, _ = made(name, ledger, mark)
        keep(self._state, stored)
        return stored

    async def _stored_rows(self, of: str) -> ShownRows | None:
        return self._read(of) if self._state.embedded else await asyncio.to_thread(self._read, of)

    def _read(self, of: str) -> ShownRows | None:
        with self._state.reading() as connection:
            return read_rows(connection, of)

    def _behind(self, of: str, offset: int) -> ShownRows:
        ledger = self._shown_ledger()
        if self._rows_of is not ledger or len(self._rows) >= MOST_ROWS:
            self._rows_of, self._rows = ledger, {}
        if (of, offset) not in self._rows:
            stored = self._read(of.partition(ROW)[0]) if ROW in of else None
            known = row_of(ledger, stored, of) if stored is not None else None  # needs no diagnosis
            self._rows[of, offset] = known or shown_rows(behind(ledger, of, offset=offset))
        return self._rows[of, offset]

    def _shown_ledger(self) -> Ledger:
        """The ledger that rows are read from: as new as the pages whose numbers open them.

        Each newer one costs its diagnosis, so that it is opened when newer pages are shown, and at once when
        somebody was forgotten.
        """
        if self._open is not None:
            ledger, mark = self._open
            shown = max((page.mark for page in list(self._known.values())), default=None)
            with self._state.reading() as connection:
                forgotten = forgotten_since(connection, mark.seq)
            if shown is not None and mark >= shown and not forgotten:
                return ledger
        return self._newest()[0]

    def _newest(self) -> tuple[Ledger, Mark]:
        """The ledger at the newest version; only the thread that reads comes here."""
        today = self._settings().today
        version = f"{self._store.version()}-{today:%Y%m%d}-{is_shared(self._state)}"
        if self._open is None or self._version != version:
            self._open, self._version = opened(self._store, self._state, today), version
        return self._open


class _Alone:
    """One thread that does one thing after the other, and takes only so many at once."""

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"prodops-{name}")
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)

    def submit(self, task: Callable[[], T]) -> Future[T]:
        """Put a task in the line.

        Raises:
            BusyError: The line is full.
        """
        if not self._waiting.acquire(blocking=False):
            raise BusyError
        future = self._pool.submit(task)
        future.add_done_callback(lambda _: self._waiting.release())
        return future

    def close(self) -> None:
        """Wait for what is being done; what waits is dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)
