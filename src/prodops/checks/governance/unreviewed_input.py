"""A decision that rests on what AI wrote and nobody checked.

What it looks for: decisions with evidence tagged as AI, or with an AI output among their evidence, that names
nobody who reviewed it against its source, or names the decision's own owner; and AI outputs among the
evidence whose review rejected them.

Why it costs: it costs no hours; the decision may rest on something that was never true. That is exposure, on
its own scale.

When it is wrong: somebody checked it and it was not written down; the log names kinds of evidence and not who
reviewed them.

What to do: let somebody who does not own the decision check the evidence against its source, and record who.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from prodops.checks.cited import cited
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told
from prodops.views.decisions import DECISIONS

CODE = "GOV03"
SINK = "ungoverned_ai"

LONGEST = 80


def check(ledger: Ledger) -> Iterator[Finding]:
    """Decisions with evidence by AI that nobody, or only their owner, reviewed."""
    from prodops.stats.proportions import wilson  # lazy: scipy is not needed where nothing is found

    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    titles: dict[str, str] = {}
    for decision, name, question, table, piece, why in ledger.sql(_SQL, views=[DECISIONS]):
        found[str(decision)].append((str(table), str(piece), str(why)))
        titles[str(decision)] = f"{name} ({str(question)[:LONGEST]})"
    if not found:
        return
    ((decided,),) = ledger.sql(
        "select count(*) from decisions where decided_on is not null", views=[DECISIONS]
    )
    base = wilson(min(len(found), int(decided)), int(decided))
    for decision, pieces in sorted(found.items()):
        count = float(len(pieces))
        evidence = tuple(
            one
            for table in sorted({table for table, _, _ in pieces})
            for one in cited(ledger, table, [(piece, why) for of, piece, why in pieces if of == table])
        )
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=decision,
            title=f"Decision {titles[decision]} rests on AI evidence that is {pieces[0][2]}",
            evidence=evidence,
            evidence_count=len(pieces),
            exposure=Estimate(count, count, count, len(pieces), "pieces of AI evidence", "count"),
            base_rate=f"of all decisions {told(base)}",
            remedy="AI evidence needs reviewed-by: let somebody else check it against its source",
        )


_SQL = """
with verdicts as (
    select output, max(case when lower(verdict) = 'rejected' then 1 else 0 end) as rejected
    from (
        select output, verdict from review
        union all
        select output, verdict from output_review where verdict <> ''
    ) as every_review
    group by output
),
pieces as (
    select
        i.decision,
        'decision_input' as kept_in,
        i.id,
        case
            when coalesce(v.rejected, 0) = 1 then 'rejected by its review'
            when i.reviewed_by = d.owner then 'reviewed by its own owner alone'
            when i.reviewed_by is null and v.output is null then 'reviewed by nobody'
        end as why
    from decision_input i
    join decision d on d.id = i.decision
    left join agent_output o on o.id = i."of"
    left join verdicts v on v.output = o.id
    where i.kind = 'ai' or o.id is not null
    union all
    select l.id, 'logged_decision', l.id, 'reviewed by nobody'
    from logged_decision l
    where strpos(l.evidence, '"ai"') > 0 and not coalesce(l.ai_reviewed, false)
)
select p.decision, d.name, d.question, p.kept_in, p.id, p.why
from pieces p
join decisions d on d.id = p.decision
where p.why is not null and d.decided_on is not null
order by p.decision, p.id
"""
