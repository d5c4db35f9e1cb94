"""Metrics the organisation publishes, the datasets under them, and how fresh and owned they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from prodops.ledger.record import Observed, Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricDefinition(Observed):
    """One definition of one metric in one place.

    Attributes:
        registry: Which kind of registry: metric_hub, performance_indicators, dbt.
        name: The metric's own name, the word by which two definitions can conflict.
        title: Its friendly name.
        product: The product, data mart or team it is defined for.
        layer: Where in the registry: definitions, jetstream, looker.
        expression: How it is computed, as written; empty when the registry gives none.
        dataset: What it is computed from.
        description: What it says about itself.
        owners: Who owns it, as written.
        target: The target as written; empty when there is none.
        takes_target: Whether this kind of registry has a place for a target at all.
        takes_owner: Whether it has a place for an owner.
        unit: Kind or unit as written.
        deprecated: Whether it is marked so.
        health_level: The organisation's own rating of the result, as written.
        instrumentation_level: The organisation's own rating of the measurement, as written.
        reasons: Reasons given for the ratings.
    """

    registry: str
    name: str
    title: str = ""
    product: str = ""
    layer: str = ""
    expression: str = ""
    dataset: str = ""
    description: Prose = Prose("")
    owners: tuple[str, ...] = ()
    target: str = ""
    takes_target: bool = False
    takes_owner: bool = True
    unit: str = ""
    deprecated: bool = False
    health_level: str = ""
    instrumentation_level: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset(Observed):
    """A table, view or source that metrics are computed from.

    Attributes:
        name: Its full name.
        title: Its friendly name.
        description: What it says about itself.
        owners: Who owns it, as written.
        kind: table, view, source, model: the source's own word.
        scheduled: Whether something refreshes it.
        deprecated: Whether it is marked so.
        depends_on: Names of what it is built from.
    """

    name: str
    title: str = ""
    description: Prose = Prose("")
    owners: tuple[str, ...] = ()
    kind: str = ""
    scheduled: bool = False
    deprecated: bool = False
    depends_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetLoad(Observed):
    """How fresh a dataset was when somebody looked.

    Attributes:
        dataset: Its name.
        checked_at: When somebody looked.
        loaded_at: The newest row then; None when there was none or the check failed.
        age_hours: Age of the newest row.
        warn_after_hours: The promise: older than this is a warning.
        error_after_hours: Older than this is a breach.
        status: pass, warn, error: the source's own word.
    """

    dataset: str
    checked_at: datetime
    loaded_at: datetime | None = None
    age_hours: float | None = None
    warn_after_hours: float | None = None
    error_after_hours: float | None = None
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetTest(Observed):
    """One run of one test on a dataset.

    Attributes:
        dataset: Its name; empty when the source does not say.
        test: The test's name.
        run_at: When.
        status: pass, fail, error, warn: the source's own word.
        failures: Rows that failed.
    """

    dataset: str
    test: str
    run_at: datetime
    status: str
    failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricUse(Observed):
    """A dashboard, exposure, note or query that reads a metric or dataset.

    Attributes:
        user: What reads it: the dashboard or exposure.
        kind: dashboard, notebook, query, note, recheck: the source's own word.
        reads: Name of the metric or dataset.
        owner: Who keeps the reader, as written.
        used_at: When; None when the source lists the use without a date.
        person: Who used it, if the source says.
        minutes: Time it took, if the source says.
    """

    user: str
    kind: str
    reads: str
    owner: str = ""
    used_at: datetime | None = None
    person: str = ""
    minutes: float | None = None
