"""Makes pages: from a ledger to what is stored, one after the other, one process at a time."""

from __future__ import annotations

import fcntl
import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from prodops.pages import units
from prodops.pages.waiting import waiting
from prodops.serve.prepared.attention import as_stored, attention
from prodops.serve.prepared.rows import made_rows
from prodops.serve.prepared.stored import Mark, StoredPage, drop_rows, mark_of, write_page
from prodops.serve.shown.as_json import as_json
from prodops.serve.shown.html import article_html, has_charts, report_html
from prodops.serve.told import shown_ledger

if TYPE_CHECKING:
    from prodops.ledger.ledger import Ledger
    from prodops.ledger.state import State
    from prodops.ledger.store import Store
    from prodops.pages.blocks import Page

REPORT = "report"
"""The name under which all pages as one file are stored."""

WAITS = "waits"
"""The name under which it is stored where something waits for somebody."""

ATTEMPTS = 20
"""How often the ledger is opened again when others commit meanwhile."""

LOCK = "preparing.lock"
"""The file in the workspace that whoever makes all pages holds; a process that ends lets go of it."""


@dataclass(frozen=True, slots=True)
class Made:
    """All pages of one version.

    Attributes:
        ledger: What they were made from.
        mark: Its mark.
        pages: The pages in reading order.
    """

    ledger: Ledger
    mark: Mark
    pages: tuple[Page, ...]


def opened(store: Store, state: State, today: datetime) -> tuple[Ledger, Mark]:
    """The newest ledger, and the mark of what is made from it."""
    for _ in range(ATTEMPTS):
        with state.reading() as connection:
            before = mark_of(connection, today)
        ledger = shown_ledger(store, today=today)
        with state.reading() as connection:
            if mark_of(connection, today) == before:
                return ledger, before
    return ledger, before  # older than the ledger: it will count as stale, and be made anew


def made(name: str, ledger: Ledger, mark: Mark) -> tuple[StoredPage, Page]:
    """A page as it is stored, and as it is."""
    began = time.monotonic()
    page = waiting(units()[name].page(ledger), ledger)
    stored = StoredPage(
        name=name,
        mark=mark,
        title=page.title,
        version=page.version,
        shown_on=page.today.isoformat(),
        has_charts=has_charts(page),
        made_at=datetime.now(UTC),
        made_milliseconds=_since(began),
        html=article_html(page),
        json=json.dumps(as_json(page), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode(),
    )
    return stored, page


def made_report(pages: list[Page], mark: Mark) -> StoredPage:
    """All pages as one file, as it is stored."""
    began = time.monotonic()
    return StoredPage(
        name=REPORT,
        mark=mark,
        title="Report",
        version=pages[0].version,
        shown_on=pages[0].today.isoformat(),
        has_charts=True,
        html=report_html(pages),
        json=b"",
        made_at=datetime.now(UTC),
        made_milliseconds=_since(began),
    )


def made_waits(ledger: Ledger, mark: Mark) -> StoredPage:
    """Where something waits for somebody, as it is stored."""
    return StoredPage(
        name=WAITS,
        mark=mark,
        title="",
        version=ledger.version,
        shown_on=ledger.today.date().isoformat(),
        has_charts=False,
        html="",
        json=as_stored(attention(ledger)),
        made_at=datetime.now(UTC),
        made_milliseconds=0,
    )


def make_all(
    store: Store,
    state: State,
    today: datetime,
    *,
    first: Iterable[str] = (),
    told: Callable[[StoredPage], None] = lambda _: None,
) -> Made:
    """Make every page and the report from the newest ledger, and store each when it is ready.

    The rows that a page's numbers open are stored right after it.

    Args:
        store: The workspace.
        state: Its state database.
        today: The moment that counts as now.
        first: Names of pages that are waited for.
        told: Is told of each page.

    Returns:
        The pages, and what they were made from.
    """
    ledger, mark = opened(store, state, today)
    pages: dict[str, Page] = {}
    rows: dict[str, str] = {}
    for name in dict.fromkeys([*(one for one in first if one in units()), *units()]):
        stored, pages[name] = made(name, ledger, mark)
        keep(state, stored)
        told(stored)
        keep(state, *made_rows(ledger, mark, stored, known=rows))
    report = made_report([pages[name] for name in units()], mark)
    keep(state, report, made_waits(ledger, mark))
    told(report)
    with state.noting() as connection:
        drop_rows(connection, rows.values())
    return Made(ledger, mark, tuple(pages[name] for name in units()))


def keep(state: State, *stored: StoredPage) -> None:
    """Store pages or rows, unless newer ones are there."""
    with state.noting() as connection:
        for one in stored:
            write_page(connection, one)


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether this process is the one that makes the pages of a workspace; while inside, no other is."""
    with (folder / LOCK).open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1_000)
