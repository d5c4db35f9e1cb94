"""What an owner does with all of it at once: back up, write everything out, forget somebody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import FileResponse, RedirectResponse
from starlette.exceptions import HTTPException

from prodops.ledger.manifest import OvertakenError
from prodops.serve.forgetting import forget
from prodops.serve.keeping.handed import KEPT, archive_at, archives
from prodops.serve.keeping.retention import retain
from prodops.serve.people.roles import PeopleError
from prodops.serve.web.admission import Needs, visitor_of
from prodops.serve.web.site import Site, say

Handle = Annotated[str, Form(max_length=320)]

READ = ["GET", "HEAD"]


def routes(site: Site) -> APIRouter:
    """The addresses under `/keeping`, for owners.

    Args:
        site: What is kept.
    """
    router = APIRouter(dependencies=[Depends(Needs("owner"))])

    @router.api_route("/keeping", methods=READ)
    def _keeping(request: Request) -> Response:
        return _page(site, request)

    _archives(router, site)
    _forgetting(router, site)
    return router


def _archives(router: APIRouter, site: Site) -> None:
    for address, kind in (("backup", "back_up"), ("everything", "hand_out")):
        router.add_api_route(
            f"/keeping/{address}", _asking(site, kind), methods=["POST"], name=f"keep_{kind}"
        )

    @router.api_route("/keeping/archives/{name}", methods=READ)
    def _fetch(request: Request, name: str) -> Response:
        path = archive_at(site.settings().workspace, name)
        if path is None:
            raise HTTPException(
                404, "It was fetched long ago, or somebody was forgotten since: ask for a new one."
            )
        request.state.told = True  # it holds everybody's records, so that it was fetched is written down
        return FileResponse(
            path, filename=name, media_type="application/zip", headers={"Cache-Control": "no-store"}
        )


def _asking(site: Site, kind: str) -> Callable[[Request], Response]:
    def ask(request: Request) -> Response:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        key = site.work.ask(kind, {"at": at}, by=visitor_of(request).account)
        return RedirectResponse(f"/jobs/{key}", status_code=303)

    return ask


def _forgetting(router: APIRouter, site: Site) -> None:
    @router.post("/keeping/forget")
    def _forget(request: Request, who: Handle = "", also: Handle = "", again: Handle = "") -> Response:
        given = {"who": who, "also": also}
        if not who.strip() or again.strip() != who.strip():
            says = "Type the same twice: what is forgotten does not come back."
            return _page(site, request, says=says, given=given, status=422)
        handles = [one.strip() for one in (who, *also.split(";")) if one.strip()]
        try:
            forgotten = forget(site.settings(), handles)
        except PeopleError as error:
            return _page(site, request, says=f"{error.says} {error.remedy}", given=given, status=422)
        except ValueError:
            says = "That is no address and no name: type letters or digits."
            return _page(site, request, says=says, given=given, status=422)
        except OvertakenError:
            says = "Others keep loading files: wait until they are done, then forget again."
            return _page(site, request, says=says, given=given, status=409)
        response = RedirectResponse("/keeping", status_code=303)
        # Who it was is said nowhere: it would be remembered by the browser and by what stands between.
        say(
            response,
            f"Forgotten: {forgotten.people:,} roster entries are gone, {forgotten.files:,} evidence files "
            f"and {forgotten.declarations:,} declarations were rewritten.",
        )
        return response


def _page(
    site: Site, request: Request, *, says: str = "", given: dict[str, str] | None = None, status: int = 200
) -> Response:
    settings = site.settings()
    now = datetime.now(UTC)
    kept = retain(site.snapshots.state, settings.workspace, settings.keep, now=now, dry_run=True)
    response = site.show(
        request, "keeping.html", status=status, archives=archives(settings.workspace), says=says, kept=kept,
        given=given or {"who": "", "also": ""}, hours=round(KEPT.total_seconds() / 3_600),
        folder=settings.workspace.resolve().name,
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response
