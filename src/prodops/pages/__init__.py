"""One page a file: a ledger in, one frozen dataclass out, shown as HTML, JSON and text."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

ORDER = ("brief", "time", "rituals", "feedback", "metrics", "problems", "method")
"""The reading order of the pages named here; others follow by name."""

_PARTS = {"blocks", "charts", "claims"}


def units() -> dict[str, ModuleType]:
    """Every page by its name, found by scanning, in reading order."""
    found = {str(unit.NAME): unit for unit in _scan()}
    return {name: found[name] for name in sorted(found, key=lambda one: (one not in ORDER, _place(one), one))}


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _scan() -> Iterator[ModuleType]:
    for unit in pkgutil.iter_modules(__path__):
        if unit.ispkg:
            folder = importlib.import_module(f"{__name__}.{unit.name}")
            for inner in pkgutil.iter_modules(folder.__path__):
                yield importlib.import_module(f"{folder.__name__}.{inner.name}")
        elif unit.name not in _PARTS:
            yield importlib.import_module(f"{__name__}.{unit.name}")
