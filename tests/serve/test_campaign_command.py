"""`prodops stance campaign`, `due`, `charter` and `plan early-days` as a user types them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from pages import organisation as part
from prodops.ledger.reading import Entry
from prodops.ledger.store import open_store
from prodops.serve.calendar_days import Day, days_as_calendar
from prodops.serve.cli import app
from prodops.serve.cli.output import Refusal

Prodops = Callable[..., str]


@pytest.fixture
def prodops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Prodops:
    """A command that works on a workspace with three rituals of six PMs."""
    monkeypatch.setenv("PRODOPS_WORKSPACE", str(tmp_path / ".prodops"))
    monkeypatch.setenv("PRODOPS_TODAY", "2026-06-30")
    files = defaultdict(list)
    for record in (*part.people(), *part.calendars(), *part.minutes()):
        files[record.cite.source].append(record)
    with open_store(tmp_path / ".prodops") as store, store.load() as load:
        for name, records in files.items():
            entries = [Entry(locator="all", records=tuple(records))]
            load.file(name, sha256="0", size_bytes=1, connector="test", covers="snapshot", entries=entries)

    def run(*words: str) -> str:
        done = CliRunner().invoke(app, words)
        if done.exception is not None:
            raise done.exception
        return done.stdout

    return run


def test_a_campaign_runs_from_its_letter_to_its_close(prodops: Prodops, tmp_path: Path) -> None:
    assert "No campaign was started" in prodops("stance", "campaign")
    letter = tmp_path / "letter.md"
    assert "3 rituals" in prodops("stance", "campaign", "start", "--by", "2026-07-10", "--out", str(letter))
    assert "- Roadmap review (roadmap-review): by its name: decide; 5.7" in letter.read_text()
    prodops("purpose", "Roadmap review", "decide", "--owner", "Ana", "--decides", "CPO")
    state = prodops("stance", "campaign")
    assert "1 of 3 answered, due 2026-07-10 (in 10 days)" in state
    found = json.loads(prodops("stance", "campaign", "--json"))["campaigns"][0]
    assert [one["owner"] for one in found["answered"]] == ["Ana"]
    assert "1 of 3 answered" in prodops("stance", "campaign", "close")
    assert "closed on 2026-06-30" in prodops("stance", "campaign")
    assert "Open again" in prodops("stance", "campaign", "close", "--undo")
    assert "Taken back" in prodops("stance", "campaign", "start", "--undo")


def test_the_letter_is_printed_where_no_file_is_named(prodops: Prodops) -> None:
    said = prodops("stance", "campaign", "start")
    assert "What is your ritual for? Please answer by 2026-07-14." in said


def test_what_was_declared_is_given_as_json(prodops: Prodops) -> None:
    (one,) = json.loads(prodops("stance", "campaign", "start", "--json"))["declared"]
    assert one["due_on"] == "2026-07-14"


def test_a_wrong_day_and_a_second_campaign_are_refused(prodops: Prodops) -> None:
    with pytest.raises(Refusal, match="soon is not a day"):
        prodops("stance", "campaign", "start", "--by", "soon")
    prodops("stance", "campaign", "start")
    with pytest.raises(Refusal, match="open already") as refusal:
        prodops("stance", "campaign", "start")
    assert "campaign close" in refusal.value.remedy


def test_a_ritual_that_is_first_in_the_line_is_declared_and_help_lists_the_commands(prodops: Prodops) -> None:
    assert "pricing-council: own" in prodops("stance", "Pricing council", "own")
    assert json.loads(prodops("stance", "--json", "Pricing council", "facilitate"))["declared"]
    said = prodops("stance", "pricing-council", "--decides", "CPO")
    assert "facilitate" in said
    assert "CPO decides" in said
    assert "campaign" in prodops("stance", "--help")


def test_what_is_due_is_written_as_a_calendar_that_others_read(prodops: Prodops, tmp_path: Path) -> None:
    assert "Nothing is declared" in prodops("stance", "due")
    prodops("stance", "Pricing council", "own")
    prodops("exit-ritual", "Roadmap review", "--because", "RIT01")
    file = tmp_path / "due.ics"
    said = prodops("stance", "due", "--ics", str(file))
    assert "Look again: Pricing council, own" in said
    assert "Wrote" in said
    events = list(Calendar.from_ical(file.read_bytes()).walk("VEVENT"))
    assert {str(one["SUMMARY"]).partition(":")[0] for one in events} == {"Look again", "Read the effect"}
    assert date(2026, 12, 29) in {one.decoded("DTSTART") for one in events}
    before = file.read_bytes()
    prodops("stance", "due", "--ics", str(file))
    assert file.read_bytes() == before
    assert json.loads(prodops("stance", "due", "--json"))["due"]


def test_a_calendar_file_that_cannot_be_written_is_refused(prodops: Prodops, tmp_path: Path) -> None:
    prodops("stance", "Pricing council", "own")
    with pytest.raises(Refusal, match="cannot be written"):
        prodops("stance", "due", "--ics", str(tmp_path / "nowhere" / "due.ics"))


def test_long_lines_and_marks_of_a_calendar_survive() -> None:
    says = "Look again: Preis, Rat; " + "ä" * 80 + "\n\\"
    text = days_as_calendar([Day("a", date(2026, 7, 1), says)], datetime(2026, 6, 30, tzinfo=UTC))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == says.replace("\n", " ")


def test_a_charter_is_shown_written_and_refused(prodops: Prodops, tmp_path: Path) -> None:
    assert "Charter: Roadmap review" in prodops("charter", "roadmap review")
    file = tmp_path / "charter.md"
    assert f"Wrote {file}" in prodops("charter", "roadmap-review", "--out", str(file))
    assert file.read_text().startswith("# Charter: Roadmap review")
    assert json.loads(prodops("charter", "roadmap-review", "--json"))["ritual"] == "roadmap-review"
    with pytest.raises(Refusal, match="No ritual of five or more people is called"):
        prodops("charter", "zzz")


def test_the_early_days_are_shown_and_written_to_be_presented(prodops: Prodops, tmp_path: Path) -> None:
    said = prodops("plan", "early-days")
    assert "First hour, 2026-06-30" in said
    for name, begins in (("plan.md", "# The early days"), ("plan.html", "<!doctype html>")):
        file = tmp_path / name
        assert f"Wrote {file}" in prodops("plan", "early-days", "--out", str(file))
        assert file.read_text().lower().startswith(begins.lower())
        assert "In this report" not in file.read_text()
    assert json.loads(prodops("plan", "early-days", "--json"))["starts_on"] == "2026-07-13"


@pytest.mark.parametrize(
    ("name", "says"), [("plan.docx", "neither Markdown nor HTML"), ("no/plan.md", "cannot be written")]
)
def test_a_file_of_another_kind_or_place_is_refused(
    prodops: Prodops, tmp_path: Path, name: str, says: str
) -> None:
    with pytest.raises(Refusal, match=says):
        prodops("plan", "early-days", "--out", str(tmp_path / name))
