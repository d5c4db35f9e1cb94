"""The diagnosis: rivals side by side, what is at stake beside the hours, queues, what would change it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from prodops.checks.finding import Finding
from prodops.diagnosis.constraint import Diagnosis
from prodops.diagnosis.naming import NAME_FROM_PROBABILITY
from prodops.diagnosis.sink import HOURS, Sink
from prodops.diagnosis.stage import ASKED, PROMISED, SHOWN, SIZES, STAGES, Stage, stage
from prodops.diagnosis.value_of_asking import LEAST_WORTH, Ask
from prodops.ledger.ledger import Ledger
from prodops.pages.blocks import Behind, Block, Cell, Chart, Onward, Page, Points, Section, Table, Words
from prodops.pages.charts import Row, forest
from prodops.pages.judged import judged
from prodops.pages.loaded import all_exports, rests_on
from prodops.pages.parts import ToldPart, parts_of
from prodops.pages.queues import queue_section
from prodops.pages.rivals import Rival, rivals
from prodops.pages.wording import capital, many, stated
from prodops.stats.estimate import Estimate
from prodops.stats.small_groups import about_persons
from prodops.stats.telling import number, told

NAME = "diagnosis"

SCALES_SHOWN, BARS_A_SCALE = 3, 8
"""Scales of exposure that are drawn, and findings on each; the others are told in words."""

PARTS_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisPage(Page):
    """The verdict with everything that speaks for and against it.

    Attributes:
        diagnosis: The verdict.
        stage: What may be asked, shown and promised at this size.
    """

    diagnosis: Diagnosis
    stage: Stage


def page(ledger: Ledger) -> DiagnosisPage:
    """The diagnosis of a ledger."""
    verdict, at = judged(ledger), stage(ledger)
    rests = rests_on(ledger)
    few = about_persons(verdict.pms)
    lead = verdict.says
    if few:
        lead = f"{many(verdict.pms, 'PM')}: too few to show hours, which would be about persons."
    return DiagnosisPage(
        name=NAME,
        title="Diagnosis",
        lead=lead if rests else "Nothing is loaded yet, so nothing is said.",
        sections=_sections(ledger, verdict, at, rests, few=few)
        if rests
        else (Section("How to start", (all_exports(),)),),
        version=ledger.version,
        today=ledger.today.date(),
        diagnosis=verdict,
        stage=at,
    )


def _sections(ledger: Ledger, verdict: Diagnosis, at: Stage, rests: str, *, few: bool) -> tuple[Section, ...]:
    known = [] if few else [sink for sink in verdict.sinks if sink.hours.known]
    exposed = _exposed(verdict)
    parts = [] if few else [one for sink in known for one in parts_of(ledger, verdict, sink.name).told]
    return (
        *((Section("What could be given back", (*_hours(verdict, known), *_parts(parts))),) if known else ()),
        *((Section("At stake, on scales of its own", exposed, beside=bool(known)),) if exposed else ()),
        Section("Rivals side by side", _rivals(ledger, verdict, known)),
        queue_section(verdict.queue),
        Section("What would change this", (*change_of(verdict), Words(rests, "quiet"))),
        Section(f"What may be promised at this size: {at.name}", _promises(at)),
    )


def _short(sink: Sink) -> str:
    return sink.title.partition(":")[0]


def _hours(verdict: Diagnosis, known: Sequence[Sink]) -> tuple[Block, ...]:
    """The sinks on one scale, titled with what they say."""
    first = known[0]
    title = f"{capital(_short(first))} takes most: {told(first.hours, with_n=False)}"
    if len(known) > 1 and not verdict.leads:
        title = f"{capital(_short(first))} and {_short(known[1])} cannot be told apart yet"
    rows = [Row(_short(sink), sink.hours, (f"{sink.p_top:.0%} of draws",), of=sink.name) for sink in known]
    return (forest(title, rows, axis=HOURS, what="Sink", more=("Largest in",)),)


def _exposed(verdict: Diagnosis) -> tuple[Block, ...]:
    """Findings that cost no hours, each unit on a scale of its own: never added to hours or to each other."""
    by_unit: dict[str, list[tuple[Finding, Estimate]]] = defaultdict(list)
    for one in verdict.findings:
        if one.hours is None and one.exposure is not None and one.exposure.known:
            by_unit[one.exposure.unit].append((one, one.exposure))
    order = {sink.name: place for place, sink in enumerate(verdict.sinks)}
    scales = sorted(by_unit.items(), key=lambda one: (order[one[1][0][0].sink], -len(one[1]), one[0]))
    drawn = _telling(scales)
    rest = tuple(_first_of(found) for unit, found in scales if unit not in drawn)
    more = (Words("On further scales, the first of each:", "quiet"), Onward(rest)) if rest else ()
    return (*(_scale(unit, by_unit[unit]) for unit in drawn), *more)


def _telling(scales: Sequence[tuple[str, Sequence[tuple[Finding, Estimate]]]]) -> list[str]:
    """The units that are drawn: one a sink, where findings differ, measured ones before counted ones."""
    chosen: dict[str, str] = {}
    for exact in (False, True):
        for unit, found in scales:
            counted = all(stake.low == stake.high for _, stake in found)
            if counted == exact and len({stake.value for _, stake in found}) > 1:
                chosen.setdefault(found[0][0].sink, unit)
    return [unit for unit, _ in scales if unit in chosen.values()][:SCALES_SHOWN]


def _first_of(found: Sequence[tuple[Finding, Estimate]]) -> Behind:
    """A scale that is not drawn: its first finding, and how many others there are."""
    first, stake = found[0]
    others = f" (and {many(len(found) - 1, 'other')})" if len(found) > 1 else ""
    return Behind(f"{first.subject}: {stated(stake)}{others}", first.code)


def _scale(unit: str, given: Sequence[tuple[Finding, Estimate]]) -> Chart:
    found = sorted(given, key=lambda one: -(one[1].value or 0.0))
    first, most = found[0]
    alone = len({one.code for one, _ in found}) == 1
    rows = [
        Row(one.subject if alone else f"{one.code} {one.subject}", stake, of=f"{one.code}/{one.subject}")
        for one, stake in found[:BARS_A_SCALE]
    ]
    what = f"{first.code} found on" if alone else "Finding"
    return forest(f"{first.subject}: {stated(most)}", rows, axis=capital(unit), what=what)


def _rivals(ledger: Ledger, verdict: Diagnosis, known: Sequence[Sink]) -> tuple[Block, ...]:
    """Every sink with its distance to the first and why it is not named."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        _rival(one, shown=bool(known)) for one in rivals(ledger, verdict)
    )
    table = Table(
        "All sinks, the largest first: how far each lies below the first, and why it is not named",
        ("Sink", HOURS, "Largest in draws", "Below the first", "Why it is not named"),
        rows,
    )
    rule = (
        f"A sink is named when it leads by a seventh in {NAME_FROM_PROBABILITY:.0%} of the draws and the "
        "lower 5% bound of its hours is 1% of PM time or more. Hours and exposure are never added."
    )
    return (table, Words(rule, "quiet"))


def _rival(one: Rival, *, shown: bool) -> tuple[Cell, ...]:
    sink = one.sink
    name = capital(_short(sink))
    opens: Cell = Behind(name, sink.name) if one.has_rows else name
    if not shown:
        return (opens, None, "", None, one.why)
    return (
        opens,
        sink.hours if sink.hours.known else None,
        f"{sink.p_top:.0%}" if sink.hours.known else "",
        one.below,
        one.why,
    )


def _parts(parts: Sequence[ToldPart]) -> tuple[Block, ...]:
    """The rituals, channels and metrics with most hours, over all sinks."""
    if not parts:
        return ()
    ordered = sorted(parts, key=lambda one: (-round(one.hours.value or 0.0, 2), one.title))
    first = ordered[0]
    rows = [Row(one.title, one.hours, (one.sink.replace("_", " "),), of=one.of) for one in ordered]
    title = f"{first.title} alone: {told(first.hours, with_n=False)}"
    chart = forest(title, rows[:PARTS_SHOWN], axis=HOURS, what="Where", more=("Sink",))
    rest = len(rows) - PARTS_SHOWN
    more = Words(f"{many(rest, 'smaller place')}: each opens from the evidence of its sink.", "quiet")
    return (chart, more) if rest > 0 else (chart,)


def change_of(verdict: Diagnosis) -> tuple[Block, ...]:
    """What could be found out, what asking takes and what it spares; then what else is missing.

    Args:
        verdict: The diagnosis.
    """
    found = verdict.asks
    told = {one.says for one in found}
    steps = tuple(one for one in verdict.would_change if one not in told)
    listed = (Points(steps),) if steps else ()
    if not found:
        return listed or (Points(("Nothing that is known to be missing.",)),)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.ask, one.what, one.sink.replace("_", " "), number(one.asking_hours), _spared(one))
        for one in found
    )
    table = Table(
        "What to find out, the most useful for an hour of asking first",
        ("Find out", "Not known", "Of", "Hours of asking", "Expected to spare, PM hours a week"),
        rows,
    )
    return (table, Words(_SPARED, "quiet"), *listed)


_SPARED = (
    "Spared are the hours expected to be lost less by not working on the wrong sink. Where that is nothing, "
    "the answer narrows the hours and does not change which sink leads."
)


def _spared(one: Ask) -> str:
    return number(one.spared_hours) if one.spared_hours >= LEAST_WORTH else "nothing"


def _promises(at: Stage) -> tuple[Block, ...]:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (f"{name}, here" if name == at.name else name, SIZES[name], ASKED[name], SHOWN[name], PROMISED[name])
        for name in STAGES
    )
    table = Table(
        "What is asked, shown and promised at each stage",
        ("Stage", "Size", "Asked", "Shown", "Promised"),
        rows,
    )
    tone = "warning" if at.interpolated else "plain"
    return (Words(at.says, tone), Words(at.detectable), table)
