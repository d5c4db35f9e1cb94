"""A channel where the same thing is asked again.

What it looks for: channels with at least 40 messages of which, by the interval's lower bound, a twentieth or
more repeat an earlier one, as the source marks them (merged or duplicate).

Why it costs: each repeat is read, matched and answered again; it says that the first answer did not arrive.

When it is wrong: one incident makes many write at once; the tool merges by itself on weak grounds.

What to do: tell everybody who asked when it is decided; publish the answer where people look first.
"""

from __future__ import annotations

from collections.abc import Iterator

from prodops.checks.cited import cited
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.measures.feedback import asked_again_share
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told
from prodops.views.signals import SIGNALS

CODE = "FBK03"
SINK = "feedback_black_hole"

MESSAGES_FROM = 40
SHARE_FROM = 0.05


def check(ledger: Ledger) -> Iterator[Finding]:
    """Channels where a twentieth or more of the messages repeat an earlier one."""
    overall = asked_again_share.measure(ledger)
    for channel, share in sorted(asked_again_share.each(ledger).items()):
        if share.n < MESSAGES_FROM or share.low is None or share.low < SHARE_FROM:
            continue
        rows = ledger.sql(_REPEATS, {"channel": channel}, views=[SIGNALS])
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=channel,
            title=f"{channel}: {told(share)} of the messages repeat an earlier one",
            evidence=cited(ledger, "feedback", [(str(one), f"asked again on {day}") for one, day in rows]),
            evidence_count=len(rows),
            exposure=_repeats(share),
            base_rate=f"over all channels {told(overall)}",
            remedy="Tell everybody who asked when it is decided",
        )


_REPEATS = """
select id, cast(created_at as date) as day
from signals
where channel = $channel and duplicate
order by created_at desc, id
"""


def _repeats(share: Estimate) -> Estimate:
    low, mid, high = (share.n * (bound or 0.0) for bound in (share.low, share.value, share.high))
    return Estimate(mid, low, high, share.n, "messages that repeat", method=share.method)
