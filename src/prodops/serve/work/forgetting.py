"""What long work keeps of files that may name a person: it goes when somebody is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.serve.intake.unread import sweep_unread
from prodops.serve.work.jobs import Jobs

if TYPE_CHECKING:
    from pathlib import Path

    from prodops.ledger.state import State


def forget_work(workspace: Path, state: State) -> None:
    """Let go of ended jobs, whose file names may hold names, and of tables that nobody has named yet.

    Args:
        workspace: The workspace.
        state: Its state database.
    """
    Jobs(state).clear(keep_days=0)
    sweep_unread(workspace, keep_days=0)
