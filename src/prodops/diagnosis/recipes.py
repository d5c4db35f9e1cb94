"""What to do about each sink first: reversible within a day, with no new vendor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prodops.diagnosis.sink import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A change that relieves one sink.

    Attributes:
        says: What to do, with {what} for the subjects.
        gently: The same where a subject serves others and may not be ended; empty where nothing is ended.
        success: Chance that it holds.
        effort_days: Working days it takes.
        measured_by: What would prove it, on the change's own items and not on total time.
        items: Items measured before and after, each.
        spread: Standard deviation of the logarithm of one item's cost.
        share: Share of the item's cost that the change is to take away.
        apart: Whether its subjects belong to different people, so that all of them are changed together.
    """

    says: str
    gently: str = ""
    success: float
    effort_days: float
    measured_by: str
    items: int
    spread: float
    share: float
    apart: bool = False


NAMED = 4
"""Subjects that a sentence names; of more it gives the number."""

RECIPES = {
    "ritual_rot": Recipe(
        says="Pause {what} for six weeks",
        gently="Let the PMs leave {what} to one of them in turn for six weeks; the others in it go on",
        success=0.7,
        effort_days=2.0,
        measured_by="the PM hours spent in them, week by week",
        items=8,
        spread=0.3,
        share=0.7,
    ),
    "feedback_black_hole": Recipe(
        says="Give {what} an owner, a weekly half hour and three answers (yes, no, later)",
        success=0.6,
        effort_days=5.0,
        measured_by="minutes per message, timed on sixty before and sixty after",
        items=60,
        spread=0.7,
        share=0.4,
    ),
    "data_debt": Recipe(
        says="Give {what} an owner, one definition and a freshness promise",
        success=0.6,
        effort_days=8.0,
        measured_by="re-checks by hand per use, on two hundred uses before and after",
        items=200,
        spread=1.2,
        share=0.5,
    ),
    "launch_friction": Recipe(
        says="Give every gate of {what} one owner and a date after which silence is a yes",
        success=0.6,
        effort_days=4.0,
        measured_by="reminders per gate, on forty gates before and after",
        items=40,
        spread=0.8,
        share=0.5,
    ),
    "tool_overlap": Recipe(
        says="Show the roadmap of {what} from the tracker and close the second one for six weeks",
        success=0.7,
        effort_days=3.0,
        measured_by="entries typed into the second roadmap, week by week",
        items=8,
        spread=0.4,
        share=0.8,
        apart=True,
    ),
    "ungoverned_ai": Recipe(
        says="Let {what} write only from a reviewed template for six weeks",
        success=0.5,
        effort_days=4.0,
        measured_by="minutes of rework per output, on sixty before and sixty after",
        items=60,
        spread=0.9,
        share=0.5,
    ),
}
"""Per sink. Chances, effort and spread are judgements; trials replace them."""


def title_of(recipe: Recipe, parts: Sequence[Part]) -> str:
    """What to do, in one sentence; what serves others is not ended but left to one PM in turn."""
    ended = [part.title for part in parts if not (part.serves_others and recipe.gently)]
    kept = [part.title for part in parts if part.serves_others and recipe.gently]
    said = [
        words.format(what=_listed(titles))
        for words, titles in ((recipe.says, ended), (recipe.gently, kept))
        if titles
    ]
    return ". ".join(said)


def _listed(names: list[str]) -> str:
    if len(names) > NAMED:
        return f"{', '.join(names[: NAMED - 1])} and {len(names) - NAMED + 1} others"
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
