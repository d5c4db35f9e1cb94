"""What an account may do, and what a person or program that comes in is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["viewer", "contributor", "owner", "auditor"]
"""What somebody may do: read; declare and load as well; everything; read all and the logs, change nothing."""

ROLES: tuple[Role, ...] = get_args(Role)

ADMITTED: dict[Role, frozenset[Role]] = {
    "viewer": frozenset({"viewer", "contributor", "owner", "auditor"}),
    "contributor": frozenset({"contributor", "owner"}),
    "auditor": frozenset({"auditor", "owner"}),
    "owner": frozenset({"owner"}),
}
"""Who is let in where a role is asked for."""


READS_WORDS: Role = "contributor"
"""Who reads what somebody wrote in words: messages, items of minutes, what agents wrote. Who works with the
records needs them to judge a number; who reads pages, or audits who did what, has the file and the place and
every other field. The search, which has one index for all, holds none of these words for anybody."""


class PeopleError(Exception):
    """Something about accounts that the user can mend: what is wrong, and what to do."""

    def __init__(self, says: str, *, remedy: str) -> None:
        """Keep the two sentences apart."""
        super().__init__(says)
        self.says = says
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks.

    Attributes:
        account: The account's id, which is the pseudonym of its e-mail address; "local" for whoever sits at
            a machine that serves itself alone.
        name: As shown to other people.
        role: What they may do.
        by: How they came in: this machine, a browser that signed in, or a program's token.
        email: The account's address; empty at the machine.
    """

    account: str
    name: str
    role: Role
    by: Literal["machine", "browser", "token"]
    email: str = ""


AT_THE_MACHINE = Visitor("local", "local", "owner", "machine")
"""Whoever sits at a machine that serves itself alone: no account is needed, and everything is theirs."""


def role_of(text: str) -> Role:
    """The role of a word.

    Raises:
        PeopleError: There is no such role.
    """
    for role in ROLES:
        if text == role:
            return role
    raise PeopleError(f"There is no role {text[:40]!r}.", remedy=f"Choose one of: {', '.join(ROLES)}.")


def within(granted: Role, held: Role) -> bool:
    """Whether a role gives nothing that another role does not give as well.

    Args:
        granted: The role that is to be given, to a token say.
        held: The role of whoever gives it.
    """
    return held in ADMITTED[granted]


def lesser(one: Role, other: Role) -> Role:
    """What two roles both allow: a token made before its account was given less never does more."""
    if within(one, other):
        return one
    return other if within(other, one) else "viewer"
