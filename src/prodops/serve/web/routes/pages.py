"""Every page as HTML and JSON, and all of them as one file."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from prodops.pages import evidence, units
from prodops.serve.prepared.computing import REPORT
from prodops.serve.prepared.rows import ShownRows
from prodops.serve.prepared.stored import StoredPage
from prodops.serve.shown.html import CHART_SCRIPTS, part_html
from prodops.serve.shown.words import html_to, json_to
from prodops.serve.web.admission import Needs, visitor_of
from prodops.serve.web.framing import said_of
from prodops.serve.web.site import Site
from prodops.serve.web.snapshots import BusyError, Shown

READ = ["GET", "HEAD"]

LONGEST_OFFSET = 9
"""Digits of the number of rows that are left out before the first."""

AGAIN_SECONDS = 3
"""After how long who was told to come back comes back."""

Answer = Callable[..., Awaitable[Response]]


def routes(site: Site) -> APIRouter:
    """An address for each page, one with `.json` for programs, and the report.

    Args:
        site: What is shown.
    """
    router = APIRouter(dependencies=[Depends(Needs("viewer"))], lifespan=_closing(site))

    @router.api_route("/", methods=READ)
    async def _first() -> RedirectResponse:
        empty = await run_in_threadpool(site.work.holds_nothing)
        return RedirectResponse("/begin" if empty else "/brief")

    @router.api_route("/report.html", methods=READ)
    async def _report(request: Request) -> Response:
        try:
            shown = await site.snapshots.shown(REPORT)
        except BusyError:
            return _wait(site, request)
        kept = {"Content-Disposition": f'attachment; filename="prodops-report-{shown.page.shown_on}.html"'}
        # The file says itself what may run in it, which the headers here would forbid.
        return _fresh(request, HTMLResponse(shown.page.html, headers=kept))

    @router.api_route("/renewed/{name}", methods=READ)
    async def _renewed(name: str, than: str = "") -> Response:
        if name not in units():
            raise HTTPException(404)
        with suppress(BusyError):
            stored = (await site.snapshots.shown(name)).page
            return Response(status_code=204 if str(stored.mark) == than else 200)
        return Response(status_code=204)

    for name in units():
        router.add_api_route(f"/{name}.json", _as_json(site, name), methods=READ, name=f"{name}_json")
        router.add_api_route(f"/{name}", _as_html(site, name), methods=READ, name=name)
    return router


def _closing(site: Site) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Ends what makes pages when the application ends."""

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        yield
        site.snapshots.close()

    return lifespan


def _as_json(site: Site, name: str) -> Answer:
    async def shown(request: Request, of: str = "", offset: str = "0") -> Response:
        try:
            rows = await _rows(site, name, of, offset)
            if rows is not None:
                return _fresh(request, _json(json_to(rows.json, visitor_of(request).role)))
            stored = await site.snapshots.shown(name)
        except BusyError as error:
            raise HTTPException(503, headers={"Retry-After": str(AGAIN_SECONDS)}) from error
        response = _json(stored.page.json)
        if stored.stale:
            response.headers["Prodops-Stale-Since"] = stored.page.made_at.isoformat(timespec="seconds")
        return _fresh(request, response)

    return shown


def _as_html(site: Site, name: str) -> Answer:
    async def shown(request: Request, of: str = "", offset: str = "0") -> Response:
        try:
            rows = await _rows(site, name, of, offset)
            if rows is not None:
                return _fresh(request, _live(site, request, rows))
            said = said_of(request)
            stored = await site.snapshots.shown(name, entry=said.entry if said else 0)
            return _fresh(request, _stored(site, request, stored))
        except BusyError:
            return _wait(site, request)

    return shown


async def _rows(site: Site, name: str, of: str, offset: str) -> ShownRows | None:
    """The rows of what was asked; None for a page that is stored."""
    if name != evidence.NAME or not of:
        return None
    if not offset.isdecimal() or len(offset) > LONGEST_OFFSET:
        raise HTTPException(404)
    try:
        return await site.snapshots.rows(of, int(offset))
    except evidence.NoEvidenceError as error:
        raise HTTPException(404, str(error)) from error


def _stored(site: Site, request: Request, shown: Shown) -> Response:
    page = shown.page
    head = {"name": page.name, "title": page.title, "today": page.shown_on, "version": page.version}
    return site.show(
        request, "page.html", page=head, article=Markup(page.html), itself="",  # noqa: S704 (our own template made it)
        scripts=CHART_SCRIPTS if page.has_charts else (), stale=_stale(shown, datetime.now(UTC)),
        knows=page.mark.log_seq, than=str(page.mark),
    )  # fmt: skip


def _live(site: Site, request: Request, rows: ShownRows) -> Response:
    """Rows as a page of their own, or alone for the drawer that opens beside another page."""
    role = visitor_of(request).role
    if "hx-request" in request.headers:
        return HTMLResponse(site.article(request, html_to(rows.beside, role)), headers={"Vary": "HX-Request"})
    head = {"name": evidence.NAME, "title": rows.title, "today": rows.shown_on, "version": rows.version}
    return site.show(
        request, "page.html", page=head, article=Markup(html_to(rows.html, role)), itself=rows.itself,  # noqa: S704 (the same)
        scripts=CHART_SCRIPTS if rows.has_charts else (), stale="",
    )  # fmt: skip


def _stale(shown: Shown, now: datetime) -> str:
    """What is said of a page that is not the newest; nothing of one that is."""
    if not shown.stale:
        return ""
    old = f"This page is {_age(now - shown.page.made_at)} old; something was loaded or declared since."
    if shown.failed:
        return f"{old} A newer one could not be made: the server's own words say why, and it tries again."
    return f"{old} A newer one is being made, which takes {_takes(shown.page)}."


def _age(past: timedelta) -> str:
    seconds = max(1, round(past.total_seconds()))
    for size, word in ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= size:
            count = seconds // size
            return f"{count} {word}{'' if count == 1 else 's'}"
    return "1 second"


def _takes(page: StoredPage) -> str:
    return "a few seconds" if page.made_milliseconds < 5_000 else "about a minute"


def _wait(site: Site, request: Request) -> Response:
    """A page that is made for the first time, or rows that many ask for: the browser asks again by itself."""
    says = "Nobody has asked for it before, or many ask at once. It comes by itself in a few seconds."
    if "hx-request" in request.headers:
        return HTMLResponse(part_html("This is being made", says, AGAIN_SECONDS), status_code=503)
    response = site.show(request, "message.html", status=503, title="This is being made", says=says)
    response.headers["Refresh"] = response.headers["Retry-After"] = str(AGAIN_SECONDS)
    return response


def _json(body: bytes) -> Response:
    return Response(body, media_type="application/json")


def _fresh(request: Request, response: Response) -> Response:
    """The page, or word that the reader's copy is still the same."""
    tag = f'"{hashlib.blake2b(response.body, digest_size=12).hexdigest()}"'
    if request.headers.get("if-none-match") == tag:
        same = Response(status_code=304, headers={"ETag": tag})
        same.raw_headers += [(name, value) for name, value in response.raw_headers if name == b"set-cookie"]
        return same
    response.headers["ETag"] = tag
    return response
