"""The proof: what a registered change did, in the sentence that its grade allows, and what could be wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prodops.impact.capacity import Capacity, arithmetic
from prodops.impact.gates import Gate
from prodops.impact.guardrails import Guardrail
from prodops.impact.pm_weeks import SHARES, seen_until
from prodops.impact.proof import Proof, prove
from prodops.impact.returned_hours import exited
from prodops.impact.telling import told_effect
from prodops.impact.trials import (
    OUTCOMES,
    changes,
    key_of,
    outcome_of,
    registered_at,
    seal_holds,
    state_of,
    waves_of,
)
from prodops.ledger.decisions import Intervention, OtherEvent
from prodops.ledger.ledger import Ledger
from prodops.pages.blocks import (
    Behind,
    Block,
    Cell,
    Doing,
    Elsewhere,
    Figure,
    Onward,
    Page,
    Points,
    Section,
    Table,
    Words,
)
from prodops.pages.charts import Row, forest
from prodops.pages.panel_chart import panel_chart
from prodops.pages.register import given_back
from prodops.pages.wording import capital, many
from prodops.stats.estimate import Estimate
from prodops.stats.panel_intervals import Bounds

NAME = "proof"
POINTS = "points of PM time"
STATES = ("read out", "stopped", "reading out", "running", "planned", "taken back")
"""Which change the page speaks of first: what can be read, then what comes next."""

WORDS = {"passed": "holds", "failed": "fails", "not applicable": "not asked, or not known"}
TWO = "prodops proof --before 2026-01-05..2026-03-27 --after 2026-04-06..2026-06-26"
START = (
    'Register a change before it begins: prodops try start "Pause the status round" --because RIT01 '
    '--on ritual:NAME --outcome overhead_share --expect "-3 (-6 to -1)"'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofPage(Page):
    """The page that a CFO reads.

    Attributes:
        change: The key of the change; empty where none is registered.
        state: How far it is.
        grade: A, B, C or D; empty without a figure.
        claim: The sentence that may be said; empty without a figure.
        claims_effect: Whether it says that something changed.
        effect: The effect on the primary outcome.
        latest: The effect in the latest weeks that carry an interval.
        worth: Capacity in full-time PMs.
        pms: PMs behind it; none where rituals are what begins one by one.
        rituals: Rituals behind it, where they are.
        weeks: Weeks behind it.
        gates: Every gate.
        refused: Why there is no figure; empty when there is one.
    """

    change: str = ""
    state: str = ""
    grade: str = ""
    claim: str = ""
    claims_effect: bool = False
    effect: Estimate | None = None
    latest: Estimate | None = None
    worth: Estimate | None = None
    pms: int = 0
    rituals: int = 0
    weeks: int = 0
    gates: tuple[Gate, ...] = ()
    guardrails: tuple[Guardrail, ...] = ()
    refused: str = ""


def page(ledger: Ledger) -> ProofPage:
    """The proof of the change that can be read, the newest first; else what to do."""
    found = changes(ledger)
    if not found:
        return _empty(ledger)
    until, today = seen_until(ledger), ledger.today.date()
    first = min(found, key=lambda one: STATES.index(state_of(one, today, until)))
    return of(ledger, first)


def of(ledger: Ledger, change: Intervention) -> ProofPage:
    """The proof of one change."""
    proof = prove(ledger, change)
    scale, unit, n = proof.scale, _unit(change, proof), proof.pms or proof.rituals
    overall = proof.effect.overall if proof.effect else None
    latest = proof.effect.latest if proof.effect else None
    return ProofPage(
        name=NAME, title=f"Proof: {change.name}", lead=proof.claim or proof.refused,
        version=ledger.version, today=ledger.today.date(),
        sections=(
            *_sections(change, proof), *given_back(ledger, change), *_guarded(proof.guardrails),
            *_plan(ledger, change), *_others(ledger, change), *_annex(proof),
            *_ways(change, proof.state),
        ),
        change=key_of(change), state=proof.state, grade=proof.grade.letter if proof.grade else "",
        claim=proof.claim, claims_effect=proof.claims_effect,
        effect=told_effect(overall, scale, n, unit) if overall else None,
        latest=told_effect(latest.effect, scale, n, unit) if latest and latest.effect else None,
        worth=_capacity(proof.capacity, proof), pms=proof.pms, rituals=proof.rituals, weeks=proof.weeks,
        gates=proof.gates, guardrails=proof.guardrails, refused=proof.refused,
    )  # fmt: skip


def _unit(change: Intervention, proof: Proof) -> str:
    if proof.rituals:
        return "PM hours a week in a ritual"
    return POINTS if change.target in SHARES else "hours of a PM a week"


def _capacity(worth: Capacity | None, proof: Proof) -> Estimate | None:
    """Capacity where it may be claimed: grades A and B, and nothing that bounds it at nought."""
    claimed = proof.claims_effect and proof.grade is not None and proof.grade.letter in ("A", "B")
    if worth is None or not claimed or worth.low <= 0:
        return None
    return Estimate(worth.value, worth.low, worth.high, worth.people, "PMs", method="lesser of fall and rise")


def _ways(change: Intervention, state: str) -> tuple[Section, ...]:
    """What can be done with a change: taken back before it begins, stopped while it runs; another registered.

    An exit ends with the stance it was declared with.
    """
    another = Doing("Register another change", "start_trial", {})
    ritual = exited(change)
    key = {"trial": key_of(change)}
    if change.ended_on is not None:
        return (Section("Go on", (Onward((another,)),)),)
    if ritual:
        back = Doing("Take the exit back", "exit_ritual", {"ritual": ritual, "undo": "yes"})
        charter = Elsewhere("All about this ritual", f"charter/{ritual}")
        return (Section("Go on", (Onward((charter, back, another)),)),)
    if state == "planned":
        back = Doing("Take it back: it has not begun", "start_trial", {**key, "undo": "yes"})
        return (Section("Go on", (Onward((back, another)),)),)
    stop = Doing("Stop it, and say why", "stop_trial", key)
    return (Section("Go on", (Onward((stop, another)),)),)


def _empty(ledger: Ledger) -> ProofPage:
    steps = (
        "See what is found: prodops diagnose",
        "Ask PMs what sampled blocks were for, five minutes each: prodops label --draw",
        START,
        "When its day has come: prodops add FOLDER, prodops proof",
        "Two audits stand side by side, and no effect is claimed: " + TWO,
    )
    lead = "No change is registered, so no effect can be proved: a change is written down before it begins."
    start = Onward((Doing("Register a change before it begins", "start_trial", {}),))
    return ProofPage(
        name=NAME, title="Proof", lead=lead, version=ledger.version, today=ledger.today.date(),
        sections=(Section("How to prove the next change", (Points(steps, ordered=True), start)),),
        refused=lead,
    )  # fmt: skip


_MEANWHILE = {
    "planned": "Until it begins it can be taken back. Its effect is read once, on the day set before.",
    "running": "Write down what else happens meanwhile, so that nobody takes it for the effect.",
}
"""What there is to do while nothing is read, by state."""


def _sections(change: Intervention, proof: Proof) -> tuple[Section, ...]:
    if proof.grade is None or proof.effect is None:
        return (Section(f"State: {proof.state}", (Words(_MEANWHILE.get(proof.state, proof.refused)),)),)
    grade = proof.grade
    # What makes a D stands in the claim already.
    because = " ".join(grade.because) if grade.letter != "D" else ""
    words = Words(f"Grade {grade.letter}: {grade.design}. {because}".strip(), "quiet")
    return (
        Section(_heading(proof), (*_figures(change, proof), words)),
        *(
            (Section("Before, since, and without the change", (_chart(change, proof),)),)
            if proof.curve
            else ()
        ),
        Section("What could be wrong", (_doubts(proof.gates),)),
        *_landed(change, proof),
    )


def _annex(proof: Proof) -> tuple[Section, ...]:
    """Every gate, for whoever asks."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (capital(gate.name.replace("_", " ")), WORDS[gate.status], gate.says) for gate in proof.gates
    )
    table = Table("Gates that a claim passes", ("Gate", "Now", "Why"), rows)
    return (Section("Every gate", (table,)),) if rows else ()


def _heading(proof: Proof) -> str:
    if proof.grade is not None and proof.grade.letter == "D":
        return "Description only; no effect is claimed"
    return "What may be said" if proof.claims_effect else "No change is shown"


def _figures(change: Intervention, proof: Proof) -> tuple[Block, ...]:
    unit, n, blocks = _unit(change, proof), proof.pms or proof.rituals, []
    if proof.effect is not None and proof.effect.overall is not None:
        effect = told_effect(proof.effect.overall, proof.scale, n, unit)
        blocks.append(Figure(f"Change of {outcome_of(change)}", effect, f"{many(proof.weeks, 'week')}."))
        latest = proof.effect.latest
        if latest is not None and latest.effect is not None:
            told = told_effect(latest.effect, proof.scale, n, unit)
            blocks.append(Figure(f"In {latest.name} after the start", told, "The latest: what to plan with."))
    capacity = _capacity(proof.capacity, proof)
    if capacity is not None:
        blocks.append(Figure("Capacity given back", capacity))
    if proof.capacity is not None and proof.grade is not None and proof.grade.letter in ("A", "B"):
        return (*blocks, Words(f"Arithmetic: {arithmetic(proof.capacity, 'PMs')}."))
    return tuple(blocks)


def _chart(change: Intervention, proof: Proof) -> Block:
    share = change.target in SHARES
    axis = f"{capital(outcome_of(change))}, percent" if share else capital(outcome_of(change))
    starts = [one.starts_on for one in waves_of(change) if one.starts_on]
    before, after = (value * proof.scale for value in proof.means)
    sign = "%" if share else ""
    means = f"{before:.1f}{sign} before, {after:.1f}{sign} since"
    whose = "where it began" if proof.rituals else "of PMs who began"
    title = f"{capital(outcome_of(change))} {whose}: {means}"
    return panel_chart(
        title, proof.curve, starts, axis=axis, scale=proof.scale, unit="% of PM time" if share else "hours"
    )


def _landed(change: Intervention, proof: Proof) -> tuple[Section, ...]:
    """Where the hours went: each share of the same weeks, by its latest horizon."""
    if not proof.landed or proof.effect is None:
        return ()
    latest = proof.effect.latest.effect if proof.effect.latest else proof.effect.overall
    shown: Mapping[str, Bounds | None] = {change.target: latest, **proof.landed}
    rows = [
        Row(capital(OUTCOMES[name].removeprefix("the ")), told_effect(one, proof.scale, proof.pms, POINTS))
        for name, one in shown.items()
        if one is not None
    ]
    title = _where(shown)
    drawn = forest(title, rows, axis="Change, points of PM time", what="Share")
    others: tuple[Block, ...] = ()
    if proof.others is not None and proof.others.begun and proof.others.hours.known:
        others = (Figure("What others do since in meetings that began with it", proof.others.hours),)
    return (Section("Where the hours landed", (drawn, *others)),)


def _where(shown: Mapping[str, Bounds | None]) -> str:
    moved = {
        name: one for name, one in shown.items() if one is not None and (one.low > 0 or one.high < 0)
    }  # fmt: skip
    if not moved:
        return "No share is shown to have moved"
    told = [
        f"{OUTCOMES[name].removeprefix('the ')} {'rose' if one.value > 0 else 'fell'}"
        for name, one in moved.items()
    ]
    return capital("; ".join(told))


def _guarded(rails: tuple[Guardrail, ...]) -> tuple[Section, ...]:
    """What must not get worse, before the first start and on the day of reading."""
    if not rails:
        return ()
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.says, one.before, one.since, one.moved, capital(one.verdict)) for one in rails
    )
    caption = "Each as its measure reads it; one that looks back far moves later than the truth"
    columns = ("Must not get worse", "Before", "On the day of reading", "Moved by", "So it")
    return (Section("Guardrails", (Table(caption, columns, rows),)),)


def _doubts(gates: tuple[Gate, ...]) -> Block:
    """Each gate that fails or cannot be asked, in plain words with the evidence that is missing."""
    failed = [gate for gate in gates if gate.status == "failed"]
    unknown = [gate for gate in gates if gate.status == "not applicable" and gate.missing]
    items = tuple(
        f"{gate.says} Missing: {gate.missing}." if gate.missing else gate.says for gate in (*failed, *unknown)
    )
    return Points(items) if items else Words("Every gate that could be asked holds.")


def _plan(ledger: Ledger, change: Intervention) -> tuple[Section, ...]:
    """What was registered, and what else happened."""
    rows: list[tuple[Cell, ...]] = [
        *(
            ("and" if number else "Because of", Behind(one, one.replace(" ", "/", 1)))
            for number, one in enumerate(change.because)
        ),
        ("Primary outcome", outcome_of(change)),
        ("Expected", change.expected),
        *_reach(change),
        ("Design", change.design or "exit of a ritual"),
        ("Begins" if change.starts_on > ledger.today.date() else "Began", f"{change.starts_on}"),
        *_order(change),
        ("Is read on", f"{change.reads_out_on}"),
        ("Registered", _registered(change)),
        ("Guardrails", "; ".join(change.guardrails)),
        ("Seal", _seal(change)),
    ]
    events = [one for one in ledger.records(OtherEvent) if not one.withdrawn]
    near = [one for one in events if one.happened_on <= change.reads_out_on]
    told = "; ".join(f"{one.happened_on} {one.says}" for one in sorted(near, key=lambda one: one.happened_on))
    rows.append(("Other events", told))
    kept = tuple(row for row in rows if row[1])
    return (Section("What was registered", (Table("The plan as it was sealed", ("What", "Is"), kept),)),)


def _reach(change: Intervention) -> list[tuple[Cell, ...]]:
    """What the design can show at best, and whether that is as small as what is expected."""
    least = change.detectable_share
    if change.grade == "D":
        return [("Can show", "nothing at this size: it can be described, and no effect will be claimed")]
    if least is None or not change.expects or change.target not in SHARES:
        return [("Best grade", change.grade)]
    beyond = abs(float(change.expects[0])) < 100 * least
    more = ", more than is expected: prove it on its own items too" if beyond else ""
    said = (
        f"a change of {100 * least:.1f} points in four cases of five, at best with grade {change.grade}{more}"
    )
    return [("Can show", said)]


def _order(change: Intervention) -> list[tuple[Cell, ...]]:
    """Who starts when, as it was drawn; PMs are counted and never named."""
    waves = waves_of(change)
    if len(waves) < 2:
        return []
    named = change.units in ("team", "ritual")
    return [
        (
            f"From {wave.starts_on}" if wave.starts_on else "Held back until then",
            ", ".join(wave.names) if named else many(len(wave.names), "PM"),
        )
        for wave in waves
    ]


def _registered(change: Intervention) -> str:
    """The day of registration; with what its record says of a day that was stated and not the clock's."""
    _, _, stated = change.cite.locator.partition(", ")
    return f"{registered_at(change):%Y-%m-%d}" + (f", {stated}" if stated else "")


def _seal(change: Intervention) -> str:
    holds = seal_holds(change)
    return "" if holds is None else f"{change.seal[:16]}, {'holds' if holds else 'is broken'}"


def _others(ledger: Ledger, shown: Intervention) -> tuple[Section, ...]:
    """The other changes, each with its state."""
    until, today = seen_until(ledger), ledger.today.date()
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (Elsewhere(key_of(one), f"proof/{key_of(one)}"), state_of(one, today, until), outcome_of(one),
         f"{one.starts_on}", f"{one.ended_on or one.reads_out_on}")
        for one in changes(ledger)
        if one.id != shown.id
    )  # fmt: skip
    if not rows:
        return ()
    columns = ("Change", "State", "Outcome", "From", "Read or ended on")
    return (Section("Other changes", (Table("prodops proof CHANGE shows each", columns, rows),)),)
