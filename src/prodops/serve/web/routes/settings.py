"""One's own account: password, open sessions, signing out everywhere."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from prodops.serve.people.passwords import SHORTEST
from prodops.serve.people.people import People
from prodops.serve.people.roles import PeopleError, Visitor
from prodops.serve.people.secret import digest_of
from prodops.serve.people.sessions import KEY_LETTERS
from prodops.serve.people.throttle import FAILED
from prodops.serve.web.admission import Needs, visitor_of
from prodops.serve.web.cookies import KNOWN, drop_cookie, read_cookie
from prodops.serve.web.refusals import SIGN_IN
from prodops.serve.web.site import Site, say

Password = Annotated[str, Form(max_length=2_000)]


def routes(site: Site) -> APIRouter:
    """The addresses under `/settings`.

    Args:
        site: Whose settings they are.
    """
    router = APIRouter(dependencies=[Depends(Needs("viewer"))])
    _about_me(router, site)
    _sessions(router, site)
    return router


SLOWLY = PeopleError(
    "The present password was wrong several times.", remedy="Wait a quarter of an hour, then try again."
)


def _about_me(router: APIRouter, site: Site) -> None:
    people = site.people

    @router.api_route("/settings", methods=["GET", "HEAD"])
    def _settings(request: Request) -> Response:
        return _page(site, request)

    @router.post("/settings/password")
    def _password(request: Request, old: Password = "", new: Password = "") -> Response:
        me, place = visitor_of(request), request.client.host if request.client else ""
        if people.throttle.waits(me.email, place, known=read_cookie(request, KNOWN)):
            return _page(site, request, error=SLOWLY, status=429)
        try:
            _change(people, me, old, new, place=place)
        except PeopleError as error:
            return _page(site, request, error=error)
        response = RedirectResponse(SIGN_IN, status_code=303)
        say(response, "The password is changed. Sign in with it; every other browser must as well.")
        drop_cookie(request, response)
        return response


def _change(people: People, me: Visitor, old: str, new: str, *, place: str) -> None:
    """Set another password; a wrong present one counts like a sign-in that failed.

    Raises:
        PeopleError: Nobody signed in by a browser, the present one is wrong, or the new one will not do.
    """
    if me.by != "browser":
        raise PeopleError("A password is changed by whoever signed in.", remedy="Sign in by a browser.")
    if people.accounts.with_password(me.email, old) is None:
        about = people.throttle.about(me.email, place)
        people.log.note(me.account, FAILED, "POST /settings/password", about=about, status=422)
        raise PeopleError("The present password is not right.", remedy="Type it again.")
    people.accounts.set_password(me.account, new)


def _sessions(router: APIRouter, site: Site) -> None:
    sessions = site.people.sessions

    @router.post("/settings/signout")
    def _sign_out(request: Request, key: Annotated[str, Form(max_length=20)] = "") -> Response:
        try:
            sessions.end_one(visitor_of(request).account, key)
        except PeopleError as error:
            return _page(site, request, error=error)
        response = RedirectResponse("/settings", status_code=303)
        say(response, "That browser is signed out.")
        return response

    @router.post("/settings/signout/everywhere")
    def _everywhere(request: Request) -> Response:
        sessions.end_all(visitor_of(request).account)
        response = RedirectResponse(SIGN_IN, status_code=303)
        drop_cookie(request, response)
        return response


def _page(site: Site, request: Request, *, error: PeopleError | None = None, status: int = 422) -> Response:
    me, people = visitor_of(request), site.people
    machine = me.by == "machine"
    response = site.show(
        request, "settings.html", status=status if error else 200, me=me, machine=machine,
        account=None if machine else people.accounts.of(me.account),
        sessions=() if machine else people.sessions.open_of(me.account),
        here=digest_of(read_cookie(request))[:KEY_LETTERS], shortest=SHORTEST, idle=people.door.idle,
        longest=people.door.longest, says=f"{error.says} {error.remedy}" if error else "",
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response
