"""MeetBot's logs and summaries give meetings, topics, what was agreed and who took what on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from connectors.given import (
    MINE,
    case,
    cases,
    codes,
    counts,
    damaged,
    problems,
    read_well,
    records,
    survives_everything,
    text_file,
)
from prodops.connectors.meetbot.extract import rows_of
from prodops.connectors.meetbot.parse import parse, recognises
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import person_id
from prodops.ledger.rituals import Attendance, Note, NoteItem, Outcome

LOG, SUMMARY, CHANNEL = (
    "pricing.2026-03-04-14.00.log.txt",
    "roadmap.2026-03-05-15.30.txt",
    "channel-product-2026-03.log",
)


def _log(*lines: str, name: str = "council.2026-03-04-14.00.log.txt") -> SourceFile:
    return text_file("\n".join(f"14:0{at % 10}:00 {line}" for at, line in enumerate(lines)) + "\n", name)


def _outcomes(file: SourceFile) -> list[tuple[str, str]]:
    return [(one.kind, one.words) for one in records(read_well(parse, file), Outcome)]


def test_a_log_gives_the_meeting_its_topics_and_what_came_of_them() -> None:
    entries = read_well(parse, case("meetbot", LOG))
    (note,) = records(entries, Note)
    assert ("Pricing council", date(2026, 3, 4), "meetbot", 3) == (
        note.ritual,
        note.held_on,
        note.form,
        note.items_count,
    )
    items = records(entries, NoteItem)
    assert [(True, True), (False, True), (True, False)] == [(one.decided, one.acted) for one in items]
    assert ["Seat limits for partners", "Annual plans in the checkout", "Refund window"] == [
        one.title for one in items
    ]


def test_actions_belong_to_the_nicknames_they_name() -> None:
    actions = [
        one for one in records(read_well(parse, case("meetbot", LOG)), Outcome) if one.kind == "action"
    ]
    assert [("bo",), ("cleo", "dov")] == [one.owners for one in actions]


def test_an_undone_action_is_not_there_and_an_agreement_by_no_chair_is_told() -> None:
    file = case("meetbot", LOG)
    words = [words for _, words in _outcomes(file)]
    assert not any("cake" in one or one == "twenty seats" for one in words)
    assert ["not_a_chair"] == codes(read_well(parse, file))


def test_those_who_spoke_were_there_the_bot_was_not_and_two_connections_are_one_person() -> None:
    present = {one.person for one in records(read_well(parse, case("meetbot", LOG)), Attendance)}
    assert {person_id(nick) for nick in ("ana", "bo", "cleo", "dov")} == present


def test_a_bot_with_a_name_of_its_own_gives_itself_away() -> None:
    file = _log(
        "<ana> #startmeeting", "<greta> Useful Commands: #action #agreed", "<greta> Current chairs: ana"
    )
    assert [person_id("ana")] == [one.person for one in records(read_well(parse, file), Attendance)]


def test_a_summary_gives_the_same_kinds_of_records_as_a_log() -> None:
    entries = read_well(parse, case("meetbot", SUMMARY))
    (note,) = records(entries, Note)
    assert ("Roadmap review", date(2026, 3, 5), 4) == (note.ritual, note.held_on, note.present_count)
    assert [(True, True), (False, False), (True, False)] == [
        (one.decided, one.acted) for one in records(entries, NoteItem)
    ]
    assert [] == problems(entries)


def test_a_wrapped_agreement_of_a_summary_is_read_whole_and_without_who_recorded_it() -> None:
    words = [words for kind, words in _outcomes(case("meetbot", SUMMARY)) if kind == "decision"]
    assert "the export ships behind a flag in April, for the accounts that asked for it first" == words[0]


def test_a_log_and_its_summary_name_one_meeting() -> None:
    log = _log(
        "<ana> #startmeeting Roadmap review",
        "<bot> Meeting started Thu Mar  5 15:30:05 2026 UTC.",
        "<ana> #topic Mobile export",
        "<ana> #endmeeting",
        name="elsewhere.txt",
    )
    ids = {records(read_well(parse, file), Note)[0].id for file in (log, case("meetbot", SUMMARY))}
    assert {"meetbot:note:roadmap-review/2026-03-05-15.30"} == ids


def test_a_channels_log_gives_each_meeting_and_tells_the_talk_outside() -> None:
    entries = read_well(parse, case("meetbot", CHANNEL))
    assert [date(2026, 3, 6), date(2026, 3, 7)] == [one.held_on for one in records(entries, Note)]
    assert (2, 1, 0) == counts(entries)
    assert ["talk outside the meetings: 4 lines"] == [one.unused for one in entries if one.unused]
    assert ["no_end"] == codes(entries)


def test_a_vote_that_was_carried_decides_and_one_that_was_tied_does_not() -> None:
    assert ("decision", "Voted on: open the beta to everybody?") in _outcomes(case("meetbot", CHANNEL))
    assert not any("close it again" in words for _, words in _outcomes(case("meetbot", CHANNEL)))


def test_a_vote_nobody_cast_a_ballot_in_decides_nothing() -> None:
    lines = ("<ana> #startmeeting x", "<ana> #startvote ship it? yes, no", "<ana> #endvote")
    assert [] == _outcomes(_log(*lines))
    assert [("decision", "Voted on: ship it? yes, no")] == _outcomes(
        _log(*lines[:2], "<bo> #vote yes", lines[2])
    )


def test_an_endvote_without_a_vote_is_talk() -> None:
    assert [] == _outcomes(_log("<ana> #startmeeting x", "<ana> #endvote"))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("#agreed ten seats", "decision"),
        ("#accepted ten seats", "decision"),
        ("#Accept ten seats", "decision"),
        ("#rejected ten seats", "decision"),
        ("#RESOLVED: ten seats", "decision"),
        ("[AGREED] ten seats", "decision"),
        ("#action ten seats", "action"),
        ("#todo ten seats", "action"),
        ("[ACTION] ten seats", "action"),
    ],
)
def test_the_verbs_of_the_bots_differ_and_are_all_known(line: str, kind: str) -> None:
    assert [(kind, "ten seats")] == _outcomes(
        _log("<ana> #startmeeting x", "<ana> #topic y", f"<ana> {line}")
    )


@pytest.mark.parametrize("line", ["#agreed", "#action none", "#wontfix ten seats", "see #agreed above"])
def test_what_only_looks_like_a_command_records_nothing(line: str) -> None:
    assert [] == _outcomes(_log("<ana> #startmeeting x", "<ana> #topic y", f"<ana> {line}"))


def test_what_somebody_is_said_to_do_is_no_command() -> None:
    assert [] == _outcomes(_log("<ana> #startmeeting x", "* ana #agreed ten seats"))


def test_undo_takes_back_a_topic_and_a_remark_and_never_more_than_there_is() -> None:
    file = _log(
        "<ana> #startmeeting x",
        "<ana> #undo",
        "<ana> #topic seats",
        "<ana> #topic typo",
        "<ana> #undo",
        "<ana> #action bo counts",
        "<bo> #info as ever",
        "<ana> #undo",
    )
    entries = read_well(parse, file)
    assert ["seats"] == [one.title for one in records(entries, NoteItem)]
    assert ["bo counts"] == [one.words for one in records(entries, Outcome)]


def test_chairs_come_and_go() -> None:
    file = _log(
        "<ana> #startmeeting x",
        "<ana> #chair bo, cleo",
        "<ana> #unchair cleo",
        "<bo> #agreed yes",
        "<cleo> #agreed no",
    )
    assert [("decision", "yes")] == _outcomes(file)


def test_the_meeting_is_called_as_its_chair_renames_it() -> None:
    file = _log("<ana> #startmeeting", "<ana> #meetingname Seat council", "<ana> #endmeeting")
    assert ["Seat council"] == [one.ritual for one in records(read_well(parse, file), Note)]


def test_what_is_recorded_before_the_first_topic_stands_under_the_meetings_name() -> None:
    file = _log("<ana> #startmeeting Council", "<ana> #action bo takes notes")
    assert ["Council"] == [one.title for one in records(read_well(parse, file), NoteItem)]


def test_a_log_cut_at_its_beginning_is_read_and_told() -> None:
    file = text_file("14:00 <ana> #topic Seats\n14:01 <ana> #agreed ten\n14:02 <bo> #action bo writes\n")
    entries = read_well(parse, file)
    assert recognises(file) >= MINE
    assert [("decision", "ten"), ("action", "bo writes")] == [
        (one.kind, one.words) for one in records(entries, Outcome)
    ]
    assert ["no_date", "no_start", "no_end"] == codes(entries)


def test_a_meeting_without_a_day_is_kept_without_attendance() -> None:
    entries = read_well(parse, text_file("<ana> #startmeeting x\n<ana> #endmeeting\n", "x.log"))
    assert [None] == [one.held_on for one in records(entries, Note)]
    assert [] == records(entries, Attendance)


def test_an_impossible_day_is_told() -> None:
    file = text_file("<ana> #startmeeting x\n<ana> #endmeeting\n", "x.2026-02-31-10.00.log.txt")
    assert ["bad_date"] == codes(read_well(parse, file))


def test_a_bots_impossible_day_gives_way_to_the_name_of_the_file() -> None:
    file = _log("<ana> #startmeeting x", "<mybot> Meeting started Tue Feb 31 14:00:00 2026 UTC.")
    assert [date(2026, 3, 4)] == [one.held_on for one in records(read_well(parse, file), Note)]


def test_two_meetings_of_one_name_and_minute_are_told() -> None:
    begun = (
        "<ana> #startmeeting x",
        "<zodbot> Meeting started Wed Mar  4 14:00:00 2026 UTC.",
        "<ana> #endmeeting",
    )
    entries = read_well(parse, _log(*begun, *begun))
    assert (1, 0, 1) == counts(entries)
    assert ["duplicate_id"] == codes(entries)


def test_a_meeting_begun_within_another_ends_it() -> None:
    file = _log("<ana> #startmeeting x", "<bo> #startmeeting y")
    assert ["x", "y"] == [one.ritual for one in records(read_well(parse, file), Note)]


def test_colours_ranks_and_wrapped_lines_do_no_harm() -> None:
    text = (
        "<@ana> \x02#startmeeting\x02 x\n<+bo> \x0304,01#action bo writes\x03\nand sends it\n--> cleo joins\n"
    )
    entries = read_well(parse, text_file(text, "x.2026-03-04-10.00.log.txt"))
    assert ["bo writes"] == [one.words for one in records(entries, Outcome)]
    assert ["no_end", "bad_line"] == codes(entries)


def test_a_numbered_summary_of_an_older_bot_is_read() -> None:
    text = (
        "====\n#seats Meeting\n====\n\nMeeting started by ana at 10:00:00 UTC.\n\nMeeting summary\n---\n"
        "a stray line\n1. **Seats** (ana, 10:01:00)\n   a. AGREED: ten seats (ana, 10:02:00)\n"
        "   b. the contract allows it (bo, 10:03:00)\n\nMeeting ended at 10:10:00 UTC.\n\n"
        "People present (lines said)\n---\n1. ana (3)\n2. not a nick\n"
    )
    file = text_file(text, "seats.2026-03-04-10.00.txt")
    entries = read_well(parse, file)
    assert recognises(file) >= MINE
    assert ["Seats"] == [one.title for one in records(entries, NoteItem)]
    assert ["ten seats"] == [one.words for one in records(entries, Outcome)]
    assert [("seats", date(2026, 3, 4), 1)] == [
        (one.ritual, one.held_on, one.present_count) for one in records(entries, Note)
    ]


def test_a_summary_cut_short_is_read_and_told() -> None:
    whole = case("meetbot", SUMMARY)
    cut = SourceFile(name=whole.name, content=whole.content[:600])
    assert ["no_end"] == codes(read_well(parse, cut))


def test_a_summary_that_records_before_any_topic_has_an_item_for_it() -> None:
    text = "#seats: Seats\n\nMeeting started at 10:00:00 UTC.\n\nMeeting summary\n---\n* ACTION: bo counts\n"
    entries = read_well(parse, text_file(text, "seats.2026-03-04-10.00.txt"))
    assert [("Seats", True)] == [(one.title, one.acted) for one in records(entries, NoteItem)]


def test_bytes_that_are_no_text_and_a_gigantic_line_are_told() -> None:
    name = "x.2026-03-04-10.00.log.txt"
    latin = SourceFile(name=name, content=b"<ana> #startmeeting caf\xe9 \x81\n<ana> #endmeeting\n")
    assert "not_utf8" in codes(read_well(parse, latin))
    long = text_file("<ana> #startmeeting x\n<ana> " + "y" * 30_000 + "\n<ana> #endmeeting\n", name)
    assert ["long_line"] == codes(read_well(parse, long))


def test_what_is_nobodys_is_not_taken_and_never_raises() -> None:
    survives_everything(parse, recognises)


@settings(max_examples=60, deadline=None)
@given(damaged(cases("meetbot")))
def test_damage_never_raises(file: SourceFile) -> None:
    assert 0 <= recognises(file) <= 1
    read_well(parse, file)


def test_rows_stand_in_the_order_of_the_topics() -> None:
    rows = rows_of(case("meetbot", LOG), ignore_marks=False)
    assert [("1", True, True), ("2", False, True), ("3", True, False)] == [
        (row.section, row.decided, row.action) for row in rows
    ]
    assert ("cleo", "dov") == rows[1].owners
    assert (
        "partners keep ten seats until the summer / bo to tell the partners by 12 March" == rows[0].evidence
    )


def test_without_its_commands_a_log_says_nothing_and_keeps_its_topics() -> None:
    rows = rows_of(case("meetbot", LOG), ignore_marks=True)
    assert [("1", False, False), ("2", False, False), ("3", False, False)] == [
        (row.section, row.decided, row.action) for row in rows
    ]
    assert [] == rows_of(SourceFile(name="x", content=b"\x00" * 400), ignore_marks=False)
