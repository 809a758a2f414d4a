"""A filled-in worksheet leaves the screen: as text for somebody's eyes, and on paper, filled or blank."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from macros.program.project import open_project
from tests.browser.conftest import ROOT, Site
from tests.browser.keeping import (
    AGREEMENT,
    GOALS,
    LATER,
    PULSE,
    SIZES,
    Reader,
    filled,
    mark,
    reading,
    say,
    write,
)

PRIVATE = "Before you leave"
SAFE = "How safe was it to say what I think, or that I do not know?"
CHANGE = "One thing I would change next time"


def _pulse(reader: Reader) -> Page:
    """A pulse as somebody fills it in after the third meeting."""
    page = reader.tab(f"{PULSE}#copy-teach-and-try")
    write(page, "Meeting number", "3")
    page.get_by_label("Held on").fill("2027-03-09")
    mark(page, "useful", "4")
    write(page, CHANGE, "Phones away | please\nreally")
    mark(page, "before-you-leave", "next-date")
    mark(page, "safe", "2")
    return page


def _shared(page: Page, reader: str) -> str:
    """The text that the dialog shows for a reader."""
    page.locator("[data-share]").click()
    page.locator(f"[name=share-reader][value={reader}]").check()
    text: str = page.locator("#share-text").input_value()
    return text


def _printed(page: Page) -> str:
    pages = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


# --- as text -------------------------------------------------------------------------------------


@SIZES
def test_sheet_for_the_other_one_leaves_out_what_is_not_for_them(
    site: Site, browser: Browser, viewport: dict[str, int]
) -> None:
    """The other one of the pair gets neither private parts nor what is for the lead; both are named."""
    with reading(site, browser, viewport=viewport) as reader:
        page = _pulse(reader)
        text = _shared(page, "partner")
        assert text == (
            "P6 Three-question pulse (3: Teach and try)\n"
            "==========================================\n\n"
            "Meeting number\n3\n\n"
            "How useful was this meeting?\n4 (1 = A lost hour; 5 = Well worth it)\n\n"
            "One thing I would change next time\nPhones away | please really\n"
        )
        told = page.locator("[data-kept-back]").inner_text()
        assert told == say("share_left_out", fields=f"Held on; {PRIVATE}; {SAFE}")


def test_sheet_for_the_lead_holds_the_number_for_safe(site: Site, browser: Browser) -> None:
    """The programme lead gets the date and the number, and nothing that is for the pair or private."""
    with reading(site, browser) as reader:
        text = _shared(_pulse(reader), "lead")
        assert text.split("\n\n")[1:] == [
            "Held on\n2027-03-09",
            f"{SAFE}\n2 (1 = I kept it to myself; 5 = I could say it all)\n",
        ]


def test_sheet_is_whole_if_the_writer_says_so(site: Site, browser: Browser) -> None:
    """Ticking the box includes what was left out and says so; another reader takes the tick away again."""
    with reading(site, browser) as reader:
        page = _pulse(reader)
        assert SAFE not in _shared(page, "partner")
        page.get_by_label(say("share_everything")).check()
        assert SAFE in page.locator("#share-text").input_value()
        told = page.locator("[data-kept-back]").inner_text()
        assert told == say("share_all_the_same", fields=f"Held on; {PRIVATE}; {SAFE}")
        page.locator("[name=share-reader][value=lead]").check()
        assert CHANGE not in page.locator("#share-text").input_value()
        page.locator("[name=share-reader][value=me]").check()
        text = page.locator("#share-text").input_value()
        assert all(part in text for part in (SAFE, CHANGE, PRIVATE, "- The next date is in both diaries"))
        assert page.locator("[data-kept-back]").inner_text() == say("share_whole")


def test_every_sheet_keeps_private_fields_from_everybody(site: Site, browser: Browser) -> None:
    """On every worksheet, no reader but the writer is shown a field that is marked as private."""
    programme = open_project(ROOT / "data", ROOT / "docs").languages["en"]
    with reading(site, browser) as reader:
        page = reader.tab(PULSE)
        for name, sheet in programme.worksheets.items():
            if not sheet.filled_in:
                continue  # nothing to fill in, and so nothing to take along
            reader.go(page, f"templates/worksheets/{name}.html")
            private = {field.label for field in sheet.fields if field.visibility == "private"}
            open_to = {field.label for field in sheet.fields} - private
            page.locator("[data-share]").click()
            for one in page.locator("[name=share-reader]").all():
                who = one.get_attribute("value")
                one.check()
                lines = set(page.locator("#share-text").input_value().splitlines())
                if who != "me":
                    assert lines & (private - open_to) == set(), (name, who)
            page.keyboard.press("Escape")


def test_sheet_is_saved_as_markdown_and_as_text(site: Site, browser: Browser) -> None:
    """Both files hold what the dialog shows, under a name that tells sheet and copy."""
    with reading(site, browser) as reader:
        page = _pulse(reader)
        plain = _shared(page, "partner")
        files = {}
        for button in ("[data-plain]", "[data-markdown]"):
            with page.expect_download() as saving:
                page.locator(button).click()
            files[saving.value.suggested_filename] = Path(saving.value.path()).read_text(encoding="utf-8")
        assert files == {
            "three-question-pulse-teach-and-try.txt": plain,
            "three-question-pulse-teach-and-try.md": (
                "# P6 Three-question pulse (3: Teach and try)\n\n"
                "## Meeting number\n\n3\n\n"
                "## How useful was this meeting?\n\n4 (1 = A lost hour; 5 = Well worth it)\n\n"
                "## One thing I would change next time\n\nPhones away | please really\n"
            ),
        }


def test_table_is_a_table_in_markdown_and_lines_in_text(site: Site, browser: Browser) -> None:
    """Cells keep their place in both; a bar or a line break in a cell does not break the table."""
    with reading(site, browser) as reader:
        page = reader.tab(GOALS)
        page.locator("[name='goals.able-to.first']").fill("Read a | chart\nalone")
        page.locator("[name='goals.able-to.first']").press("Tab")
        plain = _shared(page, "partner")
        title = page.locator("[data-type=table]").first.get_attribute("data-label")
        part = next(part for part in plain.split("\n\n") if part.startswith(f"{title}\n"))
        assert "Read a | chart\nalone" in part
        with page.expect_download() as saving:
            page.locator("[data-markdown]").click()
        rows = [
            line for line in Path(saving.value.path()).read_text("utf-8").splitlines() if line.startswith("|")
        ]
        bars = [line.replace("\\|", "").count("|") for line in rows]
        assert len(set(bars)) == 1
        assert any("Read a \\| chart alone" in line for line in rows)


def test_text_is_copied(site: Site, browser: Browser) -> None:
    """The button puts the text on the clipboard and says so."""
    with reading(site, browser, permissions=["clipboard-read", "clipboard-write"]) as reader:
        page = _pulse(reader)
        text = _shared(page, "partner")
        page.locator("[data-copy-text]").click()
        page.get_by_text(say("share_copied")).wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == text


def test_text_is_selected_where_there_is_no_clipboard(site: Site, browser: Browser) -> None:
    """Without https a page has no clipboard: the text is selected, and the page says which keys copy it."""
    gone = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
    with reading(site, browser, gone) as reader:
        page = _pulse(reader)
        text = _shared(page, "partner")
        page.locator("[data-copy-text]").click()
        page.get_by_text(say("share_select")).wait_for()
        assert page.evaluate("getSelection().toString() || document.activeElement.value") == text


# --- copies --------------------------------------------------------------------------------------


@SIZES
def test_copy_is_made_named_and_emptied(site: Site, browser: Browser, viewport: dict[str, int]) -> None:
    """A new copy is empty and has its name; emptying asks first, and takes a copy of one's own away."""
    with reading(site, browser, viewport=viewport) as reader:
        page = reader.tab(GOALS)
        write(page, LATER, "For pair A")
        page.get_by_role("button", name=say("copy_new")).click()
        page.locator("#copy-name").fill("Pair B")
        page.keyboard.press("Enter")
        page.locator("#copy option", has_text="Pair B").wait_for(state="attached")
        assert filled(page) == {}
        write(page, LATER, "For pair B")
        page.reload()
        assert page.locator("#copy option").all_inner_texts() == [say("copy_number", n=1), "Pair B"]
        assert filled(page) == {"left-out": "For pair B"}
        page.get_by_role("button", name=say("copy_empty")).click()
        assert "Pair B" in page.locator("#remove-copy").inner_text()
        page.keyboard.press("Escape")
        assert filled(page) == {"left-out": "For pair B"}
        page.get_by_role("button", name=say("copy_empty")).click()
        page.locator("#remove-copy").get_by_role("button", name=say("copy_empty")).click()
        page.locator("#copy option", has_text="Pair B").wait_for(state="detached")
        assert filled(page) == {"left-out": "For pair A"}


def test_guide_of_a_meeting_leads_to_its_own_copy(site: Site, browser: Browser) -> None:
    """From the guide of a meeting, the pulse opens as the copy of that meeting."""
    with reading(site, browser) as reader:
        page = reader.tab("templates/agendas/see-it-for-real.html")
        page.get_by_role("link", name="Three-question pulse").first.click()
        page.wait_for_url("**/three-question-pulse.html*")
        assert page.locator("#copy").input_value() == "see-it-for-real"


# --- on paper ------------------------------------------------------------------------------------


def test_kept_answers_print_after_a_reload(site: Site, browser: Browser) -> None:
    """Dates, numbers, ticks and texts that come from the browser's memory are on the paper."""
    with reading(site, browser) as reader:
        page = _pulse(reader)
        page.reload()
        text = _printed(page)
        assert "Phones away" in text
        page.emulate_media(media="print")
        colour = "getComputedStyle(document.querySelector('#field-held-on'), '::-webkit-datetime-edit').color"
        assert page.evaluate(colour) == "rgb(0, 0, 0)"
        assert page.locator("[name=useful][value='4']").is_checked()


def test_sheets_print_the_same_without_a_script(site: Site, browser: Browser) -> None:
    """With scripts off, a worksheet prints as the blank sheet that it is with them."""
    with reading(site, browser) as reader, reading(site, browser, java_script_enabled=False) as plain:
        page, still = reader.tab(PULSE), plain.tab(PULSE)
        for path in (PULSE, AGREEMENT, GOALS, "templates/checklists/run.html"):
            reader.go(page, path)
            plain.go(still, path)
            assert _printed(still) == _printed(page), path


@pytest.mark.parametrize("path", [PULSE, AGREEMENT])
def test_blank_sheet_prints_nothing_of_what_was_written(site: Site, browser: Browser, path: str) -> None:
    """Printed blank, a filled-in sheet is the same as one that nobody touched; then all is back."""
    with reading(site, browser, "window.print = () => {}") as reader:
        page = reader.tab(path)
        untouched = _printed(page)
        for box in page.locator(".sheet textarea:visible, .sheet input[type=text]:visible").all():
            box.fill("Written with care")
        for one in page.locator(".sheet input[type=radio], .sheet input[type=checkbox]").all():
            one.check()
        page.locator(".sheet input").first.blur()
        before = filled(page)
        assert "Written with care" in _printed(page)
        page.evaluate(
            "for (const kind of ['beforeprint', 'afterprint'])"
            " addEventListener(kind, (e) => { if (window.holds) e.stopImmediatePropagation() }, true);"
            " window.holds = true"
        )
        page.locator("[data-print-blank]").click()
        assert _printed(page) == untouched
        ticked = page.locator(".blank-sheet input:checked").count()
        assert ticked == 0
        page.evaluate("window.holds = false; dispatchEvent(new Event('afterprint'))")
        assert page.locator(".blank-sheet").count() == 0
        assert filled(page) == before
        assert "Written with care" in _printed(page)
