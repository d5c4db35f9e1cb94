"""Files into the ledger: counted, compared, committed whole, and the same twice without effect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ledger.storing import (
    START,
    Clock,
    all_problems,
    decision,
    entries,
    load,
    meeting,
    note,
    sha,
    titles,
    told,
)
from prodops.ledger.loading import COMMIT_ROWS
from prodops.ledger.reading import Entry, problem
from prodops.ledger.record import Citation, Record
from prodops.ledger.rituals import Meeting, Note
from prodops.ledger.schema import record_types
from prodops.ledger.staging import DeclaredRecordError, StrayCitationError
from prodops.ledger.store import Store, open_store
from prodops.ledger.tooling import Tool


def test_an_empty_workspace_has_every_type_and_no_record(store: Store) -> None:
    ledger = store.ledger(today=START)
    assert [ledger.count(kind) for kind in record_types()] == [0] * len(record_types())
    assert store.counts() == {}
    assert store.sources() == []


def test_what_is_loaded_comes_back_as_it_was(store: Store) -> None:
    one, two = meeting("1", "a.ics", revised_at=START), note("1", "a.ics")
    load(store, {"a.ics": [one, two]})
    ledger = store.ledger(today=START)
    assert list(ledger.records(Meeting)) == [one]
    assert list(ledger.records(Note)) == [two]
    assert store.counts() == {"meeting": 1, "note": 1}


def test_the_same_records_twice_change_nothing(store: Store, clock: Clock) -> None:
    files = {"a.ics": [meeting("1", "a.ics"), meeting("2", "a.ics")]}
    load(store, files)
    before, batches = store.version(), sorted(store.folder.rglob("*.parquet"))
    clock.pass_hours(1)
    load(store, files)
    assert store.version() == before == store.ledger(today=START).version
    assert sorted(store.folder.rglob("*.parquet")) == batches


def test_a_record_that_moved_in_its_file_is_the_same_record(store: Store) -> None:
    load(store, {"a.ics": [meeting("1", "a.ics")]})
    before = store.version()
    load(store, {"a.ics": [replace(meeting("1", "a.ics"), cite=Citation("a.ics", "line 900"))]})
    assert store.version() == before


def test_known_bytes_need_no_reading_unless_they_are_read_otherwise(store: Store) -> None:
    records = [meeting("1", "a.ics")]
    load(store, {"a.ics": records})
    assert store.seen("a.ics", sha256=sha(records), connector="ics")
    assert not store.seen("b.ics", sha256=sha(records), connector="ics")
    assert not store.seen("a.ics", sha256=sha([]), connector="ics")
    assert not store.seen("a.ics", sha256=sha(records), connector="csv")
    assert not store.seen("a.ics", sha256=sha(records), connector="ics", hints={"title": "Subject"})
    assert not store.seen("a.ics", sha256=sha(records), connector="ics", parser="2")


def test_hints_are_the_same_in_any_order(store: Store) -> None:
    with store.load() as loading:
        loading.file(
            "a.csv",
            sha256="1",
            size_bytes=1,
            connector="csv",
            covers="snapshot",
            entries=[],
            hints={"title": "A", "created": "B"},
        )
    assert store.seen("a.csv", sha256="1", connector="csv", hints={"created": "B", "title": "A"})


def test_every_entry_of_a_file_is_counted(store: Store) -> None:
    lost = problem("a.ics", "line 3", "bad_date", says="no date", remedy="correct it")
    beside = problem("a.ics", "line 9", "naive_time", says="no zone", remedy="name it", lost=False)
    given = [
        Entry(locator="line 1", records=(meeting("1", "a.ics"), meeting("2", "a.ics")), problems=(beside,)),
        Entry(locator="line 2", unused="private event"),
        Entry(locator="line 3", problems=(lost,)),
        Entry(locator="line 4", unused="private event"),
    ]
    with store.load() as loading:
        facts = loading.file(
            "a.ics", sha256="1", size_bytes=70, connector="ics", covers="snapshot", entries=given
        )
    assert (facts.entries, facts.used, facts.unused, facts.lost, facts.records) == (4, 1, 2, 1, 2)
    (source,) = store.sources()
    assert source.reasons == {"private event": 2}
    assert (source.problems, source.size_bytes, source.covers) == (2, 70, "snapshot")
    assert (source.first_on, source.last_on) == (date(2026, 3, 2), date(2026, 3, 2))
    assert source.loaded_at == START
    assert loading.done == [source]
    assert {(one.code, one.lost) for one in all_problems(store)} == {
        ("bad_date", True),
        ("naive_time", False),
    }


def test_problems_are_a_snapshot_of_their_source_even_when_its_records_are_not(store: Store) -> None:
    bad = problem("a.csv", "row 3", "bad_date", says="no date", remedy="correct it")
    with store.load() as loading:
        loading.file(
            "a.csv",
            sha256="1",
            size_bytes=1,
            connector="csv",
            covers="increment",
            entries=[*entries([meeting("1", "a.csv")]), Entry(locator="row 3", problems=(bad,))],
        )
    assert told(store) == [("bad_date", "a.csv")]
    load(store, {"a.csv": [meeting("2", "a.csv")]}, covers="increment", connector="csv")
    assert told(store) == []
    assert set(titles(store)) == {"1", "2"}


def test_problems_come_in_pages_by_file_and_line(store: Store) -> None:
    for name in ("b.csv", "a.csv"):
        found = [
            problem(name, f"row {row}", "bad_date", says=f"no date in {row}", remedy="correct it")
            for row in (10, 9, 2)
        ]
        with store.load() as loading:
            loading.file(
                name,
                sha256="1",
                size_bytes=1,
                connector="csv",
                covers="snapshot",
                entries=[Entry(locator=one.cite.locator, problems=(one,)) for one in found],
            )
    places = [(one.cite.source, one.cite.locator) for one in store.problems(offset=1, limit=3)]
    assert places == [("a.csv", "row 9"), ("a.csv", "row 10"), ("b.csv", "row 2")]


def test_a_record_missing_from_a_snapshot_is_gone_and_from_an_increment_is_not(store: Store) -> None:
    for name in ("whole.ics", "part.ics"):
        load(store, {name: [meeting(f"{name} 1", name), meeting(f"{name} 2", name)]})
    load(store, {"whole.ics": [meeting("whole.ics 2", "whole.ics")]})
    load(store, {"part.ics": [meeting("part.ics 2", "part.ics")]}, covers="increment")
    assert set(titles(store)) == {"whole.ics 2", "part.ics 1", "part.ics 2"}


def test_a_type_that_a_snapshot_has_no_more_of_is_gone_too(store: Store) -> None:
    load(store, {"a.ics": [meeting("1", "a.ics"), note("1", "a.ics")]})
    load(store, {"a.ics": [meeting("1", "a.ics")]})
    assert store.counts() == {"meeting": 1}


def test_a_record_that_was_gone_can_come_back(store: Store) -> None:
    load(store, {"a.ics": [meeting("1", "a.ics", "first")]})
    load(store, {"a.ics": []})
    assert titles(store) == {}
    load(store, {"a.ics": [meeting("1", "a.ics", "again")]})
    assert titles(store) == {"1": ("again", "a.ics")}


def test_a_file_of_which_nothing_can_be_read_lets_no_record_go(store: Store) -> None:
    load(store, {"a.ics": [meeting("1", "a.ics")]})
    torn = problem("a.ics", "file", "truncated", says="it ends too early", remedy="export it again")
    with store.load() as loading:
        loading.file(
            "a.ics",
            sha256="torn",
            size_bytes=1,
            connector="none",
            covers="snapshot",
            entries=[Entry(locator="file", problems=(torn,))],
        )
    assert set(titles(store)) == {"1"}
    assert told(store) == [("truncated", "a.ics")]
    load(store, {"a.ics": [meeting("2", "a.ics")]}, covers="increment")
    assert set(titles(store)) == {"1", "2"}, "a file that was torn in between was not misread"


def test_what_another_connector_made_of_a_file_goes_even_from_an_increment(store: Store) -> None:
    load(store, {"a.csv": [meeting("1", "a.csv")]}, covers="increment", connector="feedback")
    load(store, {"a.csv": [note("1", "a.csv")]}, covers="increment", connector="minutes")
    assert store.counts() == {"note": 1}


def test_an_id_twice_in_a_file_keeps_the_first_and_says_so(store: Store) -> None:
    twice = [meeting("1", "a.ics", "first"), meeting("2", "a.ics"), meeting("1", "a.ics", "second")]
    load(store, {"a.ics": twice})
    assert titles(store) == {"1": ("first", "a.ics"), "2": ("Weekly sync", "a.ics")}
    (found,) = all_problems(store)
    assert (found.code, found.lost) == ("duplicate_id", False)
    assert "ics:meeting:1" in found.says
    assert store.sources()[0].problems == 1


def test_the_very_same_record_twice_in_a_file_is_no_problem(store: Store) -> None:
    load(store, {"a.ics": [meeting("1", "a.ics"), meeting("1", "a.ics")]})
    assert set(titles(store)) == {"1"}
    assert told(store) == []


def test_one_name_twice_in_a_load_is_two_readings(store: Store) -> None:
    with store.load() as loading:
        for records in ([meeting("1", "a.ics")], [meeting("2", "a.ics")]):
            loading.file(
                "a.ics",
                sha256=sha(records),
                size_bytes=1,
                connector="ics",
                covers="snapshot",
                entries=entries(records),
            )
    assert set(titles(store)) == {"2"}


def test_a_file_whose_entries_fail_leaves_nothing_and_the_others_stay(store: Store) -> None:
    def failing() -> Iterator[Entry]:
        for number in range(12_000):
            yield Entry(locator="x", records=(meeting(f"bad {number}", "bad.ics"),))
        raise RuntimeError("the file changed while it was read")

    with store.load() as loading:
        loading.file(
            "good.ics",
            sha256="1",
            size_bytes=1,
            connector="ics",
            covers="snapshot",
            entries=entries([meeting("1", "good.ics")]),
        )
        with pytest.raises(RuntimeError, match="changed while"):
            loading.file(
                "bad.ics", sha256="2", size_bytes=1, connector="ics", covers="snapshot", entries=failing()
            )
    assert set(titles(store)) == {"1"}
    assert [source.name for source in store.sources()] == ["good.ics"]


def test_a_file_that_fails_after_it_went_to_the_disk_leaves_nothing(
    plain_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prodops.ledger.staging.CHUNK_ROWS", 5_000)
    test_a_file_whose_entries_fail_leaves_nothing_and_the_others_stay(plain_store)


def test_a_load_that_ends_by_an_exception_leaves_out_its_last_group(store: Store) -> None:
    def stopped() -> None:
        with store.load() as loading:
            loading.file(
                "a.ics",
                sha256="1",
                size_bytes=1,
                connector="ics",
                covers="snapshot",
                entries=entries([meeting("1", "a.ics")]),
            )
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert titles(store) == {}
    assert not any((store.folder / "scratch").iterdir())


def test_a_load_of_many_rows_is_committed_in_groups_and_tells_its_progress(
    plain_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prodops.ledger.loading.COMMIT_ROWS", 15_000)
    monkeypatch.setattr("prodops.ledger.staging.CHUNK_ROWS", 10_000)
    seen: list[int] = []
    with plain_store.load(progress=seen.append) as loading:
        for name in ("a", "b", "c"):
            loading.file(
                name,
                sha256="1",
                size_bytes=1,
                connector="ics",
                covers="snapshot",
                entries=entries(meeting(f"{name} {number}", name) for number in range(12_000)),
            )
            committed = len(loading.done)
            assert committed == {"a": 0, "b": 2, "c": 2}[name]
    assert plain_store.counts() == {"meeting": 36_000}
    assert seen == sorted(seen)
    assert (len(seen), seen[-1]) == (6, 36_000)
    assert COMMIT_ROWS > 15_000


def test_a_record_that_cites_another_file_is_a_fault_of_its_connector(plain_store: Store) -> None:
    with pytest.raises(StrayCitationError, match=r"b\.ics"):
        load(plain_store, {"a.ics": [meeting("1", "b.ics")]})


def test_a_declared_record_cannot_come_from_a_file(plain_store: Store) -> None:
    with pytest.raises(DeclaredRecordError, match="Decision"):
        load(plain_store, {"a.csv": [decision("1")]})


def test_a_number_too_large_to_keep_is_a_problem_and_the_rest_is_kept(store: Store) -> None:
    def tool(key: str, seats: int) -> Record:
        given = meeting(key, "tools.csv")
        return Tool(id=given.id, cite=given.cite, name=key, seats_paid=seats)

    load(store, {"tools.csv": [tool("1", 5), tool("2", 10**30), tool("3", 7)]})
    seats = store.ledger(today=START).sql("select seats_paid from tool order by 1")
    assert seats == [(5,), (7,)]
    (found,) = all_problems(store)
    assert (found.code, found.lost, found.cite.locator) == ("unstorable_value", True, "UID 2")


def test_prose_too_long_to_keep_is_a_problem_and_the_rest_is_kept(
    plain_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prodops.ledger.staging.MOST_CHARACTERS", 1_000)
    load(plain_store, {"a.ics": [meeting("1", "a.ics", "x" * 1_001), meeting("2", "a.ics", "x" * 1_000)]})
    assert set(titles(plain_store)) == {"2"}
    assert told(plain_store) == [("unstorable_value", "a.ics")]


def test_long_prose_goes_to_the_disk_before_there_are_many_rows(
    plain_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prodops.ledger.staging.BUFFER_CHARACTERS", 1_000)
    monkeypatch.setattr("prodops.ledger.staging.CHUNK_CHARACTERS", 3_000)
    with plain_store.load() as loading:
        loading.file(
            "a.ics",
            sha256="1",
            size_bytes=1,
            connector="ics",
            covers="snapshot",
            entries=entries(meeting(str(number), "a.ics", "x" * 500) for number in range(20)),
        )
        assert len(list(plain_store.folder.glob("scratch/*/*.parquet"))) == 3
    assert len(titles(plain_store)) == 20


def test_half_a_surrogate_pair_is_kept_as_a_question_mark(store: Store) -> None:
    load(store, {"a.ics": [meeting("1", "a.ics", "broken \ud83d emoji"), meeting("2", "a.ics", "a\0b 'x'")]})
    assert titles(store) == {"1": ("broken ? emoji", "a.ics"), "2": ("a\0b 'x'", "a.ics")}


def test_names_of_files_and_folders_are_only_names(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("work") / "it's [a] *?' folder; drop table x"
    name = "it's; drop table file; --/[x]*.ics"
    with open_store(folder) as opened:
        load(opened, {name: [meeting("1", name)]})
        load(opened, {name: [meeting("1", name, "changed")]})
        assert titles(opened) == {"1": ("changed", name)}
        load(opened, {name: []})
        assert titles(opened) == {}


def test_days_that_records_speak_of_are_spanned(store: Store) -> None:
    month = timedelta(days=30)
    later = replace(meeting("2", "a.ics"), starts_at=START + month, ends_at=START + month)
    load(store, {"a.ics": [meeting("1", "a.ics"), later]})
    (source,) = store.sources()
    assert (source.first_on, source.last_on) == (date(2026, 3, 2), date(2026, 4, 1))
