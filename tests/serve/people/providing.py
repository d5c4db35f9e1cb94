"""A conformant identity provider in a thread, and a person who signs in at it."""

from __future__ import annotations

import base64
import io
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

import werkzeug.serving
from oidc_provider_mock import User, app  # type: ignore[import-untyped]  # it carries no types

if TYPE_CHECKING:
    from starlette.testclient import TestClient

SITE = "prodops-site"


@dataclass
class IdentityProvider:
    """A provider that runs.

    Attributes:
        port: On this machine.
        swaps: What a wrapper replaces in every request, so that the provider takes one client for another.
        name: What a wrapper lets the provider call itself.
        asked: The paths that were asked for.
        sent: What was sent to it in forms.
    """

    port: int
    swaps: dict[str, str] = field(default_factory=dict)
    name: str = ""
    asked: list[str] = field(default_factory=list)
    sent: list[dict[str, str]] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        return f"http://localhost:{self.port}"

    def lets_in(self, where: str, subject: str) -> str:
        """The address that the provider sends the browser back to, once this person has said yes."""
        address = urlsplit(where)
        connection = HTTPConnection("localhost", self.port, timeout=30)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", f"{address.path}?{address.query}", urlencode({"sub": subject}), form)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        assert answer.status == 302, answer.status
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"

    def signs_in(self, browser: TestClient, subject: str, onward: str = "/problems") -> Any:
        """The whole way: to the provider, and back with its word."""
        away = browser.get("/signin/provider", params={"next": onward})
        assert away.status_code == 303
        return browser.get(self.lets_in(away.headers["location"], subject))


@contextmanager
def providing(*people: User, lasts: timedelta = timedelta(hours=1)) -> Iterator[IdentityProvider]:
    """A provider that knows these people."""
    found = IdentityProvider(0)
    inner = app(require_nonce=True, user_claims=people, access_token_max_age=lasts)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)

    def wrapped(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        found.asked.append(environ["PATH_INFO"])
        environ["HTTP_HOST"] = found.name or environ["HTTP_HOST"]
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        found.sent.append({name: values[0] for name, values in parse_qs(body).items()})
        for old, new in found.swaps.items():
            environ["QUERY_STRING"] = environ["QUERY_STRING"].replace(old, new)
            body = body.replace(old, new)
            environ["HTTP_AUTHORIZATION"] = _swapped(environ.get("HTTP_AUTHORIZATION", ""), old, new)
        environ["wsgi.input"] = io.BytesIO(body.encode())
        environ["CONTENT_LENGTH"] = str(len(body.encode()))
        return inner(environ, start)

    server = werkzeug.serving.make_server("localhost", 0, wrapped, threaded=True)
    found.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join(timeout=30)
        server.server_close()


def _swapped(authorization: str, old: str, new: str) -> str:
    kind, _, value = authorization.partition(" ")
    if kind != "Basic":
        return authorization
    return f"Basic {base64.b64encode(base64.b64decode(value).replace(old.encode(), new.encode())).decode()}"


def query(address: str) -> dict[str, str]:
    """What an address asks."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def free_port() -> int:
    """A port at which nobody answers."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
