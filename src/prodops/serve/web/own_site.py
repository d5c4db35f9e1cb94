"""Forms that this site alone may send: what their pages may do, and the refusal of those of other sites."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup
from starlette.exceptions import HTTPException

import prodops.serve.shown
from prodops.serve.shown.lines import harmless

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""As on other pages, but that forms may be sent back to this machine."""

HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Referrer-Policy": "same-origin"}
"""Without a referrer a browser would not say that a form comes from this very site."""


def refuse_foreign(request: Request) -> None:
    """Refuse a form that a page of another site sends: it would answer in the reader's name.

    Raises:
        HTTPException: It comes from elsewhere.
    """
    origin = request.headers.get("origin", "")
    foreign = origin and urlsplit(origin).netloc != request.headers.get("host", "")
    if foreign or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403)


@cache
def form_template(name: str) -> Template:
    """The template of a form; what people wrote is text in it, whatever it looks like."""
    folder = Path(prodops.serve.shown.__file__).parent / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=lambda one: one if isinstance(one, Markup) else harmless(str(one)),
    )  # fmt: skip
    return environment.get_template(name)
