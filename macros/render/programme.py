"""Components of the programme: agendas, checklists, worksheets, roles, the timeline.

Each public function is the macro of its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from macros.program import browser, learning, schedule, views
from macros.program.tracks import Core, Swap, Track
from macros.program.worksheet import READERS, Worksheet
from macros.render import timeline as over_time
from macros.render.page import Page
from macros.render.speech import Speech


def agenda(page: Page, name: str) -> str:
    """The session guide: overview, timed agenda by role and length, before and after, troubles."""
    programme = page.programme(f"sessions/{name}")
    if name not in programme.sessions:
        return page.switched_off("session_off")
    session = programme.sessions[name]
    previous, following = views.neighbours(programme, name)
    tracks = {
        one: (track, track.meetings[name])
        for one, track in programme.tracks.items()
        if name in track.meetings
    }
    moments = [(moment, views.tasks_of_session(programme, name, moment)) for moment in views.MOMENTS]
    return page.titled(
        programme,
        session.title,
        "agenda",
        name=name,
        session=session,
        number=schedule.number(programme, name),
        of=len(schedule.meetings(programme)),
        slots=schedule.session_slots(programme, name),
        length=schedule.length(programme, session),
        clocks={n: views.clock_of(programme, session, n) for n in session.all_lengths},
        lenses=[r for r in programme.roles if any(r in item.lens for item in session.agenda)],
        worksheets=views.worksheets_of_session(programme, name),
        tracks=tracks,
        cores=_cores(tracks),
        untouched=_untouched(tracks),
        moments=[(moment, tasks) for moment, tasks in moments if tasks],
        previous=previous,
        following=following,
        modules=learning.modules_with(programme, "sessions", name),
        pages=page.pages(programme, f"agendas/{name}"),
    )


Swapped = Mapping[str, tuple[Track, Swap]]


def _cores(tracks: Swapped) -> dict[str, dict[int, tuple[str, Core]]]:
    """By agenda item: what each track makes of it, by the track's place among the switches."""
    cores: dict[str, dict[int, tuple[str, Core]]] = {}
    for place, (name, (_, swap)) in enumerate(tracks.items(), 1):
        for item, core in swap.items.items():
            cores.setdefault(item, {})[place] = (name, core)
    return cores


def _untouched(tracks: Swapped) -> dict[str, str]:
    """By agenda item: the switches in which it stays as it is, 0 for no track."""
    cores = _cores(tracks)
    every = range(1, len(tracks) + 1)
    return {item: " ".join(["0", *(str(n) for n in every if n not in held)]) for item, held in cores.items()}


def worksheet(page: Page, name: str) -> str:
    """A sheet to fill in on screen or on paper."""
    programme = page.programme(f"worksheets/{name}")
    if name not in programme.worksheets:
        return page.switched_off("role_off")
    sheet = programme.worksheets[name]
    before, after = views.before_and_after(programme, sheet, name)
    return page.titled(
        programme,
        sheet.title,
        "worksheet",
        name=name,
        sheet=sheet,
        copies=browser.copies(programme, sheet),
        **_readers(sheet),
        sessions=views.sessions_with(programme, name),
        tasks=views.tasks_with(programme, name),
        before=before,
        after=after,
        basis=views.basis(programme, sheet.rests_on),
        modules=learning.modules_with(programme, "worksheets", name),
        pages=page.pages(programme, f"worksheets/{name}"),
    )


def _readers(sheet: Worksheet) -> dict[str, Any]:
    """To whom a filled-in sheet may be given, and whom it is meant for."""
    may = {reader for field in sheet.fields for reader in sheet.readers(field)}
    meant = {"private": "me", "pair": "partner", "lead": "lead", "public": "anyone"}[sheet.goes_to]
    offered = ["me", *(reader for reader in READERS if reader in may)]
    return {"offered": offered, "suggested": meant if meant in offered else "me"}


def checklist(page: Page, name: str) -> str:
    """Everything one role has to do, by phase; or everything to do in one phase."""
    programme = page.programme("program")
    speech = Speech(programme, page.base)
    phase = next((phase for phase in programme.program.phases if phase.id == name), None)
    if phase is not None:
        tasks = [task for task in views.tasks(programme) if task.phase == name]
        title, lead = speech.t("checklist_of_phase", phase=phase.title), phase.purpose
    elif name in programme.roles:
        tasks = views.tasks_of_role(programme, name)
        role = programme.roles[name]
        title, lead = speech.t("checklist_of_role", role=role.title), role.summary
    else:
        return page.switched_off("role_off")
    return page.titled(
        programme,
        title,
        "checklist",
        title=title,
        lead=lead,
        lead_lang="" if phase else speech.lang(f"roles/{name}"),
        of_role=phase is None,
        groups=views.grouped(tasks, programme),
        pages=page.pages(programme, f"checklists/{name}"),
    )


def role(page: Page, name: str) -> str:
    """One honest page for one role: what I do, in order, what it costs, my sheets, whom to call."""
    programme = page.programme(f"roles/{name}")
    if name not in programme.roles:
        return page.switched_off("role_off")
    role = programme.roles[name]
    caller = role.call_role or ("programme-lead" if name != "programme-lead" else "")
    return page.titled(
        programme,
        role.title,
        "role",
        name=name,
        role=role,
        hours=views.hours(programme, name),
        plan=views.plan(programme, name),
        meetings=[
            (one, schedule.session_slots(programme, one)[0])
            for one in schedule.meetings(programme)
            if name in programme.sessions[one].roles
        ],
        milestones={one.id: one.title for one in programme.program.milestones},
        groups=views.grouped(views.tasks_of_role(programme, name), programme),
        worksheets=views.worksheets_of_role(programme, name),
        path=learning.course_path(programme, name),
        contact=programme.organisation.contacts.get(caller),
        call_role=programme.roles.get(caller),
    )


def roles(page: Page) -> str:
    """Which role are you? A card for each."""
    programme = page.programme("ui")
    return page.block(
        programme, "roles", hours={name: views.hours(programme, name) for name in programme.roles}
    )


def hours(page: Page) -> str:
    """What each role costs in time, for the whole programme."""
    programme = page.programme("ui")
    return page.block(
        programme, "hours", hours={name: views.hours(programme, name) for name in programme.roles}
    )


def meetings(page: Page) -> str:
    """The meetings of a pair, in order."""
    programme = page.programme("ui")
    return page.block(programme, "meetings", names=schedule.meetings(programme))


def templates(page: Page) -> str:
    """Everything there is, by role, by phase and by moment."""
    programme = page.programme("ui")
    return page.block(
        programme,
        "templates",
        by_role=[views.of_role(programme, name) for name in programme.roles],
        by_phase=[(phase, views.of_phase(programme, phase.id)) for phase in programme.program.phases],
        by_moment=[(moment, views.sheets_of_moment(programme, moment)) for moment in views.MOMENTS],
        pages={name: page.pages(programme, f"worksheets/{name}") for name in programme.worksheets},
    )


def timeline(page: Page) -> str:
    """The whole programme from the decision to the last review: a picture, and the list it shows."""
    programme = page.programme("program")
    milestones = {one.id: one.title for one in programme.program.milestones}
    return page.block(programme, "timeline", milestones=milestones, **over_time.timeline(programme))


def tripwires(page: Page) -> str:
    """The signs that a pair needs help, and what to do first."""
    return page.block(page.programme("program"), "tripwires")


def notice(page: Page, word: str) -> str:
    """A sentence about the page itself."""
    return page.notice(word)
