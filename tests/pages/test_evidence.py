"""From each number to its rows: whole, paged, cited, and never about fewer than five people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta

import pytest

from make import make
from pages import organisation as part
from prodops.checks.finding import Evidence
from prodops.diagnosis.sink import Part
from prodops.ledger.data import MetricDefinition, MetricUse
from prodops.ledger.feedback import Feedback
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation, Prose, Record, RecordId, person_id
from prodops.ledger.rituals import Invitee, Meeting, Note, Series
from prodops.ledger.schema import record_types, table_name
from prodops.pages import brief, diagnosis, evidence
from prodops.pages.blocks import Behind, Chart, Figure, Group, Onward, Page, Proposal, Table, Words
from prodops.pages.evidence import ROW, NoEvidenceError, RowsBehind, behind
from prodops.pages.judged import judged
from prodops.pages.parts import parts_of
from prodops.pages.row_behind import KEPT, row_behind
from prodops.serve.shown.as_json import as_json
from prodops.serve.shown.text import as_text


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return part.small()


def tables(page: Page) -> list[Table]:
    return [block for section in page.sections for block in section.blocks if isinstance(block, Table)]


def said(page: Page) -> str:
    return " ".join(
        block.text for section in page.sections for block in section.blocks if isinstance(block, Words)
    )


def ways(page: Page) -> list[Behind]:
    return [
        way
        for section in page.sections
        for block in section.blocks
        if isinstance(block, Onward)
        for way in block.ways
        if isinstance(way, Behind)
    ]


def opened(page: Page) -> set[str]:
    """What everything on a page opens."""
    found = {way.of for way in ways(page)}
    for section in page.sections:
        for block in section.blocks:
            table = block.table if isinstance(block, Chart) else block
            rows = table.rows if isinstance(table, Table) else ()
            if isinstance(block, Group):
                found |= {one.of for one in block.claims}
                rows = block.rest.rows if block.rest else ()
            if isinstance(block, Proposal):
                found |= {one.replace(" ", "/", 1) for one in block.because}
            found |= {cell.of for row in rows for cell in row if isinstance(cell, Behind)}
    return found - {""}


@pytest.mark.parametrize("shown", [brief.page, diagnosis.page, evidence.page])
def test_every_number_that_opens_rows_has_some(ledger: Ledger, shown: object) -> None:
    page = shown(ledger)  # type: ignore[operator]  # a page's function
    of = opened(page)
    assert len(of) > 5
    for one in of:
        found = behind(ledger, one)
        assert found.sections
        assert found.total > 0
        assert found.lead.endswith(".")


def test_a_ritual_opens_its_occurrences_the_empty_ones_first_each_with_its_place(ledger: Ledger) -> None:
    page = behind(ledger, "ritual_rot/roadmap-review", limit=5)
    (table,) = tables(page)
    assert ("Day", "What it shows", "Length", "Record") == table.columns
    assert 5 == len(table.rows)
    assert page.total == 5 + table.left_out
    assert all("counts as empty" in str(row[1]) for row in table.rows)
    record = table.rows[0][-1]
    assert isinstance(record, Evidence)
    assert ("note", "line 1") == (record.table, record.cite.locator)
    assert record.cite.source.startswith("minutes/roadmap-")
    assert "draws lie between" in said(page)


def test_occurrences_with_and_without_minutes_are_told_apart() -> None:
    half = [one for one in part.minutes() if "-1" not in one.id]
    page = behind(part.ledger(part.people(), part.calendars(), half), "ritual_rot/pricing-council")
    shown = {str(row[1]).partition(" with")[0].partition(",")[0] for row in tables(page)[0].rows}
    assert {"minutes", "no minutes known"} == shown
    assert {"note", "meeting"} == {
        row[-1].table for row in tables(page)[0].rows if isinstance(row[-1], Evidence)
    }


def test_pages_of_rows_follow_each_other_without_a_gap(ledger: Ledger) -> None:
    whole = [row[-1] for row in tables(behind(ledger, "feedback_black_hole/email", limit=1_000))[0].rows]
    got, offset = [], 0
    while True:
        page = behind(ledger, "feedback_black_hole/email", offset=offset, limit=30)
        got += [row[-1] for row in tables(page)[0].rows]
        onward = [way.offset for way in ways(page) if way.offset > offset]
        if not onward:
            break
        (offset,) = onward
    assert whole == got
    assert 100 == len(got) == page.total
    back = [way for way in ways(page) if way.text.startswith("Rows")]
    assert [("Rows 61 to 90", 60)] == [(way.text, way.offset) for way in back]


def test_beyond_the_last_row_the_way_leads_back(ledger: Ledger) -> None:
    page = behind(ledger, "feedback_black_hole/email", offset=5_000, limit=40)
    assert "There are 100 rows, so none at 5,001." in said(page)
    assert [60] == [way.offset for way in ways(page) if way.offset]


def test_messages_say_what_became_of_them(ledger: Ledger) -> None:
    rows = tables(behind(ledger, "feedback_black_hole/email", limit=1_000))[0].rows
    fates = {str(row[1]).partition(",")[0] for row in rows}
    assert {"still without a decision", "decided (yes)", "ended without a decision"} >= fates
    assert "still without a decision" == str(rows[0][1]).partition(",")[0]
    assert any("repeats an earlier message" in str(row[1]) for row in rows)


def test_a_metric_opens_its_uses_the_re_checks_first(ledger: Ledger) -> None:
    page = behind(ledger, "data_debt/active users")
    assert ("checked again by hand", "20 min") == tables(page)[0].rows[0][1:3]
    assert "dashboard" == tables(page)[0].rows[-1][1]


@pytest.mark.parametrize(
    "written", ["RIT01/roadmap-review", "rit01 roadmap-review", " RIT01 / roadmap-review"]
)
def test_a_finding_is_asked_by_code_and_subject(ledger: Ledger, written: str) -> None:
    page = behind(ledger, written)
    assert "RIT01/roadmap-review" == page.of
    assert "produced nothing" in page.lead


def test_a_sink_has_its_parts_and_the_rows_of_the_first(ledger: Ledger) -> None:
    page = behind(ledger, "ritual-rot")
    assert "ritual_rot" == page.of
    assert ["ritual_rot", "ritual_rot/roadmap-review"] == [section.of for section in page.sections][:2]
    figures = [block for block in page.sections[0].blocks if isinstance(block, Figure)]
    assert ["Ritual rot: meetings that produce nothing"] == [one.label for one in figures]
    assert "Not settled by the data" in said(page)


def test_a_check_opens_all_its_places() -> None:
    several = part.ledger(metrics_without_owner(9))
    found = behind(several, "DAT02")
    assert 9 == found.total
    assert "DAT02 was found in 9 places." == found.lead
    assert ["3 more places"] == [section.heading for section in found.sections][-1:]
    assert ["DAT02/p6", "DAT02/p7", "DAT02/p8"] == [way.of for way in ways(found)][-3:]


def metrics_without_owner(products: int) -> Iterator[Record]:
    for product in range(products):
        for one in part.metrics():
            if isinstance(one, MetricDefinition):
                yield replace(one, id=RecordId(f"{one.id}-{product}"), product=f"p{product}")


def test_definitions_without_an_owner_come_before_those_that_have_one(ledger: Ledger) -> None:
    subject = next(one.subject for one in judged(ledger).findings if one.code == "DAT02")
    rows = tables(behind(ledger, f"DAT02/{subject}"))[0].rows
    shown = [str(row[1]).partition(",")[0] for row in rows]
    assert sorted(shown, reverse=True) == shown
    assert "names no owner" == shown[0]


def test_a_finding_without_rows_of_a_kind_lists_what_it_cites(ledger: Ledger) -> None:
    page = behind(ledger, "DAT04/warehouse.users")
    (table,) = tables(page)
    assert "What the check cites, the most telling of 1 record" == table.caption
    assert 1 == page.total


@pytest.mark.parametrize(
    "of", ["nothing", "", "/", "RIT99", "RIT01/pricing-council", "ritual_rot/none", "'; --"]
)
def test_what_has_no_rows_is_refused_with_what_has(ledger: Ledger, of: str) -> None:
    with pytest.raises(NoEvidenceError, match=r"sinks: .*ritual_rot.*findings: .*RIT01"):
        behind(ledger, of)


def test_a_sink_without_anything_says_why() -> None:
    with pytest.raises(NoEvidenceError, match="no rows, because"):
        behind(part.small(), "tool_overlap")
    with pytest.raises(NoEvidenceError):
        behind(part.ledger(), "ritual_rot")


def one_to_one(pms: tuple[int, ...], key: str) -> Iterator[Record]:
    """A weekly meeting of a few PMs that is noted and decides nothing."""
    for pm in pms:
        yield make(
            Invitee, id=RecordId(f"ics:invitee:{key}-{pm}"), invite=RecordId(f"ics:invite:{key}"),
            person=person_id(f"pm{pm}@example.com"), response="accepted", own_copy=True,
        )  # fmt: skip
    yield make(
        Series, id=RecordId(f"ics:series:{key}"), uid=key, title=f"{key} planning", rule="FREQ=WEEKLY",
        starts_at=part.START, invited_count=len(pms), organiser=None,
    )  # fmt: skip
    for week in range(part.WEEKS):
        at = part.START + timedelta(weeks=week, hours=8)
        yield make(
            Note, id=RecordId(f"minutes:note:{key}-{week}"), ritual=f"{key} planning", held_on=at.date(),
            words=90, present_count=len(pms), items_count=1,
        )  # fmt: skip
        yield make(
            Meeting, id=RecordId(f"ics:meeting:{key}-{week}"), cite=Citation("x.ics", f"UID {key}"), uid=key,
            series=RecordId(f"ics:series:{key}"), invite=RecordId(f"ics:invite:{key}"),
            title=f"{key} planning", starts_at=at, ends_at=at + timedelta(hours=1), invited_count=len(pms),
        )  # fmt: skip


def test_a_meeting_of_two_has_no_rows_and_no_name() -> None:
    secret = part.ledger(part.everything(), one_to_one((0, 1), "secret"))
    assert any(one.subject == "secret-planning" for one in judged(secret).parts["ritual_rot"])
    with pytest.raises(NoEvidenceError):
        behind(secret, "ritual_rot/secret-planning")
    for page in (evidence.page(secret), diagnosis.page(secret), behind(secret, "ritual_rot")):
        assert "secret" not in str(as_json(page))


def test_no_part_can_be_had_by_taking_the_others_from_the_sum() -> None:
    few = part.ledger(part.everything(), one_to_one((0, 1), "secret"))
    told = parts_of(few, judged(few), "ritual_rot")
    open_ = part.small()
    assert len(told.told) < len(parts_of(open_, judged(open_), "ritual_rot").told)
    many = part.ledger(part.everything(), one_to_one((0, 1, 2), "a"), one_to_one((3, 4), "b"))
    assert len(parts_of(many, judged(many), "ritual_rot").told) > len(told.told)


def test_an_area_that_one_pm_may_hold_is_told_only_where_five_are_known(ledger: Ledger) -> None:
    verdict = judged(ledger)
    draws = verdict.parts["ritual_rot"][0].draws
    areas = (
        Part(subject="few", title="few", draws=draws, touches=2),
        Part(subject="nobody knows", title="nobody knows", draws=draws),
        Part(subject="many", title="many", draws=draws, touches=6),
    )
    for sink, shown in (("launch_friction", ["many"]), ("feedback_black_hole", ["nobody knows", "many"])):
        told = parts_of(ledger, replace(verdict, parts={sink: areas}), sink)
        assert shown == [one.subject for one in told.told]
        assert 3 - len(shown) == told.hidden


def test_three_pms_have_no_hours_behind_anything() -> None:
    few = part.ledger(part.people(3), part.calendars(3), part.minutes(), small_uses())
    assert not parts_of(few, judged(few), "data_debt").told
    with pytest.raises(NoEvidenceError):
        behind(few, "data_debt/active users")


def small_uses() -> Iterator[Record]:
    for one in part.uses():
        assert isinstance(one, MetricUse)
        yield one


def test_the_appendix_counts_what_it_does_not_hold(ledger: Ledger) -> None:
    page = evidence.page(ledger)
    assert not isinstance(page, RowsBehind)
    for table in tables(page):
        assert len(table.rows) <= evidence.IN_REPORT
    assert any(table.left_out for table in tables(page))
    sections = [section.of for section in page.sections]
    assert len(set(sections)) == len(sections)


def test_in_a_terminal_each_row_has_its_place_and_each_way_its_command(ledger: Ledger) -> None:
    text = as_text(behind(ledger, "data_debt/active users", limit=5), columns=80)
    assert "usage.csv, line" in text
    assert "prodops show evidence --of 'data_debt/active users' --offset 5" in text
    assert "prodops show evidence --of data_debt" in text


def test_as_json_it_says_what_was_asked_and_how_many_there_are(ledger: Ledger) -> None:
    shown = as_json(behind(ledger, "RIT01/roadmap-review", offset=2, limit=3))
    assert ("RIT01/roadmap-review", 2, 3) == (shown["of"], shown["offset"], shown["limit"])
    assert shown["total"] > 3
    record = next(
        block["rows"][0][-1]
        for one in shown["sections"]
        for block in one["blocks"]
        if block["kind"] == "table"
    )
    assert {"table", "record", "cite", "says"} == set(record)


def row_of(ledger: Ledger, of: str) -> str:
    """What one of the rows is asked by: the first that the subject shows."""
    (table,) = tables(behind(ledger, of, limit=1))
    record = table.rows[0][-1]
    assert isinstance(record, Evidence)
    return f"{of}{ROW}{record.table}/{record.record}"


def test_a_row_is_shown_as_it_was_read_with_its_place_and_what_was_on_it(ledger: Ledger) -> None:
    page = behind(ledger, row_of(ledger, "ritual_rot/roadmap-review"))
    assert ["Where it can be read again", "As it was read", "What was on it", "Go on"] == [
        one.heading for one in page.sections
    ]
    place = page.sections[0].blocks[0]
    assert isinstance(place, Words)
    assert re.fullmatch(r".+, line \d+", place.text)
    assert {"held on", "title", "words"} <= {row[0] for row in tables(page)[0].rows}
    (back,) = ways(page)
    assert "ritual_rot/roadmap-review" == back.of


@pytest.mark.parametrize(
    "of", ["feedback_black_hole/email", "data_debt/active users", "RIT01/roadmap-review"]
)
def test_no_row_says_who(ledger: Ledger, of: str) -> None:
    page = behind(ledger, row_of(ledger, of))
    assert "person:" not in str(page.sections)


@pytest.mark.parametrize(
    "of",
    [
        "ritual_rot/roadmap-review##note/no such note",
        "ritual_rot/roadmap-review##person/roster:person:1",
        "ritual_rot/roadmap-review##nothing/x",
        "ritual_rot/roadmap-review##",
        "ritual_rot/nobody##note/x",
        "##note/x",
    ],
)
def test_a_row_that_is_not_one_of_those_told_is_not_shown(ledger: Ledger, of: str) -> None:
    with pytest.raises(NoEvidenceError):
        behind(ledger, of)


def test_a_row_of_one_number_is_not_shown_for_another(ledger: Ledger) -> None:
    _, _, row = row_of(ledger, "feedback_black_hole/email").partition(ROW)
    with pytest.raises(NoEvidenceError):
        behind(ledger, f"ritual_rot/roadmap-review{ROW}{row}")


def test_the_title_of_a_private_meeting_is_not_shown() -> None:
    meeting = make(Meeting, title=Prose("Between the two of us"), private=True)
    sections = row_behind(Ledger.of([meeting], today=part.TODAY), "meeting", meeting.id)
    assert sections is not None
    assert "Between" not in str(sections)


def test_a_long_field_is_cut_and_says_so() -> None:
    message = make(Feedback, text=Prose("x" * 5_000))
    sections = row_behind(Ledger.of([message], today=part.TODAY), "feedback", message.id)
    assert "and 3,000 more characters" in str(sections)


def test_every_field_that_is_kept_is_one_of_its_record() -> None:
    names = {table_name(kind): {one.name for one in fields(kind)} for kind in record_types()}
    assert all(set(kept) <= names[table] for table, kept in KEPT.items())
