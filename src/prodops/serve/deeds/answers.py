"""What programs are answered: the shapes of answers and of problems, each with an example."""

from __future__ import annotations

from typing import Any

_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_OBJECT = {"type": "object"}


def _shape(required: tuple[str, ...], **properties: object) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _named(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


SCHEMAS: dict[str, Any] = {
    "Action": _shape(
        ("name", "title", "says", "role", "pillar", "href", "form", "takes", "undo", "final", "example"),
        name=_TEXT,
        title=_TEXT,
        says=_TEXT,
        role=_TEXT,
        pillar=_TEXT,
        href=_TEXT,
        form=_TEXT,
        takes=_OBJECT,
        undo={"type": ["object", "null"]},
        final=_TEXT,
        example=_OBJECT,
    ),
    "Actions": _shape(("actions", "seen"), actions=_list(_named("Action")), seen=_COUNT),
    "Page": _shape(
        ("name", "title", "lead", "sections", "version"),
        name=_TEXT,
        title=_TEXT,
        lead=_TEXT,
        version=_TEXT,
        of=_TEXT,
        offset=_COUNT,
        limit=_COUNT,
        total=_COUNT,
        sections=_list(_shape(("heading", "blocks"), heading=_TEXT, of=_TEXT, blocks=_list(_OBJECT))),
    ),
    "Choices": _shape(("choices", "seen"), choices=_OBJECT, seen=_COUNT),
    "Pages": _shape(("pages",), pages=_list(_shape(("name", "href"), name=_TEXT, href=_TEXT))),
    "Sources": _shape(("sources",), sources=_list(_OBJECT)),
    "Problems": _shape(("problems", "total", "offset"), problems=_list(_OBJECT), total=_COUNT, offset=_COUNT),
    "Done": _shape(
        ("done", "records", "entry", "seen", "version", "page", "undo"),
        done=_TEXT,
        records=_list(_OBJECT),
        entry=_COUNT,
        seen=_COUNT,
        version=_TEXT,
        page=_TEXT,
        undo={"anyOf": [_shape(("href", "body"), href=_TEXT, body=_OBJECT), {"type": "null"}]},
    ),
    "Way": _shape(
        ("title", "href", "action", "fields", "undo", "command"),
        title=_TEXT,
        href=_TEXT,
        action=_TEXT,
        fields=_OBJECT,
        undo={"type": "boolean"},
        command=_TEXT,
    ),
    "Objection": _shape(("says", "field", "ways"), says=_TEXT, field=_TEXT, ways=_list(_named("Way"))),
    "Problem": _shape(
        ("type", "title", "status", "detail"),
        type=_TEXT,
        title=_TEXT,
        status=_COUNT,
        detail=_TEXT,
        objections=_list(_named("Objection")),
        fields={"type": "object", "additionalProperties": _TEXT},
        changed=_list(_TEXT),
    ),
}
"""The shapes by name."""

_ACTION = {
    "name": "set_stance",
    "title": "Declare a stance",
    "role": "contributor",
    "pillar": "rituals",
    "says": "Declare that product operations owns, facilitates or exits a ritual, until a day.",
    "href": "/api/v1/actions/set_stance",
    "form": "/act/set-stance",
    "takes": {"type": "object"},
    "undo": {"type": "object"},
    "final": "",
    "example": {"ritual": "Roadmap review", "stance": "facilitate"},
}
_PAGE = {
    "name": "brief",
    "title": "Brief",
    "lead": "What binds, and what to do first.",
    "version": "8f14e45fceea167a",
    "sections": [
        {"heading": "What to do first", "blocks": [{"kind": "words", "text": "...", "tone": "plain"}]}
    ],
}
_WAY = {
    "title": "End a ritual: roadmap-review, RIT01",
    "action": "exit_ritual",
    "undo": False,
    "href": "/act/exit-ritual?ritual=roadmap-review&because=RIT01",
    "fields": {"ritual": "roadmap-review", "because": "RIT01"},
    "command": "prodops exit-ritual roadmap-review --because RIT01",
}
_PROBLEM = {"type": "about:blank", "title": "Conflict", "status": 409}
_EXAMPLES: dict[str, object] = {
    "actions": {"actions": [_ACTION], "seen": 12},
    "choices": {"choices": {"ritual": [{"value": "roadmap-review", "says": "Roadmap review"}]}, "seen": 12},
    "pages": {"pages": [{"name": "brief", "href": "/api/v1/pages/brief"}]},
    "page": _PAGE,
    "sources": {"sources": [{"name": "calendars/team.ics"}]},
    "problems": {
        "problems": [{"code": "impossible_date", "says": "2026-02-30 is no day."}],
        "total": 1,
        "offset": 0,
    },
    "done": {
        "done": "roadmap-review: facilitate, until 2026-12-29.",
        "records": [{"ritual": "roadmap-review"}],
        "entry": 13,
        "seen": 13,
        "version": "8f14e45fceea167a",
        "page": "/operating-model",
        "undo": {"href": "/api/v1/actions/set_stance/undo?seen=13", "body": {"ritual": "roadmap-review"}},
    },
}

_SAYS = {
    "actions": ("Actions", "The actions."),
    "choices": ("Choices", "The choices by field."),
    "pages": ("Pages", "The pages."),
    "page": ("Page", "The page."),
    "sources": ("Sources", "The files."),
    "problems": ("Problems", "The problems, those of one file together."),
    "done": ("Done", "What was declared, and how it is taken back."),
}

ANSWERS: dict[str, dict[str, Any]] = {
    name: {
        "description": says,
        "content": {"application/json": {"schema": _named(shape), "example": _EXAMPLES[name]}},
    }
    for name, (shape, says) in _SAYS.items()
}
"""The answers by what is asked for."""

_FAILS: dict[int, tuple[str, dict[str, object]]] = {
    400: ("The body is no JSON.", {}),
    401: ("Nobody is signed in: send a token.", {}),
    403: ("Your role does not allow it.", {}),
    404: ("There is none of that name.", {}),
    409: (
        "It is refused, with the shortest way through; or somebody else was faster.",
        {"objections": [{"says": "No exit without a finding.", "field": "because", "ways": [_WAY]}]},
    ),
    412: (
        "The ledger is not at the version of If-Match.",
        {"changed": ["ritual stance: roadmap-review, own"]},
    ),
    413: ("The body is too large.", {}),
    415: ("The body is not sent as JSON.", {}),
    422: ("Fields cannot be read.", {"fields": {"ritual": "It is needed."}}),
    503: ("It is being computed: ask again after Retry-After seconds.", {}),
}


def failures(*statuses: int) -> dict[str, Any]:
    """The answers that say no, by status.

    Args:
        statuses: Which can come.
    """
    found: dict[str, Any] = {}
    for status in sorted(statuses):
        if status not in _FAILS:
            found[str(status)] = {"description": "Your copy is the newest."}
            continue
        says, more = _FAILS[status]
        example = {**_PROBLEM, "status": status, "title": says.rstrip("."), "detail": says, **more}
        content = {"application/problem+json": {"schema": _named("Problem"), "example": example}}
        found[str(status)] = {"description": says, "content": content}
    return found
