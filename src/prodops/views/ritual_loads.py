"""What each ritual asks of people: occurrences, PM hours and everybody's hours a week."""

from __future__ import annotations

from prodops.ledger.view import View, beside
from prodops.views.audit_window import AUDIT_WINDOW
from prodops.views.occurrences import OCCURRENCES
from prodops.views.ritual_names import RITUAL_NAMES
from prodops.views.sittings import SITTINGS
from prodops.views.told_rituals import TOLD_RITUALS

RITUAL_LOADS = View(
    name="ritual_loads",
    sql=beside(__file__),
    needs=(AUDIT_WINDOW, OCCURRENCES, RITUAL_NAMES, SITTINGS, TOLD_RITUALS),
)
"""Columns: ritual, title, first_day, last_day, weeks (observed, at least 1), planned, cancelled,
occurrences (planned and not cancelled, or traced by minutes), noted, reported, hours_each (typical
length; null without a calendar), and over the audit window: people (PMs who sat in it), pm_hours_week,
pm_hours_told (the same where `told_rituals` has it, else null: no figure over fewer than five, nor by
difference), people_hours_week (null without a calendar). `big_enough`: five or more people are invited or
present, so that a figure about the ritual is not one about a person."""
