"""A trial's walk: a finding, a registration whose order the tool draws, weeks that pass, labels, a proof."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from impact.pm_calendars import WEEKS, calendars, monday, pm, roster, steady
from impact.pm_trials import labels
from pages import organisation as part
from prodops.actions.decisions import start_trial
from prodops.actions.decisions.start_trial import TrialPlan
from prodops.impact.trials import changes, waves_of
from prodops.ledger.reading import Entry
from prodops.ledger.record import Declared, Record
from prodops.ledger.store import Store, open_store
from prodops.pages.decisions import proof

PMS = 12
REGISTERED = datetime(2026, 5, 18, 9, tzinfo=UTC)
PLAN = TrialPlan(
    name="Focus days", outcomes=("overhead_share",), expects="-10 (-15 to -5)", design="staggered",
    units="pm", starts_on=monday(40), reads_out_on=monday(WEEKS - 1) + timedelta(days=4), waves=2,
    every_weeks=4, seed=3,
    own_hours=1.0,
)  # fmt: skip


def loaded(store: Store, records: Iterable[Record]) -> None:
    """Load records as the files they cite."""
    files = defaultdict(list)
    for record in records:
        files[record.cite.source].append(record)
    with store.load() as load:
        for name, found in files.items():
            entries = [Entry(locator="all", records=tuple(found))]
            load.file(
                name,
                sha256=str(len(found)),
                size_bytes=1,
                connector="test",
                covers="increment",
                entries=entries,
            )


def test_a_finding_becomes_a_trial_whose_effect_is_proved_after_its_weeks(tmp_path: Path) -> None:
    clock = [REGISTERED]
    with open_store(tmp_path, clock=lambda: clock[0]) as store:
        loaded(store, [*roster(PMS), *calendars(PMS, weeks=range(37)), *part.messages()])

        # The finding is there, and the change is registered before it begins.
        before = store.ledger(today=REGISTERED)
        registered = start_trial.propose(before, PLAN, because=["FBK01"], at=REGISTERED, by="ana@example.com")
        store.append(registered, gate=lambda after: start_trial.gate(after, registered), today=REGISTERED)
        (change,) = changes(store.ledger(today=REGISTERED))
        assert "planned" == proof.page(store.ledger(today=REGISTERED)).state

        # Weeks pass: those of the first wave turn status into strategy, the others wait.
        begun = set(waves_of(change)[0].names)

        def hours(number: int, week: int) -> tuple[float, float]:
            status, strategy = steady(number, week)
            moved = 5.0 * (week >= 40 and pm(number) in begun)
            return status - moved, strategy + moved

        clock[0] = datetime.combine(monday(WEEKS), time(9), tzinfo=UTC)
        loaded(store, calendars(PMS, hours, weeks=range(37, WEEKS)))
        answers = tuple(declared(labels()))
        store.append(answers, gate=lambda _: [], today=clock[0])

        # The day of reading has come.
        page = proof.page(store.ledger(today=clock[0]))
        assert ("read out", "A", True) == (page.state, page.grade, page.claims_effect), page.claim
        assert "reduced the overhead share of PM time" in page.claim
        assert page.worth is not None
        assert page.worth.low is not None
        assert page.worth.low > 0
        assert not store.verify()
        assert 2 == len(json.loads(change.order)["waves"])


def declared(records: Iterable[Record]) -> Iterator[Declared]:
    """The declared records among some."""
    return (one for one in records if isinstance(one, Declared))
