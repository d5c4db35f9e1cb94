"""How metrics are written down: titles, expressions, and the second definition of those that conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prodops.simulate.metrics import Metric

FORMS = (
    ("COUNT(DISTINCT {column}_id)", "COUNT({column}_id)"),
    ("SUM({column}_count)", "SUM(CASE WHEN is_internal THEN 0 ELSE {column}_count END)"),
    ("APPROX_QUANTILES({column}_value, 2)[OFFSET(1)]", "AVG({column}_value)"),
)
"""Pairs of expressions that look alike and give different numbers."""


def title(metric: Metric) -> str:
    """The friendly name."""
    words = metric.name.replace("_", " ")
    return words[:1].upper() + words[1:]


def expression(metric: Metric, *, second: bool = False) -> str:
    """How a metric is computed; the second definition of a conflicting one differs."""
    return FORMS[metric.variant][second].format(column=metric.subject)


def differs_here(metric: Metric) -> bool:
    """Whether the second definition of a conflicting metric stands with the transformation tool.

    The others stand in the dashboards' folder of the hub.
    """
    return metric.conflicting and metric.in_hub and metric.index % 2 == 1


def description(metric: Metric) -> str:
    """What a metric says about itself."""
    return f"{title(metric)}, computed from the {metric.subject} column; internal accounts are left out."
