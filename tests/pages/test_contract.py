"""Every page keeps one contract, whatever is loaded."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest

from pages import decided
from pages import organisation as part
from prodops.checks.finding import Evidence
from prodops.ledger.ledger import Ledger
from prodops.pages import units
from prodops.pages.blocks import (
    Behind,
    Block,
    Chart,
    Claim,
    Doing,
    Elsewhere,
    Figure,
    Group,
    Page,
    Points,
    Proposal,
    Table,
    Words,
)
from prodops.serve.shown.as_json import as_json
from prodops.stats.estimate import Estimate

WORKSPACES: dict[str, Callable[[], Ledger]] = {
    "nothing": part.ledger,
    "everything": part.small,
    "messages alone": lambda: part.ledger(part.messages()),
    "minutes alone": lambda: part.ledger(part.minutes()),
    "metrics alone": lambda: part.ledger(part.metrics()),
    "a registry alone": lambda: part.ledger(part.registry()),
    "calendars alone": lambda: part.ledger(part.calendars()),
    "calendars and a roster": lambda: part.ledger(part.people(), part.calendars()),
    "three PMs": lambda: part.ledger(part.people(3), part.calendars(3), part.minutes()),
    "problems alone": lambda: part.ledger(part.problems()),
    "decisions alone": lambda: part.ledger(decided.log()),
}

WAYS = (Behind, Elsewhere, Doing)
"""Words that open something or lead to an action."""


@pytest.fixture(params=WORKSPACES, scope="module")
def workspace(request: pytest.FixtureRequest) -> Ledger:
    return WORKSPACES[request.param]()


@pytest.fixture(params=units(), scope="module")
def unit(request: pytest.FixtureRequest) -> ModuleType:
    return units()[request.param]


@pytest.fixture(scope="module")
def page(unit: ModuleType, workspace: Ledger) -> Page:
    found = unit.page(workspace)
    assert isinstance(found, Page)
    return found


def blocks(page: Page) -> Iterator[Block]:
    for section in page.sections:
        yield from section.blocks


def tables(page: Page) -> Iterator[Table]:
    for block in blocks(page):
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Chart):
            yield block.table
        elif isinstance(block, Group) and block.rest is not None:
            yield block.rest


def claims(page: Page) -> Iterator[Claim]:
    for block in blocks(page):
        yield from block.claims if isinstance(block, Group) else (block,) if isinstance(block, Claim) else ()


def test_it_is_a_frozen_dataclass_with_name_title_lead_and_sections(page: Page, unit: ModuleType) -> None:
    assert page.name == unit.NAME
    assert page.title
    assert page.lead.endswith(".")
    assert page.sections
    assert page.version
    assert page.today == part.TODAY.date()
    with pytest.raises(dataclasses.FrozenInstanceError):
        page.title = "Other"  # type: ignore[misc]  # frozen, which is what is tried


def test_no_section_is_empty(page: Page) -> None:
    for section in page.sections:
        assert section.heading
        assert section.blocks
        for block in section.blocks:
            assert not (isinstance(block, Words) and not block.text)
            assert not (isinstance(block, Points) and not all(block.items))


def test_every_number_has_its_interval_and_n(page: Page) -> None:
    for block in blocks(page):
        if isinstance(block, Figure | Proposal):
            estimate = block.estimate if isinstance(block, Figure) else block.hours
            assert isinstance(estimate, Estimate)
            assert estimate.n > 0
    for table in tables(page):
        for row in table.rows:
            assert len(row) == len(table.columns)
            for cell in row:
                assert cell is None or type(cell) in (str, int, Estimate, Evidence, *WAYS)


def test_what_is_not_known_is_one_sentence_and_no_wall(page: Page) -> None:
    figures = [block for block in blocks(page) if isinstance(block, Figure)]
    assert all(figure.estimate.known for figure in figures)
    assert sum("Not known yet" in block.text for block in blocks(page) if isinstance(block, Words)) <= 2


def test_every_claim_cites_its_records(page: Page) -> None:
    for claim in claims(page):
        assert claim.evidence
        assert claim.evidence_count >= len(claim.evidence)
        assert all(one.cite.source and one.cite.locator for one in claim.evidence)


def test_a_group_counts_all_its_places(page: Page) -> None:
    for group in (block for block in blocks(page) if isinstance(block, Group)):
        assert group.count >= len(group.claims) > 0
        if group.rest is not None:
            assert group.count == len(group.claims) + len(group.rest.rows) + group.rest.left_out


def test_a_chart_says_its_finding_draws_intervals_and_fetches_nothing(page: Page) -> None:
    for chart in (block for block in blocks(page) if isinstance(block, Chart)):
        assert any(character.isdigit() for character in chart.title) or "told apart" in chart.title
        assert chart.description.startswith(chart.title)
        assert chart.table.rows
        drawn = json.dumps(chart.spec)
        assert '"url"' not in drawn
        assert "low" in drawn
        assert "high" in drawn
        assert chart.spec["data"]["values"]  # type: ignore[index]  # a specification is JSON
        assert _axis_titles(chart.spec["layer"])


def _axis_titles(layers: object) -> bool:
    """Whether each axis that shows a quantity has a title."""
    axes = [
        channel
        for layer in layers  # type: ignore[attr-defined]  # a specification is JSON
        for name, channel in layer["encoding"].items()
        if name in ("x", "y") and channel["type"] == "quantitative"
    ]
    return bool(axes) and all(axis["title"] for axis in axes)


def test_it_is_json_without_posterior_draws(page: Page) -> None:
    text = json.dumps(as_json(page), allow_nan=False)
    assert len(text) < 400_000
    assert "draws" not in json.loads(text)


def test_the_empty_state_says_what_to_load() -> None:
    for name, unit in units().items():
        if name not in ("method", "problems"):
            text = json.dumps(as_json(unit.page(part.ledger())))
            assert "prodops add FOLDER" in text


def test_each_single_source_makes_its_own_page_say_something() -> None:
    for workspace, name in (
        ("messages alone", "feedback"),
        ("minutes alone", "rituals"),
        ("metrics alone", "metrics"),
        ("a registry alone", "rituals"),
        ("calendars and a roster", "time"),
    ):
        page = units()[name].page(WORKSPACES[workspace]())
        assert any(isinstance(block, Figure | Group) or (isinstance(block, Table) and block.rows)
                   for block in blocks(page)), workspace  # fmt: skip
        assert not any(section.heading == "How to start" for section in page.sections)


def test_no_hours_are_shown_of_fewer_than_five_people() -> None:
    few = WORKSPACES["three PMs"]()
    for unit in units().values():
        page = unit.page(few)
        shown = [block.estimate for block in blocks(page) if isinstance(block, Figure)]
        shown += [block.hours for block in blocks(page) if isinstance(block, Proposal)]
        shown += [one.hours for one in claims(page) if one.hours is not None]
        shown += [
            cell for table in tables(page) for row in table.rows for cell in row if isinstance(cell, Estimate)
        ]
        assert not [one for one in shown if one.known and "hours" in one.unit], unit.NAME
