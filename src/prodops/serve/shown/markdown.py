"""A page as Markdown, for a document that is handed on: every number with its interval, every claim cited."""

from __future__ import annotations

import re
from functools import singledispatch
from itertools import pairwise

from prodops.checks.finding import Evidence
from prodops.pages.blocks import (
    Cell,
    Chart,
    Claim,
    Figure,
    Group,
    Onward,
    Page,
    Points,
    Proposal,
    Start,
    Table,
    Words,
)
from prodops.serve.shown.lines import harmless
from prodops.serve.shown.worded import estimated, place
from prodops.stats.estimate import Estimate

CITED = 3

_MARKS = re.compile(r"([\\`*_\[\]<>|#~])")
_LINE_START = re.compile(r"^(\s*\d*)([-+.)])(?=\s)")


def as_markdown(page: Page) -> str:
    """The page as Markdown; what came from outside is escaped, so that it stays text."""
    lines = [f"# {plain(page.title)}", "", f"*{page.today.isoformat()}*", "", plain(page.lead), ""]
    if page.waits:
        lines += [plain(page.waits), ""]
    for section in page.sections:
        lines += [f"## {plain(section.heading)}", ""]
        for block, after in pairwise([*section.blocks, None]):
            together = isinstance(block, Figure) and isinstance(after, Figure)
            lines += [*_shown(block), *([] if together else [""])]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def plain(text: str) -> str:
    """Text in which nothing is markup any more."""
    return _LINE_START.sub(r"\1\\\2", _MARKS.sub(r"\\\1", harmless(text)))


@singledispatch
def _shown(block: object) -> list[str]:
    raise TypeError(f"no Markdown for {type(block).__name__}")


@_shown.register
def _(block: Words) -> list[str]:
    text = plain(block.text)
    return [f"**{text}**" if block.tone in ("strong", "warning") else text]


@_shown.register
def _(block: Points) -> list[str]:
    return [
        f"{f'{number}.' if block.ordered else '-'} {plain(item)}"
        for number, item in enumerate(block.items, start=1)
    ]


@_shown.register
def _(block: Figure) -> list[str]:
    note = f". {plain(block.note)}" if block.note else ""
    return [f"- {plain(block.label)}: {plain(estimated(block.estimate))}{note}"]


@_shown.register
def _(block: Chart) -> list[str]:
    return [plain(block.title), "", *_shown(block.table)]


@_shown.register
def _(block: Table) -> list[str]:
    if not block.rows:
        return [plain(block.empty)]
    lines = [f"*{plain(block.caption)}*", "", _row(block.columns), "|" + " --- |" * len(block.columns)]
    lines += [_row(row) for row in block.rows]
    return [*lines, "", f"And {block.left_out:,} more."] if block.left_out else lines


@_shown.register
def _(block: Start) -> list[str]:
    return [plain(block.text), "", *_shown(block.exports), "", f"Load it: `{block.command}`"]


@_shown.register
def _(block: Claim) -> list[str]:
    code = f"**{plain(block.code)}** " if block.code else ""
    return [f"- {code}{plain(block.text)}", *_details(block)]


@_shown.register
def _(block: Group) -> list[str]:
    lines = [f"**{plain(block.code)}** {plain(block.text)} ({block.count:,})", ""]
    for one in block.claims:
        lines += [f"- {plain(one.text)}", *_details(one)]
    if block.remedy:
        lines += ["", f"Do: {plain(block.remedy)}"]
    return lines


@_shown.register
def _(block: Proposal) -> list[str]:
    lines = [
        f"**{plain(block.text)}**", "", f"- Gives back: {plain(estimated(block.hours))}",
        f"- Takes: {plain(block.effort)}", f"- Because of: {plain(', '.join(block.because))}",
        *(f"- But: {plain(caveat)}" for caveat in block.caveats),
    ]  # fmt: skip
    return [*lines, "", *(f"{number}. {plain(step)}" for number, step in enumerate(block.proof, start=1))]


@_shown.register
def _(block: Onward) -> list[str]:
    return [f"- {plain(str(way))}" for way in block.ways]


def _details(claim: Claim) -> list[str]:
    lines = [f"  - costs {plain(estimated(claim.hours))}"] if claim.hours is not None else []
    cited = "; ".join(_cell(one) for one in claim.evidence[:CITED])
    rest = claim.evidence_count - min(CITED, len(claim.evidence))
    more = f"; and {rest:,} more" if rest > 0 else ""
    return [*lines, f"  - rests on {cited}{more}"]


def _row(cells: tuple[Cell, ...]) -> str:
    return "| " + " | ".join(_cell(one) for one in cells) + " |"


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Estimate):
        return plain(estimated(cell))
    if isinstance(cell, Evidence):
        return plain(f"{cell.says} ({place(cell)})" if cell.says else place(cell))
    return f"{cell:,}" if isinstance(cell, int) else plain(str(cell))
