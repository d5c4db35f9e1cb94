"""The addresses for programs: every action, page, source, problem and row as JSON, described at `/api`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from prodops.actions import units
from prodops.actions.deed import fields_of, meant, name_of_deed, sentence_of, spelt, undo_fields_of
from prodops.pages import evidence
from prodops.pages import units as pages
from prodops.serve.deeds.choices import Choices
from prodops.serve.deeds.desk import Asked, Desk, Done, RefusedError
from prodops.serve.deeds.openapi import document
from prodops.serve.deeds.overtaken import OvertakenDeedError, StaleError
from prodops.serve.deeds.reading import OutOfReachError, UnreadableError, read_values
from prodops.serve.deeds.replies import Key, KeyUsedError, Replies, key_of
from prodops.serve.deeds.schema import example_of, schema_of
from prodops.serve.deeds.told import changed_lines, done_of, place_of, undo_values
from prodops.serve.deeds.ways import Objection, objection_of
from prodops.serve.people.roles import Role
from prodops.serve.removal import present_sources
from prodops.serve.shown.plain import plain
from prodops.serve.shown.words import json_to
from prodops.serve.web.admission import ADMITTED, Needs, actor, visitor_of
from prodops.serve.web.refusals import PROBLEM
from prodops.serve.web.routes.act import desk_of
from prodops.serve.web.sending import Body, ProblemError, answered, count_of, flag_of, if_match, object_of
from prodops.serve.web.site import Site
from prodops.serve.web.snapshots import BusyError

AGAIN_SECONDS = 3
MOST_ROWS, MOST_OFFSET = 1_000, 999_999_999
LONGEST_KEY = 200
KEY = re.compile(rf"[!-~]{{1,{LONGEST_KEY}}}")


def routes(site: Site) -> APIRouter:
    """The addresses under `/api`.

    Args:
        site: What is shown, and where things are declared.
    """
    router = APIRouter()
    _describe(router, site)
    _read(router, site)
    _act(router, Programs(site))
    return router


def _describe(router: APIRouter, site: Site) -> None:
    viewer = [Depends(Needs("viewer"))]

    @router.get("/api/openapi.json", dependencies=viewer)
    def _document() -> Response:
        return JSONResponse(document())

    @router.api_route("/api", methods=["GET", "HEAD"], dependencies=viewer)
    def _reference(request: Request) -> Response:
        return site.show(request, "api.html", document=document(), pretty=_pretty)


def _read(router: APIRouter, site: Site) -> None:
    viewer = [Depends(Needs("viewer"))]

    @router.get("/api/v1/pages", dependencies=viewer)
    def _pages() -> Response:
        found = [{"name": name, "href": f"/api/v1/pages/{name}"} for name in pages()]
        return JSONResponse({"pages": found})

    @router.get("/api/v1/pages/{name}", dependencies=viewer)
    async def _page(request: Request, name: str) -> Response:
        return await _shown(site, request, name)

    @router.get("/api/v1/diagnosis", dependencies=viewer)
    async def _diagnosis(request: Request) -> Response:
        return await _shown(site, request, "diagnosis")

    @router.get("/api/v1/rows", dependencies=viewer)
    async def _rows(request: Request) -> Response:
        of, offset = request.query_params.get("of", ""), request.query_params.get("offset", "0")
        return await _behind(site, of, offset, visitor_of(request).role)

    @router.get("/api/v1/sources", dependencies=viewer)
    def _sources() -> Response:
        return JSONResponse({"sources": plain(present_sources(desk_of(site).store))})

    @router.get("/api/v1/problems", dependencies=viewer)
    def _problems(request: Request) -> Response:
        return answered(lambda: _problems_of(desk_of(site), request))


def _act(router: APIRouter, programs: Programs) -> None:
    contributor = [Depends(Needs("contributor"))]

    @router.get("/api/v1/actions", dependencies=contributor)
    def _actions(request: Request) -> Response:
        return programs.actions(request)

    @router.get("/api/v1/choices/{name}", dependencies=contributor)
    def _choices(request: Request, name: str) -> Response:
        return answered(lambda: programs.choices(_unit(request, name)))

    @router.post("/api/v1/actions/{name}", dependencies=contributor)
    def _do(request: Request, name: str, content: Body) -> Response:
        return answered(lambda: programs.act(request, _unit(request, name), content, undo=False))

    @router.post("/api/v1/actions/{name}/undo", dependencies=contributor)
    def _undo(request: Request, name: str, content: Body) -> Response:
        return answered(lambda: programs.act(request, _unit(request, name), content, undo=True))


class Programs:
    """What is answered to programs that want something done."""

    def __init__(self, site: Site) -> None:
        """Take the site."""
        self._site = site
        self._desk = desk_of(site)
        self._choices = Choices()
        self._replies = Replies(site.snapshots.state)

    def actions(self, request: Request) -> Response:
        """Every action that somebody may do, with what it takes."""
        role = visitor_of(request).role
        found = [_described(unit) for unit in units().values() if role in ADMITTED[unit.DEED.role]]
        seen, version = self._desk.seen(), self._desk.store.version()
        return JSONResponse({"actions": found, "seen": seen}, headers={"ETag": _tag(version, seen)})

    def choices(self, unit: ModuleType) -> Response:
        """What can be chosen now in the fields of an action."""
        seen, ledger = self._desk.seen(), self._desk.ledger()
        choices = {
            one.name: plain(self._choices.of(ledger, one.ask.of, {})) for one in fields_of(unit) if one.ask.of
        }
        return JSONResponse({"choices": choices, "seen": seen}, headers={"ETag": _tag(ledger.version, seen)})

    def act(self, request: Request, unit: ModuleType, content: bytes, *, undo: bool) -> Response:
        """Do it, or say what would do.

        Args:
            request: Who asks.
            unit: The action's module.
            content: The body.
            undo: Whether it is taken back.

        Raises:
            ProblemError: It is not done.
        """
        key = self._key(request, content)
        asked = self._asked(request, unit, content, undo=undo)
        if flag_of(request, "dry_run"):
            done = _or_problem(unit, asked, self._desk.rehearse)
            return JSONResponse(self._reply(unit, done, undo=undo))
        known = self._claimed(key) if key else None
        if known is not None:
            return JSONResponse(known, status_code=201, headers={"Idempotent-Replayed": "true"})
        try:
            done = _or_problem(unit, asked, self._desk.declare)
        except BaseException:
            if key:
                self._replies.drop(key)
            raise
        reply = self._reply(unit, done, undo=undo)
        if key:
            self._replies.keep(key, 201, reply)
        return JSONResponse(reply, status_code=201, headers={"ETag": _tag(done.version, done.last)})

    def _asked(self, request: Request, unit: ModuleType, content: bytes, *, undo: bool) -> Asked:
        written = object_of(request, content)
        if undo and unit.DEED.final:
            raise ProblemError(409, str(unit.DEED.final), objections=[])
        try:
            values = read_values(undo_fields_of(unit) if undo else fields_of(unit), written, typed=True)
        except OutOfReachError as error:
            raise ProblemError(409, str(error), objections=[], fields=error.fields) from error
        except UnreadableError as error:
            says = "Fields could not be read. What each takes: /api"
            raise ProblemError(422, says, fields=error.fields) from error
        version, seen = if_match(request)
        told = request.query_params.get("seen")
        return Asked(
            unit=unit, values=values, by=actor(request, self._site.settings()), undo=undo, version=version,
            seen=count_of("seen", told, 2**31) if told is not None else seen,
        )  # fmt: skip

    def _key(self, request: Request, content: bytes) -> Key | None:
        chosen = request.headers.get("idempotency-key")
        if chosen is None:
            return None
        if not KEY.fullmatch(chosen):
            raise ProblemError(422, f"An Idempotency-Key has 1 to {LONGEST_KEY} letters, digits and marks.")
        asked = f"{request.url.path}?{request.url.query}\n".encode() + content
        return key_of(visitor_of(request).account, chosen, asked)

    def _claimed(self, key: Key) -> dict[str, object] | None:
        try:
            return self._replies.claim(key)
        except KeyUsedError as error:
            raise ProblemError(409, str(error), objections=[]) from error

    def _reply(self, unit: ModuleType, done: Done, *, undo: bool) -> dict[str, object]:
        back: dict[str, object] | None = None
        if not undo and not unit.DEED.final:
            query = f"?{urlencode({'seen': done.last})}" if done.last else ""
            href = f"/api/v1/actions/{name_of_deed(unit)}/undo{query}"
            back = {"href": href, "body": plain(undo_values(unit, done.records))}
        return {
            "done": done_of(unit, done.records, undo=undo), "records": plain(done.records),
            "entry": done.entry, "seen": done.last, "version": done.version,
            "page": f"/{place_of(unit, done.records)}", "undo": back,
        }  # fmt: skip


def _or_problem(unit: ModuleType, asked: Asked, act: Callable[[Asked], Done]) -> Done:
    """What was done.

    Raises:
        ProblemError: It was refused, or somebody else was faster.
    """
    try:
        return act(asked)
    except RefusedError as refused:
        written = {name: plain(value) for name, value in asked.values.items()}
        found = [_objection(objection_of(unit, one, written)) for one in refused.objections]
        raise ProblemError(409, str(refused), objections=found) from refused
    except OvertakenDeedError as overtaken:
        says = "Somebody changed this since you looked. Look at what stands now, then do it again."
        raise ProblemError(409, says, objections=[], changed=changed_lines(overtaken.changed)) from overtaken
    except StaleError as stale:
        says = "The ledger has moved on. Read it anew and send its ETag."
        raise ProblemError(412, says, changed=changed_lines(stale.changed)) from stale


def _objection(one: Objection) -> dict[str, object]:
    return {"says": one.says, "field": one.field, "ways": [plain(way) for way in one.ways]}


async def _shown(site: Site, request: Request, name: str) -> Response:
    if name not in pages():
        raise HTTPException(404)
    try:
        stored = await site.snapshots.shown(name)
    except BusyError as error:
        raise HTTPException(503, headers={"Retry-After": str(AGAIN_SECONDS)}) from error
    tag = f'"{stored.page.version}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    headers = {"ETag": tag}
    if stored.stale:
        headers["Prodops-Stale-Since"] = stored.page.made_at.isoformat(timespec="seconds")
    return Response(stored.page.json, media_type="application/json", headers=headers)


async def _behind(site: Site, of: str, offset: str, role: Role) -> Response:
    try:
        rows = await site.snapshots.rows(_number(of), count_of("offset", offset, MOST_OFFSET))
    except ProblemError as problem:
        return JSONResponse(problem.body, status_code=problem.status, media_type=PROBLEM)
    except evidence.NoEvidenceError as error:
        raise HTTPException(404, str(error)) from error
    except BusyError as error:
        raise HTTPException(503, headers={"Retry-After": str(AGAIN_SECONDS)}) from error
    return Response(json_to(rows.json, role), media_type="application/json")


def _number(of: str) -> str:
    if not 0 < len(of) <= LONGEST_KEY:
        raise ProblemError(422, "Say which number's rows: of=ritual_rot/pricing-council")
    return of


def _pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _problems_of(desk: Desk, request: Request) -> Response:
    query = request.query_params
    offset = count_of("offset", query.get("offset", "0"), MOST_OFFSET)
    limit = count_of("limit", query.get("limit", "100"), MOST_ROWS)
    found = desk.store.problems(offset=offset, limit=limit)
    total = desk.store.counts().get("problem", 0)
    return JSONResponse({"problems": plain(found), "total": total, "offset": offset})


def _described(unit: ModuleType) -> dict[str, Any]:
    name = name_of_deed(unit)
    return {
        "name": name,
        "title": unit.DEED.title,
        "says": sentence_of(unit),
        "role": unit.DEED.role,
        "pillar": unit.__name__.split(".")[-2],
        "href": f"/api/v1/actions/{name}",
        "form": f"/act/{spelt(name)}",
        "takes": schema_of(unit),
        "undo": None if unit.DEED.final else schema_of(unit, undo=True),
        "final": unit.DEED.final,
        "example": example_of(unit),
    }


def _unit(request: Request, name: str) -> ModuleType:
    unit = units().get(meant(name))
    if unit is None:
        raise ProblemError(404, f"No action is called {name[:60]!r}. All of them: /api/v1/actions")
    if visitor_of(request).role not in ADMITTED[unit.DEED.role]:
        raise HTTPException(403)
    return unit


def _tag(version: str, seen: int) -> str:
    return f'"{version}.{seen}"'
