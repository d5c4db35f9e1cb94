"""Pages in a terminal: they fit, they are aligned, and nothing in them drives the screen."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.organisation import everything, ledger, marked, small
from prodops.checks.finding import Evidence
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation
from prodops.pages import units
from prodops.pages.blocks import (
    Block,
    Chart,
    Claim,
    Figure,
    Group,
    Page,
    Points,
    Proposal,
    Section,
    Table,
    Words,
)
from prodops.serve.shown.bars import bar_lines
from prodops.serve.shown.lines import harmless, padded, width, wrapped
from prodops.serve.shown.text import as_text
from prodops.serve.shown.text_tables import table_lines
from prodops.stats.estimate import Estimate

HOSTILE = (
    "\x1b[31m\x1b]0;owned\x07 \r\b \u202egnp.exe \u2066x\u2069 {{7*7}} <script>alert(1)</script> "
    "表格很宽很宽 אבגד \u0301\u0301 %s \\ \x00 " + "x" * 10_000
)
SHARE = Estimate(0.35, 0.31, 0.39, 412, "share")
HOURS = Estimate(4.25, 3.5, 6.0, 30, "PM hours a week")
UNKNOWN = Estimate.unknown("share", because="no minutes are known")


def page(*blocks: Block, heading: str = "Heading", title: str = "Title", lead: str = "Lead.") -> Page:
    sections = (Section(heading, blocks),)
    return Page(name="x", title=title, lead=lead, sections=sections, version="1", today=date(2026, 6, 30))


def lines(*blocks: Block, columns: int = 80) -> list[str]:
    """The lines of the blocks, without the title, the lead and the heading."""
    return as_text(page(*blocks), columns=columns).rstrip("\n").split("\n")[7:]


def evidence(n: int, source: str = "a.ics") -> tuple[Evidence, ...]:
    return tuple(Evidence("meeting", f"m{i}", Citation(source, f"UID {i}"), f"held {i}") for i in range(n))


def claim(**given: Any) -> Claim:
    plain: dict[str, Any] = {
        "code": "RIT05",
        "text": "No minutes",
        "evidence": evidence(2),
        "evidence_count": 2,
    }
    return Claim(**{**plain, **given})


def is_safe(text: str) -> bool:
    return all(character == "\n" or character.isprintable() for character in text)


@pytest.fixture(scope="module")
def organisation() -> Ledger:
    return small()


@pytest.fixture(scope="module")
def hostile() -> Ledger:
    return ledger(marked(everything(), HOSTILE))


@pytest.mark.parametrize("columns", [40, 80, 100, 160])
@pytest.mark.parametrize("unit", units().values(), ids=units())
def test_every_page_fits_its_columns(unit: ModuleType, organisation: Ledger, columns: int) -> None:
    shown = as_text(unit.page(organisation), columns=columns)
    assert shown.endswith("\n")
    assert max(width(line) for line in shown.split("\n")) <= columns
    assert not [line for line in shown.split("\n") if line != line.rstrip()]


@pytest.mark.parametrize("unit", units().values(), ids=units())
def test_hostile_words_are_words_in_a_terminal(unit: ModuleType, hostile: Ledger) -> None:
    shown = as_text(unit.page(hostile), columns=90)
    assert is_safe(shown)
    assert "\u202e" not in shown
    assert max(width(line) for line in shown.split("\n")) <= 90
    assert len(shown) < 200_000


@given(st.text(max_size=300), st.integers(8, 120))
@settings(max_examples=150)
def test_wrapped_text_fits_and_keeps_every_word(text: str, columns: int) -> None:
    told = wrapped(harmless(text), columns, first="· ", rest="  ")
    assert all(width(line) <= columns for line in told)
    assert "".join(harmless(text).split()) == "".join("".join(told).split()).removeprefix("·")


@given(st.text(max_size=2_000))
def test_harmless_text_is_one_printable_line(text: str) -> None:
    told = harmless(text)
    assert told.isprintable()
    assert len(told) <= 1_000
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") for character in told)


def test_wide_and_combining_characters_take_the_columns_they_take() -> None:
    assert (4, 1, 3) == (width("表格"), width("e\u0301"), width("abc"))
    assert ["表格  |", "  ab|"] == [padded("表格", 6) + "|", padded("ab", 4, right=True) + "|"]


def test_a_path_breaks_after_a_slash() -> None:
    assert ["a/very/long/", "path/to.md"] == wrapped("a/very/long/path/to.md", 12)


def test_the_title_has_the_day_and_gives_way_on_narrow_screens() -> None:
    assert as_text(page(Words("x")), columns=40).startswith(
        "Title" + "2026-06-30".rjust(35) + "\n" + "═" * 40
    )
    wide = as_text(page(Words("x"), title="T" * 35), columns=40)
    assert "2026" not in wide


def test_the_terminal_says_how_wide_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert "═" * 60 in as_text(page(Words("x"))).split("\n")
    monkeypatch.setenv("COLUMNS", "300")
    assert "═" * 100 in as_text(page(Words("x"))).split("\n")
    assert "═" * 40 in as_text(page(Words("x")), columns=10).split("\n")


def test_words_points_and_figures_are_paragraphs() -> None:
    assert ["Plain.", "", "! Careful."] == lines(Words("Plain."), Words("Careful.", "warning"))
    assert ["So:", "· one", "· two"] == lines(Words("So:"), Points(("one", "two")))
    assert ["1. one", "2. two"] == lines(Points(("one", "two"), ordered=True))
    assert ["Time: 35% (31% to 39%, n = 412). Note.", "Wait: not known: no minutes are known"] == lines(
        Figure("Time", SHARE, "Note."), Figure("Wait", UNKNOWN)
    )


def test_a_claim_says_cost_remedy_and_its_first_records() -> None:
    shown = lines(
        claim(hours=HOURS, remedy="Pause it.", base_rate="20%", evidence=evidence(5), evidence_count=9)
    )
    assert [
        "RIT05  No minutes",
        "       Costs: 4.25 PM hours a week (3.50 to 6, n = 30)",
        "       Base rate: 20%",
        "       Do: Pause it.",
        "       In a.ics:",
        "       · held 0 [UID 0]",
        "       · held 1 [UID 1]",
        "       · held 2 [UID 2]",
        "       · and 6 more records",
    ] == shown


def test_records_of_different_files_each_say_theirs() -> None:
    mixed = (*evidence(1), *evidence(1, "b.ics"))
    shown = lines(
        claim(code="", evidence=mixed, evidence_count=3, exposure=Estimate(5.0, 5.0, 5.0, 5, "meetings"))
    )
    assert [
        "       No minutes",
        "       At stake: 5 meetings",
        "       · held 0 [a.ics, UID 0]",
        "       · held 0 [b.ics, UID 0]",
        "       · and 1 more record",
    ] == shown


def test_a_long_path_keeps_its_end_and_a_record_may_say_nothing() -> None:
    far = replace(evidence(1, "/".join(["folder"] * 20) + "/file.md")[0], says="")
    assert "       · …/folder/folder/folder/folder/folder/folder/folder/file.md, UID 0" in lines(
        claim(evidence=(far,), evidence_count=1)
    )


def test_a_group_says_once_what_its_places_share() -> None:
    rest = Table("c", ("Finding", "At stake"), tuple((f"Place {i}", 3) for i in range(12)))
    group = Group(
        code="RIT05", text="It leaves no minutes", count=13, claims=(claim(code="RIT05"),), rest=rest,
        remedy="Write.", base_rate="20%",
    )  # fmt: skip
    shown = lines(group)
    assert [
        "RIT05  It leaves no minutes (13 places)",
        "       Base rate: 20%",
        "       Do: Write.",
        "     ▸ No minutes",
    ] == shown[:4]
    assert ["     ▸ Place 7", "     ▸ and 4 more places"] == shown[-2:]
    assert "     ▸ and 1 more place" == lines(replace(group, count=2, rest=None))[-1]
    assert "(1 place)" in lines(replace(group, count=1, rest=None))[0]


def test_a_proposal_says_what_it_gives_back_and_how_to_prove_it() -> None:
    shown = lines(
        Proposal(
            text="Pause it", hours=HOURS, effort="2 days", because=("RIT01 a", "RIT01 b"),
            proof=("Measure.",), moves=HOURS, caveats=("touches few",),
        )
    )  # fmt: skip
    assert [
        "▶ Pause it",
        "  Gives back  4.25 PM hours a week (3.50 to 6, n = 30)",
        "  Takes       2 days",
        "  Because of  RIT01 a, RIT01 b",
        "  ! touches few",
        "",
        "How it would be proved:",
        "1. Measure.",
        "",
        "→ Register it before it begins: prodops act start-trial --name 'Pause it'",
        "  --because 'RIT01 a' --because 'RIT01 b' --outcomes overhead_share --expects",
        "  '-4.2 (-6.0 to -3.5)'",
    ] == shown


def test_a_forest_is_drawn_on_one_scale() -> None:
    rows = [("rot", Estimate(20.0, 10.0, 40.0, 9, "hours")), ("debt", Estimate(4.0, 4.0, 4.0, 9, "hours"))]
    assert [
        "rot   20 (10 to 40)            ├────────●──────────────────┤",
        "debt   4                 ●",
        "                     ╵─────────────────────────────────────╵",
        "                     0                              40 hours",
    ] == bar_lines(rows, 60)


def test_an_endless_interval_has_an_arrow_and_zero_stays_a_scale() -> None:
    endless = bar_lines([("a", Estimate(3.0, 2.0, math.inf, 9, "hours"))], 60)
    assert endless[0].endswith("▶") or endless[0].endswith("●")
    assert 3 == len(bar_lines([("a", Estimate(0.0, 0.0, 0.0, 9, "share"))], 60))
    assert ["not known"] == bar_lines([("a", UNKNOWN)], 60)


def test_an_arrow_points_past_the_scale_of_the_others() -> None:
    rows = [("a", Estimate(3.0, 2.0, math.inf, 9, "hours")), ("b", Estimate(8.0, 7.0, 9.0, 9, "hours"))]
    assert bar_lines(rows, 60)[0].endswith("▶")


def test_bars_give_way_to_numbers_where_there_is_no_room() -> None:
    assert ["A very      4.25 (3.50 to 6)", "long name", "indeed"] == bar_lines(
        [("A very long name indeed", HOURS)], 30
    )


def test_a_long_unit_gives_way_to_the_scale() -> None:
    unit = "PM hours a week in all the meetings that there are"
    assert lines_of_axis(bar_lines([("a", Estimate(4.0, 3.0, 6.0, 9, unit))], 60)).split() == ["0", "6"]


def lines_of_axis(drawn: list[str]) -> str:
    return drawn[-1]


def test_a_chart_of_one_estimate_is_drawn_and_says_the_rest_below() -> None:
    table = Table(
        "c", ("Sink", "Hours", "n", "Rests on"), (("rot", HOURS, 30, "minutes"), ("debt", UNKNOWN, 0, "none"))
    )
    shown = "\n".join(lines(Chart("Rot leads", "d", {}, table)))
    assert "●" in shown
    assert "Rests on" in shown
    plain = Table("c", ("Sink", "Hours", "n"), (("rot", HOURS, 30),))
    assert "Sink" not in "\n".join(lines(Chart("Rot leads", "d", {}, plain)))


def test_a_chart_of_several_estimates_is_a_table() -> None:
    table = Table("c", ("Ritual", "Hours", "Empty"), (("sync", HOURS, SHARE),))
    assert [
        "Sync leads",
        "",
        "Ritual  Hours             Empty",
        "──────  ────────────────  ────────────────",
        "sync    4.25 (3.50 to 6)  35% (31% to 39%)",
    ] == lines(Chart("Sync leads", "d", {}, table))


def test_a_table_is_aligned_and_wrapped_instead_of_cut() -> None:
    table = Table("c", ("Ritual", "Times", "Reason"), (("Council", 1200, "word " * 12), ("Sync", 7, None)))
    assert [
        "Ritual   Times  Reason",
        "───────  ─────  ────────────────────────",
        "Council  1,200  word word word word word",
        "                word word word word word",
        "                word word",
        "Sync         7",
    ] == table_lines(table, 40)


def test_a_table_says_what_is_missing_and_why() -> None:
    rows = (("a", UNKNOWN, evidence(1)[0]), ("b", SHARE, evidence(1)[0]))
    shown = table_lines(Table("c", ("What", "Share", "Place"), rows, left_out=3), 80)
    assert ["… and 3 more rows", "Not known where: no minutes are known."] == shown[-2:]
    assert "a.ics, UID 0" in shown[2]
    assert ["Load minutes."] == table_lines(Table("c", ("A",), (), empty="Load minutes."), 80)


def test_a_table_of_mixed_units_says_each() -> None:
    shown = table_lines(Table("c", ("What", "Number"), (("a", HOURS), ("b", SHARE))), 80)
    assert "4.25 PM hours a week (3.50 to 6)" in shown[2]


def test_a_narrow_table_leaves_places_out_and_a_narrower_one_goes_row_by_row() -> None:
    words = "seventeen-letters"
    table = Table("c", ("Alpha", "Beta", "Place"), ((words, words, evidence(1)[0]),))
    assert "Place" not in table_lines(table, 45)[0]
    wide = Table("c", ("Alpha", "Beta", "Gamma", "Delta"), ((words, words, "", words),) * 50)
    shown = table_lines(wide, 45)
    assert [words, f"  Beta: {words}", f"  Delta: {words}"] == shown[:3]
    assert "… and 10 more rows" == shown[-1]


def test_a_block_without_a_face_is_a_fault() -> None:
    with pytest.raises(TypeError, match="no text for str"):
        as_text(page("words"))  # type: ignore[arg-type]  # a block of no known kind
