"""Make `.venv` from a hash-locked requirements file, with the standard library alone.

    python3 bootstrap.py runtime    what `make demo` needs
    python3 bootstrap.py dev        what `make test` needs (the runtime and the tools of the developers)

The Makefile chooses the Python; it is the one that `.venv` is made from.
Everything that a bare machine may lack is said in one line on stderr, with its remedy, and exit code 1.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST = (3, 11)
LAYOUT = "1"  # raise it when an environment made by an earlier bootstrap.py will not do
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "prodops-stamp.json"
LOG = VENV / "install.log"
WITHOUT_WHEEL = "autograd-gamma"  # pure Python, needed by lifelines alone; needs no compiler to build
LOCKS = {"runtime": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
UNREACHED = (
    "newconnectionerror",
    "failed to establish",
    "connection broken",
    "(from versions: none)",
    "dns error",
)
# A shebang holds neither a space nor more than 127 bytes; a shell that starts Python holds both.
SCRIPT = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys

from prodops.serve.cli import main

sys.exit(main())
"""


class Lacking(Exception):  # noqa: N818  (it names what the machine lacks, and is always shown as one line)
    """Something the machine lacks, with the remedy, as one line."""


def main(arguments: list[str]) -> int:
    """Make the environment named in the arguments whole; 0 when it is, 1 when something is lacking."""
    wanted = arguments[0] if arguments else "runtime"
    if wanted not in LOCKS:
        say(f"bootstrap.py knows {' and '.join(LOCKS)}, not {wanted!r}")
        return 2
    try:
        with one_at_a_time():
            make_whole(wanted)
    except Lacking as lacking:
        say(str(lacking))
        return 1
    except OSError as error:
        say(f"cannot write {error.filename or VENV}: {error.strerror}; free some space or check its rights")
        return 1
    except KeyboardInterrupt:
        say("interrupted; the same command goes on from a clean start")
        return 130
    return 0


def make_whole(wanted: str) -> None:
    """Install what is wanted, unless the stamp says that it is there."""
    stamp = read_stamp()
    if satisfies(stamp, wanted):
        return
    started = time.monotonic()
    onto = bool(stamp) and stamp_of("runtime").items() <= stamp.items()
    uv = working_uv()
    if not onto:
        python = own_python()
        clear()
        make_venv(python, uv)
    STAMP.unlink() if STAMP.exists() else None
    install(LOCKS[wanted], uv)
    link_source()
    compile_all()
    write_stamp(stamp_of(wanted))
    say(f"{VENV.name} is ready ({wanted}, {time.monotonic() - started:.0f} s)")


# What the stamp says -------------------------------------------------------------------------------


def stamp_of(wanted: str) -> dict[str, str]:
    """What a whole environment is made from: its place and its locks by their digests."""
    made_from = {"root": str(ROOT), "layout": LAYOUT, "runtime": digest(LOCKS["runtime"])}
    if wanted == "dev":
        made_from["dev"] = digest(LOCKS["dev"])
    return made_from


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_stamp() -> dict[str, str]:
    """The stamp of the environment that is there; empty when it was never finished or its Python is gone."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    if (
        not isinstance(stamp, dict)
        or stamp.get("interpreter") != str(PYTHON.resolve())
        or not PYTHON.exists()
    ):
        return {}
    return stamp


def satisfies(stamp: dict[str, str], wanted: str) -> bool:
    """Whether the stamp covers all that is wanted; a dev environment covers the runtime too."""
    return stamp_of(wanted).items() <= stamp.items()


def write_stamp(stamp: dict[str, str]) -> None:
    """Write the stamp last and at one stroke: an installation killed before leaves none."""
    stamp["interpreter"] = str(PYTHON.resolve())
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps(stamp, indent=2))
    fresh.replace(STAMP)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold a lock on the project folder, so that two `make` at once do not install over each other."""
    import fcntl  # lazy: absent on Windows, where the Makefile does not run either

    folder = os.open(str(ROOT), os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


# Choosing and making -------------------------------------------------------------------------------


def own_python() -> str:
    """The Python that runs this, or the one below it when this runs in the very `.venv` to be made anew."""
    if sys.version_info < OLDEST:
        raise Lacking(f"prodops needs Python {spelt(OLDEST)} or newer; this is {spelt(sys.version_info[:3])}")
    if sys.prefix == sys.base_prefix:
        return sys.executable
    return str(Path(sys.base_prefix, "bin", f"python{spelt(sys.version_info[:2])}"))


def ask(command: list[str]) -> tuple[int, str]:
    """The exit code and the answer of a short command; code 1 when it is not there or hangs."""
    quiet = subprocess.DEVNULL
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=quiet, timeout=60, check=False)
    except (OSError, subprocess.SubprocessError):
        return 1, ""
    return done.returncode, done.stdout.decode(errors="replace").strip()


def spelt(version: tuple[int, ...]) -> str:
    """A version with dots."""
    return ".".join(map(str, version))


def working_uv() -> str:
    """The uv on the PATH, if it runs (a shim of a version manager may not); empty when there is none."""
    uv = shutil.which("uv") or ""
    if uv and ask([uv, "--version"])[0]:
        return ""
    return uv


def clear() -> None:
    """Remove what an interrupted installation, an older lock or another place left."""
    if VENV.is_symlink():
        VENV.unlink()
    if VENV.exists():
        shutil.rmtree(str(VENV))
    VENV.mkdir()


def make_venv(python: str, uv: str) -> None:
    """Make an empty environment."""
    if uv:
        code = run([uv, "venv", "--quiet", "--allow-existing", "--python", python, str(VENV)])
        if not code:
            return
    if ask([python, "-c", "import venv, ensurepip"])[0]:
        raise Lacking(
            f"{python} has no venv with pip in it; Debian and Ubuntu keep it apart: apt install python3-venv "
            "(or put uv on the PATH), then run the same command again"
        )
    if run([python, "-m", "venv", str(VENV)]):
        raise Lacking(f"{python} -m venv failed: {last_words()} (all of it in {LOG.relative_to(ROOT)})")


def install(lock: Path, uv: str) -> None:
    """Install exactly what the lock names, wheels only but for one, each held against its hash."""
    count = sum(1 for line in lock.read_text().splitlines() if "==" in line)
    exactly = ["--no-deps", "--require-hashes", "--only-binary=:all:", f"--no-binary={WITHOUT_WHEEL}"]
    exactly += ["--quiet", "-r", str(lock)]
    by_uv = [uv, "pip", "install", "--python", str(PYTHON), *exactly]
    if uv and not run_said(by_uv, "uv", count):
        return
    if run([str(PYTHON), "-c", "import pip"]) and run([str(PYTHON), "-m", "ensurepip"]):
        raise Lacking(f"uv could not install: {last_words()} (all of it in {LOG.relative_to(ROOT)})")
    by_pip = [str(PYTHON), "-m", "pip", "install", "--no-input", "--no-compile", *exactly]
    if run_said(by_pip, "pip", count):
        raise Lacking(remedy(last_words()))


def remedy(words: str) -> str:
    """What an installer's last words mean, and what to do."""
    told = LOG.read_text(errors="replace").lower()
    if "no space left" in told:
        return "the disk is full; prodops needs about 500 MB; free some and run the same command again"
    if "do not match the hashes" in told:
        return f"a package is not the one of the lock ({words}); ask whoever runs the mirror, then retry"
    if any(sign in told for sign in UNREACHED):
        return (
            "the packages could not be fetched: no connection; check the network, the proxy or the mirror "
            f"set up for pip, then run the same command again (all of it in {LOG.relative_to(ROOT)})"
        )
    return (
        f"a package could not be installed ({words}); if this Python is newer than the packages take an "
        f"older one, make PYTHON=python3.13 (all of it in {LOG.relative_to(ROOT)})"
    )


def run_said(command: list[str], tool: str, count: int) -> int:
    """Run an installer and say first what it is about to do, since it takes a while."""
    say(f"installing {count} packages with {tool}, once")
    return run(command)


def run(command: list[str]) -> int:
    """Run a command with what it says going to the log; its exit code."""
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME")}
    environment["PIP_USER"] = "0"  # a machine-wide `user = true` would install beside the environment
    environment["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    with LOG.open("ab") as log:
        return subprocess.run(command, stdout=log, stderr=log, env=environment, check=False).returncode


def last_words() -> str:
    """The last line of the log that says what failed, cut to a readable length."""
    lines = [line.strip() for line in LOG.read_text(errors="replace").splitlines() if line.strip()]
    telling = [line for line in lines if line.lower().startswith("error")] or lines
    return telling[-1][:160] if telling else "it said nothing"


def link_source() -> None:
    """Put `src` on the path and `prodops` beside Python: an editable install without a build backend."""
    packages = next((VENV / "lib").glob("python3*/site-packages"))
    (packages / "prodops-src.pth").write_text(f"{ROOT / 'src'}\n")
    script = VENV / "bin" / "prodops"
    script.write_text(SCRIPT.format(python=PYTHON))
    script.chmod(0o755)


def compile_all() -> None:
    """Compile the packages and the source once: where Python is told to keep nothing, each run would anew.

    The tests that packages bring are left out. A package that does not compile fails when it is used.
    """
    packages = next((VENV / "lib").glob("python3*/site-packages"))
    whole = ["-m", "compileall", "-q", "-j", "0", "-x", r"/tests?/", str(packages), str(ROOT / "src")]
    run([str(PYTHON), *whole])


def say(words: str) -> None:
    """One line on stderr."""
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
