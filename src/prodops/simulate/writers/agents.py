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

STEP_SECONDS = 8
FAILED = {"status": {"code": 2}}
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
        spans = list(_Run(world, output, dice).spans())
        request = {
            "resourceSpans": [
                {"resource": resource, "scopeSpans": [{"scope": {"name": "assistants"}, "spans": spans}]}
            ]
        }
        yield json.dumps(request, ensure_ascii=False, separators=(",", ":")) + "\n"


class _Run:
    """One run: the agent, the model it asks, and the tools it calls."""

    def __init__(self, world: World, output: Output, dice: Dice) -> None:
        texts = world.texts.ventures.agents
        self.output = output
        self.trace = _trace(output)
        self.agent = texts.agents[output.agent]
        self.calls = LOOP if output.loops else dice.whole(0, 2)
        self.tool = dice.pick(texts.tool_names)
        self.asked = [dice.whole(300, 4_000) for _ in range(self.calls + 1)]
        self.answered = [dice.whole(40, 600) for _ in range(self.calls + 1)]
        self.second = output.written * 60 - STEP_SECONDS * (self.calls + 1)
        self.above = ""

    def spans(self) -> Iterator[Json]:
        """The spans, the run itself first."""
        root = self._root()
        self.above = str(root["spanId"])
        yield root
        for step in range(self.calls + 1):
            yield self._chat(step)
            if step < self.calls:
                yield self._call(step)

    def _root(self) -> Json:
        """The run of the agent; its tokens are those of the model calls below it."""
        about: Json = {
            "gen_ai.operation.name": "invoke_agent",
            "gen_ai.agent.name": self.agent,
            "gen_ai.agent.version": VERSION,
            "gen_ai.conversation.id": f"c-{self.output.number + 1}",
            "gen_ai.usage.input_tokens": sum(self.asked),
            "gen_ai.usage.output_tokens": sum(self.answered),
        }
        seconds = STEP_SECONDS * (self.calls + 1)
        span = _span(self.trace, 0, f"invoke_agent {self.agent}", about, second=self.second, seconds=seconds)
        return {**span, **FAILED} if self.output.fails else span

    def _chat(self, step: int) -> Json:
        """One call of the model."""
        model = self.output.model
        about: Json = {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": PROVIDER,
            "gen_ai.request.model": model,
            "gen_ai.usage.input_tokens": self.asked[step],
            "gen_ai.usage.output_tokens": self.answered[step],
        }
        second = self.second + STEP_SECONDS * step
        return _span(
            self.trace, 2 * step + 1, f"chat {model}", about, second=second, seconds=5, parent=self.above
        )

    def _call(self, step: int) -> Json:
        """One call of a tool; in a run that fails it is the last one that times out."""
        about: Json = {"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": self.tool}
        failed = self.output.fails and step == self.calls - 1
        if failed:
            about["error.type"] = "timeout"
        second = self.second + STEP_SECONDS * step + 5
        name = f"execute_tool {self.tool}"
        span = _span(self.trace, 2 * step + 2, name, about, second=second, seconds=2, parent=self.above)
        return {**span, **FAILED} if failed else span


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
