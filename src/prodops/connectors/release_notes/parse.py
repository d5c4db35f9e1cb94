"""Release notes to releases and their lines: Mozilla's one file a release, GitHub's list of releases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from prodops.ledger.delivery import Release, ReleaseNote
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.ledger.record import Citation, Prose, RecordId
from prodops.text.decoding import decode, looks_binary
from prodops.text.json_items import read_items
from prodops.text.markup import plain
from prodops.text.moments import MomentError, parse_day

COVERS: Literal["snapshot", "increment"] = "snapshot"

_INTO = frozenset({"releases", "data", "nodes", "repository"})
_MOZILLA = ("release_date", "notes", "version")
_TAGS = ("tag_name", "tagName")
_PUBLISHED = ("published_at", "publishedAt", "created_at", "createdAt")
_REPOSITORY = re.compile(r"github\.com/(?:repos/)?([\w.-]{1,100}/[\w.-]{1,100})/releases")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
_BULLET = re.compile(r"^\s*[-*+]\s+(.*)$")
_REFERENCE = re.compile(r"^[ \t]*\[[^\]\n]{1,60}\]:[ \t]*\S+.*$", re.MULTILINE)
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\s?(?:\([^()\s]{0,500}(?:\s[^()]{0,200})?\)|\[[^\[\]]{0,60}\])")
_BUG = re.compile(r"\bbug\s+#?(\d{3,9})\b", re.IGNORECASE)
_ISSUE = re.compile(r"(?<![\w/&])(?:[\w.-]{1,60}/[\w.-]{1,60})?#(\d{1,7})\b|/(?:issues|pull)/(\d{1,7})\b")


def recognises(file: SourceFile) -> float:
    """How surely these are release notes, by the keys of one release or of a list of them."""
    head = file.head
    if looks_binary(file.content) or head.lstrip("\ufeff \t\r\n")[:1] not in {"{", "["}:
        return 0.0
    keys = {match[1] for match in re.finditer(r"\"([A-Za-z_]{1,40})\"\s*:", head)}
    if {"release_date", "version"} <= keys and keys & {"notes", "channel", "slug"}:
        return 0.95
    if ("tag_name" in keys and "published_at" in keys) or ("tagName" in keys and "publishedAt" in keys):
        return 0.95
    if "notes" in keys and {"bug", "is_public", "sort_num"} <= keys:
        return 0.9  # the notes alone fill the head, the release's own keys come after
    return 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry a release, and for Mozilla's files one a note beside it."""
    if looks_binary(file.content):
        yield _failed(file, "file", "binary", "the file is not text", "add the JSON file itself")
        return
    seen: set[str] = set()
    empty = True
    for item in read_items(decode(file.content).text, into=_INTO, is_item=_is_release):
        empty = False
        where = item.path or "file"
        if item.error:
            yield _failed(
                file, where, "bad_json", f"not JSON: {item.error[:120]}", "export the releases again"
            )
        elif item.beside:
            yield Entry(locator=where, unused="what stands beside the releases")
        elif isinstance(item.value, dict) and _is_release(item.value):
            yield from _release(file, where, item.value, seen)
        else:
            yield _failed(file, where, "bad_value", "this is no release", "leave it out")
    if empty:
        yield _failed(
            file, "file", "empty_file", "there is no release in the file", "export the releases again"
        )


def _is_release(value: Mapping[str, object]) -> bool:
    return all(key in value for key in _MOZILLA) or any(key in value for key in _TAGS)


def _release(file: SourceFile, where: str, value: Mapping[str, object], seen: set[str]) -> Iterator[Entry]:
    github = any(key in value for key in _TAGS)
    try:
        release = _github(file, where, value) if github else _mozilla(file, where, value)
    except MomentError as error:
        yield _failed(file, where, "bad_date", str(error)[:120], "correct the date of the release")
        return
    if release.id in seen:
        says = f"the release {release.version[:40]!r} stands twice; the first is read"
        yield _failed(file, where, "duplicate_id", says, "leave one of them out")
        return
    seen.add(release.id)
    if github and value.get("draft", value.get("isDraft")) is True:
        yield Entry(locator=where, unused="a draft, which nobody has seen yet")
    elif github:
        yield Entry(locator=where, records=(release, *_body_notes(release, _text(value, "body"))))
    else:
        yield Entry(locator=where, records=(release,))
        yield from _notes(file, where, release, value.get("notes"))


def _mozilla(file: SourceFile, where: str, value: Mapping[str, object]) -> Release:
    product, version, channel = _text(value, "product"), _text(value, "version"), _text(value, "channel")
    key = _text(value, "slug") or "-".join(part for part in (product, version, channel) if part).casefold()
    return Release(
        id=RecordId(f"release_notes:release:{key or file.stem}"),
        cite=Citation(file.name, where),
        product=product,
        version=version,
        channel=channel.casefold(),
        released_on=_day(_text(value, "release_date")),
    )


def _github(file: SourceFile, where: str, value: Mapping[str, object]) -> Release:
    tag = next((_text(value, key) for key in _TAGS if _text(value, key)), "")
    address = " ".join(_text(value, key) for key in ("url", "html_url", "upload_url"))
    match = _REPOSITORY.search(address)
    repository = match[1] if match else ""
    early = value.get("prerelease", value.get("isPrerelease")) is True
    return Release(
        id=RecordId(f"release_notes:release:{repository or file.stem}:{tag}"),
        cite=Citation(file.name, where),
        product=repository,
        version=tag,
        channel="prerelease" if early else "release",
        released_on=_day(next((_text(value, key) for key in _PUBLISHED if _text(value, key)), "")),
    )


def _notes(file: SourceFile, where: str, release: Release, notes: object) -> Iterator[Entry]:
    seen: set[str] = set()
    prefix = "" if where == "file" else f"{where}."
    for number, note in enumerate(notes if isinstance(notes, list) else []):
        locator = f"{prefix}notes[{number}]"
        if not isinstance(note, dict) or not _text(note, "note"):
            yield _failed(file, locator, "bad_value", "a note without words", "leave it out")
            continue
        key = _text(note, "id") or str(number)
        if note.get("is_public") is False:
            yield Entry(locator=locator, unused="a note that is not public")
        elif key in seen:
            yield _failed(file, locator, "duplicate_id", f"the note {key[:20]} stands twice", "leave one out")
        else:
            seen.add(key)
            yield Entry(locator=locator, records=(_note(release, Citation(file.name, locator), key, note),))


def _note(release: Release, cite: Citation, key: str, note: Mapping[str, object]) -> ReleaseNote:
    written = _text(note, "note")
    bugs = [_text(note, "bug"), *_BUG.findall(written)]
    return ReleaseNote(
        id=RecordId(f"release_notes:note:{release.id.removeprefix('release_notes:release:')}:{key}"),
        cite=cite,
        release=release.id,
        kind=_text(note, "tag"),
        text=Prose(_words(written)),
        issues=tuple(dict.fromkeys(bug for bug in bugs if bug not in {"", "0"})),
    )


def _body_notes(release: Release, body: str) -> Iterator[ReleaseNote]:
    """The bullets of a body, each under the heading above it."""
    kind, number = "", 0
    for line in body.splitlines():
        heading, bullet = _HEADING.match(line), _BULLET.match(line)
        if heading:
            kind = _words(heading[1])[:80]
        elif bullet and bullet[1].strip():
            number += 1
            found = [first or second for first, second in _ISSUE.findall(bullet[1])]
            yield ReleaseNote(
                id=RecordId(
                    f"release_notes:note:{release.id.removeprefix('release_notes:release:')}:{number}"
                ),
                cite=release.cite,
                release=release.id,
                kind=kind,
                text=Prose(_words(bullet[1])),
                issues=tuple(dict.fromkeys(found)),
            )


def _words(written: str) -> str:
    """A note rid of its markup: links keep their words, the list of addresses below goes."""
    return " ".join(plain(_LINK.sub(r"\1", _REFERENCE.sub("", written))).split())


def _day(written: str) -> date | None:
    return parse_day(written) if written else None


def _text(table: Mapping[str, object], key: str) -> str:
    value = table.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value).strip()


def _failed(file: SourceFile, locator: str, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
