"""Rules 3 and 8: a name says what a thing is, and in which unit it is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

from house.tree import PILLARS, House, Plant, holds
from prodops.ledger.record import Record
from prodops.ledger.schema import record_types

ATTICS = re.compile(
    r"(^|_)(utils?|helpers?|managers?|services?|handlers?|misc)$|^(common|core|base|lib|shared)$"
)
"""Names under which anything can be put, and so everything is."""

ROWS_WITH_PILLARS = ("measures", "checks", "actions")

UNITS = (
    "hours", "minutes", "seconds", "days", "weeks", "months", "share", "probability", "count", "words",
    "percent", "bytes", "usd", "eur", "gbp", "tokens", "people", "seats", "rows", "lines",
    "points", "number",
)  # fmt: skip
"""A `number` is one whose unit the words beside it say: what a decision predicts may be anything."""

COUNTED_BY_NAME = {"position", "failures", "words", "seats_paid", "seats_used", "minutes_present", "year"}
"""Fields whose name already says what is counted."""

QUANTITIES = re.compile(
    r"(^|_)(duration|age|cost|price|amount|spend|fee|length|size|latency|effort|delay|budget|money)$"
)
"""Names of quantities that mean nothing without a unit or a currency."""


def attics(house: House) -> Iterator[str]:
    for path in [*house.python("src", "tests", "bench"), *house.files(".sql", "src")]:
        parts = path.relative_to(house.root).with_suffix("").parts
        for part in parts:
            if ATTICS.search(part):
                yield f"{house.name(path)} is named {part}"


def strange_pillars(house: House) -> Iterator[str]:
    for room in ROWS_WITH_PILLARS:
        for folder in sorted((house.package / room).glob("*/")):
            if folder.name not in PILLARS and folder.name != "__pycache__":
                yield f"{house.name(folder)} is not one of {', '.join(PILLARS)}"


def untyped_quantities(house: House) -> Iterator[str]:
    """Parameters, fields and constants that are named for a quantity and not for its unit."""
    annotated = re.compile(r"^\s*(\w+): (?:int|float)\b", re.MULTILINE)
    for path in house.python("src"):
        text = path.read_text(encoding="utf-8")
        for found in annotated.finditer(text):
            if QUANTITIES.search(found.group(1)):
                line = text.count("\n", 0, found.start(1)) + 1
                yield f"{house.name(path)}:{line} {found.group(1)}"


def unitless_fields(kinds: tuple[type[Record], ...]) -> Iterator[str]:
    for kind in kinds:
        for field in fields(kind):
            if not re.search(r"\b(int|float)\b", str(field.type)) or field.name in COUNTED_BY_NAME:
                continue
            if not set(field.name.split("_")) & set(UNITS):
                yield f"{kind.__name__}.{field.name}"


def test_no_file_or_folder_is_an_attic(house: House) -> None:
    holds(
        "No file or folder is named utils, helpers, common, core, base, manager, service or handler.",
        attics(house),
        mend="name it for what it knows or does: a noun of the domain, or the verb.",
    )


def test_columns_always_have_the_same_names(house: House) -> None:
    holds(
        "The folders inside a row are pillars.",
        strange_pillars(house),
        mend="put the unit into the pillar whose question it answers.",
    )


def test_a_number_of_a_record_has_its_unit_in_its_name() -> None:
    holds(
        "A number of a record has its unit or its currency in its name.",
        unitless_fields(record_types()),
        mend=f"name it like `age_hours`, `seats_paid`, `stated_share`; units known here: {', '.join(UNITS)}.",
    )


def test_a_quantity_has_its_unit_in_its_name(house: House) -> None:
    holds(
        "A duration, a cost, an age or a size has its unit in its name.",
        untyped_quantities(house),
        mend="write `hours`, `days_used`, `cost_usd`, `age_hours`.",
    )


def test_these_rules_see_what_breaks_them(plant: Plant) -> None:
    house = plant(
        {
            "src/prodops/text/date_utils.py": "",
            "src/prodops/checks/people/x.py": "",
            "src/prodops/views/a.py": "def wait(delay: float, days: float):\n    cost: int = 1\n",
            "src/prodops/stats/base_rates.py": "",
        }
    )
    assert ["src/prodops/text/date_utils.py is named date_utils"] == list(attics(house))
    assert len(list(strange_pillars(house))) == 1
    assert ["src/prodops/views/a.py:2 cost"] == list(untyped_quantities(house))
