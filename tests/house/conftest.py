"""A house to look at, and a small one to plant violations in."""

from __future__ import annotations

from pathlib import Path

import pytest

from house.tree import House, Plant


@pytest.fixture(scope="session")
def house() -> House:
    """The project as it stands."""
    return House()


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """A project that holds the given files and nothing else: path to text."""

    def planted(files: dict[str, str]) -> House:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return House(tmp_path)

    return planted
