"""The kit on screen: found from every role, copied with one click, reckoned for any number, by track."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page

from macros.program import letters, schedule, views
from macros.program.loading import Programme
from macros.program.project import open_project
from macros.render.speech import Speech
from tests.browser.conftest import ROOT, Site
from tests.browser.keeping import reading

MOST_CLICKS = 3


@pytest.fixture(scope="module")
def programme() -> Programme:
    """The real programme in English."""
    return open_project(ROOT / "data", ROOT / "docs", only="en").languages["en"]


# --- found ---------------------------------------------------------------------------------------


def _clicks(site: Site, start: str) -> dict[str, int]:
    """How many clicks inside the page's own content it takes from a page to every other."""
    found = {start: 0}
    queue = deque([start])
    while queue:
        page = queue.popleft()
        if found[page] == MOST_CLICKS:
            continue
        soup = BeautifulSoup((site.folder / page).read_text(encoding="utf-8"), "html.parser")
        for link in soup.select("main a[href]"):
            href = str(link["href"]).partition("#")[0]
            if not href or re.match(r"[a-z]+:", href):
                continue
            target = (site.folder / page).parent.joinpath(href).resolve()
            name = target.relative_to(site.folder.resolve()).as_posix()
            if name not in found:
                found[name] = found[page] + 1
                queue.append(name)
    return found


def test_kit_is_reached_from_the_page_of_each_role_it_is_for(site: Site, programme: Programme) -> None:
    """Three clicks at most lead from a role's page to each of its artefacts, without the frame's menus."""
    far = []
    for role in programme.roles:
        reached = _clicks(site, f"roles/{role}.html")
        far += [
            (role, piece.code)
            for piece in views.kit(programme)
            if role in piece.roles and f"{piece.place}.html" not in reached
        ]
    assert far == []


def test_kit_table_lists_every_artefact_with_roles_phases_and_basis(site: Site, programme: Programme) -> None:
    """The page of the whole kit has a row for each, and no cell of it is empty."""
    soup = BeautifulSoup((site.folder / "templates/kit.html").read_text(encoding="utf-8"), "html.parser")
    rows = {
        str(row["data-artefact"]): [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in soup.select("[data-artefact]")
    }
    assert list(rows) == [piece.code for piece in views.kit(programme)]
    assert [code for code, cells in rows.items() if "" in cells] == []
    cells = soup.select("table.matrix tbody td")
    assert len(cells) == len(programme.roles) * len(programme.program.phases)


def test_kit_sheets_say_all_that_one_has_to_know(site: Site, programme: Programme) -> None:
    """Purpose, when and when not, who, who sees it, minutes, paper, neighbours, module, basis."""
    for name, sheet in programme.worksheets.items():
        path = site.folder / "templates" / "worksheets" / f"{name}.html"
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        terms = {term.get_text() for term in soup.select("dl.overview.screen dt")}
        assert {"Use it", "Leave it", "What this rests on", "Learn more"} <= terms, name
        assert terms & {"Used in", "Helps to"}, name
        assert terms & {"Comes after", "Leads to"}, name
        assert soup.select_one("[data-pages]") is not None, name
        kicker = soup.select_one(".kicker")
        assert kicker is not None
        assert f"{sheet.minutes} minute" in kicker.get_text(), name


# --- copied --------------------------------------------------------------------------------------


def test_letter_is_copied_with_one_click_and_filled_in(
    site: Site, browser: Browser, programme: Programme
) -> None:
    """The text in the clipboard is the letter of the data, with the organisation's own names in it."""
    sheet = programme.worksheets["first-contact-message"]
    field = next(field for field in sheet.fields if field.type == "letter")
    with reading(site, browser, permissions=["clipboard-read", "clipboard-write"]) as reader:
        page = reader.tab("templates/worksheets/first-contact-message.html")
        button = page.get_by_role("button", name="Copy the text").first
        button.click()
        page.get_by_text("The text is copied.").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
    filled = letters.fill(field.text, Speech(programme, "").blanks())
    lines = [line for line in copied.splitlines() if line and not line.startswith("Subject:")]
    assert lines == [line for line in filled.splitlines() if line]
    assert not re.search(r"\{[a-z]+\}", copied)


def test_letter_is_selected_where_there_is_no_clipboard(site: Site, browser: Browser) -> None:
    """From a file share the text is selected instead, and the page says how to copy it."""
    page = browser.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(site.file("templates/worksheets/launch-messages.html"))
    page.get_by_role("button", name="Copy the text").first.click()
    page.get_by_text("The text is selected.").wait_for()
    selected: str = page.evaluate("getSelection().toString()")
    assert " ".join(selected.split()) == " ".join(page.locator("[data-letter]").first.inner_text().split())


def test_sheet_with_nothing_to_fill_in_keeps_nothing(
    site: Site, browser: Browser, programme: Programme
) -> None:
    """A sheet of letters alone offers no copies and no blank print, and does not speak of keeping."""
    bare = [name for name, sheet in programme.worksheets.items() if not sheet.filled_in]
    assert bare
    page = browser.new_page()
    for name in bare:
        page.goto(f"{site.address}templates/worksheets/{name}.html")
        assert page.locator("[data-sheet], [data-share], [data-print-blank]").count() == 0
        assert page.locator("[data-print]").is_visible()


def test_contacts_are_those_of_the_organisation(site: Site, browser: Browser, programme: Programme) -> None:
    """The route for something serious names whom to call, and owns up to examples."""
    page = browser.new_page()
    page.goto(f"{site.address}templates/worksheets/incident-route.html")
    shown = page.locator(".contacts").inner_text()
    for name in ("programme-lead", "trusted-person", "reporting-channel"):
        contact = programme.organisation.contacts[name]
        assert contact.name in shown
        assert (contact.email or contact.phone or "") in shown
    assert "put your own into organisation.yml" in shown


# --- reckoned ------------------------------------------------------------------------------------


def _budget(programme: Programme, pairs: int) -> int:
    """Minutes of everybody in a programme of so many pairs."""
    organisation = programme.organisation.model_copy(update={"pairs": pairs})
    sized = replace(programme, organisation=organisation)
    return sum(views.people(sized, role) * views.hours(sized, role).total for role in sized.roles)


@pytest.mark.parametrize("pairs", [1, 6, 30])
def test_budget_is_what_the_data_adds_up_to(
    pairs: int, site: Site, browser: Browser, programme: Programme
) -> None:
    """For any number of pairs, hours and costs on the page are those of the agendas and checklists."""
    page = browser.new_page()
    page.goto(f"{site.address}guide/hours-and-budget.html")
    page.get_by_role("spinbutton", name="Number of pairs").fill(str(pairs))
    minutes = _budget(programme, pairs)
    told = Speech(programme, "").duration(minutes)
    assert page.locator("[data-budget] [data-total]").inner_text() == told
    assert told in page.locator("[data-budget-said]").inner_text()
    page.get_by_role("spinbutton", name="What an hour costs you").fill("60")
    assert int(page.locator("[data-cost]").inner_text()) == minutes


def test_budget_is_complete_without_scripts(site: Site, browser: Browser, programme: Programme) -> None:
    """Without a script the table stands for the organisation's own number of pairs, and says so."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site.address}guide/hours-and-budget.html")
    pairs = programme.organisation.pairs
    told = Speech(programme, "").duration(_budget(programme, pairs))
    assert page.locator("[data-budget] [data-total]").inner_text() == told
    assert page.get_by_text(f"Counted for {pairs} pairs.").is_visible()


def test_calls_with_each_side_count_for_every_pair(programme: Programme) -> None:
    """The lead calls both of each pair half-way, and the hours know it."""
    check = programme.sessions["mid-point-check"]
    assert set(check.with_each) == {"mentor", "mentee"}
    step = next(one for one in views.plan(programme, "programme-lead") if one.name == "mid-point-check")
    assert step.minutes == check.minutes * 2 * programme.organisation.pairs
    mine = next(one for one in views.plan(programme, "mentor") if one.name == "mid-point-check")
    assert mine.minutes == check.minutes


# --- tracks --------------------------------------------------------------------------------------


def _said(page: Page) -> str:
    return " ".join(page.locator(".guide").inner_text().split())


@pytest.mark.parametrize("scripts", [True, False])
def test_track_swaps_the_core_of_a_meeting(
    site: Site, browser: Browser, programme: Programme, *, scripts: bool
) -> None:
    """Choosing a track shows its core and hides the rest; the clock still runs to the end."""
    page = browser.new_context(java_script_enabled=scripts).new_page()
    for name in schedule.meetings(programme)[2:5]:
        page.goto(f"{site.address}templates/agendas/{name}.html")
        session = programme.sessions[name]
        for track in programme.tracks.values():
            page.get_by_role("radio", name=f"{track.code}: {track.title}").check()
            shown = _said(page)
            for item in session.agenda:
                core = track.meetings[name].items.get(item.id)
                told = core.lens["mentor"].do if core else item.lens["mentor"].do
                assert " ".join(told.split()) in shown, (name, item.id)
                if core:
                    assert " ".join(item.lens["mentor"].do.split()) not in shown, (name, item.id)
        ends = [int(text.split("–")[1]) for text in page.locator(".clock .span:visible").all_inner_texts()]
        assert ends[-1] == schedule.length(programme, session)


def test_topics_of_all_tracks_are_chosen_and_kept(site: Site, browser: Browser, programme: Programme) -> None:
    """The topic menu offers twenty-four topics; what a pair ticks is there when it comes back."""
    with reading(site, browser) as reader:
        page = reader.tab("templates/worksheets/topic-menu.html")
        boxes = page.locator("section.sheet [name=topics]")
        assert boxes.count() == sum(len(track.topics) for track in programme.tracks.values()) == 24
        boxes.nth(7).check()
        page.wait_for_timeout(400)
        page.reload()
        assert page.locator("section.sheet [name=topics]").nth(7).is_checked()


def test_track_of_a_pair_is_kept_with_its_plan(site: Site, browser: Browser, programme: Programme) -> None:
    """What a pair chose in its first meeting opens with each later guide."""
    name, track = list(programme.tracks.items())[1]
    with reading(site, browser) as reader:
        page = reader.tab("guide/my-programme.html")
        page.locator("#plan-track").select_option(name)
        page.wait_for_timeout(400)
        reader.go(page, f"templates/agendas/{schedule.meetings(programme)[3]}.html")
        page.locator(f"#track-{name}:checked").wait_for()
        assert page.get_by_text(track.care).is_visible()
