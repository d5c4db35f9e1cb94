"""The door of the site: under which names it answers, whom it believes, how long one stays in."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from prodops.serve.people.roles import PeopleError, Role, role_of

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
"""Names of this machine: one that a foreign page points at it is refused."""

SHARED_ISSUERS = frozenset({"common", "organizations", "consumers"})
"""Words in the address of an issuer that many organisations sign in at."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class DoorError(ValueError):
    """A setting of the door that cannot be read; the message says which and what it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An identity provider (OpenID Connect).

    Attributes:
        issuer: Its address (`PRODOPS_OIDC_ISSUER`): https, but on this machine.
        client: What it knows this site as (`PRODOPS_OIDC_CLIENT_ID`).
        secret: The client's secret (`PRODOPS_OIDC_CLIENT_SECRET`); empty for a public client.
        secret_file: A file that holds it instead (`PRODOPS_OIDC_CLIENT_SECRET_FILE`), read when it is needed.
        domains: Domains of addresses that are given an account when they first come
            (`PRODOPS_OIDC_DOMAINS`); empty: only accounts made before come in.
        vouched: Domains whose addresses are believed where the provider does not say whether it verified
            them, since it hands them out itself (`PRODOPS_OIDC_VOUCHED_DOMAINS`); empty: none is.
        role: The role of such accounts (`PRODOPS_OIDC_ROLE`).
        name: What the button is called by (`PRODOPS_OIDC_NAME`).
    """

    issuer: str
    client: str
    secret: str = field(default="", repr=False)
    secret_file: Path | None = None
    domains: frozenset[str] = frozenset()
    vouched: frozenset[str] = frozenset()
    role: Role = "viewer"
    name: str = "your organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """How people come in.

    Attributes:
        hosts: Host names under which the site answers besides this machine's own (`PRODOPS_HOSTS`).
        proxies: Networks of proxies whose word about the caller is believed (`PRODOPS_PROXIES`).
        idle: How long a session outlives the last visit (`PRODOPS_SESSION_IDLE_HOURS`).
        longest: How long a session lasts at most (`PRODOPS_SESSION_DAYS`).
        provider: The identity provider, if there is one.
        loopback: Whether the site listens to this machine alone; then no account is needed while there
            is none.
    """

    hosts: tuple[str, ...] = ()
    proxies: tuple[Network, ...] = ()
    idle: timedelta = timedelta(hours=12)
    longest: timedelta = timedelta(days=14)
    provider: Provider | None = None
    loopback: bool = True


def door_of(env: Mapping[str, str]) -> Door:
    """The door as the environment sets it.

    Args:
        env: The environment.

    Raises:
        DoorError: A setting cannot be read.
    """
    return Door(
        hosts=tuple(_words(env.get("PRODOPS_HOSTS", ""))),
        proxies=tuple(_network(one) for one in _words(env.get("PRODOPS_PROXIES", ""))),
        idle=timedelta(hours=_count(env, "PRODOPS_SESSION_IDLE_HOURS", 12)),
        longest=timedelta(days=_count(env, "PRODOPS_SESSION_DAYS", 14)),
        provider=_provider(env),
    )


def _provider(env: Mapping[str, str]) -> Provider | None:
    issuer = env.get("PRODOPS_OIDC_ISSUER", "")
    if not issuer:
        return None
    _check_issuer(issuer)
    client = env.get("PRODOPS_OIDC_CLIENT_ID", "")
    if not client:
        raise DoorError("PRODOPS_OIDC_CLIENT_ID is missing: what the provider knows this site as")
    try:
        role = role_of(env.get("PRODOPS_OIDC_ROLE") or "viewer")
    except PeopleError as error:
        raise DoorError(f"PRODOPS_OIDC_ROLE: {error.says} {error.remedy}") from error
    vouched = _domains(env, "PRODOPS_OIDC_VOUCHED_DOMAINS")
    if vouched and not SHARED_ISSUERS.isdisjoint(urlsplit(issuer).path.casefold().split("/")):
        raise DoorError(
            "PRODOPS_OIDC_VOUCHED_DOMAINS needs a provider of your organisation alone: at an issuer that "
            f"many organisations share anybody can claim any address: {issuer!r}"
        )
    return Provider(
        issuer=issuer,
        client=client,
        secret=env.get("PRODOPS_OIDC_CLIENT_SECRET", ""),
        secret_file=Path(file) if (file := env.get("PRODOPS_OIDC_CLIENT_SECRET_FILE")) else None,
        domains=_domains(env, "PRODOPS_OIDC_DOMAINS"),
        vouched=vouched,
        role=role,
        name=env.get("PRODOPS_OIDC_NAME") or "your organisation",
    )


def _domains(env: Mapping[str, str], name: str) -> frozenset[str]:
    return frozenset(one.casefold().lstrip("@") for one in _words(env.get(name, "")))


def _check_issuer(issuer: str) -> None:
    found = urlsplit(issuer)
    here = (found.hostname or "") in ("localhost", "127.0.0.1", "::1")
    if not found.hostname or found.query or found.fragment or found.scheme not in ("https", "http"):
        raise DoorError(f"PRODOPS_OIDC_ISSUER takes an address such as https://login.example.com: {issuer!r}")
    if found.scheme == "http" and not here:
        raise DoorError("PRODOPS_OIDC_ISSUER must be https, or everybody on the way could sign in as anybody")


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        raise DoorError(
            f"PRODOPS_PROXIES takes addresses such as 10.0.0.5 or 10.0.0.0/24: {text!r}"
        ) from error


def _count(env: Mapping[str, str], name: str, usual: int) -> int:
    text = env.get(name) or str(usual)
    if not text.isdecimal() or not 1 <= int(text) <= 366:
        raise DoorError(f"{name} takes a whole number from 1 to 366, not {text!r}")
    return int(text)


def _words(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]
