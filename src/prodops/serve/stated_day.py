"""Says of what is declared on a day that was stated that it was not declared on that day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from prodops.ledger.record import Citation, Declared
from prodops.serve.settings import Settings

MARK = "on a day that PRODOPS_TODAY stated"


def marked(records: Sequence[Declared], settings: Settings) -> tuple[Declared, ...]:
    """The records; where a day is stated, each with words that say so beside who declared it.

    Args:
        records: What is declared.
        settings: Say whether a day is stated.
    """
    return tuple(_marked(one) if settings.stated else one for one in records)


def _marked(record: Declared) -> Declared:
    cite = record.cite
    if cite.locator.endswith(MARK):
        return record
    return replace(record, cite=Citation(cite.source, f"{cite.locator}, {MARK}"))
