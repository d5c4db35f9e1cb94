"""Traces: which agent ran, which model answered, which tool was called, and what failed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from connectors.given import (
    MINE,
    case,
    cases,
    codes,
    counts,
    damaged,
    read_well,
    records,
    survives_everything,
    text_file,
)
from prodops.connectors.otlp.parse import parse, recognises
from prodops.ledger.governance import AgentRun
from prodops.ledger.reading import SourceFile

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "ai-governance" / "otel-genai-spans"
TRACE = "5b8efff798038103d269b633813fc60c"


def test_an_agent_a_model_and_a_tool_are_told_apart() -> None:
    entries = read_well(parse, case("otlp", "traces.json"))
    agent, model, tool = records(entries, AgentRun)
    assert [run.kind for run in (agent, model, tool)] == ["agent", "model", "tool"]
    assert (agent.name, agent.agent_version, agent.conversation) == ("feedback-summariser", "3", "c-17")
    assert (agent.input_tokens, agent.output_tokens, agent.failed) == (1200, 300, False)
    assert (model.name, model.model, model.provider) == ("model-a-2030", "model-a-2030", "example")
    assert (model.parent, model.input_tokens, model.output_tokens) == (agent.span, 600, None)
    assert (tool.name, tool.failed, tool.error) == ("search_tickets", True, "timeout")
    assert agent.ended_at is not None
    assert agent.ended_at - agent.started_at == timedelta(seconds=42.5)
    assert agent.started_at == datetime.fromtimestamp(1_900_000_000, UTC)


def test_ids_in_base64_are_the_same_ids() -> None:
    tool = records(read_well(parse, case("otlp", "traces.json")), AgentRun)[2]
    assert (tool.trace, tool.span) == (TRACE, "eee19b7ec3c1b175")


def test_other_spans_are_not_used_and_bad_ones_are_told() -> None:
    entries = read_well(parse, case("otlp", "traces.json"))
    assert codes(entries) == ["duplicate_id", "bad_id", "bad_date"]
    assert counts(entries) == (3, 1, 3)


def test_spans_that_a_library_printed_are_read_too() -> None:
    model, tool = records(read_well(parse, case("otlp", "printed.jsonl")), AgentRun)
    assert (model.trace, model.kind, model.failed, model.input_tokens) == (TRACE, "model", True, 12)
    assert (tool.kind, tool.name, tool.trace, tool.failed) == ("tool", "search", TRACE, False)
    assert (tool.span, tool.parent) == ("eee19b7ec3c1b175", "eee19b7ec3c1b174")


@pytest.mark.parametrize(
    ("attributes", "kind"),
    [
        ({"gen_ai.tool.name": "search"}, "tool"),
        ({"gen_ai.request.model": "m"}, "model"),
        ({"gen_ai.agent.id": "a-1"}, "agent"),
        ({"gen_ai.operation.name": "dance", "gen_ai.agent.name": "a"}, "agent"),
    ],
)
def test_a_span_without_a_known_operation_is_told_by_what_it_names(
    attributes: dict[str, Any], kind: str
) -> None:
    span = {"traceId": TRACE, "spanId": "eee19b7ec3c1b174", "startTimeUnixNano": "1900000000000000000"}
    (run,) = records(
        read_well(parse, text_file(json.dumps({"spans": [{**span, "attributes": attributes}]}))), AgentRun
    )
    assert run.kind == kind


def test_a_damaged_line_costs_that_line() -> None:
    first, second = case("otlp", "printed.jsonl").content.splitlines()
    entries = read_well(parse, SourceFile(name="cut.jsonl", content=first + b"\n" + second[:200]))
    assert [run.kind for run in records(entries, AgentRun)] == ["model"]
    assert codes(entries) == ["bad_json"]


def test_other_json_is_not_taken() -> None:
    assert recognises(text_file('{"spans": [{"text": "x"}]}')) < MINE
    assert codes(read_well(parse, text_file('{"spans": [{"text": "x"}]}'))) == ["wrong_type"]


def test_it_survives_everything() -> None:
    survives_everything(parse, recognises)


@settings(max_examples=60, deadline=None)
@given(file=damaged(cases("otlp")))
def test_damage_becomes_problems(file: SourceFile) -> None:
    assert 0.0 <= recognises(file) <= 1.0
    read_well(parse, file)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside the project")
def test_it_reads_the_traces_of_five_real_frameworks() -> None:
    for path in sorted(SHARED.glob("*.json")):
        file = SourceFile(name=path.name, content=path.read_bytes())
        assert recognises(file) > MINE
        entries = read_well(parse, file)
        runs = records(entries, AgentRun)
        assert not codes(entries)
        assert {"model", "tool"} <= {run.kind for run in runs}
        assert sum(run.input_tokens or 0 for run in runs if run.kind == "model") > 100
