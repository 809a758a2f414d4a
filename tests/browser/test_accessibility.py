"""What axe and a keyboard find on every page; what IBM's engine finds stands in test_ibm.py."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def axe_findings(page: Page) -> list[str]:
    """What axe finds on a page as it is now."""
    page.evaluate(_axe())
    found = page.evaluate(
        """axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
             resultTypes: ["violations"] })
           .then((r) => r.violations.map((v) => v.id + ": " + v.nodes[0].html))"""
    )
    return [str(one) for one in found]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_axe_reports_nothing_on_any_page(site: Site, browser: Browser, scheme: Any, width: int) -> None:
    """Axe finds nothing against WCAG 2.2 AA or its best practices, on no page, in either scheme."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    found = {}
    for name in site.pages():
        page.goto(site.address + name)
        if findings := axe_findings(page):
            found[name] = findings
    assert found == {}


def test_axe_reports_nothing_in_the_open_search(site: Site, browser: Browser) -> None:
    """The search dialog, with results, is as accessible as the page below it."""
    page = browser.new_context(bypass_csp=True).new_page()
    page.goto(site.address + "index.html")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("searchbox").fill("agreement")
    page.locator("#search-results li").first.wait_for()
    assert axe_findings(page) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_keyboard_reaches_everything_in_reading_order(site: Site, browser: Browser, width: int) -> None:
    """Tab goes through every link, button and field in the order of the page, visibly, and back out."""
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    for name in ("index.html", "templates/agendas/contract-and-connect.html", "guide/index.html"):
        page.goto(site.address + name)
        wanted = page.evaluate(
            """[...document.querySelectorAll("a[href], button, input, textarea, [tabindex='0']")]
               .filter((e) => e.checkVisibility() && !(e.type === "radio" && !e.checked))
               .map((e, n) => { e.dataset.place = n; return String(n) })"""
        )
        seen = []
        for _ in wanted:
            page.keyboard.press("Tab")
            place, shown = page.evaluate(
                """(() => { const e = document.activeElement, s = getComputedStyle(e),
                    after = getComputedStyle(e, "::after");
                  return [e.dataset.place ?? e.tagName,
                    [s, after].some((one) => one.outlineStyle !== "none") && Number(s.opacity) > 0] })()"""
            )
            assert shown, f"{name}: focus cannot be seen on element {place}"
            seen.append(place)
        assert seen == wanted, name


def test_search_by_keyboard_opens_finds_and_gives_the_focus_back(site: Site, browser: Browser) -> None:
    """Search opens with Enter, closes with Escape to where one was, and a result opens with Enter."""
    page = browser.new_context(viewport={"width": 360, "height": 700}).new_page()
    page.goto(site.address + "index.html")
    opener = page.get_by_role("button", name="Search")
    opener.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("confidential")
    page.locator("#search-results a").first.wait_for()
    page.keyboard.press("Escape")
    assert opener.evaluate("(e) => e === document.activeElement")
    page.keyboard.press("Enter")
    page.keyboard.type("confidential")
    page.locator("#search-results a").first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "confidential" in page.locator("main").inner_text().lower()
