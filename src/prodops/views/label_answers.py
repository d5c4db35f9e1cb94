"""What PMs answered about sampled blocks: of each block the answer that no later one corrects."""

from __future__ import annotations

from prodops.ledger.view import View, beside

LABEL_ANSWERS = View(name="label_answers", sql=beside(__file__))
"""Columns: sample, block (the sampled one), meeting, person, stratum, inclusion_probability, label (its id)
and leaf (both empty until it is answered). One row a sampled block."""
