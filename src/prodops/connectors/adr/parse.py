"""A Markdown file with one decision record to one `LoggedDecision`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from prodops.connectors.adr.document import Document, document_of
from prodops.connectors.adr.fields import (
    chosen_of,
    days_of,
    deciders_of,
    ended_of,
    is_superseded,
    is_template,
    key_of,
    links_of,
    number_and_title,
    options_of,
    plain,
    state_of,
    status_of,
)
from prodops.ledger.decisions import LoggedDecision
from prodops.ledger.reading import Entry, Problem, SourceFile, problem
from prodops.ledger.record import Citation, Prose, RecordId, person_id
from prodops.text.decoding import decode, looks_binary
from prodops.text.moments import MomentError, parse_day

COVERS: Literal["snapshot", "increment"] = "snapshot"

_SAFE = re.compile(r"[^\w./-]+")
_SURE, _RATHER = 0.98, 0.85
_CONTEXT = frozenset(
    ("context", "context and problem statement", "background", "problem", "problem statement")
)
_CHOICE = frozenset(("decision", "decision outcome"))
_REST = frozenset(
    ("consequences", "considered options", "options", "options considered", "alternatives considered")
)


_MADR = frozenset(("context and problem statement", "decision outcome"))


def recognises(file: SourceFile) -> float:
    """How sure it is that the file is a decision record: context, decision, and what else one has."""
    if "#" not in file.head and "===" not in file.head and "---" not in file.head:
        return 0.0
    return _likeness(document_of(file.head))


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry: the record, or why it is none."""
    if looks_binary(file.content):
        yield _lost(file, "not_text", "the file is not text", "export the record as Markdown")
        return
    document = document_of(decode(file.content).text)
    if not _likeness(document):
        says = "no headings of a decision record: context, decision, status"
        yield _lost(file, "no_record", says, "write it as a decision record, or leave it out")
        return
    status = status_of(document)
    if is_template(document, status):
        yield Entry(locator="line 1", unused="template of a decision record")
        return
    record, notes = _record(file, document, status)
    yield Entry(locator="line 1", records=(record,), problems=tuple(notes))


def _likeness(document: Document) -> float:
    heads = set(document.sections)
    if not document.title:
        return 0.0
    if not heads & _CHOICE:
        return _RATHER if heads & _REST and state_of(str(document.front.get("status", ""))) else 0.0
    tells = bool(document.told("status")) or "status" in heads
    context, rest = bool(heads & _CONTEXT), bool(heads & _REST)
    if context and (tells or rest or heads >= _MADR):
        return _SURE if tells or "decision outcome" in heads else _RATHER
    return _RATHER if tells and rest else 0.0


def _record(file: SourceFile, document: Document, status: str) -> tuple[LoggedDecision, list[Problem]]:
    folder = file.name.rpartition("/")[0]
    number, title = number_and_title(document.title, file.stem)
    state, notes = state_of(status), []
    if status and not state:
        says = f"the status {status[:60]!r} is not known; it was taken for decided"
        notes.append(_note(file, "no_status", says, "write one: proposed, accepted, rejected, superseded"))
    supersedes, superseded_by = links_of(document, folder)
    whole = bool(superseded_by) or is_superseded(document)
    # Superseded in part alone, it stands.
    state = "superseded" if whole else "decided" if state == "superseded" else state or "decided"
    asked_on, decided_on, wrong = days_of(document, state, status)
    notes += [_note(file, "bad_date", f"{one}; read without it"[:160], "mend the date") for one in wrong]
    chosen, words = chosen_of(document)
    deciders = deciders_of(document)
    record = LoggedDecision(
        id=RecordId(f"adr:decision:{_SAFE.sub('-', file.name.rpartition('.')[0] or file.name)}"),
        cite=Citation(file.name, "line 1"),
        log=folder, key=key_of(folder, number, file.stem), question=Prose(plain(title)[:500]),
        chosen=Prose(chosen), options=tuple(Prose(one) for one in options_of(document)), status=status[:80],
        state=state, asked_on=asked_on, decided_on=decided_on,
        owner=person_id(deciders[0]) if deciders else None, deciders_count=len(deciders),
        rationale=Prose(words), review_on=_review(file, document, notes), supersedes=supersedes,
        ended_on=ended_of(document) if state == "superseded" else None,
        superseded_by=superseded_by,
    )  # fmt: skip
    return record, notes


def _review(file: SourceFile, document: Document, notes: list[Problem]) -> date | None:
    written = document.told("review", "review date", "review on", "review by", "revisit", "revisit on")
    try:
        return parse_day(written) if written else None
    except MomentError as error:
        notes.append(_note(file, "bad_date", f"{error}; read without it"[:160], "mend the date"))
        return None


def _note(file: SourceFile, code: str, says: str, remedy: str) -> Problem:
    return problem(file.name, "line 1", code, says=says, remedy=remedy, lost=False)


def _lost(file: SourceFile, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator="file", problems=(problem(file.name, "file", code, says=says, remedy=remedy),))
