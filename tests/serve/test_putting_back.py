"""Putting files back that were taken out: the ledger is as it was, from the evidence alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from prodops.ledger.people import Person
from prodops.ledger.record import Citation, Record
from prodops.ledger.schema import record_types
from prodops.ledger.store import Store, open_store
from prodops.serve.intake.load import Intake
from prodops.serve.removal import present_sources, put_back, take_out, taken_out

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "organisation"
TODAY = datetime(2026, 12, 1, tzinfo=UTC)
ANYWHERE = Citation("a file", "a place")
HEADER = "name,email,title,team\n"
ANA = "Ana Sample,ana@example.com,PM,A\n"
BEN = "Ben Sample,ben@example.com,Engineer,A\n"


@pytest.fixture
def store(tmp_path: Path, database_url: str | None) -> Iterator[Store]:
    with open_store(tmp_path / ".prodops", database_url) as opened:
        yield opened


def take(store: Store, *paths: Path) -> None:
    list(Intake(store=store, hints=lambda _: {}, progress=lambda *_: None).take(paths))


def told(store: Store) -> dict[str, list[Record]]:
    """All records, by type; which of two files that say the same is cited depends on which was read first."""
    ledger = store.ledger(today=TODAY)
    return {
        kind.__name__: [replace(one, cite=ANYWHERE) for one in ledger.records(kind)]
        for kind in record_types()
    }


def counts(store: Store) -> list[tuple[Any, ...]]:
    """What the sources page says of each file."""
    return [
        (one.name, one.reading, one.entries, one.used, one.unused, one.lost, one.first_on, one.last_on)
        for one in present_sources(store)
    ]


def out_and_back(store: Store, *names: str) -> None:
    found = [one for one in present_sources(store) if one.name in names or not names]
    before = datetime.now(UTC)
    take_out(store, found)
    assert not {one.name for one in found} & {one.name for one in present_sources(store)}
    assert len(found) == len(list(put_back(store, [taken_out(one) for one in found], before=before)))


@pytest.mark.parametrize("database_url", [None])
def test_calendars_and_metrics_are_back_as_they_were(store: Store) -> None:
    take(store, EXAMPLES / "calendars", EXAMPLES / "metrics")
    records, files = told(store), counts(store)
    out_and_back(store)
    assert records == told(store)
    assert files == counts(store)


def test_a_record_that_two_files_have_stays_when_the_other_goes_later(store: Store, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(HEADER + ANA + BEN)
    (tmp_path / "two.csv").write_text(HEADER + BEN)
    take(store, tmp_path / "one.csv", tmp_path / "two.csv")
    out_and_back(store, "two.csv")
    assert 2 == store.counts()["person"]
    take_out(store, [one for one in present_sources(store) if one.name == "one.csv"])
    (left,) = store.ledger(today=TODAY).records(Person)
    assert "two.csv" == left.cite.source


def test_what_could_not_be_read_is_listed_again(store: Store, tmp_path: Path) -> None:
    (tmp_path / "noise.bin").write_bytes(b"\0\1\2")
    take(store, tmp_path / "noise.bin")
    files = counts(store)
    out_and_back(store)
    assert files == counts(store)
    assert ["noise.bin"] == [one.cite.source for one in store.problems()]


def test_the_count_before_says_what_can_be_put_back(store: Store, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(HEADER + ANA + BEN)
    take(store, tmp_path / "one.csv")
    before = datetime.now(UTC)
    assert 2 == store.count_said_by(["one.csv"], as_of=before)
    take_out(store, present_sources(store))
    assert 2 == store.count_said_by(["one.csv"], as_of=before)
    assert 0 == store.count_said_by(["one.csv"], as_of=datetime.now(UTC))
