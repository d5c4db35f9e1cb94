"""All blocks of the weeks that a sample was drawn from, with their predictions and their labels."""

from __future__ import annotations

from prodops.ledger.view import View, beside
from prodops.views.block_purposes import BLOCK_PURPOSES
from prodops.views.label_answers import LABEL_ANSWERS
from prodops.views.stratified_blocks import STRATIFIED_BLOCKS

LABELLED_BLOCKS = View(
    name="labelled_blocks", sql=beside(__file__), needs=(BLOCK_PURPOSES, LABEL_ANSWERS, STRATIFIED_BLOCKS)
)
"""Columns: sample, person, week, day, stratum, hours, probability (that the time was spent so), the
probability of each leaf and of X by the title, inclusion_probability (empty where it was not drawn), leaf
(the label; empty where there is none). One row a sample and block. A block keeps the stratum that it was
drawn from."""
