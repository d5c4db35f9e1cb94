"""What is decided and what is to be done, as people write it, and what only looks like it."""

from __future__ import annotations

import pytest

from prodops.connectors.minutes.extract import ItemRow, rows_of
from prodops.connectors.minutes.lines import lines_of
from prodops.connectors.minutes.marks import Mark, mark_of
from prodops.ledger.reading import SourceFile

PRESENT = "**Present:** Ana Sample, Bo Sample, Cleo Sample\n"


def _row(*said: str) -> ItemRow:
    words = f"# Council 2026-03-04\n\n{PRESENT}\n## Seats\n\n" + "\n".join(said) + "\n"
    file = SourceFile(name="council/2026-03-04.md", content=words.encode())
    (row,) = rows_of(file, ignore_marks=False)
    return row


def _mark(line: str) -> Mark | None:
    return mark_of(next(iter(lines_of(line))))


@pytest.mark.parametrize(
    "said",
    [
        "After a long talk we agreed to keep ten seats.",
        "No objections, so we will keep ten seats.",
        "Ana made the call to keep ten seats.",
        "It was decided to drop the second page.",
        "Consensus was to keep ten seats, and not to add a page.",
        "The group settled on ten seats.",
        "Everyone was fine with the idea of ten seats, which settles it.",
        "Bo is not here, so we will postpone this to next week.",
        "Ten seats for everybody [consensus]",
        "Minutes of the last meeting approved.",
    ],
)
def test_what_is_settled_is_a_decision(said: str) -> None:
    assert _row(said).decided


@pytest.mark.parametrize(
    "said",
    [
        "Carried over from last time.",
        "Should we keep ten seats?",
        "If all agree we could keep ten seats.",
        "Goal: Agree on the number of seats.",
        "We need to decide on the seats.",
        "Dropped for time.",
        "Opinions differ on how urgent it is.",
        "Views on seats have not moved since the last discussion.",
    ],
)
def test_what_is_open_asked_or_put_off_is_no_decision(said: str) -> None:
    assert not _row(said).decided


@pytest.mark.parametrize(
    ("said", "owners"),
    [
        ("Ana will send the draft by 20 May.", ("Ana",)),
        ("Bo took it on to ask the vendor before 12 May.", ("Bo",)),
        ("Cleo offered to write the summary.", ("Cleo",)),
        ("Bo and Cleo to sync on the launch plan.", ("Bo", "Cleo")),
        ("Ana is going to talk to five accounts and report back.", ("Ana",)),
        ("Ana: I'll send out a poll.", ("Ana",)),
        ("@bo-s to open a ticket.", ("bo-s",)),
    ],
)
def test_what_somebody_takes_on_is_an_action_of_theirs(said: str, owners: tuple[str, ...]) -> None:
    row = _row(said)
    assert row.action
    assert owners == row.owners


@pytest.mark.parametrize(
    "said",
    [
        "Ana showed the numbers.",
        "Ana took notes.",
        "Somebody should look into this some day.",
        "Bo will be on holiday.",
        "There is interest, though it is not clear who would pick it up.",
    ],
)
def test_what_was_done_or_wished_for_is_no_action(said: str) -> None:
    assert not _row(said).action


def test_a_task_that_falls_to_somebody_is_an_action() -> None:
    assert _row("It falls to Ana to update the plan.").action


def test_a_decision_is_an_action_only_when_it_names_somebody() -> None:
    assert not _row("DECISION: We will open the beta to all accounts.").action
    assert _row("DECISION: Ana will write the announcement.").action


def test_a_question_that_is_answered_is_taken_on() -> None:
    assert _row("Ana: Can you write the draft?", "Bo: Will do, I can write it this week.").action


def test_a_list_below_a_label_is_marked() -> None:
    row = _row("- Seats", "  - talk", "- Next steps:", "  - Ana to count", "  - none")
    assert row.action
    assert ("Ana",) == row.owners


def test_votes_after_a_proposal_settle_it() -> None:
    said = (
        "Ana: Proposal: keep ten seats",
        "Bo: +1",
        "Cleo: +1",
        "Bo: no, wait",
        "Ana: ok, agreed to ten seats",
    )
    assert _row(*said).decided


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("DECISION: ten seats", Mark("decision", "ten seats")),
        ("**RESOLVED** - ten seats", Mark("decision", "ten seats")),
        ("[AGREED] ten seats", Mark("decision", "ten seats")),
        ("[ACTION] @ana counts", Mark("action", "@ana counts", ("ana",))),
        ("ACTION (Ana): count", Mark("action", "count", ("Ana",))),
        ("AI Ana to count", Mark("action", "to count", ("Ana",))),
        (
            "Action items: Ana Lee and Bo to count",
            Mark("action", "Ana Lee and Bo to count", ("Ana Lee", "Bo")),
        ),
        ("we talked, ACTION Ana: count", Mark("action", "count", ("Ana",))),
        ("- [ ] @ana count them", Mark("action", "@ana count them", ("ana",))),
        ("TODO: count them (Ana)", Mark("action", "count them (Ana)", ("Ana",))),
    ],
)
def test_marks_are_read_as_people_write_them(line: str, mark: Mark) -> None:
    assert mark == _mark(line)


def test_a_line_that_ends_in_a_mark_is_marked() -> None:
    found = _mark("keep ten seats --> AGREED")
    assert found is not None
    assert "decision" == found.kind


@pytest.mark.parametrize(
    "line",
    ["Decision: none", "Decision: pending", "DECISION: ten seats?", "Actions: n/a", "- [x] @ana counted"],
)
def test_a_mark_that_says_nothing_yet_is_none(line: str) -> None:
    assert _mark(line) is None
