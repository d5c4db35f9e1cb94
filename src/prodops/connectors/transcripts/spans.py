"""Lengths of time as attendance reports write them, in minutes."""

from __future__ import annotations

import re

_PART = re.compile(r"(\d{1,6}(?:[.,]\d{1,3})?)\s*([^\W\d_]+)\.?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,4}):([0-5]?\d)(?::([0-5]?\d))?", re.ASCII)
_PLAIN = re.compile(r"\d{1,6}(?:[.,]\d{1,3})?", re.ASCII)
_ISO = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})(?:\.\d+)?S)?", re.ASCII)
_SECONDS_IN = {"d": 86_400.0, "t": 86_400.0, "h": 3_600.0, "st": 3_600.0, "m": 60.0, "s": 1.0}


def read_minutes(text: str) -> float | None:
    """The minutes of a length of time: `1h 2m 3s`, `45 min`, `1 Std. 2 Min.`, `00:45:10`, `PT45M`, `45`.

    A number alone is minutes, as Zoom writes it. None when it is no length of time.
    """
    written = text.strip()
    if _PLAIN.fullmatch(written):
        return float(written.replace(",", "."))
    clock = _CLOCK.fullmatch(written)
    if clock:
        first, second, third = clock.groups()
        return int(first) * 60 + int(second) + int(third) / 60 if third else int(first) * 60.0 + int(second)
    iso = _ISO.fullmatch(written.upper())
    if iso and any(iso.groups()):
        hours, minutes, seconds = (int(part or 0) for part in iso.groups())
        return hours * 60 + minutes + seconds / 60
    return _by_units(written)


def _by_units(written: str) -> float | None:
    parts = _PART.findall(written)
    if not parts or _PART.sub("", written).strip(" ,;"):
        return None
    seconds = 0.0
    for number, unit in parts:
        folded = unit.casefold()
        known = _SECONDS_IN.get("st" if folded.startswith("st") else folded[:1])
        if known is None:
            return None
        seconds += float(number.replace(",", ".")) * known
    return seconds / 60
