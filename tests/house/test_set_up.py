"""Set-up: whole or not at all, at once the second time, and one line with a remedy for what is lacking."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

import pytest

from house.tree import ROOT

Fake = Callable[[str], Path]

OF_MAKE = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES", "PYTHON", "ARGS")
"""What a `make` that runs these tests would tell a `make` that they run."""


@pytest.fixture(autouse=True)
def nothing_from_make(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in OF_MAKE:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the set-up files of this one and locks of a package each."""
    for name in ("bootstrap.py", "Makefile"):
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "src").mkdir()
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text("a==1 \\\n    --hash=sha256:00\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def uv(tmp_path: Path) -> Fake:
    """Puts a uv on the PATH that makes a real empty environment and installs by the given shell words."""

    def made(installs: str) -> Path:
        folder = tmp_path / "path"
        folder.mkdir(exist_ok=True)
        script = folder / "uv"
        script.write_text(
            "#!/bin/sh\n"
            'case "$1" in\n'
            f'  venv) for last; do :; done; exec "{sys.executable}" -m venv --without-pip "$last" ;;\n'
            f"  pip) {installs} ;;\n"
            "esac\n",
            encoding="utf-8",
        )
        script.chmod(0o755)
        return folder

    return made


def bootstrap(
    project: Path, wanted: str = "runtime", *, path: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "bootstrap.py", wanted],
        cwd=project,
        env={**os.environ, "PATH": f"{path}:/usr/bin:/bin", **(env or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_makes_an_environment_with_the_source_and_the_command(project: Path, uv: Fake) -> None:
    (project / "src" / "prodops" / "serve").mkdir(parents=True)
    (project / "src/prodops/serve/cli.py").write_text("def main(): print('it runs')", encoding="utf-8")
    done = bootstrap(project, path=uv("exit 0"))
    assert done.returncode == 0, done.stderr
    command = [str(project / ".venv/bin/prodops")]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert answer.stdout == "it runs\n"


def test_what_is_set_up_is_compiled_even_where_python_is_told_to_keep_nothing(
    project: Path, uv: Fake
) -> None:
    (project / "src" / "kept.py").write_text("answer = 42\n", encoding="utf-8")
    (project / "src" / "wrong.py").write_text("answer = (\n", encoding="utf-8")
    done = bootstrap(project, path=uv("exit 0"), env={"PYTHONDONTWRITEBYTECODE": "1"})
    assert done.returncode == 0, done.stderr
    assert list((project / "src").rglob("kept.*.pyc"))


def test_a_second_run_installs_nothing(project: Path, uv: Fake) -> None:
    assert bootstrap(project, path=uv("exit 0")).returncode == 0
    again = bootstrap(project, path=uv("exit 1"))
    assert (again.returncode, again.stdout + again.stderr) == (0, "")


def test_the_developers_environment_serves_the_demo_too(project: Path, uv: Fake) -> None:
    assert bootstrap(project, "dev", path=uv("exit 0")).returncode == 0
    assert bootstrap(project, "runtime", path=uv("exit 1")).stderr == ""


def test_the_developers_tools_are_added_to_a_runtime(project: Path, uv: Fake) -> None:
    assert bootstrap(project, path=uv("exit 0")).returncode == 0
    (project / ".venv" / "kept").touch()
    assert bootstrap(project, "dev", path=uv("exit 0")).returncode == 0
    assert (project / ".venv" / "kept").exists()


def test_a_changed_lock_makes_the_environment_anew(project: Path, uv: Fake) -> None:
    assert bootstrap(project, path=uv("exit 0")).returncode == 0
    (project / ".venv" / "old").touch()
    (project / "requirements.lock").write_text("a==2 \\\n    --hash=sha256:11\n", encoding="utf-8")
    assert bootstrap(project, path=uv("exit 0")).returncode == 0
    assert not (project / ".venv" / "old").exists()


def test_an_installation_killed_half_way_is_not_believed(project: Path, uv: Fake) -> None:
    killed = bootstrap(project, path=uv("touch half; kill -9 $PPID; sleep 1"))
    assert killed.returncode < 0
    assert (project / ".venv").exists()
    assert (project / "half").exists()
    again = bootstrap(project, path=uv("touch whole"))
    assert again.returncode == 0, again.stderr
    assert (project / "whole").exists()


def test_tools_that_fail_to_come_leave_no_stamp(project: Path, uv: Fake) -> None:
    assert bootstrap(project, path=uv("exit 0")).returncode == 0
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}
    failed = bootstrap(project, "dev", path=uv("exit 1"), env=offline)
    assert failed.returncode == 1
    assert not (project / ".venv" / "prodops-stamp.json").exists()


def test_without_a_network_it_says_so_in_one_line(project: Path, uv: Fake) -> None:
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}
    failed = bootstrap(project, path=uv("echo dns error; exit 1"), env=offline)
    told = [line for line in failed.stderr.splitlines() if not line.startswith("installing ")]
    assert failed.returncode == 1
    assert len(told) == 1
    assert "no connection; check the network" in told[0]


def test_a_python_without_ensurepip_is_told_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    module = loaded()
    monkeypatch.setattr(module, "ask", lambda _command: (1, ""))
    with pytest.raises(module.Lacking, match="apt install python3-venv"):
        module.make_venv("python3", uv="")


def test_an_old_python_is_told_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    module = loaded()
    monkeypatch.setattr(module, "OLDEST", (99, 0))
    with pytest.raises(module.Lacking, match=r"needs Python 99\.0 or newer; this is 3\."):
        module.own_python()


def test_an_environment_moved_to_another_place_is_made_anew(project: Path, uv: Fake) -> None:
    assert bootstrap(project, path=uv("exit 0")).returncode == 0
    stamp = project / ".venv" / "prodops-stamp.json"
    stamp.write_text(json.dumps({**json.loads(stamp.read_text()), "root": "/elsewhere"}))
    (project / ".venv" / "old").touch()
    assert bootstrap(project, path=uv("exit 0")).returncode == 0
    assert not (project / ".venv" / "old").exists()


def test_make_without_a_python_says_so_in_one_line(project: Path) -> None:
    command = ["make", ".venv", "PYTHON=python-that-is-not-there"]
    failed = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=60)
    told = [line for line in failed.stderr.splitlines() if not line.startswith("make")]
    assert failed.returncode == 2
    assert len(told) == 1
    assert "needs Python 3.11 or newer" in told[0]


def test_make_alone_lists_the_targets(project: Path) -> None:
    listed = subprocess.run(["make"], cwd=project, capture_output=True, text=True, check=True, timeout=60)
    assert {"demo", "test", "serve"} <= {line.split()[0] for line in listed.stdout.splitlines()}
