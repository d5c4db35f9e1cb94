"""The tables of the site: who may read and write, what was asked of it, jobs, what was made before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from prodops.ledger.state_tables import state_tables

if TYPE_CHECKING:
    from sqlalchemy import Table


@dataclass(frozen=True, slots=True)
class SiteTables:
    """What the site keeps beside the ledger. Nothing here is evidence; the ledger never reads it.

    Attributes:
        account: One row per person who may sign in, with the role.
        session: One row per signed-in browser, by the digest of its secret.
        api_token: One row per token of a program, by the digest of its secret.
        access: The audit log: every write, and every read of a sensitive page.
        job: One row per piece of long work, with how far it is.
        deed_reply: What a program was told when it asked for a deed, so that asking again does nothing twice.
        page_snapshot: One row per page and program: what it showed at which version of the ledger.
        search_entry: What can be found by words, where the state is PostgreSQL; empty where it is SQLite,
            whose index is a file of its own in the workspace.
        told: One row per time that figures about people were renewed: which, at which revision and
            moment, and the groups beside the whole.
        told_mark: The marks of all parts and sums that were told; no person can be read from one.
    """

    account: Table
    session: Table
    api_token: Table
    access: Table
    job: Table
    deed_reply: Table
    page_snapshot: Table
    search_entry: Table
    told: Table
    told_mark: Table


@cache
def site_tables() -> SiteTables:
    """The tables, as `state_tables` describes them: moments are UTC without a zone."""
    tables = state_tables().metadata.tables
    return SiteTables(**{name: tables[name] for name in SiteTables.__slots__})
