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
class AgentRun(Observed):
    """One step of software that acts by a model: a run of an agent, or a call of a model or a tool.

    Tokens of an agent's step include those of the model calls below it; add up one kind only.

    Attributes:
        kind: agent, model or tool.
        name: The agent, the model or the tool.
        agent: The agent it belongs to, where the telemetry says so.
        agent_version: Its version.
        model: The model that answered, else the one that was asked.
        provider: Who serves the model.
        conversation: The conversation it belongs to.
        trace: The trace it belongs to, in hexadecimal.
        span: Its own id within the trace, in hexadecimal.
        parent: The span above it; empty for the first.
        started_at: When it began.
        ended_at: When it ended; None when the telemetry does not say.
        input_tokens: Tokens read.
        output_tokens: Tokens written.
        failed: Whether it ended in an error.
        error: The kind of error.
    """

    kind: str
    name: str
    agent: str = ""
    agent_version: str = ""
    model: str = ""
    provider: str = ""
    conversation: str = ""
    trace: str
    span: str
    parent: str = ""
    started_at: datetime
    ended_at: datetime | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    failed: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputReview(Observed):
    """What a table of reviews says about one AI output; `Review` is what a person declares here.

    Attributes:
        output: The `AgentOutput` reviewed.
        agent: The agent that wrote it.
        reviewed_at: When; None when the table does not say.
        reviewer: Who.
        verdict: accepted, corrected, rejected, or the source's own word.
        defects_count: Mistakes found.
        rework_minutes: Minutes spent mending it.
        words: What was wrong, in words.
    """

    output: RecordId
    agent: str = ""
    reviewed_at: datetime | None = None
    reviewer: PersonId | None = None
    verdict: str = ""
    defects_count: int | None = None
    rework_minutes: float | None = None
    words: Prose = Prose("")


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
