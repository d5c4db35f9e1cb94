"""Who counts as a product manager: by title in the roster, or by a calendar of their own where there is none."""

from __future__ import annotations

from prodops.ledger.view import View, beside

PMS = View(name="pms", sql=beside(__file__))
"""Columns: person, team, known_by (`roster` or `own calendar`). One row a person."""
