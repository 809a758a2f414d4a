"""When things happen: weeks from the first meeting always, dates where the organisation has a start.

A date that falls on a weekend or a day off moves to the next working day. What is due before a session
moves the other way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from macros.program.loading import Programme
from macros.program.model import ChecklistItem, Organisation, Session, When

SEARCH_DAYS = 28
"""How many days ahead a working day is looked for. Longer than any holiday a programme survives."""


class NoFreeDayError(Exception):
    """No working day within `SEARCH_DAYS` of the day in `args[0]`."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment of the programme: weeks after the first meeting and, if known, the day.

    `moved_from` is the day that was meant where the calendar forbade it.
    """

    week: int
    day: date | None = None
    moved_from: date | None = None


def meetings(programme: Programme) -> list[str]:
    """The ids of the pair's meetings, in order. A meeting's number is its place here."""
    return [name for name, session in programme.sessions.items() if session.kind == "meeting"]


def number(programme: Programme, name: str) -> int | None:
    """The number of a meeting, from 1, or None for an event."""
    order = meetings(programme)
    return order.index(name) + 1 if name in order else None


def weeks_of(programme: Programme, when: When) -> list[int]:
    """Weeks after the first meeting of pairs; more than one where the moment comes back."""
    cadence = programme.organisation.cadence_weeks
    count = len(meetings(programme))
    if when.first_meeting is not None:
        return [when.first_meeting]
    if when.last_meeting is not None:
        return [max(count - 1, 0) * cadence + when.last_meeting]
    if when.meeting is not None:
        return [(when.meeting - 1) * cadence] if when.meeting <= count else []
    return [(n - 1) * cadence + 1 for n in when.after_meetings or () if n <= count]


def slots(programme: Programme, when: When) -> list[Slot]:
    """The moments that `when` names.

    Raises `NoFreeDayError` where the calendar leaves no room.
    """
    return [_slot(programme.organisation, week) for week in weeks_of(programme, when)]


def session_weeks(programme: Programme, name: str) -> list[int]:
    """The weeks in which a session is held; none where the meetings it follows are not."""
    place = number(programme, name)
    return weeks_of(programme, programme.sessions[name].when if place is None else When(meeting=place))


def session_slots(programme: Programme, name: str) -> list[Slot]:
    """When a session is held; an event may come back."""
    return [_slot(programme.organisation, week) for week in session_weeks(programme, name)]


def item_slots(programme: Programme, item: ChecklistItem) -> list[Slot]:
    """When a checklist item is due: its own moment, or counted from each session it belongs to."""
    if item.when is not None:
        return slots(programme, item.when)
    names = [item.session] if item.session else meetings(programme)
    held = [slot for name in names if name in programme.sessions for slot in session_slots(programme, name)]
    sign = {"before": -1, "during": 0, "after": 1}[item.moment or "during"]
    return [Slot(slot.week, _near(programme.organisation, slot.day, sign, item.days)) for slot in held]


def skipped_times(programme: Programme) -> Iterator[tuple[str, date]]:
    """Sessions whose start does not exist because clocks go forward that night."""
    organisation = programme.organisation
    if organisation.start is None or organisation.start_time is None:
        return
    zone = ZoneInfo(organisation.time_zone)
    for name in programme.sessions:
        for slot in session_slots(programme, name):
            if slot.day is None:
                continue
            local = datetime.combine(slot.day, organisation.start_time, zone)
            if local.astimezone(UTC).astimezone(zone).time() != organisation.start_time:
                yield name, slot.day


def later(start: time | None, minutes: int) -> str | None:
    """The time of day so many minutes after a start, or None where there is no start."""
    if start is None:
        return None
    moment = datetime.combine(date(2000, 1, 1), start) + timedelta(minutes=minutes)
    return moment.strftime("%H:%M")


def _near(organisation: Organisation, day: date | None, sign: int, days: int) -> date | None:
    """The working day so many days before or after a session; further away where the calendar wants it."""
    if day is None or not days:
        return day
    for more in range(SEARCH_DAYS):
        near = day + timedelta(days=sign * (days + more))
        if _free(organisation, near):
            return near
    raise NoFreeDayError(day)


def _slot(organisation: Organisation, week: int) -> Slot:
    if organisation.start is None:
        return Slot(week)
    meant = organisation.start + timedelta(weeks=week)
    for ahead in range(SEARCH_DAYS):
        day = meant + timedelta(days=ahead)
        if _free(organisation, day):
            return Slot(week, day, meant if ahead else None)
    raise NoFreeDayError(meant)


def _free(organisation: Organisation, day: date) -> bool:
    return day.weekday() < 5 and not any(day in days_off for days_off in organisation.holidays)


def length(programme: Programme, session: Session) -> int:
    """How many minutes this organisation gives to a session."""
    return session.length_for(programme.organisation.meeting_minutes)
