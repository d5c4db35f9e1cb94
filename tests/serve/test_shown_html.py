"""Pages as HTML and JSON: what came from outside is text, whatever it looks like."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path, PurePosixPath
from types import ModuleType

import pytest

from pages.organisation import everything, ledger, marked, small
from prodops.checks.finding import Evidence
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation
from prodops.pages import brief, units
from prodops.pages.blocks import Chart, Claim, Page, Points, Proposal, Section, Table, Words
from prodops.serve.shown.as_json import as_json
from prodops.serve.shown.html import CHART_SCRIPTS, STATIC, page_html, report_html
from prodops.serve.shown.html_tables import drawn, rows_of
from prodops.serve.shown.plain import plain
from prodops.serve.shown.verdict import as_verdict
from prodops.stats.estimate import Estimate

SHARE = Estimate(0.35, 0.31, 0.39, 412, "share")
HOURS = Estimate(4.0, 3.0, 8.0, 30, "PM hours a week")
UNKNOWN = Estimate.unknown("share", because="no minutes are known")
HOSTILE = (
    '</script><script>alert(1)</script> <img src=x onerror=alert(1)> {{7*7}}{% raw %}${7*7} " '
    'onmouseover="alert(1)" x=\' \x1b[31mred\x07 \u202egnp.exe\u2066 ]]>--><!-- <style>*{} '
)
ENDLESS = "long " + "x" * 10_000
VOID = {"meta", "link", "br", "img", "input", "hr", "line"}


@dataclass
class Seen(HTMLParser):
    """What a browser would make of it: elements, their attributes and the text between them."""

    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str | None]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        kept = self.scripts if self.open and self.open[-1] == "script" else self.words
        kept.append(data)


def seen(html: str) -> Seen:
    parsed = Seen()
    parsed.feed(html)
    parsed.close()
    assert not parsed.open
    return parsed


def page(*blocks: object, **given: object) -> Page:
    named = {"name": "brief", "title": "Title", "lead": "Lead.", "version": "1", "today": date(2026, 6, 30)}
    return Page(sections=(Section("Heading", blocks),), **{**named, **given})  # type: ignore[arg-type]  # blocks of any kind


def shown(*blocks: object) -> Seen:
    return seen(page_html(page(*blocks)))


@pytest.fixture(scope="module")
def organisation() -> Ledger:
    return small()


@pytest.fixture(scope="module", params=[HOSTILE, ENDLESS], ids=["hostile", "endless"])
def hostile(request: pytest.FixtureRequest) -> Ledger:
    return ledger(marked(everything(), request.param))


@pytest.mark.parametrize("unit", units().values(), ids=units())
def test_hostile_words_are_words_in_a_browser(
    unit: ModuleType, hostile: Ledger, organisation: Ledger
) -> None:
    html = page_html(unit.page(hostile))
    calm, parsed = seen(page_html(unit.page(organisation))), seen(html)
    assert set(parsed.tags) <= set(calm.tags) | {"details", "summary"}
    assert not [name for name, _ in parsed.attributes if name.startswith("on") or name == "style"]
    assert not set("\x1b\x07\x00\u202e\u2066") & set(html)
    assert not any(mark in html for mark in ("\\u001b", "\\u202e"))
    assert "x" * 2_000 not in html
    for script in parsed.scripts:
        assert json.loads(script)["data"]["values"]


def test_hostile_words_are_there_to_be_read() -> None:
    found = units()["problems"].page(ledger(marked(everything(), HOSTILE)))
    words = " ".join(seen(page_html(found)).words)
    assert "</script><script>alert(1)</script> <img src=x onerror=alert(1)> {{7*7}}{% raw %}${7*7}" in words


def test_hostile_words_in_json_are_what_they_were() -> None:
    found = as_json(units()["problems"].page(ledger(marked(everything(), HOSTILE))))
    assert HOSTILE in json.loads(json.dumps(found))["sections"][1]["blocks"][0]["rows"][0][1]


def test_a_specification_cannot_end_its_script() -> None:
    spec = {"data": {"values": [{"label": "</script><script>alert(1)</script>&<!--"}]}}
    html = page_html(page(Chart("One 1", "d", spec, Table("c", ("A",), (("a",),)))))
    parsed = seen(html)
    frame = seen(page_html(page(Words("x")))).tags.count("script")
    assert frame + len(CHART_SCRIPTS) + 1 == parsed.tags.count("script")
    assert spec == json.loads(parsed.scripts[0])


def test_cells_keep_their_kind_and_their_scale() -> None:
    evidence = Evidence("meeting", "m", Citation("a.ics", "UID 1"), "held")
    rows = (
        ("a" * 50, HOURS, 1200, evidence, None),
        ("b", Estimate(2.0, 2.0, 2.0, 1, "PM hours a week"), 3, evidence, UNKNOWN),
    )
    first, second = rows_of(Table("c", ("A", "B", "C", "D", "E"), rows))
    assert ["sentence", "estimate", "count", "place", "words"] == [one.kind for one in first]
    assert ("4", "(3 to 8)", (37.5, 50.0, 100.0)) == (first[1].text, first[1].bounds, _places(first[1].drawn))
    assert ("2", "", None) == (second[1].text, second[1].bounds, second[1].drawn)
    assert ("unknown", "no minutes are known") == (second[4].kind, second[4].whole)
    assert "1,200" == first[2].text


def _places(bar: object) -> tuple[float, float, float]:
    return (bar.low, bar.value, bar.high)  # type: ignore[attr-defined]  # a Drawn, which tests need not import


def test_intervals_that_would_all_look_alike_are_not_drawn() -> None:
    vague = Estimate(0.1, 0.0, 0.9, 9, "share")
    below = Estimate(-0.1, -0.3, 0.2, 9, "change of attendance")
    assert rows_of(Table("c", ("A",), ((vague,), (vague,))))[0][0].drawn is None
    assert rows_of(Table("c", ("A",), ((below,),)))[0][0].drawn is None
    assert rows_of(Table("c", ("A",), ((SHARE,),)))[0][0].drawn is not None


def test_an_endless_or_missing_scale_is_drawn_as_nothing() -> None:
    assert (0.0, 0.0, 0.0) == _places(drawn(HOURS))
    endless = Estimate(4.0, 2.0, math.inf, 9, "hours")
    assert (50.0, 100.0, 100.0) == _places(rows_of(Table("c", ("A",), ((endless,),)))[0][0].drawn)


def test_every_kind_of_block_has_a_face() -> None:
    evidence = tuple(Evidence("meeting", f"m{i}", Citation("a.ics", f"UID {i}"), "held") for i in range(5))
    parsed = shown(
        Words("Careful.", "warning"),
        Points(("one",)),
        Points(("first",), ordered=True),
        Claim("RIT05", "No minutes", evidence, 9, HOURS, None, "Write.", "20%"),
        Proposal(
            text="Pause it",
            hours=UNKNOWN,
            effort="2 days",
            because=("RIT01 a",),
            proof=("Measure.",),
            moves=UNKNOWN,
        ),
        Table("c", ("A",), (), empty="Load minutes."),
        Table("c", ("A", "B"), (("a", UNKNOWN),), left_out=3),
    )
    text = " ".join(" ".join(parsed.words).split())
    for words in ("Careful.", "9 records in all", "and 4 more", "Load minutes.", "and 3 more rows",
                  "Not known where: no minutes are known.", "Because of", "Base rate"):  # fmt: skip
        assert words in text
    assert {"ol", "ul", "details", "dl"} <= set(parsed.tags)


def test_a_page_with_nothing_to_show_says_what_fills_it_and_leads_there() -> None:
    page_of_nothing = units()["time"].page(ledger())
    served, kept = page_html(page_of_nothing), report_html([page_of_nothing])
    assert '<a class="button primary" href="/begin">Load exports</a>' in served
    assert "/begin" not in kept
    for html in (served, kept):
        assert "<code>prodops add FOLDER</code>" in html
        assert "Calendars of PMs" in html


def test_a_page_without_charts_loads_what_draws_them_not() -> None:
    assert "vega" not in page_html(page(Words("x")))


@pytest.mark.parametrize("unit", units().values(), ids=units())
def test_headings_descend_step_by_step(unit: ModuleType, organisation: Ledger) -> None:
    for html in (page_html(unit.page(organisation)), report_html([unit.page(organisation)])):
        levels = [int(tag[1]) for tag in seen(html).tags if tag in ("h1", "h2", "h3", "h4", "h5")]
        assert 1 == levels[0]
        assert 1 == levels.count(1)
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_id_is_given_once_and_every_address_leads_somewhere(organisation: Ledger) -> None:
    parsed = seen(report_html([unit.page(organisation) for unit in units().values()]))
    ids = [value for name, value in parsed.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    named = {
        value.removeprefix("#")
        for name, value in parsed.attributes
        if name == "href" and value and value[0] == "#"
    }
    named |= {
        value for name, value in parsed.attributes if name in ("data-spec", "aria-labelledby") and value
    }
    assert named <= set(ids)


def test_tables_of_one_caption_are_regions_of_different_names() -> None:
    """Two agents have their outputs reviewed: whoever hears the page must tell the two tables apart."""
    table = Table("Reviews: 1 to 8 of 16", ("What",), (("read",),))
    sections = tuple(Section(name, (table,)) for name in ("Agent one", "Agent two"))
    html = seen(page_html(replace(page(), sections=sections)))
    names = [value for name, value in html.attributes if name == "aria-label" and value and "1 to 8" in value]
    assert names == ["Agent one: Reviews: 1 to 8 of 16", "Agent two: Reviews: 1 to 8 of 16"]


def test_the_report_holds_everything_and_names_no_address(organisation: Ledger) -> None:
    pages = [unit.page(organisation) for unit in units().values()]
    html = report_html(pages)
    assert len(html.encode()) <= 1_200_000 + 20 * sum(len(json.dumps(as_json(one))) for one in pages) / 10
    parsed = seen(html)
    sources = [value for name, value in parsed.attributes if name in ("src", "srcset", "action", "data")]
    links = [
        value
        for name, value in parsed.attributes
        if name == "href" and value and not value.startswith(("#", "data:"))
    ]
    assert not sources
    assert not links
    assert "product operations report" in " ".join(parsed.words).lower()


def test_a_report_without_charts_may_run_nothing() -> None:
    html = report_html([page(Words("x"))])
    assert "script-src 'none'" in html.replace("&#39;", "'")
    assert "script" not in seen(html).tags


def test_what_is_vendored_has_its_licence() -> None:
    licences = (STATIC / "vendor" / "LICENCES.txt").read_text(encoding="utf-8")
    for path in sorted((STATIC / "vendor").glob("*.js")):
        assert path.name in licences


def test_no_script_of_ours_fetches_or_compiles_words() -> None:
    ours = (STATIC / "charts.js").read_text(encoding="utf-8")
    for word in (
        "fetch(",
        "XMLHttpRequest",
        "eval(",
        "new Function",
        "innerHTML",
        "http:",
        "https:",
        "import(",
    ):
        assert word not in ours


def test_values_become_what_json_has() -> None:
    value = {
        1: HOURS, "day": date(2026, 1, 2), "moment": datetime(2026, 1, 2, 3, tzinfo=UTC), "endless": math.inf,
        "none": math.nan, "path": Path("a/b"), "many": {"x"}, "other": PurePosixPath("a/b"), "yes": True,
    }  # fmt: skip
    assert {
        "1": {"value": 4.0, "low": 3.0, "high": 8.0, "n": 30, "unit": "PM hours a week", "method": "",
              "because": "", "level": 0.95},
        "day": "2026-01-02", "moment": "2026-01-02T03:00:00+00:00", "endless": None, "none": None,
        "path": "a/b", "many": ["x"], "other": "a/b", "yes": True,
    } == plain(value)  # fmt: skip


def test_the_verdict_is_flat_enough_for_a_program(organisation: Ledger) -> None:
    found = json.loads(json.dumps(as_verdict(brief.page(organisation)), allow_nan=False))
    assert found["verdict"] in ("named", "healthy", "too_close", "not_enough_evidence")
    assert {"name", "hours_low", "hours_mid", "hours_high", "n", "p_top"} <= set(found["sinks"][0])
    assert {"finding", "record", "source", "locator", "says"} == set(found["evidence"][0])
    assert found["findings"][0]["evidence_count"] > 0
    assert "RIT01 roadmap-review" in found["quick_win"]["because"]


def test_the_verdict_on_nothing_names_nothing() -> None:
    found = as_verdict(brief.page(ledger()))
    assert found["named"] is None
    assert not found["evidence"]
