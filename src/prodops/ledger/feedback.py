"""Signals of need in a customer's or colleague's own words, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from prodops.ledger.record import Declared, Observed, PersonId, Prose, RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback(Observed):
    """One message, question, ticket or request.

    Attributes:
        channel: Where it came in: the source's own word.
        segment: Kind of customer, as the source has it; empty when unknown.
        product: What it is about, as the source has it.
        topic: The source's own topic or category.
        company: The customer's organisation, as the source has it.
        author: Who wrote it.
        title: Its subject.
        text: Its body, rid of markup.
        created_at: When it came in.
        first_answer_at: When somebody first answered; None when nobody had by `observed_until`.
        decided_at: When a decision (yes, no, later) was recorded.
        decision: yes, no, later or empty.
        closed_at: When it was closed.
        closed_how: solved, auto_closed, merged, spam, or the source's own word; empty while open.
        duplicate_of: The source's id of the message it was merged into or repeats.
        observed_until: When the export was made: silence is known up to here and no further.
        status: The source's own status.
        tags: The source's own tags.
        answers_recorded: Whether the source says when something was answered; if not, that nothing is said of
            an answer is no silence.
        ends_recorded: The same for decisions and closings.
    """

    channel: str
    segment: str = ""
    product: str = ""
    topic: str = ""
    company: str = ""
    author: PersonId | None = None
    title: Prose = Prose("")
    text: Prose = Prose("")
    created_at: datetime
    first_answer_at: datetime | None = None
    decided_at: datetime | None = None
    decision: str = ""
    closed_at: datetime | None = None
    closed_how: str = ""
    duplicate_of: RecordId | None = None
    observed_until: datetime | None = None
    status: str = ""
    tags: tuple[str, ...] = ()
    answers_recorded: bool = True
    ends_recorded: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackEvent(Observed):
    """Something that happened to a message.

    Attributes:
        feedback: The message.
        at: When.
        kind: answered, decided, closed, merged, auto_closed, reopened, assigned or other.
        author: Who did it.
        words: What was written, rid of markup.
    """

    feedback: RecordId
    at: datetime
    kind: str
    author: PersonId | None = None
    words: Prose = Prose("")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap(Declared):
    """Which column of a table means what, remembered for every later file with the same header.

    Attributes:
        header_key: Digest of the header's names.
        columns: Pairs `field=column name`.
        declared_at: When.
        declared_by: Who.
    """

    header_key: str
    columns: tuple[str, ...]
    declared_at: datetime
    declared_by: PersonId
