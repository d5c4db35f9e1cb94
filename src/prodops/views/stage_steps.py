"""Every change of status of tracked work as a step from one stage to another, its opening first."""

from __future__ import annotations

from prodops.ledger.view import View, beside
from prodops.views.stage_words import STAGE_WORDS

STAGE_STEPS = View(name="stage_steps", sql=beside(__file__), needs=(STAGE_WORDS,))
"""Columns: issue, place (0 for the opening, then 1, 2, ...), moved_at, left_stage (null for the opening),
new_stage. One row a change up to today. What an issue was before its first recorded change is told by that
change, or by its status where it has none."""
