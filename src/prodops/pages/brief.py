"""The brief: what takes most of the PM time that could be given back, and what to do first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from prodops.checks.finding import Finding
from prodops.diagnosis.constraint import SEED, Diagnosis
from prodops.diagnosis.operating_model import ProposedStance, operating_model
from prodops.diagnosis.quick_win import QuickWin, quick_win
from prodops.diagnosis.sink import HOURS, Sink
from prodops.diagnosis.stage import Stage, stage
from prodops.impact.advice import points_of
from prodops.ledger.ledger import Ledger
from prodops.measures import units as measures
from prodops.measures.time import overhead_share, strategic_share
from prodops.pages.blocks import (
    Behind,
    Block,
    Chart,
    Elsewhere,
    Figure,
    Onward,
    Page,
    Points,
    Proposal,
    Section,
    Words,
)
from prodops.pages.changed import Changed, changed, told_of
from prodops.pages.charts import Row, forest
from prodops.pages.figures import figures
from prodops.pages.judged import judged
from prodops.pages.loaded import all_exports, rests_on
from prodops.pages.wording import capital, listed, many
from prodops.stats.estimate import Estimate
from prodops.stats.small_groups import about_persons
from prodops.stats.telling import told

NAME = "brief"
CHECKS_SHOWN = 5
"""Kinds of trouble shown on the brief; the diagnosis and the pages of the pillars have all of them."""

STEPS_SHOWN = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief(Page):
    """The page that a CPO reads.

    Attributes:
        strategic: The north star: share of PM time on strategy and discovery.
        overhead: Share of PM time on overhead.
        diagnosis: The verdict with its rivals.
        win: The one quick win, if a finding supports one.
        model: Proposed stances on rituals.
        stage: The organisation's stage.
        changed: What is another than a week ago; None where there is nothing to compare with.
    """

    strategic: Estimate
    overhead: Estimate
    diagnosis: Diagnosis
    win: QuickWin | None
    model: tuple[ProposedStance, ...]
    stage: Stage
    changed: Changed | None


def page(ledger: Ledger) -> Brief:
    """The brief of a ledger."""
    verdict = judged(ledger)
    brief = Brief(
        name=NAME,
        title="Product operations brief",
        lead=verdict.says,
        version=ledger.version,
        today=ledger.today.date(),
        sections=(),
        strategic=strategic_share.measure(ledger),
        overhead=overhead_share.measure(ledger),
        diagnosis=verdict,
        win=quick_win(verdict),
        model=operating_model(ledger, verdict),
        stage=stage(ledger),
        changed=changed(ledger, verdict),
    )
    rests = rests_on(ledger)
    if not rests:
        start = Section("How to start", (all_exports(),))
        return replace(brief, lead="Nothing is loaded yet, so nothing is said.", sections=(start,))
    if about_persons(verdict.pms):
        lead = f"{many(verdict.pms, 'PM')}: too few to show hours, which would be about persons. {_BELOW}"
        return replace(brief, lead=lead, sections=_hourless(ledger, brief, rests))
    if not any(sink.hours.known for sink in verdict.sinks):
        return replace(brief, lead=_NO_HOURS, sections=_hourless(ledger, brief, rests))
    return replace(brief, sections=_with_hours(brief, rests))


_BELOW = "What the records do show stands below."
_NO_HOURS = f"No constraint is named: nothing loaded says what anything costs in PM hours. {_BELOW}"


def _with_hours(brief: Brief, rests: str) -> tuple[Section, ...]:
    return (
        Section("Where PM time goes", _time(brief), star=True),
        Section("What could be given back", _sinks(brief.diagnosis)),
        Section("One quick win", _win(brief.win, brief.diagnosis.pms), beside=True),
        _findings(brief.diagnosis),
        _week(brief),
        Section("What would change this", _change(brief, rests)),
        Section("Go on", (_onward(brief),), beside=True),
    )


def _hourless(ledger: Ledger, brief: Brief, rests: str) -> tuple[Section, ...]:
    """What can be said where no sink has hours: what was measured, what was found, what is missing."""
    seen = _seen(ledger)
    return (
        *((Section("Where PM time goes", _time(brief), star=True),) if brief.overhead.known else ()),
        *((Section("What the records show so far", seen),) if seen else ()),
        *(
            (Section("One quick win", _win(without_hours(brief.win), brief.diagnosis.pms)),)
            if brief.win
            else ()
        ),
        _findings(brief.diagnosis),
        _week(brief),
        Section("What would name a constraint", _change(brief, rests)),
        Section("Go on", (_onward(brief),), beside=True),
    )


def _week(brief: Brief) -> Section:
    return Section("What changed this week", told_of(brief.changed), beside=True)


def _seen(ledger: Ledger) -> tuple[Figure, ...]:
    """Every measure that is not of hours and has a value, by the first sentence of its docstring."""
    known = [
        (unit.__doc__ or "", estimate)
        for unit in measures()
        if ".time." not in unit.__name__ and "ritual_hours" not in unit.__name__
        for estimate in [unit.measure(ledger)]
        if estimate.known
    ]
    return tuple(Figure(_label(doc), estimate) for doc, estimate in known)


def _label(doc: str) -> str:
    """The first sentence, without its full stop and, for shares, without saying so."""
    sentence = " ".join(doc.strip().partition("\n\n")[0].split()).rstrip(".")
    return capital(sentence.removeprefix("Share of "))


def _short(sink: Sink) -> str:
    return sink.title.partition(":")[0]


def _sinks(verdict: Diagnosis) -> tuple[Block, ...]:
    known = [sink for sink in verdict.sinks if sink.hours.known]
    ways = Onward(tuple(Behind(_short(sink), sink.name) for sink in known))
    blocks: list[Block] = [
        replace(_forest(verdict, known), folded=True),
        Words("The rows behind each:", "quiet"),
        ways,
    ]
    if verdict.margin.known:
        gap = told(verdict.margin, with_n=False)
        blocks.append(Words(f"{capital(_short(known[0]))} lies above {_short(known[1])} by {gap}.", "quiet"))
    unread: dict[str, list[str]] = defaultdict(list)
    for sink in verdict.sinks:
        if not sink.hours.known:
            unread[sink.because].append(_short(sink))
    if unread:
        told_of = "; ".join(f"{listed(names)} ({because})" for because, names in unread.items())
        blocks.append(Words(f"Hours not known: {told_of}.", "quiet"))
    return tuple(blocks)


def _forest(verdict: Diagnosis, known: Sequence[Sink]) -> Chart:
    first = known[0]
    hours = told(first.hours, with_n=False)
    title = f"{capital(_short(first))} takes most of the PM time that could be given back: {hours}"
    if len(known) > 1 and not verdict.leads:
        title = f"{capital(_short(first))} and {_short(known[1])} cannot be told apart yet"
    rows = [
        Row(_short(sink), sink.hours, (f"{sink.p_top:.0%} of draws", sink.because), of=sink.name)
        for sink in known
    ]
    return forest(title, rows, axis=HOURS, what="Sink", more=("Largest in", "Rests on"))


def _win(win: QuickWin | None, pms: int) -> tuple[Block, ...]:
    if win is None:
        return (
            Words("None is proposed: no finding supports one. A prescription without a finding is a guess."),
        )
    return (
        Proposal(
            text=win.name,
            hours=win.hours,
            effort=f"{win.effort_days:.0f} days; can be undone within a day",
            because=_because(win),
            proof=win.proof,
            moves=points_of(win, pms),
            caveats=win.caveats,
        ),
    )


def without_hours(win: QuickWin) -> QuickWin:
    """The change with its hours left out, where they would be about persons."""
    hours = Estimate.unknown(win.hours.unit, because="fewer than five PMs, so it would be about persons")
    return replace(win, hours=hours)


def _because(win: QuickWin) -> tuple[str, ...]:
    """The findings on what the change touches; where none is on that, all it was chosen by."""
    own = tuple(one for one in win.because if one.partition(" ")[2] in win.subjects)
    return own or win.because


def _time(brief: Brief) -> tuple[Block, ...]:
    return figures(
        (
            Figure("PM time on strategy and discovery", brief.strategic, note=_UNSURE),
            Figure("PM time on overhead", brief.overhead),
        ),
        load="Load the PMs' calendars: prodops add FOLDER.",
    )


_UNSURE = "A range (grade D): without labels, time that cannot be read may be anything."


def _findings(verdict: Diagnosis) -> Section:
    """The kinds of trouble, those of the named sink first, each with the place where it costs most."""
    if not verdict.findings:
        return Section("What was found", (Words("No check found anything in what was loaded."),))
    ordered = sorted(verdict.findings, key=lambda one: one.sink != verdict.named)
    places = Counter(one.code for one in ordered)
    first = {one.code: one for one in reversed(ordered)}
    codes = list(dict.fromkeys(one.code for one in ordered))
    ways: list[Behind | Elsewhere] = [
        Behind(_place(first[code], places[code]), f"{code}/{first[code].subject}")
        for code in codes[:CHECKS_SHOWN]
    ]
    if len(codes) > CHECKS_SHOWN:
        ways.append(Elsewhere(f"{many(len(codes) - CHECKS_SHOWN, 'more kind')} of trouble", "diagnosis"))
    heading = f"What was found: {many(len(codes), 'kind')} of trouble in {many(len(ordered), 'place')}"
    return Section(heading, (Onward(tuple(ways)),))


def _place(finding: Finding, places: int) -> str:
    """The costliest place of a check, and how many others there are."""
    more = f"; and {many(places - 1, 'more place')}" if places > 1 else ""
    return f"{finding.code} {finding.title}{more}"


def _onward(brief: Brief) -> Onward:
    """The pages that say more, each with what it says."""
    model = "A first operating model: which rituals to own, facilitate or exit"
    if brief.model:
        counts = Counter(one.stance for one in brief.model)
        model = "A first operating model: " + ", ".join(
            f"{stance} {counts[stance]}" for stance in _STANCES if counts[stance]
        )
        if declared := sum(one.declared for one in brief.model):
            model += f"; {declared:,} of {len(brief.model):,} declared"
    return Onward(
        (
            Elsewhere("The diagnosis: every rival, and why each was not named", "diagnosis"),
            Elsewhere(model, "operating-model"),
            Elsewhere("The plan: what to do next, and what it would show", "plan"),
            Elsewhere("Where PM time goes, by purpose", "time"),
            Elsewhere("What changes have proved so far", "proof"),
        )
    )


_STANCES = ("own", "facilitate", "exit")


def _change(brief: Brief, rests: str) -> tuple[Block, ...]:
    steps = brief.diagnosis.would_change or ("Nothing that is known to be missing.",)
    rest = len(steps) - STEPS_SHOWN
    more = (Words(f"And {rest} more on the page of the diagnosis: prodops show diagnosis", "quiet"),)
    shown = (Points(steps[:STEPS_SHOWN]), *(more if rest > 0 else ()))
    at = brief.stage
    roster = f", {many(at.people, 'person', 'people')} in the roster" if at.people else ""
    size = f"{many(at.pms, 'PM')}{roster}. {at.says} " if at.pms else ""
    seed = f"Draws with seed {SEED}; the same ledger gives the same answer."
    return (*shown, Words(f"{size}{rests} {seed}", "quiet"))
