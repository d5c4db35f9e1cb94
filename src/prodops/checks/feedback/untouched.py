"""A channel where messages wait and nobody has touched them.

What it looks for: channels with at least 20 messages older than 30 days of which, by the interval's lower
bound, a tenth or more have no answer, no decision and no closing by a person.

Why it costs: the writer learns that writing is useless; the need comes back as an escalation.

When it is wrong: answers are given by phone or in another tool; the export leaves answers out.

What to do: answer the oldest ten today, with a reason when the answer is no; then set a weekly slot.
"""

from __future__ import annotations

from collections.abc import Iterator

from prodops.checks.cited import cited
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.measures.feedback import untouched_share
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told
from prodops.views.signals import SIGNALS

CODE = "FBK02"
SINK = "feedback_black_hole"

MESSAGES_FROM = 20
SHARE_FROM = 0.1


def check(ledger: Ledger) -> Iterator[Finding]:
    """Channels where a tenth or more of the older messages are untouched."""
    overall = untouched_share.measure(ledger)
    for channel, share in sorted(untouched_share.each(ledger).items()):
        if share.n < MESSAGES_FROM or share.low is None or share.low < SHARE_FROM:
            continue
        rows = ledger.sql(_UNTOUCHED, {"channel": channel}, views=[SIGNALS])
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=channel,
            title=f"{channel}: {told(share)} of the messages older than 30 days were never touched",
            evidence=cited(
                ledger, "feedback", [(str(one), f"came in on {day}, untouched") for one, day in rows]
            ),
            evidence_count=len(rows),
            exposure=_waiting(share),
            base_rate=f"over all channels {told(overall)}",
            remedy="Answer the oldest ten today, then set a weekly slot",
        )


_UNTOUCHED = """
select id, cast(created_at as date) as day
from signals
where channel = $channel and not touched and touch_known and created_at <= observed_until - interval '30' day
order by created_at, id
"""


def _waiting(share: Estimate) -> Estimate:
    low, mid, high = (share.n * (bound or 0.0) for bound in (share.low, share.value, share.high))
    return Estimate(mid, low, high, share.n, "messages never touched", method=share.method)
