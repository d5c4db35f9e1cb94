"""What an action takes that no person writes: it follows from what they wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

from prodops.actions.deed import name_of_deed
from prodops.connectors.feedback_table.columns import SETTINGS, header_key
from prodops.connectors.feedback_table.names import FIELDS


def worked_out(unit: ModuleType, values: Mapping[str, object]) -> dict[str, object]:
    """What follows for an action from what was written.

    Args:
        unit: The action's module.
        values: What was written, by field.
    """
    names = unit.DEED.given
    return _BY_ACTION[name_of_deed(unit)](values) if names else {}


def _of_columns(values: Mapping[str, object]) -> dict[str, object]:
    header = values["header"]
    told = [str(one) for one in header] if isinstance(header, (list, tuple)) else []
    return {"header_key": header_key(told), "fields": FIELDS, "settings": SETTINGS}


_BY_ACTION: dict[str, Callable[[Mapping[str, object]], dict[str, object]]] = {"map_columns": _of_columns}
