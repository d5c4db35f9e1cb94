"""Tracked work and the moments it reached users."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from prodops.ledger.record import Observed, PersonId, Prose, RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue(Observed):
    """One piece of tracked work.

    Attributes:
        tracker: jira, linear or github.
        key: The tracker's own key.
        title: Its summary.
        kind: Bug, Story, Epic, pull request: the tracker's own word.
        status: The tracker's own status.
        status_group: Our mapping of it: open, active, done or cancelled.
        project: Project, team or repository.
        created_at: When it was opened.
        resolved_at: When it was finished or dropped.
        reporter: Who opened it.
        assignee: Who has it.
        priority: The tracker's own word.
        labels: The tracker's own labels.
        links: Keys of linked issues.
    """

    tracker: str
    key: str
    title: Prose
    kind: str = ""
    status: str = ""
    status_group: str = "open"
    project: str = ""
    created_at: datetime
    resolved_at: datetime | None = None
    reporter: PersonId | None = None
    assignee: PersonId | None = None
    priority: str = ""
    labels: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueChange(Observed):
    """One change of one field of an issue.

    Attributes:
        issue: The issue.
        at: When.
        author: Who.
        field: The field's name in the tracker.
        before: Its value before.
        after: Its value after.
    """

    issue: RecordId
    at: datetime
    author: PersonId | None = None
    field: str
    before: Prose = Prose("")
    after: Prose = Prose("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Observed):
    """The moment work reached users.

    Attributes:
        product: What was released.
        version: Its version.
        channel: release, beta or the source's own word.
        released_on: The day.
    """

    product: str
    version: str
    channel: str = ""
    released_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseNote(Observed):
    """One line of what a release changed.

    Attributes:
        release: The release.
        kind: New, Fixed, Changed, Known: the source's own word.
        text: The note, rid of markup.
        issues: Keys or numbers of the issues it names.
    """

    release: RecordId
    kind: str
    text: Prose
    issues: tuple[str, ...] = ()
