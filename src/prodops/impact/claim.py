"""The sentence that a grade allows, with its number, interval and n, and the arithmetic shown."""

from __future__ import annotations

from prodops.impact.capacity import Capacity, arithmetic
from prodops.impact.effect import Effect
from prodops.impact.gates import MOST_COMPARED, Found
from prodops.impact.grade import Grade
from prodops.impact.question import Question, day_told
from prodops.stats.panel_intervals import Bounds


def claims_effect(found: Found, grade: Grade) -> bool:
    """Whether the claim says that something changed."""
    return grade.letter != "D" and found.shown


def claim(question: Question, found: Found, grade: Grade, means: tuple[float, float]) -> str:
    """The sentences that may be said, and no more.

    Args:
        question: What was asked.
        found: What was found.
        grade: The grade.
        means: The mean of treated units before and after.
    """
    said = [_first(question, found, grade, means)]
    if claims_effect(found, grade):
        said += [*_bound_to(found.effect), *_latest(question, found.effect)]
        if grade.letter in ("A", "B") and found.capacity is not None:
            said.append(_capacity(question, found.capacity))
        if grade.letter in ("A", "B") and question.scale != "other" and found.rectifier is None:
            said.append("Labels do not show that treated weeks are read as before.")
    return " ".join(said)


def _first(question: Question, found: Found, grade: Grade, means: tuple[float, float]) -> str:
    overall = found.effect.overall
    if overall is None or grade.letter == "D":
        return _described(question, overall, grade, means)
    size, behind = _size(question, overall), _behind(question)
    less = overall.value < 0
    if not overall.excludes_nought:
        return (
            f"No change of {question.outcome} is shown: the estimate is {_signed(question, overall.value)}, "
            f"and anything from {_signed(question, overall.low)} to {_signed(question, overall.high)} "
            f"would fit (95% interval; {behind})."
        )
    if grade.letter == "A":
        return f"The change {'reduced' if less else 'raised'} {question.outcome} by {size}; {behind}."
    if grade.letter == "B":
        drawn = "could not be verified to be drawn" if question.order else "was not drawn"
        return (
            f"The change is associated with a {'fall' if less else 'rise'} of {question.outcome} by {size}; "
            f"{behind}. Fixed differences between {question.units_called}, weeks common to all and a drift "
            f"from before do not explain it, but who started when {drawn}."
        )
    day = day_told(question.panel, int(question.panel.starts[question.panel.ever_treated].min()))
    outcome = question.outcome[:1].upper() + question.outcome[1:]  # PM stays PM
    return (
        f"{outcome} changed by {_signed(question, overall.value)} "
        f"({_interval(question, overall)}) after {day}; the cause is not established; {behind}."
    )


def _described(question: Question, overall: Bounds | None, grade: Grade, means: tuple[float, float]) -> str:
    scale, unit = question.points, _unit(question)
    interval = ""
    if overall is not None:
        interval = f", a difference of {_signed(question, overall.value)} ({_interval(question, overall)})"
    return (
        f"Description only: {question.outcome} of treated {question.units_called} was {means[0] * scale:.3g} "
        f"before and {means[1] * scale:.3g}{unit} after{interval}; {_behind(question)}. "
        f"No effect is claimed. {' '.join(grade.because)}"
    )


def _bound_to(effect: Effect) -> list[str]:
    """Which weeks it speaks for, where most treated ones have no untreated ones beside them."""
    if effect.compared_cells >= MOST_COMPARED * effect.treated_cells:
        return []
    some = f"{effect.compared_cells:,} of {effect.treated_cells:,} treated weeks"
    return [f"It speaks for {some}, those in which somebody was yet untreated."]


def _latest(question: Question, effect: Effect) -> list[str]:
    latest = effect.latest
    if latest is None or latest.effect is None:
        return []
    told = f"{_signed(question, latest.effect.value)} ({_interval(question, latest.effect)})"
    lasts = "that is what to plan with" if latest.effect.excludes_nought else "that it lasts is not shown"
    return [
        f"{'In' if latest.last_week else 'From'} {latest.name} after the start it stands at {told}: {lasts}."
    ]


def _capacity(question: Question, worth: Capacity) -> str:
    total = arithmetic(worth, question.units_called)
    some = ""
    if worth.treated < worth.people:
        some = f" once all {worth.people} work that way ({worth.treated} do so far)"
    if worth.points <= 0:
        return "No capacity is claimed: the time did not move from overhead into strategic work."
    if worth.risen is None:
        return f"At most {total}{some}, if the hours land in strategic work, which was not measured."
    if min(worth.risen.low, worth.fallen.low, worth.low) <= 0:
        return f"Capacity is not shown: {total}{some}."
    return f"{total}{some}."


def _size(question: Question, bounds: Bounds) -> str:
    low, high = sorted((abs(bounds.low), abs(bounds.high)))
    scale = question.points
    interval = f"95% interval {low * scale:.3g} to {high * scale:.3g}"
    return f"{abs(bounds.value) * scale:.3g}{_unit(question)} ({interval})"


def _interval(question: Question, bounds: Bounds) -> str:
    percent = round(100 * bounds.level)
    low, high = (f"{bound * question.points:+.3g}" for bound in (bounds.low, bounds.high))
    return f"{percent}% interval {low} to {high}"


def _signed(question: Question, value: float) -> str:
    return f"{value * question.points:+.3g}{_unit(question)}"


def _unit(question: Question) -> str:
    return " points" if question.scale in ("share", "points") else ""


def _behind(question: Question) -> str:
    panel = question.panel
    treated = int(panel.ever_treated.sum())
    clusters = len(set(panel.clusters))
    teams = f" in {clusters} cluster{'s' * (clusters > 1)}" if clusters < len(panel.units) else ""
    return f"{len(panel.units)} {question.units_called}{teams}, {treated} treated, {panel.weeks} weeks"
