"""The interview kit: a script, and for each PM a form and a sheet for notes with their own recent blocks."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from prodops.ledger.ledger import Ledger
from prodops.pages.purposes import PURPOSES, told
from prodops.serve.shown.lines import harmless
from prodops.serve.whole_file import write_whole
from prodops.views.pms import PMS
from prodops.views.recent_blocks import RECENT_BLOCKS

BLOCKS_SHOWN = 15
"""Titles a PM is asked about: at half a minute each, a quarter of an hour."""

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+!|~-])")

TOPICS = (
    ("what blocks you", "What are you waiting for now, from whom, since when? What would unblock it?"),
    (
        "last decision",
        "What did you decide last? Who decided, on what evidence, how long after it was asked?",
    ),
    ("last wasted hour", "Tell me about the last hour of work that helped nobody. What was it for?"),
    ("ritual to stop", "Which recurring meeting would nobody miss in a month? What did it last decide?"),
    ("ritual to keep", "Which one must not be touched, and why?"),
    ("number not trusted", "Which number did you check again by hand before you used it?"),
    ("last customer signal", "What did you last learn from a customer, and what became of it?"),
    ("ai output", "What did you last take from an AI tool, and who looked at it before it was used?"),
    ("freed hours", "If four hours a week came free, what would you do first?"),
)
"""What is asked in words, in order, with the question."""


@dataclass(frozen=True, slots=True)
class Titled:
    """The blocks of one title in one PM's calendar.

    Attributes:
        title: As the calendar has it.
        hours: In the last four weeks.
        times: How often.
    """

    title: str
    hours: float
    times: int


def write_kit(ledger: Ledger, out: Path) -> list[Path]:
    """Write the kit into a folder; the files of a PM are for that PM and the interviewer.

    Args:
        ledger: Where the PMs and their calendars are.
        out: A folder, made where it is missing.

    Returns:
        The files written; those that are there stay as they are, for somebody may have filled them in.
    """
    out.mkdir(parents=True, exist_ok=True)
    texts = {"script.md": script()}
    for person, address, blocks in _pms(ledger):
        name = _file_name(address or person)
        texts[f"form-{name}.yaml"] = form(address, blocks)
        texts[f"notes-{name}.md"] = notes(address, blocks)
    return [_write(out / name, text) for name, text in texts.items() if not (out / name).exists()]


def script() -> str:
    """What the interviewer reads out and asks, in order."""
    purposes = "\n".join(f"- **{one.code}** {told(one)}" for one in PURPOSES)
    asked = "\n".join(
        f"{number}. *{topic.capitalize()}.* {ask}" for number, (topic, ask) in enumerate(TOPICS, 1)
    )
    return _SCRIPT.format(purposes=purposes, asked=asked)


def form(address: str, blocks: Sequence[Titled]) -> str:
    """The form that `prodops add` reads: named blocks first, then what should be, then words."""
    named = "\n".join(
        f"  - {{title: {_quoted(one.title)}, times: {one.times}, hours: {one.hours:.2f}, leaf: }}"
        for one in blocks
    )
    leaves = [one for one in PURPOSES if one.code != "N"]
    width = max(len(f"  {one.code}: {{stated: , ideal: }}") for one in leaves)
    other = "\n".join(f"  {one.code}:" for one in leaves)
    ideal = "\n".join(f"{f'  {one.code}: {{stated: , ideal: }}':<{width}}   # {told(one)}" for one in leaves)
    answers = "\n".join(f"  - topic: {topic}\n    # {ask}\n    says:" for topic, ask in TOPICS)
    return _FORM.format(
        person=_quoted(address) if address else "", blocks=f"\n{named}" if named else " []", other=other,
        ideal=ideal, answers=answers,
    )  # fmt: skip


def notes(address: str, blocks: Sequence[Titled]) -> str:
    """The sheet for the interviewer's notes, which `prodops add` reads too."""
    named = "\n".join(f"> - {_plain(one.title)}: {one.hours:.1f} h, {one.times} times" for one in blocks)
    topics = "\n".join(f"## {topic}\n> {ask}\n\n\n" for topic, ask in TOPICS)
    return _NOTES.format(person=address, blocks=named or "> - no calendar is loaded", topics=topics)


def _pms(ledger: Ledger) -> Iterator[tuple[str, str, list[Titled]]]:
    """Pseudonym, address (empty when no roster has it) and blocks of each PM, by address."""
    blocks: dict[str, list[Titled]] = defaultdict(list)
    for person, title, hours, times in ledger.sql(_BLOCKS, views=[RECENT_BLOCKS]):
        if len(blocks[person]) < BLOCKS_SHOWN:
            blocks[person].append(Titled(title, hours, times))
    for person, address in ledger.sql(_ADDRESSES, views=[PMS]):
        yield person, address, blocks[person]


_BLOCKS = """
select person, title, hours, times
from recent_blocks
order by person, hours desc, title
"""

_ADDRESSES = """
select p.person, coalesce(max(r.email), '') as address
from pms p
left join person r on r.person = p.person
group by p.person
order by address, p.person
"""


def _file_name(address: str) -> str:
    return re.sub(r"[^a-z0-9.@-]+", "-", address.casefold())[:80].strip("-.") or "pm"


def _quoted(text: str) -> str:
    """Text as YAML reads it back, whatever is in it."""
    return json.dumps(harmless(text), ensure_ascii=False)


def _plain(text: str) -> str:
    """Text in Markdown that stays text."""
    return _MARKUP.sub(r"\\\1", harmless(text))


def _write(path: Path, text: str) -> Path:
    write_whole(path, text.encode())
    path.chmod(0o600)
    return path


_SCRIPT = """# PM interview: where time goes, and where it should go

45 minutes, one PM, one interviewer. The form and the notes of a PM are for the two of you: load them on the
interviewer's machine, keep them nowhere else, delete them when the audit is over.

## 1. Consent and privacy (read it out)

> I would like to understand where PM time goes, to give some of it back. This is not about you: nobody is
> rated, and nothing you say is shown with your name or in a group of fewer than five. From the form only
> means over five PMs and more are told, and only in steps of five. What you say in words stays with the two
> of us. You may skip any question, stop at any time, and have all of it deleted afterwards
> (`prodops forget ADDRESS`). Is that all right with you?

Write down the day only after a yes. Without one, stop here.

## 2. Where time goes: named recent blocks

Open the form next to the PM's calendar. It lists the titles that took most hours in the last four weeks. Ask
of each what it was for, and write the leaf. Never ask for a percentage of the week: people who estimate
over-report strategy and blur administration. Then ask for the hours a week outside the calendar, by leaf.

The purpose counts, never the tool:

{purposes}

## 3. Where it should go

Ask for the share of a good week that each leaf should take (`ideal`). It should add up to 100%.

## 4. In words

Write what was said, no names of third persons.

{asked}

## 5. Afterwards

Let the PM read the form. Then load it: `prodops add FOLDER`. The page "interviews" sets stated, observed and
ideal time side by side once five PMs have answered.
"""

_FORM = """# PM interview. For the PM and the interviewer alone; the script says what to ask.
# Write a leaf (A1 to C7, X for unknown, N for no time) behind each block, hours a week for what is not in the
# calendar, and the ideal share of each leaf. Leave empty what was not asked. Load it with: prodops add FOLDER
prodops_interview: 1

person: {person}
asked_on:              # the day of the interview, after a yes to the script's first question: 2026-01-31

# Where time goes: the last four weeks of the calendar, by title.
weeks: 4
blocks:{blocks}

# Hours a week outside the calendar.
other_hours:
{other}

# Where it should go: percent of a good week. `stated` stays empty: it follows from the blocks above.
time:
{ideal}

answers:
{answers}
"""

_NOTES = """# Interview notes

For the PM and the interviewer alone. No names of third persons.

prodops_interview_notes: 1
person: {person}
asked_on:

> Blocks of the last four weeks:
{blocks}

{topics}"""
