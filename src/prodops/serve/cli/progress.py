"""A progress bar on the error stream, shown to people and never to programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Counter:
    """Takes progress from long work; silent when nobody watches."""

    def __init__(self, bar: Progress | None, task: TaskID | None) -> None:
        """Wrap a bar, or nothing."""
        self._bar = bar
        self._task = task

    def told(self, done: int, total: int, what: str) -> None:
        """Show `done` of `total` (0: unknown) and what is being worked on."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total or None, what=what[-40:])


@contextmanager
def counted(title: str) -> Iterator[Counter]:
    """A counter with a bar when the error stream is a terminal."""
    if not sys.stderr.isatty():
        yield Counter(None, None)
        return
    from rich import progress  # lazy: the same
    from rich.console import Console  # lazy: rich is for terminals only

    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeElapsedColumn(),
        progress.TextColumn("{task.fields[what]}", markup=False),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Counter(bar, bar.add_task(title, total=None, what=""))
