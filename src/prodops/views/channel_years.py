"""What came in through each channel in the last year, how much of it repeats, and how long it waits."""

from __future__ import annotations

from prodops.ledger.view import View, beside
from prodops.views.signals import SIGNALS

CHANNEL_YEARS = View(name="channel_years", sql=beside(__file__), needs=(SIGNALS,))
"""Columns: channel, weeks (of the window), messages, marked (those that the source marks as repeating an
earlier one or has merged into it), again (messages after the first, in whichever channel that was, from one
company under one product and subject; -1 where the source names no companies), chance (how many of those
there would be if companies wrote independently of subjects), grown (messages that had 90 days), decided (of
them decided within 90 days), waiting_weeks (weeks that messages waited until they were decided, closed or
last seen, 13 at most for each: what is older is hardly read again).
One row a channel, over the last 364 days of messages. A subject that many share by chance is so told from
one that the same customer brings back."""
