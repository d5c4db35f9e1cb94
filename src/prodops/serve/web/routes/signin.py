"""Coming in and going out: by a password, or by the identity provider."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from prodops.serve.people.access_log import NOBODY
from prodops.serve.people.accounts import Account, clock
from prodops.serve.people.oidc import Begun, ProviderError, SignInByProvider, Vouched
from prodops.serve.people.people import People
from prodops.serve.people.roles import PeopleError, Visitor
from prodops.serve.people.secret import digest_of
from prodops.serve.people.throttle import FAILED
from prodops.serve.web.admission import Needs
from prodops.serve.web.browsers import browser_of
from prodops.serve.web.cookies import (
    AWAY_FOR,
    KNOWN,
    KNOWN_FOR,
    ON_THE_WAY,
    drop_cookie,
    read_cookie,
    sealed,
    set_cookie,
    unsealed,
)
from prodops.serve.web.refusals import SIGN_IN, own_place
from prodops.serve.web.site import Site

Onward = Annotated[str, Query(alias="next", max_length=2_000)]
Word = Annotated[str, Query(max_length=4_000)]

WRONG = "The address or the password is not right."
SLOWLY = "Too many tries failed. Wait a quarter of an hour, or ask an owner for a new password."
BEGIN_AGAIN = "This sign-in was begun elsewhere or too long ago. Begin again here."


def routes(site: Site) -> APIRouter:
    """The addresses `/signin` and `/signout`.

    Args:
        site: Whose people come in.
    """
    router = APIRouter(dependencies=[Depends(Needs(None))])
    _by_password(router, site)
    _out(router, site)
    if site.people.provider is not None:
        _by_provider(router, site, site.people.provider)
    return router


def _by_password(router: APIRouter, site: Site) -> None:
    @router.api_route(SIGN_IN, methods=["GET", "HEAD"])
    def _form(request: Request, onward: Onward = "") -> Response:
        if request.state.visitor is not None:
            return RedirectResponse(own_place(onward), status_code=303)
        return _page(site, request, onward)

    @router.post(SIGN_IN)
    def _sign_in(
        request: Request,
        email: Annotated[str, Form(max_length=320)] = "",
        password: Annotated[str, Form(max_length=2_000)] = "",
        onward: Annotated[str, Form(alias="next", max_length=2_000)] = "",
    ) -> Response:
        people, place = site.people, request.client.host if request.client else ""
        if people.throttle.waits(email, place, known=read_cookie(request, KNOWN)):
            return _page(site, request, onward, says=SLOWLY, email=email, status=429)
        try:
            account = people.accounts.with_password(email, password)
        except PeopleError as error:
            return _page(site, request, onward, says=f"{error.says} {error.remedy}", email=email, status=503)
        if account is None:
            about = people.throttle.about(email, place)
            people.log.note(NOBODY, FAILED, f"POST {SIGN_IN}", about=about, status=401)
            return _page(site, request, onward, says=WRONG, email=email, status=401)
        return _welcome(people, request, account, onward, "password")


def _out(router: APIRouter, site: Site) -> None:
    @router.post("/signout")
    def _sign_out(request: Request) -> Response:
        visitor: Visitor | None = request.state.visitor
        site.people.sessions.end(read_cookie(request))
        if visitor is not None and visitor.by == "browser":
            site.people.log.note(visitor.account, "sign-out", "POST /signout", status=303)
        response = RedirectResponse(SIGN_IN, status_code=303)
        drop_cookie(request, response)
        response.headers["Clear-Site-Data"] = '"cache"'  # the pages that were read stay nowhere
        return response


def _by_provider(router: APIRouter, site: Site, provider: SignInByProvider) -> None:
    people, used = site.people, UsedOnce()

    @router.get(f"{SIGN_IN}/provider")
    def _away(request: Request, onward: Onward = "") -> Response:
        try:
            begun, where = provider.begin(_back(request))
        except PeopleError as error:
            return _page(site, request, onward, says=f"{error.says} {error.remedy}", status=502)
        response = RedirectResponse(where, status_code=303)
        kept = sealed(people.key, begun, own_place(onward), until=clock() + AWAY_FOR)
        set_cookie(request, response, kept, ON_THE_WAY, lasts=AWAY_FOR)
        return response

    @router.get(f"{SIGN_IN}/back")
    def _returned(
        request: Request, code: Word = "", state: Word = "", error: Word = "", iss: Word = ""
    ) -> Response:
        try:
            begun, onward = _came_back(people, request, state, iss)
            if not used.first(state):
                raise ProviderError("state", BEGIN_AGAIN, remedy="")
            if error or not code:
                raise ProviderError("denied", "The identity provider did not let you in.")
            account = _account(people, provider, provider.finish(code, begun, _back(request)))
        except PeopleError as refused:
            reason = refused.reason if isinstance(refused, ProviderError) else "account"
            people.log.note(NOBODY, FAILED, f"GET {SIGN_IN}/back", about=f"provider {reason}", status=401)
            says = f"{refused.says} {refused.remedy}".strip()
            response = _page(site, request, "", says=says, status=401)
        else:
            response = _welcome(people, request, account, onward, "provider")
        drop_cookie(request, response, ON_THE_WAY)
        return response


def _came_back(people: People, request: Request, state: str, issuer: str) -> tuple[Begun, str]:
    """The sign-in that this browser began, and where to go afterwards.

    Raises:
        ProviderError: It began none, another one, or too long ago, or another provider answers.
    """
    found = unsealed(people.key, read_cookie(request, ON_THE_WAY), now=clock())
    if found is None or found[0].state != state:
        raise ProviderError("state", BEGIN_AGAIN, remedy="")
    wanted = people.door.provider.issuer if people.door.provider else ""
    if issuer and issuer.rstrip("/") != wanted.rstrip("/"):
        raise ProviderError("issuer", "Another provider answered.")
    return found


def _account(people: People, provider: SignInByProvider, who: Vouched) -> Account:
    """The account of somebody whom the provider vouches for.

    Raises:
        PeopleError: They have none and get none, or may not come in.
    """
    role = provider.provider.role if provider.gives_account(who.email) else None
    return people.accounts.by_provider(who.issuer, who.subject, who.email, name=who.name, role=role)


class UsedOnce:
    """States of sign-ins that came back, so that none comes back twice while its cookie is good."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self._until: dict[str, datetime] = {}

    def first(self, state: str) -> bool:
        """Whether a state comes back for the first time."""
        now = clock()
        with self._lock:
            self._until = {one: until for one, until in self._until.items() if until > now}
            if digest_of(state) in self._until:
                return False
            self._until[digest_of(state)] = now + AWAY_FOR
            return True


def _welcome(people: People, request: Request, account: Account, onward: str, by: str) -> Response:
    """Begin a session: always a new one, so that nobody can have put one into this browser before."""
    people.sessions.end(read_cookie(request))
    secret = people.sessions.begin(account.account, browser=browser_of(request.headers.get("user-agent", "")))
    what = f"{request.method} {request.url.path}"
    people.log.note(account.account, "sign-in", what, about=by, status=303)
    response = RedirectResponse(own_place(onward), status_code=303)
    set_cookie(request, response, secret, lasts=people.door.longest)
    set_cookie(request, response, people.throttle.known(account.email), KNOWN, lasts=KNOWN_FOR)
    response.headers["Cache-Control"] = "no-store"
    return response


def _back(request: Request) -> str:
    """The address that the provider sends browsers back to."""
    return f"{request.url.scheme}://{request.url.netloc}{SIGN_IN}/back"


def _page(
    site: Site, request: Request, onward: str, *, says: str = "", email: str = "", status: int = 200
) -> Response:
    people = site.people
    provider = people.provider.provider.name if people.provider else ""
    response = site.show(
        request, "signin.html", status=status, says=says, email=email, onward=own_place(onward),
        onward_quoted=quote(own_place(onward), safe=""), provider=provider, accounts=people.accounts.exist(),
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    if status == 429:
        response.headers["Retry-After"] = "900"
    return response
