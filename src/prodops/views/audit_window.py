"""The weeks that the audit speaks of: the last half year of the calendars up to today."""

from __future__ import annotations

from prodops.ledger.view import View, beside

AUDIT_WINDOW = View(name="audit_window", sql=beside(__file__))
"""Columns: starts_at, ends_at, weeks (at least 1). One row; none when there is no calendar. Costs a week
are sums over this window, so that they add up across rituals and a ritual that ended costs nothing now."""
