"""Release notes: what was released when, and what each line says became of an issue."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodops.connectors.release_notes.parse import parse, recognises
from prodops.ledger.delivery import Release, ReleaseNote
from prodops.ledger.reading import Entry, SourceFile

CASES = Path(__file__).parent / "cases" / "release_notes"
NAMES = sorted(path.name for path in CASES.iterdir())


def case(name: str) -> SourceFile:
    return SourceFile(name=name, content=(CASES / name).read_bytes())


def export(value: object, name: str = "releases.json") -> SourceFile:
    return SourceFile(name=name, content=json.dumps(value).encode())


def releases(file: SourceFile) -> list[Release]:
    return [record for entry in parse(file) for record in entry.records if isinstance(record, Release)]


def notes(file: SourceFile) -> list[ReleaseNote]:
    return [record for entry in parse(file) for record in entry.records if isinstance(record, ReleaseNote)]


def codes(file: SourceFile) -> list[str]:
    return [problem.code for entry in parse(file) for problem in entry.problems]


def test_a_mozilla_release_gives_its_day_and_notes() -> None:
    (release,) = releases(case("shop-2.1-release.json"))
    assert (release.product, release.version, release.channel) == ("Shop", "2.1", "release")
    assert release.released_on == date(2026, 3, 5)
    fixed, new = notes(case("shop-2.1-release.json"))
    assert (fixed.kind, fixed.text) == ("Fixed", "Fixed a crash when printing (bug 4712)")
    assert fixed.issues == ("4711", "4712")
    assert fixed.release == release.id
    assert (new.text, new.issues) == ("You can share a board with guests", ())
    assert new.cite.locator == "notes[1]"


def test_a_note_that_is_not_public_is_unused() -> None:
    assert [entry.unused for entry in parse(case("shop-2.1-release.json")) if entry.unused] == [
        "a note that is not public"
    ]


def test_github_releases_give_their_bullets_under_their_headings() -> None:
    first, early = releases(case("github_releases.json"))
    assert (first.product, first.version, first.released_on) == ("orchard/press", "v1.2.0", date(2026, 2, 2))
    assert (first.channel, early.channel) == ("release", "prerelease")
    assert [(note.kind, note.issues) for note in notes(case("github_releases.json"))] == [
        ("New", ("41",)),
        ("New", ("44",)),
        ("Fixed", ("7",)),
    ]


def test_a_draft_is_unused() -> None:
    assert [entry.unused for entry in parse(case("github_releases.json")) if entry.unused] == [
        "a draft, which nobody has seen yet"
    ]


def test_the_command_lines_own_names_are_read() -> None:
    file = export(
        [{"tagName": "v2", "publishedAt": "2026-04-01T00:00:00Z", "isPrerelease": True, "body": "* one"}]
    )
    (release,) = releases(file)
    assert (release.channel, release.released_on) == ("prerelease", date(2026, 4, 1))
    assert recognises(file) >= 0.9


def test_a_release_without_a_day_is_read_and_one_with_an_impossible_day_is_not() -> None:
    assert releases(export([{"tag_name": "v1"}]))[0].released_on is None
    assert codes(export([{"tag_name": "v1", "published_at": "2026-02-31T00:00:00Z"}])) == ["bad_date"]


def test_a_release_that_stands_twice_is_a_problem() -> None:
    assert codes(export([{"tag_name": "v1"}, {"tag_name": "v1"}])) == ["duplicate_id"]


def test_notes_that_stand_twice_or_say_nothing_are_problems() -> None:
    note = {"id": 1, "note": "Faster", "tag": "New"}
    release = {
        "version": "1",
        "release_date": "2026-01-01",
        "product": "P",
        "notes": [note, note, {"id": 2}, 3],
    }
    assert codes(export(release)) == ["duplicate_id", "bad_value", "bad_value"]
    assert releases(export(release))[0].id == "release_notes:release:p-1"


def test_what_stands_beside_a_list_is_counted() -> None:
    file = export({"releases": [{"tag_name": "v1"}], "total": 1})
    assert [entry.unused for entry in parse(file) if entry.unused] == ["what stands beside the releases"]


@pytest.mark.parametrize("name", NAMES)
def test_its_own_cases_are_recognised_whatever_they_are_called(name: str) -> None:
    assert recognises(SourceFile(name="thing.csv", content=case(name).content)) >= 0.9


def test_a_release_whose_notes_fill_the_head_is_recognised() -> None:
    many = [{"bug": 1, "id": n, "is_public": True, "note": "x" * 200, "sort_num": n} for n in range(500)]
    assert recognises(export({"notes": many, "release_date": "2026-01-01", "version": "1"})) >= 0.9


@pytest.mark.parametrize("content", [b"", b"{}", b"a,b\n", b"\x00\x01" * 80, b'{"version": 2, "models": []}'])
def test_what_is_not_its_own_is_not_claimed(content: bytes) -> None:
    assert recognises(SourceFile(name="x.json", content=content)) < 0.5


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\x00\x01\x02" * 99, "binary"),
        (b'[{"tag_name": "v1"', "bad_json"),
        (b"[" * 100_000, "bad_json"),
        (b"[1]", "bad_value"),
    ],
)
def test_bad_input_is_a_problem(content: bytes, code: str) -> None:
    assert codes(SourceFile(name="x.json", content=content)) == [code]


@settings(max_examples=60)
@given(data=st.data())
def test_damage_never_raises(data: st.DataObject) -> None:
    content = bytearray(case(data.draw(st.sampled_from(NAMES))).content)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    file = SourceFile(name="x", content=bytes(content[: data.draw(st.integers(0, len(content)))]))
    assert 0.0 <= recognises(file) <= 1.0
    once = list(parse(file))
    assert once == list(parse(file))
    assert all(isinstance(entry, Entry) for entry in once)
    ids = [record.id for entry in once for record in entry.records]
    assert len(ids) == len(set(ids))


@pytest.mark.shared
def test_every_release_and_note_of_a_year_of_firefox_is_read(shared_data: Path) -> None:
    folder = shared_data / "feedback" / "firefox-release-notes"
    read = lines = 0
    for path in sorted(folder.glob("*.json")):
        file = SourceFile(name=path.name, content=path.read_bytes())
        assert recognises(file) >= 0.9
        written = json.loads(path.read_text())
        (release,) = releases(file)
        assert (release.product, str(release.released_on)) == (written["product"], written["release_date"])
        assert len(notes(file)) == len(written["notes"])
        read += 1
        lines += len(notes(file))
        assert codes(file) == []
    assert (read, lines) == (36, 289)
