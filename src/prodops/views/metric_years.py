"""How often each metric or dataset was used in the last year, and how often its number was checked again."""

from __future__ import annotations

from prodops.ledger.view import View, beside

METRIC_YEARS = View(name="metric_years", sql=beside(__file__))
"""Columns: reads (metric or dataset), views (uses that are no re-check), rechecks, minutes (of all re-checks
that have them), timed (re-checks that have minutes), minutes_squared (sum), people, weeks (of the window).
One row a metric with a dated use, over the last 364 days of uses up to today."""
