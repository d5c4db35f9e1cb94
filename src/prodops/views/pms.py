"""Who is a product manager: by title in the roster, or, without one, by having a calendar of their own."""

from __future__ import annotations

from prodops.ledger.view import View, beside

PMS = View(name="pms", sql=beside(__file__))
"""Columns: person, team, known_by (`roster` or `own calendar`). One row a person. Heads and directors of
product are product managers only where nobody else is one."""
