"""Workspaces of every version that was released are brought up to date and show what they showed.

`tests/ledger/released/<step>.zip` is a workspace as that version's own code wrote it: part of the example
loaded, two decisions recorded, somebody forgotten. What its pages said then stands below.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from prodops.ledger.state import NEWEST, make_state, open_state, steps
from prodops.ledger.store import Store, open_store
from prodops.pages import units
from prodops.serve.keeping.backup import back_up
from prodops.serve.keeping.restore import restore
from prodops.serve.keeping.rows import lines_of, put_rows, tables_there
from prodops.serve.shown.as_json import as_json
from prodops.text.moments import parse_moment

RELEASED = sorted((Path(__file__).parents[1] / "ledger" / "released").glob("*.zip"))
TODAY = parse_moment("2026-12-01T23:59:59Z")

COUNTS = {
    "person": 120, "attendance": 171, "note": 21, "note_item": 86, "outcome": 16, "metric_definition": 79,
    "dataset": 53, "dataset_load": 48, "dataset_test": 48, "metric_use": 273, "tool": 9, "roadmap_entry": 92,
    "seat": 115, "tool_spend": 108, "decision": 2, "decision_input": 2,
}  # fmt: skip
LEDGER = {
    "Billing refinement": [5, 5], "Cross-team sync": [3, 3], "Dashboards refinement": [2, 2],
    "Demo day": [2, 2], "Inventory refinement": [2, 2],
}  # fmt: skip
LOG = [
    ["2", "2026-12-01", "Shall the demo day be kept?", "Keep it", "standing"],
    ["1", "2026-12-01", "Shall the sync be kept?", "Keep it", "standing"],
]
CHAIN = "061cf0abd29f89fd0575b7febe062343afee777b86bb986feeac949af565a8dc"


def rows(page: dict[str, object], column: str) -> list[list[object]]:
    """The rows of the page's table that has this first column."""
    tables = [
        block
        for section in page["sections"]  # type: ignore[attr-defined]  # a list of sections
        for block in section["blocks"]
        if block["kind"] == "table" and block["columns"][0] == column
    ]
    return [[said(cell) for cell in row] for row in tables[0]["rows"]]


def said(cell: object) -> object:
    """What a cell says, whatever it opens or offers today."""
    return cell["text"] if isinstance(cell, dict) and "text" in cell else cell


def unpacked(archive: Path, folder: Path) -> Path:
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    return folder


def in_postgres(archive: Path, folder: Path, url: str) -> Path:
    """The workspace with its state in PostgreSQL, as the same version would have kept it there."""
    unpacked(archive, folder)
    old = sa.create_engine(f"sqlite:///{folder}/state.db")
    state = make_state(folder, url, archive.stem)
    with old.connect() as source, state.writing() as target:
        tables = tables_there(target)
        target.execute(tables["head"].delete())
        for name, table in tables_there(source).items():
            if name != "alembic_version":
                put_rows(target, tables[name], (line.rstrip() for line in lines_of(source, table)))
    state.close()
    old.dispose()
    (folder / "state.db").unlink()
    return folder


@pytest.mark.parametrize("archive", RELEASED, ids=lambda path: path.stem)
def test_a_workspace_of_a_released_version_shows_what_it_showed(
    archive: Path, tmp_path: Path, database_url: str | None
) -> None:
    folder = tmp_path / "w"
    if database_url is None:
        unpacked(archive, folder)
    else:
        in_postgres(archive, folder, database_url)
    with open_store(folder, database_url) as store:
        shows_what_it_showed(store)
    state = open_state(folder, database_url)
    back_up(state, folder, tmp_path / "b.zip")
    with state.reading() as connection:
        assert NEWEST == connection.execute(sa.text("select version_num from alembic_version")).scalar()
    state.close()
    restore(tmp_path / "b.zip", tmp_path / "restored", None)
    with open_store(tmp_path / "restored") as store:
        shows_what_it_showed(store)


def shows_what_it_showed(store: Store) -> None:
    assert COUNTS == store.counts()
    examined = store.examine()
    assert ((), CHAIN) == (examined.damages, examined.end.chain)
    ledger = store.ledger(today=TODAY)
    pages = {name: as_json(unit.page(ledger)) for name, unit in units().items()}
    rituals = {str(row[0]): row[2:4] for row in rows(pages["rituals"], "Ritual")}
    assert LEDGER == {name: rituals.get(name) for name in LEDGER}
    assert LOG == [row[:5] for row in rows(pages["decisions"], "No")]


def test_every_step_that_was_released_is_held_here() -> None:
    """The newest step is this version's own; each one before it was another's."""
    assert {path.stem for path in RELEASED} <= set(steps())
    assert steps()[0] in {path.stem for path in RELEASED}
