"""`prodops account` and `prodops token`: who may come in to the pages, and programs of theirs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import Refusal, say_json, table

if TYPE_CHECKING:
    from prodops.serve.people.accounts import Account
    from prodops.serve.people.people import People
    from prodops.serve.people.sessions import Grant

Who = Annotated[str, typer.Argument(help="The account's address.")]
Given = Annotated[
    bool,
    typer.Option("--password-stdin", help="Read the password from the first line of the standard input."),
]
Drawn = Annotated[bool, typer.Option("--draw", help="Let a password be drawn, and print it once.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    account = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    account.command("add")(add)
    account.command("list")(list_)
    account.command("role")(role)
    account.command("disable")(disable)
    account.command("enable")(enable)
    account.command("password")(password)
    account.command("sign-out")(sign_out)
    app.add_typer(
        account, name="account", rich_help_panel=sections.SHARE, help="Say who may come in to the pages."
    )
    token = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    token.command("create")(create)
    token.command("list")(tokens)
    token.command("revoke")(revoke)
    app.add_typer(
        token, name="token", rich_help_panel=sections.SHARE, help="Let programs come in to the pages."
    )


def add(
    email: Annotated[str, typer.Argument(help="The work address, as calendars have it.")],
    *,
    role: Annotated[str, typer.Option("--role", help="viewer, contributor, auditor or owner.")] = "viewer",
    name: Annotated[str, typer.Option("--name", help="As other people read it.")] = "",
    stdin: Given = False,
    draw: Drawn = False,
    no_password: Annotated[
        bool, typer.Option("--no-password", help="They come by the identity provider alone.")
    ] = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Let somebody in: the first account is an owner."""
    from prodops.serve.people.accounts import folded  # lazy: next to the store

    with _people(workspace) as people:
        folded(email)  # before anybody types a password for it
        given = None if no_password else _password(stdin=stdin, draw=draw)
        made = people.accounts.add(email, name=name, role=role, password=given)
        _say(made, as_json=as_json, drawn=given if draw else None)


def list_(*, workspace: Workspace = None, as_json: AsJson = False) -> None:
    """List the accounts."""
    with _people(workspace) as people:
        found = people.accounts.all()
    if as_json:
        say_json({"accounts": [asdict(one) for one in found]})
    elif not found:
        typer.echo("No account yet: this machine needs none as long as it serves itself alone.")
    else:
        rows: list[tuple[object, ...]] = [
            (one.email, one.name, one.role, _by(one), "disabled" if one.disabled_at else "") for one in found
        ]
        typer.echo(table(("address", "name", "role", "comes by", ""), rows))


def role(
    email: Who,
    role: Annotated[str, typer.Argument(help="viewer, contributor, auditor or owner.")],
    *,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Give an account another role."""
    with _people(workspace) as people:
        _say(people.accounts.set_role(email, role), as_json=as_json)


def disable(email: Who, *, workspace: Workspace = None, as_json: AsJson = False) -> None:
    """Let somebody in no longer.

    Their sessions end and their tokens stop.
    """
    with _people(workspace) as people:
        _say(people.accounts.disable(email), as_json=as_json)


def enable(email: Who, *, workspace: Workspace = None, as_json: AsJson = False) -> None:
    """Let somebody in again."""
    with _people(workspace) as people:
        _say(people.accounts.enable(email), as_json=as_json)


def password(
    email: Who,
    *,
    stdin: Given = False,
    draw: Drawn = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Set an account's password.

    Whoever is signed in by it must sign in again.
    """
    with _people(workspace) as people:
        people.accounts.of(email)
        given = _password(stdin=stdin, draw=draw)
        _say(people.accounts.set_password(email, given), as_json=as_json, drawn=given if draw else None)


def sign_out(email: Who, *, workspace: Workspace = None, as_json: AsJson = False) -> None:
    """Sign somebody out everywhere."""
    with _people(workspace) as people:
        account = people.accounts.of(email)
        ended = people.sessions.end_all(account.account)
    if as_json:
        say_json({"account": account.email, "ended": ended})
    else:
        typer.echo(f"{account.email}: {ended} session{'' if ended == 1 else 's'} ended.")


def create(
    email: Who,
    *,
    label: Annotated[str, typer.Option("--label", help="What it is for: 'nightly export'.")],
    role: Annotated[str, typer.Option("--role", help="What it may do: no more than the account.")] = "viewer",
    days: Annotated[int, typer.Option("--days", help="For how many days it is good, 366 at most.")] = 90,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Make a token, and print it this once."""
    with _people(workspace) as people:
        account = people.accounts.of(email)
        made, secret = people.tokens.create(account.account, account.role, label=label, role=role, days=days)
    if as_json:
        say_json({"token": secret} | asdict(made))
    else:
        typer.echo(f"{secret}\nIt is shown this once. It ends on {made.expires_at:%Y-%m-%d}; "
                   f"end it before: prodops token revoke {made.key}")  # fmt: skip


def tokens(*, workspace: Workspace = None, as_json: AsJson = False) -> None:
    """List the tokens that are good, without their secrets."""
    with _people(workspace) as people:
        found, accounts = people.tokens.open_of(None), people.accounts.all()
    names = {one.account: one.email for one in accounts}
    if as_json:
        say_json({"tokens": [asdict(one) | {"email": names[one.account]} for one in found]})
    elif not found:
        typer.echo("No token is good.")
    else:
        typer.echo(
            table(
                ("name", "account", "for", "may do", "last used", "ends"), [_row(one, names) for one in found]
            )
        )


def revoke(
    key: Annotated[str, typer.Argument(help="The token's name, as `prodops token list` has it.")],
    *,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """End a token."""
    with _people(workspace) as people:
        people.tokens.revoke(None, key)
    if as_json:
        say_json({"revoked": key})
    else:
        typer.echo(f"{key} lets nothing in any more.")


@contextmanager
def _people(workspace: Path | None) -> Iterator[People]:
    """The people of a workspace; what they refuse is told with what to do."""
    from prodops.ledger.state import open_state  # lazy: the store
    from prodops.serve.people.people import people_of  # lazy: the store
    from prodops.serve.people.roles import PeopleError  # lazy: next to the store
    from prodops.serve.settings import read_settings  # lazy: next to the store

    settings = read_settings(workspace)
    if settings.database_url is None:
        settings.workspace.mkdir(parents=True, exist_ok=True)
    state = open_state(settings.workspace, settings.database_url)
    try:
        yield people_of(state, settings.door)
    except PeopleError as error:
        raise Refusal(error.says, remedy=error.remedy) from error
    finally:
        state.close()


def _password(*, stdin: bool, draw: bool) -> str:
    """A password that was drawn, piped in or typed twice."""
    from prodops.serve.people.passwords import drawn  # lazy: next to the store

    if draw:
        return drawn()
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Refusal(
            "There is no terminal to type a password at.",
            remedy="Say --draw to have one drawn, --password-stdin to pipe one in, or --no-password.",
        )
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def _say(account: Account, *, as_json: bool, drawn: str | None = None) -> None:
    if as_json:
        say_json(asdict(account) | ({"password": drawn} if drawn else {}))
        return
    state = ", disabled" if account.disabled_at else ""
    typer.echo(f"{account.email}: {account.role}{state}, comes by {_by(account)}.")
    if drawn:
        typer.echo(f"Password, shown this once: {drawn}")


def _by(account: Account) -> str:
    ways = ["password"] * account.with_password + ["identity provider"] * account.with_provider
    return " and ".join(ways) or "the identity provider, not seen yet"


def _row(one: Grant, names: dict[str, str]) -> tuple[object, ...]:
    seen = f"{one.seen_at:%Y-%m-%d}" if one.seen_at else "never"
    return one.key, names[one.account], one.label, one.role, seen, f"{one.expires_at:%Y-%m-%d}"
