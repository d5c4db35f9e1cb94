"""What pages are made of: a few kinds of block, each shown as HTML, JSON and text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prodops.checks.finding import Evidence
from prodops.stats.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its name, its interval and its n.

    Attributes:
        label: What it is: "PM time on strategy and discovery".
        estimate: The number; shares are shown as percent.
        note: What a reader must know to read it right; empty when nothing.
    """

    label: str
    estimate: Estimate
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns.

    Attributes:
        caption: What the rows are.
        columns: Names with their units: "Hours a week".
        rows: Cells: words, counts, estimates, or evidence that opens its source.
        empty: What to say, and what to do, when there is no row.
        left_out: How many rows are not shown here.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float | Estimate | Evidence | None, ...], ...]
    empty: str = "Nothing to show."
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """A Vega-Lite chart whose title is its finding.

    Attributes:
        title: The finding in words.
        description: What the chart shows, for those who do not see it.
        spec: The Vega-Lite specification with its data inside; no address outside the page.
        table: The same numbers as rows.
    """

    title: str
    description: str
    spec: Mapping[str, object]
    table: Table


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph. Plain text: what came from outside is never markup.

    Attributes:
        text: The words.
        tone: plain, strong, warning or quiet.
    """

    text: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement with the records it rests on.

    Attributes:
        code: The check's code, if a check says so.
        text: The statement in one sentence.
        evidence: The records, the most telling first.
        evidence_count: How many there are in all.
        hours: Cost in PM hours a week.
        exposure: What else is at stake.
        remedy: What to do.
        base_rate: How often the same is seen by chance.
    """

    code: str
    text: str
    evidence: tuple[Evidence, ...]
    evidence_count: int
    hours: Estimate | None = None
    exposure: Estimate | None = None
    remedy: str = ""
    base_rate: str = ""


Block = Figure | Table | Chart | Words | Claim


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading.

    Attributes:
        heading: The heading, a statement where there is one to make.
        blocks: The blocks in reading order.
    """

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: the parent of every page's own dataclass, which adds what it knows as typed fields.

    Attributes:
        name: The word after `prodops show` and in the address.
        title: Its title.
        lead: What it says in one or two sentences.
        sections: What it shows, in reading order.
        version: The ledger version it was computed from.
    """

    name: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    version: str
