"""Forgotten people: recognised by salted digests, so that no list of their names need be kept."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from prodops.ledger.people import Person
from prodops.ledger.record import PersonId, Prose, Record, RecordId, person_id
from prodops.ledger.schema import CITATION_COLUMNS, Column, columns, row_of
from prodops.ledger.state_tables import state_tables

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from prodops.ledger.staging import RowMaker

NOBODY = PersonId("person:forgotten")
"""The pseudonym that all forgotten people share."""

FORGOTTEN = "[forgotten]"
"""Stands in prose where a forgotten person's name or address stood."""

OWNER_FIELDS = frozenset({"owner", "owners"})
"""Fields that hold people as written and are not prose."""

REMEMBERED = 65_536
"""Cells whose cleaning is remembered, since titles and ids repeat."""

SHORT = 200
"""Characters of the longest text that is remembered."""

_WORD = re.compile(r"[^\W_]+")
_PSEUDONYM = re.compile(r"person:[0-9a-f]{16}")
_BETWEEN_WORDS = 3
_SIEVE = 0xFFF

Style = Literal["person", "prose", "key"]
Kind = Literal["pseudonym", "words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One way in which a forgotten person is recognised.

    Attributes:
        kind: By a pseudonym, or by words that follow each other in a text.
        digest: Salted digest of the pseudonym or the words.
        words: How many words; 1 for a pseudonym.
        sieve: Twelve bits of the first word, which spare most texts a closer look.
        tag: Stands for the person inside ids and names of files, so that these stay apart.
    """

    kind: Kind
    digest: str
    words: int
    sieve: int
    tag: str


class Redactor:
    """Takes forgotten people out of what passes; the same person is found on every later load.

    Names are matched as words in a row, whatever their case and the signs between them, also family name
    first. A handle of one word is replaced where it stands alone or after `@`, never as a word of a sentence.

    Attributes:
        traces: By what people are recognised.
    """

    def __init__(self, salt: str, traces: Iterable[Trace]) -> None:
        """Take the workspace's salt and its traces."""
        self.traces = tuple(traces)
        self._salt = salt
        self._people = {trace.digest: trace.tag for trace in self.traces if trace.kind == "pseudonym"}
        self._words = {trace.digest: trace.tag for trace in self.traces if trace.kind == "words"}
        self._sieve = frozenset(trace.sieve for trace in self.traces if trace.kind == "words")
        self._lengths = sorted({t.words for t in self.traces if t.kind == "words"}, reverse=True)
        self.person = lru_cache(maxsize=REMEMBERED)(self._person)
        self._short_prose = lru_cache(maxsize=REMEMBERED)(self._prose)
        self._short_key = lru_cache(maxsize=REMEMBERED)(self._key)

    def knows(self, pseudonym: str) -> bool:
        """Whether this is the pseudonym of a forgotten person."""
        return digest_of(self._salt, pseudonym) in self._people

    def prose(self, text: str) -> str:
        """Prose with `[forgotten]` in the place of names and addresses."""
        return self._short_prose(text) if len(text) <= SHORT else self._prose(text)

    def key(self, text: str) -> str:
        """An id, a file's name or a label with a tag in the place of names, addresses and pseudonyms."""
        return self._short_key(text) if len(text) <= SHORT else self._key(text)

    def cell(self, style: Style) -> Callable[[str], str]:
        """What makes a cell of a style free of forgotten people."""
        if style == "person":
            return self.person
        return self.prose if style == "prose" else self.key

    def maker(self, kind: type[Record]) -> RowMaker:
        """The function that turns records of a type into rows; None for a forgotten person's own record."""
        row = row_of(kind)
        if not self.traces:
            return row
        makers = [(place, self.cell(style)) for place, style in enumerate(styles(kind)) if style]

        def redacted(record: Record) -> tuple[object, ...] | None:
            if isinstance(record, Person) and (self.knows(record.person) or self.knows(record.named)):
                return None
            cells = list(row(record))
            for place, clean in makers:
                cell = cells[place]
                if isinstance(cell, str):
                    cells[place] = clean(cell)
            return tuple(cells)

        return redacted

    def _person(self, pseudonym: str) -> str:
        return NOBODY if self.knows(pseudonym) else pseudonym

    def _prose(self, text: str) -> str:
        return self._without_words(text, lambda _tag: FORGOTTEN)

    def _key(self, text: str) -> str:
        return self._without_words(text, lambda tag: f"forgotten-{tag}")

    def _without_words(self, text: str, sign: Callable[[str], str]) -> str:
        if "person:" in text:
            text = _PSEUDONYM.sub(self._tagged, text)
        plain = text if text.isascii() else unicodedata.normalize("NFC", text)
        words = list(_WORD.finditer(plain))
        done, place, end = [], 0, 0
        while place < len(words):
            count, tag = self._match(plain, words, place)
            if count:
                done += [plain[end : words[place].start()], sign(tag)]
                end = words[place + count - 1].end()
            place += count or 1
        return "".join([*done, plain[end:]]) if done else text

    def _match(self, text: str, words: list[re.Match[str]], place: int) -> tuple[int, str]:
        """How many words from this place are a forgotten person's; 0 for none."""
        if _sieve_of(words[place].group().casefold()) not in self._sieve:
            return 0, ""
        for count in self._lengths:
            run = words[place : place + count]
            if len(run) < count or not _together(text, run):
                continue
            tag = self._words.get(digest_of(self._salt, _joined(word.group() for word in run)))
            if tag is not None:
                return count, tag
        return 0, ""

    def _tagged(self, found: re.Match[str]) -> str:
        tag = self._people.get(digest_of(self._salt, found.group()))
        return found.group() if tag is None else f"forgotten-{tag}"


def styles(kind: type[Record]) -> list[Style | None]:
    """How each cell of a row may hold a person: as a pseudonym, in prose, in a key, or not at all."""
    cited: list[Style | None] = ["key" for _ in CITATION_COLUMNS]
    return [_style(column) for column in columns(kind)] + cited


def traces_of(salt: str, handles: Iterable[str], tag: str) -> list[Trace]:
    """By what a person is recognised: the pseudonym of each handle, and its words.

    Args:
        salt: The workspace's.
        handles: Addresses, account names and written names of one person.
        tag: Stands for the person inside ids.
    """
    found: dict[str, Trace] = {}
    for handle in handles:
        pseudonym = person_id(handle)
        found[pseudonym] = Trace(
            kind="pseudonym", digest=digest_of(salt, pseudonym), words=1, sieve=0, tag=tag
        )
        for run in _runs(handle):
            found[" ".join(run)] = Trace(
                kind="words",
                digest=digest_of(salt, " ".join(run)),
                words=len(run),
                sieve=_sieve_of(run[0]),
                tag=tag,
            )
    return list(found.values())


def words_of(handle: str) -> tuple[str, ...]:
    """The words of a handle, folded, as texts are searched for them."""
    text = unicodedata.normalize("NFC", handle.strip().removeprefix("mailto:").removeprefix("MAILTO:"))
    return tuple(word.group().casefold() for word in _WORD.finditer(text))


def digest_of(salt: str, words: str) -> str:
    """The digest by which a pseudonym or words are kept."""
    return hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=16, key=salt.encode()).hexdigest()


def read_redactor(connection: Connection) -> Redactor:
    """The redactor of a workspace; without traces when nobody was forgotten."""
    tables = state_tables()
    salt = connection.execute(tables.meta.select().where(tables.meta.c.name == "salt")).first()
    rows = connection.execute(tables.forgotten.select())
    traces = [
        Trace(
            kind="words" if row.kind == "words" else "pseudonym",
            digest=row.digest,
            words=row.words,
            sieve=row.sieve,
            tag=row.tag,
        )
        for row in rows
    ]
    return Redactor(salt.value if salt else "", traces)


def trace_count(connection: Connection) -> int:
    """By how many traces forgotten people are recognised: grows when somebody is forgotten."""
    return len(connection.execute(state_tables().forgotten.select()).all())


def save_traces(connection: Connection, traces: Iterable[Trace], *, at: datetime) -> None:
    """Remember by what a person is recognised; what is known already stays."""
    table = state_tables().forgotten
    known = {row.digest for row in connection.execute(table.select())}
    for trace in traces:
        if trace.digest not in known:
            values = {name: getattr(trace, name) for name in ("kind", "digest", "words", "sieve", "tag")}
            connection.execute(table.insert().values(forgotten_at=at, **values))


def redacted_payload(redactor: Redactor, kind: type[Record], payload: str) -> str:
    """A declared record's payload without forgotten people; the same text when it names none."""
    cells = json.loads(payload)
    for column in columns(kind):
        style, cell = _style(column), cells.get(column.name)
        if style and isinstance(cell, str):
            cells[column.name] = redactor.cell(style)(cell)
        elif style and isinstance(cell, list):
            cells[column.name] = [redactor.cell(style)(one) for one in cell]
    cells["cite"] = [redactor.key(one) for one in cells["cite"]]
    return json.dumps(cells, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def _style(column: Column) -> Style | None:
    if column.holds is PersonId and not column.many:
        return "person"
    if column.holds is Prose or column.name in OWNER_FIELDS:
        return "prose"
    return "key" if column.holds in (str, RecordId, PersonId) else None


def _runs(handle: str) -> list[tuple[str, ...]]:
    words = words_of(handle)
    if not words:
        return []
    family_first = (words[-1], *words[:-1])
    return [words] if "@" in handle else list(dict.fromkeys([words, family_first]))


def _joined(words: Iterable[str]) -> str:
    return " ".join(word.casefold() for word in words)


def _together(text: str, run: list[re.Match[str]]) -> bool:
    first, last = run[0], run[-1]
    if len(run) == 1:
        before, after = text[max(0, first.start() - 1) : first.start()], text[last.end() : last.end() + 1]
        alone = not text[: first.start()].strip() and not text[last.end() :].strip()
        return alone or before == "@" or (before == '"' and after == '"')
    gaps = (text[a.end() : b.start()] for a, b in pairwise(run))
    return all(0 < len(gap) <= _BETWEEN_WORDS and "\n" not in gap for gap in gaps)


def _sieve_of(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "replace")) & _SIEVE
