"""The steps of the first hour, week and quarter: what to do, why, and which record or figure it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from prodops.actions.campaigns import campaigns, undeclared
from prodops.diagnosis.constraint import Diagnosis
from prodops.diagnosis.quick_win import QuickWin
from prodops.diagnosis.sink import HOURS
from prodops.diagnosis.stage import SIZES, Stage
from prodops.diagnosis.value_of_asking import Ask
from prodops.impact.advice import CALLED, Advice
from prodops.ledger.ledger import Ledger
from prodops.measures.data import conflicting_share, recheck_share
from prodops.measures.feedback import decided_in_90_days
from prodops.measures.rituals import noted_share
from prodops.measures.time import unknown_share
from prodops.pages.blocks import Behind, Cell
from prodops.pages.wording import capital, many
from prodops.stats.small_groups import FEWEST, about_persons
from prodops.stats.telling import number, told

ASKS_SHOWN, LONGEST_ASKING_HOURS = 3, 4
WEEK_DAYS, QUARTER_DAYS = 7, 91
BLOCKS_EACH = 20

BEGUN_ANYHOW = ("tool_overlap", "ungoverned_ai")
"""Sinks of which the plan speaks elsewhere: no new tool, and one page about AI."""

ON = {"ritual_rot": "ritual", "feedback_black_hole": "channel", "data_debt": "metric"}
"""What a change is registered on, by the sink it relieves."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the plan.

    Attributes:
        do: What to do.
        why: Why, with its numbers.
        rests: What that rests on: rows that open, or the page where the figure stands.
    """

    do: str
    why: str
    rests: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the plan is made of.

    Attributes:
        ledger: The records.
        verdict: The diagnosis.
        stage: The stage.
        win: The quick win; None without a finding, or where the diagnosis says that nothing is to be mended.
        advice: What designs show; None below five PMs.
        today: The first day of the plan.
    """

    ledger: Ledger
    verdict: Diagnosis
    stage: Stage
    win: QuickWin | None
    advice: Advice | None
    today: date

    @property
    def few(self) -> bool:
        """Whether hours would be about persons."""
        return about_persons(self.stage.pms)

    @property
    def named(self) -> bool:
        """Whether the diagnosis names a sink."""
        return self.verdict.named is not None

    @property
    def week_end(self) -> date:
        """The end of the first week."""
        return self.today + timedelta(days=WEEK_DAYS)

    @property
    def starts_on(self) -> date:
        """The first Monday after the first week: the change begins then."""
        return self.week_end + timedelta(days=-self.week_end.weekday() % 7)

    @property
    def reads_out_on(self) -> date:
        """The day the effect is read."""
        return self.starts_on + timedelta(days=QUARTER_DAYS)

    @property
    def sink(self) -> str:
        """The first sink in a word or two; empty without any."""
        return self.verdict.sinks[0].title.partition(":")[0] if self.verdict.sinks else ""


def hour_steps(facts: Facts) -> list[Step]:
    """The first hour: what would decide, where the diagnosis abstains; then what to ask."""
    short = [one for one in facts.verdict.asks if one.asking_hours <= LONGEST_ASKING_HOURS]
    steps = [_asked(one, facts) for one in short[:ASKS_SHOWN]]
    if not facts.named:
        steps += [
            Step(f"Load or ask: {one}", "It would decide what the diagnosis leaves open", "page: diagnosis")
            for one in _missing(facts.verdict)[:ASKS_SHOWN]
        ]
    if not facts.stage.pms:
        steps.append(
            Step("Load a roster: prodops add FOLDER", "Nobody knows yet who is a PM", "pages: evidence")
        )
    steps.append(_of_stage_now(facts))
    return steps


def _asked(one: Ask, facts: Facts) -> Step:
    spares = one.spared_hours >= 0.005 and not facts.few
    worth = (
        f"expected to spare {number(one.spared_hours)} {HOURS} of working on the wrong sink"
        if spares
        else "narrows the hours; it would not change which sink leads"
    )
    why = f"Not known: {one.what}. {number(one.asking_hours)} hours of asking; {worth}"
    return Step(one.ask, why, Behind(one.sink.replace("_", " "), one.sink))


def _missing(verdict: Diagnosis) -> list[str]:
    """What else would change the verdict: exports and answers that nobody has priced."""
    priced = {one.says for one in verdict.asks}
    return [one for one in verdict.would_change if one not in priced]


def _of_stage_now(facts: Facts) -> Step:
    """What the stage asks of the first hour, with what the records say of it."""
    what = {
        "startup": "Show the PMs the ritual ledger and the longest waits, never anybody's hours",
        "formalising": "Show what joins and what does not, before any conclusion",
        "large": "Show that small groups are suppressed and that nothing is told about a person",
    }[facts.stage.name]
    seen = (
        ("of held occurrences have minutes", noted_share.measure(facts.ledger)),
        ("of messages reach a decision in 90 days", decided_in_90_days.measure(facts.ledger)),
        (
            "of metric names with several definitions contradict themselves",
            conflicting_share.measure(facts.ledger),
        ),
        ("of PM time nobody can read", unknown_share.measure(facts.ledger)),
    )
    said = [f"{told(one)} {words}" for words, one in seen if one.known and not (facts.few and "PM" in words)]
    why = "; ".join(said) or "Neither minutes, messages, metrics nor calendars of PMs are loaded"
    return Step(what, why, "pages: rituals, feedback, metrics, time")


def week_steps(facts: Facts) -> list[Step]:
    """The first week: interviews, purposes, labels, and the quick win registered."""
    return [*_people_steps(facts), *_purpose_steps(facts), *_ai_step(facts), *_register_step(facts)]


def _people_steps(facts: Facts) -> Iterator[Step]:
    pms = facts.stage.pms
    who = f"all {pms} PMs" if pms else "every PM"
    yield Step(
        f"Interview {who} about named recent blocks: prodops interview kit --out FOLDER",
        "Diagnosis before prescription: what a PM says of a block settles what a title hides",
        "stage: " + facts.stage.name,
    )
    unread = unknown_share.measure(facts.ledger)
    if pms >= FEWEST and unread.known:
        yield Step(
            f"Let PMs label {BLOCKS_EACH} of their blocks each, five minutes a PM: prodops label --draw",
            f"{told(unread)} of PM time cannot be read from titles; labels turn the range into an interval",
            "page: time",
        )
    checked = recheck_share.measure(facts.ledger)
    if checked.known and facts.stage.name != "startup":
        yield Step(
            "Ask the readers of the most used metrics which ones they trust: five questions a metric",
            f"{told(checked)} of dated uses are re-checks by hand; why, only their readers know",
            "page: metrics",
        )


def _purpose_steps(facts: Facts) -> Iterator[Step]:
    open_ = next((one for one in campaigns(facts.ledger) if one.closed_on is None), None)
    missing = undeclared(facts.ledger)
    if open_ is not None:
        yield Step(
            f"Close the campaign of {open_.opened_on} on {open_.due_on}: prodops stance campaign close",
            f"It asks the owners of {many(len(open_.rituals), 'ritual')} what these are for",
            "declared: campaign",
        )
    elif missing:
        yield Step(
            f"Ask owners what each of {many(len(missing), 'ritual')} is for: prodops stance campaign start",
            "A ritual is judged by its declared purpose; a name only suggests one",
            "page: operating-model",
        )


def _ai_step(facts: Facts) -> Iterator[Step]:
    found = [one for one in facts.verdict.findings if one.sink == "ungoverned_ai"]
    if found:
        first = found[0]
        yield Step(
            "Write one page: which AI tools a PM may adopt alone, who reviews an output before it decides",
            first.title,
            Behind(f"{first.code} {first.subject}", f"{first.code}/{first.subject}"),
        )


def _register_step(facts: Facts) -> Iterator[Step]:
    if facts.win is None:
        return
    because = facts.win.because[0]
    on = f" --on {ON[facts.win.sink]}:{facts.win.subjects[0]}" if facts.win.sink in ON else ""
    yield Step(
        f'Register the quick win before it begins: prodops try start "{facts.win.name}" '
        f'--because "{because}"{on}',
        "What is registered before it starts can be proved; what is not can only be described",
        Behind(because, because.replace(" ", "/", 1)),
    )


def quarter_steps(facts: Facts) -> list[Step]:
    """The first quarter: the change, its readout, what the stage adds."""
    return [*_change_steps(facts), *_fleet_step(facts), _of_stage_later(facts)]


def _fleet_step(facts: Facts) -> Iterator[Step]:
    """The inventory of agents, at the stage that has a fleet of them."""
    agents = int(facts.ledger.sql("select count(distinct agent) from agent_output")[0][0])
    if facts.stage.name == "large" and agents:
        yield Step(
            "Give every agent an owner, a purpose and a day on which it is looked at again",
            f"{many(agents, 'agent')} wrote what was loaded here; nobody answers for one without an owner",
            "page: evidence",
        )


def _change_steps(facts: Facts) -> Iterator[Step]:
    if facts.win is None:
        return
    chosen, how = facts.advice, "its own items, counted before and after"
    if chosen is not None and chosen.recommended:
        how = CALLED[chosen.recommended]
    yield Step(
        f"Begin on {facts.starts_on}: {facts.win.name}. Proved by {how}",
        capital(chosen.because) if chosen is not None and chosen.because else facts.stage.detectable,
        "prodops plan design",
    )
    yield Step(
        "Look every fortnight; undo it within a day if decisions take longer or hours move to others",
        "A change that moves hours to others gives nothing back",
        "the quick win's plan of proof",
    )
    yield Step(
        f"Read the effect on {facts.reads_out_on}, not before: prodops proof",
        "The readout needs 13 weeks with an end of a quarter in them; earlier ones may be a season",
        "prodops plan design",
    )


def _of_stage_later(facts: Facts) -> Step:
    what = {
        "startup": "Say plainly that no claim about PM time is possible here; tell items and minutes",
        "formalising": f"One page for the CPO on {facts.reads_out_on}, of prodops report and proof",
        "large": "Compare areas with intervals, without a league table; renew or exit what expires",
    }[facts.stage.name]
    drawn = facts.advice.option("staggered").says if facts.advice is not None else ""
    return Step(what, drawn or facts.stage.detectable or facts.stage.says, f"stage: {facts.stage.name}")


def not_yet(facts: Facts) -> list[Step]:
    """What is left alone now, and why."""
    return [*_not_by_size(facts), *_not_by_diagnosis(facts)]


def _not_by_size(facts: Facts) -> Iterator[Step]:
    stage = facts.stage
    if stage.pms and stage.pms < FEWEST:
        yield Step(
            "No figure of PM time, and no claim about it",
            stage.detectable or stage.says,
            many(stage.pms, "PM"),
        )
    else:
        yield Step(
            "No ranking of PMs or of teams",
            "A figure over fewer than five is one about persons",
            many(stage.pms, "PM") if stage.pms else "no PM known",
        )
    if stage.name != "large":
        yield Step(
            "No agent-fleet inventory, no exception ledger, no campaign of audits",
            f"They belong to a stage of {SIZES['large']}; nothing here is of that size",
            f"stage: {stage.name}",
        )
    when = f"before {facts.reads_out_on}" if facts.win is not None else "before anything has been read out"
    yield Step(
        f"No request for headcount or budget {when}",
        "One visible change that gives back time comes first",
        "the readout of the quick win" if facts.win is not None else "no quick win is proposed",
    )


def _not_by_diagnosis(facts: Facts) -> Iterator[Step]:
    verdict = facts.verdict
    overlap = next((one for one in verdict.sinks if one.name == "tool_overlap"), None)
    if verdict.named != "tool_overlap":
        cost = ""
        if overlap is not None and overlap.hours.known and not facts.few:
            cost = f"; tool overlap takes {told(overlap.hours)}, the largest in {overlap.p_top:.0%} of draws"
        yield Step(
            "No new tool and no consolidation of tools",
            f"The tool follows the diagnosis, which names {_named(facts)}{cost}",
            Behind("tool overlap", "tool_overlap")
            if overlap is not None and overlap.findings
            else "page: diagnosis",
        )
    for sink in verdict.sinks[1:3]:
        if facts.named and sink.hours.known and sink.name not in BEGUN_ANYHOW and not facts.few:
            yield Step(
                f"No work on {sink.title.partition(':')[0]} yet",
                f"{told(sink.hours)}, the largest in {sink.p_top:.0%} of draws; one constraint at a time",
                Behind(sink.title.partition(":")[0], sink.name) if sink.findings else "page: diagnosis",
            )


def _named(facts: Facts) -> str:
    return facts.sink if facts.named else "no sink"
