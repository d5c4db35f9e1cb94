"""Ask again what was decided, and say why; or take that back as a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from prodops.actions.asks import DECISION, NEW_EVIDENCE, PLANNED, WHY
from prodops.actions.deciding import Cause, cite_by, decision_of, fresh_id, name_of, too_late
from prodops.actions.deed import Deed, Offer
from prodops.actions.refusal import ActionRefusedError
from prodops.checks.finding import Finding
from prodops.ledger.decisions import DecisionOutcome
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared, Prose, RecordId, person_id
from prodops.views.decisions import DECISIONS

DEED = Deed(
    title="Reopen a decision",
    done="It is open again.",
    asks={"which": DECISION, "why": WHY, "planned": PLANNED, "new_evidence": NEW_EVIDENCE},
    offered=("decision", "finding"),
    undo={"which": "decision"},
    shortcut="decisions reopen",
)


ABOUT_A_DECISION = ("GOV03",)
"""Codes of findings on one decision."""


def answering(finding: Finding) -> Offer | None:
    """How asking again answers a finding: where a recorded decision rests on what nobody checked.

    Args:
        finding: The finding.
    """
    if finding.code not in ABOUT_A_DECISION or not finding.subject.startswith("decision:"):
        return None
    return Offer("Ask it again, if the source says otherwise", {"which": finding.subject}, 1)


def propose(ledger: Ledger, which: str, cause: Cause, *, at: datetime, by: str) -> tuple[Declared, ...]:
    """The record that a decision is open again.

    Args:
        ledger: Where it is looked up.
        which: Its number, id or words.
        cause: What happened; for a reopening without new evidence too.
        at: When it is recorded.
        by: Who records it.

    Raises:
        ActionRefusedError: There is no such decision, or nothing is said of why.
    """
    decision = decision_of(ledger, which)
    if not cause.why.strip():
        raise ActionRefusedError(
            f'Say why decision {name_of(ledger, decision.id)} is asked again. Shortest: --why "WORDS"'
        )
    who = person_id(by)
    return (
        DecisionOutcome(
            id=fresh_id("decision_outcome", at), cite=cite_by(who), decision=decision.id, kind="reopened",
            on=ledger.today.date(), planned=cause.planned, new_evidence=cause.new_evidence,
            words=Prose(cause.why), declared_at=at, declared_by=who,
        ),
    )  # fmt: skip


def undo(ledger: Ledger, which: str, *, at: datetime, by: str) -> tuple[Declared, ...]:
    """The last reopening marked as a mistake; the decision stands again.

    Args:
        ledger: Where it is looked up.
        which: The decision.
        at: When it is taken back.
        by: Who takes it back.

    Raises:
        ActionRefusedError: It was not reopened, or it is no mistake any more.
    """
    decision = decision_of(ledger, which)
    last = last_outcome(ledger, decision.id, "reopened")
    if last is None or too_late(ledger, last.declared_at):
        raise ActionRefusedError(
            f"Decision {name_of(ledger, decision.id)} was not reopened within the last week."
        )
    return (replace(last, taken_back=True, declared_at=at, declared_by=person_id(by)),)


def gate(ledger: Ledger, records: Sequence[Declared]) -> list[str]:
    """What speaks against the reopenings: the decision has ended in another way.

    Args:
        ledger: The ledger as it would be.
        records: What is declared.
    """
    return [
        said
        for one in records
        if isinstance(one, DecisionOutcome) and one.kind == "reopened" and not one.taken_back
        for said in _objections(ledger, one)
    ]


def last_outcome(ledger: Ledger, decision: RecordId, kind: str) -> DecisionOutcome | None:
    """What was declared last about a decision, of one kind."""
    rows = ledger.sql(_LAST, {"decision": decision, "kind": kind})
    return next(ledger.records(DecisionOutcome, [str(row[0]) for row in rows]), None)


def _objections(ledger: Ledger, one: DecisionOutcome) -> list[str]:
    name = name_of(ledger, one.decision)
    if not name:
        return ["That decision was taken back. Record it anew: prodops decide"]
    ends = ledger.sql(_ENDS, {"decision": one.decision, "id": one.id})
    if ends:
        return [
            f"Decision {name} was {ends[0][0]} on {ends[0][1]} already. Look: prodops decisions show {name}"
        ]
    decided = ledger.sql(
        "select decided_on from decisions where id = $id", {"id": one.decision}, views=[DECISIONS]
    )
    return [f"Decision {name} was made on {decided[0][0]}, later."] if one.on < decided[0][0] else []


_LAST = """
select id
from decision_outcome
where decision = $decision and kind = $kind and not taken_back
order by declared_at desc, id desc
limit 1
"""

_ENDS = """
select kind, "on"
from decision_outcome
where decision = $decision and id <> $id and kind in ('reopened', 'reversed', 'renewed') and not taken_back
order by "on", id
"""
