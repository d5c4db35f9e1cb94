"""Whether a text reads like minutes: a day, those present, an agenda, what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from prodops.connectors.minutes.header import Front, date_words, front_matter, without_date, year_in
from prodops.connectors.minutes.lines import Line, lines_of
from prodops.connectors.minutes.marks import mark_of
from prodops.connectors.minutes.outline import label_of
from prodops.connectors.minutes.wording import ABSENCE, ACTIONS, AGENDA, ATTENDANCE, BODY, DECISIONS, role_of

_LOOKED_AT = 16_000
_MOST_SURE = 0.96
_FOREIGN = re.compile(
    r"\s*(?:[{<]|\[\s*[\[{\"\d\]]|BEGIN:V|WEBVTT|\[[\w. -]+\]\s*\n\s*[\w-]+\s*=|---\s*\n[\w-]+:\s*\n\s+-|\d+\s*\n\d\d:\d\d:\d\d[,.]\d)"
)
_COMMENT = re.compile(r"\s*(?:<!--.*?-->\s*)+", re.DOTALL)
_CHAT = re.compile(
    r"^\s*(?:\[?[\d:T .Z-]{4,25}\]?\s+<|#startmeeting|<[^\s>]{1,40}>\s|\[?\d{1,2}:\d\d(?::\d\d)?[\])]?\s)",
    re.MULTILINE,
)
_BOT = re.compile(
    r"#startmeeting|^Meeting started by \S+ at |<h1>#?\S+ Meeting|^Meeting summary$", re.MULTILINE
)
_NAMED = re.compile(
    r"(?:^|[^a-z])(?:minutes|meetings?|sync|stand-?up|council|committee|board|retro(?:spective)?|telco|f2f|1[:-]1|one-on-one"
    r"|(?:team|community|weekly|monthly|staff|planning) call|(?:weekly|monthly|meeting|team|sig|wg|working group) notes"
    r"|review|kick-?off|huddle|all[- ]hands|offsite|town hall|working group)(?:$|[^a-z])"
)
_VERSION = re.compile(r"\bv?\d+\.\d+(?:\.\d+)?\b")
_HEADER = re.compile(
    r"\"?[\w .()/-]{1,40}\"?(?:(?P<by>[,;\t|])\"?[\w .()/-]{1,40}\"?)(?:(?P=by)\"?[\w .()/-]{0,40}\"?)*$"
)
_SETTING = re.compile(r"\s*(?:- )?(?:[a-z_][\w.-]*:(?:\s|$)|[\w.-]+\s*=\s|\[+[\w. \"-]+\]+$)")


def likeness(head: str, name: str) -> float:
    """How much a text reads like minutes, 0 to 1; from .5 on it is taken for them.

    Args:
        head: The beginning of the text.
        name: The file's name with its folders.
    """
    text = head[:_LOOKED_AT].replace("\r\n", "\n").replace("\r", "\n")
    comment = _COMMENT.match(text)
    text = text[comment.end() :] if comment else text
    front = front_matter(text)
    if not text.strip() or _FOREIGN.match(text) or _is_table(front.body):
        return 0.0
    if _BOT.search(text) or _is_chat(text):
        return 0.2
    lines = list(lines_of(front.body))
    if len(lines) < 2 and not front.values:
        return 0.0
    signs = dict(_signs(front, lines, name))
    return min(_MOST_SURE, sum(signs.values()))


def _signs(front: Front, lines: Sequence[Line], name: str) -> Iterator[tuple[str, float]]:
    heads = [line.plain for line in lines if line.kind == "heading"]
    title = front.values.get("title") or (heads[0] if heads else lines[0].plain[:120] if lines else "")
    stem = name.rpartition("/")[2].rpartition(".")[0]
    yield "dated", _dated(front, title, heads, stem, name)
    if _NAMED.search(f"{name} {title}".casefold().replace("_", " ")):
        yield "named", 0.2
    roles = {role_of(head) for head in heads} | {label_of(line)[0] for line in lines}
    if roles & {ATTENDANCE, ABSENCE}:
        yield "attended", 0.3
    if roles & {ACTIONS, DECISIONS} or any(mark_of(line) for line in lines):
        yield "outcomes", 0.2
    if roles & {AGENDA, BODY}:
        yield "agenda", 0.15
    if any(line.kind in ("bullet", "heading") for line in lines):
        yield "outlined", 0.05
    if "json-ld" in front.values or any(line.plain.startswith("Scribe(s):") for line in lines[:20]):
        yield "scribed", 0.5


def _dated(front: Front, title: str, heads: Sequence[str], stem: str, name: str) -> float:
    """A title, a name or several headings that are little but a date; a version beside it is a release."""
    year = year_in(name)
    told = date_words(title, year=year) or date_words(front.values.get("date", ""))
    if told and not _VERSION.search(without_date(title)):
        return 0.45
    days = {date_words(head, year=year) for head in heads if not _VERSION.search(without_date(head))}
    if len(days - {""}) > 1:
        return 0.45
    if date_words(stem):
        return 0.25 if without_date(stem) else 0.45
    return 0.0


def _is_chat(text: str) -> bool:
    rows = [row for row in text.split("\n") if row.strip()]
    return len(_CHAT.findall(text)) > max(2, 0.3 * len(rows))


def _is_table(text: str) -> bool:
    """Whether the first row is a table's header and the rows below have as many cells, or lines are settings."""
    rows = [row[:2_000].strip() for row in text.split("\n", 60)[:60] if row.strip()]
    if len(rows) < 2:
        return False
    header = _HEADER.match(rows[0])
    if header and not rows[0].startswith(("#", "-", "*")):
        cells = rows[0].count(header["by"])
        return sum(row.count(header["by"]) >= cells for row in rows[1:]) >= 0.5 * (len(rows) - 1)
    return sum(bool(_SETTING.match(row)) for row in rows) > 0.5 * len(rows)
