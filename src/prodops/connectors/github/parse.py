"""Issues and pull requests of GitHub in JSON: REST lists, searches, GraphQL nodes and `gh ... --json`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from prodops.connectors.github.timeline import changes
from prodops.ledger.delivery import Issue
from prodops.ledger.reading import Entry, Problem, SourceFile, problem
from prodops.ledger.record import Citation, PersonId, Prose, RecordId, person_id
from prodops.text.decoding import decode, looks_binary
from prodops.text.json_items import Item, read_items
from prodops.text.json_values import at, line, line_at, mappings_at
from prodops.text.moments import MomentError, parse_moment

COVERS: Literal["snapshot", "increment"] = "increment"

INTO = frozenset(
    {
        "data",
        "repository",
        "issues",
        "pullRequests",
        "pull_requests",
        "items",
        "nodes",
        "search",
        "organization",
        "viewer",
    }
)
_REPOSITORY = re.compile(
    r"https?://(?:api\.)?[^/\s]+/(?:api/v3/)?(?:repos/)?([\w.\-]+/[\w.\-]+)(?:/(?:issues|pull|pulls)/\d+)?/?"
)
_MENTION = re.compile(
    r"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:([\w.\-]+/[\w.\-]+))?#(\d{1,9})\b", re.IGNORECASE
)
_STATES = frozenset({"open", "closed", "merged"})
_BESIDE = frozenset(
    {
        "labels",
        "user",
        "author",
        "created_at",
        "createdAt",
        "html_url",
        "repository_url",
        "assignees",
        "pull_request",
    }
)
_PULL_KEYS = frozenset({"merged_at", "mergedAt", "headRefName", "baseRefName", "isDraft", "head"})
_OPENS_JSON = re.compile(r"\s*[\[{]")
# When the first issue alone is larger than the head, its first keys have to do.
_FIRST_KEYS = re.compile(r"\"(?:html_url|repository_url)\"\s*:\s*\"https?://[^\"]+/(?:issues|pull|repos)/")
_NUMBER = re.compile(r"\"number\"\s*:\s*\d+")
_SURE_AT = 2


@dataclass(slots=True)
class _Reading:
    """A file while it is read: ids given so far, problems told once."""

    file: SourceFile
    seen: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)


def is_issue(value: dict[str, object]) -> bool:
    """Whether an object is an issue or a pull request of GitHub: a number, a state, and its usual company."""
    number, state = value.get("number"), value.get("state")
    if isinstance(number, bool) or not isinstance(number, int) or not isinstance(value.get("title"), str):
        return False
    if state is not None and not (isinstance(state, str) and state.lower() in _STATES):
        return False
    return len(_BESIDE & value.keys()) >= (_SURE_AT if state is not None else _SURE_AT + 1)


def recognises(file: SourceFile) -> float:
    """How sure it is that the file holds issues of GitHub, by the shape of the first."""
    head = file.head
    if looks_binary(file.content[:1_024]) or not _OPENS_JSON.match(head):
        return 0.0
    for item in read_items(head, into=INTO, is_item=is_issue):
        if isinstance(item.value, dict) and not item.beside:
            return 0.9 if is_issue(item.value) else 0.0
    return 0.8 if _FIRST_KEYS.search(head) and _NUMBER.search(head) else 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry for each issue or pull request, with the changes of its timeline where there is one.

    A pull request is of the kind `pull request`; merged is done, closed without a merge is cancelled. The
    texts of bodies and comments are left out, but for the issues that a pull request says it closes.
    """
    reading = _Reading(file)
    if looks_binary(file.content):
        yield _lost(reading, "file", "binary", "it is not text", "export JSON")
        return
    text = decode(file.content).text
    if not text.strip():
        yield _lost(reading, "file", "empty", "the file is empty", "export it again")
        return
    marks: Item | None = None
    for item in read_items(text, into=INTO, is_item=is_issue):
        locator = item.path or "file"
        if item.error:
            yield _lost(
                reading, locator, "bad_json", item.error, "export it again; the file may have been cut off"
            )
        elif item.beside:
            marks = item if at(item.value, "pageInfo", "hasNextPage") is True else marks
        elif isinstance(item.value, dict) and is_issue(item.value):
            yield _entry(reading, locator, item.value)
        elif item.value:
            remedy = "export number, title, state, url, createdAt and author at least"
            yield _lost(reading, locator, "wrong_type", "it is not an issue of GitHub", remedy)
    if marks:
        place = marks.path or "file"
        says, remedy = "GitHub says that more issues follow this page", "add the following pages as well"
        note = problem(file.name, place, "more_pages", says=says, remedy=remedy, lost=False)
        yield Entry(locator=place, unused="page marks", problems=(note,))


def _entry(reading: _Reading, locator: str, value: dict[str, object]) -> Entry:
    number = line_at(value, "number")
    try:
        created = parse_moment(line_at(value, "created_at") or line_at(value, "createdAt"))
    except MomentError as error:
        remedy = "export created_at; for gh: --json number,title,state,url,createdAt,closedAt"
        return _lost(reading, locator, "bad_date", f"#{number}, created: {error}", remedy)
    repository, notes = _repository(reading, locator, value)
    key = f"{repository}#{number}"
    name = RecordId(f"github:issue:{key}")
    if name in reading.seen:
        says = f"{key[:80]} stands here before; the first is kept"
        return _lost(reading, locator, "duplicate_id", says, "nothing, if the two are alike")
    reading.seen.add(name)
    cite = Citation(reading.file.name, locator)
    made, undated = changes(value, name, cite)
    if undated:
        says = f"events of the timeline without a readable date: {undated}"
        notes = (*notes, _note(reading, locator, "bad_date", says, "export created_at of the events"))
    resolved, doubts = _resolved(reading, locator, value)
    state = line_at(value, "state").lower()
    record = Issue(
        id=name,
        cite=cite,
        tracker="github",
        key=key,
        title=Prose(line_at(value, "title")),
        kind="pull request" if is_pull_request(value) else line_at(value, "type", "name") or "issue",
        status=" ".join(filter(None, (state, _reason(value)))),
        status_group=_group(value, state, resolved),
        project=repository,
        created_at=created,
        resolved_at=resolved,
        reporter=_who(at(value, "user")) or _who(at(value, "author")),
        assignee=_assignee(value),
        labels=_labels(value),
        links=_links(value, repository, key),
    )
    return Entry(locator=locator, records=(record, *made), problems=(*notes, *doubts))


def is_pull_request(value: dict[str, object]) -> bool:
    """Whether an issue is a pull request, by any of the marks that GitHub's interfaces give it."""
    address = line_at(value, "html_url") or line_at(value, "url")
    if value.get("pull_request") or "/pull/" in address or "/pulls/" in address:
        return True
    return "/issues/" not in address and bool(_PULL_KEYS & value.keys())


def _repository(reading: _Reading, locator: str, value: dict[str, object]) -> tuple[str, tuple[Problem, ...]]:
    named = line_at(value, "repository", "full_name") or line_at(value, "repository", "nameWithOwner")
    if named:
        return named, ()
    for name in ("repository_url", "html_url", "url"):
        match = _REPOSITORY.fullmatch(line_at(value, name))
        if match:
            return match[1], ()
    if "no_repository" in reading.told:
        return reading.file.stem, ()
    reading.told.add("no_repository")
    says = "nothing says which repository the issues belong to; the name of the file stands for it"
    return reading.file.stem, (
        _note(reading, locator, "no_repository", says, "export the field `url` as well"),
    )


def _resolved(
    reading: _Reading, locator: str, value: dict[str, object]
) -> tuple[datetime | None, tuple[Problem, ...]]:
    written = next(
        (
            found
            for path in (
                ("merged_at",),
                ("mergedAt",),
                ("pull_request", "merged_at"),
                ("closed_at",),
                ("closedAt",),
            )
            if (found := line_at(value, *path))
        ),
        "",
    )
    if not written or line_at(value, "state").lower() == "open":
        return None, ()
    try:
        return parse_moment(written), ()
    except MomentError as error:
        return None, (_note(reading, locator, "bad_date", f"closed: {error}", "correct it in the source"),)


def _group(value: dict[str, object], state: str, resolved: datetime | None) -> str:
    if state not in {"merged", "closed"} and (state or resolved is None):
        pull = is_pull_request(value) and not (value.get("draft") or value.get("isDraft"))
        return "active" if pull else "open"
    if is_pull_request(value):
        merged = (line_at(value, name) for name in ("merged_at", "mergedAt"))
        return (
            "done"
            if state == "merged" or any(merged) or line_at(value, "pull_request", "merged_at")
            else "cancelled"
        )
    return "cancelled" if _reason(value) in {"not_planned", "duplicate"} else "done"


def _reason(value: dict[str, object]) -> str:
    return (line_at(value, "state_reason") or line_at(value, "stateReason")).lower()


def _who(user: object) -> PersonId | None:
    handle = line(user) or line_at(user, "login")
    return person_id(handle) if handle else None


def _assignee(value: dict[str, object]) -> PersonId | None:
    return _who(at(value, "assignee")) or next(iter(map(_who, mappings_at(value, "assignees"))), None)


def _labels(value: dict[str, object]) -> tuple[str, ...]:
    held = at(value, "labels")
    named = [line(one) for one in held] if isinstance(held, list) else []
    named += [line_at(label, "name") for label in mappings_at(value, "labels")]
    return tuple(dict.fromkeys(filter(None, named)))


def _links(value: dict[str, object], repository: str, own: str) -> tuple[str, ...]:
    """Issues that a pull request closes, by its body or GitHub's own list."""
    body = value.get("body")
    found = [
        f"{match[1] or repository}#{match[2]}"
        for match in (_MENTION.finditer(body) if isinstance(body, str) and is_pull_request(value) else ())
    ]
    found += [
        f"{repository}#{line_at(issue, 'number')}"
        for issue in mappings_at(value, "closingIssuesReferences")
        if line_at(issue, "number")
    ]
    return tuple(dict.fromkeys(key for key in found if key != own))


def _note(reading: _Reading, locator: str, code: str, says: str, remedy: str) -> Problem:
    return problem(reading.file.name, locator, code, says=says[:200], remedy=remedy, lost=False)


def _lost(reading: _Reading, locator: str, code: str, says: str, remedy: str) -> Entry:
    return Entry(
        locator=locator, problems=(problem(reading.file.name, locator, code, says=says[:200], remedy=remedy),)
    )
