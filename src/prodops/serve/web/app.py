"""The web application: every page as HTML and JSON, nothing from another address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles

from prodops.pages import units
from prodops.serve.settings import Settings
from prodops.serve.shown.as_json import as_json
from prodops.serve.shown.html import STATIC, page_html
from prodops.serve.web.snapshots import Snapshots

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
"""Charts compile their expressions, hence 'unsafe-eval'; no script stands in a page itself."""


def web_app(settings: Settings) -> FastAPI:
    """The application over the workspace that the settings name."""
    app = FastAPI(title="prodops", docs_url=None, redoc_url=None, openapi_url=None)
    snapshots = Snapshots(settings)
    titles = [(name, name.capitalize()) for name in units()]

    @app.middleware("http")
    async def _headers(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    app.mount("/static", StaticFiles(directory=STATIC), name="static")

    @app.get("/", include_in_schema=False)
    def _first() -> RedirectResponse:
        return RedirectResponse("/brief")

    @app.get("/{name}.json")
    def _json(name: str) -> JSONResponse:
        _known(name)
        return JSONResponse(as_json(snapshots.page(name)))

    @app.get("/{name}")
    def _html(name: str) -> HTMLResponse:
        _known(name)
        return HTMLResponse(page_html(snapshots.page(name), titles))

    return app


def _known(name: str) -> None:
    if name not in units():
        raise HTTPException(404, f"There is no page called {name[:40]}.")
