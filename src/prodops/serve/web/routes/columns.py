"""Where a table was not understood: a person says once what its columns mean, and it is read again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from prodops.actions.refusal import ActionRefusedError
from prodops.connectors.feedback_table.columns import SETTINGS
from prodops.connectors.feedback_table.names import FIELDS
from prodops.ledger.sources import LoadedFile
from prodops.ledger.store import Store, open_store
from prodops.serve.column_maps import declare_header
from prodops.serve.intake.headers import SHOWN_COLUMNS, UnknownTable, unknown_table
from prodops.serve.intake.incoming import Arriving
from prodops.serve.intake.load import UNREAD
from prodops.serve.intake.unread import content_of
from prodops.serve.removal import present_sources
from prodops.serve.settings import Settings
from prodops.serve.web.admission import Needs, actor, visitor_of
from prodops.serve.web.site import Site
from prodops.serve.work.jobs import new_key

MOST_FIELDS = 100
ORDERS = ("day_first", "month_first")

Name = Annotated[str, Query(max_length=8_000)]


def routes(site: Site) -> APIRouter:
    """The address `/sources/columns`.

    Args:
        site: Whose files.
    """
    router = APIRouter(dependencies=[Depends(Needs("contributor"))])

    @router.api_route("/sources/columns", methods=["GET", "HEAD"])
    def _form(request: Request, name: Name) -> Response:
        with _opened(site.settings()) as store:
            file, table = _asked(site.settings(), store, name)
        return _page(site, request, file, table)

    @router.post("/sources/columns")
    async def _said(request: Request, name: Name) -> Response:
        form = await request.form(max_files=0, max_fields=MOST_FIELDS)
        return await run_in_threadpool(_read_again, site, request, name, form)

    return router


def _read_again(site: Site, request: Request, name: str, form: FormData) -> Response:
    settings = site.settings()
    with _opened(settings) as store:
        file, table = _asked(settings, store, name)
        if table is None:
            raise HTTPException(404)
        pairs = _pairs(form)
        try:
            declare_header(store, table.header, pairs, by=actor(request, settings), today=settings.today)
        except ActionRefusedError as refused:
            chosen = dict(one.split("=", 1) for one in pairs)
            return _page(site, request, file, table, chosen=chosen, says=str(refused))
        key = _sent_again(settings, store, table)
    site.work.ask("load", by=visitor_of(request).account, key=key)
    return RedirectResponse(f"/jobs/{key}", status_code=303)


def _pairs(form: FormData) -> list[str]:
    """What was chosen, as a column map has it; fields without a column are left out."""
    chosen = {field: str(form.get(field, "")) for field in (*FIELDS, *SETTINGS)}
    chosen["time_zone"] = chosen["time_zone"].strip()
    return [f"{field}={column}" for field, column in chosen.items() if column]


def _sent_again(settings: Settings, store: Store, table: UnknownTable) -> str:
    """Lay every unread table with this header out for a job, which then reads it; the job's key."""
    key = new_key()
    arriving = Arriving(settings.workspace, key, settings.upload)
    try:
        for one in _unread(store):
            content = content_of(settings.workspace, one)
            found = unknown_table(one.name, content) if content else None
            if content and found and found.key == table.key:
                arriving.begin_named(one.name)
                arriving.write(content)
                arriving.finish()
        arriving.keep()
    except BaseException:
        arriving.discard()
        raise
    return key


def _asked(settings: Settings, store: Store, name: str) -> tuple[LoadedFile, UnknownTable | None]:
    """The file that is meant, and the table in it, where its bytes are still at hand."""
    file = next((one for one in _unread(store) if one.name == name), None)
    if file is None:
        raise HTTPException(404)
    content = content_of(settings.workspace, file)
    return file, unknown_table(name, content) if content else None


def _unread(store: Store) -> Sequence[LoadedFile]:
    return [one for one in present_sources(store) if one.reading.connector == UNREAD]


def _opened(settings: Settings) -> Store:
    return open_store(settings.workspace, settings.database_url)


def _page(
    site: Site,
    request: Request,
    file: LoadedFile,
    table: UnknownTable | None,
    *,
    chosen: dict[str, str] | None = None,
    says: str = "",
) -> Response:
    return site.show(
        request, "source_columns.html", status=422 if says else 200, file=file, table=table, says=says,
        chosen=chosen, orders=ORDERS, shown_columns=SHOWN_COLUMNS,
    )  # fmt: skip
