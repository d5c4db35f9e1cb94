"""How long the first screen takes, beside a Python that does nothing: `bench/first_screen.py [RUNS]`."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

PYTHON = sys.executable
PRODOPS = str(Path(sys.executable).with_name("prodops"))
ASKED = {
    "python -c pass": (PYTHON, "-c", "pass"),
    "python -c 'import typer'": (PYTHON, "-c", "import typer"),
    "prodops --help": (PRODOPS, "--help"),
    "prodops diagnose --help": (PRODOPS, "diagnose", "--help"),
}


def main() -> None:
    """Print the middle, the least and the most by the clock, in turns, so that load meets all alike."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    took: dict[str, list[float]] = {name: [] for name in ASKED}
    for _ in range(runs):
        for name, command in ASKED.items():
            took[name].append(_milliseconds(command))
    floor = statistics.median(took["python -c pass"])
    print(f"{runs} runs, load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    for name, all_ms in took.items():
        middle = statistics.median(all_ms)
        print(f"{name:26} {middle:6.0f} ms ({min(all_ms):.0f} to {max(all_ms):.0f}), {middle / floor:.1f} x")


def _milliseconds(command: tuple[str, ...]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 (our own command)
    return 1_000 * (time.perf_counter() - began)


if __name__ == "__main__":
    main()
