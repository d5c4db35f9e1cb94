"""Each PM's weeks as calendars show them: expected hours by purpose, as titled now and as titled at first."""

from __future__ import annotations

from prodops.ledger.view import View, beside
from prodops.views.block_purposes import BLOCK_PURPOSES
from prodops.views.blocks import BLOCKS
from prodops.views.retitled_series import RETITLED_SERIES

PM_WEEKS = View(name="pm_weeks", sql=beside(__file__), needs=(BLOCKS, BLOCK_PURPOSES, RETITLED_SERIES))
"""Columns: person, team, week (its Monday), hours (expected: hours by the chance that they were spent so),
met (in meetings), recurring (in series), a, b, c, x (hours by the chance of each purpose group), c_first and
a_first (the same with series that go on under another title read by their first one). One row a PM and
week that has a block. Never told about a PM: panels are made of it, and told about five and more."""
