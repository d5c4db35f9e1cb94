"""One page a file: a ledger in, one frozen dataclass out, shown as HTML, JSON and text."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

ORDER = (
    "brief", "diagnosis", "operating-model", "plan", "proof", "decisions", "time", "rituals", "feedback",
    "metrics", "evidence", "problems", "method",
)  # fmt: skip
"""The reading order of the pages named here; others come before the evidence, by name."""


def units() -> dict[str, ModuleType]:
    """Every page by its name, found by scanning, in reading order."""
    found = {str(unit.NAME): unit for unit in _scan()}
    return {name: found[name] for name in sorted(found, key=lambda one: (_place(one), one))}


def _place(name: str) -> float:
    """Its place; a page that is not named above comes right before the evidence."""
    return ORDER.index(name) if name in ORDER else ORDER.index("evidence") - 0.5


def _scan() -> Iterator[ModuleType]:
    """The modules that are pages; what several pages share (blocks, charts) has no NAME."""
    for unit in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{unit.name}")
        if unit.ispkg:
            for inner in pkgutil.iter_modules(module.__path__):
                yield importlib.import_module(f"{module.__name__}.{inner.name}")
        elif hasattr(module, "NAME"):
            yield module
