"""Forget a person everywhere, for every face: records, log, account, jobs, and what was made from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from prodops.ledger.state import open_state
from prodops.ledger.store import open_store
from prodops.serve.people.forgetting import check_forgettable, forget_account
from prodops.serve.work.forgetting import forget_work

if TYPE_CHECKING:
    from prodops.ledger.forgetting import Forgetting
    from prodops.serve.settings import Settings


def forget(settings: Settings, handles: Sequence[str]) -> Forgetting:
    """Forget one person, for good.

    Args:
        settings: Says where the workspace is.
        handles: The person's addresses, account names and written names.

    Raises:
        PeopleError: They are the last owner.
        ValueError: A handle is empty.
        OvertakenError: Others kept changing the workspace.
    """
    state = open_state(settings.workspace, settings.database_url)
    try:
        check_forgettable(state, handles)
        with open_store(settings.workspace, settings.database_url) as store:
            forgotten = store.forget_person(handles)
        forget_work(settings.workspace, state)
        forget_account(state, handles)
    finally:
        state.close()
    return forgotten
