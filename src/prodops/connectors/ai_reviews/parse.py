"""Rows of a table of AI outputs to the outputs and the reviews that they got."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final, Literal

from prodops.ledger.governance import AgentOutput, OutputReview
from prodops.ledger.reading import HEAD_BYTES, Entry, Problem, SourceFile, problem
from prodops.ledger.record import Citation, Prose, Record, RecordId, person_id
from prodops.text.moments import MomentError, parse_moment
from prodops.text.named_tables import find_table, names_of
from prodops.text.numbers import NumberError, parse_number
from prodops.text.words import fold

COVERS: Literal["snapshot", "increment"] = "increment"

_WORKBOOK = b"PK\x03\x04"
_NAMES: Final = names_of("""
output: output | output id | draft id | answer id
agent: agent | assistant | bot | agent name | model or agent
model: model
run: run | run id | trace | trace id | conversation id
written: written at | generated at | created at | written on | output date
reviewed: reviewed at | reviewed on | review date | checked at | checked on
reviewer: reviewer | reviewed by | checked by
verdict: verdict | result | outcome | rating
defects: defects | defects found | errors | mistakes | issues found
rework: rework minutes | minutes of rework | correction minutes | fix minutes | minutes to fix
comment: comment | comments | note | notes | what was wrong
text: text | output text | content | draft
""")
_VERDICTS = {
    **dict.fromkeys(("accepted", "ok", "approved", "fine", "good", "pass", "passed"), "accepted"),
    **dict.fromkeys(("corrected", "edited", "fixed", "needs fix", "changed", "reworked"), "corrected"),
    **dict.fromkeys(("rejected", "discarded", "thrown away", "unusable", "fail", "failed"), "rejected"),
}
_MOST_MINUTES = 24 * 60


def recognises(file: SourceFile) -> float:
    """How sure it is that the file is a table of reviewed AI outputs, by the header."""
    content = file.content if file.content.startswith(_WORKBOOK) else file.content[:HEAD_BYTES]
    table = find_table(content, _NAMES, _like, file.hints)
    return table.sure if table else 0.0


def _like(fields: frozenset[str]) -> float:
    """It names agent and output or run, and what a reviewer found."""
    if "agent" in fields and fields & {"output", "run"} and fields & {"rework", "defects", "verdict"}:
        return 0.93 if "written" in fields or "reviewed" in fields else 0.8
    return 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry for each row: the output, and its review if it had one."""
    table = find_table(file.content, _NAMES, _like, file.hints)
    if table is None:
        says = "no columns of reviews: agent, output, written at, verdict, defects, rework minutes"
        yield _lost(file, "file", "no_columns", says, "export the reviews with these columns")
        return
    seen: Counter[str] = Counter()
    for row in table.rows:
        locator, cells = f"{table.place} {row.line}", table.cells(row)
        if row.fault:
            yield _lost(file, locator, "bad_row", row.fault, "export the table again")
        elif not cells:
            yield Entry(locator=locator, unused="empty row")
        else:
            yield _entry(file, locator, cells, seen)


def _entry(file: SourceFile, locator: str, cells: Mapping[str, str], seen: Counter[str]) -> Entry:
    key = cells.get("output") or cells.get("run", "")
    if not key or not cells.get("agent"):
        says = "the row names no output or no agent"
        return _lost(file, locator, "no_output", says, "fill the cells, or drop the row")
    seen[key] += 1
    if seen[key] > 1:
        says = f"the output {key[:60]!r} stands above; the first is kept"
        return _lost(file, locator, "duplicate_id", says, "nothing, if the two are alike")
    notes: list[Problem] = []
    reviewed = _moment(file, locator, cells.get("reviewed", ""), notes)
    written = _moment(file, locator, cells.get("written", ""), notes) or reviewed
    if written is None:
        says = "nothing says when it was written or reviewed"
        return _lost(file, locator, "bad_date", says, "export `written at` or `reviewed at`")
    cite = Citation(file.name, locator)
    output = AgentOutput(
        id=RecordId(f"ai_reviews:output:{key[:120]}"),
        cite=cite,
        agent=cells["agent"],
        model=cells.get("model", ""),
        written_at=written,
        words=Prose(cells.get("text", "")),
        run=cells.get("run", ""),
    )
    records: list[Record] = [output]
    if reviewed is not None or any(cells.get(name) for name in ("verdict", "defects", "rework")):
        records.append(_review(file, cells, output, reviewed, notes))
    return Entry(locator=locator, records=tuple(records), problems=tuple(notes))


def _review(
    file: SourceFile,
    cells: Mapping[str, str],
    output: AgentOutput,
    reviewed: datetime | None,
    notes: list[Problem],
) -> OutputReview:
    locator, verdict = output.cite.locator, cells.get("verdict", "")
    defects = _number(file, locator, "defects", cells, notes)
    return OutputReview(
        id=RecordId(output.id.replace(":output:", ":review:", 1)),
        cite=output.cite,
        output=output.id,
        agent=output.agent,
        reviewed_at=reviewed,
        reviewer=person_id(cells["reviewer"]) if cells.get("reviewer") else None,
        verdict=_VERDICTS.get(fold(verdict), verdict),
        defects_count=None if defects is None else round(defects),
        rework_minutes=_number(file, locator, "rework", cells, notes),
        words=Prose(cells.get("comment", "")),
    )


def _moment(file: SourceFile, locator: str, written: str, notes: list[Problem]) -> datetime | None:
    if not written:
        return None
    try:
        return parse_moment(written, tz=UTC)
    except MomentError as error:
        notes.append(_note(file, locator, "bad_date", str(error), "mend the date"))
        return None


def _number(
    file: SourceFile, locator: str, name: str, cells: Mapping[str, str], notes: list[Problem]
) -> float | None:
    written = cells.get(name, "")
    if not written:
        return None
    try:
        number = parse_number(written)
    except NumberError as error:
        notes.append(_note(file, locator, "bad_number", f"{name}: {error}", "mend the number"))
        return None
    if not 0 <= number <= _MOST_MINUTES:
        says = f"{name}: {written[:40]} is not between 0 and {_MOST_MINUTES}"
        notes.append(_note(file, locator, "bad_number", says, "mend the number"))
        return None
    return number


def _note(file: SourceFile, locator: str, code: str, says: str, remedy: str) -> Problem:
    return problem(file.name, locator, code, says=says[:160], remedy=remedy, lost=False)


def _lost(file: SourceFile, locator: str, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
