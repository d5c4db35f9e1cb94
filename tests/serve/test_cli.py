"""The command line as a user types it: load, list, look, forget, and refusals that say what to do."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from prodops.ledger.store import open_store
from serve.typed import typed

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
HEAVY = (
    "duckdb",
    "sqlalchemy",
    "numpy",
    "scipy",
    "fastapi",
    "icalendar",
    "jinja2",
    "yaml",
    "rich",
    "uvicorn",
)


def prodops(*words: str | Path, cwd: Path, code: int = 0, given: str = "") -> str:
    """Run the command as a user does and give what it printed; the error stream when it failed."""
    said = typed(*words, cwd=cwd, given=given)
    assert code == said.code, said.out + said.err
    return said.out if code == 0 else said.out + said.err


def answer(*words: str | Path, cwd: Path) -> Any:
    return json.loads(prodops(*words, "--json", cwd=cwd))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the example organisation has been loaded."""
    folder = tmp_path_factory.mktemp("loaded")
    prodops("add", EXAMPLES, cwd=folder)
    return folder


def test_help_loads_no_heavy_library(tmp_path: Path) -> None:
    code = (
        "import sys, contextlib\n"
        "from prodops.serve.cli import main\n"
        "sys.argv = ['prodops', '--help']\n"
        "with contextlib.suppress(SystemExit): main()\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "[]" == done.stderr.strip()
    assert "diagnose" in done.stdout


def test_the_version_is_told(tmp_path: Path) -> None:
    told = prodops("--version", cwd=tmp_path)
    assert told.startswith("prodops 0.")
    asked = [sys.executable, "-m", "prodops", "--version"]
    assert told == subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("command", [["diagnose"], ["audit"], ["show", "rituals"], ["report"]])
def test_an_empty_workspace_says_how_to_begin(command: list[str], tmp_path: Path) -> None:
    assert "prodops add FOLDER" in prodops(*command, cwd=tmp_path, code=2)


def test_sources_of_an_empty_workspace_teach(tmp_path: Path) -> None:
    assert "prodops demo" in prodops("sources", cwd=tmp_path)
    assert "No problems." in prodops("problems", cwd=tmp_path)


def test_what_can_be_read_is_listed(tmp_path: Path) -> None:
    names = {one["name"] for one in answer("sources", "--readable", cwd=tmp_path)}
    assert {"ics", "jira", "minutes", "zendesk"} <= names


def test_nothing_at_a_path_is_one_sentence(tmp_path: Path) -> None:
    assert "Check the path" in prodops("add", tmp_path / "nowhere", cwd=tmp_path, code=2)


def test_every_entry_of_every_file_is_accounted_for(loaded: Path) -> None:
    for one in answer("sources", cwd=loaded):
        assert one["entries"] == one["used"] + one["unused"] + one["lost"]
    assert {"ics", "roster", "minutes"} <= {
        one["reading"]["connector"] for one in answer("sources", cwd=loaded)
    }


def test_many_files_of_a_folder_share_a_line_unless_each_is_asked_for(loaded: Path) -> None:
    files = answer("sources", cwd=loaded)
    assert len(files) > 40
    short, long = prodops("sources", cwd=loaded), prodops("sources", "--each", cwd=loaded)
    assert "files)" in short
    assert f"{len(files)} files, by folder" in short
    assert len(files) == sum("examples/" in line for line in long.splitlines())


def test_loading_the_same_again_changes_nothing(loaded: Path) -> None:
    before = answer("diagnose", cwd=loaded)["version"]
    again = answer("add", EXAMPLES, cwd=loaded)
    assert {"unchanged", "unread"} >= {one["status"] for one in again["files"]}
    assert before == answer("diagnose", cwd=loaded)["version"]


def test_the_diagnosis_has_the_shape_that_programs_rely_on(loaded: Path) -> None:
    found = answer("diagnose", cwd=loaded)
    assert {"named", "verdict", "p_top", "sinks", "evidence"} <= set(found)
    assert 6 == len(found["sinks"])
    for sink in found["sinks"]:
        assert {"name", "hours_low", "hours_mid", "hours_high"} <= set(sink)
        if sink["hours_mid"] is not None:
            assert sink["hours_low"] <= sink["hours_mid"] <= sink["hours_high"]
    assert all(one["source"] and one["locator"] for one in found["evidence"])


def test_a_page_is_shown_as_text_and_as_json(loaded: Path) -> None:
    for page in ("time", "problems"):
        assert prodops("show", page, cwd=loaded).strip()
        assert page == answer("show", page, cwd=loaded)["name"]


def test_an_unknown_page_lists_the_known_ones(loaded: Path) -> None:
    assert "brief" in prodops("show", "nonsense", cwd=loaded, code=2)


def test_a_day_that_is_none_is_refused(loaded: Path) -> None:
    assert "2026-09-30" in prodops("diagnose", "--as-of", "2026-09-38", cwd=loaded, code=2)


def test_before_anything_was_loaded_nothing_is_known(loaded: Path) -> None:
    found = answer("diagnose", "--as-of", "2001-01-01", cwd=loaded)
    assert found["named"] is None
    assert [] == found["findings"]


def test_a_file_that_nobody_can_read_is_listed_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "photo.bin").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "table.csv").write_text("alpha,beta\n1,2\n")
    said = prodops("add", "photo.bin", "empty.csv", "table.csv", cwd=tmp_path, code=1)
    assert "prodops map" in said
    listed = answer("problems", cwd=tmp_path)
    assert 3 == listed["total"]
    assert all(one["remedy"] for one in listed["problems"])


def test_a_table_is_mapped_once_for_every_file_with_its_header(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("Nr,Zeitpunkt,Wunsch\n1,2026-01-05 09:00,Bulk export\n")
    (tmp_path / "two.csv").write_text("Nr,Zeitpunkt,Wunsch\n2,2026-02-05 09:00,Dark mode\n")
    assert "not a column" in prodops("map", "one.csv", "created=When", cwd=tmp_path, code=2)
    assert "no file" in prodops("map", "none.csv", "created=When", cwd=tmp_path, code=2)
    prodops("map", "one.csv", "created=Zeitpunkt", "title=Wunsch", "id=Nr", cwd=tmp_path)
    again = answer("add", "two.csv", cwd=tmp_path)
    assert (1, 1) == (again["used"], again["files_loaded"])


def test_a_person_is_forgotten_and_stays_forgotten(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(
        "name,email,title,team\n"
        "Ana Sample,ana@example.com,Product Manager,A\n"
        "Ben Sample,ben@example.com,Engineer,A\n"
    )
    prodops("add", "roster.csv", cwd=tmp_path)
    prodops("forget", "ana@example.com", "Ana Sample", cwd=tmp_path, given="n\n", code=1)
    prodops("forget", "ana@example.com", "Ana Sample", "--yes", cwd=tmp_path)
    (tmp_path / "roster.csv").write_text(
        (tmp_path / "roster.csv").read_text() + "Cleo Sample,cleo@example.com,PM,A\n"
    )
    prodops("add", "roster.csv", cwd=tmp_path)
    with open_store(tmp_path / ".prodops", grace_seconds=0):
        pass
    held = b"".join(path.read_bytes() for path in (tmp_path / ".prodops").rglob("*") if path.is_file())
    assert b"ana@example.com" not in held
    assert b"cleo@example.com" in held


def test_minutes_are_extracted_in_the_order_of_their_items(tmp_path: Path) -> None:
    folder = tmp_path / "minutes"
    folder.mkdir()
    (folder / "2026-03-04.md").write_text(
        "# Pricing council 2026-03-04\n\n## Seat limits\n\nDECISION: We keep seat limits.\n\n"
        "## Annual plans\n\nACTION: Ben to draft the page\n"
    )
    said = answer("extract", "minutes", folder, "--out", "items.csv", cwd=tmp_path)
    rows = list(csv.DictReader((tmp_path / "items.csv").open(encoding="utf-8")))
    assert ["file", "section", "decided", "action", "owners", "evidence"] == list(rows[0])
    assert [("1", "0"), ("0", "1")] == [(row["decided"], row["action"]) for row in rows]
    assert 2 == said["items"]
    bare = answer("extract", "minutes", folder, "--out", "bare.csv", "--ignore-marks", cwd=tmp_path)
    assert 2 == bare["items"]
    unmarked = list(csv.DictReader((tmp_path / "bare.csv").open(encoding="utf-8")))
    assert [("1", "0"), ("2", "0")] == [(row["section"], row["decided"]) for row in unmarked]


def test_the_demo_goes_from_files_to_a_verdict_on_any_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRODOPS_TODAY", "2020-01-01")
    found = answer("demo", "--people", "60", "--weeks", "10", cwd=tmp_path)
    assert max(one["hours_mid"] or 0 for one in found["sinks"]) > 0
    assert found["verdict"] in ("named", "healthy", "too_close", "not_enough_evidence")
    demo = tmp_path / "prodops-demo"
    assert (demo / "report.html").stat().st_size > 100_000
    assert (demo / "truth" / "truth.json").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    assert "something else" in prodops("demo", "--folder", "mine", cwd=tmp_path, code=2)
    assert "years of work" == (tmp_path / "mine" / "thesis.txt").read_text()


def test_a_folder_with_files_is_not_simulated_over(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    prodops("simulate", "--out", "out", cwd=tmp_path, code=2)
    assert "mine" == (tmp_path / "out" / "mine.txt").read_text()


def test_survival_of_a_table_is_told_with_what_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        "came,answered,seen\n2026-01-01T00:00Z,2026-01-01T02:00Z,2026-01-03T00:00Z\n"
        "2026-01-01T00:00Z,,2026-01-03T00:00Z\n2026-01-38,,2026-01-03\n2026-01-01,,\n"
    )
    words = ["survival", "t.csv", "--start", "came", "--event", "answered", "--observed-until", "seen"]
    found = answer(*words, cwd=tmp_path)
    assert (2, 1, 1) == (found["n"], found["events"], found["open"])
    assert [4] == [one["line"] for one in found["problems"]]
    assert 4 == found["rows"]
    assert "line 4" in prodops(*words, cwd=tmp_path)
    assert "has no column" in prodops(*words[:-1], "none", cwd=tmp_path, code=2)
    assert "no file" in prodops("survival", "none.csv", *words[2:], cwd=tmp_path, code=2)
