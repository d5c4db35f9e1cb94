"""What a check yields: one place where a symptom was seen, with its evidence and its cost."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.ledger.record import Citation
from prodops.stats.estimate import Estimate

SINKS = (
    "ritual_rot",
    "feedback_black_hole",
    "data_debt",
    "launch_friction",
    "tool_overlap",
    "ungoverned_ai",
)
"""The families of findings between which the diagnosis decides."""


class FindingError(ValueError):
    """A finding without evidence, or without a cost."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A record that a claim rests on.

    Attributes:
        table: The record's type as its table is named: `meeting`.
        record: Its id.
        cite: Where it can be read again.
        says: What it shows, in one phrase.
    """

    table: str
    record: str
    cite: Citation
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A symptom seen in one place.

    Attributes:
        code: The check's code: RIT01.
        sink: The family it belongs to, one of `SINKS`.
        subject: What it is about: a ritual's key, a channel, a metric; never a person.
        title: The finding in one sentence with its numbers.
        evidence: The records it rests on, the most telling first; never empty, at most a few dozen.
        evidence_count: How many records there are in all; at least `len(evidence)`.
        hours: What it costs in PM hours a week, if it costs hours; at most what is avoidable.
        exposure: What else is at stake, on its own scale (decisions, messages, days), beside the hours.
        base_rate: How often the same is seen in a healthy or random case, in words; empty when not known.
        remedy: What to do, in one sentence.
    """

    code: str
    sink: str
    subject: str
    title: str
    evidence: tuple[Evidence, ...]
    evidence_count: int
    hours: Estimate | None = None
    exposure: Estimate | None = None
    base_rate: str = ""
    remedy: str = ""

    def __post_init__(self) -> None:
        """Refuse a claim without a citation or a cost."""
        if not self.evidence:
            raise FindingError(f"{self.code} on {self.subject} cites nothing")
        if self.hours is None and self.exposure is None:
            raise FindingError(f"{self.code} on {self.subject} names neither hours nor exposure")
        if self.sink not in SINKS:
            raise FindingError(f"{self.code} belongs to no family: {self.sink}")
        if self.evidence_count < len(self.evidence):
            raise FindingError(f"{self.code} on {self.subject} counts fewer records than it cites")
