"""What every set of addresses is given: where the workspace is, its pages, and the frame they stand in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from prodops.serve.people.people import People
from prodops.serve.settings import Settings
from prodops.serve.shown.allowed import shown_to
from prodops.serve.shown.html import STYLE
from prodops.serve.web.admission import visitor_of
from prodops.serve.web.forms import template
from prodops.serve.web.framing import frame_of, say, told
from prodops.serve.web.snapshots import Snapshots
from prodops.serve.work.work import Work

__all__ = ["Site", "say"]


@dataclass(frozen=True, slots=True)
class Site:
    """The site of one workspace.

    Attributes:
        settings: Says where the workspace is, and each time anew which day it is.
        snapshots: The pages, computed once per version of the ledger.
        people: Who may come in, and what they did.
        work: Long work, asked for by addresses and done beside them.
    """

    settings: Callable[[], Settings]
    snapshots: Snapshots
    people: People
    work: Work

    def article(self, request: Request, html: str) -> Markup:
        """What a page of ours says, as its reader's role has it: without ways that end in a refusal.

        Args:
            request: Who asks, and for what.
            html: The article, made for everybody.
        """
        return Markup(shown_to(html, visitor_of(request).role))  # noqa: S704 (our own template made it)

    def show(
        self, request: Request, name: str, *, status: int = 200, knows: int | None = None, **given: object
    ) -> Response:
        """A template in the frame of the site.

        Args:
            request: Who asks, and for what.
            name: The template's file.
            status: The HTTP status.
            knows: The newest entry of the log that it knows; None where it is made from what is newest.
            given: What the template is given besides the frame's own; an `article` as it was made for all.
        """
        if "article" in given:
            given["article"] = self.article(request, str(given["article"]))
        visitor = getattr(request.state, "visitor", None)
        text = template(name).render(frame=frame_of(request), style=STYLE, visitor=visitor, **given)
        response = HTMLResponse(text, status_code=status)
        told(request, response, knows=knows)
        return response
