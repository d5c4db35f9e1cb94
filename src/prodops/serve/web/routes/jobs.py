"""What runs and ran, live: every job with how far it is, and what came of it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from prodops.serve.web.admission import Needs
from prodops.serve.web.site import Site
from prodops.serve.work.jobs import Job
from prodops.serve.work.told import told_job, words_of
from prodops.serve.work.units import title_of

READ = ["GET", "HEAD"]
SHOWN = 50

STREAM_SECONDS = 8.0
"""How long one stream lasts; the browser opens the next by itself, and a server that ends waits no longer."""

LOOKS_EACH_SECONDS = 0.5

WIZARD = ("load", "example")
"""Kinds of work that end at a first finding."""


def routes(site: Site) -> APIRouter:
    """The addresses under `/jobs`, and the thread that does the work while the site is up.

    Args:
        site: Whose jobs.
    """
    router = APIRouter(dependencies=[Depends(Needs("viewer"))], lifespan=_working(site))
    _watch(router, site)  # before `/jobs/{key}`, which would take its address
    _read(router, site)

    @router.post("/jobs/{key}/stop", dependencies=[Depends(Needs("contributor"))])
    def _stop(key: str) -> Response:
        if site.work.jobs.stop(key) is None:
            raise HTTPException(404)
        return RedirectResponse(f"/jobs/{key}", status_code=303)

    return router


def _read(router: APIRouter, site: Site) -> None:
    @router.api_route("/jobs", methods=READ)
    def _list(request: Request) -> Response:
        jobs = site.work.jobs.newest(SHOWN)
        rows = [{"job": one, "title": title_of(one.kind), "words": words_of(one)} for one in jobs]
        state = _digest([(one.id, one.stage) for one in jobs])
        return site.show(request, "jobs.html", rows=rows, state=state, live=any(map(_open, jobs)))

    @router.api_route("/jobs/{key}.json", methods=READ)
    def _json(key: str) -> dict[str, Any]:
        return told_job(_found(site, key))

    @router.api_route("/jobs/{key}", methods=READ)
    def _one(request: Request, key: str) -> Response:
        job, after = _pair(site, key)
        shown = after if after and _open(after) else job
        return site.show(
            request, "job.html", job=job, after=after, shown=shown, title=title_of(job.kind),
            state=_state(job, after), wizard_page=job.kind in WIZARD, words=words_of(shown),
            live=_open(job) or _open(after), finding=after.says if after and after.status == "done" else "",
            today=str(site.settings().today.date()),
        )  # fmt: skip


def _watch(router: APIRouter, site: Site) -> None:
    @router.get("/jobs/events")
    async def _all_events() -> Response:
        def look() -> dict[str, Any]:
            jobs = site.work.jobs.newest(SHOWN)
            return {"state": _digest([(one.id, one.stage) for one in jobs]), "live": any(map(_open, jobs))}

        return _stream(look)

    @router.get("/jobs/{key}/events")
    async def _events(key: str) -> Response:
        def look() -> dict[str, Any]:
            job, after = _pair(site, key)
            shown = after if after and not _open(job) else job
            return {
                "state": _state(job, after), "live": _open(job) or _open(after), "words": words_of(shown),
                "done": shown.done, "whole": shown.whole,
            }  # fmt: skip

        await run_in_threadpool(look)  # a job that is not there is refused before the stream begins
        return _stream(look)


def _stream(look: Callable[[], dict[str, Any]]) -> Response:
    return StreamingResponse(
        _told(look), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


async def _told(look: Callable[[], dict[str, Any]]) -> AsyncIterator[str]:
    """Events until all has ended or the stream lasted long enough, each where something changed."""
    yield "retry: 500\n\n"
    until, before = time.monotonic() + STREAM_SECONDS, ""
    while time.monotonic() < until:
        seen = await run_in_threadpool(look)
        text = json.dumps(seen)
        if text != before:
            yield f"data: {text}\n\n"
            before = text
        if not seen["live"]:
            return
        await asyncio.sleep(LOOKS_EACH_SECONDS)


def _working(site: Site) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Does the work while the application is up."""

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        site.work.start()
        yield
        await run_in_threadpool(site.work.close)

    return lifespan


def _pair(site: Site, key: str) -> tuple[Job, Job | None]:
    """A job, and the one that computes the pages after it."""
    job = _found(site, key)
    after = site.work.jobs.one(str(job.result["pages"])) if "pages" in job.result else None
    return job, after


def _found(site: Site, key: str) -> Job:
    job = site.work.jobs.one(key)
    if job is None:
        raise HTTPException(404)
    return job


def _open(job: Job | None) -> bool:
    return job is not None and job.ended_at is None


def _state(job: Job, after: Job | None) -> str:
    """Changes where the page must be shown anew, not where only a bar moves."""
    return "-".join(
        (job.status, "stopping" if job.stage == "stopping" else "", after.status if after else "")
    )


def _digest(words: object) -> str:
    return hashlib.blake2b(repr(words).encode(), digest_size=6).hexdigest()
