"""Files into the workspace as part of a job, and what came of them, with all that was left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from prodops.ledger.store import open_store
from prodops.pages.wording import capital
from prodops.serve.intake.column_maps import ColumnMaps
from prodops.serve.intake.load import FileReport, Intake
from prodops.serve.intake.recognise import connectors
from prodops.serve.intake.unread import keep_unread
from prodops.serve.work.running import Around

if TYPE_CHECKING:
    from prodops.ledger.reading import Problem
    from prodops.ledger.sources import LoadedFile
    from prodops.ledger.store import Store

MOST_TOLD = 100
"""Files that were not read and are told one by one; the others are counted."""

MOST_KINDS, MOST_PLACES = 40, 20

MOST_LOOKED_AT = 20_000

READING = "reading"

COUNTED = ("entries", "used", "unused", "lost", "records")


def take_in(files: Sequence[tuple[Path, str]], around: Around) -> dict[str, Any]:
    """Load files, have the pages computed anew, and say what became of each.

    Args:
        files: Each with the name that records cite it by.
        around: Takes word of progress.
    """
    settings = around.settings
    with open_store(settings.workspace, settings.database_url) as store:
        maps = ColumnMaps.of(store.ledger(today=settings.today))
        intake = Intake(
            store=store,
            hints=maps.hints,
            progress=lambda done, whole, what: around.tell(READING, done, whole, what),
        )
        reports = list(intake.take_named(files))
        around.tell("counting", 0, 0, "what was read")
        unread = [one.name for one in reports if one.status == "unread"]
        tables = keep_unread(settings.workspace, files, unread)
        told = _told(store, reports, tables)
    told["pages"] = around.then("pages", {})
    return told


def _told(store: Store, reports: Sequence[FileReport], tables: Collection[str]) -> dict[str, Any]:
    names = {one.name for one in reports}
    loaded = {one.name: one for one in store.sources() if one.name in names}
    unread = [one for one in reports if one.status == "unread"]
    problems = store.problems(limit=MOST_LOOKED_AT, sources=sorted(names))
    told_whole = {one.name for one in unread[:MOST_TOLD]}
    by_name = {one.cite.source: one for one in reversed(problems)}
    read = [one for one in loaded.values() if one.used or one.unused]
    return {
        "says": _says(reports, read, unread),
        "files": len(reports),
        "unchanged": sum(one.status == "unchanged" for one in reports),
        "read": list(_by_connector(read)),
        "unread_files": len(unread),
        "unread": [_unread(one, by_name.get(one.name), tables) for one in unread[:MOST_TOLD]],
        "problems": len(problems),
        "lost": sum(one.lost for one in problems),
        "kinds_of_problems": list(_kinds([one for one in problems if one.cite.source not in told_whole])),
    }


def _says(reports: Sequence[FileReport], read: Sequence[LoadedFile], unread: Sequence[FileReport]) -> str:
    if not read:
        return f"Nothing could be read of {_files(len(reports))}."
    records = sum(one.records for one in read)
    rest = f" {_files(len(unread))} could not be read." if unread else ""
    return f"{records:,} records were read from {_files(len(read))}.{rest}"


def _files(count: int) -> str:
    return f"{count:,} file" if count == 1 else f"{count:,} files"


def _by_connector(files: Iterable[LoadedFile]) -> Iterable[Mapping[str, Any]]:
    """What was read as what, the most records first."""
    words = {one.name: one.reads for one in connectors()}
    groups: dict[str, list[LoadedFile]] = defaultdict(list)
    for one in files:
        groups[one.reading.connector].append(one)
    ordered = sorted(groups.items(), key=lambda one: (-sum(file.records for file in one[1]), one[0]))
    for connector, group in ordered:
        yield {
            "connector": connector,
            "reads": words.get(connector, "Notes of prodops itself"),
            "files": len(group),
            **{name: sum(getattr(one, name) for one in group) for name in COUNTED},
            "first_on": min((str(one.first_on) for one in group if one.first_on), default=""),
            "last_on": max((str(one.last_on) for one in group if one.last_on), default=""),
        }


def _unread(report: FileReport, problem: Problem | None, tables: Collection[str]) -> Mapping[str, Any]:
    says = _sentence(problem.says if problem else report.reads)
    return {
        "name": report.name,
        "says": says,
        "remedy": _sentence(problem.remedy) if problem else "",
        "table": report.name in tables,
    }


def _kinds(problems: Sequence[Problem]) -> Iterator[Mapping[str, Any]]:
    """Problems of one kind and one kind of file together, what was lost first, each with its first places."""
    groups: dict[tuple[bool, str, str], list[Problem]] = defaultdict(list)
    for one in problems:
        ending = PurePosixPath(one.cite.source).suffix or "file"
        groups[not one.lost, one.code, ending].append(one)
    ordered = sorted(groups.items(), key=lambda one: (one[0][0], -len(one[1]), one[0]))
    for (read, _, ending), group in ordered[:MOST_KINDS]:
        yield {
            "ending": ending,
            "lost": not read,
            "count": len(group),
            "says": _sentence(group[0].says),
            "remedy": _sentence(group[0].remedy),
            "places": [{"source": one.cite.source, "place": one.cite.locator} for one in group[:MOST_PLACES]],
        }


def _sentence(text: str) -> str:
    """A problem's words as a sentence: a capital first, a full stop last."""
    trimmed = capital(text.strip())
    return trimmed if not trimmed or trimmed[-1] in ".!?" else f"{trimmed}."
