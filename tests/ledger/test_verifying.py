"""Attacks on the log of declarations, made in the database itself, and what is said of each."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from ledger.storing import START, decision
from prodops.ledger.checkpoints import NAME, CheckpointError, read_checkpoint, write_checkpoint
from prodops.ledger.declared_log import append_entries, log_end, payload_of
from prodops.ledger.state import open_state
from prodops.ledger.store import Store, open_store
from prodops.ledger.verifying import Examination

COUNT = 4


def declared(folder: Path, database_url: str | None) -> Store:
    """A workspace in which four decisions were declared."""
    store = open_store(folder, database_url)
    for number in range(1, COUNT + 1):
        store.append([decision(str(number))], gate=lambda _: [], today=START)
    return store


def attack(folder: Path, database_url: str | None, *statements: str) -> None:
    """Change the state database as somebody with its password would."""
    state = open_state(folder, database_url)
    with state.writing() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    state.close()


def told(found: Examination) -> list[tuple[int, str]]:
    return [(one.seq, one.says) for one in found.damages]


def test_an_untouched_log_is_whole_and_its_own_checkpoint_holds(
    tmp_path: Path, database_url: str | None
) -> None:
    with declared(tmp_path, database_url) as store:
        found = store.examine()
    assert (found.damages, found.entries, found.intact_until) == ((), COUNT, COUNT)
    (own,) = found.checkpoints
    assert (own.file, own.entries, own.holds) == ("the workspace", COUNT, True)


def test_an_empty_log_is_whole(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        found = store.examine()
    assert (found.damages, found.entries, found.last_at) == ((), 0, None)


def test_an_edited_record_is_named(tmp_path: Path, database_url: str | None) -> None:
    with declared(tmp_path, database_url) as store:
        attack(
            tmp_path,
            database_url,
            "update declared set payload = replace(payload, 'Pause', 'Keep') where seq = 2",
        )
        found = store.examine()
    (damage,) = found.damages
    assert (damage.seq, damage.table, damage.record_id) == (2, "decision", decision("2").id)
    assert damage.says == "its words are not those that were declared"
    assert found.intact_until == 1


def test_a_dropped_record_is_found(tmp_path: Path, database_url: str | None) -> None:
    with declared(tmp_path, database_url) as store:
        attack(tmp_path, database_url, "delete from declared where seq = 2")
        found = store.examine()
    assert (3, "the entry before is 1: some were dropped") in told(found)
    assert found.intact_until <= 2


def test_a_dropped_record_is_found_when_the_rest_moves_up(tmp_path: Path, database_url: str | None) -> None:
    with declared(tmp_path, database_url) as store:
        attack(
            tmp_path, database_url, "delete from declared where seq = 2",
            "update declared set seq = 2 where seq = 3", "update declared set seq = 3 where seq = 4",
            "update head set log_seq = 3",
        )  # fmt: skip
        found = store.examine()
    assert (2, "it does not follow from the entry before") in told(found)
    assert any("tail was cut" in says for _, says in told(found))


def test_records_that_changed_places_are_found(tmp_path: Path, database_url: str | None) -> None:
    with declared(tmp_path, database_url) as store:
        moves = ((2, 20), (3, 2), (20, 3))
        attack(
            tmp_path,
            database_url,
            *(f"update declared set seq = {to} where seq = {seq}" for seq, to in moves),
        )
        assert {one.seq for one in store.examine().damages} >= {2, 3}


def test_a_cut_tail_with_a_corrected_head_is_found_by_the_workspaces_checkpoint(
    tmp_path: Path, database_url: str | None
) -> None:
    with declared(tmp_path, database_url) as store:
        cut_tail(tmp_path, database_url)
        assert store.verify() == []
        found = store.examine()
    assert told(found) == [
        (4, "the log ends at entry 3, and the checkpoint of the workspace has seen entry 4: the tail was cut")
    ]
    assert found.intact_until == 3


def test_a_cut_tail_with_a_removed_checkpoint_is_found_by_one_kept_elsewhere(
    tmp_path: Path, database_url: str | None
) -> None:
    kept = tmp_path / "elsewhere.json"
    with declared(tmp_path / "w", database_url) as store:
        write_checkpoint(kept, store.checkpoint(), workspace=store.examine().workspace, at=START)
        cut_tail(tmp_path / "w", database_url)
        (tmp_path / "w" / NAME).unlink()
        assert store.examine().damages == ()
        found = store.examine([kept])
    assert [seq for seq, _ in told(found)] == [4]
    assert [one.holds for one in found.checkpoints] == [False]


def cut_tail(folder: Path, database_url: str | None) -> None:
    """Drop the last entry and set the head as if it had never been."""
    state = open_state(folder, database_url)
    with state.writing() as connection:
        chain = connection.execute(sa.text("select chain from declared where seq = 3")).scalar()
        connection.execute(sa.text("delete from declared where seq = 4"))
        connection.execute(sa.text("update head set log_seq = 3, chain = :chain"), {"chain": chain})
    state.close()


def test_a_log_that_was_written_anew_with_a_right_chain_is_found(
    tmp_path: Path, database_url: str | None
) -> None:
    """Who knows the formula edits a record and chains everything again; the checkpoint has seen the other."""
    with declared(tmp_path, database_url) as store:
        state = open_state(tmp_path, database_url)
        with state.writing() as connection:
            connection.execute(sa.text("delete from declared"))
            connection.execute(sa.text("update head set log_seq = 0, chain = ''"))
            again = [decision(str(number), "Keep it") for number in range(1, COUNT + 1)]
            entries = [("decision", str(one.id), payload_of(one)) for one in again]
            append_entries(connection, log_end(connection), entries, at=START)
        state.close()
        assert store.verify() == []
        found = store.examine()
    assert [seq for seq, _ in told(found)] == [4]
    assert "written anew" in found.damages[0].says


def test_a_head_that_is_gone_is_told(tmp_path: Path, database_url: str | None) -> None:
    with declared(tmp_path, database_url) as store:
        attack(tmp_path, database_url, "delete from head")
        found = store.examine()
    assert (0, "the head of the log is gone") in told(found)


def test_a_moment_that_is_none_is_damage_and_no_crash(tmp_path: Path) -> None:
    with declared(tmp_path, None) as store:
        attack(tmp_path, None, "update declared set declared_at = 'soon' where seq = 3")
        found = store.examine()
    assert (3, "its columns cannot be read") in told(found)
    assert found.intact_until == 2


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.replace('"entries": 4', '"entries": 3'), "was changed after it was written"),
        (lambda text: text[:40], "cannot be read"),
        (lambda _: '{"kind": "shopping list"}', "no checkpoint"),
        (lambda _: "[" * 100_000, "cannot be read"),
    ],
)
def test_a_checkpoint_that_is_none_is_told(tmp_path: Path, change: object, says: str) -> None:
    assert callable(change)
    with declared(tmp_path, None) as store:
        own = tmp_path / NAME
        own.write_text(change(own.read_text()))
        found = store.examine()
    assert says in found.damages[0].says
    assert [one.holds for one in found.checkpoints] == [False]


def test_a_checkpoint_of_another_workspace_is_refused(tmp_path: Path) -> None:
    with declared(tmp_path / "a", None), declared(tmp_path / "b", None) as store:
        found = store.examine([tmp_path / "a" / NAME])
    assert "another workspace" in found.damages[0].says
    with pytest.raises(CheckpointError, match="another workspace"):
        read_checkpoint(tmp_path / "a" / NAME, workspace="other")


def test_a_log_that_grew_still_holds_against_an_older_checkpoint(tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    with declared(tmp_path / "w", None) as store:
        write_checkpoint(kept, store.checkpoint(), workspace=store.examine().workspace, at=START)
        store.append([decision("9")], gate=lambda _: [], today=START)
        found = store.examine([kept])
    assert found.damages == ()
    assert [one.entries for one in found.checkpoints] == [COUNT + 1, COUNT]


def test_a_folder_that_takes_no_file_does_not_undo_a_declaration(tmp_path: Path) -> None:
    with declared(tmp_path, None) as store:
        (tmp_path / NAME).unlink()
        (tmp_path / NAME).mkdir()
        store.append([decision("9")], gate=lambda _: [], today=START)
        assert store.checkpoint().seq == COUNT + 1
