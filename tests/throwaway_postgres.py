"""A PostgreSQL cluster for one run of the tests, made in a folder and thrown away with it.

    python3 tests/throwaway_postgres.py start FOLDER    prints its address
    python3 tests/throwaway_postgres.py stop FOLDER

The standard library alone, since `.ci/run` starts it before there is an environment. It listens on a
socket in its own folder and on no port. PostgreSQL refuses to run as root; root hands it to another user.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
"""Settings that trade safety for speed: nothing of this cluster outlives the run."""


class PostgresError(RuntimeError):
    """The cluster could not be made; the message is what PostgreSQL said."""


def binaries() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, on the PATH or where Debian keeps them; None without a server."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: found.parts[-3].zfill(3)
    )
    return versions[-1].parent if versions else None


def start(folder: Path) -> str:
    """Make and start a cluster in an empty folder; its address, with the driver SQLAlchemy is to use.

    Raises:
        PostgresError: There is no server on this machine, or it would not start.
    """
    found = binaries()
    if found is None:
        raise PostgresError("no PostgreSQL server here; Debian and Ubuntu: apt install postgresql")
    folder.mkdir(parents=True, exist_ok=True)
    data, sockets = folder / "data", folder / "sockets"
    sockets.mkdir()
    if os.geteuid() == 0:
        for part in (folder, sockets):
            os.chown(part, *_owner())
    _run(
        [found / "initdb", "-D", data, "-U", "prodops", "-A", "trust", "-E", "UTF8", "--no-sync", "-N"],
        folder,
    )
    options = f"-c listen_addresses='' -c unix_socket_directories='{sockets}'"
    options += "".join(f" -c {setting}" for setting in FAST)
    _run([found / "pg_ctl", "-D", data, "-l", data / "log", "-w", "-t", "60", "-o", options, "start"], folder)
    return f"postgresql+psycopg://prodops@/postgres?host={sockets}"


def stop(folder: Path) -> None:
    """Stop the cluster at once and remove its folder."""
    found = binaries()
    if found is not None and (folder / "data" / "postmaster.pid").exists():
        _run([found / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop"], folder)
    shutil.rmtree(folder, ignore_errors=True)


def _owner() -> tuple[int, int]:
    """The user and group that run the server when we are root."""
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return found.pw_uid, found.pw_gid
    raise PostgresError("PostgreSQL does not run as root, and there is no user to hand it to")


def _run(command: list[str | Path], folder: Path) -> None:
    """Run one of PostgreSQL's commands as a user that is not root.

    What it says goes to a file: the server it starts would hold a pipe open for ever.
    """
    user, group = _owner() if os.geteuid() == 0 else (None, None)
    with (folder / "said").open("a+b") as said:
        done = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            timeout=120,
            check=False,
            user=user,
            group=group,
            extra_groups=None if user is None else [],
        )
    if done.returncode:
        raise PostgresError((folder / "said").read_text(errors="replace")[-2000:])


def main(arguments: list[str]) -> int:
    """Start or stop a cluster from a shell."""
    verb, folder = arguments
    if verb == "stop":
        stop(Path(folder))
        return 0
    try:
        sys.stdout.write(start(Path(folder)) + "\n")
    except PostgresError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
