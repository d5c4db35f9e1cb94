"""How many noted occurrences of each ritual produced nothing."""

from __future__ import annotations

from prodops.ledger.view import View, beside
from prodops.views.occurrences import OCCURRENCES

RITUAL_YIELDS = View(name="ritual_yields", sql=beside(__file__), needs=(OCCURRENCES,))
"""Columns: ritual, noted (occurrences with minutes), empty (expected number of them with neither a
decision nor an action, given how sure each reading is), decisions, actions (expected counts).
One row a ritual that has minutes; occurrences without minutes are left out, not counted as empty."""
