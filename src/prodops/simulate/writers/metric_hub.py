"""The hub of metric definitions, as TOML: metrics/definitions/<team>.toml, and looker/ where some differ."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from prodops.simulate.definitions import description, differs_here, expression, title

if TYPE_CHECKING:
    from prodops.simulate.folder import Folder
    from prodops.simulate.metrics import Metric
    from prodops.simulate.world import World


def write(world: World, folder: Folder) -> None:
    """Write one file for each team that has metrics in the hub."""
    by_team: dict[int, list[Metric]] = defaultdict(list)
    second: dict[int, list[Metric]] = defaultdict(list)
    for metric in world.metrics.metrics:
        if metric.in_hub:
            by_team[metric.team].append(metric)
        if metric.conflicting and not differs_here(metric):
            second[metric.team].append(metric)
    for team, metrics in sorted(by_team.items()):
        key = world.roster.teams[team].key.replace("-", "_")
        folder.write(f"metrics/definitions/{key}.toml", _definitions(world, metrics))
    for team, metrics in sorted(second.items()):
        key = world.roster.teams[team].key.replace("-", "_")
        tables = [_metric(world, metric, second=True) for metric in metrics]
        folder.write(f"metrics/looker/{key}.toml", "\n".join(["[metrics]\n", *tables]))


def _definitions(world: World, metrics: list[Metric]) -> str:
    """The metrics of one team, and the sources they are computed from."""
    tables = [_metric(world, metric, second=False) for metric in metrics]
    sources = sorted({metric.source for metric in metrics})
    for number in sources:
        name = world.metrics.sources[number].name
        tables.append(
            f"[data_sources.{name}]\n"
            f'from_expression = "warehouse.product.{name}"\n'
            f'submission_date_column = "event_date"\n'
        )
    return "\n".join(["[metrics]\n", *tables])


def _metric(world: World, metric: Metric, *, second: bool) -> str:
    """One definition."""
    owner = f'owner = ["{world.roster.people[metric.owner].email}"]\n' if metric.owner >= 0 else ""
    return (
        f"[metrics.{metric.name}]\n"
        f'friendly_name = "{title(metric)}"\n'
        f'description = "{description(metric)}"\n'
        f"select_expression = '{expression(metric, second=second)}'\n"
        f'data_source = "{world.metrics.sources[metric.source].name}"\n'
        f"{owner}"
    )
