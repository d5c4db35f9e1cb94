"""Who may ask for what: the role that each address needs, said where the address is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import Request
from starlette.exceptions import HTTPException

from prodops.serve.people.roles import ADMITTED, AT_THE_MACHINE, Role, Visitor

if TYPE_CHECKING:
    from prodops.serve.settings import Settings

__all__ = ["ADMITTED", "AT_THE_MACHINE", "Needs", "Role", "Visitor", "actor", "visitor_of"]


@dataclass(frozen=True, slots=True)
class Needs:
    """A dependency of an address: lets in whoever has the role.

    Attributes:
        role: The least that is needed; None lets everybody in, also those who have not signed in.
        told: Whether reading it stands in the access log; what needs an owner or auditor always does, and
            so does everything that changes something.
    """

    role: Role | None
    told: bool = False

    def __call__(self, request: Request) -> Visitor | None:
        """Who asks.

        Raises:
            HTTPException: 401, nobody has signed in; 403, their role is another.
        """
        request.state.told = self.told or self.role in ("owner", "auditor")
        visitor: Visitor | None = getattr(request.state, "visitor", None)
        if self.role is None:
            return visitor
        if visitor is None:
            raise HTTPException(401)
        if visitor.role not in ADMITTED[self.role]:
            raise HTTPException(403)
        return visitor


def visitor_of(request: Request) -> Visitor:
    """Who asks, behind an address that needs a role.

    Raises:
        HTTPException: 401, nobody has signed in.
    """
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    if visitor is None:
        raise HTTPException(401)
    return visitor


def actor(request: Request, settings: Settings) -> str:
    """Who declares what this request declares: the pseudonym of an account, or the machine's own actor."""
    visitor = visitor_of(request)
    return settings.actor if visitor.by == "machine" else visitor.account
