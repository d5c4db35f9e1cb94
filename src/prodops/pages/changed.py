"""What changed in the last seven days: what was loaded and declared, and which findings appeared or went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from prodops.checks import units as checks
from prodops.checks.finding import Finding
from prodops.diagnosis.constraint import Diagnosis
from prodops.ledger.ledger import Ledger
from prodops.pages.blocks import Behind, Block, Onward, Words
from prodops.pages.loaded import NOUNS
from prodops.pages.wording import capital, listed, many

DAYS = 7
SHOWN = 4
"""Checks and kinds of record of which something is told; of the others it is said that there are more."""

DECLARED = {
    "ritual_stance": "stances on rituals",
    "campaign": "campaigns",
    "decision_question": "questions to be decided",
    "decision": "decisions",
    "decision_outcome": "outcomes of decisions",
    "decision_score": "scores of decisions",
    "review": "reviews of outputs",
    "intervention": "changes that are tried",
    "column_map": "maps of columns",
}
"""What people declare, by its table; labels are left out, since a count of them would be about persons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What is another than it was seven days ago.

    Attributes:
        loaded: Records more or fewer, by what they are.
        declared: The same of what was declared.
        appeared: Findings that are new.
        gone: Findings that are no longer there.
    """

    loaded: Mapping[str, int]
    declared: Mapping[str, int]
    appeared: tuple[Finding, ...] = ()
    gone: tuple[Finding, ...] = ()


def changed(ledger: Ledger, verdict: Diagnosis) -> Changed | None:
    """What changed in the last seven days; None where there is nothing to compare with.

    Args:
        ledger: As it is.
        verdict: What it says.
    """
    before = ledger.as_of(ledger.today - timedelta(days=DAYS))
    if before is None or (before.told is not None and before.told.withheld):
        return None
    if before.version == ledger.version:
        return Changed(loaded={}, declared={})
    then = {(one.code, one.subject): one for unit in checks() for one in unit.check(before)}
    now = {(one.code, one.subject): one for one in verdict.findings}
    return Changed(
        loaded=_more(ledger, before, NOUNS),
        declared=_more(ledger, before, DECLARED),
        appeared=tuple(one for key, one in now.items() if key not in then),
        gone=tuple(one for key, one in then.items() if key not in now),
    )


def told_of(change: Changed | None) -> tuple[Block, ...]:
    """The same as blocks.

    Args:
        change: What changed.
    """
    if change is None:
        return (Words(_NOTHING_BEFORE, "quiet"),)
    told = (("Loaded", change.loaded), ("Declared", change.declared))
    records = " ".join(f"{verb}: {_counts(counts)}." for verb, counts in told if counts)
    blocks: list[Block] = [Words(records or "Nothing was loaded or declared.")]
    if change.appeared:
        blocks.append(Words(f"{capital(many(len(change.appeared), 'finding'))} appeared:", "strong"))
        blocks.append(Onward(_ways(change.appeared)))
    if change.gone:
        blocks.append(Words(f"{capital(many(len(change.gone), 'finding'))} went: {_gone(change.gone)}."))
    if not change.appeared and not change.gone:
        blocks.append(Words("The findings are those of a week ago.", "quiet"))
    return tuple(blocks)


_NOTHING_BEFORE = (
    "Nothing had been loaded, declared or told a week ago, so there is nothing to compare with. "
    "Load the newest exports each week, and what changes stands here."
)


def _more(ledger: Ledger, before: Ledger, nouns: Mapping[str, str]) -> dict[str, int]:
    """How many records more there are, by what they are; kinds with as many as before are left out."""
    parts = [f"select '{table}' as kind, count(*) as records from {table}" for table in nouns]  # noqa: S608 (our own names)
    query = " union all ".join(parts)
    now, then = ({str(kind): int(n) for kind, n in one.sql(query)} for one in (ledger, before))
    return {noun: now[table] - then[table] for table, noun in nouns.items() if now[table] != then[table]}


def _counts(counts: Mapping[str, int]) -> str:
    most = sorted(counts.items(), key=lambda one: -abs(one[1]))
    told = [f"{abs(n):,} {noun} {'more' if n > 0 else 'fewer'}" for noun, n in most[:SHOWN]]
    return listed([*told, "others"] if len(most) > SHOWN else told)


def _ways(findings: Sequence[Finding]) -> tuple[Behind, ...]:
    """The first finding of each check, and a way to the others of it."""
    ways = []
    for number, (code, found) in enumerate(_by_code(findings).items()):
        first = found[0]
        if number < SHOWN:
            ways.append(Behind(f"{code} {first.title}", f"{code}/{first.subject}"))
        if others := found[1:] if number < SHOWN else found:
            ways.append(Behind(f"{len(others):,} more of {code}", code))
    return tuple(ways)


def _gone(findings: Sequence[Finding]) -> str:
    told = [
        f"{code} {found[0].title}" + (f" and {len(found) - 1:,} more of it" if len(found) > 1 else "")
        for code, found in _by_code(findings).items()
    ]
    return "; ".join(told[:SHOWN] + (["others"] if len(told) > SHOWN else []))


def _by_code(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for one in findings:
        found.setdefault(one.code, []).append(one)
    return found
