"""What a change is worth in people: the lesser of what fell and what rose, less the hours it cost."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.stats.panel_intervals import Bounds


@dataclass(frozen=True, slots=True)
class Capacity:
    """Capacity that a change gave back.

    Attributes:
        fallen: By how much the primary share fell, in points; positive is a fall.
        risen: By how much the strategic share rose, in points; None where it was not measured.
        people: How many people it is counted for.
        treated: How many of them work that way so far.
        own_people: Hours that product operations spent a week, in full weeks; nought where not told.
        value: Full-time people.
        low: The lower bound.
        high: The upper bound.
    """

    fallen: Bounds
    risen: Bounds | None
    people: int
    treated: int
    own_people: float
    value: float
    low: float
    high: float

    @property
    def points(self) -> float:
        """The points that are counted: the lesser of fall and rise."""
        return self.fallen.value if self.risen is None else min(self.fallen.value, self.risen.value)


def capacity(
    fallen: Bounds,
    risen: Bounds | None,
    *,
    people: int,
    treated: int,
    own_hours: float | None,
    week_hours: float,
) -> Capacity:
    """The capacity of a fall for so many people.

    Each bound is that of the lesser: an upper bound cannot exceed either, a lower bound is the lower of both.

    Args:
        fallen: The fall in points.
        risen: The rise of strategic time in points, or None.
        people: For how many people it is counted.
        treated: How many of them work that way so far.
        own_hours: Hours a week that product operations spent on it.
        week_hours: Hours of a full week.
    """
    both = [fallen] if risen is None else [fallen, risen]
    own = (own_hours or 0.0) / week_hours
    value, low, high = (
        min(points) / 100 * people - own
        for points in zip(*((one.value, one.low, one.high) for one in both), strict=True)
    )
    return Capacity(fallen, risen, people, treated, own, value, low, high)


def arithmetic(worth: Capacity, called: str) -> str:
    """The sum as a sentence: `17 points of 9 PMs = 1.5 PMs, 95% interval 0.7 to 2.3`.

    Args:
        worth: The capacity.
        called: What the people are called.
    """
    own = f" - {worth.own_people:.2g} spent on it" if worth.own_people else ""
    low, high = (f"{bound:.1f}" for bound in (worth.low, worth.high))
    return (
        f"{worth.points:.3g} points of {worth.people} {called}{own} = {worth.value:.1f} {called}, "
        f"95% interval {low} to {high}"
    )
