"""One symptom a file: a ledger in, findings out, each with evidence and a cost."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def units() -> tuple[ModuleType, ...]:
    """Every check, found by scanning the folders of the pillars, in the order of their codes."""
    found = [
        importlib.import_module(f"{__name__}.{pillar.name}.{unit.name}")
        for pillar in pkgutil.iter_modules(__path__)
        if pillar.ispkg
        for unit in pkgutil.iter_modules(importlib.import_module(f"{__name__}.{pillar.name}").__path__)
    ]
    return tuple(sorted(found, key=lambda unit: str(unit.CODE)))
