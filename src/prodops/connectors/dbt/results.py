"""Source freshness and run results: how fresh each dataset was, and what its tests said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from prodops.connectors.dbt.fields import inside, short_name, text
from prodops.ledger.data import DatasetLoad, DatasetTest
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.ledger.record import Citation, Record, RecordId
from prodops.text.moments import MomentError, parse_moment
from prodops.text.numbers import NumberError, parse_number

_HOURS = {"minute": 1 / 60, "hour": 1.0, "day": 24.0}
_TESTS = frozenset({"test", "unit_test"})
_BUILT = frozenset({"model", "snapshot", "seed"})
_NOT_RUN = frozenset({"skipped", "no-op"})


def read_results(file: SourceFile, document: Mapping[str, object], *, freshness: bool) -> Iterator[Entry]:
    """Give one entry a result.

    A freshness check gives a load with its promise. In run results a test gives a test; a model, snapshot
    or seed that was built gives a load, for building is what refreshes it.
    """
    results = document.get("results")
    generated = text(document, "metadata", "generated_at")
    seen: set[str] = set()
    for number, result in enumerate(results if isinstance(results, list) else []):
        locator = f"results[{number}]"
        if not isinstance(result, Mapping) or not text(result, "unique_id"):
            yield _failed(file, locator, "bad_value", "a result without a unique_id")
            continue
        cite = Citation(file.name, locator)
        try:
            record = _load(cite, result, generated) if freshness else _run(cite, result, generated)
        except MomentError as error:
            yield _failed(file, locator, "bad_date", str(error)[:120])
            continue
        yield _entry(file, locator, record, seen)


def _entry(file: SourceFile, locator: str, record: Record | str, seen: set[str]) -> Entry:
    if isinstance(record, str):
        return Entry(locator=locator, unused=record)
    if record.id in seen:
        return _failed(file, locator, "duplicate_id", f"{record.id[:70]!r} stands twice; the first is read")
    seen.add(record.id)
    return Entry(locator=locator, records=(record,))


def _load(cite: Citation, result: Mapping[str, object], generated: str) -> DatasetLoad:
    unique_id = text(result, "unique_id")
    checked_at = _moment(text(result, "snapshotted_at") or generated)
    loaded = text(result, "max_loaded_at")
    loaded_at = _moment(loaded) if loaded else None
    age_seconds = _number(inside(result, "max_loaded_at_time_ago_in_s"))
    if age_seconds is None and loaded_at is not None:
        age_seconds = (checked_at - loaded_at).total_seconds()
    return DatasetLoad(
        id=RecordId(f"dbt:load:{unique_id}:{checked_at:%Y-%m-%dT%H:%M:%S.%f}"),
        cite=cite,
        dataset=short_name(unique_id),
        checked_at=checked_at,
        loaded_at=loaded_at,
        age_hours=None if age_seconds is None else age_seconds / 3600,
        warn_after_hours=_hours(inside(result, "criteria", "warn_after")),
        error_after_hours=_hours(inside(result, "criteria", "error_after")),
        status=text(result, "status"),
    )


def _run(cite: Citation, result: Mapping[str, object], generated: str) -> DatasetLoad | DatasetTest | str:
    unique_id, status = text(result, "unique_id"), text(result, "status")
    kind = unique_id.partition(".")[0]
    if status in _NOT_RUN:
        return f"{status}: it was not run"
    ran_at = _moment(_completed(result) or generated)
    key = f"{unique_id}:{ran_at:%Y-%m-%dT%H:%M:%S.%f}"
    if kind in _TESTS:
        # The name ends in a digest of the test's arguments, which tells two tests of one name apart.
        return DatasetTest(
            id=RecordId(f"dbt:test:{key}"),
            cite=cite,
            dataset="",
            test=short_name(unique_id),
            run_at=ran_at,
            status=status,
            failures=int(_number(inside(result, "failures")) or 0),
        )
    if kind in _BUILT:
        built = status == "success"
        return DatasetLoad(
            id=RecordId(f"dbt:load:{key}"),
            cite=cite,
            dataset=short_name(unique_id),
            checked_at=ran_at,
            loaded_at=ran_at if built else None,
            age_hours=0.0 if built else None,
            status=status,
        )
    return f"a run of the kind {kind[:40]!r}, which builds no dataset"


def _completed(result: Mapping[str, object]) -> str:
    timing = inside(result, "timing")
    ended = [text(step, "completed_at") for step in timing] if isinstance(timing, list) else []
    return max((moment for moment in ended if moment), default="")


def _moment(written: str) -> datetime:
    if not written:
        raise MomentError("neither the result nor the file says when it was")
    return parse_moment(written, tz=UTC)


def _hours(limit: object) -> float | None:
    count, period = _number(inside(limit, "count")), text(limit, "period").removesuffix("s")
    return count * _HOURS[period] if count is not None and period in _HOURS else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return parse_number(str(value))
    except NumberError:
        return None


def _failed(file: SourceFile, locator: str, code: str, says: str) -> Entry:
    remedy = "run dbt again and add the new artifact"
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
