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
    "|obsolete|invalid|duplicate|won'?t ?(?:do|fix|be done)|withdrawn|not (?:doing|planned)|stale|turned down"
    "|refused|shelved|discarded",
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


_MOVES = """
select before, after
from issue_change
where field in ('status', 'state') and before <> '' and after <> '' and before <> after
group by before, after
order by count(*) desc, before, after
"""


def _rows(ledger: Ledger) -> Iterable[tuple[str, str]]:
    stages = {
        word: OUT if group in _FINISHED else suggested_stage(word) for word, group in ledger.sql(_WORDS)
    }
    moves = [(str(before), str(after)) for before, after in ledger.sql(_MOVES)]
    for _ in STAGES:  # what was placed helps to place its neighbours
        unread = [word for word, stage in stages.items() if stage == UNKNOWN]
        stages |= {word: _between(word, stages, moves) for word in unread}
    return stages.items()


def _between(word: str, stages: dict[str, str], moves: list[tuple[str, str]]) -> str:
    """The stage of a status whose words say nothing: halfway between what mostly stands around it."""
    before = next((stages[one] for one, after in moves if after == word and stages[one] in STAGES), None)
    after = next((stages[one] for first, one in moves if first == word and stages[one] != UNKNOWN), None)
    if before is None and after is None:
        return UNKNOWN
    end = len(STAGES) if after in (None, OUT) else STAGES.index(after or "")
    start = max(end - 2, 0) if before is None else STAGES.index(before)
    if after in (None, OUT) and before is not None:
        return before
    return STAGES[min((start + max(end, start)) // 2, len(STAGES) - 1)]


STAGE_WORDS = View(name="stage_words", columns=(("word", "VARCHAR"), ("stage", "VARCHAR")), rows=_rows)
"""Columns: word (a status as a tracker has it), stage (one of `STAGES`, empty where the work is finished or
dropped). One row a status; a tracker that counts a status among the finished ones is believed before its
words. A status whose words say nothing stands where it is mostly come to and left from; `unknown` is one
that nothing known stands beside."""


def suggested_stage(status: str) -> str:
    """The stage that a status' words suggest: what is ready for a stage waits for that stage."""
    folded = fold(status).replace("_", " ")
    return next((stage for stage, pattern in _PATTERNS.items() if pattern.search(folded)), UNKNOWN)
