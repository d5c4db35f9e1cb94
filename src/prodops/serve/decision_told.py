"""One decision with its evidence and what became of it, for a terminal and for programs."""

from __future__ import annotations

from typing import Any

from prodops.actions.deciding import decision_of
from prodops.ledger.decisions import Decision, DecisionInput, DecisionOutcome, LoggedDecision
from prodops.ledger.ledger import Ledger
from prodops.views.decisions import DECISIONS


def decision_told(ledger: Ledger, which: str) -> dict[str, Any]:
    """The decision, its state, its evidence, what became of it, and how many people scored it.

    Single scores are told to nobody: they are the raters' own.

    Args:
        ledger: Where it is looked up.
        which: Its number, id or words.

    Raises:
        ActionRefusedError: There is none, or several.
    """
    decision = decision_of(ledger, which)
    ((name, state, review_on),) = ledger.sql(
        "select name, state, review_on from decisions where id = $id", {"id": decision.id}, views=[DECISIONS]
    )
    ((raters,),) = ledger.sql(
        "select count(distinct rater) from decision_score where decision = $id and not taken_back",
        {"id": decision.id},
    )
    return {
        "number": name,
        "state": state,
        "look_again_on": review_on,
        "owner": _named(ledger, decision),
        "decision": decision,
        "evidence": _of(ledger, DecisionInput, decision),
        "outcomes": [one for one in _of(ledger, DecisionOutcome, decision) if not one.taken_back],
        "raters_count": raters,
        "superseded_by": _names(ledger, "supersedes = $id", decision.id),
        "supersedes": _names(ledger, "id = $id", decision.supersedes or ""),
    }


def read_told(ledger: Ledger, which: str) -> dict[str, Any] | None:
    """A decision that was read from a file, by its key in its log or its id; None where none is called so.

    Args:
        ledger: Where it is looked up.
        which: Its key or id.
    """
    rows = ledger.sql(_READ, {"which": which.strip().casefold()}, views=[DECISIONS])
    if len(rows) != 1:
        return None
    record, name, state = rows[0]
    return {"number": name, "state": state, "read": next(ledger.records(LoggedDecision, [str(record)]))}


def told_lines(found: dict[str, Any]) -> list[str]:
    """The same in lines."""
    if "read" in found:
        return _read_lines(found["number"], found["state"], found["read"])
    one: Decision = found["decision"]
    lines = [
        f"Decision {found['number']}: {one.question}",
        f"  {found['state']}, decided on {one.decided_on} by {found['owner']}" + _asked(one),
        f"  chosen: {one.chosen}",
        f"  options: {'; '.join(one.options)}",
        *(f"  {piece.kind}: {piece.words}{_where(piece)}" for piece in found["evidence"]),
        _pointed("data", one.data_says, one.data_toward),
        _pointed("intuition", one.intuition_says, one.intuition_toward),
        _predicted(one),
        f"  ends before its review if: {one.kill_if}" if one.kill_if else "",
        f"  dissent: {one.dissent}" if one.dissent else "",
        _weight(one),
        f"  records what the minutes hold as {one.minuted}" if one.minuted else "",
        f"  supersedes decision {found['supersedes']}" if found["supersedes"] else "",
        f"  superseded by decision {found['superseded_by']}" if found["superseded_by"] else "",
        *(_became(outcome) for outcome in found["outcomes"]),
        f"  scored by {found['raters_count']} before its outcome" if found["raters_count"] else "",
        f"  look at it again on {found['look_again_on']}" if found["look_again_on"] else "",
        f"  recorded at {one.declared_at:%Y-%m-%d %H:%M} UTC as {one.id}; the log's seal: prodops verify",
    ]
    return [line for line in lines if line]


_READ = """
select id, name, state
from decisions
where source = 'read' and $which in (lower(name), lower(id))
"""


def _read_lines(name: str, state: str, one: LoggedDecision) -> list[str]:
    days = [
        f"asked on {one.asked_on}" if one.asked_on else "",
        f"decided on {one.decided_on}" if one.decided_on else "",
    ]
    lines = [
        f"{name}: {one.question}",
        "  " + ", ".join(word for word in (state, *days) if word),
        f"  chosen: {one.chosen}" if one.chosen else "",
        f"  options: {'; '.join(one.options)}" if one.options else "",
        f"  why: {one.rationale}" if one.rationale else "",
        f"  supersedes {', '.join(one.supersedes)}" if one.supersedes else "",
        f"  superseded by {', '.join(one.superseded_by)}" if one.superseded_by else "",
        f"  read from {one.cite}; its file is where it is changed",
    ]
    return [line for line in lines if line]


def _of(ledger: Ledger, kind: type[Any], decision: Decision) -> list[Any]:
    table = {DecisionInput: "decision_input", DecisionOutcome: "decision_outcome"}[kind]
    rows = ledger.sql(f"select id from {table} where decision = $id order by id", {"id": decision.id})  # noqa: S608 (our own names)
    found = {one.id: one for one in ledger.records(kind, [str(row[0]) for row in rows])}
    # Ten pieces of evidence are numbered from 1, and 10 comes after 9.
    return sorted(found.values(), key=lambda one: (one.declared_at, len(one.id), one.id))


def _named(ledger: Ledger, decision: Decision) -> str:
    """The owner's name where the roster has it: who answers for a decision is no secret of the log."""
    rows = ledger.sql("select name from person where person = $p order by id limit 1", {"p": decision.owner})
    return str(rows[0][0]) if rows else decision.owner


def _names(ledger: Ledger, where: str, record: str) -> str:
    query = f"select id from decision where {where} and not taken_back"  # noqa: S608 (our own words)
    known = {str(row[0]) for row in ledger.sql(query, {"id": record})}
    rows = ledger.sql(
        "select id, name from decisions where source = 'declared' order by id", views=[DECISIONS]
    )
    return ", ".join(str(name) for one, name in rows if one in known)


def _asked(one: Decision) -> str:
    asked = f", asked on {one.asked_on}" if one.asked_on else ""
    return asked + (f", needed by {one.needed_on}" if one.needed_on else "")


def _where(piece: DecisionInput) -> str:
    return (f" @ {piece.of}" if piece.of else "") + (" (reviewed)" if piece.reviewed_by else "")


def _pointed(what: str, says: str, toward: str) -> str:
    return (
        f"  {what} speaks {says}" + (f" it, toward {toward}" if toward else " it")
        if says in ("for", "against")
        else ""
    )


def _weight(one: Decision) -> str:
    back = {True: "can be taken back at little cost", False: "cannot be taken back at little cost"}
    told = [
        f"stakes {one.stakes}" if one.stakes else "",
        back.get(one.reversible, "") if one.reversible is not None else "",
    ]
    return "  " + ", ".join(word for word in told if word) if any(told) else ""


def _predicted(one: Decision) -> str:
    if one.predicted_low_number is not None:
        sure = f" ({one.interval_probability:.0%} sure)"
        told = f"{one.predicts}: {one.predicted_low_number:g} to {one.predicted_high_number:g}{sure}"
    elif one.probability is not None:
        told = f"{one.predicts}: {one.probability:.0%} likely"
    else:
        return ""
    return f"  predicted {told}, checked on {one.resolves_on}"


def _became(outcome: DecisionOutcome) -> str:
    what = f"  {outcome.kind} on {outcome.on}"
    if outcome.kind != "resolved":
        what += ", as planned" if outcome.planned else ", not planned"
        what += ", on new evidence" if outcome.new_evidence else ""
    if outcome.came_number is not None:
        what += f", came to {outcome.came_number:g}"
    if outcome.happened is not None:
        what += ", it came true" if outcome.happened else ", it did not come true"
    if outcome.turned_out:
        what += f", turned out {outcome.turned_out}"
    return what + (f": {outcome.words}" if outcome.words else "")
