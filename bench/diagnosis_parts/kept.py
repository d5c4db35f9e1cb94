"""Organisations that were read once, kept as files of the engine: another diagnosis need not read again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import prodops
from prodops.ledger.engine import open_engine
from prodops.ledger.ledger import Ledger
from prodops.ledger.schema import record_types, table_name

READ_BY = "text ledger connectors simulate".split()
"""The rooms that decide what stands in a ledger."""

JUDGED_BY = "stats views measures checks diagnosis".split()
"""The rooms that decide what is made of it."""


def digest_of(rooms: Iterable[str]) -> str:
    """A digest of the code in some rooms."""
    root = Path(prodops.__file__).parent
    digest = hashlib.blake2b(digest_size=6)
    for room in rooms:
        for path in sorted((root / room).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def keep(ledger: Ledger, truth: dict[str, Any], file: Path) -> None:
    """Write the records and the truth beside each other; the file appears whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    ledger.sql(f"attach '{unfinished}' as kept")
    for kind in record_types():
        name = table_name(kind)
        ledger.sql(f"create table kept.main.{name} as select * from {name}")  # noqa: S608 (our own names)
    ledger.sql("detach kept")
    file.with_suffix(".json").write_text(json.dumps(truth), encoding="utf-8")
    unfinished.rename(file)


def kept(file: Path) -> tuple[Ledger, dict[str, Any]] | None:
    """The ledger and the truth as they were kept; None where they were not."""
    if not file.exists():
        return None
    truth: dict[str, Any] = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    engine = open_engine()
    engine.execute("set threads = 1")
    engine.execute(f"attach '{file}' as kept (read_only)")
    for kind in record_types():
        name = table_name(kind)
        engine.execute(f"create view {name} as select * from kept.main.{name}")  # noqa: S608 (our own names)
    return Ledger(engine, version=file.stem, today=datetime.fromisoformat(truth["today"])), truth
