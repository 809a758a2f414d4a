"""Every template on paper: what is on it, what is not, and how many pages it takes."""

from __future__ import annotations

import io
import os
import re
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from macros.program.project import open_project
from macros.render.speech import Speech
from tests.browser.conftest import ROOT, Site

MEASURED = ROOT / "data" / "pages.yml"
PAPERS = ("A4", "Letter")
FURNITURE = ("Skip to content", "In this section", "Polski", "Nothing you type here", "Before this:")


def _print(page: Page, paper: str) -> list[str]:
    """The text of each printed page, with its spaces evened out."""
    pdf = PdfReader(io.BytesIO(page.pdf(format=paper)))
    return [" ".join(sheet.extract_text().split()) for sheet in pdf.pages]


def _templates(site: Site, language: str) -> list[str]:
    prefix = "" if language == "en" else f"{language}/"
    pages = [page.removeprefix(prefix) for page in site.pages(language)]
    found = [
        re.fullmatch(r"templates/((?:agendas|checklists|worksheets)/[\w-]+)\.html", page) for page in pages
    ]
    return [match[1] for match in found if match and not match[1].endswith("/index")]


def _address(site: Site, language: str, template: str) -> str:
    return f"{site.address}{'' if language == 'en' else language + '/'}templates/{template}.html"


@pytest.fixture(scope="module")
def printed(site: Site, browser: Browser) -> dict[tuple[str, str, str], list[str]]:
    """The text of every template's pages, by language, template and paper."""
    page = browser.new_page()
    texts = {}
    for language in ("en", "pl"):
        for template in _templates(site, language):
            page.goto(_address(site, language, template))
            for paper in PAPERS:
                texts[language, template, paper] = _print(page, paper)
    return texts


def test_every_template_takes_the_pages_it_says(printed: dict[tuple[str, str, str], list[str]]) -> None:
    """`data/pages.yml`, which pages quote, is what Chromium prints on A4 and on Letter."""
    counts: dict[str, dict[str, dict[str, int]]] = {}
    for (language, template, paper), pages in printed.items():
        counts.setdefault(language, {}).setdefault(template, {})[paper] = len(pages)
    if "KIT_MEASURE" in os.environ:  # make pages
        head = "# Printed pages of each template, as measured by: make pages\n"
        MEASURED.write_text(head + yaml.safe_dump(counts, sort_keys=True), encoding="utf-8", newline="\n")
    assert yaml.safe_load(MEASURED.read_text(encoding="utf-8")) == counts


def test_every_page_says_whose_it_is_and_which(printed: dict[tuple[str, str, str], list[str]]) -> None:
    """Organisation, programme, title and edition stand in the margin of every page, with its number."""
    opened = open_project(ROOT / "data", ROOT / "docs")
    for (language, template, paper), pages in printed.items():
        organisation = opened.languages[language].organisation
        place = (language, template, paper)
        for number, text in enumerate(pages, 1):
            assert f"{organisation.name} · {organisation.programme}" in text, place
            assert f" {opened.languages['en'].program.edition}" in text, place
            assert f"{number} / {len(pages)}" in text, place


def test_worksheets_print_who_may_see_them_on_every_page(
    printed: dict[tuple[str, str, str], list[str]],
) -> None:
    """The visibility label stands in the margin of each page of a worksheet."""
    programme = open_project(ROOT / "data", ROOT / "docs").languages["en"]
    for name, sheet in programme.worksheets.items():
        label = Speech(programme, "").audience_of(sheet)
        for paper in PAPERS:
            for text in printed["en", f"worksheets/{name}", paper]:
                assert f"{sheet.code} {sheet.title} · {label}" in text


def test_paper_carries_no_furniture(printed: dict[tuple[str, str, str], list[str]]) -> None:
    """Navigation, search, buttons and footers stay on the screen."""
    for (language, template, paper), pages in printed.items():
        if language == "en":
            assert [one for one in FURNITURE if one in " ".join(pages)] == [], (template, paper)


def test_nothing_is_lost_on_paper(
    site: Site, browser: Browser, printed: dict[tuple[str, str, str], list[str]]
) -> None:
    """Every word that a template shows for print is on its pages, and nothing is cut at the edge."""
    page = browser.new_page()
    page.emulate_media(media="print")
    for template in _templates(site, "en"):
        page.goto(_address(site, "en", template))
        shown = page.locator("main").inner_text()
        for paper in PAPERS:
            on_paper = "".join(printed["en", template, paper]).replace(" ", "")
            missing = [w for w in shown.split() if len(w) > 3 and w not in on_paper]
            assert missing == [], (template, paper)


def test_dark_readers_print_black_on_white(site: Site, browser: Browser) -> None:
    """A reader who uses the dark scheme gets the same black on white paper."""
    page = browser.new_context(color_scheme="dark").new_page()
    page.goto(_address(site, "en", "worksheets/mentoring-agreement"))
    page.get_by_role("button", name="Dark").click()
    page.get_by_role("button", name="Dark").click()
    page.emulate_media(media="print", color_scheme="dark")
    colours: Any = page.evaluate(
        """[...document.querySelectorAll("html, body, main, main *")].filter((e) => e.checkVisibility())
           .map((e) => getComputedStyle(e)).map((s) => [s.backgroundColor, s.color])"""
    )
    transparent = ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")
    assert {background for background, _ in colours} <= set(transparent)
    assert {ink for _, ink in colours} == {"rgb(0, 0, 0)"}


def test_guide_prints_what_is_chosen(site: Site, browser: Browser) -> None:
    """A session guide prints the role and length that its switches show."""
    page = browser.new_page()
    page.goto(_address(site, "en", "agendas/contract-and-connect"))
    everyone = " ".join(_print(page, "A4"))
    page.get_by_role("radio", name="Mentee").check()
    page.get_by_role("radio", name="45 minutes").check()
    text = " ".join(_print(page, "A4"))
    assert "60 minutes" in everyone
    assert "60 minutes" not in text
    assert "Together 45 minutes" in text
    assert len(text) < len(everyone)


def test_what_was_typed_is_printed(site: Site, browser: Browser) -> None:
    """A filled-in sheet prints every line that was typed, however many there are."""
    page = browser.new_page()
    page.goto(_address(site, "en", "worksheets/mentoring-agreement"))
    typed = [f"Line number {n} of what we agreed" for n in range(1, 13)]
    page.get_by_label("What stays between us").fill("\n".join(typed))
    text = " ".join(_print(page, "A4"))
    assert [line for line in typed if line not in text] == []


def test_writing_space_is_wide_enough_for_a_hand(site: Site, browser: Browser) -> None:
    """Ruled lines are at least 7 millimetres apart, and rows of tables at least as high."""
    page = browser.new_page()
    page.emulate_media(media="print")
    millimetre = 96 / 25.4
    for template in _templates(site, "en"):
        if template.startswith("worksheets/"):
            page.goto(_address(site, "en", template))
            heights = page.evaluate(
                "[...document.querySelectorAll('.rules i, .cells tbody td')]"
                ".map((e) => e.getBoundingClientRect().height)"
            )
            assert all(height / millimetre >= 6.9 for height in heights), template
