"""Metrics that are defined more than once under one name by different expressions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View

_QUOTED = re.compile(r"('(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.)*\")")
_TIGHT = re.compile(r"\s*([(),=<>+\-*/;])\s*")


def _rows(ledger: Ledger) -> Iterable[tuple[object, ...]]:
    by_name: dict[str, list[_Definition]] = defaultdict(list)
    for registry, name, product, expression, definition in ledger.sql(_SQL):
        by_name[name].append(_Definition(registry, product, plain_expression(expression), definition))
    for name, group in sorted(by_name.items()):
        counted = Counter(one.expression for one in group)
        if len(counted) > 1:
            order = sorted(counted, key=lambda one: (-counted[one], one))
            for one in group:
                yield (
                    name, one.registry, one.product, one.definition,
                    order.index(one.expression) + 1, len(order), _reach(group),
                )  # fmt: skip


METRIC_CONFLICTS = View(
    name="metric_conflicts",
    columns=(
        ("name", "VARCHAR"), ("registry", "VARCHAR"), ("product", "VARCHAR"), ("definition", "VARCHAR"),
        ("variant", "BIGINT"), ("variants", "BIGINT"), ("reach", "VARCHAR"),
    ),
    rows=_rows,
)  # fmt: skip
"""Columns: name, registry, product, definition (its record), variant (1 is the most frequent expression),
variants (how many different expressions the name has), reach (`inside one product`, `across registries`,
`across products`: the nearest that two contradicting definitions come).
One row a definition of a name with at least two expressions that differ in more than case and spaces. The
same name in two products may differ on purpose; inside one product it can hardly."""


class _Definition(NamedTuple):
    registry: str
    product: str
    expression: str
    definition: str


def _reach(group: list[_Definition]) -> str:
    places = [(one.registry, one.product) for one in group]
    if any(
        places[i] == places[j] and group[i].expression != group[j].expression
        for i in range(len(group))
        for j in range(i)
    ):
        return "inside one product"
    return "across registries" if len({registry for registry, _ in places}) > 1 else "across products"


_SQL = """
select registry, name, product, expression, id
from metric_definition
where expression <> ''
order by name, id
"""


def plain_expression(expression: str) -> str:
    """The expression without what cannot change its value: spaces, and case outside quotes."""
    parts = _QUOTED.split(expression.strip().rstrip(";"))
    plain = [
        part if i % 2 else _TIGHT.sub(r"\1", " ".join(part.casefold().split()))
        for i, part in enumerate(parts)
    ]
    return "".join(plain)
