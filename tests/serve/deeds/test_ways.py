"""The shortest way through a refusal: the command in its sentence becomes a form that is filled in."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import prodops.actions
from prodops.actions import units
from prodops.serve.deeds.ways import COMMAND, address_of, objection_of

NO_FINDING = (
    "No exit without a finding. Found on it: RIT01 (24 of 24 decide nothing). Shortest way: "
    "prodops exit-ritual roadmap-review --because RIT01"
)


def test_a_command_becomes_a_form_that_is_filled_in() -> None:
    found = objection_of(units()["exit_ritual"], NO_FINDING, {"ritual": "Roadmap review"})
    (way,) = found.ways
    assert "/act/exit-ritual?ritual=roadmap-review&because=RIT01" == way.href
    assert ("exit_ritual", {"ritual": "roadmap-review", "because": "RIT01"}) == (way.action, way.fields)
    assert "because" == found.field
    assert "No exit without a finding. Found on it: RIT01 (24 of 24 decide nothing)." == found.shown
    assert NO_FINDING == found.says


@pytest.mark.parametrize(
    ("name", "says", "field", "href"),
    [
        (
            "set_stance", "It ends too early. For half a year: --expires 2026-12-29", "expires_on",
            "/act/set-stance?ritual=x&expires_on=2026-12-29",
        ),
        (
            "record_decision", 'To do nothing is an option. Add it: --option "do nothing"', "options",
            "/act/record-decision?ritual=x&options=do+nothing",
        ),
        (
            "record_decision", "Decided. Anew: prodops decisions supersede 1 --chosen OPTION --why WORDS", "",
            "/act/supersede?which=1",
        ),
        ("exit_ritual", "No. Back: prodops stance x --undo", "", "/act/set-stance?ritual=x&undo=yes"),
        ("start_trial", "No reason: --because. What is found: prodops diagnose", "because", "/diagnosis"),
        ("start_campaign", "No. First: prodops stance campaign close", "", "/act/close-campaign"),
        ("name_owner", "Gone. See: prodops show operating-model", "", "/operating-model"),
        ("label_block", "No sample. Draw one: prodops label --draw", "", "/label"),
    ],
)  # fmt: skip
def test_every_kind_of_way_leads_somewhere(name: str, says: str, field: str, href: str) -> None:
    found = objection_of(units()[name], says, {"ritual": "x"})
    assert (field, [href]) == (found.field, [one.href for one in found.ways])
    assert "prodops" not in found.shown
    assert "--" not in found.shown


def test_a_word_that_stands_for_what_somebody_must_say_is_not_filled_in() -> None:
    found = objection_of(units()["record_decision"], "Let another check it: --reviewed-by NAME", {})
    assert ("evidence", ()) == (found.field, found.ways)


def test_every_command_that_an_action_names_leads_somewhere() -> None:
    astray = []
    for path in sorted(Path(prodops.actions.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            text = _text_of(node)
            for command in COMMAND.findall(text):
                found = objection_of(units()["exit_ritual"], f"No. Do: {command}", {})
                if not found.ways:
                    astray.append(f"{path.name}: {command}")
    assert astray == []


def _text_of(node: ast.AST) -> str:
    """A text as it reads with something in the place of what is worked out."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "x" for one in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_values_are_written_into_the_address_of_a_form() -> None:
    assert "/act/x?because=RIT01&because=RIT02&ritual=A+%26+B" == address_of(
        "x", {"because": ["RIT01", "RIT02"], "ritual": "A & B"}
    )
    assert "/act/x" == address_of("x", {})
