"""Say what one sampled block of one's own calendar was for, or correct what was said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from prodops.actions.deed import Ask, Deed
from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation, Declared, PersonId, RecordId
from prodops.ledger.time import Label
from prodops.views.block_purposes import LEAVES, UNKNOWN
from prodops.views.label_answers import LABEL_ANSWERS

NO_TIME = "N"
"""The answer that no time was spent: it did not take place, or the PM was not there."""

ANSWERS = (*LEAVES, UNKNOWN, NO_TIME)


DEED = Deed(
    title="Say what a block was for",
    done="Kept.",
    asks={
        "block": Ask(
            label="Which block?",
            hint="The id of a sampled block of your own calendar.",
            of="block",
            example="sampled_block:2026-06-30:example:00000",
        ),
        "leaf": Ask(
            label="What was it for?",
            hint="A leaf of the tree of purposes, X for unknown, N for none.",
            choices=ANSWERS,
            example="A1",
        ),
    },
    offered=("sample",),
    final="An answer is not taken back: answer the same block anew and that one counts.",
    shortcut="label",
    page="time",
)


def propose(ledger: Ledger, block: str, leaf: str, *, at: datetime, by: PersonId) -> tuple[Label, ...]:
    """The label to declare; it supersedes what the PM answered about the block before.

    Args:
        ledger: Where the sample is.
        block: The id of the sampled block.
        leaf: One of `ANSWERS`.
        at: When it is answered.
        by: The pseudonym of the PM who answers.

    Raises:
        ActionRefusedError: There is no such answer or block.
    """
    if leaf not in ANSWERS:
        raise ActionRefusedError(f"{leaf[:20]!r} is no answer. Answers: {', '.join(ANSWERS)}.")
    rows = ledger.sql(_STANDING, {"block": block}, views=[LABEL_ANSWERS])
    if not rows:
        raise ActionRefusedError(f"{block[:80]!r} is not a block of a sample.")
    standing, before = rows[0]
    return (
        Label(
            id=RecordId(f"label:{block.removeprefix('sampled_block:')}:{before + 1}"),
            cite=Citation("declared", f"by {by}"),
            block=RecordId(block),
            leaf=leaf,
            supersedes=None if standing is None else RecordId(standing),
            labelled_at=at,
            labelled_by=by,
        ),
    )


_STANDING = """
select a.label, count(l.id)
from label_answers a
left join label l on l.block = a.block
where a.block = $block
group by a.label
"""


def gate(ledger: Ledger, _records: Sequence[Declared] = ()) -> list[str]:
    """Each label is of a drawn block, by the PM whose it is, a leaf, the only one that stands, in time."""
    given: dict[str, object] = {"answers": list(ANSWERS)}
    return [
        says for query, says in _RULES for _ in ledger.sql(query, given if query == _STRANGE else None)[:1]
    ]


_STRANGE = "select id from label where leaf not in (select unnest($answers))"

_UNDRAWN = """
select l.id from label l left join sampled_block b on b.id = l.block where b.id is null
"""

_ANOTHERS = """
select l.id from label l join sampled_block b on b.id = l.block where b.person <> l.labelled_by
"""

_TWICE = """
select l.block
from label l
where not exists (select 1 from label later where later.supersedes = l.id)
group by l.block
having count(*) > 1
"""

_ELSEWHERE = """
select l.id from label l join label earlier on earlier.id = l.supersedes where earlier.block <> l.block
"""

_LATE = """
select l.id
from label l
join sampled_block b on b.id = l.block
where exists (select 1 from label_closing c where c.sample = b.sample and c.closed_at < l.labelled_at)
    or not exists (
        select 1
        from sampled_block other
        where other.sample = b.sample and not exists (
            select 1 from label earlier where earlier.block = other.id and earlier.labelled_at < l.labelled_at
        )
    )
"""

_RULES = (
    (_UNDRAWN, "The block was not drawn: only blocks of a sample are labelled."),
    (_ANOTHERS, "The block is in another PM's calendar, and only that PM knows what it was for."),
    (_STRANGE, f"A label is one of {', '.join(ANSWERS)}."),
    (_TWICE, "The block was answered before: a correction supersedes that answer."),
    (_ELSEWHERE, "A correction supersedes an answer about the same block."),
    (_LATE, "The sample is finished and its totals may have been told, so it takes no more labels."),
)
