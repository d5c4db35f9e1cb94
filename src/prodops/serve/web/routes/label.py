"""The page where a PM labels blocks: plain forms, every answer a key, to this machine alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import APIRouter, Cookie, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.store import open_store
from prodops.pages.purposes import BACK, GROUPS, PURPOSES
from prodops.serve.labelling import Asked, Labelling
from prodops.serve.settings import Settings
from prodops.serve.web.admission import Needs, visitor_of
from prodops.serve.web.site import Site

HEADINGS = (*((group, GROUPS[group]) for group in "ABC"), ("X", "I do not know"), ("N", "None of these"))

COOKIE = "prodops_me"
Mine = Annotated[str, Cookie(alias=COOKIE)]


def routes(site: Site) -> APIRouter:
    """The addresses under `/label`.

    Args:
        site: Where the labels are kept.
    """
    router = APIRouter(dependencies=[Depends(Needs("contributor"))])
    desk = Desk(site.settings)
    _take_visits(router, desk, site)
    _take_answers(router, desk, site)
    return router


def _take_visits(router: APIRouter, desk: Desk, site: Site) -> None:
    @router.api_route("/label", methods=["GET", "HEAD"])
    def _next(request: Request, at: Annotated[int, Query(ge=0, le=10_000)] = 0, me: Mine = "") -> Response:
        return _page(desk, site, request, _who(request, me), at=at)

    @router.post("/label/me")
    def _begin(request: Request, me: Annotated[str, Form(max_length=200)] = "") -> Response:
        try:
            desk.begin()
        except ActionRefusedError as refused:
            return _page(desk, site, request, _who(request, ""), says=str(refused))
        found = RedirectResponse("/label", status_code=303)
        if visitor_of(request).by == "machine":
            found.set_cookie(COOKIE, quote(me.strip()), httponly=True, samesite="strict", path="/label")
        return found

    @router.post("/label/leave")
    def _leave() -> Response:
        found = RedirectResponse("/label", status_code=303)
        found.delete_cookie(COOKIE, path="/label")
        return found


def _take_answers(router: APIRouter, desk: Desk, site: Site) -> None:
    @router.post("/label/answer")
    def _answer(
        request: Request,
        block: Annotated[str, Form(max_length=200)],
        leaf: Annotated[str, Form(max_length=2)],
        place: Annotated[int, Form(ge=1, le=10_000)],
        me: Mine = "",
    ) -> Response:
        who = _who(request, me)
        try:
            desk.answer(who, block, leaf)
        except ActionRefusedError as refused:
            return _page(desk, site, request, who, at=place, says=str(refused))
        return RedirectResponse(f"/label?at={place + 1}", status_code=303)


def _who(request: Request, me: str) -> str:
    """The PM who labels: the account's own address; at a machine without accounts, whoever they say they are.

    Args:
        request: By which they come.
        me: What the cookie says, which counts at such a machine alone.
    """
    visitor = visitor_of(request)
    return unquote(me) if visitor.by == "machine" else visitor.email


class Desk:
    """Where labels of all visitors are taken, one after the other."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        """Take what says where the workspace is; it is opened with the first visit."""
        self._settings = settings
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Draw a sample where none is open.

        Raises:
            ActionRefusedError: None can be drawn.
        """
        import secrets  # lazy: a seed is drawn here alone

        with self._lock, self._opened() as labelling:
            if labelling.open() is None:
                labelling.draw(seed=secrets.token_hex(4), weeks=4, each=20)

    def asked(self, me: str) -> tuple[Asked, ...]:
        """The blocks of a PM in the open sample."""
        with self._lock, self._opened() as labelling:
            return labelling.asked(me)[1]

    def answer(self, me: str, block: str, leaf: str) -> None:
        """Keep an answer.

        Raises:
            ActionRefusedError: It is none, or the block is not this PM's.
        """
        with self._lock, self._opened() as labelling:
            person, _ = labelling.asked(me)
            labelling.answer(person, [(block, leaf)])

    def _opened(self) -> Opened:
        return Opened(self._settings())


class Opened:
    """The labelling of a workspace for one request."""

    def __init__(self, settings: Settings) -> None:
        """Open the store."""
        self._store = open_store(settings.workspace, settings.database_url)
        self._labelling = Labelling(self._store, settings)

    def __enter__(self) -> Labelling:
        """What takes the labels."""
        return self._labelling

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self._store.close()


def _page(desk: Desk, site: Site, request: Request, me: str, *, at: int = 0, says: str = "") -> Response:
    blocks = desk.asked(me) if me else ()
    place = at or next((n for n, one in enumerate(blocks, start=1) if not one.answered), len(blocks) + 1)
    shown = _shown(blocks[place - 1]) if 0 < place <= len(blocks) else None
    response = site.show(
        request, "label.html", me=me, person=bool(me), block=shown, place=place, whole=len(blocks), says=says,
        purposes=PURPOSES, headings=HEADINGS, back=BACK, known=visitor_of(request).by != "machine",
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


def _shown(one: Asked) -> dict[str, object]:
    return {
        "block": one.block,
        "title": one.title,
        "when": f"{one.starts_at.astimezone():%A %d %B, %H:%M}",
        "minutes": one.minutes,
        "who": f"{one.people} invited" if one.people > 1 else "nobody else in it",
        "answered": one.answered,
    }
