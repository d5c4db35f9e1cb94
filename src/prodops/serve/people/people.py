"""Everything about people of one workspace, wired once for the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodops.serve.people.access_log import AccessLog
from prodops.serve.people.accounts import Accounts, Clock, clock
from prodops.serve.people.oidc import SignInByProvider
from prodops.serve.people.secret import site_key
from prodops.serve.people.sessions import Sessions, Tokens
from prodops.serve.people.throttle import Throttle

if TYPE_CHECKING:
    from prodops.ledger.state import State
    from prodops.serve.people.door import Door


@dataclass(frozen=True, slots=True)
class People:
    """Who may come in to a workspace, who is in, and what they did.

    Attributes:
        door: How people come in.
        accounts: Who may.
        sessions: The browsers that are signed in.
        tokens: The tokens of programs.
        throttle: What slows failed sign-ins down.
        log: The access log.
        key: The workspace's own key, which signs what browsers keep for us.
        provider: The identity provider, if there is one.
    """

    door: Door
    accounts: Accounts
    sessions: Sessions
    tokens: Tokens
    throttle: Throttle
    log: AccessLog
    key: bytes
    provider: SignInByProvider | None


def people_of(state: State, door: Door, *, clock: Clock = clock) -> People:
    """The people of a workspace.

    Args:
        state: Its state database.
        door: How people come in.
        clock: Says what time it is.
    """
    key = site_key(state)
    return People(
        door=door,
        accounts=Accounts(state, clock=clock),
        sessions=Sessions(state, idle=door.idle, longest=door.longest, clock=clock),
        tokens=Tokens(state, clock=clock),
        throttle=Throttle(state, key, clock=clock),
        log=AccessLog(state, clock=clock),
        key=key,
        provider=None if door.provider is None else SignInByProvider(door.provider, clock=clock),
    )
