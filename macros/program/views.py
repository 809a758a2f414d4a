"""What people look for, computed from the programme: plans, checklists, totals.

Nothing here is written in the data a second time; every list is a view of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from macros.program import schedule
from macros.program.loading import Programme
from macros.program.model import ChecklistItem, Phase, Session
from macros.program.schedule import Slot
from macros.program.tracks import Swap
from macros.program.values import Moment
from macros.program.worksheet import Artefact, Worksheet

MOMENTS: tuple[Moment, ...] = ("before", "during", "after")


def chosen(programme: Programme) -> Programme:
    """The programme without the roles and sessions that the organisation switched off.

    What hangs on them goes too: a sheet that nobody fills in, an item that nobody does or that is
    never due, an event whose meetings are not held, and whatever points to one of these.
    """
    off = programme.organisation.switched_off
    gone = set(off.roles)
    on = programme.organisation.tracks
    sheets = {
        name: sheet.model_copy(
            update={"by": _without(sheet.by, gone), "follows": _without(sheet.follows, off.sessions)}
        )
        for name, sheet in programme.worksheets.items()
        if set(sheet.by) - gone
    }
    idle = programme.worksheets.keys() - sheets.keys()
    held = {name: one for name, one in programme.sessions.items() if name not in off.sessions}
    fewer = replace(programme, sessions=held)
    weeks = {name: schedule.session_weeks(fewer, name) for name in held}
    sessions = {
        name: _session_without(held[name], gone, idle)
        for name in sorted(held, key=lambda name: min(weeks[name], default=0))
        if weeks[name]
    }
    unlinked = {f"templates/agendas/{name}" for name in programme.sessions.keys() - sessions.keys()}
    unlinked |= {f"templates/worksheets/{name}" for name in idle}
    unlinked |= {f"{folder}/{name}" for name in gone for folder in ("roles", "templates/checklists")}
    checklists = {
        phase: tuple(
            item.model_copy(
                update={
                    "roles": _without(item.roles, gone),
                    "help": None if item.help in unlinked else item.help,
                }
            )
            for item in items
            if set(item.roles) - gone
            and (item.session is None or item.session in sessions)
            and (item.when is None or schedule.weeks_of(fewer, item.when))
        )
        for phase, items in programme.checklists.items()
    }
    modules = {
        name: one.model_copy(
            update={
                "needed_by": _without(one.needed_by, gone),
                "useful_to": _without(one.useful_to, gone),
                "sessions": tuple(name for name in one.sessions if name in sessions),
                "worksheets": _without(one.worksheets, idle),
            }
        )
        for name, one in programme.modules.items()
        if {*one.needed_by, *one.useful_to} - gone
    }
    scenarios = {
        name: one.model_copy(
            update={
                "modules": tuple(module for module in one.modules if module in modules),
                "versions": {role: told for role, told in one.versions.items() if role not in gone},
            }
        )
        for name, one in programme.scenarios.items()
        if one.versions.keys() - gone
    }
    milestones = tuple(
        one.model_copy(update={"roles": _without(one.roles, gone)})
        for one in programme.program.milestones
        if set(one.roles) - gone and schedule.weeks_of(fewer, one.when)
    )
    tracks = {
        name: track.model_copy(
            update={
                "meetings": {
                    session: _swap_without(swap, gone, idle)
                    for session, swap in track.meetings.items()
                    if session in sessions
                }
            }
        )
        for name, track in programme.tracks.items()
        if on is None or name in on
    }
    left = {item.id for items in checklists.values() for item in items}
    artefacts = tuple(
        one.model_copy(update={"by": _without(one.by, gone), "follows": _without(one.follows, idle)})
        for one in programme.program.artefacts
        if set(one.by) - gone
    )
    duties = tuple(
        one.model_copy(
            update={part: _without(getattr(one, part), gone) for part in ("does", "asked", "told")}
        )
        for one in programme.duties
        if set(one.does) - gone and one.answers not in gone
    )
    return replace(
        programme,
        program=programme.program.model_copy(update={"milestones": milestones, "artefacts": artefacts}),
        tracks={name: track for name, track in tracks.items() if track.meetings},
        packs={
            name: one.model_copy(update={"contents": _without(one.contents, idle)})
            for name, one in programme.packs.items()
            if one.role not in gone and set(one.contents) - idle
        },
        guide={
            page: steps.model_copy(
                update={
                    "tasks": tuple(task for task in steps.tasks if task in left),
                    "sessions": tuple(name for name in steps.sessions if name in sessions),
                }
            )
            for page, steps in programme.guide.items()
        },
        duties=duties,
        risks=tuple(
            one.model_copy(
                update={
                    "owner": "programme-lead" if one.owner in gone else one.owner,
                    "counters": _without(one.counters, unlinked),
                }
            )
            for one in programme.risks
        ),
        standards=tuple(
            one.model_copy(update={"serves": _without(one.serves, unlinked)}) for one in programme.standards
        ),
        roles={
            name: role.model_copy(update={"call_role": None}) if role.call_role in gone else role
            for name, role in programme.roles.items()
            if name not in gone
        },
        sessions=sessions,
        checklists=checklists,
        worksheets=sheets,
        modules={
            name: one.model_copy(update={"first": tuple(other for other in one.first if other in modules)})
            for name, one in modules.items()
        },
        quizzes={name: quiz for name, quiz in programme.quizzes.items() if name in modules},
        scenarios=scenarios,
    )


def _session_without(session: Session, gone: set[str], idle: set[str]) -> Session:
    """A session without the roles and worksheets that are not there."""
    agenda = tuple(
        item.model_copy(
            update={
                "lead": _without(item.lead, gone),
                "lens": {who: lens for who, lens in item.lens.items() if who not in gone},
                "worksheets": _without(item.worksheets, idle),
            }
        )
        for item in session.agenda
    )
    trouble = tuple(
        one.model_copy(update={"by": _without(one.by, gone)})
        for one in session.trouble
        if not one.by or set(one.by) - gone
    )
    roles = _without(session.roles, gone)
    apart = _without(session.with_each, gone)
    return session.model_copy(
        update={"roles": roles, "with_each": apart, "agenda": agenda, "trouble": trouble}
    )


def _swap_without(swap: Swap, gone: set[str], idle: set[str]) -> Swap:
    """What a track makes of a meeting, without the roles and worksheets that are not there."""
    items = {
        name: core.model_copy(
            update={
                "lens": {who: lens for who, lens in core.lens.items() if who not in gone},
                "worksheets": _without(core.worksheets, idle),
            }
        )
        for name, core in swap.items.items()
    }
    return swap.model_copy(update={"items": items})


def _without(names: tuple[str, ...], gone: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in gone)


# --- checklists ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Task:
    """A checklist item in its place: the phase it is listed under and the moments it is due."""

    phase: str
    item: ChecklistItem
    slots: tuple[Slot, ...]

    @property
    def name(self) -> str:
        """The entry's name, as `Programme.language_of` knows it."""
        return f"checklists/{self.phase}/{self.item.id}"

    @property
    def times(self) -> int:
        """How often it is done in the whole programme."""
        return len(self.slots) * self.item.times

    @property
    def total_minutes(self) -> int:
        """Minutes it takes in the whole programme."""
        return self.times * self.item.minutes


@cache
def tasks(programme: Programme) -> tuple[Task, ...]:
    """Every checklist item, by phase and then by the moment it is first due."""
    found = [
        Task(phase.id, item, tuple(schedule.item_slots(programme, item)))
        for phase in programme.program.phases
        for item in programme.checklists.get(phase.id, ())
    ]
    phases = [phase.id for phase in programme.program.phases]
    return tuple(sorted(found, key=lambda task: (phases.index(task.phase), *_due(task))))


def _due(task: Task) -> tuple[int, bool, int]:
    sign = {"before": -1, "during": 0, "after": 1, None: 0}[task.item.moment]
    # What comes back with every meeting follows what is done once. The one day more keeps "the same
    # day, before" ahead of "during".
    week = min((slot.week for slot in task.slots), default=0)
    return (week, task.item.every is not None, sign * (task.item.days + 1))


def tasks_of_role(programme: Programme, role: str) -> list[Task]:
    """What one role has to do."""
    return [task for task in tasks(programme) if role in task.item.roles]


def tasks_of_session(programme: Programme, session: str, moment: Moment) -> list[Task]:
    """What is done before, during or after one session."""
    repeated = programme.sessions[session].kind == "meeting"
    found = [
        task
        for task in tasks(programme)
        if task.item.moment == moment
        and (task.item.session == session or (task.item.every == "meeting" and repeated))
    ]
    order = -1 if moment == "before" else 1
    return sorted(found, key=lambda task: order * task.item.days)


def grouped(tasks: Iterable[Task], programme: Programme) -> list[tuple[Phase, list[Task]]]:
    """Tasks under the phases they belong to; phases with none are left out."""
    listed = list(tasks)
    groups = [(phase, [t for t in listed if t.phase == phase.id]) for phase in programme.program.phases]
    return [(phase, group) for phase, group in groups if group]


# --- what a role does ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a role does, in order: attend a session, take part in a milestone, do a task."""

    kind: Literal["session", "milestone", "task"]
    name: str
    week: int
    slots: tuple[Slot, ...]
    minutes: int
    nth: int = 0
    """How often it came before."""

    @property
    def total_minutes(self) -> int:
        """Minutes it takes in the whole programme."""
        return self.minutes * len(self.slots)


def plan(programme: Programme, role: str) -> list[Step]:
    """The sessions and milestones of a role, in order of time."""
    steps = []
    for name, session in programme.sessions.items():
        if role in session.roles:
            held = tuple(schedule.session_slots(programme, name))
            minutes = schedule.length(programme, session) * times_in_a_row(programme, session, role)
            steps += [
                Step("session", name, slot.week, (slot,), minutes, nth) for nth, slot in enumerate(held)
            ]
    for milestone in programme.program.milestones:
        if role in milestone.roles:
            steps += [
                Step("milestone", milestone.id, slot.week, (slot,), milestone.minutes, nth)
                for nth, slot in enumerate(schedule.slots(programme, milestone.when))
            ]
    return sorted(steps, key=lambda step: (step.week, step.kind != "session"))


def times_in_a_row(programme: Programme, session: Session, role: str) -> int:
    """How often a role holds a session that is held with each of some people apart."""
    if not session.with_each or role in session.with_each:
        return 1
    return sum(people(programme, one) for one in session.with_each)


@dataclass(frozen=True, slots=True)
class Hours:
    """What a role costs in minutes: in sessions, in milestones such as surveys, and in tasks."""

    sessions: int
    milestones: int
    tasks: int

    @property
    def total(self) -> int:
        """All of it, in minutes."""
        return self.sessions + self.milestones + self.tasks


def hours(programme: Programme, role: str) -> Hours:
    """The time that a role takes, added up from every agenda, milestone and checklist item.

    A task done during a session costs nothing more: the session is counted already.
    """
    steps = plan(programme, role)
    return Hours(
        sessions=sum(step.total_minutes for step in steps if step.kind == "session"),
        milestones=sum(step.total_minutes for step in steps if step.kind == "milestone"),
        tasks=sum(
            task.total_minutes for task in tasks_of_role(programme, role) if task.item.moment != "during"
        ),
    )


# --- worksheets ---------------------------------------------------------------------------------


def worksheets_of_role(programme: Programme, role: str) -> dict[str, Worksheet]:
    """The sheets a role fills in."""
    return {name: sheet for name, sheet in programme.worksheets.items() if role in sheet.by}


def worksheets_of_session(programme: Programme, session: str) -> list[str]:
    """The sheets that an agenda uses, in the order it uses them."""
    return list(dict.fromkeys(s for item in programme.sessions[session].agenda for s in item.worksheets))


def sessions_with(programme: Programme, worksheet: str) -> list[str]:
    """The sessions whose agenda uses a sheet."""
    return [name for name in programme.sessions if worksheet in worksheets_of_session(programme, name)]


def tasks_with(programme: Programme, worksheet: str) -> list[Task]:
    """The checklist items that point to a sheet."""
    return _tasks_by_sheet(programme).get(worksheet, [])


@cache
def _tasks_by_sheet(programme: Programme) -> dict[str, list[Task]]:
    found: dict[str, list[Task]] = {}
    for task in tasks(programme):
        found.setdefault((task.item.help or "").rpartition("/")[2], []).append(task)
    return found


def neighbours(programme: Programme, name: str) -> tuple[str | None, str | None]:
    """The session before and the session after one, in the order of the programme."""
    order = list(programme.sessions)
    at = order.index(name)
    return (order[at - 1] if at else None, order[at + 1] if at + 1 < len(order) else None)


@dataclass(frozen=True, slots=True)
class Clock:
    """Where an agenda item stands in a session: minutes from its start and, if known, times of day."""

    first: int
    last: int
    begins: str | None
    ends: str | None

    @property
    def minutes(self) -> int:
        """How long the item takes."""
        return self.last - self.first


def clock_of(programme: Programme, session: Session, length: int) -> list[Clock | None]:
    """The running clock of an agenda in one length; None for an item that is left out there."""
    start = programme.organisation.start_time
    clocks: list[Clock | None] = []
    at = 0
    for item in session.agenda:
        minutes = item.minutes_in(length, session.minutes)
        if minutes is None:
            clocks.append(None)
            continue
        begins, ends = schedule.later(start, at), schedule.later(start, at + minutes)
        clocks.append(Clock(at, at + minutes, begins, ends))
        at += minutes
    return clocks


def first_week(programme: Programme, worksheet: str) -> int:
    """The week in which a sheet is first used, counted from the first meeting."""
    weeks = [
        week
        for name in sessions_with(programme, worksheet)
        for week in schedule.session_weeks(programme, name)
    ]
    weeks += [slot.week for task in tasks_with(programme, worksheet) for slot in task.slots]
    return min(weeks, default=0)


# --- the kit ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """An artefact of the kit, whatever it is made of: for whom, in which phases, on which page."""

    code: str
    title: str
    place: str
    """Its page, as a path in docs/ without .md."""
    name: str
    """Its entry, as `Programme.language_of` knows it."""
    roles: tuple[str, ...]
    phases: tuple[str, ...]
    minutes: int
    rests_on: tuple[str, ...]


@cache
def kit(programme: Programme) -> tuple[Piece, ...]:
    """Every artefact by its code: worksheets, sessions that have one, and pages that the data makes."""
    found = [
        Piece(
            sheet.code,
            sheet.title,
            f"templates/worksheets/{name}",
            f"worksheets/{name}",
            sheet.by,
            tuple(p.id for p in programme.program.phases if name in of_phase(programme, p.id)[1]),
            sheet.minutes,
            sheet.rests_on,
        )
        for name, sheet in programme.worksheets.items()
    ]
    found += [
        Piece(
            one.code,
            one.title,
            f"templates/agendas/{name}",
            f"sessions/{name}",
            one.roles,
            (one.phase,),
            schedule.length(programme, one),
            one.rests_on,
        )
        for name, one in programme.sessions.items()
        if one.code is not None
    ]
    found += [
        Piece(one.code, one.title, one.place, "program", one.by, one.phases, one.minutes, one.rests_on)
        for one in programme.program.artefacts
    ]
    order = "MEPSFL"
    return tuple(
        sorted(found, key=lambda piece: (order.find(piece.code[0]), piece.code[0], int(piece.code[1:])))
    )


def basis(programme: Programme, rests_on: tuple[str, ...]) -> str:
    """What something rests on, in a word: a study, a standard, practice, or nothing but our judgement."""
    grades = {programme.sources[one.partition("/")[0]].grade for one in rests_on}
    if grades & {"study", "review"}:
        return "study"
    if "standard" in grades:
        return "standard"
    return "practice" if grades else "judgement"


def before_and_after(programme: Programme, artefact: Artefact, name: str) -> tuple[list[str], list[str]]:
    """The sheets and sessions that come right before one, and those that it comes right before."""
    known = {**programme.worksheets, **programme.sessions}
    before = [one for one in artefact.follows if one in known]
    after = [one for one, sheet in programme.worksheets.items() if name in sheet.follows]
    return before, after


def hours_each_pair(programme: Programme, role: str) -> int:
    """Minutes that one more pair adds to a role's hours."""
    organisation = programme.organisation
    more = replace(programme, organisation=organisation.model_copy(update={"pairs": organisation.pairs + 1}))
    return hours(more, role).total - hours(programme, role).total


MANY = ("mentor", "mentee", "line-manager")
"""Roles of which there is one in each pair; of the others there is one in the programme."""


def people(programme: Programme, role: str) -> int:
    """How many there are of a role."""
    return programme.organisation.pairs if role in MANY else 1


# --- the index of templates ---------------------------------------------------------------------


def of_role(programme: Programme, role: str) -> tuple[str, list[str], list[str]]:
    """A role with the sessions it attends and the sheets it fills in."""
    sessions = [name for name, session in programme.sessions.items() if role in session.roles]
    return role, sessions, list(worksheets_of_role(programme, role))


def of_phase(programme: Programme, phase: str) -> tuple[list[str], list[str]]:
    """The sessions of a phase, and the sheets that its sessions or tasks use."""
    sessions = [name for name, session in programme.sessions.items() if session.phase == phase]
    used = {sheet for name in sessions for sheet in worksheets_of_session(programme, name)}
    sheets = [
        name
        for name in programme.worksheets
        if name in used or any(task.phase == phase for task in tasks_with(programme, name))
    ]
    return sessions, sheets


def sheets_of_moment(programme: Programme, moment: Moment) -> list[str]:
    """The sheets used before, during or after a session."""
    return [
        name
        for name in programme.worksheets
        if any(task.item.moment == moment for task in tasks_with(programme, name))
        or (moment == "during" and sessions_with(programme, name))
    ]
