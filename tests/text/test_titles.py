"""Whether two entries of two lists are the same meeting."""

from __future__ import annotations

from prodops.text.titles import SAME, Listed, pair_up, same_key, same_ritual

ITSELF = 1.0


def network(title: str, day: str = "Monday", time: str = "10:00") -> Listed:
    return Listed(title, "sig-network", day, time)


def test_the_same_title_in_the_same_group_is_the_same_meeting_wherever_it_moves() -> None:
    assert same_ritual(network("Ingress  Meeting"), network("ingress meeting", "Friday", "8:00")) == ITSELF
    assert same_key(network("Ingress Meeting")) == same_key(network("ingress  meeting"))


def test_the_same_title_in_another_group_is_another_meeting() -> None:
    assert (
        same_ritual(
            network("Regular SIG Meeting"), Listed("Regular SIG Meeting", "sig-node", "Monday", "10:00")
        )
        == 0
    )


def test_names_that_say_nothing_but_the_group_mean_its_own_meeting() -> None:
    for other in (
        "SIG Network Meeting",
        "Main SIG Meeting",
        "SIG Network Bi-Weekly Meeting",
        "10AM PT Meeting",
    ):
        assert same_ritual(network("Regular SIG Meeting"), network(other, "Thursday")) >= SAME


def test_another_subject_is_another_meeting_unless_it_took_over_the_slot() -> None:
    assert same_ritual(network("kops office hours"), network("minikube office hours", "Friday")) < SAME
    assert same_ritual(network("APAC Meeting"), network("Regular SIG Meeting", "Friday")) < SAME
    assert same_ritual(network("Service APIs"), network("Gateway API", time="10am")) >= SAME
    assert same_ritual(network("Service APIs", time=""), network("Gateway API", time="")) < SAME


def test_a_grown_subject_on_the_same_day_is_the_same_meeting() -> None:
    assert same_ritual(network("Weekly CI Meeting"), network("Weekly CI/Triage Meeting", time="9:00")) >= SAME


def test_a_place_in_the_month_is_not_every_week() -> None:
    first, every = network("A", "first Wednesday", "8:00"), network("B", "Wednesday", "8:00")
    assert same_ritual(first, every) < SAME
    assert same_ritual(first, network("B", "first Wednesday", "08:00 (UTC)")) >= SAME


def test_pairing_takes_the_most_alike_first_and_each_entry_once() -> None:
    earlier = [network("Regular SIG Meeting"), network("Proxy", "Friday"), network("Policy", "Tuesday")]
    later = [
        network("Proxy subproject", "Friday"),
        network("SIG Network Meeting"),
        network("Regular SIG Meeting", "Tuesday"),
    ]
    assert [
        (pair.earlier, pair.later) for pair in sorted(pair_up(earlier, later), key=lambda pair: pair.earlier)
    ] == [
        (0, 2),
        (1, 0),
    ]


def test_an_entry_without_day_or_time_is_judged_by_its_title() -> None:
    assert same_ritual(Listed("Pricing", "a"), Listed("Pricing council", "a", "Monday", "noon")) >= SAME
