"""Fifty readers for a minute over all pages, while a command line loads and declares beside them.

Each reader asks for a page, reads it for a while as people do, and asks for the next. Beside them one process
loads files and declares decisions by the commands that everybody has. At the end every declaration that was
confirmed is looked for in the log: one that is missing is a lost update.

    .venv/bin/python bench/web_load.py [--seconds 60] [--readers 50] [--pause 1.0] [--people 400] [--rows]

`--pause 0` lets them ask without a pause: how much the server can take. `--rows` has them open rows behind
numbers too, which are read from the evidence each time.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from prodops.ledger.store import open_store
from prodops.pages import units


@dataclass
class Seen:
    """What one reader met."""

    milliseconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: Counter[str] = field(default_factory=Counter)
    stale: int = 0


def main() -> None:
    """Set up, run, tell."""
    told = _asked()
    with tempfile.TemporaryDirectory(prefix="prodops-web-load-") as folder:
        workspace = _workspace(Path(folder), told.people)
        port = _free_port()
        server = _started("serve", "--port", str(port), "-w", str(workspace))
        try:
            _until_ready(port)
            addresses = _addresses(port, rows=told.rows)
            before = _cpu_seconds(server.pid)
            seen, writer = _run(told, port, addresses, workspace)
            spent = _cpu_seconds(server.pid) - before
        finally:
            server.terminate()
            server.wait(timeout=60)
        _tell(told, seen, writer, _lost(workspace, writer.declared))
        count = sum(len(ms) for one in seen for ms in one.milliseconds.values())
        print(f"the server itself took {spent:.1f} s of CPU, {spent / count * 1e3:.1f} ms a request")


@dataclass
class Writer:
    """What the command line did meanwhile.

    Attributes:
        declared: Questions whose decisions were confirmed.
        loads: Files that were loaded.
        wrong: What a command said that failed.
    """

    declared: list[str] = field(default_factory=list)
    loads: int = 0
    wrong: list[str] = field(default_factory=list)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between two pages, on average")
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--rows", action="store_true", help="open rows behind numbers too")
    return parser.parse_args()


def _workspace(folder: Path, people: int) -> Path:
    """An invented organisation, loaded, its pages made."""
    _command("demo", "--folder", str(folder / "demo"), "--people", str(people))
    workspace = folder / "demo" / ".prodops"
    _command("prepare", "-w", str(workspace))
    return workspace


def _addresses(port: int, *, rows: bool) -> list[str]:
    """Every page, and some of what stands behind its numbers."""
    pages = [f"/{name}" for name in units()]
    searches = [f"/search?q={word}" for word in ("pricing", "rit", "metric", "decision", "nothing+of+it")]
    found = [*pages, *pages, *(f"/{name}.json" for name in ("brief", "rituals", "decisions")), *searches]
    if rows:
        ways = re.findall(r'href="(/evidence\?of=[^"]+)"', _text(port, "/brief") + _text(port, "/diagnosis"))
        found += [way.replace("&amp;", "&") for way in dict.fromkeys(ways)][:10]
    return found


def _run(
    told: argparse.Namespace, port: int, addresses: list[str], workspace: Path
) -> tuple[list[Seen], Writer]:
    """All readers and the writer, at once."""
    until = time.monotonic() + told.seconds
    seen, writer = [Seen() for _ in range(told.readers)], Writer()
    threads = [
        threading.Thread(target=_read, args=(one, port, addresses, until, (told.pause, number)))
        for number, one in enumerate(seen)
    ]
    threads.append(threading.Thread(target=_write, args=(writer, workspace, until)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen, writer


def _read(seen: Seen, port: int, addresses: list[str], until: float, habit: tuple[float, int]) -> None:
    pause, number = habit
    dice = random.Random(number)  # noqa: S311 (which page comes next is no secret)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    time.sleep(dice.uniform(0, pause))
    while time.monotonic() < until:
        address = dice.choice(addresses)
        began = time.perf_counter()
        try:
            response, body = _got(connection, address)
        except (OSError, http.client.HTTPException) as error:
            seen.wrong[f"{type(error).__name__} at {address}"] += 1
            connection.close()
            continue
        kind = "rows" if address.startswith("/evidence?") else "search" if "search" in address else "page"
        seen.milliseconds[kind].append((time.perf_counter() - began) * 1_000)
        if response.status != 200:
            seen.wrong[f"{response.status} at {address}"] += 1
        seen.stale += b"Look again" in body or response.headers.get("Prodops-Stale-Since") is not None
        time.sleep(dice.expovariate(1 / pause) if pause else 0)


def _got(connection: http.client.HTTPConnection, address: str) -> tuple[http.client.HTTPResponse, bytes]:
    """An answer; a connection that the server closed while nobody used it is opened again, as browsers do."""
    try:
        connection.request("GET", address)
        response = connection.getresponse()
    except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
        connection.close()
        connection.request("GET", address)
        response = connection.getresponse()
    return response, response.read()


def _write(writer: Writer, workspace: Path, until: float) -> None:
    """Declare, load, declare: each by a command of its own, as cron and people do."""
    number = 0
    notes = workspace.parent / "notes"
    notes.mkdir()
    while time.monotonic() < until:
        number += 1
        question = f"Shall we keep the ritual of round {number}?"
        said = _try(
            "decide", question, "--option", "Keep it", "--option", "do nothing", "--chosen", "Keep it",
            "--owner", "me@corp.example", "--intuition", "It is liked", "-w", str(workspace),
        )  # fmt: skip
        if said:
            writer.wrong.append(said)
        else:
            writer.declared.append(question)
        file = notes / f"2026-01-{number % 28 + 1:02d}-round-{number}.md"
        file.write_text(f"# Sync\n\n## Decisions\n\n- DECISION: round {number} goes on\n", encoding="utf-8")
        said = _try("add", str(file), "-w", str(workspace))
        writer.loads += not said
        writer.wrong += [said] if said else []


def _lost(workspace: Path, declared: list[str]) -> int:
    """Declarations that were confirmed and do not stand in the log, plus faults of the log itself."""
    with open_store(workspace) as store:
        from datetime import UTC, datetime  # lazy: asked for once

        ledger = store.ledger(today=datetime.now(UTC))
        there = {row[0] for row in ledger.sql("select question from decision")}
        return sum(question not in there for question in declared) + len(store.verify())


def _tell(told: argparse.Namespace, seen: list[Seen], writer: Writer, lost: int) -> None:
    wrong: Counter[str] = sum((one.wrong for one in seen), Counter())
    every = sorted(ms for one in seen for spent in one.milliseconds.values() for ms in spent)
    print(f"{told.readers} readers, {told.seconds:g} s, pause {told.pause:g} s, {told.people} people, "
          f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")  # fmt: skip
    print(f"requests {len(every):,}  a second {len(every) / told.seconds:,.0f}  errors {wrong.total()}  "
          f"stale {sum(one.stale for one in seen):,}")  # fmt: skip
    for kind in ("page", "search", "rows"):
        spent = sorted(ms for one in seen for ms in one.milliseconds.get(kind, ()))
        if spent:
            print(f"  {kind:6} {len(spent):6,}  {_quantiles(spent)}")
    print(f"  all    {len(every):6,}  {_quantiles(every)}")
    print(f"declared {len(writer.declared)}  loaded {writer.loads}  failed commands {len(writer.wrong)}  "
          f"lost updates {lost}")  # fmt: skip
    for what, count in wrong.most_common(5):
        print(f"  {count} x {what}")
    for said in writer.wrong[:3]:
        print(f"  {said}")
    p95 = statistics.quantiles(every, n=100)[94]
    held = not wrong and not writer.wrong and not lost and p95 <= 100
    print(f"bars (0 errors, 0 lost updates, p95 <= 100 ms): {'held' if held else 'NOT held'}")


def _quantiles(spent: list[float]) -> str:
    cut = statistics.quantiles(spent, n=100) if len(spent) > 1 else spent * 99
    return f"p50 {cut[49]:6.1f} ms  p95 {cut[94]:6.1f} ms  p99 {cut[98]:6.1f} ms  longest {spent[-1]:7.1f} ms"


def _command(*words: str) -> None:
    said = _try(*words)
    if said:
        sys.exit(said)


def _try(*words: str) -> str:
    """Run a command; what it said if it failed."""
    done = subprocess.run([_prodops(), *words], capture_output=True, text=True, check=False, timeout=600)  # noqa: S603 (our own command)
    return f"{words[0]}: {(done.stderr or done.stdout).strip()[:300]}" if done.returncode else ""


def _started(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([_prodops(), *words], stdout=subprocess.DEVNULL)  # noqa: S603 (our own command)


def _prodops() -> str:
    return shutil.which("prodops") or str(Path(sys.executable).with_name("prodops"))


def _cpu_seconds(pid: int) -> float:
    """CPU time of a process without its children, as Linux tells it."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_ready(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            if json.loads(_text(port, "/health"))["status"] == "well":
                return
        except OSError:
            time.sleep(0.1)
    sys.exit("the server did not come up")


def _text(port: int, address: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address)
    text = connection.getresponse().read().decode()
    connection.close()
    return text


if __name__ == "__main__":
    main()
