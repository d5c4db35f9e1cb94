"""What each person has in every figure that is told of people: what `renewed` weighs."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from prodops.ledger.ledger import Ledger
from prodops.stats.small_groups import FEWEST
from prodops.views import blocks_by_team, labelled_shares, told_metrics, told_rituals
from prodops.views.audit_window import AUDIT_WINDOW
from prodops.views.blocks import BLOCKS
from prodops.views.label_rounds import LABEL_ROUNDS
from prodops.views.pms import PMS
from prodops.views.ritual_names import RITUAL_NAMES
from prodops.views.shared_hours import handed_over
from prodops.views.stated_shares import STATED_SHARES

Groups = dict[str, dict[str, str]]
"""Of every group, who is in it, and the mark of what each has there."""

RITUALS, TEAMS, METRICS, LABELS = (
    one.FAMILY for one in (told_rituals, blocks_by_team, told_metrics, labelled_shares)
)
BESIDE, BEFORE, STATED, IDEAL, SHARED = "beside", "before", "stated", "ideal", "shared"

FAMILIES: Final = (RITUALS, TEAMS, BESIDE, BEFORE, LABELS, STATED, IDEAL, SHARED, METRICS)
"""The hours of rituals in the audit window; of teams; the hours beside all rituals; the hours before the
window; samples of labels; stated and ideal shares; hours handed over; uses of metrics."""


def told_parts(ledger: Ledger) -> dict[str, Groups]:
    """What each person has in the figures of every family.

    Args:
        ledger: What would be told.

    Returns:
        By family, of every group the people in it with the mark of what each has there. A group about nobody
        has no people. Another content, person, group or family gives another mark.
    """
    found = {family: Groups() for family in FAMILIES}
    for family, group, person, content in _rows(ledger):
        people = found[family].setdefault(group, {})
        if person:
            words = f"{family}\0{group}\0{person}\0{content}".encode()
            people[person] = hashlib.blake2b(words, digest_size=8).hexdigest()
    return found


def _rows(ledger: Ledger) -> Iterable[tuple[str, str, str, str]]:
    views = [AUDIT_WINDOW, BLOCKS, PMS, RITUAL_NAMES]
    hours = _HOURS if ledger.sql("select 1 from pms limit 1", views=views) else _INVITED
    for ritual, person, content in ledger.sql(hours, views=views):
        yield (BESIDE if ritual is None else RITUALS), ritual or "", person, content
    for family, group, person, content in ledger.sql(_WEEKS, views=views):
        yield family, group, person, content
    labelled: dict[str, object] = {"fewest": FEWEST}
    for sample, person, content in ledger.sql(_LABELS, labelled, views=[LABEL_ROUNDS]):
        yield LABELS, sample, person, content
    for metric, person, content in ledger.sql(_USES):
        yield METRICS, metric, person or "", content
    yield from _said(ledger)
    for person, audit in handed_over(ledger).items():
        yield SHARED, "", person, repr(audit)


def _said(ledger: Ledger) -> Iterable[tuple[str, str, str, str]]:
    shares: Mapping[tuple[str, str], list[str]] = defaultdict(list)
    for person, leaf, stated, ideal in ledger.sql(_STATED, views=[STATED_SHARES]):
        for family, share in ((STATED, stated), (IDEAL, ideal)):
            if share is not None:
                shares[family, person].append(f"{leaf} {share!r}")
    for (family, person), content in shares.items():
        yield family, "", person, ";".join(content)


_CELL = """concat_ws('|', b.starts_at, b.hours, b.probability, b.kind, b.invited, b.title)"""

_HOURS = f"""
with met as (
    select b.person, coalesce(s.ritual, o.ritual) as ritual, {_CELL} as cell
    from blocks b
    join audit_window w on b.starts_at >= w.starts_at and b.starts_at <= w.ends_at
    left join meeting m on m.id = b.meeting
    left join ritual_names s on s.trace = 'series' and s.name = b.series and b.kind = 'meeting'
    left join ritual_names o on o.trace = 'single' and b.series is null and b.kind = 'meeting'
        and o.name = b.title || '|' || coalesce(m.organiser, '')
    where b.person <> ''
)
select ritual, person, md5(string_agg(cell, ';' order by cell))
from met
group by ritual, person
"""  # noqa: S608 (our own words)

_INVITED = """
select cast(null as varchar), i.person, md5(string_agg(concat_ws('|', b.starts_at, b.hours, b.title), ';'
    order by b.starts_at, b.hours, b.title))
from blocks b
join meeting m on m.id = b.meeting
join invitee i on i.invite = m.invite
join audit_window w on b.starts_at >= w.starts_at and b.starts_at <= w.ends_at
group by i.person
"""

_WEEKS = f"""
with cells as (
    select b.person, b.team, b.starts_at >= w.starts_at as inside, {_CELL} as cell
    from blocks b
    cross join audit_window w
    where b.person <> '' and b.starts_at <= w.ends_at
)
select '{TEAMS}', team, person, md5(string_agg(cell, ';' order by cell))
from cells where inside group by team, person
union all
select '{BEFORE}', '', person, md5(string_agg(cell, ';' order by cell))
from cells where not inside group by person
"""  # noqa: S608 (our own words)

_LABELS = """
select r.sample, b.person, md5(string_agg(b.id || '|' || l.leaf, ';' order by b.id, l.leaf))
from label_rounds r
join sampled_block b on b.sample = r.sample
join label l on l.block = b.id
where r.finished and r.people >= $fewest
    and not exists (select 1 from label later where later.supersedes = l.id)
group by r.sample, b.person
"""

_USES = """
with bounds as (
    select greatest(min(used_at), max(used_at) - interval '182' day) as since
    from metric_use
    where used_at <= $today
)
select u.reads, u.person, md5(string_agg(concat_ws('|', u.used_at, u.kind, u.minutes), ';'
    order by u.used_at, u.kind, u.minutes))
from metric_use u
join bounds b on u.used_at >= b.since and u.used_at <= $today
group by u.reads, u.person
"""

_STATED = "select person, leaf, stated, ideal from stated_shares order by person, leaf"
