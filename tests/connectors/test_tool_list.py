"""Tools, seats and payments: what is paid for, and what of it is used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from connectors.given import (
    MINE,
    case,
    cases,
    codes,
    counts,
    damaged,
    read_well,
    records,
    survives_everything,
    text_file,
)
from prodops.connectors.tool_list.parse import parse, recognises
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import person_id
from prodops.ledger.tooling import Seat, Tool, ToolSpend

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "tooling" / "gsa-it-standards-2018"


def test_a_list_of_tools_is_found_below_its_title() -> None:
    entries = read_well(parse, case("tool_list", "tools.csv"))
    boards, sheets, docs = records(entries, Tool)
    assert (boards.id, boards.name, boards.owner) == (
        "tool_list:tool:plankton-boards", "Plankton Boards", "ada@example.com",
    )  # fmt: skip
    assert (boards.seats_paid, boards.seats_used, boards.yearly_price) == (40, 31, "4800.00 EUR")
    assert (boards.renews_on, boards.status) == (date(2030, 6, 30), "in use")
    assert (sheets.yearly_price, sheets.renews_on, sheets.seats_used) == ("1200.50 EUR", None, None)
    assert (docs.seats_paid, docs.yearly_price) == (None, "")
    assert codes(entries) == ["bad_date", "bad_number", "duplicate_id", "no_tool"]


def test_a_seat_is_one_persons_and_may_be_nobodys() -> None:
    entries = read_well(parse, case("tool_list", "seats.csv"))
    used, unused, free, sheet = records(entries, Seat)
    assert (used.tool, used.person, used.last_used_on) == (
        "Plankton Boards", person_id("ada@example.com"), date(2030, 3, 1),
    )  # fmt: skip
    assert (unused.last_used_on, unused.observed_until) == (None, date(2030, 3, 31))
    assert free.person is None
    assert (sheet.given_on, sheet.last_used_on) == (None, date(2030, 2, 11))
    assert codes(entries) == ["duplicate_id", "bad_date"]


def test_a_payment_has_a_month_and_a_sum() -> None:
    entries = read_well(parse, case("tool_list", "spend.csv"))
    assert [(one.tool, one.month, one.paid) for one in records(entries, ToolSpend)] == [
        ("Plankton Boards", date(2030, 1, 1), "400.00 EUR"),
        ("Plankton Boards", date(2030, 2, 1), "1400.50 EUR"),
        ("Sedge Sheets", date(2030, 2, 1), "99.90"),
    ]
    assert counts(entries) == (3, 0, 2)


def test_a_list_without_seats_price_or_renewal_is_not_taken() -> None:
    assert recognises(text_file("tool,owner,status\nx,ada,in use\n")) < MINE
    assert codes(list(parse(text_file("a,b\n1,2\n")))) == ["no_columns"]


def test_an_empty_row_is_not_used_and_an_open_quote_costs_its_row() -> None:
    text = 'tool,month,amount\n,,\n"Quern,2030-01,5\nTarn,2030-01,6\n'
    entries = read_well(parse, text_file(text))
    assert [entry.unused for entry in entries] == ["empty row", "", ""]
    assert codes(entries) == ["bad_row"]
    assert [one.tool for one in records(entries, ToolSpend)] == ["Tarn"]


def test_it_survives_everything() -> None:
    survives_everything(parse, recognises)


@settings(max_examples=60, deadline=None)
@given(file=damaged(cases("tool_list")))
def test_damage_becomes_problems(file: SourceFile) -> None:
    assert 0.0 <= recognises(file) <= 1.0
    read_well(parse, file)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside the project")
def test_it_reads_a_real_list_of_approved_software() -> None:
    (path,) = SHARED.glob("*.csv")
    file = SourceFile(name=path.name, content=path.read_bytes())
    assert recognises(file) > MINE
    entries = read_well(parse, file)
    tools = records(entries, Tool)
    assert len(tools) > 1_400
    assert sum(tool.renews_on is not None for tool in tools) > 100
    assert set(codes(entries)) <= {"duplicate_id", "bad_date"}
