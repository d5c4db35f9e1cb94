"""Guessing is slowed down; nobody is locked out for ever."""

from __future__ import annotations

from prodops.ledger.state import State
from prodops.serve.people.access_log import Asked
from prodops.serve.people.people import People
from prodops.serve.people.throttle import ADDRESS, FAILED, PAIR, PLACE, WINDOW
from serve.visiting import Clock

ADA = "ada@example.com"


def fails(people: People, email: str, place: str, times: int = 1) -> None:
    for _ in range(times):
        people.log.note("", FAILED, "POST /signin", about=people.throttle.about(email, place), status=401)


def waits(people: People, email: str, place: str, known: str = "") -> bool:
    return people.throttle.waits(email, place, known=known)


def test_one_who_guesses_waits_and_after_the_window_does_not(people: People, clock: Clock) -> None:
    fails(people, ADA, "198.51.100.1", PAIR - 1)
    assert not waits(people, ADA, "198.51.100.1")
    fails(people, "ADA@Example.com", "198.51.100.1")
    assert waits(people, ADA, "198.51.100.1")
    assert not waits(people, ADA, "198.51.100.2"), "its owner elsewhere comes in meanwhile"
    assert not waits(people, "bo@example.com", "198.51.100.1"), "and others at the same place"
    clock.now += WINDOW
    assert not waits(people, ADA, "198.51.100.1")


def test_one_place_that_tries_many_addresses_waits(people: People) -> None:
    for number in range(PLACE):
        fails(people, f"{number}@example.com", "198.51.100.1")
    assert waits(people, ADA, "198.51.100.1")
    assert not waits(people, ADA, "198.51.100.2")


def test_many_places_that_try_one_address_keep_its_owner_not_out(people: People) -> None:
    for number in range(ADDRESS):
        fails(people, ADA, f"198.51.100.{number}")
    assert waits(people, ADA, "203.0.113.9")
    assert not waits(people, ADA, "203.0.113.9", known=people.throttle.known(ADA))
    assert waits(people, ADA, "203.0.113.9", known=people.throttle.known("bo@example.com"))


def test_the_log_names_neither_the_address_nor_the_place(people: People, state: State) -> None:
    assert state
    fails(people, ADA, "198.51.100.1")
    (row,) = people.log.rows(Asked(kind=FAILED), most=10)
    assert ADA not in row.about
    assert "198.51.100.1" not in row.about
    assert [16, 16] == [len(mark) for mark in row.about.split()]
