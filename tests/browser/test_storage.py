"""What is typed stays in the browser: through reloads, two tabs, wrong clocks and broken storage."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.keeping import (
    BRINGS,
    CARD,
    CHECKLIST,
    FILL_UP,
    GOALS,
    GOALS_RECORD,
    LATER,
    MAKE_ROOM,
    MY_DATA,
    PLAN,
    PULSE,
    QUIZ,
    SIZES,
    STORAGE_FORBIDDEN,
    STORAGE_FULL,
    WHY,
    WRITING_FORBIDDEN,
    a_record,
    exported,
    filled,
    kept,
    line,
    listing,
    mark,
    put,
    reading,
    say,
    texts,
    write,
)

READ_IT = "read-the-agreement"
"""A thing on the checklist."""
NOON = "2026-11-25T14:32:00+01:00"


def _ticked(page: Page) -> list[str]:
    found: list[str] = page.locator("[data-tick]:checked").evaluate_all(
        "(all) => all.map((e) => e.dataset.tick)"
    )
    return found


# --- kept ------------------------------------------------------------------------------------------


@SIZES
def test_sheet_survives_a_reload(site: Site, browser: Browser, viewport: dict[str, int]) -> None:
    """Lines, choices, ticks, tables and dates are there after a reload, and the line says since when."""
    with reading(site, browser, viewport=viewport) as reader:
        reader.context.clock.set_fixed_time(NOON)
        page = reader.tab(CARD)
        assert (line(page), page.locator("[data-last]").inner_text()) == (say("kept_nothing"), "")
        write(page, "Green: ask me anything: Your topics", "Gardens | trains\nand my team")
        write(page, "What has to be true before you open an amber topic", "I slept well.\n\n  Żółć & <b>")
        mark(page, "early-signs", "quiet")
        mark(page, "early-signs", "late")
        mark(page, "stop-sentence", "own-words")
        write(page, "Your own sentence", "Tea?")
        whole = filled(page)
        assert whole == {
            "topics.green.topics": "Gardens | trains\nand my team",
            "amber-needs": "I slept well.\n\n  Żółć & <b>",
            "early-signs": "quiet; late",
            "stop-sentence": "own-words",
            "own-sentence": "Tea?",
        }
        page.reload()
        assert filled(page) == whole
        last = say("kept_last", when="25 November at 14:32")
        assert (line(page), page.locator("[data-last]").inner_text()) == (say("kept_here"), last)
        page.locator("[name='early-signs'][value='quiet']").uncheck()
        write(page, "Your own sentence", "")
        page.reload()
        assert filled(page) == {
            key: "late" if key == "early-signs" else text
            for key, text in whole.items()
            if key != "own-sentence"
        }


def test_each_sheet_and_each_copy_keeps_its_own(site: Site, browser: Browser) -> None:
    """What is written on one copy shows on no other copy and on no other sheet."""
    with reading(site, browser) as reader:
        page = reader.tab(PULSE)
        for number, meeting in enumerate(["contract-and-connect", "teach-and-try"], 1):
            page.locator("#copy").select_option(meeting)
            write(page, "Meeting number", str(number))
        reader.go(page, GOALS)
        assert filled(page) == {}
        write(page, LATER, "The budget")
        reader.go(page, PULSE)
        assert (page.locator("#copy").input_value(), filled(page)) == ("teach-and-try", {"meeting": "2"})
        page.locator("#copy").select_option("contract-and-connect")
        assert filled(page) == {"meeting": "1"}
        page.locator("#copy").select_option("see-it-for-real")
        assert (filled(page), line(page)) == ({}, say("kept_nothing"))
        reader.go(page, f"{PULSE}#copy-teach-and-try")
        assert (page.locator("#copy").input_value(), filled(page)) == ("teach-and-try", {"meeting": "2"})


def test_both_languages_share_what_is_written(site: Site, browser: Browser) -> None:
    """Whoever turns to the Polish sheet finds there what they wrote on the English one."""
    with reading(site, browser) as reader:
        page = reader.tab(GOALS)
        write(page, LATER, "The budget")
        page.locator("a[hreflang=pl]").click()
        page.wait_for_url("**/pl/**")
        assert filled(page) == {"left-out": "The budget"}


def test_ticks_survive_a_reload(site: Site, browser: Browser) -> None:
    """Ticks of things to do once and of things that come back stay, and the count with them."""
    with reading(site, browser) as reader:
        page = reader.tab(CHECKLIST)
        once, again = READ_IT, "send-the-plan@teach-and-try"
        for key in (once, again):
            page.locator(f"[data-tick='{key}']").check()
        page.reload()
        assert (sorted(_ticked(page)), line(page)) == ([once, again], say("kept_here"))
        boxes = page.locator("[data-tick]").count()
        assert page.locator("[data-progress]").first.inner_text().strip().startswith("2 of ")
        page.locator(f"[data-tick='{once}']").uncheck()
        page.reload()
        assert (_ticked(page), page.locator("[data-tick]").count()) == ([again], boxes)


def test_quiz_answers_survive_a_reload(site: Site, browser: Browser) -> None:
    """Each kind of answer is still chosen, explained and counted after a reload."""
    with reading(site, browser) as reader:
        page = reader.tab("modules/the-conversation.html")
        page.locator("[name='quiz-the-conversation-four-lines']").first.check()
        several = page.locator("#quiz-the-conversation-opening-questions")
        several.locator("input").nth(1).check()
        order = page.locator("#quiz-the-conversation-mend-in-order")
        for number, box in enumerate(order.locator("input").all(), 1):
            box.fill(str(number))
        free = page.locator("#quiz-the-conversation-say-it-back")
        free.locator("textarea").fill("I would say it back.")
        for question in (several, order, free):
            question.get_by_role("button", name=say("check_answer")).click()
        free.get_by_role("button", name=say("mine_says_this")).click()
        answers = """() => [...document.querySelectorAll("[data-quiz] :is(input, textarea)")]
            .map((e) => ["radio", "checkbox"].includes(e.type) ? e.checked : e.value)"""
        before = [page.evaluate(answers), page.locator("[data-score]").first.inner_text()]
        replies = page.locator(".reply .verdicts").count()
        page.reload()
        assert [page.evaluate(answers), page.locator("[data-score]").first.inner_text()] == before
        assert (page.locator(".reply .verdicts").count(), replies) == (4, 4)
        assert free.get_by_role("button", name=say("mine_says_this")).get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize(
    ("path", "box"), [(GOALS, "#field-left-out"), (QUIZ, "[data-question=recall] textarea")]
)
def test_text_typed_just_before_leaving_is_kept(site: Site, browser: Browser, path: str, box: str) -> None:
    """Whoever reloads with the cursor still in the box finds every letter again."""
    with reading(site, browser) as reader:
        page = reader.tab(path)
        page.locator(box).press_sequentially("Every letter")
        page.reload()
        assert page.locator(box).input_value() == "Every letter"


def test_very_long_text_is_kept_whole(site: Site, browser: Browser) -> None:
    """A text of 120,000 letters, pasted into a box that says it is kept, is whole after a reload."""
    with reading(site, browser) as reader:
        page = reader.tab(GOALS)
        pasted = "All of it. " * 11_000
        write(page, LATER, "Before it")
        write(page, WHY, pasted)
        write(page, LATER, "After it")
        said = line(page)
        page.reload()
        assert (said, len(filled(page).get("why-these-numbers", ""))) == (say("kept_here"), len(pasted))


# --- storage forbidden, and full -------------------------------------------------------------------


@pytest.mark.parametrize("forbidden", [STORAGE_FORBIDDEN, WRITING_FORBIDDEN])
def test_forbidden_storage_leaves_everything_working(site: Site, browser: Browser, forbidden: str) -> None:
    """Where the browser keeps nothing, pages say so and hold what was typed until they are left."""
    with reading(site, browser, forbidden) as reader:
        page = reader.tab(GOALS)
        write(page, LATER, "The budget")
        mark(page, "first-today", "2")
        assert (line(page), filled(page)) == (
            say("kept_forbidden"), {"left-out": "The budget", "first-today": "2"},
        )  # fmt: skip
        page.locator("[data-new-copy]").click()
        page.get_by_role("button", name=say("copy_make")).click()
        expect(page.locator("#copy")).to_have_value("copy-2")
        assert filled(page) == {}
        write(page, LATER, "On the copy")
        page.locator("#copy").select_option("1")
        assert filled(page) == {"left-out": "The budget", "first-today": "2"}
        reader.go(page, CHECKLIST)
        page.locator(f"[data-tick='{READ_IT}']").check()
        assert (_ticked(page), line(page)) == ([READ_IT], say("kept_forbidden"))
        reader.go(page, QUIZ)
        page.locator("[data-question=single-choice] input").first.check()
        assert (page.locator(".reply .verdicts").count(), line(page)) == (1, say("kept_forbidden"))
        reader.go(page, PLAN)
        page.locator("#plan-start").fill("2027-01-12")
        assert (page.locator("[data-my-dates] li").count() > 6, line(page)) == (True, say("kept_forbidden"))
        reader.go(page, MY_DATA)
        assert page.locator("[data-summary]").inner_text() == say("my_data_none")


def test_full_storage_is_told_and_made_up_for(site: Site, browser: Browser) -> None:
    """When there is no room, the text stays on the page; when there is, the next change keeps it all."""
    with reading(site, browser) as reader:
        page = reader.tab(GOALS)
        write(page, LATER, "Kept before")
        page.evaluate(FILL_UP)
        write(page, WHY, "There is no room for this. " * 40)
        mark(page, "first-today", "2")
        whole = {
            "left-out": "Kept before",
            "why-these-numbers": "There is no room for this. " * 40,
            "first-today": "2",
        }
        assert (line(page), filled(page)) == (say("kept_full"), whole)
        page.evaluate(MAKE_ROOM)
        write(page, BRINGS, "A map")
        assert line(page) == say("kept_here")
        page.reload()
        assert filled(page) == {**whole, "mentor-brings": "A map"}


def test_full_storage_is_called_full_after_small_things_fit(site: Site, browser: Browser) -> None:
    """That a few letters could still be stored does not turn "no room" into "forbidden"."""
    with reading(site, browser) as reader:
        page = reader.tab(PULSE)
        page.locator("#copy").select_option("teach-and-try")
        page.evaluate(FILL_UP)
        write(page, "One thing I would change next time", "More tea. " * 30)
        assert line(page) == say("kept_full")
        page.locator("#copy").select_option(
            "see-it-for-real"
        )  # which copy is open fits: it has the same length
        page.locator("#copy").select_option("teach-and-try")
        assert (line(page), filled(page)) == (say("kept_full"), {"change": "More tea. " * 30})


def test_room_is_used_for_every_copy_that_waits(site: Site, browser: Browser) -> None:
    """When there is room again, a change on one copy keeps what another copy could not."""
    with reading(site, browser) as reader:
        page = reader.tab(PULSE)
        page.evaluate(FILL_UP)
        for meeting in ("contract-and-connect", "teach-and-try"):
            page.locator("#copy").select_option(meeting)
            write(page, "One thing I would change next time", f"More tea at {meeting}. " * 30)
        page.evaluate(MAKE_ROOM)
        write(page, "Meeting number", "3")
        page.reload()
        found = {}
        for meeting in ("contract-and-connect", "teach-and-try"):
            page.locator("#copy").select_option(meeting)
            found[meeting] = filled(page).get("change", "")[:40]
        assert found == {
            "contract-and-connect": "More tea at contract-and-connect. More t",
            "teach-and-try": "More tea at teach-and-try. More tea at t",
        }


# --- storage damaged, newer, older -----------------------------------------------------------------

BROKEN = {
    "cut off": '{"v":1,"values":{"left-out":["The bud',
    "empty": "",
    "array": "[]",
    "number": "17",
    "null": "null",
    "text": '"<img src=x onerror=alert(1)>"',
    "no values": '{"v":1}',
    "values are null": '{"v":1,"values":null}',
    "values are a list": '{"v":1,"values":[["left-out",1]]}',
    "version in words": '{"v":"1","values":{}}',
    "version nought": '{"v":0,"values":{"left-out":["x",1]}}',
    "deep": "[" * 20_000,
    "deep and whole": '{"v":1,"values":' + "[" * 5_000 + "]" * 5_000 + "}",
}
PLACES = {GOALS: GOALS_RECORD, CHECKLIST: "ticks", PLAN: "my-programme", QUIZ: "quizzes/what-it-is"}
CHANGE = {
    GOALS: "() => { const e = document.querySelector('#field-left-out'); e.value = 'New'; "
    "e.dispatchEvent(new Event('change', { bubbles: true })) }",
    CHECKLIST: "() => document.querySelector('[data-tick]').click()",
    PLAN: "() => { const e = document.querySelector('#plan-role'); e.value = 'mentor'; "
    "e.dispatchEvent(new Event('change', { bubbles: true })) }",
    QUIZ: "() => document.querySelector('[data-question=single-choice] input').click()",
}


@pytest.mark.parametrize("path", PLACES)
def test_damaged_storage_is_put_aside_whole(site: Site, browser: Browser, path: str) -> None:
    """What cannot be read is told of, listed and exported as it was found, and new things are kept."""
    name = PLACES[path]
    for kind, text in BROKEN.items():
        with reading(site, browser) as reader:
            page = reader.tab(path)
            put(page, name, text)
            reader.go(page, path)
            assert line(page).startswith(say("kept_damaged")), kind
            page.evaluate(CHANGE[path])
            assert line(page) == f"{say('kept_damaged')} {say('kept_here')}", kind
            page.reload()
            expect(page.locator("[data-kept] [role=status]").first).to_have_text(say("kept_here"))
            reader.go(page, MY_DATA)
            found = [lines for title, lines in listing(page) if title == say("damaged_record")]
            assert found == [[(say("as_found"), f"{name}\n{text}")]], kind
            assert list(json.loads(exported(page))["damaged"].values()) == [f"{name}\n{text}"], kind


@pytest.mark.parametrize(
    ("values", "good"),
    [
        ({"left-out": ["Good", 1], "first-today": [4, 1]}, {"left-out": "Good"}),
        ({"left-out": ["Good", 1], "why-these-numbers": "words typed long ago"}, {"left-out": "Good"}),
        (
            {"left-out": ["Good", 1], "why-these-numbers": ["words typed long ago", "later"]},
            {"left-out": "Good"},
        ),
        ({"left-out": [{"words": "typed long ago"}, 1]}, {}),
        ({"left-out": None, "mentor-brings": [None, None]}, {}),
    ],
)
def test_single_damaged_values_are_not_lost(
    site: Site, browser: Browser, values: dict[str, object], good: dict[str, str]
) -> None:
    """A record with some values of wrong types shows the others, and keeps its old text apart, whole."""
    text = json.dumps({"v": 1, "values": values})
    with reading(site, browser) as reader:
        page = reader.tab(GOALS)
        put(page, GOALS_RECORD, text)
        page.reload()
        assert filled(page) == good
        write(page, BRINGS, "A map")
        assert filled(page) == {**good, "mentor-brings": "A map"}
        reader.go(page, MY_DATA)
        assert f"{GOALS_RECORD}\n{text}" in texts(page)


def test_several_damaged_records_are_all_put_aside(site: Site, browser: Browser) -> None:
    """Four damaged records that My data finds at once are all listed, at once, and exported, whole."""
    broken = {name: f"{{broken {name}" for name in PLACES.values()}
    with reading(site, browser) as reader:
        page = reader.tab(GOALS)
        for name, text in broken.items():
            put(page, name, text)
        reader.go(page, MY_DATA)
        wanted = sorted(f"{name}\n{text}" for name, text in broken.items())
        assert sorted(json.loads(exported(page))["damaged"].values()) == wanted
        assert sorted(texts(page)) == wanted


def test_damaged_record_is_not_written_over_when_storage_is_full(site: Site, browser: Browser) -> None:
    """Where there is no room to put the damaged text aside, it stays where it is until there is."""
    with reading(site, browser) as reader:
        page = reader.tab(GOALS)
        text = "{ words typed long ago " * 20
        put(page, GOALS_RECORD, text)
        page.evaluate(FILL_UP)
        page.reload()
        write(page, LATER, "New")
        assert filled(page) == {"left-out": "New"}
        assert [raw for raw in kept(page).values() if text in raw] != []
        page.evaluate(MAKE_ROOM)
        write(page, BRINGS, "A map")
        reader.go(page, MY_DATA)
        assert f"{GOALS_RECORD}\n{text}" in texts(page)


def test_newer_record_is_left_alone(site: Site, browser: Browser) -> None:
    """What a newer edition wrote stays as it is, letter by letter; the page says so and can be used."""
    newer = '{"v":2,"values":{"left-out":{"text":"from tomorrow","at":1}},"more":true}'
    with reading(site, browser) as reader:
        page = reader.tab(GOALS)
        put(page, GOALS_RECORD, newer)
        page.reload()
        assert (line(page), filled(page)) == (say("kept_newer"), {})
        write(page, LATER, "Today")
        assert (line(page), filled(page), kept(page)) == (
            say("kept_newer"), {"left-out": "Today"}, {GOALS_RECORD: newer},
        )  # fmt: skip
        reader.go(page, MY_DATA)
        assert [title for title, _ in listing(page)] == ["E4 Goals and baseline"]
        assert kept(page) == {GOALS_RECORD: newer}


def test_newer_record_is_in_the_file_of_everything(site: Site, browser: Browser) -> None:
    """A file that is said to hold everything holds what a newer edition wrote, too."""
    newer = {"v": 2, "values": {"left-out": ["from tomorrow", 1]}}
    with reading(site, browser) as reader:
        page = reader.tab(MY_DATA)
        put(page, GOALS_RECORD, json.dumps(newer))
        reader.go(page, MY_DATA)
        assert "from tomorrow" in exported(page)


def test_older_record_is_brought_up_step_by_step(site: Site, browser: Browser) -> None:
    """A record of version 1 goes through each step to version 3, and keeps its words and moments."""
    with reading(site, browser) as reader:
        page = reader.tab(GOALS)
        steps = """{
            1: (old) => ({ v: 2, values: { ...old.values, added: ["by step one", 5] } }),
            2: (old) => ({ v: 3, values: { ...old.values, later: old.values.added } }),
        }"""
        read = page.evaluate(f"(data) => readRecord(data, 1000, {steps}, 3)", a_record(left_out=("Old", 7)))
        assert read["record"] == {
            "v": 3,
            "values": {"left-out": ["Old", 7], "added": ["by step one", 5], "later": ["by step one", 5]},
        }
        assert page.evaluate("readRecord({ v: 4, values: {} }, 1000, {}, 3)") == "newer"


# --- two tabs --------------------------------------------------------------------------------------


def test_two_tabs_fill_in_one_sheet(site: Site, browser: Browser) -> None:
    """Different boxes filled in by turns in two tabs are all kept, and each tab shows the other's."""
    with reading(site, browser) as reader:
        one, two = reader.tab(GOALS), reader.tab(GOALS)
        whole = {}
        for turn, row in enumerate(["able-to", "decision", "evidence", "target", "question"]):
            for page, column in ((one, "first"), (two, "second")):
                name = f"goals.{row}.{column}"
                box = page.locator(f"[name='{name}']")
                box.fill(f"{column} {turn}")
                box.press("Tab")
                whole[name] = f"{column} {turn}"
                other = two if page is one else one
                expect(other.locator(f"[name='{name}']")).to_have_value(f"{column} {turn}")
        mark(one, "first-today", "3")
        expect(two.locator("[name='first-today'][value='3']")).to_be_checked()
        whole["first-today"] = "3"
        assert filled(one) == filled(two) == whole
        one.reload()
        assert filled(one) == whole


def test_tick_in_one_tab_shows_in_the_other(site: Site, browser: Browser) -> None:
    """A tick, and its being taken away, shows in a tab that is already open, with its count."""
    with reading(site, browser) as reader:
        one, two = reader.tab(CHECKLIST), reader.tab(CHECKLIST)
        one.locator(f"[data-tick='{READ_IT}']").check()
        expect(two.locator(f"[data-tick='{READ_IT}']")).to_be_checked()
        assert two.locator("[data-progress]").first.inner_text().strip().startswith("1 of ")
        two.locator(f"[data-tick='{READ_IT}']").uncheck()
        expect(one.locator(f"[data-tick='{READ_IT}']")).not_to_be_checked()


def test_what_this_tab_never_saw_is_set_aside(site: Site, browser: Browser) -> None:
    """Where another tab's words have to give way that nobody saw here, they go to "Set aside"."""
    with reading(site, browser) as reader:
        reader.context.clock.set_fixed_time(NOON)
        page = reader.tab(GOALS)
        put(page, GOALS_RECORD, json.dumps(a_record(left_out=("Theirs", 1), agreed_on=("2026-11-25", 1))))
        write(page, LATER, "Mine")
        page.reload()
        assert filled(page) == {"left-out": "Mine", "agreed-on": "2026-11-25"}
        reader.go(page, MY_DATA)
        when = say("set_aside", when="25 November at 14:32")
        aside = [lines for title, lines in listing(page) if title == when]
        assert aside == [[(f"E4 Goals and baseline: {LATER}", "Theirs")]]


def test_words_that_arrive_while_the_same_box_is_typed_in_are_set_aside(site: Site, browser: Browser) -> None:
    """Another tab's words for the box under the cursor are not shown, so they must not be lost."""
    with reading(site, browser) as reader:
        page = reader.tab(GOALS)
        page.evaluate(
            """([name, text]) => {
              const box = document.querySelector("#field-left-out");
              box.value = "Mine";
              box.dispatchEvent(new Event("input", { bubbles: true }));
              localStorage.setItem(PREFIX + name, text);
              dispatchEvent(new StorageEvent("storage", { key: PREFIX + name }));
            }""",
            [GOALS_RECORD, json.dumps(a_record(left_out=("Theirs", 1)))],
        )
        expect(page.locator("[data-kept] [role=status]")).to_have_text(say("kept_here"))
        page.wait_for_timeout(400)
        assert filled(page) == {"left-out": "Mine"}
        reader.go(page, MY_DATA)
        assert sorted(texts(page)) == ["Mine", "Theirs"]


def test_choosing_copies_in_two_tabs_sets_nothing_aside(site: Site, browser: Browser) -> None:
    """Which copy is open is nothing that anybody wrote, so two tabs do not fill "Set aside" with it."""
    with reading(site, browser) as reader:
        one, two = reader.tab(PULSE), reader.tab(PULSE)
        for page, meeting in ((one, "teach-and-try"), (two, "see-it-for-real"), (one, "insight-to-decision")):
            page.locator("#copy").select_option(meeting)
        assert sorted(kept(one)) == ["open-copies"]


# --- clocks ----------------------------------------------------------------------------------------


def test_clock_set_back_does_not_bring_old_words_back(site: Site, browser: Browser) -> None:
    """What was typed last stands, though the computer's clock then said an earlier year."""
    with reading(site, browser) as reader:
        clock = reader.context.clock
        clock.set_fixed_time(NOON)
        page = reader.tab(GOALS)
        write(page, LATER, "First")
        mark(page, "first-today", "2")
        clock.set_fixed_time("2020-01-01T12:00:00Z")
        page.reload()
        write(page, LATER, "Second")
        mark(page, "first-today", "4")
        page.reload()
        assert filled(page) == {"left-out": "Second", "first-today": "4"}
        for later in ("2020-01-01T12:00:01Z", NOON, "2030-01-01T12:00:00Z"):
            clock.set_fixed_time(later)
            page.reload()
            assert filled(page) == {"left-out": "Second", "first-today": "4"}, later
        assert [name for name in kept(page) if name.startswith("aside/")] == []


def test_clock_set_back_and_full_storage_leave_the_text_on_the_page(site: Site, browser: Browser) -> None:
    """Words that could not be stored are not replaced by older ones whose moment lies in the future."""
    with reading(site, browser) as reader:
        clock = reader.context.clock
        clock.set_fixed_time(NOON)
        page = reader.tab(GOALS)
        write(page, LATER, "First")
        clock.set_fixed_time("2020-01-01T12:00:00Z")
        page.reload()
        page.evaluate(f"void ({STORAGE_FULL})")
        write(page, LATER, "Second")
        clock.set_fixed_time("2020-01-01T12:01:00Z")
        write(page, BRINGS, "A map")
        assert filled(page) == {"left-out": "Second", "mentor-brings": "A map"}


def test_moments_from_the_future_freeze_nothing(site: Site, browser: Browser) -> None:
    """A record that was written by a clock far ahead can be changed like any other."""
    ahead = json.dumps(a_record(left_out=("From 2100", 4_102_444_800_000), mentor_brings=("x", 2**53 - 1)))
    with reading(site, browser) as reader:
        page = reader.tab(GOALS)
        put(page, GOALS_RECORD, ahead)
        page.reload()
        assert filled(page) == {"left-out": "From 2100", "mentor-brings": "x"}
        write(page, LATER, "Today")
        write(page, BRINGS, "")
        page.reload()
        assert filled(page) == {"left-out": "Today"}
        stamps = [stamp for _, stamp in json.loads(kept(page)[GOALS_RECORD])["values"].values()]
        assert max(stamps) <= page.evaluate("Date.now()") + 1
