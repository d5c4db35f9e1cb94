"""What a clone holds: nothing of the machine it was written on, sound locks, one fragment per change."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from house.tree import ROOT, House, Plant, holds

# Written in two pieces, so that this file does not hold what it looks for.
HOSTS = tuple(
    first + last
    for first, last in (
        ("pypi.", "org"),
        ("files.python", "hosted.org"),
        ("registry.npm", "js.org"),
        ("registry.yarn", "pkg.com"),
        ("proxy.golang", ".org"),
        ("static.crates", ".io"),
        ("index.crates", ".io"),
        ("repo.maven", ".apache.org"),
        ("conda.ana", "conda.org"),
        ("deb.deb", "ian.org"),
    )
)
"""Hosts of package registries: where packages come from is the machine's business."""

MACHINE_PATHS = re.compile(
    "|".join((r"(?<![\w.])/wor" + r"k/\w", r"/roo" + r"t/\.?\w", r"/op" + r"t/pypi", r"\.pye" + r"nv/"))
)
"""Places of the machine the project was written on."""

BINARY = {
    ".png",
    ".jpg",
    ".ico",
    ".woff2",
    ".xlsx",
    ".xls",
    ".ods",
    ".parquet",
    ".zip",
    ".gz",
    ".pdf",
    ".docx",
}
FRAGMENT = re.compile(r"^[a-z0-9][a-z0-9-]*\.(added|changed|fixed|removed|security)\.md$")
LOCKED = re.compile(r"^[a-z0-9][a-z0-9._-]*==[^ ]+( ; .+)?$")


def giveaways(house: House) -> Iterator[str]:
    for path in house.tracked():
        if path.suffix in BINARY:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for host in HOSTS:
            if host in text:
                yield f"{house.name(path)} names {host}"
        if found := MACHINE_PATHS.search(text):
            yield f"{house.name(path)}:{text.count(chr(10), 0, found.start()) + 1} names {found.group()}"


def unsound_fragments(house: House) -> Iterator[str]:
    for path in sorted((house.root / "changelog.d").glob("*")):
        if path.name == "README.md":
            continue
        words = path.read_text(encoding="utf-8").strip()
        if not FRAGMENT.match(path.name):
            yield f"{path.name} is not named <slug>.<added|changed|fixed|removed|security>.md"
        elif not words or words.startswith(("#", "-", "*")) or not words.endswith("."):
            yield f"{path.name} is not one paragraph of plain sentences"


def unsound_lock_lines(lock: Path) -> Iterator[str]:
    """Lines of a lock that are neither a pinned package nor one of its hashes, and pins without a hash."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        pinned = line.removesuffix(" \\")
        if line.startswith("    --hash=sha256:"):
            continue
        if not LOCKED.match(pinned) or not line.endswith(" \\"):
            yield f"{lock.name}:{number} {line}"


def locked(lock: Path) -> dict[str, str]:
    """Name and version of every package of a lock."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


def test_nothing_of_this_machine_is_in_the_clone(house: House) -> None:
    holds(
        "No tracked file names a package registry's host or a path of the machine it was written on.",
        giveaways(house),
        mend="write a path relative to the project, and leave hosts to the configuration of the machine.",
    )


def test_fragments_of_the_changelog_are_well_formed(house: House) -> None:
    holds(
        "changelog.d/ holds one fragment per change, named and written as its README says.",
        unsound_fragments(house),
        mend="see changelog.d/README.md.",
    )


def test_the_locks_pin_and_hash_everything() -> None:
    broken = [
        line
        for name in ("requirements.lock", "requirements-dev.lock")
        for line in unsound_lock_lines(ROOT / name)
    ]
    holds(
        "The locks hold pinned packages and their hashes, and nothing else.", broken, mend="run `make lock`."
    )


def test_both_locks_agree() -> None:
    runtime, dev = locked(ROOT / "requirements.lock"), locked(ROOT / "requirements-dev.lock")
    apart = [
        f"{name} {version} / {dev.get(name)}" for name, version in runtime.items() if dev.get(name) != version
    ]
    holds(
        "The lock of the developers holds the runtime's packages at the same versions.",
        apart,
        mend="run `make lock`.",
    )


def test_the_runtime_lock_holds_what_the_project_names_and_no_tool_of_the_developers() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = locked(ROOT / "requirements.lock")
    named = {_bare(line) for line in project["project"]["dependencies"]}
    tools = {_bare(line) for line in project["dependency-groups"]["dev"]}
    extras = {_bare(line) for lines in project["project"]["optional-dependencies"].values() for line in lines}
    broken = [f"{name} is missing" for name in sorted(named - set(runtime))]
    broken += [f"{name} does not belong there" for name in sorted((tools | extras) & set(runtime))]
    holds(
        "requirements.lock holds the runtime dependencies, without extras.", broken, mend="run `make lock`."
    )


def _bare(requirement: str) -> str:
    return re.split(r"[\[<>=!~ ;]", requirement, maxsplit=1)[0].lower()


def test_every_make_target_has_a_line_of_help() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.findall(r"^\.PHONY: (.+)$", text, re.MULTILINE)[0].split()
    helped = re.findall(r"^([.\w-]+):[^#\n=]*## \S", text, re.MULTILINE)
    assert sorted(phony) == sorted(helped)
    wanted = {".venv", "demo", "serve", "test", "lint", "types", "house", "docs", "bench"}
    assert wanted <= set(helped)


def test_ci_runs_the_command_of_the_readme_and_no_other() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert ["make test"] == [line for line in lines if line.startswith("make ")]
    assert lines[-1] == "make test"


def test_the_licence_is_apache_2() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_these_rules_see_what_breaks_them(plant: Plant) -> None:
    house = plant(
        {
            "docs/a.md": f"From https://{HOSTS[0]}/simple.\n",
            "docs/b.md": "Fine\nSee /wor" + "k/main/README\n",
            "docs/c.md": "artwork/main and ../work/x are relative\n",
            "changelog.d/README.md": "",
            "changelog.d/read-jira.added.md": "Jira exports are read.\n",
            "changelog.d/Fix things.md": "x\n",
            "changelog.d/loose.fixed.md": "# A heading\n",
            "some.lock": "a==1 \\\n    --hash=sha256:00\nb==2\n--index-url x\n",
        }
    )
    assert [f"docs/a.md names {HOSTS[0]}", "docs/b.md:2 names /wor" + "k/m"] == list(giveaways(house))
    assert ["Fix things.md", "loose.fixed.md"] == [line.split(" is ")[0] for line in unsound_fragments(house)]
    assert ["some.lock:3 b==2", "some.lock:4 --index-url x"] == list(
        unsound_lock_lines(house.root / "some.lock")
    )
