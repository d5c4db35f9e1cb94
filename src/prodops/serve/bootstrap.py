"""Wire settings, store and ledger together: the one place where rooms meet."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from prodops.serve.settings import Settings, read_settings

if TYPE_CHECKING:
    from prodops.ledger.ledger import Ledger
    from prodops.ledger.store import Store


class EmptyWorkspaceError(LookupError):
    """A question was asked of a workspace that holds no records yet."""


def open_workspace(workspace: Path | None = None) -> tuple[Settings, Store]:
    """The settings of this process and the store they name; makes the workspace when it is new."""
    from prodops.ledger.store import open_store  # lazy: sqlalchemy costs 390 ms

    settings = read_settings(workspace)
    return settings, open_store(settings.workspace, settings.database_url)


def open_ledger(
    workspace: Path | None = None, *, as_of: str | None = None, not_before: datetime | None = None
) -> Ledger:
    """The ledger of a workspace, as whoever reads may see it.

    Args:
        workspace: Its folder; the environment's when None.
        as_of: A day: only what had been loaded by its end counts, and later meetings are planned.
        not_before: The least moment that counts as now, for records whose last day is known.

    Raises:
        EmptyWorkspaceError: Nothing has been loaded or declared.
    """
    from prodops.serve.removal import present_sources  # lazy: next to the store it costs nothing
    from prodops.serve.told import shown_ledger  # lazy: the same
    from prodops.text.moments import parse_day  # lazy: the same

    settings, store = open_workspace(workspace)
    loaded = present_sources(store) if as_of is None else store.sources()
    if not loaded and store.checkpoint().seq == 0:
        raise EmptyWorkspaceError(str(settings.workspace))
    if as_of is None:
        return shown_ledger(store, today=max(settings.today, not_before or settings.today))
    moment = datetime.combine(parse_day(as_of), time.max, tzinfo=UTC)
    return shown_ledger(store, as_of=moment, today=min(moment, settings.today))
