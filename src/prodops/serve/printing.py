"""Print an HTML page to PDF by a browser that is installed; none is shipped and none is fetched."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

BROWSERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
    "msedge",
)  # fmt: skip
"""Programs of the one engine that prints without a window, in the order they are looked for."""

SECONDS = 60


class NoBrowserError(RuntimeError):
    """No browser that prints without a window was found, or it did not print; the message says what to do."""


def print_pdf(html: str, out: Path) -> int:
    """Print a page to PDF; gives its size in bytes.

    Args:
        html: A page with everything inside.
        out: The file to write.

    Raises:
        NoBrowserError: There is no such browser, or it did not print.
    """
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise NoBrowserError("No Chromium, Chrome or Edge was found, which would print it.")
    with tempfile.TemporaryDirectory() as folder:
        page, printed = Path(folder) / "proof.html", Path(folder) / "proof.pdf"
        page.write_text(html, encoding="utf-8")
        command = [
            browser, "--headless", "--disable-gpu", f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer", f"--print-to-pdf={printed}", "--virtual-time-budget=5000",
            *(["--no-sandbox"] if _is_root() else []), page.as_uri(),
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603 (a browser of this machine, our own words)
            content = printed.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise NoBrowserError(f"{Path(browser).name} did not print it.") from error
    out.write_bytes(content)
    return len(content)


def _is_root() -> bool:
    """Whether this runs as root, under which the engine refuses its own sandbox: in containers."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
