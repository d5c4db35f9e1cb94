"""One VEVENT as it stands, read into an `Event`; nothing is repeated yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from prodops.connectors.ics.calendars import Calendar
from prodops.connectors.ics.lines import Line
from prodops.connectors.ics.moments import MomentError, When, read_duration
from prodops.connectors.ics.people import Invited, read_people
from prodops.connectors.ics.properties import EventError, Flaw, Properties
from prodops.connectors.ics.rules import Rule, RuleError, read_rule
from prodops.ledger.record import PersonId, Prose

_STATUSES = {"TENTATIVE": "tentative", "CANCELLED": "cancelled", "CANCELED": "cancelled"}
_FREE = frozenset({"FREE", "WORKINGELSEWHERE"})
_PRIVATE = frozenset({"PRIVATE", "CONFIDENTIAL"})
_NAIVE_TIME = (
    "naive_time",
    "its times name no time zone, and neither does the calendar; they were taken for UTC",
    "Export the calendar with its time zone (X-WR-TIMEZONE), or set the event's zone.",
)
_LONGEST_TITLE = 1_000
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Extra:
    """One occurrence of an RDATE.

    Attributes:
        when: Its start.
        span: Its length, when it has one of its own.
    """

    when: When
    span: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One VEVENT.

    Attributes:
        start: When it starts.
        span: How long it lasts.
        zone: The zone it is kept in; None for a day and for a floating time that nothing places.
        all_day: Whether it is a day or a span of days.
        rules: Its recurrence rules.
        rule_text: The rules as written.
        extras: Occurrences beside the rules.
        excluded: Occurrences that the rules give and that do not take place.
        replaces: The start of the occurrence that it stands for; None for the event itself.
        and_future: Whether it stands for the later occurrences too.
        sequence: How often it was revised, by its own count.
        revised_at: When it was last changed.
        title: Its subject; empty for a private event.
        organiser: Who invites.
        people: Who is invited, rooms left out.
        status: confirmed, tentative or cancelled.
        busy: Whether it blocks time.
        private: Whether its owner marked it private.
        flaws: What was wrong with it.
    """

    start: When
    span: timedelta
    zone: tzinfo | None
    all_day: bool
    rules: tuple[Rule, ...]
    rule_text: str
    extras: tuple[Extra, ...]
    excluded: tuple[When, ...]
    replaces: When | None
    and_future: bool
    sequence: int
    revised_at: datetime | None
    title: Prose
    organiser: PersonId | None
    people: tuple[Invited, ...]
    status: str
    busy: bool
    private: bool
    flaws: tuple[Flaw, ...]

    @property
    def repeats(self) -> bool:
        """Whether it is a series."""
        return self.replaces is None and bool(self.rule_text)

    @property
    def rank(self) -> tuple[int, datetime]:
        """By which of two copies the later one is found."""
        return self.sequence, self.revised_at or datetime.min.replace(tzinfo=UTC)


def read_event(raw: bytes, calendar: Calendar) -> Event:
    """Read one VEVENT, from its BEGIN to its END.

    Raises:
        EventError: It does not say when it is, or ends before it starts.
    """
    said = Properties(raw, calendar)
    start, span = _start_and_span(said)
    midnight = start.is_day or said.word("X-MICROSOFT-CDO-ALLDAYEVENT") == "TRUE"
    replaces = _replaces(said)
    private = said.word("CLASS") in _PRIVATE
    title = said.one("SUMMARY")
    people, organiser = read_people(
        said.many("ATTENDEE"), said.one("ORGANIZER"), lists_all=calendar.lists_all
    )
    if start.zone is None and not start.is_day and replaces is None:
        said.flaw(*_NAIVE_TIME)
    rules, rule_text = _rules(said)
    return Event(
        start=start,
        span=span,
        zone=start.zone,
        all_day=midnight,
        rules=rules,
        rule_text=rule_text,
        extras=tuple(_extras(said)),
        excluded=tuple(_excluded(said)),
        replaces=replaces,
        and_future=replaces is not None and _is_and_future(said),
        sequence=_sequence(said),
        revised_at=_revised_at(said),
        title=Prose("" if private or title is None else " ".join(title.text.split())[:_LONGEST_TITLE]),
        organiser=organiser,
        people=people,
        status="cancelled" if calendar.cancels else _STATUSES.get(said.word("STATUS"), "confirmed"),
        busy=said.word("TRANSP") != "TRANSPARENT" and said.word("X-MICROSOFT-CDO-BUSYSTATUS") not in _FREE,
        private=private,
        flaws=tuple(said.flaws),
    )


def _start_and_span(said: Properties) -> tuple[When, timedelta]:
    line = said.one("DTSTART")
    if line is None:
        raise EventError(
            "no_start", "it has no start (DTSTART)", "Ask the calendar's owner for a new export."
        )
    try:
        start = said.when(line)
        begins_at = start.utc()
        end_line, length_line = said.one("DTEND"), said.one("DURATION")
        if end_line is not None:
            end = said.when(end_line)
            if start.is_day and not end.is_day:
                start = When(start.wall, end.zone)
                begins_at = start.utc()
            span = end.utc() - begins_at
        elif length_line is not None:
            span = read_duration(length_line.value)
        else:
            span = _DAY if start.is_day else timedelta()
        # Beyond the end of the calendar there is no such meeting either.
        begins_at + span
    except (MomentError, OverflowError) as error:
        raise EventError(
            "bad_date", f"its time cannot be read: {error}", "Correct its start and its end."
        ) from None
    if span < timedelta():
        raise EventError("ends_before_start", "it ends before it starts", "Correct its end in the calendar.")
    return start, span


def _replaces(said: Properties) -> When | None:
    line = said.one("RECURRENCE-ID")
    if line is None:
        return None
    try:
        when = said.when(line)
        when.utc()
    except MomentError as error:
        raise EventError(
            "bad_date",
            f"which occurrence it replaces cannot be read: {error}",
            "Correct its RECURRENCE-ID, or export the calendar again.",
        ) from None
    return when


def _is_and_future(said: Properties) -> bool:
    line = said.one("RECURRENCE-ID")
    return line is not None and line.parameters.get("RANGE", "").upper() == "THISANDFUTURE"


def _rules(said: Properties) -> tuple[tuple[Rule, ...], str]:
    rules, texts = [], []
    for line in said.many("RRULE"):
        texts.append(line.value.strip()[:_LONGEST_TITLE])
        try:
            rules.append(read_rule(line.value))
        except RuleError as error:
            said.flaw(
                "bad_rule",
                f"how it repeats cannot be read: {error}; what repeats by it is missing",
                "Set the recurrence again in the calendar and export it anew.",
            )
    if said.one("EXRULE"):
        said.flaw(
            "exrule",
            "it excludes occurrences by a rule (EXRULE), which iCalendar has given up; they are counted",
            "Set the recurrence again in the calendar and export it anew.",
        )
    return tuple(rules), "\n".join(texts) or ("RDATE" if said.many("RDATE") else "")


def _extras(said: Properties) -> Iterator[Extra]:
    for line, text in _listed(said, "RDATE"):
        first, slash, second = text.partition("/")
        try:
            when = said.when_of(line, first)
            begins_at = when.utc()
            span = None
            if slash and second[:1].upper() in {"P", "+", "-"}:
                span = read_duration(second)
            elif slash:
                span = said.when_of(line, second).utc() - begins_at
        except MomentError as error:
            said.flaw("bad_date", f"an extra occurrence cannot be read: {error}", "Correct its RDATE.")
            continue
        if span is not None and span < timedelta():
            said.flaw("bad_date", "an extra occurrence ends before it starts", "Correct its RDATE.")
        else:
            yield Extra(when, span)


def _excluded(said: Properties) -> Iterator[When]:
    for line, text in _listed(said, "EXDATE"):
        try:
            when = said.when_of(line, text)
            when.utc()
        except MomentError as error:
            said.flaw(
                "bad_date",
                f"an excluded occurrence cannot be read and is counted: {error}",
                "Correct its EXDATE.",
            )
        else:
            yield when


def _listed(said: Properties, name: str) -> Iterator[tuple[Line, str]]:
    for line in said.many(name):
        for text in line.value.split(","):
            if text.strip():
                yield line, text


def _sequence(said: Properties) -> int:
    digits = said.word("SEQUENCE")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < len("1000000000") else 0


def _revised_at(said: Properties) -> datetime | None:
    for name in ("LAST-MODIFIED", "DTSTAMP"):
        line = said.one(name)
        if line is not None:
            try:
                return said.when(line).utc()
            except MomentError:
                continue
    return None
