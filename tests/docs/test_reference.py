"""The reference says what the source says."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.reference import FOLDER, pages, write


def test_the_reference_is_what_the_source_says() -> None:
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    made = pages()
    differs = sorted({*made, *there} - {name for name in made if made[name] == there.get(name)})
    if differs:
        pytest.fail(f"make reference: {', '.join(differs)} differ", pytrace=False)


def test_pages_of_what_is_gone_are_removed(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("# Gone\n")
    write(tmp_path)
    assert sorted(pages()) == sorted(path.name for path in tmp_path.iterdir())


def test_what_users_look_up_is_there() -> None:
    made = pages()
    assert "## prodops extract minutes" in made["commands.md"]
    assert "`--as-of TEXT`" in made["commands.md"]
    assert "**What to do:**" in made["checks.md"]
    assert "| `held_on` | `date` |" in made["records.md"]
    assert "`ics`" in made["formats.md"]
    assert "Unit: share." in made["measures.md"]
