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

from macros.program import packs, schedule
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


@pytest.fixture(scope="module")
def packed(site: Site, browser: Browser) -> dict[tuple[str, str, str], int]:
    """Pages of every document in the packs of all roles, by language, document and paper."""
    page = browser.new_page()
    counts = {}
    for language in ("en", "pl"):
        for role in open_project(ROOT / "data", ROOT / "docs").languages[language].roles:
            page.goto(_address(site, language, f"packs/{role}"))
            page.uncheck("#both-sides")
            for paper in PAPERS:
                for document, first, last in _spans(page, _print(page, paper)):
                    counts[language, document, paper] = last - first
    return counts


def _spans(page: Page, printed: list[str]) -> list[tuple[str, int, int]]:
    """The documents of a print pack, each with its first page and the one after its last."""
    listed: list[list[str]] = page.evaluate(
        """[...document.querySelectorAll("[data-document]")].filter((one) => one.checkVisibility())
           .map((one) => [one.dataset.document, one.querySelector("h2").textContent])"""
    )
    head = page.locator(".margin-text span").all_inner_texts()
    bare = ["".join(text.split()) for text in printed]
    bare = [text.replace(f"{n}/{len(bare)}", "", 1) for n, text in enumerate(bare, 1)]
    for part in head:
        bare = [text.replace("".join(part.split()), "", 1) for text in bare]
    firsts: list[int] = []
    for _, title in listed:
        start = firsts[-1] + 1 if firsts else 0
        found = [n for n in range(start, len(bare)) if bare[n].startswith("".join(title.split()))]
        assert found, f"{title} does not begin on a page of its own"
        firsts.append(found[0])
    ends = [*firsts[1:], len(printed)]
    return [(name, first, end) for (name, _), first, end in zip(listed, firsts, ends, strict=True)]


def test_pack_prints_each_set_alone_and_each_sheet_on_new_paper(site: Site, browser: Browser) -> None:
    """A meeting's pack: the list comes first, a set comes without it, and an odd page has an empty back."""
    programme = open_project(ROOT / "data", ROOT / "docs").languages["en"]
    name = schedule.meetings(programme)[2]
    found = packs.pack(programme, name)
    page = browser.new_page()
    page.goto(_address(site, "en", f"packs/{name}"))
    page.uncheck("#both-sides")
    everything = _print(page, "A4")
    assert "What to print" in everything[0]
    assert [document for document, _, _ in _spans(page, everything)] == [
        f"{part.kind.replace('session', 'agenda')}s/{part.name}"
        + (f"@{part.whom[0]}" if part.kind == "session" else "")
        for part in found.parts
    ]
    page.get_by_label("The set for: Mentor").check()
    mine = _print(page, "A4")
    spans = _spans(page, mine)
    assert len(spans) == sum("mentor" in part.whom for part in found.parts)
    assert spans[0][1] == 0
    page.check("#both-sides")
    both = _print(page, "A4")
    assert len(both) == sum(-(-(last - first) // 2) * 2 for _, first, last in spans)
    assert sum("This side stays empty." in text for text in both) == len(both) - len(mine)


def test_pack_counts_copies_and_paper_for_any_number_of_pairs(site: Site, browser: Browser) -> None:
    """Thirty pairs need thirty copies of what each mentor gets, and half as much paper on both sides."""
    page = browser.new_page()
    page.goto(_address(site, "en", "packs/mentor-workshop"))
    page.get_by_role("spinbutton", name="Number of pairs").fill("30")
    rows = page.locator(".order tbody tr").evaluate_all(
        "rows => rows.map((row) => [...row.cells].slice(1).map((cell) => cell.textContent))"
    )
    assert {copies for whom, _, copies, _ in rows if whom == "Mentor"} == {"30"}
    assert {copies for whom, _, copies, _ in rows if whom == "Facilitator"} == {"1"}
    assert [int(sheets) for *_, sheets in rows] == [
        int(copies) * -(-int(printed) // 2) for _, printed, copies, _ in rows
    ]
    total = page.locator("[data-total]")
    assert total.inner_text() == str(sum(int(sheets) for *_, sheets in rows))
    page.uncheck("#both-sides")
    assert total.inner_text() == str(sum(int(printed) * int(copies) for _, printed, copies, _ in rows))


def test_every_template_takes_the_pages_it_says(
    printed: dict[tuple[str, str, str], list[str]], packed: dict[tuple[str, str, str], int]
) -> None:
    """`data/pages.yml`, which pages quote, is what Chromium prints on A4 and on Letter."""
    counts: dict[str, dict[str, dict[str, int]]] = {}
    for (language, template, paper), pages in printed.items():
        counts.setdefault(language, {}).setdefault(template, {})[paper] = len(pages)
    for (language, document, paper), count in packed.items():
        counts.setdefault(language, {}).setdefault(f"packs/{document}", {})[paper] = count
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
