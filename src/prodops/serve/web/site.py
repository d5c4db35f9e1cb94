"""What every set of addresses is given: where the workspace is, its pages, and the frame they stand in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from prodops.pages import units
from prodops.serve.people.people import People
from prodops.serve.settings import Settings
from prodops.serve.web.forms import template
from prodops.serve.web.snapshots import Snapshots
from prodops.serve.work.work import Work

TASKS = (("decide", "Decide"), ("label", "Label blocks"))
"""What is there to be done and not only read; it stands last in the bar."""


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

    def show(self, request: Request, name: str, *, status: int = 200, **given: object) -> Response:
        """A template in the frame of the site.

        Args:
            request: Who asks, and for what.
            name: The template's file.
            status: The HTTP status.
            given: What the template is given besides the frame's own.
        """
        visitor = getattr(request.state, "visitor", None)
        text = template(name).render(pages=titles(), style="prodops.css", visitor=visitor, **given)
        return HTMLResponse(text, status_code=status)


def titles() -> list[tuple[str, str]]:
    """Name and title of every page and task, for the bar."""
    return [*((name, name.replace("-", " ").capitalize()) for name in units()), *TASKS]
