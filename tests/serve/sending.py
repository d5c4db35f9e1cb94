"""Files sent to a served site as a browser sends them, and the jobs that come of it."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from serve.served import Answer, Site

BOUNDARY = "----a-boundary-that-no-file-holds"
JSON = {"Accept": "application/json"}


def form_of(files: Iterable[tuple[str, bytes]], *, ended: bool = True) -> bytes:
    """The body of a form with files; cut before its end when told."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode()
        + content
        + b"\r\n"
        for name, content in files
    ]
    return b"".join(parts) + (f"--{BOUNDARY}--\r\n".encode() if ended else b"")


def post(site: Site, path: str, body: bytes | str = b"", **headers: str) -> Answer:
    """One request that changes something; header names are written with an underscore."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=120)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("POST", path, body=body, headers=named)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, text)


def send(site: Site, *files: tuple[str, bytes], **headers: str) -> Answer:
    """Send files to the wizard as its script does."""
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return post(site, "/begin/upload", form_of(files), Content_Type=kind, **{**JSON, **headers})


def submit(site: Site, path: str, **fields: str) -> Answer:
    """Send a plain form."""
    kind = "application/x-www-form-urlencoded"
    return post(site, path, urlencode(fields).encode(), Content_Type=kind)


def ended(site: Site, address: str, *, seconds: float = 120) -> dict[str, Any]:
    """A job once it has ended, and the one that computes the pages after it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        told: dict[str, Any] = json.loads(site.ask(f"{address}.json").text)
        if told["ended_at"]:
            if told["result"].get("pages"):
                ended(site, f"/jobs/{told['result']['pages']}", seconds=seconds)
            return told
        time.sleep(0.1)
    raise AssertionError(f"{address} did not end: {told}")


def loaded(site: Site, *files: tuple[str, bytes]) -> dict[str, Any]:
    """Send files, and wait for what comes of them."""
    answer = send(site, *files)
    assert 202 == answer.status, answer.text
    return ended(site, json.loads(answer.text)["job"])
