"""Values in, HTML out: one method per macro, one Jinja file per method.

Templates have an environment of their own, with autoescape and StrictUndefined, since the engine's
has neither. They decide nothing: what they show has been looked up, ordered and added up before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import jinja2
from markupsafe import escape

from macros.program import pages, schedule, views
from macros.program.loading import Programme
from macros.render import timeline
from macros.render.navigation import sections
from macros.render.paper import Counts
from macros.render.speech import Speech

_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Components:
    """The programme in every language, ready to be shown on any page."""

    MACROS: ClassVar[tuple[str, ...]] = (*pages.MACROS, *pages.OVERVIEWS)
    languages: Mapping[str, Programme]
    counts: Counts = field(default_factory=dict)

    def show(self, macro: str, language: str, url: str, *arguments: str) -> str:
        """The component that a macro puts into the page at `url`."""
        method: Callable[..., str] = getattr(
            Page(self.languages, self.counts, language, "../" * url.count("/")), macro
        )
        return method(*arguments)

    def frame(self, language: str) -> dict[str, Any]:
        """What the theme prints around every page. Its templates have no autoescape, so this escapes."""
        programme = self.languages[language]
        speech = Speech(programme, "")
        contact = programme.organisation.contacts.get("programme-lead")
        return {
            "organisation": escape(programme.organisation.name),
            "programme": escape(programme.organisation.programme),
            "edition": escape(programme.program.edition),
            "language": language,
            "languages": list(programme.organisation.languages),
            "words": {key: escape(word) for key, word in programme.words.items() if isinstance(word, str)},
            "contact": contact and {name: escape(value or "") for name, value in contact},
            "sections": sections(speech),
        }


@dataclass(frozen=True, slots=True)
class Page:
    """One page: every method named in `Components.MACROS` returns a component for it."""

    languages: Mapping[str, Programme]
    counts: Counts
    language: str
    base: str

    def agenda(self, name: str) -> str:
        """The session guide: overview, timed agenda by role and length, before and after, troubles."""
        programme = self._programme(f"sessions/{name}")
        if name not in programme.sessions:
            return self._switched_off("session_off")
        session = programme.sessions[name]
        previous, following = views.neighbours(programme, name)
        moments = [(moment, views.tasks_of_session(programme, name, moment)) for moment in views.MOMENTS]
        return self._titled(
            programme,
            session.title,
            "agenda",
            session=session,
            number=schedule.number(programme, name),
            of=len(schedule.meetings(programme)),
            slots=schedule.session_slots(programme, name),
            length=schedule.length(programme, session),
            clocks={n: views.clock_of(programme, session, n) for n in session.all_lengths},
            lenses=[r for r in programme.roles if any(r in item.lens for item in session.agenda)],
            worksheets=views.worksheets_of_session(programme, name),
            moments=[(moment, tasks) for moment, tasks in moments if tasks],
            previous=previous,
            following=following,
            pages=self._pages(programme, f"agendas/{name}"),
        )

    def worksheet(self, name: str) -> str:
        """A sheet to fill in on screen or on paper."""
        programme = self._programme(f"worksheets/{name}")
        if name not in programme.worksheets:
            return self._switched_off("role_off")
        sheet = programme.worksheets[name]
        return self._titled(
            programme,
            sheet.title,
            "worksheet",
            sheet=sheet,
            sessions=views.sessions_with(programme, name),
            pages=self._pages(programme, f"worksheets/{name}"),
        )

    def checklist(self, name: str) -> str:
        """Everything one role has to do, by phase; or everything to do in one phase."""
        programme = self._programme("program")
        speech = Speech(programme, self.base)
        phase = next((phase for phase in programme.program.phases if phase.id == name), None)
        if phase is not None:
            tasks = [task for task in views.tasks(programme) if task.phase == name]
            title, lead = speech.t("checklist_of_phase", phase=phase.title), phase.purpose
        elif name in programme.roles:
            tasks = views.tasks_of_role(programme, name)
            role = programme.roles[name]
            title, lead = speech.t("checklist_of_role", role=role.title), role.summary
        else:
            return self._switched_off("role_off")
        return self._titled(
            programme,
            title,
            "checklist",
            title=title,
            lead=lead,
            lead_lang="" if phase else speech.lang(f"roles/{name}"),
            of_role=phase is None,
            groups=views.grouped(tasks, programme),
            pages=self._pages(programme, f"checklists/{name}"),
        )

    def role(self, name: str) -> str:
        """One honest page for one role: what I do, in order, what it costs, my sheets, whom to call."""
        programme = self._programme(f"roles/{name}")
        if name not in programme.roles:
            return self._switched_off("role_off")
        role = programme.roles[name]
        caller = role.call_role or ("programme-lead" if name != "programme-lead" else "")
        return self._titled(
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
            contact=programme.organisation.contacts.get(caller),
            call_role=programme.roles.get(caller),
        )

    def roles(self) -> str:
        """Which role are you? A card for each."""
        programme = self._programme("ui")
        return self._block(
            programme, "roles", hours={name: views.hours(programme, name) for name in programme.roles}
        )

    def meetings(self) -> str:
        """The meetings of a pair, in order."""
        programme = self._programme("ui")
        return self._block(programme, "meetings", names=schedule.meetings(programme))

    def templates(self) -> str:
        """Everything there is, by role, by phase and by moment."""
        programme = self._programme("ui")
        return self._block(
            programme,
            "templates",
            by_role=[views.of_role(programme, name) for name in programme.roles],
            by_phase=[(phase, views.of_phase(programme, phase.id)) for phase in programme.program.phases],
            by_moment=[(moment, views.sheets_of_moment(programme, moment)) for moment in views.MOMENTS],
            pages={name: self._pages(programme, f"worksheets/{name}") for name in programme.worksheets},
        )

    def timeline(self) -> str:
        """The whole programme from the decision to the last review: a picture, and the list it shows."""
        programme = self._programme("program")
        milestones = {one.id: one.title for one in programme.program.milestones}
        return self._block(programme, "timeline", milestones=milestones, **timeline.timeline(programme))

    def tripwires(self) -> str:
        """The signs that a pair needs help, and what to do first."""
        return self._block(self._programme("program"), "tripwires")

    def notice(self, word: str) -> str:
        """A sentence about the page itself."""
        return self._block(self.languages[self.language], "notice", word=word)

    def _programme(self, name: str) -> Programme:
        """The programme in the language that an entry speaks: no sheet changes language half-way."""
        return self.languages[self.languages[self.language].language_of(name)]

    def _pages(self, programme: Programme, template: str) -> int | None:
        """Printed pages of a template on the organisation's paper, where somebody has measured them."""
        by_paper = self.counts.get(programme.language, {}).get(template, {})
        return by_paper.get(programme.organisation.paper)

    def _switched_off(self, word: str) -> str:
        programme = self.languages[self.language]
        return f"{_heading(Speech(programme, '').t('switched_off'))}\n\n{self.notice(word)}"

    def _titled(self, programme: Programme, heading: str, template: str, **values: Any) -> str:
        """A component under the page's own heading, with a notice where it speaks English instead."""
        body = self._block(programme, template, **values)
        if programme.language == self.language:
            return f"{_heading(heading)}\n\n{body}"
        return f"{_heading(heading, programme.language)}\n\n{self.notice('not_translated')}\n\n{body}"

    def _block(self, programme: Programme, template: str, **values: Any) -> str:
        """A component as one line of HTML, so that no line of it can look like Markdown."""
        speech = Speech(programme, self.base)
        foreign = programme.language if programme.language != self.language else ""
        html = _ENVIRONMENT.get_template(f"{template}.html.jinja").render(
            page=speech, t=speech.t, url=speech.url, p=programme, foreign=foreign, **values
        )
        return " ".join(line.strip() for line in html.splitlines() if line.strip())


def _heading(title: str, language: str = "") -> str:
    """A Markdown heading, so that the engine knows the page's title; its text is only text."""
    plain = re.sub(r"[^\w\s]|_", lambda found: f"&#{ord(found[0])};", title)
    return f"# {plain} {{ #top{f' lang={language}' if language else ''} }}"
