"""Where something waits for somebody: counted with the pages, shown in the rail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ledger.storing import decision, load
from make import make
from prodops.ledger.decisions import Intervention
from prodops.ledger.ledger import Ledger
from prodops.ledger.reading import problem
from prodops.ledger.state import open_state
from prodops.ledger.store import open_store
from prodops.serve.prepared.attention import as_stored, attention, read_attention
from prodops.serve.prepared.computing import make_all
from serve.visiting import TODAY, house

DAY = TODAY.date()


def trial(days: int) -> Intervention:
    """A change that is read so many days from today."""
    reads = DAY + timedelta(days=days)
    return replace(
        make(Intervention),
        starts_on=reads - timedelta(days=91),
        reads_out_on=reads,
        ended_on=None,
        withdrawn=False,
    )


def waits(*records: object) -> dict[str, int]:
    found = attention(Ledger.of(list(records), today=TODAY))  # type: ignore[arg-type]  # records of any kind
    assert found == read_attention(as_stored(found))
    assert all(one.says for one in found.values())
    return {name: one.count for name, one in found.items()}


def test_where_nothing_waits_nothing_is_counted() -> None:
    assert {} == waits()


def test_entries_left_out_wait_and_those_read_in_spite_of_something_do_not() -> None:
    lost = problem("a.csv", "row 2", "bad_date", says="no day", remedy="Mend it.")
    read = problem("a.csv", "row 3", "bad_date", says="no day", remedy="Mend it.", lost=False)
    assert {"problems": 1} == waits(lost, read)


def test_a_trial_waits_from_its_day_for_a_while_and_as_long_as_no_calendar_reaches_it() -> None:
    assert {} == waits(trial(1))
    assert {"proof": 1} == waits(trial(0))
    assert {"proof": 1} == waits(trial(-60)), "no calendar reaches its day"


def test_a_decision_to_be_reviewed_stands_in_the_rail(tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    with open_store(workspace) as store:
        load(store, {})
        due = replace(decision("1"), review_on=DAY)
        store.append([due], gate=lambda _: [], today=datetime(2026, 11, 2, tzinfo=UTC))
        state = open_state(workspace, None)
        make_all(store, state, TODAY)
        state.close()
    rail = house(workspace).browser().get("/decisions").text.partition("<nav")[2].partition("</nav>")[0]
    row = rail.partition('href="/decisions"')[2].partition("</li>")[0]
    assert '<span class="waits" title="1 day come: review, check or decide">1<i>' in row
    assert 1 == rail.count('class="waits"')
