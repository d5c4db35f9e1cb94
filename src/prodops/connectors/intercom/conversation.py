"""One conversation: what the customer wrote, when a person answered, how it ended."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from prodops.ledger.feedback import Feedback, FeedbackEvent
from prodops.ledger.reading import Problem, problem
from prodops.ledger.record import Citation, PersonId, Prose, Record, RecordId, person_id
from prodops.text.markup import plain
from prodops.text.moments import MomentError, parse_moment

_CUSTOMERS = frozenset({"user", "lead", "contact", "customer"})
_TEAM = frozenset({"admin", "team", "teammate"})
_ANSWERS = frozenset({"comment", "close", "open", "assignment", "quick_reply", "default_assignment"})
"""Kinds of part whose words the customer sees; a note is seen by the team alone."""
_AUTO_TAG = re.compile(
    r"\bauto[\s_-]*(?:matic(?:ally)?)?[\s_-]*clos|inactiv|no[\s_-]?(?:reply|response)", re.IGNORECASE
)

_FREE_MAIL = frozenset(
    "gmail googlemail outlook hotmail live msn yahoo ymail icloud me mac aol gmx web proton protonmail mail "
    "yandex qq 163 126 zoho fastmail".split()
)
"""First labels of domains under which anybody may have an address, so that they tell no company."""


class ConversationError(ValueError):
    """A conversation that cannot be read; `code` and `remedy` as a problem has them."""

    def __init__(self, code: str, says: str, remedy: str) -> None:
        super().__init__(says)
        self.code = code
        self.remedy = remedy


def read_conversation(
    source: str, where: str, value: Mapping[str, object]
) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """The message and its events, and what was wrong with single parts.

    A conversation that the team or a bot began is feedback from the first reply of a customer on; without
    one it gives nothing.

    Raises:
        ConversationError: It has no moment of creation, or an impossible one.
    """
    cite = Citation(source, where)
    own = RecordId(f"intercom:feedback:{value.get('id')}")
    parts = _parts(value)
    events, notes = _events(cite, own, parts)
    opening = _opening(value)
    created = _required_moment(value, "created_at")
    began = _kind(opening)
    text, writer = _string(opening, "body"), opening
    if began not in _CUSTOMERS and began:
        reply = next((part for part in parts if _kind(part) in _CUSTOMERS), None)
        replied_at = _statistic(value, "first_contact_reply_at") or _moment(
            _inside(value, "first_contact_reply", "created_at")
        )
        if reply is None and replied_at is None:
            return (), tuple(notes)
        text, writer = (_string(reply, "body"), reply) if reply else ("", {})
        created = replied_at or _moment(_inside(reply, "created_at")) or created
    return (
        _feedback(cite, own, value, created=created, text=text, writer=writer, events=events),
        *events,
    ), tuple(notes)


def _feedback(
    cite: Citation,
    own: RecordId,
    value: Mapping[str, object],
    *,
    created: datetime,
    text: str,
    writer: Mapping[str, object],
    events: list[FeedbackEvent],
) -> Feedback:
    opening = _opening(value)
    answered_at = _statistic(value, "first_admin_reply_at")
    answers = [event.at for event in events if event.kind == "answered" and event.at >= created]
    closed_at, closed_how = _ending(value, events)
    topics = _names(_inside(value, "topics", "topics"))
    title = _string(value, "title") or _string(opening, "subject")
    return Feedback(
        id=own,
        cite=cite,
        channel=_string(opening, "type") or "intercom",
        topic=topics[0] if topics else "",
        company=_company(writer),
        author=_person(writer),
        title=Prose(plain(title)),
        text=Prose(plain(text)),
        created_at=created,
        first_answer_at=max(answered_at, created) if answered_at else min(answers, default=None),
        closed_at=closed_at if closed_at is None or closed_at >= created else created,
        closed_how=closed_how,
        status=_string(value, "state") or ("open" if value.get("open") is True else ""),
        tags=_names(_inside(value, "tags", "tags") or value.get("tags")),
        answers_recorded=isinstance(value.get("statistics"), dict) or bool(_parts(value)),
    )


def _ending(value: Mapping[str, object], events: list[FeedbackEvent]) -> tuple[datetime | None, str]:
    """When and how it was closed; nothing while it is open or snoozed."""
    if value.get("state") != "closed" and not (value.get("state") is None and value.get("open") is False):
        return None, ""
    ends = [event for event in events if event.kind in {"closed", "auto_closed", "merged"}]
    closed_at = (
        _statistic(value, "last_close_at")
        or (ends[-1].at if ends else None)
        or _moment(value.get("updated_at"))
    )
    tags = _names(_inside(value, "tags", "tags") or value.get("tags"))
    if closed_at is None:
        return None, ""
    if any(_AUTO_TAG.search(tag) for tag in tags):
        return closed_at, "auto_closed"
    return closed_at, ends[-1].kind if ends else "closed"


def _events(
    cite: Citation, own: RecordId, parts: list[Mapping[str, object]]
) -> tuple[list[FeedbackEvent], list[Problem]]:
    events: list[FeedbackEvent] = []
    notes: list[Problem] = []
    seen: set[str] = set()
    for number, part in enumerate(parts):
        where = f"{cite.locator}.conversation_parts[{number}]"
        key = _string(part, "id") or str(number)
        kind = _part_kind(part)
        if not kind or key in seen:
            continue
        seen.add(key)
        try:
            at = _required_moment(part, "created_at")
        except ConversationError as error:
            says, remedy = str(error), "export the conversation again"
            notes.append(problem(cite.source, where, error.code, says=says, remedy=remedy, lost=False))
            continue
        events.append(
            FeedbackEvent(
                id=RecordId(f"intercom:event:{own.removeprefix('intercom:feedback:')}:{key}"),
                cite=Citation(cite.source, where),
                feedback=own,
                at=at,
                kind=kind,
                author=_person(part),
                words=Prose(plain(_string(part, "body"))),
            )
        )
    return sorted(events, key=lambda event: event.at), notes


def _part_kind(part: Mapping[str, object]) -> str:
    """What a part of a conversation is to the loop; empty for what does not matter to it."""
    kind, by = _string(part, "part_type"), _kind(part)
    if kind.startswith("merged"):
        return "merged"
    if kind == "close":
        return "auto_closed" if by == "bot" else "closed"
    if _string(part, "body") and by in _TEAM and kind in _ANSWERS:
        return "answered"
    if kind == "open":
        return "reopened"
    return "assigned" if "assignment" in kind else ""


def _parts(value: Mapping[str, object]) -> list[Mapping[str, object]]:
    parts = value.get("conversation_parts")
    listed = parts.get("conversation_parts") if isinstance(parts, dict) else parts
    return [part for part in listed if isinstance(part, dict)] if isinstance(listed, list) else []


def _opening(value: Mapping[str, object]) -> Mapping[str, object]:
    opening = value.get("source") or value.get("conversation_message")
    return opening if isinstance(opening, dict) else {}


def _kind(message: object) -> str:
    return _string(_inside(message, "author"), "type").casefold()


def _person(message: object) -> PersonId | None:
    author = _inside(message, "author")
    handle = _string(author, "email")
    key = _string(author, "id")
    if handle:
        return person_id(handle)
    return person_id(f"intercom {key}") if key else None


def _company(message: object) -> str:
    """Whoever writes under one domain is of one company; as a digest, for a domain may be a person's name."""
    domain = _string(_inside(message, "author"), "email").casefold().rpartition("@")[2]
    if "." not in domain or domain.partition(".")[0] in _FREE_MAIL:
        return ""
    return "domain:" + hashlib.blake2b(domain.encode(), digest_size=8).hexdigest()


def _names(listed: object) -> tuple[str, ...]:
    found: Iterator[str] = iter(())
    if isinstance(listed, list):
        found = (_string(each, "name") if isinstance(each, dict) else str(each) for each in listed if each)
    return tuple(dict.fromkeys(name for name in found if name))


def _statistic(value: Mapping[str, object], key: str) -> datetime | None:
    return _moment(_inside(value, "statistics", key))


def _required_moment(table: Mapping[str, object], key: str) -> datetime:
    written = table.get(key)
    if written is None or isinstance(written, bool) or not isinstance(written, str | int | float):
        raise ConversationError("no_date", f"no {key}", "export the conversation again")
    try:
        return parse_moment(written, tz=UTC)
    except MomentError as error:
        raise ConversationError(
            "bad_date", f"{key}: {str(error)[:80]}", "export the conversation again"
        ) from error


def _moment(written: object) -> datetime | None:
    if isinstance(written, bool) or not isinstance(written, str | int | float):
        return None
    try:
        return parse_moment(written, tz=UTC)
    except MomentError:
        return None


def _inside(value: object, *path: str) -> object:
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _string(table: object, key: str) -> str:
    value = table.get(key) if isinstance(table, Mapping) else None
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
