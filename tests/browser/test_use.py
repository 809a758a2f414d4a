"""What people come for, walked through as they would."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site


def _visible(page: Page, selector: str) -> list[str]:
    return [e.inner_text() for e in page.locator(selector).all() if e.is_visible()]


def test_mentor_reaches_a_session_guide_in_two_taps(site: Site, browser: Browser) -> None:
    """On a phone: one tap for the role, one for the meeting, and the guide shows the mentor's part."""
    page = browser.new_context(viewport={"width": 360, "height": 700}, has_touch=True).new_page()
    page.goto(site.address + "index.html")
    page.locator(".cards").first.get_by_role("link", name="Mentor").tap()
    page.locator(".cards a").first.tap()
    page.wait_for_load_state()
    assert page.get_by_role("radio", name="Mentor").is_checked()
    assert set(_visible(page, ".lens h4")) == {"Mentor"}
    assert "you say first" in page.locator(".first:visible").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_switches_show_one_role_and_one_length(site: Site, browser: Browser, *, scripts: bool) -> None:
    """Choosing a role and a length leaves just those, with a clock that runs to its end; no script needed."""
    page = browser.new_context(java_script_enabled=scripts).new_page()
    page.goto(site.address + "templates/agendas/see-it-for-real.html")
    lengths = [int(e.get_attribute("value") or 0) for e in page.locator("[name=length]").all()]
    for length in lengths:
        page.locator(f"[name=length][value='{length}']").check()
        page.get_by_role("radio", name="Mentee").check()
        assert set(_visible(page, ".lens h4")) == {"Mentee"}
        spans = [tuple(map(int, text.split("–"))) for text in _visible(page, ".clock .span")]
        starts, ends = [first for first, _ in spans], [last for _, last in spans]
        assert starts == [0, *ends[:-1]]
        assert ends[-1] == length


def test_link_asks_for_a_role(site: Site, browser: Browser) -> None:
    """A link that ends in #as-mentee opens the guide as the mentee's."""
    page = browser.new_page()
    page.goto(site.address + "templates/agendas/teach-and-try.html#as-mentee")
    assert set(_visible(page, ".lens h4")) == {"Mentee"}


def test_language_switch_stays_on_the_page(site: Site, browser: Browser) -> None:
    """From any page the switch leads to the same page in the other language, and back."""
    page = browser.new_page()
    for name in site.pages("en"):
        if name == "404.html":
            continue
        page.goto(site.file(name))
        page.locator("a[hreflang=pl]").click()
        assert page.url == site.file(f"pl/{name}")
        assert page.locator("html").get_attribute("lang") == "pl"
        page.locator("a[hreflang=en]").click()
        assert page.url == site.file(name)


def test_scheme_is_switched_and_kept(site: Site, browser: Browser) -> None:
    """The light and dark switch turns the page and remembers it; the system's choice stands before."""
    page = browser.new_context(color_scheme="light").new_page()
    page.goto(site.address + "index.html")
    button = page.get_by_role("button", name="Dark")
    assert button.get_attribute("aria-pressed") == "false"
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    button.click()
    page.reload()
    assert page.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def _found(page: Page, words: str) -> list[str]:
    page.locator("#search-results[aria-busy=false]").wait_for(state="attached")
    page.get_by_role("searchbox").fill(words)
    return page.locator("#search-results a").all_inner_texts()


def test_search_finds_from_a_file_share(site: Site, browser: Browser) -> None:
    """Opened as a file, search finds a worksheet by a word of its text, in another form of the word."""
    page = browser.new_page()
    page.goto(site.file("guide/index.html"))
    page.get_by_role("button", name="Search").click()
    assert "Mentoring agreement" in _found(page, "agreements")
    assert _found(page, "xyzzy") == []
    assert page.get_by_role("status").inner_text().startswith("Nothing found")


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("sesja", "sesję"), ("sesję", "sesja"), ("sesji", "sesjami"), ("sesjach", "sesje"),
        ("gesla", "gęślą"), ("arkusz", "arkuszy"), ("pytania", "pytań"), ("pytaniem", "pytania"),
        ("umowa", "umowę"), ("rozmow", "rozmowach"), ("spotkanie", "spotkań"), ("ŁÓDŹ", "łodzi"),
    ],
)  # fmt: skip
def test_polish_search_finds_a_word_in_its_other_forms(
    site: Site, browser: Browser, asked: str, written: str
) -> None:
    """Polish words are found whatever their case ending, with or without accents."""
    page = browser.new_page()
    pages = [
        {"url": "a.html", "title": "Jest", "text": f"Tu stoi słowo {written} i kropka"},
        {"url": "b.html", "title": "Nie ma", "text": "Tu stoi zupełnie coś innego"},
    ]
    body = f"globalThis.kitPages = {json.dumps(pages)};"
    page.route("**/search-index.js", lambda route: route.fulfill(body=body, content_type="text/javascript"))
    page.goto(site.address + "pl/index.html")
    page.locator("#search-open").click()
    assert _found(page, asked) == ["Jest"]


def test_untranslated_page_says_so_in_its_language(site: Site, browser: Browser) -> None:
    """What falls back to English is marked as English, below a notice in Polish."""
    page = browser.new_page()
    for name in site.pages("pl"):
        page.goto(site.address + name)
        foreign = page.locator("main .kit[lang=en], main[lang=en]").count()
        notice = page.locator("main .notice").count()
        assert bool(foreign) == bool(notice), name
