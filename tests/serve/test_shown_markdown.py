"""A page as Markdown: every block, and what came from outside stays text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pages import organisation as part
from prodops.checks.finding import Evidence
from prodops.ledger.record import Citation
from prodops.pages import units
from prodops.pages.blocks import (
    Behind,
    Block,
    Chart,
    Claim,
    Figure,
    Group,
    Onward,
    Page,
    Points,
    Proposal,
    Section,
    Table,
    Words,
)  # fmt: skip
from prodops.serve.shown.markdown import as_markdown, plain
from prodops.stats.estimate import Estimate

HOURS = Estimate(4.2, 3.0, 5.0, 12, "PM hours a week")
SEEN = Evidence("meeting", "ics:meeting:1", Citation("a.ics", "UID 1"), "a meeting")


def page(*blocks: Block) -> Page:
    return Page(
        name="one", title="One", lead="Its lead.", sections=(Section("Heading", blocks),), version="v",
        today=part.TODAY.date(),
    )  # fmt: skip


@pytest.mark.parametrize("name", units())
def test_every_page_of_an_organisation_becomes_markdown(name: str) -> None:
    text = as_markdown(units()[name].page(part.small()))
    assert text.startswith("# ")
    assert text.endswith("\n")
    assert "\n\n\n" not in text


def test_numbers_keep_their_interval_and_claims_their_citation() -> None:
    claim = Claim("RIT01", "It decides nothing", (SEEN,), 7, hours=HOURS)
    text = as_markdown(page(Figure("Cost", HOURS, "in PM hours"), Figure("More", HOURS), claim))
    assert "- Cost: 4.20 PM hours a week (3 to 5, n = 12). in PM hours\n- More" in text
    assert "rests on a meeting (a.ics, UID 1); and 6 more" in text


def test_a_table_says_what_it_leaves_out_and_what_to_do_when_it_is_empty() -> None:
    rows = (("Pricing", 1_200, HOURS, Behind("RIT01", "RIT01/x"), None, SEEN),)
    table = Table("What it is", ("A", "B", "C", "D", "E", "F"), rows, left_out=3)
    text = as_markdown(page(table, replace(table, rows=(), empty="Load something.")))
    figure, place = "4.20 PM hours a week (3 to 5, n = 12)", "a meeting (a.ics, UID 1)"
    assert f"| Pricing | 1,200 | {figure} | RIT01 |  | {place} |" in text
    assert "And 3 more." in text
    assert "Load something." in text


def test_the_other_blocks_keep_their_words() -> None:
    chart = Chart("Its finding", "drawn", {}, Table("t", ("A",), (("x",),)))
    group = Group(code="RIT01", text="Symptom", count=2, claims=(Claim("", "One", (SEEN,), 1),), remedy="Ask")
    proposal = Proposal(
        text="Pause it",
        hours=HOURS,
        effort="2 days",
        because=("RIT01 x",),
        proof=("Measure",),
        moves=HOURS,
        caveats=("small",),
    )
    text = as_markdown(
        page(
            Words("Careful", "warning"), Words("calm"), Points(("one", "two"), ordered=True),
            Points(("dot",)), chart, group, proposal, Onward((Behind("further", "x"),)),
        )
    )  # fmt: skip
    for words in ("**Careful**", "1. one\n2. two", "- dot", "Its finding", "**RIT01** Symptom (2)", "Do: Ask",
                  "- But: small", "1. Measure", "- further"):  # fmt: skip
        assert words in text, words


def test_what_came_from_outside_is_never_markup() -> None:
    assert plain("<script>[x](y) *b* `c` | # d") == r"\<script\>\[x\](y) \*b\* \`c\` \| \# d"
    assert plain("- no list") == r"\- no list"
    assert plain("1. no list") == r"1\. no list"
    assert "\x1b" not in plain("\x1b[31mred")
    assert plain("two\nlines") == "two lines"


def test_a_block_that_nobody_knows_is_a_fault() -> None:
    with pytest.raises(TypeError, match="no Markdown"):
        as_markdown(page(object()))  # type: ignore[arg-type]  # what is tested
