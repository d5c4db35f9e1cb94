"""The web application: every page as HTML and JSON, to this machine alone, nothing from another address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from prodops.pages import evidence, units
from prodops.pages.blocks import Page
from prodops.serve.settings import Settings
from prodops.serve.shown.as_json import as_json
from prodops.serve.shown.html import STATIC, message_html, page_html, report_html
from prodops.serve.web.deciding import decide_router
from prodops.serve.web.labelling import label_router
from prodops.serve.web.snapshots import Snapshots

HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""Names under which the pages are given out: one that a foreign page points at this machine is refused."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-cache",
}
"""No script stands in a page, none is compiled at run time, and nobody may frame a page."""

READ = ["GET", "HEAD"]

TASKS = (("decide", "Decide"), ("label", "Label blocks"))
"""What is there to be done and not only read; it stands last in the bar."""

LONGEST_OFFSET = 9
"""Digits of the number of rows that are left out before the first."""


def web_app(settings: Callable[[], Settings]) -> FastAPI:
    """The application over a workspace.

    Args:
        settings: Says where the workspace is, and each time anew which day it is.

    Raises:
        WorkspaceError: The workspace cannot be used.
    """
    app = FastAPI(title="prodops", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS))
    app.middleware("http")(_guarded)
    app.exception_handler(HTTPException)(_refused)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    snapshots = Snapshots(settings)
    app.include_router(label_router(settings, _titles))
    app.include_router(decide_router(settings, _titles))
    _give_pages(app, snapshots)
    return app


def _give_pages(app: FastAPI, snapshots: Snapshots) -> None:
    @app.api_route("/", methods=READ)
    def _first() -> RedirectResponse:
        return RedirectResponse("/brief")

    @app.api_route("/report.html", methods=READ)
    def _report(request: Request) -> Response:
        return _fresh(request, snapshots, lambda: _file([snapshots.page(name) for name in units()]))

    @app.api_route("/{name}.json", methods=READ)
    def _json(name: str, request: Request, of: str = "", offset: str = "0") -> Response:
        _known(name)
        return _fresh(request, snapshots, lambda: JSONResponse(as_json(_asked(snapshots, name, of, offset))))

    @app.api_route("/{name}", methods=READ)
    def _html(name: str, request: Request, of: str = "", offset: str = "0") -> Response:
        _known(name)
        return _fresh(
            request,
            snapshots,
            lambda: HTMLResponse(page_html(_asked(snapshots, name, of, offset), _titles())),
        )


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


def _titles() -> list[tuple[str, str]]:
    return [*((name, name.replace("-", " ").capitalize()) for name in units()), *TASKS]


def _known(name: str) -> None:
    if name not in units():
        raise HTTPException(404)


def _fresh(request: Request, snapshots: Snapshots, make: Callable[[], Response]) -> Response:
    """The page, or word that the reader's copy is still the newest."""
    tag = f'"{snapshots.version()}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    response = make()
    response.headers["ETag"] = tag
    return response


async def _guarded(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


async def _refused(request: Request, error: Exception) -> Response:
    """What is not there, as the caller reads: JSON for programs, a page for people."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    title, says = _REFUSALS.get(status, ("This cannot be shown", "Go back to the brief."))
    headers = error.headers if isinstance(error, HTTPException) else None
    if request.url.path.endswith(".json"):
        return JSONResponse({"error": title}, status_code=status, headers=headers)
    return HTMLResponse(message_html(title, says, _titles()), status_code=status, headers=headers)


_REFUSALS = {
    404: ("There is no such page", "The pages that there are stand above."),
    405: ("These pages are read-only", "Load and declare things with the command line: prodops --help."),
}
