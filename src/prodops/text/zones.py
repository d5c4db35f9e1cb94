"""Time-zone names as people and programs write them, to the zones of the IANA database."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from prodops.text.windows_zones import WINDOWS_ZONES

_LONGEST_NAME = 100
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-−])\s*(\d{1,2})(?::?00)?", re.ASCII)
_BRACKETED = re.compile(r"^([^()]*)\(([^()]*)\)\s*(.*)$")
_NOISE = re.compile(r"\b(?:standard|daylight|summer|savings?|local|time|zone)\b")

# What registries and invitations say. A winter or summer name stands for the whole zone here: who writes
# "EST" beside a weekly meeting means New York all year, and the database's own EST has no summer time.
_USUAL = {
    "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles",
    "us pacific": "America/Los_Angeles",
    "san francisco": "America/Los_Angeles",
    "mt": "America/Denver",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "mountain": "America/Denver",
    "us mountain": "America/Denver",
    "ct": "America/Chicago",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "central": "America/Chicago",
    "us central": "America/Chicago",
    "et": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "eastern": "America/New_York",
    "us eastern": "America/New_York",
    "at": "America/Halifax",
    "ast": "America/Halifax",
    "atlantic": "America/Halifax",
    "brt": "America/Sao_Paulo",
    "brasilia": "America/Sao_Paulo",
    "z": "UTC",
    "ut": "UTC",
    "utc": "UTC",
    "gmt": "UTC",
    "zulu": "UTC",
    "coordinated universal": "UTC",
    "greenwich mean": "UTC",
    "wet": "Europe/Lisbon",
    "west": "Europe/Lisbon",
    "bst": "Europe/London",
    "british": "Europe/London",
    "uk": "Europe/London",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "central european": "Europe/Berlin",
    "germany": "Europe/Berlin",
    "france": "Europe/Paris",
    "spain": "Europe/Madrid",
    "italy": "Europe/Rome",
    "eet": "Europe/Helsinki",
    "eest": "Europe/Helsinki",
    "eastern european": "Europe/Helsinki",
    "msk": "Europe/Moscow",
    "moscow": "Europe/Moscow",
    "ist": "Asia/Kolkata",
    "india": "Asia/Kolkata",
    "indian": "Asia/Kolkata",
    "china": "Asia/Shanghai",
    "beijing": "Asia/Shanghai",
    "hkt": "Asia/Hong_Kong",
    "sgt": "Asia/Singapore",
    "jst": "Asia/Tokyo",
    "japan": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "korea": "Asia/Seoul",
    "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney",
    "aet": "Australia/Sydney",
    "acst": "Australia/Adelaide",
    "awst": "Australia/Perth",
    "nzst": "Pacific/Auckland",
    "nzdt": "Pacific/Auckland",
    "nzt": "Pacific/Auckland",
    "new zealand": "Pacific/Auckland",
    "hst": "Pacific/Honolulu",
    "hawaii": "Pacific/Honolulu",
    "akst": "America/Anchorage",
    "akdt": "America/Anchorage",
    "alaska": "America/Anchorage",
}


@lru_cache(maxsize=4096)
def find_zone(name: str) -> ZoneInfo | None:
    """The zone that a name means, or None when nobody can say.

    Reads IANA names in any case ("europe/berlin"), Windows names ("W. Europe Standard Time"), the words of
    registries ("PT (Pacific Time)", "Poland", "Warsaw"), and whole-hour offsets ("UTC+2"). A winter or summer
    abbreviation ("EST", "PDT") means the zone, summer time included. An ambiguous abbreviation is read
    as the most populous use among software teams: IST is India, CST is Chicago, BST is London.

    Args:
        name: The name as written; brackets, quotes and spaces around it do not matter.
    """
    if len(name) > _LONGEST_NAME:
        return None
    asked = " ".join(name.replace("_", " ").strip(" \t\r\n\"'/").casefold().split())
    if not asked:
        return None
    bracketed = _BRACKETED.match(asked)
    if bracketed is None:
        return _known(asked) or _at_the_end_of_a_path(asked)
    if asked in _windows():
        return ZoneInfo(_windows()[asked])
    before, inside, after = (part.strip() for part in bracketed.groups())
    return _known(f"{before} {after}".strip()) or _known(inside)


def _at_the_end_of_a_path(asked: str) -> ZoneInfo | None:
    """Calendar programs put their own name before the zone: `/example.org/2024/Europe/Berlin`."""
    parts = asked.split("/")
    tails = ("/".join(parts[-count:]) for count in (3, 2, 1) if count < len(parts))
    return next((zone for tail in tails if (zone := _known(tail))), None)


def _known(asked: str) -> ZoneInfo | None:
    key = _USUAL.get(asked) or _windows().get(asked) or _iana().get(asked)
    if key is None and asked:
        trimmed = " ".join(_NOISE.sub(" ", asked).split())
        key = _USUAL.get(trimmed) or _iana().get(trimmed) or _cities().get(trimmed) or _whole_hours(asked)
    return ZoneInfo(key) if key else None


def _whole_hours(asked: str) -> str | None:
    match = _OFFSET.fullmatch(asked)
    if match is None:
        return None
    hours = int(match[2])
    # The database writes these the other way round: Etc/GMT-2 is two hours ahead of Greenwich.
    sign = "-" if match[1] == "+" else "+"
    return "UTC" if hours == 0 else _iana().get(f"etc/gmt{sign}{hours}")


@lru_cache(maxsize=1)
def _iana() -> dict[str, str]:
    listed = resources.files("tzdata").joinpath("zones").read_text(encoding="ascii").split()
    return {name.replace("_", " ").casefold(): name for name in listed}


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    """The last part of a zone's name, where only one zone ends so: "warsaw" is Europe/Warsaw."""
    zones: dict[str, str] = {}
    doubled = set()
    for folded, name in _iana().items():
        if name.startswith(("Etc/", "SystemV/", "US/", "Canada/", "Brazil/", "Mexico/", "Chile/")):
            continue
        city = folded.rpartition("/")[2]
        doubled.update({city} & zones.keys())
        zones[city] = name
    return {city: name for city, name in zones.items() if city not in doubled}


@lru_cache(maxsize=1)
def _windows() -> dict[str, str]:
    return {name.casefold(): zone for name, zone in WINDOWS_ZONES.items()}
