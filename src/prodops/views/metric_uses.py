"""How often each metric or dataset is used, and how often its number is checked again by hand."""

from __future__ import annotations

from prodops.ledger.view import View, beside

METRIC_USES = View(name="metric_uses", sql=beside(__file__))
"""Columns: reads (metric or dataset), uses, rechecks, recheck_minutes (mean; null when not recorded),
uses_week, people. Dated uses of the last half year up to today; a re-check is a use of kind `recheck`."""
