"""Decisions enter through their gate; a refusal says the shortest way through, what is taken back stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from make import make
from prodops.actions.deciding import Cause, Draft, Piece, decision_of, is_nothing, person_of, question_of
from prodops.actions.decisions import ask, record_decision, reopen, resolve, score, supersede
from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.decisions import Decision, DecisionInput, DecisionOutcome, DecisionScore
from prodops.ledger.declared_log import GateRefusedError
from prodops.ledger.governance import AgentOutput
from prodops.ledger.ledger import Ledger
from prodops.ledger.people import Person
from prodops.ledger.record import Declared, Prose, RecordId, person_id
from prodops.ledger.rituals import Outcome
from prodops.views.decisions import DECISIONS

TODAY = datetime(2026, 6, 30, 12, tzinfo=UTC)
DRAFT = Draft(
    question="Which plan do we retire?",
    chosen="Starter",
    options=("Starter", "Team", "do nothing"),
    owner="dri@example.com",
    evidence=(Piece(kind="data", words="4% of revenue, 31% of tickets"),),
    data_says="for",
    intuition_says="against",
    predicts="tickets a week",
    low=20.0,
    high=60.0,
    resolves_on=date(2026, 9, 30),
)
POINTS = score.Points(**dict.fromkeys(score.ELEMENTS, 3))


class Desk:
    """A log of decisions on which days pass, kept in memory: the store has tests of its own."""

    def __init__(self) -> None:
        self.kept: dict[str, Declared] = {}
        self.now = TODAY

    @property
    def ledger(self) -> Ledger:
        return Ledger.of(self.kept.values(), today=self.now)

    def declare(self, unit: Any, verb: str, *words: Any, **given: Any) -> Sequence[Declared]:
        self.now += timedelta(seconds=1)
        records: Sequence[Declared] = getattr(unit, verb)(self.ledger, *words, at=self.now, by="ops", **given)
        self.append(unit, records)
        return records

    def append(self, unit: Any, records: Sequence[Declared]) -> None:
        objections = unit.gate(self.ledger.plus(records), records)
        if objections:
            raise GateRefusedError(objections)
        self.kept |= {one.id: one for one in records}

    def refused(self, unit: Any, verb: str, *words: Any, **given: Any) -> str:
        before = dict(self.kept)
        with pytest.raises((GateRefusedError, ActionRefusedError)) as refusal:
            self.declare(unit, verb, *words, **given)
        assert self.kept == before
        return str(refusal.value)

    def record(self, **changes: Any) -> Sequence[Declared]:
        return self.declare(record_decision, "propose", replace(DRAFT, **changes))

    def refused_record(self, **changes: Any) -> str:
        return self.refused(record_decision, "propose", replace(DRAFT, **changes))

    def states(self) -> dict[str, str]:
        rows = self.ledger.sql("select name, state from decisions order by name", views=[DECISIONS])
        return {str(name): str(state) for name, state in rows}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_decision_is_recorded_with_its_evidence_and_a_review_after_a_quarter(desk: Desk) -> None:
    decision, piece = desk.record()
    assert isinstance(decision, Decision)
    assert isinstance(piece, DecisionInput)
    assert decision.owner == person_id("dri@example.com")
    assert decision.declared_by == person_id("ops")
    assert (decision.decided_on, decision.review_on) == (date(2026, 6, 30), date(2026, 9, 28))
    assert (piece.decision, piece.kind) == (decision.id, "data")
    assert desk.states() == {"1": "standing"}


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no question": ({"question": " "}, "A decision answers a question"),
    "nothing chosen": ({"chosen": ""}, "Nothing was chosen"),
    "an option that was not there": ({"chosen": "Gold"}, '--option "Gold"'),
    "one option": ({"options": ("Starter",)}, "One option is no decision"),
    "the same option twice": ({"options": ("Starter", " starter")}, "One option is no decision"),
    "doing nothing left out": ({"options": ("Starter", "Team")}, '--option "do nothing"'),
    "decided tomorrow": ({"decided_on": date(2026, 7, 1)}, "cannot have been decided on 2026-07-01"),
    "decided before it was asked": (
        {"asked_on": date(2026, 6, 2), "decided_on": date(2026, 6, 1)}, "before it was asked",
    ),
    "a review in the past": ({"review_on": date(2026, 6, 30)}, "--review 2026-09-28"),
    "a review nobody lives to see": ({"review_on": date(2036, 6, 30)}, "Within two years"),
    "half an interval": ({"high": None}, "An interval has two ends"),
    "an interval upside down": ({"low": 70.0}, "upside down"),
    "a number and a probability": ({"probability": 0.5}, "Leave one out"),
    "a probability in percent": ({"low": None, "high": None, "probability": 70.0}, "--probability 0.7"),
    "no number at all": ({"low": float("nan")}, "one can write down"),
    "a level in percent": ({"level": 80.0}, "--level 0.8"),
    "a number without a name": ({"predicts": ""}, "Say which: --predict"),
    "a prediction without a day": ({"resolves_on": None}, "Say when: --resolves 2026-09-28"),
    "a prediction of what is known": ({"resolves_on": date(2026, 6, 1)}, "known already"),
    "a strange direction": ({"data_says": "maybe"}, "'maybe' is no direction of data"),
    "strange stakes": ({"stakes": "sky-high"}, "one of low, medium, high"),
    "no evidence": ({"evidence": ()}, "No decision rests on nothing"),
    "a strange kind of evidence": (
        {"evidence": (Piece(kind="rumour", words="x"),)}, "'rumour' is no kind of evidence",
    ),
    "evidence by AI that nobody reviewed": (
        {"evidence": (Piece(kind="ai", words="Customers love it"),)},
        "GOV03: AI evidence needs reviewed-by; 'Customers love it' is reviewed by nobody",
    ),
    "evidence by AI that the owner reviewed": (
        {"evidence": (Piece(kind="ai", words="x", reviewed_by="dri@example.com"),)},
        "reviewed by its own owner alone",
    ),
    "minutes that do not exist": ({"minuted": "minutes:outcome:9"}, "The minutes hold no decision"),
    "a question that nobody asked": ({"asks": "Q9"}, "No question is recorded yet"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_a_refusal_says_the_shortest_way_through(desk: Desk, case: tuple[dict[str, Any], str]) -> None:
    changes, says = case
    assert says in desk.refused_record(**changes)


def test_the_words_that_a_refusal_gives_let_it_through(desk: Desk) -> None:
    reviewed = Piece(kind="ai", words="Customers love it", reviewed_by="bob@example.com")
    desk.record(
        evidence=(reviewed,), options=("Starter", "do nothing"), low=None, high=None, resolves_on=None
    )
    assert desk.states() == {"1": "standing"}


def test_an_output_of_an_agent_is_no_data_until_somebody_reviewed_it() -> None:
    output = make(
        AgentOutput, id=RecordId("otlp:output:1"), agent="writer", written_at=TODAY, words=Prose("x")
    )
    minutes = make(Outcome, id=RecordId("minutes:outcome:1"), kind="decision")
    ledger = Ledger.of([output, minutes], today=TODAY)
    cited = replace(DRAFT, evidence=(Piece(kind="data", words="x", of="otlp:output:1"),))
    records = record_decision.propose(ledger, cited, at=TODAY, by="ops")
    assert "GOV03" in " ".join(record_decision.gate(ledger.plus(records), records))
    minuted = replace(DRAFT, minuted="minutes:outcome:1")
    records = record_decision.propose(ledger, minuted, at=TODAY, by="ops")
    assert record_decision.gate(ledger.plus(records), records) == []


def test_the_same_question_is_not_decided_twice_without_saying_so(desk: Desk) -> None:
    desk.record()
    assert "prodops decisions supersede 1 --chosen OPTION --why WORDS" in desk.refused_record(
        question="which plan do we retire? "
    )


def test_another_option_in_its_place_is_a_reversal_and_the_same_option_a_renewal(desk: Desk) -> None:
    desk.record()
    team = Draft(question="", chosen="Team", evidence=DRAFT.evidence)
    new, _, ended = desk.declare(supersede, "propose", "1", team, Cause(why="Starter sells after all"))
    assert isinstance(new, Decision)
    assert isinstance(ended, DecisionOutcome)
    assert (new.question, new.owner, new.supersedes) == (
        DRAFT.question,
        person_id("dri@example.com"),
        ended.decision,
    )
    assert (ended.kind, ended.planned) == ("reversed", False)
    *_, renewed = desk.declare(supersede, "propose", "2", team, Cause(why="Looked at it again", planned=True))
    assert isinstance(renewed, DecisionOutcome)
    assert (renewed.kind, renewed.planned) == ("renewed", True)
    assert desk.states() == {"1": "superseded", "2": "superseded", "3": "standing"}
    assert "by 2" in desk.refused(supersede, "propose", "1", team, Cause(why="x"))
    assert "Say why" in desk.refused(supersede, "propose", "3", team, Cause(why=" "))


def test_a_supersession_is_taken_back_whole(desk: Desk) -> None:
    desk.record()
    team = Draft(question="", chosen="Team", evidence=DRAFT.evidence)
    desk.declare(supersede, "propose", "1", team, Cause(why="x"))
    assert "Take both back: prodops decisions supersede 2 --undo" in desk.refused(
        record_decision, "undo", "2"
    )
    desk.declare(supersede, "undo", "2")
    assert desk.states() == {"1": "standing"}
    assert "supersedes nothing" in desk.refused(supersede, "undo", "1")


def test_of_two_who_supersede_at_once_one_is_told(desk: Desk) -> None:
    desk.record()
    team = Draft(question="", chosen="Team", evidence=DRAFT.evidence)
    late = supersede.propose(desk.ledger, "1", team, Cause(why="x"), at=TODAY + timedelta(hours=1), by="late")
    desk.declare(supersede, "propose", "1", team, Cause(why="x"))
    with pytest.raises(GateRefusedError, match="in the meantime"):
        desk.append(supersede, late)


def test_a_successor_is_not_older_and_no_decision_claims_a_place_by_itself(desk: Desk) -> None:
    first, _ = desk.record()
    team = Draft(question="", chosen="Team", evidence=DRAFT.evidence, decided_on=date(2026, 6, 1))
    assert "which is later" in desk.refused(supersede, "propose", "1", team, Cause(why="x"))
    assert isinstance(first, Decision)
    alone = replace(first, id=RecordId("decision:x"), question=Prose("Other?"), supersedes=first.id)
    assert "through supersede alone" in " ".join(record_decision.gate(desk.ledger.plus([alone]), [alone]))
    gone = replace(first, taken_back=True)
    after = desk.ledger.plus([gone, alone])
    assert "was taken back" in " ".join(supersede.gate(after, [alone]))


def test_a_decision_is_reopened_with_a_reason_and_then_decided_anew(desk: Desk) -> None:
    desk.record()
    assert "Say why" in desk.refused(reopen, "propose", "1", Cause(why=""))
    desk.declare(reopen, "propose", "1", Cause(why="Sales objects"))
    assert desk.states() == {"1": "reopened"}
    assert "was reopened on 2026-06-30 already" in desk.refused(reopen, "propose", "1", Cause(why="again"))
    team = Draft(question="", chosen="Team", evidence=DRAFT.evidence)
    desk.declare(supersede, "propose", "1", team, Cause(why="x"))
    assert desk.states() == {"1": "superseded", "2": "standing"}


def test_a_reopening_can_be_taken_back_for_a_week(desk: Desk) -> None:
    desk.record()
    desk.declare(reopen, "propose", "1", Cause(why="Sales objects", new_evidence=True))
    desk.declare(reopen, "undo", "1")
    assert desk.states() == {"1": "standing"}
    assert "was not reopened" in desk.refused(reopen, "undo", "1")


def test_a_record_is_a_mistake_for_a_week_and_history_afterwards(desk: Desk) -> None:
    desk.record()
    desk.record(question="Which export format?")
    desk.declare(record_decision, "undo", "2")
    assert desk.states() == {"1": "standing"}
    desk.now += timedelta(days=8)
    assert "history and no mistake" in desk.refused(record_decision, "undo", "1")


def test_what_came_true_is_told_once_and_not_before_its_day(desk: Desk) -> None:
    desk.record()
    found = resolve.Found(came=41.0, turned_out="right", words="41 in the last week of September")
    assert "checked on 2026-09-30, not before" in desk.refused(resolve, "propose", "1", found)
    desk.now = datetime(2026, 10, 1, tzinfo=UTC)
    desk.declare(resolve, "propose", "1", found)
    rows = desk.ledger.sql("select came_number, turned_out, review_on from decisions", views=[DECISIONS])
    assert rows == [(41.0, "right", None)]
    assert "known already" in desk.refused(resolve, "propose", "1", found)
    assert "Something came of decision 1" in desk.refused(record_decision, "undo", "1")
    desk.declare(resolve, "undo", "1")
    desk.declare(resolve, "propose", "1", replace(found, came=44.0, review_on=date(2027, 1, 4)))
    rows = desk.ledger.sql("select came_number, review_on from decisions", views=[DECISIONS])
    assert rows == [(44.0, date(2027, 1, 4))]


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (resolve.Found(), "--turned-out unclear"),
        (resolve.Found(came=1.0), "predicted no number"),
        (resolve.Found(came=float("inf")), "one can write down"),
        (resolve.Found(happened=True), "gave no probability"),
        (resolve.Found(turned_out="great"), "'great' is no word for how it turned out"),
        (resolve.Found(review_on=date(2026, 6, 1)), "comes after today"),
    ],
)
def test_an_outcome_that_says_nothing_of_what_was_predicted_is_refused(
    desk: Desk, found: resolve.Found, says: str
) -> None:
    desk.record(low=None, high=None, resolves_on=None)
    assert says in desk.refused(resolve, "propose", "1", found)


def test_nothing_is_taken_back_where_nothing_was_said(desk: Desk) -> None:
    desk.record()
    assert "within the last week" in desk.refused(resolve, "undo", "1")
    assert "did not score" in desk.refused(score, "undo", "1", rater="ann@example.com")


def test_a_second_rater_scores_a_decision_before_its_outcome(desk: Desk) -> None:
    desk.record()
    for rater in ("ann@example.com", "bob@example.com"):
        (one,) = desk.declare(score, "propose", "1", POINTS, rater=rater)
        assert isinstance(one, DecisionScore)
        assert one.frame_points == 3
    assert "scored it before" in desk.refused(score, "propose", "1", POINTS, rater="ann@example.com")
    assert "of their own" in desk.refused(score, "propose", "1", POINTS, rater="dri@example.com")
    assert "0 to 4, not 5" in desk.refused(score, "propose", "1", replace(POINTS, values=5), rater="c")
    assert "No points for frame" in desk.refused(score, "propose", "1", score.Points(values=1), rater="c")
    desk.declare(score, "undo", "1", rater="ann@example.com")
    desk.declare(score, "propose", "1", POINTS, rater="ann@example.com")
    desk.declare(resolve, "propose", "1", resolve.Found(turned_out="wrong"))
    assert "luck looks like skill" in desk.refused(score, "propose", "1", POINTS, rater="")


def test_a_question_waits_is_answered_or_withdrawn(desk: Desk) -> None:
    days = {"asked_on": date(2026, 6, 1), "needed_on": date(2026, 7, 15)}
    desk.declare(ask, "propose", "Which plan do we retire?", owner="dri@example.com", **days)
    desk.declare(ask, "propose", "Do we open an office?")
    assert desk.states() == {"Q1": "proposed", "Q2": "proposed"}
    assert "waits already, as Q1" in desk.refused(ask, "propose", "which plan do we  retire?")
    decision, _ = desk.record(question="", owner="", asks="Q1")
    assert isinstance(decision, Decision)
    assert decision.question == "Which plan do we retire?"
    assert (decision.asked_on, decision.needed_on, decision.owner) == (
        date(2026, 6, 1), date(2026, 7, 15), person_id("dri@example.com"),
    )  # fmt: skip
    desk.declare(ask, "undo", "Q2")
    assert desk.states() == {"1": "standing", "Q2": "withdrawn"}
    assert "was withdrawn on 2026-06-30 already" in desk.refused(ask, "undo", "q2")
    assert "does not wait any more" in desk.refused_record(question="An office?", asks="Q2")


@pytest.mark.parametrize(
    ("words", "given", "says"),
    [
        (" ", {}, "A question has words"),
        ("Why?", {"asked_on": date(2026, 7, 2)}, "cannot have been asked"),
        ("Why?", {"asked_on": date(2026, 6, 2), "needed_on": date(2026, 6, 1)}, "needed before it was asked"),
    ],
)
def test_a_question_that_cannot_be_is_refused(
    desk: Desk, words: str, given: dict[str, date], says: str
) -> None:
    assert says in desk.refused(ask, "propose", words, **given)


def test_what_no_form_lets_through_is_refused_by_the_gate_too() -> None:
    (first, *_) = record_decision.propose(Ledger.of([], today=TODAY), DRAFT, at=TODAY, by="ops")
    assert isinstance(first, Decision)
    strange = replace(first, data_says="maybe", stakes="sky-high", review_on=None)
    said = " ".join(record_decision.gate(Ledger.of([strange], today=TODAY), [strange]))
    for words in ("'maybe' is no direction", "'sky-high' are no stakes", "No decision without a day to look"):
        assert words in said


def test_two_who_answer_one_question_are_told(desk: Desk) -> None:
    desk.declare(ask, "propose", "Which plan do we retire?")
    late = record_decision.propose(
        desk.ledger, replace(DRAFT, asks="Q1"), at=TODAY + timedelta(hours=1), by="x"
    )
    desk.record(asks="Q1", question="Which of the plans goes?")
    said = record_decision.gate(desk.ledger.plus(late), late)
    assert "Somebody answered that question in the meantime" in " ".join(said)


def test_a_decision_is_meant_by_its_number_its_id_or_its_words(desk: Desk) -> None:
    assert "No decision is recorded yet" in desk.refused(reopen, "propose", "1", Cause(why="x"))
    first, _ = desk.record()
    desk.record(question="Which plan do we rename?")
    find: Callable[[str], Decision] = lambda written: decision_of(desk.ledger, written)  # noqa: E731 (shorter)
    assert first == find("1") == find("#1") == find(first.id) == find("retire")
    with pytest.raises(ActionRefusedError, match=r"2 decisions have .* 1 Which plan do we retire"):
        find("which plan")
    with pytest.raises(ActionRefusedError, match="Say which by its number: 1 Which plan do we retire"):
        find("Which plans do we retyre")
    with pytest.raises(ActionRefusedError, match="All of them: prodops decisions list"):
        find("zzz")
    with pytest.raises(ActionRefusedError, match="No question is recorded yet"):
        question_of(desk.ledger, "1")


def test_a_written_name_is_the_person_of_the_roster() -> None:
    ann = make(Person, person=person_id("ann@example.com"), named=person_id("Ann Lee"), name=Prose("Ann Lee"))
    ledger = Ledger.of([ann], today=TODAY)
    assert (
        person_of(ledger, "Ann Lee") == person_of(ledger, "ann@example.com") == person_id("ann@example.com")
    )


@pytest.mark.parametrize(
    "words", ["do nothing", "Do nothing.", "status-quo", "Keep as is for now", "no change"]
)
def test_doing_nothing_is_known_in_many_words(words: str) -> None:
    assert is_nothing(words)
    assert not is_nothing("nothing but net")
