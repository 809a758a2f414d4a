"""What tests of keeping share: a reader whose browser notes every complaint, and the words to expect."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import ROOT, Site

PULSE = "templates/worksheets/three-question-pulse.html"
GOALS = "templates/worksheets/goals-and-baseline.html"
AGREEMENT = "templates/worksheets/mentoring-agreement.html"
CARD = "templates/worksheets/off-limits-card.html"
CHECKLIST = "templates/checklists/run.html"
QUIZ = "modules/what-it-is.html"
PLAN = "guide/my-programme.html"
MY_DATA = "guide/your-data.html"

GOALS_RECORD = "worksheets/goals-and-baseline/1"
WHY = "Why I chose these numbers"
BRINGS = "What the mentor can bring to these goals"
LATER = "What we leave for another time"

STORAGE_FORBIDDEN = (
    "Object.defineProperty(window, 'localStorage',"
    " { get() { throw new DOMException('no', 'SecurityError') } })"
)
WRITING_FORBIDDEN = "Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError') }"
STORAGE_FULL = "Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError') }"
FILL_UP = """() => {
  let piece = "x".repeat(1 << 20);
  for (let at = 0; piece.length; ) {
    try { localStorage.setItem(`filler-${at}`, piece); at += 1 }
    catch { piece = piece.slice(piece.length >> 1 || 1) }
  }
}"""
MAKE_ROOM = """() => {
  for (const key of Object.keys(localStorage)) if (key.startsWith("filler-")) localStorage.removeItem(key);
}"""

SIZES = pytest.mark.parametrize(
    "viewport", [{"width": 360, "height": 740}, {"width": 1280, "height": 800}], ids=["phone", "desktop"]
)
"""For what has to be done on a phone as well as at a desk."""

_UI: dict[str, Any] = yaml.safe_load((ROOT / "data" / "ui.yml").read_text(encoding="utf-8"))


def say(key: str, **values: object) -> str:
    """A word of the interface, as pages have to print it."""
    word = _UI[key]
    text: str = word if isinstance(word, str) else word["one" if values.get("n") == 1 else "other"]
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


@dataclass
class Reader:
    """Somebody with a browser: opens tabs on the site, and has every complaint of any tab noted."""

    site: Site
    context: BrowserContext
    trouble: list[str] = field(default_factory=list)

    def tab(self, path: str) -> Page:
        """A new tab on a page of the site."""
        page = self.context.new_page()

        def note_console(kind: str, text: str) -> None:
            if kind == "error":
                self.trouble.append(f"{page.url}: {text}")

        def note_request(url: str) -> None:
            if not url.startswith((self.site.address, "data:", f"blob:{self.site.address}")):
                self.trouble.append(f"{page.url} asks {url}")

        page.on("console", lambda message: note_console(message.type, message.text))
        page.on("pageerror", lambda error: self.trouble.append(f"{page.url}: {error}"))
        page.on("request", lambda request: note_request(request.url))
        self.go(page, path)
        return page

    def go(self, page: Page, path: str) -> None:
        """Open a page of the site in a tab; My data and My programme are there when they are filled in."""
        page.goto(self.site.address + path)
        if path.endswith(MY_DATA):
            page.locator("[data-summary]:not(:empty)").wait_for()
        if path.endswith(PLAN):
            page.locator("#plan-zone option").first.wait_for(state="attached")


@contextmanager
def reading(site: Site, browser: Browser, before: str = "", **options: Any) -> Iterator[Reader]:
    """A reader whose browser keeps nothing yet; at the end there must have been no complaint."""
    options = {"timezone_id": "Europe/Warsaw", "locale": "en-GB", **options}
    context = browser.new_context(**options)
    try:
        if before:
            context.add_init_script(before)
        reader = Reader(site, context)
        yield reader
        assert reader.trouble == []
    finally:
        context.close()


# --- on a page -------------------------------------------------------------------------------------


def write(page: Page, label: str, text: str) -> None:
    """Type into a box of the sheet and go on to the next one."""
    box = page.locator("section.sheet:not(.blank-sheet)").get_by_label(label)
    box.fill(text)
    box.press("Tab")


def mark(page: Page, name: str, value: str) -> None:
    """Choose an option, a number of a scale, or tick a box of a sheet."""
    page.locator(f"section.sheet:not(.blank-sheet) [name='{name}'][value='{value}']").check()


def choose(page: Page, **choices: str) -> None:
    """Make choices on My programme."""
    for key, value in choices.items():
        box = page.locator(f"#plan-{key}")
        if box.evaluate("(e) => e.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)
            box.blur()


def filled(page: Page) -> dict[str, str]:
    """Everything that is filled in on the open sheet, by the names of its controls."""
    found: dict[str, str] = page.evaluate(
        """() => {
          const all = {};
          for (const one of document.querySelectorAll("section.sheet:not(.blank-sheet) [name]")) {
            const marked = ["radio", "checkbox"].includes(one.type);
            const text = marked && !one.checked ? "" : one.value;
            if (text) all[one.name] = one.name in all ? `${all[one.name]}; ${text}` : text;
          }
          return all;
        }"""
    )
    return found


def line(page: Page) -> str:
    """What the page says about keeping."""
    return page.locator("[data-kept] [role=status]").first.inner_text()


def kept(page: Page) -> dict[str, str]:
    """What the kit has in the browser's storage, as it is stored, by the names of the records."""
    stored: dict[str, str] = page.evaluate(
        """() => Object.fromEntries(Object.entries(localStorage)
             .filter(([key]) => key.startsWith(PREFIX))
             .map(([key, text]) => [key.slice(PREFIX.length), text]))"""
    )
    return stored


def put(page: Page, name: str, text: str) -> None:
    """Store something under the name of a record, as another program or a fault of the disk might."""
    page.evaluate("([name, text]) => localStorage.setItem(PREFIX + name, text)", [name, text])


# --- on My data ------------------------------------------------------------------------------------

Listing = list[tuple[str, list[tuple[str, str]]]]


def listing(page: Page) -> Listing:
    """Everything that My data lists: titles, each with its lines of a label and what was written."""
    found = page.evaluate(
        """() => [...document.querySelectorAll(".kept-entry")].map((entry) => [
             entry.querySelector("summary").firstChild.textContent,
             [...entry.querySelectorAll("dt")]
               .map((dt) => [dt.textContent, dt.nextElementSibling.textContent]),
           ])"""
    )
    return [(title, [(label, text) for label, text in lines]) for title, lines in found]


def texts(page: Page) -> list[str]:
    """Every text that was written, as My data lists it."""
    return [text for _, lines in listing(page) for _, text in lines]


def entry(page: Page, title: str) -> Locator:
    """One entry of My data, opened, by the beginning of its title."""
    found = page.locator(".kept-entry").filter(has=page.locator("summary", has_text=title)).first
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found


def exported(page: Page) -> str:
    """The text of the file in which My data saves everything."""
    with page.expect_download() as saving:
        page.get_by_role("button", name=say("export")).click()
    return Path(saving.value.path()).read_text(encoding="utf-8")


def bring_in(page: Page, content: str | bytes) -> str:
    """Bring a file into My data; what the page reports."""
    data = content.encode() if isinstance(content, str) else content
    chosen: Any = {"name": "mine.json", "mimeType": "application/json", "buffer": data}
    page.set_input_files("#import-file", chosen)
    expect(page.locator("#import-file")).to_have_value("", timeout=10_000)
    return page.locator("[data-report]").inner_text()


def erase_everything(page: Page) -> None:
    """Erase everything on My data, and say yes."""
    page.get_by_role("button", name=say("erase_all")).click()
    page.locator("#erase-all").get_by_role("button", name=say("erase_all")).click()
    page.get_by_text(say("erased_all")).wait_for()


def a_record(**values: tuple[object, int]) -> dict[str, Any]:
    """A record as files have it: values, each with the moment it was given."""
    return {"v": 1, "values": {key.replace("_", "-"): [*value] for key, value in values.items()}}


def a_file(records: dict[str, Any], **more: object) -> str:
    """A file such as My data saves."""
    return json.dumps({"kit": "reverse-mentoring-kit", "v": 1, "records": records, "damaged": {}, **more})
