"""Changes of twelve invented PMs: registered, lived by their order, and labelled."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from impact.pm_calendars import WEEKS, monday, pm, steady
from make import make
from prodops.impact.order import draw_order
from prodops.impact.trials import seal_of
from prodops.ledger.decisions import Intervention
from prodops.ledger.record import Citation, Prose, Record, RecordId, person_id
from prodops.ledger.time import Label, LabelClosing, LabelSample, SampledBlock

PMS = 12
FIRST = 40
AT = datetime.combine(monday(FIRST) - timedelta(days=14), time(9), tzinfo=UTC)
LABELLED = WEEKS - 2
LAST_DAY = monday(WEEKS - 1) + timedelta(days=4)


Hours = Callable[[int, int], tuple[float, float]]


def change(
    *,
    design: str = "staggered",
    outcome: str = "meeting_hours",
    starts: Sequence[str | None] = (),
    **given: object,
) -> Intervention:
    """A change of twelve PMs that was registered two weeks before it began."""
    names = [pm(n) for n in range(PMS)]
    days = list(starts) or [str(monday(FIRST)), None]
    order = draw_order(names, days, seed=7, drawn_at=AT) if design in ("staggered", "switchback") else None
    values: dict[str, object] = {
        "id": RecordId("intervention:trial:focus-days:1"), "cite": Citation("declared", "by somebody"),
        "name": Prose("Focus days"), "because": ("FBK01 email",), "target": outcome,
        "expected": Prose("-4 (-6 to -2)"), "starts_on": monday(FIRST), "reads_out_on": LAST_DAY,
        "design": design, "units": "pm", "members": tuple(f"{name}={name}" for name in names),
        "order": json.dumps(order) if order else "", "registered_at": AT, "declared_at": AT,
        "declared_by": person_id("ana@example.com"), **given,
    }  # fmt: skip
    one = make(Intervention, **values)
    return replace(one, seal=seal_of(one))


def begun(one: Intervention) -> dict[int, int]:
    """The week in which each PM starts; those held back never do."""
    if not one.order:
        return dict.fromkeys(range(PMS), FIRST)
    found = {}
    for wave in json.loads(one.order)["waves"]:
        for number in range(PMS):
            if pm(number) in wave["names"] and wave["starts"]:
                found[number] = (date.fromisoformat(wave["starts"]) - monday(0)).days // 7
    return found


def moved(one: Intervention, status: float, strategy: float) -> Hours:
    """Hours that change so much from each PM's start on."""
    starts = begun(one)

    def hours(number: int, week: int) -> tuple[float, float]:
        was = steady(number, week)
        on = week >= starts.get(number, 10**6)
        return was[0] + on * status, was[1] + on * strategy

    return hours


def labels(leaf: str = "C1") -> list[Record]:
    """Two finished samples of all meetings of a week: status meetings of the later one were for `leaf`."""
    found: list[Record] = []
    for week in (FIRST - 1, LABELLED):
        sample = RecordId(f"label_sample:{week}")
        cite = Citation("declared", "by somebody")
        found.append(make(
            LabelSample, id=sample, cite=cite, starts_on=monday(week),
            ends_on=monday(week) + timedelta(days=4), seed="s",
            frame_count=3 * PMS, block_count=3 * PMS, drawn_at=AT, drawn_by=pm(0),
        ))  # fmt: skip
        for number in range(PMS):
            for kind, told in enumerate((leaf if week > FIRST else "C1", "A1", "B2")):
                block = RecordId(f"sampled_block:{week}:{number}-{kind}")
                found.append(make(
                    SampledBlock, id=block, cite=cite, sample=sample, person=pm(number),
                    meeting=RecordId(f"ics:meeting:lead-{number}-{week}-{kind}"), stratum="one",
                    inclusion_probability=1.0,
                ))  # fmt: skip
                found.append(make(
                    Label, id=RecordId(f"label:{week}:{number}-{kind}"), cite=cite, block=block, leaf=told,
                    labelled_at=AT, labelled_by=pm(number),
                ))  # fmt: skip
        found.append(make(
            LabelClosing, id=RecordId(f"label_closing:{week}"), cite=cite, sample=sample, closed_at=AT,
            closed_by=pm(0),
        ))  # fmt: skip
    return found
