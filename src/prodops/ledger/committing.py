"""One commit of a load: every type merged, the files written, then one transaction that makes them count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from prodops.ledger.engine import append_rows
from prodops.ledger.evidence import Evidence, fill
from prodops.ledger.manifest import (
    Batch,
    Snapshot,
    commit_revision,
    expect_unchanged,
    read_snapshot,
)
from prodops.ledger.merging import Merge
from prodops.ledger.reading import Problem
from prodops.ledger.record import Record
from prodops.ledger.redacting import trace_count
from prodops.ledger.schema import record_types, row_of, sql_columns, table_name
from prodops.ledger.sources import LoadedFile, save_source, sources_named
from prodops.ledger.staging import STAGING_COLUMNS, Staging
from prodops.ledger.state import State

if TYPE_CHECKING:
    from datetime import date

    from duckdb import DuckDBPyConnection

_SPANS = """
select _file, cast(min({day}) as date), cast(max({day}) as date) from ({staged})
where {day} is not null group by _file
"""

_OWN_PROBLEMS = "own_problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Files that are committed together.

    Attributes:
        connection: The engine that holds their rows.
        evidence: The evidence folder.
        staging: Their rows, handed over.
        files: What was counted while reading them, by the number that their rows carry.
        at: The moment of the commit.
        traces: By how many traces forgotten people were kept out of the rows.
    """

    connection: DuckDBPyConnection
    evidence: Evidence
    staging: Staging
    files: Mapping[int, LoadedFile]
    at: datetime
    traces: int


class ForgottenMeanwhileError(Exception):
    """Somebody was forgotten while files were read; they must be read again, without that person."""


def commit_group(state: State, group: Group) -> list[LoadedFile]:
    """Merge, write and commit; the facts of the files with the days and problems counted.

    Raises:
        OvertakenError: Another writer committed meanwhile; nothing was changed.
        ForgottenMeanwhileError: Somebody was forgotten meanwhile; nothing was changed.
    """
    with state.reading() as connection:
        snapshot = read_snapshot(connection)
        if trace_count(connection) != group.traces:
            raise ForgottenMeanwhileError("somebody was forgotten while loading; load the files again")
        known = sources_named(connection, (file.name for file in group.files.values()))
    _name_files(group, known)
    batches: list[Batch] = []
    try:
        _merge_all(group, snapshot, batches, reloaded=bool(known))
        facts = _counted(group)
        with state.writing() as connection:
            if batches:
                commit_revision(connection, snapshot, "load", at=group.at, added=batches)
            else:
                expect_unchanged(connection, snapshot)
            for file in facts:
                save_source(connection, file)
    except BaseException:
        for batch in batches:
            group.evidence.delete(batch.table, batch.uuid)
        raise
    return facts


def _name_files(group: Group, known: Mapping[str, LoadedFile]) -> None:
    group.connection.execute("create or replace table file (number integer, name varchar, whole boolean)")
    rows: list[tuple[object, ...]] = []
    for number, file in group.files.items():
        before = known.get(file.name)
        # A file of which nothing could be read says nothing about what its source still has.
        unreadable = file.lost > 0 and file.used == 0
        whole = file.covers == "snapshot" or (before is not None and _misread(before, file))
        rows.append((number, file.name, whole and not unreadable))
    append_rows(group.connection, "file", rows)


def _misread(before: LoadedFile, now: LoadedFile) -> bool:
    """Whether another connector read the file last: what it made of it was not what the file says."""
    return before.used > 0 and before.reading.connector != now.reading.connector


def _merge_all(group: Group, snapshot: Snapshot, batches: list[Batch], *, reloaded: bool) -> None:
    """Merge type after type, adding each file to `batches` as soon as it is written."""
    problems: list[Problem] = []
    for kind in _kinds(group, snapshot, reloaded=reloaded):
        problems += _merge(
            group, snapshot, batches, kind=kind, staged=group.staging.select(kind), reloaded=reloaded
        )
    _stage_own(group, problems)
    group.connection.execute("update file set whole = true")  # problems are a snapshot of their source
    _merge(group, snapshot, batches, kind=Problem, staged=_staged_problems(group), reloaded=reloaded)


def _merge(
    group: Group,
    snapshot: Snapshot,
    batches: list[Batch],
    *,
    kind: type[Record],
    staged: str,
    reloaded: bool,
) -> list[Problem]:
    merged = Merge(
        connection=group.connection,
        evidence=group.evidence,
        snapshot=snapshot,
        kind=kind,
        staged=staged,
        reloaded=reloaded,
    ).run()
    batches += merged.batches
    return merged.problems


def _kinds(group: Group, snapshot: Snapshot, *, reloaded: bool) -> list[type[Record]]:
    """The types to compare, problems apart; all that have files when a file may have let records go."""
    staged = set(group.staging.kinds())
    filled = {batch.table for batch in snapshot.batches} if reloaded else set()
    return [
        kind
        for kind in record_types()
        if kind is not Problem and (kind in staged or table_name(kind) in filled)
    ]


def _stage_own(group: Group, problems: list[Problem]) -> None:
    """The problems met while merging, beside those that the connectors staged."""
    columns = (*sql_columns(Problem), *STAGING_COLUMNS)
    body = ", ".join(f'"{name}" {sql_type}' for name, sql_type in columns)
    group.connection.execute(f"create or replace table {_OWN_PROBLEMS} ({body})")
    row, numbers = row_of(Problem), {file.name: number for number, file in group.files.items()}
    first = group.staging.rows + 1
    rows = [(*row(one), numbers[one.cite.source], place) for place, one in enumerate(problems, start=first)]
    append_rows(group.connection, _OWN_PROBLEMS, rows)


def _staged_problems(group: Group) -> str:
    return f"{group.staging.select(Problem)} union all by name select * from {_OWN_PROBLEMS}"  # noqa: S608 (our own names)


def _counted(group: Group) -> list[LoadedFile]:
    """The files with the days their records speak of and the problems told of them."""
    days: dict[int, list[date]] = {number: [] for number in group.files}
    for kind in group.staging.kinds():
        day = next((name for name, held in sql_columns(kind) if held in {"DATE", "TIMESTAMP"}), None)
        if day is not None:
            spans = fill(_SPANS, day=f'"{day}"', staged=group.staging.select(kind))
            for number, first, last in group.connection.execute(spans).fetchall():
                days[number] += (first, last)
    told = fill("select _file, count(*) from ({staged}) group by _file", staged=_staged_problems(group))
    problems = dict(group.connection.execute(told).fetchall())
    return [
        replace(
            file,
            first_on=min(days[number], default=None),
            last_on=max(days[number], default=None),
            problems=problems.get(number, 0),
            loaded_at=group.at,
        )
        for number, file in group.files.items()
    ]
