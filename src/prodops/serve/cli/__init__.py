"""The command line: one file a command, found by scanning; heavy libraries load inside commands only."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys

import typer

from prodops import __version__
from prodops.serve.cli import commands
from prodops.serve.cli.output import Refusal, say_refusal
from prodops.serve.cli.refusals import refusal_of
from prodops.serve.cli.sections import Sectioned

app = typer.Typer(
    name="prodops",
    cls=Sectioned,
    help="The operating system of a product-operations function: reads exported records, "
    "says where PM time goes, what binds, and what to do first.",
    rich_markup_mode=None,
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"prodops {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """Hold the options that come before a command."""


for _unit in pkgutil.iter_modules(commands.__path__):
    importlib.import_module(f"{commands.__name__}.{_unit.name}").register(app)


def main() -> None:
    """Run the command line; what the user can mend ends in one sentence and exit code 2, no traceback."""
    try:
        app()
    except Refusal as refusal:
        say_refusal(refusal)
        sys.exit(2)
    except BrokenPipeError:  # the reader of a pipe had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except Exception as error:
        known = refusal_of(error)
        if known is None:
            raise
        say_refusal(known)
        sys.exit(2)
