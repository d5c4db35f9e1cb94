"""AI outputs on their way into decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from prodops.ledger.record import Declared, Observed, PersonId, Prose, RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentOutput(Observed):
    """What software that acts by a model wrote.

    Attributes:
        agent: Its name.
        model: The model that answered.
        written_at: When.
        words: What it wrote.
        run: The run or trace it belongs to.
    """

    agent: str
    model: str = ""
    written_at: datetime
    words: Prose
    run: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Declared):
    """A person's verdict on an AI output.

    Attributes:
        output: The output reviewed.
        verdict: accepted, corrected or rejected.
        because: Why, in words.
        reviewed_at: When.
        reviewed_by: Who.
    """

    output: RecordId
    verdict: str
    because: Prose
    reviewed_at: datetime
    reviewed_by: PersonId
