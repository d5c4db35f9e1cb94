"""The kinds of work, found by scanning."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol, cast

from prodops.serve.work import kinds
from prodops.serve.work.running import Around


class Kind(Protocol):
    """What every module of `prodops.serve.work.kinds` offers."""

    TITLE: str

    def run(self, asked: Mapping[str, Any], around: Around) -> Mapping[str, Any]:
        """Do the work; what it gives is kept with the job, `says` as its last sentence.

        May be run again from its beginning after a crash, so doing it twice must leave what once leaves.

        Raises:
            WorkError: It cannot be done; the message says what would help.
            StopAskedError: It was asked to stop.
        """


@cache
def units() -> Mapping[str, Kind]:
    """Every kind of work by its name."""
    names = sorted(unit.name for unit in pkgutil.iter_modules(kinds.__path__))
    return {name: cast("Kind", importlib.import_module(f"{kinds.__name__}.{name}")) for name in names}


def title_of(kind: str) -> str:
    """What a kind of work is called; its name where a newer version knew it."""
    return units()[kind].TITLE if kind in units() else kind
