"""The tracker: Jira search results with the changelog of every issue, their pages joined into one file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from prodops.simulate.dice import Dice
from prodops.simulate.period import iso

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prodops.simulate.flow import Need
    from prodops.simulate.folder import Folder
    from prodops.simulate.people import Person, Team
    from prodops.simulate.world import World

STATUSES = ("New", "Discovery", "Ready for decision", "Specification", "In release", "Measuring", "Done")
"""The status in which an issue waits for each stage, and the one after the last."""

DECLINED = "Declined"
STATUS_IDS = {name: str(10000 + number) for number, name in enumerate((*STATUSES, DECLINED))}
PRIORITIES = ("Highest", "High", "Medium", "Medium", "Medium", "Low")
BUGS = 0.25
FROM_FEEDBACK = 0.35
LINKED = 0.12


def write(world: World, folder: Folder) -> None:
    """Write every issue, in the order in which they were opened."""
    dice = Dice(world.seed, "tracker")
    keys = _keys(world, dice)
    issues = [_issue(world, need, keys, number, dice=dice) for number, need in enumerate(world.flow.needs)]
    folder.write("tracker/jira.json", _results(issues))


def _results(issues: list[str]) -> Iterator[str]:
    """The search results; an issue a line, so that a difference can be read."""
    count = len(issues)
    yield f'{{"expand":"names,schema","startAt":0,"maxResults":{count},"total":{count},"issues":[\n'
    yield ",\n".join(issues)
    yield "\n]}\n"


def _keys(world: World, dice: Dice) -> list[tuple[Team, str]]:
    """Team and key of every issue."""
    counts = [0] * len(world.roster.teams)
    keys: list[tuple[Team, str]] = []
    for _ in world.flow.needs:
        team = dice.pick(world.roster.teams)
        counts[team.index] += 1
        keys.append((team, f"{_project(team)}-{counts[team.index]}"))
    return keys


def _project(team: Team) -> str:
    """The key of a team's project: letters of its name and its number."""
    letters = "".join(character for character in team.key.upper() if character.isalpha())
    return f"{letters[:4]}{team.index + 1}"


def _issue(world: World, need: Need, keys: list[tuple[Team, str]], number: int, *, dice: Dice) -> str:
    """One issue with its changelog, as JSON."""
    team, key = keys[number]
    people = world.roster.people
    works = world.texts.work
    bug = dice.chance(BUGS)
    pm, engineer = people[team.pm], people[dice.pick(team.engineers)]
    changes = list(_changes(need, pm, engineer))
    status = STATUSES[len(need.left)] if not _turned_down(need) else DECLINED
    done = status in {"Done", DECLINED}
    fields: dict[str, object] = {
        "summary": dice.pick(works.bugs if bug else works.work).format(area=team.name),
        "issuetype": {
            "name": "Bug" if bug else dice.pick(("Story", "Story", "Task", "Epic")),
            "subtask": False,
        },
        "project": {"key": _project(team), "name": team.name},
        "status": {"name": status, "id": STATUS_IDS[status], "statusCategory": {"key": _category(status)}},
        "priority": {"name": dice.pick(PRIORITIES)},
        "labels": ["customer-request"] if dice.chance(FROM_FEEDBACK) else [],
        "created": _jira(need.created),
        "updated": _jira(need.left[-1] if need.left else need.created),
        "resolutiondate": _jira(need.left[-1]) if done else None,
        "resolution": {"name": "Won't Do" if status == DECLINED else "Done"} if done else None,
        "reporter": _user(pm),
        "assignee": _user(engineer) if len(need.left) > STATUSES.index("Specification") else None,
        "issuelinks": _links(keys, number, dice),
    }
    issue = {
        "id": str(20000 + number),
        "key": key,
        "fields": fields,
        "changelog": {"startAt": 0, "maxResults": len(changes), "total": len(changes), "histories": changes},
    }
    return json.dumps(issue, ensure_ascii=False, separators=(",", ":"))


def _links(keys: list[tuple[Team, str]], number: int, dice: Dice) -> list[dict[str, object]]:
    """Now and then an earlier issue that blocks this one."""
    if number == 0 or not dice.chance(LINKED):
        return []
    other = keys[dice.whole(0, number - 1)][1]
    kind = {"name": "Blocks", "inward": "is blocked by", "outward": "blocks"}
    return [{"id": str(50000 + number), "type": kind, "inwardIssue": {"key": other}}]


def _changes(need: Need, pm: Person, engineer: Person) -> Iterator[dict[str, object]]:
    """The moves from status to status."""
    for step, moment in enumerate(need.left):
        last = step == len(need.left) - 1
        after = DECLINED if last and _turned_down(need) else STATUSES[step + 1]
        before = STATUSES[step]
        yield {
            "id": f"{moment}{step}",
            "author": _user(pm if step < STATUSES.index("In release") else engineer),
            "created": _jira(moment),
            "items": [
                {
                    "field": "status",
                    "from": STATUS_IDS[before],
                    "fromString": before,
                    "to": STATUS_IDS[after],
                    "toString": after,
                }
            ],
        }


def _turned_down(need: Need) -> bool:
    """Whether the decision stage has said no."""
    return need.declined and len(need.left) > STATUSES.index("Ready for decision")


def _category(status: str) -> str:
    """Jira's own grouping of a status."""
    if status in {"Done", DECLINED}:
        return "done"
    return "new" if status in {"New", "Discovery"} else "indeterminate"


def _user(person: Person) -> dict[str, object]:
    """A user as search results show one."""
    return {"displayName": person.name, "emailAddress": person.email}


def _jira(moment: int) -> str:
    """A moment the way Jira writes it."""
    return iso(moment).replace("Z", ".000+0000")
