"""Where PMs say that time goes, what their calendars show, and where it should go, side by side."""

from __future__ import annotations

import math
from dataclasses import dataclass

from prodops.ledger.ledger import Ledger
from prodops.pages.blocks import Block, Chart, Page, Points, Section, Table, Words
from prodops.pages.charts import Row, forest
from prodops.pages.labels import POINTS
from prodops.pages.loaded import exports
from prodops.pages.purposes import GROUPS, LEAVES
from prodops.pages.tables import filled
from prodops.pages.wording import small
from prodops.stats.estimate import Estimate
from prodops.stats.small_groups import FEWEST
from prodops.stats.telling import SHARE, told
from prodops.views.blocks_by_purpose import BLOCKS_BY_PURPOSE, estimate
from prodops.views.stated_means import STATED_MEANS

NAME = "interviews"

TOO_FEW = "fewer than five PMs have answered, and so few get no figure"

READ = (
    "People who estimate over-report strategy and blur administration, so stated shares are no measurement. "
    "Observed shares are what calendars, and labels where there are any, allow."
)

TOLD = (
    "Told for five PMs and more, in steps of five: who comes later waits for four others, so that no two "
    "looks at this page show what one person said. What was said in words is never shown."
)

Shares = dict[str, Estimate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interviews(Page):
    """Stated, observed and ideal time of the group.

    Attributes:
        stated_overhead: Share of working time that PMs say is overhead.
        observed_overhead: What calendars, and labels, show.
        ideal_overhead: What PMs say it should be.
    """

    stated_overhead: Estimate
    observed_overhead: Estimate
    ideal_overhead: Estimate


def page(ledger: Ledger) -> Interviews:
    """The interviews of a ledger, for groups of five PMs and more alone."""
    stated, ideal = _said(ledger, "stated"), _said(ledger, "ideal")
    observed = _observed(ledger)
    unknown = Estimate.unknown(SHARE, because=TOO_FEW)
    overhead = [shares.get("C", unknown) for shares in (stated, observed, ideal)]
    asked = bool(stated or ideal)
    return Interviews(
        name=NAME,
        title="Where PMs say that time goes, and where it should",
        lead=_lead(*overhead),
        version=ledger.version,
        today=ledger.today.date(),
        sections=_sections(stated, observed, ideal) if asked else (Section("How to start", _start()),),
        stated_overhead=overhead[0],
        observed_overhead=overhead[1],
        ideal_overhead=overhead[2],
    )


def _lead(stated: Estimate, observed: Estimate, ideal: Estimate) -> str:
    if not stated.known and not ideal.known:
        return f"What PMs say of their time is not told yet: {TOO_FEW}."
    says = [f"PMs say that overhead takes {told(stated)} of their time"] if stated.known else []
    if ideal.known:
        says.append(f"{'that it should take' if says else 'PMs say that overhead should take'} {told(ideal)}")
    shown = f" Their calendars allow {told(observed, with_n=False)}." if observed.known else ""
    return " and ".join(says) + "." + shown


def _sections(stated: Shares, observed: Shares, ideal: Shares) -> tuple[Section, ...]:
    return (
        Section("Stated, observed and ideal time", (_groups(stated, observed, ideal),)),
        Section("Purpose by purpose", (_leaves(stated, observed, ideal),)),
        Section("How to read this", _caution(stated, observed)),
    )


def _groups(stated: Shares, observed: Shares, ideal: Shares) -> Chart:
    kinds = (("stated", stated), ("observed", observed), ("ideal", ideal))
    rows = [
        Row(f"{GROUPS[group]}: {kind}", shares[group])
        for group in "ABC"
        for kind, shares in kinds
        if group in shares
    ]
    gaps = {group: gap for group in "ABC" if (gap := _gap(stated, ideal, group)) is not None}
    widest = max(gaps, key=lambda group: abs(gaps[group].value or 0.0), default="")
    title = (
        f"The widest gap: {small(GROUPS[widest])} should move by {told(gaps[widest], with_n=False)}"
        if widest
        else f"What PMs say of {len(rows)} shares of their time"
    )
    return forest(title, rows, axis="Share of PM working hours, percent", what="Purpose", whole=True)


def _leaves(stated: Shares, observed: Shares, ideal: Shares) -> Table:
    rows = [
        (
            f"{leaf}  {name}",
            stated.get(leaf),
            observed.get(leaf),
            ideal.get(leaf),
            _gap(stated, ideal, leaf),
            stated[leaf].n if leaf in stated else ideal[leaf].n,
        )
        for leaf, name in {**LEAVES, "X": "Nobody can say"}.items()
        if leaf in stated or leaf in ideal
    ]
    return filled(
        "Shares of PM working hours; observed is a range that holds the unknown",
        ("Leaf", "Stated", "Observed", "Ideal", "Ideal less stated, points", "PMs"),
        rows,
    )


def _gap(stated: Shares, ideal: Shares, purpose: str) -> Estimate | None:
    """Ideal less stated in points. Of the two means alone: pairs would tell more of single people."""
    one, other = stated.get(purpose), ideal.get(purpose)
    if one is None or other is None or None in (one.value, one.low, other.value, other.low):
        return None
    moved = (other.value or 0.0) - (one.value or 0.0)
    low = moved - math.hypot(
        (other.value or 0.0) - (other.low or 0.0), (one.high or 0.0) - (one.value or 0.0)
    )
    high = moved + math.hypot(
        (other.high or 0.0) - (other.value or 0.0), (one.value or 0.0) - (one.low or 0.0)
    )
    return Estimate(
        100 * moved, 100 * low, 100 * high, min(one.n, other.n), POINTS, "difference of two means"
    )


def _caution(stated: Shares, observed: Shares) -> tuple[Block, ...]:
    outside = [
        purpose
        for purpose in (*"ABC", *LEAVES)
        if purpose in stated and purpose in observed and _apart(stated[purpose], observed[purpose])
    ]
    words: list[Block] = [Words(READ), Words(TOLD, "quiet")]
    if outside:
        named = ", ".join(GROUPS[one] if one in GROUPS else f"{one} {LEAVES[one]}" for one in outside)
        words.insert(0, Words(f"What PMs say lies outside of what calendars allow for: {named}.", "warning"))
    return tuple(words)


def _apart(one: Estimate, other: Estimate) -> bool:
    """Whether two intervals do not touch."""
    bounds = (one.low, one.high, other.low, other.high)
    if None in bounds:
        return False
    return (one.low or 0.0) > (other.high or 0.0) or (one.high or 0.0) < (other.low or 0.0)


def _start() -> tuple[Block, ...]:
    steps = (
        "Write the kit, with each PM's own recent blocks in it: prodops interview kit --out FOLDER.",
        f"Interview each PM alone, {FEWEST} at least: fewer are never told.",
        "Load the forms that were filled in: prodops add FOLDER.",
    )
    return Points(steps, ordered=True), exports("time")


def _said(ledger: Ledger, kind: str) -> Shares:
    rows = ledger.sql(_SAID, {"kind": kind}, views=[STATED_MEANS])
    return {
        purpose: Estimate(value, low, high, people, SHARE, "mean over PMs, Student's t")
        for purpose, value, low, high, people in rows
    }


_SAID = "select purpose, value, low, high, people from stated_means where kind = $kind order by purpose"


def _observed(ledger: Ledger) -> Shares:
    rows = ledger.sql(_OBSERVED, views=[BLOCKS_BY_PURPOSE])
    return {purpose: estimate(row, unit=SHARE) for purpose, *row in rows if row[0] is not None}


_OBSERVED = """
select purpose, value, low, high, people, method, because
from blocks_by_purpose
where purpose not like 'readable%' and purpose <> 'met'
"""
