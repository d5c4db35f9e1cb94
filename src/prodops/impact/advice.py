"""Which design to choose: what each can show at this size, beside what the quick win is expected to do."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.diagnosis.proof import least_share
from prodops.diagnosis.quick_win import QuickWin
from prodops.diagnosis.recipes import RECIPES
from prodops.impact.design import DESIGNS, UNIT, Design, Detectable, detectable
from prodops.impact.grade import FEWEST_UNITS, FEWEST_WEEKS_BEFORE_ONE_DATE
from prodops.impact.power import Noise
from prodops.stats.estimate import Estimate

WEEK_HOURS = 40.0
OWN_ITEMS = "own items"

CALLED: dict[str, str] = {
    "staggered": "drawn order, in waves",
    "switchback": "alternate fortnights, drawn",
    "controls": "half starts, not drawn",
    "one date": "all on one date",
    "two snapshots": "two snapshots",
    OWN_ITEMS: "the quick win's own items",
}
"""Designs in words."""

COMES_AND_GOES = ("ritual_rot", "tool_overlap")
"""Sinks whose relief is there in the week it is switched on and gone in the week it is switched off."""

GOOD = ("A", "B")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnItems:
    """The quick win proved on what it touches.

    Attributes:
        measured_by: What is measured.
        items: How many are measured before, and as many after.
        least: The smallest share of an item's cost whose fall shows in 80% of cases.
        expected: The share that the change is expected to take away.
        shows: Whether that is enough, and the hours are sure enough.
        because: Why not; empty when it is.
    """

    measured_by: str
    items: int
    least: float
    expected: float
    shows: bool
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What each design can show, and which one to choose.

    Attributes:
        pms: Product managers.
        options: Every design, in the order of `DESIGNS`.
        win: The quick win; None without one.
        win_points: What it is expected to take off the share of PM time, in points; unknown without hours.
        own_items: Its proof on its own items; None without a quick win.
        on_total: Whether the drawn order shows the quick win on the total share.
        recommended: A design or "own items"; empty where none can show anything.
        because: Why, in one sentence.
        noise: The noise that was used.
    """

    pms: int
    options: tuple[Detectable, ...]
    win: QuickWin | None
    win_points: Estimate
    own_items: OwnItems | None
    on_total: bool
    recommended: str
    because: str
    noise: Noise

    def option(self, design: str) -> Detectable:
        """What one design can show."""
        return next(one for one in self.options if one.design == design)


def advice(
    pms: int, *, weeks_before: int, weeks_after: int, noise: Noise, teams: int | None = None,
    win: QuickWin | None = None, designs: tuple[Design, ...] = DESIGNS,
) -> Advice:  # fmt: skip
    """What each design can show with so many PMs, and which one to choose for the quick win.

    Args:
        pms: Product managers.
        weeks_before: Weeks before the first start; one date gets 26 at least.
        weeks_after: Weeks from the first start to the readout.
        noise: How much weeks move by themselves.
        teams: How many teams change as a whole; None where each manager starts alone.
        win: The quick win that is to be proved.
        designs: Which designs are looked at; "staggered" among them.
    """
    options = tuple(
        detectable(
            pms, design=design, weeks_after=weeks_after, noise=noise, teams=teams,
            weeks_before=max(weeks_before, FEWEST_WEEKS_BEFORE_ONE_DATE)
            if design == "one date"
            else weeks_before,
        )
        for design in designs
    )  # fmt: skip
    points = points_of(win, pms)
    drawn = next(one for one in options if one.design == "staggered")
    items = _own_items(win)
    on_total = drawn.claimable and points.known and (points.value or 0.0) >= (drawn.points.value or 0.0)
    chosen, because = _chosen(options, items, points, on_total=on_total, win=win)
    return Advice(
        pms=pms, options=options, win=win, win_points=points, own_items=items, on_total=on_total,
        recommended=chosen, because=because, noise=noise,
    )  # fmt: skip


def points_of(win: QuickWin | None, pms: int) -> Estimate:
    """The quick win's hours as points of all PMs' time.

    Args:
        win: The quick win, if there is one.
        pms: How many PMs there are.
    """
    if win is None or win.hours.value is None or pms < FEWEST_UNITS:
        return Estimate.unknown(UNIT, because="no quick win with hours is known")
    scale = 100 / (WEEK_HOURS * pms)
    low, high = win.hours.low or 0.0, win.hours.high if win.hours.high is not None else win.hours.value
    return Estimate(
        win.hours.value * scale, low * scale, high * scale, win.hours.n, UNIT,
        method=f"{win.hours.method}; hours / ({pms} PMs x {WEEK_HOURS:.0f} hours)",
    )  # fmt: skip


def _own_items(win: QuickWin | None) -> OwnItems | None:
    if win is None:
        return None
    recipe = RECIPES[win.sink]
    because = next((one.partition(": ")[2] for one in win.caveats if "not provable" in one), "")
    return OwnItems(
        measured_by=recipe.measured_by, items=recipe.items, least=least_share(recipe), expected=recipe.share,
        shows=win.provable, because=because,
    )  # fmt: skip


def _chosen(
    options: tuple[Detectable, ...], items: OwnItems | None, points: Estimate, *, on_total: bool,
    win: QuickWin | None,
) -> tuple[str, str]:  # fmt: skip
    by = {one.design: one for one in options}
    drawn = by["staggered"]
    if on_total:
        return "staggered", (
            f"the quick win is expected to take off {points.value:.1f} points, and a drawn order shows "
            f"{drawn.points.value:.1f}"
        )
    if items is not None and items.shows:
        return OWN_ITEMS, _items_because(drawn, items, points)
    back = by.get("switchback")
    if win is not None and win.sink in COMES_AND_GOES and back is not None and back.claimable:
        return "switchback", "what it changes comes and goes within a week, and alternate weeks show most"
    if drawn.claimable:
        return "staggered", "only a drawn order lets the readout say that the change did it"
    best = [one for one in options if one.grade in (*GOOD, "C") and one.claimable]
    if best:
        return best[0].design, f"it is the best that {drawn.clusters} names to draw from allow"
    return "", "no design shows a change of total time here: count items and minutes"


def _items_because(drawn: Detectable, items: OwnItems, points: Estimate) -> str:
    own = f"{items.items} items before and {items.items} after show a fall by {items.least:.0%}"
    if drawn.points.value is None or points.value is None:
        return f"{own}, and {items.expected:.0%} is expected; on the total share nothing would show"
    return (
        f"{own}, and {items.expected:.0%} is expected; on the total share it would be {points.value:.1f} of "
        f"the {drawn.points.value:.1f} points that a drawn order needs"
    )
