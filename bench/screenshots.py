"""Pictures of every page as a reader sees it: wide and narrow, light and dark, and the printed report.

Run: make screenshots [ARGS="--workspace DIR --out build/screenshots"]

Without a workspace it makes the demo organisation first. Needs Chromium; pages of the printed report become
pictures where pdftoppm is installed.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from prodops.pages import units

PATIENCE = 60
"""How often a page that is still being made is asked for."""
WIDTHS = (1440, 390)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
OURS = str(Path(sys.executable).with_name("prodops"))
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
OTHERS = (
    "design", "decide", "label", "act", "begin", "sources", "jobs", "search?q=review", "settings", "people",
    "tokens", "access", "api", "health/detail", "nowhere", "evidence?of=ritual_rot/roadmap-review",
    "brief?behind=ritual_rot",
)  # fmt: skip
"""What is served besides the pages; the last one has rows beside it."""
BESIDE = "!location.search.includes('behind=') || document.querySelector('#drawer .inside article')"
DRAWN = "[...document.querySelectorAll('.chart')].every(one => one.dataset.ready === 'yes')"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def main() -> None:
    """Make the pictures and say where they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--only", default="", help="pages whose names begin with this")
    parser.add_argument("--out", type=Path, default=Path("build", "screenshots"))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        workspace = given.workspace or demo(Path(folder))
        report = Path(folder) / "report.html"
        prodops("report", "-w", str(workspace), "-o", str(report))
        with sync_playwright() as playwright, served(workspace) as address:
            path = next(found for name in CHROMIUM if (found := shutil.which(name)))
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            for name in [*units(), *OTHERS]:
                if name.startswith(given.only):
                    picture(browser, f"{address}/{name}", given.out, re.sub(r"\W+", "-", name))
            first_screen(browser, f"{address}/brief", given.out / "readme.png")
            picture(browser, report.as_uri(), given.out, "report")
            printed(browser, report.as_uri(), given.out)
            browser.close()
    print(f"{len(list(given.out.iterdir()))} files in {given.out}")


def demo(folder: Path) -> Path:
    """The workspace of the demo organisation."""
    prodops("demo", "--folder", str(folder / "demo"))
    return folder / "demo" / ".prodops"


def prodops(*words: str) -> None:
    """Run one command of ours."""
    subprocess.run([OURS, *words], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 (our own command)


@contextmanager
def served(workspace: Path) -> Iterator[str]:
    """The address of the pages while they are shown."""
    command = [OURS, "serve", "--port", "0", "-w", str(workspace)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as serving:  # noqa: S603 (our own command)
        assert serving.stdout is not None
        try:
            yield serving.stdout.readline().split()[1]
        finally:
            serving.terminate()


def picture(browser: Browser, address: str, out: Path, name: str) -> None:
    """One page at every width in both schemes; says what the console said."""
    for width in WIDTHS:
        for scheme in SCHEMES:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page = context.new_page()
            page.on("console", lambda message: print(f"{name}: {message.text}"))
            opened(page, address)
            page.wait_for_function(f"() => {DRAWN} && ({BESIDE})")
            beside = "behind=" in address  # what lies over the page has the height of the window
            page.screenshot(path=out / f"{name}-{width}-{scheme}.png", full_page=not beside)
            context.close()


def opened(page: Page, address: str) -> None:
    """The page once it is made: one that nobody has asked for yet answers 503 at first."""
    for _ in range(PATIENCE):
        answer = page.goto(address, timeout=120_000)
        if answer is None or answer.status != HTTPStatus.SERVICE_UNAVAILABLE:
            return
        page.wait_for_timeout(2_000)


def first_screen(browser: Browser, address: str, out: Path) -> None:
    """What a reader sees before scrolling: the picture of the README (docs/pictures/brief.png)."""
    page = browser.new_page(viewport={"width": 1280, "height": 1100})
    opened(page, address)
    page.wait_for_function(DRAWN)
    page.screenshot(path=out)
    page.close()


def printed(browser: Browser, address: str, out: Path) -> None:
    """The report as PDF, and its pages as pictures."""
    page = browser.new_page()
    page.goto(address)
    page.pdf(path=out / "report.pdf", prefer_css_page_size=True, print_background=True)
    page.close()
    if tool := shutil.which("pdftoppm"):
        command = [tool, "-r", "60", "-png", str(out / "report.pdf"), str(out / "printed")]
        subprocess.run(command, check=True)  # noqa: S603 (the PDF is the one made above)


if __name__ == "__main__":
    main()
