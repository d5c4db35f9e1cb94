"""The page of the design system: every component as it looks, with the markup that makes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Depends, Request, Response
from markupsafe import Markup

import prodops.serve.shown
from prodops.serve.shown.html import STATIC, STYLE
from prodops.serve.web.admission import Needs
from prodops.serve.web.site import Site

SAMPLES = Path(prodops.serve.shown.__file__).parent / "templates" / "design"
"""One file a component: its title and when it is used in the first line, then its markup."""

_NAMED = re.compile(r'\b(id|for|name|data-opens|aria-(?:describedby|labelledby|label))="([^"]+)"')
_TOKEN = re.compile(r"--([a-z0-9-]+): light-dark\(#")


@dataclass(frozen=True, slots=True)
class Shown:
    """One component on the page.

    Attributes:
        name: Of its sample.
        title: Its title.
        says: When it is used.
        markup: What makes it.
        light: The sample itself.
        dark: The same with names of its own, so that both can stand on one page.
    """

    name: str
    title: str
    says: str
    markup: str
    light: Markup
    dark: Markup


def routes(site: Site) -> APIRouter:
    """The address `/design`.

    Args:
        site: The frame it stands in.
    """
    router = APIRouter(dependencies=[Depends(Needs("viewer"))])

    @router.api_route("/design", methods=["GET", "HEAD"])
    def _design(request: Request) -> Response:
        return site.show(request, "design.html", components=components(), tokens=tokens())

    return router


@cache
def components() -> tuple[Shown, ...]:
    """Every component with its sample."""
    return tuple(_shown(path) for path in sorted(SAMPLES.glob("*.html")))


@cache
def tokens() -> tuple[str, ...]:
    """The names of the colours, as the style has them."""
    return tuple(_TOKEN.findall((STATIC / STYLE).read_text(encoding="utf-8")))


def _shown(path: Path) -> Shown:
    first, _, markup = path.read_text(encoding="utf-8").partition("-->\n")
    title, _, says = first.removeprefix("<!-- ").strip().partition(". ")
    light = Markup(markup)  # noqa: S704 (our own file)
    dark = Markup(_NAMED.sub(r'\1="\2-dark"', markup))  # noqa: S704 (our own file)
    return Shown(path.stem, title, says, markup, light, dark)
