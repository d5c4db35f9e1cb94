"""Earlier moments: what was loaded and declared by then, whatever came after."""

from __future__ import annotations

import pytest

from ledger.storing import START, Clock, decision, load, meeting, titles
from prodops.ledger.decisions import Decision
from prodops.ledger.store import Store
from prodops.ledger.versions import present


def test_an_earlier_moment_shows_what_was_loaded_by_then(store: Store, clock: Clock) -> None:
    before = clock.pass_hours(1)
    load(store, {"a.ics": [meeting("1", "a.ics", "first"), meeting("2", "a.ics", "stays")]})
    loaded = clock.pass_hours(1)
    load(store, {"a.ics": [meeting("1", "a.ics", "second"), meeting("2", "a.ics", "stays")]})
    changed = clock.pass_hours(1)
    load(store, {"a.ics": [meeting("2", "a.ics", "stays")]})
    assert titles(store, as_of=before) == {}
    assert titles(store, as_of=loaded) == {"1": ("first", "a.ics"), "2": ("stays", "a.ics")}
    assert titles(store, as_of=changed) == {"1": ("second", "a.ics"), "2": ("stays", "a.ics")}
    assert titles(store, as_of=clock.now) == titles(store) == {"2": ("stays", "a.ics")}


def test_a_version_is_the_same_exactly_when_the_records_are(store: Store, clock: Clock) -> None:
    load(store, {"a.ics": [meeting("1", "a.ics")]})
    moment, version = clock.pass_hours(1), store.version()
    load(store, {"a.ics": [meeting("2", "a.ics")]})
    assert store.version() != version
    assert store.version(as_of=moment) == version
    assert store.ledger(today=START, as_of=moment).version == version


def test_a_ledger_gives_what_it_was_and_nothing_where_nothing_had_been_loaded(
    store: Store, clock: Clock
) -> None:
    before = clock.pass_hours(1)
    load(store, {"a.ics": [meeting("1", "a.ics")]})
    moment, version = clock.pass_hours(1), store.version()
    load(store, {"a.ics": [meeting("2", "a.ics")]})
    ledger = store.ledger(today=START)
    then = ledger.as_of(moment)
    assert then is not None
    assert (version, moment) == (then.version, then.today)
    assert then.as_of(before) is None
    assert ledger.plus([]).as_of(moment) is None


def test_what_was_declared_later_is_not_seen_earlier(store: Store, clock: Clock) -> None:
    store.append([decision("1", "Keep it")], gate=lambda _ledger: [], today=START)
    then, version = clock.pass_hours(1), store.version()
    store.append([decision("1", "Pause it"), decision("2")], gate=lambda _ledger: [], today=START)
    chosen = "select id, chosen from decision order by 1"
    assert store.ledger(today=START, as_of=then).sql(chosen) == [("decision:1", "Keep it")]
    assert store.ledger(today=START).sql(chosen) == [
        ("decision:1", "Pause it"),
        ("decision:2", "Pause the sync"),
    ]
    assert store.version(as_of=then) == version != store.version()


def test_a_clock_that_goes_back_does_not_change_the_order_of_commits(store: Store, clock: Clock) -> None:
    load(store, {"a.ics": [meeting("1", "a.ics", "first")]})
    first = clock.now
    clock.pass_hours(-5)
    load(store, {"a.ics": [meeting("1", "a.ics", "second")]})
    store.append([decision("1")], gate=lambda _ledger: [], today=START)
    clock.pass_hours(-5)
    store.append([decision("2")], gate=lambda _ledger: [], today=START)
    assert titles(store, as_of=first) == {"1": ("second", "a.ics")}
    assert store.ledger(today=START, as_of=clock.now).count(Decision) == 0


def test_without_a_replaced_record_the_present_is_a_plain_scan(plain_store: Store) -> None:
    load(plain_store, {"a.ics": [meeting("1", "a.ics")]})
    load(plain_store, {"b.ics": [meeting("2", "b.ics")]})
    assert "join" not in _view(plain_store)
    load(plain_store, {"b.ics": [meeting("2", "b.ics", "changed")]})
    assert "join" in _view(plain_store)


def _view(store: Store) -> str:
    query = "select sql from duckdb_views() where view_name = 'meeting'"
    return str(store.ledger(today=START).sql(query)[0][0]).lower()


@pytest.mark.parametrize("threads", [1, 2])
def test_the_number_of_threads_does_not_change_the_answer(plain_store: Store, threads: int) -> None:
    load(plain_store, {"a.ics": [meeting(str(number), "a.ics") for number in range(50)]})
    ledger = plain_store.ledger(today=START, threads=threads)
    assert ledger.sql("select count(*) from meeting") == [(50,)]
    assert ledger.sql("select current_setting('threads')") == [(threads,)]


def test_a_query_of_the_present_reads_no_book_column(plain_store: Store) -> None:
    ledger = plain_store.ledger(today=START)
    named = [
        row[0] for row in ledger.sql("select column_name from duckdb_columns() where table_name = 'meeting'")
    ]
    assert not [name for name in named if name.startswith("_")]
    assert present.__doc__
