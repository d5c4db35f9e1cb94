"""Where PM time goes: what people say, booked, and labelled. What calendars show is in `rituals`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from prodops.ledger.record import Declared, Observed, PersonId, Prose, RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewAnswer(Observed):
    """One line of a PM interview: where time goes and where it should go.

    Attributes:
        person: Who was asked.
        asked_on: The day of the interview.
        category: A leaf of the taxonomy (A1 ... C7) or a topic of the interview script.
        stated_share: Share of working time as stated, 0 to 1.
        ideal_share: Share of working time as wished, 0 to 1.
        says: What was said, in words.
    """

    person: PersonId
    asked_on: date
    category: str
    stated_share: float | None = None
    ideal_share: float | None = None
    says: Prose = Prose("")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeEntry(Observed):
    """Hours that a person booked on a category.

    Attributes:
        person: Who booked them.
        booked_on: The day; None when the source has none.
        category: The source's own category.
        subcategory: The source's finer word.
        hours: Hours booked, never negative.
    """

    person: PersonId | None
    booked_on: date | None
    category: str
    subcategory: str = ""
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedTotal(Observed):
    """Hours of one purpose that a PM handed over, without titles or times (`prodops audit --share`).

    Attributes:
        person: The PM, so that nobody counts twice; the file holds the pseudonym alone.
        first_on: First day of the audited weeks.
        last_on: Last day of the audited weeks.
        weeks: How many weeks were audited.
        leaf: A leaf of the taxonomy, or X for what could not be read.
        hours: Hours in all those weeks.
        program: The version that audited.
    """

    person: PersonId
    first_on: date
    last_on: date
    weeks: int
    leaf: str
    hours: float
    program: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSample(Declared):
    """A random sample of recent calendar blocks, drawn so that the PMs whose they are say what they were for.

    Attributes:
        starts_on: First day of the blocks it was drawn from.
        ends_on: Last day of them.
        seed: What the draw followed from; the same blocks and seed give the same sample.
        frame_count: How many blocks could have been drawn.
        block_count: How many were drawn.
        drawn_at: When.
        drawn_by: Who had it drawn.
    """

    starts_on: date
    ends_on: date
    seed: str
    frame_count: int
    block_count: int
    drawn_at: datetime
    drawn_by: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledBlock(Declared):
    """One block of a sample, with the probability it was drawn with.

    Attributes:
        sample: The `LabelSample`.
        meeting: The calendar entry.
        person: The PM whose block it is, and who alone may say what it was for.
        stratum: Team, predicted group and quarter-end: `Core | C | quarter end`.
        inclusion_probability: Probability that it was drawn.
    """

    sample: RecordId
    meeting: RecordId
    person: PersonId
    stratum: str
    inclusion_probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Label(Declared):
    """What a PM says that a block was for.

    Attributes:
        block: The `SampledBlock`.
        leaf: A leaf of the taxonomy; X when the PM cannot say; N when the PM spent no time on it.
        supersedes: The label that it corrects, if any.
        labelled_at: When.
        labelled_by: Who.
    """

    block: RecordId
    leaf: str
    supersedes: RecordId | None = None
    labelled_at: datetime
    labelled_by: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelClosing(Declared):
    """The word that a sample takes no more labels; from then on its totals may be told.

    Attributes:
        sample: The `LabelSample`.
        closed_at: When.
        closed_by: Who.
    """

    sample: RecordId
    closed_at: datetime
    closed_by: PersonId
