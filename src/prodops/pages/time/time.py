"""Where PM time goes: by purpose with the unknown inside the bounds, and what did not count as time."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.checks.cited import cited
from prodops.checks.finding import Evidence
from prodops.ledger.ledger import Ledger
from prodops.measures.time import (
    core_share,
    meeting_hours,
    overhead_share,
    strategic_share,
    unknown_share,
)
from prodops.pages.blocks import Block, Chart, Figure, Page, Section, Table, Words
from prodops.pages.charts import Row, forest
from prodops.pages.figures import figures
from prodops.pages.handed_over import handed_over
from prodops.pages.labels import grade, moved
from prodops.pages.loaded import exports
from prodops.pages.purposes import GROUPS, LEAVES
from prodops.pages.tables import filled
from prodops.pages.wording import small
from prodops.stats.estimate import Estimate
from prodops.stats.small_groups import FEWEST
from prodops.stats.telling import told
from prodops.views.blocks_by_purpose import BLOCKS_BY_PURPOSE, estimate
from prodops.views.blocks_examples import Example, examples
from prodops.views.sittings import SITTINGS

NAME = "time"
REASONS = {
    "own block": "nobody else in it: counted as work of one's own, less surely than a meeting",
    "declined": "the PM declined",
    "cancelled": "cancelled",
    "all day": "a day or a span of days, not a time",
    "free": "marked as free",
    "overlaps": "lies inside another meeting, which counts instead",
    "a day or longer": "24 hours or longer",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Time(Page):
    """The time audit.

    Attributes:
        strategic: Share of PM working time on strategy and discovery.
        overhead: Share of PM working time on overhead.
        unknown: Share of PM working time that nobody can read.
        meetings: Hours a PM sits in meetings in a week.
    """

    strategic: Estimate
    overhead: Estimate
    unknown: Estimate
    meetings: Estimate


def page(ledger: Ledger) -> Time:
    """The time audit of a ledger."""
    shares = {
        "A": strategic_share.measure(ledger),
        "B": core_share.measure(ledger),
        "C": overhead_share.measure(ledger),
        "X": unknown_share.measure(ledger),
    }
    met = meeting_hours.measure(ledger)
    audited = shares["C"].known
    return Time(
        name=NAME,
        title="Where PM time goes",
        lead=_lead(ledger, shares),
        version=ledger.version,
        today=ledger.today.date(),
        sections=(
            *(_audit(ledger, shares, met) if audited else (Section("How to start", (exports(NAME),)),)),
            *handed_over(ledger),
        ),
        strategic=shares["A"],
        overhead=shares["C"],
        unknown=shares["X"],
        meetings=met,
    )


def _lead(ledger: Ledger, shares: dict[str, Estimate]) -> str:
    overhead, unread = shares["C"], shares["X"]
    if not overhead.known:
        return f"Where PM time goes is not known yet: {overhead.because}."
    readable = _readable(ledger)["C"]
    return (
        f"Of the PM hours that can be read, {told(readable)} are overhead. "
        f"{told(unread, with_n=False)} of all PM time cannot be read, so overhead is a range: "
        f"{told(overhead, with_n=False)}."
    )


def _audit(ledger: Ledger, shares: dict[str, Estimate], met: Estimate) -> tuple[Section, ...]:
    readable = _readable(ledger)
    shown = figures(
        (
            Figure("Overhead among hours that can be read", readable["C"]),
            Figure("PM time that cannot be read", shares["X"]),
            Figure("Hours a PM sits in meetings in a week", met),
        ),
        load="Load a roster to know who is a PM.",
    )
    return (
        Section("What the hours are for, where they can be read", (*_readable_hours(readable), *shown)),
        Section("What that says of all hours", (_all_hours(shares), _leaves(ledger))),
        *_teams(ledger),
        Section("What did not count as a meeting", _left_out(ledger)),
        *moved(ledger),
        Section("How sure this is", grade(shares["C"])),
    )


def _all_hours(shares: dict[str, Estimate]) -> Chart:
    unread = shares["X"]
    rows = [Row(GROUPS[group], share) for group, share in shares.items()]
    title = f"{told(unread, with_n=False)} of all working hours cannot be read, and may be any of the others"
    return forest(title, rows, axis="Share of PM working hours, percent", what="Purpose", whole=True)


def _readable(ledger: Ledger) -> dict[str, Estimate]:
    rows = ledger.sql(_READABLE, views=[BLOCKS_BY_PURPOSE])
    return {str(purpose)[-1]: estimate(row, unit="share") for purpose, *row in rows}


_READABLE = """
select purpose, value, low, high, people, method, because
from blocks_by_purpose
where purpose like 'readable %'
"""


def _readable_hours(found: dict[str, Estimate]) -> tuple[Block, ...]:
    rows = [Row(GROUPS[group], found[group]) for group in "ABC" if found[group].known]
    if not rows:
        return ()
    first = max(rows, key=lambda row: row.estimate.value or 0.0)
    share = told(first.estimate, with_n=False)
    title = f"Of the hours that can be read, most go to {small(first.label)}: {share}"
    return (forest(title, rows, axis="Share of readable hours, percent", what="Purpose", whole=True),)


def _leaves(ledger: Ledger) -> Table:
    each = {**strategic_share.each(ledger), **core_share.each(ledger), **overhead_share.each(ledger)}
    found = {leaf: examples(ledger, leaf) for leaf in each}
    cites = _cites(ledger, found)
    rows = [
        (f"{leaf}  {LEAVES[leaf]}", share, ", ".join(one.title for one in found[leaf]), cites.get(leaf))
        for leaf, share in sorted(each.items())
    ]
    return filled(
        "Share of PM working hours by leaf; high is as if all of the unknown were of that leaf",
        ("Leaf", "Share", "Read from titles such as", "One of these"),
        rows,
    )


def _cites(ledger: Ledger, found: dict[str, tuple[Example, ...]]) -> dict[str, Evidence]:
    """For each leaf a block of a title that five or more PMs share."""
    shared = {leaf: one for leaf, several in found.items() for one in several if one.people >= FEWEST}
    said = [(one.meetings[0], "") for one in shared.values() if one.meetings]
    places = {one.record: one for one in cited(ledger, "meeting", said)}
    return {leaf: places[one.meetings[0]] for leaf, one in shared.items() if one.meetings[0] in places}


def _teams(ledger: Ledger) -> tuple[Section, ...]:
    """Overhead team by team in the order of names: areas are compared by their ranges and not ranked."""
    teams = [(team, share) for team, share in overhead_share.by_team(ledger).items() if share.known]
    if len(teams) < 2:
        return ()
    lowest_high = min(share.high or 0.0 for _, share in teams)
    apart = any((share.low or 0.0) > lowest_high for _, share in teams)
    title = (
        f"The ranges of some of {len(teams)} teams do not overlap: overhead differs between teams"
        if apart
        else f"The ranges of all {len(teams)} teams overlap: no team is told from another"
    )
    rows = [Row(team, share) for team, share in teams]
    drawn = forest(title, rows, axis="Overhead, percent of PM working hours", what="Team", whole=True)
    return (Section("By team, where no smaller one follows by difference", (drawn,)),)


_LEFT_OUT = """
select left_out, count(*) as entries
from sittings
group by left_out
order by entries desc, left_out
"""


def _left_out(ledger: Ledger) -> tuple[Block, ...]:
    counts = {str(reason): int(n) for reason, n in ledger.sql(_LEFT_OUT, views=[SITTINGS])}
    counted = counts.pop("", 0)
    if not counted + sum(counts.values()):
        return (Words("Who is a PM is not known, so hours of everybody invited stand for theirs.", "quiet"),)
    rows = tuple((reason, n, REASONS.get(reason, "")) for reason, n in counts.items())
    says = (
        f"A calendar is not time. Of {counted + sum(counts.values()):,} entries of PMs, {counted:,} counted "
        "as meetings. An invitation counts by the chance of attending: .95 accepted, .75 unanswered, "
        ".6 tentative."
    )
    table = Table(
        "Entries that did not count as meetings",
        ("Left out", "Entries", "Why"),
        rows,
        empty="Every entry counted.",
    )
    return (Words(says), table)
