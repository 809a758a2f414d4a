"""What the course asks of each reader: paths, minutes, questions that come again, ways through a story."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from macros.program import learning, views
from macros.program.course import Choice, Ending, Module, Turn, Version
from macros.program.learning import CoursePath, Passage, Times
from macros.program.loading import Programme, load
from macros.program.model import SwitchedOff
from macros.program.project import open_project
from tests.conftest import ROOT, Sample, raw


@pytest.fixture
def programme(sample: Sample) -> Programme:
    """The sample programme: two modules, one scenario told for two roles."""
    return load(sample.data).programme


def _course(programme: Programme, **readers: tuple[Iterable[str], Iterable[str]]) -> Programme:
    """A course of one module after the other, each a copy of the sample's first with its three questions.

    By module: the roles that need it, and those to whom it is useful.
    """
    module, quiz = programme.modules["why-bread"], programme.quizzes["why-bread"]
    modules = {
        name: module.model_copy(
            update={"order": place, "needed_by": tuple(needed), "useful_to": tuple(useful)}
        )
        for place, (name, (needed, useful)) in enumerate(readers.items(), 1)
    }
    return replace(programme, modules=modules, quizzes=dict.fromkeys(modules, quiz))


def _asked(asked: list[learning.Asked]) -> list[tuple[str, str]]:
    return [(one.module, one.question.id) for one in asked]


def _version(turns: Mapping[str, list[str]], *endings: str) -> Version:
    """A story by its turns, each with the goals of its choices."""
    return Version(
        situation="It smells.",
        turns={
            turn: Turn(
                text=turn,
                choices={
                    f"to-{n}": Choice(text=goal, feedback=goal, to=goal) for n, goal in enumerate(goals)
                },
            )
            for turn, goals in turns.items()
        },
        endings={ending: Ending(title=ending, text=ending) for ending in endings},
    )


# --- minutes and paths --------------------------------------------------------------------------


def test_learning_module_takes_reading_activity_and_a_minute_for_each_question(programme: Programme) -> None:
    """Minutes of a module are those of its file and one for each question of its quiz."""
    found = {name: learning.times(programme, name) for name in programme.modules}
    assert found == {"why-bread": Times(1, 4, 3), "hot-ovens": Times(1, 6, 2)}
    assert {name: one.total for name, one in found.items()} == {"why-bread": 8, "hot-ovens": 9}


def test_learning_module_without_a_quiz_takes_what_is_left(programme: Programme) -> None:
    """Without questions, nothing is counted for them."""
    assert learning.times(replace(programme, quizzes={}), "why-bread") == Times(1, 4, 0)


def test_learning_path_holds_what_a_role_needs_and_beside_it_what_is_useful(programme: Programme) -> None:
    """Only what is needed is counted; roles that need no module have no path."""
    assert learning.paths(programme) == [
        CoursePath("mentor", ("why-bread", "hot-ovens"), (), ("burnt-loaf",), 8 + 9),
        CoursePath("mentee", ("hot-ovens",), ("why-bread",), ("burnt-loaf",), 9),
    ]
    assert learning.course_path(programme, "taster") == CoursePath("taster", (), (), (), 0)


def test_learning_path_follows_the_order_of_the_course(sample: Sample) -> None:
    """Neither names of files nor their place in a folder decide which module comes first."""
    assert learning.course_path(load(sample.data).programme, "mentor").modules == ("why-bread", "hot-ovens")
    sample.change("modules/why-bread.yml", "order: 1", "order: 3")
    assert learning.course_path(load(sample.data).programme, "mentor").modules == ("hot-ovens", "why-bread")


def test_learning_path_has_the_scenarios_told_for_its_role(programme: Programme) -> None:
    """A scenario without a version for a role is not on its path."""
    story = programme.scenarios["burnt-loaf"]
    told = story.model_copy(update={"versions": {"mentor": story.versions["mentor"]}})
    fewer = replace(programme, scenarios={"burnt-loaf": told, "again": story})
    assert [learning.course_path(fewer, role).scenarios for role in ("mentor", "mentee", "taster")] == [
        ("burnt-loaf", "again"),
        ("again",),
        (),
    ]


def test_learning_modules_know_their_neighbours_and_what_leads_to_them(programme: Programme) -> None:
    """Each module knows the one before and after, its scenarios, and the sheets that name it."""
    assert {name: learning.neighbours(programme, name) for name in programme.modules} == {
        "why-bread": (None, "hot-ovens"),
        "hot-ovens": ("why-bread", None),
    }
    assert {name: list(learning.scenarios_of(programme, name)) for name in programme.modules} == {
        "why-bread": [],
        "hot-ovens": ["burnt-loaf"],
    }
    assert {name: learning.modules_with(programme, "worksheets", name) for name in programme.worksheets} == {
        "flour-card": [],
        "dough-diary": [],
        "crumb-map": ["why-bread"],
        "crust-letter": [],
    }
    assert {name: learning.modules_with(programme, "sessions", name) for name in programme.sessions} == {
        "flour-evening": [],
        "first-dough": ["why-bread"],
        "second-oven": [],
    }


# --- questions that come again ------------------------------------------------------------------

EVERYONE = (("mentor",), ())


def test_learning_recall_asks_the_last_module_and_one_half_way_back(programme: Programme) -> None:
    """The first module asks nothing; the others ask the last before them and one from the middle."""
    course = _course(programme, one=EVERYONE, two=EVERYONE, three=EVERYONE, four=EVERYONE, five=EVERYONE)
    assert {name: [one.module for one in learning.recall(course, name)] for name in course.modules} == {
        "one": [],
        "two": ["one", "one"],
        "three": ["two", "one"],
        "four": ["three", "two"],
        "five": ["four", "two"],
    }


def test_learning_recall_asks_two_questions_of_the_only_module_behind(programme: Programme) -> None:
    """Where one module lies behind, two different questions of it come again."""
    assert _asked(learning.recall(programme, "hot-ovens")) == [
        ("why-bread", "in-order"),
        ("why-bread", "which-gas"),
    ]


def test_learning_recall_asks_another_question_each_time(programme: Programme) -> None:
    """A module that is asked about in three later ones is asked about with three questions."""
    course = _course(programme, one=EVERYONE, two=EVERYONE, three=EVERYONE, four=EVERYONE, five=EVERYONE)
    asked = [one for name in course.modules for one in _asked(learning.recall(course, name))]
    assert [question for module, question in asked if module == "two"] == [
        "which-gas",
        "what-helps",
        "in-order",
    ]


def test_learning_recall_never_asks_a_later_module(programme: Programme) -> None:
    """No module asks about itself or what comes after it, however the modules are listed."""
    course = _course(programme, one=EVERYONE, two=EVERYONE, three=EVERYONE, four=EVERYONE, five=EVERYONE)
    upside_down = replace(course, modules=dict(reversed(list(course.modules.items()))))
    early = [
        (name, one.module)
        for name, module in upside_down.modules.items()
        for one in learning.recall(upside_down, name)
        if upside_down.modules[one.module].order >= module.order
    ]
    assert early == []


def test_learning_recall_asks_what_stands_on_the_path_of_all_its_readers(programme: Programme) -> None:
    """A module that one of the readers may leave out, or has no use for, does not come again."""
    course = _course(
        programme,
        both=(("mentor", "mentee"), ()),
        useful=(("mentor",), ("mentee",)),
        mentors=(("mentor",), ()),
        last=(("mentor", "mentee"), ()),
    )
    assert [one.module for one in learning.recall(course, "last")] == ["both", "both"]


def test_learning_recall_asks_what_some_readers_have_met_where_none_was_for_all(programme: Programme) -> None:
    """Without a module for all of its readers, those of some come again, and still none of other roles."""
    course = _course(
        programme,
        mentors=(("mentor",), ()),
        mentees=(("mentee",), ("mentor",)),
        tasters=(("taster",), ("mentor", "mentee")),
        last=(("mentor", "mentee"), ("taster",)),
    )
    assert [one.module for one in learning.recall(course, "last")] == ["mentees", "mentors"]


def test_learning_recall_asks_nobody_who_reads_by_choice_about_what_they_never_met(
    programme: Programme,
) -> None:
    """A module that is only useful, and to others than an earlier one, does not ask about that one."""
    course = _course(programme, mentors=(("mentor",), ()), tasters=((), ("taster",)))
    assert _asked(learning.recall(course, "tasters")) == []


def test_learning_recall_does_without_a_module_that_has_no_quiz(programme: Programme) -> None:
    """What has no questions is not asked about, and nothing breaks."""
    assert learning.recall(replace(programme, quizzes={}), "hot-ovens") == []


def test_learning_review_asks_one_question_of_every_module(programme: Programme) -> None:
    """A week later each module comes once, and not in the order of the course."""
    assert _asked(learning.review(programme)) == [("hot-ovens", "own-words"), ("why-bread", "which-gas")]
    course = _course(programme, one=EVERYONE, two=EVERYONE, three=EVERYONE)
    assert sorted(one.module for one in learning.review(course)) == ["one", "three", "two"]


def test_learning_questions_and_their_order_are_the_same_at_every_build(sample: Sample) -> None:
    """Two builds by different processes ask the same questions, with the same steps, in the same order."""
    script = (
        "import sys; from pathlib import Path; from macros.program import learning; "
        "from macros.program.loading import load; p = load(Path(sys.argv[1])).programme; "
        "print([(a.module, a.question.id) for n in p.modules for a in learning.recall(p, n)], "
        "[a.question.id for a in learning.review(p)], learning.mixed(dict.fromkeys('abcdefgh')))"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", script, sample.data],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    assert "own-words" in outputs[0]


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_learning_mixed_steps_are_all_there_and_never_in_the_right_order(count: int) -> None:
    """Whatever the right order is, the one shown is another, of the same steps, and the same each time."""
    names = ["mix", "knead", "rest", "shape", "prove", "bake"][:count]
    for right in permutations(names):
        shown = learning.mixed(dict.fromkeys(right))
        assert sorted(shown) == sorted(right)
        assert tuple(shown) != right
        assert shown == learning.mixed(dict.fromkeys(right))


# --- scenarios ----------------------------------------------------------------------------------


def test_learning_routes_are_all_ways_from_the_first_turn_to_an_ending(programme: Programme) -> None:
    """Each way is told once, even where two choices lead to the same turn."""
    versions = programme.scenarios["burnt-loaf"].versions
    assert {role: list(learning.routes(version)) for role, version in versions.items()} == {
        "mentor": [
            ("smoke", "black", "thrown-away"),
            ("smoke", "black", "eaten"),
            ("smoke", "brown", "eaten"),
            ("smoke", "brown", "thrown-away"),
        ],
        "mentee": [("nose", "open", "lesson"), ("nose", "open", "alarm")],
    }


def test_learning_routes_stop_at_a_circle_and_at_a_dead_end() -> None:
    """A way that comes back to a turn stops there, and so does one that leads nowhere."""
    circle = _version({"smoke": ["door", "toast"], "door": ["smoke", "coal"]}, "toast", "coal")
    assert list(learning.routes(circle)) == [
        ("smoke", "door", "smoke"),
        ("smoke", "door", "coal"),
        ("smoke", "toast"),
    ]
    itself = _version({"smoke": ["smoke", "nowhere"], "door": ["coal", "toast"]}, "toast", "coal")
    assert list(learning.routes(itself)) == [("smoke", "smoke"), ("smoke", "nowhere")]


def test_learning_passages_of_a_story_are_numbered_in_the_order_in_which_it_is_met(
    programme: Programme,
) -> None:
    """A turn, what follows from each of its choices, the next turn; the endings last."""
    assert learning.passages(programme.scenarios["burnt-loaf"].versions["mentee"]) == [
        Passage(1, "turn", "nose", "", (2, 3)),
        Passage(2, "choice", "nose", "ask", (4,)),
        Passage(3, "choice", "nose", "talk", (4,)),
        Passage(4, "turn", "open", "", (5, 6)),
        Passage(5, "choice", "open", "open-it", (7,)),
        Passage(6, "choice", "open", "leave-it", (8,)),
        Passage(7, "ending", "lesson", "", ()),
        Passage(8, "ending", "alarm", "", ()),
    ]


def test_learning_passages_follow_the_story_and_not_the_file(programme: Programme) -> None:
    """Turns are numbered as they are first met, wherever the file tells them."""
    story = _version(
        {"smoke": ["door", "window"], "window": ["coal", "toast"], "door": ["window", "coal"]},
        "toast",
        "coal",
    )
    turns = [one.turn for one in learning.passages(story) if one.kind == "turn"]
    assert turns == ["smoke", "door", "window"]


@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_learning_passages_lead_where_the_data_says(role: str, sample: Sample) -> None:
    """Every turn, choice and ending is one passage, and its numbers lead to what the file names."""
    told = raw(sample.data / "scenarios" / "burnt-loaf.yml")["versions"][role]
    found = learning.passages(load(sample.data).programme.scenarios["burnt-loaf"].versions[role])
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    by_number = {one.number: one for one in found}

    def goals(one: Passage) -> list[tuple[str, str, str]]:
        there = [by_number[number] for number in one.goes_to]
        return [(goal.kind, goal.turn, goal.choice) for goal in there]

    expected: dict[tuple[str, str, str], list[tuple[str, str, str]]] = {
        ("ending", name, ""): [] for name in told["endings"]
    }
    for turn, one in told["turns"].items():
        expected["turn", turn, ""] = [("choice", turn, choice) for choice in one["choices"]]
        for choice, chosen in one["choices"].items():
            kind = "turn" if chosen["to"] in told["turns"] else "ending"
            expected["choice", turn, choice] = [(kind, chosen["to"], "")]
    assert len(found) == len(expected)
    assert {(one.kind, one.turn, one.choice): goals(one) for one in found} == expected


# --- what a page rests on -----------------------------------------------------------------------

BOTH = {"modules/hot-ovens": "Hot & steady ovens", "modules/why-bread": "Why bread rises"}


def _write(docs: Path, place: str, text: str) -> None:
    path = docs / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _citations(sample: Sample) -> dict[str, dict[str, str]]:
    return learning.citations(sample.docs, open_project(sample.data, sample.docs).languages["en"])


def test_learning_citations_name_the_pages_of_each_finding(sample: Sample) -> None:
    """A page counts for what it names and for what its pictures rest on; our own judgement is no finding."""
    assert _citations(sample) == {"crumb1931/slices-sold": BOTH, "rye-board/sour-again": BOTH}
    page = sample.docs / "modules" / "hot-ovens.md"
    without = page.read_text("utf-8").replace('{{ picture("bread-known") }}', "")
    _write(sample.docs, "modules/hot-ovens.md", without)
    only = {"modules/why-bread": "Why bread rises"}
    assert _citations(sample) == {"crumb1931/slices-sold": only, "rye-board/sour-again": BOTH}


def test_learning_citations_give_pages_of_prose_their_headings(sample: Sample) -> None:
    """A page that is no module goes by its main heading, without the id that may stand behind it."""
    cited = '{{ cite("rye-board/sour-again") }}'
    _write(sample.docs, "guide/index.md", f"# First steps\n\n## Light it\n\nMore and more {cited}.\n")
    _write(sample.docs, "guide/printing.md", f"# On paper {{ #top }}\n\nOften {cited}.\n")
    _write(sample.docs, "guide/your-data.md", f"# What happens {{: #top }}\n\nOften {cited}.\n")
    assert _citations(sample)["rye-board/sour-again"] == {
        "guide/index": "First steps",
        "guide/printing": "On paper",
        "guide/your-data": "What happens",
        **BOTH,
    }


def test_learning_citations_leave_out_pages_of_other_languages_and_our_judgement(sample: Sample) -> None:
    """A translated page rests on what its English page rests on, and is not counted again."""
    cites = '{{ cite("rye-board/sour-again") }} {{ cite("our-judgement") }}'
    page = f'# Na papierze\n\nNajpierw {cites}.\n\n{{{{ picture("bread-years") }}}}\n'
    _write(sample.docs, "pl/guide/printing.md", page)
    _write(sample.docs, "guide/printing.md", '# On paper\n\nFirst {{ cite("our-judgement") }}.\n')
    assert _citations(sample) == {"crumb1931/slices-sold": BOTH, "rye-board/sour-again": BOTH}


def test_learning_citations_leave_out_modules_that_are_switched_off(sample: Sample) -> None:
    """A module that the organisation does without rests on nothing, so that no source leads to it."""
    sample.change("modules/hot-ovens.yml", "needed_by: [mentor, mentee]", "needed_by: [taster]")
    sample.change("organisation.yml", "  roles: []", "  roles: [taster]")
    only = {"modules/why-bread": "Why bread rises"}
    assert _citations(sample) == {"crumb1931/slices-sold": only, "rye-board/sour-again": only}


def test_learning_page_knows_what_it_cites(sample: Sample) -> None:
    """The findings of one page are those that name it, each once."""
    found = _citations(sample)
    pages = ("modules/why-bread", "modules/hot-ovens", "guide/index")
    assert {page: sorted(learning.cited_on(found, page)) for page in pages} == {
        "modules/why-bread": ["crumb1931/slices-sold", "rye-board/sour-again"],
        "modules/hot-ovens": ["crumb1931/slices-sold", "rye-board/sour-again"],
        "guide/index": [],
    }


# --- what has to be read again ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2028, 2, 29), []),
        (date(2028, 3, 1), ["why-bread"]),
        (date(2028, 3, 2), ["why-bread", "hot-ovens"]),
        (date(2040, 1, 1), ["why-bread", "hot-ovens"]),
    ],
    ids=str,
)
def test_learning_modules_are_due_from_the_day_they_name(
    today: date, due: list[str], programme: Programme
) -> None:
    """A module is due on its day and after it, the longest due first."""
    assert learning.due_for_review(programme.modules, today) == due


def test_learning_modules_due_on_one_day_stand_by_name(programme: Programme) -> None:
    """The longest due comes first; on the same day the names decide."""

    def due(year: int) -> Module:
        return programme.modules["why-bread"].model_copy(update={"review_again": date(year, 1, 1)})

    modules = {"sour": due(2030), "rye": due(2030), "yeast": due(2029)}
    assert learning.due_for_review(modules, date(2030, 1, 1)) == ["yeast", "rye", "sour"]


# --- what is switched off -----------------------------------------------------------------------


def _without_taster(programme: Programme, *sessions: str) -> Programme:
    off = SwitchedOff(roles=("taster",), sessions=sessions)
    return views.chosen(
        replace(programme, organisation=programme.organisation.model_copy(update={"switched_off": off}))
    )


@pytest.fixture
def shared(programme: Programme) -> Programme:
    """The sample with a taster on its course: beside others in one module, alone in another."""
    why, ovens = programme.modules.values()
    story = programme.scenarios["burnt-loaf"]
    mentor, mentee = story.versions.values()
    return replace(
        programme,
        modules={
            "why-bread": why.model_copy(
                update={"useful_to": ("mentee", "taster"), "sessions": ("first-dough", "second-oven")}
            ),
            "hot-ovens": ovens.model_copy(update={"needed_by": (), "useful_to": ("taster",)}),
            "thick-crusts": ovens.model_copy(update={"order": 3, "first": ("why-bread", "hot-ovens")}),
        },
        quizzes={**programme.quizzes, "thick-crusts": programme.quizzes["hot-ovens"]},
        scenarios={
            "burnt-loaf": story.model_copy(
                update={
                    "modules": ("hot-ovens", "thick-crusts"),
                    "versions": {"mentor": mentor, "taster": mentee},
                }
            ),
            "cold-loaf": story.model_copy(update={"versions": {"taster": mentee}}),
        },
    )


def test_learning_modules_follow_a_role_that_is_switched_off(shared: Programme) -> None:
    """A module for nobody else goes with its quiz; the others lose the role and what pointed to it."""
    chosen = _without_taster(shared)
    assert {name: (one.needed_by, one.useful_to, one.first) for name, one in chosen.modules.items()} == {
        "why-bread": (("mentor",), ("mentee",), ()),
        "thick-crusts": (("mentor", "mentee"), (), ("why-bread",)),
    }
    assert list(chosen.quizzes) == ["why-bread", "thick-crusts"]


def test_learning_modules_lose_sheets_and_sessions_that_are_switched_off(shared: Programme) -> None:
    """The taster's own sheet and the second meeting are gone from the module that led to them."""
    why = _without_taster(shared, "second-oven").modules["why-bread"]
    assert (why.worksheets, why.sessions) == ((), ("first-dough",))
    assert shared.modules["why-bread"].worksheets == ("crumb-map",)


def test_learning_scenarios_follow_a_role_that_is_switched_off(shared: Programme) -> None:
    """A story told for nobody else goes; the others lose its version and the modules that are gone."""
    chosen = _without_taster(shared)
    assert {name: (list(one.versions), one.modules) for name, one in chosen.scenarios.items()} == {
        "burnt-loaf": (["mentor"], ("thick-crusts",))
    }


def test_learning_paths_follow_a_role_that_is_switched_off(shared: Programme) -> None:
    """No path is left of the role, and those of the others are as they were."""
    assert learning.paths(_without_taster(shared)) == [
        CoursePath("mentor", ("why-bread", "thick-crusts"), (), ("burnt-loaf",), 8 + 9),
        CoursePath("mentee", ("thick-crusts",), ("why-bread",), (), 9),
    ]
