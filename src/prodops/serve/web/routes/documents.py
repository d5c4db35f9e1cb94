"""Documents of which there is one for each thing: a ritual's charter, a change's proof."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from markupsafe import Markup
from starlette.exceptions import HTTPException

from prodops.actions.refusal import ActionRefusedError
from prodops.actions.trials import trial_of
from prodops.ledger.ledger import Ledger
from prodops.pages.blocks import Page
from prodops.pages.charter import charter
from prodops.pages.decisions import proof
from prodops.serve.shown.as_json import as_json
from prodops.serve.shown.html import CHART_SCRIPTS, article_html, has_charts
from prodops.serve.web.admission import Needs
from prodops.serve.web.routes.act import desk_of
from prodops.serve.web.site import Site

LONGEST_KEY = 200
JSON = ".json"
READ = ["GET", "HEAD"]


def routes(site: Site) -> APIRouter:
    """The addresses `/charter/KEY` and `/proof/KEY`.

    Args:
        site: Where they are looked up.
    """
    router = APIRouter(dependencies=[Depends(Needs("viewer"))])

    @router.api_route("/charter", methods=READ)
    def _charters() -> Response:
        return RedirectResponse("/operating-model")

    @router.api_route("/charter/{key}", methods=READ)
    def _charter(request: Request, key: str) -> Response:
        return _shown(site, request, key, charter)

    @router.api_route("/proof/{key}", methods=READ)
    def _proof(request: Request, key: str) -> Response:
        return _shown(site, request, key, lambda ledger, one: proof.of(ledger, trial_of(ledger, one)))

    return router


def _shown(site: Site, request: Request, key: str, page_of: Callable[[Ledger, str], Page]) -> Response:
    """A document, made now: it is about one thing and soon made."""
    bare = key[:LONGEST_KEY].removesuffix(JSON)
    try:
        page = page_of(desk_of(site).ledger(), bare)
    except ActionRefusedError as refused:
        raise HTTPException(404, str(refused)) from refused
    if key.endswith(JSON):
        return JSONResponse(as_json(page))
    head = {"name": f"{page.name}/{bare}", "title": page.title, "today": page.today, "version": page.version}
    return site.show(
        request, "page.html", page=head, article=Markup(article_html(page)), itself="",  # noqa: S704 (our own template made it)
        scripts=CHART_SCRIPTS if has_charts(page) else (), stale="",
    )  # fmt: skip
