"""The page where a decision is recorded: one plain form, filled and sent by keys, to this machine alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from prodops.actions.deciding import REVIEW_AFTER_DAYS
from prodops.actions.decisions import record_decision
from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.declared_log import GateRefusedError
from prodops.ledger.store import open_store
from prodops.serve.decision_form import draft_of
from prodops.serve.settings import Settings
from prodops.serve.web.own_site import HEADERS, form_template, refuse_foreign
from prodops.views.decisions import DECISIONS

Titles = Callable[[], Sequence[tuple[str, str]]]

Short = Annotated[str, Field(max_length=400)]
Long = Annotated[str, Field(max_length=8_000)]


class Written(BaseModel):
    """What the form sends: every field as text, empty where nothing was written."""

    model_config = ConfigDict(extra="forbid")

    question: Short = ""
    option: Long = "do nothing"
    chosen: Short = ""
    owner: Short = ""
    asked: Short = ""
    needed: Short = ""
    review: Short = ""
    evidence: Long = ""
    data_says: Short = ""
    intuition_says: Short = ""
    predict: Short = ""
    low: Short = ""
    high: Short = ""
    probability: Short = ""
    resolves: Short = ""
    kill: Short = ""
    dissent: Long = ""
    stakes: Short = ""
    reversible: Short = ""
    answers: Short = ""


def decide_router(settings: Callable[[], Settings], titles: Titles) -> APIRouter:
    """The address `/decide`.

    Args:
        settings: Says where the workspace is, and each time anew which day it is.
        titles: Name and title of every page, for the bar above.
    """
    router = APIRouter()

    @router.api_route("/decide", methods=["GET", "HEAD"])
    def _form() -> Response:
        now = settings()
        review = now.today.date() + timedelta(days=REVIEW_AFTER_DAYS)
        given = Written(asked=str(now.today.date()), review=str(review)).model_dump()
        return _page(now, titles, given)

    @router.post("/decide")
    def _record(request: Request, written: Annotated[Written, Form()]) -> Response:
        refuse_foreign(request)
        now = settings()
        try:
            record(now, written.model_dump())
        except ActionRefusedError as refused:
            return _page(now, titles, written.model_dump(), says=str(refused))
        return RedirectResponse("/decisions", status_code=303)

    return router


def record(settings: Settings, fields: Mapping[str, object]) -> None:
    """Record a decision, or nothing.

    Args:
        settings: Says where the workspace is and who records.
        fields: What the form sent.

    Raises:
        ActionRefusedError: It cannot be read, or its gate objects; the message says what would do.
    """
    draft = draft_of(fields)
    with open_store(settings.workspace, settings.database_url) as store:
        ledger = store.ledger(today=settings.today)
        records = record_decision.propose(ledger, draft, at=datetime.now(UTC), by=settings.actor)
        try:
            store.append(
                records, gate=lambda after: record_decision.gate(after, records), today=settings.today
            )
        except GateRefusedError as refused:
            raise ActionRefusedError(" ".join(map(str, refused.objections))) from refused


def _page(settings: Settings, titles: Titles, given: Mapping[str, object], *, says: str = "") -> Response:
    with open_store(settings.workspace, settings.database_url) as store:
        waiting = store.ledger(today=settings.today).sql(_WAITING, views=[DECISIONS])
    text = form_template("decide.html").render(
        given=given, says=_in_words(says), waiting=waiting, pages=titles(), style="prodops.css"
    )
    return HTMLResponse(text, headers=HEADERS, status_code=422 if says else 200)


_FIELDS = {
    "--option": "options", "--chosen": "chosen", "--review": "look again on", "--asked": "asked on",
    "--decided": "decided on", "--low": "low", "--high": "high", "--predict": "what number will come",
    "--resolves": "checked on", "--probability": "how likely", "--intuition": "evidence",
    "--answers": "answers", "--data-says": "data says", "--intuition-says": "intuition says",
}  # fmt: skip


def _in_words(says: str) -> str:
    """A refusal in the words of the form: its fields, and not the flags of the command line."""
    says = says.replace("--reviewed-by NAME", "end its line with (reviewed by NAME)")
    for flag in sorted(_FIELDS, key=len, reverse=True):
        says = says.replace(flag, f"[{_FIELDS[flag]}]")
    return says


_WAITING = """
select name, question
from decisions
where state = 'proposed' and source = 'declared'
order by asked_on, name
"""
