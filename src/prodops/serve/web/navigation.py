"""Where one can go from every page, in groups that say why one goes there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from fastapi import Request

from prodops.pages import units
from prodops.serve.people.roles import ADMITTED, Role
from prodops.serve.prepared.attention import Waits
from prodops.serve.shown.allowed import PLACES
from prodops.serve.shown.frame import Group, Place

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

OTHERS = "Watch"
"""The group of every page that no group names."""

NOW_AND_THEN = "Settings"
"""The group that opens on demand, so that the rail fits its window."""

GROUPS = {
    "Decide": ("brief", "diagnosis", "operating-model", "plan", "decisions", "decide", "act"),
    OTHERS: ("time", "rituals", "feedback", "metrics", "interviews"),
    "Prove": ("proof", "label"),
    "Look behind": ("evidence", "sources", "begin", "problems", "method"),
    NOW_AND_THEN: (
        "jobs", "settings", "people", "tokens", "access", "keeping", "api", "health/detail",
    ),
}  # fmt: skip

TITLES = {
    "decide": "Record a decision",
    "act": "All actions",
    "label": "Label blocks",
    "begin": "Load exports",
    "access": "Access log",
    "keeping": "Backup and deletion",
    "api": "API",
    "health/detail": "Health",
}
"""Names of places where the address says too little."""

KEYS = {
    "brief": "b", "diagnosis": "d", "operating-model": "o", "plan": "p", "decisions": "c", "decide": "n",
    "time": "t", "rituals": "r", "feedback": "f", "metrics": "m", "interviews": "i", "proof": "v",
    "label": "l", "evidence": "e", "sources": "s", "problems": "x", "method": "h", "begin": "a",
    "settings": ",", "act": "w",
}  # fmt: skip
"""The letter after g that goes there."""


def groups(request: Request, role: Role) -> tuple[Group, ...]:
    """Where a reader can go.

    Args:
        request: What they read.
        role: What they may do.
    """
    there = known(request)
    here = request.url.path.strip("/")
    waits: Mapping[str, Waits] = request.app.state.waits()
    return tuple(
        Group(heading, places, folded=heading == NOW_AND_THEN and not any(one.here for one in places))
        for heading, names in _named()
        if (
            places := tuple(
                _place(name, here, waits.get(name)) for name in names if name in there and _may(role, name)
            )
        )
    )


def known(request: Request) -> frozenset[str]:
    """The addresses of the site, without their first slash."""
    state = request.app.state
    if not hasattr(state, "known_places"):
        state.known_places = frozenset(path.strip("/") for path in _paths(request.app.routes))
    found: frozenset[str] = state.known_places
    return found


def _named() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The groups with every page in one of them."""
    placed = {name for names in GROUPS.values() for name in names}
    for heading, names in GROUPS.items():
        others = tuple(name for name in units() if name not in placed) if heading == OTHERS else ()
        yield heading, names + others


def _place(name: str, here: str, waits: Waits | None) -> Place:
    title = TITLES.get(name, name.replace("-", " ").capitalize())
    count, says = (waits.count, waits.says) if waits is not None else (0, "")
    return Place(
        f"/{name}", title, KEYS.get(name, ""), f"{here}/".startswith(f"{name}/"), waits=count, waiting=says
    )


def _may(role: Role, name: str) -> bool:
    return role in ADMITTED[PLACES.get(name, "viewer")]


def _paths(routes: Iterable[BaseRoute]) -> Iterator[str]:
    """The addresses of routes, also of those that stand in routers of their own."""
    for one in routes:
        inner = getattr(one, "original_router", None)
        if inner is not None:
            yield from _paths(inner.routes)
        elif path := getattr(one, "path", ""):
            yield path
