"""A roster as SCIM users in JSON (RFC 7643), with the enterprise extension."""

from __future__ import annotations

from collections.abc import Iterator

from prodops.connectors.roster.people import Found
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.text.json_items import read_items
from prodops.text.json_values import at, line, line_at, mappings_at

INTO = frozenset({"Resources", "resources"})
_ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
_CORE = "urn:ietf:params:scim:schemas:core:2.0:"
_COMPANY = frozenset({"emails", "active", "name", "displayName", "title", _ENTERPRISE})
_SURE_AT = 2


def is_resource(value: dict[str, object]) -> bool:
    """Whether an object is a SCIM user or group."""
    schemas = value.get("schemas")
    if isinstance(schemas, list) and any(isinstance(one, str) and one.startswith(_CORE) for one in schemas):
        return True
    return isinstance(value.get("userName"), str) and len(_COMPANY & value.keys()) >= _SURE_AT


def read_users(file: SourceFile, text: str) -> Iterator[Found | Entry]:
    """Give what each resource says of a person; groups are read and not used."""
    for item in read_items(text, into=INTO, is_item=is_resource):
        locator = item.path or "file"
        if item.error:
            yield _lost(
                file, locator, "bad_json", item.error[:200], "export it again; it may have been cut off"
            )
        elif item.beside or item.value in ({}, None):
            continue
        elif not isinstance(item.value, dict) or not is_resource(item.value):
            yield _lost(file, locator, "wrong_type", "it is not a SCIM user", "export users alone")
        elif line_at(item.value, "userName") or mappings_at(item.value, "emails"):
            yield _found(locator, item.value)
        else:
            yield Entry(locator=locator, unused="not a user")


def _found(locator: str, value: dict[str, object]) -> Found:
    extra = at(value, _ENTERPRISE)
    parts = (line_at(value, "name", "givenName"), line_at(value, "name", "familyName"))
    place = next(iter(mappings_at(value, "addresses")), {})
    where = (line_at(place, "locality"), line_at(place, "country"))
    return Found(
        locator=locator,
        name=line_at(value, "name", "formatted")
        or " ".join(filter(None, parts))
        or line_at(value, "displayName"),
        email=_email(value) or line_at(value, "userName"),
        role=line_at(value, "title"),
        team=line_at(extra, "department") or line_at(extra, "division") or line_at(extra, "costCenter"),
        manager=_manager(extra),
        location=", ".join(filter(None, where)) or line_at(value, "timezone"),
        status="inactive" if value.get("active") is False else "",
        number=line_at(value, "id"),
    )


def _email(value: dict[str, object]) -> str:
    emails = mappings_at(value, "emails")
    primary = [email for email in emails if email.get("primary") is True]
    return next((found for email in (*primary, *emails) if (found := line_at(email, "value"))), "")


def _manager(extra: object) -> str:
    held = at(extra, "manager")
    return line(held) or line_at(held, "value") or line_at(held, "displayName")


def _lost(file: SourceFile, locator: str, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
