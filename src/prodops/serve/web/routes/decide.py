"""The page where a decision is recorded: one plain form, filled and sent by keys, to this machine alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from prodops.actions.deciding import REVIEW_AFTER_DAYS
from prodops.actions.decisions import record_decision
from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.declared_log import GateRefusedError
from prodops.ledger.record import Declared
from prodops.ledger.store import open_store
from prodops.serve.decision_form import draft_of
from prodops.serve.deeds.told import done_of
from prodops.serve.settings import Settings
from prodops.serve.stated_day import marked
from prodops.serve.web.admission import Needs, actor
from prodops.serve.web.site import Site, say
from prodops.views.decisions import DECISIONS

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


def routes(site: Site) -> APIRouter:
    """The address `/decide`.

    Args:
        site: Where the decision is recorded.
    """
    router = APIRouter(dependencies=[Depends(Needs("contributor"))])

    @router.api_route("/decide", methods=["GET", "HEAD"])
    def _form(request: Request) -> Response:
        today = site.settings().today.date()
        review = today + timedelta(days=REVIEW_AFTER_DAYS)
        return _page(site, request, Written(asked=str(today), review=str(review)).model_dump())

    @router.post("/decide")
    def _record(request: Request, written: Annotated[Written, Form()]) -> Response:
        try:
            settings = site.settings()
            records, last = record(settings, written.model_dump(), by=actor(request, settings))
        except ActionRefusedError as refused:
            return _page(site, request, written.model_dump(), says=str(refused))
        response = RedirectResponse("/decisions", status_code=303)
        undo = f"/act/record-decision/undo/{last - len(records) + 1}"
        say(response, done_of(record_decision, records, undo=False), undo=undo, entry=last)
        return response

    return router


def record(settings: Settings, fields: Mapping[str, object], *, by: str) -> tuple[tuple[Declared, ...], int]:
    """Record a decision, or nothing.

    Args:
        settings: Says where the workspace is.
        fields: What the form sent.
        by: Who records.

    Returns:
        What was declared, and the last entry of the log.

    Raises:
        ActionRefusedError: It cannot be read, or its gate objects; the message says what would do.
    """
    draft = draft_of(fields)
    with open_store(settings.workspace, settings.database_url) as store:
        ledger = store.ledger(today=settings.today)
        proposed = record_decision.propose(ledger, draft, at=settings.moment(), by=by)
        records = marked(proposed, settings)
        try:
            end = store.append(
                records, gate=lambda after: record_decision.gate(after, records), today=settings.today
            )
        except GateRefusedError as refused:
            raise ActionRefusedError(" ".join(map(str, refused.objections))) from refused
    return records, end.seq


def _page(site: Site, request: Request, given: Mapping[str, object], *, says: str = "") -> Response:
    settings = site.settings()
    with open_store(settings.workspace, settings.database_url) as store:
        waiting = store.ledger(today=settings.today).sql(_WAITING, views=[DECISIONS])
    response = site.show(
        request,
        "decide.html",
        status=422 if says else 200,
        given=given,
        says=_in_words(says),
        waiting=waiting,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


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
