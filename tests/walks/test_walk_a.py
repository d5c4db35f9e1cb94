"""Walk A: a calendar event in an .ics, followed to the hours, the finding, the verdict, the page and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from prodops.actions.rituals import exit_ritual, set_stance
from prodops.checks.finding import Evidence, Finding
from prodops.checks.rituals import no_decision
from prodops.diagnosis.constraint import Diagnosis, diagnose
from prodops.diagnosis.operating_model import operating_model
from prodops.diagnosis.quick_win import quick_win
from prodops.ledger.decisions import Intervention
from prodops.ledger.declared_log import GateRefusedError
from prodops.ledger.ledger import Ledger
from prodops.ledger.rituals import Meeting, Note, Outcome, RitualStance
from prodops.ledger.store import Store, open_store
from prodops.pages import units
from prodops.pages.evidence import behind
from prodops.serve.intake.load import FileReport, Intake
from prodops.serve.shown.as_json import as_json
from prodops.views.ritual_loads import RITUAL_LOADS

PMS = tuple(f"{name}.sample@example.com" for name in ("ana", "ben", "cleo", "dan", "eva", "finn"))
MONDAY = date(2025, 12, 1)
COUNCIL, HEALTHY = "Pricing council", ("Roadmap review", "Growth board", "Launch planning", "Data council")
WEEKS = 30
SUMMER, WINTER = datetime(2026, 6, 29, 18, tzinfo=UTC), datetime(2027, 1, 11, 18, tzinfo=UTC)


@dataclass(slots=True)
class World:
    """An organisation's exports and its workspace, at a moment that the test moves on."""

    folder: Path
    now: datetime = SUMMER
    store: Store = field(init=False)

    def load(self) -> list[FileReport]:
        """Take in everything that lies in the exports folder."""
        intake = Intake(store=self.store, hints=lambda _file: {}, progress=lambda *_: None)
        return list(intake.take([self.folder / "exports"]))

    def ledger(self, as_of: datetime | None = None) -> Ledger:
        """The ledger at a moment."""
        return self.store.ledger(today=as_of or self.now, as_of=as_of)

    def write(self, name: str, text: str) -> None:
        """Write an export."""
        path = self.folder / "exports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def calendar(stamped: datetime, *, council_until: str = "") -> str:
    """The shared calendar: a council on Mondays, healthy rituals on the other days."""
    events = []
    for place, title in enumerate((COUNCIL, *HEALTHY)):
        day = MONDAY + timedelta(days=place)
        until = f";UNTIL={council_until}" if council_until and title == COUNCIL else ""
        invited = [f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:{one}" for one in PMS]
        events += [
            "BEGIN:VEVENT", f"UID:ritual-{place}@example.com", f"DTSTAMP:{stamped:%Y%m%dT%H%M%SZ}",
            f"DTSTART;TZID=Europe/Berlin:{day:%Y%m%d}T090000",
            f"DTEND;TZID=Europe/Berlin:{day:%Y%m%d}T{'140000' if title == COUNCIL else '100000'}",
            f"RRULE:FREQ=WEEKLY{until}", f"SUMMARY:{title}", f"ORGANIZER:mailto:{PMS[0]}",
            *invited, "END:VEVENT",
        ]  # fmt: skip
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Example//EN",
        "METHOD:PUBLISH",
        *events,
        "END:VCALENDAR",
    ]
    return "".join(f"{line}\r\n" for line in lines)


def minutes(title: str, day: date, *, decides: bool) -> str:
    """Minutes as a scribe writes them."""
    end = "DECISION: We keep the annual plan.\n" if decides else "Opinions differ on how urgent it is.\n"
    present = ", ".join(f"{one.split('.')[0].title()} Sample" for one in PMS)
    return f"# {title} {day}\n\nPresent: {present}\n\n## Annual plans\n\nThe plans were shown.\n\n{end}"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Thirty weeks of a council that produces nothing, among rituals that do."""
    made = World(tmp_path)
    names = [one.split(".")[0].title() for one in PMS]
    rows = [f"{name} Sample,{email},Product Manager,Core" for name, email in zip(names, PMS, strict=True)]
    made.write("roster.csv", "\n".join(["name,email,title,team", *rows, ""]))
    made.write("calendars/rituals.ics", calendar(SUMMER))
    for week in range(WEEKS):
        for place, title in enumerate((COUNCIL, *HEALTHY)):
            day = MONDAY + timedelta(days=7 * week + place)
            folder = title.lower().replace(" ", "-")
            made.write(f"minutes/{folder}/{day}.md", minutes(title, day, decides=title != COUNCIL))
    with open_store(tmp_path / ".prodops", clock=lambda: made.now) as store:
        made.store = store
        made.load()
        yield made


def council_hours(ledger: Ledger) -> float:
    """PM hours a week in the council."""
    ((hours,),) = ledger.sql(
        "select pm_hours_week from ritual_loads where ritual = 'pricing-council'", views=[RITUAL_LOADS]
    )
    return float(hours)


def rot(ledger: Ledger) -> float:
    """Hours of ritual rot in the verdict, 0 where there are none."""
    return next(sink.hours.value or 0.0 for sink in diagnose(ledger).sinks if sink.name == "ritual_rot")


def found(ledger: Ledger) -> list[Finding]:
    """What RIT01 finds."""
    return list(no_decision.check(ledger))


def stands_in_its_file(folder: Path, evidence: Evidence) -> bool:
    """Whether the cited line or event is there, and is about what it is cited for."""
    text = (folder / evidence.cite.source).read_text(encoding="utf-8")
    locator = evidence.cite.locator
    if line := re.fullmatch(r"lines? (\d+)(?:-\d+)?", locator):
        return COUNCIL in text.splitlines()[int(line[1]) - 1]
    if uid := re.match(r"UID (\S+?)(?:[,;]|$| )", locator):
        return f"UID:{uid[1]}" in text.splitlines()
    return False


def test_every_export_is_read(world: World) -> None:
    assert {"unchanged"} == {one.status for one in world.load()}
    ledger = world.ledger()
    assert 5 * WEEKS == ledger.count(Note)
    assert 4 * WEEKS == ledger.count(Outcome)
    assert {row[0] for row in ledger.sql("select distinct title from meeting")} == {COUNCIL, *HEALTHY}
    assert [("no_end", False)] == [(one.code, one.lost) for one in world.store.problems()]


def test_the_event_becomes_meetings_and_the_meetings_hours(world: World) -> None:
    ledger = world.ledger()
    held = ledger.sql("select count(*) from meeting where title = $t and starts_at <= $today", {"t": COUNCIL})
    assert [(WEEKS + 1,)] == held
    assert council_hours(ledger) == pytest.approx(6 * 5 * 0.95 * 27 / 26, rel=0.02)
    assert council_hours(ledger) == pytest.approx(6 * 5 * 0.95, rel=0.05)


def test_the_ritual_without_output_is_found_and_cites_the_very_lines(world: World) -> None:
    (finding,) = found(world.ledger())
    assert ("RIT01", "pricing-council") == (finding.code, finding.subject)
    assert finding.hours is not None
    assert finding.hours.value is not None
    assert finding.hours.value > 10
    assert finding.evidence
    assert all(stands_in_its_file(world.folder, one) for one in finding.evidence)
    assert 24 == len({one.cite.source for one in finding.evidence})
    assert 26 == finding.evidence_count
    assert "of 26 noted occurrences" in finding.title


def test_every_meeting_cites_the_event_it_came_from(world: World) -> None:
    cited = {
        Evidence("meeting", one.id, one.cite, "")
        for one in world.ledger().records(Meeting)
        if one.title == COUNCIL
    }
    assert cited
    assert all(stands_in_its_file(world.folder, one) for one in cited)


def test_the_verdict_names_rituals_and_the_win_is_to_pause_it(world: World) -> None:
    ledger = world.ledger()
    verdict = diagnose(ledger)
    assert ("ritual_rot", "named") == (verdict.named, verdict.verdict)
    win = quick_win(verdict)
    assert win is not None
    assert (("pricing-council",), "Pause Pricing council for six weeks") == (win.subjects, win.name)
    assert ("RIT01 pricing-council", "RIT03 pricing-council") == win.because
    assert {"pricing-council": "exit"} == {
        one.ritual: one.stance for one in operating_model(ledger, verdict) if one.stance == "exit"
    }


def test_the_exit_is_declared_because_of_the_finding_and_stands_beside_what_was_generated(
    world: World,
) -> None:
    before = world.ledger()
    records = exit_ritual.propose(
        before, COUNCIL, exit_ritual.Plan(), because=["RIT01"], at=SUMMER, by=PMS[0]
    )
    world.store.append(records, gate=lambda after: exit_ritual.gate(after, records), today=SUMMER)
    after = world.ledger()
    (stance,) = after.records(RitualStance)
    (change,) = after.records(Intervention)
    assert ("pricing-council", "exit", ("RIT01 pricing-council",)) == (
        stance.ritual, stance.stance, stance.because,
    )  # fmt: skip
    assert ("RIT01 pricing-council",) == change.because
    assert (SUMMER.date(), SUMMER.date() + timedelta(days=91)) == (change.starts_on, change.reads_out_on)
    (row,) = (one for one in operating_model(after, diagnose(after)) if one.ritual == "pricing-council")
    assert ("exit", "exit", True) == (row.stance, row.proposed, row.declared)
    assert not before.count(RitualStance)
    assert world.store.verify() == []


def test_no_exit_enters_the_log_without_a_finding(world: World) -> None:
    records = set_stance.propose(world.ledger(), "Roadmap review", "exit", at=SUMMER, by=PMS[0])
    with pytest.raises(GateRefusedError, match="No exit without a finding"):
        world.store.append(records, gate=lambda after: set_stance.gate(after, records), today=SUMMER)
    assert world.ledger().count(RitualStance) == 0


def test_the_page_that_the_cfo_reads_says_so(world: World) -> None:
    shown = json.dumps(as_json(units()["brief"].page(world.ledger())))
    assert "Pause Pricing council for six weeks" in shown
    assert "RIT01" in shown
    assert "ritual rot" in shown
    assert "sample@example.com" not in shown
    assert "minutes/pricing-council/" in json.dumps(as_json(behind(world.ledger(), "RIT01/pricing-council")))


def _said(verdict: Diagnosis) -> tuple[object, ...]:
    hours = [(sink.name, sink.hours, sink.p_top) for sink in verdict.sinks]
    return verdict.says, verdict.verdict, verdict.p_top, verdict.margin, hours, verdict.findings


def test_later_calendars_without_the_ritual_lower_the_hours_and_the_past_stays_as_it_was(
    world: World,
) -> None:
    summer = diagnose(world.ledger())
    before, version = council_hours(world.ledger()), world.ledger().version
    world.now = WINTER
    world.write("calendars/rituals.ics", calendar(WINTER, council_until="20260629T235959Z"))
    assert "loaded" in {one.status for one in world.load()}
    later = world.ledger()
    assert version != later.version
    assert before > 15
    assert 0 == council_hours(later)
    assert rot(later) < 0.2 * (summer.sinks[0].hours.value or 0)
    assert diagnose(later).named is None
    then = SUMMER + timedelta(hours=1)
    assert _said(summer) == _said(diagnose(world.ledger(as_of=then)))
    assert before == council_hours(world.ledger(as_of=then))
