"""Findings as pages show them: alone, or those of one check together."""

from __future__ import annotations

import inspect
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from prodops.checks import units
from prodops.checks.finding import Finding
from prodops.pages.blocks import Behind, Cell, Claim, Group, Table
from prodops.pages.offers import offers_on
from prodops.pages.wording import capital

IN_FULL = 3
"""Places of one check that are shown with their records; the others are rows."""

ROWS = 40


def claim(finding: Finding) -> Claim:
    """A finding as a page shows it."""
    return Claim(
        code=finding.code,
        text=finding.title,
        evidence=finding.evidence,
        evidence_count=finding.evidence_count,
        hours=finding.hours,
        exposure=finding.exposure,
        remedy=finding.remedy,
        base_rate=finding.base_rate,
        of=f"{finding.code}/{finding.subject}",
        doings=offers_on(finding),
    )


def found_by(prefix: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of one pillar, the costliest first.

    Args:
        prefix: The first letters of its codes: `RIT`.
        findings: All findings.
    """
    own = [finding for finding in findings if finding.code.startswith(prefix)]
    return tuple(sorted(own, key=_cost, reverse=True))


def grouped(
    findings: Sequence[Finding], *, in_full: int = IN_FULL, rows: int = ROWS, done: Collection[str] = ()
) -> tuple[Group, ...]:
    """Findings by check, in the order in which each check's first one comes.

    Args:
        findings: The findings, the most important first.
        in_full: Places of each check that are shown with their records.
        rows: Other places that are listed; with 0 they are counted alone.
        done: Actions that are not offered, since they were done.
    """
    codes = list(dict.fromkeys(finding.code for finding in findings))
    symptoms = {str(unit.CODE): inspect.cleandoc(unit.__doc__ or "").partition("\n")[0] for unit in units()}
    groups = (
        _group(code, symptoms.get(code, code), [one for one in findings if one.code == code], in_full, rows)
        for code in codes
    )
    return tuple(
        replace(group, claims=tuple(_offering(one, done) for one in group.claims)) for group in groups
    )


def _offering(one: Claim, done: Collection[str]) -> Claim:
    """The claim without offers of what was done."""
    return replace(one, doings=tuple(doing for doing in one.doings if doing.action not in done))


def _group(code: str, symptom: str, findings: list[Finding], in_full: int, rows: int) -> Group:
    remedy, base_rate = _same([one.remedy for one in findings]), _same([one.base_rate for one in findings])
    claims = tuple(claim(finding) for finding in findings[:in_full])
    return Group(
        code=code,
        text=symptom.rstrip("."),
        count=len(findings),
        claims=tuple(_without(one, remedy=remedy, base_rate=base_rate) for one in claims),
        rest=_rest(findings[in_full:], rows) if rows else None,
        remedy=remedy,
        base_rate=base_rate,
    )


def _same(texts: list[str]) -> str:
    return texts[0] if len(set(texts)) == 1 else ""


def _without(one: Claim, *, remedy: str, base_rate: str) -> Claim:
    """The claim without what its group says once."""
    return replace(one, remedy="" if remedy else one.remedy, base_rate="" if base_rate else one.base_rate)


def _rest(findings: list[Finding], rows: int) -> Table | None:
    if not findings:
        return None
    units_told = {cost.unit for one in findings[:rows] for cost in [one.hours or one.exposure] if cost}
    cost = capital(units_told.pop()) if len(units_told) == 1 else "At stake"
    listed: tuple[tuple[Cell, ...], ...] = tuple(
        (
            Behind(one.title, f"{one.code}/{one.subject}"),
            one.hours or one.exposure,
            one.evidence_count,
            one.evidence[0],
        )
        for one in findings[:rows]
    )
    return Table(
        "The other places",
        ("Finding", cost, "Records", "First record"),
        listed,
        left_out=max(0, len(findings) - rows),
    )


def _cost(finding: Finding) -> tuple[float, float]:
    hours, exposure = finding.hours, finding.exposure
    return (
        hours.value if hours is not None and hours.value is not None else 0.0,
        exposure.value if exposure is not None and exposure.value is not None else 0.0,
    )
