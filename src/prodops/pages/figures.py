"""Figures side by side; those that are not known become one sentence instead of a wall."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from prodops.pages.blocks import Block, Figure, Words
from prodops.pages.wording import listed, small


def figures(given: Sequence[Figure], *, load: str = "") -> tuple[Block, ...]:
    """The known figures, and what is not known yet with the reason and what to load.

    Args:
        given: Figures in reading order.
        load: What would make the unknown ones known: "Load minutes: prodops add FOLDER."
    """
    known = tuple(one for one in given if one.estimate.known)
    sentence = unknown([one for one in given if not one.estimate.known], load=load)
    return (*known, Words(sentence, "quiet")) if sentence else known


def unknown(given: Sequence[Figure], *, load: str = "") -> str:
    """One sentence on figures without a value, by reason; empty when there are none."""
    if not given:
        return ""
    reasons: dict[str, list[str]] = defaultdict(list)
    for one in given:
        reasons[one.estimate.because].append(small(one.label))
    told = "; ".join(f"{listed(labels)} ({because})" for because, labels in reasons.items())
    return f"Not known yet: {told}." + (f" {load}" if load else "")
