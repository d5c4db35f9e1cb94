"""Every other export in its native shape, read with readers that know nothing of the simulator."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml

from prodops.simulate.definitions import differs_here
from prodops.simulate.feedback import CHANNELS, SUPPORT
from prodops.simulate.flow import DECISION
from prodops.simulate.period import iso
from prodops.simulate.purposes import LEAVES, STAGES
from simulate.conftest import Built, Exports

MOMENT = re.compile(r"\b20\d\d-\d\d-\d\dT\d\d:\d\d(?::\d\d)?")


def rows(exports: Exports, name: str) -> list[dict[str, str]]:
    with (exports.out / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def document(exports: Exports, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((exports.out / name).read_text(encoding="utf-8"))
    return found


def test_the_roster_holds_everybody(exports: Exports) -> None:
    found = rows(exports, "roster.csv")
    people = exports.world.roster.people
    assert [row["email"] for row in found] == [person.email for person in people]
    assert found[0].keys() == {"name", "email", "title", "team", "manager", "location", "start date"}
    emails = {row["email"] for row in found}
    assert all(row["manager"] in emails for row in found[1:])


def test_no_export_knows_the_future(exports: Exports) -> None:
    until = iso(exports.world.period.exported_at)
    paths = [*exports.files("**/*.json"), *exports.files("**/*.csv")]
    assert len(paths) > 30
    for path in paths:
        late = [at for at in MOMENT.findall(path.read_text(encoding="utf-8")) if at > until]
        assert not late, (path, late[:3])


def test_requests_tell_what_was_known_and_no_more(exports: Exports) -> None:
    world = exports.world
    found = {row["id"]: row for row in rows(exports, "feedback/requests.csv")}
    sent = [request for request in world.feedback.requests if request.channel != SUPPORT]
    assert len(found) == len(sent)
    until = world.period.exported_at
    for request in sent:
        row = found[f"REQ-{request.index + 1:06d}"]
        decided = request.decided is not None and request.decided <= until
        assert bool(row["decided"]) == bool(row["decision"]) == decided
        assert bool(row["closed"]) == bool(row["closed how"])
        assert row["channel"] == CHANNELS[request.channel].name
        assert row["observed until"] == iso(until)
        assert row["created"] <= (row["first answer"] or row["created"])
        if row["duplicate of"]:
            assert row["closed how"] == "merged"
            assert found[row["duplicate of"]]["created"] < row["created"]


def audits(exports: Exports) -> Iterator[dict[str, Any]]:
    yield from document(exports, "support/zendesk.json")["audits"]


def test_the_help_desk_export_has_the_shape_of_an_incremental_one(exports: Exports) -> None:
    found = document(exports, "support/zendesk.json")
    tickets = found["tickets"]
    sent = [request for request in exports.world.feedback.requests if request.channel == SUPPORT]
    assert len(tickets) == len({ticket["id"] for ticket in tickets}) == len(sent)
    assert found["end_of_stream"] is True
    users = {user["id"] for user in found["users"]}
    organizations = {organization["id"] for organization in found["organizations"]}
    for ticket in tickets:
        assert {ticket["requester_id"], ticket["assignee_id"]} <= users
        assert ticket["organization_id"] in organizations
        assert ticket["created_at"] <= ticket["updated_at"]
    ids = [audit["id"] for audit in found["audits"]]
    assert len(ids) == len(set(ids))


def test_the_rule_of_the_help_desk_closes_silent_tickets_and_is_no_person(exports: Exports) -> None:
    ruled = [audit for audit in audits(exports) if audit["via"]["channel"] == "rule"]
    until = exports.world.period.exported_at
    planted = [
        request
        for request in exports.world.feedback.requests
        if request.channel == SUPPORT
        and request.handled == "auto_closed"
        and request.closed is not None
        and request.closed <= until
    ]
    assert len(ruled) == len(planted) > 50
    assert all(audit["author_id"] == -1 for audit in ruled)
    assert all(audit["via"]["source"]["rel"] == "automation" for audit in ruled)


def test_merged_tickets_name_an_earlier_ticket_that_exists(exports: Exports) -> None:
    tickets = {ticket["id"] for ticket in document(exports, "support/zendesk.json")["tickets"]}
    merged = [audit for audit in audits(exports) if audit["via"]["source"]["rel"] == "merge"]
    assert len(merged) > 10
    for audit in merged:
        target = re.search(r"merged into request #(\d+)", audit["events"][0]["body"])
        assert target is not None
        assert int(target[1]) in tickets
        assert int(target[1]) < audit["ticket_id"]


def test_the_tracker_shows_every_need_where_it_waits(exports: Exports) -> None:
    found = document(exports, "tracker/jira.json")
    needs = exports.world.flow.needs
    *statuses, declined = exports.world.texts.work.statuses
    assert found["total"] == len(found["issues"]) == len(needs)
    assert len({issue["key"] for issue in found["issues"]}) == len(needs)
    for issue, need in zip(found["issues"], needs, strict=True):
        histories = issue["changelog"]["histories"]
        assert len(histories) == issue["changelog"]["total"] == len(need.left)
        status = issue["fields"]["status"]["name"]
        turned_down = need.declined and len(need.left) > DECISION
        assert status == (declined if turned_down else statuses[len(need.left)])
        moves = [change["items"][0] for change in histories]
        assert [move["fromString"] for move in moves] == statuses[: len(moves)]
        assert bool(issue["fields"]["resolutiondate"]) == (status in {statuses[-1], declined})
        moments = [change["created"] for change in histories]
        assert moments == sorted(moments)
    assert len(statuses) == len(STAGES) + 1


def hub(exports: Exports, layer: str) -> dict[str, dict[str, Any]]:
    metrics: dict[str, dict[str, Any]] = {}
    for path in exports.files(f"metrics/{layer}/*.toml"):
        metrics |= tomllib.loads(path.read_text(encoding="utf-8"))["metrics"]
    return metrics


def test_metrics_stand_once_or_twice_as_planted(exports: Exports) -> None:
    world = exports.world
    defined, again = hub(exports, "definitions"), hub(exports, "looker")
    manifest = {
        node["name"]: node for node in document(exports, "metrics/dbt/manifest.json")["metrics"].values()
    }
    for metric in world.metrics.metrics:
        places = [
            table[metric.name]["select_expression"] for table in (defined, again) if metric.name in table
        ]
        if metric.name in manifest:
            places.append(manifest[metric.name]["type_params"]["expr"])
        assert len(places) == 1 + metric.conflicting
        assert len(set(places)) == len(places), "two definitions that agree are no conflict"
    assert any(differs_here(metric) for metric in world.metrics.metrics)


def test_missing_owners_and_targets_are_those_of_the_truth(exports: Exports) -> None:
    defined = hub(exports, "definitions")
    manifest = document(exports, "metrics/dbt/manifest.json")["metrics"].values()
    targets = sorted(node["name"] for node in manifest if "target" not in node["config"]["meta"])
    assert targets == exports.truth["data"]["without_target"]
    ownerless = {name for name, table in defined.items() if "owner" not in table}
    ownerless |= {node["name"] for node in manifest if "owner" not in node["config"]["meta"]}
    assert sorted(ownerless) == exports.truth["data"]["without_owner"]


def test_stale_sources_break_their_promise_and_the_others_keep_it(exports: Exports) -> None:
    late: Counter[str] = Counter()
    days = exports.files("metrics/dbt/*/sources.json")
    assert len(days) == 16
    for path in days:
        for result in json.loads(path.read_text(encoding="utf-8"))["results"]:
            hours = result["max_loaded_at_time_ago_in_s"] / 3600
            promise = result["criteria"]["warn_after"]["count"]
            assert (result["status"] == "pass") == (hours <= promise)
            late[result["unique_id"].rpartition(".")[2]] += hours > promise
    stale = set(exports.truth["data"]["stale_sources"])
    assert min(late[name] for name in stale) > 2
    fresh = [late[source.name] for source in exports.world.metrics.sources if not source.stale]
    assert sum(fresh) / len(fresh) < 0.08 * 16


def test_dashboards_read_what_the_manifest_knows(exports: Exports) -> None:
    manifest = document(exports, "metrics/dbt/manifest.json")
    known = set(manifest["nodes"]) | set(manifest["metrics"]) | set(manifest["sources"])
    assert len(manifest["exposures"]) == exports.world.stage.dashboards
    for exposure in manifest["exposures"].values():
        assert exposure["depends_on"]["nodes"]
        assert set(exposure["depends_on"]["nodes"]) <= known


def test_the_usage_log_holds_most_uses_and_only_read_metrics(exports: Exports) -> None:
    found = rows(exports, "metrics/usage.csv")
    uses = exports.world.metrics.uses
    views = [row for row in found if row["kind"] == "view"]
    logged = exports.world.scenario.data.logged.middle
    assert len(views) / len(uses) == pytest.approx(logged, abs=0.05)
    unused = set(exports.truth["data"]["unused"])
    assert not unused & {row["metric"] for row in found}
    checks = [row for row in found if row["kind"] == "recheck"]
    assert checks
    assert all(int(row["minutes"]) > 0 for row in checks)


def test_interviews_are_whole_percentages_that_flatter(exports: Exports) -> None:
    paths = exports.files("interviews/*.yaml")
    pms = len(exports.world.roster.pms)
    assert pms // 2 < len(paths) <= pms
    stated, ideal = Counter[str](), Counter[str]()
    for path in paths:
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert form["prodops_interview"] == 1
        assert f"{form['person']}.yaml" == path.name
        assert set(form["time"]) == set(LEAVES)
        for leaf, both in form["time"].items():
            stated[leaf[0]] += both["stated"]
            ideal[leaf[0]] += both["ideal"]
        assert sum(both["stated"] for both in form["time"].values()) == 100
        assert sum(both["ideal"] for both in form["time"].values()) == 100
        assert len(form["answers"]) >= 6
    truth = exports.truth["shares"]["groups"]
    assert stated["A"] / 100 / len(paths) > truth["A"] + 0.02
    assert stated["C"] / 100 / len(paths) < truth["C"]
    assert ideal["A"] > stated["A"]


def test_most_pms_would_stop_a_ritual_that_is_truly_rotten(world_of: Built, exports: Exports) -> None:
    rotten = {ritual.title for ritual in world_of().rituals if ritual.rotten}
    named = 0
    for path in exports.files("interviews/*.yaml"):
        answers = yaml.safe_load(path.read_text(encoding="utf-8"))["answers"]
        says = next(answer["says"] for answer in answers if answer["topic"] == "ritual to stop")
        named += any(title in says for title in rotten)
    assert named >= 0.6 * len(exports.files("interviews/*.yaml"))


def test_transcripts_name_those_who_were_there(exports: Exports) -> None:
    world = exports.world
    paths = exports.files("attendance/*/*.vtt")
    assert len(paths) > 20
    lived = {
        f"{world.rituals[o.ritual].key}/{o.day}": {world.roster.people[person].name for person in o.present}
        for o in world.occurrences
    }
    for path in paths:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0] == "WEBVTT"
        speakers = {match[1] for line in lines if (match := re.match(r"<v ([^>]+)>", line))}
        assert speakers == lived[f"{path.parent.name}/{date.fromisoformat(path.stem).toordinal()}"]
