"""How a load is stopped: whoever is told of its progress may say so."""

from __future__ import annotations


class StopAskedError(Exception):
    """Whoever watches a load wants it to end: what was committed stays, the rest is left out."""
