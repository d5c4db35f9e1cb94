"""What a page rests on, and what could be loaded to know more: for readers, and for those who start."""

from __future__ import annotations

from datetime import date, datetime

from prodops.ledger.ledger import Ledger
from prodops.ledger.schema import CITATION_COLUMNS, record_types, table_name
from prodops.pages.blocks import Start, Table
from prodops.pages.wording import listed, many
from prodops.views.evidence_window import EVIDENCE_WINDOW

NOUNS = {
    "meeting": "calendar entries",
    "note": "minutes",
    "attendance": "signs of attendance",
    "ritual_listing": "registry entries",
    "feedback": "messages",
    "issue": "issues",
    "release_note": "release notes",
    "metric_definition": "metric definitions",
    "metric_use": "uses of metrics",
    "dataset_load": "freshness checks",
    "interview_answer": "interview answers",
    "time_entry": "booked hours",
    "person": "people in the roster",
    "logged_decision": "decisions read",
}
"""Records that a reader knows, by their table."""

EXPORTS = {
    "time": (
        ("Calendars of PMs: .ics, Microsoft Graph JSON", "hours by purpose, hours in meetings"),
        ("A roster: CSV, SCIM", "who is a PM"),
        ("Interview forms: YAML, CSV", "where PMs say their time goes, and where it should"),
    ),
    "rituals": (
        ("Calendars: .ics, Microsoft Graph JSON", "what recurs and what it asks of PMs"),
        ("Minutes: Markdown, text, MeetBot logs", "what each ritual decides, carries over, leaves open"),
        ("Attendance: WebVTT, SRT, CSV", "what was planned and not held, and what people leave"),
        ("Registries: sigs.yaml, meetings YAML, TOML", "which rituals exist and which have ended"),
    ),
    "feedback": (
        ("Support exports: Zendesk, Intercom", "time to answer, decisions, what nobody touched"),
        ("Any table of messages: CSV, XLSX", "the same, once its columns are named: prodops map"),
        ("Issues: Jira, Linear, GitHub", "what messages became"),
    ),
    "metrics": (
        ("Definitions: dbt, metric-hub TOML, indicator YAML", "owners, targets, contradictions"),
        ("dbt run results and freshness", "data older than promised"),
        ("Dashboard usage: CSV with user, metric, used at, kind", "numbers checked again by hand"),
    ),
    "decisions": (
        ("Decision records (ADR): Markdown", "what was decided, what replaced it and when"),
        ("A decision log: CSV, XLSX", "the same, with predictions and what came true"),
    ),
}
"""Per page: what can be exported, and what it shows."""


def exports(page: str) -> Start:
    """What to load for a page, as its empty state."""
    says = "These exports fill this page; any one of them is a beginning:"
    return Start(says, Table("What to load", ("Export", "Shows"), EXPORTS[page]))


def all_exports() -> Start:
    """What to load, for those who start."""
    rows = tuple((page.capitalize(), *row) for page, listed in EXPORTS.items() for row in listed)
    says = "Begin with what is at hand: the PMs' calendars say where time goes, minutes what meetings decide."
    return Start(says, Table("What to load", ("Page", "Export", "Shows"), rows))


def counted(ledger: Ledger) -> dict[str, int]:
    """How many records of each kind there are that a reader knows; kinds without any are left out."""
    parts = [f"select '{table}' as kind, count(*) as records from {table}" for table in NOUNS]  # noqa: S608 (our own names)
    counts = {str(kind): int(n) for kind, n in ledger.sql(" union all ".join(parts))}
    return {NOUNS[table]: counts[table] for table in NOUNS if counts[table]}


def rests_on(ledger: Ledger) -> str:
    """Which records from how many files, and the days they speak of; empty when nothing is loaded."""
    counts = counted(ledger)
    if not counts:
        return ""
    spans = ledger.sql("select min(first_at), max(last_at) from evidence_window", views=[EVIDENCE_WINDOW])
    first, last = spans[0]
    span = f", which speak of {_day(first)} to {_day(last)}" if first is not None else ""
    told = listed([f"{n:,} {noun}" for noun, n in counts.items()])
    return f"Rests on {told}, from {many(_files(ledger), 'file')}{span}."


def read_as(ledger: Ledger) -> Table:
    """Records by what read them: the first word of a record's id."""
    source, _ = CITATION_COLUMNS
    tables = [table_name(kind) for kind in record_types() if table_name(kind) != "problem"]
    parts = " union all ".join(
        f"select '{table}' as kind, split_part(id, ':', 1) as connector, {source} as source from {table}"  # noqa: S608 (our own names)
        for table in tables
    )
    query = (
        "select connector, kind, count(*) as records, count(distinct source) as files "  # noqa: S608 (as above)
        f"from ({parts}) as every group by connector, kind order by connector, records desc, kind"
    )
    rows = tuple(
        (str(connector), str(kind).replace("_", " "), int(records), int(files))
        for connector, kind, records, files in ledger.sql(query)
    )
    return Table(
        "Records by what read them",
        ("Read as", "Record", "Records", "Files"),
        rows,
        empty="Nothing is loaded yet. Load exports: prodops add FOLDER. To see an example: prodops demo",
    )


def _files(ledger: Ledger) -> int:
    source, _ = CITATION_COLUMNS
    parts = " union ".join(f"select {source} from {table}" for table in NOUNS)  # noqa: S608 (our own names)
    return int(ledger.sql(f"select count(*) from ({parts}) as every")[0][0])  # noqa: S608 (as above)


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
