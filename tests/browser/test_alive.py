"""Pages that come alive with a script: checklists, quizzes, scenarios, the path and the certificate."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Browser, Locator, Page
from pypdf import PdfReader

from macros.program import browser as for_scripts
from macros.program import learning, views
from macros.program.course import FreeRecall, OneRight, PutInOrder, Question, SomeRight
from macros.program.loading import Programme
from macros.program.project import open_project
from tests.browser.conftest import ROOT, Site


@pytest.fixture(scope="module")
def programme() -> Programme:
    """The real programme, in English."""
    return open_project(ROOT / "data", ROOT / "docs").languages["en"]


SIZES = pytest.mark.parametrize("width", [360, 1280])


def _page(browser: Browser, width: int = 1280) -> Page:
    return browser.new_context(viewport={"width": width, "height": 800}).new_page()


# --- checklists ----------------------------------------------------------------------------------


@SIZES
def test_ticks_are_kept_and_counted(site: Site, browser: Browser, programme: Programme, width: int) -> None:
    """A tick is there after a reload, on every list that has the item, and counts for role and phase."""
    page = _page(browser, width)
    address = site.address + "templates/checklists/mentor.html"
    page.goto(address)
    boxes = {
        phase.id: [key for task in tasks for key in for_scripts.tick_keys(programme, task)]
        for phase, tasks in views.grouped(views.tasks_of_role(programme, "mentor"), programme)
    }
    every = [key for keys in boxes.values() for key in keys]
    assert page.locator("[data-tick]").evaluate_all("(all) => all.map((e) => e.dataset.tick)") == every
    ticked = [boxes["recruit"][0], "send-the-plan@teach-and-try"]
    for key in ticked:
        page.locator(f"[data-tick='{key}']").check()
    page.reload()
    assert (
        page.locator("[data-tick]:checked").evaluate_all("(all) => all.map((e) => e.dataset.tick)") == ticked
    )
    lines = page.locator("[data-progress]").all_inner_texts()
    assert lines[0].strip() == f"2 of {len(every)} done"
    counts = {phase: sum(key in ticked for key in keys) for phase, keys in boxes.items()}
    assert [line.strip() for line in lines[1:]] == [
        f"{counts[phase]} of {len(keys)} done" for phase, keys in boxes.items()
    ]
    page.goto(site.address + "roles/mentor.html")
    shown = page.locator("[data-ticked]").all_inner_texts()
    assert [line.strip() for line in shown] == [
        f"{counts[phase]} of {len(keys)} done" for phase, keys in boxes.items()
    ]
    page.goto(site.address + "templates/agendas/teach-and-try.html")
    assert page.locator("[data-tick='send-the-plan@teach-and-try']").is_checked()
    page.goto(site.address + "templates/agendas/see-it-for-real.html")
    assert not page.locator("[data-tick='send-the-plan@see-it-for-real']").is_checked()


def test_ticks_belong_to_ids_not_to_places(programme: Programme) -> None:
    """The key of a tick holds the ids of an item and a meeting and nothing else, and no two are the same."""
    keys = [
        (key, task.item.id)
        for task in views.tasks(programme)
        for key in for_scripts.tick_keys(programme, task)
    ]
    assert len({key for key, _ in keys}) == len(keys)
    meetings = {name for name, one in programme.sessions.items() if one.kind == "meeting"}
    for key, item in keys:
        name, _, which = key.partition("@")
        assert name == item
        assert which == "" or which in meetings or which.isdigit()


# --- quizzes -------------------------------------------------------------------------------------


def _answer(question: Locator, one: Question, *, right: bool) -> None:
    """Answer as somebody who knows, or does not."""
    if isinstance(one, OneRight):
        name = next(name for name, option in one.options.items() if option.right is right)
        question.locator(f"input[value='{name}']").check()
        return
    if isinstance(one, SomeRight):
        for name, option in one.options.items():
            if option.right is right:
                question.locator(f"input[value='{name}']").check()
    elif isinstance(one, PutInOrder):
        steps = list(one.steps) if right else list(one.steps)[::-1]
        for number, step in enumerate(steps, 1):
            question.locator(f"input[data-step='{step}']").fill(str(number))
    else:
        question.locator("textarea").fill("My own words")
    question.get_by_role("button", name="Compare with the answer").click()
    if isinstance(one, FreeRecall):
        question.get_by_role("button", name="Mine says this" if right else "Mine does not, yet").click()


@SIZES
def test_quiz_keeps_answers_scores_and_starts_again(
    site: Site, browser: Browser, programme: Programme, width: int
) -> None:
    """Answers, explanations and score are there after a reload; starting again clears them for good."""
    page = _page(browser, width)
    kinds: set[str] = set()
    for name, quiz in programme.quizzes.items():
        new = {one.type for one in quiz.questions} - kinds
        if not new:
            continue  # every kind of question once is enough
        kinds |= new
        page.goto(f"{site.address}modules/{name}.html")
        score = page.locator("[data-quiz]:has([id^='quiz-']) [data-score] [role=status]")
        total = len(quiz.questions)
        for number, one in enumerate(quiz.questions):
            _answer(page.locator(f"#quiz-{name}-{one.id}"), one, right=number > 0)
            left = total - number - 1
            told = f"{number} of {number + 1} right."
            if left:
                told += f" {left} question{'' if left == 1 else 's'} to go."
            assert score.inner_text() == told, (name, one.id)
        page.reload()
        assert score.inner_text() == f"{total - 1} of {total} right."
        for one in quiz.questions:
            assert page.locator(f"#quiz-{name}-{one.id} .reply .verdicts").is_visible()
        again = page.locator("[data-quiz]:has([id^='quiz-']) [data-score] button")
        again.click()
        focused = page.evaluate("document.activeElement.closest('[data-question]').id")
        assert focused == f"quiz-{name}-{quiz.questions[0].id}"
        page.reload()
        assert score.inner_text() == ""
        assert page.locator("[data-quiz] input:checked").count() == 0
        assert page.locator(".reply .verdicts").count() == 0
    assert kinds == {"single-choice", "multiple-choice", "order", "recall"}


def test_quiz_prints_answers_only_in_the_key(site: Site, browser: Browser, programme: Programme) -> None:
    """Whoever prints an answered quiz still has the explanations on the page of their own."""
    name, quiz = next((n, q) for n, q in programme.quizzes.items() if q.questions[0].type == "single-choice")
    page = _page(browser)
    page.goto(f"{site.address}modules/{name}.html")
    _answer(page.locator(f"#quiz-{name}-{quiz.questions[0].id}"), quiz.questions[0], right=True)
    pages = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]
    first = next(number for number, text in enumerate(pages) if "Answers, and why" in text)
    assert all("Not right:" not in text for text in pages[:first])


# --- scenarios -----------------------------------------------------------------------------------


@SIZES
def test_scenario_is_walked_step_by_step(
    site: Site, browser: Browser, programme: Programme, width: int
) -> None:
    """Only what is reached shows; the way is kept; another choice takes back what followed."""
    page = _page(browser, width)
    for name, scenario in programme.scenarios.items():
        page.goto(f"{site.address}scenarios/{name}.html")
        for role, told in scenario.versions.items():
            version = page.locator(f".version[data-role='{role}']")
            shown = version.locator(".passage:visible")
            assert shown.count() == 1
            steps = 1
            while not shown.last.get_attribute("class", timeout=1000) or "at-ending" not in str(
                shown.last.get_attribute("class")
            ):
                shown.last.locator("a").first.click()
                steps += 1
                assert shown.count() == steps, (name, role)
                assert page.evaluate("document.activeElement.id") == shown.last.get_attribute("id")
            title = shown.last.locator("h3").inner_text()
            assert title in {ending.title for ending in told.endings.values()}
            count = f"You have seen 1 of {len(told.endings)} endings."
            assert version.locator("[data-endings]").inner_text() == count
            page.reload()
            assert shown.count() == steps
            shown.first.locator("a").last.click()
            assert shown.count() == 2
            assert version.locator("[data-endings]").inner_text() == count
        break  # the browser test of the course walks all of them by their links


def test_scenario_starts_again_at_its_first_passage(site: Site, browser: Browser) -> None:
    """At an ending, Start again leaves only the first passage, with the focus on it."""
    page = _page(browser)
    page.goto(site.address + "scenarios/cancels-twice.html")
    version = page.locator(".version").first
    shown = version.locator(".passage:visible")
    while "at-ending" not in str(shown.last.get_attribute("class")):
        shown.last.locator("a").first.click()
    shown.last.get_by_role("link", name="Start again").click()
    assert shown.count() == 1
    assert page.evaluate("document.activeElement.id") == shown.first.get_attribute("id")


# --- the path and the certificate ----------------------------------------------------------------


@SIZES
def test_path_says_where_i_am_and_what_is_left(
    site: Site, browser: Browser, programme: Programme, width: int
) -> None:
    """The end of each module says how far one is, what is next and how many minutes are left."""
    page = _page(browser, width)
    page.goto(site.address + "guide/my-programme.html")
    page.locator("#plan-role").select_option("mentor")
    path = learning.course_path(programme, "mentor")
    minutes = {name: learning.times(programme, name).total for name in path.modules}
    for number, name in enumerate(path.modules, 1):
        page.goto(f"{site.address}modules/{name}.html")
        page.get_by_label("I have worked through this module").check()
        left = path.modules[number:]
        line = page.locator(".done [data-path-of]")
        if left:
            line.get_by_text(
                f"You have worked through {number} of the {len(path.modules)} modules"
            ).wait_for()
            assert line.get_by_role("link").inner_text() == programme.modules[left[0]].title
            hours, rest = divmod(sum(minutes[one] for one in left), 60)
            told = " ".join([f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest or not hours))
            assert line.inner_text().replace("\u00a0", " ").endswith(f"{told} to go.")
        else:
            line.get_by_text("You have worked through your whole path.").wait_for()
    page.goto(site.address + "modules/index.html")
    section = page.locator("section:has(> #path-mentor)")
    section.get_by_text("You have worked through your whole path.").wait_for()
    assert section.locator("ol li", has_text="worked through").count() == len(path.modules)


def test_certificate_shows_what_was_done_and_prints_on_a_page(
    site: Site, browser: Browser, programme: Programme
) -> None:
    """With the path and a scenario behind one, the certificate says so, honestly, on one sheet."""
    page = _page(browser)
    path = learning.course_path(programme, "mentee")
    for name in path.modules:
        page.goto(f"{site.address}modules/{name}.html")
        page.get_by_label("I have worked through this module").check()
    page.goto(site.address + "scenarios/cancels-twice.html")
    shown = page.locator(".version").first.locator(".passage:visible")
    while "at-ending" not in str(shown.last.get_attribute("class")):
        shown.last.locator("a").first.click()
    page.goto(site.address + "modules/certificate.html")
    page.get_by_label("Your role").select_option("mentee")
    page.get_by_label("Name").fill("Ada Nowak")
    page.wait_for_timeout(400)
    page.reload()
    assert page.get_by_label("Name").input_value() == "Ada Nowak"
    rows = page.locator("[data-worked-through]:visible")
    assert rows.count() == len(path.modules)
    assert all(box.is_checked() for box in rows.all())
    assert page.locator("[data-practised='cancels-twice']").is_checked()
    assert page.locator("[data-course-standing]").inner_text() == "Has completed the course"
    assert page.locator("[data-practice-standing]").inner_text() == "Has practised so far what is ticked"
    for paper in ("A4", "Letter"):
        sheets = PdfReader(io.BytesIO(page.pdf(format=paper))).pages
        assert len(sheets) == 1
        text = " ".join(sheets[0].extract_text().split())
        assert "Ada Nowak" in text
        assert "Nobody has tested them" in text
        assert "My data" not in text


def test_certificate_can_be_filled_in_by_hand(site: Site, browser: Browser, programme: Programme) -> None:
    """Without a script it is a sheet with a line for the name and a box for each module and scenario."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(site.address + "modules/certificate.html")
    assert page.locator("[data-worked-through]:visible").count() == len(programme.modules)
    assert page.locator("[data-practised]:visible").count() == len(programme.scenarios)
    assert len(PdfReader(io.BytesIO(page.pdf(format="A4"))).pages) == 1
