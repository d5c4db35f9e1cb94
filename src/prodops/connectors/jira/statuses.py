"""Which of our four groups a Jira status belongs to; the status itself is always kept beside it."""

from __future__ import annotations

import re

from prodops.text.words import fold

_CATEGORIES = {
    **dict.fromkeys(("new", "to do", "todo", "undefined", "no category"), "open"),
    **dict.fromkeys(("indeterminate", "in progress"), "active"),
    **dict.fromkeys(("done", "complete"), "done"),
}
_DROPPED = re.compile(
    r"\b(?:won'?t (?:do|fix)|wontfix|duplicate|cannot reproduce|can'?t reproduce|declined|rejected|abandoned|"
    r"obsolete|invalid|not a bug|cancell?ed|withdrawn|won'?t be done|known issue|incomplete|as designed)\b"
)
_DONE = re.compile(
    r"\b(?:done|closed|resolved|released|complete[d]?|fixed|shipped|deployed|live|verified|accepted|merged)\b"
)
_NOT_YET = re.compile(
    r"\b(?:to ?do|open|new|backlog|triage|selected|ready|reopened|created|draft|planned|requested)\b"
)
_ACTIVE = re.compile(
    r"\b(?:progress|doing|review|testing|test|qa|develop\w*|design|analysis|building|blocked|waiting|pending|"
    r"started|active|on hold)\b"
)
_AHEAD = re.compile(r"\b(?:not \w+|(?:ready|selected) for (?:dev\w*|design|analysis)|waiting for triage)\b")


def status_group(
    status: str, *, category: str = "", resolution: str = "", resolved: bool = False
) -> str | None:
    """The group of a status: open, active, done or cancelled.

    Jira's own category decides when the export has it; a resolution such as "Won't Do" turns done into
    cancelled. Without a category the words of the status decide, then whether it is resolved.

    Args:
        status: The status as Jira has it.
        category: Key or name of Jira's status category; empty when unknown.
        resolution: The resolution as Jira has it; empty when there is none.
        resolved: Whether there is a date of resolution.

    Returns:
        None when nothing says which group it is.
    """
    said = fold(status)
    group = _CATEGORIES.get(fold(category)) or _by_words(said)
    if group is None and resolved:
        group = "done"
    if group == "done" and (_DROPPED.search(fold(resolution)) or _DROPPED.search(said)):
        return "cancelled"
    return group


def _by_words(said: str) -> str | None:
    if _AHEAD.search(said):
        return "open"
    if _DROPPED.search(said) or _DONE.search(said):
        return "done"
    # "Ready for review" has work behind it, "ready" has not.
    if _ACTIVE.search(said):
        return "active"
    return "open" if _NOT_YET.search(said) else None
