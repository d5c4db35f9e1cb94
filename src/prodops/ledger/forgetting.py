"""Forgetting a person: out of every evidence file, all history included, and out of the declared log."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from prodops.ledger.declared_log import (
    REDACTION,
    LogEntry,
    append_entries,
    digest_of,
    log_end,
    read_log,
    replace_words,
)
from prodops.ledger.evidence import Evidence, open_bounded_engine, remove
from prodops.ledger.manifest import OvertakenError, Snapshot, commit_revision, read_snapshot
from prodops.ledger.record import person_id
from prodops.ledger.redacting import (
    Redactor,
    Trace,
    read_redactor,
    redacted_payload,
    save_traces,
    traces_of,
    words_of,
)
from prodops.ledger.rewriting import Rewritten, Wanted, rewrite
from prodops.ledger.schema import record_type
from prodops.ledger.site_forgetting import drop_made_files, forget_on_site
from prodops.ledger.sources import rename_sources
from prodops.ledger.state import State, stored_moment
from prodops.ledger.state_tables import state_tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FOLDED_APART = re.compile("ss|ff|fi|fl|st")

ATTEMPTS = 20
"""How often the files are written again when other writers are faster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgetting:
    """What forgetting a person did.

    Attributes:
        files: Evidence files written anew.
        people: Rows of `Person` left out.
        declarations: Declared records whose words were taken out.
        old_files_go_at: After this moment the next command deletes the files as they were; until then
            readers that are still at them are not disturbed.
    """

    files: int
    people: int
    declarations: int
    old_files_go_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgetter:
    """What forgetting needs.

    Attributes:
        state: The state database.
        evidence: The evidence folder.
        clock: Says what time it is.
        memory_megabytes: The engine's memory.
        grace_seconds: How long the files stay as they were.
    """

    state: State
    evidence: Evidence
    clock: Callable[[], datetime]
    memory_megabytes: int
    grace_seconds: float

    def forget(self, handles: Sequence[str]) -> Forgetting:
        """Forget one person under all given handles, in one commit.

        Raises:
            ValueError: A handle is empty.
            OvertakenError: Other processes changed the workspace each time.
        """
        if not handles or not all(words_of(handle) for handle in handles):
            raise ValueError("a person is forgotten by an address, an account name or a written name")
        for _ in range(ATTEMPTS):
            try:
                return self._attempt(handles)
            except OvertakenError:
                continue
        raise OvertakenError("other processes kept changing the workspace; forget again")

    def _attempt(self, handles: Sequence[str]) -> Forgetting:
        with self.state.writing() as connection:
            salt = _salt(connection)
            known = {trace.digest: trace.tag for trace in read_redactor(connection).traces}
            snapshot = read_snapshot(connection)
        found = [known[t.digest] for t in traces_of(salt, handles, "") if t.digest in known]
        traces = traces_of(salt, handles, found[0] if found else secrets.token_hex(4))
        rewritten = self._rewrite(snapshot, salt, traces, handles)
        try:
            declarations = self._commit(snapshot, rewritten, Redactor(salt, traces))
        except BaseException:
            for one in rewritten:
                if one.new is not None:
                    self.evidence.delete(one.new.table, one.new.uuid)
            raise
        drop_made_files(self.evidence.folder.parent)
        self.state.fold_away()
        return Forgetting(
            files=len(rewritten),
            people=sum(one.people for one in rewritten),
            declarations=declarations,
            old_files_go_at=self.clock() + timedelta(seconds=self.grace_seconds),
        )

    def _rewrite(
        self, snapshot: Snapshot, salt: str, traces: list[Trace], handles: Sequence[str]
    ) -> list[Rewritten]:
        wanted = Wanted(
            redactor=Redactor(salt, traces),
            pseudonyms=sorted({person_id(handle) for handle in handles}),
            anchors=sorted({_anchor(handle) for handle in handles}),
        )
        scratch = self.evidence.open_scratch()
        engine = open_bounded_engine(scratch, memory_megabytes=self.memory_megabytes)
        try:
            found = (rewrite(engine, self.evidence, batch, wanted) for batch in snapshot.batches)
            return [one for one in found if one is not None]
        finally:
            engine.close()
            remove(scratch)

    def _commit(self, snapshot: Snapshot, rewritten: list[Rewritten], redactor: Redactor) -> int:
        at = self.clock()
        with self.state.writing() as connection:
            if read_snapshot(connection).batches != snapshot.batches:
                raise OvertakenError
            commit_revision(
                connection,
                snapshot,
                "forget",
                at=at,
                added=[one.new for one in rewritten if one.new is not None],
                superseded=[one.old.uuid for one in rewritten],
            )
            save_traces(connection, redactor.traces, at=stored_moment(at))
            rename_sources(connection, redactor.key)
            forget_on_site(connection, redactor)
            return _redact_log(connection, redactor, at=at)


def _salt(connection: Connection) -> str:
    meta = state_tables().meta
    row = connection.execute(meta.select().where(meta.c.name == "salt")).first()
    if row is not None:
        return str(row.value)
    salt = secrets.token_hex(16)
    connection.execute(meta.insert().values(name="salt", value=salt))
    return salt


def _anchor(handle: str) -> str:
    """The piece by which the engine finds cells worth a look; empty when it may fold all of them otherwise.

    We fold a sharp s to `ss` and ligatures to their letters, the engine leaves them.
    """
    pieces = [piece for word in words_of(handle) if word.isascii() for piece in _FOLDED_APART.split(word)]
    longest = max(pieces, key=len, default="")
    return longest if len(longest) > 1 else ""


def _redact_log(connection: Connection, redactor: Redactor, *, at: datetime) -> int:
    """Take the words out of the log; the chain holds, since it covers what was declared by its digest."""
    changed: list[tuple[LogEntry, str]] = []
    log = read_log(connection)
    for entry in log:
        if entry.table != REDACTION:
            words = redacted_payload(redactor, record_type(entry.table), entry.payload)
            if words != entry.payload:
                changed.append((entry, words))
    notes = []
    for entry, words in changed:
        replace_words(connection, entry.seq, words)
        note_id = f"redaction:{entry.seq}:{len(log)}"
        note = json.dumps({"digest": digest_of(words), "id": note_id, "of": entry.seq}, sort_keys=True)
        notes.append((REDACTION, note_id, note))
    if log:
        at = max(at, log[-1].declared_at)
    append_entries(connection, log_end(connection), notes, at=at)
    return len(changed)
