"""What can be found: everything that has a name on a page, and nobody's own words or name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from prodops.actions import units as actions
from prodops.actions.deed import sentence_of, spelt
from prodops.checks import units as checks
from prodops.measures import units as measures
from prodops.pages.blocks import Block, Claim, Group, Page
from prodops.serve.search.index import Entry
from prodops.serve.search.names import without_people
from prodops.views.decisions import DECISIONS
from prodops.views.ritual_loads import RITUAL_LOADS
from prodops.views.ritual_purposes import RITUAL_PURPOSES
from prodops.views.signals import SIGNALS

if TYPE_CHECKING:
    from prodops.ledger.ledger import Ledger
    from prodops.ledger.sources import LoadedFile

FEWEST = 5
"""Messages from which a channel or a theme is named."""

PERSONAL = frozenset({"ics", "graph", "interview", "roster", "transcripts"})
"""Connectors whose files are often one person's, and named for that person."""

TERMS = Path(__file__).with_name("terms.tsv")
"""The words of the glossary; a test holds it to docs/glossary.md."""


def entries(ledger: Ledger, pages: Sequence[Page], sources: Sequence[LoadedFile]) -> list[Entry]:
    """Everything that can be found in a ledger.

    Args:
        ledger: The ledger.
        pages: Its pages.
        sources: The files that were loaded and are still there.
    """
    found = [
        *_pages(pages),
        *_findings(pages),
        *_rituals(ledger),
        *_metrics(ledger),
        *_channels(ledger),
        *_decisions(ledger),
        *_trials(ledger),
        *_actions(),
        *_sources(sources),
        *_problems(ledger),
        *_terms(),
    ]
    unique = {(one.kind, one.title, one.address): one for one in without_people(ledger, found)}
    return list(unique.values())


def _pages(pages: Sequence[Page]) -> Iterator[Entry]:
    for page in pages:
        headings = ". ".join(section.heading for section in page.sections if section.heading)
        words = f"{page.lead} {headings}"
        yield Entry(kind="page", title=page.title, words=words, address=f"/{page.name}")


def _findings(pages: Sequence[Page]) -> Iterator[Entry]:
    """The claims of every page; where several pages make the same, the first counts."""
    seen = set()
    for page in pages:
        for claim in _claims(block for section in page.sections for block in section.blocks):
            if claim.text not in seen:
                seen.add(claim.text)
                yield Entry(
                    kind="finding", title=claim.text, words=f"{claim.code} {claim.remedy}",
                    address=f"/{page.name}",
                )  # fmt: skip


def _claims(blocks: Iterable[Block]) -> Iterator[Claim]:
    for block in blocks:
        if isinstance(block, Claim):
            yield block
        elif isinstance(block, Group):
            yield from block.claims


def _rituals(ledger: Ledger) -> Iterator[Entry]:
    for title, ritual, purpose in ledger.sql(_RITUALS, views=[RITUAL_LOADS, RITUAL_PURPOSES]):
        yield Entry(kind="ritual", title=title, words=f"{ritual} {purpose or ''}", address="/rituals")


_RITUALS = """
select l.title, l.ritual, p.purpose
from ritual_loads l
left join ritual_purposes p on p.ritual = l.ritual
where l.big_enough
order by l.occurrences desc, l.ritual
"""


def _metrics(ledger: Ledger) -> Iterator[Entry]:
    for name, title, product, description in ledger.sql(_METRICS):
        words = " ".join(filter(None, (name if title else "", product, description)))
        yield Entry(kind="metric", title=title or name, words=words, address="/metrics")


_METRICS = """
select name, max(title), max(product), max(description)
from metric_definition
group by name
order by name
"""


def _channels(ledger: Ledger) -> Iterator[Entry]:
    for query in (_CHANNELS, _THEMES):
        for name, words in ledger.sql(query, {"fewest": FEWEST}, views=[SIGNALS]):
            yield Entry(kind="channel", title=name, words=words, address="/feedback")


_CHANNELS = """
select channel, 'channel of customer feedback, ' || cast(count(*) as varchar) || ' messages'
from signals
where channel <> ''
group by channel
having count(*) >= $fewest
order by count(*) desc, channel
"""

_THEMES = """
select theme, 'theme of customer feedback, ' || cast(sum(n) as varchar) || ' messages'
from (
    select topic as theme, count(*) as n from signals where topic <> '' group by topic
    union all
    select product as theme, count(*) as n from signals where product <> '' group by product
) as t
group by theme
having sum(n) >= $fewest
order by sum(n) desc, theme
"""


def _decisions(ledger: Ledger) -> Iterator[Entry]:
    for source, name, question, chosen, state in ledger.sql(_DECISIONS, views=[DECISIONS]):
        kind = "question" if source == "declared" and state == "proposed" else "decision"
        yield Entry(kind=kind, title=question, words=f"{name} {state}. {chosen or ''}", address="/decisions")


_DECISIONS = "select source, name, question, chosen, state from decisions order by declared_at desc, name"


def _trials(ledger: Ledger) -> Iterator[Entry]:
    for name, target, expected in ledger.sql(_TRIALS):
        yield Entry(kind="trial", title=name, words=f"{target}. {expected}", address="/proof")


_TRIALS = "select name, target, expected from intervention where not withdrawn order by declared_at desc, id"


def _actions() -> Iterator[Entry]:
    for name, unit in actions().items():
        yield Entry(
            kind="action", title=unit.DEED.title, words=sentence_of(unit), address=f"/act/{spelt(name)}"
        )


def _sources(sources: Sequence[LoadedFile]) -> Iterator[Entry]:
    """Files by name; of those that are one person's, their kind alone."""
    for file in sources:
        connector = file.reading.connector
        if connector not in PERSONAL:
            yield Entry(kind="source", title=file.name, words=connector.replace("_", " "), address="/sources")
    for connector in sorted({file.reading.connector for file in sources} & PERSONAL):
        count = sum(file.reading.connector == connector for file in sources)
        yield Entry(
            kind="source", title=f"{connector} files", words=f"{count} files of people", address="/sources"
        )


def _problems(ledger: Ledger) -> Iterator[Entry]:
    """Kinds of problem: what a file said stays where it is cited."""
    for code, remedy in ledger.sql("select code, min(remedy) from problem group by code order by code"):
        yield Entry(kind="problem", title=code.replace("_", " "), words=remedy, address="/problems")


def _terms() -> Iterator[Entry]:
    for unit in checks():
        title, _, rest = str(unit.__doc__ or "").partition("\n")
        words = " ".join(rest.split())
        yield Entry(kind="term", title=f"{unit.CODE} {title}", words=words, address="/method")
    for unit in measures():
        name = unit.__name__.rpartition(".")[2].replace("_", " ")
        yield Entry(
            kind="term", title=name, words=" ".join(str(unit.__doc__ or "").split()), address="/method"
        )
    for line in TERMS.read_text(encoding="utf-8").splitlines():
        term, _, means = line.partition("\t")
        yield Entry(kind="term", title=term, words=means, address="/method")
