"""`prodops plan`: what a design can show at this size, and the first days of the function."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.commands.look import ledger_of
from prodops.serve.cli.options import AsJson, AsOf, Workspace
from prodops.serve.cli.output import Refusal, say_json, table
from prodops.serve.shown.lines import wrapped
from prodops.stats.small_groups import FEWEST

if TYPE_CHECKING:
    from prodops.diagnosis.quick_win import QuickWin
    from prodops.impact.advice import Advice
    from prodops.impact.design import Detectable
    from prodops.ledger.ledger import Ledger

COLUMNS = 100
MOST = 2_000


def register(app: typer.Typer) -> None:
    """Add the commands."""
    plans = typer.Typer(no_args_is_help=True)
    plans.command("design")(design)
    plans.command("early-days")(early_days)
    app.add_typer(
        plans,
        name="plan",
        rich_help_panel=sections.ACT,
        help="Plan a proof, or the first days of the function.",
    )


def design(
    *,
    pms: Annotated[
        int | None, typer.Option("--pms", min=0, max=MOST, help="Product managers [default: those known].")
    ] = None,
    weeks_before: Annotated[
        int, typer.Option("--weeks-before", min=2, max=104, help="Weeks before the first start.")
    ] = 8,
    weeks_after: Annotated[
        int, typer.Option("--weeks-after", min=2, max=104, help="Weeks from it to the readout.")
    ] = 13,
    teams: Annotated[
        int | None,
        typer.Option("--teams", min=1, help="Teams that change as a whole [default: each PM alone]."),
    ] = None,
    workspace: Workspace = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Say which change each design could show, and which design to choose.

    With this organisation's own weeks and quick win where they are loaded; with documented values else.
    """
    from prodops.impact.advice import advice  # lazy: numpy
    from prodops.impact.design import DOCUMENTED  # lazy: the same
    from prodops.impact.own_noise import own_noise  # lazy: the same

    ledger = _ledger(workspace, as_of, needed=pms is None)
    count = pms if pms is not None else _known(ledger)
    _possible(count, teams)
    noise = own_noise(ledger) if ledger is not None else None
    found = advice(
        count, weeks_before=weeks_before, weeks_after=weeks_after, noise=noise or DOCUMENTED, teams=teams,
        win=_win(ledger) if ledger is not None else None,
    )  # fmt: skip
    if as_json:
        say_json(_flat(found))
    else:
        typer.echo("\n".join(_told(found)))


def _possible(count: int, teams: int | None) -> None:
    """Refuse what no design can show.

    Raises:
        Refusal: There are fewer than five PMs, or more teams than PMs.
    """
    if count < FEWEST:
        raise Refusal(
            f"{count} PMs: with fewer than {FEWEST} no design shows a change of their total time, and a "
            "figure would be about persons.",
            remedy="Prove one quick win on its own items: 60 timed before and 60 after show a fall by 30%.",
        )
    if teams is not None and teams > count:
        raise Refusal(f"{teams} teams of {count} PMs.", remedy="Name fewer teams, or leave --teams out.")


def early_days(
    *,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write it into this file: .md or .html.", dir_okay=False),
    ] = None,
    workspace: Workspace = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Write the first hour, week and quarter of the function for this organisation, ready to present.

    From the diagnosis and the stage; each line says what it rests on.
    """
    from prodops.pages.plan import page  # lazy: measures
    from prodops.serve.cli.page_files import write_page  # lazy: the same
    from prodops.serve.shown.as_json import as_json as public  # lazy: the same
    from prodops.serve.shown.text import as_text  # lazy: the same

    found = page(ledger_of(workspace, as_of))
    if out is not None:
        write_page(found, out)
    if as_json:
        facts = {
            "stage": found.stage.name, "verdict": found.verdict, "starts_on": found.starts_on,
            "reads_out_on": found.reads_out_on, "quick_win": found.win.name if found.win else None,
        }  # fmt: skip
        say_json({**public(found), **facts})
    elif out is not None:
        typer.echo(f"Wrote {out}: {found.lead}")
    else:
        typer.echo(as_text(found), nl=False)
        typer.echo("\nTo present it: prodops plan early-days --out plan.html (or plan.md)")


def _ledger(workspace: Path | None, as_of: str | None, *, needed: bool) -> Ledger | None:
    """The ledger, or None where there is none and the number of PMs was given."""
    from prodops.serve.settings import read_settings  # lazy: next to the store

    if not needed and not (read_settings(workspace).workspace / "workspace").exists():
        return None
    try:
        return ledger_of(workspace, as_of)
    except Refusal as refusal:
        if needed:
            remedy = (
                "Say how many there are: prodops plan design --pms 12. Or load a roster: prodops add FOLDER"
            )
            raise Refusal(refusal.says, remedy=remedy) from refusal
        return None


def _known(ledger: Ledger | None) -> int:
    from prodops.diagnosis.stage import stage  # lazy: measures

    found = stage(ledger).pms if ledger is not None else 0
    if not found:
        raise Refusal(
            "No PM is known here: neither a roster nor an owner of a calendar says who they are.",
            remedy="Say how many there are: prodops plan design --pms 12",
        )
    return found


def _win(ledger: Ledger) -> QuickWin | None:
    from prodops.diagnosis.quick_win import quick_win  # lazy: measures
    from prodops.pages.judged import judged  # lazy: the same

    return quick_win(judged(ledger))


def _flat(found: Advice) -> dict[str, object]:
    return {
        "pms": found.pms, "recommended": found.recommended, "because": found.because,
        "quick_win": None if found.win is None else found.win.name,
        "quick_win_points": found.win_points, "quick_win_shows_on_total": found.on_total,
        "own_items": found.own_items,
        "noise": found.noise, "noise_is_own": found.noise.weeks > 0,
        "designs": [
            {
                "design": one.design, "weeks_before": one.weeks_before, "weeks_after": one.weeks_after,
                "clusters": one.clusters, "detectable": one.points, "hours_each": one.hours_each(),
                "people": one.people, "grade": one.grade, "because": one.because, "starts": one.starts,
            }
            for one in found.options
        ],
    }  # fmt: skip


def _told(found: Advice) -> list[str]:
    from prodops.impact.advice import CALLED  # lazy: numpy

    rows = [_row(one, CALLED[one.design]) for one in found.options]
    columns = ("Design", "Weeks", "Shows a fall from", "Hours each", "In PMs", "Grade")
    lines = [
        f"What {found.pms} PMs can show on a share of their time, in four cases of five", "",
        table(columns, rows, right=(3, 4)), "",
    ]  # fmt: skip
    for one in found.options:
        for reason in [*one.because, *([] if one.points.known else [f"{one.points.because}."])]:
            lines += wrapped(f"{CALLED[one.design]}: {reason}", COLUMNS, first="· ", rest="  ")
    lines += ["", *_win_told(found), "", *_advised(found, CALLED), "", *wrapped(_rests(found), COLUMNS)]
    return lines


def _row(one: Detectable, called: str) -> tuple[object, ...]:
    points, hours, people = one.points, one.hours_each(), one.people
    if points.value is None or hours is None or people is None:
        return (called, f"{one.weeks_before}+{one.weeks_after}", "nothing sensible", "", "", one.grade)
    shown = f"{points.value:.1f} points ({points.low:.1f} to {points.high:.1f})"
    return (
        called, f"{one.weeks_before}+{one.weeks_after}", shown, f"{hours:.1f}", f"{people:.1f}", one.grade
    )  # fmt: skip


def _win_told(found: Advice) -> list[str]:
    from prodops.stats.telling import told  # lazy: next to numpy

    if found.win is None:
        return wrapped("No quick win is known here yet, so none can be held against this.", COLUMNS)
    lines = wrapped(f"Quick win: {found.win.name}.", COLUMNS)
    if found.win_points.known:
        verdict = "shows" if found.on_total else "does not show"
        lines += wrapped(
            f"Expected: {told(found.win_points)}. On the total share that {verdict} by a drawn order.",
            COLUMNS, first="· ", rest="  ",
        )  # fmt: skip
    for caveat in found.win.caveats:
        lines += wrapped(f"But: {caveat}.", COLUMNS, first="· ", rest="  ")
    items = found.own_items
    if items is not None:
        own = f"On its own items ({items.measured_by}): a fall by {items.least:.0%} shows"
        end = "provable" if items.shows else f"not provable, {items.because}"
        expected = f"{items.expected:.0%} is expected"
        lines += wrapped(f"{own}, {expected}: {end}.", COLUMNS, first="· ", rest="  ")
    return lines


def _advised(found: Advice, called: dict[str, str]) -> list[str]:
    if not found.recommended:
        return wrapped(f"Recommended: none. {found.because[:1].upper()}{found.because[1:]}.", COLUMNS)
    return wrapped(f"Recommended: {called[found.recommended]}, because {found.because}.", COLUMNS)


def _rests(found: Advice) -> str:
    noise = found.noise
    values = (
        f"{noise.week_sd:.1f} points from week to week around a PM's own mean, autocorrelation "
        f"{noise.autocorrelation:.2f}, {noise.missing:.0%} of weeks missing"
    )
    if noise.weeks:
        hidden = (
            f" Titles tell {noise.readable:.0%} of the hours, and a change shows as much smaller in them."
        )
        return f"Rests on the weeks of {noise.people} PMs here over {noise.weeks} weeks: {values}.{hidden}"
    return f"Rests on documented values, because this organisation's own weeks are not known: {values}."
