"""The gates of a registered change: those of its panel, with what only the ledger knows."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.impact.gates import Found, Gate
from prodops.impact.others import Others
from prodops.impact.pm_weeks import SHARES
from prodops.impact.question import Question
from prodops.impact.trials import registered_at, seal_holds
from prodops.ledger.decisions import Intervention
from prodops.stats.telling import told

RETITLED_SHARE = 0.25
"""Share of an effect that may come from series that go on under another title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A change with what its panel shows.

    Attributes:
        change: The change.
        question: What was asked of the panel.
        found: What was found.
        others: What others do since.
        first_title_effect: The effect with series read by their first title; None where that is not asked.
        judged: The gates of the panel.
    """

    change: Intervention
    question: Question
    found: Found
    others: Others
    first_title_effect: float | None
    judged: tuple[Gate, ...]


def registered_gates(given: Registered) -> tuple[Gate, ...]:
    """Every gate of a registered change, in the order of the design."""
    own = {
        "randomised_order": _ordered(given), "pre_registered": _registered(given), "labels": _measured(given),
        "capacity": _landed(given),
    }  # fmt: skip
    kept = [_blind(own.pop(gate.name, gate)) for gate in given.judged]
    return (*kept, _same_titles(given), _displaced(given))


def _blind(gate: Gate) -> Gate:
    """The gate without a word of which team carries what: a team may be one person."""
    if gate.name == "leave_one_out" and gate.status == "failed":
        return Gate(gate.name, "failed", "Without one of the groups the effect has the other sign.")
    return gate


def _ordered(given: Registered) -> Gate:
    """The order that the tool drew carries the interval."""
    name = "randomised_order"
    if given.change.order and given.question.order is None:
        says = (
            "An order was drawn, but everybody had begun before the effect could show, so nobody was left to "
            "compare with: it is read as one date."
        )
        return Gate(name, "failed", says, "a wave held back until the readout", decides=False)
    return next(gate for gate in given.judged if gate.name == name)


def _registered(given: Registered) -> Gate:
    change, name = given.change, "pre_registered"
    day = registered_at(change).date()
    if seal_holds(change) is False:
        says = "The plan is not the one that was sealed when it was registered."
        return Gate(name, "failed", says, "the plan as it was sealed")
    if change.begun_before or day > change.starts_on:
        says = f"It was registered on {day}, after it had begun on {change.starts_on}."
        return Gate(name, "not applicable", says, "a plan sealed before the first start")
    sealed = f"; seal {change.seal[:12]}" if change.seal else ""
    says = (
        f"Registered on {day}, before it began on {change.starts_on}, with its outcome and its day of "
        f"reading{sealed}."
    )
    return Gate(name, "passed", says)


def _measured(given: Registered) -> Gate:
    """Shares are read from titles: without labels a new name passes for new work."""
    name = "labels"
    if given.change.target not in SHARES:
        return Gate(name, "not applicable", "Hours are read from times alone, so titles cannot mislead.")
    found = next((gate for gate in given.judged if gate.name == name), None)
    if found is None or found.status == "not applicable":
        says = (
            "The share is read from titles, and no PM has said what sampled blocks were for: new names for "
            "old work would look the same."
        )
        missing = "labels before and after, five minutes a PM: prodops label --draw"
        return Gate(name, "failed", says, missing)
    compared = given.found.effect.basis in ("order", "controls")
    if compared and given.found.rectifier and "others after" not in given.found.rectifier.labels:
        says = (
            "Everybody had begun when the later blocks were labelled, so a season in what labels correct "
            "cannot be told from the change."
        )
        return Gate(name, "failed", says, "a wave held back until the later blocks are labelled")
    return found


def _same_titles(given: Registered) -> Gate:
    """Series that go on under another title do not make the effect."""
    name, overall = "same_titles", given.found.effect.overall
    if given.first_title_effect is None or overall is None or not given.found.shown:
        return Gate(name, "not applicable", "No effect on what titles say is claimed.")
    raw = given.first_title_effect
    labelled = given.found.rectifier is not None and given.found.rectifier.complete
    share = 1 - raw / overall.value if overall.value else 0.0
    if labelled or share < RETITLED_SHARE:
        how = "labels say what they were for" if labelled else f"{max(share, 0.0):.0%} of the effect"
        return Gate(name, "passed", f"Series that go on under another title do not make it: {how}.")
    says = (
        f"{min(share, 1.0):.0%} of the effect comes from series that go on with the same people under "
        "another title."
    )
    return Gate(name, "failed", says, "labels of these blocks before and after")


def _displaced(given: Registered) -> Gate:
    """Others do not do what PMs no longer do."""
    name, others = "displaced", given.others
    if not others.begun:
        says = "No recurring meeting of others began with the change."
        return Gate(name, "passed", says, decides=False)
    if not others.hours.known:
        says = f"{others.begun} recurring meetings of others began with it; {others.hours.because}."
        return Gate(name, "not applicable", says, "what these meetings are for", decides=False)
    says = (
        f"{others.begun} recurring meetings without PMs began with the change, net {told(others.hours)}: "
        "others may do what PMs no longer do, and these hours are taken off the capacity."
    )
    failed = (others.hours.value or 0.0) > 0
    return Gate(name, "failed" if failed else "passed", says, decides=False)


def _landed(given: Registered) -> Gate:
    """The hours landed in strategic work, and more came back than was spent on it."""
    name, worth = "capacity", given.found.capacity
    if worth is None:
        return Gate(name, "not applicable", "The outcome is no share of PM time.", decides=False)
    if worth.risen is None:
        says = "Whether the hours landed in strategic work is not known, so the capacity is an upper bound."
        return Gate(name, "not applicable", says, "the strategic share of the same weeks", decides=False)
    if worth.risen.low <= 0:
        says = "Strategic time is not shown to have risen, so no capacity is claimed."
        return Gate(name, "failed", says, decides=False)
    if worth.low <= 0:
        says = "Strategic time rose, but not by more than what product operations and others spend on it."
        return Gate(name, "failed", says, decides=False)
    says = "Strategic time rose as well; the lesser of fall and rise counts, less the hours spent on it."
    return Gate(name, "passed", says, decides=False)
