"""One page a file: a ledger in, one frozen dataclass out, shown as HTML, JSON and text."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

ORDER = ("brief", "time", "rituals", "feedback", "metrics", "problems", "method")
"""The reading order of the pages named here; others follow by name."""


def units() -> dict[str, ModuleType]:
    """Every page by its name, found by scanning, in reading order."""
    found = {str(unit.NAME): unit for unit in _scan()}
    return {name: found[name] for name in sorted(found, key=lambda one: (one not in ORDER, _place(one), one))}


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _scan() -> Iterator[ModuleType]:
    """The modules that are pages; what several pages share (blocks, charts) has no NAME."""
    for unit in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{unit.name}")
        if unit.ispkg:
            for inner in pkgutil.iter_modules(module.__path__):
                yield importlib.import_module(f"{module.__name__}.{inner.name}")
        elif hasattr(module, "NAME"):
            yield module
