"""What can be done about a finding: the actions that answer it, with their fields filled in."""

from __future__ import annotations

from prodops.actions import units
from prodops.checks.finding import Finding
from prodops.pages.blocks import Doing

BESIDE = "finding"
"""The word by which an action says that it is offered beside findings."""


def offers_on(finding: Finding) -> tuple[Doing, ...]:
    """The actions that answer a finding, what fits best first.

    Args:
        finding: The finding.
    """
    answers = [
        (offer.place, Doing(offer.text, name, offer.fields))
        for name, unit in units().items()
        if BESIDE in unit.DEED.offered
        if (offer := unit.answering(finding)) is not None
    ]
    return tuple(doing for _, doing in sorted(answers, key=lambda one: one[0]))
