"""Rows behind the numbers of pages, made with the pages: who opens them first waits for nothing."""

from __future__ import annotations

import hashlib
import html
import json
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus, urlencode

from prodops.pages.evidence import NAME, ROW, NoEvidenceError, RowsBehind, behind, row_alone
from prodops.serve.prepared.stored import ROWS, Mark, StoredPage, read_pages
from prodops.serve.shown.as_json import as_json
from prodops.serve.shown.html import article_html, has_charts

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from prodops.ledger.ledger import Ledger

BESIDE = "beside-"
"""What marks begin with where rows stand in the drawer beside a page."""

_END = "\0"
"""Ends the rows as a page of their own; the same for the drawer follow. No text of a page holds it."""

_WAY = re.compile(r'href="/evidence\?of=([^"&]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRows:
    """Rows behind a number, as a reader gets them.

    Attributes:
        title: What they are of.
        version: The version of the ledger that they were read from.
        shown_on: The day that counted as now.
        itself: Their address behind `/evidence?`.
        has_charts: Whether they need the scripts that draw.
        html: As a page of their own, without the frame.
        beside: As they stand in the drawer beside another page.
        json: The same for programs.
        mark: What they were made from; None where they were read when they were asked for.
    """

    title: str
    version: str
    shown_on: str
    itself: str
    has_charts: bool
    html: str
    beside: str
    json: bytes
    mark: Mark | None = None


def shown_rows(page: RowsBehind) -> ShownRows:
    """Rows as a reader gets them."""
    return ShownRows(
        title=page.title,
        version=page.version,
        shown_on=page.today.isoformat(),
        itself=urlencode({"of": page.of, **({"offset": page.offset} if page.offset else {})}),
        has_charts=has_charts(page),
        html=article_html(page),
        beside=article_html(page, within=BESIDE),
        json=json.dumps(as_json(page), ensure_ascii=False, separators=(",", ":")).encode(),
    )


def rows_opened_by(page: StoredPage) -> Iterator[str]:
    """What the numbers of a page open, each once: lists of rows, not single ones."""
    ways = (unquote_plus(html.unescape(way)) for way in _WAY.findall(page.html))
    return iter(dict.fromkeys(way for way in ways if ROW not in way))


def made_rows(ledger: Ledger, mark: Mark, page: StoredPage, *, known: dict[str, str]) -> list[StoredPage]:
    """The rows that a page opens, as they are stored; what has none is left out.

    Args:
        ledger: Where they are.
        mark: Its mark.
        page: The page.
        known: What was made before, with the name it is stored under; what is new is added.
    """
    new = [of for of in rows_opened_by(page) if of not in known]
    known |= {of: _key(of) for of in new}
    return list(_made(ledger, mark, new))


def _made(ledger: Ledger, mark: Mark, asked: Iterable[str]) -> Iterator[StoredPage]:
    for of in asked:
        began = time.monotonic()
        try:
            rows = shown_rows(behind(ledger, of))
        except NoEvidenceError:
            continue
        yield StoredPage(
            name=_key(of),
            mark=mark,
            title=rows.title,
            version=rows.version,
            shown_on=rows.shown_on,
            has_charts=rows.has_charts,
            html=rows.html.replace(_END, "") + _END + rows.beside,
            json=rows.json,
            made_at=datetime.now(UTC),
            made_milliseconds=round((time.monotonic() - began) * 1_000),
        )


def read_rows(connection: Connection, of: str) -> ShownRows | None:
    """Rows that were stored under the words by which pages open them; None where there are none."""
    stored = next(iter(read_pages(connection, [_key(of)])), None)
    if stored is None:
        return None
    whole, _, beside = stored.html.partition(_END)
    return ShownRows(
        title=stored.title,
        version=stored.version,
        shown_on=stored.shown_on,
        itself=urlencode({"of": of}),
        has_charts=stored.has_charts,
        html=whole,
        beside=beside,
        json=stored.json,
        mark=stored.mark,
    )


def row_of(ledger: Ledger, rows: ShownRows, of: str) -> ShownRows | None:
    """One of some stored rows, as it was read; None where they do not open it, or it is gone.

    Args:
        ledger: Where it is.
        rows: The rows, which may be told.
        of: What it is asked by: what the rows are, `##`, its table and its id.
    """
    if f'href="/evidence?{html.escape(urlencode({"of": of}))}"' not in rows.html:
        return None
    told = json.loads(rows.json)
    whole = RowsBehind(
        name=NAME, title=told["title"], lead=told["lead"], sections=(), version=ledger.version,
        today=date.fromisoformat(rows.shown_on), of=told["of"], offset=0, limit=told["limit"],
        total=told["total"],
    )  # fmt: skip
    table, _, key = of.partition(ROW)[2].partition("/")
    found = row_alone(ledger, whole, table, key)
    return shown_rows(found) if found is not None else None


def _key(of: str) -> str:
    return ROWS + hashlib.blake2b(of.encode(), digest_size=16).hexdigest()
