"""Finds the units of a room: every module of a package, by scanning, in the order of their names."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def modules(package: str) -> list[ModuleType]:
    """All modules directly in a package, sorted by name."""
    room = importlib.import_module(package)
    names = sorted(found.name for found in pkgutil.iter_modules(room.__path__))
    return [importlib.import_module(f"{package}.{name}") for name in names]
