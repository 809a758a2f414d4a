"""Rules about the course: modules and quizzes (M), scenarios (X), evidence and terms (E)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.program import learning, pages, prose
from macros.program.course import Module, Version
from macros.program.evidence import OURS
from macros.program.loading import Programme
from macros.program.problems import nearest
from macros.program.rules import Finding, Reference, Site, rule, twice, unknown
from macros.program.source import Key

VERBS = frozenset(
    (
        "agree",
        "answer",
        "ask",
        "book",
        "build",
        "calculate",
        "check",
        "choose",
        "compare",
        "decide",
        "describe",
        "design",
        "distinguish",
        "draft",
        "explain",
        "give",
        "judge",
        "list",
        "match",
        "name",
        "open",
        "plan",
        "prepare",
        "recognise",
        "repair",
        "run",
        "say",
        "set",
        "show",
        "spot",
        "state",
        "stop",
        "tell",
        "use",
        "weigh",
        "write",
    )
)
"""What an objective may begin with: things that somebody can be seen doing."""

FEWEST_TURNS, MOST_TURNS = 2, 4
"""Turns on every way through a scenario: fewer teach nothing, more are not finished."""

OFF_BY = 5
"""Reading minutes may be off by one part in so many from what the words say."""


def role_references(programme: Programme) -> Iterator[Reference]:
    """Where the course names roles."""
    for name, module in programme.modules.items():
        for field in ("needed_by", "useful_to"):
            for place, role in enumerate(getattr(module, field)):
                yield f"modules/{name}", (field, place), role
    for name, scenario in programme.scenarios.items():
        for role in scenario.versions:
            yield f"scenarios/{name}", ("versions", role), role


def references(programme: Programme, field: str) -> Iterator[Reference]:
    """Where modules name sessions or worksheets."""
    for name, module in programme.modules.items():
        for place, one in enumerate(getattr(module, field)):
            yield f"modules/{name}", (field, place), one


@rule("R112")
def module_is_known(site: Site) -> Iterator[Finding]:
    """There is no module "{name}"."""
    programme = site.programme
    named: list[Reference] = [
        (f"modules/{name}", ("first", place), one)
        for name, module in programme.modules.items()
        for place, one in enumerate(module.first)
    ]
    named += [
        (f"scenarios/{name}", ("modules", place), one)
        for name, scenario in programme.scenarios.items()
        for place, one in enumerate(scenario.modules)
    ]
    named += [
        ("glossary", (name, "module"), term.module)
        for name, term in programme.glossary.items()
        if term.module is not None
    ]
    named += [(f"quizzes/{name}", (), name) for name in programme.quizzes]
    yield from unknown(iter(named), programme.modules)


# --- modules -------------------------------------------------------------------------------------


@rule("M801")
def module_has_a_quiz(site: Site) -> Iterator[Finding]:
    """The module has no quiz."""
    for name in site.programme.modules:
        if name not in site.programme.quizzes:
            yield Finding(f"modules/{name}", (), f"write quizzes/{name}.yml", {})


@rule("M802")
def what_to_know_first_comes_first(site: Site) -> Iterator[Finding]:
    """The module "{name}" is to be known first, but comes later."""
    order = list(site.programme.modules)
    for name, module in site.programme.modules.items():
        for place, one in enumerate(module.first):
            if one in order and order.index(one) >= order.index(name):
                yield Finding(
                    f"modules/{name}", ("first", place), "delete it, or change `order`", {"name": one}
                )


@rule("M803")
def role_is_named_once(site: Site) -> Iterator[Finding]:
    """The role "{id}" stands twice here."""
    for name, module in site.programme.modules.items():
        for found in twice(f"modules/{name}", (), [*module.needed_by, *module.useful_to]):
            place = int(str(found.key[-1]))
            needed = len(module.needed_by)
            key = ("needed_by", place) if place < needed else ("useful_to", place - needed)
            yield Finding(found.source, key, found.hint, found.words)


@rule("M804")
def objective_begins_with_a_verb(site: Site) -> Iterator[Finding]:
    """An objective begins with what the reader does, and "{word}" is not on the list of verbs."""
    for name, module in site.programme.modules.items():
        for identifier, text in module.objectives.items():
            word = text.split()[0]
            if word.lower() not in VERBS:
                hint = nearest(word.lower(), VERBS, "begin with Name, Explain, Choose, Plan or the like")
                yield Finding(f"modules/{name}", ("objectives", identifier), hint, {"word": word})


@rule("M805")
def path_fits(site: Site) -> Iterator[Finding]:
    """The path of this role takes {minutes} minutes, and {most} is the most: {modules}."""
    for name, role in site.programme.roles.items():
        path = learning.course_path(site.programme, name)
        if role.path_minutes is not None and path.minutes > role.path_minutes:
            words = {"minutes": path.minutes, "most": role.path_minutes, "modules": ", ".join(path.modules)}
            hint = "shorten a module, or move the role from needed_by to useful_to"
            yield Finding(f"roles/{name}", ("path_minutes",), hint, words)


@rule("M806")
def reading_minutes_are_true(site: Site) -> Iterator[Finding]:
    """The module has {words} words, which is {true} minutes of reading, not {said}."""
    for name, module in site.programme.modules.items():
        text = _page(site, name)
        if text is None:
            continue
        words = len(prose.words(prose.plain(text) + " " + _spoken(module)))
        true = words / prose.WORDS_A_MINUTE
        if abs(module.reading_minutes - true) * OFF_BY > true and module.reading_minutes != max(
            1, round(true)
        ):
            hint = f"write reading_minutes: {max(1, round(true))}, or change the text"
            said = {"words": words, "true": f"{true:.1f}", "said": module.reading_minutes}
            yield Finding(f"modules/{name}", ("reading_minutes",), hint, said)


@rule("M807")
def page_of_a_module_is_whole(site: Site) -> Iterator[Finding]:
    """The page of the module has no {part}."""
    if site.docs is None:
        return
    for name in site.programme.modules:
        text = _page(site, name)
        if text is None:
            continue  # G602 says so
        called = {call.macro for call in site.calls if call.page == f"modules/{name}.md"}
        parts = {
            "opening situation": "{ #opening }" in text,
            "activity": "{ #activity }" in text,
            "end": "module_end" in called,
            "source": "cite" in called,
        }
        hints = {
            "opening situation": "begin with a heading that ends in { #opening }",
            "activity": "add a heading that ends in { #activity }",
            "end": f"end with the line {pages.text('module_end', name).strip()}",
            "source": 'cite what it rests on: {{ cite("source/finding") }}',
        }
        for part, there in parts.items():
            if not there:
                yield Finding(site.shown(f"modules/{name}.md"), (1, 1), hints[part], {"part": part})


@rule("M808")
def question_ids_differ(site: Site) -> Iterator[Finding]:
    """The id "{id}" stands twice in this quiz."""
    for name, quiz in site.programme.quizzes.items():
        yield from twice(f"quizzes/{name}", ("questions",), [one.id for one in quiz.questions])


def _page(site: Site, module: str) -> str | None:
    path = (site.docs or Path()) / "modules" / f"{module}.md"
    return path.read_text(encoding="utf-8-sig", errors="replace") if site.docs and path.is_file() else None


def _spoken(module: Module) -> str:
    """What a module's page prints besides its prose, to be read as prose is."""
    return " ".join((module.title, module.summary, *module.objectives.values(), *module.key_points))


# --- scenarios -----------------------------------------------------------------------------------


def _versions(programme: Programme) -> Iterator[tuple[str, str, Version]]:
    for name, scenario in programme.scenarios.items():
        for role, version in scenario.versions.items():
            yield f"scenarios/{name}", role, version


@rule("X851")
def choice_leads_somewhere(site: Site) -> Iterator[Finding]:
    """There is no turn or ending "{name}"."""
    for source, role, version in _versions(site.programme):
        known = {**version.turns, **version.endings}
        for turn, one in version.turns.items():
            for choice, chosen in one.choices.items():
                if chosen.to not in known:
                    key = ("versions", role, "turns", turn, "choices", choice, "to")
                    yield Finding(source, key, nearest(chosen.to, known), {"name": chosen.to})


@rule("X852")
def every_branch_ends(site: Site) -> Iterator[Finding]:
    """A branch goes in a circle: {route}."""
    for source, role, version in _versions(site.programme):
        seen: set[str] = set()
        for route in learning.routes(version):
            if route[-1] in route[:-1]:
                ring = " → ".join(route[route.index(route[-1]) :])
                if ring not in seen:
                    seen.add(ring)
                    key = ("versions", role, "turns", route[-1])
                    yield Finding(source, key, "let one choice lead onward", {"route": ring})


@rule("X853")
def everything_is_reached(site: Site) -> Iterator[Finding]:
    """No way through the scenario reaches "{name}"."""
    for source, role, version in _versions(site.programme):
        reached = {step for route in learning.routes(version) for step in route}
        for part, entries in (("turns", version.turns), ("endings", version.endings)):
            for name in entries:
                if name not in reached:
                    hint = "let a choice lead to it, or delete it"
                    yield Finding(source, ("versions", role, part, name), hint, {"name": name})


@rule("X854")
def ways_have_two_to_four_turns(site: Site) -> Iterator[Finding]:
    """A way through the scenario takes {fewest} to {most} turns, and one takes {count}: {route}."""
    for source, role, version in _versions(site.programme):
        for route in learning.routes(version):
            count = len(route) - 1
            if route[-1] in version.endings and not FEWEST_TURNS <= count <= MOST_TURNS:
                words = {
                    "count": count,
                    "fewest": FEWEST_TURNS,
                    "most": MOST_TURNS,
                    "route": " → ".join(route),
                }
                hint = "add a turn" if count < FEWEST_TURNS else "leave out a turn"
                yield Finding(source, ("versions", role), hint, words)


@rule("X855")
def turns_and_endings_differ(site: Site) -> Iterator[Finding]:
    """The id "{name}" is a turn and an ending."""
    for source, role, version in _versions(site.programme):
        for name in version.turns.keys() & version.endings.keys():
            yield Finding(source, ("versions", role, "endings", name), "rename one", {"name": name})


# --- evidence ------------------------------------------------------------------------------------


def _cited(site: Site) -> Iterator[Reference]:
    """Every finding that is cited, except by myths: on pages, in pictures."""
    for call in site.calls:
        if call.macro == "cite" and call.argument != OURS:
            yield site.shown(call.page), (call.line, call.column), call.argument
    for name, picture in site.programme.pictures.items():
        for part in ("events", "rows"):
            for index, one in enumerate(getattr(picture, part, ())):
                yield f"pictures/{name}", (part, index, "source"), one.source
    programme = site.programme
    resting: list[tuple[str, Key, tuple[str, ...]]] = [
        (f"worksheets/{name}", (), one.rests_on) for name, one in programme.worksheets.items()
    ]
    resting += [(f"sessions/{name}", (), one.rests_on) for name, one in programme.sessions.items()]
    resting += [
        ("program", ("artefacts", at), one.rests_on) for at, one in enumerate(programme.program.artefacts)
    ]
    resting += [("risks", ("risks", at), one.rests_on) for at, one in enumerate(programme.risks)]
    resting += [("standards", ("standards", at), one.rests_on) for at, one in enumerate(programme.standards)]
    for where, key, findings in resting:
        yield from ((where, (*key, "rests_on", place), one) for place, one in enumerate(findings))


def _of_myths(site: Site) -> Iterator[Reference]:
    for index, myth in enumerate(site.programme.myths):
        for place, one in enumerate(myth.sources):
            yield "myths", ("myths", index, "sources", place), one


def _known(site: Site) -> dict[str, object]:
    return {
        f"{name}/{finding}": one
        for name, source in site.programme.sources.items()
        for finding, one in source.findings.items()
    }


@rule("E861")
def finding_is_known(site: Site) -> Iterator[Finding]:
    """No source says "{name}"."""
    yield from unknown(iter([*_cited(site), *_of_myths(site)]), _known(site))


@rule("E862")
def avoided_finding_is_not_used(site: Site) -> Iterator[Finding]:
    """The finding "{name}" is not to be used."""
    avoided = {
        f"{name}/{finding}"
        for name, source in site.programme.sources.items()
        for finding, one in source.findings.items()
        if one.use == "avoid"
    }
    for source, key, name in _cited(site):
        if name in avoided:
            yield Finding(source, key, "leave the claim out; only myths.yml may name it", {"name": name})


@rule("E863")
def every_finding_is_cited(site: Site) -> Iterator[Finding]:
    """Nobody cites the finding "{name}"."""
    if site.docs is None:
        return
    used = {name for _, _, name in [*_cited(site), *_of_myths(site)]}
    for name, source in site.programme.sources.items():
        for finding in source.findings:
            if f"{name}/{finding}" not in used:
                hint = f'cite it with {{{{ cite("{name}/{finding}") }}}}, or delete it'
                yield Finding("sources", (name, "findings", finding), hint, {"name": f"{name}/{finding}"})


@rule("E864")
def term_is_known(site: Site) -> Iterator[Finding]:
    """The glossary has no term "{name}"."""
    named = [
        (site.shown(call.page), (call.line, call.column), call.argument)
        for call in site.calls
        if call.macro == "term"
    ]
    yield from unknown(iter(named), site.programme.glossary)


@rule("E865")
def term_is_explained_once(site: Site) -> Iterator[Finding]:
    """The term "{name}" has been explained on this page."""
    seen: set[tuple[str, str]] = set()
    for call in site.calls:
        if call.macro == "term":
            if (call.page, call.argument) in seen:
                hint = "write the plain word: only its first use is explained"
                yield Finding(site.shown(call.page), (call.line, call.column), hint, {"name": call.argument})
            seen.add((call.page, call.argument))
