"""What vouches for an order of another tool: its hash and its seed, computed again."""

from __future__ import annotations

import hashlib
import json
import random
from typing import Any

import numpy as np
import pytest

from impact.panels import monday, panel
from prodops.impact.assignment import matched
from prodops.impact.order import Order, read_order
from prodops.impact.panel import Panel
from prodops.impact.witness import drawn_again, sealed_part

NAMES = [f"pm{place:02d}" for place in range(12)]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def shuffled(seed: int = 7) -> list[str]:
    names = NAMES.copy()
    random.Random(seed).shuffle(names)
    return names


@pytest.mark.parametrize(
    ("covered", "text"),
    [
        ("its content", json.dumps),
        ("its content", lambda bare: json.dumps(bare, sort_keys=True, indent=2)),
        (
            "its seed, names and starts",
            lambda bare: json.dumps({"seed": bare["seed"], "order": bare["order"]}),
        ),
        ("its names", lambda bare: json.dumps(bare["order"])),
        ("its names", lambda bare: f"{bare['seed']}:{','.join(bare['order'])}"),
        ("its names", lambda bare: "\n".join(bare["order"])),
        ("its names", lambda bare: f"{bare['seed']}{json.dumps(bare['order'])}"),
        ("", repr),
    ],
)
def test_the_usual_ways_to_seal_are_told_apart(covered: str, text: Any) -> None:
    names = shuffled()
    bare = {"seed": 7, "order": names, "note": "second quarter"}
    assert sealed_part({**bare, "sha256": digest(text(bare)).upper()}, names) == covered


def test_a_hash_over_other_names_is_no_seal() -> None:
    names = shuffled()
    told = digest(json.dumps(names))
    turned = [*names[1:], names[0]]
    assert sealed_part({"seed": 7, "order": turned, "hash": told}, turned) == ""
    assert sealed_part({"seed": 7, "order": names}, names) == ""


def places(seed: int) -> list[list[int]]:
    sampled = random.Random(seed).sample(range(12), 12)
    return [
        sampled,
        np.random.default_rng(seed).permutation(12).tolist(),
    ]


@pytest.mark.parametrize("seed", [0, 7, 20_261_123])
def test_orders_of_usual_shuffles_are_drawn_again(seed: int) -> None:
    for drawn in [shuffled(seed), *([NAMES[place] for place in order] for order in places(seed))]:
        waves = [(name,) for name in drawn]
        assert drawn_again({"seed": seed}, waves) is True
        assert drawn_again({"seed": seed + 1}, waves) is None


def test_no_order_is_drawn_again_by_chance_or_without_a_seed() -> None:
    assert drawn_again({"seed": 1}, [("a",), ("b",)]) is None
    assert drawn_again({"seed": 1}, [tuple(NAMES[:6]), tuple(NAMES[6:])]) is None
    assert drawn_again({"seed": "seven"}, [(name,) for name in NAMES]) is None
    assert drawn_again({}, [(name,) for name in NAMES]) is None


def followed(document: object) -> tuple[Order, Panel]:
    """The order in JSON, and a panel whose units start one after the other as it has them."""
    found, _ = panel(12)
    names = read_order(json.dumps(document)).names
    starts = {name: 14 + place if place < 9 else 1_000_000 for place, name in enumerate(names)}
    moved = np.array([starts[unit] for unit in found.units], np.intp)
    return read_order(json.dumps(document)), Panel(
        found.units, found.clusters, found.outcomes, found.seen, moved, found.first_week, found.scale
    )


@pytest.mark.parametrize(
    "document",
    [
        {"seed": 7, "order": shuffled()},
        {"seed": 7, "order": shuffled(), "starts": [*map(monday, range(14, 23)), None, None, None]},
        {"seed": 7, "order": shuffled(), "starts": list(range(12))},
        {"seed": 7, "waves": {str(place): [name] for place, name in enumerate(shuffled())}},
        {"seed": 7, "order": [{"pm": name} for name in shuffled()]},
        {"seed": 7, "starts": {name: str(place) for place, name in enumerate(shuffled())}},
    ],
)
def test_an_order_without_a_hash_that_its_seed_draws_again_has_no_fault(document: object) -> None:
    order, found = followed(document)
    assert (order.hashed, order.sealed, order.redrawn) == (False, False, True)
    assert matched(order, found).faults == ()


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (NAMES, "no hash"),
        ({"order": NAMES}, "no hash"),
        ({"seed": 7, "order": NAMES}, "no hash"),
        ({"seed": 7, "order": NAMES, "hash": "f" * 64}, "not that of its content"),
        ({"order": NAMES, "hash": digest(json.dumps(NAMES))}, "names no seed"),
    ],
)
def test_an_order_that_nothing_vouches_for_says_what_is_missing(document: object, says: str) -> None:
    order, found = followed(document)
    assert says in " ".join(matched(order, found).faults)


def test_an_order_without_starts_that_was_not_followed_is_seen() -> None:
    found, _ = panel(12)
    order = read_order(json.dumps({"seed": 7, "order": shuffled()}))
    assert "did not start one after the other" in " ".join(matched(order, found).faults)
