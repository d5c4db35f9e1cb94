"""A workspace kept: backed up whole while others write, put back verified, handed out, taken away."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from ledger.storing import START, decision, load, meeting, outcome, person
from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import State, WorkspaceError, open_state, stored_moment
from prodops.ledger.store import Store, open_store
from prodops.serve.keeping import archive
from prodops.serve.keeping.archive import LIST, BackupError
from prodops.serve.keeping.backup import back_up
from prodops.serve.keeping.days import Retention, RetentionError, retention_of
from prodops.serve.keeping.deleting import delete_all
from prodops.serve.keeping.exporting import calm, export_all
from prodops.serve.keeping.health import Physician, alive
from prodops.serve.keeping.restore import restore
from prodops.serve.keeping.retention import retain
from prodops.serve.prepared.computing import keep, made, opened
from prodops.serve.search.rebuilding import rebuild
from prodops.serve.settings import Settings
from serve.served import serving

SOMEBODY = "Zerubbabel Quux"
ADDRESS = "z.quux@corp.example"


@dataclass
class Kept:
    """A workspace with everything in it that can be lost."""

    store: Store
    state: State
    url: str | None

    @property
    def folder(self) -> Path:
        return self.store.folder


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str | None:
    """SQLite in the folder, and then a PostgreSQL database."""
    return None if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def kept(tmp_path: Path, database_url: str | None) -> Iterator[Kept]:
    """A workspace with records, a log, an account, a session and an access."""
    with open_store(tmp_path / "kept", database_url) as store:
        load(store, {"a.ics": [meeting("1", "a.ics"), meeting("2", "a.ics", "=cmd()")]})
        load(store, {"a.ics": [meeting("1", "a.ics", "Renamed")]})
        load(store, {"roster.csv": [person(SOMEBODY, ADDRESS)]}, connector="roster")
        load(store, {"m.md": [outcome("1", "m.md", f"{SOMEBODY} writes it up")]}, connector="minutes")
        for number in range(3):
            store.append([decision(str(number))], gate=lambda _: [], today=START)
        state = open_state(store.folder, database_url)
        signed_in(state)
        yield Kept(store, state, database_url)
        state.close()


def signed_in(state: State) -> None:
    """An account with a session, and an access of it."""
    tables, at = site_tables(), stored_moment(START)
    with state.noting() as connection:
        connection.execute(
            tables.account.insert().values(
                account="person:0123456789abcdef", email=ADDRESS, shown_name=SOMEBODY, password="",
                issuer="", subject="", role="owner", created_at=at,
            )
        )  # fmt: skip
        connection.execute(
            tables.session.insert().values(
                digest="d",
                account="person:0123456789abcdef",
                label="",
                role="owner",
                created_at=at,
                expires_at=at,
            )
        )
        connection.execute(
            tables.access.insert().values(
                at=at, account="person:0123456789abcdef", kind="read", what="GET /evidence",
                about=f"pm {ADDRESS}", status=200,
            )
        )  # fmt: skip


def with_pages(kept: Kept) -> None:
    """Pages and search of the workspace, as a server would have made them."""
    ledger, mark = opened(kept.store, kept.state, START)
    stored, page = made("problems", ledger, mark)
    keep(kept.state, stored)
    rebuild(kept.store, kept.state, ledger=ledger, mark=mark, pages=[page])


def told(folder: Path, url: str | None) -> dict[str, object]:
    """What a reader sees of a workspace."""
    with open_store(folder, url) as store:
        ledger = store.ledger(today=START)
        return {
            "counts": store.counts(),
            "titles": ledger.sql("select id, title, cite_source from meeting order by id"),
            "sources": [one.reading for one in store.sources()],
            "end": store.checkpoint(),
            "damages": store.examine().damages,
        }


@pytest.fixture
def empty_postgres(postgres_server: str) -> Iterator[str]:
    """The address of a second empty database."""
    name = f"prodops_restored_{os.getpid()}"
    engine = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"drop database if exists {name} with (force)"))
        connection.execute(text(f"create database {name}"))
    yield make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))
    engine.dispose()


def test_a_backup_comes_back_as_it_was(kept: Kept, tmp_path: Path) -> None:
    with_pages(kept)
    archived = back_up(kept.state, kept.folder, tmp_path / "b.zip")
    assert (3, 0o600) == (archived.declared, archived.file.stat().st_mode & 0o777)
    done = restore(archived.file, tmp_path / "new", None)
    assert (archived.evidence_files, archived.rows, archived.declared) == (
        done.evidence_files,
        done.rows,
        done.declared,
    )
    assert told(kept.folder, kept.url) == told(tmp_path / "new", None)
    state = open_state(tmp_path / "new", None)
    with state.reading() as connection:
        assert 1 == len(connection.execute(site_tables().account.select()).all())
        assert [] == connection.execute(site_tables().session.select()).all(), "nobody is signed in"
        assert [] == connection.execute(site_tables().page_snapshot.select()).all(), "pages are made anew"
    state.close()


@pytest.mark.postgres
def test_a_backup_of_either_database_goes_into_the_other(
    kept: Kept, tmp_path: Path, empty_postgres: str
) -> None:
    archived = back_up(kept.state, kept.folder, tmp_path / "b.zip")
    restore(archived.file, tmp_path / "new", empty_postgres)
    assert told(kept.folder, kept.url) == told(tmp_path / "new", empty_postgres)
    state = open_state(tmp_path / "new", empty_postgres)
    with state.noting() as connection:  # and accesses go on behind those that were put in
        new = (
            site_tables()
            .access.insert()
            .values(at=stored_moment(START), account="", kind="read", what="", about="", status=200)
        )
        assert connection.execute(new).inserted_primary_key == (2,)
    state.close()
    with pytest.raises(WorkspaceError, match="holds a workspace already"):
        restore(archived.file, tmp_path / "another", empty_postgres)
    assert not (tmp_path / "another").exists()
    assert told(kept.folder, kept.url) == told(tmp_path / "new", empty_postgres)


def test_a_backup_taken_while_others_write_is_one_moment(kept: Kept, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        number = 10
        with open_store(kept.folder, kept.url, grace_seconds=0) as store:
            while not done.is_set():
                load(store, {f"{number}.ics": [meeting(str(number), f"{number}.ics")]})
                store.append([decision(str(number))], gate=lambda _: [], today=START)
                store.tidy()
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    for number in range(2):
        archived = back_up(kept.state, kept.folder, tmp_path / f"{number}.zip")
        restore(archived.file, tmp_path / str(number), None)
        found = told(tmp_path / str(number), None)
        assert [] == list(found["damages"])  # type: ignore[call-overload]  # a tuple of damages
    done.set()
    writer.join(timeout=60)


def test_a_backup_that_is_killed_leaves_the_one_before(kept: Kept, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    back_up(kept.state, kept.folder, file)
    before = file.read_bytes()
    slow = (
        "import sys, time\nfrom pathlib import Path\nfrom prodops.ledger.state import open_state\n"
        "from prodops.serve.keeping.backup import back_up\n"
        "url = sys.argv[3] or None\n"
        "back_up(open_state(Path(sys.argv[1]), url), Path(sys.argv[1]), Path(sys.argv[2]),\n"
        "        told=lambda *_: (print('copied', flush=True), time.sleep(60)))\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", slow, str(kept.folder), str(file), kept.url or ""], stdout=subprocess.PIPE
    )
    assert running.stdout is not None
    assert b"copied" in running.stdout.readline()
    running.send_signal(signal.SIGKILL)
    running.wait(timeout=30)
    running.stdout.close()
    assert before == file.read_bytes()
    [left] = tmp_path.glob(".b.zip.*.part")
    old = time.time() - archive.LEFT_OVER_SECONDS - 60
    os.utime(left, (old, old))
    back_up(kept.state, kept.folder, file)
    assert [] == list(tmp_path.glob(".b.zip.*")), "the next one takes what was left away"
    restore(file, tmp_path / "new", None)


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of a small workspace on SQLite."""
    with open_store(tmp_path / "small") as store:
        load(store, {"a.ics": [meeting("1", "a.ics")]})
        store.append([decision("1")], gate=lambda _: [], today=START)
        state = open_state(tmp_path / "small", None)
        back_up(state, tmp_path / "small", tmp_path / "b.zip")
        state.close()
    return tmp_path / "b.zip"


def refused(file: Path, folder: Path) -> str:
    """Why an archive is not put back; nothing is left of the attempt."""
    with pytest.raises(BackupError) as error:
        restore(file, folder, None)
    assert not folder.exists()
    assert [] == list(folder.parent.glob(".*.restoring"))
    return str(error.value)


def rewritten(file: Path, change: str, content: bytes | None) -> Path:
    """The archive with one member changed, or without it."""
    other = file.with_name("changed.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            if not name.startswith(change):
                new.writestr(name, old.read(name))
            elif content is not None:
                new.writestr(name, content)
    return other


def test_a_truncated_archive_is_not_put_back(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    for part in (0, 1, 100, len(whole) // 2, len(whole) - 1):
        backup.write_bytes(whole[:part])
        refused(backup, tmp_path / "new")
    assert "cannot be read" in refused(tmp_path / "none.zip", tmp_path / "new")


def test_a_bit_flipped_anywhere_is_found(backup: Path, tmp_path: Path) -> None:
    whole = bytearray(backup.read_bytes())
    with zipfile.ZipFile(backup) as listed:
        starts = [one.header_offset + 30 + len(one.filename) + 25 for one in listed.infolist()]
    for place in starts:
        flipped = bytearray(whole)
        flipped[place] ^= 0x10
        backup.write_bytes(flipped)
        refused(backup, tmp_path / "new")


def test_an_archive_with_other_members_than_its_list_is_not_put_back(backup: Path, tmp_path: Path) -> None:
    assert "not those of its list" in refused(rewritten(backup, "evidence/", None), tmp_path / "new")
    assert "not what was written" in refused(rewritten(backup, "evidence/", b"x"), tmp_path / "new")
    assert "no backup" in refused(rewritten(backup, LIST, None), tmp_path / "new")
    assert "no backup" in refused(rewritten(backup, LIST, b"[1]"), tmp_path / "new")
    with zipfile.ZipFile(backup, "a") as added:
        added.writestr("../../etc/passwd", "x")
    assert "not those of its list" in refused(backup, tmp_path / "new")


def relisted(file: Path, **changes: object) -> Path:
    """The archive with another list, whose own digest is right."""
    with zipfile.ZipFile(file) as archived:
        listed = json.loads(archived.read(LIST))
    listed.pop("hash")
    listed |= changes
    listed["hash"] = archive._hash(listed)  # noqa: SLF001 (a forger knows how to hash)
    return rewritten(file, LIST, json.dumps(listed).encode())


def test_an_archive_of_a_newer_version_or_another_log_is_not_put_back(backup: Path, tmp_path: Path) -> None:
    assert "newer prodops" in refused(relisted(backup, step="from_the_future"), tmp_path / "new")
    assert "newer prodops" in refused(relisted(backup, format=2), tmp_path / "new")
    assert "its end is not" in refused(relisted(backup, chain="0" * 64), tmp_path / "new")
    assert "another workspace" in refused(relisted(backup, workspace="x"), tmp_path / "new")


def test_a_log_that_was_edited_before_the_backup_is_told_and_not_put_back(tmp_path: Path) -> None:
    with open_store(tmp_path / "w") as store:
        store.append([decision("1")], gate=lambda _: [], today=START)
        state = open_state(tmp_path / "w", None)
        with state.noting() as connection:
            connection.execute(text("update declared set payload = replace(payload, 'Pause', 'Keep')"))
        back_up(state, tmp_path / "w", tmp_path / "b.zip")
        state.close()
    assert "entry 1 of the log" in refused(tmp_path / "b.zip", tmp_path / "new")


def test_nothing_is_put_back_over_something(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("x")
    with pytest.raises(WorkspaceError, match="not empty"):
        restore(backup, tmp_path / "full", None)
    assert ["mine"] == [one.name for one in (tmp_path / "full").iterdir()]


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


def on_the_disk(folder: Path, *words: str) -> list[str]:
    """Files below a folder in which one of the words stands."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if any(word.encode() in path.read_bytes() for word in words)]


def in_the_database(url: str | None, *words: str) -> list[str]:
    """Tables of a PostgreSQL database in which one of the words stands."""
    if url is None:
        return []
    engine, found = create_engine(url), []
    with engine.connect() as connection:
        names = connection.execute(
            text("select tablename from pg_tables where schemaname = 'public'")
        ).scalars()
        for name in list(names):
            rows = connection.execute(text(f"select t::text from {name} t")).scalars().all()
            found += [name for row in rows if any(word in row for word in words)]
    engine.dispose()
    return found


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
    expected = {"access log": 1, "sessions": 1, "tokens": 0, "jobs": 0, "replies": 0, "unread tables": 1}
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
