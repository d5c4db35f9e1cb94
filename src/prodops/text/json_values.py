"""Values taken out of foreign JSON by path, whatever types stand on the way."""

from __future__ import annotations

_LONGEST_LINE = 1_000


def at(value: object, *path: str) -> object:
    """The value at the end of a path of keys; None when a key is missing or something else stands there."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def line_at(value: object, *path: str) -> str:
    """The text or number at the end of a path as one line of at most 1,000 characters; empty otherwise."""
    return line(at(value, *path))


def line(value: object) -> str:
    """A text or number as one line of at most 1,000 characters; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(str(value)[:_LONGEST_LINE].split())


def mappings_at(value: object, *path: str) -> list[dict[str, object]]:
    """The objects of the list at the end of a path; also of a list below `nodes`, as GraphQL gives it."""
    found = at(value, *path)
    if isinstance(found, dict):
        found = found.get("nodes")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
