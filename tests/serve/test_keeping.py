"""A workspace kept: backed up whole while others write, put back verified, handed out, taken away."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from ledger.storing import START
from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import open_state
from prodops.ledger.store import open_store
from prodops.serve.keeping.backup import back_up
from prodops.serve.keeping.days import Retention, RetentionError, retention_of
from prodops.serve.keeping.deleting import delete_all
from prodops.serve.keeping.exporting import calm, export_all
from prodops.serve.keeping.health import Physician, alive
from prodops.serve.keeping.restore import restore
from prodops.serve.keeping.retention import retain
from prodops.serve.settings import Settings
from serve.kept import ADDRESS, SOMEBODY, Kept, in_the_database, on_the_disk, with_pages
from serve.served import serving


def test_everything_is_handed_out_with_what_it_is(kept: Kept, tmp_path: Path) -> None:
    done = export_all(kept.store, kept.state, tmp_path / "out", START)
    lines = (done.folder / "records" / "meeting.jsonl").read_text().splitlines()
    assert {"Renamed"} <= {json.loads(line)["title"] for line in lines}
    assert kept.store.counts() == done.records
    with (done.folder / "records" / "meeting.csv").open(newline="") as file:
        cells = {row["title"] for row in csv.DictReader(file)}
    assert "Renamed" in cells
    assert ("'=1+1", 1, "a=1") == (calm("=1+1"), calm(1), calm("a=1"))
    assert 3 == len((done.folder / "declared.jsonl").read_text().splitlines())
    account = json.loads((done.folder / "site" / "account.jsonl").read_text())
    assert (ADDRESS, False) == (account["email"], "password" in account)
    assert "brief" == json.loads((done.folder / "pages" / "brief.json").read_text())["name"]
    summed = subprocess.run(
        ["sha256sum", "--quiet", "--check", "SHA256SUMS"], cwd=done.folder, check=False, capture_output=True
    )
    assert 0 == summed.returncode, summed.stderr
    with pytest.raises(FileExistsError):
        export_all(kept.store, kept.state, tmp_path / "out", START)


def test_deleting_everything_leaves_no_trace_on_the_disk(kept: Kept, tmp_path: Path) -> None:
    with_pages(kept)
    (kept.folder / "incoming").mkdir()
    (kept.folder / "incoming" / "1").write_text(SOMEBODY)
    (kept.folder / "mine.txt").write_text("not ours")
    folder, url = kept.folder, kept.url
    words = ("Zerubbabel", "zerubbabel", "quux", "Renamed", "Pause the sync")
    assert on_the_disk(folder, *words)
    kept.store.close()
    done = delete_all(kept.state, folder)
    assert ("mine.txt",) == done.left
    assert done.bytes > 0
    assert ["mine.txt"] == [one.name for one in folder.iterdir()]
    assert [] == on_the_disk(tmp_path, *words)
    assert [] == in_the_database(url, *words)
    with open_store(folder, url) as store:
        assert {} == store.counts(), "and the database can be used again"


def test_forgetting_somebody_reaches_pages_search_accesses_and_the_account(
    kept: Kept, tmp_path: Path
) -> None:
    with_pages(kept)
    with open_store(kept.folder, kept.url, grace_seconds=0) as store:
        store.forget_person([ADDRESS, SOMEBODY])
        store.sweep()
    words = ("Zerubbabel", "zerubbabel", "quux", "Quux")
    assert [] == on_the_disk(kept.folder, *words)
    assert [] == in_the_database(kept.url, *words)
    with kept.state.reading() as connection:
        [access] = connection.execute(site_tables().access.select()).all()
        assert [] == connection.execute(site_tables().account.select()).all()
        assert [] == connection.execute(site_tables().session.select()).all()
    assert access.about.startswith("pm forgotten-")
    archived = back_up(kept.state, kept.folder, tmp_path / "b.zip")
    restore(archived.file, tmp_path / "new", None)
    assert [] == on_the_disk(tmp_path / "new", *words)


def test_what_is_older_than_agreed_goes_and_a_trial_run_only_tells(kept: Kept) -> None:
    (kept.folder / "unread").mkdir()
    (kept.folder / "unread" / "1").write_text("x")
    os.utime(kept.folder / "unread" / "1", (0, 0))
    later = START + timedelta(days=366)
    trial = retain(kept.state, kept.folder, Retention(), now=later, dry_run=True)
    done = retain(kept.state, kept.folder, Retention(), now=later, dry_run=False)
    assert trial == done
    counts = {one.what: one.count for one in done}
    expected = {"access log": 1, "sessions": 1, "tokens": 0, "jobs": 0, "replies": 0, "unread tables": 1,
                "pages of other versions": 0, "archives to fetch": 0}  # fmt: skip
    assert expected == counts
    again = retain(kept.state, kept.folder, Retention(), now=later, dry_run=False)
    assert {0} == {one.count for one in again}
    assert 3 == kept.store.checkpoint().seq, "and the log of declarations stays"
    soon = retain(kept.state, kept.folder, Retention(access_days=1), now=START, dry_run=True)
    assert START - timedelta(days=1) == soon[0].before


def test_how_long_things_are_kept_is_set_from_outside() -> None:
    assert replace(Retention(), access_days=7) == retention_of({"PRODOPS_KEEP_ACCESS_DAYS": "7"})
    with pytest.raises(RetentionError, match="PRODOPS_KEEP_JOB_DAYS takes a number of days"):
        retention_of({"PRODOPS_KEEP_JOB_DAYS": "soon"})
    with pytest.raises(RetentionError, match="from 1 on"):
        retention_of({"PRODOPS_KEEP_ACCESS_DAYS": "0"})


def test_a_workspace_says_how_it_is_and_what_is_wrong(kept: Kept) -> None:
    with_pages(kept)
    now = datetime.now(UTC)
    physician = Physician(kept.state, kept.folder)
    found = physician.examine(START, now)
    assert (True, ()) == (found.well, found.wrong)
    assert (3, now, 0) == (found.declared, found.log_verified_at, found.pages_stale)
    assert found.last_load_at is not None
    assert now == physician.examine(START, now + timedelta(minutes=1)).log_verified_at, "it was, a minute ago"
    with kept.state.noting() as connection:
        connection.execute(text("update declared set payload = replace(payload, 'Pause', 'Keep')"))
    shutil.rmtree(kept.folder / "evidence" / "meeting")
    ill = physician.examine(START, now + timedelta(hours=2))
    assert not ill.well
    assert any("prodops verify" in one for one in ill.wrong)
    assert any("missing" in one for one in ill.wrong)
    assert alive(kept.state)
    with kept.state.noting() as connection:
        connection.execute(text("update alembic_version set version_num = 'other'"))
    assert not alive(kept.state)


def test_the_site_says_in_one_word_whether_it_is_well(tmp_path: Path) -> None:
    with serving(lambda: Settings(tmp_path / "w", today=START)) as site:
        open_one = site.ask("/health")
        assert (200, {"status": "well"}) == (open_one.status, json.loads(open_one.text))
        assert "Everything that is examined here is well" in site.ask("/health/detail").text
        assert json.loads(site.ask("/health/detail.json").text)["well"]
        state = open_state(tmp_path / "w", None)
        with state.noting() as connection:
            connection.execute(text("update alembic_version set version_num = 'other'"))
        state.close()
        gone = site.ask("/health")
        assert (503, {"status": "unwell"}) == (gone.status, json.loads(gone.text))
