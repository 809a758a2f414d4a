"""What people look for: plans, checklists and totals, each held against the YAML by other means."""

from __future__ import annotations

import re
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from macros.program import views
from macros.program.loading import Programme
from macros.program.project import open_project
from macros.program.schedule import Slot
from macros.program.views import Clock, Hours, Step
from macros.render import Components
from tests.conftest import Sample, contents, raw

Raw = dict[str, Any]


def _english(sample: Sample) -> Programme:
    return open_project(sample.data, sample.docs).languages["en"]


def _raw(data: Path, folder: str) -> Raw:
    """Every file of a folder, by id, with all scalars as text."""
    return {path.stem: raw(path) for path in sorted((data / folder).glob("*.yml"))}


def _raw_items(data: Path) -> list[Raw]:
    return [item for file in _raw(data, "checklists").values() for item in file["items"]]


# --- hours --------------------------------------------------------------------------------------


def _times(when: Raw, meetings: int) -> int:
    """How often a moment of the programme comes."""
    if "after_meetings" in when:
        return sum(int(number) <= meetings for number in when["after_meetings"])
    return 1


def _raw_hours(data: Path, role: str, wanted: int, off: str) -> Hours:
    """What a role costs, added up from the files alone."""
    sessions = {name: one for name, one in _raw(data, "sessions").items() if name != off}
    meetings = sum(one["kind"] == "meeting" for one in sessions.values())
    attended = 0
    for session in sessions.values():
        if role not in session["roles"]:
            continue
        if session["kind"] == "event":
            attended += int(session["minutes"]) * _times(session["when"], meetings)
            continue
        lengths = sorted(map(int, [session["minutes"], *session.get("lengths", [])]))
        attended += min((length for length in lengths if length >= wanted), default=lengths[-1])
    milestones = sum(
        int(one["minutes"]) * _times(one["when"], meetings)
        for one in raw(data / "program.yml")["milestones"]
        if role in one["roles"]
    )
    tasks = 0
    for item in _raw_items(data):
        if role in item["roles"] and item.get("moment") != "during" and item.get("session") != off:
            times = meetings if "every" in item else _times(item.get("when", {}), meetings)
            tasks += times * int(item["minutes"])
    return Hours(attended, milestones, tasks)


@pytest.mark.parametrize(("minutes", "off"), list(product(["30", "45", "60", "90"], ["", "second-oven"])))
def test_views_hours_add_up(minutes: str, off: str, sample: Sample) -> None:
    """Hours of every role are what its sessions, milestones and tasks say, whatever is switched off."""
    sample.change("organisation.yml", "meeting_minutes: 45", f"meeting_minutes: {minutes}")
    sample.change("organisation.yml", "  sessions: []", f"  sessions: [{off}]")
    programme = _english(sample)
    found = {role: views.hours(programme, role) for role in programme.roles}
    roles = _raw(sample.data, "roles")
    assert found == {role: _raw_hours(sample.data, role, int(minutes), off) for role in roles}
    assert {role: one.total for role, one in found.items()} == {
        role: sum(getattr(one, part) for part in ("sessions", "milestones", "tasks"))
        for role, one in found.items()
    }


def test_views_plan_is_what_a_role_attends_in_order(sample: Sample) -> None:
    """Sessions and milestones of one role by week, each time they come, with their minutes."""
    assert views.plan(_english(sample), "taster") == [
        Step("session", "flour-evening", -2, (Slot(-2, date(2031, 3, 24)),), 25),
        Step("milestone", "tasting", 1, (Slot(1, date(2031, 4, 14)),), 15),
        Step("session", "second-oven", 2, (Slot(2, date(2031, 4, 23), date(2031, 4, 21)),), 45),
        Step("milestone", "tasting", 3, (Slot(3, date(2031, 4, 28)),), 15, nth=1),
    ]


# --- checklists ---------------------------------------------------------------------------------


def test_views_item_is_on_the_checklists_of_exactly_its_roles(sample: Sample) -> None:
    """For each role and each phase, the checklist holds the items that name it, and no other."""
    programme = _english(sample)
    items = _raw_items(sample.data)
    assert {
        role: sorted(task.item.id for task in views.tasks_of_role(programme, role))
        for role in programme.roles
    } == {
        role: sorted(item["id"] for item in items if role in item["roles"])
        for role in _raw(sample.data, "roles")
    }
    assert {
        phase.id: sorted(task.item.id for task in tasks)
        for phase, tasks in views.grouped(views.tasks(programme), programme)
    } == {
        phase: sorted(item["id"] for item in file["items"])
        for phase, file in _raw(sample.data, "checklists").items()
    }


def test_views_tasks_follow_time(sample: Sample) -> None:
    """Inside a phase the first due comes first, and what comes back with every meeting last of its week."""
    assert [task.item.id for task in views.tasks(_english(sample))] == [
        "order-flour",
        "invite-taster",
        "count-sieves",
        "sharpen-knife",
        "write-diary",
        "book-oven",
    ]


def test_views_session_has_the_items_of_its_moments(sample: Sample) -> None:
    """Before, during and after each session stand its own items and, at meetings, those of every meeting."""
    programme = _english(sample)
    sessions = _raw(sample.data, "sessions")
    for (name, session), moment in product(sessions.items(), views.MOMENTS):
        assert {task.item.id for task in views.tasks_of_session(programme, name, moment)} == {
            item["id"]
            for item in _raw_items(sample.data)
            if item.get("moment") == moment
            and (item.get("session") == name or ("every" in item and session["kind"] == "meeting"))
        }


# --- agendas and sheets -------------------------------------------------------------------------


def test_views_clock_leaves_out_what_a_length_has_no_time_for(sample: Sample) -> None:
    """The clock of a short meeting runs on over the item that it does without."""
    programme = _english(sample)
    dough = programme.sessions["first-dough"]
    assert views.clock_of(programme, dough, 30) == [
        Clock(0, 5, "14:30", "14:35"),
        Clock(5, 30, "14:35", "15:00"),
        None,
    ]
    assert [clock.minutes for clock in views.clock_of(programme, dough, 90) if clock] == [15, 50, 25]


def test_views_find_each_sheet_by_role_phase_and_moment(sample: Sample) -> None:
    """The index of templates, found three ways."""
    programme = _english(sample)
    assert [views.of_role(programme, role) for role in programme.roles] == [
        (
            "mentor",
            ["flour-evening", "first-dough", "second-oven"],
            ["flour-card", "dough-diary", "crust-letter"],
        ),
        ("mentee", ["flour-evening", "first-dough", "second-oven"], ["flour-card", "dough-diary"]),
        ("programme-lead", ["flour-evening"], []),
        ("taster", ["flour-evening", "second-oven"], ["crumb-map"]),
    ]
    assert {phase: views.of_phase(programme, phase) for phase in programme.checklists} == {
        "knead": (["flour-evening"], ["flour-card"]),
        "bake": (["first-dough", "second-oven"], ["dough-diary", "crumb-map"]),
    }
    assert {moment: views.sheets_of_moment(programme, moment) for moment in views.MOMENTS} == {
        "before": ["flour-card"],
        "during": ["flour-card", "dough-diary", "crumb-map"],
        "after": ["dough-diary"],
    }


def test_views_find_the_neighbours_of_each_session(sample: Sample) -> None:
    """Sessions stand in the order of the programme: events before, then meetings."""
    programme = _english(sample)
    assert {name: views.neighbours(programme, name) for name in programme.sessions} == {
        "flour-evening": (None, "first-dough"),
        "first-dough": ("flour-evening", "second-oven"),
        "second-oven": ("first-dough", None),
    }


# --- what is switched off -----------------------------------------------------------------------


def test_views_change_nothing_where_nothing_is_switched_off(sample: Sample) -> None:
    """The programme that is chosen from all of it is all of it."""
    project = open_project(sample.data, sample.docs)
    assert contents(project.languages["en"]) == contents(project.loaded.programme)


def _shown(sample: Sample) -> dict[str, str]:
    """Every component in every language, by what it shows."""
    project = open_project(sample.data, sample.docs)
    components = Components(project.languages)
    everything = project.loaded.programme
    phases = [phase.id for phase in everything.program.phases]
    calls: list[tuple[str, ...]] = [
        *((macro,) for macro in ("roles", "meetings", "templates", "timeline", "tripwires")),
        *(("agenda", name) for name in everything.sessions),
        *(("worksheet", name) for name in everything.worksheets),
        *(("checklist", name) for name in [*everything.roles, *phases]),
        *(("role", name) for name in everything.roles),
    ]
    return {
        " ".join((language, *call)): components.show(call[0], language, "guide/index.html", *call[1:])
        for language, call in product(project.languages, calls)
    }


@pytest.mark.parametrize(
    ("change", "marks", "own"),
    [
        (
            ("  roles: []", "  roles: [taster]"),
            r"Taster|Degustator|(?<!invite-)taster",
            ("role taster", "checklist taster"),
        ),
        (("  sessions: []", "  sessions: [second-oven]"), r"[Ss]econd[ -]oven", ("agenda second-oven",)),
        (
            ("  sessions: []", "  sessions: [flour-evening]"),
            r"[Ff]lour[ -]evening",
            ("agenda flour-evening",),
        ),
    ],
    ids=["role", "meeting", "event"],
)
def test_views_switched_off_entry_vanishes_everywhere(
    change: tuple[str, str], marks: str, own: tuple[str, ...], sample: Sample
) -> None:
    """Neither name nor link of it is left on any component in any language; its own pages say so."""
    mark = re.compile(marks)
    before = {name for name, html in _shown(sample).items() if mark.search(html)}
    sample.change("organisation.yml", *change)
    shown = _shown(sample)
    assert len(before) > len(own) * 2
    assert [name for name, html in shown.items() if mark.search(html)] == []
    for language, page in product(("en", "pl"), own):
        text = BeautifulSoup(shown[f"{language} {page}"], "html.parser").get_text()
        assert "Not part of this programme" in text
