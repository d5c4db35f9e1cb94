"""One verb a file: propose, check, append."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType


@cache
def units() -> dict[str, ModuleType]:
    """Every action by its name, found by scanning the pillars."""
    found = {}
    for pillar in pkgutil.iter_modules(__path__):
        if pillar.ispkg:
            room = importlib.import_module(f"{__name__}.{pillar.name}")
            for one in pkgutil.iter_modules(room.__path__):
                found[one.name] = importlib.import_module(f"{room.__name__}.{one.name}")
    return dict(sorted(found.items()))
