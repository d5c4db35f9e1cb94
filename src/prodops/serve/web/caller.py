"""Who really calls: what a proxy says about the caller is believed where the proxy is one of ours."""

from __future__ import annotations

import ipaddress
from collections.abc import MutableMapping, Sequence
from typing import Any

from starlette.datastructures import Headers

from prodops.serve.people.door import Network

Scope = MutableMapping[str, Any]

FORWARDED = ("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded", "x-real-ip", "via")
"""Headers by which a proxy is known."""


def believe(scope: Scope, proxies: Sequence[Network]) -> None:
    """Put the true caller and the true scheme into a request that came by one of our proxies.

    Only the nearest address that is no proxy of ours is taken: what stands before it, its sender wrote.

    Args:
        scope: The request, as ASGI has it.
        proxies: The networks of our proxies.
    """
    client = scope.get("client")
    if not client or not _within(client[0], proxies):
        return
    headers = Headers(scope=scope)
    hops = [one.strip() for value in headers.getlist("x-forwarded-for") for one in value.split(",")]
    for hop in reversed(hops):
        if not _is_address(hop):
            break
        scope["client"] = (hop, 0)
        if not _within(hop, proxies):
            break
    scheme = headers.get("x-forwarded-proto", "").rpartition(",")[2].strip().lower()
    if scheme in ("http", "https"):
        scope["scheme"] = scheme


def came_by_proxy(scope: Scope) -> bool:
    """Whether a proxy passed this on."""
    headers = Headers(scope=scope)
    return any(name in headers for name in FORWARDED)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _within(text: str, networks: Sequence[Network]) -> bool:
    return _is_address(text) and any(ipaddress.ip_address(text) in network for network in networks)
