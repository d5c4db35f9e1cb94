"""The API keeps to its own description: requests made up within and beyond what it allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig

from prodops.actions import units
from prodops.serve.deeds.openapi import document
from serve.deeds_bench import organisation
from serve.served import Site, serving

CONFIG = SchemathesisConfig.from_path(Path(__file__).with_name("schemathesis.toml"))
EXAMPLES = 1
"""Requests to an address here; `st run` with the same file beside this one asks as many as one likes."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(organisation(tmp_path_factory.mktemp("api") / ".prodops")) as running:
        yield running


DESCRIBED = schemathesis.openapi.from_dict(document(), config=CONFIG)


@DESCRIBED.parametrize()
@settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_it_answers_as_it_says(case: Any, site: Site) -> None:
    case.call_and_validate(base_url=site.address)


def test_every_action_is_described_with_an_example_of_what_it_takes() -> None:
    paths = document()["paths"]
    for name, unit in units().items():
        sent = paths[f"/api/v1/actions/{name}"]["post"]["requestBody"]["content"]["application/json"]
        assert set(sent["schema"]["required"]) <= set(sent["example"])
        assert set(sent["example"]) <= set(sent["schema"]["properties"])
        assert (f"/api/v1/actions/{name}/undo" in paths) != bool(unit.DEED.final)


def test_every_address_has_an_example_and_a_name_of_its_own() -> None:
    operations = [one for methods in document()["paths"].values() for one in methods.values()]
    names = [one["operationId"] for one in operations]
    assert len(set(names)) == len(names)
    for one in operations:
        good = [answer for status, answer in one["responses"].items() if re.match("2", status)]
        assert all("example" in answer["content"]["application/json"] for answer in good)
        assert all("example" in given for given in one["parameters"] if given.get("required"))
