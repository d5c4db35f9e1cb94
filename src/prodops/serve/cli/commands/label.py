"""`prodops label`: a PM says what sampled blocks of their own calendar were for, one key a block."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import Refusal, say_json, table

if TYPE_CHECKING:
    from prodops.ledger.record import PersonId
    from prodops.serve.labelling import Asked, Labelling

Key = Callable[[], str]
"""Gives the next key that was pressed; an empty text when there are no more."""

INDENT = " " * 10
CLEAR = "\x1b[2J\x1b[H"
END_OF_INPUT = ("", "\x03", "\x04", "\x1b")
"""Keys that stop for now besides `p`: nothing more to read, Ctrl-C, Ctrl-D, Escape."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("label", rich_help_panel=sections.FIND)(label)


def label(
    *,
    me: Annotated[str | None, typer.Option("--me", help="Your address: answer your blocks.")] = None,
    answer: Annotated[
        list[str] | None,
        typer.Option("--answer", help="Answer without a terminal: 3=C1 for the third block."),
    ] = None,
    draw: Annotated[bool, typer.Option("--draw", help="Draw a sample for all PMs, and stop.")] = False,
    close: Annotated[bool, typer.Option("--close", help="Take no more labels and tell the totals.")] = False,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=13, help="Draw from so many last weeks.")] = 4,
    each: Annotated[
        int, typer.Option("--each", min=1, max=200, help="Ask each PM about so many blocks.")
    ] = 20,
    seed: Annotated[str, typer.Option("--seed", help="What the draw follows from [default: random].")] = "",
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Say what sampled blocks of your calendar were for.

    About 20 of them, one key each, less than five minutes.
    """
    with _labelling(workspace) as labelling:
        if draw or (me is not None and not close and labelling.open() is None):
            _draw(labelling, seed, weeks, each)
        if close:
            labelling.close()
        elif me is not None and not draw:
            _ask(labelling, me, answer or [], as_json=as_json)
            return
        _say_standings(labelling, as_json=as_json)


@contextmanager
def _labelling(workspace: Path | None) -> Iterator[Labelling]:
    from prodops.actions.refusal import ActionRefusedError  # lazy: next to the store
    from prodops.serve.bootstrap import open_workspace  # lazy: the store
    from prodops.serve.labelling import Labelling  # lazy: the store

    settings, store = open_workspace(workspace)
    with store:
        try:
            yield Labelling(store, settings)
        except ActionRefusedError as refused:
            raise Refusal(str(refused), remedy="See how far the samples are: prodops label") from refused


def _draw(labelling: Labelling, seed: str, weeks: int, each: int) -> None:
    import secrets  # lazy: a seed is drawn by this command alone

    sample = labelling.draw(seed=seed or secrets.token_hex(4), weeks=weeks, each=each)
    typer.echo(
        f"Drew {sample.block_count:,} of {sample.frame_count:,} blocks, {sample.starts_on} to "
        f"{sample.ends_on} (seed {sample.seed}). Each PM answers with: prodops label --me ADDRESS",
        err=True,
    )


def _ask(labelling: Labelling, me: str, answers: Sequence[str], *, as_json: bool) -> None:
    person, blocks = labelling.asked(me)
    if not blocks:
        raise Refusal(
            f"No block of {me} is in the open sample.",
            remedy="Give the address that the calendar has: prodops label --me you@example.com",
        )
    if answers:
        labelling.answer(person, [_given(one, blocks) for one in answers])
        person, blocks = labelling.asked(me)
    elif not as_json:
        _ask_each(labelling, person, blocks, _keys())
        person, blocks = labelling.asked(me) if labelling.open() else (person, ())
    if as_json:
        say_json({"blocks": [{"number": n, **_public(one)} for n, one in enumerate(blocks, start=1)]})
        return
    left = sum(not one.answered for one in blocks)
    typer.echo(
        f"{left} blocks are left. Go on any time: prodops label --me {me}"
        if left
        else "All answered. Thank you."
    )
    typer.echo(
        "Nobody sees your answers: only totals of five PMs and more are told, once the sample is finished."
    )


def _public(one: Asked) -> dict[str, object]:
    return {"title": one.title, "starts_at": one.starts_at, "minutes": one.minutes, "answered": one.answered}


def _given(pair: str, blocks: Sequence[Asked]) -> tuple[str, str]:
    number, _, leaf = pair.partition("=")
    if not number.isdigit() or not 1 <= int(number) <= len(blocks):
        raise Refusal(
            f"{pair} names no block of yours.", remedy=f"Write NUMBER=LEAF, 1 to {len(blocks)}: 3=C1."
        )
    return blocks[int(number) - 1].block, leaf.upper()


def _ask_each(labelling: Labelling, person: PersonId, blocks: Sequence[Asked], key: Key) -> None:
    """Show block after block; answers are kept as they are given, while the next block is read already."""
    from concurrent.futures import Future, ThreadPoolExecutor  # lazy: for this conversation alone

    from prodops.pages.purposes import BACK, PAUSE, PURPOSES  # lazy: pages

    leaves = {one.key: one.code for one in PURPOSES}
    told = {one.block: "given before" if one.answered else "" for one in blocks}
    place = next((n for n, one in enumerate(blocks) if not one.answered), 0)
    kept: list[Future[None]] = []
    with ThreadPoolExecutor(max_workers=1) as writer:
        while place < len(blocks):
            _show(blocks[place], place, len(blocks), told[blocks[place].block])
            pressed = key().casefold()
            if pressed in END_OF_INPUT or pressed == PAUSE:
                break
            if pressed == BACK:
                place = max(0, place - 1)
            elif pressed in leaves:
                told[blocks[place].block] = leaves[pressed]
                kept.append(writer.submit(labelling.answer, person, [(blocks[place].block, leaves[pressed])]))
                place += 1
        for one in kept:
            one.result()


def _keys() -> Key:
    """Single keys of a terminal, else the first letter of each line that comes in."""
    if sys.stdin.isatty():
        return lambda: str(typer.getchar())
    lines = iter(sys.stdin)
    return lambda: next(lines, "").strip()[:1]


def _show(asked: Asked, place: int, whole: int, answer: str) -> None:
    from prodops.pages.purposes import BACK, PAUSE, PURPOSES, told  # lazy: pages
    from prodops.serve.shown.lines import harmless  # lazy: pages

    when = asked.starts_at.astimezone()
    who = f"{asked.people} invited" if asked.people > 1 else "nobody else in it"
    columns = min(100, shutil.get_terminal_size().columns)
    lines = [
        textwrap.fill(
            f"{one.key}  {one.code:<2} {told(one)}", columns, initial_indent="  ", subsequent_indent=INDENT
        )
        for one in PURPOSES
    ]
    before = f"   your answer: {answer}" if answer else ""
    typer.echo(
        (CLEAR if sys.stdout.isatty() else "")
        + f"{place + 1} of {whole}   {when:%A %d %B, %H:%M}, {asked.minutes} min, {who}{before}\n\n"
        + f"    {harmless(asked.title) or '(no title)'}\n\n"
        + "What was it for? The purpose counts, never the tool.\n"
        + "\n".join(lines)
        + f"\n  {BACK}  back   {PAUSE}  stop for now\n"
    )


def _say_standings(labelling: Labelling, *, as_json: bool) -> None:
    found = labelling.standings()
    if as_json:
        say_json(found)
        return
    if not found:
        typer.echo("No sample has been drawn. Draw one and answer: prodops label --me ADDRESS")
        return
    rows: list[tuple[object, ...]] = [
        (f"{one.starts_on} to {one.ends_on}", one.blocks, one.answered, one.people, one.people_answered,
         "finished: prodops audit" if one.finished else "open")
        for one in found
    ]  # fmt: skip
    columns = ("Blocks of", "Drawn", "Answered", "PMs asked", "PMs who answered", "")
    typer.echo(table(columns, rows, right=(1, 2, 3, 4)))
