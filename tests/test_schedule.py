"""When things happen: weeks, days, and days that move out of the way of weekends and holidays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise, product
from typing import Any

import pytest
from pydantic import TypeAdapter

from macros.program import schedule
from macros.program.loading import Programme, load
from macros.program.model import When
from macros.program.schedule import NoFreeDayError, Slot
from macros.program.values import DayRange, DaysOff
from tests.conftest import Sample


@pytest.fixture
def programme(sample: Sample) -> Programme:
    """The sample programme: first meeting on Monday 7 April 2031, the second two weeks later."""
    return load(sample.data).programme


def _organised(programme: Programme, **changes: Any) -> Programme:
    return replace(programme, organisation=programme.organisation.model_copy(update=changes))


def _days_off(*written: str) -> tuple[DayRange, ...]:
    return tuple(TypeAdapter(DaysOff).validate_python(days) for days in written)


@pytest.mark.parametrize(
    ("when", "every_two", "every_four"),
    [
        (When(first_meeting=-3), [-3], [-3]),
        (When(first_meeting=5), [5], [5]),
        (When(last_meeting=0), [2], [4]),
        (When(last_meeting=-1), [1], [3]),
        (When(meeting=1), [0], [0]),
        (When(meeting=2), [2], [4]),
        (When(after_meetings=(1, 2)), [1, 3], [1, 5]),
        (When(after_meetings=(2, 3)), [3], [5]),
    ],
    ids=repr,
)
def test_schedule_counts_weeks_from_the_first_meeting(
    when: When, every_two: list[int], every_four: list[int], programme: Programme
) -> None:
    """Each way to tell a moment becomes weeks, by the cadence; nothing comes after a meeting not held."""
    found = [schedule.weeks_of(_organised(programme, cadence_weeks=n), when) for n in (2, 4)]
    assert found == [every_two, every_four]


def test_schedule_numbers_meetings_and_no_events(programme: Programme) -> None:
    """Meetings have their number in order; an event has none."""
    assert {name: schedule.number(programme, name) for name in programme.sessions} == {
        "flour-evening": None,
        "first-dough": 1,
        "second-oven": 2,
    }


def test_schedule_gives_each_session_its_day(programme: Programme) -> None:
    """Dates count from the start; the second meeting makes way for two days off and says from when."""
    assert {name: schedule.session_slots(programme, name) for name in programme.sessions} == {
        "flour-evening": [Slot(-2, date(2031, 3, 24))],
        "first-dough": [Slot(0, date(2031, 4, 7))],
        "second-oven": [Slot(2, date(2031, 4, 23), date(2031, 4, 21))],
    }


def test_schedule_gives_each_item_its_days(programme: Programme) -> None:
    """An item is due at its own moment, or so many days before or after each session it belongs to.

    The day before a Monday is the Friday; the day before one that follows days off comes before these.
    """
    items = {item.id: item for items in programme.checklists.values() for item in items}
    assert {name: schedule.item_slots(programme, item) for name, item in items.items()} == {
        "order-flour": [Slot(-4, date(2031, 3, 10))],
        "invite-taster": [Slot(-2, date(2031, 3, 19))],
        "count-sieves": [Slot(-2, date(2031, 3, 24))],
        "sharpen-knife": [Slot(0, date(2031, 4, 4)), Slot(2, date(2031, 4, 18))],
        "write-diary": [Slot(0, date(2031, 4, 7)), Slot(2, date(2031, 4, 23))],
        "book-oven": [Slot(3, date(2031, 4, 28))],
    }


def test_schedule_without_a_start_has_weeks_only(programme: Programme) -> None:
    """Nothing guesses a date."""
    open_ended = _organised(programme, start=None)
    found = {name: schedule.session_slots(open_ended, name) for name in open_ended.sessions}
    assert found == {"flour-evening": [Slot(-2)], "first-dough": [Slot(0)], "second-oven": [Slot(2)]}
    items = [schedule.item_slots(open_ended, item) for item in open_ended.checklists["bake"]]
    assert items == [[Slot(0), Slot(2)], [Slot(0), Slot(2)], [Slot(3)]]


@pytest.mark.parametrize(
    ("start", "held", "holidays"),
    [
        (date(2031, 4, 4), date(2031, 4, 4), []),
        (date(2031, 4, 5), date(2031, 4, 7), []),
        (date(2031, 4, 6), date(2031, 4, 7), []),
        (date(2031, 4, 7), date(2031, 4, 8), ["2031-04-07"]),
        (date(2031, 4, 18), date(2031, 4, 23), ["2031-04-18", "2031-04-21/2031-04-22"]),
        (date(2030, 12, 24), date(2031, 1, 2), ["2030-12-24/2031-01-01"]),
        (date(2028, 2, 29), date(2028, 3, 1), ["2028-02-29"]),
    ],
    ids=str,
)
def test_schedule_moves_a_day_to_the_next_working_day(
    start: date, held: date, holidays: list[str], programme: Programme
) -> None:
    """A weekend, a day off, or both in a row are passed over, and the day that was meant is kept."""
    moved = _organised(programme, start=start, holidays=_days_off(*holidays))
    assert schedule.slots(moved, When(meeting=1)) == [Slot(0, held, start if held != start else None)]


def test_schedule_gives_up_where_no_day_is_free(programme: Programme) -> None:
    """Holidays that reach over the last day looked at leave no room; one day less and there is some."""
    start = date(2031, 4, 7)
    working = [
        start + timedelta(n) for n in range(schedule.SEARCH_DAYS) if (start + timedelta(n)).weekday() < 5
    ]
    nearly = _organised(programme, holidays=_days_off(f"{start}/{working[-2]}"))
    assert schedule.slots(nearly, When(meeting=1)) == [Slot(0, working[-1], start)]
    with pytest.raises(NoFreeDayError) as error:
        schedule.slots(_organised(programme, holidays=_days_off(f"{start}/{working[-1]}")), When(meeting=1))
    assert error.value.args == (start,)


STARTS = [date(2031, 12, 20) + timedelta(days=n) for n in range(0, 100, 9)]


@pytest.mark.parametrize("cadence", [1, 2, 3, 4, 12])
def test_schedule_never_meets_on_a_day_off(cadence: int, programme: Programme) -> None:
    """From any start, every session is on the first free day from the one meant, and meetings keep order."""
    off = {date(2032, 1, 1), date(2032, 1, 6)} | {date(2031, 12, 24) + timedelta(n) for n in range(5)}
    holidays = _days_off("2031-12-24/2031-12-28", "2032-01-01", "2032-01-06")
    for start, name in product(STARTS, programme.sessions):
        held = _organised(programme, start=start, cadence_weeks=cadence, holidays=holidays)
        for slot in schedule.session_slots(held, name):
            meant = start + timedelta(
                days=7 * {"flour-evening": -2, "first-dough": 0, "second-oven": cadence}[name]
            )
            free = next(
                day
                for day in (meant + timedelta(days=n) for n in range(15))
                if day.isoweekday() < 6 and day not in off
            )
            assert slot == Slot((meant - start).days // 7, free, meant if free != meant else None)
    for start in STARTS:
        held = _organised(programme, start=start, cadence_weeks=cadence, holidays=holidays)
        days = [slot.day for name in held.sessions for slot in schedule.session_slots(held, name) if slot.day]
        assert [(one, two) for one, two in pairwise(days) if one >= two] == []


def test_schedule_finds_the_hour_that_is_skipped(programme: Programme) -> None:
    """In Tehran clocks went from 00:00 to 01:00 on 22 March 2021; later, or elsewhere, all is well."""
    spring = _organised(
        programme, start=date(2021, 3, 22), start_time=time(0, 30), time_zone="Asia/Tehran", cadence_weeks=4
    )
    assert list(schedule.skipped_times(spring)) == [("first-dough", date(2021, 3, 22))]
    assert list(schedule.skipped_times(_organised(spring, start_time=time(1, 30)))) == []
    assert list(schedule.skipped_times(_organised(spring, time_zone="Europe/Warsaw"))) == []
    assert list(schedule.skipped_times(_organised(spring, start_time=None))) == []
    assert list(schedule.skipped_times(_organised(spring, start=None))) == []


@pytest.mark.parametrize(
    ("start", "minutes", "clock"),
    [
        (time(14, 30), 0, "14:30"),
        (time(14, 30), 45, "15:15"),
        (time(23, 50), 20, "00:10"),
        (time(9, 5), 55, "10:00"),
        (None, 45, None),
    ],
    ids=str,
)
def test_schedule_tells_the_time_of_day(start: time | None, minutes: int, clock: str | None) -> None:
    """Minutes from a start become a time of day, also past midnight; without a start there is none."""
    assert schedule.later(start, minutes) == clock


def test_schedule_gives_each_session_its_length(programme: Programme) -> None:
    """What the organisation gives to meetings rounds up to what each can be held in; events keep theirs."""
    assert {
        wanted: [
            schedule.length(_organised(programme, meeting_minutes=wanted), session)
            for session in programme.sessions.values()
        ]
        for wanted in (30, 45, 60, 90)
    } == {30: [25, 30, 45], 45: [25, 45, 45], 60: [25, 60, 60], 90: [25, 90, 60]}
