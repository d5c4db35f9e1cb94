"""Every occurrence of every ritual: planned, cancelled, attended, noted, and what came of it."""

from __future__ import annotations

from prodops.ledger.view import View, beside
from prodops.views.ritual_names import RITUAL_NAMES

OCCURRENCES = View(name="occurrences", sql=beside(__file__), needs=(RITUAL_NAMES,))
"""Columns: ritual, day, planned, cancelled, hours (length; null without a calendar), invited (people),
meeting (an id), note (an id; null when no minutes are known), noted, present (people in the minutes or
in attendance reports; null when neither is known), reported (an attendance report exists), items,
decisions, actions (expected counts: sums of probabilities).
One row a ritual and day up to today. No minutes (`noted` false) and minutes without a decision
(`noted` true, `decisions` 0) are different facts."""
