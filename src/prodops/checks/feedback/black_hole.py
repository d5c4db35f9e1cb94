"""A channel whose messages go in and never reach a decision.

What it looks for: channels with at least 80 messages of which, by the interval's upper bound, fewer reach a
decision within 90 days than the lower bound of the best channel here; or fewer than a fifth where there is
no other channel. Closing by a rule is not a decision; a "no, because" is.

Why it costs: every message is read by somebody and none of it changes anything; people ask again, then stop.

When it is wrong: decisions are recorded in another system; the channel is for questions, not for needs.

What to do: give the channel an owner, a weekly half hour and three answers: yes, no, later.
"""

from __future__ import annotations

from collections.abc import Iterator

from prodops.checks.cited import cited
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.measures.feedback import decided_in_90_days
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told
from prodops.views.signals import SIGNALS

CODE = "FBK01"
SINK = "feedback_black_hole"

MESSAGES_FROM = 80
ALONE_BELOW = 0.2


def check(ledger: Ledger) -> Iterator[Finding]:
    """Channels that decide clearly less than the best one."""
    shares = {c: e for c, e in decided_in_90_days.each(ledger).items() if e.known and e.n >= MESSAGES_FROM}
    best = max(shares, key=lambda channel: (shares[channel].low or 0.0, channel), default="")
    for channel, share in sorted(shares.items()):
        bar = shares[best].low if len(shares) > 1 and channel != best else ALONE_BELOW
        if share.high is None or bar is None or share.high >= bar:
            continue
        waiting = ledger.sql(_WAITING, {"channel": channel}, views=[SIGNALS])
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=channel,
            title=f"{channel}: {told(share)} of the messages reach a decision within 90 days",
            evidence=cited(
                ledger, "feedback", [(str(i), f"{float(d):.0f} days without a decision") for i, d in waiting]
            ),
            evidence_count=max(len(waiting), 1),
            exposure=_undecided(share),
            base_rate=f"in the best channel, {best}, {told(shares[best])}" if best != channel else "",
            remedy="Give the channel an owner, a weekly half hour and three answers: yes, no, later",
        )


_WAITING = """
select id, days
from signals
where channel = $channel and fate <> 1 and days is not null
order by days desc, id
"""


def _undecided(share: Estimate) -> Estimate:
    low, mid, high = (share.n * (1 - (bound or 0.0)) for bound in (share.high, share.value, share.low))
    return Estimate(mid, low, high, share.n, "messages without a decision", method=share.method)
