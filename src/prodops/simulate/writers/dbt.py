"""The transformation tool's artifacts: a manifest, and for every week freshness and test results."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from prodops.simulate.definitions import description, differs_here, expression, title
from prodops.simulate.dice import Dice, digest, falling
from prodops.simulate.period import iso, iso_day

if TYPE_CHECKING:
    from prodops.simulate.folder import Folder
    from prodops.simulate.metrics import Metric, Source
    from prodops.simulate.world import World

PROJECT = "warehouse"
Json = dict[str, object]
SCHEMAS = "https://schemas.getdbt.com/dbt"
BREACHES, BREACHES_STALE = 0.03, 0.55
"""How often a source breaks its promise on the day somebody looks."""

FAILS, FAILS_STALE = 0.02, 0.15
DASHBOARD_READS = 3
OWNED = 0.8
LOOKED_AT_MINUTE = 6 * 60


def write(world: World, folder: Folder) -> None:
    """Write the manifest of the last day, and what was checked on the Friday of every week."""
    dice = Dice(world.seed, "warehouse")
    folder.write("metrics/dbt/manifest.json", _pretty(_manifest(world, dice)))
    for week in range(world.period.weeks):
        friday = world.period.monday(week) + 4
        day = iso_day(friday)
        moment = world.period.utc(friday, LOOKED_AT_MINUTE)
        loads = [_load(source, moment, dice) for source in world.metrics.sources]
        tests = [_test(source, moment, dice) for source in world.metrics.sources]
        folder.write(f"metrics/dbt/{day}/sources.json", _pretty(_results("sources/v3", moment, loads)))
        folder.write(
            f"metrics/dbt/{day}/run_results.json", _pretty(_results("run-results/v6", moment, tests))
        )


def _pretty(document: Json) -> str:
    """JSON with one short indent, as the tool writes it."""
    return json.dumps(document, ensure_ascii=False, indent=1, separators=(",", ": ")) + "\n"


def _manifest(world: World, dice: Dice) -> Json:
    """Sources, one model above each, metrics that live here, and the dashboards."""
    own = [metric for metric in world.metrics.metrics if not metric.in_hub]
    again = [metric for metric in world.metrics.metrics if metric.in_hub and differs_here(metric)]
    return {
        "metadata": _metadata("manifest/v12", world.period.exported_at),
        "nodes": {f"model.{PROJECT}.{_model(s)}": _model_node(world, s) for s in world.metrics.sources},
        "sources": {
            f"source.{PROJECT}.product.{s.name}": _source_node(world, s) for s in world.metrics.sources
        },
        "metrics": {
            f"metric.{PROJECT}.{metric.name}": _metric_node(world, metric, second=metric.in_hub)
            for metric in sorted([*own, *again], key=lambda metric: metric.index)
        },
        "exposures": _exposures(world, dice),
    }


def _metadata(schema: str, moment: int) -> Json:
    """The head of an artifact."""
    return {
        "dbt_schema_version": f"{SCHEMAS}/{schema}.json",
        "dbt_version": "1.10.4",
        "generated_at": iso(moment),
        "invocation_id": digest(schema, moment, length=32),
        "project_name": PROJECT,
    }


def _model(source: Source) -> str:
    """The name of the model above a source."""
    return f"fct_{source.name}"


def _owner(world: World, person: int) -> Json:
    """The owner as the tool's free-form fields hold it; nothing when there is none."""
    return {"owner": world.roster.people[person].email} if person >= 0 else {}


def _model_node(world: World, source: Source) -> Json:
    """A model."""
    return {
        "resource_type": "model",
        "name": _model(source),
        "package_name": PROJECT,
        "description": f"Facts from {source.name}, one row an event.",
        "config": {"materialized": "incremental", "meta": _owner(world, source.owner)},
        "depends_on": {"nodes": [f"source.{PROJECT}.product.{source.name}"]},
    }


def _source_node(world: World, source: Source) -> Json:
    """A source with its promise."""
    return {
        "resource_type": "source",
        "source_name": "product",
        "name": source.name,
        "package_name": PROJECT,
        "loaded_at_field": "loaded_at",
        "freshness": _promise(source),
        "meta": _owner(world, source.owner),
    }


def _promise(source: Source) -> Json:
    """When a source counts as late, and when as broken."""
    return {
        "warn_after": {"count": source.warn_hours, "period": "hour"},
        "error_after": {"count": source.warn_hours * 2, "period": "hour"},
    }


def _metric_node(world: World, metric: Metric, *, second: bool) -> Json:
    """A metric; `second` chooses the other expression of one that the hub defines as well."""
    meta = _owner(world, metric.owner)
    if metric.target:
        meta["target"] = metric.target
    model = _model(world.metrics.sources[metric.source])
    return {
        "resource_type": "metric",
        "name": metric.name,
        "package_name": PROJECT,
        "label": title(metric),
        "description": description(metric),
        "type": "simple",
        "type_params": {"expr": expression(metric, second=second)},
        "config": {"meta": meta},
        "depends_on": {"nodes": [f"model.{PROJECT}.{model}"]},
    }


def _exposures(world: World, dice: Dice) -> Json:
    """The dashboards; each reads a few metrics or models."""
    read = [metric for metric in world.metrics.metrics if not metric.unused]
    popular = falling(len(read), slope=0.5)
    owners = (*world.roster.pms, *world.roster.groups["Data"])
    exposures: Json = {}
    for number in range(world.stage.dashboards):
        team = world.roster.teams[number % len(world.roster.teams)]
        name = f"{team.key.replace('-', '_')}_dashboard_{number // len(world.roster.teams) + 1}"
        chosen = {dice.weighted(popular) for _ in range(DASHBOARD_READS)}
        nodes = sorted(_reads(world, read[place]) for place in chosen)
        person = world.roster.people[dice.pick(owners)] if dice.chance(OWNED) else None
        exposures[f"exposure.{PROJECT}.{name}"] = {
            "resource_type": "exposure",
            "name": name,
            "label": f"{team.name} dashboard {number // len(world.roster.teams) + 1}",
            "type": "dashboard",
            "maturity": dice.pick(("high", "medium", "low")),
            "owner": {"name": person.name, "email": person.email} if person else {},
            "depends_on": {"nodes": nodes},
        }
    return exposures


def _reads(world: World, metric: Metric) -> str:
    """What a dashboard reads for a metric: the metric where the tool knows it, else the model below."""
    if not metric.in_hub:
        return f"metric.{PROJECT}.{metric.name}"
    return f"model.{PROJECT}.{_model(world.metrics.sources[metric.source])}"


def _results(schema: str, moment: int, results: list[Json]) -> Json:
    """The results of one run."""
    return {"metadata": _metadata(schema, moment), "results": results, "elapsed_time": 60.0}


def _load(source: Source, moment: int, dice: Dice) -> Json:
    """How fresh a source was."""
    promise = source.warn_hours * 60
    late = dice.chance(BREACHES_STALE if source.stale else BREACHES)
    age = int(
        dice.between(promise * 1.05, promise * 3) if late else dice.between(promise * 0.1, promise * 0.9)
    )
    status = "pass" if age <= promise else "warn" if age <= promise * 2 else "error"
    return {
        "unique_id": f"source.{PROJECT}.product.{source.name}",
        "max_loaded_at": iso(moment - age),
        "snapshotted_at": iso(moment),
        "max_loaded_at_time_ago_in_s": float(age * 60),
        "status": status,
        "criteria": _promise(source),
    }


def _test(source: Source, moment: int, dice: Dice) -> Json:
    """One run of one test."""
    failed = dice.chance(FAILS_STALE if source.stale else FAILS)
    name = f"not_null_{_model(source)}_event_id.{digest(source.name, length=10)}"
    return {
        "unique_id": f"test.{PROJECT}.{name}",
        "status": "fail" if failed else "pass",
        "failures": dice.whole(1, 400) if failed else 0,
        "execution_time": 1.5,
        "timing": [{"name": "execute", "started_at": iso(moment), "completed_at": iso(moment + 1)}],
    }
