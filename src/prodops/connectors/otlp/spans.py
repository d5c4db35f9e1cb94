"""One span, by the GenAI conventions of OpenTelemetry in their several ages, translated in this one place.

Source: OpenTelemetry semantic conventions for generative AI (status: development); OpenInference.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from prodops.ledger.governance import AgentRun
from prodops.ledger.record import Citation, RecordId
from prodops.text.json_values import at, line
from prodops.text.moments import MomentError, parse_moment

Attributes = Mapping[str, object]

_KINDS = {
    **dict.fromkeys(("invoke_agent", "create_agent", "invoke_workflow", "agent"), "agent"),
    **dict.fromkeys(("execute_tool", "tool", "call_tool"), "tool"),
    **dict.fromkeys(
        ("chat", "text_completion", "generate_content", "embeddings", "call_llm", "completion", "llm"),
        "model",
    ),
}
_OPERATION = ("gen_ai.operation.name", "openinference.span.kind", "traceloop.span.kind")
_AGENT = ("gen_ai.agent.name", "agent.name")
_AGENT_ID = ("gen_ai.agent.id",)
_TOOL = ("gen_ai.tool.name", "tool.name")
_MODEL = ("gen_ai.response.model", "gen_ai.request.model", "llm.model_name")
_PROVIDER = ("gen_ai.provider.name", "gen_ai.system", "llm.provider")
_CONVERSATION = ("gen_ai.conversation.id", "session.id")
_INPUT = ("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt")
_OUTPUT = ("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.token_count.completion")
_HEX = re.compile(r"[0-9a-fA-F]{16}(?:[0-9a-fA-F]{16})?")
_FAILED = frozenset({"2", "error", "status_code_error"})
_TRACE_HEX, _SPAN_HEX = 32, 16
_MOST_TOKENS = 10**12


class SpanError(ValueError):
    """A span that cannot be read; `code` as a problem has it."""

    def __init__(self, code: str, says: str) -> None:
        super().__init__(says)
        self.code = code


def is_span(value: Mapping[str, object]) -> bool:
    """Whether an object is a span: it has an id and a start, in one of the spellings."""
    identified = bool({"spanId", "span_id"} & value.keys()) or isinstance(
        at(value, "context", "span_id"), str | int
    )
    return identified and bool({"startTimeUnixNano", "start_time_unix_nano", "start_time"} & value.keys())


def read_span(source: str, locator: str, value: Mapping[str, object]) -> AgentRun | None:
    """The run that a span is; None for a span of no agent, model or tool.

    Raises:
        SpanError: It has no readable id or start.
    """
    given = _attributes(value.get("attributes"))
    if (kind := _kind(given)) is None:
        return None
    trace = _id(_first(value, "traceId", "trace_id", within="context"), _TRACE_HEX)
    span = _id(_first(value, "spanId", "span_id", within="context"), _SPAN_HEX)
    if not trace or not span:
        raise SpanError("bad_id", "trace or span have no id in hexadecimal")
    started = _moment(_first(value, "startTimeUnixNano", "start_time_unix_nano", "start_time"))
    if started is None:
        raise SpanError("bad_date", "it does not say when it began")
    error = _said(given, "error.type", "exception.type")
    agent, model = _said(given, *_AGENT, *_AGENT_ID), _said(given, *_MODEL)
    named = {"agent": agent, "tool": _said(given, *_TOOL), "model": model}[kind]
    return AgentRun(
        id=RecordId(f"otlp:run:{trace}:{span}"),
        cite=Citation(source, locator),
        kind=kind,
        name=named or line(value.get("name")) or kind,
        agent=agent,
        agent_version=_said(given, "gen_ai.agent.version"),
        model=model,
        provider=_said(given, *_PROVIDER),
        conversation=_said(given, *_CONVERSATION),
        trace=trace,
        span=span,
        parent=_parent(value),
        started_at=started,
        ended_at=_moment(_first(value, "endTimeUnixNano", "end_time_unix_nano", "end_time")),
        input_tokens=_tokens(given, _INPUT),
        output_tokens=_tokens(given, _OUTPUT),
        failed=bool(error) or _status(value) in _FAILED,
        error=error,
    )


def _kind(given: Attributes) -> str | None:
    """What did it: agent, model or tool; by the operation, else by what the span names."""
    known = _KINDS.get(_said(given, *_OPERATION).casefold())
    if known:
        return known
    for kind, names in (("tool", _TOOL), ("model", _MODEL), ("agent", (*_AGENT, *_AGENT_ID))):
        if _said(given, *names):
            return kind
    return None


def _attributes(written: object) -> Attributes:
    """Attributes by name, from a list of keys and typed values as OTLP has it, or from an object."""
    if isinstance(written, dict):
        return written
    return dict(_pairs(written)) if isinstance(written, list) else {}


def _pairs(written: list[object]) -> Iterator[tuple[str, object]]:
    for pair in written:
        key, value = at(pair, "key"), at(pair, "value")
        if isinstance(key, str):
            if isinstance(value, dict):
                value = next(iter(value.values()), None)
            yield key, value


def _said(given: Attributes, *names: str) -> str:
    """The first of several attributes that says something."""
    return next((said for name in names if (said := line(given.get(name)))), "")


def _tokens(given: Attributes, names: tuple[str, ...]) -> int | None:
    """A count of tokens; None for none, and for what is no count. OTLP writes large numbers as text."""
    written = _said(given, *names)
    counted = int(written) if re.fullmatch(r"\d{1,13}", written, re.ASCII) else None
    return counted if counted is None or counted < _MOST_TOKENS else None


def _first(value: Mapping[str, object], *names: str, within: str = "") -> object:
    """The first of several keys that is there; also in the object below `within`."""
    inner = value.get(within)
    places = (value, inner) if isinstance(inner, dict) else (value,)
    return next((place[name] for place in places for name in names if place.get(name) is not None), None)


def _id(written: object, digits: int) -> str:
    """An id in lower-case hexadecimal; also from a number, and from base64, as protobuf's JSON has it."""
    if isinstance(written, int) and not isinstance(written, bool):
        return f"{written:0{digits}x}" if 0 < written < 16**digits else ""
    if not isinstance(written, str):
        return ""
    bare = written.removeprefix("0x")
    if _HEX.fullmatch(bare) and len(bare) == digits:
        return bare.lower()
    try:
        content = base64.b64decode(bare[:64], validate=True)
    except (binascii.Error, ValueError):
        return ""
    return content.hex() if len(content) * 2 == digits else ""


def _parent(value: Mapping[str, object]) -> str:
    """The id of the span above; empty for the first of a trace."""
    parent = value.get("parent")
    if isinstance(parent, dict):
        return _id(parent.get("span_id"), _SPAN_HEX)
    return _id(_first(value, "parentSpanId", "parent_span_id", "parent_id"), _SPAN_HEX)


def _status(value: Mapping[str, object]) -> str:
    status = value.get("status")
    code = _first(status, "code", "status_code") if isinstance(status, dict) else status
    return line(code).casefold()


def _moment(written: object) -> datetime | None:
    if isinstance(written, bool) or not isinstance(written, str | int | float):
        return None
    try:
        number = isinstance(written, str) and written.isascii() and written.isdigit()
        return parse_moment(int(written) if number and len(str(written)) <= 20 else written)
    except MomentError:
        return None
