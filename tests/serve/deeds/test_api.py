"""Programs do what people do: the same actions and refusals as data; nothing twice, nothing lost."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from serve.deeds_bench import organisation
from serve.served import Site, serving


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(organisation(tmp_path_factory.mktemp("api") / ".prodops")) as running:
        yield running


def post(site: Site, path: str, body: object, **headers: str) -> tuple[int, dict[str, str], Any]:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    named = {
        "Content-Type": "application/json",
        **{name.replace("_", "-"): one for name, one in headers.items()},
    }
    text = body if isinstance(body, (str, bytes)) else json.dumps(body)
    connection.request("POST", f"/api/v1/actions/{path}", body=text, headers=named)
    response = connection.getresponse()
    told = {name.lower(): value for name, value in response.getheaders()}
    found = response.status, told, json.loads(response.read())
    connection.close()
    return found


def get(site: Site, path: str) -> Any:
    return json.loads(site.ask(f"/api/{path}").text)


STANCE = {"ritual": "Roadmap review", "stance": "own"}


def test_an_action_is_done_by_a_program_and_taken_back(site: Site) -> None:
    status, headers, done = post(site, "set_stance", STANCE)
    assert status == 201
    assert done["done"].startswith("roadmap-review: own")
    assert headers["etag"] == f'"{done["version"]}.{done["seen"]}"'
    status, _, back = post(site, done["undo"]["href"].removeprefix("/api/v1/actions/"), done["undo"]["body"])
    assert (status, back["undo"]) == (201, None)
    assert post(site, "draw_sample/undo", {})[0] == 409


def test_a_refusal_is_a_problem_with_the_way_through(site: Site) -> None:
    status, headers, problem = post(site, "exit_ritual", {"ritual": "Roadmap review"})
    assert (status, headers["content-type"]) == (409, "application/problem+json")
    (objection,) = problem["objections"]
    assert ("because", "exit_ritual") == (objection["field"], objection["ways"][0]["action"])
    would = {"ritual": "roadmap-review", "because": ["RIT01"]}
    assert 200 == post(site, "exit_ritual?dry_run=true", would)[0]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("set_stance", {"ritual": 3}, 422), ("set_stance", [], 422), ("set_stance", "{", 400),
        ("set_stance", '{"ritual": NaN}', 400), ("set_stance", "[" * 100_000, 400),
        ("set_stance", b"\xff", 400),
        ("fly", {}, 404), ("set_stance?dry_run=1", STANCE, 422), ("set_stance?seen=-1", STANCE, 422),
        ("exit_ritual", {"ritual": "Roadmap review", "starts_on": "9000-01-01"}, 409),
        ("ask", {"question": "\ud800"}, 422),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(site: Site, path: str, body: object, status: int) -> None:
    found, headers, problem = post(site, path, body)
    assert (found, headers["content-type"]) == (status, "application/problem+json")
    assert problem["detail"]


def test_what_is_not_json_is_not_guessed_at(site: Site) -> None:
    assert post(site, "set_stance", STANCE, Content_Type="text/plain")[0] == 415


def test_a_request_that_is_sent_again_is_answered_again_and_not_done_twice(site: Site) -> None:
    first = post(site, "ask", {"question": "Once?"}, Idempotency_Key="k-1")
    again = post(site, "ask", {"question": "Once?"}, Idempotency_Key="k-1")
    assert (201, 201, "true") == (first[0], again[0], again[1]["idempotent-replayed"])
    assert first[2] == again[2]
    assert post(site, "ask", {"question": "Another?"}, Idempotency_Key="k-1")[0] == 409
    assert post(site, "ask", {"question": "Once?"}, Idempotency_Key="")[0] == 422
    assert post(site, "ask", {"question": ""}, Idempotency_Key="k-2")[0] == 422
    assert post(site, "ask", {"question": "Once?"}, Idempotency_Key="k-3")[0] == 409
    assert post(site, "ask", {"question": "After a refusal?"}, Idempotency_Key="k-3")[0] == 201


def test_a_version_that_is_past_is_told_with_what_changed(site: Site) -> None:
    tag = site.ask("/api/v1/actions").headers["etag"]
    assert (
        201
        == post(site, "declare_purpose", {"ritual": "Pricing council", "purpose": "decide"}, If_Match=tag)[0]
    )
    status, _, problem = post(site, "ask", {"question": "Late?"}, If_Match=tag)
    assert (status, problem["changed"]) == (412, ["ritual stance: pricing-council"])
    assert 412 == post(site, "ask", {"question": "Late?"}, If_Match='"strange"')[0]
    assert 201 == post(site, "ask", {"question": "Late?"}, If_Match="*")[0]


def test_of_many_programs_that_saw_the_same_one_is_done_and_none_is_lost(site: Site) -> None:
    seen, told = get(site, "v1/actions")["seen"], list[tuple[int, Any]]()

    def act(number: int) -> None:
        word = "own" if number % 2 else "facilitate"
        body = {"ritual": "Portfolio status", "stance": word}
        told.append(post(site, f"set_stance?seen={seen}", body)[::2])

    threads = [threading.Thread(target=act, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=120)
    assert [201, *[409] * 7] == sorted(status for status, _ in told)
    assert all(problem["changed"] for status, problem in told if status == 409)


def test_what_the_pages_show_is_there_for_programs(site: Site) -> None:
    assert {"name": "brief", "href": "/api/v1/pages/brief"} in get(site, "v1/pages")["pages"]
    assert get(site, "v1/diagnosis")["name"] == "diagnosis"
    assert get(site, "v1/pages/problems")["name"] == "problems"
    assert {"pm0.ics"} <= {one["reading"]["name"] for one in get(site, "v1/sources")["sources"]}
    assert get(site, "v1/problems?limit=1")["offset"] == 0
    assert get(site, "v1/choices/exit_ritual")["choices"]["ritual"][0]["value"]
    assert site.ask("/api/v1/problems?limit=many").status == 422
    assert site.ask("/api/v1/rows").status == 422
    assert site.ask("/api/v1/rows?of=nothing").status == 404
    assert site.ask("/api/v1/pages/nothing").status == 404
    tag = site.ask("/api/v1/pages/brief").headers["etag"]
    assert site.ask("/api/v1/pages/brief", If_None_Match=tag).status == 304


def test_the_reference_is_a_page_made_from_the_same_document(site: Site) -> None:
    text, described = site.ask("/api").text, get(site, "openapi.json")
    assert described["openapi"] == "3.1.0"
    assert all(path in text for path in described["paths"])
    assert "<script>" not in text
