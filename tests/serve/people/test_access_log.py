"""The access log: the newest first, by account, kind and time, and page by page."""

from __future__ import annotations

from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import State, stored_moment
from prodops.serve.people.access_log import AT_ONCE_ROWS, Asked
from prodops.serve.people.people import People
from serve.visiting import Clock


def test_rows_are_found_by_account_kind_and_moment_the_newest_first(people: People, clock: Clock) -> None:
    log = people.log
    log.note("person:1", "write", "POST /decide", status=303)
    clock.passes(days=1)
    moment = clock()
    log.note("person:2", "read", "GET /interviews")
    log.note("person:1", "read", "GET /evidence", about="ritual_rot")
    assert ["GET /evidence", "GET /interviews", "POST /decide"] == [one.what for one in log.all(Asked())]
    assert ["GET /evidence", "POST /decide"] == [one.what for one in log.all(Asked(account="person:1"))]
    assert ["POST /decide"] == [one.what for one in log.all(Asked(kind="write"))]
    assert 2 == len(log.rows(Asked(since=moment), most=10))
    (newest,) = log.rows(Asked(), most=1)
    assert ("ritual_rot", 200, moment) == (newest.about, newest.status, newest.at)
    assert ["GET /interviews"] == [one.what for one in log.rows(Asked(before=newest.number), most=1)]


def test_all_goes_on_where_a_thousand_rows_end(people: People, state: State, clock: Clock) -> None:
    row = {"account": "", "kind": "read", "what": "x", "about": "", "status": 200}
    with state.noting() as connection:
        at = stored_moment(clock())
        connection.execute(site_tables().access.insert(), [{**row, "at": at}] * (AT_ONCE_ROWS + 5))
    assert AT_ONCE_ROWS + 5 == len({one.number for one in people.log.all(Asked())})


def test_old_rows_can_be_dropped(people: People, clock: Clock) -> None:
    people.log.note("", "read", "GET /old")
    clock.passes(days=30)
    people.log.note("", "read", "GET /new")
    assert 1 == people.log.drop_before(clock())
    assert ["GET /new"] == [one.what for one in people.log.all(Asked())]


def test_what_is_too_long_is_cut(people: People) -> None:
    people.log.note("", "read", "G" * 5_000, about="a" * 5_000)
    (row,) = people.log.rows(Asked(), most=1)
    assert (300, 300) == (len(row.what), len(row.about))
