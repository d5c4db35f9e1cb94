"""Actions done by several at once: on both databases nothing is lost, and who comes late is told why."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prodops.actions import units
from prodops.ledger.decisions import Intervention
from prodops.ledger.rituals import RitualStance
from prodops.serve.deeds.desk import Asked, Desk, Done, RefusedError
from prodops.serve.deeds.overtaken import OvertakenDeedError, StaleError
from prodops.serve.deeds.told import changed_lines, done_of, undo_values
from serve.deeds_bench import organisation


@pytest.fixture(params=["sqlite", "postgres"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    found = Desk(organisation(tmp_path / ".prodops", url))
    yield found
    found.close()


def stance(desk: Desk, word: str, *, seen: int | None = None, ritual: str = "Roadmap review") -> Done:
    values = {"ritual": ritual, "stance": word}
    return desk.declare(Asked(unit=units()["set_stance"], values=values, by="ann", seen=seen))


def test_who_had_looked_before_somebody_else_declared_is_told_what_changed(desk: Desk) -> None:
    seen = desk.seen()
    stance(desk, "own", seen=seen)
    with pytest.raises(OvertakenDeedError) as overtaken:
        stance(desk, "facilitate", seen=seen)
    assert ["ritual stance: roadmap-review, own"] == changed_lines(overtaken.value.changed)
    stance(desk, "own", seen=seen, ritual="Pricing council")
    stance(desk, "facilitate", seen=desk.seen())


def test_of_many_who_saw_the_same_one_declares_and_the_others_are_told(desk: Desk) -> None:
    seen, begin = desk.seen(), threading.Barrier(6)
    told: list[object] = []

    def act(number: int) -> None:
        begin.wait()
        try:
            told.append(stance(desk, "own" if number % 2 else "facilitate", seen=seen))
        except OvertakenDeedError as overtaken:
            told.append(overtaken)

    threads = [threading.Thread(target=act, args=(number,)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=120)
    assert 1 == sum(isinstance(one, Done) for one in told)
    assert 6 == len(told)
    assert 1 == len(list(desk.ledger().records(RitualStance)))


def test_of_many_who_say_nothing_of_what_they_saw_every_one_stands_on_the_one_before(desk: Desk) -> None:
    failed: list[BaseException] = []

    def act(number: int) -> None:
        try:
            stance(desk, "own" if number % 2 else "facilitate")
        except BaseException as error:  # noqa: BLE001 (a thread's error is shown by the test)
            failed.append(error)

    threads = [threading.Thread(target=act, args=(number,)) for number in range(5)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=120)
    assert failed == []
    found = list(desk.ledger().records(RitualStance))
    assert 5 == len(found)
    assert {one.supersedes for one in found} == {None, *(one.id for one in found)} - _last(found)


def _last(found: list[RitualStance]) -> set[str]:
    replaced = {one.supersedes for one in found}
    (last,) = (one.id for one in found if one.id not in replaced)
    return {last}


def test_a_version_that_was_asked_for_is_the_only_one_it_is_done_on(desk: Desk) -> None:
    unit, version = units()["set_stance"], desk.ledger().version
    asked = Asked(
        unit=unit, values={"ritual": "Roadmap review", "stance": "own"}, by="ann", version=version, seen=0
    )
    done = desk.declare(asked)
    assert done.version == desk.ledger().version
    with pytest.raises(StaleError) as stale:
        desk.declare(asked)
    assert (done.version, 1) == (stale.value.version, len(stale.value.changed))


def test_what_was_declared_in_one_go_is_taken_back_by_its_entry(desk: Desk) -> None:
    unit = units()["exit_ritual"]
    values = {"ritual": "Roadmap review", "because": ("RIT01",)}
    done = desk.declare(Asked(unit=unit, values=values, by="ann"))
    assert "roadmap-review ends, because of RIT01 roadmap-review." == done_of(unit, done.records, undo=False)
    records = desk.declared_with(done.entry)
    assert [type(one) for one in done.records] == [type(one) for one in records]
    back = Asked(unit=unit, values=undo_values(unit, records), by="ann", undo=True, seen=done.last)
    assert "" == desk.declare(back).records[0].stance  # type: ignore[attr-defined]  # a stance
    assert () == desk.declared_with(99)


def test_a_rehearsal_says_what_would_be_and_declares_nothing(desk: Desk) -> None:
    unit, seen = units()["set_stance"], desk.seen()
    done = desk.rehearse(Asked(unit=unit, values={"ritual": "Roadmap review", "stance": "own"}, by="ann"))
    assert (1, 0, seen) == (len(done.records), done.entry, desk.seen())
    with pytest.raises(RefusedError, match="No exit without a finding"):
        desk.rehearse(Asked(unit=unit, values={"ritual": "Roadmap review", "stance": "exit"}, by="ann"))


def test_on_a_stated_day_a_deed_is_of_that_day_and_says_so_and_the_log_keeps_the_clocks(
    tmp_path: Path,
) -> None:
    settings = replace(organisation(tmp_path / ".prodops")(), stated=True)
    desk = Desk(lambda: settings)
    values = {
        "name": "Pause Roadmap review", "acts_on": "ritual:roadmap-review", "because": ("RIT01",),
        "outcomes": ("overhead_share",), "expects": "-6 (-10 to -2)", "starts_on": settings.today.date(),
    }  # fmt: skip
    desk.declare(Asked(unit=units()["start_trial"], values=values, by="ann"))
    (one,) = desk.ledger().records(Intervention)
    assert one.registered_at is not None
    assert settings.today.date() == one.registered_at.date()
    assert one.cite.locator.endswith("on a day that PRODOPS_TODAY stated")
    (entry,) = desk.store.declared_since(0)
    assert abs(datetime.now(UTC) - entry.declared_at) < timedelta(minutes=10)
    assert not desk.store.verify()
    desk.close()


def test_by_the_clock_a_deed_says_nothing_of_a_day(desk: Desk) -> None:
    stance(desk, "own")
    (one,) = desk.ledger().records(RitualStance)
    assert "PRODOPS_TODAY" not in one.cite.locator
    assert abs(datetime.now(UTC) - one.declared_at) < timedelta(minutes=10)
