"""What learners need, computed from the course: paths, minutes, questions that come again, routes.

As in `views`, nothing here is written in the data a second time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from macros.program import pages
from macros.program.course import MINUTES_A_QUESTION, Module, Question, Scenario, Version
from macros.program.evidence import OURS
from macros.program.loading import Programme


@dataclass(frozen=True, slots=True)
class Times:
    """What a module, or a path of several, takes in minutes."""

    reading: int
    activity: int
    quiz: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.reading + self.activity + self.quiz


def times(programme: Programme, name: str) -> Times:
    """What one module takes: to read, to try on one's own case, to answer its quiz."""
    module = programme.modules[name]
    quiz = programme.quizzes.get(name)
    questions = len(quiz.questions) if quiz else 0
    return Times(module.reading_minutes, module.activity_minutes, questions * MINUTES_A_QUESTION)


@dataclass(frozen=True, slots=True)
class CoursePath:
    """What one role needs of the course, in order, and what may be useful to it beyond that."""

    role: str
    modules: tuple[str, ...]
    depth: tuple[str, ...]
    scenarios: tuple[str, ...]
    minutes: int


def course_path(programme: Programme, role: str) -> CoursePath:
    """The path of a role through the course."""
    modules = programme.modules.items()
    needed = tuple(name for name, module in modules if role in module.needed_by)
    return CoursePath(
        role,
        needed,
        tuple(name for name, module in modules if role in module.useful_to),
        tuple(name for name, one in programme.scenarios.items() if role in one.versions),
        sum(times(programme, name).total for name in needed),
    )


def paths(programme: Programme) -> list[CoursePath]:
    """The path of every role that has one."""
    found = [course_path(programme, role) for role in programme.roles]
    return [one for one in found if one.modules]


def neighbours(programme: Programme, name: str) -> tuple[str | None, str | None]:
    """The module before and the module after one."""
    order = list(programme.modules)
    at = order.index(name)
    return (order[at - 1] if at else None, order[at + 1] if at + 1 < len(order) else None)


def scenarios_of(programme: Programme, module: str) -> dict[str, Scenario]:
    """The scenarios that practise a module."""
    return {name: one for name, one in programme.scenarios.items() if module in one.modules}


def modules_with(programme: Programme, kind: str, name: str) -> list[str]:
    """The modules that lead to a worksheet or a session; `kind` is the field that lists them."""
    return [one for one, module in programme.modules.items() if name in getattr(module, kind)]


# --- questions that come again -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the module it belongs to."""

    module: str
    question: Question


def recall(programme: Programme, name: str) -> list[Asked]:
    """Two questions from earlier modules: one from the last, one from about half-way back.

    Spaced retrieval beats massed (Latimier and others 2021). Modules that stand on the path of all
    its readers are asked about, or else of some; nobody is asked about a path that is not theirs.
    """
    module = programme.modules[name]
    earlier = {name: one for name, one in programme.modules.items() if one.order < module.order}
    readers = set(module.needed_by or module.useful_to)
    before = [name for name, one in earlier.items() if readers <= set(one.needed_by)]
    before = before or [name for name, one in earlier.items() if readers & set(one.needed_by)]
    if not before:
        return []
    chosen = list(dict.fromkeys((before[-1], before[(len(before) - 1) // 2])))
    asked = [_one(programme, one, turn=module.order) for one in chosen]
    if len(chosen) == 1:  # only one module lies behind: two of its questions
        asked.append(_one(programme, chosen[0], turn=module.order + 1))
    return list({(one.module, one.question.id): one for one in asked if one is not None}.values())


def review(programme: Programme) -> list[Asked]:
    """A question from every module, mixed: what to try a week later."""
    asked = [_one(programme, name, turn=0) for name in programme.modules]
    return sorted((one for one in asked if one), key=lambda one: _shuffled(one.question.id))


def _one(programme: Programme, name: str, turn: int) -> Asked | None:
    quiz = programme.quizzes.get(name)
    if quiz is None:
        return None
    return Asked(name, quiz.questions[turn % len(quiz.questions)])


def mixed(ids: Mapping[str, object]) -> list[str]:
    """Ids in an order that is the same at every build, and is not the right one."""
    order = sorted(ids, key=_shuffled)
    return order if order != list(ids) else [*order[1:], order[0]]


def _shuffled(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# --- scenarios -----------------------------------------------------------------------------------


def routes(version: Version) -> Iterator[tuple[str, ...]]:
    """Every way through a scenario, as turns and at last an ending.

    A route that comes back to a turn, or leads nowhere, stops there.
    """

    def onward(route: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        turn = version.turns.get(route[-1])
        if turn is None or route[-1] in route[:-1]:
            yield route
            return
        for goal in dict.fromkeys(choice.to for choice in turn.choices.values()):
            yield from onward((*route, goal))

    yield from onward((next(iter(version.turns)),))


@dataclass(frozen=True, slots=True)
class Passage:
    """A numbered passage of a scenario to read: a turn, what follows from a choice, or an ending.

    `goes_to` holds the numbers to turn to: of each choice at a turn, of the next passage after a choice.
    """

    number: int
    kind: str
    turn: str
    choice: str
    goes_to: tuple[int, ...]

    @property
    def place(self) -> str:
        """What it is known by, whatever its number: `turn`, `turn/choice` or `end/ending`."""
        return (
            f"end/{self.turn}" if self.kind == "ending" else "/".join(filter(None, (self.turn, self.choice)))
        )


def passages(version: Version) -> list[Passage]:
    """A scenario as numbered passages: turns as they are met, each followed by its choices; endings last."""
    order = _turns_in_order(version)
    places: list[tuple[str, str, str]] = []
    for turn in order:
        places.append(("turn", turn, ""))
        places += [("choice", turn, choice) for choice in version.turns[turn].choices]
    places += [("ending", ending, "") for ending in version.endings]
    number = {place: n for n, place in enumerate(places, 1)}

    def goal(kind: str, turn: str, choice: str) -> tuple[int, ...]:
        if kind == "turn":
            return tuple(number["choice", turn, one] for one in version.turns[turn].choices)
        if kind == "choice":
            to = version.turns[turn].choices[choice].to
            return (number["turn" if to in version.turns else "ending", to, ""],)
        return ()

    return [Passage(number[place], *place, goal(*place)) for place in places]


def _turns_in_order(version: Version) -> list[str]:
    first = next(iter(version.turns))
    found = [first]
    for turn in found:  # grows while it is read: turns in the order in which they are first met
        for choice in version.turns[turn].choices.values():
            if choice.to in version.turns and choice.to not in found:
                found.append(choice.to)
    return found


# --- citations -----------------------------------------------------------------------------------


def citations(docs: Path, programme: Programme) -> dict[str, dict[str, str]]:
    """By finding: the pages that cite it, by their path without .md, with their titles.

    A page cites what it names itself, and what a picture on it rests on.
    """
    titles = pages.titles(docs) | {f"modules/{name}": one.title for name, one in programme.modules.items()}
    found: dict[str, dict[str, str]] = {}
    for call in pages.calls(docs):
        page = call.page.removesuffix(".md")
        named = {"cite": [call.argument], "picture": _in_picture(programme, call.argument)}
        for reference in named.get(call.macro, ()):
            if page in titles and not pages.foreign(call.page) and reference != OURS:
                found.setdefault(reference, {})[page] = titles[page]
    return found


def _in_picture(programme: Programme, name: str) -> list[str]:
    picture = programme.pictures.get(name)
    return [one.source for one in (*getattr(picture, "events", ()), *getattr(picture, "rows", ()))]


def cited_on(citations: Mapping[str, Mapping[str, str]], page: str) -> list[str]:
    """The findings that one page cites."""
    return [reference for reference, cited in citations.items() if page in cited]


def due_for_review(modules: Mapping[str, Module], today: date) -> list[str]:
    """The modules whose next review is due on a day, by that day."""
    due = {name: one for name, one in modules.items() if one.review_again <= today}
    return sorted(due, key=lambda name: (due[name].review_again, name))
