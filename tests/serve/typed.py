"""The command as a user types it, in this process: no interpreter starts, and nothing is imported twice."""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from prodops.serve.cli import main


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said.

    Attributes:
        code: Its exit code.
        out: What it printed.
        err: What it printed to the error stream.
    """

    code: int
    out: str
    err: str


def typed(*words: str | Path, cwd: Path, given: str = "") -> Said:
    """Run a command in a folder, with something typed into it; an error of ours is raised."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    code: object = 0
    with (
        contextlib.chdir(cwd),
        mock.patch.object(sys, "argv", ["prodops", *map(str, words)]),
        mock.patch.object(sys, "stdin", io.StringIO(given)),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as stop:
            code = stop.code or 0
    said = (one.buffer.getvalue().decode() for one in (out, err))
    return Said(int(str(code)), *said)
