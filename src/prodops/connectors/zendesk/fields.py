"""Fields of Zendesk's JSON and tables, whatever their type turns out to be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from prodops.ledger.record import PersonId, RecordId, person_id
from prodops.text.moments import MomentError, parse_moment

_AUTO = re.compile(
    r"\bauto(?:matic(?:ally)?)?[\s_-]*(?:clos|solv|resolv)|\binactiv|\bstale\b|\bno[\s_-]?(?:reply|response)|"
    r"\btimed?[\s_-]?out\b|\babandon"
)
ENDED = frozenset({"solved", "closed"})


class TicketError(ValueError):
    """Something that cannot be read; `code` and `remedy` as a problem has them."""

    def __init__(self, code: str, says: str, remedy: str = "export it again") -> None:
        super().__init__(says)
        self.code = code
        self.remedy = remedy


def text(table: object, *path: str) -> str:
    """The trimmed text at a path of keys, a number as written; empty when there is none."""
    value = inside(table, *path)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def inside(table: object, *path: str) -> object:
    """The value at a path of keys; None when the path leads nowhere."""
    value = table
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def mappings(value: object) -> list[Mapping[str, object]]:
    """The mappings of a list; nothing when it is no list."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def moment(written: object) -> datetime | None:
    """The moment of a value; None when there is none.

    Raises:
        TicketError: There is one, and it is impossible.
    """
    if isinstance(written, bool) or not isinstance(written, str | int | float) or written == "":
        return None
    try:
        return parse_moment(written, tz=UTC)
    except MomentError as error:
        raise TicketError("bad_date", str(error)[:100], "correct the date and add the file again") from error


def feedback_id(ticket: str) -> RecordId:
    """The id of a ticket's feedback."""
    return RecordId(f"zendesk:feedback:{ticket}")


def person(user: str, addresses: Mapping[str, str]) -> PersonId | None:
    """The pseudonym of a user: by address when the export holds the users, else by number."""
    if not user or user == "-1":
        return None
    return person_id(addresses.get(user) or f"zendesk user {user}")


def closes_itself(words: str) -> bool:
    """Whether a tag or the name of a rule says that something closes without a person."""
    return bool(_AUTO.search(words.casefold()))
