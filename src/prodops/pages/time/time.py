"""Where PM time goes: by purpose with the unknown inside the bounds, and what did not count as time."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.ledger.ledger import Ledger
from prodops.measures.time import (
    core_share,
    meeting_hours,
    overhead_share,
    strategic_share,
    unknown_share,
)
from prodops.pages.blocks import Block, Chart, Figure, Page, Points, Section, Table, Words
from prodops.pages.charts import Row, forest
from prodops.pages.figures import figures
from prodops.pages.loaded import exports
from prodops.pages.wording import small
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told
from prodops.views.audit_window import AUDIT_WINDOW
from prodops.views.block_purposes import BLOCK_PURPOSES
from prodops.views.blocks import BLOCKS
from prodops.views.blocks_by_purpose import BLOCKS_BY_PURPOSE, estimate
from prodops.views.sittings import SITTINGS

NAME = "time"
EXAMPLES = 3
FEWEST = 5
"""A title is an example only where so many PMs share it: no figure and no title of one person."""

GROUPS = {
    "A": "Strategy, discovery, decisions",
    "B": "Shaping, delivery, customers, people",
    "C": "Overhead: reporting, upkeep, admin",
    "X": "Cannot be read",
}

LEAVES = {
    "A1": "Strategy", "A2": "Discovery", "A3": "Decisions",
    "B1": "Shaping and specs", "B2": "Delivery coordination", "B3": "Customers and field", "B4": "People",
    "C1": "Reporting and status", "C2": "Tool upkeep", "C3": "Data wrangling", "C4": "Feedback triage",
    "C5": "Launch logistics", "C6": "Scheduling and admin", "C7": "Rework of AI output",
}  # fmt: skip

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
        sections=_audit(ledger, shares, met) if audited else (Section("How to start", (exports(NAME),)),),
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
        Section("What did not count as a meeting", _left_out(ledger)),
        Section("How sure this is", _grade(shares["C"])),
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
    examples = _examples(ledger)
    rows = tuple(
        (f"{leaf}  {LEAVES[leaf]}", share, ", ".join(examples.get(leaf, ())))
        for leaf, share in sorted(each.items())
    )
    return Table(
        "Share of PM working hours by leaf; high is as if all of the unknown were of that leaf",
        ("Leaf", "Share", f"Read from titles such as (shared by {FEWEST} or more PMs)"),
        rows,
    )


_EXAMPLES = """
select min(b.title) as title, substr(p.reading, 1, 1) as purpose,
    min(p.best_a) as best_a, min(p.best_b) as best_b, min(p.best_c) as best_c
from blocks b
join block_purposes p on p.title = b.title
join audit_window w on b.starts_at >= w.starts_at and b.starts_at <= w.ends_at
where p.reading in ('A', 'A?', 'B', 'B?', 'C', 'C?') and b.person <> ''
group by p.folded, substr(p.reading, 1, 1)
having count(distinct b.person) >= $fewest
order by sum(b.hours * b.probability) desc, title
"""


def _examples(ledger: Ledger) -> dict[str, list[str]]:
    """Titles that many PMs share, by the leaf they were read as, those with the most hours first."""
    found: dict[str, list[str]] = {}
    views = [BLOCKS, BLOCK_PURPOSES, AUDIT_WINDOW]
    for title, purpose, *best in ledger.sql(_EXAMPLES, {"fewest": FEWEST}, views=views):
        leaf = str(best["ABC".index(purpose)])
        if len(found.setdefault(leaf, [])) < EXAMPLES:
            found[leaf].append(str(title))
    return found


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


def _grade(overhead: Estimate) -> tuple[Block, ...]:
    steps = (
        "Label sampled blocks: 200 a period bring a share to about 6 points either side.",
        "Ask about named recent blocks, never for a percentage of the week.",
        "Load the calendars of the PMs that are missing, with titles: a busy block says nothing.",
    )
    return (
        Words(
            "Grade D: a range, no more. Nobody has labelled a block, so purposes are read from titles alone.",
            "strong",
        ),
        Words(f"How it is computed: {overhead.method}.", "quiet"),
        Words("What would sharpen it:"),
        Points(steps),
    )
