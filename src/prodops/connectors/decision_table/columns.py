"""Which columns make a log of decisions."""

from __future__ import annotations

from typing import Final

from prodops.text.named_tables import names_of

LOG: Final = names_of("""
key: decision id | id | number | no | ref | reference | key | decision number | adr
key: decision key | decision ref
title: question | topic | title | subject | decision needed | decision title | decision name | problem
title: decision topic | decision question | issue | summary | context
decision: decision | decision made | chosen | chosen option | outcome | resolution | decision taken | choice
decision: what was decided | final decision | decision outcome | option chosen | selected option
options: options | alternatives | options considered | alternatives considered | considered options
status: status | state | decision status
kind: type | item type | raid type | record type
asked: asked | asked on | raised | raised on | date raised | requested on | proposed | proposed on | opened
asked: created | created on | date opened | date proposed | date asked | asked date | date requested
needed: needed | needed on | needed by | due | due date | decision due | deadline | decide by | required by
decided: decided | decided on | decision date | date decided | date | date of decision | made on | approved on
decided: date made | decided at | date approved | decision made on
review: review | review on | review date | revisit | revisit on | revisit date | next review | look again
owner: owner | dri | decider | decision maker | decision owner | decided by | approver | accountable | driver
owner: made by | responsible | decision makers | deciders | approved by
rationale: rationale | reason | reasons | why | justification | reasoning | reason for decision
evidence: evidence | evidence class | evidence type | evidence classes | based on | inputs | basis
reviewed: ai reviewed | ai evidence reviewed
data_says: data says | data direction | data pointed | data
intuition_says: intuition says | intuition direction | intuition pointed | intuition | gut
predicts: predicts | prediction | predicted | expected outcome | expected result | hypothesis | forecast
low: predicted low | low | lower | lower bound | interval low
high: predicted high | high | upper | upper bound | interval high
level: interval probability | confidence | confidence level | interval level | level
probability: probability | chance | likelihood | predicted probability
resolves: resolves on | resolves | check on | prediction due
came: actual | actual value | came | came to | observed | result | actual result
happened: happened | came true | occurred | prediction came true
turned: turned out | verdict | right or wrong | hindsight | in hindsight
kill: kill criterion | kill criteria | kill if | stop if | exit criterion
ended: ended on | reversed on | reopened on | reverted on | overturned on | date reversed
planned: ended planned | planned | planned reversal | reversal planned
supersedes: supersedes | replaces
superseded_by: superseded by | replaced by
dissent: dissent | dissenting | objections | who disagreed
foreign: channel | message | body | customer | requester | ticket | ticket id | conversation | segment
foreign: closed how
""")
"""The names of columns; `foreign` are those of messages, whose decisions are another matter."""

_TELLING = frozenset((
    "options", "rationale", "review", "kill", "predicts", "supersedes", "superseded_by", "dissent",
    "evidence", "data_says", "intuition_says", "ended",
))  # fmt: skip
_DATED = frozenset(("asked", "decided", "needed", "review"))


def like_log(fields: frozenset[str]) -> float:
    """A log of decisions has a decision, a day or a status, and says why or what else was possible."""
    if "foreign" in fields or not fields & {"decision", "title"} or not fields & (_DATED | {"status"}):
        return 0.0
    telling = len(fields & _TELLING)
    if "decision" in fields and telling and (fields & {"owner", "title"} or telling > 1):
        return 0.94
    if "decision" in fields and "title" in fields and fields & {"owner", "decided"}:
        return 0.9
    return 0.9 if "title" in fields and telling > 2 else 0.0
