"""The people of the site: an owner lets them in, says what they may do, and shows them out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from prodops.serve.people import passwords
from prodops.serve.people.accounts import Account
from prodops.serve.people.roles import ROLES, PeopleError
from prodops.serve.web.admission import Needs, visitor_of
from prodops.serve.web.site import Site, say

Short = Annotated[str, Form(max_length=320)]

MEANINGS = {
    "viewer": "reads the pages",
    "contributor": "reads, loads files, declares and undoes",
    "auditor": "reads the pages and the access log, changes nothing",
    "owner": "does everything, and says who may come in",
}


def routes(site: Site) -> APIRouter:
    """The addresses under `/people`.

    Args:
        site: Whose people they are.
    """
    router = APIRouter(dependencies=[Depends(Needs("owner"))])
    _let_in(router, site)
    _change(router, site)
    return router


def _let_in(router: APIRouter, site: Site) -> None:
    accounts = site.people.accounts

    @router.api_route("/people", methods=["GET", "HEAD"])
    def _people(request: Request) -> Response:
        return _page(site, request)

    @router.post("/people/add")
    def _add(request: Request, email: Short = "", name: Short = "", role: Short = "viewer") -> Response:
        password = passwords.drawn()
        try:
            account = accounts.add(email, name=name, role=role, password=password)
        except PeopleError as error:
            return _page(site, request, error=error, given={"email": email, "name": name, "role": role})
        return _page(site, request, told=(account.email, password))


def _change(router: APIRouter, site: Site) -> None:
    accounts, sessions = site.people.accounts, site.people.sessions

    def signed_out(account: str) -> Account:
        changed = accounts.of(account)
        sessions.end_all(changed.account)
        return changed

    _verb(router, site, "disable", accounts.disable, "can no longer come in")
    _verb(router, site, "enable", accounts.enable, "can come in again")
    _verb(router, site, "signout", signed_out, "is signed out everywhere")

    @router.post("/people/role")
    def _role(request: Request, account: Short = "", role: Short = "") -> Response:
        try:
            changed = accounts.set_role(account, role)
        except PeopleError as error:
            return _page(site, request, error=error)
        return _done(f"{changed.name} is now {changed.role}.")

    @router.post("/people/password")
    def _password(request: Request, account: Short = "") -> Response:
        password = passwords.drawn()
        try:
            changed = accounts.set_password(account, password)
        except PeopleError as error:
            return _page(site, request, error=error)
        return _page(site, request, told=(changed.email, password))


def _verb(router: APIRouter, site: Site, name: str, do: Callable[[str], Account], told: str) -> None:
    """An address that does one thing to one account."""

    def act(request: Request, account: Short = "") -> Response:
        try:
            changed = do(account)
        except PeopleError as error:
            return _page(site, request, error=error)
        return _done(f"{changed.name} {told}.")

    router.add_api_route(f"/people/{name}", act, methods=["POST"], name=f"people_{name}")


def _done(text: str) -> Response:
    response = RedirectResponse("/people", status_code=303)
    say(response, text)
    return response


def _page(
    site: Site,
    request: Request,
    *,
    error: PeopleError | None = None,
    told: tuple[str, str] | None = None,
    given: dict[str, str] | None = None,
) -> Response:
    response = site.show(
        request, "people.html", status=422 if error else 200, accounts=site.people.accounts.all(),
        roles=[(role, MEANINGS[role]) for role in ROLES], told=told,
        says=f"{error.says} {error.remedy}" if error else "",
        given=given or {"email": "", "name": "", "role": "viewer"}, me=visitor_of(request).account,
        provider=site.people.provider is not None,
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response
