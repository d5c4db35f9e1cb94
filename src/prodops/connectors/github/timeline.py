"""What happened to a GitHub issue, from its timeline or its events."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prodops.ledger.delivery import IssueChange
from prodops.ledger.record import Citation, Prose, RecordId, person_id
from prodops.text.json_values import line_at, mappings_at
from prodops.text.moments import MomentError, parse_moment

_LISTS = ("timeline", "timelineItems", "timeline_events", "events")
# GraphQL names the kind of an event by its type: LabeledEvent.
_TYPE_NAME = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_FIELDS = {
    **dict.fromkeys(("labeled", "unlabeled"), "labels"),
    **dict.fromkeys(("assigned", "unassigned"), "assignee"),
    **dict.fromkeys(("milestoned", "demilestoned"), "milestone"),
    **dict.fromkeys(("closed", "reopened", "merged"), "state"),
    **dict.fromkeys(("ready_for_review", "convert_to_draft", "converted_to_draft"), "draft"),
    **dict.fromkeys(("added_to_project", "removed_from_project", "moved_columns_in_project"), "project"),
    **dict.fromkeys(("added_to_project_v2", "removed_from_project_v2"), "project"),
    "project_v2_item_status_changed": "status",
    **dict.fromkeys(("cross-referenced", "connected", "disconnected"), "links"),
    **dict.fromkeys(("marked_as_duplicate", "unmarked_as_duplicate"), "duplicate"),
    **dict.fromkeys(("locked", "unlocked"), "locked"),
    "renamed": "title",
    "review_requested": "review",
    "reviewed": "review",
    "transferred": "repository",
}
_TAKES_AWAY = ("un", "de", "removed", "dis")


def changes(value: dict[str, object], issue: RecordId, cite: Citation) -> tuple[tuple[IssueChange, ...], int]:
    """The changes that the timeline of an issue holds, and how many of its events have no readable date.

    Events that change no field (mentions, subscriptions, comments, commits) are passed over.
    """
    made: dict[str, IssueChange] = {}
    undated = 0
    for place, event in enumerate(_events(value)):
        field = _FIELDS.get(_kind(event))
        if field is None:
            continue
        try:
            change = _change(event, field, (issue, f"{cite.locator}.timeline[{place}]", place), cite.source)
        except MomentError:
            undated += 1
            continue
        made.setdefault(change.id, change)
    return tuple(made.values()), undated


def _change(
    event: dict[str, object], field: str, where: tuple[RecordId, str, int], source: str
) -> IssueChange:
    issue, locator, place = where
    when = parse_moment(_first(event, (("created_at",), ("createdAt",), ("submitted_at",))))
    before, after = _values(_kind(event), field, event)
    who = _first(event, (("actor", "login"), ("user", "login"), ("author", "login")))
    key = line_at(event, "id") or line_at(event, "node_id") or str(place)
    return IssueChange(
        id=RecordId(f"github:change:{issue.removeprefix('github:issue:')}:{key[:80]}"),
        cite=Citation(source, locator),
        issue=issue,
        at=when,
        author=person_id(who) if who else None,
        field=field,
        before=Prose(before),
        after=Prose(after),
    )


def _events(value: dict[str, object]) -> Iterator[dict[str, object]]:
    for name in _LISTS:
        found = mappings_at(value, name)
        if found:
            yield from found
            return


def _kind(event: dict[str, object]) -> str:
    written = line_at(event, "event")
    if written:
        return written
    type_name = line_at(event, "__typename").removesuffix("Event")
    return _TYPE_NAME.sub("_", type_name).lower()


def _values(kind: str, field: str, event: dict[str, object]) -> tuple[str, str]:
    """The value before and after, as far as an event tells them."""
    if field == "title":
        return (
            line_at(event, "rename", "from") or line_at(event, "previousTitle"),
            line_at(event, "rename", "to") or line_at(event, "currentTitle"),
        )
    if field == "state":
        reason = line_at(event, "state_reason") or line_at(event, "stateReason")
        return ("closed", "open") if kind == "reopened" else ("open", f"{kind} {reason}".strip().lower())
    if field == "status":
        return line_at(event, "previousStatus"), line_at(event, "status")
    if field == "draft":
        return ("draft", "ready") if kind == "ready_for_review" else ("ready", "draft")
    subject = _subject(event) or kind.replace("_", " ")
    return (subject, "") if kind.startswith(_TAKES_AWAY) else ("", subject)


def _subject(event: dict[str, object]) -> str:
    return _first(
        event,
        (
            ("label", "name"),
            ("assignee", "login"),
            ("milestone", "title"),
            ("milestoneTitle",),
            ("requested_reviewer", "login"),
            ("requestedReviewer", "login"),
            ("state",),
            ("project_card", "column_name"),
            ("source", "issue", "html_url"),
            ("source", "url"),
        ),
    )


def _first(event: dict[str, object], paths: tuple[tuple[str, ...], ...]) -> str:
    return next((found for path in paths if (found := line_at(event, *path))), "")
