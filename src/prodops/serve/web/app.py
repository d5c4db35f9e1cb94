"""The web application: every address of the site behind its guard, nothing from another address."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from prodops.ledger.state import open_state
from prodops.serve.people.door import LOOPBACK_NAMES
from prodops.serve.people.people import people_of
from prodops.serve.settings import Settings
from prodops.serve.shown.html import STATIC
from prodops.serve.web import routes
from prodops.serve.web.guard import Guard
from prodops.serve.web.refusals import refused
from prodops.serve.web.site import Site
from prodops.serve.web.snapshots import Snapshots
from prodops.serve.work.work import Work


def web_app(settings: Callable[[], Settings]) -> FastAPI:
    """The application over a workspace.

    Args:
        settings: Says where the workspace is, and each time anew which day it is.

    Raises:
        WorkspaceError: The workspace cannot be used.
    """
    app = FastAPI(title="prodops", docs_url=None, redoc_url=None, openapi_url=None)
    now = settings()
    snapshots = Snapshots(settings)
    people = people_of(open_state(now.workspace, now.database_url), now.door)
    units = list(_scan())
    uploads = frozenset(path for unit in units for path in getattr(unit, "UPLOADS", ()))
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK_NAMES, *now.door.hosts])
    most = 2 * now.upload.upload_bytes
    app.add_middleware(Guard, people=people, uploads=uploads, upload_bytes=most)
    app.exception_handler(HTTPException)(refused)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    site = Site(settings, snapshots, people, Work(settings, snapshots.make))
    app.state.waits, app.state.begin = snapshots.waits, snapshots.begin
    for unit in units:
        app.include_router(unit.routes(site))
    return app


def _scan() -> Iterator[ModuleType]:
    """The modules that give addresses, by name."""
    for unit in sorted(pkgutil.iter_modules(routes.__path__), key=lambda one: one.name):
        yield importlib.import_module(f"{routes.__name__}.{unit.name}")
