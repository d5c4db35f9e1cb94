"""The rollout order: drawn from a seed before the first week, sealed by a hash, verified, and drawn again.

Schema of an order (JSON): `kind` "prodops rollout order", `version` 1, `seed`, `drawn_at` (ISO 8601), `level`
("unit" or "cluster"), `method` ("sha256(seed:name)"), `waves` (a list; each has `starts`, a day or week, null
for those held back, and `names`), optionally `strata` (name -> stratum), and `hash`: SHA-256, hexadecimal, of
the document without `hash`, as UTF-8 JSON with sorted keys and no spaces. Orders of other tools may write the
names as `units`, `clusters` or `order`, waves as plain lists, and any usual spacing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import product
from typing import Final

from prodops.text.moments import MomentError, parse_moment

KIND: Final = "prodops rollout order"
METHOD: Final = "sha256(seed:name)"
NAMES = ("names", "units", "clusters", "members", "teams", "unit", "cluster", "name")
STARTS = ("starts", "start", "treated_from", "from", "date", "week", "starts_on")


class OrderError(ValueError):
    """A file that is no rollout order; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Order:
    """A rollout order as it was committed.

    Attributes:
        waves: Names in each wave, in the order of the waves.
        starts: The start of each wave as written; empty for those held back, None where nothing is said.
        seed: The seed, as written.
        drawn_at: When it was drawn; None where it does not say.
        sealed: Whether the hash is that of the content.
        redrawn: Whether the seed gives these waves again; None where another method was used.
        strata: Inside which names change places; empty for one.
        level: "unit", "cluster", or empty where the names must tell.
    """

    waves: tuple[tuple[str, ...], ...]
    starts: tuple[str | None, ...]
    seed: str
    drawn_at: datetime | None
    sealed: bool
    redrawn: bool | None
    strata: Mapping[str, str] = field(default_factory=dict)
    level: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All names, wave by wave."""
        return tuple(name for wave in self.waves for name in wave)


def draw_order(
    names: Sequence[str],
    starts: Sequence[str | None],
    *,
    seed: int,
    drawn_at: datetime,
    level: str = "unit",
    sizes: Sequence[int] = (),
) -> dict[str, object]:
    """Draw an order and seal it; anybody can draw it again with a pocket calculator for SHA-256.

    Names are sorted by the SHA-256 of `seed:name`, and the waves are filled in that order.

    Args:
        names: Units or clusters; each once.
        starts: The start of each wave, None for those held back.
        seed: The seed.
        drawn_at: The moment; the caller reads the clock.
        level: "unit" or "cluster".
        sizes: How many names each wave takes; alike, the first ones one more, when not given.

    Raises:
        OrderError: A name stands twice, or the sizes do not sum up.
    """
    share, more = divmod(len(names), max(1, len(starts)))
    counts = list(sizes) or [share + (place < more) for place in range(len(starts))]
    if len(set(names)) != len(names) or sum(counts) != len(names) or len(counts) != len(starts):
        raise OrderError("An order holds each name once, and its waves hold them all.")
    waves = [
        {"starts": start, "names": list(wave)}
        for start, wave in zip(starts, _dealt(names, str(seed), counts), strict=True)
    ]
    document: dict[str, object] = {
        "kind": KIND, "version": 1, "method": METHOD, "seed": seed, "level": level,
        "drawn_at": drawn_at.astimezone(UTC).isoformat(), "waves": waves,
    }  # fmt: skip
    return {**document, "hash": seal(document)}


def seal(document: Mapping[str, object]) -> str:
    """The hash of a document: SHA-256 of its canonical JSON without `hash`."""
    bare = {key: value for key, value in document.items() if key != "hash"}
    text = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def read_order(text: str) -> Order:
    """The order in a JSON text, its hash and its seed verified.

    Raises:
        OrderError: It is no JSON, or has no waves of names.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise OrderError("The order is no JSON.") from error
    if not isinstance(document, dict):
        raise OrderError("The order is no JSON object with seed, hash, drawn_at and waves.")
    waves, starts = _waves(document)
    names = [name for wave in waves for name in wave]
    if len(set(names)) != len(names):
        raise OrderError("A name stands in two places of the order.")
    strata = document.get("strata")
    level = document.get("level")
    return Order(
        waves, starts, str(document.get("seed", "")), _moment(document.get("drawn_at")), _sealed(document),
        _redrawn(document, waves),
        {str(key): str(value) for key, value in strata.items()} if isinstance(strata, dict) else {},
        level if level in ("unit", "cluster") else "",
    )  # fmt: skip


def _dealt(names: Sequence[str], seed: str, counts: Sequence[int]) -> Iterator[tuple[str, ...]]:
    ranked = sorted(names, key=lambda name: (hashlib.sha256(f"{seed}:{name}".encode()).hexdigest(), name))
    first = 0
    for count in counts:
        yield tuple(ranked[first : first + count])
        first += count


def _redrawn(document: Mapping[str, object], waves: tuple[tuple[str, ...], ...]) -> bool | None:
    if document.get("method") != METHOD:
        return None
    names = [name for wave in waves for name in wave]
    again = _dealt(names, str(document.get("seed")), [len(wave) for wave in waves])
    return all(set(drawn) == set(wave) for drawn, wave in zip(again, waves, strict=True))


def _waves(document: Mapping[str, object]) -> tuple[tuple[tuple[str, ...], ...], tuple[str | None, ...]]:
    given = next((document[key] for key in ("waves", "order", "rollout") if document.get(key)), None)
    if not isinstance(given, list):
        raise OrderError("The order has no list `waves`: each with `starts` and `names`.")
    waves, starts = [], []
    for wave in given:
        names, start = _wave(wave)
        waves.append(names)
        starts.append(start)
    for key in ("never", "held_back", "control", "controls"):
        rest = document.get(key)
        if isinstance(rest, list) and rest:
            waves.append(tuple(str(name).strip() for name in rest))
            starts.append("")
    return tuple(waves), tuple(starts)


def _wave(wave: object) -> tuple[tuple[str, ...], str | None]:
    if isinstance(wave, str):
        return (wave.strip(),), None
    if isinstance(wave, list):
        return tuple(str(name).strip() for name in wave), None
    if not isinstance(wave, dict):
        raise OrderError("A wave of the order is neither an object nor a list of names.")
    names: object = next((wave[key] for key in NAMES if wave.get(key)), [])
    told = tuple(str(name).strip() for name in (names if isinstance(names, list) else [names]))
    known = [wave[key] for key in STARTS if key in wave]
    if not known:
        return told, None
    return told, "" if known[0] is None else str(known[0])


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    try:
        return parse_moment(value, tz=UTC)
    except MomentError:
        return None


def _sealed(document: Mapping[str, object]) -> bool:
    """Whether the hash is that of the content, in one of the usual ways to write JSON."""
    told = document.get("hash")
    if not isinstance(told, str):
        return False
    bare = {key: value for key, value in document.items() if key != "hash"}
    ways = product((True, False), ((",", ":"), (", ", ": ")), (False, True))
    return told.strip().casefold().removeprefix("sha256:") in {
        hashlib.sha256(
            json.dumps(bare, sort_keys=keys, separators=marks, ensure_ascii=plain).encode(errors="replace")
        ).hexdigest()
        for keys, marks, plain in ways
    }
