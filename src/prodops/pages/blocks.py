"""What pages are made of: a few kinds of block, each shown as HTML, JSON and text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from prodops.checks.finding import Evidence
from prodops.stats.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Behind:
    """Words that open the rows behind them.

    Attributes:
        text: The words.
        of: What the rows are asked by: `prodops show evidence --of ritual_rot/pricing-council`.
        offset: How many rows are left out before the first.
    """

    text: str
    of: str
    offset: int = 0

    def __str__(self) -> str:
        """The words alone."""
        return self.text


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Words that open another page.

    Attributes:
        text: The words.
        page: The page's name; of one of several documents its kind and key: `charter/pricing-council`.
    """

    text: str
    page: str

    def __str__(self) -> str:
        """The words alone."""
        return self.text


@dataclass(frozen=True, slots=True)
class Doing:
    """Words that lead to an action with its fields filled in: a form where pages are served, else a command.

    Attributes:
        text: The words.
        action: The action's name.
        fields: What is filled in, several answers to one field as a tuple; with `undo`, what takes it back.
    """

    text: str
    action: str
    fields: Mapping[str, str | tuple[str, ...]]

    def __str__(self) -> str:
        """The words alone."""
        return self.text


Cell = str | int | Estimate | Evidence | Behind | Elsewhere | Doing | None
"""What a table may hold: words, a count, an estimate, a record that opens its source, words that open rows or
a page, or words that lead to an action. Never a bare fraction: what was not counted has its interval."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its name, its interval and its n.

    Attributes:
        label: What it is: "PM time on strategy and discovery".
        estimate: The number; shares are shown as percent.
        note: What a reader must know to read it right; empty when nothing.
        of: What the rows behind it are asked by; empty where another page has them.
    """

    label: str
    estimate: Estimate
    note: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns.

    Attributes:
        caption: What the rows are.
        columns: Names with their units: "Hours a week".
        rows: Cells in the order of the columns.
        empty: What to say, and what to do, when there is no row.
        left_out: How many rows are not shown here.
        places: Whether the places of records are what the table is for; they are then shown below their
            row where they do not fit beside it.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = "Nothing to show."
    left_out: int = 0
    places: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A Vega-Lite chart whose title is its finding.

    Attributes:
        title: The finding in words.
        description: What the chart shows, for those who do not see it.
        spec: The Vega-Lite specification with its data inside; no address outside the page.
        table: The same numbers as rows; in a terminal its one column of estimates is drawn.
        folded: Whether the rows open on demand where a page can, since another page shows them.
    """

    title: str
    description: str
    spec: Mapping[str, object]
    table: Table
    folded: bool = False


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
class Points:
    """Sentences one below the other.

    Attributes:
        items: The sentences.
        ordered: Whether they are steps.
    """

    items: tuple[str, ...]
    ordered: bool = False


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
        of: What all rows behind it are asked by; empty where the records shown are all.
        doings: What can be done about it, what fits best first.
    """

    code: str
    text: str
    evidence: tuple[Evidence, ...]
    evidence_count: int
    hours: Estimate | None = None
    exposure: Estimate | None = None
    remedy: str = ""
    base_rate: str = ""
    of: str = ""
    doings: tuple[Doing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What one check found in several places; what the places share is said once.

    Attributes:
        code: The check's code.
        text: The symptom in one sentence, as the check's docstring has it.
        count: In how many places it was found.
        claims: The costliest places with their records.
        rest: The other places as rows; None when there are none, or when another page has them.
        remedy: What to do, where it is the same everywhere.
        base_rate: How often the same is seen by chance, where it is the same everywhere.
    """

    code: str
    text: str
    count: int
    claims: tuple[Claim, ...]
    rest: Table | None = None
    remedy: str = ""
    base_rate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One change that is proposed, with what it gives back and how that would be proved.

    Attributes:
        text: What to do.
        hours: PM hours a week it gives back.
        effort: What it takes, in words.
        because: Codes and subjects of the findings it rests on; never empty.
        proof: Steps that would prove it.
        moves: What that is of all PMs' time, in points.
        caveats: What speaks against it.
    """

    text: str
    hours: Estimate
    effort: str
    because: tuple[str, ...]
    proof: tuple[str, ...]
    moves: Estimate
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Start:
    """What a page says that has nothing to show: why, what would fill it, and how that is loaded.

    Attributes:
        text: Why there is nothing, in a sentence.
        exports: What can be exported, and what it shows.
        command: What loads it on the command line.
        page: The page where it is loaded in a browser.
    """

    text: str
    exports: Table
    command: str = "prodops add FOLDER"
    page: str = "begin"


@dataclass(frozen=True, slots=True)
class Onward:
    """Where a reader goes on: rows before and after those shown, another page, something that can be done.

    Attributes:
        ways: Words that open rows or a page, or lead to an action.
    """

    ways: tuple[Behind | Elsewhere | Doing, ...]


Block = Figure | Table | Chart | Words | Points | Claim | Group | Proposal | Start | Onward


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading.

    Attributes:
        heading: The heading, a statement where there is one to make.
        blocks: The blocks in reading order.
        of: What it shows the rows of; empty for a section that is not about rows.
        beside: Whether it stands beside the section before it, where there is room.
        star: Whether it is what the page is measured by, and stands first where there is room.
        words: Whether it holds what somebody wrote in words: a message, minutes, an agent's output.
    """

    heading: str
    blocks: tuple[Block, ...]
    of: str = ""
    beside: bool = False
    star: bool = False
    words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: the parent of every page's own dataclass, which adds what it knows as typed fields.

    Attributes:
        name: The word after `prodops show` and in the address.
        title: Its title.
        lead: What it says in one or two sentences.
        sections: What it shows, in reading order.
        version: The ledger version it was computed from.
        today: The day that counted as now.
        waits: Which of its figures are not the newest, and why; empty where all are.
    """

    name: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    version: str
    today: date
    waits: str = ""
