"""The access log for an owner or auditor, as a page and as CSV: who wrote or read what, and when."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse

from prodops.serve.people.access_log import KINDS, Access, Asked
from prodops.serve.people.accounts import clock
from prodops.serve.web.admission import Needs
from prodops.serve.web.site import Site

READ = ["GET", "HEAD"]

ROWS = 100
"""Of one page; the next follow by a link."""

Who = Annotated[str, Query(max_length=80)]
Kind = Annotated[str, Query(max_length=20)]
Days = Annotated[int, Query(ge=0, le=10_000)]


def routes(site: Site) -> APIRouter:
    """The addresses `/access` and `/access.csv`.

    Args:
        site: Whose log it is.
    """
    router = APIRouter(dependencies=[Depends(Needs("auditor"))])
    log = site.people.log

    @router.api_route("/access", methods=READ)
    def _page(
        request: Request,
        who: Who = "",
        kind: Kind = "",
        days: Days = 0,
        before: Annotated[int | None, Query(ge=1)] = None,
    ) -> Response:
        asked = _asked(who, kind, days, before)
        found = log.rows(asked, most=ROWS + 1)
        names = _names(site)
        given = {"who": who, "kind": kind, "days": days}
        more = urlencode({**given, "before": found[ROWS - 1].number}) if len(found) > ROWS else ""
        response = site.show(
            request, "access.html", rows=found[:ROWS], names=names, kinds=KINDS, given=given, more=more,
            filters=urlencode(given), people=sorted(names.items(), key=lambda one: one[1]),
        )  # fmt: skip
        response.headers["Cache-Control"] = "no-store"
        return response

    @router.api_route("/access.csv", methods=READ)
    def _csv(who: Who = "", kind: Kind = "", days: Days = 0) -> Response:
        lines = _lines(log.all(_asked(who, kind, days, None)), _names(site))
        kept = {
            "Content-Disposition": 'attachment; filename="prodops-access.csv"',
            "Cache-Control": "no-store",
        }
        return StreamingResponse(lines, headers=kept, media_type="text/csv; charset=utf-8")

    return router


def _asked(who: str, kind: str, days: int, before: int | None) -> Asked:
    since = clock() - timedelta(days=days) if days else None
    return Asked(account=who, kind=kind, since=since, before=before)


def _names(site: Site) -> dict[str, str]:
    """Every account's address by its pseudonym, and this machine."""
    return {one.account: one.email for one in site.people.accounts.all()} | {"local": "this machine"}


def _lines(rows: Iterator[Access], names: dict[str, str]) -> Iterator[str]:
    """The rows as CSV; a cell that a spreadsheet would reckon as a formula is quoted as text."""
    yield _line(("at", "account", "who", "kind", "what", "about", "status"))
    for one in rows:
        who = names.get(one.account, "")
        yield _line(
            (f"{one.at:%Y-%m-%dT%H:%M:%SZ}", one.account, who, one.kind, one.what, one.about, one.status)
        )


def _line(cells: tuple[object, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([_as_text(str(cell)) for cell in cells])
    return out.getvalue()


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
