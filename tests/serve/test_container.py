"""The container files say what is so: where no container can be built here, what they name is still there."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from prodops.serve.cli import app
from prodops.serve.cli.commands import serve
from prodops.serve.keeping.days import Retention
from prodops.serve.web.routes import health

ROOT = Path(__file__).resolve().parents[2]
LINES = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SOURCES = ROOT / "src" / "prodops" / "serve"


def words(instruction: str) -> list[str]:
    return [line.removeprefix(instruction).strip() for line in LINES if line.startswith(f"{instruction} ")]


def known_settings() -> set[str]:
    """Every name of a setting that the program reads."""
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    kept = [one.name.removesuffix("_days").upper() for one in dataclasses.fields(Retention)]
    return {*re.findall(r'"(PRODOPS_[A-Z_]+[A-Z])"', text), *(f"PRODOPS_KEEP_{name}_DAYS" for name in kept)}


def test_images_are_pinned_by_their_version_and_named_without_a_registry() -> None:
    images = [one.split()[0] for one in words("FROM")] + [SERVICES["database"]["image"]]
    assert all(re.fullmatch(r"[a-z]+:\d+(\.\d+)?(-slim)?", image) for image in images), images


def test_what_is_copied_is_there_and_not_kept_out() -> None:
    copied = [one for line in words("COPY") if not line.startswith("--from") for one in line.split()[:-1]]
    assert all((ROOT / one).exists() for one in copied), copied
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = {line[1:] for line in ignored if line.startswith("!")}
    assert set(copied) == let_in, "and nothing else of the folder reaches the builder"


def test_it_runs_as_nobody_special_with_a_root_that_is_read_only() -> None:
    assert ["10001:10001"] == words("USER")
    for name, service in SERVICES.items():
        assert service["user"] not in ("", "root", "0", "0:0"), name
        assert (True, ["ALL"]) == (service["read_only"], service["cap_drop"]), name
        assert ["no-new-privileges:true"] == service["security_opt"], name
    assert "10001:10001" == SERVICES["app"]["user"]


def test_it_starts_a_command_that_there_is_with_options_that_it_has() -> None:
    [entry], [command] = words("ENTRYPOINT"), words("CMD")
    name, *told = json.loads(command)
    options = {one for param in get_command(app).commands[name].params for one in param.opts}  # type: ignore[attr-defined]  # the root is a group
    assert (["prodops"], "serve") == (json.loads(entry), name)
    assert {word for word in told if word.startswith("-")} <= options
    assert "prodops.serve.cli:main" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_its_port_is_that_of_the_command_and_its_health_an_address_that_there_is() -> None:
    [port] = words("EXPOSE")
    default = (serve.serve.__kwdefaults__ or {})["port"]
    assert (str(default), f"127.0.0.1:{port}:{port}") == (port, SERVICES["app"]["ports"][0])
    [checked] = words("HEALTHCHECK")
    assert f"http://127.0.0.1:{port}/health" in checked
    assert '"/health"' in Path(health.__file__).read_text(encoding="utf-8")
    compile(json.loads(checked[checked.index("CMD ") + 4 :])[2], "healthcheck", "exec")


def test_secrets_come_from_files_and_settings_are_known() -> None:
    told = {*SERVICES["app"]["environment"], *re.findall(r"(PRODOPS_\w+)=", " ".join(words("ENV")))}
    assert told <= known_settings(), told - known_settings()
    secrets = {name for service in SERVICES.values() for name in service["secrets"]}
    assert secrets == set(COMPOSE["secrets"])
    assert all("file" in secret for secret in COMPOSE["secrets"].values())
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    values = re.findall(r"(?i)(?:password|url): ?(\S+)", text.replace("_FILE", ""))
    assert all(one.startswith("/run/secrets/") for one in values), "no value of a secret stands in it"


def test_what_is_written_lies_in_volumes() -> None:
    named = {one.partition(":")[0] for service in SERVICES.values() for one in service["volumes"]}
    assert set(COMPOSE["volumes"]) == {one for one in named if not one.startswith(".")}
    [volume] = words("VOLUME")
    assert f"workspace:{volume}" in SERVICES["app"]["volumes"]
    assert f"PRODOPS_WORKSPACE={volume}" in " ".join(words("ENV"))


@pytest.mark.parametrize("document", ["docs/running.md", "compose.yaml", "Containerfile"])
def test_documents_name_commands_and_settings_that_there_are(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]  # the root is a group
    spans = " ".join([*re.findall(r"`([^`\n]+)`", text), *re.findall(r"^\$ (.*)$", text, re.MULTILINE)])
    named = set(re.findall(r"\bprodops ([a-z][a-z-]+)", spans)) - {"prodops"}
    assert named <= commands, named - commands
    settings = set(re.findall(r"PRODOPS_[A-Z_]+[A-Z]", text))
    assert settings <= known_settings(), settings - known_settings()
