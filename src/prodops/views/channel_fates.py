"""What became of each channel's messages once they had 90 days."""

from __future__ import annotations

from prodops.ledger.view import View, beside
from prodops.views.signals import SIGNALS

CHANNEL_FATES = View(name="channel_fates", sql=beside(__file__), needs=(SIGNALS,))
"""Columns: channel, items_week (over the last half year of the channel), duplicates_week, grown (messages
that were observed for 90 days and whose source records ends), decided (of those, decided within
90 days), messages."""
