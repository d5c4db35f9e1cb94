"""Every stay of a piece of work in a stage, from its arrival to its departure."""

from __future__ import annotations

from prodops.ledger.view import View, beside
from prodops.views.stage_steps import STAGE_STEPS
from prodops.views.stage_words import STAGE_WORDS

STAGE_VISITS = View(name="stage_visits", sql=beside(__file__), needs=(STAGE_STEPS, STAGE_WORDS))
"""Columns: issue, stage, entered_at, left_at (null while it is there). One row a stay up to today; statuses
of one stage that follow each other are one stay, and finished work stays nowhere. Where no status of a
tracker stands for signals, messages do, until they are answered or closed."""
