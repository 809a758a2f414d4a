"""Whatever an organisation switches off, the rest of the real programme can still be shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from macros.program import schedule, views
from macros.program.loading import Programme, load
from macros.program.model import SwitchedOff
from macros.render import Components

WHOLE = load(Path(__file__).parents[1] / "data").programme
NEEDED = ("mentor", "mentee", "programme-lead")
ROLES = [name for name in WHOLE.roles if name not in NEEDED]
MEETINGS = schedule.meetings(WHOLE)


def _without(roles: tuple[str, ...] = (), sessions: tuple[str, ...] = ()) -> Programme:
    off = SwitchedOff(roles=roles, sessions=sessions)
    organisation = WHOLE.organisation.model_copy(update={"switched_off": off})
    return views.chosen(replace(WHOLE, organisation=organisation))


def _shown(programme: Programme) -> str:
    """Every page that the data has, put together."""
    components = Components({"en": programme})
    phases = [phase.id for phase in WHOLE.program.phases]
    calls = [("agenda", name) for name in WHOLE.sessions]
    calls += [("worksheet", name) for name in WHOLE.worksheets]
    calls += [("checklist", name) for name in (*WHOLE.roles, *phases)]
    calls += [("role", name) for name in WHOLE.roles]
    pages = [components.show(macro, "en", "templates/x/page.html", name) for macro, name in calls]
    pages += [
        components.show(name, "en", "page.html") for name in ("roles", "meetings", "templates", "timeline")
    ]
    return "".join(pages)


@pytest.mark.parametrize("name", ROLES)
def test_switched_off_role_leaves_no_link_and_no_gap(name: str) -> None:
    """Without a role every page is shown, and none links to it or prints an empty place for it."""
    html = _shown(_without(roles=(name,)))
    assert f"roles/{name}.html" not in html
    assert f"checklists/{name}.html" not in html
    assert "<li></li>" not in html


@pytest.mark.parametrize("name", WHOLE.sessions)
def test_switched_off_session_leaves_no_link(name: str) -> None:
    """Without a session every page is shown, and none links to it."""
    assert f"agendas/{name}.html" not in _shown(_without(sessions=(name,)))


@pytest.mark.parametrize("count", range(1, len(MEETINGS)))
def test_shorter_programme_is_counted_anew(count: int) -> None:
    """Meetings that are left are numbered and dated from the first, and what is never due is not listed."""
    programme = _without(sessions=tuple(MEETINGS[:count]))
    cadence = programme.organisation.cadence_weeks
    left = schedule.meetings(programme)
    assert left == MEETINGS[count:]
    weeks = [schedule.session_weeks(programme, name) for name in left]
    assert weeks == [[place * cadence] for place in range(len(left))]
    first = [schedule.session_weeks(programme, name)[0] for name in programme.sessions]
    assert first == sorted(first)
    assert all(task.slots for task in views.tasks(programme))
    assert _shown(programme)
