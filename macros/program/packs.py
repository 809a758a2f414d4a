"""Print packs: what is printed for a session, for a role, or for a purpose; how often, and in which order.

A pack follows from the programme: a session brings its guide and its sheets, a role brings everything
that it fills in. Only packs with a purpose of their own stand in `data/packs/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from macros.program import schedule, views
from macros.program.loading import Programme

Whom = str
"""For whom a part is printed: a role, or `pair`, or `room` for what is there once."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to print: which, for whom, and how many of it each of them gets."""

    kind: Literal["session", "worksheet", "checklist"]
    name: str
    whom: tuple[Whom, ...]
    times: int = 1


@dataclass(frozen=True, slots=True)
class PrintPack:
    """The parts of a pack in the order in which they are printed."""

    name: str
    parts: tuple[Part, ...]

    def copies(self, part: Part) -> tuple[int, int]:
        """How many of a part are printed: for each pair, and once besides."""
        each = sum(part.times for whom in part.whom if many(whom))
        return each, len(part.whom) * part.times - each

    @property
    def sets(self) -> tuple[Whom, ...]:
        """Everybody for whom something is printed, in order of first need."""
        return tuple(dict.fromkeys(whom for part in self.parts for whom in part.whom))


def names(programme: Programme) -> list[str]:
    """Every pack there is: of each session, of each role, and those with a purpose of their own."""
    return [*programme.sessions, *programme.roles, *programme.packs]


def many(whom: Whom) -> bool:
    """Whether there are as many of them as there are pairs."""
    return whom in views.MANY or whom == "pair"


def pack(programme: Programme, name: str) -> PrintPack:
    """The pack of this name. Raises `KeyError` where there is none."""
    if name in programme.sessions:
        return PrintPack(name, tuple(_of_session(programme, name)))
    if name in programme.roles:
        return PrintPack(name, tuple(_of_role(programme, name)))
    given = programme.packs[name]
    parts = (Part("worksheet", sheet, (given.role,)) for sheet in given.contents)
    return PrintPack(name, tuple(parts))


def _of_session(programme: Programme, name: str) -> Iterator[Part]:
    """The guide for those who lead, and each sheet for those who use it, as the agenda comes to it."""
    session = programme.sessions[name]
    leading = {role for item in session.agenda for role in item.lead}
    guided = [role for role in session.roles if session.kind == "meeting" or role in leading]
    for role in guided:
        yield Part("session", name, (role,))
    sheets = views.worksheets_of_session(programme, name)
    prepared = [
        sheet
        for task in views.tasks_of_session(programme, name, "before")
        if (sheet := (task.item.help or "").removeprefix("templates/worksheets/")) in programme.worksheets
    ]
    for sheet in dict.fromkeys([*prepared, *sheets]):
        one = programme.worksheets[sheet]
        users = tuple(role for role in session.roles if role in one.by)
        if one.printed_for == "person":
            yield Part("worksheet", sheet, users or ("room",))
        else:
            yield Part("worksheet", sheet, ("pair",) if one.printed_for == "pair" else ("room",))


def _of_role(programme: Programme, role: str) -> Iterator[Part]:
    """The checklist, then the guides of the sessions it attends and its sheets, in order of first use."""
    yield Part("checklist", role, (role,))
    meetings = len(schedule.meetings(programme))
    dated: list[tuple[float, Part]] = []
    for name, session in programme.sessions.items():
        if role in session.roles and any(role in item.lens for item in session.agenda):
            week: float = min(schedule.session_weeks(programme, name), default=0)
            dated.append((week, Part("session", name, (role,))))
    for name, sheet in programme.worksheets.items():
        if role in sheet.by:
            times = meetings if sheet.copies == "meeting" else 1
            week = views.first_week(programme, name) + 0.5  # after the guide of the same week
            dated.append((week, Part("worksheet", name, (role,), times)))
    yield from (part for _, part in sorted(dated, key=lambda one: one[0]))
