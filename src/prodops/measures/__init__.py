"""One quantity a file: a ledger in, an Estimate out."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def units() -> tuple[ModuleType, ...]:
    """Every measure, found by scanning the folders of the pillars."""
    return tuple(
        importlib.import_module(f"{__name__}.{pillar.name}.{unit.name}")
        for pillar in pkgutil.iter_modules(__path__)
        if pillar.ispkg
        for unit in pkgutil.iter_modules(importlib.import_module(f"{__name__}.{pillar.name}").__path__)
    )
