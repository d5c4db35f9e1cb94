"""From a number to the rows behind it: parts of a sink with their draws, then records and their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from prodops.checks.finding import Finding
from prodops.diagnosis.constraint import TITLES, Diagnosis
from prodops.diagnosis.quick_win import quick_win
from prodops.diagnosis.sink import HOURS, Sink
from prodops.ledger.ledger import Ledger
from prodops.pages.blocks import Behind, Block, Cell, Chart, Figure, Onward, Page, Section, Table, Words
from prodops.pages.charts import MAX_BARS, Row, forest
from prodops.pages.claims import claim
from prodops.pages.judged import judged
from prodops.pages.loaded import all_exports
from prodops.pages.parts import Parts, ToldPart, parts_of
from prodops.pages.row_behind import row_behind
from prodops.pages.rows_behind import Rows, is_behind, kind_of, rows_behind
from prodops.pages.wording import capital, many
from prodops.stats.small_groups import about_persons
from prodops.stats.telling import told

NAME = "evidence"

LIMIT = 50
"""Rows shown at once."""

IN_REPORT = 8
"""Rows of one subject that stand in the report; the rest is counted."""

PARTS_IN_FULL, PLACES_IN_FULL = 3, 6
"""Parts of one sink, and places of one check, whose rows stand under it; the others open theirs."""

MOST_WAYS = 100
"""Places that one list opens at most."""


ROW = "##"
"""Stands between what rows are asked by and one of them."""


class NoEvidenceError(LookupError):
    """Rows were asked of something that has none; the message says of what they can be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsBehind(Page):
    """The rows behind one number.

    Attributes:
        of: What they were asked by: a sink, a part of one, a finding.
        offset: How many rows are left out before the first.
        limit: How many are shown at most.
        total: How many there are in all.
    """

    of: str
    offset: int
    limit: int
    total: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """What rows are asked of: a sink or a check's code, and a subject or nothing."""

    head: str
    subject: str
    offset: int = 0
    limit: int = LIMIT

    @property
    def of(self) -> str:
        return f"{self.head}/{self.subject}" if self.subject else self.head


def page(ledger: Ledger) -> Page:
    """The first rows behind each number of the brief and the diagnosis: the appendix of the report."""
    verdict = judged(ledger)
    sections = tuple(
        section
        for sink in verdict.sinks
        for section in _of_sink(ledger, verdict, sink, _Asked(sink.name, "", limit=IN_REPORT))
    )
    shown = {section.of for section in sections}
    win = quick_win(verdict)
    wanted = dict.fromkeys(
        [*(win.because if win else ()), *(f"{f.code} {f.subject}" for f in _exposed(verdict))]
    )
    named = {f"{one.code} {one.subject}": one for one in verdict.findings}
    sections += tuple(
        _of_finding(ledger, named[name], _Asked(named[name].code, named[name].subject, limit=IN_REPORT))
        for name in wanted
        if name in named and name.replace(" ", "/", 1) not in shown
    )
    lead = "Every number of the brief opens its rows: what each shows, and where it can be read again."
    if not sections:
        sections = (Section("How to start", (all_exports(),)),)
        lead = "Nothing is loaded yet, so there are no rows."
    return Page(
        name=NAME,
        title="Evidence",
        lead=lead,
        sections=sections,
        version=ledger.version,
        today=ledger.today.date(),
    )


def behind(ledger: Ledger, of: str, *, offset: int = 0, limit: int = LIMIT) -> RowsBehind:
    """The rows behind one number.

    Args:
        ledger: Where they are.
        of: A sink (`ritual_rot`), a part of one (`ritual_rot/pricing-council`), a check's code (`RIT01`) or
            a finding (`RIT01/pricing-council`); a space serves as well as the slash. After `##` a table and
            the id of one of the rows: that row alone, as it was read.
        offset: How many rows are left out before the first.
        limit: How many are shown at most.

    Raises:
        NoEvidenceError: There is no such number, or none that may be told.
    """
    verdict = judged(ledger)
    if ROW in of:
        return _row_asked(ledger, verdict, of)
    head, _, subject = of.strip().replace(" ", "/", 1).partition("/") if "/" not in of else of.partition("/")
    asked = _Asked(head.strip(), subject.strip(), offset, limit)
    sink = next((one for one in verdict.sinks if one.name == asked.head.lower().replace("-", "_")), None)
    if sink is not None:
        asked = replace(asked, head=sink.name)
        return _page(ledger, asked, *_sink_asked(ledger, verdict, sink, asked))
    found = [one for one in verdict.findings if one.code == asked.head.upper()]
    if asked.subject:
        found = [one for one in found if one.subject == asked.subject]
    if not found:
        raise NoEvidenceError(_none_of(of, verdict))
    asked = replace(asked, head=found[0].code)
    if asked.subject:
        section = _of_finding(ledger, found[0], asked, alone=True)
        return _page(ledger, asked, found[0].title, (section,), _total(ledger, found[0]))
    return _page(ledger, asked, *_code_asked(ledger, found, asked))


def _page(ledger: Ledger, asked: _Asked, lead: str, sections: tuple[Section, ...], total: int) -> RowsBehind:
    ways = _further(asked, total)
    return RowsBehind(
        name=NAME,
        title=f"Evidence: {_named(asked)}",
        lead=lead if lead.endswith(".") else f"{lead}.",
        sections=(*sections, *((Section("Go on", (Onward(ways),)),) if ways else ())),
        version=ledger.version,
        today=ledger.today.date(),
        of=asked.of,
        offset=asked.offset,
        limit=asked.limit,
        total=total,
    )


def _named(asked: _Asked) -> str:
    head = TITLES.get(asked.head, asked.head).partition(":")[0]
    return f"{head}, {asked.subject}" if asked.subject else head


def _further(asked: _Asked, total: int) -> tuple[Behind, ...]:
    """The rows before and after those shown, and what their subject is a part of."""
    if not asked.subject:
        return ()
    ways = []
    if asked.offset:
        end = min(asked.offset, total)
        before = max(0, end - asked.limit)
        ways.append(Behind(f"Rows {before + 1:,} to {end:,}", asked.of, before))
    shown = asked.offset + asked.limit
    if shown < total:
        ways.append(Behind(f"Rows {shown + 1:,} to {min(shown + asked.limit, total):,}", asked.of, shown))
    return (*ways, Behind(f"All of {TITLES.get(asked.head, asked.head).partition(':')[0]}", asked.head))


def _sink_asked(
    ledger: Ledger, verdict: Diagnosis, sink: Sink, asked: _Asked
) -> tuple[str, tuple[Section, ...], int]:
    """What a sink, or one part of it, rests on: lead, sections, and how many rows or parts there are."""
    parts = parts_of(ledger, verdict, sink.name)
    if not asked.subject:
        sections = _of_sink(ledger, verdict, sink, asked)
        if not sections:
            raise NoEvidenceError(f"{capital(sink.title)}: no rows, because {sink.because}.")
        return _said(sink, verdict), sections, len(parts.told)
    part = next((one for one in parts.told if one.subject == asked.subject), None)
    if part is None:
        raise NoEvidenceError(_none_of(asked.of, verdict))
    rows = rows_behind(ledger, sink.name, part.subject, offset=asked.offset, limit=asked.limit)
    about = tuple(claim(one) for one in sink.findings if one.subject == part.subject)
    section = Section(_heading(part), (*_drawn(part), *_listed(rows, asked, alone=True)), of=part.of)
    more = (Section("What the checks found on it", about),) if about and not asked.offset else ()
    total = rows.total if rows is not None else 0
    return f"{part.title}: {told(part.hours)}", (section, *more), total


def _code_asked(
    ledger: Ledger, found: Sequence[Finding], asked: _Asked
) -> tuple[str, tuple[Section, ...], int]:
    """What a check found in all its places."""
    sections = tuple(
        _of_finding(ledger, one, _Asked(one.code, one.subject, limit=IN_REPORT))
        for one in found[:PLACES_IN_FULL]
    )
    rest = found[PLACES_IN_FULL : PLACES_IN_FULL + MOST_WAYS]
    if rest:
        ways = tuple(Behind(one.title, f"{one.code}/{one.subject}") for one in rest)
        sections += (Section(f"{many(len(found) - PLACES_IN_FULL, 'more place')}", (Onward(ways),)),)
    return f"{asked.head} was found in {many(len(found), 'place')}", sections, len(found)


def _row_asked(ledger: Ledger, verdict: Diagnosis, of: str) -> RowsBehind:
    """One row of those that may be told, as it was read."""
    rows_of, _, row = of.partition(ROW)
    whole = behind(ledger, rows_of, limit=1)
    (head, _, subject), (table, _, key) = whole.of.partition("/"), row.partition("/")
    cited = [one for one in verdict.findings if (one.code, one.subject) == (head, subject)]
    kind = kind_of(head, cited[0].sink) if cited else head
    told = is_behind(ledger, kind, subject, table=table, key=key) or any(
        (one.table, one.record) == (table, key) for finding in cited for one in finding.evidence
    )
    found = row_alone(ledger, whole, table, key) if told else None
    if found is None:
        raise NoEvidenceError(_none_of(of, verdict))
    return found


def row_alone(ledger: Ledger, whole: RowsBehind, table: str, key: str) -> RowsBehind | None:
    """One row of some that may be told, as it was read; None where it is there no more.

    Args:
        ledger: Where it is.
        whole: The rows that it is one of.
        table: Its type as a table.
        key: Its id.
    """
    sections = row_behind(ledger, table, key)
    if sections is None:
        return None
    ways = Section("Go on", (Onward((Behind("The rows beside it", whole.of),)),))
    return replace(
        whole, title=f"{whole.title}, one row", lead=f"One row of: {whole.lead}", sections=(*sections, ways),
        of=f"{whole.of}{ROW}{table}/{key}", total=1,
    )  # fmt: skip


def _of_sink(ledger: Ledger, verdict: Diagnosis, sink: Sink, asked: _Asked) -> tuple[Section, ...]:
    """A sink's hours and parts, then the rows of its first parts; nothing where it has neither."""
    parts = parts_of(ledger, verdict, sink.name)
    found = tuple(
        Behind(f"{one.code} {one.title}", f"{one.code}/{one.subject}")
        for one in sink.findings[: min(asked.limit, MOST_WAYS)]
    )
    blocks: list[Block] = []
    if sink.hours.known and not about_persons(verdict.pms) and sink.hours.n:
        blocks.append(Figure(capital(sink.title), sink.hours, f"Rests on {sink.because}."))
    blocks += _forest(parts, sink)
    blocks += [Words(f"Not settled by the data: {one}.", "quiet") for one in sink.assumed]
    blocks += [Words("What the checks found there:", "quiet"), Onward(found)] if found else []
    if not found and not any(isinstance(block, Figure | Chart) for block in blocks):
        return ()
    first = Section(f"Behind {sink.title.partition(':')[0]}", tuple(blocks), of=sink.name)
    shown = parts.told[:PARTS_IN_FULL]
    return (first, *(_of_part(ledger, one, min(asked.limit, IN_REPORT)) for one in shown))


def _forest(parts: Parts, sink: Sink) -> list[Block]:
    shown = parts.told[:MAX_BARS]
    blocks: list[Block] = []
    if shown:
        title = f"{shown[0].title} could give back most of {sink.title.partition(':')[0]}: "
        rows = [Row(one.title, one.hours, of=one.of) for one in shown]
        blocks.append(forest(title + told(shown[0].hours, with_n=False), rows, axis=HOURS, what="Where"))
    if others := parts.told[MAX_BARS : MAX_BARS + MOST_WAYS]:
        blocks.append(Onward(tuple(Behind(_heading(one), one.of) for one in others)))
    if parts.hidden:
        blocks.append(Words(f"{many(parts.hidden, 'other')}: {_HIDDEN}", "quiet"))
    return blocks


_HIDDEN = "counted in the sum, and not told one by one where fewer than five people would be behind it."


def _of_part(ledger: Ledger, part: ToldPart, limit: int) -> Section:
    rows = rows_behind(ledger, part.sink, part.subject, limit=limit)
    asked = _Asked(part.sink, part.subject, limit=limit)
    return Section(_heading(part), (*_drawn(part), *_listed(rows, asked)), of=part.of)


def _heading(part: ToldPart) -> str:
    return f"{part.title}: {told(part.hours, with_n=False)}"


def _drawn(part: ToldPart) -> tuple[Block, ...]:
    people = f" {many(part.touches, 'person', 'people')} spend time on it." if part.touches else ""
    return (Words(f"{part.spread} They rest on {many(part.hours.n, 'row')}.{people}", "quiet"),)


def _listed(rows: Rows | None, asked: _Asked, *, alone: bool = False) -> tuple[Block, ...]:
    """The rows as a table, and a way to the others unless the page is about them alone."""
    if rows is None:
        return (Words("Its rows are those of the findings on it.", "quiet"),)
    first, last = asked.offset + 1, asked.offset + len(rows.rows)
    if not rows.rows:
        return (Words(f"There are {many(rows.total, 'row')}, so none at {first:,}.", "warning"),)
    which = (
        f"{first:,} to {last:,} of {rows.total:,}" if rows.total > len(rows.rows) else f"all {rows.total:,}"
    )
    caption = f"{capital(rows.what)}: {which}"
    table = Table(caption, rows.columns, rows.rows, left_out=rows.total - last, places=True)
    if alone or rows.total <= last:
        return (table,)
    return (table, Onward((Behind("All of these rows", asked.of),)))


def _of_finding(ledger: Ledger, finding: Finding, asked: _Asked, *, alone: bool = False) -> Section:
    """A finding with its cost and what it cites, and all rows of its kind about its subject."""
    rows = rows_behind(
        ledger, kind_of(finding.code, finding.sink), finding.subject, offset=asked.offset, limit=asked.limit
    )
    listed = _listed(rows, asked, alone=alone) if rows else (_cited(finding, asked.limit),)
    says = replace(claim(finding), of="")
    return Section(f"{finding.code} {finding.subject}", (says, *listed), of=asked.of)


def _cited(finding: Finding, limit: int) -> Table:
    """The most telling records, which the check itself cites."""
    rows: tuple[tuple[Cell, ...], ...] = tuple((one.says, one) for one in finding.evidence[:limit])
    return Table(
        f"What the check cites, the most telling of {many(finding.evidence_count, 'record')}",
        ("What it shows", "Record"),
        rows,
        left_out=finding.evidence_count - len(rows),
        places=True,
    )


def _total(ledger: Ledger, finding: Finding) -> int:
    rows = rows_behind(ledger, kind_of(finding.code, finding.sink), finding.subject, limit=1)
    return rows.total if rows is not None else len(finding.evidence)


def _exposed(verdict: Diagnosis) -> list[Finding]:
    """The first finding of each check that costs no hours: what the diagnosis shows on its own scale."""
    first: dict[str, Finding] = {}
    for one in verdict.findings:
        if one.hours is None:
            first.setdefault(one.code, one)
    return list(first.values())


def _said(sink: Sink, verdict: Diagnosis) -> str:
    if not sink.hours.known or about_persons(verdict.pms):
        return f"{capital(sink.title)}: hours are not known"
    return f"{capital(sink.title)}: {told(sink.hours)}, largest in {sink.p_top:.0%} of draws"


def _none_of(of: str, verdict: Diagnosis) -> str:
    sinks = ", ".join(sink.name for sink in verdict.sinks if sink.hours.known)
    codes = ", ".join(dict.fromkeys(one.code for one in verdict.findings))
    about = "; ".join(
        one for one in (f"sinks: {sinks}" if sinks else "", f"findings: {codes}" if codes else "") if one
    )
    return f"There are no rows behind {of!r}, or none that may be told. Ask about {about or 'nothing yet'}."
