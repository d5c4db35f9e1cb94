"""The pages of a workspace served to a test, on a port of their own, and asked for as a browser would."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import uvicorn

from prodops.serve.bootstrap import open_workspace
from prodops.serve.intake.load import Intake
from prodops.serve.settings import Settings
from prodops.serve.web.app import web_app

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "organisation"


def load(workspace: Path, *paths: Path) -> Path:
    """The workspace with what lies under the paths."""
    _, store = open_workspace(workspace)
    with store:
        list(Intake(store=store, hints=lambda _: {}, progress=lambda *_: None).take(paths))
    return workspace


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Site:
    """A running application."""

    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """One request; header names are written with an underscore."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, told, text)

    def made(self, *paths: str) -> Site:
        """The same once these pages are made; where much else runs, the first to ask is told to come back."""
        for path in paths:
            until = time.monotonic() + 120
            while self.ask(path).status == HTTPStatus.SERVICE_UNAVAILABLE and time.monotonic() < until:
                time.sleep(0.2)
        return self


@contextmanager
def serving(settings: Callable[[], Settings]) -> Iterator[Site]:
    """The application while it runs."""
    server = uvicorn.Server(uvicorn.Config(web_app(settings), log_level="error"))
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        until = time.monotonic() + 60
        while not server.started and time.monotonic() < until:
            time.sleep(0.01)
        yield Site(listening.getsockname()[1])
        server.should_exit = True
        thread.join(timeout=60)
