"""How many noted occurrences of each ritual produced nothing, in the last half year of its minutes."""

from __future__ import annotations

from prodops.ledger.view import View, beside
from prodops.views.occurrences import OCCURRENCES

RITUAL_YIELDS = View(name="ritual_yields", sql=beside(__file__), needs=(OCCURRENCES,))
"""Columns: ritual, noted (occurrences with minutes), empty (expected number of them with neither a
decision nor an action, given how sure each reading is), decisions, actions (expected counts).
One row a ritual that has minutes, over the half year up to its newest minutes, so that rot which began
is not hidden by better times; occurrences without minutes are left out, not counted as empty."""
