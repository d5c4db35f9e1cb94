"""Close a sample: it takes no more labels, and from then on its totals may be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from prodops.actions.deed import Ask, Deed
from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation, Declared, RecordId, person_id
from prodops.ledger.time import LabelClosing
from prodops.stats.small_groups import FEWEST
from prodops.views.label_rounds import LABEL_ROUNDS
from prodops.views.pms import PMS

DEED = Deed(
    title="Close a sample",
    done="The sample is closed; its totals may be told.",
    asks={
        "sample": Ask(
            label="Which sample?",
            hint="The one that is open.",
            of="sample",
            example="label_sample:2026-06-30:example",
            needed=True,
        )
    },
    offered=("sample",),
    final="A sample that was closed stays closed: its totals may have been told. Draw the next one.",
    shortcut="label",
    page="time",
)


def propose(ledger: Ledger, sample: str | None, *, at: datetime, by: str) -> tuple[LabelClosing, ...]:
    """The closing to declare.

    Args:
        ledger: Where the sample is.
        sample: Its id; None for none.
        at: When it closes.
        by: Who closes it.

    Raises:
        ActionRefusedError: There is no such sample.
    """
    if sample is None or not ledger.sql("select 1 from label_sample where id = $sample", {"sample": sample}):
        raise ActionRefusedError("No sample is open. Draw one: prodops label --draw")
    name = f"label_closing:{sample.removeprefix('label_sample:')}:{at:%Y%m%dT%H%M%S%f}"
    return (
        LabelClosing(
            id=RecordId(name), cite=Citation("declared", f"by {person_id(by)}"), sample=RecordId(sample),
            closed_at=at, closed_by=person_id(by),
        ),
    )  # fmt: skip


def gate(ledger: Ledger, _records: Sequence[Declared] = ()) -> list[str]:
    """A sample closes once, and only when enough PMs have answered that its totals can be told."""
    found = ["The sample is closed already."] if ledger.sql(_TWICE) else []
    known = [
        tuple(row) for row in ledger.sql("select known_by, count(*) from pms group by known_by", views=[PMS])
    ]
    fewest = 1 if known == [("own calendar", 1)] else FEWEST
    rows = ledger.sql(_FEW, {"fewest": fewest}, views=[LABEL_ROUNDS])
    return found + [
        f"{people} PMs have answered, and totals of fewer than {fewest} are never told: closed, the sample "
        "would take no more labels and serve nobody. Ask the others first."
        for (people,) in rows
    ]


_TWICE = "select sample from label_closing group by sample having count(*) > 1"

_FEW = """
select r.people
from label_rounds r
join label_closing c on c.sample = r.sample
where r.people < $fewest
"""
