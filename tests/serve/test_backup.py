"""A backup: one moment while others write, put back only when every part of it is proved."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from ledger.storing import START, decision, load, meeting
from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import WorkspaceError, open_state, stored_moment
from prodops.ledger.store import open_store
from prodops.serve.keeping import archive
from prodops.serve.keeping.archive import LIST, BackupError
from prodops.serve.keeping.backup import back_up
from prodops.serve.keeping.restore import restore
from serve.kept import Kept, told, with_pages


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
