"""Hours that people who are not PMs spend since a change in recurring meetings that began with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from prodops.ledger.ledger import Ledger
from prodops.stats.estimate import Estimate
from prodops.stats.small_groups import FEWEST
from prodops.views.pms import PMS

BEFORE_DAYS, AFTER_DAYS = 7, 28
"""A meeting belongs to a change when it began from a week before the first start to four weeks after the
last one."""

ATTENDED = (0.6, 0.75, 0.95)
"""Share of invitations attended: least, usual and most."""

HOURS = "hours a week"


@dataclass(frozen=True, slots=True)
class Others:
    """What others do since.

    Attributes:
        hours: Their hours a week in recurring meetings without PMs that began with the change, less those in
            such meetings that ended with it.
        people: How many people are in them.
        begun: How many such meetings began.
    """

    hours: Estimate
    people: int
    begun: int


def others_of(ledger: Ledger, first: date, last: date, until: date) -> Others:
    """What others do since a change.

    Args:
        ledger: Where their meetings are.
        first: The first start.
        last: The last start.
        until: The last day that counts.
    """
    low, high = first - timedelta(days=BEFORE_DAYS), last + timedelta(days=AFTER_DAYS)
    # The weekend after the last day belongs to its week.
    weeks_after = max(1.0, ((until - high).days + 3) / 7)
    weeks_before = 13.0
    given: dict[str, object] = {
        "low": _moment(low), "high": _moment(high), "until": _moment(until + timedelta(days=1)),
        "before": _moment(low - timedelta(weeks=13)),
    }  # fmt: skip
    ((begun, ended, series),) = ledger.sql(_SQL, given, views=[PMS])
    people = int(ledger.sql(_PEOPLE, given, views=[PMS])[0][0])
    net = float(begun or 0.0) / weeks_after - float(ended or 0.0) / weeks_before
    if not series:
        return Others(Estimate(0.0, 0.0, 0.0, 0, HOURS, method="no such meeting began"), 0, 0)
    if people < FEWEST:
        because = "fewer than five people are in them"
        return Others(Estimate.unknown(HOURS, because=because, n=people), people, int(series))
    usual = net * ATTENDED[1]
    least, most = sorted((net * ATTENDED[0], net * ATTENDED[2]))
    method = "hours invited x share attended, .6 to .95"
    return Others(Estimate(usual, least, most, people, HOURS, method=method), people, int(series))


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


_WITHOUT_PMS = """
with counted as (
    select
        m.series,
        m.invite,
        m.starts_at,
        m.invited_count * (extract(epoch from m.ends_at) - extract(epoch from m.starts_at)) / 3600e0 as hours,
        m.invited_count
    from meeting m
    where m.series is not null and m.status <> 'cancelled' and m.busy and not m.all_day
        and m.invited_count > 1 and m.ends_at > m.starts_at and m.starts_at < $until
        and extract(epoch from m.ends_at) - extract(epoch from m.starts_at) < 86400
        and not exists (select 1 from invitee i join pms p on p.person = i.person where i.invite = m.invite)
),
lives as (
    select series, min(starts_at) as first_at, max(starts_at) as last_at
    from counted
    group by series
),
kinds as (
    select
        series,
        first_at >= $low and first_at < $high as begun,
        first_at < $low and last_at >= $before and last_at < $high as ended
    from lives
)
"""

_SQL = (
    _WITHOUT_PMS
    + """
select
    sum(case when k.begun and c.starts_at >= $high then c.hours else 0e0 end) as begun_hours,
    sum(case when k.ended and c.starts_at >= $before and c.starts_at < $low then c.hours else 0e0 end)
        as ended_hours,
    count(distinct case when k.begun then c.series end) as begun_series
from counted c
join kinds k on k.series = c.series
"""
)

_PEOPLE = (
    _WITHOUT_PMS
    + """
select count(distinct i.person)
from counted c
join kinds k on k.series = c.series
join invitee i on i.invite = c.invite
where k.begun
"""
)
