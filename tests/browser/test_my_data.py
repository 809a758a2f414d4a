"""My data: everything that is kept, seen, taken along, brought in, erased; and files that mean harm."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.keeping import (
    CHECKLIST,
    GOALS,
    GOALS_RECORD,
    LATER,
    MY_DATA,
    PLAN,
    PULSE,
    QUIZ,
    SIZES,
    Reader,
    a_file,
    a_record,
    bring_in,
    entry,
    erase_everything,
    exported,
    filled,
    kept,
    line,
    listing,
    mark,
    reading,
    say,
    texts,
    write,
)

TICK = "read-the-agreement"


def _lived(reader: Reader) -> Page:
    """A browser with something of every kind in it, on My data."""
    page = reader.tab(GOALS)
    write(page, LATER, "The budget")
    mark(page, "first-today", "2")
    page.locator("[name='goals.able-to.first']").fill("Read a chart")
    page.locator("[name='goals.able-to.first']").press("Tab")
    reader.go(page, f"{PULSE}#copy-teach-and-try")
    mark(page, "before-you-leave", "next-date")
    reader.go(page, CHECKLIST)
    page.locator(f"[data-tick='{TICK}']").check()
    page.locator("[data-tick='send-the-plan@teach-and-try']").check()
    reader.go(page, QUIZ)
    page.locator("[data-question=single-choice] input").last.check()
    page.locator("[data-module-done]").check()
    reader.go(page, PLAN)
    page.locator("#plan-role").select_option("mentor")
    page.locator("#plan-start").fill("2027-01-12")
    page.locator("#plan-start").blur()
    reader.go(page, "scenarios/cancels-twice.html")
    page.locator(".passage:visible a").first.click()
    reader.go(page, "modules/certificate.html")
    page.locator("#certificate-name").fill("Ada")
    page.locator("#certificate-name").blur()
    reader.go(page, MY_DATA)
    return page


# --- seeing and erasing --------------------------------------------------------------------------


@SIZES
def test_my_data_shows_everything_in_words(site: Site, browser: Browser, viewport: dict[str, int]) -> None:
    """Each thing is listed under its title, with labels and options as people read them, and no raw ids."""
    with reading(site, browser, viewport=viewport) as reader:
        page = _lived(reader)
        found = dict(listing(page))
        assert set(found) == {
            say("certificate"),
            say("my_modules"),
            say("my_programme"),
            say("my_quiz", module="What it is"),
            say("my_scenario", scenario="The second cancellation"),
            say("my_ticks"),
            "E4 Goals and baseline",
            "P6 Three-question pulse (Teach and try)",
        }
        goals = dict(found["E4 Goals and baseline"])
        assert goals[LATER] == "The budget"
        assert "Read a chart" in goals.values()
        assert found["P6 Three-question pulse (Teach and try)"] == [
            ("Before you leave", "The next date is in both diaries")
        ]
        assert found[say("my_modules")] == [("What it is", say("is_true"))]
        assert found[say("certificate")] == [(say("certificate_name"), "Ada")]
        plan = dict(found[say("my_programme")])
        assert plan[say("plan_role")] == "Mentor"
        assert plan[say("plan_start")] == "2027-01-12"
        ticks = [label for label, _ in found[say("my_ticks")]]
        assert any(label.endswith("(Teach and try)") for label in ticks)
        assert len(kept(page)) == len(found)


def test_my_data_opens_the_sheet_where_it_was_written(site: Site, browser: Browser) -> None:
    """The link of an entry leads to the very copy."""
    with reading(site, browser) as reader:
        page = _lived(reader)
        entry(page, "P6 Three-question pulse").get_by_role("link").click()
        page.wait_for_url("**/three-question-pulse.html*")
        assert page.locator("#copy").input_value() == "teach-and-try"


def test_one_thing_is_erased_after_a_question(site: Site, browser: Browser) -> None:
    """Escape keeps it; yes erases it alone, says so, and leaves the focus on the page."""
    with reading(site, browser) as reader:
        page = _lived(reader)
        before = kept(page)
        entry(page, "E4 Goals").get_by_role("button").click()
        page.keyboard.press("Escape")
        assert kept(page) == before
        entry(page, "E4 Goals").get_by_role("button").click()
        assert "E4 Goals and baseline" in page.locator("#erase-one").inner_text()
        page.locator("#erase-one").get_by_role("button", name=say("erase")).click()
        page.get_by_text(say("erased", title="E4 Goals and baseline")).wait_for()
        del before[GOALS_RECORD]
        assert kept(page) == before
        assert page.evaluate("document.activeElement.id") == "kept"


def test_everything_is_erased_after_a_question(site: Site, browser: Browser) -> None:
    """Nothing of ours is left in the browser but whether pages are dark; sheets are empty again."""
    with reading(site, browser) as reader:
        page = _lived(reader)
        page.get_by_role("button", name="Dark").click()
        page.get_by_role("button", name=say("erase_all")).click()
        page.keyboard.press("Escape")
        assert listing(page) != []
        erase_everything(page)
        assert page.evaluate("Object.keys(localStorage)") == ["reverse-mentoring-kit:scheme"]
        assert page.evaluate("document.activeElement.id") == "kept"
        reader.go(page, GOALS)
        assert filled(page) == {}


# --- taking along and bringing in ----------------------------------------------------------------


def test_export_brought_in_elsewhere_is_the_same(site: Site, browser: Browser) -> None:
    """Saved, erased and brought in, everything is there again, letter by letter; twice changes nothing."""
    with reading(site, browser) as reader:
        page = _lived(reader)
        file = exported(page)
        before = kept(page)
        erase_everything(page)
        assert bring_in(page, file) == say("import_done", n=len(before))
        assert {name: json.loads(text) for name, text in kept(page).items()} == {
            name: json.loads(text) for name, text in before.items()
        }
        assert exported(page) == file
        bring_in(page, file)
        assert exported(page) == file


def test_import_merges_and_sets_aside_what_gives_way(site: Site, browser: Browser) -> None:
    """Of two different answers the later one is used; the other one is in the list, whichever came in."""
    with reading(site, browser) as reader:
        page = reader.tab(GOALS)
        reader.context.clock.set_fixed_time("2027-03-01T12:00:00Z")
        write(page, LATER, "Mine, later")
        mark(page, "first-today", "2")
        reader.go(page, MY_DATA)
        older = a_record(left_out=("Theirs, older", 5), mentor_brings=("Only theirs", 6))
        assert bring_in(page, a_file({GOALS_RECORD: older})) == (
            f"{say('import_done', n=1)} {say('import_aside', n=1)}"
        )
        assert "Theirs, older" in texts(page)
        reader.context.clock.set_fixed_time("2027-04-01T12:00:00Z")
        newer = a_record(left_out=("Theirs, newest", 1_806_000_000_000 - 86_400_000 * 60))
        newer["values"]["left-out"][1] = page.evaluate("Date.now()") - 1000
        bring_in(page, a_file({GOALS_RECORD: newer}))
        assert "Mine, later" in texts(page)
        reader.go(page, GOALS)
        assert filled(page) == {
            "left-out": "Theirs, newest",
            "mentor-brings": "Only theirs",
            "first-today": "2",
        }


def test_import_is_all_or_nothing_where_there_is_no_room(site: Site, browser: Browser) -> None:
    """If storage fills half-way, what was there before is there again, and the page says so."""
    with reading(site, browser) as reader:
        page = reader.tab(GOALS)
        write(page, LATER, "Mine")
        reader.go(page, MY_DATA)
        before = kept(page)
        records = {
            f"worksheets/goals-and-baseline/copy-{n}": a_record(left_out=("x", n)) for n in range(2, 9)
        }
        page.evaluate(
            "let left = 3; const real = Storage.prototype.setItem;"
            "Storage.prototype.setItem = function (...all) {"
            " if (left-- <= 0 && left > -2) throw new DOMException('no', 'QuotaExceededError');"
            " return real.apply(this, all) }; 0"
        )
        assert bring_in(page, a_file(records)) == say("import_full")
        assert kept(page) == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "import_foreign"),
        ("not json", "import_foreign"),
        ("[]", "import_foreign"),
        ("null", "import_foreign"),
        ('{"kit": "another", "v": 1, "records": {}}', "import_foreign"),
        ('{"kit": "reverse-mentoring-kit", "v": 1}', "import_foreign"),
        ('{"kit": "reverse-mentoring-kit", "v": "1", "records": {}}', "import_foreign"),
        ('{"kit": "reverse-mentoring-kit", "v": 2, "records": {}}', "import_newer"),
        (b"\xff\xfe\x00", "import_foreign"),
        ("x" * 10_000_000, "import_large"),
        ("[" * 100_000, "import_foreign"),
    ],
)
def test_file_that_is_not_ours_changes_nothing(
    site: Site, browser: Browser, content: str | bytes, told: str
) -> None:
    """Whatever else a file is, it is refused in words, and nothing changes."""
    with reading(site, browser) as reader:
        page = reader.tab(GOALS)
        write(page, LATER, "Mine")
        reader.go(page, MY_DATA)
        before = kept(page)
        assert bring_in(page, content) == say(told)
        assert kept(page) == before


MARKUP = "<img src=x onerror='window.hit=1'><script>window.hit=1</script>\"'>{{7*7}}"


def test_markup_in_a_file_is_only_text(site: Site, browser: Browser) -> None:
    """Markup in every name, key and value is shown as it is written, on My data and on the sheet."""
    values: dict[str, Any] = {
        "left-out": [MARKUP, 1],
        MARKUP: [MARKUP, 2],
        "first-today": [MARKUP, 3],
        "goals.able-to.first": [MARKUP, 4],
        "@name": [MARKUP, 5],
        "several": [[MARKUP, "b"], 6],
    }
    records: dict[str, Any] = {
        "worksheets/goals-and-baseline/copy-2": {"v": 1, "values": values},
        "worksheets/unknown-sheet/1": {"v": 1, "values": values},
        "ticks": {"v": 1, "values": {MARKUP: [True, 1]}},
        "quizzes/what-it-is": {"v": 1, "values": {f"quiz.{MARKUP}": [MARKUP, 1]}},
        "scenarios/cancels-twice": {"v": 1, "values": {MARKUP: [[MARKUP], 1]}},
        "my-programme": {"v": 1, "values": {"role": [MARKUP, 1], "start": [MARKUP, 1], "zone": [MARKUP, 1]}},
        "modules": {"v": 1, "values": {MARKUP: [True, 1]}},
        "aside/5": {"v": 1, "values": {f"worksheets/x/1#{MARKUP}": [MARKUP, 1]}},
        MARKUP: {"v": 1, "values": values},
        "../../up": {"v": 1, "values": values},
    }
    damaged = {"damaged/7": f"ticks\n{MARKUP}"}
    with reading(site, browser) as reader:
        page = reader.tab(MY_DATA)
        told = bring_in(page, a_file(records)[:-1] + f', "damaged": {json.dumps(damaged)}}}')
        assert told == f"{say('import_done', n=8)} {say('import_unreadable', n=2)}"
        assert MARKUP in texts(page)
        for path in (MY_DATA, f"{GOALS}#copy-copy-2", CHECKLIST, QUIZ, PLAN, "index.html"):
            reader.go(page, path)
            assert page.locator("main img, main script").count() == 0, path
            assert page.evaluate("window.hit") is None, path
        reader.go(page, f"{GOALS}#copy-copy-2")
        assert filled(page)["left-out"] == MARKUP
        assert page.locator("#copy option").last.inner_text() == MARKUP


def test_keys_that_pollute_reach_no_prototype(site: Site, browser: Browser) -> None:
    """`__proto__` and its like are dropped at every level, and no object learns anything from them."""
    evil = '{"polluted": ["yes", 1]}'
    file = (
        '{"kit": "reverse-mentoring-kit", "v": 1, "__proto__": {"polluted": 1}, "records": {'
        f'"__proto__": {{"v": 1, "values": {evil}}}, "constructor": {{"v": 1, "values": {evil}}},'
        f'"worksheets/__proto__/1": {{"v": 1, "values": {evil}}},'
        f'"{GOALS_RECORD}": {{"v": 1, "__proto__": {evil}, "values": '
        f'{{"__proto__": {evil}, "constructor": ["yes", 1], "left-out": ["Good", 1]}}}}}}}}'
    )
    with reading(site, browser) as reader:
        page = reader.tab(MY_DATA)
        told = bring_in(page, file)
        assert told.startswith(say("import_done", n=1))
        assert page.evaluate("[({}).polluted, [].polluted, Object.prototype.polluted]") == [None] * 3
        assert list(kept(page)) == [GOALS_RECORD]
        reader.go(page, GOALS)
        assert filled(page) == {"left-out": "Good"}
        assert page.evaluate("({}).polluted") is None


def test_thousands_of_records_are_taken_in_good_time(site: Site, browser: Browser) -> None:
    """A large but honest file is brought in whole, and the page still lists it."""
    records = {
        f"worksheets/goals-and-baseline/copy-{n}": a_record(left_out=(f"Copy {n}", n)) for n in range(2, 2002)
    }
    with reading(site, browser) as reader:
        page = reader.tab(MY_DATA)
        assert bring_in(page, a_file(records)) == say("import_done", n=2000)
        expect(page.locator("[data-summary]")).to_have_text(say("my_data_count", n=2000))


# --- keeping nothing -----------------------------------------------------------------------------


def test_browser_keeps_nothing_if_asked_to(site: Site, browser: Browser) -> None:
    """With the switch on, everything works and is gone with the page; with it off, things stay."""
    with reading(site, browser) as reader:
        page = reader.tab(MY_DATA)
        page.get_by_label(say("keep_nothing")).check()
        assert page.locator("[data-report]").inner_text() == say("kept_off")
        reader.go(page, GOALS)
        write(page, LATER, "For this moment")
        assert (line(page), filled(page)) == (say("kept_off"), {"left-out": "For this moment"})
        reader.go(page, CHECKLIST)
        page.locator(f"[data-tick='{TICK}']").check()
        reader.go(page, QUIZ)
        page.locator("[data-question=single-choice] input").first.check()
        assert page.locator(".reply .verdicts").count() == 1
        reader.go(page, PLAN)
        page.locator("#plan-start").fill("2027-01-12")
        page.locator("#plan-start").blur()
        assert page.locator("[data-my-dates] li").count() > 6
        assert page.evaluate("Object.keys(localStorage).map((key) => key.slice(PREFIX.length))") == ["keep"]
        assert page.evaluate("sessionStorage.length") == 0
        reader.go(page, GOALS)
        assert filled(page) == {}
        reader.go(page, MY_DATA)
        assert bring_in(page, a_file({GOALS_RECORD: a_record(left_out=("x", 1))})) == say("import_off")
        page.get_by_label(say("keep_nothing")).uncheck()
        assert page.locator("[data-report]").inner_text() == say("kept_on")
        reader.go(page, GOALS)
        write(page, LATER, "To stay")
        page.reload()
        assert (line(page), filled(page)) == (say("kept_here"), {"left-out": "To stay"})


def test_what_was_kept_before_is_named_when_keeping_ends(site: Site, browser: Browser) -> None:
    """Switching keeping off erases nothing unasked: the page says that older things are still here."""
    with reading(site, browser) as reader:
        page = reader.tab(GOALS)
        write(page, LATER, "Before")
        reader.go(page, MY_DATA)
        page.get_by_label(say("keep_nothing")).check()
        told = f"{say('kept_off')} {say('kept_off_but')}"
        assert page.locator("[data-report]").inner_text() == told
        assert "Before" in texts(page)
