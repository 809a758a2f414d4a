"""Values in, HTML out: one method per macro, one Jinja file per method.

Templates have an environment of their own, with autoescape and StrictUndefined, since the engine's
has neither. They decide nothing: what they show has been looked up, ordered and added up before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import jinja2
from babel import Locale
from babel.dates import format_date
from markupsafe import Markup, escape

from macros.program import pages, schedule, views
from macros.program.loading import Programme
from macros.program.model import ChecklistItem, Plural, Visibility
from macros.program.schedule import Slot
from macros.render.paper import pages_of

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

    MACROS: ClassVar[tuple[str, ...]] = (
        "agenda",
        "checklist",
        "meetings",
        "notice",
        "role",
        "roles",
        "templates",
        "timeline",
        "tripwires",
        "worksheet",
    )
    languages: Mapping[str, Programme]

    def page(self, language: str, url: str) -> Page:
        """The components as they look on one page: its language and where its links start."""
        return Page(self.languages, language, "../" * url.count("/"))

    def frame(self, language: str) -> dict[str, Any]:
        """What the theme prints around every page."""
        programme = self.languages[language]
        words = self.page(language, "")
        contacts = programme.organisation.contacts
        return {
            "organisation": programme.organisation.name,
            "programme": programme.organisation.programme,
            "edition": programme.program.edition,
            "language": language,
            "languages": list(self.languages),
            "words": {key: words.t(key) for key, word in programme.words.items() if isinstance(word, str)},
            "contact": contacts.get("programme-lead"),
            "sections": words.sections(),
        }


@dataclass(frozen=True, slots=True)
class Page:
    """One page: every method named in `Components.MACROS` returns a component for it."""

    languages: Mapping[str, Programme]
    language: str
    base: str

    @property
    def programme(self) -> Programme:
        """The programme in the language of this page."""
        return self.languages[self.language]

    def show(self, macro: str, *arguments: str) -> str:
        """What a macro puts into a page. On one line, so that Markdown leaves it alone."""
        method: Callable[..., str] = getattr(self, macro)
        return method(*arguments)

    # --- macros ---------------------------------------------------------------------------------

    def agenda(self, name: str) -> str:
        """The session guide: overview, timed agenda by role and length, before and after, troubles."""
        if name not in self.programme.sessions:
            return self._switched_off("session_off")
        page = self._speaking(f"sessions/{name}")
        programme = page.programme
        session = programme.sessions[name]
        lenses = [role for role in programme.roles if any(role in item.lens for item in session.agenda)]
        number = schedule.number(programme, name)
        before, after = views.neighbours(programme, name)
        start = programme.organisation.start_time
        lengths = {
            length: [
                (span, *schedule.clock([span[0], span[1] - span[0]], start)[1][2:]) if span else None
                for span in views.agenda(programme, session, length)
            ]
            for length in session.all_lengths
        }
        return page._with_title(
            self.language,
            session.title,
            "agenda",
            name=name,
            session=session,
            number=number,
            of=len(schedule.meetings(programme)),
            slots=schedule.session_slots(programme, name),
            length=schedule.length(programme, session),
            lengths=lengths,
            lenses=lenses,
            worksheets=views.worksheets_of_session(programme, name),
            moments=[
                (moment, views.tasks_of_session(programme, name, moment))
                for moment in views.MOMENTS
                if views.tasks_of_session(programme, name, moment)
            ],
            previous=before,
            following=after,
            pages=pages_of(f"agendas/{name}", programme.organisation.paper),
        )

    def worksheet(self, name: str) -> str:
        """A sheet to fill in on screen or on paper."""
        page = self._speaking(f"worksheets/{name}")
        programme = page.programme
        sheet = programme.worksheets[name]
        return page._with_title(
            self.language,
            sheet.title,
            "worksheet",
            name=name,
            sheet=sheet,
            sessions=views.sessions_with(programme, name),
            tasks=views.tasks_with(programme, name),
            pages=pages_of(f"worksheets/{name}", programme.organisation.paper),
        )

    def checklist(self, name: str) -> str:
        """Everything one role has to do, by phase; or everything to do in one phase."""
        page = self._speaking("program")
        programme = page.programme
        phases = {phase.id: phase for phase in programme.program.phases}
        if name in phases:
            tasks = [task for task in views.tasks(programme) if task.phase == name]
            title, lead = page.t("checklist_of_phase", phase=phases[name].title), phases[name].purpose
        elif name in programme.roles:
            tasks = views.tasks_of_role(programme, name)
            role = programme.roles[name]
            title, lead = page.t("checklist_of_role", role=role.title), role.summary
        else:
            return self._switched_off("role_off")
        return page._with_title(
            self.language,
            title,
            "checklist",
            name=name,
            lead=lead,
            by_role=name in programme.roles,
            groups=views.grouped(tasks, programme),
            pages=pages_of(f"checklists/{name}", programme.organisation.paper),
        )

    def role(self, name: str) -> str:
        """One honest page for one role: what I do, in order, what it costs, my sheets, whom to call."""
        if name not in self.programme.roles:
            return self._switched_off("role_off")
        page = self._speaking(f"roles/{name}")
        programme = page.programme
        role = programme.roles[name]
        return page._with_title(
            self.language,
            role.title,
            "role",
            name=name,
            role=role,
            hours=views.hours(programme, name),
            plan=views.plan(programme, name),
            meetings=[m for m in schedule.meetings(programme) if name in programme.sessions[m].roles],
            groups=views.grouped(views.tasks_of_role(programme, name), programme),
            worksheets=views.worksheets_of_role(programme, name),
            contact=programme.organisation.contacts.get(role.call_role or ""),
            call_role=programme.roles.get(role.call_role or ""),
        )

    def roles(self) -> str:
        """Which role are you? A card for each."""
        programme = self.programme
        return self._block("roles", hours={name: views.hours(programme, name) for name in programme.roles})

    def meetings(self) -> str:
        """The meetings of a pair, in order."""
        return self._block("meetings", names=schedule.meetings(self.programme))

    def templates(self) -> str:
        """Everything there is, by role, by phase and by moment."""
        programme = self.programme
        return self._block(
            "templates",
            by_role=[
                (
                    name,
                    [s for s in programme.sessions if name in programme.sessions[s].roles],
                    list(views.worksheets_of_role(programme, name)),
                )
                for name in programme.roles
            ],
            by_phase=[
                (
                    phase,
                    [s for s, session in programme.sessions.items() if session.phase == phase.id],
                    self._sheets_of_phase(phase.id),
                )
                for phase in programme.program.phases
            ],
            by_moment=[(moment, self._sheets_of_moment(moment)) for moment in views.MOMENTS],
            pages=self._page_counts(),
        )

    def timeline(self) -> str:
        """The whole programme from the decision to the last review: a picture, and the list it shows."""
        return self._speaking("program")._block("timeline", **_timeline(self._speaking("program")))

    def tripwires(self) -> str:
        """The signs that a pair needs help, and what to do first."""
        return self._speaking("program")._block("tripwires")

    def notice(self, word: str) -> str:
        """A sentence above a page about the page itself."""
        return self._block("notice", word=word)

    # --- what templates may call ----------------------------------------------------------------

    def t(self, key: str, **values: object) -> str:
        """A word of the interface, in the language of this page. `n` chooses the plural form."""
        word = self.programme.words[key]
        if isinstance(word, Plural):
            form = Locale(self._spoken("ui")).plural_form(values["n"])
            word = getattr(word, form) or word.other
        for name, value in values.items():
            word = word.replace(f"{{{name}}}", str(value))
        return word

    def url(self, path: str) -> str:
        """A link from this page to another, by its path in docs/ without .md."""
        return f"{self.base}{path}.html"

    def date(self, day: date) -> str:
        """A day as people write it in the language of this page."""
        return format_date(day, "d MMMM y", locale=self._spoken("ui"))

    def day(self, slot: Slot) -> str:
        """A moment as people say it: its date, or else its week."""
        if slot.day is not None:
            return self.date(slot.day)
        if slot.week == 0:
            return self.t("week_zero")
        return self.t("weeks_before" if slot.week < 0 else "weeks_after", n=abs(slot.week))

    def duration(self, minutes: int) -> str:
        """Minutes as hours and minutes: 90 becomes 1 h 30 min."""
        hours, rest = divmod(minutes, 60)
        parts = [self.t("hours_short", hours=hours)] if hours else []
        return "\u00a0".join(parts + ([self.t("minutes_short", minutes=rest)] if rest or not hours else []))

    def lang(self, name: str) -> Markup:
        """A lang attribute where an entry speaks another language than this page."""
        spoken = self._spoken(name)
        return Markup("") if spoken == self._spoken("ui") else Markup(' lang="{}"').format(spoken)

    def due(self, item: ChecklistItem, slots: tuple[Slot, ...]) -> str:
        """When a checklist item is due, in words."""
        if item.moment is None:
            return self.day(slots[0]) if slots else ""
        key = f"{item.moment}_session" if not item.days else f"days_{item.moment}"
        text = self.t(key, n=item.days) if item.days else self.t(key)
        if item.every:
            return self.t("each_meeting", when=text)
        if slots and slots[0].day is not None and len(slots) == 1:
            return f"{text}, {self.date(slots[0].day)}"
        return text

    def names(self, roles: Iterable[str]) -> str:
        """The titles of roles, joined by commas."""
        return ", ".join(self.programme.roles[name].title for name in roles if name in self.programme.roles)

    def audience(self, visibility: Visibility) -> str:
        """Who may see something, in words."""
        return self.t(f"visibility_{visibility}")

    def sections(self) -> list[dict[str, Any]]:
        """The pages of the kit that stand in its navigation, under the words of their section."""
        programme = self.programme

        def entry(path: str, title: str, name: str) -> dict[str, str]:
            return {"path": f"{path}.html", "title": title, "lang": self.lang(name)}

        return [
            {
                "key": "roles",
                "folder": "roles/",
                "pages": [entry(f"roles/{n}", r.title, f"roles/{n}") for n, r in programme.roles.items()],
            },
            {
                "key": "sessions",
                "folder": "templates/agendas/",
                "pages": [
                    entry(f"templates/agendas/{n}", s.title, f"sessions/{n}")
                    for n, s in programme.sessions.items()
                ],
            },
            {
                "key": "checklists",
                "folder": "templates/checklists/",
                "pages": [
                    *(entry(f"templates/checklists/{n}", r.title, f"roles/{n}") for n, r in programme.roles.items()),
                    *(entry(f"templates/checklists/{p.id}", p.title, "program") for p in programme.program.phases),
                ],
            },
            {
                "key": "worksheets",
                "folder": "templates/worksheets/",
                "pages": [
                    entry(f"templates/worksheets/{n}", f"{w.code} {w.title}", f"worksheets/{n}")
                    for n, w in programme.worksheets.items()
                ],
            },
        ]

    # --- how ------------------------------------------------------------------------------------

    def _spoken(self, name: str) -> str:
        """The language of an entry, as far as it is known on this page."""
        return self.programme.language_of(name)

    def _speaking(self, name: str) -> Page:
        """This page in the language of its main entry: a sheet never changes language half-way."""
        return Page(self.languages, self._spoken(name), self.base)

    def _sheets_of_phase(self, phase: str) -> list[str]:
        programme = self.programme
        used = {s for n, one in programme.sessions.items() if one.phase == phase for s in views.worksheets_of_session(programme, n)}
        return [n for n in programme.worksheets if n in used or any(t.phase == phase for t in views.tasks_with(programme, n))]

    def _sheets_of_moment(self, moment: str) -> list[str]:
        programme = self.programme
        return [
            name
            for name in programme.worksheets
            if any(task.item.moment == moment for task in views.tasks_with(programme, name))
            or (moment == "during" and views.sessions_with(programme, name))
        ]

    def _page_counts(self) -> dict[str, int | None]:
        paper = self.programme.organisation.paper
        return {name: pages_of(f"worksheets/{name}", paper) for name in self.programme.worksheets}

    def _switched_off(self, word: str) -> str:
        return f"{self._heading(self.t('switched_off'))}\n\n{self._block('notice', word=word)}"

    def _with_title(self, language: str, title: str, template: str, **values: Any) -> str:
        """A component under the page's own heading, with a notice where it speaks English instead."""
        foreign = language != self.language
        notice = Page(self.languages, language, self.base)._block("notice", word="not_translated") if foreign else ""
        heading = self._heading(title, self.language if foreign else "")
        return f"{heading}\n\n{notice}\n\n{self._block(template, foreign=foreign, **values)}"

    def _heading(self, title: str, language: str = "") -> str:
        """A Markdown heading, so that the engine knows the page's title; its text is only text."""
        plain = re.sub(r"[^\w\s]", lambda found: f"&#{ord(found[0])};", title)
        return f"# {plain}" + (f" {{ lang={language} }}" if language else "")

    def _block(self, template: str, **values: Any) -> str:
        """A component as one line of HTML."""
        values.setdefault("foreign", False)
        html = _ENVIRONMENT.get_template(f"{template}.html.jinja").render(
            page=self, t=self.t, url=self.url, p=self.programme, **values
        )
        return one_line(html)


def one_line(html: str) -> str:
    """HTML without line breaks, so that no line of it can look like Markdown."""
    return " ".join(line.strip() for line in html.splitlines() if line.strip())


def paragraphs(text: str) -> Markup:
    """Text as paragraphs: an empty line parts two of them."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return Markup("").join(Markup("<p>{}</p>").format(escape(" ".join(part.split()))) for part in parts)


_ENVIRONMENT.filters["paragraphs"] = paragraphs


def _timeline(page: Page) -> dict[str, Any]:
    """The picture's numbers and the list's rows. The picture is `width` by 100 units."""
    programme = page.programme
    spans = [
        (phase, schedule.weeks_of(programme, phase.starts)[0], schedule.weeks_of(programme, phase.ends)[0])
        for phase in programme.program.phases
    ]
    first, last = min(start for _, start, _ in spans), max(end for _, _, end in spans)
    scale = 1000 / max(last - first, 1)
    steps = _dated_steps(programme)
    return {
        "bars": [
            {"phase": phase, "x": round((start - first) * scale, 1), "width": round(max(end - start, 1) * scale, 1), "row": row}
            for row, (phase, start, end) in enumerate(spans)
        ],
        "dots": [
            {"x": round((slot.week - first) * scale, 1), "kind": kind}
            for kind, _, slot in steps
        ],
        "groups": [
            (
                phase,
                start,
                end,
                [step for step in steps if _phase_of(programme, step, spans) == phase.id],
            )
            for phase, start, end in spans
        ],
    }


def _dated_steps(programme: Programme) -> list[tuple[str, str, Slot]]:
    found = [("session", name, slot) for name in programme.sessions for slot in schedule.session_slots(programme, name)]
    found += [
        ("milestone", one.id, slot)
        for one in programme.program.milestones
        for slot in schedule.slots(programme, one.when)
    ]
    return sorted(found, key=lambda step: (step[2].week, step[0] != "session"))


def _phase_of(programme: Programme, step: tuple[str, str, Slot], spans: list[tuple[Any, int, int]]) -> str:
    kind, name, slot = step
    if kind == "session":
        return programme.sessions[name].phase
    inside = [phase.id for phase, start, end in spans if start <= slot.week <= end]
    return str(inside[-1] if inside else spans[-1][0].id)


__all__ = ["Components", "Page", "one_line", "pages", "paragraphs"]
