"""A roster as a table: which column holds what, by the names that personnel systems give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from prodops.connectors.roster.people import Found
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.text.tables import Row
from prodops.text.words import fold

HEADER_ROWS = 10
"""A header stands among the first rows; reports put a title above it."""

_NOT_LETTERS = re.compile(r"[^a-z]+")
_LONGEST_NAME = 120
_MARKS = re.compile(r"\[[^\]]*\]|\([^)]*\)")
# Column names rid of everything but letters.
_NAMES = """
name: name fullname employeename displayname preferredname worker workername employee person legalname
first: firstname givenname legalfirstname preferredfirstname forename
last: lastname surname familyname legallastname
email: email emailaddress workemail workemailaddress companyemail primaryemail mail userprincipalname upn
email: username emailwork businessemail corporateemail
role: title jobtitle role position jobprofile businesstitle employeetitle jobname designation
team: team department dept departmentname teamname squad orgunitpath orgunit division businessunit costcenter
team: costcentre function organisationalunit organizationalunit supervisoryorganization
manager: manager manageremail managername managersemail reportsto linemanager supervisor supervisoremail
manager: managerid manageremployeeid
location: location office officelocation worklocation site city country timezone region
started: startdate hiredate started startedon joindate joiningdate dateofjoining joined hiredon
started: employeehiredate employmentstartdate originalhiredate firstday
left: enddate terminationdate left lefton lastday leavedate leavingdate lastworkingday exitdate
status: status employmentstatus active accountenabled workerstatus employeestatus
number: employeeid employeenumber employeeno workerid personid personnelnumber userid objectid id
"""
_FIELD_OF = {
    name: field
    for line in _NAMES.strip().splitlines()
    for field, *names in [line.replace(":", "").split()]
    for name in names
}
_FIELDS = frozenset(_FIELD_OF.values())
# A table with one of these is about customers, messages, bookings or answers, not about staff.
_FOREIGN_NAMES = """
externalid organizationid ticketrestriction ticketid subject description content body message feedback
question answer requester requesterid channel product topic hours duration stated ideal category subcategory
statedshare idealshare rating score plan mrr account accountid customer customerid lastseen lastseenat
signedup lastlogin lastloginat project projectid task client billable issuekey summary priority chatonly
moderator suspended
"""
_FOREIGN = frozenset(_FOREIGN_NAMES.split())
_SURE, _LIKELY, _PERHAPS = 0.92, 0.7, 0.55


def columns_of(header: tuple[str, ...], hints: Mapping[str, str]) -> dict[str, list[int]]:
    """Where each field of a person stands; of several columns for one field the first filled one counts."""
    columns: dict[str, list[int]] = {}
    told = {_bare(column): field for field, column in hints.items() if field in _FIELDS}
    for place, name in enumerate(header):
        field = told.get(_bare(name)) or _FIELD_OF.get(_bare(name))
        if field:
            columns.setdefault(field, []).append(place)
    return columns


def likeness(header: tuple[str, ...], hints: Mapping[str, str]) -> float:
    """How sure it is that a header is a roster's: who, and two things that personnel systems know."""
    names = {_bare(name) for name in header}
    fields = columns_of(header, hints).keys()
    if len(header) < 3 or (names & _FOREIGN and not {"manager", "started"} <= fields):
        return 0.0
    named = "name" in fields or {"first", "last"} <= fields
    staff = len(fields & {"role", "team", "manager", "started", "location"})
    certain = bool(fields & {"manager", "started"})
    if "email" in fields and named and staff >= 2 and fields & {"role", "team"}:
        return _SURE if certain or staff >= 3 else _LIKELY
    if ("email" in fields or named) and certain and fields & {"role", "team"}:
        return _PERHAPS
    return 0.0


def header_of(rows: list[Row], hints: Mapping[str, str]) -> tuple[int, float]:
    """Which of the first rows is the header, and how sure that is."""
    scored = [(likeness(row.cells, hints), -at) for at, row in enumerate(rows[:HEADER_ROWS])]
    best, at = max(scored, default=(0.0, 0))
    return -at, best


def read_rows(file: SourceFile, rows: list[Row], place: str) -> Iterator[Found | Entry]:
    """Give what each row below the header says; rows above it, and empty ones, are read and not used.

    Args:
        file: The file.
        rows: All rows of the table.
        place: What a locator calls a row: `line`, or `sheet People, row`.
    """
    at, sure = header_of(rows, file.hints)
    if not sure:
        says = f"none of the first {HEADER_ROWS} rows names columns as a roster does"
        remedy = "name the columns name, email, title, team, manager"
        found = problem(file.name, f"{place} 1", "no_header", says=says, remedy=remedy)
        yield Entry(locator="file", problems=(found,))
        return
    for row in rows[:at]:
        yield Entry(locator=f"{place} {row.line}", unused="above the header")
    columns = columns_of(rows[at].cells, file.hints)
    for row in rows[at + 1 :]:
        locator = f"{place} {row.line}"
        if not any(cell.strip() for cell in row.cells):
            yield Entry(locator=locator, unused="empty row")
        elif row.fault:
            remedy = "export the roster again"
            found = problem(file.name, locator, "bad_row", says=row.fault, remedy=remedy)
            yield Entry(locator=locator, problems=(found,))
        else:
            yield _found(locator, row, columns)


def _found(locator: str, row: Row, columns: dict[str, list[int]]) -> Found:
    def cell(field: str) -> str:
        filled = (row.cells[place] for place in columns.get(field, ()) if place < len(row.cells))
        return next((" ".join(text[:300].split()) for text in filled if text.strip()), "")

    return Found(
        locator=locator,
        name=cell("name") or f"{cell('first')} {cell('last')}".strip(),
        email=cell("email"),
        role=cell("role"),
        team=cell("team"),
        manager=cell("manager"),
        location=cell("location"),
        started=cell("started"),
        left=cell("left"),
        status=cell("status"),
        number=cell("number"),
    )


def _bare(name: str) -> str:
    return _NOT_LETTERS.sub("", _MARKS.sub(" ", fold(name[:_LONGEST_NAME])))
