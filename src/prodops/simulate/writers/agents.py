"""Reviews of what agents wrote, as a table, and traces of the last weeks: ai/reviews.csv and .jsonl."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from prodops.simulate.agents import Output, outputs_of
from prodops.simulate.dice import Dice, digest
from prodops.simulate.period import iso

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prodops.simulate.folder import Folder
    from prodops.simulate.world import World

HEADER = (
    *("output", "run", "agent", "model", "written at", "reviewed at", "reviewer", "verdict", "defects"),
    *("rework minutes", "comment", "text"),
)
KEPT_WEEKS = 4
"""How far back the telemetry goes: traces are thrown away after that."""

VERSION = "3"
PROVIDER = "example"
LOOP = 7
"""Calls of one tool in a run that has lost its way."""

NANO = 1_000_000_000
Json = dict[str, object]


def write(world: World, folder: Folder) -> None:
    """Write the reviews of the whole period, and the traces that were still kept on the day of the export."""
    until = world.period.exported_at
    outputs = [output for output in outputs_of(world) if output.written <= until]
    folder.write("ai/reviews.csv", _reviews(world, outputs))
    since = world.period.utc(world.period.monday(max(0, world.period.weeks - KEPT_WEEKS)), 0)
    folder.write("ai/traces.jsonl", _traces(world, [output for output in outputs if output.written >= since]))


def _trace(output: Output) -> str:
    """The id of a run."""
    return digest("trace", output.number, output.written, length=32)


def _reviews(world: World, outputs: list[Output]) -> str:
    """A row for each output; one nobody looked at, or whose review nobody wrote down, has no verdict."""
    texts, until = world.texts.ventures.agents, world.period.exported_at
    dice = Dice(world.seed, "reviews")
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(HEADER)
    for output in outputs:
        known = output.logged and 0 <= output.reviewed <= until
        comment = dice.pick(texts.defects) if output.defects else ""
        area = world.roster.teams[output.team].name
        table.writerow(
            (
                f"O-{output.number + 1:06d}",
                _trace(output),
                texts.agents[output.agent],
                output.model,
                iso(output.written),
                iso(output.reviewed) if known else "",
                world.roster.people[output.reviewer].email if known else "",
                texts.verdicts[output.verdict] if known else "",
                str(output.defects) if known else "",
                str(round(output.rework)) if known else "",
                comment if known else "",
                texts.outputs[output.agent].format(area=area),
            )
        )
    return out.getvalue()


def _traces(world: World, outputs: list[Output]) -> Iterator[str]:
    """The runs as a collector writes them to a file: one request a line, one run in each."""
    dice = Dice(world.seed, "spans")
    resource: Json = {"attributes": _attributes({"service.name": "assistants"})}
    for output in outputs:
        spans = list(_spans(world, output, dice))
        request = {
            "resourceSpans": [
                {"resource": resource, "scopeSpans": [{"scope": {"name": "assistants"}, "spans": spans}]}
            ]
        }
        yield json.dumps(request, ensure_ascii=False, separators=(",", ":")) + "\n"


def _spans(world: World, output: Output, dice: Dice) -> Iterator[Json]:
    """One run: the agent, the model it asks, and the tools it calls."""
    texts = world.texts.ventures.agents
    trace, agent = _trace(output), texts.agents[output.agent]
    calls = LOOP if output.loops else dice.whole(0, 2)
    tool = dice.pick(texts.tool_names)
    asked = [dice.whole(300, 4_000) for _ in range(calls + 1)]
    answered = [dice.whole(40, 600) for _ in range(calls + 1)]
    second = output.written * 60 - 8 * (calls + 1)
    about: Json = {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": agent,
        "gen_ai.agent.version": VERSION,
        "gen_ai.conversation.id": f"c-{output.number + 1}",
        "gen_ai.usage.input_tokens": sum(asked),
        "gen_ai.usage.output_tokens": sum(answered),
    }
    root = _span(trace, 0, f"invoke_agent {agent}", about, second=second, seconds=8 * (calls + 1))
    if output.fails:
        root |= {"status": {"code": 2}}
    yield root
    for step in range(calls + 1):
        model: Json = {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": PROVIDER,
            "gen_ai.request.model": output.model,
            "gen_ai.usage.input_tokens": asked[step],
            "gen_ai.usage.output_tokens": answered[step],
        }
        above = str(root["spanId"])
        yield _span(
            trace,
            2 * step + 1,
            f"chat {output.model}",
            model,
            second=second + 8 * step,
            seconds=5,
            parent=above,
        )
        if step < calls:
            called: Json = {"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": tool}
            failed = output.fails and step == calls - 1
            if failed:
                called["error.type"] = "timeout"
            span = _span(
                trace,
                2 * step + 2,
                f"execute_tool {tool}",
                called,
                second=second + 8 * step + 5,
                seconds=2,
                parent=above,
            )
            yield {**span, "status": {"code": 2}} if failed else span


def _span(
    trace: str, number: int, name: str, about: Json, *, second: int, seconds: int, parent: str = ""
) -> Json:
    """One span, in OTLP's own JSON: ids in hexadecimal, moments in nanoseconds as text."""
    return {
        "traceId": trace,
        "spanId": digest(trace, number, length=16),
        **({"parentSpanId": parent} if parent else {}),
        "name": name,
        "kind": 1,
        "startTimeUnixNano": str(second * NANO),
        "endTimeUnixNano": str((second + seconds) * NANO),
        "attributes": _attributes(about),
    }


def _attributes(about: Json) -> list[Json]:
    """Attributes with their typed values; OTLP writes whole numbers as text."""
    return [
        {"key": key, "value": {"intValue": str(value)} if isinstance(value, int) else {"stringValue": value}}
        for key, value in about.items()
    ]
