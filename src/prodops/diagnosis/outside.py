"""What takes much of PM time and lies in none of the sinks: work that product operations cannot give back."""

from __future__ import annotations

from prodops.diagnosis.queue import FEEDS, QueueEvidence
from prodops.ledger.ledger import Ledger
from prodops.measures.time import leaf_hours
from prodops.views.stated_means import STATED_MEANS

LARGE_SHARE = 0.17
"""Share of PM time in one core leaf from which it is said to be what takes the time."""

LEAVES = {
    "B3": "PMs spend {share:.0%} of their time with customers and in the field",
    "B4": "PMs spend {share:.0%} of their time on people: hiring, one-to-ones, growth",
}


def outside_reach(ledger: Ledger, pm_hours: float, queue: QueueEvidence) -> str:
    """The largest such thing in words; empty when nothing is shown to be large.

    By what PMs state of their time or, where it is larger, by the lower bound of the audit; or by a stage
    of work that binds, when the sinks that feed it are not the reason.
    """
    stated = {leaf: (low, value) for leaf, low, value in ledger.sql(_STATED, views=[STATED_MEANS])}
    audited = leaf_hours.each(ledger)
    shares = {}
    for leaf in LEAVES:
        hours = audited.get(leaf)
        seen = (hours.low or 0.0) / pm_hours if hours is not None and pm_hours else 0.0
        low, value = stated.get(leaf, (0.0, 0.0))
        shares[leaf] = max(seen, value if low >= LARGE_SHARE else 0.0)
    leaf = max(shares, key=lambda one: shares[one])
    if shares[leaf] >= LARGE_SHARE:
        return LEAVES[leaf].format(share=shares[leaf])
    if queue.binding and not any(
        queue.binding in stages for sink, stages in FEEDS.items() if sink != "launch_friction"
    ):
        return f"work waits at the stage of {queue.binding}, whose capacity binds"
    return ""


_STATED = "select purpose, low, value from stated_means where kind = 'stated' and purpose in ('B3', 'B4')"
