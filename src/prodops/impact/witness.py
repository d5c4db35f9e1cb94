"""What vouches for a rollout order: a hash over what was drawn, and a seed that draws it again.

Orders of other tools are sealed and drawn in other ways than ours. The usual ones are tried, and nothing is
believed that was not computed again.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final

import numpy as np

METHOD: Final = "sha256(seed:name)"
HASHES: Final = ("hash", "sha256", "digest", "order_hash", "order_sha256", "seal", "checksum")
FEWEST_NAMES_BY_CHANCE = 6
"""An order of fewer names is too easily hit by one of several ways to shuffle."""

Waves = Sequence[Sequence[str]]


def hash_told(document: Mapping[str, object]) -> str:
    """The hash that a document carries, in small letters without its prefix; empty for none."""
    told = next((document[key] for key in HASHES if document.get(key)), "")
    return str(told).strip().casefold().removeprefix("sha256:")


def sealed_part(document: Mapping[str, object], names: Sequence[str]) -> str:
    """What the hash of a document covers, in a phrase; empty where it is not that of its content.

    Args:
        document: The order as it was read.
        names: All names, in their order.
    """
    told = hash_told(document)
    if not told:
        return ""
    bare = {key: value for key, value in document.items() if key not in HASHES}
    if told in set(_of_json(bare)):
        return "its content"
    seeded = {key: value for key, value in bare.items() if key == "seed" or isinstance(value, list | dict)}
    if told in set(_of_json(seeded)):
        return "its seed, names and starts"
    return "its names" if told in set(_of_parts(bare, names)) else ""


def drawn_again(document: Mapping[str, object], waves: Waves) -> bool | None:
    """Whether the seed gives this order again; None where no known way does and none is named.

    By our own method the waves are compared; by a guessed shuffle of the sorted names the whole order is,
    so that no chance hit counts.
    """
    seed = document.get("seed")
    names = [name for wave in waves for name in wave]
    if seed is None or document.get("method") == METHOD:
        if seed is None:
            return None
        again = dealt(names, str(seed), [len(wave) for wave in waves])
        return all(set(drawn) == set(wave) for drawn, wave in zip(again, waves, strict=True))
    if len(names) < FEWEST_NAMES_BY_CHANCE or all(len(wave) > 1 for wave in waves):
        return None
    ours = [name for wave in dealt(names, str(seed), [len(names)]) for name in wave]
    return True if ours == names or names in list(_shuffles(sorted(names), seed)) else None


def dealt(names: Sequence[str], seed: str, counts: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Names by the SHA-256 of `seed:name`, dealt into waves of these sizes."""
    ranked = sorted(names, key=lambda name: (hashlib.sha256(f"{seed}:{name}".encode()).hexdigest(), name))
    first = 0
    for count in counts:
        yield tuple(ranked[first : first + count])
        first += count


def _of_json(value: object) -> Iterator[str]:
    """Hashes of a value in the usual ways to write JSON."""
    ways = product((True, False), ((",", ":"), (", ", ": "), (",", ": ")), (None, 1, 2, 4), (False, True))
    for keys, marks, indent, plain in ways:
        text = json.dumps(value, sort_keys=keys, separators=marks, indent=indent, ensure_ascii=plain)
        yield _digest(text)


def _of_parts(bare: Mapping[str, object], names: Sequence[str]) -> Iterator[str]:
    """Hashes of the names alone, or beside the seed, as a list or joined."""
    seed = bare.get("seed")
    for key, value in bare.items():
        if isinstance(value, list | dict):
            yield from _of_json(value)
            yield from _of_json({"seed": seed, key: value})
            yield from _of_json([seed, value])
            yield from (_digest(f"{seed}{mark}{json.dumps(value)}") for mark in ("", ":", "|", "\n"))
    for joint in (",", "\n", "|", ":", ";", " ", "", ", "):
        joined = joint.join(names)
        yield _digest(joined)
        yield from (_digest(f"{seed}{mark}{joined}") for mark in ("", ":", "|", ",", "\n", joint))
        yield from (_digest(f"{joined}{mark}{seed}") for mark in ("", ":", "|", ",", "\n", joint))


def _shuffles(names: list[str], seed: object) -> Iterator[list[str]]:
    """Sorted names in the order that the usual generators give them."""
    if not isinstance(seed, int) or not 0 <= seed < 2**32:
        return
    dice = random.Random(seed)  # noqa: S311 - somebody's own shuffle is drawn again; nothing secret
    shuffled = names.copy()
    dice.shuffle(shuffled)
    yield shuffled
    again = random.Random(seed)  # noqa: S311 - as above
    yield again.sample(names, len(names))
    yield [names[place] for place in np.random.default_rng(seed).permutation(len(names))]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
