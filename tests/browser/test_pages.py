"""Every page, as a browser meets it: from a server under a strict policy, and from a file share."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Site


def _noting(context: BrowserContext, trouble: list[str], allowed: str) -> Page:
    """A page that notes what its console says and what it asks of anybody but `allowed`."""
    page = context.new_page()
    page.on("console", lambda message: trouble.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: trouble.append(f"{page.url}: {error}"))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((allowed, "data:"))
            else trouble.append(f"{page.url} asks {request.url}")
        ),
    )
    return page


def test_pages_ask_nobody_else_and_keep_a_clean_console(site: Site, browser: Browser) -> None:
    """Served under the strictest policy, no page asks another host for anything or complains."""
    trouble: list[str] = []
    page = _noting(browser.new_context(), trouble, site.address)
    for name in site.pages():
        page.goto(site.address + name)
    assert trouble == []


def test_pages_work_from_a_file_share(site: Site, browser: Browser) -> None:
    """Opened as files, pages load everything they need and the console stays clean."""
    trouble: list[str] = []
    page = _noting(browser.new_context(), trouble, "file://")
    for name in site.pages():
        if name.endswith("404.html"):
            continue  # only a server shows it
        page.goto(site.file(name))
        families = page.evaluate("document.fonts.ready.then(f => [...f].some(x => x.status === 'loaded'))")
        assert families, f"{name} shows no typeface of its own"
    assert trouble == []


@pytest.mark.parametrize(("width", "zoom"), [(320, 100), (1280, 200)])
def test_pages_need_no_sideways_scrolling(site: Site, browser: Browser, width: int, zoom: int) -> None:
    """At 320 pixels, and with the text at 200 %, nothing is cut off and no page scrolls sideways."""
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    wide = []
    for name in site.pages():
        page.goto(site.address + name)
        page.evaluate(f"document.documentElement.style.fontSize = '{zoom}%'")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(name)
    assert wide == []


BUTTON = "button:not([popovertarget])"
"""A button that needs a script; one that opens a popover does not."""


WORDS = """(main) => {
  // What only a script can serve, what only holds without one, and what is a button, are not the text.
  const text = main.cloneNode(true);
  for (const one of text.querySelectorAll(".live, .still, dialog, button:not([popovertarget])")) one.remove();
  return text.textContent.split(/\\s+/).filter(Boolean);
}"""


CLOSED = (
    "main [popover], main details > :not(summary), main .margin-text, main title, "
    "main [data-length], main [data-held], main .answer"
)
"""What opens, is chosen, or is for paper or a screen reader, and needs no script for that."""


def test_pages_are_complete_without_scripts(site: Site, browser: Browser) -> None:
    """With scripts off, a page shows the same text, all of it, and no control that does nothing."""
    reading = browser.new_context(java_script_enabled=False).new_page()
    scripted = browser.new_context().new_page()
    for name in site.pages("en"):
        reading.goto(site.address + name)
        scripted.goto(site.address + name)
        assert reading.locator(f"{BUTTON}:visible").all_inner_texts() == [], name
        assert reading.locator("select:visible, .live:visible").count() == 0, name
        assert reading.locator(".passage:not(:visible)").count() == 0, name
        with_script = scripted.locator("main").evaluate(WORDS)
        soup = BeautifulSoup((site.folder / name).read_text(encoding="utf-8"), "html.parser").main
        assert soup is not None
        for one in soup.select(".live, .still, dialog, button:not([popovertarget])"):
            one.decompose()
        without = soup.get_text().split()
        assert without == with_script, name
        seen = "".join(reading.locator("main").inner_text().split())
        hidden = reading.locator(CLOSED).all_text_contents()
        # What a switch shows that works without a script: the core of each track, an empty back on paper.
        switched = reading.locator("main :is([data-track], .blank-page)").all_text_contents()
        for text in (*hidden, *switched, *reading.locator("main .still").all_text_contents()):
            seen += "".join(text.split())
        assert [word for word in soup.get_text(" ").split() if word not in seen] == [], name


def test_pages_survive_forbidden_storage(site: Site, browser: Browser) -> None:
    """Where a browser forbids storage, pages work all the same."""
    trouble: list[str] = []
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        "{ get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page = _noting(context, trouble, site.address)
    page.goto(site.address + "index.html")
    page.get_by_role("button", name="Dark").click()
    assert page.locator("html").get_attribute("data-scheme") == "dark"
    assert trouble == []
