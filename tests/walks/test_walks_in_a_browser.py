"""The walks as somebody takes them in Chromium: files dropped, findings opened, changes made, proof read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from prodops.serve.settings import Settings
from serve.served import serving
from walks.test_walk_a import COUNCIL, HEALTHY, MONDAY, PMS, SUMMER, WEEKS, WINTER, calendar, minutes

pytestmark = pytest.mark.browser

COLUMNS = {
    "When it came in": "Eingang", "Title": "Wunsch", "Its own number or key": "Nr",
    "When it was decided": "Beschluss am", "What was decided": "Beschluss",
    "Where it came from": "Herkunft", "Until when it was watched": "Stand",
}  # fmt: skip
"""What the columns of the table of messages mean, by what the page asks."""

PATIENCE_MILLISECONDS = 60_000
FRESH = """async (path) => {
    for (;;) {
        const told = await fetch(`${path}.json`, {cache: 'no-store'});
        if (told.ok && !told.headers.get('Prodops-Stale-Since')) return;
        await new Promise((done) => setTimeout(done, 250));
    }
}"""


@dataclass(slots=True)
class Walker:
    """Somebody with a folder of exports and a browser, at a moment that the walk moves on."""

    exports: Path
    address: str
    page: Page
    now: datetime = SUMMER

    def write(self, name: str, text: str) -> None:
        """Write an export as the tool does."""
        path = self.exports / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def load(self) -> str:
        """Drop the whole folder on the page that is shown; what was read of it."""
        self.page.set_input_files("#folder", self.exports)
        self.page.get_by_role("button", name="Load them").click()
        return self.read()

    def read(self) -> str:
        """What was read, once the files are loaded and the pages made."""
        self.page.wait_for_url("**/jobs/*")
        self.page.get_by_role("link", name="Read the brief").wait_for()
        return self.page.inner_text("main")

    def look(self, path: str) -> str:
        """A page by its link, once it knows all that was loaded and declared."""
        self.page.evaluate(FRESH, path)
        self.page.locator(f"#rail a[href='{path}']").click()
        self.page.wait_for_url(f"**{path}")
        return self.page.inner_text("main")

    def rows(self, of: str) -> Locator:
        """What opens beside the page behind a finding, from the page's own link."""
        self.page.locator(f"main a[href='/evidence?of={of}']:visible").first.click()
        self.page.locator("#drawer[open] .inside[aria-busy=false] article").wait_for()
        return self.page.locator("#drawer")


@pytest.fixture
def walker(browser: Browser, tmp_path: Path) -> Iterator[Walker]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    made = Walker(tmp_path / "exports", "", context.new_page())
    made.page.set_default_timeout(PATIENCE_MILLISECONDS)
    with serving(lambda: Settings(tmp_path / ".prodops", today=made.now)) as site:
        made.address = site.address
        yield made
        context.close()


def roster() -> str:
    """The list of people as a tool exports it."""
    names = [one.split(".")[0].title() for one in PMS]
    rows = [f"{name} Sample,{email},Product Manager,Core" for name, email in zip(names, PMS, strict=True)]
    return "\n".join(["name,email,title,team", *rows, ""])


def messages() -> str:
    """Wishes under a header that no reader knows: most are decided where a form brings them, few by email."""
    rows = ["Nr;Eingang;Wunsch;Beschluss am;Beschluss;Herkunft;Stand"]
    for channel, count, decided_of_ten in (("form", 120, 7), ("email", 100, 1)):
        for number in range(count):
            came = datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(hours=9 * number)
            decided = f"{came + timedelta(days=20 + number % 15):%Y-%m-%d %H:%M};yes"
            known = decided if number % 10 < decided_of_ten else ";"
            rows.append(
                f"{channel}-{number};{came:%Y-%m-%d %H:%M};Export {number};{known};{channel};2026-06-28 18:00"
            )
    return "\n".join([*rows, ""])


def test_dropped_calendars_end_on_the_page_that_the_cfo_reads(walker: Walker) -> None:
    walker.write("roster.csv", roster())
    walker.write("calendars/rituals.ics", calendar(SUMMER))
    for week in range(WEEKS):
        for place, title in enumerate((COUNCIL, *HEALTHY)):
            day = MONDAY + timedelta(days=7 * week + place)
            name = f"minutes/{title.lower().replace(' ', '-')}/{day}.md"
            walker.write(name, minutes(title, day, decides=title != COUNCIL))
    page = walker.page

    # An empty workspace asks for files, and what is dropped becomes a brief.
    page.goto(walker.address)
    assert page.url.endswith("/begin")
    assert "from 152 files" in walker.load()
    page.get_by_role("link", name="Read the brief").click()
    page.wait_for_url("**/brief")
    assert "The largest reclaimable time sink is ritual rot" in page.inner_text("main")
    assert "sample@example.com" not in page.content()

    # The finding opens down to a file and its line, which is there.
    beside = walker.rows("RIT01%2Fpricing-council")
    assert "of 26 noted occurrences" in beside.inner_text()
    beside.locator("a[href*='2026-06-22']").first.click()
    page.wait_for_function("history.state.deep === 2")
    expect(beside).to_contain_text("uploads/exports/minutes/pricing-council/2026-06-22.md, line 1")
    cited = walker.exports / "minutes/pricing-council/2026-06-22.md"
    assert COUNCIL in cited.read_text(encoding="utf-8").splitlines()[0]
    page.keyboard.press("Escape")
    page.wait_for_url("**/brief")

    # The finding leads to the exit; without a finding it is refused, and the refusal leads through.
    walker.rows("RIT01%2Fpricing-council").get_by_role("link", name="End this ritual because of it").click()
    page.get_by_label("RIT01").uncheck()
    page.get_by_role("button", name="End a ritual").click()
    expect(page.locator("#because-wrong")).to_contain_text("No exit without a finding")
    page.locator(".ways").get_by_role("link", name="RIT01").click()
    expect(page.get_by_label("RIT01")).to_be_checked()
    page.get_by_role("button", name="End a ritual").click()
    page.wait_for_url("**/charter/pricing-council")
    expect(page.locator("#toasts")).to_contain_text("pricing-council ends, because of RIT01 pricing-council.")
    assert "Stance: exit, to be looked at again" in page.inner_text("main .lead")

    # A page that was made before says so, and shows itself anew when the newer one is there.
    page.locator("#rail a[href='/operating-model']").click()
    lead = page.locator("main .lead")
    shown = "1 of 5 rituals have a declared stance: exit 1"
    expect(lead).to_contain_text(shown, timeout=PATIENCE_MILLISECONDS)
    assert "Exit Pricing council" in page.inner_text("main")

    # Half a year later the calendars show what came back.
    walker.now = WINTER
    walker.write("calendars/rituals.ics", calendar(WINTER, council_until="20260629T235959Z"))
    page.goto(f"{walker.address}/begin")
    assert "151 of the files had been loaded before" in walker.load()
    assert "Pricing council: 27.4 PM hours a week" in walker.look("/operating-model")
    told = walker.look("/proof")
    assert "Proof: Exit Pricing council" in told
    assert "27.4 PM hours a week" in " ".join(told.split()), "the hours of the operating model"
    assert "Hours of a PM in recurring meetings in a week changed by -4.75" in told
    assert "Grade C" in told
    assert "the cause is not established" in told
    page.locator("main a[href='/evidence?of=RIT01%2Fpricing-council']").wait_for()


def test_a_dropped_table_of_messages_ends_in_a_change_that_can_be_taken_back(walker: Walker) -> None:
    walker.write("roster.csv", roster())
    walker.write("calendars/rituals.ics", calendar(SUMMER))
    walker.write("wishes.csv", messages())
    page = walker.page

    # Nobody knows the header, so somebody says what it means.
    page.goto(walker.address)
    assert "wishes.csv: No connector knows a table with this header" in walker.load()
    page.get_by_role("link", name="Say what its columns mean").click()
    page.get_by_text("More, where the table has it").click()
    for asked, column in COLUMNS.items():
        page.get_by_label(asked).select_option(column)
    page.get_by_role("button", name="Remember it, and read the file").click()
    assert "220 records were read from 1 file" in walker.read()

    # The loop of each channel, and the channel that is none, down to its lines.
    told = walker.look("/feedback")
    assert "email: 10% (5.5% to 18%, n = 100) of the messages reach a decision within 90 days" in told
    assert "no messages have been loaded" not in told
    page.get_by_text("90 records in all").click()
    beside = walker.rows("FBK01%2Femail")
    expect(beside).to_contain_text("uploads/exports/wishes.csv, line 123")
    assert walker.exports.joinpath("wishes.csv").read_text().splitlines()[122].startswith("email-1;")
    page.keyboard.press("Escape")
    page.wait_for_url("**/feedback")

    # A change is registered because of it before it begins, and stands as planned.
    page.get_by_role("link", name="Try a change to this channel, and measure").first.click()
    page.get_by_label("What is done?").fill("Decide email weekly")
    expect(page.get_by_label("What is changed?")).to_have_value("channel:email")
    expect(page.get_by_label("FBK01")).to_be_checked()
    page.get_by_label("What effect do you expect?").fill("0.3 (0.1 to 0.5)")
    page.get_by_role("button", name="Register a change").click()
    page.wait_for_url("**/proof/decide-email")
    expect(page.locator("#toasts")).to_contain_text("Registered: Decide email weekly.")
    planned = page.inner_text("main")
    assert "Proof: Decide email weekly" in planned
    assert re.search(r"Design\s+one date", planned), "a channel changes for everybody at once"
    assert "State: planned" in planned
    assert re.search(r"Because of\s+FBK01 email", planned)

    # What was declared can be taken back, and the log keeps both.
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator("#toasts")).to_contain_text("Taken back")
    assert "taken back" in walker.look("/proof").lower()
