"""The command line: commands are found by scanning and loaded when asked for, heavy libraries inside them."""

from __future__ import annotations

import os
import sys

import typer

from prodops import __version__
from prodops.serve.cli.listed import Sectioned
from prodops.serve.cli.output import Refusal, say_refusal
from prodops.serve.cli.refusals import refusal_of

app = typer.Typer(
    name="prodops",
    cls=Sectioned,
    help="The operating system of a product-operations function: reads exported records, "
    "says where PM time goes, what binds, and what to do first.",
    rich_markup_mode=None,
    no_args_is_help=True,
    add_completion=True,
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
