"""The decision log: what is due, what was decided on what, how fast, how lasting, and who was right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from prodops.checks.finding import Evidence, Finding
from prodops.checks.governance import unreviewed_input
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation
from prodops.measures.decisions import (
    brier_score,
    data_right_share,
    days_to_decide,
    grounded_share,
    intervals_held,
    late_share,
    process_score,
    rater_agreement,
    relitigated_share,
    reversed_planned,
    reversed_unplanned,
)
from prodops.pages.blocks import Block, Cell, Doing, Figure, Onward, Page, Points, Section, Table, Words
from prodops.pages.charts import Row, forest
from prodops.pages.claims import grouped
from prodops.pages.figures import figures
from prodops.pages.loaded import exports
from prodops.pages.tables import filled
from prodops.pages.wording import many
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told
from prodops.views.decisions import DECISIONS
from prodops.views.redecisions import REDECISIONS

NAME = "decisions"
SHOWN = 60
NEWEST = 12
AGAIN_SHOWN = 12
DUE_DAYS = 30
BOUND = "An upper bound: a question may come back on good grounds."

HOW = (
    'Record one, asked one by one: prodops decide. Or in the browser: "Record a decision"',
    "See one with its evidence and what became of it: prodops decisions show NUMBER",
    "Say what came true: prodops decisions resolve NUMBER --came 41 --turned-out right",
    "Put another in its place: prodops decisions supersede NUMBER --chosen OPTION --why WORDS",
    "Days for a calendar: prodops decisions due --ics FILE. All as a table: prodops decisions export FILE",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions(Page):
    """The decision log of a ledger.

    Attributes:
        decided: How many decisions are known, declared and read.
        waiting: How many questions wait.
        overdue: How many reviews and checks are over their day.
        reversed_unplanned: Share reversed within 90 days without a plan.
        findings: Decisions on AI evidence that nobody reviewed.
    """

    decided: int
    waiting: int
    overdue: int
    reversed_unplanned: Estimate
    findings: tuple[Finding, ...]


def page(ledger: Ledger) -> Decisions:
    """The decision log, what is due first."""
    ((decided, waiting),) = ledger.sql(_COUNTS, views=[DECISIONS])
    due = ledger.sql(_DUE, {"until": ledger.today.date() + timedelta(days=DUE_DAYS)}, views=[DECISIONS])
    overdue = sum(row[0] < ledger.today.date() for row in due)
    findings = tuple(unreviewed_input.check(ledger))
    unplanned = reversed_unplanned.measure(ledger)
    known = decided or waiting
    again = _again(ledger, alone=not known)
    empty = "No decision is recorded yet." + (
        " Minutes tell what was decided more than once." if again else ""
    )
    return Decisions(
        name=NAME,
        title="Decisions",
        lead=_lead(int(decided), int(waiting), overdue, unplanned) if known else empty,
        version=ledger.version,
        today=ledger.today.date(),
        sections=(
            *(_due(due, ledger.today.date()) if known else ()),
            *(_log(ledger) if known else ()),
            *(_measured(ledger, unplanned) if known else ()),
            *again,
            *(
                (Section(f"{many(len(findings), 'decision')} on unreviewed AI", grouped(findings)),)
                if findings
                else ()
            ),
            Section("Record and follow them" if known else "How to start", _ways(known=bool(known))),
        ),
        decided=int(decided),
        waiting=int(waiting),
        overdue=overdue,
        reversed_unplanned=unplanned,
        findings=findings,
    )


def _lead(decided: int, waiting: int, overdue: int, unplanned: Estimate) -> str:
    said = [f"{many(decided, 'decision')}." if not waiting else _both(decided, waiting)]
    if overdue:
        said.append(f"{many(overdue, 'review or check', 'reviews or checks')} overdue.")
    if unplanned.known:
        said.append(f"Reversed within 90 days without a plan: {told(unplanned)}.")
    return " ".join(said)


def _both(decided: int, waiting: int) -> str:
    return f"{many(decided, 'decision')}, and {many(waiting, 'question')} without one."


def _due(due: list[tuple[object, ...]], today: date) -> tuple[Section, ...]:
    if not due:
        return ()
    rows: list[tuple[Cell, ...]] = [
        (str(on), _left(on, today), _doing(str(what), str(name)), str(name), str(question), str(note))
        for on, what, name, question, note in due[:SHOWN]
        if isinstance(on, date)
    ]
    late = sum(isinstance(row[0], date) and row[0] < today for row in due)
    heading = (
        f"{many(late, 'review or check', 'reviews or checks')} overdue"
        if late
        else f"Due within {DUE_DAYS} days: {len(due):,}"
    )
    columns = ("On", "Days", "What", "No", "Question", "Look for")
    table = filled("What to look at, the oldest first", columns, rows, left_out=max(0, len(due) - SHOWN))
    return (Section(heading, (table,)),)


def _doing(what: str, name: str) -> Cell:
    """What is to be done with a decision, leading to where that is done."""
    action, field = _DONE_BY[what]
    return Doing(_WHAT[what], action, {field: name})


_DONE_BY = {
    "review": ("resolve", "which"), "prediction": ("resolve", "which"), "needed": ("record_decision", "asks"),
}  # fmt: skip
_WHAT = {"review": "look again", "prediction": "check the prediction", "needed": "decide"}


def _left(on: date, today: date) -> str:
    days = (on - today).days
    return f"{many(-days, 'day')} over" if days < 0 else "today" if days == 0 else f"{many(days, 'day')} left"


def _log(ledger: Ledger) -> tuple[Section, ...]:
    rows = ledger.sql(_LOG, views=[DECISIONS])
    table = filled(
        "The newest first",
        ("No", "Decided", "Question", "Chosen", "State", "Predicted", "Came", "Look again", "Read from"),
        [_row(row) for row in rows[:NEWEST]],
        left_out=max(0, len(rows) - NEWEST),
    )
    rest = (Words("All of them: prodops decisions list --all", "quiet"),) if len(rows) > NEWEST else ()
    return (Section("The log", (table, *rest)),)


def _row(row: tuple[object, ...]) -> tuple[Cell, ...]:
    record, source, name, decided, asked, question, chosen, state, review = row[:9]
    predicts, low, high, probability, came, happened, turned, file, place = row[9:]
    day = str(decided) if decided is not None else f"asked {asked}" if asked is not None else "day not known"
    came_true = "" if happened is None else "it came true" if happened else "it did not"
    became = f"{came:g}" if isinstance(came, float) else came_true
    read = Evidence("logged_decision", str(record), Citation(str(file), str(place)), "where it was read")
    return (
        str(name), day, str(question), str(chosen), _next(str(state), str(name), str(source)),
        _predicted(str(predicts), low, high, probability),
        ", ".join(one for one in (became, str(turned)) if one),
        "" if review is None else str(review),
        read if source == "read" else None,
    )  # fmt: skip


def _next(state: str, name: str, source: str) -> Cell:
    """The state, leading to what can be done in it; of what was read from files nothing can."""
    if source != "declared" or state not in _THEN:
        return state
    action, field = _THEN[state]
    return Doing(state, action, {field: name})


_THEN = {
    "proposed": ("record_decision", "asks"), "standing": ("reopen", "which"),
    "reopened": ("supersede", "which"),
}  # fmt: skip


def _predicted(predicts: str, low: object, high: object, probability: object) -> str:
    if isinstance(low, float) and isinstance(high, float):
        return f"{predicts}: {low:g} to {high:g}"
    return f"{predicts}: {probability:.0%}" if isinstance(probability, float) else ""


def _measured(ledger: Ledger, unplanned: Estimate) -> tuple[Section, ...]:
    meant, base = intervals_held.meant(ledger), brier_score.of_base_rate(ledger)
    held = f"They were meant to hold {meant:.0%} of the time." if meant else ""
    flat = f"Always saying the same would score {base:.2f}." if base is not None else ""
    speed = (
        Figure("Until half of the questions are decided", days_to_decide.measure(ledger)),
        Figure("Decided after the day they were needed", late_share.measure(ledger)),
        Figure("Reversed within 90 days, not planned", unplanned),
        Figure(
            "Reversed within 90 days, as planned", reversed_planned.measure(ledger), "A plan that worked."
        ),
        Figure("Questions decided again within 180 days", relitigated_share.measure(ledger), BOUND),
    )
    right = (
        Figure("Predicted intervals that held", intervals_held.measure(ledger), held),
        Figure("Distance of probabilities from what happened", brier_score.measure(ledger), flat),
        Figure("How well they were made, weakest element", process_score.measure(ledger)),
        Figure("Agreement of two raters", rater_agreement.measure(ledger), "Below 0.67 scores say little."),
        Figure("Data right where intuition said otherwise", data_right_share.measure(ledger)),
    )
    return (
        Section("How fast they come and how long they stand", figures(speed)),
        Section("How often they are right", figures(right, load="Record predictions and what came true.")),
        *_evidence(ledger),
    )


def _evidence(ledger: Ledger) -> tuple[Section, ...]:
    each = grounded_share.each(ledger)
    if not each:
        return ()
    grounded = grounded_share.measure(ledger)
    rows = [Row(name, share) for name, share in each.items()]
    title = f"On data or customers' words rest {told(grounded)}"
    chart = forest(title, rows, axis="Decisions that cite it, percent", what="Evidence", whole=True)
    return (Section("What they rest on", (chart,)),)


def _again(ledger: Ledger, *, alone: bool) -> tuple[Section, ...]:
    """Questions that came back, as the words of their titles tell; with their share where no log tells it."""
    rows = ledger.sql(_AGAIN, views=[REDECISIONS])
    if not rows:
        return ()
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (str(title), str(first), str(again), str(place)) for title, first, again, place in rows[:AGAIN_SHOWN]
    )
    table = Table(
        "By the words of their titles; look whether it was the same question",
        ("Question", "Decided", "Decided again", "Where"),
        cells,
        left_out=max(0, len(rows) - AGAIN_SHOWN),
    )
    share = relitigated_share.measure(ledger)
    figure = (
        (Figure("Questions decided again within 180 days", share, BOUND),) if alone and share.known else ()
    )
    return (Section(f"{many(len(rows), 'question')} decided more than once", (*figure, table)),)


def _ways(*, known: bool) -> tuple[Block, ...]:
    quiet = Words("A record is sealed in the log; within a week it can be taken back as a mistake.", "quiet")
    onward = Onward((Doing("Record a decision", "record_decision", {}), Doing("Ask a question", "ask", {})))
    return (onward, Points(HOW), quiet) if known else (onward, Points(HOW[:1]), exports(NAME))


_COUNTS = """
select
    coalesce(sum(case when state in ('proposed', 'withdrawn') then 0 else 1 end), 0),
    coalesce(sum(case when state = 'proposed' then 1 else 0 end), 0)
from decisions
"""

_DUE = """
select review_on as due_on, 'review' as what, name, question, kill_if
from decisions
where review_on <= $until
union all
select resolves_on, 'prediction', name, question, predicts
from decisions
where resolves_on <= $until and came_number is null and happened is null
    and (predicted_low_number is not null or probability is not null)
union all
select needed_on, 'needed', name, question, ''
from decisions
where needed_on <= $until and state = 'proposed'
order by due_on, what, name
"""

_LOG = """
select id, source, name, decided_on, asked_on, question, chosen, state, review_on, predicts,
    predicted_low_number, predicted_high_number, probability, came_number, happened, turned_out,
    cite_source, cite_locator
from decisions
order by coalesce(decided_on, asked_on) desc nulls last, source, id desc
"""

_AGAIN = """
select title, decided_on, again_on, place
from redecisions
where again_on is not null
order by decided_on desc, title
"""
