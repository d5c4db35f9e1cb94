"""Who may ask for what: the role that each address needs, said where the address is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fastapi import Request
from starlette.exceptions import HTTPException

Role = Literal["viewer", "contributor", "owner", "auditor"]
"""What somebody may do: read; declare and load as well; everything; read all and the logs, change nothing."""

ADMITTED: dict[Role, frozenset[Role]] = {
    "viewer": frozenset({"viewer", "contributor", "owner", "auditor"}),
    "contributor": frozenset({"contributor", "owner"}),
    "auditor": frozenset({"auditor", "owner"}),
    "owner": frozenset({"owner"}),
}
"""Who is let in where a role is asked for."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks.

    Attributes:
        account: The account's id; "local" for whoever sits at a machine that serves itself alone.
        name: As shown to other people.
        role: What they may do.
        by: How they came in: this machine, a browser that signed in, or a program's token.
    """

    account: str
    name: str
    role: Role
    by: Literal["machine", "browser", "token"]


AT_THE_MACHINE = Visitor("local", "local", "owner", "machine")
"""Whoever sits at a machine that serves itself alone: no account is needed, and everything is theirs."""


@dataclass(frozen=True, slots=True)
class Needs:
    """A dependency of an address: lets in whoever has the role.

    Attributes:
        role: The least that is needed; None lets everybody in, also those who have not signed in.
    """

    role: Role | None

    def __call__(self, request: Request) -> Visitor | None:
        """Who asks.

        Raises:
            HTTPException: 401, nobody has signed in; 403, their role is another.
        """
        visitor: Visitor | None = getattr(request.state, "visitor", None)
        if self.role is None:
            return visitor
        if visitor is None:
            raise HTTPException(401)
        if visitor.role not in ADMITTED[self.role]:
            raise HTTPException(403)
        return visitor
