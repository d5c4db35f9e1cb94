"""The documents say what is so: what they show is run, what they link to is there."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from docs.shown import blocks, run_console, run_python

ROOT = Path(__file__).resolve().parents[2]
RUN = [
    path
    for path in (
        ROOT / "README.md",
        *(ROOT / "docs" / f"{name}.md" for name in ("tour", "running", "people")),
    )
    if path.exists()
]
LINKED = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")])
SHARED = ROOT / ".." / "shared"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as the reader would have: examples, documents, the real data beside it, no workspace yet."""
    here = tmp_path / "here"
    here.mkdir()
    (here / "examples").symlink_to(ROOT / "examples")
    (here / "docs").symlink_to(ROOT / "docs")
    if SHARED.is_dir():
        (tmp_path / "shared").symlink_to(SHARED.resolve())
    return here


@pytest.mark.parametrize("document", RUN, ids=lambda path: path.name)
def test_what_a_document_shows_is_what_happens(
    document: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What a command covers is proved elsewhere, and to count lines costs half as much again.
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    environment = {
        **bare,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "COLUMNS": "100",
    }
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    wrong: list[str] = []
    for block in blocks(document.read_text(encoding="utf-8")):
        if "shared" in block.marks and not SHARED.is_dir():
            continue
        if block.language == "console":
            wrong += run_console(block, folder, environment)
        elif block.language == "python":
            wrong += run_python(block, names)
    if wrong:
        pytest.fail(f"{document.name} differs from what happens:\n" + "\n".join(wrong), pytrace=False)


@pytest.mark.parametrize("document", LINKED, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_links_to_is_there(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", document.read_text(encoding="utf-8"))
    gone = [link for link in links if not (document.parent / link).exists()]
    assert not gone, f"{document.name} links to {', '.join(gone)}"


def test_the_readme_sets_up_with_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = {line.split("#")[0].strip() for block in blocks(text) for line in block.text.splitlines()}
    assert {line for line in shown if line.startswith("$ make ")} == {"$ make demo", "$ make test"}
