"""Every message with its fate: decided, ended without a decision, or still waiting when last seen."""

from __future__ import annotations

from prodops.ledger.view import View, beside

SIGNALS = View(name="signals", sql=beside(__file__))
"""Columns: id, channel, segment, product, topic, created_at, observed_until, days (to the end of the fate;
null where the source has no column that could tell one),
fate (1 decided, 2 ended without a decision: auto-closed, merged, spam; 0 waiting), answer_hours (to the
first answer, or to the end of observation; null where the source does not record answers), answered,
touched (any answer, decision or closing by a
person), touch_known (whether the source could have told), duplicate. One row a message created up to today.

A recorded decision of any kind (yes, no, later) and a message solved by a person count as decided;
closing by a rule, merging and spam are competing ends; what is open is censored at the end of
observation: the message's own, else the latest moment that its channel speaks of."""
