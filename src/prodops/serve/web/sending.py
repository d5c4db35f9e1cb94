"""What programs send, read or refused with a problem in the words of RFC 9457."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.responses import JSONResponse

from prodops.serve.web.refusals import PROBLEM

LONGEST_NUMBER = 9
"""Digits of a number in an address."""

TAG = re.compile(r'"([0-9a-f]{16})\.([0-9]{1,9})"')
"""A version of the ledger and the newest entry of its log."""

NO_VERSION = "none"


async def body(request: Request) -> bytes:
    """What was sent, as it came."""
    return await request.body()


Body = Annotated[bytes, Depends(body)]


class ProblemError(Exception):
    """A request that is answered with a problem.

    Attributes:
        status: The HTTP status.
        body: The problem, in the words of RFC 9457.
    """

    def __init__(self, status: int, says: str, **more: object) -> None:
        """Take the status, what to do, and what else is known."""
        super().__init__(says)
        self.status = status
        self.body = {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": says,
            **more,
        }


def answered(act: Callable[[], Response]) -> Response:
    """The answer, or the problem that stands in its way."""
    try:
        return act()
    except ProblemError as problem:
        return JSONResponse(problem.body, status_code=problem.status, media_type=PROBLEM)


def object_of(request: Request, content: bytes) -> Mapping[str, object]:
    """The object of JSON that was sent.

    Raises:
        ProblemError: It is none.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise ProblemError(415, "Send JSON: Content-Type: application/json")
    try:
        found = json.loads(content.decode(), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ProblemError(400, "The body is no JSON.") from error
    if not isinstance(found, dict):
        raise ProblemError(422, "The body is an object of fields.", fields={})
    return found


def _no_constant(name: str) -> float:
    raise ValueError(name)


def if_match(request: Request) -> tuple[str, int | None]:
    """The version that it must be done on, and the entry of the log that was seen with it.

    What is no tag of ours is no version that the ledger is at.
    """
    given = request.headers.get("if-match", "*")
    if given == "*":
        return "", None
    found = TAG.fullmatch(given)
    return (found[1], int(found[2])) if found else (NO_VERSION, None)


def count_of(name: str, text: str, most: int) -> int:
    """A whole number of an address.

    Raises:
        ProblemError: It is none, or too large.
    """
    bare = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER + 1
    if not bare or int(text) > most:
        raise ProblemError(422, f"{name} is a whole number of 0 to {most:,}.")
    return int(text)


def flag_of(request: Request, name: str) -> bool:
    """Whether an address says true; false where it says nothing.

    Raises:
        ProblemError: It says something else.
    """
    text = request.query_params.get(name, "false")
    if text not in ("true", "false"):
        raise ProblemError(422, f"{name} is true or false.")
    return text == "true"
