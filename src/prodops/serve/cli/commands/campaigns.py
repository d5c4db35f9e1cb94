"""`prodops stance campaign` and `due`: ask owners what their rituals are for; what runs out next."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from prodops.serve.cli import sections
from prodops.serve.cli.commands.look import ledger_of
from prodops.serve.cli.commands.stance import stance
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import Refusal, say_json, table
from prodops.serve.cli.typed_days import day_of
from prodops.serve.shown.lines import harmless

if TYPE_CHECKING:
    from types import ModuleType

    from prodops.actions.campaigns import Asked
    from prodops.ledger.ledger import Ledger
    from prodops.ledger.rituals import Campaign

SHOWN = 40

Out = Annotated[Path | None, typer.Option("--out", help="Write the letter to the owners into this file.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take the last one back.")]


def register(app: typer.Typer) -> None:
    """Add the group `prodops stance`, whose first word may be a ritual."""
    stances = typer.Typer(cls=_RitualFirst, no_args_is_help=True)
    stances.command("declare")(stance)
    stances.command("due")(due)
    stances.add_typer(_campaign_group(), name="campaign")
    app.add_typer(
        stances,
        name="stance",
        rich_help_panel=sections.ACT,
        help="Declare stances on rituals, and ask owners what theirs are for.",
    )


class _RitualFirst(TyperGroup):
    """A group whose first word may be a ritual: `prodops stance "Pricing council" own` declares."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 (typer keeps its type private)
        """Put `declare` before a word that is no command of the group."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["declare", *args]
        return super().parse_args(ctx, args)


def _campaign_group() -> typer.Typer:
    group = typer.Typer(help="Ask the owners of rituals what these are for, by a day.")
    group.callback(invoke_without_command=True)(campaign)
    group.command("start")(start)
    group.command("close")(close)
    return group


def campaign(context: typer.Context, *, workspace: Workspace = None, as_json: AsJson = False) -> None:
    """Show who has answered and who has not."""
    if context.invoked_subcommand is not None:
        return
    from prodops.actions.campaigns import asked, campaigns  # lazy: views

    ledger = ledger_of(workspace, None)
    known = campaigns(ledger)
    if as_json:
        say_json({"campaigns": [_flat(one, asked(ledger, one)) for one in known]})
    elif not known:
        typer.echo("No campaign was started. Ask the owners: prodops stance campaign start")
    else:
        typer.echo("\n".join(_state(known[0], asked(ledger, known[0]), ledger.today.date())))


def start(
    *,
    by: Annotated[
        str | None,
        typer.Option("--by", help="The day to answer by (2027-03-31) [default: in two weeks]."),
    ] = None,
    out: Out = None,
    undo: Undo = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Ask the owners of all rituals without a declared purpose to declare one."""
    from prodops.actions.rituals import start_campaign as action  # lazy: measures

    due_on = day_of(by, "--by")
    if undo:
        (one,) = _declared(workspace, action, lambda ledger, at, who: action.undo(ledger, at=at, by=who))
        _say(one, [f"Taken back: {one.name}. Answers that were given stand."], as_json=as_json)
        return
    (one,) = _declared(
        workspace, action, lambda ledger, at, who: action.propose(ledger, due_on, at=at, by=who)
    )
    letter = _letter(ledger_of(workspace, None), one)
    if out is not None:
        _write(out, "\n".join(letter) + "\n")
    count = f"{len(one.rituals):,} ritual{'' if len(one.rituals) == 1 else 's'}"
    lines = [f"{one.name}: the owners of {count} are asked what these are for, by {one.due_on}."]
    lines += [f"The letter to them: {out}"] if out else ["Send this to them:", "", *letter, ""]
    lines.append(
        "Who has answered: prodops stance campaign. Take it back: prodops stance campaign start --undo"
    )
    _say(one, lines, as_json=as_json)


def close(*, undo: Undo = False, workspace: Workspace = None, as_json: AsJson = False) -> None:
    """Close the campaign that is open; what stays open stays proposed."""
    from prodops.actions.campaigns import asked  # lazy: views
    from prodops.actions.rituals import close_campaign as action  # lazy: measures

    if undo:
        (one,) = _declared(workspace, action, lambda ledger, at, who: action.undo(ledger, at=at, by=who))
        _say(one, [f"Open again: {one.name}, until {one.due_on}."], as_json=as_json)
        return
    (one,) = _declared(workspace, action, lambda ledger, at, who: action.propose(ledger, at=at, by=who))
    found = asked(ledger_of(workspace, None), one)
    answered = sum(bool(row.purpose) for row in found)
    lines = [
        f"Closed: {one.name}. {answered:,} of {len(found):,} answered; the others are read by their name.",
        "Open it again: prodops stance campaign close --undo",
    ]
    _say(one, lines, as_json=as_json)


def due(
    *,
    ics: Annotated[
        Path | None, typer.Option("--ics", help="Write the days into this calendar file.", dir_okay=False)
    ] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Show what must be looked at next: stances that run out, effects to be read, answers to come."""
    from prodops.pages.due import due_days  # lazy: views

    ledger = ledger_of(workspace, None)
    days = due_days(ledger)
    if ics is not None:
        from prodops.serve.calendar_days import Day, days_as_calendar  # lazy: only to write a file

        entries = [
            Day(key=one.key, on=max(one.on, ledger.today.date()), says=one.says, more=one.more)
            for one in days
        ]
        _write(ics, days_as_calendar(entries, ledger.today))
    if as_json:
        say_json({"due": days, "file": ics})
    elif not days:
        typer.echo("Nothing is declared, so nothing runs out. Declare a stance: prodops stance RITUAL own")
    else:
        rows: list[tuple[object, ...]] = [
            (one.on, _far((one.on - ledger.today.date()).days), harmless(one.says)) for one in days[:SHOWN]
        ]
        typer.echo(table(("Day", "When", "What"), rows))
        if ics is not None:
            count = f"{len(days):,} day{'' if len(days) == 1 else 's'}"
            typer.echo(
                f"\nWrote {ics} with {count}. Import it into a calendar; importing again adds nothing."
            )


def _declared(workspace: Path | None, action: ModuleType, propose: Any) -> tuple[Campaign, ...]:  # noqa: ANN401 (one of three shapes of `propose`)
    from prodops.actions.refusal import ActionRefusedError  # lazy: next to the store
    from prodops.serve.declaring import declare  # lazy: the store

    try:
        return declare(workspace, propose, action.gate)  # type: ignore[return-value]  # these declare campaigns
    except ActionRefusedError as error:
        says, _, remedy = str(error).partition(". ")
        raise Refusal(says.rstrip(".") + ".", remedy=remedy or "See: prodops stance campaign") from error


def _say(one: Campaign, lines: list[str], *, as_json: bool) -> None:
    if as_json:
        say_json({"declared": [one]})
    else:
        typer.echo("\n".join(lines))


def _flat(one: Campaign, found: tuple[Asked, ...]) -> dict[str, object]:
    return {
        "name": one.name, "opened_on": one.opened_on, "due_on": one.due_on, "closed_on": one.closed_on,
        "answered": [row for row in found if row.purpose], "open": [row for row in found if not row.purpose],
    }  # fmt: skip


def _state(one: Campaign, found: tuple[Asked, ...], today: date) -> list[str]:
    answered = [row for row in found if row.purpose]
    when = f"closed on {one.closed_on}" if one.closed_on else _far((one.due_on - today).days)
    lines = [f"{one.name}: {len(answered):,} of {len(found):,} answered, due {one.due_on} ({when}).", ""]
    rows: list[tuple[object, ...]] = [
        (
            harmless(row.title, longest=48),
            row.purpose or "open",
            harmless(row.owner or "nobody named", longest=30),
        )
        for row in found[:SHOWN]
    ]
    lines.append(table(("Ritual", "Meant to", "Owner"), rows))
    left = len(found) - SHOWN
    return [*lines, f"and {left:,} more (--json lists all)"] if left > 0 else lines


def _letter(ledger: Ledger, one: Campaign) -> list[str]:
    """The letter to the owners; every ritual with what its name suggests and what it asks of PMs."""
    from prodops.actions.campaigns import asked  # lazy: views
    from prodops.measures.rituals import ritual_hours_each  # lazy: measures

    hours = ritual_hours_each.each(ledger)
    lines = [
        f"What is your ritual for? Please answer by {one.due_on}.", "",
        "One word a ritual: decide, align, learn or relate. It is then judged by that and by nothing else:",
        "a ritual that is meant to align is never blamed for deciding nothing. Where it decides, say who",
        "decides.", "",
        "Answer product operations, or type:", "",
        '    prodops purpose KEY decide --owner "Ana Ruiz" --decides "CPO, after hearing the leads"', "",
    ]  # fmt: skip
    for row in asked(ledger, one):
        spent = hours.get(row.ritual)
        value = None if spent is None else spent.value
        cost = "" if value is None else f"; {value:.1f} PM hours a week"
        guess = "its name does not say" if row.guess == "unknown" else f"by its name: {row.guess}"
        lines.append(f"- {harmless(row.title)} ({row.ritual}): {guess}{cost}")
    return lines


def _far(days: int) -> str:
    if days < 0:
        return f"{-days:,} day{'' if days == -1 else 's'} ago"
    return "today" if days == 0 else f"in {days:,} day{'' if days == 1 else 's'}"


def _write(file: Path, text: str) -> None:
    from prodops.serve.whole_file import write_whole  # lazy: only to write a file

    try:
        write_whole(file, text.encode())
    except OSError as error:
        raise Refusal(f"{file} cannot be written: {error.strerror}.", remedy="Name another file.") from error
