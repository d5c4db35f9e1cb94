"""Opening what the user points at: walks, links, pipes, limits, and files that change or may not be read."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from prodops.serve.intake import files
from prodops.serve.intake.files import Opened, find_files, known_name, open_named

ROSTER = "name,email,title,team\nAna Sample,ana@example.com,Product Manager,Core\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of exports beside the workspace."""
    exports = tmp_path / "exports"
    exports.mkdir()
    return exports


def names(found: list[Path], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in found]


def opened(path: Path) -> list[Opened]:
    return list(open_named(path, known_name(path, beside=path.parent)))


def code(path: Path) -> str:
    (one,) = opened(path)
    assert one.problem is not None
    assert one.problem.remedy
    assert one.content == b""
    return one.problem.code


def test_a_walk_is_in_a_fixed_order_and_passes_over_what_holds_no_export(folder: Path) -> None:
    passed_over = ("a/.git/config", ".prodops/state.db", "node_modules/x.js", ".DS_Store", ".svn/x")
    for name in ("b/2.md", "a/1.md", "z.csv", "A.csv", ".hidden.md", "__MACOSX/z.csv", *passed_over):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    assert [".hidden.md", "A.csv", "z.csv", "a/1.md", "b/2.md"] == names(find_files(folder), folder)


def test_a_file_named_directly_is_taken_whatever_it_is_called(folder: Path) -> None:
    (folder / ".DS_Store").write_text("x")
    assert [folder / ".DS_Store"] == find_files(folder / ".DS_Store")


def test_links_to_folders_are_not_followed_and_loops_end(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text(ROSTER)
    (folder / "loop").symlink_to(folder)
    (folder / "out").symlink_to(outside)
    (folder / "one.csv").write_text(ROSTER)
    (folder / "same.csv").symlink_to(folder / "one.csv")
    assert ["one.csv", "same.csv"] == names(find_files(folder), folder)


def test_what_is_no_file_or_leads_nowhere_is_a_problem(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "gone.csv").symlink_to(folder / "nowhere.csv")
    assert ["gone.csv", "pipe"] == names(find_files(folder), folder)
    assert "not_a_file" == code(folder / "pipe")
    assert "not_readable" == code(folder / "gone.csv")


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "big.csv").write_bytes(b"a" * 101)
    (folder / "fits.csv").write_bytes(b"a" * 100)
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 100)
    assert "too_large" == code(folder / "big.csv")
    assert b"a" * 100 == opened(folder / "fits.csv")[0].content


class _Growing(Path):
    """A path whose file grows with each reading, as an export that is still being written does."""

    _flavour = type(Path())._flavour  # type: ignore[attr-defined]  # noqa: SLF001 (pathlib of 3.11 asks for it)
    times = 99

    def read_bytes(self) -> bytes:
        """Read, then grow."""
        content = super().read_bytes()
        if type(self).times > 0:
            type(self).times -= 1
            with self.open("ab") as stream:
                stream.write(b"more\n")
            os.utime(self, ns=(time.time_ns(), time.time_ns() + type(self).times))
        return content


@pytest.mark.parametrize(("times", "reads"), [(99, ""), (1, "start\nmore\n")])
def test_a_file_that_changes_while_it_is_read_is_read_again_once(
    folder: Path, times: int, reads: str
) -> None:
    (folder / "export.csv").write_text("start\n")
    _Growing.times = times
    (one,) = open_named(_Growing(folder / "export.csv"), "export.csv")
    assert reads.encode() == one.content
    assert (one.problem is None) == bool(reads)
    if one.problem is not None:
        assert "changed_while_read" == one.problem.code


@pytest.fixture
def closed() -> Iterator[Path]:
    """A folder with something in it that the process may not read."""
    place = Path(tempfile.mkdtemp(prefix="prodops-test-"))
    place.chmod(0o755)
    (place / "open.csv").write_text(ROSTER)
    (place / "closed").mkdir()
    (place / "closed" / "inside.csv").write_text(ROSTER)
    (place / "closed.csv").write_text(ROSTER)
    for one in (place / "closed", place / "closed.csv"):
        one.chmod(0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65_534)
    try:
        yield place
    finally:
        if root:
            os.seteuid(0)
        (place / "closed").chmod(0o700)
        shutil.rmtree(place)


def test_what_may_not_be_read_is_listed_and_not_passed_over(closed: Path) -> None:
    found = find_files(closed)
    assert ["closed", "closed.csv", "open.csv"] == sorted(names(found, closed))
    for name in ("closed", "closed.csv"):
        assert "not_readable" == code(closed / name)
