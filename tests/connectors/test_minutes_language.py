"""The wider language of outcomes, in the manner of many writers; people, lines and signs of minutes."""

from __future__ import annotations

import pytest

from prodops.connectors.minutes.extract import ItemRow, rows_of
from prodops.connectors.minutes.features import features_of
from prodops.connectors.minutes.lines import LONGEST_LINE, Line, lines_of
from prodops.connectors.minutes.mentions import mentioned
from prodops.connectors.minutes.outline import sections_of
from prodops.connectors.minutes.people import attendees_of, call_names, owners_of
from prodops.connectors.minutes.recognising import likeness
from prodops.connectors.minutes.statements import statements_of
from prodops.ledger.reading import SourceFile

NAMES = frozenset({"ana", "ana sample", "bo", "will"})


def _row(said: str) -> ItemRow:
    words = f"# Council 2026-03-04\n\n**Present:** Ana Sample, Bo Sample\n\n## Seats\n\n- {said}\n"
    (row,) = rows_of(SourceFile(name="council/2026-03-04.md", content=words.encode()), ignore_marks=False)
    return row


def _features(text: str, kind: str) -> list[frozenset[str]]:
    found = statements_of(list(lines_of(text)), "Seats")
    return [features_of(one, kind, names=NAMES, formal=False) for one in found]


@pytest.mark.parametrize(
    "said",
    [
        "We are going with the smaller hall.",
        "Ten seats it is.",
        "The committee plumped for the smaller hall.",
        "The board hereby authorises the purchase.",
        "The second offer was turned down.",
        "The launch was brought forward to May.",
        "Green light for the pilot.",
        "Verdict: no.",
        "We shall not be renewing the lease.",
    ],
)
def test_a_choice_is_read_in_any_voice(said: str) -> None:
    assert _row(said).decided


@pytest.mark.parametrize(
    "said",
    [
        "The customer turned down the offer.",
        "Green light still outstanding from legal.",
        "The vendor was chosen last year, we heard.",
        "What if the second offer was turned down?",
        "Talked about the lease, no call made.",
        "We looked at ten seats without choosing.",
    ],
)
def test_what_others_chose_or_nobody_did_is_no_decision(said: str) -> None:
    assert not _row(said).decided


@pytest.mark.parametrize(
    "said",
    [
        "The draft is on Ana's plate.",
        "Bo was asked to write to the landlord.",
        "A summary is to be drafted by Ana.",
        "Ana undertook to find a hall.",
        "Bo chases the invoices.",
        "Ana, please get three quotes.",
    ],
)
def test_a_task_is_read_however_it_is_given(said: str) -> None:
    assert _row(said).action


@pytest.mark.parametrize(
    "said",
    [
        "Ana sent the draft last week.",
        "Nobody took it on.",
        "Ana is back on Monday.",
    ],
)
def test_what_nobody_took_on_is_no_action(said: str) -> None:
    assert not _row(said).action


def test_people_become_signs_and_days_and_words_do_not() -> None:
    assert "the draft is on \u00a7's plate" == mentioned("The draft is on Ana Sample's plate", NAMES)
    assert "\u00a4 will ask on monday" == mentioned("The treasurer will ask on Monday", NAMES)
    assert "left with \u00a4 and \u00a4's team" == mentioned(
        "left with Dana and Eli's team", frozenset({"will"})
    )
    assert "\u00a4 to write" == mentioned("Ms Dana to write", NAMES)
    assert "\u00a4 to write" == mentioned("Dana to write", NAMES, first=True)
    assert "dana wrote" == mentioned("Dana wrote", NAMES, first=True)


def test_the_line_before_and_the_line_after_count() -> None:
    asked = _features("- Can you write it?\n- Sure, will do.\n", "action")
    assert "asked_and_taken" in asked[0]
    assert "took_on" in asked[1]
    put = _features("- Any objections to ten seats?\n- No objections.\n", "decision")
    assert {"settled_after"} <= put[0]
    assert {"put_before"} <= put[1]
    below = _features("- Outcome:\n  - ten seats for all\n", "decision")
    assert "under_outcome" in below[-1]


def test_the_title_of_an_item_and_its_votes_count() -> None:
    lines = list(lines_of("- I propose ten seats\n- Ana: +1\n- Bo: +1\n"))
    titled = [
        features_of(one, kind, names=NAMES, formal=True)
        for kind in ("decision", "action")
        for one in statements_of(lines, "Minutes approval: next steps and news")
    ]
    assert {"approving", "formal", "proposal", "proposal_voted"} <= titled[0]
    assert {"title_acts", "title_reports"} <= titled[3]
    assert "agree_spoken" in _features("- Ana: agreed\n", "decision")[0]
    assert "voted" in _features("- Ten seats\n- +1\n- +1\n- +1\n", "decision")[0]
    assert {"goal_label"} == _features("Goal: Agree on seats\n", "decision")[0]


def test_owners_are_the_subject_or_who_says_i() -> None:
    assert ("Ana", "kim") == owners_of("Ana to ask @kim", "", NAMES)
    assert ("Bo",) == owners_of("I will ask", "Bo", NAMES)
    assert ("Bo",) == owners_of("happy to ask", "Bo", NAMES)
    assert ("Bo",) == owners_of("the draft: Bo will write it", "", NAMES)
    assert () == owners_of("the draft is long", "Bo", NAMES)


def _attending(text: str) -> list[str]:
    return attendees_of(sections_of(lines_of(text), title=None), "")


def test_those_present_are_listed_below_a_label_or_a_heading() -> None:
    assert ["Ana Sample", "Bo"] == _attending("Attendees:\n- Ana Sample (chair)\n- Bo\n\nWords said later:\n")
    assert ["Ana", "Bo", "Cleo"] == _attending(
        "## Attendees\n\n- Ana\n- Team: Bo\n- Cleo\n- none\n\n## Seats\n\nTalk\n"
    )
    assert ["Ana"] == _attending("## Present\n\nAna\n\nApologies: Bo\n")
    assert [] == _attending("Present: [ ] everyone\n")
    assert ["Ana"] == _attending("Present:\n- Ana\nAgenda:\n- Seats\n")


def test_people_are_called_by_full_and_first_name_and_as_they_speak() -> None:
    lines = list(lines_of("Dee: hello\nNotes: none\n"))
    assert frozenset({"ana sample", "ana", "j. doe", "dee"}) == call_names(
        ["Ana Sample", "J. Doe", "one two three four five six"], lines
    )


def _lines(text: str) -> list[Line]:
    return list(lines_of(text))


def test_lines_are_joined_where_they_were_wrapped_and_nowhere_else() -> None:
    long = "- The seats were gone through by all who were there and"
    assert [f"{long[2:]} then left as they are"] == [
        line.plain for line in _lines(f"{long}\n  then left as they are\n")
    ]
    assert 2 == len(_lines(f"{long}\n\n  then left as they are\n"))
    assert 2 == len(_lines("- All the seats were gone through in turn.\n  then left as they are\n"))
    assert 2 == len(_lines(f"- {'x' * (LONGEST_LINE - 10)}\n  then left as they are\n"))


def test_signs_of_lists_quotes_tables_and_rules_are_told_apart() -> None:
    text = (
        "| a | b |\n|---|---|\n\n> nick: +1\n>\n-\n- [Ana] yes\n***\n{: .note}\n```\nAna - yes\n… and more\n"
    )
    text += "**Seats**\n"
    found = _lines(text)
    assert ["row", "quote", "bullet", "text", "more", "heading"] == [line.kind for line in found]
    assert ["", "nick", "Ana", "Ana", "", ""] == [line.speaker for line in found]
    assert ["heading", "heading"] == [line.kind for line in _lines("Council\n=======\n\nSeats\n-----\n")]
    assert ["Outcome: ten seats"] == [line.said for line in _lines("Outcome: ten seats\n")]


@pytest.mark.parametrize(
    "head",
    [
        "",
        "one line",
        '{"meeting": "minutes"}',
        "day,room,kind\n2026-03-04,a,b\n2026-03-05,a,b\n",
        "name: minutes\ndate: 2026-03-04\nkind: x\n",
    ],
)
def test_tables_settings_and_empty_texts_are_no_minutes(head: str) -> None:
    assert likeness(head, "notes.txt") == 0.0


def test_chats_and_logs_of_bots_are_left_to_others() -> None:
    chat = "".join(f"10:0{at} ana seats\n" for at in range(9))
    assert likeness(chat, "chat.txt") == 0.2
    assert likeness("#startmeeting\n#topic seats\n", "log.txt") == 0.2


def test_dates_names_and_signs_of_minutes_add_up() -> None:
    assert likeness("# Seats\n\nTalk\n", "2026-03-04.md") >= 0.45
    assert 0.2 <= likeness("# Seats\n\nTalk\n", "seats-2026-03-04.md") < 0.45
    assert likeness("## 2026-03-04\n\nTalk\n\n## 2026-03-11\n\nTalk\n", "seats.md") >= 0.45
    assert likeness("# Release 2.3.1 2026-03-04\n\nfixes\n", "changes.md") < 0.5
    assert likeness("<!-- a -->\n# Council minutes 2026-03-04\n\nPresent: Ana\n", "x.md") >= 0.5
    scribed = "Scribe(s): Ana\n\n### 1. Seats\n\n> *Bo:* +1\n\nAgenda:\n\nDecision: ten seats\n"
    assert likeness(scribed, "x.md") >= 0.5


def test_the_wider_language_of_decisions_counts_where_the_usual_says_nothing() -> None:
    (alone,) = _features("- The second offer was turned down.", "decision")
    (beside,) = _features("- We agreed that the second offer was turned down.", "decision")
    assert {"was_chosen", "alone_plainly"} <= alone
    assert not {"was_chosen", "alone_plainly"} & beside
    assert "plainly" in beside


def test_what_should_be_is_settled_below_a_label_of_outcomes() -> None:
    text = "- Conclusions:\n  - Each team should have a page of its own.\n"
    assert "plainly" in _features(text, "decision")[-1]


def test_a_refusal_is_not_taken_back_by_its_own_no() -> None:
    (refused,) = _features("- We shall not be renewing the lease.", "decision")
    (open_still,) = _features("- Green light still outstanding from legal.", "decision")
    assert "plainly" in refused or "alone_plainly" in refused
    assert "hedged" in open_still
