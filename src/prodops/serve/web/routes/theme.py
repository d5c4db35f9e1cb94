"""The light in which pages are shown: the system's, light or dark, kept by the browser."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from prodops.serve.web.admission import Needs
from prodops.serve.web.framing import THEME
from prodops.serve.web.refusals import own_place
from prodops.serve.web.site import Site

YEAR_IN_SECONDS = 365 * 24 * 60 * 60


def routes(site: Site) -> APIRouter:
    """The address `/theme`.

    Args:
        site: The site, which keeps nothing of it.
    """
    del site
    router = APIRouter(dependencies=[Depends(Needs(None))])

    @router.post("/theme")
    def _choose(
        request: Request,
        theme: Annotated[Literal["system", "light", "dark"], Form()],
        back: Annotated[str, Form(max_length=2_000)] = "/",
    ) -> Response:
        found = RedirectResponse(own_place(back), status_code=303)
        if theme == "system":
            found.delete_cookie(THEME, httponly=True, samesite="lax")
        else:
            secure = request.url.scheme == "https"
            found.set_cookie(
                THEME, theme, max_age=YEAR_IN_SECONDS, httponly=True, samesite="lax", secure=secure
            )
        return found

    return router
