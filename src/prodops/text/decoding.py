"""Bytes to text: which encoding a file is in, and how many of its bytes could not be read."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_LOOKED_AT_BYTES = 65_536
_TEXTLESS_SHARE = 0.1
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"%PDF-",
    b"\x89PNG",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b\b\x1c\x1d\x1e\x1f"))
_UNDEFINED_IN_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text.

    Attributes:
        text: The text, without a byte order mark; a byte that has no meaning is U+FFFD.
        encoding: `utf-8`, `utf-16`, `utf-32`, `windows-1252`, or `mixed` when some lines are UTF-8
            and others Windows-1252, as in files glued together from two exports.
        replaced: How many bytes (UTF-16 and UTF-32: code units) could not be read.
    """

    text: str
    encoding: str
    replaced: int


def decode(content: bytes) -> Decoded:
    """Read bytes as text; never fails, and counts what it could not read.

    A byte order mark decides first. Otherwise the text is UTF-8 when all of it is valid UTF-8, or when
    it was cut in the middle of its last character. What is left is judged line by line: a line that is
    not UTF-8 is Windows-1252.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _by_mark(content, encoding)
    body = content.removeprefix(codecs.BOM_UTF8)
    try:
        return Decoded(body.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return Decoded(body.decode("utf-8", errors="replace"), "utf-8", len(body) - error.start)
    return _by_line(body)


def looks_binary(content: bytes) -> bool:
    """Whether the bytes are no text at all: an archive, an image, a database, a damaged file."""
    head = content[:_LOOKED_AT_BYTES]
    if any(head.startswith(bom) for bom, _ in _BOMS):
        return False
    if head.startswith(_MAGIC):
        return True
    controls = len(head) - len(head.translate(None, _CONTROL))
    return controls > _TEXTLESS_SHARE * len(head) or (0 in head and controls > 1 + len(head) // 1000)


def _by_mark(content: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(content.decode(encoding), encoding, 0)
    except UnicodeDecodeError:
        text = content.decode(encoding, errors="replace")
        return Decoded(text, encoding, text.count("\ufffd"))


def _by_line(body: bytes) -> Decoded:
    lines: list[str] = []
    replaced = beyond_ascii = western = 0
    for line in body.split(b"\n"):
        if line.isascii():
            lines.append(line.decode("ascii"))
            continue
        beyond_ascii += 1
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            western += 1
            replaced += len(_UNDEFINED_IN_1252.findall(line))
            lines.append(line.decode("windows-1252", errors="replace"))
    return Decoded("\n".join(lines), "windows-1252" if western == beyond_ascii else "mixed", replaced)
