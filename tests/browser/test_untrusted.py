"""Files that mean harm, storage that is stuck, tabs that disagree: nothing that is here is lost by them."""

from __future__ import annotations

import json
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.keeping import (
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
    WHY,
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
    put,
    reading,
    say,
    texts,
    write,
)

SCENARIO = "scenarios/clumsy-remark.html"
EVERYWHERE = ("index.html", GOALS, CHECKLIST, PLAN, QUIZ, SCENARIO, "modules/certificate.html", MY_DATA)
"""A page of each kind that reads what is kept."""
RECORDS = (
    GOALS_RECORD,
    "ticks",
    "quizzes/what-it-is",
    "modules",
    "certificate",
    "scenarios/clumsy-remark",
    "my-programme",
    "open-copies",
)
"""A record of each kind."""


def _put_record(page: Page, **values: tuple[object, int]) -> str:
    """Something of the reader's own on the goals sheet; the text that is stored."""
    text = json.dumps(a_record(**values), separators=(",", ":"))
    put(page, GOALS_RECORD, text)
    return text


def _focus(page: Page) -> str:
    """Where the keyboard is: a button's words, or an element's id or tag."""
    found: str = page.evaluate(
        """() => {
          const one = document.activeElement;
          return one.tagName === "BUTTON" ? one.textContent : one.id || one.tagName;
        }"""
    )
    return found


# --- files that mean harm --------------------------------------------------------------------------


@pytest.mark.parametrize("name", [GOALS_RECORD, "ticks", "damaged/5"])
def test_damaged_part_of_a_file_writes_over_nothing(site: Site, browser: Browser, name: str) -> None:
    """What a file calls damaged never takes the place of something that is here."""
    with reading(site, browser) as reader:
        page = reader.tab(MY_DATA)
        ours = 'ticks\n{"ours' if name == "damaged/5" else '{"v":1,"values":{"left-out":["Ours",1]}}'
        put(page, name, ours)
        bring_in(page, a_file({}, damaged={name: "{"}))
        assert kept(page)[name] == ours


@pytest.mark.parametrize("part", ["records", "damaged"])
def test_file_cannot_touch_the_switch(site: Site, browser: Browser, part: str) -> None:
    """A file cannot make the browser keep nothing, nor store anything under the name of that choice."""
    content: object = "no" if part == "damaged" else a_record(x=("no", 1))
    with reading(site, browser) as reader:
        page = reader.tab(MY_DATA)
        bring_in(page, json.dumps(json.loads(a_file({})) | {part: {"keep": content}}))
        assert kept(page) == {}


def test_file_with_too_many_values_takes_nothing_away(site: Site, browser: Browser) -> None:
    """A record that would grow past what can be read again leaves the reader's own sheet as it was."""
    junk = {"v": 1, "values": {f"junk-{n}": ["x", 1] for n in range(2_000)}}
    with reading(site, browser) as reader:
        page = reader.tab(MY_DATA)
        _put_record(page, left_out=("Ours", 1))
        bring_in(page, a_file({GOALS_RECORD: junk}))
        reader.go(page, GOALS)
        assert filled(page) == {"left-out": "Ours"}


def test_many_answers_that_give_way_can_all_be_read(site: Site, browser: Browser) -> None:
    """When three thousand answers are set aside at once, each is in the list."""
    names = [f"worksheets/goals-and-baseline/copy-{n}" for n in (2, 3, 4)]
    with reading(site, browser) as reader:
        page = reader.tab(MY_DATA)
        for whose, stamp in (("Theirs", 1), ("Ours", 2)):
            values = {f"field-{n}": [whose, stamp] for n in range(1_000)}
            told = bring_in(page, a_file({name: {"v": 1, "values": values} for name in names}))
        assert told == f"{say('import_done', n=3)} {say('import_aside', n=3_000)}"
        assert [texts(page).count(whose) for whose in ("Theirs", "Ours")] == [3_000, 3_000]


@pytest.mark.parametrize("ours", [5, 15], ids=["theirs later", "ours later"])
def test_bringing_a_file_in_twice_changes_nothing_more(site: Site, browser: Browser, ours: int) -> None:
    """The second time, everything in the file is here already, in its place or set aside."""
    with reading(site, browser) as reader:
        page = reader.tab(MY_DATA)
        _put_record(page, left_out=("Ours", ours))
        file = a_file({GOALS_RECORD: a_record(left_out=("Theirs", 10), mentor_brings=("A map", 10))})
        bring_in(page, file)
        before = kept(page)
        assert sorted(texts(page)) == sorted(["Ours", "Theirs", "A map"])
        page.wait_for_timeout(5)  # so that the moment is another one
        bring_in(page, file)
        assert kept(page) == before


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("aside/x", "left-out"),
        ("aside/99999999999999999999", "left-out"),
        ("aside/1", "constructor#a"),
        ("aside/1", "aside/1#left-out"),
        ("aside/1", "aside/1#" * 40),
        ("aside/1", "#"),
        ("certificate", "__proto__.a"),
        ("my-programme", "toString"),
    ],
)
def test_senseless_names_and_keys_leave_my_data_working(
    site: Site, browser: Browser, name: str, key: str
) -> None:
    """Whatever a file holds, My data takes it or leaves it, and can still list and erase everything."""
    ticks = a_record(x=(True, 1))
    with reading(site, browser) as reader:
        page = reader.tab(MY_DATA)
        told = bring_in(page, a_file({name: {"v": 1, "values": {key: ["x", 1]}}, "ticks": ticks}))
        assert "brought in" in told
        reader.go(page, MY_DATA)
        assert say("my_ticks") in dict(listing(page))
        listed = page.locator("[data-kept-list]").inner_text()
        assert [word for word in ("native code", "undefined", "[object") if word in listed] == []
        erase_everything(page)
        assert kept(page) == {}


def test_keys_of_prototypes_reach_no_object(site: Site, browser: Browser) -> None:
    """`__proto__`, `constructor` and `prototype`, whole or as parts of keys, are only letters anywhere."""
    levels = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}'
    parts = ("__proto__.a.b", "constructor.a", "constructor@x", "quiz.__proto__", "quiz.constructor.own")
    pairs = ",".join(f'"{key}":["y",1]' for key in ("__proto__", "constructor", "prototype", *parts))
    record = f'{{{levels},"v":1,"values":{{{pairs},"left-out":[{{{levels}}},1]}}}}'
    records = ",".join(f'"{name}":{record}' for name in (*RECORDS, "__proto__", "worksheets/constructor/1"))
    file = f'{{{levels},"kit":"reverse-mentoring-kit","v":1,"records":{{{records}}},"damaged":{{{levels}}}}}'
    with reading(site, browser) as reader:
        page = reader.tab(MY_DATA)
        told = bring_in(page, file)
        assert told.startswith(say("import_done", n=len(RECORDS)))
        assert {
            name: sorted(json.loads(text)["values"]) for name, text in kept(page).items()
        } == dict.fromkeys(RECORDS, sorted(parts))
        listed = page.locator("[data-kept-list]").inner_text()
        assert [word for word in ("native code", "undefined", "[object") if word in listed] == []
        for path in EVERYWHERE:
            reader.go(page, path)
            assert page.evaluate("[({}).polluted, [].polluted, (() => {}).polluted]") == [None] * 3, path


@pytest.mark.parametrize("value", [True, "toString", ["x", "constructor"]], ids=["tick", "word", "list"])
def test_values_of_other_types_break_no_page(site: Site, browser: Browser, value: object) -> None:
    """A file may hold a tick where words belong, or words where a list does: every page still works."""
    keys = (
        *("role", "start", "time", "cadence", "minutes", "paper", "zone", "id", "name", "date", "@name"),
        *("left-out", "first-today", "goals.able-to.first", "goals", "read-the-agreement", "what-it-is"),
        *("quiz.older-mentor", "quiz.older-mentor.own", "quiz.older-mentor.compared", "quiz.what-belongs"),
        *("mentor", "mentor.endings", "mentee", "goals-and-baseline", "practised.clumsy-remark"),
    )
    record = {"v": 1, "values": {key: [value, 1] for key in keys}}
    with reading(site, browser) as reader:
        page = reader.tab(MY_DATA)
        told = bring_in(page, a_file(dict.fromkeys(RECORDS, record)))
        assert told == say("import_done", n=len(RECORDS))
        for path in EVERYWHERE:
            reader.go(page, path)
        assert [text for text in texts(page) if "[native code]" in text] == []


def test_wrong_types_in_a_file_are_left_out_and_counted(site: Site, browser: Browser) -> None:
    """What can be no record or no value is not stored; the report says how much was left out."""
    broken: list[object] = [None, 5, "x", [], [1], {"v": 1}, {"v": 1, "values": []}, {"v": "1", "values": {}}]
    records = {f"worksheets/goals-and-baseline/w-{n}": one for n, one in enumerate(broken)}
    records |= {
        "../../x": a_record(x=("x", 1)),
        "Ticks": a_record(x=("x", 1)),
        "a/b/c/d": a_record(x=("x", 1)),
    }
    good = a_record(left_out=("Good", 1))
    partly = {"v": 1, "values": {**good["values"], "why-these-numbers": [None, 1], "agreed-on": ["x", -1]}}
    with reading(site, browser) as reader:
        page = reader.tab(MY_DATA)
        told = bring_in(page, a_file({**records, GOALS_RECORD: partly}))
        assert told == f"{say('import_done', n=1)} {say('import_unreadable', n=len(records) + 1)}"
        assert {name: json.loads(text) for name, text in kept(page).items()} == {GOALS_RECORD: good}


def test_newer_record_in_a_file_comes_back_and_replaces_nothing(site: Site, browser: Browser) -> None:
    """What a newer edition wrote is taken along letter by letter, and never put over what is here."""
    newer = '{"v":2,"values":{"left-out":{"text":"from tomorrow"}}}'
    with reading(site, browser) as reader:
        page = reader.tab(MY_DATA)
        put(page, GOALS_RECORD, newer)
        page.reload()
        expect(page.locator("[data-summary]")).to_have_text(say("my_data_count", n=1))
        file = exported(page)
        erase_everything(page)
        bring_in(page, file)
        assert kept(page) == {GOALS_RECORD: newer}
        erase_everything(page)
        ours = _put_record(page, left_out=("Ours", 1))
        assert say("import_unreadable", n=1) in bring_in(page, file)
        assert kept(page) == {GOALS_RECORD: ours}


def test_thousands_of_records_are_erased_in_good_time(site: Site, browser: Browser) -> None:
    """Erasing two thousand copies takes seconds, not minutes."""
    records = {f"worksheets/goals-and-baseline/c-{n}": a_record(left_out=("x", 1)) for n in range(2_000)}
    with reading(site, browser) as reader:
        page = reader.tab(MY_DATA)
        bring_in(page, a_file(records))
        page.get_by_role("button", name=say("erase_all")).click()
        yes = page.locator("#erase-all").get_by_role("button", name=say("erase_all"))
        started = time.monotonic()
        yes.evaluate("(button) => { setTimeout(() => button.click()) }")
        page.get_by_text(say("erased_all")).wait_for(timeout=10_000)
        assert (kept(page), time.monotonic() - started < 5) == ({}, True)


# --- no room ---------------------------------------------------------------------------------------


def test_file_that_outgrows_the_room_changes_nothing(site: Site, browser: Browser) -> None:
    """When the browser's own room runs out half way, what was there is there, and nothing else."""
    with reading(site, browser) as reader:
        page = reader.tab(MY_DATA)
        _put_record(page, left_out=("Ours", 1))
        page.evaluate("localStorage.setItem('room', 'x'.repeat(60_000))")
        page.evaluate(FILL_UP)
        page.evaluate("localStorage.removeItem('room')")
        before = kept(page)
        names = [f"worksheets/goals-and-baseline/copy-{n}" for n in range(2, 11)]
        records = dict.fromkeys(names, a_record(left_out=("x" * 20_000, 1)))
        file = a_file({GOALS_RECORD: a_record(left_out=("Theirs, longer", 2)), **records})
        assert (bring_in(page, file), kept(page)) == (say("import_full"), before)
        page.evaluate(MAKE_ROOM)
        assert bring_in(page, file) == f"{say('import_done', n=10)} {say('import_aside', n=1)}"


def test_damaged_text_that_cannot_be_moved_is_exported_and_not_written_over(
    site: Site, browser: Browser
) -> None:
    """Where there is no room to put it aside, the file of everything has it, and no import destroys it."""
    damaged = "{ words typed long ago " * 20
    with reading(site, browser) as reader:
        page = reader.tab(MY_DATA)
        put(page, GOALS_RECORD, damaged)
        page.evaluate(FILL_UP)
        page.reload()
        page.locator("[data-summary]:not(:empty)").wait_for()
        assert "words typed long ago" in exported(page)
        bring_in(page, a_file({GOALS_RECORD: a_record(left_out=("x", 1))}))
        assert any(damaged in text for text in kept(page).values())


# --- the list --------------------------------------------------------------------------------------


def test_word_that_scripts_know_is_listed_as_it_was_typed(site: Site, browser: Browser) -> None:
    """Whoever writes "constructor" on a sheet reads "constructor" in the list."""
    with reading(site, browser) as reader:
        page = reader.tab(GOALS)
        write(page, LATER, "constructor")
        write(page, WHY, "toString")
        reader.go(page, MY_DATA)
        assert sorted(texts(page)) == ["constructor", "toString"]


def test_steps_in_order_are_listed_in_words(site: Site, browser: Browser) -> None:
    """The order that somebody gave to steps is listed with the steps' own words."""
    with reading(site, browser) as reader:
        page = reader.tab("modules/the-conversation.html")
        for number, box in enumerate(page.locator("[data-question=order] input").all(), 1):
            box.fill(str(number))
        page.locator("[data-question=order] button").click()
        reader.go(page, MY_DATA)
        answer = texts(page)[0]
        assert "Say sorry, without reasons" in answer
        assert "sorry=" not in answer


def test_list_follows_another_tab_and_leaves_the_keyboard_where_it_was(site: Site, browser: Browser) -> None:
    """What is typed elsewhere appears in the open list, and whoever is on a button there stays on it."""
    with reading(site, browser) as reader:
        sheet = reader.tab(GOALS)
        write(sheet, LATER, "First")
        page = reader.tab(MY_DATA)
        entry(page, "E4").get_by_role("button").focus()
        write(sheet, LATER, "Second")
        expect(page.locator(".kept-entry dd")).to_have_text("Second")
        assert _focus(page) == say("erase")


# --- tabs that disagree ----------------------------------------------------------------------------


def test_switch_is_the_same_in_two_tabs(site: Site, browser: Browser) -> None:
    """Switched on in one tab and off in another, it is off in both, and both keep again."""
    with reading(site, browser) as reader:
        one, two = reader.tab(MY_DATA), reader.tab(MY_DATA)
        one.get_by_label(say("keep_nothing")).check()
        expect(two.get_by_label(say("keep_nothing"))).to_be_checked()
        two.get_by_label(say("keep_nothing")).uncheck()
        expect(one.get_by_label(say("keep_nothing"))).not_to_be_checked()
        assert bring_in(one, a_file({"ticks": a_record(x=(True, 1))})) == say("import_done", n=1)


def test_sheet_that_waited_knows_when_keeping_is_allowed_again(site: Site, browser: Browser) -> None:
    """Once another tab turns the switch off, the open sheet no longer says that nothing is kept."""
    with reading(site, browser) as reader:
        page, sheet = reader.tab(MY_DATA), reader.tab(GOALS)
        page.get_by_label(say("keep_nothing")).check()
        expect(sheet.locator("[data-kept] [role=status]")).to_have_text(say("kept_off"))
        write(sheet, WHY, "Typed meanwhile")
        page.get_by_label(say("keep_nothing")).uncheck()
        expect(sheet.locator("[data-kept] [role=status]")).to_have_text(say("kept_here"))
        sheet.reload()
        assert (filled(sheet), line(sheet)) == ({"why-these-numbers": "Typed meanwhile"}, say("kept_here"))


def test_copy_thrown_away_in_one_tab_closes_in_the_other(site: Site, browser: Browser) -> None:
    """The other tab goes to the first copy, lists the lost one no more, and keeps there what it writes."""
    with reading(site, browser) as reader:
        one = reader.tab(PULSE)
        one.locator("[data-new-copy]").click()
        one.locator("#copy-name").fill("Pair B")
        one.get_by_role("button", name=say("copy_make")).click()
        expect(one.locator("#copy")).to_have_value("copy-2")
        write(one, "Meeting number", "2")
        two = reader.tab(PULSE)
        assert (two.locator("#copy").input_value(), filled(two)) == ("copy-2", {"meeting": "2"})
        one.get_by_role("button", name=say("copy_empty")).click()
        one.locator("#remove-copy").get_by_role("button", name=say("copy_empty")).click()
        expect(two.locator("#copy")).to_have_value("contract-and-connect")
        assert (two.locator("#copy option", has_text="Pair B").count(), filled(two)) == (0, {})
        write(two, "Meeting number", "1")
        names = [name for name in kept(two) if name.startswith(("worksheets/", "aside/"))]
        assert names == ["worksheets/three-question-pulse/contract-and-connect"]


def test_free_answer_that_arrives_while_one_is_typed_is_set_aside(site: Site, browser: Browser) -> None:
    """Another tab's words for the answer under the cursor are not shown, so they must not be lost."""
    with reading(site, browser) as reader:
        one, two = reader.tab(QUIZ), reader.tab(QUIZ)
        answers = [page.locator("[data-question=recall] textarea") for page in (one, two)]
        answers[0].press_sequentially("Mine")
        answers[1].fill("Theirs")
        answers[1].press("Tab")
        one.wait_for_timeout(200)
        assert answers[0].input_value() == "Mine"
        answers[0].press("Tab")
        reader.go(two, MY_DATA)
        assert sorted(texts(two)) == ["Mine", "Theirs"]
        assert next(title for title, _ in listing(two)).startswith("Set aside")
