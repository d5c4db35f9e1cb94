"""Working time that calendars show: meetings that count, and the PMs' own blocks."""

from __future__ import annotations

from prodops.ledger.view import View, beside
from prodops.views.pms import PMS
from prodops.views.sittings import SITTINGS

WEEK_HOURS = 40.0
"""Working hours a PM week; what is not in the calendar is dark time, which is unknown and never dropped."""

BLOCKS = View(name="blocks", sql=beside(__file__), needs=(PMS, SITTINGS))
"""Columns: person, team, meeting, series, title, starts_at, week (its Monday), hours, kind (meeting or
own), probability (that the time was spent so), invited.
One row a PM and calendar entry up to today, without overlaps: a meeting takes its hours from an own block
under it. An own block is busy, shorter than 12 hours and has nobody else in it; that it was kept is less
sure than a meeting, for a third of the entries of real calendars are placeholders (Lovett and O'Neill
2010). Where no PM is known, person is empty, and a row is a meeting with the hours of everybody invited."""
