"""A programme of one's own: dates by the same rules as the organisation's, on every page that shows some."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from macros.program import schedule
from macros.program.loading import Programme
from macros.program.project import open_project
from macros.program.schedule import Slot
from macros.program.values import DayRange
from macros.render.speech import Speech
from tests.browser.conftest import ROOT, Site
from tests.browser.keeping import PLAN, choose

PLANS = 60
"""How many first days, rhythms and lists of holidays are tried."""


@pytest.fixture(scope="module")
def programme() -> Programme:
    """The real programme, in English."""
    return open_project(ROOT / "data", ROOT / "docs").languages["en"]


def _open(site: Site, browser: Browser, **options: Any) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(site.address + PLAN)
    page.locator("#plan-zone option").first.wait_for(state="attached")
    return page


# --- the same rules ------------------------------------------------------------------------------


def _told(slot: Slot) -> list[str]:
    assert slot.day is not None
    return [slot.day.isoformat(), slot.moved_from.isoformat() if slot.moved_from else ""]


def _by_python(programme: Programme) -> dict[str, list[list[str]]]:
    """Every day of a programme, by what happens on it."""
    days = {f"sessions/{n}": schedule.session_slots(programme, n) for n in programme.sessions}
    days |= {f"milestones/{m.id}": schedule.slots(programme, m.when) for m in programme.program.milestones}
    days |= {
        f"items/{item.id}": schedule.item_slots(programme, item)
        for items in programme.checklists.values()
        for item in items
    }
    return {name: [_told(slot) for slot in slots] for name, slots in days.items()}


BY_SCRIPT = """([rhythm, holidays]) => {
  const facts = { ...kitProgramme, organisation: { ...kitProgramme.organisation, holidays } };
  const told = (slots) => slots.map(({ day, movedFrom }) => [day, movedFrom]);
  return Object.fromEntries([
    ...facts.sessions.map((one) => [`sessions/${one.id}`, told(sessionSlots(facts, rhythm, one))]),
    ...facts.milestones.map((one) => [`milestones/${one.id}`, told(slotsOf(facts, rhythm, one.when))]),
    ...facts.items.map((one) => [`items/${one.id}`, told(itemSlots(facts, rhythm, one))]),
  ]);
}"""


def test_plan_has_the_dates_that_the_organisation_would_have(
    site: Site, browser: Browser, programme: Programme
) -> None:
    """Whatever the first day, the rhythm and the holidays, the script finds the days that Python finds."""
    page = _open(site, browser)
    chance = random.Random(1999)  # noqa: S311 - nothing is kept secret by it
    for _ in range(PLANS):
        start = date(2026, 1, 1) + timedelta(days=chance.randrange(1500))
        cadence = chance.randint(1, 12)
        holidays = tuple(
            DayRange(first=first, last=first + timedelta(days=chance.randrange(12)))
            for first in (start + timedelta(days=chance.randrange(-150, 500)) for _ in range(8))
        )
        organisation = programme.organisation.model_copy(
            update={"start": start, "cadence_weeks": cadence, "holidays": holidays}
        )
        rhythm = {"start": start.isoformat(), "cadence": cadence}
        off = [[days.first.isoformat(), days.last.isoformat()] for days in holidays]
        ours = _by_python(replace(programme, organisation=organisation))
        assert page.evaluate(BY_SCRIPT, [rhythm, off]) == ours, (start, cadence)


def test_plan_has_no_day_where_the_calendar_has_none(site: Site, browser: Browser) -> None:
    """A holiday longer than four weeks leaves a moment without a day, and nothing breaks."""
    page = _open(site, browser)
    found = page.evaluate(BY_SCRIPT, [{"start": "2027-01-12", "cadence": 4}, [["2027-02-01", "2027-04-30"]]])
    assert found["sessions/contract-and-connect"] == [["2027-01-12", ""]]
    assert found["sessions/my-world-your-questions"] == [["", "2027-02-09"]]


# --- as a person ---------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [360, 1280])
def test_plan_shows_my_dates_on_every_page(
    site: Site, browser: Browser, programme: Programme, width: int
) -> None:
    """Once role, day, rhythm and time are chosen, list, timeline, guide and checklist show them."""
    page = _open(site, browser, viewport={"width": width, "height": 800})
    choose(page, role="mentor", start="2027-01-16", cadence="2", time="09:30", minutes="45")
    mine = replace(
        programme,
        organisation=programme.organisation.model_copy(
            update={"start": date(2027, 1, 16), "cadence_weeks": 2, "start_time": dt.time(9, 30)}
        ),
    )
    speech = Speech(mine, "")
    first = schedule.session_slots(mine, "contract-and-connect")[0]
    assert speech.day(first) == "18 January 2027 (moved from 16 January 2027)"
    page.reload()
    row = page.locator("[data-my-dates] li", has_text="Contract and connect").inner_text()
    assert "Monday, 18 January 2027, 09:30" in row
    assert "moved from 16 January 2027" in row
    assert "45 min" in row

    page.goto(site.address + "guide/timeline.html")
    for name in mine.sessions:
        shown = page.locator(f"[data-when='sessions/{name}']").all_inner_texts()
        assert shown == [speech.day(slot) for slot in schedule.session_slots(mine, name)], name
    for one in mine.program.milestones:
        shown = page.locator(f"[data-when='milestones/{one.id}']").all_inner_texts()
        assert shown == [speech.day(slot) for slot in schedule.slots(mine, one.when)], one.id
    assert not page.locator(".overview-picture").is_visible()  # it is drawn for another rhythm

    page.goto(site.address + "templates/agendas/teach-and-try.html")
    third = schedule.session_slots(mine, "teach-and-try")[0]
    assert speech.day(third) in page.locator(".kicker").first.inner_text()
    assert page.get_by_role("radio", name="Mentor").is_checked()
    assert page.get_by_role("radio", name="45 minutes").is_checked()
    clocks = page.locator(".clock .time:visible").all_inner_texts()
    assert clocks[0] == "09:30–09:34"
    assert clocks[-1].endswith("10:15")

    page.goto(site.address + "templates/checklists/mentor.html")
    for items in mine.checklists.values():
        for item in items:
            if "mentor" in item.roles:
                due = speech.due(item, tuple(schedule.item_slots(mine, item)), named=True)
                assert page.locator(f"[data-due='{item.id}']").inner_text() == due, item.id

    page.goto(site.address + "roles/mentor.html")
    card = page.locator(".cards [data-when='sessions/contract-and-connect']")
    assert card.inner_text() == speech.day(first)


def test_link_for_another_role_goes_before_my_own(site: Site, browser: Browser) -> None:
    """Whoever has chosen a role still sees a guide for the role that a link asks for."""
    page = _open(site, browser)
    choose(page, role="mentor", start="2027-01-12")
    page.goto(site.address + "templates/agendas/teach-and-try.html#as-mentee")
    page.locator(".kicker", has_text="2027").wait_for()
    assert page.get_by_role("radio", name="Mentee").is_checked()


def test_plan_speaks_polish_on_the_polish_site(site: Site, browser: Browser) -> None:
    """Both languages are one site: the dates chosen on one are shown on the other, in its words."""
    page = _open(site, browser)
    choose(page, role="mentor", start="2027-01-12")
    page.goto(site.address + "pl/templates/agendas/contract-and-connect.html")
    page.locator(".kicker", has_text="12 stycznia 2027").wait_for()


def test_wrong_day_is_refused_where_it_is_typed(site: Site, browser: Browser) -> None:
    """A day out of range is not kept, and the field says why; the next right one takes the words away."""
    page = _open(site, browser)
    choose(page, start="2027-01-12")
    page.locator("#plan-start").fill("0027-01-12")
    page.locator("#plan-start").blur()
    assert page.get_by_role("alert").inner_text() == "This is not a day between 2000 and 2100."
    assert page.locator("#plan-start").get_attribute("aria-invalid") == "true"
    assert page.evaluate("recall('my-programme').start") == "2027-01-12"
    choose(page, start="2027-02-01")
    assert page.get_by_role("alert").inner_text() == ""
    page.reload()
    page.locator("[data-my-dates] li").first.wait_for()
    assert page.locator("#plan-start").input_value() == "2027-02-01"


def test_plan_is_forgotten_after_a_question(site: Site, browser: Browser) -> None:
    """Choices go only when the question is answered with yes; then pages count weeks again."""
    page = _open(site, browser)
    choose(page, role="mentor", start="2027-01-12")
    button = page.get_by_role("button", name="Forget these choices")
    button.click()
    page.keyboard.press("Escape")
    assert page.locator("[data-my-dates] li").count() > 0
    button.click()
    page.locator("#forget-plan").get_by_role("button", name="Forget these choices").click()
    assert page.locator("[data-my-dates] li").count() == 0
    page.goto(site.address + "templates/agendas/contract-and-connect.html")
    assert "Week of the first meeting" in page.locator(".kicker").first.inner_text()


def test_page_counts_and_paper_follow_my_choice(site: Site, browser: Browser) -> None:
    """With Letter chosen, pages say how many sheets of Letter they take, and print on it by themselves."""
    page = _open(site, browser)
    choose(page, paper="Letter", role="mentor")
    page.goto(site.address + "templates/checklists/mentor.html")
    page.locator("[data-pages]", has_text="Letter").wait_for()
    size = page.evaluate("[...document.adoptedStyleSheets[0].cssRules].map((rule) => rule.cssText).join()")
    assert "size: letter" in size


# --- next up -------------------------------------------------------------------------------------


def _home(site: Site, browser: Browser, today: str, **choices: str) -> Page:
    """The home page on some day, for somebody who has made these choices."""
    page = browser.new_context(timezone_id="Europe/Warsaw").new_page()
    page.clock.set_fixed_time(f"{today}+01:00")
    page.goto(site.address + PLAN)
    page.locator("#plan-zone option").first.wait_for(state="attached")
    choose(page, **choices)
    page.goto(site.address + "index.html")
    return page


def test_next_up_names_the_meeting_three_things_and_the_sheets(
    site: Site, browser: Browser, programme: Programme
) -> None:
    """A week before the third meeting the home page says which it is, what to do first and what to bring."""
    page = _home(site, browser, "2027-03-04T12:00:00", role="mentor", start="2027-01-12", time="10:00")
    panel = page.locator("[data-next-up]")
    panel.wait_for()
    assert "Teach and try · Tuesday, 9 March 2027, 10:00 · in 5 days" in panel.inner_text()
    things = panel.get_by_role("checkbox")
    assert things.count() == 3
    links = panel.get_by_role("link").all()
    sheets = [
        str(link.get_attribute("href")) for link in links if "worksheets" in str(link.get_attribute("href"))
    ]
    assert [one.partition("worksheets/")[2].partition(".html")[0] for one in sheets] == [
        "commitment-tracker",
        "session-plan",
        "off-limits-card",
        "try-it-log",
        "three-question-pulse",
        "session-record",
    ]
    assert sheets[1].endswith("#copy-teach-and-try")
    first = panel.locator("label").first.inner_text()
    things.first.check()
    page.reload()
    panel.wait_for()
    assert first not in panel.locator("label").all_inner_texts()
    page.goto(site.address + "templates/agendas/teach-and-try.html")
    assert page.locator("li", has_text=first).get_by_role("checkbox").first.is_checked()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2027-01-12T08:00:00", "Contract and connect · Tuesday, 12 January 2027, 10:00 · today"),
        ("2027-01-12T10:59:00", "Contract and connect · Tuesday, 12 January 2027, 10:00 · today"),
        ("2027-01-18T12:00:00", "Mentor peer circle · Tuesday, 19 January 2027, 10:00 · tomorrow"),
        ("2028-02-01T12:00:00", "All your meetings are behind you."),
    ],
)
def test_next_up_follows_the_clock(site: Site, browser: Browser, now: str, expected: str) -> None:
    """A meeting counts as next until it ends; after the last one the panel says so."""
    page = _home(site, browser, now, role="mentor", start="2027-01-12", time="10:00")
    panel = page.locator("[data-next-up]")
    panel.wait_for()
    assert expected in panel.inner_text()


def test_next_up_counts_days_by_the_clock_of_the_zone(site: Site, browser: Browser) -> None:
    """Late in the evening in Warsaw it is still the same day in New York, where the meeting is."""
    page = _home(
        site,
        browser,
        "2027-01-12T02:00:00",
        role="mentor",
        start="2027-01-12",
        time="10:00",
        zone="America/New_York",
    )
    panel = page.locator("[data-next-up]")
    panel.wait_for()
    assert "· tomorrow" in panel.inner_text()


def test_next_up_stays_away_from_whoever_has_set_nothing(site: Site, browser: Browser) -> None:
    """Without a first day the home page has no such panel, not even an empty one."""
    page = browser.new_context().new_page()
    page.goto(site.address + "index.html")
    assert not page.locator("[data-next-up]").is_visible()
