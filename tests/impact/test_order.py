from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from impact.panels import alone, drawn_starts, monday, panel, rows
from prodops.impact.assignment import matched, redrawn
from prodops.impact.order import Order, OrderError, draw_order, read_order, seal
from prodops.impact.panel import read_panel

NAMES = [f"pm{place:02d}" for place in range(12)]


def document(**changes: object) -> dict[str, Any]:
    drawn = draw_order(
        NAMES, [monday(16), monday(21), None], seed=5, drawn_at=datetime(2024, 12, 20, tzinfo=UTC)
    )
    changed = {**drawn, **changes}
    return changed if "hash" in changes else {**changed, "hash": seal(changed)}


def test_a_drawn_order_is_sealed_and_can_be_drawn_again() -> None:
    order = read_order(json.dumps(document()))
    assert (order.sealed, order.redrawn, order.seed) == (True, True, "5")
    assert [len(wave) for wave in order.waves] == [4, 4, 4]
    assert sorted(order.names) == NAMES
    assert order.drawn_at == datetime(2024, 12, 20, tzinfo=UTC)


def test_the_first_wave_holds_the_least_hashes() -> None:
    ranked = sorted(NAMES, key=lambda name: hashlib.sha256(f"5:{name}".encode()).hexdigest())
    assert read_order(json.dumps(document())).waves[0] == tuple(ranked[:4])


def test_another_seed_gives_another_order() -> None:
    orders = {
        json.dumps(
            draw_order(NAMES, ["1", "2"], seed=seed, drawn_at=datetime(2024, 1, 1, tzinfo=UTC))["waves"]
        )
        for seed in range(5)
    }
    assert len(orders) == 5


@pytest.mark.parametrize(
    "change", [{"seed": 6}, {"drawn_at": "2026-01-01T00:00:00+00:00"}, {"level": "cluster"}, {"note": "x"}]
)
def test_any_edit_breaks_the_seal(change: dict[str, object]) -> None:
    assert not read_order(json.dumps({**document(), **change})).sealed


def test_waves_that_the_seed_does_not_give_are_seen_even_when_sealed_anew() -> None:
    waves = document()["waves"]
    waves[0]["names"][0], waves[1]["names"][0] = waves[1]["names"][0], waves[0]["names"][0]
    order = read_order(json.dumps(document(waves=waves)))
    assert (order.sealed, order.redrawn) == (True, False)


def test_orders_of_other_tools_are_read_in_their_usual_shapes() -> None:
    bare = {"seed": "x", "drawn_at": 1734652800, "waves": [["a", "b"], ["c"]], "held_back": ["d"]}
    spaced = json.dumps(bare, sort_keys=True)
    order = read_order(json.dumps({**bare, "hash": "sha256:" + hashlib.sha256(spaced.encode()).hexdigest()}))
    assert order.waves == (("a", "b"), ("c",), ("d",))
    assert order.starts == (None, None, "")
    assert (order.sealed, order.redrawn) == (True, None)
    by_unit = read_order(
        json.dumps({"order": ["a", {"unit": "b", "start": "2026-01-05"}, {"cluster": "c", "week": None}]})
    )
    assert by_unit.waves == (("a",), ("b",), ("c",))
    assert by_unit.starts == (None, "2026-01-05", "")
    assert not by_unit.sealed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[1",
        "[]",
        "{}",
        '{"waves": 3}',
        '{"waves": [null]}',
        '{"waves": [[]]}',
        '{"waves": [[["a"]]]}',
        '{"waves": [["a"], ["a"]]}',
        "[" * 100_000,
    ],
)
def test_what_is_no_order_is_refused(text: str) -> None:
    with pytest.raises(OrderError):
        read_order(text)


def test_an_order_that_does_not_hold_its_names_once_is_not_drawn() -> None:
    at = datetime(2024, 1, 1, tzinfo=UTC)
    with pytest.raises(OrderError):
        draw_order(["a", "a"], ["1"], seed=1, drawn_at=at)
    with pytest.raises(OrderError):
        draw_order(["a", "b"], ["1", "2"], seed=1, drawn_at=at, sizes=[2, 1])
    assert (
        len(
            read_order(
                json.dumps(draw_order(["a", "b", "c"], ["1", None], seed=1, drawn_at=at, sizes=[1, 2]))
            ).waves[1]
        )
        == 2
    )


def test_an_order_that_was_followed_has_no_fault() -> None:
    found, order = panel(12)
    assignment = matched(order, found)
    assert assignment.faults == ()
    assert assignment.before_first_week


def faults(order: Order, units: int = 12) -> str:
    return " ".join(matched(order, panel(units)[0]).faults)


def test_each_fault_of_an_order_is_told() -> None:
    _, text = drawn_starts(12)
    good = json.loads(text)
    assert "hash" in faults(read_order(json.dumps({**good, "hash": "0"})))
    late = {**good, "drawn_at": "2025-09-01T00:00:00+00:00"}
    assert "after the first unit" in faults(read_order(json.dumps({**late, "hash": seal(late)})))
    seedless = {key: value for key, value in good.items() if key not in ("seed", "method")}
    assert "no seed" in faults(read_order(json.dumps({**seedless, "hash": seal(seedless)})))
    assert "does not give" in faults(read_order(json.dumps({**good, "seed": 99})))
    assert "not in the order" in faults(read_order(text), units=15)
    few = draw_order(NAMES[:5], [monday(16), None], seed=1, drawn_at=datetime(2024, 1, 1, tzinfo=UTC))
    assert "5 names" in faults(read_order(json.dumps(few)), units=5)
    six = draw_order(NAMES[:6], [monday(16), None], seed=1, drawn_at=datetime(2024, 1, 1, tzinfo=UTC))
    assert "Only 20 orders" in faults(read_order(json.dumps(six)), units=6)
    assert "did not start when" in faults(read_order(json.dumps(six)), units=6)
    unreadable = {**good, "waves": [{**wave, "starts": "soon"} for wave in good["waves"]]}
    assert "did not start when" in faults(read_order(json.dumps({**unreadable, "hash": seal(unreadable)})))


def test_starts_that_the_order_does_not_name_are_those_of_most_of_a_wave() -> None:
    found, order = panel(12)
    silent = Order(order.waves, (None,) * 5, "7", order.drawn_at, sealed=True, redrawn=True)
    assert matched(silent, found).faults == ()


def test_every_order_is_listed_where_they_are_few_and_never_the_committed_one() -> None:
    starts, _ = drawn_starts(6, starts=(16, 21, None))
    found = read_panel(alone(one) for one in rows(starts, effect=0))
    waves = tuple(tuple(name for name, start in starts.items() if start == wave) for wave in (16, 21, None))
    order = Order(waves, (monday(16), monday(21), ""), "7", None, sealed=True, redrawn=None)
    assignment = matched(order, found)
    others = redrawn(assignment, draws=399, seed=1)
    assert (assignment.orders, len(others)) == (90, 89)
    assert len({tuple(one) for one in others.tolist()} - {tuple(found.starts.tolist())}) == 89
    assert assignment.before_first_week is None


def test_names_change_places_inside_their_stratum_only() -> None:
    found, order = panel(15)
    strata = {name: "north" if place % 2 else "south" for place, name in enumerate(order.names)}
    split = Order(
        order.waves, order.starts, order.seed, order.drawn_at, sealed=True, redrawn=True, strata=strata
    )
    others = redrawn(matched(split, found), draws=50, seed=1)
    north = np.array([strata[unit] == "north" for unit in found.units])
    assert all(sorted(one[north]) == sorted(found.starts[north]) for one in others)
    assert len({tuple(one) for one in others.tolist()}) > 10


def test_teams_are_drawn_as_teams() -> None:
    starts, text = drawn_starts(10)
    teams = [
        type(one)(one.line, f"{one.unit}-{twin}", one.unit, one.week, one.outcome, one.treated_from)
        for one in rows(starts, effect=0)
        for twin in (1, 2)
    ]
    found = read_panel(teams)
    drawn = json.loads(text)
    del drawn["level"]
    assignment = matched(read_order(json.dumps({**drawn, "hash": seal(drawn)})), found)
    assert assignment.faults == ()
    others = redrawn(assignment, draws=5, seed=1)
    assert (others[:, ::2] == others[:, 1::2]).all()


@pytest.mark.parametrize(
    ("document", "waves", "starts"),
    [
        (["a", "b"], (("a",), ("b",)), (None, None)),
        ({"people": ["a", "b"]}, (("a",), ("b",)), (None, None)),
        ({"order": [3, 1]}, (("3",), ("1",)), (None, None)),
        ({"rollout": {"seed": 1, "order": ["a"]}}, (("a",),), (None,)),
        ({"order": ["a", "b"], "starts": ["2026-01-05", None]}, (("a",), ("b",)), ("2026-01-05", "")),
        ({"order": ["b", "a"], "dates": {"a": "2026-W02", "b": ""}}, (("b",), ("a",)), ("", "2026-W02")),
        ({"starts": {"b": "2026-01-05", "a": None}}, (("b",), ("a",)), ("2026-01-05", "")),
        ({"waves": {"a": 2, "b": 1, "c": None}}, (("b",), ("a",), ("c",)), ("1", "2", "")),
        ({"waves": {"1": ["a"], "2": ["b"], "control": ["c"]}}, (("a",), ("b",), ("c",)), (None, None, "")),
        ({"waves": {"2026-01-05": ["a", "b"]}}, (("a", "b"),), ("2026-01-05",)),
        ({"waves": {"first": {"pms": ["a"], "week": 3}}}, (("a",),), ("3",)),
    ],
)
def test_orders_in_other_shapes_mean_what_they_say(
    document: object, waves: tuple[tuple[str, ...], ...], starts: tuple[str | None, ...]
) -> None:
    order = read_order(json.dumps(document))
    assert (order.waves, order.starts) == (waves, starts)
    assert not order.sealed


@pytest.mark.parametrize(
    ("told", "drawn"),
    [("2025-01-01", datetime(2025, 1, 1, tzinfo=UTC)), ("soon", None), (True, None), ([1], None)],
)
def test_the_moment_an_order_was_drawn_is_read_or_not_known(told: object, drawn: datetime | None) -> None:
    assert read_order(json.dumps({"order": ["a"], "committed_at": told})).drawn_at == drawn


def test_a_mapping_of_names_to_the_numbers_of_their_waves_is_followed_by_number() -> None:
    found, order = panel(12)
    numbers = {name: place for place, wave in enumerate(order.waves) for name in wave}
    document = {"seed": 7, "waves": {name: numbers[name] for name in sorted(numbers)}}
    sealed = {**document, "hash": seal(document)}
    assert matched(read_order(json.dumps(sealed)), found).faults == ()
