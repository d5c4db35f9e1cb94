"""The web application: every address of the site, to this machine alone, nothing from another address."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Iterator
from types import ModuleType
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from prodops.serve.settings import Settings
from prodops.serve.shown.html import STATIC, message_html
from prodops.serve.web import routes
from prodops.serve.web.admission import AT_THE_MACHINE
from prodops.serve.web.site import Site, titles
from prodops.serve.web.snapshots import Snapshots

HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""Names under which the pages are given out: one that a foreign page points at this machine is refused."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-cache",
}
"""No script stands in a page, none is compiled at run time, nobody may frame a page, and what a page asks
for or sends goes to this site alone."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""

Call = Callable[[Request], Awaitable[Response]]


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
    site = Site(settings, Snapshots(settings))
    for unit in _scan():
        app.include_router(unit.routes(site))
    return app


def _scan() -> Iterator[ModuleType]:
    """The modules that give addresses, by name."""
    for unit in sorted(pkgutil.iter_modules(routes.__path__), key=lambda one: one.name):
        yield importlib.import_module(f"{routes.__name__}.{unit.name}")


async def _guarded(request: Request, call: Call) -> Response:
    """Says who asks, refuses what another site sends in their name, and sets the headers."""
    request.state.visitor = AT_THE_MACHINE
    if request.method not in SAFE and _foreign(request):
        response = await _refused(request, HTTPException(403))
    else:
        response = await call(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _foreign(request: Request) -> bool:
    """Whether a page of another site sends this, which would act in the reader's name."""
    origin = request.headers.get("origin", "")
    elsewhere = origin and urlsplit(origin).netloc != request.headers.get("host", "")
    fetched = request.headers.get("sec-fetch-site", "same-origin")
    return bool(elsewhere) or fetched not in ("same-origin", "none")


async def _refused(request: Request, error: Exception) -> Response:
    """What is not there, as the caller reads: JSON for programs, a page for people."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    title, says = _REFUSALS.get(status, ("This cannot be shown", "Go back to the brief."))
    headers = error.headers if isinstance(error, HTTPException) else None
    if request.url.path.endswith(".json"):
        return JSONResponse({"error": title}, status_code=status, headers=headers)
    return HTMLResponse(message_html(title, says, titles()), status_code=status, headers=headers)


_REFUSALS = {
    403: ("This is not for you to do", "It came from another site, or your role does not allow it."),
    404: ("There is no such page", "The pages that there are stand above."),
    405: ("These pages are read-only", "Load and declare things with the command line: prodops --help."),
}
