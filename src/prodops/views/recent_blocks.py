"""What each PM's calendar held in its last four weeks, title by title, to be asked about."""

from __future__ import annotations

from prodops.ledger.view import View, beside
from prodops.views.block_purposes import BLOCK_PURPOSES
from prodops.views.blocks import BLOCKS

RECENT_BLOCKS = View(name="recent_blocks", sql=beside(__file__), needs=(BLOCKS, BLOCK_PURPOSES))
"""Columns: person, title (one of its spellings), hours (in all, as the calendar has them), times (how often),
last_at. One row a PM and title. For the PM and the interviewer alone: never for a page."""
