"""Tokens by which somebody's own programs come in: made here, shown once, revoked here."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from prodops.serve.people.roles import ROLES, PeopleError, Visitor, within
from prodops.serve.people.sessions import Grant
from prodops.serve.web.admission import Needs, visitor_of
from prodops.serve.web.site import Site, say

USUAL_DAYS = 90


def routes(site: Site) -> APIRouter:
    """The addresses under `/tokens`.

    Args:
        site: Whose tokens they are.
    """
    router = APIRouter(dependencies=[Depends(Needs("viewer"))])
    _made(router, site)
    _ended(router, site)
    return router


def _made(router: APIRouter, site: Site) -> None:
    tokens = site.people.tokens

    @router.api_route("/tokens", methods=["GET", "HEAD"])
    def _tokens(request: Request) -> Response:
        return _page(site, request)

    @router.post("/tokens/create")
    def _create(
        request: Request,
        label: Annotated[str, Form(max_length=80)] = "",
        role: Annotated[str, Form(max_length=20)] = "viewer",
        days: Annotated[int, Form(ge=0, le=10_000)] = USUAL_DAYS,
    ) -> Response:
        me = visitor_of(request)
        try:
            _by_a_person(me)
            made = tokens.create(me.account, me.role, label=label, role=role, days=days)
        except PeopleError as error:
            return _page(site, request, error=error)
        return _page(site, request, made=made)


def _ended(router: APIRouter, site: Site) -> None:
    tokens = site.people.tokens

    @router.post("/tokens/revoke")
    def _revoke(request: Request, key: Annotated[str, Form(max_length=20)] = "") -> Response:
        me = visitor_of(request)
        try:
            _by_a_person(me)
            tokens.revoke(me.account, key)
        except PeopleError as error:
            return _page(site, request, error=error)
        response = RedirectResponse("/tokens", status_code=303)
        say(response, "The token is revoked: it lets nothing in any more.")
        return response


def _by_a_person(me: Visitor) -> None:
    """Refuse tokens that make tokens, and tokens of nobody.

    Raises:
        PeopleError: A program asks, or whoever sits at a machine without accounts.
    """
    if me.by == "token":
        raise PeopleError("A token makes and ends no tokens.", remedy="Sign in by a browser.")
    if me.by == "machine":
        raise PeopleError("A token belongs to an account.", remedy="Make one first, under People.")


def _page(
    site: Site, request: Request, *, error: PeopleError | None = None, made: tuple[Grant, str] | None = None
) -> Response:
    me = visitor_of(request)
    mine = () if me.by == "machine" else site.people.tokens.open_of(me.account)
    response = site.show(
        request, "tokens.html", status=422 if error else 200, tokens=mine, made=made,
        roles=[role for role in ROLES if within(role, me.role)], days=USUAL_DAYS,
        says=f"{error.says} {error.remedy}" if error else "", machine=me.by == "machine",
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response
