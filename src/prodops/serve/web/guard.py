"""The guard before every address: who asks, from where, how much, and what is written down of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException

from prodops.serve.people.access_log import NOBODY
from prodops.serve.people.people import People
from prodops.serve.people.roles import AT_THE_MACHINE, Visitor
from prodops.serve.web.caller import believe, came_by_proxy
from prodops.serve.web.cookies import read_cookie
from prodops.serve.web.refusals import SIGN_IN, refused

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Answer = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "private, no-cache",
}
"""No script stands in a page, none is compiled at run time, nobody may frame a page, what a page asks for or
sends goes to this site alone, and no cache that several people share keeps a page."""

HSTS = "max-age=31536000"
"""A browser that came by https once comes by nothing else for a year."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""

BODY_BYTES = 1_000_000
"""How much a request may carry where no files are taken."""

SENSITIVE = ("/interviews", "/label", "/report.html")
"""Pages whose reading is written down, besides those that say so by `Needs`."""

ROWS = ("/evidence", "/rows")
"""Where the rows behind a number stand, which hold people's words: written down with the number."""

API = "/api/v1"

OPEN = ("/static/",)
"""What needs nobody to be known: the files of the site's own looks."""

OWN_WORDS = (SIGN_IN, "/signout")
"""Addresses that write themselves down."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Stands before the application.

    Attributes:
        app: What answers.
        people: Who may come in.
        uploads: Addresses that take files.
        upload_bytes: How much a request may carry there; such addresses hold to limits of their own as well,
            and read a little more than those to be able to say so.
    """

    app: Answer
    people: People
    uploads: frozenset[str]
    upload_bytes: int

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        believe(scope, self.people.door.proxies)
        scope.setdefault("state", {})
        request = Request(scope)
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        guarded = self._answering(request, sending)
        try:
            bounded = self._bounded(request, receive)
            await self._admit(request)
        except HTTPException as error:
            response = await refused(request, error)
            await response(scope, receive, guarded)
            return
        try:
            await self.app(scope, bounded, guarded)
        except Exception as error:
            # Told with the headers that every answer has; then the server's log gets it whole.
            if not begun:
                response = await refused(request, error)
                await response(scope, receive, guarded)
            raise

    async def _admit(self, request: Request) -> None:
        """Say who asks, and refuse what another site sends in their name, and files of nobody.

        Raises:
            HTTPException: 401, the token is no good or a file is nobody's; 403, another site sends it.
        """
        request.state.visitor = None
        if request.url.path.startswith(OPEN):
            return
        # Who brings nothing is looked up in a fraction of a millisecond; another thread would cost more.
        bringing = "authorization" in request.headers or read_cookie(request)
        visitor = await run_in_threadpool(self._visitor, request) if bringing else self._visitor(request)
        request.state.visitor = visitor
        by_token = visitor is not None and visitor.by == "token"
        if request.method not in SAFE and not by_token and _foreign(request):
            raise HTTPException(403)
        if visitor is None and request.url.path in self.uploads:
            raise HTTPException(401)  # before a file is read, which happens before its address can refuse

    def _visitor(self, request: Request) -> Visitor | None:
        """Who asks; a token is asked first, and cookies are left aside where there is one.

        Raises:
            HTTPException: 401, the token is not good.
        """
        given = request.headers.get("authorization")
        if given is not None:
            kind, _, secret = given.partition(" ")
            found = self.people.tokens.visitor(secret.strip()) if kind.lower() == "bearer" else None
            if found is None:
                says = "The token is unknown, revoked or expired: make another under /tokens."
                raise HTTPException(401, says, {"WWW-Authenticate": 'Bearer error="invalid_token"'})
            return found
        secret = read_cookie(request)
        found = self.people.sessions.visitor(secret) if secret else None
        if found is None and self._alone(request):
            return AT_THE_MACHINE
        return found

    def _alone(self, request: Request) -> bool:
        """Whether somebody sits at this machine and nobody has an account."""
        here = self.people.door.loopback and not came_by_proxy(request.scope)
        return here and not self.people.accounts.exist()

    def _bounded(self, request: Request, receive: Receive) -> Receive:
        """What comes in, as long as it is not too much.

        Raises:
            HTTPException: 413, it says itself that it is.
        """
        most = self.upload_bytes if request.url.path in self.uploads else BODY_BYTES
        told = request.headers.get("content-length", "0")
        if not told.isdecimal() or int(told) > most:
            raise HTTPException(413)
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise HTTPException(413)
            return message

        return counted

    def _answering(self, request: Request, send: Send) -> Send:
        """What goes out: with the headers, and written down before the caller sees it."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if request.url.scheme == "https":
                    headers.setdefault("Strict-Transport-Security", HSTS)
                kind = _kind(request, message["status"])
                if kind:
                    await run_in_threadpool(self._note, request, kind, message["status"])
            await send(message)

        return guarded

    def _note(self, request: Request, kind: str, status: int) -> None:
        visitor: Visitor | None = getattr(request.state, "visitor", None)
        about = request.query_params.get("of", "")
        what = f"{request.method} {request.url.path}"
        self.people.log.note(visitor.account if visitor else NOBODY, kind, what, about=about, status=status)


def _kind(request: Request, status: int) -> str:
    """How a request is written down; empty where it is not.

    What nobody does is not: whoever has no account could fill the log.
    """
    path = request.url.path
    if getattr(request.state, "visitor", None) is None or path.startswith(OWN_WORDS):
        return ""
    telling = request.method not in SAFE or getattr(request.state, "told", False) or _sensitive(request)
    if not telling:
        return ""
    if status in (401, 403):
        return "refused"
    return "write" if request.method not in SAFE else "read"


def _sensitive(request: Request) -> bool:
    """Whether it shows what single people said or did: a page, its JSON, or the same for programs."""
    path = request.url.path.removesuffix(".json")
    if path.startswith(API):
        path = path.removeprefix(API).removeprefix("/pages")
    if path in ROWS:
        return "of" in request.query_params
    return path in SENSITIVE or path.startswith(tuple(f"{one}/" for one in SENSITIVE))


def _foreign(request: Request) -> bool:
    """Whether a page of another site sends this, which would act in the reader's name."""
    origin = request.headers.get("origin", "")
    elsewhere = origin and urlsplit(origin).netloc != request.headers.get("host", "")
    fetched = request.headers.get("sec-fetch-site", "same-origin")
    return bool(elsewhere) or fetched not in ("same-origin", "none")
