"""The calendar file as calendars read it: Python's parser and Thunderbird's, wherever the clocks change."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Download, Page, expect

from macros.program import schedule, views, zones
from macros.program.loading import Programme
from macros.program.project import open_project
from macros.program.schedule import Slot
from macros.program.values import Plural
from tests.browser.conftest import ROOT, Site
from tests.browser.keeping import PLAN, Reader, a_record, choose, put, reading

ICAL = ROOT / ".cache" / "tools" / "node_modules" / "ical.js" / "dist" / "ical.es5.cjs"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
START = date(2027, 1, 12)
CADENCE = 9
"""Weeks from one meeting to the next: so the six lie on all sides of the changes of a year."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """An entry as a calendar shows it. Times are as written, in `zone`; `begins` and `ends` are instants.

    One that takes whole days has days instead of times, and neither a zone nor instants.
    """

    start: str
    title: str
    end: str
    zone: str
    begins: str
    ends: str
    text: str
    address: str
    uid: str
    sequence: int


# --- two parsers -----------------------------------------------------------------------------------


def _wall(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}"


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _moment(calendar: Calendar, written: Any) -> tuple[str, str, str]:
    """A time as it is written, its zone, and its instant by the rules that stand in the file."""
    value = written.dt
    if not isinstance(value, datetime):
        assert isinstance(value, date)
        return value.isoformat(), "", ""
    zone = str(written.params.get("TZID", "UTC"))
    own = {one.tz_name: one.to_tz(lookup_tzid=False) for one in calendar.timezones}
    wall = value.replace(tzinfo=None)
    return _wall(wall), zone, _instant(wall.replace(tzinfo=UTC if zone == "UTC" else own[zone]))


def _by_python(file: bytes) -> list[Entry]:
    calendar = Calendar.from_ical(file)
    assert isinstance(calendar, Calendar)
    found = []
    for one in calendar.events:
        event: Any = one
        assert event.errors == []
        start, zone, begins = _moment(calendar, event["DTSTART"])
        end, end_zone, ends = _moment(calendar, event["DTEND"])
        assert end_zone == zone
        found.append(
            Entry(
                start=start,
                title=str(event["SUMMARY"]),
                end=end,
                zone=zone,
                begins=begins,
                ends=ends,
                text=str(event["DESCRIPTION"]),
                address=str(event.get("URL", "")),
                uid=str(event["UID"]),
                sequence=int(event["SEQUENCE"]),
            )
        )
    return sorted(found)


READ = """
const found = require(process.argv[1]);
const ICAL = found.default ?? found;
const parse = (text) => new ICAL.Component(ICAL.parse(text));
const instant = (time) => new Date(time.toUnixTime() * 1000).toISOString().replace(".000", "");
const told = (time) => time.isDate
  ? [time.toString(), "", ""]
  : [time.toString().replace("Z", ""), time.zone.tzid, instant(time)];
const read = (text) => parse(text).getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  const [start, zone, begins] = told(event.startDate);
  const [end, endZone, ends] = told(event.endDate);
  if (zone !== endZone) throw new Error(`${zone}, but ${endZone}`);
  const address = component.getFirstPropertyValue("url") ?? "";
  const { summary: title, description: text, uid, sequence } = event;
  return { start, title, end, zone, begins, ends, text, address, uid, sequence };
});
const offsets = ([rules, walls]) => {
  const lines = ["BEGIN:VTIMEZONE", "TZID:Not/Known", ...rules, "END:VTIMEZONE"].join("\\r\\n");
  const zone = new ICAL.Timezone({ component: parse(lines), tzid: "Not/Known" });
  return walls.map((wall) => zone.utcOffset(ICAL.Time.fromDateTimeString(wall)));
};
const [what, all] = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(all.map(what === "read" ? read : offsets)));
"""
"""For Node.js: what Thunderbird's parser reads in calendars, or which offsets it finds in rules."""


def _mozilla(what: str, values: Iterable[Any]) -> Any:
    node = shutil.which("node")
    if (node is None or not ICAL.exists()) and not os.environ.get("CI"):
        pytest.skip("ical.js is not here: .ci/run installs it")
    assert node is not None
    done = subprocess.run(
        [node, "-e", READ, str(ICAL)],
        input=json.dumps([what, list(values)]),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _by_mozilla(file: bytes) -> list[Entry]:
    [found] = _mozilla("read", [file.decode("utf-8")])
    return sorted(Entry(**one) for one in found)


# --- what has to be in it --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def languages() -> dict[str, Programme]:
    """The real programme, by language."""
    return dict(open_project(ROOT / "data", ROOT / "docs").languages)


def _zone(name: str) -> ZoneInfo:
    """A zone as the package has it: the system's database may be older."""
    data = (resources.files("tzdata") / "zoneinfo").joinpath(*name.split("/")).read_bytes()
    return ZoneInfo.from_file(io.BytesIO(data), name)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody has chosen on the page, and where the page stands."""

    top: str
    plan_id: str
    role: str = "mentor"
    time: str = "10:00"
    zone: str = "Europe/Warsaw"
    minutes: int = 60

    def organised(self, programme: Programme) -> Programme:
        """The programme as it would be if the organisation had chosen the same."""
        organisation = programme.organisation.model_copy(
            update={
                "start": START,
                "start_time": dt.time.fromisoformat(self.time) if self.time else None,
                "cadence_weeks": CADENCE,
                "meeting_minutes": self.minutes,
            }
        )
        return replace(programme, organisation=organisation)


def _said(programme: Programme, key: str) -> str:
    word = programme.words[key]
    assert not isinstance(word, Plural)
    return word


def _text(chosen: Chosen, programme: Programme, name: str) -> str:
    """A meeting's agenda minute by minute, where its guide is, and its sheets."""
    session = programme.sessions[name]
    clocks = views.clock_of(programme, session, schedule.length(programme, session))
    agenda = [
        f"{clock.first}–{clock.last}  {item.title}"
        for clock, item in zip(clocks, session.agenda, strict=True)
        if clock is not None
    ]
    guide = f"{_said(programme, 'calendar_guide')} {chosen.top}templates/agendas/{name}.html"
    sheets = [
        f"{programme.worksheets[sheet].code} {programme.worksheets[sheet].title}: "
        f"{chosen.top}templates/worksheets/{sheet}.html"
        for sheet in views.worksheets_of_session(programme, name)
    ]
    return "\n".join([*agenda, "", guide, *sheets])


def _day(slot: Slot) -> date:
    assert slot.day is not None
    return slot.day


def _uid(chosen: Chosen, name: str, nth: int) -> str:
    return f"{name}.{nth}.{chosen.plan_id}@reverse-mentoring-kit"


def _whole_day(day: date) -> dict[str, str]:
    following = day + timedelta(days=1)
    return {"start": f"{day}", "end": f"{following}", "zone": "", "begins": "", "ends": ""}


def _timed(chosen: Chosen, day: date, minutes: int) -> dict[str, str]:
    """A meeting by the clocks of its zone; by universal time where the zone has no rules."""
    start = datetime.combine(day, dt.time.fromisoformat(chosen.time))
    walls = {"start": start, "end": start + timedelta(minutes=minutes)}
    moments = {key: wall.replace(tzinfo=_zone(chosen.zone)).astimezone(UTC) for key, wall in walls.items()}
    known = chosen.zone in zones.rules()
    return {
        **{key: _wall(wall if known else moments[key]) for key, wall in walls.items()},
        "zone": chosen.zone if known else "UTC",
        "begins": _instant(moments["start"]),
        "ends": _instant(moments["end"]),
    }


def _expected(chosen: Chosen, programme: Programme) -> list[Entry]:
    """What the calendar has to hold: all sessions and surveys of a role, and of everybody without one."""
    mine = chosen.organised(programme)
    sequence = int(NOW.timestamp()) // 60
    found = []
    for name, session in mine.sessions.items():
        if chosen.role and chosen.role not in session.roles:
            continue
        for nth, slot in enumerate(schedule.session_slots(mine, name), 1):
            minutes = schedule.length(mine, session)
            when = _timed(chosen, _day(slot), minutes) if chosen.time else _whole_day(_day(slot))
            found.append(
                Entry(
                    title=session.title,
                    text=_text(chosen, mine, name),
                    address=f"{chosen.top}templates/agendas/{name}.html",
                    uid=_uid(chosen, name, nth),
                    sequence=sequence,
                    **when,
                )
            )
    for one in mine.program.milestones:
        if chosen.role and chosen.role not in one.roles:
            continue
        for nth, slot in enumerate(schedule.slots(mine, one.when), 1):
            found.append(
                Entry(
                    title=one.title,
                    text=_said(mine, "calendar_survey"),
                    address="",
                    uid=_uid(chosen, one.id, nth),
                    sequence=sequence,
                    **_whole_day(_day(slot)),
                )
            )
    return sorted(found)


# --- as a person -----------------------------------------------------------------------------------


def _plan_page(reader: Reader, language: str = "", now: datetime = NOW, **choices: str) -> Page:
    """My programme, some day, with choices made on it."""
    reader.context.clock.set_fixed_time(now)
    page = reader.tab(language + PLAN)
    choices = {"role": "mentor", "start": f"{START}", "cadence": f"{CADENCE}", "time": "10:00", **choices}
    choose(page, **choices)
    return page


def _download(page: Page) -> Download:
    with page.expect_download() as saving:
        page.locator("[data-calendar]").click()
    return saving.value


def _saved(page: Page) -> bytes:
    """The calendar file, as it is saved with the button."""
    return Path(_download(page).path()).read_bytes()


def _plan_id(page: Page) -> str:
    found = page.evaluate("recall('my-programme').id")
    assert re.fullmatch(r"[0-9a-f]{16}", found)
    return str(found)


def _lines(file: bytes) -> list[str]:
    """The lines as they are meant, once it is sure that they are as the standard wants them.

    That is: at most 75 octets, each ended by CR and LF, no other control character, and no letter of
    several octets torn apart.
    """
    assert file.endswith(b"\r\n")
    pieces = [line.decode("utf-8") for line in file[:-2].split(b"\r\n")]
    assert max(len(piece.encode()) for piece in pieces) <= 75
    assert re.findall(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd]", "".join(pieces)) == []
    lines: list[str] = []
    for piece in pieces:
        if piece.startswith(" "):
            lines[-1] += piece[1:]
        else:
            lines.append(piece)
    assert [line for line in lines if not re.match(r"[A-Z-]+(;[A-Z]+=[^:;]+)*:", line)] == []
    return lines


@pytest.mark.parametrize(
    ("language", "zone"),
    [
        ("", "Europe/Warsaw"),
        ("", "America/New_York"),
        ("", "Australia/Sydney"),
        ("", "America/Nuuk"),
        ("", "Asia/Kolkata"),
        ("", "Africa/Cairo"),
        ("pl/", "Europe/Warsaw"),
        ("pl/", "America/New_York"),
        ("pl/", "Africa/Cairo"),
    ],
)
def test_calendar_holds_the_mentors_meetings_and_surveys(
    site: Site, browser: Browser, languages: dict[str, Programme], language: str, zone: str
) -> None:
    """Both parsers find every entry, in words of the language, at the right time on both sides of changes."""
    programme = languages[language.strip("/") or "en"]
    with reading(site, browser, timezone_id=zone if zone == "Africa/Cairo" else "Europe/Warsaw") as reader:
        page = _plan_page(reader, language, zone=zone)
        saved = _download(page)
        assert saved.suggested_filename == "reverse-mentoring.ics"
        file = Path(saved.path()).read_bytes()
        chosen = Chosen(site.address + language, _plan_id(page), zone=zone)
        lines = _lines(file)
        expected = _expected(chosen, programme)
        assert _by_python(file) == expected
        assert _by_mozilla(file) == expected
    assert lines.count(f"DTSTAMP:{NOW:%Y%m%dT%H%M%SZ}") == len(expected)
    known = zone in zones.rules()
    assert [line for line in lines if line.startswith("TZID:")] == ([f"TZID:{zone}"] if known else [])
    assert lines[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Reverse Mentoring Kit//My programme//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    assert lines[5] == f"X-WR-CALNAME:{programme.organisation.programme}"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (
            "Europe/Warsaw",  # forward on 28 March, back on 31 October
            [
                "2027-01-12T09:00:00Z",
                "2027-03-16T09:00:00Z",
                "2027-05-18T08:00:00Z",
                "2027-07-20T08:00:00Z",
                "2027-09-21T08:00:00Z",
                "2027-11-23T09:00:00Z",
            ],
        ),
        (
            "America/New_York",  # forward on 14 March, back on 7 November
            [
                "2027-01-12T15:00:00Z",
                "2027-03-16T14:00:00Z",
                "2027-05-18T14:00:00Z",
                "2027-07-20T14:00:00Z",
                "2027-09-21T14:00:00Z",
                "2027-11-23T15:00:00Z",
            ],
        ),
        (
            "Africa/Cairo",  # forward on 30 April, back on 29 October
            [
                "2027-01-12T08:00:00Z",
                "2027-03-16T08:00:00Z",
                "2027-05-18T07:00:00Z",
                "2027-07-20T07:00:00Z",
                "2027-09-21T07:00:00Z",
                "2027-11-23T08:00:00Z",
            ],
        ),
    ],
)
def test_calendar_keeps_meetings_at_ten_when_clocks_change(
    site: Site, browser: Browser, languages: dict[str, Programme], zone: str, expected: list[str]
) -> None:
    """The six meetings, by hand: ten o'clock there is another hour of universal time in summer."""
    meetings = {languages["en"].sessions[name].title for name in schedule.meetings(languages["en"])}
    with reading(site, browser, timezone_id=zone) as reader:
        file = _saved(_plan_page(reader, zone=zone))
    for found in (_by_python(file), _by_mozilla(file)):
        assert [one.begins for one in found if one.title in meetings] == expected


def test_calendar_is_that_of_the_role(site: Site, browser: Browser, languages: dict[str, Programme]) -> None:
    """Every role has its own entries, or no button where it has none; without a role they are everybody's."""
    programme = languages["en"]
    with reading(site, browser) as reader:
        page = _plan_page(reader)
        for role in ("", *programme.roles):
            choose(page, role=role)
            expected = _expected(Chosen(site.address, _plan_id(page), role=role), programme)
            expect(page.locator("[data-calendar]")).to_be_visible(visible=expected != [])
            if expected:
                file = _saved(page)
                assert _by_python(file) == expected, role
                assert _by_mozilla(file) == expected, role


@pytest.mark.parametrize("minutes", [30, 45, 90])
@pytest.mark.parametrize("language", ["", "pl/"])
def test_calendar_has_the_agenda_of_the_length(
    site: Site, browser: Browser, languages: dict[str, Programme], language: str, minutes: int
) -> None:
    """Entries are as long as the meetings, and say what happens when, in the minutes of that length."""
    with reading(site, browser) as reader:
        page = _plan_page(reader, language, minutes=f"{minutes}")
        chosen = Chosen(site.address + language, _plan_id(page), minutes=minutes)
        file = _saved(page)
    assert _by_python(file) == _expected(chosen, languages[language.strip("/") or "en"])
    assert _by_mozilla(file) == _by_python(file)
    meetings = [one for one in _by_python(file) if "templates/agendas" in one.address]
    for one in meetings:
        spans = re.findall(r"^(\d+)–(\d+)  \S", one.text, re.MULTILINE)
        ends = [int(end) for _, end in spans]
        assert [int(start) for start, _ in spans] == [0, *ends[:-1]]
        lasts = datetime.fromisoformat(one.end) - datetime.fromisoformat(one.start)
        assert timedelta(minutes=ends[-1]) == lasts


@pytest.mark.parametrize("language", ["", "pl/"])
def test_calendar_takes_whole_days_without_a_time(
    site: Site, browser: Browser, languages: dict[str, Programme], language: str
) -> None:
    """Whoever has chosen no time gets entries for whole days, which leave people free."""
    with reading(site, browser) as reader:
        page = _plan_page(reader, language, time="")
        chosen = Chosen(site.address + language, _plan_id(page), time="")
        file = _saved(page)
    expected = _expected(chosen, languages[language.strip("/") or "en"])
    assert {one.zone for one in expected} == {""}
    assert _by_python(file) == expected
    assert _by_mozilla(file) == expected
    assert _lines(file).count("TRANSP:TRANSPARENT") == len(expected)


def test_calendar_meeting_may_end_on_the_next_day(site: Site, browser: Browser) -> None:
    """An hour from half past eleven at night ends half an hour into the next day, and of the next year."""
    with reading(site, browser) as reader:
        file = _saved(_plan_page(reader, start="2026-12-31", time="23:30"))
    for found in (_by_python(file), _by_mozilla(file)):
        [first] = [one for one in found if one.uid.startswith("contract-and-connect.")]
        assert (first.start, first.end) == ("2026-12-31T23:30:00", "2027-01-01T00:30:00")


@pytest.mark.parametrize("language", ["", "pl/"])
def test_calendar_links_lead_to_pages(site: Site, browser: Browser, language: str) -> None:
    """Every address in the file is that of a page of the same language, also where it stands in the text."""
    with reading(site, browser) as reader:
        file = _saved(_plan_page(reader, language, role=""))
    entries = _by_python(file)
    found = {link for one in entries for link in re.findall(r"\S*://\S*", f"{one.text}\n{one.address}")}
    top = site.address + language
    pages = {link.removeprefix(top) for link in found}
    assert pages <= {page.removeprefix(language) for page in site.pages(language.strip("/") or "en")}
    assert {page.split("/")[1] for page in pages} == {"agendas", "worksheets"}


def test_calendar_from_a_file_share_links_to_files(site: Site, browser: Browser) -> None:
    """Opened as a file, the page makes a calendar too, whose links lead to files."""
    page = browser.new_context(timezone_id="Europe/Warsaw").new_page()
    page.goto(site.file(PLAN))
    page.locator("#plan-zone option").first.wait_for(state="attached")
    choose(page, role="mentor", start=f"{START}", time="10:00")
    file = _saved(page)
    _lines(file)
    entries = _by_python(file)
    assert _by_mozilla(file) == entries
    assert {one.address for one in entries} == {""}
    links = {link for one in entries for link in re.findall(r"\S*://\S*", one.text)}
    assert {urlsplit(link).scheme for link in links} == {"file"}
    assert [link for link in links if not Path(unquote(urlsplit(link).path)).is_file()] == []


# --- once more -------------------------------------------------------------------------------------


def _by_uid(file: bytes) -> dict[str, Entry]:
    entries = _by_python(file)
    found = {one.uid: one for one in entries}
    assert len(found) == len(entries)
    return found


def test_calendar_saved_again_moves_the_same_entries(site: Site, browser: Browser) -> None:
    """The next file has the same entries by their ids, after a reload, with new dates and in Polish."""
    with reading(site, browser) as reader:
        page = _plan_page(reader)
        first = _by_uid(_saved(page))
        again = _by_uid(_saved(page))
        reader.context.clock.set_fixed_time(NOW + timedelta(minutes=5))
        page.reload()
        page.locator("[data-my-dates] li").first.wait_for()
        choose(page, start="2027-02-02", time="14:00", zone="America/New_York")
        moved = _by_uid(_saved(page))
        polish = _by_uid(_saved(_tab_with_dates(reader, "pl/")))
    assert again == first
    assert list(first) != []
    assert set(moved) == set(polish) == set(first)
    assert {one.sequence - first[uid].sequence for uid, one in moved.items()} == {5}
    assert {one.sequence - moved[uid].sequence for uid, one in polish.items()} == {0}
    assert moved[_named(moved, "contract-and-connect")].start == "2027-02-02T14:00:00"


def _tab_with_dates(reader: Reader, language: str) -> Page:
    page = reader.tab(language + PLAN)
    page.locator("[data-my-dates] li").first.wait_for()
    return page


def _named(entries: dict[str, Entry], name: str) -> str:
    [found] = [uid for uid in entries if uid.startswith(f"{name}.1.")]
    return found


def test_calendars_of_two_people_have_nothing_in_common(site: Site, browser: Browser) -> None:
    """Whoever brings both into one calendar keeps the entries of both."""
    files = []
    for _ in range(2):
        with reading(site, browser) as reader:
            files.append(_saved(_plan_page(reader)))
    one, other = map(_by_uid, files)
    assert len(one) == len(other)
    assert set(one) & set(other) == set()


# --- zones -----------------------------------------------------------------------------------------


def test_calendar_zone_of_a_plan_stays_in_the_menu(site: Site, browser: Browser) -> None:
    """A zone chosen on a computer elsewhere is shown here as well, where the menu would not offer it."""
    with reading(site, browser) as reader:
        page = _plan_page(reader)
        page.evaluate("keep('my-programme', { zone: 'Africa/Cairo' })")
        page.reload()
        page.locator("[data-my-dates] li").first.wait_for()
        file = _saved(page)
        assert {one.zone for one in _by_mozilla(file) if one.zone} == {"UTC"}
        assert [one.begins for one in _by_python(file) if one.uid.startswith("teach-and-try.")] == [
            "2027-05-18T07:00:00Z"
        ]
        assert page.locator("#plan-zone").input_value() == "Africa/Cairo"


def _brought(reader: Reader, **values: str) -> Page:
    """My programme with a plan that came from elsewhere, and not from the controls on the page."""
    page = reader.tab(PLAN)
    plan = {"role": "mentor", "start": f"{START}", "cadence": f"{CADENCE}", "time": "10:00", **values}
    put(page, "my-programme", json.dumps(a_record(**{key: (value, 1) for key, value in plan.items()})))
    page.reload()
    page.locator("#plan-zone option").first.wait_for(state="attached")
    return page


@pytest.mark.parametrize("zone", ["Mars/Olympus", "constructor", "__proto__", "A\r\nBEGIN:VEVENT"])
def test_calendar_has_the_organisations_zone_where_a_plan_has_none(
    site: Site, browser: Browser, languages: dict[str, Programme], zone: str
) -> None:
    """A zone that there is not, as in a file brought in from anywhere, counts as not chosen."""
    with reading(site, browser) as reader:
        reader.context.clock.set_fixed_time(NOW)
        page = _brought(reader, zone=zone, id="0" * 16)
        expect(page.locator("[data-calendar]")).to_be_visible()
        file = _saved(page)
    expected = _expected(Chosen(site.address, "0" * 16), languages["en"])
    assert _by_python(file) == expected
    assert _by_mozilla(file) == expected


def test_calendar_rules_of_every_zone_are_read_by_thunderbird() -> None:
    """At noon in every month, and on both sides of each change, its parser finds the right offset."""
    days = [date(2027, 1, 1) + timedelta(days=number) for number in range(4 * 366)]
    noons = [datetime.combine(day, dt.time(12)) for day in days]
    asked: dict[tuple[str, ...], dict[str, float]] = {}
    for lines, name in {lines: name for name, lines in zones.rules().items()}.items():
        zone = _zone(name)
        offsets = [(one.replace(tzinfo=zone).utcoffset() or timedelta()).total_seconds() for one in noons]
        for (one, offset), (other, later) in pairwise(zip(noons, offsets, strict=True)):
            if offset != later or one.day == 15:
                asked.setdefault(lines, {}).update({_wall(one): offset, _wall(other): later})
    found = _mozilla("offsets", [[lines, list(walls)] for lines, walls in asked.items()])
    for (lines, walls), offsets in zip(asked.items(), found, strict=True):
        assert dict(zip(walls, offsets, strict=True)) == walls, lines


CHANGING = {
    "Europe/Warsaw": ("2027-03-28", "2027-10-31"),
    "America/New_York": ("2027-03-14", "2027-11-07"),
    "America/St_Johns": ("2027-03-14", "2027-11-07"),
    "Asia/Jerusalem": ("2027-03-26", "2027-10-31"),
    "Africa/Cairo": ("2027-04-30", "2027-10-29"),
    "America/Nuuk": ("2027-03-27", "2027-10-30"),
    "Asia/Beirut": ("2027-03-28", "2027-10-31"),
    "Australia/Lord_Howe": ("2027-04-04", "2027-10-03"),
    "Pacific/Chatham": ("2027-04-04", "2027-09-26"),
    "Australia/Eucla": ("2027-04-04", "2027-10-03"),
    "Asia/Kathmandu": ("2027-03-28", "2027-10-31"),
}
"""Zones with the days on which their clocks change, or might; some are off by quarters of an hour."""
TIMES = (
    "00:00", "00:15", "00:30", "01:00", "01:30", "02:00", "02:15", "02:30", "02:45", "03:00", "03:30",
    "10:00", "22:30", "23:00", "23:30", "23:59",
)  # fmt: skip


def _walls(zone: str) -> list[datetime]:
    """Times on the days around each change of a zone."""
    days = [date.fromisoformat(day) + timedelta(days=n) for day in CHANGING[zone] for n in (-1, 0, 1)]
    return [datetime.combine(day, dt.time.fromisoformat(at)) for day in days for at in TIMES]


@pytest.mark.parametrize("zone", CHANGING)
def test_calendar_finds_the_moment_of_a_time(site: Site, browser: Browser, zone: str) -> None:
    """A skipped time counts by the clock of before, and one that comes twice is the first, as in RFC 5545."""
    walls = _walls(zone)
    expected = {_wall(one)[:16]: _instant(one.replace(tzinfo=_zone(zone))) for one in walls}
    with reading(site, browser) as reader:
        page = reader.tab(PLAN)
        found = page.evaluate(
            """([zone, walls]) => {
                 const clock = (moment) => clockIn(zone, moment);
                 const told = (wall) => momentOf(wall, clock).toISOString().replace(".000", "");
                 return Object.fromEntries(walls.map((wall) => [wall, told(wall)]));
               }""",
            [zone, list(expected)],
        )
    assert found == expected


@pytest.mark.parametrize("zone", CHANGING)
def test_plan_knows_times_that_do_not_exist(site: Site, browser: Browser, zone: str) -> None:
    """A time is called skipped exactly where no clock of the zone shows it."""
    own = _zone(zone)
    expected = {
        _wall(one)[:16]: one.replace(tzinfo=own).astimezone(UTC).astimezone(own).replace(tzinfo=None) != one
        for one in _walls(zone)
    }
    with reading(site, browser) as reader:
        page = reader.tab(PLAN)
        found = page.evaluate(
            """([zone, walls]) =>
                 Object.fromEntries(walls.map((wall) => [wall, isSkipped(zone, ...wall.split("T"))]))""",
            [zone, list(expected)],
        )
    assert found == expected


@pytest.mark.parametrize(
    ("language", "notice"),
    [
        ("", "02:30 does not exist on 26 March 2027: the clocks go forward. Choose another time."),
        (
            "pl/",
            (
                "Godzina 02:30 nie istnieje 26 marca 2027, bo zegary przesuwa się do przodu."
                " Wybierz inną godzinę."
            ),
        ),
    ],
)
def test_plan_says_that_a_time_does_not_exist(
    site: Site, browser: Browser, language: str, notice: str
) -> None:
    """In Jerusalem clocks go forward on a Friday: the page says so, until another time or zone is chosen."""
    with reading(site, browser) as reader:
        page = _plan_page(reader, language, start="2027-03-26", time="02:30", zone="Asia/Jerusalem")
        place = page.locator("[data-skipped]")
        expect(place).to_have_text(notice)
        expect(place).to_be_visible()
        choose(page, time="03:00")
        expect(place).to_be_hidden()
        choose(page, time="02:30", zone="Europe/Warsaw")
        expect(place).to_be_hidden()
        choose(page, zone="Asia/Jerusalem")
        expect(place).to_have_text(notice)


@pytest.mark.parametrize("zone", ["Europe/Warsaw", "Asia/Kathmandu", "Pacific/Chatham", "Australia/Eucla"])
def test_plan_warns_of_no_time_that_exists(site: Site, browser: Browser, zone: str) -> None:
    """Ten in the morning is there on every day and everywhere, even where clocks are off by a quarter."""
    with reading(site, browser) as reader:
        page = _plan_page(reader, zone=zone)
        expect(page.locator("[data-my-dates] li").first).to_be_visible()
        assert page.locator("[data-skipped]").inner_text() == ""


# --- texts of any kind -----------------------------------------------------------------------------

WRITE = """([events, setting]) => calendarText(events, {
  ...setting, rules: kitZones.rules[kitZones.names[setting.zone]] ?? null,
  clock: (moment) => clockIn(setting.zone, moment), now: new Date(),
})"""

HOSTILE = (
    "one\ntwo\n\nthree\n",
    "one\r\ntwo\rthree\r\n",
    "one\u2028two\u2029three\x85four\x0bfive\x0csix\x1cseven",
    "\x00\x01\x07\x08\x1b[31m\x7f\ttab",
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:other\r\nSUMMARY:other",
    "x\nEND:VCALENDAR\nBEGIN:VCALENDAR",
    "x\u2028END:VEVENT\u2028BEGIN:VEVENT",
    "\r\n ATTACH:file:///etc/passwd",
    "back\\slash \\n \\N \\\\n \\, \\; \\",
    "a,b;c:d\"e'f=g|h^n^'i",
    '";VALUE=URI:mailto:a@b.example',
    "👩‍👩‍👧‍👦🏳️‍🌈é ñ 漢字",
    "שלום, עולם; \u202eevil\u202c مرحبا",
    "ąęółśżźćń" * 40,
    "x" * 5000,
    "\\" * 5000,
    "\n" * 500,
    "😀" * 1250,
    " leading, and trailing ",
    "",
)


def _shown(text: str) -> str:
    """What is left of a text in a calendar: every line, and no character that has no shape."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[\x00-\x09\x0b-\x1f\x7f\x85\u2028\u2029]", " ", lines)


def _event(**changes: Any) -> dict[str, Any]:
    return {
        "uid": "1@example.org",
        "title": "Title",
        "day": "2027-01-12",
        "time": "10:00",
        "minutes": 60,
        "text": "Text",
        "address": "https://example.org/a.html",
        **changes,
    }


def _written(page: Page, events: list[dict[str, Any]], **setting: str) -> bytes:
    """A calendar as the script writes it, in UTF-8."""
    text: str = page.evaluate(WRITE, [events, {"name": "Name", "zone": "Europe/Warsaw", **setting}])
    return text.encode()


@pytest.mark.parametrize("zone", ["Europe/Warsaw", "Africa/Cairo"])
def test_calendar_gives_back_any_text_and_nothing_else(site: Site, browser: Browser, zone: str) -> None:
    """Whatever a title or a text holds, both parsers read it back, in as many entries as were written."""
    pairs = [*zip(HOSTILE, reversed(HOSTILE), strict=True)]
    events = [_event(uid=f"{n:03}", title=title, text=text) for n, (title, text) in enumerate(pairs)]
    with reading(site, browser) as reader:
        file = _written(reader.tab(PLAN), events, name="".join(HOSTILE), zone=zone)
    lines = _lines(file)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(events)
    start = "2027-01-12T10:00:00" if zone in zones.rules() else "2027-01-12T08:00:00"
    for found in (_by_python(file), _by_mozilla(file)):
        in_order = sorted(found, key=lambda one: one.uid)
        assert [(one.title, one.text) for one in in_order] == [(_shown(a), _shown(b)) for a, b in pairs]
        assert {(one.start, one.address) for one in found} == {(start, "https://example.org/a.html")}


def test_calendar_has_any_name_and_nothing_else(site: Site, browser: Browser) -> None:
    """The calendar's own name cannot add a line either; parsers leave it as it is written."""
    marks = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
    with reading(site, browser) as reader:
        page = reader.tab(PLAN)
        plain = _lines(_written(page, [_event()]))
        place = plain.index("X-WR-CALNAME:Name")
        for name in HOSTILE:
            lines = _lines(_written(page, [_event()], name=name))
            assert lines[place] == f"X-WR-CALNAME:{_shown(name).translate(marks)}"
            assert len(lines) == len(plain)


def test_calendar_breaks_no_letter_at_the_end_of_a_line(site: Site, browser: Browser) -> None:
    """Letters of one to four octets, at every place where a line could end, stay whole."""
    titles = ["x" * away + letter * 60 for away in range(76) for letter in ("x", "ż", "漢", "😀")]
    events = [_event(uid=f"{n:03}", title=title) for n, title in enumerate(titles)]
    with reading(site, browser) as reader:
        file = _written(reader.tab(PLAN), events)
    _lines(file)
    for found in (_by_python(file), _by_mozilla(file)):
        assert [one.title for one in sorted(found, key=lambda one: one.uid)] == titles


@pytest.mark.parametrize(
    "field",
    [
        {"uid": "x\r\nSUMMARY:other\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:y"},
        {"uid": "x\nATTENDEE:mailto:a@example.org"},
        {"uid": "x\u2028y\x85z"},
        {"address": "https://example.org/\r\nATTENDEE:mailto:a@example.org"},
        {"address": "https://example.org/\x00\x0b\x85\u2028ATTENDEE:x"},
        {"address": "javascript:alert(1)"},
    ],
    ids=repr,
)
def test_calendar_ids_and_addresses_add_no_line(site: Site, browser: Browser, field: dict[str, str]) -> None:
    """Neither an id nor an address, whatever it holds, can add a line of its own."""
    with reading(site, browser) as reader:
        page = reader.tab(PLAN)
        plain = [line.partition(":")[0] for line in _lines(_written(page, [_event(address="")]))]
        file = _written(page, [_event(**{"address": "", **field})])
    names = [line.partition(":")[0] for line in _lines(file) if not line.startswith("URL:http")]
    assert names == plain


def test_calendar_of_a_plan_from_anywhere_has_only_its_entries(
    site: Site, browser: Browser, languages: dict[str, Programme]
) -> None:
    """A plan brought in from a file, with an id made to do harm, gives the same entries as any other."""
    wicked = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:planted\r\nDTSTART:20270101T000000Z\r\nSUMMARY:Planted"
    with reading(site, browser) as reader:
        file = _saved(_brought(reader, id=wicked))
    lines = _lines(file)
    assert [line for line in lines if line.startswith("SUMMARY:Planted")] == []
    assert lines.count("BEGIN:VEVENT") == len(_expected(Chosen(site.address, ""), languages["en"]))


@pytest.mark.parametrize(
    ("day", "time"), [("2027-04-29", "23:30"), ("2027-10-28", "22:30"), ("2027-10-28", "23:30")]
)
def test_calendar_meeting_is_as_long_when_clocks_change_during_it(
    site: Site, browser: Browser, day: str, time: str
) -> None:
    """Where times are told in universal time, an hour is an hour, even on the night of a change in Cairo."""
    with reading(site, browser) as reader:
        file = _written(reader.tab(PLAN), [_event(day=day, time=time)], zone="Africa/Cairo")
    for [found] in (_by_python(file), _by_mozilla(file)):
        lasts = datetime.fromisoformat(found.ends) - datetime.fromisoformat(found.begins)
        assert lasts == timedelta(hours=1)
