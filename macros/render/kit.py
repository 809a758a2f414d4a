"""Components of the kit and of the guide: packs, the table of artefacts, steps, duties, risks, choices.

Each public function is the macro of its name.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.program import consequences, fields, schedule, views
from macros.program import packs as printing
from macros.program.loading import Programme
from macros.render.page import Page


@dataclass(frozen=True, slots=True)
class Row:
    """A part of a print pack as a page shows it."""

    part: printing.Part
    title: str
    whom: str
    sets: str
    """The switches that print it, by number."""
    pages: int
    """Printed pages of one copy, or 0 where nobody has measured them."""
    each: int
    once: int
    copies: int
    sheets: int
    """Sheets of paper for all copies, printed on both sides."""


def pack(page: Page, name: str) -> str:
    """Everything to print for a session, a role or a purpose, in printing order, with how many of each."""
    programme = page.programme("ui", *_speaking(page.languages[page.language], name))
    if name not in printing.names(programme):
        return page.switched_off("session_off")
    found = printing.pack(programme, name)
    title, purpose = _named(page, programme, name)
    sessions = {part.name for part in found.parts if part.kind == "session"}
    lengths = {one: schedule.length(programme, programme.sessions[one]) for one in sessions}
    rows = [_row(page, programme, found, part) for part in found.parts]
    return page.titled(
        programme,
        title,
        "pack",
        title=title,
        purpose=purpose,
        sets=[_whom(page, programme, whom) for whom in found.sets],
        rows=rows,
        total=sum(row.sheets for row in rows),
        lengths=lengths,
        clocks={
            one: views.clock_of(programme, programme.sessions[one], length) for one, length in lengths.items()
        },
        tracks={
            (one, item): [
                (track, swap.items[item])
                for track in programme.tracks.values()
                if (swap := track.meetings.get(one)) and item in swap.items
            ]
            for one in sessions
            for item in (item.id for item in programme.sessions[one].agenda)
        },
        troubles={
            (one, role): [trouble for trouble in session.trouble if not trouble.by or role in trouble.by]
            for one in sessions
            for session in (programme.sessions[one],)
            for role in session.roles
        },
        checklists={
            part.name: views.grouped(views.tasks_of_role(programme, part.name), programme)
            for part in found.parts
            if part.kind == "checklist"
        },
    )


def _row(page: Page, programme: Programme, found: printing.PrintPack, part: printing.Part) -> Row:
    say = page.speech(programme)
    if part.kind == "session":
        title = say.t("pack_guide", session=programme.sessions[part.name].title)
        measured = page.pages(programme, f"packs/agendas/{part.name}@{part.whom[0]}")
    elif part.kind == "checklist":
        title = say.t("checklist_of_role", role=programme.roles[part.name].title)
        measured = page.pages(programme, f"packs/checklists/{part.name}")
    else:
        sheet = programme.worksheets[part.name]
        title = f"{sheet.code} {sheet.title}"
        measured = page.pages(programme, f"packs/worksheets/{part.name}")
    pages = measured.get(programme.organisation.paper, 0)
    each, once = found.copies(part)
    copies = each * programme.organisation.pairs + once
    whom = ", ".join(_whom(page, programme, one) for one in part.whom)
    return Row(
        part,
        title,
        f"{whom} ({say.t('times', n=part.times)})" if part.times > 1 else whom,
        " ".join(str(found.sets.index(one) + 1) for one in part.whom),
        pages,
        each,
        once,
        copies,
        copies * -(-pages // 2),
    )


def _whom(page: Page, programme: Programme, whom: printing.Whom) -> str:
    """For whom something is printed, in words."""
    if whom in programme.roles:
        return programme.roles[whom].title
    return page.speech(programme).t("pack_pair" if whom == "pair" else "pack_room")


def _speaking(programme: Programme, name: str) -> list[str]:
    """The entries that a pack prints."""
    if name not in printing.names(programme):
        return []
    found = printing.pack(programme, name)
    kinds = {"session": "sessions", "worksheet": "worksheets", "checklist": "roles"}
    entries = [f"{kinds[part.kind]}/{part.name}" for part in found.parts]
    return [*entries, f"packs/{name}"] if name in programme.packs else entries


def _named(page: Page, programme: Programme, name: str) -> tuple[str, str]:
    """The title of a pack and what it is for."""
    say = page.speech(programme)
    if name in programme.packs:
        return programme.packs[name].title, programme.packs[name].purpose
    if name in programme.roles:
        return say.t("pack_of", what=programme.roles[name].title), say.t("pack_of_role")
    number = schedule.number(programme, name)
    title = programme.sessions[name].title
    what = (
        f"{say.t('meeting_of', number=number, of=len(schedule.meetings(programme)))}: {title}"
        if number
        else title
    )
    return say.t("pack_of", what=what), say.t("pack_of_session")


def packs(page: Page) -> str:
    """Every print pack, by what it is for."""
    programme = page.programme("ui")
    return page.block(programme, "packs", meetings=schedule.meetings(programme))


def kit(page: Page) -> str:
    """The whole kit: every artefact by role and phase, and what it rests on."""
    programme = page.programme("ui")
    pieces = views.kit(programme)
    return page.block(
        programme,
        "kit",
        pieces=pieces,
        basis={piece.code: views.basis(programme, piece.rests_on) for piece in pieces},
        cells={
            (role, phase.id): [one for one in pieces if role in one.roles and phase.id in one.phases]
            for role in programme.roles
            for phase in programme.program.phases
        },
    )


def this_week(page: Page, name: str) -> str:
    """What a page of the guide asks people to do: when, who, with which sheet, how long; and how to tell."""
    programme = page.programme("ui", "guide")
    steps = programme.guide[name]
    tasks = {task.item.id: task for task in views.tasks(programme)}
    return page.block(
        programme,
        "this_week",
        steps=steps,
        tasks=[tasks[task] for task in steps.tasks],
        sessions=[(one, schedule.session_slots(programme, one)) for one in steps.sessions],
        lengths={one: schedule.length(programme, programme.sessions[one]) for one in steps.sessions},
    )


def duties(page: Page) -> str:
    """Who does what, answers for it, is asked and is told: a table of roles and duties."""
    return page.block(page.programme("ui", "duties"), "duties")


def risks(page: Page) -> str:
    """The risk register: signs, owners, responses, and the sheets that counter each risk."""
    return page.block(page.programme("ui", "risks"), "risks", titles=_titles(page))


def standards(page: Page) -> str:
    """What a set of standards asks of a programme, and what of the kit serves each."""
    return page.block(page.programme("ui", "standards"), "standards", titles=_titles(page))


def _titles(page: Page) -> dict[str, str]:
    """What every page of the site is called, by its path in docs/ without .md."""
    programme = page.languages[page.language]
    codes = {piece.place: f"{piece.code} {piece.title}" for piece in views.kit(programme)}
    named = {f"templates/agendas/{name}": one.title for name, one in programme.sessions.items()}
    named |= {f"modules/{name}": one.title for name, one in programme.modules.items()}
    named |= {f"scenarios/{name}": one.title for name, one in programme.scenarios.items()}
    named |= {f"roles/{name}": one.title for name, one in programme.roles.items()}
    return {**page.titles, **named, **codes}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a role costs, in minutes and in money, with what a script needs to reckon it for other figures."""

    role: str
    people: int
    many: bool
    """Whether there is one of them in each pair."""
    minutes: int
    fixed: int
    growing: int
    """Minutes of one of them: those that stay, and those that each pair adds."""
    price: int

    @property
    def together(self) -> int:
        """Minutes of all of them."""
        return self.people * self.minutes


def budget(page: Page) -> str:
    """Hours of everybody, and what they cost if the organisation says what an hour costs."""
    programme = page.programme("ui")
    money = programme.organisation.money
    rows = []
    for name in programme.roles:
        minutes, growing = views.hours(programme, name).total, views.hours_each_pair(programme, name)
        rows.append(
            Cost(
                name,
                views.people(programme, name),
                printing.many(name),
                minutes,
                minutes - growing * programme.organisation.pairs,
                growing,
                money.by_role.get(name, money.an_hour) if money else 0,
            )
        )
    return page.block(
        programme,
        "budget",
        rows=rows,
        total=sum(row.together for row in rows),
        cost=round(sum(row.together * row.price for row in rows) / 60),
        money=money,
    )


def choices(page: Page) -> str:
    """The forms that a programme can take, the one that is chosen, and what the choices bring about."""
    programme = page.programme("ui", "program")
    return page.block(programme, "choices", follow=list(consequences.consequences(programme)))


def organisation_fields(page: Page) -> str:
    """Every field of organisation.yml: what it does, what may stand there, and an example."""
    programme = page.programme("ui", "fields")
    return page.block(programme, "organisation_fields", known=fields.of_organisation())
