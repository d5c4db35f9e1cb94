"""Every action as a page: `/act/NAME?field=value` is its form, filled in; sending it declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Annotated
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from prodops.actions import units
from prodops.actions.deed import fields_of, meant, name_of_deed, sentence_of, spelt, undo_fields_of
from prodops.ledger.store import Store
from prodops.serve.deeds.choices import Choices
from prodops.serve.deeds.desk import Asked, Desk, Done, RefusedError
from prodops.serve.deeds.form import form_of
from prodops.serve.deeds.overtaken import OvertakenDeedError
from prodops.serve.deeds.reading import UnreadableError, read_values
from prodops.serve.deeds.recent import recent
from prodops.serve.deeds.told import changed_lines, done_of, place_of, undo_values
from prodops.serve.deeds.ways import Objection, objection_of
from prodops.serve.web.admission import ADMITTED, Needs, actor, visitor_of
from prodops.serve.web.site import Site, say
from prodops.serve.web.snapshots import Snapshots

MOST_FIELDS = 600
"""Fields that a form may send: the choices of every field among them."""

NOT_ASKED = frozenset({"seen", "undo"})
"""What a form says of itself and no action asks for."""

_DESKS: WeakKeyDictionary[Snapshots, Desk] = WeakKeyDictionary()


def desk_of(site: Site) -> Desk:
    """The one desk of a site."""
    if site.snapshots not in _DESKS:
        _DESKS[site.snapshots] = Desk(site.settings)
    return _DESKS[site.snapshots]


async def sent(request: Request) -> dict[str, list[str]]:
    """What a form sends, by field; files are none of it."""
    form = await request.form(max_fields=MOST_FIELDS, max_files=0)
    found: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if not isinstance(value, UploadFile):
            found.setdefault(name, []).append(value)
    return found


Sent = Annotated[dict[str, list[str]], Depends(sent)]


def routes(site: Site) -> APIRouter:
    """The addresses under `/act`.

    Args:
        site: Where things are declared.
    """
    router = APIRouter(dependencies=[Depends(Needs("contributor"))])
    acting = Acting(site)

    @router.api_route("/act", methods=["GET", "HEAD"])
    def _all(request: Request) -> Response:
        return site.show(request, "acts.html", pillars=_pillars(request), recent=recent(acting.store))

    @router.api_route("/act/{name}", methods=["GET", "HEAD"])
    def _form(request: Request, name: str) -> Response:
        unit = _unit(request, name)
        query = request.query_params
        if "_" in name:
            return RedirectResponse(str(request.url.replace(path=f"/act/{spelt(name)}")), status_code=308)
        written = {key: query.getlist(key)[:200] for key in query if key not in NOT_ASKED}
        return acting.form(request, unit, written, undo=query.get("undo") == "yes")

    @router.post("/act/{name}")
    def _act(request: Request, name: str, form: Sent) -> Response:
        return acting.act(request, _unit(request, name), form, undo=False)

    @router.post("/act/{name}/undo")
    def _undo(request: Request, name: str, form: Sent) -> Response:
        return acting.act(request, _unit(request, name), form, undo=True)

    @router.post("/act/{name}/undo/{entry}")
    def _take_back(request: Request, name: str, entry: int) -> Response:
        return acting.take_back(request, _unit(request, name), entry)

    return router


class Acting:
    """What is answered to somebody who wants something done."""

    def __init__(self, site: Site) -> None:
        """Take the site."""
        self._site = site
        self._desk = desk_of(site)
        self._choices = Choices()

    @property
    def store(self) -> Store:
        """The workspace in which it is done."""
        return self._desk.store

    def act(
        self, request: Request, unit: ModuleType, form: Mapping[str, list[str]], *, undo: bool
    ) -> Response:
        """Do it, or show what would do.

        Args:
            request: Who asks.
            unit: The action's module.
            form: What was sent.
            undo: Whether it is taken back.
        """
        written = {name: values for name, values in form.items() if name not in NOT_ASKED}
        known = undo_fields_of(unit) if undo else fields_of(unit)
        try:
            values = read_values(known, written, typed=False)
        except UnreadableError as error:
            return self.form(request, unit, written, wrong=error.fields, undo=undo, status=422)
        seen = (form.get("seen") or [""])[0]
        asked = Asked(
            unit=unit, values=values, by=actor(request, self._site.settings()), undo=undo,
            seen=int(seen) if seen.isdecimal() and len(seen) < 12 else None,
        )  # fmt: skip
        return self._answered(request, asked, written)

    def take_back(self, request: Request, unit: ModuleType, entry: int) -> Response:
        """Take back what was declared with an entry of the log.

        Args:
            request: Who asks.
            unit: The action's module.
            entry: The entry's number.
        """
        records = self._desk.declared_with(entry) if 0 < entry < 2**53 else ()
        missing = not records or any(not hasattr(records[0], one) for one in unit.DEED.undo.values())
        if missing:
            raise HTTPException(404)
        values = undo_values(unit, records)
        asked = Asked(
            unit=unit, values=values, by=actor(request, self._site.settings()), undo=True,
            seen=entry + len(records) - 1,
        )  # fmt: skip
        return self._answered(request, asked, {name: [str(value)] for name, value in values.items()})

    def form(
        self, request: Request, unit: ModuleType, written: Mapping[str, Sequence[str]], *,
        wrong: Mapping[str, str] | None = None, objections: Sequence[Objection] = (),
        changed: Sequence[str] = (), undo: bool = False, status: int = 200,
    ) -> Response:  # fmt: skip
        """The form of an action.

        Args:
            request: Who asks.
            unit: The action's module.
            written: What is filled in.
            wrong: What is wrong with a field.
            objections: What speaks against what was sent.
            changed: What somebody else declared meanwhile.
            undo: Whether it takes the action back.
            status: The HTTP status.
        """
        seen, ledger = self._desk.seen(), self._desk.ledger()
        if undo and unit.DEED.final:
            raise HTTPException(404)
        form = form_of(unit, ledger, self._choices, written, wrong=wrong or {}, undo=undo)
        response = self._site.show(
            request, "act.html", status=status, form=form, deed=unit.DEED, sentence=sentence_of(unit),
            objections=[one for one in objections if not _shown_beside(one, form)],
            beside={one.field: one for one in objections if _shown_beside(one, form)},
            changed=changed, seen=seen,
        )  # fmt: skip
        response.headers["Cache-Control"] = "no-store"
        return response

    def _answered(self, request: Request, asked: Asked, written: Mapping[str, Sequence[str]]) -> Response:
        unit, undo = asked.unit, asked.undo
        try:
            done = self._desk.declare(asked)
        except RefusedError as refused:
            flat = {name: values if len(values) > 1 else "".join(values) for name, values in written.items()}
            said = [objection_of(unit, one, flat) for one in refused.objections]
            return self.form(request, unit, written, objections=said, undo=undo, status=409)
        except OvertakenDeedError as overtaken:
            changed = changed_lines(overtaken.changed)
            return self.form(request, unit, written, changed=changed, undo=undo, status=409)
        self._site.snapshots.make(unit.DEED.page)  # whoever goes on to the pages finds them made
        return _redirected(unit, done, undo=undo)


def _redirected(unit: ModuleType, done: Done, *, undo: bool) -> Response:
    """To what shows the thing that changed, with the sentence and the way back."""
    response = RedirectResponse(f"/{place_of(unit, done.records)}", status_code=303)
    back = "" if undo or unit.DEED.final else f"/act/{spelt(name_of_deed(unit))}/undo/{done.entry}"
    say(response, done_of(unit, done.records, undo=undo), undo=back, entry=done.last)
    return response


def _shown_beside(objection: Objection, form: object) -> bool:
    """Whether an objection has a field to stand beside."""
    inputs = getattr(form, "inputs", ()) + getattr(form, "rare", ())
    return any(one.field.name == objection.field for one in inputs)


def _unit(request: Request, name: str) -> ModuleType:
    unit = units().get(meant(name))
    if unit is None:
        raise HTTPException(404)
    if visitor_of(request).role not in ADMITTED[unit.DEED.role]:
        raise HTTPException(403)
    return unit


def _pillars(request: Request) -> dict[str, list[tuple[str, str, str]]]:
    """Name, title and sentence of the actions that somebody may do, by pillar."""
    role, found = visitor_of(request).role, dict[str, list[tuple[str, str, str]]]()
    for name, unit in units().items():
        if role in ADMITTED[unit.DEED.role]:
            pillar = unit.__name__.split(".")[-2]
            found.setdefault(pillar.capitalize(), []).append(
                (spelt(name), unit.DEED.title, sentence_of(unit))
            )
    return dict(sorted(found.items()))
