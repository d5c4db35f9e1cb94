"""The document that describes every address for programs: OpenAPI 3.1, with an example for each."""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import Any

from prodops import __version__
from prodops.actions import units
from prodops.actions.deed import name_of_deed, sentence_of
from prodops.pages import units as pages
from prodops.serve.deeds.answers import ANSWERS, SCHEMAS, failures
from prodops.serve.deeds.schema import Schema, example_of, schema_of

ABOUT = (
    "Everything that the pages show and everything that can be declared, for programs. Records are never "
    "changed: what is declared can be taken back, and the log keeps both. A refusal is 409 with objections, "
    "each with the shortest way through. Send `If-Match` with the ETag of what you read, and 412 tells you "
    "that the ledger has moved on; send `seen` instead, and 409 tells you only what touches the same thing. "
    "Send `Idempotency-Key`, and a request that is sent again is answered again and not done twice."
)


@cache
def document() -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "prodops", "version": __version__, "description": ABOUT},
        "servers": [{"url": "/"}],
        "security": [{"token": []}, {}],
        "tags": [
            {"name": "read", "description": "What the pages show."},
            *({"name": one, "description": f"What is declared about {one}."} for one in _pillars()),
        ],
        "paths": {**_reading(), **_acting()},
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "A token of /tokens."}
            },
            "schemas": SCHEMAS,
        },
    }


def _pillars() -> list[str]:
    return sorted({_pillar(unit) for unit in units().values()})


def _pillar(unit: ModuleType) -> str:
    return unit.__name__.split(".")[-2]


def _reading() -> dict[str, Any]:
    choices = "What an action can be about now: rituals, findings, decisions."
    diagnosis = "What binds, or that nothing does, with the rivals."
    rows = "Every row that a number was counted from, with its place."
    problems = "What could not be read, and what to do."
    offset, limit = (
        _whole("offset", 999_999_999, "Left out before the first."),
        _whole("limit", 1_000, "At most."),
    )
    return {
        "/api/v1/actions": _get("actions", "Every action", "What you may do, with what each takes."),
        "/api/v1/choices/{name}": _get(
            "choices", "What can be chosen", choices, 404, parameters=[_one_of("set_stance", list(units()))]
        ),
        "/api/v1/pages": _get("pages", "Every page", "Their names."),
        "/api/v1/pages/{name}": _get(
            "page", "One page", "What it shows, block by block.", 304, 404, 503,
            parameters=[_one_of("brief", list(pages()))],
        ),
        "/api/v1/diagnosis": _get("page", "The diagnosis", diagnosis, 304, 503, name="diagnosis"),
        "/api/v1/rows": _get(
            "page", "The rows behind a number", rows, 404, 422, 503, name="rows", parameters=[_of(), offset]
        ),
        "/api/v1/sources": _get("sources", "Every source", "The files that were loaded."),
        "/api/v1/problems": _get("problems", "Every problem", problems, 422, parameters=[offset, limit]),
    }  # fmt: skip


def _whole(name: str, most: int, says: str) -> Schema:
    return _query(name, {"type": "integer", "minimum": 0, "maximum": most}, says, 10)


def _of() -> Schema:
    schema: Schema = {"type": "string", "minLength": 1, "maxLength": 200}
    return {**_query("of", schema, "The number: ritual_rot/KEY.", "ritual_rot"), "required": True}


def _acting() -> dict[str, Any]:
    found = {}
    for name, unit in units().items():
        found[f"/api/v1/actions/{name}"] = {"post": _post(unit, undo=False)}
        if not unit.DEED.final:
            found[f"/api/v1/actions/{name}/undo"] = {"post": _post(unit, undo=True)}
    return found


def _get(
    answer: str, summary: str, says: str, *fails: int, name: str = "", parameters: list[Schema] | None = None
) -> dict[str, Any]:
    responses = {"200": ANSWERS[answer], **failures(401, 403, *fails)}
    return {
        "get": {
            "operationId": name or f"read_{answer}",
            "tags": ["read"],
            "summary": summary,
            "description": says,
            "parameters": parameters or [],
            "responses": responses,
        }
    }


def _post(unit: ModuleType, *, undo: bool) -> dict[str, Any]:
    name = name_of_deed(unit)
    content: dict[str, Any] = {"schema": schema_of(unit, undo=undo), "example": _example(unit, undo=undo)}
    back = "" if undo else str(unit.DEED.final) or f"Taken back by POST /api/v1/actions/{name}/undo."
    title = f"Take back: {unit.DEED.title}" if undo else unit.DEED.title
    return {
        "operationId": f"{name}_undo" if undo else name,
        "tags": [_pillar(unit)],
        "summary": title,
        "description": "What was declared last is taken back; the log keeps both."
        if undo
        else f"{sentence_of(unit)} {back}",
        "parameters": _sending(),
        "requestBody": {"required": True, "content": {"application/json": content}},
        "responses": {
            "200": {**ANSWERS["done"], "description": "What would be declared; nothing was."},
            "201": ANSWERS["done"],
            **failures(400, 401, 403, 409, 412, 413, 415, 422),
        },
    }


def _example(unit: ModuleType, *, undo: bool) -> dict[str, object]:
    found = example_of(unit, undo=undo)
    if undo and "which" in unit.DEED.asks:
        found.setdefault("which", "1")
    return found


def _sending() -> list[Schema]:
    key = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"}
    tag = {"type": "string"}
    return [
        _query("dry_run", {"type": "boolean"}, "Only say what would be declared.", example=True),
        _query(
            "seen", {"type": "integer", "minimum": 0, "maximum": 2**31}, "The newest entry that you had seen."
        ),
        {"name": "If-Match", "in": "header", "description": "The ETag it must be done on.", "schema": tag},
        {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "Chosen by you, once a request.",
            "schema": key,
        },
    ]


def _query(name: str, schema: Schema, says: str, example: object = None) -> Schema:
    found: Schema = {"name": name, "in": "query", "description": says, "schema": schema}
    return found if example is None else {**found, "example": example}


def _one_of(example: str, names: list[str]) -> Schema:
    return {
        "name": "name", "in": "path", "required": True, "description": "Its name.", "example": example,
        "schema": {"type": "string", "enum": names},
    }  # fmt: skip
