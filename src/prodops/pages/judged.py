"""The diagnosis of a ledger, made once for all the pages that show it."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from prodops.diagnosis.audited import audited_hours
from prodops.diagnosis.constraint import Diagnosis, diagnose
from prodops.ledger.ledger import Ledger

_made: WeakKeyDictionary[Ledger, Diagnosis] = WeakKeyDictionary()
_ceilings: WeakKeyDictionary[Ledger, float | None] = WeakKeyDictionary()


def judged(ledger: Ledger) -> Diagnosis:
    """The diagnosis of a ledger; a ledger never changes, so that it is made once."""
    known = _made.get(ledger)
    if known is None:
        known = _made[ledger] = diagnose(ledger)
    return known


def audited_ceiling(ledger: Ledger) -> float | None:
    """The most that the time audit allows all sinks together, in PM hours a week; None without an audit."""
    if ledger not in _ceilings:
        _ceilings[ledger] = audited_hours(ledger).ceiling
    return _ceilings[ledger]
