"""Recorded choices: what was chosen, by whom, on what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from prodops.ledger.record import Declared, Observed, PersonId, Prose, RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionQuestion(Declared):
    """A question that waits for a decision; without these a latency knows only what was decided.

    Attributes:
        question: What is asked.
        owner: Who answers for the decision (the DRI).
        asked_on: The day it was asked.
        needed_on: The day by which the decision is needed.
        withdrawn_on: The day it was taken off the table without a decision; None while it waits.
        declared_at: When this was recorded.
        declared_by: Who recorded it.
    """

    question: Prose
    owner: PersonId
    asked_on: date
    needed_on: date | None = None
    withdrawn_on: date | None = None
    declared_at: datetime
    declared_by: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Declared):
    """A recorded choice with an owner and a date.

    Attributes:
        question: What was asked.
        chosen: The option chosen.
        options: The options considered, "do nothing" among them.
        inputs: Records of the ledger that it rests on; all its evidence stands in `DecisionInput`.
        decided_on: The day.
        owner: Who answers for it (the DRI).
        review_on: The day it must be looked at again.
        supersedes: The decision it replaces.
        declared_at: When it was recorded.
        asks: The `DecisionQuestion` it answers, where one was recorded.
        asked_on: The day it was asked; None where nobody knows.
        needed_on: The day by which it was needed.
        data_says: Whether data speaks for or against the option chosen: for, against, none or empty.
        data_toward: The option that data points to.
        intuition_says: Whether intuition, told before the discussion, does; as `data_says`.
        intuition_toward: The option that intuition points to.
        predicts: What is expected, in words with the unit of its number.
        predicted_low_number: Lower end of the interval predicted.
        predicted_high_number: Upper end.
        interval_probability: How sure the interval is meant to be, 0 to 1.
        probability: How likely it is that what is expected comes true, 0 to 1; for a yes or no.
        resolves_on: The day on which the prediction can be checked.
        kill_if: What would end it before its review.
        dissent: What those said who would have chosen otherwise.
        reversible: Whether it can be taken back at little cost; None when not said.
        stakes: low, medium or high; empty when not said.
        minuted: The `Outcome` of the minutes that it records.
        declared_by: Who recorded it.
        taken_back: Whether the record was a mistake and does not count; the log keeps it.
    """

    question: Prose
    chosen: Prose
    options: tuple[Prose, ...]
    inputs: tuple[str, ...] = ()
    decided_on: date
    owner: PersonId
    review_on: date | None = None
    supersedes: RecordId | None = None
    declared_at: datetime
    asks: RecordId | None = None
    asked_on: date | None = None
    needed_on: date | None = None
    data_says: str = ""
    data_toward: Prose = Prose("")
    intuition_says: str = ""
    intuition_toward: Prose = Prose("")
    predicts: Prose = Prose("")
    predicted_low_number: float | None = None
    predicted_high_number: float | None = None
    interval_probability: float = 0.8
    probability: float | None = None
    resolves_on: date | None = None
    kill_if: Prose = Prose("")
    dissent: Prose = Prose("")
    reversible: bool | None = None
    stakes: str = ""
    minuted: RecordId | None = None
    declared_by: PersonId | None = None
    taken_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionInput(Declared):
    """One piece of evidence that a decision rests on, recorded with it.

    Attributes:
        decision: The `Decision`.
        kind: data, customer, intuition or ai.
        words: What it says.
        of: A record of the ledger or an address where it can be read; empty when there is none.
        reviewed_by: Who checked it against its source; evidence by AI needs somebody.
        declared_at: When it was recorded.
    """

    decision: RecordId
    kind: str
    words: Prose
    of: str = ""
    reviewed_by: PersonId | None = None
    declared_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionOutcome(Declared):
    """What became of a decision: what came true, or that it was asked again, taken back or renewed.

    Attributes:
        decision: The `Decision`.
        kind: resolved, reopened (asked again), reversed (another option took its place) or renewed (replaced
            by a decision for the same option).
        on: The day.
        planned: Whether its own kill criterion or review led to that: foreseen, so no fault.
        new_evidence: Whether something is known that was not known when it was decided.
        came_number: The number that came true, for a prediction with an interval.
        happened: Whether what was expected came true, for a prediction with a probability.
        turned_out: right, wrong or unclear.
        words: What happened, and why.
        review_on: The day to look again, where it goes on.
        declared_at: When this was recorded.
        declared_by: Who recorded it.
        taken_back: Whether the record was a mistake and does not count; the log keeps it.
    """

    decision: RecordId
    kind: str
    on: date
    planned: bool = False
    new_evidence: bool = False
    came_number: float | None = None
    happened: bool | None = None
    turned_out: str = ""
    words: Prose = Prose("")
    review_on: date | None = None
    declared_at: datetime
    declared_by: PersonId
    taken_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionScore(Declared):
    """How one rater who does not own a decision judges its making, before anybody knows how it turned out.

    Each element is 0 to 4. Source: the six elements of decision quality of Howard and Spetzler.

    Attributes:
        decision: The `Decision`.
        rater: Who judges.
        frame_points: Whether the right question was asked.
        alternatives_points: Whether the options differ and can be done.
        information_points: Whether what matters was known, and how sure it was.
        values_points: Whether what is wanted, and what is given up for it, was said.
        reasoning_points: Whether the choice follows from these.
        commitment_points: Whether those who must act will.
        declared_at: When it was scored.
        taken_back: Whether the record was a mistake and does not count; the log keeps it.
    """

    decision: RecordId
    rater: PersonId
    frame_points: int
    alternatives_points: int
    information_points: int
    values_points: int
    reasoning_points: int
    commitment_points: int
    declared_at: datetime
    taken_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedDecision(Observed):
    """A decision as a decision record (ADR) or a table of decisions has it.

    Attributes:
        log: Where it stands beside others: the folder of the records, the name of the table.
        key: What others in the log call it: its number or its file.
        question: Its title or question.
        chosen: What was chosen; empty when the record does not tell it apart.
        options: The options considered.
        status: The source's own word.
        state: Ours: proposed, decided, rejected (decided against), withdrawn, superseded, retired.
        asked_on: The day it was asked or proposed.
        needed_on: The day by which it was needed.
        decided_on: The day it was decided.
        owner: Who answers for it.
        deciders_count: How many took part; 0 when the record does not say.
        rationale: Why, as written.
        evidence: The kinds of evidence it names: data, customer, intuition, ai.
        ai_reviewed: Whether its evidence by AI was checked; None when not said.
        data_says: As in `Decision`.
        intuition_says: As in `Decision`.
        predicts: What is expected.
        predicted_low_number: Lower end of the interval predicted.
        predicted_high_number: Upper end.
        interval_probability: How sure the interval is meant to be, 0 to 1; None when not said.
        probability: How likely it was held to be, 0 to 1.
        resolves_on: The day on which the prediction can be checked.
        came_number: The number that came true.
        happened: Whether what was expected came true.
        turned_out: right, wrong or unclear.
        kill_if: What would end it.
        review_on: The day it must be looked at again.
        ended_on: The day it was reversed or reopened.
        ended_planned: Whether that was foreseen; None when not said.
        supersedes: Keys, in the same log, of those it replaces.
        superseded_by: Keys of those that replace it.
        dissent: What those said who would have chosen otherwise.
    """

    log: str
    key: str
    question: Prose
    chosen: Prose = Prose("")
    options: tuple[Prose, ...] = ()
    status: str = ""
    state: str = "decided"
    asked_on: date | None = None
    needed_on: date | None = None
    decided_on: date | None = None
    owner: PersonId | None = None
    deciders_count: int = 0
    rationale: Prose = Prose("")
    evidence: tuple[str, ...] = ()
    ai_reviewed: bool | None = None
    data_says: str = ""
    intuition_says: str = ""
    predicts: Prose = Prose("")
    predicted_low_number: float | None = None
    predicted_high_number: float | None = None
    interval_probability: float | None = None
    probability: float | None = None
    resolves_on: date | None = None
    came_number: float | None = None
    happened: bool | None = None
    turned_out: str = ""
    kill_if: Prose = Prose("")
    review_on: date | None = None
    ended_on: date | None = None
    ended_planned: bool | None = None
    supersedes: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    dissent: Prose = Prose("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention(Declared):
    """A declared change: because of which findings, on what, from when, to what effect.

    Attributes:
        name: What is done.
        because: Codes and subjects of the findings it rests on; never empty.
        target: The measure it should move.
        expected: The effect expected, in words with a number.
        starts_on: The first day.
        reads_out_on: The day its effect is read.
        ended_on: The day it was taken back; None while it goes on.
        ended_because: Why it ended; empty while it goes on.
        withdrawn: Whether it was taken back as if it had never been registered.
        acts_on: What is changed, kind and subject: `ritual roadmap-review`, `flow intake`.
        design: staggered, switchback, pause or one date; empty in old rows.
        units: What starts one by one: team, pm or ritual; empty for everybody at once.
        members: Who belonged to which unit when it was registered: `Search=person:0f3a`.
        expects: The effect expected on the target, its lower and its upper bound, in its unit: `-6 -10 -2`.
        guardrails: What must not get worse, in words or as measures.
        order: The rollout order as the tool drew and sealed it, as JSON; empty without one.
        grade: The best grade that this design can reach.
        detectable_share: The least change of a share that it shows with 80% power; None where not known.
        own_hours: Hours a week that product operations spends on it; None where not told.
        beside: Other changes that run on the same units, declared as such.
        begun_before: Whether it had begun when it was registered.
        registered_at: When it was registered first, whatever was declared about it later; None in old rows.
        seal: SHA-256 of the plan as it was registered; empty in old rows.
        declared_at: When it was declared.
        declared_by: Who declared it.
    """

    name: Prose
    because: tuple[str, ...]
    target: str
    expected: Prose
    starts_on: date
    reads_out_on: date
    ended_on: date | None = None
    ended_because: Prose = Prose("")
    withdrawn: bool = False
    acts_on: str = ""
    design: str = ""
    units: str = ""
    members: tuple[str, ...] = ()
    expects: tuple[str, ...] = ()
    guardrails: tuple[str, ...] = ()
    order: str = ""
    grade: str = ""
    detectable_share: float | None = None
    own_hours: float | None = None
    beside: tuple[str, ...] = ()
    begun_before: bool = False
    registered_at: datetime | None = None
    seal: str = ""
    declared_at: datetime
    declared_by: PersonId

    def __post_init__(self) -> None:
        """Refuse a prescription without a finding."""
        if not self.because:
            raise ValueError("an intervention names the findings it rests on")


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherEvent(Declared):
    """Something else that happened, so that it is not taken for the effect of a change.

    Attributes:
        happened_on: The day.
        says: What happened: "reorganisation of support".
        withdrawn: Whether it was taken back.
        declared_at: When it was declared.
        declared_by: Who declared it.
    """

    happened_on: date
    says: Prose
    withdrawn: bool = False
    declared_at: datetime
    declared_by: PersonId
