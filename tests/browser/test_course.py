"""The course, as learners use it: on a phone, by keyboard, without a script, on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from macros.program import learning
from macros.program.course import FreeRecall, PutInOrder, Question
from macros.program.loading import Programme
from macros.program.project import open_project
from tests.browser.conftest import ROOT, Site

PAPERS = ("A4", "Letter")
FURNITURE = ("Skip to content", "In this section", "Polski", "Nothing you type here", "Compare with")
"""What belongs to the screen."""


@pytest.fixture(scope="module")
def programme() -> Programme:
    """The real programme, in English."""
    return open_project(ROOT / "data", ROOT / "docs").languages["en"]


def _modules(programme: Programme, site: Site) -> Iterator[tuple[str, str]]:
    for name in programme.modules:
        yield name, f"{site.address}modules/{name}.html"


def _printed(page: Page, paper: str) -> list[str]:
    pdf = PdfReader(io.BytesIO(page.pdf(format=paper)))
    texts = [" ".join(sheet.extract_text().split()) for sheet in pdf.pages]
    return [re.sub(r"^\d+ / \d+ ", "", text) for text in texts]  # without the page's number


def _explanations(question: Question) -> list[str]:
    """What a reader is told after answering."""
    if isinstance(question, FreeRecall):
        return [question.answer, *question.points]
    parts = question.steps if isinstance(question, PutInOrder) else question.options
    return [part.why for part in parts.values()]


def test_answer_is_explained_at_once(site: Site, browser: Browser, programme: Programme) -> None:
    """Whoever chooses, or compares, reads at the question why each option is right or wrong."""
    page = browser.new_context(viewport={"width": 360, "height": 700}, has_touch=True).new_page()
    for name, address in _modules(programme, site):
        page.goto(address)
        for one in programme.quizzes[name].questions:
            question = page.locator(f"#quiz-{name}-{one.id}")
            reply = question.get_by_role("status")
            assert reply.inner_text() == "", (name, one.id)
            if one.type == "single-choice":
                question.get_by_role("radio").first.tap()
                chosen = next(iter(one.options.values()))
                assert chosen.why in reply.locator(".chosen").inner_text(), (name, one.id)
            else:
                question.get_by_role("button", name="Compare with the answer").tap()
            wanted = _explanations(one)
            text = " ".join(reply.inner_text().split())
            assert [why for why in wanted if " ".join(why.split()) not in text] == [], (name, one.id)


def test_without_a_script_the_key_stands_after_the_questions(
    site: Site, browser: Browser, programme: Programme
) -> None:
    """No answer is seen before the key is opened; opened, it holds every explanation."""
    page = browser.new_context(java_script_enabled=False).new_page()
    for name, address in _modules(programme, site):
        page.goto(address)
        assert page.locator(".verdicts:visible").count() == 0, name
        page.locator(".key summary").click()
        assert page.locator(".key .verdicts:visible").count() == len(programme.quizzes[name].questions) + len(
            learning.recall(programme, name)
        )
        last = page.locator(".questions").last.bounding_box()
        key = page.locator(".key").bounding_box()
        assert last is not None
        assert key is not None
        assert key["y"] > last["y"] + last["height"], name


@pytest.mark.parametrize("paper", PAPERS)
def test_answer_key_prints_on_a_page_of_its_own(
    site: Site, browser: Browser, programme: Programme, paper: str
) -> None:
    """On paper the questions come first, and no page holds both a question and an answer."""
    page = browser.new_page()
    for name, address in _modules(programme, site):
        page.goto(address)
        sheets = _printed(page, paper)
        starts = [number for number, text in enumerate(sheets) if text.startswith("Answers, and why")]
        assert len(starts) == 1, name
        assert all("Not right:" not in text for text in sheets[: starts[0]]), name
        assert all("Check yourself 1." not in text for text in sheets[starts[0] + 1 :]), name
        assert [word for word in FURNITURE if word in " ".join(sheets)] == [], name
        key = " ".join(sheets[starts[0] :])
        answers = [one.answer for one in programme.quizzes[name].questions if one.type == "recall"]
        assert [answer for answer in answers if answer.split()[0] not in key] == [], name


@pytest.mark.parametrize("paper", PAPERS)
def test_scenario_prints_each_version_on_pages_of_its_own(
    site: Site, browser: Browser, programme: Programme, paper: str
) -> None:
    """On paper a scenario is whole: every passage of every version, each version beginning a page."""
    page = browser.new_page()
    for name, scenario in programme.scenarios.items():
        page.goto(f"{site.address}scenarios/{name}.html")
        sheets = _printed(page, paper)
        text = " ".join(sheets)
        assert [word for word in FURNITURE if word in text] == [], name
        for role in scenario.versions:
            heading = f"You are: {programme.roles[role].title}"
            assert sum(heading in sheet for sheet in sheets) == 1, (name, role)
        turns = sum(text.count(f"Turn to {number}.") for number in range(1, 60))
        passages = [one for told in scenario.versions.values() for one in learning.passages(told)]
        assert turns == sum(len(one.goes_to) for one in passages), name


def test_term_opens_by_tap_and_by_keyboard_and_prints(
    site: Site, browser: Browser, programme: Programme
) -> None:
    """A word of the trade shows its meaning on touch and on Enter, hides it on Escape, and prints it."""
    page = browser.new_context(viewport={"width": 320, "height": 700}, has_touch=True).new_page()
    found = 0
    for _, address in _modules(programme, site):
        page.goto(address)
        for word in page.locator(".word").all():
            name = str(word.get_attribute("popovertarget")).removeprefix("term-")
            meaning = page.locator(f"#term-{name}")
            assert not meaning.is_visible()
            word.tap()
            assert meaning.is_visible()
            box = meaning.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 320, name
            page.keyboard.press("Escape")
            assert not meaning.is_visible()
            word.press("Enter")
            assert meaning.is_visible()
            page.keyboard.press("Escape")
            found += 1
        page.emulate_media(media="print")
        assert all(one.is_visible() for one in page.locator(".meaning").all())
        page.emulate_media(media="screen")
    assert found > len(programme.modules)


def test_scenarios_can_be_walked_by_their_links(site: Site, browser: Browser, programme: Programme) -> None:
    """Always taking the first choice, or always the last, one comes to an ending, without a script."""
    page = browser.new_context(java_script_enabled=False).new_page()
    for name, scenario in programme.scenarios.items():
        page.goto(f"{site.address}scenarios/{name}.html")
        for role in scenario.versions:
            for choose in ("first", "last"):
                at = page.locator(f"#{role}-1")
                for _ in range(20):
                    links = at.locator("a[href^='#'][href*='-']", has_text="Turn to")
                    if links.count() == 0:
                        break
                    link = getattr(links, choose)
                    target = str(link.get_attribute("href"))
                    link.click()
                    assert page.url.endswith(target)
                    at = page.locator(target)
                assert at.locator("h3").inner_text() in {
                    one.title for one in scenario.versions[role].endings.values()
                }


def test_path_of_each_role_adds_up(site: Site, browser: Browser, programme: Programme) -> None:
    """The minutes of a path are those of its modules, in order; the mentee's fit in twelve."""
    page = browser.new_page()
    page.goto(f"{site.address}modules/index.html")
    for path in learning.paths(programme):
        section = page.locator(f"section:has(> #path-{path.role})")
        shown = section.locator("ol > li > a").all_inner_texts()
        assert shown == [programme.modules[name].title for name in path.modules]
        assert path.minutes == sum(learning.times(programme, name).total for name in path.modules)
    mentee = learning.course_path(programme, "mentee")
    assert 0 < mentee.minutes <= 12


def test_citations_lead_to_their_source(site: Site, browser: Browser, programme: Programme) -> None:
    """A citation on a module leads to the source's own place on the sources page, with its grade."""
    page = browser.new_page()
    for name, address in _modules(programme, site):
        page.goto(address)
        cites = page.locator(".cite a")
        assert cites.count() > 0, name
        text = cites.first.inner_text()
        cites.first.click()
        assert "/evidence/index.html#" in page.url
        target = page.locator(f"[id='{page.url.partition('#')[2]}']")
        assert text.split()[0] in target.inner_text() or "our judgement" in target.inner_text()
