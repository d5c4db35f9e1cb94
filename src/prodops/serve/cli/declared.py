"""Declare from a command: what an action refuses becomes what is wrong and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from prodops.serve.cli.output import Refusal, say_json
from prodops.serve.shown.lines import harmless

if TYPE_CHECKING:
    from prodops.ledger.decisions import Decision
    from prodops.ledger.record import Declared
    from prodops.serve.declaring import Gate, Propose

HOW = "Answer by flags (prodops decide --help), in a file (prodops decide --template), or in a terminal."


def declared(workspace: Path | None, propose: Propose, gate: Gate, *, see: str) -> tuple[Declared, ...]:
    """What an action proposes, once it is declared.

    Args:
        workspace: Its folder; the environment's when None.
        propose: Says what to declare.
        gate: Says what speaks against it.
        see: What to look at where a refusal names nothing to do.

    Raises:
        Refusal: It cannot be declared.
    """
    from prodops.serve.declaring import declare  # lazy: the store

    with refused(see):
        return declare(workspace, propose, gate)


@contextmanager
def refused(see: str) -> Iterator[None]:
    """Turn what an action refuses into a refusal: its first sentence, and the rest as what to do.

    Args:
        see: What to look at where it names nothing to do.
    """
    from prodops.actions.refusal import ActionRefusedError  # lazy: next to the store

    try:
        yield
    except ActionRefusedError as error:
        says, stop, remedy = str(error).partition(". ")
        raise Refusal(says + stop.strip(), remedy=remedy or see) from error


def fields_of(path: Path | None) -> dict[str, object]:
    """The fields of a decision in a YAML file; none without a file.

    Raises:
        Refusal: The file cannot be read, or holds no decision.
    """
    from prodops.serve.decision_form import read_form  # lazy: it reads YAML
    from prodops.text.decoding import decode  # lazy: next to it

    if path is None:
        return {}
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror}.", remedy=HOW) from error
    with refused(HOW):
        return read_form(decode(content).text)


def say_decisions(records: tuple[Declared, ...], workspace: Path | None, *, as_json: bool) -> None:
    """Tell which decisions were recorded, under the numbers by which a reader knows them."""
    from prodops.actions.deciding import name_of  # lazy: measures
    from prodops.ledger.decisions import Decision  # lazy: next to the store
    from prodops.serve.bootstrap import open_workspace  # lazy: the store
    from prodops.serve.told import shown_ledger  # lazy: the same

    if as_json:
        say_json({"declared": records})
        return
    settings, store = open_workspace(workspace)
    with store:
        ledger = shown_ledger(store, today=settings.today)
        for one in records:
            if isinstance(one, Decision):
                typer.echo("\n".join(_told(one, name_of(ledger, one.id))))


def _told(one: Decision, name: str) -> list[str]:
    number = ""
    if one.predicted_low_number is not None:
        number = f"{one.predicts}: {one.predicted_low_number:g} to {one.predicted_high_number:g}"
    elif one.probability is not None:
        number = f"{one.predicts}: {one.probability:.0%}"
    undo = f"prodops decisions supersede {name} --undo" if one.supersedes else f"prodops decide --undo {name}"
    lines = [
        f"Recorded as decision {name}: {one.question}",
        f"  {one.chosen}, chosen from {len(one.options)} options",
        f"  predicted {number}, checked on {one.resolves_on}" if number else "",
        f"  looked at again on {one.review_on}; days for a calendar: prodops decisions due --ics FILE",
        f"  Undo: {undo}. See: prodops decisions show {name}",
    ]
    return [harmless(line) for line in lines if line]
