"""Fields of a dbt document, whatever their type turns out to be."""

from __future__ import annotations

import re
from collections.abc import Mapping

_REFERENCE = re.compile(r"\b(ref|source|metric)\s*\(\s*([^)]*)\)")
_QUOTED = re.compile(r"[\"']([^\"']+)[\"']")


def text(table: object, *path: str) -> str:
    """The trimmed text at a path of keys; a number as written; empty when there is none."""
    value = inside(table, *path)
    if isinstance(value, bool) or value is None:
        return ""
    return str(value).strip() if isinstance(value, str | int | float) else ""


def inside(table: object, *path: str) -> object:
    """The value at a path of keys; None when the path leads nowhere."""
    value = table
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def texts(value: object) -> tuple[str, ...]:
    """The texts of a list, or the one text."""
    listed = value if isinstance(value, list) else [value]
    return tuple(element.strip() for element in listed if isinstance(element, str) and element.strip())


def truth(value: object) -> bool:
    """Whether a value says yes: true in JSON, `true` or `yes` as YAML text."""
    return value is True or (isinstance(value, str) and value.strip().casefold() in {"true", "yes", "on"})


def short_name(unique_id: str) -> str:
    """The name in a unique id: `source.shop.raw.orders` is `raw.orders`, `model.shop.orders` is `orders`.

    Left out are the kind and the package, which a schema file does not say.
    """
    parts = unique_id.split(".")
    return ".".join(parts[2:]) if len(parts) > len(("kind", "package")) else unique_id


def references(value: object) -> tuple[tuple[str, str], ...]:
    """What a list of `ref('orders')`, `source('raw', 'orders')`, `metric('revenue')` names: (kind, name)."""
    found: list[tuple[str, str]] = []
    for written in texts(value):
        for kind, inner in _REFERENCE.findall(written):
            names = _QUOTED.findall(inner)
            if names:
                # ref('package', 'model') names its package first, which is left out as in `short_name`.
                found.append((kind, ".".join(names) if kind == "source" else names[-1]))
    return tuple(dict.fromkeys(found))


def owners_of(*tables: object) -> tuple[str, ...]:
    """Who owns it by `owner` or `meta.owner`, as a text, a list, or a mapping with name and e-mail."""
    found: list[str] = []
    for table in tables:
        for path in (
            ("owner",),
            ("owners",),
            ("meta", "owner"),
            ("meta", "owners"),
            ("config", "meta", "owner"),
        ):
            value = inside(table, *path)
            if isinstance(value, Mapping):
                found.append(text(value, "name") or text(value, "email"))
            else:
                found.extend(texts(value))
    return tuple(dict.fromkeys(owner for owner in found if owner))
