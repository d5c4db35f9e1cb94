"""Every file that was loaded: what was used of it, what was not and why; take out, put back, name columns."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from prodops.ledger.sources import LoadedFile
from prodops.ledger.store import Store, open_store
from prodops.serve.intake.load import UNREAD
from prodops.serve.intake.recognise import connectors
from prodops.serve.removal import present_sources
from prodops.serve.source_groups import SourceGroup, each, grouped
from prodops.serve.web.admission import Needs, visitor_of
from prodops.serve.web.site import Site
from prodops.serve.work.kinds.example import EXAMPLE

READ = ["GET", "HEAD"]
PROBLEMS_SHOWN = 100
MOST_OFFSET = 10_000_000

Name = Annotated[str, Query(max_length=8_000)]
Offset = Annotated[int, Query(ge=0, le=MOST_OFFSET)]


def routes(site: Site) -> APIRouter:
    """The addresses under `/sources`.

    Args:
        site: Whose files.
    """
    now = site.settings()
    store = open_store(now.workspace, now.database_url)
    router = APIRouter(dependencies=[Depends(Needs("viewer"))], lifespan=_closing(store))
    _reading(router, site, store)
    _removing(router, site, store)
    return router


def _reading(router: APIRouter, site: Site, store: Store) -> None:
    @router.api_route("/sources", methods=READ)
    def _list(request: Request, under: Name = "", read_as: Name = "") -> Response:
        files = meant(present_sources(store), under=under, read_as=read_as)
        today = site.settings().today.date()
        groups = each(files) if under else grouped(files)
        return site.show(
            request, "sources.html", under=under, total=len(files), today=today,
            rows=[_row(one, today) for one in groups],
            unread=sum(one.reading.connector == UNREAD for one in files),
            sums={what: sum(getattr(one, what) for one in files) for what in _COUNTED},
            out=_out(under=under, read_as=read_as) if under else "",
            example=not under and any(one.name.startswith(f"{EXAMPLE}/") for one in files),
        )  # fmt: skip

    @router.api_route("/sources/file", methods=READ)
    def _file(request: Request, name: Name, offset: Offset = 0) -> Response:
        file = _found(store, name)
        words = {one.name: one.reads for one in connectors()}
        return site.show(
            request, "source_file.html", file=file, reads=words.get(file.reading.connector, ""),
            age=_age(file.last_on, site.settings().today.date()), unread=file.reading.connector == UNREAD,
            problems=store.problems(sources=[name], offset=offset, limit=PROBLEMS_SHOWN),
            offset=offset, following=offset + PROBLEMS_SHOWN, out=_out(name=name),
            here="/sources/file?" + urlencode({"name": name}),
        )  # fmt: skip


def _removing(router: APIRouter, site: Site, store: Store) -> None:
    allowed = [Depends(Needs("contributor"))]

    @router.api_route("/sources/out", methods=READ, dependencies=allowed)
    def _ask(request: Request, name: Name = "", under: Name = "", read_as: Name = "") -> Response:
        files = meant(present_sources(store), name=name, under=under, read_as=read_as)
        if not files:
            raise HTTPException(404)
        return site.show(
            request, "sources_out.html", files=files[:_NAMED], total=len(files), asked_for=name, under=under,
            read_as=read_as, records=sum(one.records for one in files),
        )  # fmt: skip

    @router.post("/sources/out", dependencies=allowed)
    def _out_of(
        request: Request,
        name: Annotated[str, Form(max_length=8_000)] = "",
        under: Annotated[str, Form(max_length=8_000)] = "",
        read_as: Annotated[str, Form(max_length=200)] = "",
    ) -> Response:
        files = meant(present_sources(store), name=name, under=under, read_as=read_as)
        if not files:
            raise HTTPException(404)
        names = [one.name for one in files]
        key = site.work.ask("remove", {"names": names}, by=visitor_of(request).account)
        return RedirectResponse(f"/jobs/{key}", status_code=303)

    @router.post("/sources/undo/{key}", dependencies=allowed)
    def _undo(request: Request, key: str) -> Response:
        job = site.work.jobs.one(key)
        if job is None or job.kind != "remove":
            raise HTTPException(404)
        if job.status != "done":
            site.work.jobs.stop(key)
            return RedirectResponse(f"/jobs/{key}", status_code=303)
        asked = {what: job.result[what] for what in ("files", "before", "count")}
        new = site.work.ask("restore", asked, by=visitor_of(request).account)
        return RedirectResponse(f"/jobs/{new}", status_code=303)


def meant(
    files: Sequence[LoadedFile], *, name: str = "", under: str = "", read_as: str = ""
) -> list[LoadedFile]:
    """The files that an address means: one by its name, or those in a folder, all or as one connector read.

    Args:
        files: The files that are loaded.
        name: A file's name.
        under: A folder; `.` for all.
        read_as: A connector's name; empty for any.
    """
    if name:
        return [one for one in files if one.name == name]
    inside = [one for one in files if under in ("", ".") or one.name.startswith((f"{under}/", f"{under}!/"))]
    return [one for one in inside if not read_as or one.reading.connector == read_as]


_COUNTED = ("entries", "used", "unused", "lost", "records", "problems")
_NAMED = 20


def _found(store: Store, name: str) -> LoadedFile:
    found = next((one for one in present_sources(store) if one.name == name), None)
    if found is None:
        raise HTTPException(404)
    return found


def _row(group: SourceGroup, today: date) -> dict[str, object]:
    alone = not group.folder
    opens = {"name": group.name} if alone else {"under": group.folder, "read_as": group.connector}
    return {
        "name": group.name, "connector": group.connector, "loaded_at": group.loaded_at,
        "unread": group.connector == UNREAD, "first_on": group.first_on, "last_on": group.last_on,
        "age": _age(group.last_on, today), **{what: group.sum(what) for what in _COUNTED},
        "opens": f"/sources{'/file' if alone else ''}?{urlencode(opens)}", "out": _out(**opens),
    }  # fmt: skip


def _out(**asked: str) -> str:
    """The address that asks before files are taken out."""
    return "/sources/out?" + urlencode({key: one for key, one in asked.items() if one})


def _age(last_on: date | None, today: date) -> str:
    """How long ago the newest record of a file was, in words."""
    if last_on is None:
        return ""
    days = (today - last_on).days
    if days <= 0:
        return "up to date"
    return "1 day old" if days == 1 else f"{days:,} days old"


def _closing(store: Store) -> Callable[[object], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        yield
        store.close()

    return lifespan
