"""Where actions are done: proposed on the newest ledger, gated and appended at once, or refused."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

from prodops.actions.deed import fields_of, proposed, undo_fields_of
from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.declared_log import GateRefusedError, declared_records
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared
from prodops.ledger.store import Store, open_store
from prodops.serve.deeds.overtaken import OvertakenDeedError, StaleError, touched
from prodops.serve.deeds.worked_out import worked_out
from prodops.serve.settings import Settings
from prodops.serve.stated_day import marked
from prodops.serve.told import is_shared, shown_ledger

TRIES = 6
"""How often an action is proposed anew because something else was declared or loaded meanwhile."""


class RefusedError(ActionRefusedError):
    """An action that was refused.

    Attributes:
        objections: What speaks against it, each with what would do.
    """

    def __init__(self, objections: Sequence[str]) -> None:
        """Take what speaks against it."""
        super().__init__(" ".join(objections))
        self.objections = tuple(objections)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An action that somebody wants done.

    Attributes:
        unit: The action's module.
        values: What was said, by field.
        by: Who declares it.
        undo: Whether it is taken back.
        seen: The number of the newest entry of the log that they had seen; None where they had not looked.
        version: The version of the ledger it must be done on; empty for any.
    """

    unit: ModuleType
    values: Mapping[str, object]
    by: str
    undo: bool = False
    seen: int | None = None
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An action that was done.

    Attributes:
        records: What was declared; what would be, after a rehearsal.
        entry: The number of the first entry of the log; 0 after a rehearsal.
        last: The number of the last.
        version: The version of the ledger with it.
    """

    records: tuple[Declared, ...]
    entry: int = 0
    last: int = 0
    version: str = ""


class Desk:
    """Where the actions of one workspace are done, by any number of threads at once."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        """Take what says where the workspace is; it is opened with the first action."""
        self.settings = settings
        self._opening = threading.Lock()
        self._writing = threading.Lock()
        self._store: Store | None = None
        self._ledger: Ledger | None = None

    def close(self) -> None:
        """Let go of the workspace."""
        with self._opening:
            if self._store is not None:
                self._store.close()
            self._store = self._ledger = None

    @property
    def store(self) -> Store:
        """The workspace."""
        with self._opening:
            if self._store is None:
                settings = self.settings()
                self._store = open_store(settings.workspace, settings.database_url)
            return self._store

    def ledger(self) -> Ledger:
        """The newest ledger, kept while nothing changes and no day begins."""
        store, settings = self.store, self.settings()
        version = store.version()
        known = self._ledger
        same = known is not None and known.version == version and known.today.date() == settings.today.date()
        if known is None or not same or (known.told is not None) != is_shared(store.state):
            known = self._ledger = shown_ledger(store, today=settings.today)
        return known

    def seen(self) -> int:
        """The number of the newest entry of the log."""
        return self.store.checkpoint().seq

    def rehearse(self, asked: Asked) -> Done:
        """What would be declared; nothing is.

        Raises:
            RefusedError: It cannot be proposed, or the gate objects.
            StaleError: The ledger is not at the version it must be done on.
            OvertakenDeedError: What it changes was changed by somebody else since they had looked.
        """
        ledger = self.ledger()
        self._refuse_stale(ledger, asked)
        records = self._proposed(ledger, asked)
        self._refuse_overtaken(asked, records)
        objections = asked.unit.gate(ledger.plus(records), records)
        if objections:
            raise RefusedError(objections)
        return Done(records=records, version=ledger.version)

    def declare(self, asked: Asked) -> Done:
        """Declare what an action proposes, all of it or nothing.

        Raises:
            RefusedError: It cannot be proposed, or the gate objects.
            StaleError: The ledger is not at the version it must be done on.
            OvertakenDeedError: What it changes was changed by somebody else since they had looked.
        """
        for number in range(TRIES):
            with self._writing if number else _NoLock():
                ledger = self.ledger()
                self._refuse_stale(ledger, asked)
                records = self._proposed(ledger, asked)
                self._refuse_overtaken(asked, records)
                try:
                    with self._writing if not number else _NoLock():
                        return self._appended(ledger, asked.unit, records)
                except _MovedError:
                    continue
        raise RefusedError(["Others keep changing this workspace. Nothing was declared: do the same again."])

    def declared_with(self, entry: int) -> tuple[Declared, ...]:
        """What was declared in one go with an entry of the log, from that entry on."""
        entries = self.store.declared_since(entry - 1)
        if not entries or entries[0].seq != entry:
            return ()
        together = [one for one in entries if one.declared_at == entries[0].declared_at]
        return tuple(declared_records(together))

    def _proposed(self, ledger: Ledger, asked: Asked) -> tuple[Declared, ...]:
        known = undo_fields_of(asked.unit) if asked.undo else fields_of(asked.unit)
        drawn = {
            one.name: secrets.randbelow(2**31) if one.kind == "count" else secrets.token_hex(4)
            for one in known
            if one.ask.drawn and one.name not in asked.values
        }
        values = {**asked.values, **drawn}
        try:
            values |= worked_out(asked.unit, values)
            settings = self.settings()
            at = settings.moment()
            found = proposed(asked.unit, ledger, values, at=at, by=asked.by, undo=asked.undo)
            return marked(found, settings)
        except ActionRefusedError as refused:
            raise RefusedError([str(refused)]) from refused

    def _refuse_stale(self, ledger: Ledger, asked: Asked) -> None:
        if asked.version and asked.version != ledger.version:
            since = self.store.declared_since(asked.seen or 0)
            raise StaleError(ledger.version, since if asked.seen is not None else [])

    def _refuse_overtaken(self, asked: Asked, records: Sequence[Declared]) -> None:
        if asked.seen is None:
            return
        changed = touched(records, self.store.declared_since(asked.seen))
        if changed:
            raise OvertakenDeedError(changed)

    def _appended(self, ledger: Ledger, unit: ModuleType, records: tuple[Declared, ...]) -> Done:
        def gate(after: Ledger) -> Sequence[object]:
            if self.store.version() != ledger.version:
                raise _MovedError
            objections: Sequence[object] = unit.gate(after, records)
            return objections

        try:
            end = self.store.append(records, gate=gate, today=ledger.today)
        except GateRefusedError as refused:
            raise RefusedError([str(one) for one in refused.objections]) from refused
        return Done(
            records=records, entry=end.seq - len(records) + 1, last=end.seq, version=self.store.version()
        )


class _MovedError(Exception):
    """Something was declared or loaded after the action had been proposed."""


class _NoLock:
    """What stands where no lock is taken."""

    def __enter__(self) -> None:
        """Do nothing."""

    def __exit__(self, *_: object) -> None:
        """Do nothing."""
