"""What was declared last about each ritual: its stance and its purpose, and whether its day is over."""

from __future__ import annotations

from prodops.ledger.view import View, beside

STANDING_STANCES = View(name="standing_stances", sql=beside(__file__))
"""Columns: id, ritual, stance (empty where only a purpose was declared, or where it was taken back), purpose
(empty where nobody declared one), expires_on, outcome, because, owner and decision_right (empty where nobody
said), supersedes, declared_at, lapsed (its day has come, so it must be looked at again), cite_source,
cite_locator. One row a ritual about which something was declared; what was superseded is left out."""
