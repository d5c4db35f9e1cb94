"""JSON from Zendesk's exports and API: pages, lists or lines of tickets, audits, events and metrics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from prodops.connectors.zendesk.facts import Facts, gather, is_ticket
from prodops.connectors.zendesk.fields import TicketError, mappings, text
from prodops.connectors.zendesk.happenings import event, happenings, holds_happenings, is_answer
from prodops.connectors.zendesk.ticket import read_ticket
from prodops.ledger.reading import Entry, Problem, SourceFile, problem
from prodops.ledger.record import Citation, Record
from prodops.text.json_items import Item, read_items

_INTO = frozenset(
    {"tickets", "ticket", "results", "ticket_audits", "audits", "ticket_events", "ticket_metric_events"}
    | {"metric_sets", "ticket_metrics", "comments", "users", "organizations", "groups", "brands", "data"}
)
_REMEDY = "export the tickets again"


def read_export(file: SourceFile, written: str) -> Iterator[Entry]:
    """Give one entry a ticket, audit, event, comment, user and so on; two passes, holding no tickets."""
    facts = gather(_items(written))
    seen: set[str] = set()
    number, page = -1, 1
    for number, item in enumerate(_items(written)):
        where = f"page {page}, {item.path or 'end'}" if page > 1 else item.path or "file"
        if item.error:
            yield _failed(file, where, "bad_json", f"not JSON: {item.error[:120]}", _REMEDY)
        elif not isinstance(item.value, dict):
            yield _failed(file, where, "bad_value", "this is no JSON object", "leave it out")
        elif is_ticket(item.value) and facts.latest[text(item.value, "id")][1] != number:
            yield Entry(locator=where, unused="an earlier state of a ticket that stands again in the file")
        else:
            yield _entry(file, where, item, item.value, facts, seen=seen)
        # What stands beside the items of a page is told at its end.
        page += item.beside and not item.path
    if number < 0:
        yield _failed(file, "file", "empty_file", "there is no ticket in the file", _REMEDY)


def _items(written: str) -> Iterator[Item]:
    return read_items(written, into=_INTO, is_item=_is_item)


def _is_item(value: dict[str, object]) -> bool:
    return is_ticket(value) or holds_happenings(value)


def _entry(
    file: SourceFile, where: str, item: Item, value: Mapping[str, object], facts: Facts, *, seen: set[str]
) -> Entry:
    cite = Citation(file.name, where)
    try:
        if is_ticket(value):
            return _ticket(cite, value, facts, seen)
        if holds_happenings(value):
            return _happened(file, cite, value, facts, seen=seen)
    except TicketError as error:
        return _failed(file, where, error.code, str(error), error.remedy)
    return Entry(locator=where, unused=_unused(item, value))


def _ticket(cite: Citation, value: Mapping[str, object], facts: Facts, seen: set[str]) -> Entry:
    number = text(value, "id")
    if text(value, "status").casefold() == "deleted":
        return Entry(locator=cite.locator, unused="a deleted ticket")
    feedback = read_ticket(cite, value, facts)
    inner: list[Record] = []
    notes: list[Problem] = []
    for part in (*mappings(value.get("audits")), *mappings(value.get("comments"))):
        try:
            inner.extend(_events(cite, part, facts, ticket=number, seen=seen))
        except TicketError as error:
            says = f"in its history: {error}"
            notes.append(
                problem(cite.source, cite.locator, error.code, says=says, remedy=error.remedy, lost=False)
            )
    return Entry(locator=cite.locator, records=(feedback, *inner), problems=tuple(notes))


def _happened(
    file: SourceFile, cite: Citation, value: Mapping[str, object], facts: Facts, *, seen: set[str]
) -> Entry:
    key = f"{text(value, 'ticket_id')} {text(value, 'id')} {text(value, 'metric')}"
    if text(value, "id") and key in seen:
        says = f"the event {text(value, 'id')[:20]} stands twice; the first is read"
        return _failed(file, cite.locator, "duplicate_id", says, "leave one of them out")
    seen.add(key)
    events = _events(cite, value, facts, ticket="", seen=seen)
    if events:
        return Entry(locator=cite.locator, records=tuple(events))
    return Entry(locator=cite.locator, unused="neither an answer nor a change of status or assignee")


def _events(
    cite: Citation, part: Mapping[str, object], facts: Facts, *, ticket: str, seen: set[str]
) -> list[Record]:
    made: list[Record] = []
    for happened in happenings(part, ticket):
        loop = facts.loops.get(happened.ticket)
        answer = is_answer(happened, loop.requester if loop else "", facts.roles)
        record = event(cite, happened, answer=answer, addresses=facts.addresses)
        if record.id not in seen:
            seen.add(record.id)
            made.append(record)
    return made


def _unused(item: Item, value: Mapping[str, object]) -> str:
    if "ticket_id" in value:
        return "the metrics of a ticket: read with the ticket"
    for name in ("users", "organizations", "groups", "brands"):
        if f"{name}[" in item.path:
            return f"{name}: read with the tickets"
    if item.beside:
        return "what stands beside the tickets: totals and page marks"
    if "body" in value:
        return "a comment that does not name its ticket"
    return "neither a ticket nor what happened to one"


def _failed(file: SourceFile, locator: str, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
