"""The day in a file's name."""

from __future__ import annotations

from datetime import date

import pytest

from prodops.text.dated_names import day_in_name


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("sigs-2018-01.yaml", date(2018, 1, 1)),
        ("sigs-2024-02-29.yaml", date(2024, 2, 29)),
        ("export_20240131.csv", date(2024, 1, 31)),
        ("export_202401.csv", date(2024, 1, 1)),
        ("2021.03.05/team.yaml", date(2021, 3, 5)),
        ("2020-01/2021-02/team.yaml", date(2021, 2, 1)),
        ("2020-01/sigs-2022-03.yaml", date(2022, 3, 1)),
    ],
)
def test_a_date_in_the_name_or_its_folders_is_the_day(name: str, day: date) -> None:
    assert day_in_name(name) == day


@pytest.mark.parametrize(
    "name", ["sigs.yaml", "sigs-2021.yaml", "2019-02-31.yaml", "1704469565198.toml", "v20.1.3"]
)
def test_a_name_without_a_real_date_has_no_day(name: str) -> None:
    assert day_in_name(name) is None
