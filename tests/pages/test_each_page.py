"""What each page says of workspaces that only it has something to say about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from make import make
from pages import organisation as part
from prodops.checks.finding import Evidence
from prodops.ledger.data import DatasetLoad
from prodops.ledger.feedback import Feedback as Message
from prodops.ledger.ledger import Ledger
from prodops.ledger.people import Person
from prodops.ledger.record import Prose, Record, RecordId, person_id
from prodops.ledger.rituals import Invitee, Meeting
from prodops.pages import brief, units
from prodops.pages.blocks import (
    Behind,
    Chart,
    Elsewhere,
    Figure,
    Onward,
    Page,
    Points,
    Proposal,
    Table,
    Words,
)
from prodops.stats.estimate import Estimate


def of(name: str, *parts: Iterator[Record]) -> Page:
    page = units()[name].page(part.ledger(*parts))
    assert isinstance(page, Page)
    return page


def chart(page: Page) -> Chart:
    return next(block for section in page.sections for block in section.blocks if isinstance(block, Chart))


def said(page: Page) -> str:
    blocks = [block for section in page.sections for block in section.blocks]
    return " ".join(block.text for block in blocks if isinstance(block, Words))


def headings(page: Page) -> list[str]:
    return [section.heading for section in page.sections]


def undecided() -> Iterator[Record]:
    for one in part.messages():
        assert isinstance(one, Message)
        yield replace(one, decided_at=None, decision="")


def silent() -> Iterator[Record]:
    for one in undecided():
        assert isinstance(one, Message)
        yield replace(one, first_answer_at=None)


def one_channel(messages: Iterator[Record]) -> Iterator[Record]:
    return (one for one in messages if isinstance(one, Message) and one.channel == "form")


def private_blocks() -> Iterator[Record]:
    """Six PMs with blocks of their own that say nothing, a declined and a cancelled meeting."""
    for i in range(6):
        for kind, title, response, invited in (("own", "", "none", 0), ("no", "Sync", "declined", 9)):
            invite = RecordId(f"ics:invite:{kind}-{i}")
            yield make(
                Invitee, id=RecordId(f"ics:invitee:{kind}-{i}"), invite=invite, response=response,
                person=person_id(f"pm{i}@example.com"), own_copy=True,
            )  # fmt: skip
            for week in range(8):
                at = part.START + timedelta(weeks=week)
                yield make(
                    Meeting, id=RecordId(f"ics:meeting:{kind}-{i}-{week}"), uid=f"{kind}{i}", invite=invite,
                    title=Prose(title), starts_at=at, ends_at=at + timedelta(hours=2), invited_count=invited,
                )  # fmt: skip


def test_the_brief_has_verdict_then_north_star_one_chart_and_one_win() -> None:
    page = of("brief", part.everything())
    assert ["Where PM time goes", "What could be given back", "One quick win"] == headings(page)[:3]
    assert page.sections[0].star
    star = page.sections[0].blocks[0]
    assert isinstance(star, Figure)
    assert "PM time on strategy and discovery" == star.label
    assert isinstance(page.sections[1].blocks[0], Chart)
    assert isinstance(page.sections[2].blocks[0], Proposal)
    charts = [block for section in page.sections for block in section.blocks if isinstance(block, Chart)]
    assert 1 == len(charts)


def test_the_brief_names_only_findings_on_what_the_change_touches() -> None:
    win = of("brief", part.everything()).sections[2].blocks[0]
    assert isinstance(win, Proposal)
    assert all(one.endswith(" roadmap-review") for one in win.because)


def test_the_brief_shows_the_first_place_of_few_kinds_of_trouble_and_counts_the_rest() -> None:
    page = of("brief", part.everything())
    found = next(one for one in page.sections if one.heading.startswith("What was found"))
    (ways,) = found.blocks
    assert isinstance(ways, Onward)
    places = [one for one in ways.ways if isinstance(one, Behind)]
    assert brief.CHECKS_SHOWN == len({one.of.partition("/")[0] for one in places}) == len(places)
    assert isinstance(ways.ways[-1], Elsewhere)


def test_the_brief_is_read_in_two_minutes() -> None:
    """At 250 words a minute; what opens on demand and what is looked at is not read."""
    page = of("brief", part.everything())
    blocks = [block for section in page.sections for block in section.blocks]
    words = [page.lead, said(page), *headings(page)]
    for block in blocks:
        words += block.items if isinstance(block, Points) else ()
        words += [str(way) for way in block.ways] if isinstance(block, Onward) else ()
        words += [block.text, *block.because, *block.caveats] if isinstance(block, Proposal) else ()
    assert len(" ".join(words).split()) < 450


def test_the_brief_of_three_pms_shows_no_hours_and_says_why() -> None:
    page = of("brief", part.people(3), part.calendars(3), part.messages())
    assert "3 PMs: too few to show hours" in page.lead
    assert "What could be given back" not in headings(page)
    wins = [block for section in page.sections for block in section.blocks if isinstance(block, Proposal)]
    assert all(not one.hours.known for one in wins)


def test_a_win_can_be_proposed_without_its_hours() -> None:
    win = brief.page(part.small()).win
    assert win is not None
    told = brief.without_hours(win)
    assert not told.hours.known
    assert "about persons" in told.hours.because
    assert told.subjects == win.subjects


def test_the_brief_without_a_finding_says_so_and_proposes_nothing() -> None:
    few = [one for one in part.messages() if isinstance(one, Message) and one.channel == "form"]
    page = of("brief", iter(few))
    assert "No check found anything in what was loaded." in said(page)
    assert "None is proposed" in said(page)


def test_the_brief_without_hours_shows_what_the_records_show() -> None:
    page = of("brief", part.minutes())
    assert "What the records show so far" == headings(page)[0]
    figures = [block for block in page.sections[0].blocks if isinstance(block, Figure)]
    assert "Noted occurrences that produced neither a decision nor an action" in [
        one.label for one in figures
    ]
    assert "What would name a constraint" == headings(page)[-2]


def test_feedback_without_a_decision_is_drawn_by_its_waits() -> None:
    page = of("feedback", undecided())
    assert "waits longest: half are answered within" in chart(page).title
    assert "Half of the messages are answered within" in chart(of("feedback", one_channel(undecided()))).title


def test_feedback_without_an_answer_has_no_chart_and_says_what_is_missing() -> None:
    page = of("feedback", silent())
    with pytest.raises(StopIteration):
        chart(page)
    assert "Not known yet: hours until half have a first answer" in said(page)


def test_feedback_of_one_channel_is_not_called_the_least() -> None:
    assert "of the messages reach a decision" in chart(of("feedback", one_channel(part.messages()))).title


def test_rituals_are_drawn_by_cost_and_yield_where_both_are_known() -> None:
    assert "Roadmap review loses most" in chart(of("rituals", part.everything())).title


def test_rituals_without_minutes_are_drawn_by_cost() -> None:
    page = of("rituals", part.people(), part.calendars())
    assert "asks most of PMs" in chart(page).title
    assert "Produced nothing" not in str([section.blocks for section in page.sections])


def test_rituals_without_calendars_are_drawn_by_yield() -> None:
    page = of("rituals", part.minutes())
    assert chart(page).title.startswith("Roadmap review: 100%")
    assert chart(page).title.endswith("the most of all")


def test_one_noted_ritual_is_not_called_the_most() -> None:
    decided = (one for one in part.minutes() if "roadmap" not in str(one.id))
    assert "most of all" not in chart(of("rituals", decided)).title


def test_rituals_of_three_pms_have_no_hours() -> None:
    page = of("rituals", part.people(3), part.calendars(3), part.minutes())
    assert "fewer than five PMs (3)" in said(page)
    assert "PM hours" not in chart(page).title


def test_rituals_of_fewer_than_five_people_are_counted_and_not_shown() -> None:
    page = of("rituals", part.people(3), part.calendars(3))
    assert page.lead == "Every ritual known here is of fewer than five people."
    assert "3 rituals of fewer than five people" in said(page)
    assert ["Too small to be shown"] == headings(page)


def test_a_registry_says_what_has_ended() -> None:
    page = of("rituals", part.registry())
    assert "A registry lists 2 rituals over time; 1 has ended." in page.lead
    table = page.sections[-1].blocks[0]
    assert isinstance(table, Table)
    assert ("sig-apps", "Office hours") == table.rows[0][:2]


def test_time_counts_what_did_not_count() -> None:
    page = of("time", part.people(), part.calendars(), private_blocks())
    table = next(
        block
        for section in page.sections
        for block in section.blocks
        if isinstance(block, Table) and "Left out" in block.columns
    )
    assert {("own block", 48), ("declined", 48)} <= {row[:2] for row in table.rows}


def test_time_cites_a_block_only_of_a_title_that_five_pms_share() -> None:
    leaves = _leaves(of("time", part.people(), part.calendars()))
    assert {"Roadmap review", "Pricing council", "Portfolio status"} == {
        row[2] for row in leaves.rows if row[2]
    }
    assert 3 == sum(isinstance(row[3], Evidence) for row in leaves.rows)


def test_time_compares_teams_by_their_ranges_and_ranks_none() -> None:
    def in_team(one: Record) -> Record:
        return (
            replace(one, team="Core" if int(str(one.id)[-1]) % 2 else "App")
            if isinstance(one, Person)
            else one
        )

    pms = [replace(one, id=RecordId(f"roster:person:{i}")) for i, one in enumerate(part.people(10))]
    page = of("time", map(in_team, pms), part.calendars(10))
    (section,) = (one for one in page.sections if one.heading.startswith("By team"))
    assert isinstance(section.blocks[0], Chart)
    assert "The ranges of all 2 teams overlap: no team is told from another" == section.blocks[0].title
    assert ["App", "Core"] == [row[0] for row in section.blocks[0].table.rows]


def _leaves(page: Page) -> Table:
    return next(
        block
        for section in page.sections
        for block in section.blocks
        if isinstance(block, Table) and "Leaf" in block.columns
    )


def test_time_without_a_known_pm_says_whose_hours_it_shows() -> None:
    strangers = (
        replace(one, own_copy=False) if isinstance(one, Invitee) else one for one in part.calendars(6)
    )
    page = of("time", strangers)
    assert "Who is a PM is not known" in said(page)
    assert "no PM is known" in said(page)


def test_time_of_titles_that_say_nothing_says_so() -> None:
    page = of("time", part.people(), private_blocks())
    assert page.sections
    assert "Of the hours that can be read, most go" not in str(page.sections)


def test_metrics_name_no_metric_that_fewer_than_five_people_use() -> None:
    page = of("metrics", part.metrics(), part.uses())
    assert chart(page).title.startswith("Of the uses of active users, at least 33% are checks by hand")
    few = (replace(one, person="pm0@example.com") for one in part.uses())  # type: ignore[call-arg]  # they are uses
    with pytest.raises(StopIteration):
        chart(of("metrics", part.metrics(), few))


def test_metrics_of_checks_alone_have_no_table_of_definitions() -> None:
    loads = (one for one in part.metrics() if isinstance(one, DatasetLoad))
    page = of("metrics", loads)
    assert "Where the definitions are" not in headings(page)
    assert page.lead.startswith("0 metric definitions")


def test_problems_are_told_by_kind_and_one_by_one() -> None:
    page = of("problems", part.problems())
    assert "1 entry could not be read; 1 read in spite of a problem." == page.lead
    assert ["By kind", "One by one", "What was read"] == headings(page)
    assert "No problem was met in what was loaded." == of("problems", part.registry()).lead


def test_many_problems_are_counted_and_the_command_named() -> None:
    many = (
        replace(one, id=RecordId(f"problem:{i}"))
        for i in range(120)
        for one in part.problems()
        if one.id.startswith("problem:bad_date")
    )
    page = of("problems", many)
    assert "prodops problems" in said(page)


def test_a_figure_over_nothing_is_unknown_on_every_page() -> None:
    empty: Ledger = part.ledger()
    for unit in units().values():
        page = unit.page(empty)
        held = [getattr(page, name) for name in page.__dataclass_fields__]
        assert not [one for one in held if isinstance(one, Estimate) and one.known]
