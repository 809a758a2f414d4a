"""Components of the course: modules, quizzes, scenarios, pictures, sources, terms.

Each public function is the macro of its name.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Any

from macros.program import learning
from macros.program.evidence import GRADES, OURS, READINGS, Picture
from macros.program.loading import Programme
from macros.render import pictures
from macros.render.page import Page


def module(page: Page, name: str) -> str:
    """The head of a module: what it is for, what it takes, and two questions from earlier modules."""
    programme = _of_module(page, name)
    if name not in programme.modules:
        return page.switched_off("role_off")
    one = programme.modules[name]
    return page.titled(
        programme,
        one.title,
        "module",
        name=name,
        module=one,
        number=list(programme.modules).index(name) + 1,
        times=learning.times(programme, name),
        again=learning.recall(programme, name),
        mixed=learning.mixed,
    )


def module_end(page: Page, name: str) -> str:
    """The end of a module: key points, quiz with its answer key, where to use it, what it rests on."""
    programme = _of_module(page, name)
    if name not in programme.modules:
        return ""
    previous, following = learning.neighbours(programme, name)
    cited = learning.cited_on(page.citations, f"modules/{name}")
    return page.block(
        programme,
        "module_end",
        name=name,
        module=programme.modules[name],
        asked=[learning.Asked(name, one) for one in programme.quizzes[name].questions],
        again=learning.recall(programme, name),
        mixed=learning.mixed,
        scenarios=learning.scenarios_of(programme, name),
        sources=list(dict.fromkeys(reference.partition("/")[0] for reference in cited)),
        previous=previous,
        following=following,
    )


def _of_module(page: Page, name: str) -> Programme:
    return page.programme(f"modules/{name}", f"quizzes/{name}")


def modules(page: Page) -> str:
    """Every module, in order, with the question it answers and the minutes it takes."""
    programme = page.programme("ui")
    return page.block(
        programme, "modules", times={name: learning.times(programme, name) for name in programme.modules}
    )


def paths(page: Page) -> str:
    """What each role needs of the course."""
    programme = page.programme("ui")
    return page.block(
        programme,
        "paths",
        paths=learning.paths(programme),
        times={name: learning.times(programme, name) for name in programme.modules},
    )


def review(page: Page) -> str:
    """Questions from every module, mixed, to try a week later."""
    programme = page.programme("ui", *(f"quizzes/{name}" for name in page.languages["en"].quizzes))
    return page.block(programme, "review", asked=learning.review(programme), mixed=learning.mixed)


def scenario(page: Page, name: str) -> str:
    """A branching situation as a text to turn about in, in a version for each role."""
    programme = page.programme(f"scenarios/{name}")
    if name not in programme.scenarios:
        return page.switched_off("role_off")
    one = programme.scenarios[name]
    return page.titled(
        programme,
        one.title,
        "scenario",
        name=name,
        scenario=one,
        versions=[(role, told, learning.passages(told)) for role, told in one.versions.items()],
    )


def scenarios(page: Page) -> str:
    """Every scenario, with the roles it is told for."""
    return page.block(page.programme("ui"), "scenarios")


def picture(page: Page, name: str) -> str:
    """A drawing with its words, which say the same."""
    programme = page.programme(f"pictures/{name}")
    one: Picture = programme.pictures[name]
    values: dict[str, Any] = {"name": name, "picture": one}
    if one.type == "history":
        values |= pictures.history(one)
    elif one.type == "evidence":
        values |= pictures.evidence(one)
    elif name == "six-meetings":
        values |= pictures.meetings(programme)
    return page.block(programme, f"picture-{name if one.type == 'drawing' else one.type}", **values)


def cite(page: Page, reference: str) -> str:
    """What a sentence rests on, in its grade: a finding of a source, or our own judgement."""
    programme = page.programme("ui")
    name = reference.partition("/")[0]
    ours = reference == OURS
    return page.block(programme, "cite", name=name, source=None if ours else programme.sources[name])


def term(page: Page, name: str, words: str = "") -> str:
    """A word of the field, with its meaning behind a tap, and beside it on paper."""
    programme = page.programme("glossary")
    return page.block(programme, "term", name=name, term=programme.glossary[name], words=words)


def glossary(page: Page) -> str:
    """Every term, with its names in the other languages."""
    programme = page.programme("glossary")
    terms = sorted(
        programme.glossary.items(), key=lambda item: _alphabetical(item[1].name(programme.language))
    )
    return page.block(programme, "glossary", terms=terms)


def sources(page: Page) -> str:
    """Every source: its grade, how much of it was read, what we take from it, and who cites it."""
    programme = page.programme("sources")
    every = programme.sources.items()
    grades = Counter(source.grade for _, source in every)
    readings = Counter(source.read for _, source in every)
    return page.block(
        programme,
        "sources",
        sources=sorted(every, key=lambda item: (item[1].short, item[1].year or 0)),
        grades=[(grade, grades[grade]) for grade in GRADES if grades[grade]],
        readings=[(reading, readings[reading]) for reading in READINGS if readings[reading]],
        cited=page.citations,
    )


def myths(page: Page) -> str:
    """Figures and stories that people quote, where they come from, and whether to use them."""
    programme = page.programme("myths", "sources")
    sources = {
        one.id: list(dict.fromkeys(reference.partition("/")[0] for reference in one.sources))
        for one in programme.myths
    }
    return page.block(programme, "myths", sources=sources)


def _alphabetical(text: str) -> list[tuple[str, str]]:
    """What to sort names by: a letter with a mark follows the letter without it."""
    letters = (unicodedata.normalize("NFD", letter) for letter in text.lower())
    return [("l", "/") if letter == "ł" else (letter[0], letter[1:]) for letter in letters]
