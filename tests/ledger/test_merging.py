"""One record in several sources: which copy is shown, which stands behind it, and when they disagree."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.storing import START, all_problems, load, meeting, note, titles, told
from prodops.ledger.store import Store

EARLY, LATE = START - timedelta(days=2), START - timedelta(days=1)


def test_the_same_record_from_another_source_changes_nothing_that_is_seen(store: Store) -> None:
    load(store, {"ann.ics": [meeting("1", "ann.ics")]})
    load(store, {"bob.ics": [meeting("1", "bob.ics")]})
    assert titles(store) == {"1": ("Weekly sync", "ann.ics")}
    assert told(store) == []


def test_a_record_stays_while_any_source_has_it(store: Store) -> None:
    load(store, {name: [meeting("1", name)] for name in ("ann.ics", "bob.ics", "cho.ics")})
    load(store, {"ann.ics": []})
    assert titles(store) == {"1": ("Weekly sync", "bob.ics")}
    load(store, {"cho.ics": []})
    assert titles(store) == {"1": ("Weekly sync", "bob.ics")}
    load(store, {"bob.ics": []})
    assert titles(store) == {}


def test_two_sources_that_let_a_record_go_together_leave_nothing_behind(store: Store) -> None:
    load(store, {"ann.ics": [meeting("1", "ann.ics")], "bob.ics": [meeting("1", "bob.ics")]})
    load(store, {"ann.ics": [], "bob.ics": []})
    assert titles(store) == {}
    load(store, {"cho.ics": [meeting("1", "cho.ics")]})
    load(store, {"cho.ics": []})
    assert titles(store) == {}


def test_a_source_that_lets_a_record_go_twice_is_not_asked_again(store: Store) -> None:
    load(store, {"ann.ics": [meeting("1", "ann.ics")]})
    load(store, {"bob.ics": [meeting("1", "bob.ics")]})
    load(store, {"bob.ics": []})
    load(store, {"ann.ics": []})
    assert titles(store) == {}


def test_the_copy_revised_last_is_shown_wherever_it_comes_from(store: Store) -> None:
    load(store, {"ann.ics": [meeting("1", "ann.ics", "old", EARLY)]})
    load(store, {"bob.ics": [meeting("1", "bob.ics", "new", LATE)]})
    assert titles(store) == {"1": ("new", "bob.ics")}
    load(store, {"cho.ics": [meeting("1", "cho.ics", "old", EARLY)]})
    assert titles(store) == {"1": ("new", "bob.ics")}
    assert told(store) == [], "a newer revision is no disagreement"


def test_the_older_copy_takes_over_when_the_newer_goes(store: Store) -> None:
    load(store, {"ann.ics": [meeting("1", "ann.ics", "old", EARLY)]})
    load(store, {"bob.ics": [meeting("1", "bob.ics", "new", LATE)]})
    load(store, {"bob.ics": []})
    assert titles(store) == {"1": ("old", "ann.ics")}


def test_within_one_load_the_copy_revised_last_is_shown_too(store: Store) -> None:
    files = {
        "ann.ics": [meeting("1", "ann.ics", "old", EARLY), meeting("2", "ann.ics", "first")],
        "bob.ics": [meeting("1", "bob.ics", "new", LATE), meeting("2", "bob.ics", "second")],
    }
    load(store, files)
    assert titles(store) == {"1": ("new", "bob.ics"), "2": ("first", "ann.ics")}


def test_a_source_is_believed_about_its_own_record(store: Store) -> None:
    load(store, {"ann.ics": [meeting("1", "ann.ics", "first")]})
    load(store, {"ann.ics": [meeting("1", "ann.ics", "second")]})
    assert titles(store) == {"1": ("second", "ann.ics")}


def test_a_revision_undone_by_its_source_gives_way_to_a_newer_copy(store: Store) -> None:
    load(store, {"ann.ics": [meeting("1", "ann.ics", "newest", START)]})
    load(store, {"bob.ics": [meeting("1", "bob.ics", "newer", LATE)]})
    load(store, {"ann.ics": [meeting("1", "ann.ics", "restored from a backup", EARLY)]})
    assert titles(store) == {"1": ("newer", "bob.ics")}
    load(store, {"bob.ics": []})
    assert titles(store) == {"1": ("restored from a backup", "ann.ics")}


def test_sources_that_disagree_are_told_once_for_a_pair_of_files(store: Store) -> None:
    keys = [str(number) for number in range(20)]
    load(store, {"ann.ics": [meeting(key, "ann.ics", "one") for key in keys]})
    load(store, {"bob.ics": [meeting(key, "bob.ics", "two") for key in keys]})
    assert set(titles(store).values()) == {("one", "ann.ics")}
    (found,) = all_problems(store)
    assert (found.code, found.lost) == ("sources_disagree", False)
    assert str(found.cite) == "bob.ics, beside ann.ics"
    assert "20" in found.says
    assert "ics:meeting:0" in found.says


def test_a_disagreement_is_told_for_each_type(store: Store) -> None:
    load(store, {"a": [meeting("1", "a", "one"), note("1", "a", "one")]})
    load(store, {"b": [meeting("1", "b", "two"), note("1", "b", "two")]})
    assert told(store) == [("sources_disagree", "b")] * 2


def test_only_a_later_moment_of_revision_is_no_disagreement(store: Store) -> None:
    load(store, {"ann.ics": [meeting("1", "ann.ics", revised_at=EARLY)]})
    load(store, {"bob.ics": [meeting("1", "bob.ics")]})
    assert told(store) == []


@pytest.mark.parametrize("mended", ["ann.ics", "bob.ics"])
def test_a_disagreement_is_over_when_either_file_is_mended(store: Store, mended: str) -> None:
    load(store, {"ann.ics": [meeting("1", "ann.ics", "one")]})
    load(store, {"bob.ics": [meeting("1", "bob.ics", "two")]})
    assert told(store) == [("sources_disagree", "bob.ics")]
    load(store, {mended: [meeting("1", mended, {"ann.ics": "two", "bob.ics": "one"}[mended])]})
    assert told(store) == []


def test_a_disagreement_is_told_again_by_whichever_file_is_loaded_again(store: Store) -> None:
    load(store, {"ann.ics": [meeting("1", "ann.ics", "one")]})
    load(store, {"bob.ics": [meeting("1", "bob.ics", "two")]})
    load(store, {"ann.ics": [meeting("1", "ann.ics", "one"), meeting("2", "ann.ics")]})
    assert told(store) == [("sources_disagree", "ann.ics")]
    load(store, {"bob.ics": [meeting("1", "bob.ics", "two"), meeting("3", "bob.ics")]})
    assert told(store) == [("sources_disagree", "bob.ics")]


def test_a_disagreement_between_files_of_one_load_stays_when_both_are_loaded_again(store: Store) -> None:
    files = {"ann.ics": [meeting("1", "ann.ics", "one")], "bob.ics": [meeting("1", "bob.ics", "two")]}
    load(store, files)
    load(store, files)
    assert told(store) == [("sources_disagree", "bob.ics")]


def test_a_copy_loaded_again_is_not_written_again(store: Store) -> None:
    load(store, {"ann.ics": [meeting("1", "ann.ics")]})
    load(store, {"bob.ics": [meeting("1", "bob.ics", "two")]})
    before = sorted(store.folder.rglob("*.parquet"))
    load(store, {"bob.ics": [meeting("1", "bob.ics", "two")]})
    assert sorted(store.folder.rglob("*.parquet")) == before
