"""What the environment says of the door is read whole, or refused with its name."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from prodops.serve.people.door import Door, DoorError, door_of

OIDC = {"PRODOPS_OIDC_ISSUER": "https://login.example.com", "PRODOPS_OIDC_CLIENT_ID": "prodops"}


def test_nothing_set_is_the_door_of_a_laptop() -> None:
    assert Door() == door_of({})
    assert Door().loopback


def test_hosts_proxies_and_times_are_read() -> None:
    door = door_of(
        {
            "PRODOPS_HOSTS": "pages.example.com, prodops.example.com",
            "PRODOPS_PROXIES": "10.0.0.5,fd00::/8",
            "PRODOPS_SESSION_IDLE_HOURS": "1",
            "PRODOPS_SESSION_DAYS": "2",
        }
    )
    assert ("pages.example.com", "prodops.example.com") == door.hosts
    assert (ip_network("10.0.0.5/32"), ip_network("fd00::/8")) == door.proxies
    assert (timedelta(hours=1), timedelta(days=2)) == (door.idle, door.longest)


def test_a_provider_is_read_and_its_secret_is_not_shown(tmp_path: Path) -> None:
    given = {**OIDC, "PRODOPS_OIDC_CLIENT_SECRET": "s3cret", "PRODOPS_OIDC_DOMAINS": "@Example.com",
             "PRODOPS_OIDC_ROLE": "contributor", "PRODOPS_OIDC_NAME": "Example",
             "PRODOPS_OIDC_CLIENT_SECRET_FILE": str(tmp_path / "secret")}  # fmt: skip
    provider = door_of(given).provider
    assert provider is not None
    assert ("s3cret", tmp_path / "secret") == (provider.secret, provider.secret_file)
    assert (frozenset({"example.com"}), "contributor", "Example") == (
        provider.domains, provider.role, provider.name,
    )  # fmt: skip
    assert "s3cret" not in repr(provider)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"PRODOPS_PROXIES": "nginx"}, "PRODOPS_PROXIES"),
        ({"PRODOPS_SESSION_DAYS": "0"}, "PRODOPS_SESSION_DAYS"),
        ({"PRODOPS_SESSION_IDLE_HOURS": "soon"}, "PRODOPS_SESSION_IDLE_HOURS"),
        ({**OIDC, "PRODOPS_OIDC_ISSUER": "http://login.example.com"}, "must be https"),
        ({**OIDC, "PRODOPS_OIDC_ISSUER": "login.example.com"}, "PRODOPS_OIDC_ISSUER"),
        ({**OIDC, "PRODOPS_OIDC_CLIENT_ID": ""}, "PRODOPS_OIDC_CLIENT_ID"),
        ({**OIDC, "PRODOPS_OIDC_ROLE": "emperor"}, "PRODOPS_OIDC_ROLE"),
        (
            {
                "PRODOPS_OIDC_ISSUER": "https://login.example.com/common/v2.0",
                "PRODOPS_OIDC_CLIENT_ID": "x",
                "PRODOPS_OIDC_VOUCHED_DOMAINS": "example.com",
            },
            "of your organisation alone",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_name(given: dict[str, str], says: str) -> None:
    with pytest.raises(DoorError, match=says):
        door_of(given)


def test_a_provider_on_this_machine_may_do_without_https() -> None:
    assert door_of({**OIDC, "PRODOPS_OIDC_ISSUER": "http://localhost:8080"}).provider is not None
