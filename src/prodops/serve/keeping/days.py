"""For how many days what is not evidence is kept, as it is set from outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class RetentionError(ValueError):
    """A number of days that cannot be read; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How many days each is kept.

    Attributes:
        access_days: Rows of the access log (`PRODOPS_KEEP_ACCESS_DAYS`).
        session_days: Sessions and tokens after their end (`PRODOPS_KEEP_SESSION_DAYS`).
        job_days: Jobs after their end (`PRODOPS_KEEP_JOB_DAYS`).
        reply_days: Replies to programs that may ask the same again (`PRODOPS_KEEP_REPLY_DAYS`).
        unread_days: Tables whose columns nobody named (`PRODOPS_KEEP_UNREAD_DAYS`).
    """

    access_days: int = 365
    session_days: int = 30
    job_days: int = 90
    reply_days: int = 1
    unread_days: int = 30


def retention_of(environment: Mapping[str, str]) -> Retention:
    """The retention that is set.

    Raises:
        RetentionError: A setting is no number of days from 1 on.
    """
    days = {}
    for field in Retention.__slots__:
        name = f"PRODOPS_KEEP_{field.removesuffix('_days').upper()}_DAYS"
        told = environment.get(name, "")
        if not told:
            continue
        if not told.isdecimal() or not 0 < int(told) < 100_000:
            raise RetentionError(f"{name} takes a number of days from 1 on, not {told!r}")
        days[field] = int(told)
    return Retention(**days)
