"""Topics of MeetBot's logs and summaries as rows of a table, without loading anything."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.connectors.meetbot.meeting import ACTION, DECISION, Topic, owners_of
from prodops.connectors.meetbot.parse import meetings_of
from prodops.ledger.reading import SourceFile
from prodops.text.decoding import looks_binary


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One topic.

    Attributes:
        section: Its place in the file, from 1.
        decided: Whether a decision was recorded in it.
        action: Whether an action was recorded in it.
        owners: Whom the actions name.
        evidence: What was recorded, one after the other.
    """

    section: str
    decided: bool
    action: bool
    owners: tuple[str, ...]
    evidence: str


def rows_of(file: SourceFile, *, ignore_marks: bool) -> list[TopicRow]:
    """The topics of all meetings of a file, in their order.

    Args:
        file: A log or a summary.
        ignore_marks: Read as if no command had been given. Commands are all that is read here, so every
            topic then stands with nothing found in it.

    Returns:
        One row a topic; none for a file that is no text or holds no meeting.
    """
    if looks_binary(file.content):
        return []
    rows = [_row(topic, tuple(meeting.nicks)) for meeting in meetings_of(file) for topic in meeting.topics]
    bare = ignore_marks
    return [TopicRow(str(at), *((False, False, (), "") if bare else row)) for at, row in enumerate(rows, 1)]


def _row(topic: Topic, nicks: tuple[str, ...]) -> tuple[bool, bool, tuple[str, ...], str]:
    kinds = {one.kind for one in topic.outcomes}
    owners = [owner for one in topic.outcomes if one.kind == ACTION for owner in owners_of(one.words, nicks)]
    evidence = " / ".join(one.words for one in topic.outcomes)
    return DECISION in kinds, ACTION in kinds, tuple(dict.fromkeys(owners)), evidence
