"""Time zones as calendar files want them: the yearly rules of each zone, instead of a list of dates.

Some calendars read only the first of a list of dates (`RDATE`) and are then an hour off; every one
reads a yearly rule (`RRULE`). The rules stand at the end of each file of the time zone database, in
the notation of POSIX `TZ` (RFC 9636, section 3.3.1). A zone whose future no such rule describes, as
where clocks follow the moon, is left out; its calendars are written in universal time.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

PROVED_YEARS = range(2027, 2041)
"""The years for which a rule is held against the whole database before it is used."""

_NAME = r"(?:<[+-]?\w+>|[A-Za-z]{3,})"
_TIME = r"[+-]?\d+(?::\d\d)?(?::\d\d)?"
_RULE = rf"M(\d+)\.(\d)\.(\d)(?:/({_TIME}))?"
_FOOTER = re.compile(rf"({_NAME})({_TIME})(?:({_NAME})({_TIME})?,{_RULE},{_RULE})?")
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LAST_WEEK = 5


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the clock that comes every year: on the `week`-th `weekday` (0 is Sunday) of a month.

    Week 5 is the last one. `seconds` after that day's midnight, by the clock that is left, the offset
    from universal time becomes `after` seconds instead of `before`. `seconds` may lie outside the day.
    """

    name: str
    month: int
    week: int
    weekday: int
    seconds: int
    before: int
    after: int

    def moment(self, year: int) -> datetime:
        """When the clock changes in one year, by the clock that is left."""
        first = datetime(year, self.month, 1)  # noqa: DTZ001 - a wall clock, which has no zone
        day = first + timedelta(days=(self.weekday - (first.weekday() + 1)) % 7 + 7 * (self.week - 1))
        while day.month != self.month:
            day -= timedelta(weeks=1)
        return day + timedelta(seconds=self.seconds)


@cache
def rules() -> dict[str, tuple[str, ...]]:
    """By zone: the lines that stand in its VTIMEZONE, after its name.

    Zones are those that somebody lives in, by the database's own list.
    """
    table = (_database() / "zone.tab").read_text(encoding="utf-8")
    names = sorted(line.split("\t")[2] for line in table.splitlines() if line and not line.startswith("#"))
    found = {name: _proved(name) for name in names}
    return {name: lines for name, lines in found.items() if lines}


def _database() -> resources.abc.Traversable:
    return resources.files("tzdata") / "zoneinfo"


def _proved(name: str) -> tuple[str, ...]:
    """The lines of a zone, or nothing where the zone will not keep to its rule."""
    data = _database().joinpath(*name.split("/")).read_bytes()
    # The package's own data: what the system has may be older, and another on the next machine.
    zone = ZoneInfo.from_file(io.BytesIO(data), name)
    footer = _FOOTER.fullmatch(data.split(b"\n")[-2].decode("ascii"))  # what holds from now on
    if footer is None:
        return ()
    changes = _changes(footer)
    for year in PROVED_YEARS:
        for change in changes:
            at = change.moment(year).replace(tzinfo=UTC) - timedelta(seconds=change.before)
            for moment, offset in ((at - timedelta(hours=1), change.before), (at, change.after)):
                if moment.astimezone(zone).utcoffset() != timedelta(seconds=offset):
                    return ()
        if not changes:
            months = (datetime(year, month, 1, tzinfo=UTC).astimezone(zone) for month in range(1, 13))
            if {moment.utcoffset() for moment in months} != {timedelta(seconds=_standard(footer))}:
                return ()
    return _lines(footer, changes)


def _standard(footer: re.Match[str]) -> int:
    return -_seconds(footer[2])  # POSIX counts westwards


def _changes(footer: re.Match[str]) -> tuple[Change, ...]:
    """The two changes of a year, or none where the clock stands."""
    if footer[3] is None:
        return ()
    standard = _standard(footer)
    summer = -_seconds(footer[4]) if footer[4] else standard + 3600
    pairs = ((footer[3], 5, standard, summer), (footer[1], 9, summer, standard))
    return tuple(
        Change(
            name=_plain(name),
            month=int(footer[first]),
            week=int(footer[first + 1]),
            weekday=int(footer[first + 2]),
            seconds=_seconds(footer[first + 3] or "2"),
            before=before,
            after=after,
        )
        for name, first, before, after in pairs
    )


def _lines(footer: re.Match[str], changes: tuple[Change, ...]) -> tuple[str, ...]:
    if not changes:
        return _part("STANDARD", _plain(footer[1]), "19700101T000000", _standard(footer), _standard(footer))
    found: list[str] = []
    for change in changes:
        rule = _yearly(change)
        if rule is None:
            return ()
        kind = "DAYLIGHT" if change.after > change.before else "STANDARD"
        start = f"{change.moment(1970):%Y%m%dT%H%M%S}"
        found += _part(kind, change.name, start, change.before, change.after, rule)
    return tuple(found)


def _part(kind: str, name: str, start: str, before: int, after: int, rule: str = "") -> tuple[str, ...]:
    lines = [
        f"BEGIN:{kind}",
        f"DTSTART:{start}",
        f"TZOFFSETFROM:{_offset(before)}",
        f"TZOFFSETTO:{_offset(after)}",
        f"TZNAME:{name}",
    ]
    return (*lines, *([f"RRULE:{rule}"] if rule else []), f"END:{kind}")


def _yearly(change: Change) -> str | None:
    """The rule of a change, or None where there is none.

    A change whose time lies outside its day is told by the days that it can fall on.
    """
    aside = change.seconds // 86400
    yearly = f"FREQ=YEARLY;BYMONTH={change.month}"
    if not aside:
        week = -1 if change.week == _LAST_WEEK else change.week
        return f"{yearly};BYDAY={week}{_DAYS[change.weekday]}"
    last = _MONTHS[change.month - 1] if change.week == _LAST_WEEK else 7 * change.week
    days = range(last - 6 + aside, last + 1 + aside)
    if not (days[0] >= 1 and days[-1] <= _MONTHS[change.month - 1]):
        return None  # it may fall into another month
    return f"{yearly};BYDAY={_DAYS[(change.weekday + aside) % 7]};BYMONTHDAY={','.join(map(str, days))}"


def _seconds(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    parts = [int(part) for part in text.lstrip("+-").split(":")]
    return sign * sum(part * size for part, size in zip(parts, (3600, 60, 1), strict=False))


def _offset(seconds: int) -> str:
    minutes = abs(seconds) // 60
    return f"{'-' if seconds < 0 else '+'}{minutes // 60:02}{minutes % 60:02}"


def _plain(name: str) -> str:
    return name.strip("<>")
