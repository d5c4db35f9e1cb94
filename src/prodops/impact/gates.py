"""The gates that a claim passes: each says in a sentence whether it holds, and which evidence is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from prodops.impact.assignment import Assignment
from prodops.impact.capacity import Capacity
from prodops.impact.effect import Effect
from prodops.impact.labelled import FEWEST_LABELS, Rectifier
from prodops.impact.order import Order
from prodops.impact.question import Question, day_told

Status = Literal["passed", "failed", "not applicable"]

FEWEST_WEEKS_BEFORE = 8
FEWEST_WEEKS_AFTER = 13
PLACEBO_SHARE = 0.75
"""How large a placebo may be against the effect, both ways."""
FEWEST_COMPARED = 0.1
"""With fewer treated weeks beside untreated ones the effect is that of a few days of the first starters."""
MOST_COMPARED = 0.5
"""With fewer the claim names the weeks that it speaks for."""
EVENT_WEEKS = 4
"""An event so near to a start cannot be told from it without a drawn order."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate.

    Attributes:
        name: A short stable name: `placebo_date`.
        status: Whether it holds; not applicable also where evidence is missing.
        says: The sentence.
        missing: The evidence that would settle it; empty where nothing is missing.
        decides: Whether failing it leaves a description only; the others bound what is said of capacity.
    """

    name: str
    status: Status
    says: str
    missing: str = ""
    decides: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found on a panel, for the gates to judge.

    Attributes:
        effect: The effect, rectified where labels were brought.
        assignment: The committed order on the panel; None where none was brought.
        rectifier: What the labels say; None where none were brought.
        capacity: What the change is worth; None where the outcome is no share of time.
        adjusted_p: Holm-adjusted p-values of the secondary outcomes.
    """

    effect: Effect
    assignment: Assignment | None
    rectifier: Rectifier | None
    capacity: Capacity | None
    adjusted_p: tuple[tuple[str, float], ...] = ()

    @property
    def shown(self) -> bool:
        """Whether the interval leaves no effect out."""
        return self.effect.overall is not None and self.effect.overall.excludes_nought


def gates(question: Question, found: Found) -> tuple[Gate, ...]:
    """Every gate, in the order of the design."""
    return (
        randomised(question, found),
        registered(question, found),
        labels(question, found),
        windows(question),
        comparable(found),
        placebo_date(question, found),
        horizons(question, found),
        change_log(question, found),
        leave_one_out(found),
        capacity(found),
        one_outcome(found),
    )


def randomised(question: Question, found: Found) -> Gate:
    """The tool, not a person, chose who starts when, and nobody changed it since."""
    name = "randomised_order"
    if question.order is None or found.assignment is None:
        says = "No committed rollout order was brought, so who started when was somebody's choice."
        return Gate(
            name,
            "not applicable",
            says,
            "a rollout order drawn and sealed before the first start",
            decides=False,
        )
    if found.assignment.faults:
        says = "The order does not carry randomisation inference: " + " ".join(found.assignment.faults)
        return Gate(name, "failed", says, _missing_of(question.order), decides=False)
    return Gate(name, "passed", _vouched(question.order, found.assignment.orders), decides=False)


def _missing_of(order: Order) -> str:
    """What would let an order be verified."""
    missing = [
        what
        for what, there in (
            ("a hash of its content", order.sealed),
            ("the seed that it was drawn from", bool(order.seed)),
            ("the moment it was drawn (drawn_at)", order.drawn_at is not None),
        )
        if not there
    ]
    return f"in the order: {', '.join(missing)}" if missing else ""


def _vouched(order: Order, orders: int) -> str:
    seed = f"seed {order.seed[:40]}"
    if order.sealed:
        again = ", drawn again with the same result" if order.redrawn else ""
        says = f"The hash of the order is that of {order.seal_of} ({seed}{again})"
    else:
        says = f"The order has no hash, but {seed} draws it again, name by name"
    return f"{says}; {orders:,} orders were possible."


def registered(question: Question, found: Found) -> Gate:
    """It was written down before it began."""
    before = found.assignment.before_first_week if found.assignment else None
    if question.order is None or question.order.drawn_at is None or before is None:
        says = "Nothing shows that the change and its outcome were written down before it began."
        return Gate(
            "pre_registered",
            "not applicable",
            says,
            "a plan or order sealed before the first start, with its day",
        )
    day = f"{question.order.drawn_at:%Y-%m-%d}"
    if not question.order.sealed:
        why = "its hash is not that of its content" if question.order.hashed else "it has no hash"
        says = f"The order says that it was drawn on {day}, but {why}."
        return Gate("pre_registered", "failed", says, "the order as it was sealed", decides=False)
    if before:
        return Gate(
            "pre_registered", "passed", f"The order was drawn on {day}, before the first unit started."
        )
    says = f"The order was drawn on {day}, after the first unit had started."
    return Gate("pre_registered", "failed", says, decides=False)


def labels(question: Question, found: Found) -> Gate:
    """Blocks were labelled in every arm and period, so that new measurement does not pass for an effect."""
    if found.rectifier is None:
        says = (
            "No labels of sampled blocks were brought: if the weeks of treated "
            f"{question.units_called} are read otherwise since, the effect has that in it."
        )
        return Gate(
            "labels", "not applicable", says, "labels of randomly drawn blocks in every arm, before and after"
        )
    counts = ", ".join(f"{count} {name}" for name, count in found.rectifier.labels.items())
    if not found.rectifier.complete:
        says = f"Labels are needed in every arm and period, {FEWEST_LABELS} at least; there are: {counts}."
        return Gate("labels", "failed", says, "labels where there are too few")
    moved = 100 * (found.rectifier.shift or 0.0)
    says = (
        f"Labels in every arm and period ({counts}) moved the effect by {moved:+.1f} points; "
        "their variance is in the interval."
    )
    return Gate("labels", "passed", says)


def windows(question: Question) -> Gate:
    """There are weeks enough before and after, each with the end of a quarter."""
    panel = question.panel
    treated = panel.starts[panel.ever_treated]
    first, middle = int(treated.min()), int(np.median(treated))
    observed = np.asarray(panel.seen.any(axis=0))
    before, after = int(observed[: max(first, 0)].sum()), int(observed[max(middle, 0) :].sum())
    told = f"{before} weeks before the first start and {after} since the middle one"
    if before < FEWEST_WEEKS_BEFORE or after < FEWEST_WEEKS_AFTER:
        says = f"{told}; {FEWEST_WEEKS_BEFORE} and {FEWEST_WEEKS_AFTER} are needed."
        return Gate("windows", "failed", says)
    ends = panel.quarter_ends()
    if ends is None:
        says = f"{told}. Weeks are numbers, so whether each holds the end of a quarter cannot be told."
        return Gate("windows", "passed", says, "weeks as dates")
    ends[~observed] = False
    if not ends[:first].any() or not ends[middle:].any():
        where = "after" if ends[:first].any() else "before"
        return Gate("windows", "failed", f"{told}, but no end of a quarter lies in the weeks {where}.")
    return Gate("windows", "passed", f"{told}, each with the end of a quarter.")


def comparable(found: Found) -> Gate:
    """Treated weeks have untreated ones to be compared with; the claim speaks for those that have."""
    effect = found.effect
    share = effect.compared_cells / effect.treated_cells if effect.treated_cells else 0.0
    says = (
        f"{effect.compared_cells:,} of {effect.treated_cells:,} treated weeks after the ramp can be compared "
        f"({share:.0%})"
    )
    if share < FEWEST_COMPARED:
        return Gate("comparable", "failed", f"{says}; a claim needs {FEWEST_COMPARED:.0%}.")
    rest = "." if share >= MOST_COMPARED else "; the effect is that of these weeks."
    return Gate("comparable", "passed", says + rest)


def placebo_date(question: Question, found: Found) -> Gate:
    """A date on which nothing happened shows nothing, or little against the effect."""
    name, effect = "placebo_date", found.effect
    if effect.basis == "order":
        return Gate(
            name, "not applicable", "The order was drawn, so no difference from before can be its reason."
        )
    if effect.basis != "controls" or effect.overall is None:
        return Gate(name, "not applicable", "Asked only of a comparison with others.")
    if not found.shown:
        return Gate(name, "not applicable", "No effect is claimed, so nothing has to be explained away.")
    room = PLACEBO_SHARE * abs(effect.overall.value)
    if effect.placebo is None:
        return Gate(name, "failed", "There are too few weeks before to try a date on which nothing happened.")
    scale = question.points
    told = (
        f"A date half-way into the weeks before shows {effect.placebo.value * scale:+.1f} "
        f"(90% interval {effect.placebo.low * scale:+.1f} to {effect.placebo.high * scale:+.1f})"
    )
    if effect.placebo.excludes_nought and effect.placebo.value * effect.overall.value > 0:
        return Gate(name, "failed", f"{told}: the same way as the effect, so a drift could be its reason.")
    if max(-effect.placebo.low, effect.placebo.high) <= room:
        return Gate(
            name, "passed", f"{told}, inside three quarters of the effect ({room * scale:.1f}) both ways."
        )
    says = (
        f"{told}, not inside three quarters of the effect ({room * scale:.1f}): a drift could be its reason."
    )
    return Gate(name, "failed", says)


def horizons(question: Question, found: Found) -> Gate:
    """The effect still points the same way in the latest weeks."""
    latest, overall = found.effect.latest, found.effect.overall
    if latest is None or latest.effect is None or overall is None:
        return Gate(
            "horizons",
            "not applicable",
            "The effect cannot be told by horizon.",
            "more weeks after the start",
        )
    since = f"{'In' if latest.last_week else 'From'} {latest.name}"
    told = f"{since} it stands at {latest.effect.value * question.points:+.1f}"
    against = f"against {overall.value * question.points:+.1f} over all weeks"
    if found.shown and latest.effect.value * overall.value <= 0:
        return Gate("horizons", "failed", f"{told}, {against}: it has turned.")
    fading = abs(latest.effect.value) < 0.75 * abs(overall.value) and found.shown
    return Gate("horizons", "passed", f"{told}, {against}{': it fades' if fading else ''}.")


def change_log(question: Question, found: Found) -> Gate:
    """No other event coincides with the change."""
    name, panel = "change_log", question.panel
    if question.events is None:
        says = "No log of other events was brought."
        return Gate(
            name,
            "not applicable",
            says,
            "a change log: reorganisations, hiring, tools, releases with their days",
        )
    inside = [(place - panel.first_week, what) for place, what in question.events]
    inside = [(place, what) for place, what in inside if 0 <= place < panel.weeks]
    told = "; ".join(f"{what[:80]} ({day_told(panel, place)})" for place, what in inside[:5])
    if not inside:
        return Gate(name, "passed", "The log has no other event in these weeks.")
    starts = panel.starts[panel.ever_treated]
    near = [what for place, what in inside if np.abs(starts - place).min() <= EVENT_WEEKS]
    if found.effect.basis == "order" or not near:
        why = (
            "common to all, so the comparison takes it off"
            if found.effect.basis == "order"
            else "none near a start"
        )
        return Gate(name, "passed", f"{len(inside)} other events, {why}: {told}.")
    says = f"{len(near)} other events within {EVENT_WEEKS} weeks of a start: {told}."
    return Gate(name, "failed", says)


def leave_one_out(found: Found) -> Gate:
    """No single cluster carries the sign."""
    overall = found.effect.overall
    known = [(name, value) for name, value in found.effect.without if np.isfinite(value)]
    if overall is None or not known:
        return Gate("leave_one_out", "not applicable", "No cluster can be left out.", "more clusters")
    if not found.shown:
        return Gate("leave_one_out", "not applicable", "No effect is claimed, so its sign needs no support.")
    turned = [name for name, value in known if value * overall.value <= 0]
    if turned:
        return Gate("leave_one_out", "failed", f"Without {turned[0][:40]!r} the effect has the other sign.")
    return Gate("leave_one_out", "passed", f"The sign holds with each of {len(known)} clusters left out.")


def capacity(found: Found) -> Gate:
    """What fell has risen elsewhere: hours freed have landed in strategic work."""
    worth = found.capacity
    if worth is None:
        return Gate("capacity", "not applicable", "The outcome is no share of time.", decides=False)
    if worth.risen is None:
        says = "Whether the hours landed in strategic work is not known, so the capacity is an upper bound."
        return Gate(
            "capacity", "not applicable", says, "the strategic share of the same weeks", decides=False
        )
    if worth.risen.low <= 0:
        says = "Strategic time is not shown to have risen, so no capacity is claimed."
        return Gate("capacity", "failed", says, decides=False)
    return Gate(
        "capacity", "passed", "Strategic time rose as well; the lesser of the two counts.", decides=False
    )


def one_outcome(found: Found) -> Gate:
    """One outcome is primary; the others are adjusted for being many."""
    if not found.adjusted_p:
        return Gate("one_outcome", "passed", "One outcome was asked for.", decides=False)
    told = ", ".join(f"{name[:40]} p = {p:.3f}" for name, p in found.adjusted_p)
    return Gate(
        "one_outcome", "passed", f"The first outcome is primary; the others by Holm: {told}.", decides=False
    )
