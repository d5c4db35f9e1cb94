"""Minutes in three layouts say what was decided, as far as the scribe heard it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

import pytest

from prodops.simulate import layouts
from prodops.simulate.blocks import Item
from prodops.simulate.dice import Dice
from prodops.simulate.layouts import headings, marks, prose
from prodops.simulate.occurrences import HELD
from prodops.simulate.rituals import LAYOUTS
from prodops.simulate.scan import modules
from prodops.simulate.sheet import Scribe, Sheet, Written
from prodops.simulate.texts.library import library
from simulate.conftest import Exports

SHEET = Sheet(
    "Roadmap review",
    date(2026, 3, 4),
    ("Zorvan Tavowick", "Kethmel Drahelm"),
    ("Quilnim Orubrandt",),
    (
        Written("Search seat limits", ("It was shown.",), ("Raise them.",), ("Zorvan Tavowick to ask",)),
        Written("Order of bets", (), (), ()),
    ),
)

WORDS = library("development").minutes.sheet


def test_every_layout_is_a_file_and_every_file_a_layout() -> None:
    assert sorted(module.__name__.rpartition(".")[2] for module in modules(layouts.__name__)) == sorted(
        LAYOUTS
    )


def test_headings_put_decisions_and_actions_under_headings_of_their_own() -> None:
    assert headings.render(SHEET, WORDS) == (
        "---\nseries: Roadmap review\ndate: 2026-03-04\n---\n\n# Roadmap review, 2026-03-04\n\n"
        "**Present:** Zorvan Tavowick, Kethmel Drahelm\n\n**Regrets:** Quilnim Orubrandt\n\n"
        "## 1. Search seat limits\n\nIt was shown.\n\n### Decisions\n\n- Raise them.\n\n"
        "### Actions\n\n- Zorvan Tavowick to ask\n\n## 2. Order of bets\n"
    )


def test_marks_stand_in_the_line_where_they_fall() -> None:
    assert marks.render(SHEET, WORDS) == (
        "# Roadmap review 2026-03-04\n\nAttendees: Zorvan Tavowick, Kethmel Drahelm\n\n"
        "## Search seat limits\n\n- It was shown.\n- DECISION: Raise them.\n"
        "- ACTION: Zorvan Tavowick to ask\n\n## Order of bets\n\n"
    )


def test_prose_has_no_mark_at_all() -> None:
    assert prose.render(SHEET, WORDS) == (
        "# Notes from Roadmap review, 4 March 2026\n\nPresent: Zorvan Tavowick, Kethmel Drahelm\n\n"
        "## Search seat limits\n\nIt was shown. Raise them. Zorvan Tavowick to ask\n\n## Order of bets\n\n\n"
    )


def test_another_family_of_texts_has_labels_and_marks_of_its_own() -> None:
    words = library("test").minutes.sheet
    texts = [layout.render(SHEET, words) for layout in (headings, marks, prose)]
    assert "### Agreements\n\n- Raise them." in texts[0]
    assert "- Agreed: Raise them.\n- AI: Zorvan Tavowick to ask" in texts[1]
    assert texts[2].startswith("# Minutes of Roadmap review, 4 March 2026\n")
    assert not [word for text in texts for word in ("resent", "Attendees", "DECISION") if word in text]


@pytest.mark.parametrize("layout", [headings, marks, prose])
def test_a_meeting_nobody_came_to_says_so_and_no_more(layout: Any) -> None:  # a module
    text = layout.render(Sheet("Roadmap review", date(2026, 3, 4), (), (), (), "Nobody joined."), WORDS)
    assert text.endswith("Nobody joined.\n")
    assert "resent" not in text


def test_each_file_says_as_much_as_the_truth_counts(exports: Exports) -> None:
    seen: Counter[str] = Counter()
    for note in exports.truth["minutes"]:
        text = (exports.out / note["file"]).read_text(encoding="utf-8")
        decisions = sum(item["decisions"] for item in note["items"])
        actions = sum(item["actions"] for item in note["items"])
        topics = [line for line in text.splitlines() if line.startswith("## ")]
        assert len(topics) == len(note["items"])
        if note["layout"] == "marks":
            assert text.count("- DECISION: ") == decisions
            assert text.count("- ACTION: ") == actions
        elif note["layout"] == "headings":
            listed = [line for line in text.splitlines() if line.startswith("- ")]
            assert len(listed) == decisions + actions
            assert text.count("### Decisions") == sum(item["decisions"] > 0 for item in note["items"])
        seen[note["layout"]] += 1
        seen["not held"] += not note["held"]
    assert len(exports.files("minutes/*/*.md")) == len(exports.truth["minutes"])
    assert min(seen[layout] for layout in LAYOUTS) > 20
    assert seen["not held"] > 0


def test_those_present_are_named(exports: Exports) -> None:
    world = exports.world
    for occurrence in world.occurrences:
        if occurrence.noted and occurrence.fate in HELD:
            ritual = world.rituals[occurrence.ritual]
            path = exports.out / f"minutes/{ritual.key}/{date.fromordinal(occurrence.day)}.md"
            text = path.read_text(encoding="utf-8")
            present = re.search(r"(?:Present:\*\*|Present:|Attendees:) (.*)", text)
            assert present is not None
            assert present[1].split(", ") == [
                world.roster.people[person].name for person in occurrence.present
            ]


def test_carried_items_come_back_under_the_same_name(exports: Exports) -> None:
    world = exports.world
    last: dict[int, set[str]] = {}
    carried: Counter[bool] = Counter()
    shown: Counter[bool] = Counter()
    for occurrence in world.occurrences:
        if occurrence.items:
            ritual = world.rituals[occurrence.ritual]
            sick = ritual.rotten and occurrence.week >= ritual.onset + 4
            for item in occurrence.items:
                assert not item.carried or item.matter in last[occurrence.ritual]
                carried[sick] += item.carried
                shown[sick] += 1
            last[occurrence.ritual] = {item.matter for item in occurrence.items if not item.decisions}
    assert carried[True] / shown[True] > 2 * carried[False] / shown[False]


def test_an_agenda_names_each_matter_once_and_takes_nothing_up_anew_so_soon(exports: Exports) -> None:
    before: dict[int, list[str]] = {}
    for occurrence in exports.world.occurrences:
        matters = [item.matter for item in occurrence.items]
        assert len(set(matters)) == len(matters)
        former = before.setdefault(occurrence.ritual, [])
        new = [item.matter for item in occurrence.items if not item.carried]
        assert not set(new) & set(former[-20:])
        former.extend(new)


def test_a_scribe_misses_some_outputs_and_invents_none(exports: Exports) -> None:
    items = [item for occurrence in exports.world.occurrences for item in occurrence.items]
    true = sum(item.decisions + item.actions for item in items)
    written = sum(item.written_decisions + item.written_actions for item in items)
    assert all(
        item.written_decisions <= item.decisions and item.written_actions <= item.actions for item in items
    )
    assert 0.88 < written / true < 0.97


def test_a_sentence_never_keeps_a_field_unfilled() -> None:
    scribe = Scribe(library("development").minutes, Dice(1, "scribe"))
    item = Item(
        "Search: order of the next three bets",
        "Search",
        carried=True,
        decisions=3,
        actions=3,
        written_decisions=3,
        written_actions=3,
    )
    for told in (True, False):
        for _ in range(60):
            written = scribe.item(
                item, people=("Zorvan Tavowick", "Kethmel Drahelm"), day=date(2026, 3, 4), told=told
            )
            for sentence in (*written.talk, *written.decisions, *written.actions):
                assert "{" not in sentence
                assert sentence[0].isupper()
