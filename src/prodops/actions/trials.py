"""What the actions on trials share: which one is meant, what its reasons are, and whose weeks it takes."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import date

from prodops.actions.refusal import ActionRefusedError
from prodops.actions.stances import ritual_of
from prodops.checks import units as checks
from prodops.checks.finding import Finding
from prodops.impact.trials import changes, key_of, members_of, under_way
from prodops.ledger.decisions import Intervention
from prodops.ledger.ledger import Ledger
from prodops.views.channel_fates import CHANNEL_FATES
from prodops.views.pms import PMS
from prodops.views.ritual_names import RITUAL_NAMES
from prodops.views.sittings import SITTINGS

KINDS = ("ritual", "channel", "metric", "flow")
SHOWN = 3


def trial_of(ledger: Ledger, written: str) -> Intervention:
    """The change that is meant by its key.

    Raises:
        ActionRefusedError: There is none; the message lists the nearest keys.
    """
    known = {key_of(one): one for one in changes(ledger)}
    by_id = {str(one.id): one for one in known.values()}
    found = known.get(written.strip().casefold()) or by_id.get(written.strip())
    if found is not None:
        return found
    if not known:
        raise ActionRefusedError(
            'No change is registered yet. Register one before it begins: prodops try start "NAME" --because '
            "CODE --outcome overhead_share"
        )
    near = difflib.get_close_matches(written, known, n=SHOWN, cutoff=0.3) or list(known)[:SHOWN]
    raise ActionRefusedError(
        f"No change is called {written!r}. Did you mean: {', '.join(near)}? All of them: prodops try list"
    )


def findings(ledger: Ledger, because: Sequence[str], subject: str) -> tuple[str, ...]:
    """The reasons as codes with their subjects, each found now: `RIT01` becomes `RIT01 roadmap-review`.

    Args:
        ledger: Where the checks look.
        because: Codes, with a subject or without: `RIT01`, `RIT01 roadmap-review`, `RIT01/roadmap-review`.
        subject: What is changed; it is the subject of a code that names none, where it is found there.

    Raises:
        ActionRefusedError: No code is given, a code is unknown, or it is not found.
    """
    written = [" ".join(one.replace("/", " ", 1).split()) for one in because if one.strip()]
    if not written:
        raise ActionRefusedError(
            "No change without a finding that it rests on: name one with --because. What is found: "
            "prodops diagnose"
        )
    return tuple(dict.fromkeys(_finding(ledger, one, subject) for one in written))


def _finding(ledger: Ledger, written: str, subject: str) -> str:
    code, _, named = written.partition(" ")
    unit = next((one for one in checks() if code.upper() == one.CODE), None)
    if unit is None:
        codes = ", ".join(str(one.CODE) for one in checks())
        raise ActionRefusedError(f"{code} is the code of no check. There are: {codes}.")
    found: list[Finding] = sorted(unit.check(ledger), key=lambda one: (-_hours(one), one.subject))
    subjects = [one.subject for one in found]
    wanted = named or (subject if subject in subjects else next(iter(subjects), ""))
    if wanted in subjects:
        return f"{unit.CODE} {wanted}"
    if not subjects:
        raise ActionRefusedError(
            f"{unit.CODE} finds nothing in the ledger now, so nothing rests on it. What is found: "
            "prodops diagnose"
        )
    there = ", ".join(subjects[:SHOWN])
    raise ActionRefusedError(
        f"{unit.CODE} is not found on {wanted!r}. It is found on: {there}. Name one of them: "
        f'--because "{unit.CODE} {subjects[0]}"'
    )


def _hours(finding: Finding) -> float:
    return finding.hours.value if finding.hours is not None and finding.hours.value is not None else 0.0


def acted_on(ledger: Ledger, written: str) -> str:
    """What is changed, as a record keeps it: `ritual:Roadmap review` becomes `ritual roadmap-review`.

    Raises:
        ActionRefusedError: It is not written as kind and name, or a ritual or channel is not known.
    """
    kind, _, name = (part.strip() for part in written.partition(":"))
    if kind not in KINDS or not name:
        raise ActionRefusedError(
            f"{written!r} does not say what is changed. Write kind and name: "
            + ", ".join(f"{one}:NAME" for one in KINDS)
        )
    if kind == "ritual":
        return f"ritual {ritual_of(ledger, name).key}"
    if kind == "channel":
        rows = ledger.sql(
            "select distinct channel from channel_fates order by channel", views=[CHANNEL_FATES]
        )
        known = [str(row[0]) for row in rows]
        if name not in known:
            raise ActionRefusedError(
                f"No channel is called {name!r}. There are: {', '.join(known[:12]) or 'none yet'}."
            )
    return f"{kind} {name}"


def people_of(ledger: Ledger, units: str, acts_on: str, only: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of unit and PM, in the order of names: whose weeks the change touches.

    Args:
        ledger: Where the PMs are.
        units: team, pm or ritual.
        acts_on: What is changed; for rituals those who sit in it are meant.
        only: Teams that take part, or rituals where these are the units; all teams when empty.

    Raises:
        ActionRefusedError: A team or ritual is not known, or the ritual is not said.
    """
    if units == "ritual":
        return _sitters(ledger, acts_on, only)
    rows = ledger.sql("select person, max(team) from pms group by person order by person", views=[PMS])
    teams = {str(person): str(team or "") for person, team in rows}
    unknown = sorted(set(only) - set(teams.values()))
    if unknown:
        there = ", ".join(sorted({team for team in teams.values() if team})[:12])
        raise ActionRefusedError(f"No PM is in a team called {unknown[0]!r}. Teams with PMs: {there}.")
    kept = {person: team for person, team in teams.items() if not only or team in only}
    if units == "pm":
        return tuple((person, person) for person in kept)
    return tuple(sorted((team, person) for person, team in kept.items() if team))


def _sitters(ledger: Ledger, acts_on: str, only: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of ritual and PM: of the rituals that are named one by one, else of the one that is changed."""
    kind, _, changed = acts_on.partition(" ")
    if not only and kind != "ritual":
        raise ActionRefusedError(
            "Units of kind ritual need the ritual: --on ritual:NAME; or several: --only NAME --only NAME"
        )
    rituals = dict.fromkeys(ritual_of(ledger, name).key for name in only) or {changed: None}
    pms = {str(row[0]) for row in ledger.sql("select person from pms", views=[PMS])}
    pairs: list[tuple[str, str]] = []
    for ritual in rituals:
        sitting = sorted(_sitting(ledger, ritual) & pms)
        if only and not sitting:
            raise ActionRefusedError(
                f"No calendar shows a PM in {ritual}, so nothing of it could be read. Leave it out, or load "
                "the calendars: prodops add FOLDER"
            )
        pairs += [(ritual, person) for person in sitting]
    return tuple(pairs)


def _sitting(ledger: Ledger, ritual: str) -> set[str]:
    """PMs who sat in a ritual."""
    return {str(row[0]) for row in ledger.sql(_SAT, {"ritual": ritual}, views=[SITTINGS, RITUAL_NAMES])}


_SAT = """
select distinct s.person
from sittings s
join ritual_names r
    on (r.trace = 'series' and r.name = s.series) or (
        r.trace = 'single' and s.series is null and r.name = s.title || '|' || s.organiser
    )
where s.counted and r.ritual = $ritual
"""


def overlapping(ledger: Ledger, change: Intervention, today: date) -> tuple[Intervention, ...]:
    """Other changes under way on the same people; those declared without people are on everybody's."""
    own = {person for _, person in members_of(change)}
    found = []
    for one in changes(ledger):
        theirs = {person for _, person in members_of(one)}
        if one.id != change.id and under_way(one, today) and (not theirs or not own or own & theirs):
            found.append(one)
    return tuple(found)
