"""Rules of time zones for calendar files: another's parser makes of them what the database says."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

import pytest
from icalendar import Timezone

from macros.program import zones
from macros.program.zones import Change

YEARS = range(2027, 2036)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

WARSAW = Change("CEST", month=3, week=5, weekday=0, seconds=7200, before=3600, after=7200)
NUUK = Change("-01", month=3, week=5, weekday=0, seconds=-3600, before=-7200, after=-3600)
NEW_YORK = Change("EDT", month=3, week=2, weekday=0, seconds=7200, before=-18000, after=-14400)
JERUSALEM = Change("IDT", month=3, week=4, weekday=4, seconds=93600, before=7200, after=10800)


@cache
def _zone(name: str) -> ZoneInfo:
    """A zone as the package has it: the system's database may be older."""
    data = (resources.files("tzdata") / "zoneinfo").joinpath(*name.split("/")).read_bytes()
    return ZoneInfo.from_file(io.BytesIO(data), name)


def _offset(name: str, moment: datetime) -> timedelta | None:
    return moment.astimezone(_zone(name)).utcoffset()


def _changes(name: str) -> Iterator[datetime]:
    """Every moment at which the database has the clocks of a zone change, to the minute."""
    day = datetime(YEARS[0], 1, 1, tzinfo=UTC)
    while day.year in YEARS:
        before, after = day, day + DAY
        if _offset(name, before) != _offset(name, after):
            while after - before > MINUTE:
                middle = before + (after - before) // MINUTE // 2 * MINUTE
                if _offset(name, middle) == _offset(name, day):
                    before = middle
                else:
                    after = middle
            yield after
        day += DAY


def _moments(name: str) -> list[datetime]:
    """The middle of every month, and moments around each change."""
    aside = (-DAY, -HOUR, -MINUTE, timedelta(0), MINUTE, HOUR, DAY)
    months = [datetime(year, month, 15, 12, tzinfo=UTC) for year in YEARS for month in range(1, 13)]
    return [*months, *(change + away for change in _changes(name) for away in aside)]


def _every_zone() -> set[str]:
    """The zones that somebody lives in."""
    table = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    return {line.split("\t")[2] for line in table.splitlines() if not line.startswith("#")}


def test_zones_have_the_offsets_of_the_database_in_another_parser() -> None:
    """Whoever reads the rules finds the database's offset in each month and on both sides of every change."""
    expected: dict[tuple[str, ...], dict[datetime, timedelta | None]] = {}
    for name, lines in zones.rules().items():
        known = expected.setdefault(lines, {})
        for moment in _moments(name):
            offset = _offset(name, moment)
            assert known.setdefault(moment, offset) == offset, (name, moment)
    for lines, known in expected.items():
        text = "\r\n".join(("BEGIN:VTIMEZONE", "TZID:Not/Known", *lines, "END:VTIMEZONE", ""))
        read = Timezone.from_ical(text)
        assert isinstance(read, Timezone)
        zone = read.to_tz(lookup_tzid=False)
        assert {moment: moment.astimezone(zone).utcoffset() for moment in known} == known, lines


def test_zones_without_rules_are_known() -> None:
    """Left out are those whose clocks keep to no yearly rule, and no others.

    Gaza's and Hebron's follow the moon. Cairo's go back at the end of a Thursday that may be the last day
    of October, and so in another month. Havana's stay in summer from 2026 to 2027, unless the database is
    older than that news or newer than its end.
    """
    winters = {_offset("America/Havana", datetime(year, 1, 15, tzinfo=UTC)) for year in YEARS}
    havana = {"America/Havana"} if len(winters) > 1 else set()
    assert _every_zone() - set(zones.rules()) == {"Africa/Cairo", "Asia/Gaza", "Asia/Hebron"} | havana
    assert set(zones.rules()) <= _every_zone()


def test_zones_have_no_list_of_dates() -> None:
    """Each line is one of those that every calendar reads; there is no RDATE, and nothing but ASCII."""
    known = {"BEGIN", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RRULE", "END"}
    for name, lines in zones.rules().items():
        assert {line.partition(":")[0] for line in lines} <= known, name
        assert all(line.isascii() and line.isprintable() and len(line) <= 75 for line in lines), name


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "Europe/Warsaw",
            (
                "BEGIN:DAYLIGHT",
                "DTSTART:19700329T020000",
                "TZOFFSETFROM:+0100",
                "TZOFFSETTO:+0200",
                "TZNAME:CEST",
                "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
                "END:DAYLIGHT",
                "BEGIN:STANDARD",
                "DTSTART:19701025T030000",
                "TZOFFSETFROM:+0200",
                "TZOFFSETTO:+0100",
                "TZNAME:CET",
                "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
                "END:STANDARD",
            ),
        ),
        (
            "America/Nuuk",
            (
                "BEGIN:DAYLIGHT",
                "DTSTART:19700328T230000",
                "TZOFFSETFROM:-0200",
                "TZOFFSETTO:-0100",
                "TZNAME:-01",
                "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=SA;BYMONTHDAY=24,25,26,27,28,29,30",
                "END:DAYLIGHT",
                "BEGIN:STANDARD",
                "DTSTART:19701025T000000",
                "TZOFFSETFROM:-0100",
                "TZOFFSETTO:-0200",
                "TZNAME:-02",
                "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
                "END:STANDARD",
            ),
        ),
        (
            "Europe/Dublin",
            (
                "BEGIN:STANDARD",
                "DTSTART:19701025T020000",
                "TZOFFSETFROM:+0100",
                "TZOFFSETTO:+0000",
                "TZNAME:GMT",
                "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
                "END:STANDARD",
                "BEGIN:DAYLIGHT",
                "DTSTART:19700329T010000",
                "TZOFFSETFROM:+0000",
                "TZOFFSETTO:+0100",
                "TZNAME:IST",
                "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
                "END:DAYLIGHT",
            ),
        ),
        (
            "Asia/Kolkata",
            (
                "BEGIN:STANDARD",
                "DTSTART:19700101T000000",
                "TZOFFSETFROM:+0530",
                "TZOFFSETTO:+0530",
                "TZNAME:IST",
                "END:STANDARD",
            ),
        ),
    ],
)
def test_zone_has_its_rules(name: str, lines: tuple[str, ...]) -> None:
    """The lines are what the zone's law says, even where the clocks change outside the day."""
    assert zones.rules()[name] == lines


@pytest.mark.parametrize(
    ("change", "year", "expected"),
    [
        (WARSAW, 2027, "2027-03-28 02:00"),
        (WARSAW, 2030, "2030-03-31 02:00"),  # the last day is a Sunday
        (WARSAW, 2035, "2035-03-25 02:00"),  # the last week has no Sunday
        (NUUK, 2027, "2027-03-27 23:00"),  # the evening before
        (NEW_YORK, 2026, "2026-03-08 02:00"),  # the first day is a Sunday
        (NEW_YORK, 2027, "2027-03-14 02:00"),
        (JERUSALEM, 2027, "2027-03-26 02:00"),  # the morning after the fourth Thursday
        (JERUSALEM, 2029, "2029-03-23 02:00"),
    ],
)
def test_change_has_its_moment(change: Change, year: int, expected: str) -> None:
    """The week and the weekday name a day, and the time may lie before or after it."""
    assert f"{change.moment(year):%Y-%m-%d %H:%M}" == expected
