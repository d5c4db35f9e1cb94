"""The operating model declared from the command line: what is told, what is refused, what is taken back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pages import organisation as part
from prodops.ledger.reading import Entry
from prodops.ledger.store import open_store
from prodops.serve.cli import app
from prodops.serve.cli.output import Refusal

Prodops = Callable[..., str]


@pytest.fixture
def prodops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Prodops:
    """A command that works on a workspace with three rituals of six PMs."""
    monkeypatch.setenv("PRODOPS_WORKSPACE", str(tmp_path / ".prodops"))
    monkeypatch.setenv("PRODOPS_TODAY", "2026-06-30")
    files = defaultdict(list)
    for record in (*part.people(), *part.calendars(), *part.minutes()):
        files[record.cite.source].append(record)
    with open_store(tmp_path / ".prodops") as store, store.load() as load:
        for name, records in files.items():
            entries = [Entry(locator="all", records=tuple(records))]
            load.file(name, sha256="0", size_bytes=1, connector="test", covers="snapshot", entries=entries)

    def run(*words: str) -> str:
        done = CliRunner().invoke(app, words)
        if done.exception is not None:
            raise done.exception
        return done.stdout

    return run


def refused(prodops: Prodops, *words: str) -> str:
    with pytest.raises(Refusal) as refusal:
        prodops(*words)
    return f"{refusal.value.says} {refusal.value.remedy}"


def test_a_stance_is_declared_with_its_day_and_how_to_take_it_back(prodops: Prodops) -> None:
    said = prodops("stance", "Pricing council", "own")
    assert "pricing-council: own until 2026-12-29." in said
    assert "Undo: prodops stance pricing-council --undo" in said
    back = prodops("stance", "Pricing council", "--undo")
    assert "Taken back. pricing-council is again: nothing declared." in back


def test_an_exit_says_what_it_gives_back_and_when_that_is_read(prodops: Prodops) -> None:
    said = prodops("exit-ritual", "Roadmap review", "--because", "RIT01")
    assert "because of RIT01 roadmap-review" in said
    assert "gives back" in said
    assert "its effect is read on 2026-09-29" in said
    back = prodops("stance", "roadmap-review", "--undo")
    assert "Exit Roadmap review: ended on 2026-06-30." in back


def test_a_purpose_is_declared_and_told_with_the_stance(prodops: Prodops) -> None:
    assert "roadmap-review: meant to align." in prodops("purpose", "Roadmap review", "align")
    said = prodops("stance", "Roadmap review", "facilitate", "--expires", "2026-09-30")
    assert "facilitate, meant to align until 2026-09-30" in said


def test_what_is_declared_is_given_as_json(prodops: Prodops) -> None:
    (one,) = json.loads(prodops("stance", "Roadmap review", "own", "--json"))["declared"]
    assert ("roadmap-review", "own") == (one["ritual"], one["stance"])
    stance, change = json.loads(
        prodops("exit-ritual", "Roadmap review", "--because", "rit01", "--starts", "2026-07-06", "--json")
    )["declared"]
    assert one["id"] == stance["supersedes"]
    assert ("2026-07-06", "2026-10-05") == (change["starts_on"], change["reads_out_on"])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("exit-ritual", "Roadmap review"), "--because RIT01"),
        (("stance", "Roadmap review", "exit"), "prodops exit-ritual roadmap-review --because RIT01"),
        (("stance", "Roadmap review"), "or --undo"),
        (("stance", "Roadmap review", "own", "--undo"), "or --undo"),
        (("stance", "Roadmap review", "keep"), "own, facilitate, exit"),
        (("stance", "Roadmap review", "own", "--expires", "soon"), "Write it as --expires 2027-03-31."),
        (("stance", "Roadmap review", "own", "--expires", "2026-01-01"), "--expires 2026-12-29"),
        (("stance", "Roadmap review", "--undo"), "prodops show operating-model"),
        (("purpose", "roadmap", "align"), "Did you mean: roadmap-review"),
    ],
)
def test_what_is_refused_shows_the_shortest_way_through(
    prodops: Prodops, words: tuple[str, ...], says: str
) -> None:
    assert says in refused(prodops, *words)
