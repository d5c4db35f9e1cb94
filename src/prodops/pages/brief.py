"""The brief: where PM time goes, what takes most of what could be given back, and what to do first."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.diagnosis.constraint import SEED, Diagnosis, diagnose
from prodops.diagnosis.operating_model import OUTCOME, ProposedStance, operating_model
from prodops.diagnosis.quick_win import QuickWin, quick_win
from prodops.diagnosis.sink import HOURS
from prodops.diagnosis.stage import Stage, stage
from prodops.ledger.ledger import Ledger
from prodops.measures.time import overhead_share, strategic_share
from prodops.pages.blocks import Block, Chart, Claim, Figure, Page, Section, Table, Words
from prodops.pages.charts import forest
from prodops.pages.claims import claim
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told

NAME = "brief"
FINDINGS_SHOWN = 6
STANCES_SHOWN = 12


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
    """

    strategic: Estimate
    overhead: Estimate
    diagnosis: Diagnosis
    win: QuickWin | None
    model: tuple[ProposedStance, ...]
    stage: Stage


def page(ledger: Ledger) -> Brief:
    """The brief of a ledger."""
    verdict = diagnose(ledger)
    win = quick_win(verdict)
    model = operating_model(ledger, verdict)
    strategic, overhead = strategic_share.measure(ledger), overhead_share.measure(ledger)
    at = stage(ledger)
    return Brief(
        name=NAME,
        title="Product operations brief",
        lead=verdict.says,
        version=ledger.version,
        sections=(
            Section("Where PM time goes", _time(strategic, overhead, at)),
            Section(_sinks_heading(verdict), _sinks(verdict)),
            Section("What was found", _findings(verdict)),
            Section("One quick win", _win(win)),
            Section("A first operating model", _model(model, strategic)),
            Section("What would change this", _change(verdict)),
        ),
        strategic=strategic,
        overhead=overhead,
        diagnosis=verdict,
        win=win,
        model=model,
        stage=at,
    )


def _time(strategic: Estimate, overhead: Estimate, at: Stage) -> tuple[Block, ...]:
    return (
        Figure("PM time on strategy and discovery", strategic),
        Figure("PM time on overhead", overhead),
        Words(f"{at.pms:,} PMs, {at.people:,} people in the roster. {at.says}", "quiet"),
    )


def _sinks_heading(verdict: Diagnosis) -> str:
    first = verdict.sinks[0]
    if verdict.named:
        return f"The largest reclaimable time sink is {first.title.partition(':')[0]}"
    return "No constraint is named"


def _sinks(verdict: Diagnosis) -> tuple[Block, ...]:
    known = [sink for sink in verdict.sinks if sink.hours.known]
    blocks: list[Block] = []
    if known:
        blocks.append(_forest(verdict))
    rows = tuple(
        (
            sink.title.partition(":")[0],
            sink.hours,
            f"{sink.p_top:.0%}" if sink.hours.known else "",
            sink.because,
        )
        for sink in verdict.sinks
    )
    columns = ("Sink", "PM hours a week", "Largest in", "Rests on")
    blocks.append(Table("Every sink that was weighed, with its rivals", columns, rows))
    if verdict.margin.known:
        blocks.append(Figure("The first is larger than the second by", verdict.margin))
    exposed = [sink for sink in verdict.sinks if sink.exposure]
    blocks += [
        Words(f"Beside the hours, {sink.title.partition(':')[0]}: {sink.exposure}.", "quiet")
        for sink in exposed
    ]
    return tuple(blocks)


def _forest(verdict: Diagnosis) -> Chart:
    rows = [(sink.title.partition(":")[0], sink.hours) for sink in verdict.sinks]
    return forest(verdict.says.partition(".")[0], rows, axis=HOURS)


def _findings(verdict: Diagnosis) -> tuple[Block, ...]:
    shown = verdict.findings[:FINDINGS_SHOWN]
    if not shown:
        return (Words("No check found anything in what was loaded."),)
    rest = len(verdict.findings) - len(shown)
    tail = (Words(f"{rest:,} more findings stand on the pages of their pillars.", "quiet"),) if rest else ()
    return (*(claim(finding) for finding in shown), *tail)


def _win(win: QuickWin | None) -> tuple[Block, ...]:
    if win is None:
        return (
            Words("None is proposed: no finding supports one. A prescription without a finding is a guess."),
        )
    facts = Claim(
        code="",
        text=win.name + ".",
        evidence=(),
        evidence_count=0,
        hours=win.hours,
        remedy=f"{win.effort_days:.0f} days of effort; can be undone within a day. Because of "
        + ", ".join(win.because),
    )
    caveats = [Words(f"Note: {caveat}.", "warning") for caveat in win.caveats]
    return (facts, *caveats, *(Words(step, "quiet") for step in win.proof))


def _model(model: tuple[ProposedStance, ...], strategic: Estimate) -> tuple[Block, ...]:
    outcome = told(strategic) if strategic.known else "not measured yet"
    rows = tuple(
        (one.title, one.stance, one.purpose, one.pm_hours_week, one.expires_on.isoformat(), one.reason)
        for one in model[:STANCES_SHOWN]
    )
    return (
        Words(f"Outcome: {OUTCOME}, now {outcome}. A stance expires, and only a person declares it."),
        Table(
            "Proposed stances, the rituals that ask most of PMs first",
            ("Ritual", "Stance", "Purpose", "PM hours a week", "Expires", "Reason"),
            rows,
            empty="No ritual with two or more PMs is known. Load calendars: prodops add FOLDER.",
            left_out=max(0, len(model) - STANCES_SHOWN),
        ),
    )


def _change(verdict: Diagnosis) -> tuple[Block, ...]:
    steps = tuple(Words(one) for one in verdict.would_change)
    seed = Words(f"Computed from draws with seed {SEED}; the same ledger gives the same answer.", "quiet")
    return (*(steps or (Words("Nothing that is known to be missing."),)), seed)
