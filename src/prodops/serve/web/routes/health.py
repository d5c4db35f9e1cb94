"""Whether the site is well: one word for whoever watches it, everything for its owners."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from prodops.serve.keeping.health import Health, Physician, alive
from prodops.serve.shown.plain import plain
from prodops.serve.web.admission import Needs
from prodops.serve.web.site import Site

READ = ["GET", "HEAD"]


def routes(site: Site) -> APIRouter:
    """`/health` for everybody, and its detail for owners as a page and as JSON.

    Args:
        site: What is examined.
    """
    router = APIRouter()
    state = site.snapshots.state
    physician = Physician(state, Path(site.settings().workspace))

    def examined() -> Health:
        return physician.examine(site.settings().today, datetime.now(UTC))

    @router.api_route("/health", methods=READ, dependencies=[Depends(Needs(None))])
    async def _health() -> Response:
        well = await run_in_threadpool(alive, state)
        status, word = (200, "well") if well else (503, "unwell")
        return JSONResponse({"status": word}, status_code=status, headers={"Cache-Control": "no-store"})

    @router.api_route("/health/detail", methods=READ, dependencies=[Depends(Needs("owner"))])
    async def _detail(request: Request) -> Response:
        found = await run_in_threadpool(examined)
        response = site.show(request, "health.html", health=found, keep=plain(site.settings().keep))
        response.headers["Cache-Control"] = "no-store"
        return response

    @router.api_route("/health/detail.json", methods=READ, dependencies=[Depends(Needs("owner"))])
    async def _detail_json() -> Response:
        found = await run_in_threadpool(examined)
        return JSONResponse(plain(found), headers={"Cache-Control": "no-store"})

    return router
