"""The span of time that each kind of record speaks of."""

from __future__ import annotations

from prodops.ledger.view import View, beside

EVIDENCE_WINDOW = View(name="evidence_window", sql=beside(__file__))
"""Columns: kind (meetings, notes, feedback, uses), first_at, last_at (both up to today), weeks (at least 1).
One row a kind that has records."""
