"""Where one begins: drop exports into the browser, or take an invented organisation."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from prodops.serve.intake.incoming import Arriving, UploadRefusedError
from prodops.serve.intake.limits import UploadLimits
from prodops.serve.intake.multipart import Body
from prodops.serve.web.admission import Needs, visitor_of
from prodops.serve.web.site import Site
from prodops.serve.work.jobs import new_key

UPLOADS = ("/begin/upload",)
"""Addresses that take files; they hold to limits of their own while the files stream in."""


def routes(site: Site) -> APIRouter:
    """The addresses under `/begin`.

    Args:
        site: Where files go.
    """
    router = APIRouter(dependencies=[Depends(Needs("contributor"))])

    @router.api_route("/begin", methods=["GET", "HEAD"])
    def _begin(request: Request) -> Response:
        return _page(site, request)

    @router.post("/begin/example")
    def _example(request: Request) -> Response:
        if not site.work.holds_nothing():
            says = "The example is for an empty workspace: beside your own records it would count with them."
            return _page(site, request, says=says, status=409)
        key = site.work.ask("example", by=visitor_of(request).account)
        return RedirectResponse(f"/jobs/{key}", status_code=303)

    @router.post("/begin/upload")
    async def _upload(request: Request) -> Response:
        by_script = "application/json" in request.headers.get("accept", "")
        try:
            key = await received(site, request)
        except UploadRefusedError as refused:
            await _drained(request, site.settings().upload)
            if by_script:
                return JSONResponse({"says": str(refused)}, status_code=refused.status)
            return await run_in_threadpool(_page, site, request, says=str(refused), status=refused.status)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        if by_script:
            return JSONResponse({"job": f"/jobs/{key}"}, status_code=202)
        return RedirectResponse(f"/jobs/{key}", status_code=303)

    return router


async def received(site: Site, request: Request) -> str:
    """Take the files of a request and ask for them to be loaded; the job's key.

    Raises:
        UploadRefusedError: They are more than is taken, or no form; nothing is left of them.
        ClientDisconnect: The connection was cut; nothing is left of them.
    """
    settings, key = site.settings(), new_key()
    arriving = await run_in_threadpool(Arriving, settings.workspace, key, settings.upload)
    kept = False
    try:
        body = Body(request.headers.get("content-type", ""), arriving)
        told = request.headers.get("content-length", "")
        arriving.room_for(int(told) if told.isdecimal() else 0)
        async for chunk in request.stream():
            await run_in_threadpool(body.write, chunk)
        body.end()
        await run_in_threadpool(arriving.keep)
        kept = True
    finally:
        if not kept:
            arriving.discard()
    by = visitor_of(request).account
    return await run_in_threadpool(lambda: site.work.ask("load", by=by, key=key))


async def _drained(request: Request, limits: UploadLimits) -> None:
    """Read what still comes, and keep nothing of it: a browser reads no answer before it has sent all."""
    left = 2 * limits.upload_bytes
    try:
        async for chunk in request.stream():
            left -= len(chunk)
            if left < 0:
                return
    except (ClientDisconnect, RuntimeError):  # it is gone, or was read to its end
        return


def _page(site: Site, request: Request, *, says: str = "", status: int = 200) -> Response:
    running = [one for one in site.work.jobs.newest(20) if one.ended_at is None and one.kind in _LOADS]
    return site.show(
        request, "begin.html", status=status, says=says, limits=site.settings().upload,
        empty=site.work.holds_nothing(), running=running[0] if running else None,
    )  # fmt: skip


_LOADS = ("load", "example")
