"""The log of declared records: gated, chained, and telling when somebody changed it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from ledger.storing import START, Clock, decision, load, meeting
from prodops.ledger.decisions import Decision
from prodops.ledger.declared_log import Checkpoint, GateRefusedError, LogFault, payload_of, record_from
from prodops.ledger.ledger import Ledger
from prodops.ledger.rituals import Meeting
from prodops.ledger.store import Store, open_store


def open_gate(_ledger: Ledger) -> Sequence[object]:
    """Let everything in."""
    return []


def test_what_is_declared_is_read_as_it_was_said(store: Store) -> None:
    said = decision("1")
    store.append([said], gate=open_gate, today=START)
    assert list(store.ledger(today=START).records(Decision)) == [said]
    assert store.counts() == {"decision": 1}


def test_the_gate_sees_the_ledger_as_it_would_be(store: Store) -> None:
    load(store, {"a.ics": [meeting("1", "a.ics")]})
    store.append([decision("1")], gate=open_gate, today=START)
    seen = {}

    def gate(ledger: Ledger) -> Sequence[object]:
        seen["decisions"], seen["meetings"] = ledger.count(Decision), ledger.count(Meeting)
        return []

    store.append([decision("2"), decision("1", "Keep it")], gate=gate, today=START)
    assert seen == {"decisions": 2, "meetings": 1}


def test_what_the_gate_refuses_is_not_recorded(store: Store) -> None:
    before = store.checkpoint()
    with pytest.raises(GateRefusedError, match="GOV01: no review") as refused:
        store.append([decision("1")], gate=lambda _ledger: ["GOV01: no review"], today=START)
    assert refused.value.objections == ("GOV01: no review",)
    assert store.checkpoint() == before == Checkpoint(0, "")
    assert store.ledger(today=START).count(Decision) == 0


def test_a_gate_that_fails_records_nothing_and_blocks_nobody(store: Store) -> None:
    def gate(_ledger: Ledger) -> Sequence[object]:
        raise RuntimeError("a fault in a check")

    with pytest.raises(RuntimeError, match="fault"):
        store.append([decision("1")], gate=gate, today=START)
    store.append([decision("2")], gate=open_gate, today=START)
    assert store.checkpoint().seq == 1


def test_a_payload_without_a_newer_field_takes_its_default() -> None:
    payload = payload_of(decision("1")).replace('"inputs":[],', "").replace('"review_on":null,', "")
    assert "inputs" not in payload
    assert record_from("decision", payload) == decision("1")


def test_an_observed_record_cannot_be_read_from_the_log() -> None:
    with pytest.raises(TypeError, match="observed"):
        record_from("meeting", "{}")


def test_an_untouched_log_has_no_fault(store: Store, clock: Clock) -> None:
    assert store.verify() == []
    for number in range(3):
        store.append([decision(f"{number}a"), decision(f"{number}b")], gate=open_gate, today=START)
        clock.pass_hours(1)
    assert store.checkpoint().seq == 6
    assert store.verify(store.checkpoint()) == []


TAMPERING = {
    "edited words": (
        "update declared set payload = replace(payload, 'Pause', 'Keep') where seq = 2",
        [LogFault(2, "its words are not those that were declared")],
    ),
    "words that are no JSON": (
        "update declared set payload = 'x' where seq = 2",
        [
            LogFault(2, "its words are not those that were declared"),
            LogFault(2, "its id is not that of its words"),
        ],
    ),
    "another id": (
        "update declared set record_id = 'decision:9' where seq = 2",
        [LogFault(2, "its id is not that of its words")],
    ),
    "another moment": (
        "update declared set declared_at = '2020-01-01 00:00:00.000000' where seq = 2",
        [LogFault(2, "it does not follow from the entry before")],
    ),
    "words called redacted that nobody redacted": (
        "update declared set payload = replace(payload, 'Pause', 'Keep'), redacted = true where seq = 2",
        [LogFault(2, "its words are not those that were declared")],
    ),
    "a dropped entry": (
        "delete from declared where seq = 2",
        [
            LogFault(3, "the entry before is 1: some were dropped"),
            LogFault(3, "it does not follow from the entry before"),
        ],
    ),
    "a cut tail": (
        "delete from declared where seq = 4",
        [LogFault(3, "the log ends here and should end at entry 4")],
    ),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_every_change_of_the_log_is_found(tmp_path: Path, database_url: str | None, what: str) -> None:
    statement, faults = TAMPERING[what]
    with open_store(tmp_path / "w", database_url) as store:
        for number in range(1, 5):
            store.append([decision(str(number))], gate=open_gate, today=START)
        tamper(tmp_path / "w", database_url, statement)
        assert store.verify() == faults


def test_entries_that_changed_places_are_found(tmp_path: Path, database_url: str | None) -> None:
    with open_store(tmp_path / "w", database_url) as store:
        for number in range(1, 4):
            store.append([decision(str(number))], gate=open_gate, today=START)
        for seq, place in ((2, 20), (3, 2), (20, 3)):
            move = "update declared set seq = PLACE where seq = SEQ"
            move = move.replace("PLACE", str(place)).replace("SEQ", str(seq))
            tamper(tmp_path / "w", database_url, move)
        assert {fault.seq for fault in store.verify()} == {2, 3}


def test_a_tail_cut_together_with_the_head_is_found_by_a_checkpoint_kept_outside(
    tmp_path: Path, database_url: str | None
) -> None:
    with open_store(tmp_path / "w", database_url) as store:
        store.append([decision("1")], gate=open_gate, today=START)
        short = store.checkpoint()
        store.append([decision("2")], gate=open_gate, today=START)
        kept = store.checkpoint()
        tamper(tmp_path / "w", database_url, "delete from declared where seq = 2")
        tamper(
            tmp_path / "w",
            database_url,
            "update head set log_seq = 1, chain = 'CHAIN'".replace("CHAIN", short.chain),
        )
        assert store.verify() == []
        assert store.verify(short) == []
        assert [fault.seq for fault in store.verify(kept)] == [2]


def test_people_who_declare_at_once_stand_in_one_row(store: Store) -> None:
    """The gate lets one decision in; of all who try at once, one succeeds."""

    def only_one(ledger: Ledger) -> Sequence[object]:
        return ["there is one already"] if ledger.count(Decision) > 1 else []

    refused = race(8, lambda number: store.append([decision(str(number))], gate=only_one, today=START))
    assert [type(one) for one in refused] == [GateRefusedError] * 7
    assert store.checkpoint().seq == 1
    assert store.verify() == []


def race(count: int, work: Callable[[int], object]) -> list[BaseException]:
    """Do something in threads that start together; gives what they raised."""
    raised: list[BaseException] = []
    start = threading.Barrier(count)

    def run(number: int) -> None:
        start.wait(timeout=60)
        try:
            work(number)
        except Exception as error:  # noqa: BLE001 (whatever it is, the test looks at it)
            raised.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return raised


def tamper(folder: Path, database_url: str | None, statement: str) -> None:
    """Change the state database behind the store's back."""
    if database_url is None:
        with closing(sqlite3.connect(folder / "state.db")) as embedded, embedded:
            embedded.execute(statement)
        return
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()
