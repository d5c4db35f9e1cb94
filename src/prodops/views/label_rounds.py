"""Samples of blocks, how far they are answered, and whether their totals may be told."""

from __future__ import annotations

from prodops.ledger.view import View, beside
from prodops.views.label_answers import LABEL_ANSWERS

LABEL_ROUNDS = View(name="label_rounds", sql=beside(__file__), needs=(LABEL_ANSWERS,))
"""Columns: sample, starts_on, ends_on (the days it was drawn from), asked (blocks drawn), answered,
asked_people, people (PMs who answered), finished (closed, or all answered). Totals are told once, when a
sample is finished: while it is open, two looks at them would differ by what one person answered in
between."""
