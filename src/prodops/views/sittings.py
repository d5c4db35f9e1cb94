"""Who among the PMs sat in which meeting, for how long, and with what probability."""

from __future__ import annotations

from prodops.ledger.view import View, beside
from prodops.views.pms import PMS

SITTINGS = View(name="sittings", sql=beside(__file__), needs=(PMS,))
"""Columns: person, team, meeting, series, title, organiser, starts_at, week (its Monday), hours, attended
(probability), invited, counted (whether it counts as a meeting), left_out (why not: cancelled,
declined, free, all day, own block, a day or longer, overlaps).
One row a PM and calendar entry up to today. Rules: a meeting is busy, has more than one person, is not
cancelled, not declined, shorter than a day; of overlapping ones each ends where the next begins."""
