"""The most memory this process has held, without what the process that started it held."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak_megabytes() -> float:
    """The largest resident set of this program so far, in MB.

    On Linux `ru_maxrss` outlives `exec`: a small program started by a large one shows the large one's
    peak. `VmHWM` belongs to the memory of this program alone, so it is read where it exists.
    """
    if STATUS.exists():
        for line in STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / 2**20 if sys.platform == "darwin" else used / 1024
