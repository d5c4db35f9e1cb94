"""Text to lines: headings, bullets and paragraphs with their depth, and who is said to speak."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

LONGEST_LINE = 20_000
"""Characters of a line that are read; what is beyond is reported, not read."""

BOLD_LEVEL = 7
"""The level of a line in bold that stands for a heading: below every `#`."""

_HEADING = re.compile(r"(#{1,6}(?=\s|$)|#{2,6}(?=[A-Za-z]))\s*(.*)$")
_BULLET = re.compile(r"(?:[-*+•‣◦–]|\(?\d{1,3}[.)]|[a-z][.)])(?:\s+|$)(.*)$")
_ATTRIBUTE = re.compile(r"\{:[^}]*\}\s*$")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,}|={3,})$")
_BOLD_LINE = re.compile(r"(?:\*\*|__)([^*_]{1,80}?)\s*(?:\*\*|__)\s*:?\s*$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,2000}\)")
_ADDRESS = re.compile(r"<?\bhttps?://[^\s<>)\]]{1,2000}>?")
_EMPHASIS = re.compile(r"\*{1,3}|(?<![\w/])_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|`+")
_STRUCK = re.compile(r"~~[^~]{0,500}~~")
_SPACES = re.compile(r"\s+")
_SPEAKER = re.compile(
    r"(?:[\[<(](?P<boxed>[\w.@][\w .@'’/,&+-]{1,40})[\]>)][:\s]\s*"
    r"|(?P<named>[A-Z@][\w.@'’-]{0,24}(?:(?:\s|,\s|/|\s?&\s)[A-Z@][\w.'’-]{0,24}){0,5})\s?:\s+(?=\S)"
    r"|(?P<dashed>[A-Z][\w.'’]{1,24}(?:\s[A-Z][\w.'’]{0,24}){0,2})\s+[-–—]\s+(?=\S))"
)
_NO_SPEAKER = re.compile(
    r"(?:conclusions?|outcomes?|results?|con[cs]ensus|resolution|resolved|decisions?|decided|agreed|agreements?|verdict|plan|final call"
    r"|next steps?|follow[- ]?ups?|actions?|action items?|action points?|to-?do|owners?|assigned to|assignee|dri|vote|votes|voted|final"
    r"|closed|merged|done|deferred|rejected|accepted|approved|postponed|moved|upshot|homework|deadline|due|ai|plan of record|tentative decision|update)$",
    re.IGNORECASE,
)
_NICK = re.compile(r"([\w.|`-]{2,20})(?::|>)\s+(?=\S)")
_WRAPPED = re.compile(r"[a-z(\"'“‘0-9,;]")
_TABLE_RULE = re.compile(r"\|?[\s:|-]+\|?$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the minutes.

    Attributes:
        number: Its number in the file, from 1.
        kind: heading, bullet, quote, row, more (a scribe's `…`: the speaker goes on) or text.
        level: Heading: 1 to 7. Bullet: its depth from 0. Quote, row and text: the depth they stand at.
        raw: The words as written, list and heading signs taken off.
        plain: The words without emphasis, addresses and struck-out text.
        speaker: Who is said to speak; empty when nobody is named.
        said: `plain` without the speaker.
        after_blank: Whether an empty line stands before it.
    """

    number: int
    kind: str
    level: int
    raw: str
    plain: str
    speaker: str
    said: str
    after_blank: bool


def plain_words(raw: str) -> str:
    """Words without Markdown emphasis, link targets, addresses and struck-out text, in single spaces."""
    text = _LINK.sub(r"\1", _STRUCK.sub(" ", raw))
    text = _ADDRESS.sub(" ", text)
    return _SPACES.sub(" ", _EMPHASIS.sub("", text)).strip()


def split_speaker(plain: str, *, quoted: bool = False) -> tuple[str, str]:
    """The speaker a line names and what is left of it: `Mara: yes` gives `("Mara", "yes")`.

    A label such as `Outcome:` is no speaker. In a quoted line, which is how a scribe's log keeps what others typed, a nickname may be lower case.
    """
    match = _SPEAKER.match(plain)
    if not match:
        nick = _NICK.match(plain) if quoted else None
        return (nick[1], plain[nick.end() :]) if nick else ("", plain)
    speaker = match["boxed"] or match["named"] or match["dashed"] or ""
    if _NO_SPEAKER.match(speaker):
        return "", plain
    return speaker.strip(" .@"), plain[match.end() :].strip()


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a Markdown or plain text, comments, rules and attribute lines left out.

    Wrapped lines are joined to the line they continue; an indented code fence is read as text. Depth
    follows the indentation, whatever its width.
    """
    return _joined(_lines_as_written(_without_comments(text)))


def _without_comments(text: str) -> str:
    return _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text) if "<!--" in text else text


def _lines_as_written(text: str) -> Iterator[Line]:
    indents: list[int] = []
    blank = True
    source = text.split("\n")
    for index, written in enumerate(source):
        row = written[:LONGEST_LINE].rstrip().expandtabs(4)
        body = row.lstrip()
        if not body or _ATTRIBUTE.match(body) or _RULE.match(body) or body.startswith("```"):
            blank = blank or not body
            continue
        if body == ">" or (_TABLE_RULE.match(body) and "|" in body):
            continue
        indent = len(row) - len(body)
        under = source[index + 1].strip() if index + 1 < len(source) else ""
        made = _line(body, indent, indents, under=under)
        if made is not None:
            if made.kind == "heading":
                indents.clear()
            yield replace(made, number=index + 1, after_blank=blank)
            blank = False


def _line(body: str, indent: int, indents: list[int], *, under: str) -> Line | None:
    heading = _HEADING.match(body) if indent < 4 else None
    if heading:
        return _made("heading", len(heading[1]), heading[2].strip().rstrip("#").strip())
    if indent < 4 and len(under) > 2 and len(body) < 120 and set(under) in ({"="}, {"-"}):
        return _made("heading", 1 if under[0] == "=" else 2, body)
    bullet = _BULLET.match(body)
    if bullet and not body.startswith("**"):
        while indents and indents[-1] >= indent:
            indents.pop()
        indents.append(indent)
        return _made("bullet", len(indents) - 1, bullet[1]) if bullet[1] else None
    bold = _BOLD_LINE.match(body) if indent < 4 else None
    if bold:
        return _made("heading", BOLD_LEVEL, bold[1])
    if body.startswith(">"):
        return _made("quote", 0, body.lstrip("> "))
    if body.startswith("|"):
        return _made("row", 0, " | ".join(cell.strip() for cell in body.strip("|").split("|")))
    if body.startswith(("…", "...")):
        return _made("more", 0, body.lstrip("…. "))
    return _made("text", sum(1 for known in indents if known < indent) if indent else 0, body)


def _made(kind: str, level: int, raw: str) -> Line:
    plain = plain_words(raw)
    speaker, said = ("", plain) if kind == "heading" else split_speaker(plain, quoted=kind == "quote")
    return Line(0, kind, level, raw, plain, speaker, said, after_blank=False)


def _joined(lines: Iterator[Line]) -> Iterator[Line]:
    """Join a line that continues the one before: no sign of its own, and begun in the lower case."""
    held: Line | None = None
    for line in lines:
        if held is not None and _continues(held, line):
            raw = f"{held.raw} {line.raw}"
            if len(raw) <= LONGEST_LINE:
                held = replace(
                    held,
                    raw=raw,
                    plain=f"{held.plain} {line.plain}".strip(),
                    said=f"{held.said} {line.plain}".strip(),
                )
                continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _continues(held: Line, line: Line) -> bool:
    if line.kind != "text" or line.after_blank or held.kind in ("heading", "row", "quote") or line.speaker:
        return False
    if held.plain.endswith((".", "!", "?", ":")) and len(held.plain) < 60:
        return False
    return len(held.raw) >= 40 and bool(_WRAPPED.match(line.plain))


def words_in(lines: Sequence[Line]) -> int:
    """How many words the lines hold."""
    return sum(len(line.plain.split()) for line in lines)
