"""The search: a page that works by keys and without scripts, and the same for programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from prodops.serve.search.finding import Group, Hit, index_of, search
from prodops.serve.search.index import LONGEST_QUERY
from prodops.serve.search.kinds import INDEXED, KINDS, NOT_INDEXED
from prodops.serve.search.rebuilding import version_of
from prodops.serve.shown.allowed import least_role
from prodops.serve.shown.plain import plain
from prodops.serve.web.admission import ADMITTED, Needs, Role, visitor_of
from prodops.serve.web.site import Site

READ = ["GET", "HEAD"]


def routes(site: Site) -> APIRouter:
    """The search and its JSON.

    Args:
        site: What is searched.
    """
    router = APIRouter(dependencies=[Depends(Needs("viewer"))])

    @router.api_route("/search", methods=READ)
    async def _page(request: Request, q: str = "", kind: str = "") -> Response:
        only = kind if kind in KINDS else ""
        groups, version = await _found(site, q, only)
        groups = _open_to(groups, visitor_of(request).role)
        made = bool(version)
        response = site.show(
            request, "search.html", q=q.replace("\0", "")[:LONGEST_QUERY], asked=bool(q.strip()),
            groups=groups, only=KINDS.get(only, ""), made=made, stale=made and await _stale(site, version),
            indexed=INDEXED, not_indexed=NOT_INDEXED,
        )  # fmt: skip
        response.headers["Cache-Control"] = "no-store"
        return response

    @router.api_route("/search.json", methods=READ)
    async def _json(q: str = "", kind: str = "") -> Response:
        groups, version = await _found(site, q, kind if kind in KINDS else "")
        told = {"q": q[:LONGEST_QUERY], "made": bool(version), "stale": await _stale(site, version)}
        return JSONResponse({**told, "groups": plain(groups)}, headers={"Cache-Control": "no-store"})

    return router


async def _found(site: Site, q: str, only: str) -> tuple[tuple[Group, ...], str]:
    """What is found, and what the index was made from; empty where there is none yet."""
    index = index_of(site.snapshots.state, site.settings().workspace)
    return await run_in_threadpool(lambda: (search(index, q, only), index.version()))


def _open_to(groups: Iterable[Group], role: Role) -> tuple[Group, ...]:
    """What is found without what ends in a refusal for somebody of a role."""
    kept = ((one, tuple(hit for hit in one.hits if _may(role, hit))) for one in groups)
    return tuple(replace(one, hits=hits) if hits != one.hits else one for one, hits in kept if hits)


def _may(role: Role, hit: Hit) -> bool:
    return role in ADMITTED[least_role(hit.address.strip("/").partition("?")[0])]


async def _stale(site: Site, version: str) -> bool:
    """Whether the index is older than the ledger; it is then made anew."""
    stale = version != version_of(await site.snapshots.newest())
    if stale:
        await run_in_threadpool(site.snapshots.make, "brief")
    return stale
