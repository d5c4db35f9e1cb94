"""What is refused, as the caller reads: a problem as JSON for programs, a page for people, sign-in first."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException

from prodops.serve.shown.html import message_html, part_html
from prodops.serve.web.framing import frame_of

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGN_IN = "/signin"

PROBLEM = "application/problem+json"

TEXTS = {
    400: ("This could not be read", "Go back and send it again."),
    401: ("Sign in first", "This site asks who you are: sign in, or send a token."),
    403: ("This is not for you to do", "It came from another site, or your role does not allow it."),
    404: ("There is no such page", "The pages that there are stand above."),
    405: ("This address takes no such request", "What can be done here stands on the pages, and at /act."),
    413: ("This is too large", "Send less at once."),
    429: ("Too many tries", "Wait a quarter of an hour, then try again."),
    500: ("Something broke", "It is written in the server's own output. Nothing was declared by halves."),
}
"""For each status what is the matter and what to do."""

ANYTHING_ELSE = ("This cannot be shown", "Go back to the brief.")


async def refused(request: Request, error: Exception) -> Response:
    """The answer to a request that is refused.

    Args:
        request: What was asked.
        error: Why it is refused.
    """
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    title, says = TEXTS.get(status, ANYTHING_ELSE)
    if isinstance(error, HTTPException) and error.detail not in ("", HTTPStatus(status).phrase):
        says = error.detail
    if for_program(request):
        return problem(status, title, says, headers)
    if status == HTTPStatus.UNAUTHORIZED:
        return _to_sign_in(request)
    if "hx-request" in request.headers:
        return HTMLResponse(part_html(title, says), status_code=status, headers=headers)
    frame = replace(frame_of(request), here="/")  # what was asked for leads nowhere, also from the next page
    return HTMLResponse(message_html(title, says, frame), status_code=status, headers=headers)


def problem(status: int, title: str, says: str, headers: Mapping[str, str] | None = None) -> Response:
    """A problem as programs read it (RFC 9457).

    Args:
        status: The HTTP status.
        title: What is the matter.
        says: What to do.
        headers: Sent with it.
    """
    body = {"type": "about:blank", "title": title, "status": status, "detail": says}
    return JSONResponse(body, status_code=status, headers=dict(headers or {}), media_type=PROBLEM)


def for_program(request: Request) -> bool:
    """Whether a program asks, and not somebody who reads pages."""
    path = request.url.path
    return (
        path.endswith(".json")
        or path.startswith("/api/")
        or "authorization" in request.headers
        or request.headers.get("accept", "").partition(",")[0].endswith("json")
    )


def own_place(text: str) -> str:
    """An address of this site to go on to, or the first page where the text is anything else.

    Browsers read a backslash as a slash and drop tabs and line ends, and would be led away by two slashes
    made of those: what is allowed is one slash and then printable characters without backslash.

    Args:
        text: Where somebody wants to go.
    """
    plain = text.isascii() and text.isprintable() and "\\" not in text
    return text if plain and text.startswith("/") and not text.startswith("//") else "/"


def _to_sign_in(request: Request) -> Response:
    """To the page where one signs in, and back from there where nothing was sent."""
    place = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    safe = request.method in ("GET", "HEAD") and "hx-request" not in request.headers and place != "/"
    target = f"{SIGN_IN}?{urlencode({'next': own_place(place)})}" if safe else SIGN_IN
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": target})
    return RedirectResponse(target, status_code=303)
