"""A file is written whole or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from prodops.serve.whole_file import write_whole

_KILLED = """
import os, signal
from pathlib import Path
from prodops.serve import whole_file
def fatal(*_):
    os.kill(os.getpid(), signal.SIGKILL)
whole_file.os.{call} = fatal
whole_file.write_whole(Path("report.html"), b"new" * 100_000)
"""


def test_a_file_is_made_or_replaced(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    for content in (b"old" * 1_000, b"new", b""):
        write_whole(path, content)
        assert content == path.read_bytes()
    assert ["report.html"] == [one.name for one in tmp_path.iterdir()]


@pytest.mark.parametrize("call", ["fsync", "umask"])
def test_a_write_that_is_killed_leaves_the_old_file(call: str, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", _KILLED.format(call=call)], cwd=tmp_path, check=False, timeout=60
    )
    assert -9 == done.returncode
    assert b"old" == (tmp_path / "report.html").read_bytes()


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "report.html").write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "report.html", b"new")
    assert {"report.html": b"old"} == {one.name: one.read_bytes() for one in tmp_path.iterdir()}


def test_a_folder_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "nowhere" / "report.html", b"x")


def test_others_may_read_what_the_umask_lets_them(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_whole(tmp_path / "report.html", b"x")
    finally:
        os.umask(before)
    assert 0o644 == stat.S_IMODE((tmp_path / "report.html").stat().st_mode)


def test_a_bare_name_is_written_into_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_whole(Path("report.html"), b"x")
    assert b"x" == (tmp_path / "report.html").read_bytes()
