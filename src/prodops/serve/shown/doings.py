"""What can be done about a proposal: the actions that carry it out, with their fields filled in."""

from __future__ import annotations

from prodops.pages.blocks import Doing, Proposal

RITUAL = "RIT"
"""What the codes of findings on rituals begin with."""


def doings_of(block: Proposal) -> tuple[Doing, ...]:
    """The actions that carry a proposal out: register it as a change; where it rests on one ritual, end that.

    Args:
        block: The proposal.
    """
    if not block.because:
        return ()
    reasons = [one.partition(" ") for one in block.because]
    code, _, subject = reasons[0]
    on = {"acts_on": f"ritual:{subject}"} if code.startswith(RITUAL) and subject else {}
    fields = {"name": block.text, "because": block.because[0], **on}
    found = [Doing("Register it before it begins", "start_trial", fields)]
    rituals = {one for first, _, one in reasons if first.startswith(RITUAL)}
    if len(rituals) == 1 and subject in rituals:
        found.append(Doing(f"Or end {subject}", "exit_ritual", {"ritual": subject, "because": code}))
    return tuple(found)
