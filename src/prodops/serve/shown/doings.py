"""What can be done about a proposal: the actions that carry it out, with their fields filled in."""

from __future__ import annotations

from prodops.pages.blocks import Doing, Proposal
from prodops.stats.estimate import Estimate

RITUAL = "RIT"
"""What the codes of findings on rituals begin with."""

OUTCOME = "overhead_share"
"""What hours that are given back come off."""


def doings_of(block: Proposal) -> tuple[Doing, ...]:
    """The actions that carry a proposal out: register it as a change; where it rests on one ritual, end that.

    Args:
        block: The proposal.
    """
    if not block.because:
        return ()
    reasons = [one.partition(" ") for one in block.because]
    code, _, subject = reasons[0]
    rituals = {one for first, _, one in reasons if first.startswith(RITUAL)}
    alone = len(rituals) == 1 and subject in rituals
    fields: dict[str, str | tuple[str, ...]] = {"name": block.text, "because": block.because}
    fields |= _expected(block.moves)
    if alone:
        fields["acts_on"] = f"ritual:{subject}"
    found = [Doing("Register it before it begins", "start_trial", fields)]
    if alone:
        found.append(Doing(f"Or end {subject}", "exit_ritual", {"ritual": subject, "because": code}))
    return tuple(found)


def _expected(moves: Estimate) -> dict[str, str]:
    """The outcome that hours given back take off, and by how many points; empty where nobody can say."""
    if moves.value is None or moves.low is None or moves.high is None:
        return {}
    points = f"{-moves.value:.1f} ({-moves.high:.1f} to {-moves.low:.1f})"
    return {"outcomes": OUTCOME, "expects": points}
