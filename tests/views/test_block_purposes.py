"""What titles say of purposes, what they do not say, and how often the reading errs."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from prodops.text.classifier import LinearClassifier
from prodops.text.words import normal_title
from prodops.views.block_purposes import (
    GROUPS,
    LEAVES,
    READINGS,
    UNKNOWN,
    WEIGHTS,
    Titled,
    confusions,
    cues_of,
    read_purposes,
)

LABELS = Path(__file__).parents[2] / "bench" / "labels"
PEOPLE = {"solo": 1.0, "two": 2.0, "few": 6.0, "many": 30.0}


def labels(name: str) -> list[tuple[Titled, str]]:
    with (LABELS / name).open(encoding="utf-8", newline="") as lines:
        return [
            (
                Titled(
                    row["title"],
                    float(row["people"] == "solo"),
                    PEOPLE[row["people"]],
                    row["recurs"] == "yes",
                ),
                row["leaf"],
            )
            for row in csv.DictReader(lines)
        ]


TRAINED = {normal_title(titled.title) for titled, _ in labels("titles_train.csv")}
HELD_OUT = [
    one
    for name in ("titles_test.csv", "titles_published.csv")
    for one in labels(name)
    if normal_title(one[0].title) not in TRAINED
]


def read(title: str, *, people: float = 6.0, recurs: bool = False) -> tuple[str, str]:
    """The reading of a title, and its likeliest leaf in that group."""
    titled = Titled(title, float(people < 2), people, recurs)
    _, _, reading, *best = next(iter(read_purposes([titled])))[:6]
    return str(reading), str(best[GROUPS.index(str(reading)[0])] if str(reading)[0] in GROUPS else UNKNOWN)


@pytest.mark.parametrize(
    ("title", "leaf"),
    [
        ("Quarterly roadmap trade-offs and bets", "A1"),
        ("User interview with a nurse", "A2"),
        ("Decision: which payment provider", "A3"),
        ("PRD review: saved filters", "B1"),
        ("Daily stand-up", "B2"),
        ("Customer escalation call", "B3"),
        ("Weekly status report", "C1"),
        ("Jira cleanup", "C2"),
        ("Reconcile dashboard numbers", "C3"),
        ("Launch checklist and release notes", "C5"),
        ("Expense report", "C6"),
        ("Correct the AI summary", "C7"),
    ],
)
def test_a_plain_title_is_read_as_its_leaf(title: str, leaf: str) -> None:
    reading, best = read(title)
    assert (leaf[0], leaf) == (reading[0], best)


@pytest.mark.parametrize(
    "title", ["", "Busy", "Hold", "Meeting", "???", "2026-03-04", "Focus time", "Privat", "🎧", "Lunch!"]
)
def test_a_title_without_a_telling_word_has_no_purpose(title: str) -> None:
    assert ("X", "X") == read(title)


@pytest.mark.parametrize("title", ["1:1", "1-1", "Weekly 1:1"])
def test_one_to_one_is_a_purpose_without_a_letter(title: str) -> None:
    assert "B4" == read(title, people=2, recurs=True)[1]


def test_two_names_for_two_people_are_a_conversation_among_them() -> None:
    assert "B4" == read("Zdenka / Oluwaseun", people=2, recurs=True)[1]
    assert "cue pair" not in cues_of(Titled("Zdenka / Oluwaseun", 0.0, 9.0, recurs=True))


def test_dates_and_numbers_do_not_make_another_title() -> None:
    rows = list(
        read_purposes(
            [
                Titled(t, 0.0, 6.0, recurs=True)
                for t in ("Status 2026-03-04", "Status 2026-03-11", "Status #7")
            ]
        )
    )
    assert {"status"} == {row[1] for row in rows}
    assert 1 == len({row[2] for row in rows})


def test_probabilities_are_shares_of_one() -> None:
    for row in read_purposes([titled for titled, _ in HELD_OUT]):
        assert 1 == pytest.approx(sum(float(str(cell)) for cell in row[6:]))
        assert row[2] in (*READINGS, UNKNOWN)


def test_no_test_title_was_trained_on_and_few_published_ones_were() -> None:
    assert 435 == sum(titled.title not in TRAINED for titled, _ in labels("titles_test.csv"))
    assert 530 < len(HELD_OUT)


def test_every_leaf_has_titles_on_both_sides() -> None:
    for name, fewest in (("titles_train.csv", 100), ("titles_test.csv", 20)):
        leaves = [leaf for _, leaf in labels(name)]
        assert all(leaves.count(leaf) >= fewest for leaf in (*LEAVES, UNKNOWN))


def test_groups_of_held_out_titles_are_mostly_read_right() -> None:
    rows = read_purposes([titled for titled, _ in HELD_OUT])
    right = sum(str(row[2])[0] == leaf[0] for row, (_, leaf) in zip(rows, HELD_OUT, strict=True))
    assert right / len(HELD_OUT) > 0.78


def test_the_confusions_that_ship_are_those_of_the_held_out_titles() -> None:
    told = confusions()
    counts = {group: [0] * len(READINGS) for group in (*GROUPS, UNKNOWN)}
    inside: dict[str, list[list[int]]] = {}
    rows = read_purposes([titled for titled, _ in HELD_OUT])
    for row, (_, leaf) in zip(rows, HELD_OUT, strict=True):
        if row[2] != UNKNOWN:
            counts[leaf[0]][READINGS.index(str(row[2]))] += 1
            if leaf[0] in GROUPS:
                leaves = [one for one in LEAVES if one[0] == leaf[0]]
                best = inside.setdefault(leaf[0], [[0] * len(leaves) for _ in leaves])
                best[leaves.index(leaf)][leaves.index(str(row[3 + GROUPS.index(leaf[0])]))] += 1
    assert counts == told["groups"], "run `python bench/purposes.py count` after a change of words"
    assert inside == {group: list(told[group].values()) for group in GROUPS}


def test_the_weights_are_small_and_know_every_class() -> None:
    assert WEIGHTS.stat().st_size < 300_000
    classifier = LinearClassifier.read(WEIGHTS.read_text(encoding="utf-8"))
    assert sorted((*LEAVES, UNKNOWN)) == sorted(classifier.classes)
