"""What can be found: everything that has a name on a page, and nobody's own words or name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from prodops.actions import units as actions
from prodops.actions.deed import sentence_of, spelt
from prodops.checks import units as checks
from prodops.impact.trials import changes, key_of, outcome_words
from prodops.measures import units as measures
from prodops.pages.blocks import Behind, Block, Claim, Group, Onward, Page, Table
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
    opened = {**_listed(pages), **_opened(pages)}
    found = [
        *_pages(pages),
        *_findings(pages, opened),
        *_rituals(ledger),
        *_metrics(ledger, opened),
        *_channels(ledger, opened),
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


def _findings(pages: Sequence[Page], opened: Mapping[str, str]) -> Iterator[Entry]:
    """The claims of every page, and those that it lists; where several make the same, the first counts."""
    seen = set()
    for page in pages:
        for claim in _claims(block for section in page.sections for block in section.blocks):
            if claim.text not in seen:
                seen.add(claim.text)
                yield Entry(
                    kind="finding", title=claim.text, words=f"{claim.code} {claim.remedy}",
                    address=opened.get(claim.of) or _at(page.name, claim.text),
                )  # fmt: skip


def _claims(blocks: Iterable[Block]) -> Iterator[Claim]:
    for block in blocks:
        if isinstance(block, Claim):
            yield block
        elif isinstance(block, Group):
            yield from block.claims
            listed = [cell for row in (block.rest.rows if block.rest else ()) for cell in row]
            for one in listed:
                if isinstance(one, Behind):
                    yield Claim(code=block.code, text=one.text, evidence=(), evidence_count=0, of=one.of)


def _opened(pages: Sequence[Page]) -> dict[str, str]:
    """Where rows open beside a page, by what they are asked by; the first page that opens them counts."""
    found: dict[str, str] = {}
    for page in pages:
        for section in page.sections:
            for of in (one for block in section.blocks for one in _ways(block)):
                found.setdefault(of, f"/{page.name}?{urlencode({'behind': of})}")
    return found


def _listed(pages: Sequence[Page]) -> dict[str, str]:
    """Where a name stands in a table, for what opens no rows."""
    return {
        cell: _at(page.name, cell)
        for page in reversed(pages)
        for section in page.sections
        for block in section.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row[:1]
        if isinstance(cell, str)
    }


def _ways(block: Block) -> Iterator[str]:
    if isinstance(block, Onward):
        yield from (one.of for one in block.ways if isinstance(one, Behind) and not one.offset)
    elif isinstance(block, Table):
        yield from (cell.of for row in block.rows for cell in row if isinstance(cell, Behind))
    elif isinstance(block, Group):
        yield from (one.of for one in block.claims if one.of)
        yield from _ways(block.rest) if block.rest else ()
    elif isinstance(block, Claim) and block.of:
        yield block.of


def _at(page: str, text: str) -> str:
    """The place of some words on a page: a browser goes there, opens what is folded, and marks them."""
    return f"/{page}#:~:text={quote(text, safe='').replace('-', '%2D')}"


def _beside(opened: Mapping[str, str], codes: Sequence[str], name: str) -> str:
    """Where the rows of something open, by the first of some codes that has them; empty where none has."""
    return next((opened[of] for code in codes if (of := f"{code}/{name}") in opened), "")


def _rituals(ledger: Ledger) -> Iterator[Entry]:
    for title, ritual, purpose in ledger.sql(_RITUALS, views=[RITUAL_LOADS, RITUAL_PURPOSES]):
        yield Entry(
            kind="ritual",
            title=title,
            words=f"{ritual} {purpose or ''}",
            address=f"/charter/{quote(ritual, safe='')}",
        )


_RITUALS = """
select l.title, l.ritual, p.purpose
from ritual_loads l
left join ritual_purposes p on p.ritual = l.ritual
where l.big_enough
order by l.occurrences desc, l.ritual
"""


def _metrics(ledger: Ledger, opened: Mapping[str, str]) -> Iterator[Entry]:
    codes = _codes("data_debt")
    for name, title, product, description in ledger.sql(_METRICS):
        words = " ".join(filter(None, (name if title else "", product, description)))
        address = _beside(opened, codes, name) or opened.get(title or name, "")
        yield Entry(kind="metric", title=title or name, words=words, address=address)


_METRICS = """
select name, max(title), max(product), max(description)
from metric_definition
group by name
order by name
"""


def _channels(ledger: Ledger, opened: Mapping[str, str]) -> Iterator[Entry]:
    codes = _codes("feedback_black_hole")
    for query in (_CHANNELS, _THEMES):
        for name, words in ledger.sql(query, {"fewest": FEWEST}, views=[SIGNALS]):
            address = _beside(opened, codes, name) or opened.get(name, "")
            yield Entry(kind="channel", title=name, words=words, address=address)


def _codes(sink: str) -> list[str]:
    """A sink, and the checks that count towards it."""
    return [sink, *(str(unit.CODE) for unit in checks() if sink == unit.SINK)]


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
        yield Entry(
            kind=kind,
            title=question,
            words=f"{name} {state}. {chosen or ''}",
            address=_at("decisions", question),
        )


_DECISIONS = "select source, name, question, chosen, state from decisions order by declared_at desc, name"


def _trials(ledger: Ledger) -> Iterator[Entry]:
    for one in sorted(changes(ledger), key=lambda one: (one.declared_at, str(one.id)), reverse=True):
        words = f"{outcome_words(one.target)}. {one.expected}"
        yield Entry(
            kind="trial", title=one.name, words=words, address=f"/proof/{quote(key_of(one), safe='')}"
        )


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
            address = "/sources/file?" + urlencode({"name": file.name})
            yield Entry(kind="source", title=file.name, words=connector.replace("_", " "), address=address)
    for connector in sorted({file.reading.connector for file in sources} & PERSONAL):
        count = sum(file.reading.connector == connector for file in sources)
        address = "/sources?" + urlencode({"read_as": connector})
        yield Entry(
            kind="source", title=f"{connector} files", words=f"{count} files of people", address=address
        )


def _problems(ledger: Ledger) -> Iterator[Entry]:
    """Kinds of problem: what a file said stays where it is cited."""
    for code, remedy in ledger.sql("select code, min(remedy) from problem group by code order by code"):
        title = code.replace("_", " ")
        yield Entry(kind="problem", title=title, words=remedy, address=_at("problems", title))


def _terms() -> Iterator[Entry]:
    for unit in checks():
        title, _, rest = str(unit.__doc__ or "").partition("\n")
        words = " ".join(rest.split())
        yield Entry(
            kind="term", title=f"{unit.CODE} {title}", words=words, address=_at("method", str(unit.CODE))
        )
    for unit in measures():
        name = unit.__name__.rpartition(".")[2].replace("_", " ")
        words = " ".join(str(unit.__doc__ or "").split())
        yield Entry(kind="term", title=name, words=words, address=_at("method", name))
    for line in TERMS.read_text(encoding="utf-8").splitlines():
        term, _, means = line.partition("\t")
        yield Entry(kind="term", title=term, words=means, address="")  # what is found says it all
