"""One organisation of the diagnosis benchmark: simulated, exported, read back and diagnosed.

The way is that of `prodops add` and `prodops diagnose` without their processes: files on a disk, the same
recognising and parsing, the same diagnosis. The records go into a ledger in memory; where two files tell one
record differently, which the store alone can settle, they go through a store. The truth lies in a folder
apart, and nothing of it but the day of the export is handed to the diagnosis.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from bench.diagnosis_parts.kept import keep, kept
from bench.diagnosis_parts.rivals import hours_lost, raw_counts, silence_as_no

from prodops.diagnosis.constraint import Diagnosis, diagnose
from prodops.diagnosis.quick_win import quick_win
from prodops.ledger.engine import ConflictError
from prodops.ledger.ledger import Ledger
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import Record
from prodops.ledger.store import open_store
from prodops.serve.intake.column_maps import NO_HINTS
from prodops.serve.intake.files import find_files, known_name, open_named
from prodops.serve.intake.load import Intake
from prodops.serve.intake.recognise import recognise
from prodops.simulate.organisation import simulate

Row = dict[str, Any]

ABLATED = ("planted", "misspecified", "healthy", "missing-minutes")
"""Scenarios in which the diagnosis is made once more with silence taken for a no."""


class Key(NamedTuple):
    """What a result is known by; the same key on the same code gives the same row."""

    scenario: str
    family: str
    people: int
    weeks: int
    seed: int


class _Watch:
    """CPU seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = time.process_time()

    def lap(self, step: str) -> None:
        """What passed since the last lap belongs to this step."""
        now = time.process_time()
        self.seconds[step] = round(now - self._since, 3)
        self._since = now


def row_of(key: Key, ledgers: Path | None = None) -> Row:
    """The result of one organisation; where something fails, the row says what.

    Args:
        key: Which organisation.
        ledgers: Where organisations that were read are kept and looked for; None keeps none.
    """
    watch = _Watch()
    row: Row = {**key._asdict()}
    try:
        ledger, truth = _organisation(key, ledgers, watch)
        row["truth"] = {name: truth[name] for name in _COMPARED}
        row |= _judged(ledger, watch, ablated=key.scenario in ABLATED)
    except Exception as error:  # noqa: BLE001 (one failing organisation is a result, and must not end the night)
        row["error"] = f"{type(error).__name__}: {str(error)[:300]}"
    return {**row, "cpu_seconds": watch.seconds}


def _organisation(key: Key, ledgers: Path | None, watch: _Watch) -> tuple[Ledger, Row]:
    """The ledger of an organisation and its truth, made or as they were kept."""
    file = ledgers / f"{'-'.join(map(str, key))}.duckdb" if ledgers else None
    known = kept(file) if file else None
    if known:
        watch.lap("read")
        return known
    with tempfile.TemporaryDirectory(prefix="prodops-bench-") as folder:
        exports, apart = Path(folder, "exports"), Path(folder, "truth")
        simulate(
            exports,
            apart,
            people=key.people,
            weeks=key.weeks,
            seed=key.seed,
            scenario=key.scenario,
            family=key.family,
        )
        watch.lap("simulate")
        truth = truth_of(apart)
        ledger = ledger_of(exports, today=datetime.fromisoformat(truth["today"]))
        if file:
            keep(ledger, truth, file)
        watch.lap("read")
    return ledger, truth


def _judged(ledger: Ledger, watch: _Watch, *, ablated: bool) -> Row:
    """What the diagnosis says, what stands beside it, and what simpler ways say."""
    diagnosis = diagnose(ledger)
    queues = diagnosis.queue
    watch.lap("diagnose")
    rivals: Row = {
        "raw_counts": raw_counts(diagnosis.findings),
        "hours_lost": hours_lost(ledger),
    }
    if ablated:
        rivals["silence_as_no"] = _answer(diagnose(silence_as_no(ledger)))
    watch.lap("rivals")
    win = quick_win(diagnosis)
    beside = {
        "stage": queues.binding,
        "stage_p": round(queues.p_binds, 4),
        "stages_seen": queues.complete,
        "called_binding": diagnosis.binding,
        "quick_win": list(win.subjects) if win else [],
    }
    return {"answer": _answer(diagnosis) | beside, "rivals": rivals}


def ledger_of(exports: Path, *, today: datetime) -> Ledger:
    """The ledger of a folder of exports, as `prodops add` would make it."""
    try:
        ledger = Ledger.of(records_of(exports), today=today)
    except ConflictError:
        with open_store(exports.parent / "workspace") as store:
            list(Intake(store=store, hints=lambda _file: NO_HINTS, progress=lambda *_: None).take([exports]))
            ledger = store.ledger(today=today, threads=1)
    ledger.sql("set threads = 1")
    return ledger


def records_of(exports: Path) -> Iterator[Record]:
    """Every record and problem of every file, each read by the connector that recognises it."""
    for path in find_files(exports):
        for opened in open_named(path, known_name(path, beside=exports.parent)):
            file = SourceFile(name=opened.name, content=opened.content)
            connector = recognise(file) if opened.problem is None else None
            for entry in connector.parser.parse(file) if connector else ():
                yield from entry.records
                yield from entry.problems


_COMPARED = ("pms", "top_sink", "binding_stage", "hours", "gap", "pm_hours_a_week", "required")
_TOLD = (*_COMPARED, "hours_last_quarter", "avoidable")


def truth_of(apart: Path) -> Row:
    """What of the truth is kept, with the clock of whoever diagnoses on the evening of the export."""
    truth = json.loads((apart / "truth.json").read_text(encoding="utf-8"))
    today = datetime.fromisoformat(truth["last_day"]).replace(hour=23, tzinfo=UTC)
    return {name: truth[name] for name in _TOLD} | {"today": today.isoformat()}


def _answer(diagnosis: Diagnosis) -> Row:
    """What the diagnosis says."""
    return {
        "verdict": diagnosis.verdict,
        "named": diagnosis.named,
        "p_top": diagnosis.p_top,
        "sinks": {
            sink.name: {
                "p_top": round(sink.p_top, 4),
                "low": _rounded(sink.hours.low),
                "mid": _rounded(sink.hours.value),
                "high": _rounded(sink.hours.high),
            }
            for sink in diagnosis.sinks
        },
    }


def _rounded(hours: float | None) -> float | None:
    return None if hours is None else round(hours, 3)
