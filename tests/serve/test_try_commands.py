"""`prodops try` and `prodops proof`: registered, listed, stopped and proved from the command line."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from impact.pm_calendars import calendars, roster
from pages import organisation as part
from prodops.ledger.reading import Entry
from prodops.ledger.store import open_store
from prodops.serve import printing
from prodops.serve.cli import app
from prodops.serve.cli.output import Refusal
from prodops.serve.trial_dates import _folded, _inert

Prodops = Callable[..., str]
START = ("--because", "FBK01", "--outcome", "overhead_share", "--expect", "-4 (-6 to -2)")
ONE_DAY = (*START, "--design", "one-date")
EARLY = "2026-01-05..2026-03-27"


@pytest.fixture
def prodops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Prodops:
    """A command that works on a workspace with eight PMs and their calendars."""
    monkeypatch.setenv("PRODOPS_WORKSPACE", str(tmp_path / ".prodops"))
    monkeypatch.setenv("PRODOPS_TODAY", "2026-06-30")
    files = defaultdict(list)
    for record in (*roster(8), *calendars(8, weeks=range(50)), *part.messages()):
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


def test_a_change_is_registered_with_its_files_listed_stopped_and_taken_back(
    prodops: Prodops, tmp_path: Path
) -> None:
    order, ics, who = (tmp_path / name for name in ("order.json", "days.ics", "who.csv"))
    said = prodops(
        "try", "start", "Focus days", *START, "--waves", "2", "--every", "8", "--seed", "5", "--units", "pm",
        "--order-out", str(order), "--ics", str(ics), "--who", str(who), "--own-hours", "2",
    )  # fmt: skip
    assert "Registered: Focus days (focus-days), because of FBK01 email." in said
    assert "wave 2, held back until the readout: 4 PMs" in said
    assert "Undo: prodops try start focus-days --undo" in said
    assert 5 == json.loads(order.read_text())["seed"]
    assert "BEGIN:VEVENT\r\n" in ics.read_bytes().decode()
    assert "wave 1 of 1 starts" in ics.read_text()
    rows = who.read_text().splitlines()
    assert "wave,starts,team,address" == rows[0]
    assert 9 == len(rows)
    assert "focus-days" in prodops("try", "list")

    told = json.loads(prodops("try", "list", "--json"))["changes"][0]
    assert ("focus-days", "planned", 8, True) == (told["key"], told["state"], told["pms"], told["seal_holds"])
    assert "person:" not in json.dumps({**told, "id": ""})

    assert "Undo: prodops try stop focus-days --undo" in prodops(
        "try", "stop", "focus-days", "--because", "Nobody came"
    )
    assert "stopped" in prodops("try", "list")
    assert "runs again" in prodops("try", "stop", "focus-days", "--undo")
    assert "Taken back: focus-days" in prodops("try", "start", "focus-days", "--undo")
    assert "taken back" in prodops("try", "list")
    assert "writes no file" in refused(prodops, "try", "start", "focus-days", "--undo", "--ics", str(ics))


def test_a_registration_is_given_as_json(prodops: Prodops) -> None:
    one = json.loads(prodops("try", "start", "One day", *START, "--design", "one-date", "--json"))
    assert ("one-day", "one date", "C") == (one["key"], one["design"], one["grade"])
    (gone,) = json.loads(prodops("try", "start", "one-day", "--undo", "--json"))["declared"]
    assert gone["withdrawn"] is True


def test_without_an_order_no_order_is_written(prodops: Prodops, tmp_path: Path) -> None:
    order = tmp_path / "order.json"
    said = prodops("try", "start", "One day", *START, "--design", "one-date", "--order-out", str(order))
    assert "from 2026-07-06: all" in said
    assert not order.exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("try", "start", "X", *START, "--starts", "soon"), "--starts 2027-03-01"),
        (("try", "start", "X", *START, "--starts", "2026-01-05", "--design", "one-date"), "is past"),
        (("try", "start", "X", *START[2:]), "prodops diagnose"),
        (("try", "start", "X", *START, "--order", "nowhere.json"), "cannot be read"),
        (("try", "start", "X", *ONE_DAY, "--ics", "no/such/folder/x.ics"), "registered"),
        (("try", "start", "X", *ONE_DAY, "--who", "no/such/folder/x.csv"), "registered"),
        (("try", "stop", "zzz", "--because", "x"), "prodops try start"),
        (("try", "event", "soon", "x"), "is not a day"),
        (("try", "event", "", "x"), "has a day"),
        (("try", "event", "2027-01-01", "x"), "lies ahead"),
        (("proof", "zzz"), "prodops try start"),
        (("proof", "--before", "2026-01-05"), "takes a first and a last day"),
        (("proof", "--before", "2026-01-05..x", "--after", "2026-04-06..2026-06-26"), "--before 2026-01-05"),
        (("proof", "--before", "2026-04-06..2026-06-26", "--after", EARLY), "earlier days"),
        (("proof", "--before", "2020-01-06..2020-03-27", "--after", EARLY), "fewer than five"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_with_a_way_through(
    prodops: Prodops, words: tuple[str, ...], says: str
) -> None:
    assert says in refused(prodops, *words)


def test_other_events_stand_in_the_log_until_they_are_taken_back(prodops: Prodops) -> None:
    assert "prodops try event" in prodops("try", "list")
    said = prodops("try", "event", "2026-06-01", "Support was reorganised")
    assert "In the change log: Support was reorganised on 2026-06-01." in said
    assert "Support was reorganised" in prodops("try", "list")
    assert "Taken out of" in prodops("try", "event", "2026-06-01", "--undo")
    assert "reorganised" not in prodops("try", "list")


def test_without_a_change_the_proof_teaches_the_next_step(prodops: Prodops) -> None:
    said = prodops("proof")
    assert "No change is registered" in said
    assert "prodops try start" in said
    assert json.loads(prodops("proof", "--json"))["refused"]


def test_two_audits_are_a_description(prodops: Prodops) -> None:
    words = ("proof", "--before", "2025-10-06..2025-12-19", "--after", "2026-01-05..2026-03-27")
    said = prodops(*words)
    assert "Description only, grade D" in said
    assert "No effect is claimed." in said
    assert "two" in json.loads(prodops(*words, "--json"))["title"].casefold()


def test_the_proof_is_one_html_file(prodops: Prodops, tmp_path: Path) -> None:
    out = tmp_path / "proof.html"
    assert f"Wrote {out}" in prodops("proof", "--html", str(out))
    assert "No change is registered" in out.read_text()
    assert json.loads(prodops("proof", "--html", str(out), "--json"))["files"][0]["bytes"] > 1000
    assert "cannot be written" in refused(
        prodops, "proof", "--html", str(tmp_path / "no" / "such" / "x.html")
    )


def test_without_a_browser_the_pdf_is_refused_with_a_way_to_print(
    prodops: Prodops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "prints from any browser" in refused(prodops, "proof", "--pdf", str(tmp_path / "proof.pdf"))
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    assert "chromium did not print it" in refused(prodops, "proof", "--pdf", str(tmp_path / "proof.pdf"))


def test_a_browser_prints_the_pdf(prodops: Prodops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printer = tmp_path / "chromium"
    printer.write_text(
        '#!/bin/sh\nfor word in "$@"; do case "$word" in --print-to-pdf=*) '
        'printf "%%PDF-1.4" > "${word#--print-to-pdf=}";; esac; done\n'
    )
    printer.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(printing, "BROWSERS", ("chromium",))
    out = tmp_path / "proof.pdf"
    assert f"Wrote {out}" in prodops("proof", "--pdf", str(out))
    assert b"%PDF-1.4" == out.read_bytes()


def test_long_lines_are_folded_and_formulas_are_none() -> None:
    pieces = _folded("SUMMARY:" + "é" * 100)
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert "SUMMARY:" + "é" * 100 == pieces[0] + "".join(piece[1:] for piece in pieces[1:])
    assert ("'=1+1", "Core") == (_inert("=1+1"), _inert("Core"))
