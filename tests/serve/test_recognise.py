"""Which connector reads a file: the surest, decided by name between two that are equally sure."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from prodops.ledger.reading import Entry, SourceFile
from prodops.serve.intake import recognise as room
from prodops.serve.intake.recognise import Connector, recognise


class Sure:
    """A parser that is as sure of every file as it is told to be."""

    COVERS = "snapshot"

    def __init__(self, score: float) -> None:
        """Take the score."""
        self.score = score

    def recognises(self, file: SourceFile) -> float:
        """How sure: the score."""
        return self.score if file.content else 0.0

    def parse(self, file: SourceFile) -> Iterator[Entry]:
        """One entry that is not used."""
        yield Entry(locator=file.name, unused="nothing")


def _best(monkeypatch: pytest.MonkeyPatch, **scores: float) -> str | None:
    known = tuple(Connector(name, name, Sure(score)) for name, score in scores.items())
    monkeypatch.setattr(room, "connectors", lambda: known)
    found = recognise(SourceFile(name="x", content=b"x"))
    return found.name if found else None


def test_the_surest_connector_reads_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "b" == _best(monkeypatch, a=0.6, b=0.9, c=0.7)


def test_between_two_that_are_equally_sure_the_name_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "b" == _best(monkeypatch, a=0.9, b=0.9)
    assert "b" == _best(monkeypatch, b=0.9, a=0.9)


@pytest.mark.parametrize(("score", "reads"), [(0.49, None), (0.5, "a")])
def test_below_half_sure_nobody_reads_it(
    score: float, reads: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reads == _best(monkeypatch, a=score)


def test_without_connectors_nobody_reads_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _best(monkeypatch) is None


@pytest.mark.parametrize(
    ("name", "content", "connector"),
    [
        ("a.txt", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n", "ics"),
        ("wrong.ics", "name,email,title,team\nAna,ana@example.com,Product Manager,Core\n", "roster"),
        ("council.md", "# Pricing council 2026-03-04\n\nDECISION: We keep seat limits.\n", "minutes"),
    ],
)
def test_a_file_is_recognised_by_its_content_and_not_by_its_ending(
    name: str, content: str, connector: str
) -> None:
    found = recognise(SourceFile(name=name, content=content.encode()))
    assert found is not None
    assert connector == found.name


@pytest.mark.parametrize("content", [b"", b"\0" * 500, b"\xff\xfe", b"a", b"{", b"[" * 5_000, b"," * 5_000])
def test_what_says_nothing_is_nobodys(content: bytes) -> None:
    assert recognise(SourceFile(name="x.csv", content=content)) is None
