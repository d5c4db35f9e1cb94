"""What kinds of evidence each decision rests on."""

from __future__ import annotations

from prodops.ledger.view import View, beside
from prodops.views.decisions import DECISIONS

DECISION_EVIDENCE = View(name="decision_evidence", needs=(DECISIONS,), sql=beside(__file__))
"""Columns: decision, source, data, customer, intuition, ai, ai_unreviewed (each 1 or 0), pieces (how many
pieces were recorded; 1 where a log names kinds alone, 0 where nothing is known of its evidence)."""
