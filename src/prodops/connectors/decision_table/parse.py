"""Rows of a log of decisions to `LoggedDecision`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Literal

from prodops.connectors.decision_table.cells import Cells, evidence_of, state_of, turned_of
from prodops.connectors.decision_table.columns import LOG, like_log
from prodops.ledger.decisions import LoggedDecision
from prodops.ledger.reading import HEAD_BYTES, Entry, SourceFile, problem
from prodops.ledger.record import Prose, RecordId, person_id
from prodops.text.named_tables import bare, find_table

COVERS: Literal["snapshot", "increment"] = "snapshot"

_WORKBOOK = b"PK\x03\x04"
_SAFE = re.compile(r"[^\w.:/-]+")
_OTHERS = frozenset(("risk", "assumption", "action", "dependency", "issue", "lesson", "change", "task"))
"""What a project's log keeps beside decisions."""
_PEOPLE = re.compile(r"\s*(?:[,;/|&]|\band\b)\s*")
_OWN = "decision:"


def recognises(file: SourceFile) -> float:
    """How sure it is that the file is a log of decisions, by its header."""
    content = file.content if file.content.startswith(_WORKBOOK) else file.content[:HEAD_BYTES]
    found = find_table(content, LOG, like_log, file.hints)
    return found.sure if found else 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry for each row: a decision, or a question that waits for one."""
    table = find_table(file.content, LOG, like_log, file.hints)
    if table is None:
        says = "no columns of a log of decisions: question, decision, decided on, owner, rationale"
        yield _lost(file, "file", "no_columns", says, "export the log as a table with these columns")
        return
    seen: set[str] = set()
    for row in table.rows:
        one = Cells(file, f"{table.place} {row.line}", table.cells(row))
        if row.fault:
            yield _lost(file, one.locator, "bad_row", row.fault, "export the table again")
        elif not one.said:
            yield Entry(locator=one.locator, unused="empty row")
        elif bare(one.text("kind")) in _OTHERS:
            yield Entry(locator=one.locator, unused="not a decision")
        elif not (one.text("title") or one.text("decision")):
            says = "the row names neither question nor decision"
            yield _lost(file, one.locator, "no_question", says, "name it, or drop the row")
        else:
            yield _entry(one, seen)


def _entry(row: Cells, seen: set[str]) -> Entry:
    record = _decision(row)
    if record.id in seen:
        says = f"{record.key[:60]!r} stands above; the first is kept"
        return _lost(row.file, row.locator, "duplicate_id", says, "give each decision a key of its own")
    seen.add(record.id)
    return Entry(locator=row.locator, records=(record,), problems=tuple(row.notes))


def _decision(row: Cells) -> LoggedDecision:
    log = row.file.name.rpartition(".")[0] or row.file.name
    question, chosen = row.text("title") or row.text("decision"), row.text("decision")
    chosen = chosen if row.text("title") else ""
    asked, decided = row.day("asked"), row.day("decided")
    state = state_of(row.text("status"), decided=decided is not None or bool(chosen))
    key = row.text("key").lstrip("#") or _digest(question, str(asked), str(decided))
    people = [one for one in _PEOPLE.split(row.text("owner")) if one]
    low, high = row.number("low"), row.number("high")
    if (low is None) != (high is None) or (low is not None and high is not None and low > high):
        row.note("bad_number", "the interval has not two ends in order; read without it", "give both ends")
        low = high = None
    return LoggedDecision(
        id=RecordId(f"decision_table:decision:{_named(log, key)}"), cite=row.cite, log=log, key=key,
        question=Prose(question), chosen=Prose(chosen),
        options=tuple(Prose(one) for one in row.several("options")), status=row.text("status")[:80],
        state=state, asked_on=asked, needed_on=row.day("needed"),
        decided_on=None if state in ("proposed", "withdrawn") else decided,
        owner=person_id(people[0]) if people else None, deciders_count=len(people),
        rationale=Prose(row.text("rationale")), evidence=evidence_of(row.text("evidence")),
        ai_reviewed=row.yes("reviewed"), data_says=row.direction("data_says"),
        intuition_says=row.direction("intuition_says"), predicts=Prose(row.text("predicts")),
        predicted_low_number=low, predicted_high_number=high,
        interval_probability=row.chance("level") if low is not None else None,
        probability=row.chance("probability"), resolves_on=row.day("resolves"),
        came_number=row.number("came") if low is not None else None, happened=row.yes("happened"),
        turned_out=turned_of(row.text("turned")), kill_if=Prose(row.text("kill")),
        review_on=row.day("review"), ended_on=row.day("ended"), ended_planned=row.yes("planned"),
        supersedes=_keys(row, "supersedes"), superseded_by=_keys(row, "superseded_by"),
        dissent=Prose(row.text("dissent")),
    )  # fmt: skip


def _keys(row: Cells, name: str) -> tuple[str, ...]:
    return tuple(one.lstrip("#") for part in row.several(name) for one in part.split(",") if one.strip())


def _named(log: str, key: str) -> str:
    """A key of this product is one everywhere; another is one in its log alone."""
    return _SAFE.sub("-", key if key.startswith(_OWN) else f"{log}:{key}"[:300])


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()


def _lost(file: SourceFile, locator: str, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
