"""The frame of a page for one reader: from their cookies, their role and the address they read."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlencode

from fastapi import Request, Response

from prodops.serve.shown.frame import Frame, Said
from prodops.serve.web.navigation import groups, known

if TYPE_CHECKING:
    from prodops.serve.people.roles import Visitor

THEME, SAID = "prodops_theme", "prodops_said"
THEMES = ("", "light", "dark")

MOST_SAID = 300
"""Characters of what is told of a deed."""

UNDO = re.compile(r"/(?:[A-Za-z0-9._:-]+/)*undo(?:/[A-Za-z0-9._:%-]+)*")
"""Addresses that take something back: a cookie cannot make a button that does anything else."""


def frame_of(request: Request) -> Frame:
    """The frame of what is asked for.

    Args:
        request: Who asks, and for what.
    """
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    theme = request.cookies.get(THEME, "")
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    places = groups(request, visitor.role) if visitor is not None else ()
    return Frame(
        groups=places,
        theme=theme if theme in THEMES else "",
        here=here if request.method in ("GET", "HEAD") else request.url.path,
        searches=visitor is not None and "search" in known(request),
        name=visitor.name if visitor is not None and visitor.by == "browser" else "",
        leaves=visitor is not None and visitor.by == "browser",
        said=said_of(request),
        behind=_behind(request),
    )


def say(response: Response, text: str, undo: str = "", entry: int = 0) -> None:
    """Tell on the next page what was done, until a page is shown that knows it.

    Args:
        response: What goes back now, a redirect to that page.
        text: What was done, in a sentence.
        undo: The address that takes it back by POST, with the word undo in its path; empty for none.
        entry: The last entry of the log that it wrote; 0 where it wrote none.
    """
    told = json.dumps([text[:MOST_SAID], undo, entry], ensure_ascii=False)
    response.set_cookie(SAID, quote(told, safe=""), max_age=300, httponly=True, samesite="lax")


def told(request: Request, response: Response, *, knows: int | None = None) -> None:
    """Let what was said on this page not be said on the next.

    It is said again where the page was made before, or is none: nobody has seen yet what they did.

    Args:
        request: What was asked.
        response: What shows it.
        knows: The newest entry of the log that the page knows; None for one that is made from what is newest.
    """
    said = said_of(request)
    unseen = said is not None and knows is not None and knows < said.entry
    if SAID in request.cookies and response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR and not unseen:
        response.delete_cookie(SAID, httponly=True, samesite="lax")


def said_of(request: Request) -> Said | None:
    """What the cookie says; nothing where somebody else wrote it."""
    try:
        text, undo, entry = json.loads(unquote(request.cookies.get(SAID, "")))
    except (ValueError, TypeError):
        return None
    if not isinstance(text, str) or not isinstance(undo, str) or type(entry) is not int:
        return None
    return Said(text[:MOST_SAID], undo if UNDO.fullmatch(undo) else "", entry)


def _behind(request: Request) -> str:
    """The address of the rows that the page's own address opens beside it."""
    of, offset = request.query_params.get("behind", ""), request.query_params.get("from", "")
    if not of:
        return ""
    return "/evidence?" + urlencode({"of": of, **({"offset": offset} if offset.isdecimal() else {})})
