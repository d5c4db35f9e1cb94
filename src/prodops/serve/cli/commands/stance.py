"""`prodops stance`, `exit-ritual`, `purpose`: declare the operating model, ritual by ritual, and undo it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import Refusal, say_json
from prodops.serve.cli.typed_days import day_of

if TYPE_CHECKING:
    from prodops.ledger.decisions import Intervention
    from prodops.ledger.record import Declared
    from prodops.ledger.rituals import RitualStance
    from prodops.serve.declaring import Gate, Propose

Ritual = Annotated[str, typer.Argument(help='The ritual\'s name or key: "Pricing council".')]
Because = Annotated[
    list[str] | None,
    typer.Option("--because", help="A finding on the ritual that it rests on: RIT01; may be repeated."),
]
Expires = Annotated[
    str | None,
    typer.Option("--expires", help="The day to look again (2027-03-31) [default: half a year ahead]."),
]
Undo = Annotated[bool, typer.Option("--undo", help="Take the last declaration about the ritual back.")]

Owner = Annotated[str, typer.Option("--owner", help="Who holds the ritual, as you write it.")]
Decides = Annotated[str, typer.Option("--decides", help='Who decides there: "CPO, after hearing the leads".')]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("exit-ritual", rich_help_panel=sections.ACT)(exit_ritual)
    app.command("purpose", rich_help_panel=sections.ACT)(purpose)


def stance(
    ritual: Ritual,
    stance: Annotated[str, typer.Argument(help="own, facilitate or exit.")] = "",
    *,
    because: Because = None,
    expires: Expires = None,
    purpose: Annotated[str, typer.Option("--purpose", help="decide, align, learn or relate.")] = "",
    outcome: Annotated[str, typer.Option("--outcome", help="The one outcome that it serves.")] = "",
    owner: Owner = "",
    decides: Decides = "",
    undo: Undo = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Declare that a ritual is owned, facilitated or exited.

    By product operations, until a day.
    """
    from prodops.actions.rituals import set_stance  # lazy: measures

    if not undo and not stance and (owner or decides):
        _name_owner(ritual, owner, decides, workspace, as_json=as_json)
        return
    if undo == bool(stance):
        raise Refusal(
            "Say what the stance is, or --undo.",
            remedy=f'prodops stance "{ritual}" own   or   prodops stance "{ritual}" --undo',
        )
    until = day_of(expires, "--expires")

    propose: Propose = (
        (lambda ledger, at, by: set_stance.undo(ledger, ritual, at=at, by=by))
        if undo
        else lambda ledger, at, by: set_stance.propose(
            ledger, ritual, stance, because=because or (), expires_on=until, purpose=purpose,
            outcome=outcome, owner=owner, decision_right=decides, at=at, by=by,
        )
    )  # fmt: skip
    _declare(propose, set_stance.gate, workspace, as_json=as_json, undone=undo)


def _name_owner(ritual: str, owner: str, decides: str, workspace: Path | None, *, as_json: bool) -> None:
    from prodops.actions.rituals import name_owner as action  # lazy: measures

    _declare(
        lambda ledger, at, by: action.propose(
            ledger, ritual, owner=owner, decision_right=decides, at=at, by=by
        ),
        action.gate,
        workspace,
        as_json=as_json,
    )


def exit_ritual(
    ritual: Ritual,
    *,
    because: Because = None,
    starts: Annotated[
        str | None, typer.Option("--starts", help="The first day without it [default: today].")
    ] = None,
    reads_out: Annotated[
        str | None, typer.Option("--reads-out", help="The day its effect is read [default: 13 weeks later].")
    ] = None,
    expires: Expires = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """End a ritual, because of a finding.

    Declares the stance and the change, with the day on which its effect is read.
    """
    from prodops.actions.rituals import exit_ritual as action  # lazy: measures

    plan = action.Plan(
        starts_on=day_of(starts, "--starts"),
        reads_out_on=day_of(reads_out, "--reads-out"),
        expires_on=day_of(expires, "--expires"),
    )
    _declare(
        lambda ledger, at, by: action.propose(ledger, ritual, plan, because=because or (), at=at, by=by),
        action.gate,
        workspace,
        as_json=as_json,
    )


def purpose(
    ritual: Ritual,
    purpose: Annotated[str, typer.Argument(help="decide, align, learn or relate.")],
    *,
    owner: Owner = "",
    decides: Decides = "",
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Declare what a ritual is for.

    It is then judged by that, and not by its name.
    """
    from prodops.actions.rituals import declare_purpose  # lazy: measures

    _declare(
        lambda ledger, at, by: declare_purpose.propose(
            ledger, ritual, purpose, owner=owner, decision_right=decides, at=at, by=by
        ),
        declare_purpose.gate,
        workspace,
        as_json=as_json,
    )


def _declare(
    propose: Propose, gate: Gate, workspace: Path | None, *, as_json: bool, undone: bool = False
) -> None:
    from prodops.actions.refusal import ActionRefusedError  # lazy: next to the store
    from prodops.serve.declaring import declare  # lazy: the store

    try:
        records = declare(workspace, propose, gate)
    except ActionRefusedError as error:
        says, remedy = _in_two(str(error))
        raise Refusal(says, remedy=remedy or "See what is proposed: prodops show operating-model") from error
    if as_json:
        say_json({"declared": records})
    else:
        typer.echo("\n".join(_told(records, undone=undone)))


def _in_two(text: str) -> tuple[str, str]:
    """What is the matter, in the first sentence, and what to do, in the rest."""
    says, stop, remedy = text.partition(". ")
    return says + stop.strip(), remedy


def _told(records: tuple[Declared, ...], *, undone: bool) -> list[str]:
    from prodops.ledger.decisions import Intervention  # lazy: next to the store
    from prodops.ledger.rituals import RitualStance  # lazy: next to the store

    stances = [one for one in records if isinstance(one, RitualStance)]
    changes = [one for one in records if isinstance(one, Intervention)]
    lines = [_stance_told(one, undone=undone) for one in stances] + [_change_told(one) for one in changes]
    return [*lines, "See: prodops show operating-model"]


def _stance_told(one: RitualStance, *, undone: bool) -> str:
    what = one.stance or (f"meant to {one.purpose}" if one.purpose else "nothing declared")
    until = f" until {one.expires_on}" if one.stance else ""
    because = f", because of {', '.join(one.because)}" if one.because else ""
    because += f"; owner {one.owner}" if one.owner else ""
    because += f"; {one.decision_right} decides" if one.decision_right else ""
    meant = f", meant to {one.purpose}" if one.stance and one.purpose else ""
    if undone:
        return f"Taken back. {one.ritual} is again: {what}{meant}{until}{because}."
    return f"{one.ritual}: {what}{meant}{until}{because}. Undo: prodops stance {one.ritual} --undo"


def _change_told(one: Intervention) -> str:
    if one.ended_on is not None:
        return f"{one.name}: ended on {one.ended_on}."
    return f"{one.name}: from {one.starts_on}, {one.expected}; its effect is read on {one.reads_out_on}."
