"""The plan of the early days: the function's first hour, week and quarter, from diagnosis and stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prodops.diagnosis.operating_model import OUTCOME, ProposedStance, operating_model
from prodops.diagnosis.quick_win import QuickWin, quick_win
from prodops.diagnosis.stage import SIZES, Stage, stage
from prodops.impact.advice import Advice, advice, points_of
from prodops.impact.design import DOCUMENTED
from prodops.impact.own_noise import own_noise
from prodops.ledger.ledger import Ledger
from prodops.measures.rituals import ritual_hours_each
from prodops.measures.time import strategic_share
from prodops.pages.blocks import Behind, Block, Cell, Figure, Page, Proposal, Section, Table, Words
from prodops.pages.brief import without_hours
from prodops.pages.judged import judged
from prodops.pages.loaded import all_exports, rests_on
from prodops.pages.plan_steps import Facts, Step, hour_steps, not_yet, quarter_steps, week_steps
from prodops.pages.tables import filled
from prodops.pages.wording import capital, many
from prodops.stats.estimate import Estimate
from prodops.stats.small_groups import FEWEST
from prodops.stats.telling import told

NAME = "plan"
STANCES_SHOWN = 15
WEEKS_BEFORE, WEEKS_AFTER = 8, 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Page):
    """The plan.

    Attributes:
        stage: The organisation's stage.
        verdict: The word of the diagnosis: named, healthy, too_close, outside_reach, not_enough_evidence.
        win: The quick win; None where none is proposed.
        starts_on: The day the change begins.
        reads_out_on: The day its effect is read.
        outcome: The one measurable outcome, as it stands now.
        model: Stances on rituals.
    """

    stage: Stage
    verdict: str
    win: QuickWin | None
    starts_on: date
    reads_out_on: date
    outcome: Estimate
    model: tuple[ProposedStance, ...]


def page(ledger: Ledger) -> Plan:
    """The plan of a ledger's organisation, dated from its today."""
    verdict, at = judged(ledger), stage(ledger)
    win = None if verdict.verdict == "healthy" else quick_win(verdict)
    facts = Facts(
        ledger=ledger, verdict=verdict, stage=at, win=win, advice=_advice(ledger, at, win),
        today=ledger.today.date(),
    )  # fmt: skip
    model, share = operating_model(ledger, verdict), strategic_share.measure(ledger)
    rests = rests_on(ledger)
    sections = (
        _sections(facts, model, share, rests) if rests else (Section("How to start", (all_exports(),)),)
    )
    return Plan(
        name=NAME, title="The early days of product operations",
        lead=_lead(facts) if rests else "Nothing is loaded yet, so there is nothing to plan from.",
        sections=sections, version=ledger.version, today=facts.today, stage=at, verdict=verdict.verdict,
        win=win, starts_on=facts.starts_on, reads_out_on=facts.reads_out_on, outcome=share, model=model,
    )  # fmt: skip


def _advice(ledger: Ledger, at: Stage, win: QuickWin | None) -> Advice | None:
    """What a drawn order and the quick win's own items show at this size."""
    if at.pms < FEWEST:
        return None
    noise = own_noise(ledger) or DOCUMENTED
    return advice(
        at.pms, weeks_before=WEEKS_BEFORE, weeks_after=WEEKS_AFTER, noise=noise, win=win,
        designs=("staggered", "switchback"),
    )  # fmt: skip


def _lead(facts: Facts) -> str:
    at = facts.stage
    people = f"{many(at.people, 'person', 'people')}, " if at.people else ""
    size = f"{people}{many(at.pms, 'PM')}" if at.pms else f"{people}no PM known yet"
    between = "between two stages, read as" if at.interpolated else "stage"
    return f"{size}: {between} {at.name} ({SIZES[at.name]}). {_says(facts)}"


def _says(facts: Facts) -> str:
    if facts.few:
        return "Too few PMs to show hours, which would be about persons."
    if facts.named:
        return facts.verdict.says
    return f"{facts.verdict.says} So the first hour is for the evidence that would decide."


def _sections(
    facts: Facts, model: tuple[ProposedStance, ...], share: Estimate, rests: str
) -> tuple[Section, ...]:
    first = "what would decide" if not facts.named else "what to ask first"
    return (
        Section("The one outcome", _outcome(facts, share)),
        Section(
            f"First hour, {facts.today}: {first}",
            (_table("What to do in the first hour", hour_steps(facts)),),
        ),
        Section(
            f"First week, until {facts.week_end}",
            (_table("What to do in the first week", week_steps(facts)),),
        ),
        Section("The one quick win", _win(facts)),
        Section(
            f"First quarter, until {facts.reads_out_on}",
            (_table("What to do in the first quarter", quarter_steps(facts)),),
        ),
        *_model(facts, model),
        Section("What not to do yet", (_table("What is left alone now, and why", not_yet(facts)),)),
        Section("What this rests on", (Words(rests, "quiet"),)),
    )


def _table(caption: str, steps: list[Step]) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = tuple((one.do, one.why, one.rests) for one in steps)
    return Table(caption, ("Do" if "left alone" not in caption else "Not yet", "Why", "Rests on"), rows)


def _outcome(facts: Facts, share: Estimate) -> tuple[Block, ...]:
    if facts.few:
        none = "no figure is shown over fewer than five PMs. Count items and minutes of the first change."
        return (Words(f"{capital(OUTCOME)}: {none}"),)
    now: Block = Figure(capital(OUTCOME), share, "Every stance and the quick win serve this one number.")
    if not share.known:
        now = Words(f"{capital(OUTCOME)}: not measured yet, because {share.because}.")
    found = facts.advice
    if found is None or facts.win is None or not found.win_points.known:
        return (now, Words("How far it should rise is not said before a change is chosen.", "quiet"))
    towards = (
        f"To be moved by {facts.reads_out_on}: up by at most {told(found.win_points)}, if every hour that "
        "the quick win gives back goes into strategy and discovery."
    )
    return (now, Words(towards), Words(_readable(found), "quiet"))


def _readable(found: Advice) -> str:
    drawn = found.option("staggered")
    if found.on_total or drawn.points.value is None:
        return drawn.says
    return (
        f"With {found.pms} PMs a drawn order shows a change of that share from {drawn.points.value:.1f} "
        "points on, so that this one is proved on its own items and not on the total."
    )


def _win(facts: Facts) -> tuple[Block, ...]:
    if facts.verdict.verdict == "healthy":
        words = (
            "None is proposed: the diagnosis finds nothing that is worth a change. Leave what works alone."
        )
        return (Words(words),)
    if facts.win is None:
        return (
            Words("None is proposed: no finding supports one. A prescription without a finding is a guess."),
        )
    win = without_hours(facts.win) if facts.few else facts.win
    effort = f"{win.effort_days:.0f} days of work; can be undone within a day"
    return (
        Proposal(
            text=win.name,
            hours=win.hours,
            effort=effort,
            because=win.because,
            proof=win.proof,
            moves=points_of(win, facts.verdict.pms),
            caveats=win.caveats,
        ),
    )


def _model(facts: Facts, model: tuple[ProposedStance, ...]) -> tuple[Section, ...]:
    if not model:
        return ()
    hours = {} if facts.few else ritual_hours_each.each(facts.ledger)
    rows: list[tuple[Cell, ...]] = [
        (
            one.title,
            f"{one.stance}, declared" if one.declared else one.stance,
            hours.get(one.ritual),
            one.reason,
            Behind(one.because[0], one.because[0].replace(" ", "/", 1))
            if one.because
            else f"prodops charter {one.ritual}",
        )
        for one in model[:STANCES_SHOWN]
    ]
    counts = [(word, sum(one.stance == word for one in model)) for word in ("own", "facilitate", "exit")]
    said = ", ".join(f"{word} {count}" for word, count in counts if count)
    caption = f"Proposed by the records until somebody declares it; looked at again on {model[0].expires_on}"
    table = filled(
        caption, ("Ritual", "Stance", ritual_hours_each.UNIT, "Why", "Rests on"), rows,
        left_out=max(0, len(model) - STANCES_SHOWN),
    )  # fmt: skip
    return (Section(f"What is owned, facilitated, exited: {said}", (table,)),)
