"""The page of decisions: what is due, the log, and numbers that keep silent until there are enough."""

from __future__ import annotations

from datetime import date

from make import make
from pages import decided
from pages import organisation as part
from pages.snapshots import kept, worded
from prodops.ledger.decisions import Decision
from prodops.ledger.record import Prose, RecordId
from prodops.pages.blocks import Block, Chart, Figure, Start, Words
from prodops.pages.decisions import decisions
from prodops.serve.shown.as_json import as_json


def blocks(page: decisions.Decisions) -> list[Block]:
    return [block for section in page.sections for block in section.blocks]


def test_a_long_log_has_every_number() -> None:
    page = decisions.page(part.ledger(decided.log()))
    figures = {block.label for block in blocks(page) if isinstance(block, Figure)}
    assert len(figures) == 10
    assert not any("Not known yet" in block.text for block in blocks(page) if isinstance(block, Words))
    assert any(isinstance(block, Chart) for block in blocks(page))
    assert (page.decided, page.waiting) == (decided.COUNT + 1, 1)
    assert page.overdue
    assert [one.subject for one in page.findings] == ["adr:decision:docs/0001", "decision:20260003"]
    assert "reversed within 90 days without a plan" in page.lead.casefold()


def test_it_is_as_it_was_read_and_found_good() -> None:
    shown = worded(as_json(decisions.page(part.ledger(decided.log()))))
    assert kept("decisions-of-a-log", shown) == shown


def test_two_decisions_have_no_numbers_and_say_how_many_are_missing() -> None:
    records = [
        make(
            Decision, id=RecordId(f"decision:{n}"), question=Prose(f"Which plan {'ab'[n]}?"),
            decided_on=date(2026, 6, 1), review_on=date(2026, 7, 1),
        )
        for n in range(2)
    ]  # fmt: skip
    page = decisions.page(part.ledger(records))
    assert [block for block in blocks(page) if isinstance(block, Figure)] == []
    assert "2 of the 20 decisions needed" in " ".join(
        block.text for block in blocks(page) if isinstance(block, Words)
    )
    assert page.sections[0].heading == "Due within 30 days: 2"


def test_minutes_alone_show_what_was_decided_again() -> None:
    page = decisions.page(part.ledger(part.minutes()))
    assert page.lead == "No decision is recorded yet."
    assert any(isinstance(block, Start) for block in blocks(page))
