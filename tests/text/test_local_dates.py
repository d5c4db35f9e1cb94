"""The order of day and month in one table, and months in other languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from prodops.text.local_dates import day_comes_first, in_plain_order, is_ambiguous
from prodops.text.moments import parse_moment


def test_one_date_that_can_be_read_one_way_decides_for_the_table() -> None:
    assert day_comes_first(["01/02/2024", "31/12/2024 10:00"]) is True
    assert day_comes_first(["01/02/2024", "12/31/2024", "", "2024-01-01"]) is False


def test_a_table_that_does_not_decide_or_contradicts_itself_says_so() -> None:
    assert day_comes_first(["01/02/2024", "03/04/2024"]) is None
    assert day_comes_first(["31/12/2024", "12/31/2024"]) is None
    assert day_comes_first([]) is None


@pytest.mark.parametrize(
    ("text", "day_first", "moment"),
    [
        ("06/03/2024 10:00", True, datetime(2024, 3, 6, 10, tzinfo=UTC)),
        ("06/03/2024 10:00", False, datetime(2024, 6, 3, 10, tzinfo=UTC)),
        ("06-03-24", True, datetime(2024, 3, 6, tzinfo=UTC)),
        ("6/3/24 2:05 PM", True, datetime(2024, 3, 6, 14, 5, tzinfo=UTC)),
        ("03/Mär/24 9:05 AM", None, datetime(2024, 3, 3, 9, 5, tzinfo=UTC)),
        ("3 août 2024", None, datetime(2024, 8, 3, tzinfo=UTC)),
        ("03/dez./24 9:05", True, datetime(2024, 12, 3, 9, 5, tzinfo=UTC)),
        ("03/Sep/26 9:05 AM", True, datetime(2026, 9, 3, 9, 5, tzinfo=UTC)),
        ("2024-03-06T10:00:00Z", True, datetime(2024, 3, 6, 10, tzinfo=UTC)),
    ],
)
def test_a_date_in_plain_order_means_what_its_table_means(
    text: str,
    day_first: bool | None,  # noqa: FBT001 - pytest gives it by name
    moment: datetime,
) -> None:
    assert parse_moment(in_plain_order(text, day_first=day_first), tz=UTC) == moment


def test_a_date_is_ambiguous_when_both_numbers_could_be_the_day() -> None:
    assert is_ambiguous("06/03/2024 10:00")
    for clear in ("06/06/2024", "13/06/2024", "06/13/2024", "2024-06-03", "3 Jun 2024", "", "6/3"):
        assert not is_ambiguous(clear), clear
