"""The shape of a family of text templates; each family is a package beside this file."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.simulate.errors import UnknownScenarioError
from prodops.simulate.scan import modules


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTexts:
    """Labels, headings and marks of minutes.

    Attributes:
        present: Before the names of those who came, where headings order the file.
        attendees: The same where the scribe marks lines.
        there: The same where minutes are told in prose.
        regrets: Before the names of those who did not come.
        decisions: Heading above decisions.
        actions: Heading above actions.
        decision_mark: What a scribe puts before a decision, with a colon after it.
        action_mark: The same for an action.
        told_title: Title of minutes in prose; with {ritual} and {day}.
    """

    present: str
    attendees: str
    there: str
    regrets: str
    decisions: str
    actions: str
    decision_mark: str
    action_mark: str
    told_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RitualTexts:
    """Titles of rituals.

    Attributes:
        titles: By the key of the kind of ritual; that of meetings of two has {name} and {other}.
    """

    titles: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteTexts:
    """Sentences of minutes. Fields: {matter} {Matter} {choice} {Choice} {other} {task} {owner} {by}.

    Attributes:
        matters: What is talked about: noun phrases with {area}.
        details: What narrows a matter down; one of them is empty.
        choices: What can be chosen: verb phrases with {area}.
        tasks: What somebody takes on: verb phrases with {area}.
        talk: Discussion that settles nothing.
        empty: Sentences of an item that only shared news.
        carried: How minutes say that an item is back again.
        decisions: Decisions as a scribe writes them under a heading or after a mark.
        decisions_told: Decisions told in prose.
        actions: Actions under a heading or after a mark.
        actions_told: Actions told in prose.
        not_held: What a file says when nobody came.
        sheet: What stands around them.
        greeting: The first words of a transcript.
        replies: Short words in between.
    """

    matters: tuple[str, ...]
    details: tuple[str, ...]
    choices: tuple[str, ...]
    tasks: tuple[str, ...]
    talk: tuple[str, ...]
    empty: tuple[str, ...]
    carried: tuple[str, ...]
    decisions: tuple[str, ...]
    decisions_told: tuple[str, ...]
    actions: tuple[str, ...]
    actions_told: tuple[str, ...]
    not_held: tuple[str, ...]
    sheet: SheetTexts
    greeting: str
    replies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarTexts:
    """Titles of calendar entries. Fields: {area} {company} {name} {metric} {ritual}.

    Attributes:
        by_leaf: Telling titles for each leaf of the taxonomy, in its order.
        vague: Titles that tell nothing.
        placeholders: Solo holds that stand for no work.
        private: Private appointments.
        absences: All-day entries of absence.
        disputes: Meetings about numbers that contradict each other.
        answers: Holds for answering a repeated question.
        rechecks: Holds for checking a number by hand.
        preparations: Holds for preparing a ritual.
        rooms: Names of rooms.
    """

    by_leaf: tuple[tuple[str, ...], ...]
    vague: tuple[str, ...]
    placeholders: tuple[str, ...]
    private: tuple[str, ...]
    absences: tuple[str, ...]
    disputes: tuple[str, ...]
    answers: tuple[str, ...]
    rechecks: tuple[str, ...]
    preparations: tuple[str, ...]
    rooms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTexts:
    """Messages of customers. Fields: {need} {area} {company}.

    Attributes:
        needs: Latent needs: a short subject and several ways to ask for it.
        openings: First sentences; some are empty.
        reasons: Why it matters.
        closings: Last sentences; some are empty.
        again: First sentences of somebody who asks again.
        questions: Plain support questions that need no decision: subject and body.
        answers: First answers of support.
        yes: Answers that decide for the request.
        no: Answers that decide against it, with a reason.
        later: Answers that decide to wait, with a date or a condition.
        auto_close: What the rule writes when it closes a silent ticket.
        merged: What support writes when it merges a ticket; with {target}.
        solved: What support writes when it solves one.
    """

    needs: tuple[tuple[str, tuple[str, ...]], ...]
    openings: tuple[str, ...]
    reasons: tuple[str, ...]
    closings: tuple[str, ...]
    again: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]
    answers: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    later: tuple[str, ...]
    auto_close: str
    merged: str
    solved: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTexts:
    """Titles of tracked work, names of metrics, and what PMs say in interviews.

    Attributes:
        work: Summaries of stories and epics, with {area}.
        bugs: Summaries of bugs, with {area}.
        statuses: The words of the board: one for each stage that work waits for, one for what is finished and
            one for what was turned down.
        measures: First words of metric names: what is counted.
        subjects: Second words: of what.
        windows: Last words: over which window; one is empty.
        loud: Complaints heard in every interview that point nowhere in particular.
        said: What a PM says about an hour lost to a sink, in the order of the sinks.
        stop: What a PM says about a ritual nobody would miss; with {ritual}.
        keep: What a PM says about one that must stay; with {ritual}.
        doubts: What a PM says about a number; with {metric}.
        trusts: What a PM says who doubts no number.
        signals: What became of the last word of a customer: nothing, and something.
        waits: What a PM waits for.
        wishes: What a PM would do with more time.
    """

    work: tuple[str, ...]
    bugs: tuple[str, ...]
    statuses: tuple[str, ...]
    measures: tuple[str, ...]
    subjects: tuple[str, ...]
    windows: tuple[str, ...]
    loud: tuple[str, ...]
    said: tuple[tuple[str, ...], ...]
    stop: tuple[str, ...]
    keep: tuple[str, ...]
    doubts: tuple[str, ...]
    trusts: tuple[str, ...]
    signals: tuple[tuple[str, ...], tuple[str, ...]]
    waits: tuple[str, ...]
    wishes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchTexts:
    """Launch plans. Fields: {area} {gate} {other} {launch}.

    Attributes:
        names: Names of launches.
        tiers: How much ceremony: much, some, little.
        gates: What must be passed before.
        statuses: Planned, in danger, launched, given up.
        waiting: How a gate stands that nobody has passed yet.
        passed: How one stands that was.
        moved: Why a date was moved.
        found: How a dependency was noticed late.
        chased: What somebody writes who asks for a gate again.
        meetings: Titles of meetings called to bring a launch forward.
    """

    names: tuple[str, ...]
    tiers: tuple[str, str, str]
    gates: tuple[str, ...]
    statuses: tuple[str, str, str, str]
    waiting: str
    passed: str
    moved: tuple[str, ...]
    found: tuple[str, ...]
    chased: tuple[str, ...]
    meetings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolTexts:
    """Tools, and the sheet beside the tracker.

    Attributes:
        tools: Invented names, each with what it is for; the first tracks work, the second holds the sheet.
        stages: How far an item of the sheet is: from an idea to done.
        notes: What is written beside an item that was copied.
    """

    tools: tuple[tuple[str, str], ...]
    stages: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentTexts:
    """Software that writes by a model. Fields: {area}.

    Attributes:
        agents: Names.
        tasks: What each is asked, in the order of the names.
        outputs: What each writes, in the same order.
        defects: What a reviewer found wrong.
        verdicts: Taken as it is, taken after a correction, thrown away.
        tool_names: Tools they call.
    """

    agents: tuple[str, ...]
    tasks: tuple[str, ...]
    outputs: tuple[str, ...]
    defects: tuple[str, ...]
    verdicts: tuple[str, str, str]
    tool_names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VentureTexts:
    """What stands outside rituals, feedback and metrics.

    Attributes:
        launches: For launch plans.
        tools: For lists of tools and the second roadmap.
        agents: For runs of agents and the reviews of what they wrote.
    """

    launches: LaunchTexts
    tools: ToolTexts
    agents: AgentTexts


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """One family of text templates.

    Attributes:
        minutes: For minutes.
        calendar: For calendars.
        requests: For customers' messages.
        work: For the tracker, metrics and interviews.
        rituals: Titles of rituals.
        ventures: For launches, tools and agents.
    """

    minutes: MinuteTexts
    calendar: CalendarTexts
    requests: RequestTexts
    work: WorkTexts
    rituals: RitualTexts
    ventures: VentureTexts


def library(family: str) -> Library:
    """The family of that name: a package beside this file with one module for each kind of text.

    Raises:
        UnknownScenarioError: There is no such family.
    """
    try:
        found = {module.__name__.rpartition(".")[2]: module for module in modules(f"{__package__}.{family}")}
    except ModuleNotFoundError as missing:
        raise UnknownScenarioError(f"no family of texts {family!r}") from missing
    return Library(
        minutes=found["minutes"].TEXTS,
        calendar=found["calendar"].TEXTS,
        requests=found["requests"].TEXTS,
        work=found["work"].TEXTS,
        rituals=found["rituals"].TEXTS,
        ventures=found["ventures"].TEXTS,
    )
