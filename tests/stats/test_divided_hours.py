"""Hours divided by purpose: each source of doubt widens the interval that it should."""

from __future__ import annotations

import numpy as np
import pytest

from prodops.stats.divided_hours import Confusions, Found, Spent, Titles, shares

SURELY = np.diag([1000.0, 1000.0, 1000.0, 1000.0])
ROUGHLY = 20 * np.array([[14.0, 3, 2, 1], [2, 14, 3, 1], [2, 3, 14, 1], [1, 1, 1, 17]])
LEAVES = (np.eye(2) * 1000,) * 3
NAMES = (("A1", "A2"), ("B1", "B2"), ("C1", "C2"))


def divided(
    by_person: list[list[float]],
    *,
    groups: np.ndarray[tuple[int, int], np.dtype[np.float64]] = SURELY,
    titles: int = 500,
    sure: float = 0.999_999,
    dark: float = 0.0,
    weeks: int = 4,
) -> Found:
    """Shares where each person has these hours of readings A, B, C, X? and X in every week."""
    hours = np.repeat(np.array(by_person)[:, None, :, None], weeks, axis=1)
    present = np.ones(hours.shape[:2], dtype=bool)
    spent = Spent(
        hours=hours, sure=np.array([sure]), met=np.array([True]),
        dark_hours=np.full(hours.shape[:2], dark), present=present,
    )  # fmt: skip
    readings = np.repeat(np.arange(4), titles)
    each = hours.sum(axis=(0, 1, 3))[readings] / titles * sure
    kept = each > 0
    read = Titles(
        hours=each[kept], reading=readings[kept],
        best=np.zeros((int(kept.sum()), 3), dtype=np.int64),
    )  # fmt: skip
    return shares(spent, read, Confusions(groups=groups, leaves=LEAVES, names=NAMES))


def width(share: tuple[float, float, float]) -> float:
    return share[2] - share[1]


ALIKE = [[10.0, 20.0, 10.0, 0.0, 0.0]] * 8


def test_what_is_sure_of_everything_has_no_width() -> None:
    found = divided(ALIKE)
    for purpose, share in {"A": 0.25, "B": 0.5, "C": 0.25, "X": 0.0}.items():
        assert found[purpose][0] == pytest.approx(share, abs=1e-3)
        assert width(found[purpose]) < 0.02
    assert found["met"] == pytest.approx((40, 40, 40), abs=0.01)


def test_people_who_differ_widen_it() -> None:
    differ = [[20.0 * (i % 2), 20.0, 20.0 * (1 - i % 2), 0.0, 0.0] for i in range(8)]
    assert width(divided(differ)["A"]) > 0.1


def test_one_person_in_one_week_is_not_resampled() -> None:
    assert width(divided([[10.0, 20.0, 10.0, 0.0, 0.0]], weeks=1)["A"]) < 0.02


def test_a_classifier_that_errs_widens_it_and_is_corrected() -> None:
    shown = 40 * np.array([0.25, 0.5, 0.25, 0.0]) @ (ROUGHLY / 400)
    found = divided([[*shown, 0.0]] * 8, groups=ROUGHLY)
    assert found["B"][0] == pytest.approx(0.5, abs=0.05)
    assert width(found["B"]) > 0.1


def test_few_titles_widen_it() -> None:
    few, many = (divided(ALIKE, groups=ROUGHLY, titles=titles) for titles in (3, 500))
    assert width(few["B"]) > width(many["B"]) * 1.2


def test_doubtful_attendance_widens_hours_met_and_leaves_the_mean() -> None:
    found = divided(ALIKE, sure=0.7)
    assert found["met"][0] == pytest.approx(28)
    assert width(found["met"]) > 5


def test_titles_that_say_nothing_and_dark_hours_are_in_every_high_bound() -> None:
    found = divided([[10.0, 20.0, 10.0, 0.0, 5.0]] * 8, dark=5.0)
    assert found["X"][0] == pytest.approx(0.2, abs=1e-3)
    assert found["A"][1] == pytest.approx(0.2, abs=0.02)
    assert found["A"][2] == pytest.approx(0.4, abs=0.02)
    assert found["readable A"] == pytest.approx((0.25, 0.25, 0.25), abs=0.02)
    assert found["A2"][2] == pytest.approx(0.2, abs=0.02)


def test_an_hour_that_was_not_attended_is_dark() -> None:
    found = divided([[8.0, 8.0, 8.0, 0.0, 0.0]] * 8, sure=0.7, dark=40 - 0.7 * 24)
    assert found["X"][0] == pytest.approx(1 - 0.7 * 24 / 40, abs=1e-3)
    assert found["X"][1] < 0.55
    assert found["X"][2] > 0.62


def test_the_same_hours_give_the_same_answer() -> None:
    assert divided(ALIKE, groups=ROUGHLY) == divided(ALIKE, groups=ROUGHLY)
