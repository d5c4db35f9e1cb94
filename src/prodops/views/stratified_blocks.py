"""Blocks of PMs in the strata from which some are drawn to be labelled."""

from __future__ import annotations

from prodops.ledger.view import View, beside
from prodops.views.block_purposes import BLOCK_PURPOSES
from prodops.views.blocks import BLOCKS

STRATIFIED_BLOCKS = View(name="stratified_blocks", sql=beside(__file__), needs=(BLOCKS, BLOCK_PURPOSES))
"""Columns: person, team, meeting, title, starts_at, day, week, hours, kind, probability (as in `blocks`),
stratum: team, the group that the title is read as (A, B, C, or X for unknown) and whether it lies in the
last two weeks of a quarter, when work is unlike that of other weeks. One row a PM and block; blocks whose
owner nobody knows are left out, for nobody could label them."""
