"""The frame that the time audit sets: PMs, their hours, and the most that can be overhead."""

from __future__ import annotations

from prodops.diagnosis.audited import audited_hours
from prodops.ledger.ledger import Ledger
from prodops.measures.time import overhead_share
from views.given import TODAY, invited, roster, weekly


def test_without_a_calendar_there_is_no_ceiling_and_it_says_what_is_missing() -> None:
    found = audited_hours(Ledger.of(roster(), today=TODAY))
    assert (6, 240.0, None) == (found.pms, found.pm_hours, found.ceiling)
    assert found.missing.startswith("the time audit: ")


def test_the_ceiling_is_the_upper_bound_of_overhead_times_the_hours_of_pms() -> None:
    ledger = Ledger.of([*roster(), *weekly("Status report", 20), *invited("status-report")], today=TODAY)
    found, share = audited_hours(ledger), overhead_share.measure(ledger)
    assert share.high is not None
    assert share.high * 240 == found.ceiling
    assert found.missing


def test_nobody_has_no_hours() -> None:
    assert (0, 0.0) == ((found := audited_hours(Ledger.of([], today=TODAY))).pms, found.pm_hours)
