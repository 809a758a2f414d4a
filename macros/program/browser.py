"""What scripts in the reader's browser need of the programme, as plain values that JSON can hold.

A reader may choose a first day, a rhythm and a role of their own. Dates are then worked out in the
browser, by the same rules as in `schedule`; `tests/browser/test_plan.py` holds one to the other.
"""

from __future__ import annotations

from typing import Any

from macros.program import learning, schedule, views
from macros.program.loading import Programme
from macros.program.model import When
from macros.program.worksheet import Worksheet


def facts(programme: Programme) -> dict[str, Any]:
    """The programme as a timetable: who does what, when it is due, how long it takes."""
    organisation = programme.organisation
    return {
        "organisation": {
            "name": organisation.name,
            "programme": organisation.programme,
            "start": organisation.start.isoformat() if organisation.start else "",
            "time": f"{organisation.start_time:%H:%M}" if organisation.start_time else "",
            "cadence": organisation.cadence_weeks,
            "minutes": organisation.meeting_minutes,
            "paper": organisation.paper,
            "zone": organisation.time_zone,
            "holidays": [[days.first.isoformat(), days.last.isoformat()] for days in organisation.holidays],
        },
        "roles": {name: role.title for name, role in programme.roles.items()},
        "phases": [
            {"id": one.id, "title": one.title, "starts": _when(one.starts), "ends": _when(one.ends)}
            for one in programme.program.phases
        ],
        "sessions": [
            {
                "id": name,
                "title": one.title,
                "number": schedule.number(programme, name) or 0,
                "roles": one.roles,
                "when": _when(one.when),
                "agendas": {
                    length: [
                        [clock.first, clock.last, item.title]
                        for clock, item in zip(
                            views.clock_of(programme, one, length), one.agenda, strict=True
                        )
                        if clock is not None
                    ]
                    for length in one.all_lengths
                },
                "length": one.minutes,
                "sheets": views.worksheets_of_session(programme, name),
            }
            for name, one in programme.sessions.items()
        ],
        "milestones": [
            {
                "id": one.id,
                "title": one.title,
                "roles": one.roles,
                "when": _when(one.when),
                "minutes": one.minutes,
            }
            for one in programme.program.milestones
        ],
        "items": [
            {
                "id": task.item.id,
                "phase": task.phase,
                "text": task.item.text,
                "roles": task.item.roles,
                "session": task.item.session or "",
                "every": task.item.every is not None,
                "when": _when(task.item.when) if task.item.when else None,
                "moment": task.item.moment or "",
                "days": task.item.days,
                "minutes": task.item.minutes,
                "help": task.item.help or "",
            }
            for task in views.tasks(programme)
        ],
        "sheets": {
            name: {"title": f"{sheet.code} {sheet.title}", "copies": sheet.copies or ""}
            for name, sheet in programme.worksheets.items()
        },
        "modules": {
            name: {"title": one.title, "minutes": learning.times(programme, name).total}
            for name, one in programme.modules.items()
        },
        "scenarios": {name: one.title for name, one in programme.scenarios.items()},
        "paths": {
            path.role: {"modules": path.modules, "scenarios": path.scenarios}
            for path in (learning.course_path(programme, name) for name in programme.roles)
        },
    }


def labels(programme: Programme) -> dict[str, Any]:
    """How people call what they filled in: fields and their options, questions and their options."""
    return {
        "sheets": {
            name: {
                field.id: _field(field, programme)
                for field in sheet.fields
                if field.type not in ("fixed-text", "letter", "contacts")
            }
            for name, sheet in programme.worksheets.items()
        },
        "quizzes": {
            name: {
                one.id: {
                    "label": one.text,
                    "options": {
                        option: value.text
                        for option, value in (
                            getattr(one, "options", None) or getattr(one, "steps", None) or {}
                        ).items()
                    },
                }
                for one in quiz.questions
            }
            for name, quiz in programme.quizzes.items()
        },
        "items": {task.item.id: task.item.text for task in views.tasks(programme)},
    }


def tick_keys(programme: Programme, task: views.Task, session: str | None = None) -> dict[str, str]:
    """The boxes of a checklist item: by the key a browser keeps a tick under, what it is for.

    A thing that comes with every meeting has a box for each, told apart by the meeting's id; one of an
    event that comes back has them by number. Keys hold ids only, so that neither reordering nor
    rewording ticks another thing. `session` asks for the box of one meeting.
    """
    item = task.item
    if item.every == "meeting":
        names = [session] if session else schedule.meetings(programme)
        return {f"{item.id}@{name}": programme.sessions[name].title for name in names}
    if len(task.slots) > 1:
        return {f"{item.id}@{number}": str(number) for number in range(1, len(task.slots) + 1)}
    return {item.id: ""}


def copies(programme: Programme, sheet: Worksheet) -> dict[str, str]:
    """The copies of a sheet that everybody needs: one for each meeting, by its id, where that is so."""
    if sheet.copies != "meeting":
        return {}
    return {name: programme.sessions[name].title for name in schedule.meetings(programme)}


def _when(when: When) -> dict[str, Any]:
    """A moment by the one key it is told in."""
    return when.model_dump(exclude_none=True)


def _field(field: Any, programme: Programme) -> dict[str, Any]:
    told = {"label": field.label}
    if field.type == "table":
        cells = {
            f"{row}.{column}": f"{row_label}: {column_label}"
            for row, row_label in field.rows.items()
            for column, column_label in field.columns.items()
        }
        return {**told, "cells": cells}
    if field.type == "topics":
        tracks = programme.tracks.items()
        topics = {f"{name}.{one}": topic for name, track in tracks for one, topic in track.topics.items()}
        return {**told, "options": topics}
    options = getattr(field, "options", None) or getattr(field, "items", None)
    return {**told, "options": dict(options)} if options else told
