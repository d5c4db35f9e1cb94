"""Intercom conversations to feedback and what happened to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from prodops.connectors.intercom.conversation import ConversationError, read_conversation
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.text.decoding import decode, looks_binary
from prodops.text.json_items import read_items

COVERS: Literal["snapshot", "increment"] = "increment"

_INTO = frozenset({"conversations", "data", "pages_of_conversations"})
_KIND = re.compile(r"\"type\"\s*:\s*\"conversation(?:\.list)?\"")
_OWN_KEYS = frozenset(
    {"conversation_parts", "conversation_message", "waiting_since", "snoozed_until", "conversation_rating"}
    | {
        "first_contact_reply",
        "admin_assignee_id",
        "team_assignee_id",
        "first_admin_reply_at",
        "ai_agent_participated",
    }
)


def recognises(file: SourceFile) -> float:
    """How surely these are Intercom's conversations, by the type they name and keys that only they have."""
    if looks_binary(file.content) or file.head.lstrip("\ufeff \t\r\n")[:1] not in {"{", "["}:
        return 0.0
    keys = {match[1] for match in re.finditer(r"\"([a-z_]{1,40})\"\s*:", file.head)}
    own = len(keys & _OWN_KEYS)
    if _KIND.search(file.head) and own:
        return 0.95
    return 0.9 if own > 1 and "source" in keys else 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry a conversation."""
    if looks_binary(file.content):
        yield _failed(file, "file", "binary", "the file is not text", "export the conversations as JSON")
        return
    seen: set[str] = set()
    empty, page = True, 1
    for item in read_items(decode(file.content).text, into=_INTO, is_item=_is_conversation):
        empty = False
        where = f"page {page}, {item.path or 'end'}" if page > 1 else item.path or "file"
        if item.error:
            yield _failed(
                file, where, "bad_json", f"not JSON: {item.error[:120]}", "export the conversations again"
            )
        elif item.beside:
            page += not item.path
            yield Entry(locator=where, unused="what stands beside the conversations: totals and page marks")
        elif isinstance(item.value, dict) and _is_conversation(item.value):
            yield _entry(file, where, item.value, seen)
        else:
            yield _failed(file, where, "bad_value", "this is no conversation", "leave it out")
    if empty:
        yield _failed(file, "file", "empty_file", "there is no conversation in the file", "export them again")


def _is_conversation(value: Mapping[str, object]) -> bool:
    if value.get("type") == "conversation":
        return True
    return "created_at" in value and "id" in value and ("source" in value or "conversation_message" in value)


def _entry(file: SourceFile, where: str, value: Mapping[str, object], seen: set[str]) -> Entry:
    key = value.get("id")
    if isinstance(key, bool) or not isinstance(key, str | int) or not str(key).strip():
        return _failed(file, where, "no_id", "a conversation without an id", "export the conversations again")
    if str(key) in seen:
        says = f"the conversation {str(key)[:40]!r} stands twice; the first is read"
        return _failed(file, where, "duplicate_id", says, "leave one of them out")
    seen.add(str(key))
    try:
        records, notes = read_conversation(file.name, where, value)
    except ConversationError as error:
        return _failed(file, where, error.code, str(error), error.remedy)
    if not records:
        return Entry(
            locator=where, unused="a message to customers that none of them replied to", problems=notes
        )
    return Entry(locator=where, records=records, problems=notes)


def _failed(file: SourceFile, locator: str, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
