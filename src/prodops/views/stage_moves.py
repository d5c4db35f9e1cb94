"""Every arrival of work in a stage and every departure from it, each counted where it was written."""

from __future__ import annotations

from prodops.ledger.view import View, beside
from prodops.views.stage_steps import STAGE_STEPS
from prodops.views.stage_words import STAGE_WORDS

STAGE_MOVES = View(name="stage_moves", sql=beside(__file__), needs=(STAGE_STEPS, STAGE_WORDS))
"""Columns: stage (empty for finished work), moved_at, step (1 for an arrival, -1 for a departure).
One row an end of a move up to today, from the words of that move alone; `stage_visits` follows each issue
instead. Where histories are whole, both count the same; a move between two statuses of one stage is none.
Where no status of a tracker stands for signals, messages do, until they are answered or closed."""
