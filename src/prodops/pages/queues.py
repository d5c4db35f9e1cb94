"""The stages from signal to learning as queues: which one is full and grows, or why that cannot be said."""

from __future__ import annotations

from prodops.diagnosis.queue import BINDS_FROM, ITEMS_WEEK, SATURATED, QueueEvidence, StageFlow
from prodops.pages.blocks import Block, Cell, Section, Table, Words
from prodops.pages.charts import Row, forest
from prodops.pages.wording import capital, stated

HEADING = "Queue evidence: does a stage bind?"


def queue_section(found: QueueEvidence) -> Section:
    """What the queues say: the verdict, how full each stage is, and the rates behind it.

    Args:
        found: The queue evidence, whole or not.
    """
    says = found.says if found.says.endswith(".") else f"{capital(found.says)}."
    if not found.complete:
        told = (_table(found), Words(_RULE, "quiet")) if found.stages else ()
        return Section(HEADING, (Words(f"{says} {_MISSING}", "warning"), *told))
    heading = f"Queue evidence: {found.binding} binds" if found.binding else HEADING
    return Section(heading, (Words(says), *_drawn(found), _table(found), Words(_RULE, "quiet")))


_MISSING = "So the word is largest reclaimable time sink, and never binding constraint."

_RULE = (
    f"A stage binds when it is the fullest, has no room left (arrivals over capacity of {SATURATED:.1f} or "
    f"more) and its queue has grown, in {BINDS_FROM:.0%} of the draws. Whole histories have a ratio near 1 "
    "of pieces counted to those their stays account for (Little's law)."
)


def _drawn(found: QueueEvidence) -> tuple[Block, ...]:
    known = [stage for stage in found.stages if stage.utilisation.known]
    if not known:
        return ()
    fullest = max(known, key=lambda stage: stage.utilisation.value or 0.0)
    title = f"{capital(fullest.name)} is the fullest: {stated(fullest.utilisation)}"
    rows = [Row(stage.name, stage.utilisation) for stage in found.stages]
    return (forest(title, rows, axis="Arrivals over what can be served", what="Stage"),)


def _table(found: QueueEvidence) -> Table:
    rows = tuple(_row(stage) for stage in found.stages)
    columns = (
        "Stage", f"Come, {ITEMS_WEEK}", f"Could be served, {ITEMS_WEEK}", "Wait now",
        f"Queue grows by, {ITEMS_WEEK}", "Mean stay, days", "Counted over accounted", "Binds in draws",
    )  # fmt: skip
    return Table(
        "Each stage as a queue: rates of the last half year, growth over the last year", columns, rows
    )


def _row(stage: StageFlow) -> tuple[Cell, ...]:
    return (
        stage.name,
        stage.arrivals,
        stage.service,
        stage.waiting,
        stage.growth,
        stage.stay,
        f"{stage.little_ratio:.2f}",
        f"{stage.p_binds:.0%}",
    )
