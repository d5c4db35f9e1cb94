"""Whether a workspace is being served: who takes it away asks before."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

SERVED: Final = "serving.lock"
"""The file in the workspace that every process that serves it holds; one that ends lets go of it."""


@contextmanager
def serving(folder: Path) -> Iterator[None]:
    """While inside, the workspace counts as being served.

    Args:
        folder: The workspace; it exists.
    """
    with (folder / SERVED).open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def is_served(folder: Path) -> bool:
    """Whether some process of this machine, or of another at the same folder, serves it.

    Args:
        folder: The workspace; it exists.
    """
    with (folder / SERVED).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False
