"""Every page as HTML and JSON, and all of them as one file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException

from prodops.pages import evidence, units
from prodops.pages.blocks import Page
from prodops.serve.shown.as_json import as_json
from prodops.serve.shown.html import page_html, report_html
from prodops.serve.web.admission import Needs
from prodops.serve.web.site import Site, titles
from prodops.serve.web.snapshots import Snapshots

READ = ["GET", "HEAD"]

LONGEST_OFFSET = 9
"""Digits of the number of rows that are left out before the first."""


def routes(site: Site) -> APIRouter:
    """An address for each page, one with `.json` for programs, and the report.

    Args:
        site: What is shown.
    """
    router = APIRouter(dependencies=[Depends(Needs("viewer"))])
    snapshots = site.snapshots

    @router.api_route("/", methods=READ)
    def _first() -> RedirectResponse:
        return RedirectResponse("/brief")

    @router.api_route("/report.html", methods=READ)
    def _report(request: Request) -> Response:
        return _fresh(request, snapshots, lambda: _file([snapshots.page(name) for name in units()]))

    for name in units():
        router.add_api_route(f"/{name}.json", _as_json(snapshots, name), methods=READ, name=f"{name}_json")
        router.add_api_route(f"/{name}", _as_html(snapshots, name), methods=READ, name=name)
    return router


def _as_json(snapshots: Snapshots, name: str) -> Callable[..., Response]:
    def shown(request: Request, of: str = "", offset: str = "0") -> Response:
        return _fresh(request, snapshots, lambda: JSONResponse(as_json(_asked(snapshots, name, of, offset))))

    return shown


def _as_html(snapshots: Snapshots, name: str) -> Callable[..., Response]:
    def shown(request: Request, of: str = "", offset: str = "0") -> Response:
        return _fresh(
            request,
            snapshots,
            lambda: HTMLResponse(page_html(_asked(snapshots, name, of, offset), titles())),
        )

    return shown


def _asked(snapshots: Snapshots, name: str, of: str, offset: str) -> Page:
    """The page, or the rows of what was asked."""
    if name != evidence.NAME or not of:
        return snapshots.page(name)
    if not offset.isdecimal() or len(offset) > LONGEST_OFFSET:
        raise HTTPException(404)
    try:
        return snapshots.rows(of, int(offset))
    except evidence.NoEvidenceError as error:
        raise HTTPException(404) from error


def _file(pages: Sequence[Page]) -> Response:
    """The report, to be kept: it says itself what may run in it, which the headers here would forbid."""
    kept = {"Content-Disposition": f'attachment; filename="prodops-report-{pages[0].today}.html"'}
    return HTMLResponse(report_html(pages), headers=kept)


def _fresh(request: Request, snapshots: Snapshots, make: Callable[[], Response]) -> Response:
    """The page, or word that the reader's copy is still the newest."""
    tag = f'"{snapshots.version()}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    response = make()
    response.headers["ETag"] = tag
    return response
