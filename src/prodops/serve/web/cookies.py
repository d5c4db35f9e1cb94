"""The cookies of who signs in: set so that no script, other site or plain connection gets at them."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from prodops.serve.people.oidc import Begun
from prodops.serve.people.secret import same, signed

if TYPE_CHECKING:
    from fastapi import Request, Response

KNOWN, ON_THE_WAY = "known", "on_the_way"
"""The browser in which somebody has signed in before; a sign-in that is at the identity provider."""

KNOWN_FOR = timedelta(days=366)

AWAY_FOR = timedelta(minutes=10)
"""How long somebody may take at the identity provider."""


def cookie_name(what: str, request: Request) -> str:
    """The name of one of our cookies: by https one that no other host, path or plain connection can set.

    Args:
        what: Which one; empty for the session's.
        request: By which it comes.
    """
    name = f"prodops_{what}" if what else "prodops"
    return f"__Host-{name}" if request.url.scheme == "https" else name


def read_cookie(request: Request, what: str = "") -> str:
    """What one of our cookies holds; empty where it is not sent."""
    return request.cookies.get(cookie_name(what, request), "")


def set_cookie(request: Request, response: Response, value: str, what: str = "", *, lasts: timedelta) -> None:
    """Let the browser keep something for this site alone."""
    response.set_cookie(
        cookie_name(what, request), value, max_age=int(lasts.total_seconds()), path="/", httponly=True,
        samesite="lax", secure=request.url.scheme == "https",
    )  # fmt: skip


def drop_cookie(request: Request, response: Response, what: str = "") -> None:
    """Let the browser keep it no longer."""
    response.delete_cookie(
        cookie_name(what, request), path="/", httponly=True, samesite="lax",
        secure=request.url.scheme == "https",
    )  # fmt: skip


def sealed(key: bytes, begun: Begun, onward: str, *, until: datetime) -> str:
    """A sign-in on its way as its browser keeps it: it can be read there, but not written.

    Args:
        key: The workspace's own.
        begun: What must come back.
        onward: Where to go afterwards.
        until: When it is no longer good.
    """
    words = [begun.state, begun.nonce, begun.verifier, onward, until.isoformat()]
    text = base64.urlsafe_b64encode(json.dumps(words).encode()).decode()
    return f"{text}.{signed(key, 'on the way', text)}"


def unsealed(key: bytes, value: str, *, now: datetime) -> tuple[Begun, str] | None:
    """The sign-in that a browser kept, and where to go afterwards; None where it is not ours or too old."""
    text, _, mark = value.rpartition(".")
    if not text or not same(mark, signed(key, "on the way", text)):
        return None
    state, nonce, verifier, onward, until = json.loads(base64.urlsafe_b64decode(text))
    if datetime.fromisoformat(until) <= now:
        return None
    return Begun(state=state, nonce=nonce, verifier=verifier), onward
