"""Many small files become few, nothing that anybody can read changes, and rubbish goes."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ledger.storing import START, Clock, load, meeting, titles
from prodops.ledger.compaction import ORPHAN_SECONDS, Tidier
from prodops.ledger.evidence import Evidence
from prodops.ledger.loading import Load
from prodops.ledger.manifest import OvertakenError, Snapshot, read_snapshot
from prodops.ledger.reading import Entry
from prodops.ledger.redacting import Redactor
from prodops.ledger.rituals import Meeting
from prodops.ledger.state import State, open_state
from prodops.ledger.store import Store, open_store


class Room:
    """A workspace with a tidier that finds three files too many."""

    def __init__(self, folder: Path, clock: Clock, database_url: str | None = None) -> None:
        """Open it."""
        self.store: Store = open_store(folder, database_url, clock=clock)
        self.state: State = open_state(folder, database_url)
        self.evidence = Evidence(folder)
        self.clock = clock
        self.tidier = Tidier(
            state=self.state,
            evidence=self.evidence,
            clock=clock,
            memory_megabytes=128,
            most_files=2,
            grace_seconds=3_600,
        )

    def close(self) -> None:
        """Close it."""
        self.store.close()
        self.state.close()

    def snapshot(self) -> Snapshot:
        """The manifest."""
        with self.state.reading() as connection:
            return read_snapshot(connection)

    def begin_load(self) -> Load:
        """A load that is not tidied after."""
        return Load(
            self.state, self.evidence, clock=self.clock, memory_megabytes=128, redactor=Redactor("", [])
        )


@pytest.fixture
def room(tmp_path: Path, clock: Clock) -> Room:
    """An empty one."""
    return Room(tmp_path / "workspace", clock)


def lively(room: Room) -> list[datetime]:
    """Loads that add, change, retire and bring back; gives a moment after each."""
    loads: list[dict[str, list[Meeting]]] = [
        {"a": [meeting("1", "a", "one"), meeting("2", "a", "one")]},
        {"a": [meeting("1", "a", "two"), meeting("2", "a", "one")], "b": [meeting("1", "b", "b's")]},
        {"a": [meeting("2", "a", "one"), meeting("3", "a", "one")]},
        {"b": []},
        {"a": [meeting("1", "a", "back"), meeting("3", "a", "one")], "c": [meeting("3", "c", "c's")]},
        {"d": [meeting("3", "d", "d's")], "c": [meeting("4", "c")]},
    ]
    moments = []
    for files in loads:
        load(room.store, files)
        moments.append(room.clock.pass_hours(1))
    return moments


def test_compaction_changes_nothing_that_is_read_at_any_moment(room: Room) -> None:
    moments = lively(room)
    seen = [titles(room.store, as_of=moment) for moment in moments]
    version = room.store.version()
    assert len({str(one) for one in seen}) == 6
    assert room.tidier.compact() > 0
    assert [titles(room.store, as_of=moment) for moment in moments] == seen
    assert titles(room.store) == seen[-1]
    assert room.store.version() != version, "who kept a ledger must open the new files"
    assert {len(room.snapshot().of("meeting", part)) for part in ("live", "history", "held")} == {1}


def test_after_compaction_the_present_is_a_plain_scan_until_something_is_replaced(room: Room) -> None:
    lively(room)
    room.tidier.compact()
    ledger = room.store.ledger(today=START)
    view = str(ledger.sql("select sql from duckdb_views() where view_name = 'meeting'")[0][0])
    assert "join" not in view.lower()


def test_loads_after_a_compaction_replace_what_it_kept(room: Room) -> None:
    moments = lively(room)
    seen = [titles(room.store, as_of=moment) for moment in moments]
    room.tidier.compact()
    load(room.store, {"a": [meeting("1", "a", "newest")], "d": []})
    room.clock.pass_hours(1)
    assert titles(room.store) == {"1": ("newest", "a"), "4": ("Weekly sync", "c")}
    for number in range(3):
        load(room.store, {"e": [meeting("5", "e", f"version {number}")]})
        room.clock.pass_hours(1)
    room.tidier.compact()
    room.tidier.compact()
    assert titles(room.store)["5"] == ("version 2", "e")
    assert [titles(room.store, as_of=moment) for moment in moments] == seen
    load(room.store, {"a": []})
    assert "1" not in titles(room.store)


def test_many_history_files_become_one(room: Room) -> None:
    moments = []
    for number in range(12):
        load(room.store, {"a": [meeting("1", "a", f"version {number}")]})
        moments.append(room.clock.pass_hours(1))
        room.tidier.compact()
    assert len(room.snapshot().of("meeting", "history")) <= 2
    for number, moment in enumerate(moments):
        assert titles(room.store, as_of=moment) == {"1": (f"version {number}", "a")}


def test_copies_held_survive_compaction(room: Room) -> None:
    for name in "abcd":
        load(room.store, {name: [meeting("1", name)]})
    room.tidier.compact()
    assert len(room.snapshot().of("meeting", "held")) == 1
    for gone, left in (("a", "b"), ("b", "c"), ("c", "d")):
        load(room.store, {gone: []})
        assert titles(room.store) == {"1": ("Weekly sync", left)}
    load(room.store, {"d": []})
    room.tidier.compact()
    assert titles(room.store) == {}
    assert room.snapshot().of("meeting", "held") == [], "copies that went are not kept"


def test_a_store_compacts_after_a_load_when_files_are_many(
    plain_store: Store, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    monkeypatch.setattr("prodops.ledger.loading.COMMIT_FILES", 1)
    with plain_store.load() as loading:
        for number in range(70):
            one = meeting(str(number), f"{number}.ics")
            loading.file(
                one.cite.source,
                sha256="1",
                size_bytes=1,
                connector="ics",
                covers="snapshot",
                entries=[_entry(one)],
            )
    assert len(titles(plain_store)) == 70
    assert len(list(plain_store.folder.rglob("*.parquet"))) == 71, "the small files stay for a grace period"
    clock.pass_hours(1)
    assert plain_store.sweep() == 70
    assert len(titles(plain_store)) == 70


def test_a_compaction_that_another_process_overtook_changes_nothing(room: Room) -> None:
    lively(room)
    stale = room.snapshot()
    room.tidier.compact()
    after, files = room.snapshot(), set(room.store.folder.rglob("*.parquet"))
    assert room.tidier._compact(stale, Meeting, "live") == 0  # noqa: SLF001 (the race, made to happen)
    assert room.snapshot() == after
    assert set(room.store.folder.rglob("*.parquet")) == files


def test_a_load_computed_before_a_compaction_commits_after_it(room: Room) -> None:
    lively(room)
    with room.begin_load() as loading:
        loading.file(
            "a",
            sha256="x",
            size_bytes=1,
            connector="ics",
            covers="snapshot",
            entries=[_entry(meeting("9", "a"))],
        )
        room.tidier.compact()
    assert set(titles(room.store)) == {"3", "4", "9"}


def test_a_load_that_another_load_overtook_is_computed_again(room: Room) -> None:
    load(room.store, {"a": [meeting("1", "a", "one")]})
    with room.begin_load() as loading:
        loading.file(
            "b",
            sha256="x",
            size_bytes=1,
            connector="ics",
            covers="snapshot",
            entries=[_entry(meeting("1", "b"))],
        )
        load(room.store, {"a": []})
    assert titles(room.store) == {"1": ("Weekly sync", "b")}


def test_a_load_gives_up_when_others_are_always_faster(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prodops.ledger.loading.ATTEMPTS", 0)
    with pytest.raises(OvertakenError, match="load the files again"):
        load(room.store, {"a": [meeting("1", "a")]})
    assert titles(room.store) == {}


def test_files_out_of_use_and_old_orphans_are_swept_and_young_ones_are_not(room: Room) -> None:
    lively(room)
    room.tidier.compact()
    folder = room.store.folder / "evidence" / "meeting"
    scratch = room.store.folder / "scratch"
    old, young = folder / "old.parquet", folder / "young.parquet"
    left = scratch / "left"
    left.mkdir(parents=True)
    for path in (old, young, left / "chunk.parquet"):
        path.write_bytes(b"half a batch")
    long_ago = time.time() - ORPHAN_SECONDS - 60
    for path in (old, left):
        os.utime(path, (long_ago, long_ago))
    assert room.tidier.sweep() == 2
    assert (old.exists(), young.exists(), left.exists()) == (False, True, False)
    before = titles(room.store)
    room.clock.now += timedelta(hours=2)
    used = {batch.uuid for batch in room.snapshot().batches}
    assert room.tidier.sweep() > 2
    assert {path.stem for path in room.evidence.folder.rglob("*.parquet")} == used | {"young"}
    assert titles(room.store) == before
    assert room.tidier.sweep() == 0


def _entry(one: Meeting) -> Entry:
    return Entry(locator=one.cite.locator, records=(one,))
