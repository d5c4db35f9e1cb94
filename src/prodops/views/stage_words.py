"""Which stage of the way from signal to learning each status of a tracker stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.text.words import fold

STAGES = ("signal", "insight", "decision", "spec", "launch", "learning")
"""What a need passes through, in order. A status names the stage that the work is in or waits for."""

OUT = ""
"""The stage of work that is finished or dropped."""

UNKNOWN = "unknown"
"""The stage of a status whose words say nothing."""

_SUGGESTS = {
    OUT: "done|closed|resolved|completed?|finished|cancell?ed|declined|rejected|dropped|abandoned|archived"
    "|obsolete|invalid|duplicate|won'?t ?(?:do|fix|be done)|withdrawn|not (?:doing|planned)|stale",
    "learning": r"measur\w*|monitor\w*|learn\w*|observ\w*|retro\w*|post[- ]?launch|impact|outcomes?|results?"
    r"|follow[- ]?up|adoption|released|shipped|launched|live|deployed|rolled out|in production|hypercare",
    "decision": r"decision|decid\w*|approv\w*|sign[- ]?off|prioriti[sz]\w*|go[/ -]no[- ]?go|committee"
    r"|steering|consider\w*|proposed|proposal|pitch\w*|betting|choos\w*|voting",
    "spec": r"spec\w*|design\w*|shap\w*|refin\w*|defin\w*|requirements?|prd|rfc|draft\w*|scop\w*|groom\w*"
    r"|wirefram\w*|writing|planned|planning|estimat\w*|solution\w*",
    "launch": r"releas\w*|roll[- ]?outs?|launch\w*|deploy\w*|staging|progress|develop\w*|dev|build\w*|doing"
    r"|implement\w*|coding|review\w*|test\w*|qa|verif\w*|uat|merg\w*|ship\w*|beta|started|wip|delivery"
    r"|blocked|selected",
    "insight": r"discover\w*|research\w*|insights?|investigat\w*|analy[sz]\w*|analysis|explor\w*"
    r"|understand\w*|synthes\w*|interview\w*|validat\w*|assess\w*|qualif\w*|clarif\w*|needs? info\w*"
    r"|gathering|evaluat\w*|framing|problem|opportunit\w*|study|digest\w*|cluster\w*",
    "signal": r"new|open|reopened|to ?do|backlog|inbox|triage\w*|submitted|incoming|intake|unstarted|reported"
    r"|created|captured|ideas?|requests?|requested|received|icebox|waiting|unread|raised|signals?|heard|logged",
}
_PATTERNS = {stage: re.compile(rf"\b(?:{words})\b") for stage, words in _SUGGESTS.items()}

_FINISHED = ("done", "cancelled")

_WORDS = """
select word, min(status_group) from (
    select status as word, status_group from issue where status <> ''
    union all
    select before, null from issue_change where field in ('status', 'state') and before <> ''
    union all
    select after, null from issue_change where field in ('status', 'state') and after <> ''
) as said
group by word
order by word
"""


def _rows(ledger: Ledger) -> Iterable[tuple[str, str]]:
    for word, group in ledger.sql(_WORDS):
        yield word, OUT if group in _FINISHED else suggested_stage(word)


STAGE_WORDS = View(name="stage_words", columns=(("word", "VARCHAR"), ("stage", "VARCHAR")), rows=_rows)
"""Columns: word (a status as a tracker has it), stage (one of `STAGES`, empty where the work is finished or
dropped, `unknown` where the words say nothing). One row a status; a tracker that counts a status among the
finished ones is believed before its words."""


def suggested_stage(status: str) -> str:
    """The stage that a status' words suggest: what is ready for a stage waits for that stage."""
    folded = fold(status).replace("_", " ")
    return next((stage for stage, pattern in _PATTERNS.items() if pattern.search(folded)), UNKNOWN)
