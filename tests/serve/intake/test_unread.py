"""Tables that nobody understood: kept until their columns are named, found where they lay, gone in time."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from prodops.ledger.sources import LoadedFile
from prodops.ledger.store import Store, open_store
from prodops.serve.intake.headers import unknown_table
from prodops.serve.intake.load import Intake
from prodops.serve.intake.unread import UNREAD_FOLDER, content_of, drop_unread, keep_unread, sweep_unread

ODD = b"aaa,bbb\nfoo,bar\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / ".prodops") as opened:
        yield opened


def loaded(store: Store, path: Path) -> list[LoadedFile]:
    list(Intake(store=store, hints=lambda _: {}, progress=lambda *_: None).take([path]))
    return store.sources()


def kept(store: Store) -> list[str]:
    folder = store.folder / UNREAD_FOLDER
    return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []


def test_a_table_and_a_member_of_an_archive_are_kept_and_noise_is_not(store: Store, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_bytes(ODD)
    (tmp_path / "noise.bin").write_bytes(b"\0\1\2")
    with zipfile.ZipFile(tmp_path / "odd.zip", "w") as archive:
        archive.writestr("in/odd.csv", ODD + b"x,y\n")
        archive.writestr("in/other.csv", b"good,enough\n")
    files = [(tmp_path / name, f"uploads/{name}") for name in ("odd.csv", "noise.bin", "odd.zip")]
    unread = ["uploads/odd.csv", "uploads/noise.bin", "uploads/odd.zip!/in/odd.csv"]
    assert {"uploads/odd.csv", "uploads/odd.zip!/in/odd.csv"} == keep_unread(store.folder, files, unread)
    assert 2 == len(kept(store))
    assert 0o700 == (store.folder / UNREAD_FOLDER).stat().st_mode & 0o777
    assert set() == keep_unread(store.folder, files, [])


def test_a_file_of_this_machine_is_found_where_it_lay_if_it_is_still_the_same(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "odd.csv").write_bytes(ODD)
    with zipfile.ZipFile(tmp_path / "odd.zip", "w") as archive:
        archive.writestr("in/odd.csv", ODD + b"x,y\n")
    loaded(store, tmp_path / "odd.csv")
    plain, member = loaded(store, tmp_path / "odd.zip")
    assert ODD == content_of(store.folder, plain)
    assert ODD + b"x,y\n" == content_of(store.folder, member)
    (tmp_path / "odd.csv").write_bytes(ODD + b"changed,since\n")
    (tmp_path / "odd.zip").unlink()
    assert content_of(store.folder, plain) is None
    assert content_of(store.folder, member) is None


def test_what_nobody_named_goes_in_time(store: Store, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.csv").write_bytes(ODD + b"z,z\n" * number)
        keep_unread(store.folder, [(tmp_path / f"{number}.csv", "x.csv")], ["x.csv"])
    first, second, third = kept(store)
    os.utime(store.folder / UNREAD_FOLDER / first, (1, 1))
    sweep_unread(store.folder)
    assert [second, third] == kept(store)
    drop_unread(store.folder, second)
    drop_unread(store.folder, second)
    assert [third] == kept(store)
    sweep_unread(store.folder, keep_days=0)
    sweep_unread(store.folder)
    assert not kept(store)


def test_a_person_is_asked_about_the_first_table_with_what_its_columns_suggest() -> None:
    table = unknown_table(
        "t.csv", b"Export of requests\n\nNr,Created at,Wish,Plan\n1,2026-09-01,Dark mode,Pro\n"
    )
    assert table is not None
    assert ("Nr", "Created at", "Wish", "Plan") == table.header
    assert (("1", "2026-09-01", "Dark mode", "Pro"),) == table.rows
    assert "Created at" == {one.field: one.guess for one in table.questions}["created"]
    assert "created" == table.questions[0].field
    assert len(table.questions) == len({one.field for one in table.questions})


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"a" * 2_000_000])
def test_nobody_is_asked_about_what_is_no_table(content: bytes) -> None:
    assert unknown_table("t.csv", content) is None
