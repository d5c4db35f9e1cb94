"""A person forgotten: in every file and column, at every earlier moment, and on every later load."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from ledger.storing import (
    START,
    Clock,
    decision,
    entries,
    load,
    meeting,
    outcome,
    person,
    sha,
    titles,
)
from prodops.ledger.committing import ForgottenMeanwhileError
from prodops.ledger.decisions import Decision
from prodops.ledger.evidence import Evidence
from prodops.ledger.forgetting import Forgetter
from prodops.ledger.manifest import OvertakenError
from prodops.ledger.people import Person
from prodops.ledger.record import Record, RecordId, person_id
from prodops.ledger.redacting import FORGOTTEN, NOBODY
from prodops.ledger.rituals import Invitee, Meeting, Outcome
from prodops.ledger.state import open_state
from prodops.ledger.store import Store, open_store

ANN = ("ann.smith@corp.example", "Ann Smith")
FILES: dict[str, Sequence[Record]] = {
    "roster.csv": [
        person("Ann Smith", "ann.smith@corp.example"),
        person("Bob Jones", "bob@corp.example"),
    ],
    "calendars/ann.smith.ics": [meeting("1", "calendars/ann.smith.ics", "1:1 Ann Smith / Bob")],
    "minutes.md": [outcome("1", "minutes.md", "Ann Smith to ask Bob", ("Ann Smith", "Bob"))],
}


def load_all(store: Store) -> None:
    """Load the files that name Ann, and an older version of one."""
    load(store, {"minutes.md": [outcome("1", "minutes.md", "ask Ann Smith")]})
    load(store, FILES)


def everything(store: Store) -> str:
    """All that a reader can see, now and at the start."""
    seen: list[object] = [store.sources()]
    for moment in (None, START):
        ledger = store.ledger(today=START, as_of=moment)
        seen += [list(ledger.records(kind)) for kind in (Person, Meeting, Outcome, Invitee, Decision)]
    return repr(seen)


def test_a_person_is_taken_out_of_every_column(store: Store) -> None:
    load_all(store)
    store.forget_person(ANN)
    ledger = store.ledger(today=START)
    (other,) = ledger.records(Person)
    assert (other.name, other.manager) == ("Bob Jones", NOBODY)
    (one,) = ledger.records(Meeting)
    assert (one.title, one.organiser) == ("1:1 [forgotten] / Bob", NOBODY)
    (line,) = ledger.records(Outcome)
    assert (line.words, line.owners) == (f"{FORGOTTEN} to ask Bob", (FORGOTTEN, "Bob"))


def test_nothing_that_can_be_read_names_the_person_at_any_moment(store: Store, clock: Clock) -> None:
    load_all(store)
    store.append([decision("1", "Ask Ann Smith")], gate=lambda _ledger: [], today=START)
    clock.pass_hours(1)
    load(store, {"calendars/ann.smith.ics": []})
    assert "Smith" in everything(store)
    done = store.forget_person(ANN)
    seen = everything(store)
    for word in ("Smith", "smith", str(person_id("Ann Smith")), str(person_id("ann.smith@corp.example"))):
        assert word not in seen
    assert (done.people, done.declarations) == (1, 1)
    assert done.files >= 4


def test_other_people_and_records_stay_as_they_were(store: Store) -> None:
    load(store, {"a.ics": [replace(meeting("1", "a.ics", "Bob alone"), organiser=person_id("bob"))]})
    before = store.version()
    done = store.forget_person(ANN)
    assert (done.files, done.people, done.declarations) == (0, 0, 0)
    assert titles(store) == {"1": ("Bob alone", "a.ics")}
    assert next(store.ledger(today=START).records(Meeting)).organiser == person_id("bob")
    assert store.version() != before, "a commit of its own, so that a load under way notices"


def test_earlier_moments_have_another_version_when_they_lose_a_person(store: Store, clock: Clock) -> None:
    load_all(store)
    moment, version = clock.pass_hours(1), store.version()
    load(store, {"b.ics": [meeting("2", "b.ics")]})
    assert store.version(as_of=moment) == version
    store.forget_person(ANN)
    assert store.version(as_of=moment) != version


def test_two_forgotten_people_on_one_invitation_stay_two(store: Store) -> None:
    one, two = (
        Invitee(
            id=RecordId(f"ics:invitee:1:{person_id(handle)}"),
            cite=meeting("1", "a.ics").cite,
            invite=RecordId("ics:meeting:1"),
            person=person_id(handle),
        )
        for handle in ("ann@corp.example", "bob@corp.example")
    )
    load(store, {"a.ics": [one, two]})
    store.forget_person(["ann@corp.example"])
    store.forget_person(["bob@corp.example"])
    found = list(store.ledger(today=START).records(Invitee))
    assert [invitee.person for invitee in found] == [NOBODY, NOBODY]
    assert len({invitee.id for invitee in found}) == 2


def test_loading_the_same_files_again_does_not_bring_the_person_back(store: Store) -> None:
    load_all(store)
    store.forget_person(ANN)
    before, version = everything(store), store.version()
    records = FILES["calendars/ann.smith.ics"]
    assert store.seen("calendars/ann.smith.ics", sha256=sha(records), connector="ics")
    load(store, FILES)
    assert "Smith" not in everything(store)
    assert store.version() == version
    assert everything(store) == before


def test_new_files_do_not_bring_the_person_back(store: Store) -> None:
    store.forget_person(ANN)
    load(store, {"ann.smith.ics": [meeting("9", "ann.smith.ics", "Smith, Ann on plans")]})
    load(store, {"roster.csv": FILES["roster.csv"]})
    assert "mith" not in everything(store)
    assert [one.name for one in store.ledger(today=START).records(Person)] == ["Bob Jones"]
    store.append([decision("1", "Ask Ann Smith")], gate=lambda _ledger: [], today=START)
    assert "mith" not in everything(store)
    assert store.verify() == []


def test_the_log_stays_verifiable_and_still_shows_who_edits_it(store: Store) -> None:
    for number in ("1", "2"):
        store.append([decision(number, "Ask Ann Smith")], gate=lambda _ledger: [], today=START)
    kept = store.checkpoint()
    store.forget_person(ANN)
    assert store.verify(kept) == []
    store.forget_person(["Pause Nobody", "do nothing"])
    assert store.verify(kept) == []
    assert store.checkpoint().seq == 6, "each redaction is an entry of its own"
    assert store.ledger(today=START).count(Decision) == 2


def test_old_files_go_after_the_grace_period(tmp_path: Path, clock: Clock) -> None:
    with open_store(tmp_path / "w", clock=clock, grace_seconds=3_600) as store:
        load_all(store)
        store.forget_person(ANN)
        clock.pass_hours(0.5)
        store.sweep()
        assert names_in_files(tmp_path / "w")
        clock.pass_hours(1)
    with open_store(tmp_path / "w", clock=clock, grace_seconds=3_600):
        assert not names_in_files(tmp_path / "w"), "opening the workspace swept"


def names_in_files(folder: Path) -> bool:
    """Whether any file of the workspace holds the name as bytes; small Parquet files do not compress."""
    ledger_files = [path for path in folder.rglob("*") if path.is_file()]
    assert ledger_files
    found = b"".join(path.read_bytes() for path in ledger_files)
    return any(word in found for word in (b"Smith", b"smith", person_id("Ann Smith").encode()))


def test_forgetting_the_same_person_again_under_another_handle_keeps_one_tag(store: Store) -> None:
    load(
        store, {"ann.smith.ics": [meeting("1", "ann.smith.ics")], "asmith.ics": [meeting("2", "asmith.ics")]}
    )
    store.forget_person(ANN)
    store.forget_person([*ANN, "asmith.ics"])
    names = [source.name for source in store.sources()]
    assert len({name.removesuffix(".ics") for name in names}) == 1


@pytest.mark.parametrize("handles", [[], [""], ["Ann", "..."]])
def test_nobody_is_not_a_person(plain_store: Store, handles: list[str]) -> None:
    with pytest.raises(ValueError, match="an address, an account name or a written name"):
        plain_store.forget_person(handles)


def test_a_load_under_way_while_somebody_is_forgotten_must_be_done_again(store: Store) -> None:
    records = FILES["minutes.md"]

    def interrupted() -> None:
        with store.load() as loading:
            loading.file(
                "minutes.md",
                sha256="1",
                size_bytes=1,
                connector="minutes",
                covers="snapshot",
                entries=entries(records),
            )
            store.forget_person(ANN)

    with pytest.raises(ForgottenMeanwhileError, match="load the files again"):
        interrupted()
    assert store.counts() == {}
    load(store, {"minutes.md": records})
    assert "mith" not in everything(store)


def test_a_load_that_commits_while_files_are_rewritten_is_forgotten_too(tmp_path: Path, clock: Clock) -> None:
    late = [{"b.ics": [meeting("2", "b.ics", "Ann Smith again")]}]

    def interrupting() -> datetime:
        """The moment, asked for when the rewritten files are about to be committed."""
        while late:
            load(other, late.pop())
        return clock()

    with open_store(tmp_path / "w", clock=clock) as other, open_store(tmp_path / "w", clock=clock) as store:
        load(store, {"a.ics": [meeting("1", "a.ics", "with Ann Smith")]})
        forgetter = Forgetter(
            state=open_state(tmp_path / "w", None),
            evidence=Evidence(tmp_path / "w"),
            clock=interrupting,
            memory_megabytes=128,
            grace_seconds=0,
        )
        assert forgetter.forget(ANN).files == 2
        assert set(titles(store).values()) == {("with [forgotten]", "a.ics"), ("[forgotten] again", "b.ics")}
        batches = {path.stem for path in (tmp_path / "w").rglob("*.parquet")}
        assert len(batches) == 4, "what was written in vain is not left behind"


def test_forgetting_gives_up_when_others_are_always_faster(
    plain_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prodops.ledger.forgetting.ATTEMPTS", 0)
    with pytest.raises(OvertakenError, match="forget again"):
        plain_store.forget_person(ANN)


def test_copies_that_stand_behind_are_forgotten_too(store: Store) -> None:
    load(store, {"a.ics": [meeting("1", "a.ics", "Ann Smith")]})
    load(store, {"b.ics": [meeting("1", "b.ics", "Smith, Ann again")]})
    store.forget_person(ANN)
    load(store, {"a.ics": []})
    assert titles(store) == {"1": (f"{FORGOTTEN} again", "b.ics")}


def test_a_name_that_the_engine_would_fold_otherwise_is_found(store: Store) -> None:
    load(
        store, {"a.ics": [meeting("1", "a.ics", "1:1 Straße / WEISS"), meeting("2", "a.ics", "Zoe\u0308 A")]}
    )
    store.forget_person(["Strasse Weiß"])
    store.forget_person(["Zoë A"])
    assert titles(store) == {"1": ("1:1 [forgotten]", "a.ics"), "2": ("[forgotten]", "a.ics")}
