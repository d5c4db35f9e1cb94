"""Draws samples and answers them, as PMs would, on ledgers of the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from prodops.actions.time import close_sample, draw_sample, label_block
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared, PersonId
from prodops.ledger.time import LabelSample, SampledBlock
from views.block_weeks import TODAY

Answer = Callable[[str], str]
"""From the title of a block to what its PM says that it was for."""


def drawn(
    ledger: Ledger, *, seed: str = "one", weeks: int = 4, each: int = 20, at: datetime = TODAY
) -> Ledger:
    """The ledger with a sample."""
    return ledger.plus(draw_sample.propose(ledger, seed=seed, weeks=weeks, each=each, at=at, by="ops"))


def blocks_of(ledger: Ledger) -> list[SampledBlock]:
    """All drawn blocks."""
    return list(ledger.records(SampledBlock))


def answered(
    ledger: Ledger, answer: Answer, *, people: Iterable[PersonId] | None = None, at: datetime = TODAY
) -> Ledger:
    """The ledger with the answers of these people, or of all, to what is not answered yet."""
    titles: dict[str, str] = dict(ledger.sql("select id, title from meeting"))
    wanted = None if people is None else set(people)
    known = {row[0] for row in ledger.sql("select block from label")}
    labels: list[Declared] = []
    for block in blocks_of(ledger):
        if block.id not in known and (wanted is None or block.person in wanted):
            leaf = answer(titles[block.meeting])
            labels += label_block.propose(ledger, block.id, leaf, at=at, by=block.person)
    return ledger.plus(labels)


def closed(ledger: Ledger, at: datetime = TODAY) -> Ledger:
    """The ledger after its open sample was closed."""
    sample = draw_sample.open_sample(ledger)
    return ledger.plus(close_sample.propose(ledger, sample, at=at + timedelta(hours=1), by="ops"))


def samples(ledger: Ledger) -> list[LabelSample]:
    """All samples, the oldest first."""
    return sorted(ledger.records(LabelSample), key=lambda one: one.starts_on)
