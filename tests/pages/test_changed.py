"""What changed this week: what is more or less than it was, and the findings that came and went."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from ledger.storing import load, meeting
from make import make
from pages import organisation as part
from prodops.diagnosis.constraint import diagnose
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Record
from prodops.ledger.rituals import RitualStance
from prodops.ledger.store import open_store
from prodops.pages.blocks import Behind, Onward, Words
from prodops.pages.changed import DAYS, SHOWN, Changed, changed, told_of


class Remembering(Ledger):
    """A ledger that knows what it was."""

    before: Ledger | None = None

    def as_of(self, moment: datetime) -> Ledger | None:
        assert self.today - timedelta(days=DAYS) == moment
        return self.before


def then_and_now(then: Iterable[Record], now: Iterable[Record]) -> Changed | None:
    ledger = Remembering.of(now, today=part.TODAY)
    assert isinstance(ledger, Remembering)
    ledger.before = Ledger.of(then, today=part.TODAY - timedelta(days=DAYS))
    return changed(ledger, diagnose(ledger))


def words(change: Changed | None) -> str:
    return " ".join(one.text for one in told_of(change) if isinstance(one, Words))


def test_with_nothing_before_nothing_is_compared() -> None:
    assert changed(part.small(), diagnose(part.small())) is None
    assert "nothing to compare with" in words(None)


def test_a_finding_that_is_new_opens_its_rows() -> None:
    change = then_and_now([*part.people()], part.everything())
    assert change is not None
    assert change.appeared
    (ways,) = (one for one in told_of(change) if isinstance(one, Onward))
    first = ways.ways[0]
    assert isinstance(first, Behind)
    assert f"{change.appeared[0].code}/{change.appeared[0].subject}" == first.of
    assert "messages more" in words(change)


def test_a_finding_that_went_is_named() -> None:
    change = then_and_now(part.everything(), [*part.people()])
    assert change is not None
    codes = {one.code for one in change.gone}
    assert len(codes) > SHOWN
    assert f"{len(change.gone)} findings went: " in words(change)
    assert "; others." in words(change)
    assert any(f"{code} " in words(change) for code in codes)
    assert "messages fewer" in words(change)


def test_of_each_check_one_finding_is_told_and_the_way_to_the_others() -> None:
    change = then_and_now([*part.people()], part.everything())
    assert change is not None
    (ways,) = (one.ways for one in told_of(change) if isinstance(one, Onward))
    named = [one.of.partition("/")[0] for one in ways if isinstance(one, Behind) and "/" in one.of]
    assert len(named) == len(set(named)) <= SHOWN
    more = sum(int(one.text.split()[0]) for one in ways if isinstance(one, Behind) and "/" not in one.of)
    assert len(change.appeared) == len(named) + more


def test_an_old_workspace_is_compared_with_what_it_held_a_week_ago(tmp_path: Path) -> None:
    today = datetime.now(UTC) + timedelta(hours=1)
    with open_store(tmp_path / "old") as store:
        load(store, {"a.ics": [meeting("1", "a.ics")]})
        with store.state.writing() as connection:
            connection.execute(
                text("update revision set committed_at = :at"), {"at": str(today - timedelta(days=14))}
            )
        load(store, {"b.ics": [meeting("2", "b.ics"), meeting("3", "b.ics")]})
        ledger = store.ledger(today=today)
        change = changed(ledger, diagnose(ledger))
    assert change is not None
    assert {"calendar entries": 2} == change.loaded


def test_what_was_declared_is_counted_and_the_findings_stay() -> None:
    change = then_and_now(part.messages(), [*part.messages(), make(RitualStance)])
    assert change is not None
    assert {"stances on rituals": 1} == change.declared
    assert not change.loaded
    assert "The findings are those of a week ago." in words(change)


def test_where_nothing_was_loaded_or_declared_the_checks_are_not_run_again() -> None:
    change = then_and_now(part.messages(), part.messages())
    assert Changed(loaded={}, declared={}) == change
    assert "Nothing was loaded or declared." in words(change)
