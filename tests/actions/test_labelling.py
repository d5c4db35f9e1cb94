"""A sample has known probabilities; a label comes from the PM whose block it is; few tell nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta

import pytest

from make import make
from prodops.actions.refusal import ActionRefusedError
from prodops.actions.time import close_sample, draw_sample, label_block
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import RecordId, person_id
from prodops.ledger.time import Label, LabelClosing, LabelSample, SampledBlock
from views.block_weeks import TODAY, Week, ledger_of, lived, pms
from views.labelling import answered, blocks_of, closed, drawn

WEEK: Week = [
    ("Weekly status report", 4, 20),
    ("User interview", 3, 4),
    ("Sprint planning", 4, 9),
    ("Busy", 2, 0),
    ("Jira cleanup", 1, 0),
    ("Expense reports", 1, 0),
]


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return ledger_of(lived(pms(5), WEEK, weeks=8), lived(pms(6, team="Core", first=5), WEEK, weeks=8))


@pytest.fixture(scope="module")
def sampled(ledger: Ledger) -> Ledger:
    return drawn(ledger, each=10)


def test_the_same_seed_draws_the_same_blocks_and_another_seed_others(ledger: Ledger) -> None:
    one, again, other = (
        {block.meeting for block in blocks_of(drawn(ledger, seed=seed, each=8))}
        for seed in ("a", "a", "b")
    )  # fmt: skip
    assert one == again
    assert one != other


def test_each_block_has_the_probability_of_its_stratum(ledger: Ledger) -> None:
    head, *blocks = draw_sample.propose(ledger, seed="a", at=TODAY, by="ops", each=8)
    assert isinstance(head, LabelSample)
    assert (head.block_count, head.frame_count) == (len(blocks), 11 * 6 * 4)
    counted: dict[str, Counter[float]] = defaultdict(Counter)
    for block in blocks:
        assert isinstance(block, SampledBlock)
        counted[block.stratum][block.inclusion_probability] += 1
    assert all(len(chances) == 1 for chances in counted.values())
    frame: Counter[str] = Counter()
    for chances in counted.values():
        for chance, count in chances.items():
            frame["all"] += round(count / chance)
    assert frame["all"] == head.frame_count
    assert {"Core", "Growth"} == {stratum.split(" | ")[0] for stratum in counted}


def test_over_many_seeds_a_block_is_drawn_as_often_as_its_probability_says(ledger: Ledger) -> None:
    seen: Counter[str] = Counter()
    chances: dict[str, float] = {}
    for seed in range(300):
        for block in draw_sample.propose(ledger, seed=str(seed), at=TODAY, by="ops", each=6)[1:]:
            assert isinstance(block, SampledBlock)
            seen[block.meeting + block.person] += 1
            chances[block.meeting + block.person] = block.inclusion_probability
    for block_key, chance in chances.items():
        # Four standard errors of 300 draws, over some two hundred blocks.
        assert abs(seen[block_key] / 300 - chance) < 4.2 * (chance * (1 - chance) / 300) ** 0.5 + 0.004


def test_every_pm_is_asked_about_as_many_blocks(sampled: Ledger) -> None:
    asked = Counter(block.person for block in blocks_of(sampled))
    assert len(asked) == 11
    assert all(6 <= count <= 16 for count in asked.values())


def test_nothing_is_drawn_for_fewer_than_five_pms_or_from_nothing() -> None:
    for people, says in ((0, "No calendar"), (4, "fewer than five")):
        with pytest.raises(ActionRefusedError, match=says):
            drawn(ledger_of(lived(pms(people), WEEK)))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"seed": "no seed"}, "seed"),
        ({"weeks": 0}, "weeks"),
        ({"weeks": 14}, "weeks"),
        ({"each": 0}, "blocks"),
    ],
)
def test_what_is_no_sample_is_refused(ledger: Ledger, given: dict[str, object], says: str) -> None:
    with pytest.raises(ActionRefusedError, match=says):
        draw_sample.propose(ledger, **{"seed": "a", "at": TODAY, "by": "ops", **given})  # type: ignore[arg-type]  # a case table


def test_no_two_samples_speak_of_the_same_days(sampled: Ledger) -> None:
    assert draw_sample.gate(sampled) == []
    again = drawn(sampled, seed="two", at=TODAY + timedelta(hours=1))
    assert "sampled before" in draw_sample.gate(again)[0]


def _label(ledger: Ledger, **given: object) -> Label:
    block = blocks_of(ledger)[0]
    (label,) = label_block.propose(ledger, block.id, "C1", at=TODAY, by=block.person)
    return replace(label, **given)  # type: ignore[arg-type]  # one field of many types


def test_a_label_passes_and_a_correction_supersedes_it(sampled: Ledger) -> None:
    first = _label(sampled)
    ledger = sampled.plus([first])
    assert label_block.gate(ledger) == []
    (second,) = label_block.propose(ledger, first.block, "B2", at=TODAY, by=first.labelled_by)
    assert (second.supersedes, second.id) == (first.id, f"{first.id[:-1]}2")
    after = ledger.plus([second])
    assert label_block.gate(after) == []
    (third,) = label_block.propose(after, first.block, "X", at=TODAY, by=first.labelled_by)
    assert third.supersedes == second.id


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"labelled_by": person_id("pm3000@example.com")}, "another PM's calendar"),
        ({"block": RecordId("sampled_block:none")}, "not drawn"),
        ({"leaf": "C9"}, "A label is one of"),
    ],
)
def test_what_is_no_label_is_refused_by_the_gate(
    sampled: Ledger, given: dict[str, object], says: str
) -> None:
    assert says in label_block.gate(sampled.plus([_label(sampled, **given)]))[0]


def test_a_second_answer_that_corrects_nothing_is_refused(sampled: Ledger) -> None:
    first = _label(sampled)
    second = replace(first, id=RecordId("label:other"), leaf="B1")
    assert "answered before" in label_block.gate(sampled.plus([first, second]))[0]


def test_a_correction_of_another_block_is_refused(sampled: Ledger) -> None:
    first = _label(sampled)
    other = next(one for one in blocks_of(sampled)[1:] if one.person == first.labelled_by)
    stray = make(
        Label, id=RecordId("label:stray"), block=other.id, leaf="B1", supersedes=first.id, labelled_at=TODAY,
        labelled_by=other.person,
    )  # fmt: skip
    assert "same block" in label_block.gate(sampled.plus([first, stray]))[-1]


def test_after_the_end_no_label_is_taken(sampled: Ledger) -> None:
    five = {block.person for block in blocks_of(sampled)} - {person_id("pm0@example.com")}
    ledger = closed(answered(sampled, lambda _: "C1", people=five))
    late = next(one for one in blocks_of(ledger) if one.person not in five)
    labels = label_block.propose(ledger, late.id, "C1", at=TODAY + timedelta(days=1), by=late.person)
    assert "finished" in label_block.gate(ledger.plus(labels))[0]


def test_when_all_have_answered_nothing_is_corrected_any_more(sampled: Ledger) -> None:
    ledger = answered(sampled, lambda _: "C1")
    assert label_block.gate(ledger) == []
    block = blocks_of(ledger)[0]
    labels = label_block.propose(ledger, block.id, "B2", at=TODAY + timedelta(hours=1), by=block.person)
    assert "finished" in label_block.gate(ledger.plus(labels))[0]


@pytest.mark.parametrize(("block", "leaf"), [("sampled_block:none", "C1"), ("", "status"), ("", "")])
def test_what_nobody_drew_or_no_answer_is_not_proposed(sampled: Ledger, block: str, leaf: str) -> None:
    first = blocks_of(sampled)[0]
    with pytest.raises(ActionRefusedError):
        label_block.propose(sampled, block or first.id, leaf, at=TODAY, by=first.person)


def test_a_sample_closes_once_and_only_with_five_who_answered(sampled: Ledger) -> None:
    assert "0 PMs have answered" in close_sample.gate(closed(sampled))[0]
    five = sorted({block.person for block in blocks_of(sampled)})[:5]
    ledger = closed(answered(sampled, lambda _: "C1", people=five))
    assert close_sample.gate(ledger) == []
    assert draw_sample.open_sample(ledger) is None
    first = next(iter(ledger.records(LabelClosing)))
    twice = ledger.plus([replace(first, id=RecordId("label_closing:again"))])
    assert "closed already" in close_sample.gate(twice)[0]


def test_what_is_no_sample_is_not_closed(sampled: Ledger) -> None:
    for name in (None, "label_sample:none"):
        with pytest.raises(ActionRefusedError, match="No sample is open"):
            close_sample.propose(sampled, name, at=TODAY, by="ops")
