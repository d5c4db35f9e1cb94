"""Small words that several pages put together the same way."""

from __future__ import annotations

from collections.abc import Sequence

from prodops.stats.estimate import Estimate
from prodops.stats.telling import quantity, told


def capital(text: str) -> str:
    """A text whose first letter is large; the others stay, so that PM stays PM."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """A text inside a sentence: its first letter small, unless the word is an abbreviation."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def listed(names: Sequence[str]) -> str:
    """Names in a row: `a`, `a and b`, `a, b and c`."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def stated(estimate: Estimate) -> str:
    """A known estimate in a heading: its interval too, unless it is an exact count."""
    exact = estimate.low == estimate.value == estimate.high
    return quantity(estimate.value or 0.0, estimate.unit) if exact else told(estimate, with_n=False)


def many(count: int, one: str, several: str = "") -> str:
    """A count with its noun: `1 place`, `2 places`, `1 entry`, `2 entries`."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"
