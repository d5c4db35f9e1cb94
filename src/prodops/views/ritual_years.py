"""What each ritual took of PMs and gave in the last year that is known, and who was truly there."""

from __future__ import annotations

from prodops.ledger.view import View, beside
from prodops.views.occurrences import OCCURRENCES
from prodops.views.ritual_names import RITUAL_NAMES
from prodops.views.sittings import SITTINGS

RITUAL_YEARS = View(name="ritual_years", sql=beside(__file__), needs=(OCCURRENCES, RITUAL_NAMES, SITTINGS))
"""Columns: ritual, title, pm_hours_week (by calendars and their answers), people (PMs), days (days it was
planned on), weeks (of the window), noted (occurrences with minutes), empty (expected number of them with
neither a decision nor an action), told (whether its minutes tell more outputs in prose than they mark),
pms_expected and pms_present (PMs over the occurrences for which somebody was reported: as calendars have
it, and as reported). One row a ritual with PMs or minutes, over the last 364 days of the records that are
in the past, or all of them where there are fewer: a whole year, so that a season or a late start of rot does
not decide. A ritual that has ended asks for nothing any more and has no hours: its last day lies more than
four weeks and two of its usual gaps before the end of the calendars.
Sums are rounded to a millionth, so that the order in which they were added does not show.
Occurrences without minutes are left out, not counted as empty."""
