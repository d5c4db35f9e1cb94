"""The rollout order: drawn from a seed before the first week, sealed by a hash, verified, and drawn again.

Schema of an order (JSON): `kind` "prodops rollout order", `version` 1, `seed`, `drawn_at` (ISO 8601), `level`
("unit" or "cluster"), `method` ("sha256(seed:name)"), `waves` (a list; each has `starts`, a day or week, null
for those held back, and `names`), optionally `strata` (name -> stratum), and `hash`: SHA-256, hexadecimal, of
the document without `hash`, as UTF-8 JSON with sorted keys and no spaces. Orders of other tools may be a
plain list of names in their order, write names as `units` or `order`, waves as plain lists, starts in a list
or mapping beside them, and be sealed in other usual ways (`prodops.impact.witness`).
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from prodops.impact.witness import METHOD, dealt, drawn_again, hash_told, sealed_part
from prodops.text.moments import MomentError, parse_day, parse_moment

KIND: Final = "prodops rollout order"
WAVES = ("waves", "order", "rollout", "randomised_order", "randomized_order", "sequence", "units")
NAMES = ("names", "units", "clusters", "members", "teams", "pms", "unit", "cluster", "team", "pm", "name")
STARTS = ("starts", "start", "treated_from", "from", "date", "dates", "week", "weeks", "starts_on")
HELD_BACK = ("never", "held_back", "control", "controls")
DRAWN = ("drawn_at", "drawn_on", "committed_at", "created_at", "sealed_at", "registered_at", "drawn")


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
        seal_of: What the hash covers, in a phrase, where it is sealed.
        hashed: Whether it carries a hash at all.
    """

    waves: tuple[tuple[str, ...], ...]
    starts: tuple[str | None, ...]
    seed: str
    drawn_at: datetime | None
    sealed: bool
    redrawn: bool | None
    strata: Mapping[str, str] = field(default_factory=dict)
    level: str = ""
    seal_of: str = "its content"
    hashed: bool = True

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
        for start, wave in zip(starts, dealt(names, str(seed), counts), strict=True)
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
    if isinstance(document, list):
        document = {"waves": document}
    inner = document.get("rollout") if isinstance(document, dict) else None
    if isinstance(inner, dict) and any(key in inner for key in WAVES):
        document = {**document, **inner}
    if not isinstance(document, dict):
        raise OrderError("The order is no JSON object with seed, hash, drawn_at and waves.")
    waves, starts = _waves(document)
    names = [name for wave in waves for name in wave]
    if not names:
        raise OrderError("The order holds no name.")
    if len(set(names)) != len(names):
        raise OrderError("A name stands in two places of the order.")
    strata = document.get("strata")
    level, seed = document.get("level"), document.get("seed")
    part = sealed_part(document, names)
    return Order(
        waves, starts, "" if seed is None else str(seed), _drawn_at(document), bool(part),
        drawn_again(document, waves),
        {str(key): str(value) for key, value in strata.items()} if isinstance(strata, dict) else {},
        level if level in ("unit", "cluster") else "", part, bool(hash_told(document)),
    )  # fmt: skip


def _waves(document: Mapping[str, object]) -> tuple[tuple[tuple[str, ...], ...], tuple[str | None, ...]]:
    told = next((document[key] for key in STARTS if document.get(key)), None)
    read = [_wave(wave) for wave in _given(document, told)]
    waves, starts = [names for names, _ in read], _beside([start for _, start in read], waves=read, told=told)
    for key in HELD_BACK:
        rest = document.get(key)
        if isinstance(rest, list) and rest:
            waves.append(tuple(str(name).strip() for name in rest))
            starts.append("")
    return tuple(waves), tuple(starts)


def _given(document: Mapping[str, object], told: object) -> list[object]:
    """The waves as they were written, in a list."""
    given = next((document[key] for key in WAVES if document.get(key)), None)
    if given is None and isinstance(told, dict):
        given = told
    if given is None:
        given = next((value for value in document.values() if isinstance(value, list) and value), None)
    if isinstance(given, dict):
        given = _ranked([_keyed(key, value) for key, value in given.items()])
    if not isinstance(given, list):
        raise OrderError("The order has no list `waves`: each with `starts` and `names`.")
    return given


def _keyed(key: str, value: object) -> object:
    """A wave written as `"1": [names]` or `"2026-03-02": [names]`, or a name as `"ann": "2026-03-02"`."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, list):
        return {"name": key, "starts": value}
    if key.casefold() in HELD_BACK:
        return {"names": value, "starts": None}
    return {"names": value, "starts": key} if _is_day(key) else value


def _is_day(text: str) -> bool:
    try:
        parse_day(text)
    except MomentError:
        return False
    return True


def _ranked(waves: list[object]) -> list[object]:
    """Names that are each given the number of their wave, in the order of these numbers."""
    numbers = [wave.get("starts") if isinstance(wave, dict) else "" for wave in waves]
    if not all(number is None or (isinstance(number, int | float)) for number in numbers):
        return waves
    places = [math.inf if number is None else float(str(number)) for number in numbers]
    return [waves[place] for place in sorted(range(len(waves)), key=lambda place: places[place])]


def _beside(
    starts: list[str | None], *, waves: list[tuple[tuple[str, ...], str | None]], told: object
) -> list[str | None]:
    """The start of each wave, where starts stand in a list or a mapping of their own."""
    if isinstance(told, list) and len(told) == len(waves):
        return [known if known is not None else _start(one) for known, one in zip(starts, told, strict=True)]
    if not isinstance(told, dict):
        return starts
    return [
        _start(told[names[0]]) if known is None and len(names) == 1 and names[0] in told else known
        for names, known in waves
    ]


def _wave(wave: object) -> tuple[tuple[str, ...], str | None]:
    if isinstance(wave, str | int):
        return (str(wave).strip(),), None
    if isinstance(wave, list):
        return tuple(_name(name) for name in wave), None
    if not isinstance(wave, dict):
        raise OrderError("A wave of the order is neither an object nor a list of names.")
    lists = [value for value in wave.values() if isinstance(value, list)]
    names: object = next((wave[key] for key in NAMES if wave.get(key)), lists[0] if lists else [])
    told = tuple(_name(name) for name in (names if isinstance(names, list) else [names]))
    known = [wave[key] for key in STARTS if key in wave]
    return told, _start(known[0]) if known else None


def _name(value: object) -> str:
    if isinstance(value, dict | list):
        raise OrderError("A wave of the order holds something that is no name.")
    return str(value).strip()


def _start(value: object) -> str:
    return "" if value is None else str(value)


def _drawn_at(document: Mapping[str, object]) -> datetime | None:
    told = next((document[key] for key in DRAWN if document.get(key)), None)
    if not isinstance(told, str | int | float) or isinstance(told, bool):
        return None
    try:
        return parse_moment(told, tz=UTC)
    except MomentError:
        return None
