"""The pages of the course as somebody reads them: questions, stories, sources, words and pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, combinations
from urllib.parse import urljoin

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from macros.program import learning, translate
from macros.program.course import Question, Term
from macros.program.evidence import Drawing
from macros.program.evidence import Source as Publication
from macros.program.loading import Programme, load
from macros.program.model import SwitchedOff
from macros.program.project import open_project
from macros.program.views import chosen
from macros.render import Components
from macros.render.speech import Speech
from tests.conftest import Sample, raw

PAGE = "modules/page.html"
"""Where the page stands that shows a component."""


@dataclass(frozen=True, slots=True)
class Site:
    """The sample, ready to be shown in every language."""

    sample: Sample
    languages: dict[str, Programme]

    @property
    def components(self) -> Components:
        """As tests/test_golden.py builds them."""
        cited = learning.citations(self.sample.docs, self.languages["en"])
        return Components(self.languages, {}, cited)

    def show(self, macro: str, language: str, *arguments: str) -> BeautifulSoup:
        """A component, as a browser reads it."""
        return BeautifulSoup(self.components.show(macro, language, PAGE, *arguments), "html.parser")

    def heading(self, macro: str, language: str, *arguments: str) -> str:
        """The Markdown heading over a component."""
        return self.components.show(macro, language, PAGE, *arguments).partition("\n")[0]

    def module(self, language: str, name: str) -> BeautifulSoup:
        """What the data puts on the page of a module: its head and its end."""
        parts = (self.components.show(macro, language, PAGE, name) for macro in ("module", "module_end"))
        return BeautifulSoup("".join(parts), "html.parser")

    def spoken(self, language: str, *names: str) -> Programme:
        """The programme whose words a component prints: of the language, or English where it falls back."""
        ours = self.languages[language]
        return self.languages["en"] if ours.fallen_back & set(names) else ours


def _open(sample: Sample) -> Site:
    return Site(sample, open_project(sample.data, sample.docs).languages)


@pytest.fixture
def site(sample: Sample) -> Site:
    """The sample as it is: one module, its quiz and the glossary are in Polish, and no more of the course."""
    return _open(sample)


def _one(tag: Tag, selector: str) -> Tag:
    found = tag.select(selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def _said(tag: Tag) -> str:
    """What somebody reads of a piece of a page."""
    return " ".join(tag.get_text().split())


def _goal(link: Tag) -> str:
    """Where a link leads, from the top of the site."""
    return urljoin(PAGE, str(link["href"]))


def _spoken_in(tag: Tag, page: str) -> str:
    """The language that a browser takes a piece of a page to speak."""
    return next((str(one["lang"]) for one in (tag, *tag.parents) if one.has_attr("lang")), page)


def _words(programme: Programme) -> Callable[..., str]:
    return Speech(programme, "").t


def _translated(sample: Sample, name: str) -> None:
    """Give an entry made-up Polish words."""
    pairs = {
        place: {"en": str(text), "pl": f"[pl] {text}"}
        for place, text in translate.texts(load(sample.data).entries[name])
    }
    path = sample.data / "pl" / f"{name}.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump(pairs, allow_unicode=True), encoding="utf-8", newline="\n")


# --- a quiz -------------------------------------------------------------------------------------

MODULES = [("en", "why-bread"), ("en", "hot-ovens"), ("pl", "why-bread"), ("pl", "hot-ovens")]
EVERY_MODULE = pytest.mark.parametrize(("language", "name"), MODULES)


def _asked(site: Site, language: str, name: str) -> Iterator[tuple[str, Question]]:
    """The questions that a module's page asks, with their ids: its own, then those of earlier modules."""
    programme = site.spoken(language, f"modules/{name}", f"quizzes/{name}")
    yield from ((f"quiz-{name}-{one.id}", one) for one in programme.quizzes[name].questions)
    for again in learning.recall(programme, name):
        yield f"again-{again.module}-{again.question.id}", again.question


def _controls(question: Tag) -> tuple[str, list[tuple[str, str]]]:
    """What a question asks, and its controls: what each is, and what it is called."""
    called = []
    for control in question.select("input, textarea"):
        if control.name == "textarea":
            label = _one(question, f"#{control['aria-labelledby']}")
            assert str(label["for"]) == str(control["id"])
        else:
            parent = control.find_parent("label")
            assert isinstance(parent, Tag)
            label = parent
        called.append((str(control.get("type", control.name)), _said(label)))
    asks = _one(question, "legend, label[for]")
    hint = "".join(_said(one) for one in asks.select(".hint"))
    return _said(asks).removesuffix(hint).strip(), called


def _wanted_controls(question: Question) -> list[tuple[str, str]]:
    if question.type == "recall":
        return [("textarea", question.text)]
    if question.type == "order":
        return [("number", step.text) for step in question.steps.values()]
    kind = "radio" if question.type == "single-choice" else "checkbox"
    return [(kind, option.text) for option in question.options.values()]


@EVERY_MODULE
def test_quiz_question_has_the_control_of_its_type(language: str, name: str, site: Site) -> None:
    """One answer is a radio button, several are boxes to tick, steps have a number, own words a field."""
    page = site.module(language, name)
    for identifier, question in _asked(site, language, name):
        text, controls = _controls(_one(page, f"#{identifier}"))
        wanted = _wanted_controls(question)
        assert text == question.text
        assert controls == wanted or (question.type == "order" and sorted(controls) == sorted(wanted))


@EVERY_MODULE
def test_quiz_answers_to_one_question_leave_the_others_alone(language: str, name: str, site: Site) -> None:
    """Radio buttons of a question exclude each other, and nothing else on the page."""
    groups = []
    for question in site.module(language, name).select(".question"):
        controls = question.select("input")
        names = [str(one["name"]) for one in controls]
        wanted = {"single-choice": 1, "order": len(controls), "recall": 0, "multiple-choice": 1}
        assert len(set(names)) == wanted[str(question["data-question"])]
        groups.append(set(names))
    assert [both for both in combinations(groups, 2) if both[0] & both[1]] == []


def test_quiz_steps_are_numbered_as_many_as_there_are(site: Site) -> None:
    """A step takes a number from 1 to the number of steps."""
    page = site.show("module_end", "en", "why-bread")
    steps = _one(page, "#quiz-why-bread-in-order").select("input")
    assert [(one["min"], one["max"]) for one in steps] == [("1", "3")] * 3


@EVERY_MODULE
def test_quiz_steps_are_not_shown_in_the_right_order(language: str, name: str, site: Site) -> None:
    """The order of the steps gives nothing away; the answer key has the right one."""
    page = site.module(language, name)
    questions = [one for one in _asked(site, language, name) if one[1].type == "order"]
    assert questions
    for identifier, question in questions:
        assert question.type == "order"
        right = [step.text for step in question.steps.values()]
        shown = [_said(one) for one in _one(page, f"#{identifier}").select("li")]
        assert shown != right
        assert sorted(shown) == sorted(right)
        assert [_said(one) for one in page.select(f'[data-key="{identifier}"] strong')] == right


def _answers(key: Tag) -> list[tuple[str, str, list[str]]]:
    """What an answer key says: the id of each question, its text, and the lines of its answer."""
    return [
        (
            str(entry["data-key"]),
            _said(_one(entry, ".asked")),
            [_said(one) for one in entry.select("li, .verdicts p")],
        )
        for entry in key.select("[data-key]")
    ]


def _verdicts(question: Question, t: Callable[..., str]) -> list[str]:
    """What the answer key says to a question, line by line."""
    if question.type == "recall":
        return [f"{t('model_answer')} {question.answer}", t("good_answer"), *question.points]
    if question.type == "order":
        return [f"{step.text} {step.why}" for step in question.steps.values()]
    return [
        f"{t('right' if option.right else 'wrong')}: {option.text} {option.why}"
        for option in question.options.values()
    ]


@EVERY_MODULE
def test_quiz_key_has_each_answer_with_its_verdict_and_explanation_once(
    language: str, name: str, site: Site
) -> None:
    """Every option of every question on the page is in the key, in words, and nowhere twice."""
    t = _words(site.spoken(language, f"modules/{name}", f"quizzes/{name}"))
    key = _one(site.module(language, name), "details.key")
    assert _answers(key) == [
        (identifier, question.text, _verdicts(question, t))
        for identifier, question in _asked(site, language, name)
    ]


@EVERY_MODULE
def test_quiz_key_stands_after_all_questions_and_alone_tells_the_answers(
    language: str, name: str, site: Site
) -> None:
    """Who reads a page from top to bottom meets every question before any answer."""
    page = site.module(language, name)
    key = _one(page, "details.key")
    assert not key.has_attr("open")
    assert key.find_all_next(class_="question") == []
    assert _said(_one(key, "summary")) == _words(site.spoken(language, f"modules/{name}"))("answers")
    explanations = [_said(one) for one in key.select(".why")]
    key.extract()
    assert explanations
    assert [one for one in explanations if one in _said(page)] == []


@EVERY_MODULE
def test_module_page_has_each_id_once_and_every_jump_lands(language: str, name: str, site: Site) -> None:
    """Links inside a page, names of controls and labels all find what they name, once."""
    page = site.module(language, name)
    ids = [str(one["id"]) for one in page.select("[id]")]
    assert len(ids) == len(set(ids))
    named = [str(one[key]) for key in ("for", "aria-labelledby") for one in page.select(f"[{key}]")]
    jumps = [str(one["href"])[1:] for one in page.select('a[href^="#"]')]
    assert {*named, *jumps} - set(ids) == set()


def test_review_asks_every_module_and_says_which_in_one_key(site: Site) -> None:
    """Each question of the review says its module and has its answers in the key below."""
    programme = site.languages["en"]
    page = site.show("review", "en")
    asked = learning.review(programme)
    ids = [f"review-{one.module}-{one.question.id}" for one in asked]
    assert [str(one["id"]) for one in page.select(".question")] == ids
    assert [(_goal(one), _said(one)) for one in page.select(".question a")] == [
        (f"modules/{one.module}.html", programme.modules[one.module].title) for one in asked
    ]
    key = _one(page, "details.key")
    assert _answers(key) == [
        (identifier, one.question.text, _verdicts(one.question, _words(programme)))
        for identifier, one in zip(ids, asked, strict=True)
    ]
    assert key.find_all_next(class_="question") == []


# --- the head of a module -----------------------------------------------------------------------


def _facts(page: Tag) -> dict[str, Tag]:
    """The overview of a module: what is said under each word."""
    overview = _one(page, "dl.overview")
    return dict(zip(map(_said, overview.select("dt")), overview.select("dd"), strict=True))


@EVERY_MODULE
def test_module_head_says_what_one_can_do_afterwards(language: str, name: str, site: Site) -> None:
    """The objectives are listed, all of them, in order."""
    programme = site.spoken(language, f"modules/{name}", f"quizzes/{name}")
    afterwards = _facts(site.show("module", language, name))[_words(programme)("afterwards")]
    assert [_said(one) for one in afterwards.select("li")] == list(
        programme.modules[name].objectives.values()
    )


@EVERY_MODULE
def test_module_head_has_minutes_that_add_up(language: str, name: str, site: Site) -> None:
    """Reading, trying out and the quiz are together the minutes shown on top."""
    programme = site.spoken(language, f"modules/{name}", f"quizzes/{name}")
    page = site.show("module", language, name)
    parts = [int(n) for n in re.findall(r"\d+", _said(_facts(page)[_words(programme)("takes")]))]
    number, of, total = map(int, re.findall(r"\d+", _said(_one(page, ".kicker"))))
    module = raw(site.sample.data / "modules" / f"{name}.yml")
    questions = raw(site.sample.data / "quizzes" / f"{name}.yml")["questions"]
    assert parts == [int(module["reading_minutes"]), int(module["activity_minutes"]), len(questions)]
    assert sum(parts) == total
    assert (number, of) == (int(module["order"]), 2)


def test_module_head_counts_minutes_in_the_plural_of_its_language(site: Site) -> None:
    """Eight minutes take the form of many in Polish."""
    kicker = _one(site.show("module", "pl", "why-bread"), ".kicker")
    assert _said(kicker).partition(" · ")[2] == "many: 8 minutes"


def test_module_head_says_for_whom_it_is_and_what_to_know_first(site: Site) -> None:
    """Roles that need the module, roles to whom it is useful, and a link to what comes before."""
    why, ovens = (_facts(site.show("module", "en", name)) for name in ("why-bread", "hot-ovens"))
    assert _said(why["For"]) == "Apprentice. Useful, not needed: Master"
    assert _said(ovens["For"]) == "Apprentice, Master"
    assert [(_goal(one), _said(one)) for one in ovens["Know this first"].select("a")] == [
        ("modules/why-bread.html", "Why bread rises")
    ]
    assert "Know this first" not in why


def test_module_head_asks_earlier_questions_and_links_their_module(site: Site) -> None:
    """Each question that comes again says from where; the first module has none behind it."""
    page = site.show("module", "en", "hot-ovens")
    asked = learning.recall(site.languages["en"], "hot-ovens")
    assert [
        (_controls(one)[0], _goal(_one(one, "a")), _said(_one(one, "a"))) for one in page.select(".question")
    ] == [(one.question.text, "modules/why-bread.html", "Why bread rises") for one in asked]
    assert site.show("module", "en", "why-bread").select(".question, .again") == []


@EVERY_MODULE
def test_module_falls_back_as_a_whole_and_says_so(language: str, name: str, site: Site) -> None:
    """A translated module speaks Polish; another has an English heading, a Polish notice, English below."""
    programme = site.spoken(language, f"modules/{name}")
    english = programme.language != language
    title = programme.modules[name].title.replace("&", "&#38;")
    assert site.heading("module", language, name) == f"# {title} {{ #top{' lang=en' if english else ''} }}"
    page = site.show("module", language, name)
    notices = [(_said(one), _spoken_in(one, language)) for one in page.select(".notice")]
    assert notices == ([(_words(site.languages[language])("not_translated"), language)] if english else [])
    for macro in ("module", "module_end"):
        kit = _one(site.show(macro, language, name), ".kit")
        assert _spoken_in(kit, language) == programme.language


def test_module_marks_earlier_questions_that_are_in_english(sample: Sample) -> None:
    """A translated module asks about one whose quiz is not: those questions and answers are marked."""
    for name in ("modules/hot-ovens", "quizzes/hot-ovens"):
        _translated(sample, name)
    (sample.data / "pl" / "quizzes" / "why-bread.yml").unlink()
    page = _open(sample).module("pl", "hot-ovens")
    again = [*page.select(".again .question fieldset"), *page.select('[data-key^="again-"]')]
    own = [*page.select("#quiz ~ [data-quiz] .question"), *page.select('[data-key^="quiz-"]')]
    assert "Which gas lifts a loaf?" in " ".join(map(_said, again))
    assert [_spoken_in(one, "pl") for one in own] == ["pl"] * 4
    assert [_spoken_in(one, "pl") for one in again] == ["en"] * 4


# --- the end of a module ------------------------------------------------------------------------


def _sources_of(sample: Sample, name: str) -> set[str]:
    """The findings on the page of a module, from its files alone."""
    text = (sample.docs / "modules" / f"{name}.md").read_text(encoding="utf-8")
    cited = {one for one in re.findall(r'cite\("([^"]+)"\)', text) if "/" in one}
    for picture in re.findall(r'picture\("([^"]+)"\)', text):
        file = raw(sample.data / "pictures" / f"{picture}.yml")
        cited |= {one["source"] for one in chain(file.get("events", ()), file.get("rows", ()))}
    return cited


@pytest.mark.parametrize("name", ["why-bread", "hot-ovens"])
def test_module_end_lists_exactly_what_the_page_cites_as_it_cites_it(name: str, site: Site) -> None:
    """Each source of the page once, with the link and the words of its citation, and with its title."""
    end = site.show("module_end", "en", name)
    found = [
        (_goal(_one(one, "a")), *_said(one).split(": ", 1), _said(_one(one, "cite")))
        for one in end.select(".rests-on li")
    ]
    wanted = {}
    for reference in _sources_of(site.sample, name):
        cite = site.show("cite", "en", reference)
        title = site.languages["en"].sources[reference.partition("/")[0]].title
        goal = _goal(_one(cite, "a"))
        wanted[goal] = (goal, _said(cite).strip("()"), title, title)
    assert sorted(found) == sorted(wanted.values())


def _rewritten(sample: Sample, name: str, *changes: tuple[str, str]) -> Site:
    """The sample with changes to the page of a module."""
    page = sample.docs / "modules" / f"{name}.md"
    text = page.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    page.write_text(text, encoding="utf-8", newline="\n")
    return _open(sample)


def test_module_end_lists_no_source_that_the_page_no_longer_cites(sample: Sample) -> None:
    """A sentence that goes takes its source along, unless a picture rests on it too."""
    site = _rewritten(sample, "why-bread", (' {{ cite("crumb1931/slices-sold") }}', ""))
    cited = [_goal(one) for one in site.show("module_end", "en", "why-bread").select(".rests-on a")]
    assert sorted(cited) == ["evidence/index.html#crumb1931", "evidence/index.html#rye-board"]
    site = _rewritten(sample, "why-bread", ('{{ picture("bread-years") }}', ""))
    cited = [_goal(one) for one in site.show("module_end", "en", "why-bread").select(".rests-on a")]
    assert cited == ["evidence/index.html#rye-board"]


def test_module_end_has_no_empty_list_where_all_is_our_judgement(sample: Sample) -> None:
    """A module that rests on our judgement alone does not announce sources that do not come."""
    site = _rewritten(
        sample,
        "hot-ovens",
        ('cite("rye-board/sour-again")', 'cite("our-judgement")'),
        ('{{ picture("bread-known") }}', ""),
    )
    end = site.show("module_end", "en", "hot-ovens")
    assert [one for one in end.select("ul, ol") if not one.select("li")] == []


def test_module_end_does_not_take_titles_of_sources_for_polish(site: Site) -> None:
    """The title of a source stays in its own language, and is marked so on a Polish page."""
    titles = site.show("module_end", "pl", "why-bread").select(".rests-on cite")
    assert [_spoken_in(one, "pl") for one in titles] == ["", ""]


@EVERY_MODULE
def test_module_end_says_what_to_keep_and_where_to_go(language: str, name: str, site: Site) -> None:
    """Key points in order; sheets, sessions and stories to use; the neighbours in the course."""
    programme = site.spoken(language, f"modules/{name}", f"quizzes/{name}")
    end = site.show("module_end", language, name)
    assert [_said(one) for one in end.select(".points li")] == list(programme.modules[name].key_points)
    used = [_goal(one) for one in end.select("#use-it + ul a")]
    turns = [(_said(one).partition(":")[0], _goal(_one(one, "a"))) for one in end.select("nav p")]
    t = _words(programme)
    assert (used, turns) == {
        "why-bread": (
            ["templates/worksheets/crumb-map.html", "templates/agendas/first-dough.html"],
            [(t("next"), "modules/hot-ovens.html")],
        ),
        "hot-ovens": (["scenarios/burnt-loaf.html"], [(t("previous"), "modules/why-bread.html")]),
    }[name]


def test_module_end_names_other_languages_of_what_it_links(site: Site) -> None:
    """On a Polish page, links to what is still in English say so."""
    end = site.show("module_end", "pl", "why-bread")
    assert {_said(one): _spoken_in(one, "pl") for one in end.select("#use-it + ul a, nav a")} == {
        "C1 Crumb map": "en",
        site.languages["pl"].sessions["first-dough"].title: "pl",
        "Hot & steady ovens": "en",
    }


# --- paths --------------------------------------------------------------------------------------


def test_paths_have_modules_whose_minutes_add_up(site: Site) -> None:
    """Each role's path lists its modules in order, with minutes that make the total."""
    found = {}
    for path in site.show("paths", "en").select("section"):
        minutes = [int(re.findall(r"\d+", _said(one))[0]) for one in path.select("ol .facts")]
        total = int(re.findall(r"\d+", _said(_one(path, "h3 + .facts")))[0])
        assert sum(minutes) == total
        needed, useful = ([_said(one) for one in path.select(f"{kind} a")] for kind in ("ol", "details"))
        found[_said(_one(path, "h3"))] = (total, needed, useful)
    assert found == {
        "Apprentice": (17, ["Why bread rises", "Hot & steady ovens"], []),
        "Master": (9, ["Hot & steady ovens"], ["Why bread rises"]),
    }


# --- a scenario ---------------------------------------------------------------------------------

ROLES = pytest.mark.parametrize("role", ["mentor", "mentee"])


def _version(site: Site, role: str, language: str = "en") -> Tag:
    """The story as it is told for a role."""
    return _one(site.show("scenario", language, "burnt-loaf"), f'.version[aria-labelledby="as-{role}"]')


def _onward(passage: Tag, role: str) -> list[int]:
    """The numbers that a passage sends its reader to; each link says where it leads."""
    numbers = []
    for link in passage.select('a:not([href^="#as-"])'):
        number = int(re.findall(r"\d+", _said(link))[0])
        assert str(link["href"]) == f"#{role}-{number}"
        numbers.append(number)
    return numbers


@ROLES
def test_scenario_passages_are_numbered_as_a_reader_sees_them(role: str, site: Site) -> None:
    """The numbers that the list shows are those that links name."""
    listed = _one(_version(site, role), "ol.passages")
    assert not listed.has_attr("start")
    passages = listed.find_all("li", recursive=False)
    assert [str(one["id"]) for one in passages] == [f"{role}-{n}" for n in range(1, len(passages) + 1)]


@ROLES
def test_scenario_leads_everybody_to_an_ending_and_past_every_passage(role: str, site: Site) -> None:
    """Whatever one chooses, four turns and their choices are the most; nothing stands there unreached."""
    passages = dict(enumerate(_version(site, role).select("ol.passages > li"), 1))
    reached: set[int] = set()
    here = {1}
    for _ in range(2 * 4 + 1):
        reached |= here
        here = {goal for number in here for goal in _onward(passages[number], role)}
    assert here == set()
    assert reached == passages.keys()
    ends = [_said(_one(one, "h3")) for one in passages.values() if not _onward(one, role)]
    told = raw(site.sample.data / "scenarios" / "burnt-loaf.yml")["versions"][role]
    assert ends == [one["title"] for one in told["endings"].values()]


@ROLES
def test_scenario_tells_the_story_of_the_data(role: str, site: Site) -> None:
    """Each turn has its choices, each choice what follows from it, and then the turn or ending it names."""
    told = raw(site.sample.data / "scenarios" / "burnt-loaf.yml")["versions"][role]
    version = _version(site, role)
    passages = dict(enumerate(version.select("ol.passages > li"), 1))
    texts = {name: one["text"] for name, one in told["turns"].items()}
    titles = {name: one["title"] for name, one in told["endings"].items()}

    def follow(number: int) -> tuple[str, str, str]:
        choice, (goal,) = passages[number], _onward(passages[number], role)
        before, after = choice.select("p")
        opening = _said(_one(passages[goal], "p:first-child, h3"))
        return _said(before), _said(after).removesuffix(_said(_one(after, "a"))).strip(), opening

    found = {
        _said(_one(one, "p")): [
            (_said(choice).removesuffix(_said(_one(choice, "a"))).strip(), follow(number))
            for choice, number in zip(one.select("li"), _onward(one, role), strict=True)
        ]
        for one in passages.values()
        if one.select("ul")
    }
    assert found == {
        turn["text"]: [
            (one["text"], (one["text"], one["feedback"], (texts | titles)[one["to"]]))
            for one in turn["choices"].values()
        ]
        for turn in told["turns"].values()
    }
    assert _said(_one(version, ".situation")) == told["situation"]
    endings = {_said(_one(one, "h3")): _said(_one(one, "h3 + p")) for one in version.select("li:has(> h3)")}
    assert endings == {one["title"]: one["text"] for one in told["endings"].values()}


def test_scenario_has_a_version_for_each_role_and_a_way_back_to_its_start(site: Site) -> None:
    """Versions are found from the top, and each ending leads back to the start of its own."""
    page = site.show("scenario", "en", "burnt-loaf")
    headings = {f"#{one['id']}": _said(one) for one in page.select("h2[id^=as-]")}
    assert headings == {"#as-mentor": "You are: Apprentice", "#as-mentee": "You are: Master"}
    assert {str(one["href"]): _said(one) for one in page.select(".jump a")} == headings
    for role in ("mentor", "mentee"):
        back = [str(one["href"]) for one in _version(site, role).select("h3 ~ p a")]
        assert back == [f"#as-{role}"] * 2
    ids = [str(one["id"]) for one in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_scenario_falls_back_and_says_so(site: Site) -> None:
    """Without a translation the whole story is English, under a Polish notice."""
    assert site.heading("scenario", "pl", "burnt-loaf") == "# The burnt loaf { #top lang=en }"
    page = site.show("scenario", "pl", "burnt-loaf")
    notice = _one(page, ".notice")
    assert _said(notice) == _words(site.languages["pl"])("not_translated")
    assert _spoken_in(notice, "pl") == "pl"
    assert {_spoken_in(one, "pl") for one in page.select(".version")} == {"en"}


def test_scenario_in_polish_leads_the_same_ways(sample: Sample) -> None:
    """A translated story has other words and the same numbers."""
    _translated(sample, "scenarios/burnt-loaf")
    site = _open(sample)
    for role in ("mentor", "mentee"):
        english, polish = (_version(site, role, language).select(".passage") for language in ("en", "pl"))
        assert [_onward(one, role) for one in polish] == [_onward(one, role) for one in english]
    situation = _one(_version(site, "mentor", "pl"), ".situation")
    assert _said(situation) == "[pl] You smell smoke on a Tuesday."
    assert _spoken_in(situation, "pl") == "pl"


# --- a citation ---------------------------------------------------------------------------------


def _authors(*names: str, year: int | None = 1931) -> Publication:
    """A study by other people than the sample's."""
    return Publication.model_validate(
        {
            "authors": names,
            "year": year,
            "title": "T",
            "published": "P",
            "grade": "review",
            "read": "in-full",
            "findings": {"found": {"says": "S"}},
        }
    )


@pytest.mark.parametrize(
    ("source", "cited"),
    [
        (_authors("Crumb, Ada"), "(Crumb 1931, review of studies)"),
        (_authors("Crumb, Ada", "Crust, Bo"), "(Crumb and Crust 1931, review of studies)"),
        (_authors("Crumb, Ada", "Crust, Bo", "Slice, Cy"), "(Crumb and others 1931, review of studies)"),
        (_authors("A", "B", "C", "D", "E"), "(A and others 1931, review of studies)"),
        (_authors("Rye Board", year=None), "(Rye Board undated, review of studies)"),
        (_authors("Salt & Sons <sic>"), "(Salt & Sons <sic> 1931, review of studies)"),
    ],
    ids=["one", "two", "three", "many", "undated", "marks"],
)
def test_cite_names_authors_year_and_grade(source: Publication, cited: str, site: Site) -> None:
    """One family name, two joined by and, or the first and others; year or undated; kind of source."""
    other = Site(site.sample, {"en": replace(site.languages["en"], sources={"other": source})})
    assert _said(other.show("cite", "en", "other/found")) == cited


def test_cite_tells_two_sources_of_one_year_apart_by_letters(site: Site) -> None:
    """The same people in the same year get a and b, in citations and in the list; others get none."""
    sources = {
        "first": _authors("Crumb, Ada"),
        "later": _authors("Crumb, Ada", year=1932),
        "second": _authors("Crumb, Ada"),
    }
    other = Site(site.sample, {"en": replace(site.languages["en"], sources=sources)})
    labels = {"first": "Crumb 1931a", "later": "Crumb 1932", "second": "Crumb 1931b"}
    cited = {name: _said(_one(other.show("cite", "en", f"{name}/found"), "a")) for name in sources}
    listed = {str(one["id"]): _said(one) for one in other.show("sources", "en").select("h3")}
    assert (cited, listed) == (labels, labels)


def test_cite_keeps_the_letter_of_an_undated_source_apart_from_the_word(site: Site) -> None:
    """Two undated sources of one body differ by a letter that is not taken for the end of a word."""
    sources = {name: _authors("Rye Board", year=None) for name in ("first", "second")}
    other = Site(site.sample, {"en": replace(site.languages["en"], sources=sources)})
    cited = [_said(_one(other.show("cite", "en", f"{name}/found"), "a")) for name in sources]
    assert [re.sub(r"[^\w\s]", " ", one).split() for one in cited] == [
        ["Rye", "Board", "undated", "a"],
        ["Rye", "Board", "undated", "b"],
    ]


@pytest.mark.parametrize("grade", ["study", "review", "practitioner", "press", "book", "standard"])
def test_cite_says_each_grade_in_words(grade: str, site: Site) -> None:
    """Whatever kind a source is of, its citation ends in the word for it."""
    source = _authors("Crumb, Ada").model_copy(update={"grade": grade})
    other = Site(site.sample, {"en": replace(site.languages["en"], sources={"other": source})})
    word = raw(site.sample.data / "ui.yml")[f"grade_{grade}"]
    assert _said(other.show("cite", "en", "other/found")) == f"(Crumb 1931, {word})"


@pytest.mark.parametrize("reference", ["crumb1931/slices-sold", "rye-board/sour-again", "our-judgement"])
@pytest.mark.parametrize("depth", ["page.html", "modules/page.html", "templates/agendas/page.html"])
def test_cite_leads_to_its_place_among_the_sources(reference: str, depth: str, site: Site) -> None:
    """From any page the link lands on the source, or on what our judgement means."""
    cite = BeautifulSoup(site.components.show("cite", "en", depth, reference), "html.parser")
    page, _, anchor = urljoin(depth, str(_one(cite, "a")["href"])).partition("#")
    assert page == "evidence/index.html"
    assert (site.sample.docs / "evidence" / "index.md").read_text(encoding="utf-8").count("sources()") == 1
    assert anchor == reference.partition("/")[0]
    _one(site.show("sources", "en"), f"#{anchor}")


def test_cite_says_where_nothing_but_our_judgement_stands_behind(site: Site) -> None:
    """Advice of our own is named as such, and the sources page says what that means."""
    assert _said(site.show("cite", "en", "our-judgement")) == "(our judgement)"
    meaning = _said(_one(site.show("sources", "en"), "#our-judgement"))
    assert meaning == raw(site.sample.data / "ui.yml")["our_judgement_means"]


@pytest.mark.parametrize("reference", ["crumb1931/slices-sold", "our-judgement"])
def test_cite_on_a_polish_page_speaks_the_language_it_says(reference: str, site: Site) -> None:
    """A citation in a Polish sentence is in Polish words, or is marked as English."""
    cite = _one(site.show("cite", "pl", reference), ".cite")
    t = _words(site.languages[_spoken_in(cite, "pl")])
    crumb = f"{t('many_authors', first='Crumb')} 1931, {t('grade_study')}"
    assert _said(cite) == f"({t('our_judgement') if reference == 'our-judgement' else crumb})"


# --- a term -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("own", ["", "loaf's inside"])
def test_term_opens_its_meaning_and_leads_to_the_glossary(language: str, own: str, site: Site) -> None:
    """The button shows the sentence's own words or the name, and opens what the glossary says."""
    term = site.languages[language].glossary["crumb"]
    shown = site.show("term", language, "crumb", *filter(None, [own]))
    button, meaning = _one(shown, "button"), _one(shown, "[popover]")
    assert _said(button) == (own or term.name(language))
    assert str(button["type"]) == "button"
    assert str(button["popovertarget"]) == str(meaning["id"])
    link = _one(meaning, "a")
    page, _, anchor = _goal(link).partition("#")
    assert page == "modules/glossary.html"
    assert _one(site.show("glossary", language), f"#{anchor}")
    link.extract()
    said = re.fullmatch(rf"{re.escape(term.name(language))}:? (.+)", _said(meaning))
    assert said is not None
    assert said[1] == term.meaning


def test_term_without_a_translation_is_marked_as_english(sample: Sample) -> None:
    """Where the glossary falls back, the meaning in a Polish sentence is marked as English.

    The sentence's own words are still Polish.
    """
    (sample.data / "pl" / "glossary.yml").unlink()
    shown = _open(sample).show("term", "pl", "crumb", "miękisz")
    button, meaning = _one(shown, "button"), _one(shown, "[popover]")
    assert _said(button) == "miękisz"
    assert "The inside of a loaf." in _said(meaning)
    assert [_spoken_in(one, "pl") for one in (button, meaning)] == ["pl", "en"]


def test_term_that_has_no_polish_name_is_marked_as_english(site: Site) -> None:
    """A term that Polish bakers call by its English name says so to whoever listens to the page."""
    shown = site.show("term", "pl", "proof")
    button, name, meaning = _one(shown, "button"), _one(shown, "strong"), _one(shown, "[popover]")
    assert _said(button) == "proof"
    assert "Odpoczynek przed piecem." in _said(meaning)
    assert [_spoken_in(one, "pl") for one in (button, name, meaning)] == ["en", "en", "pl"]


def test_term_in_the_words_of_the_sentence_speaks_its_language(site: Site) -> None:
    """Own words belong to the page, whatever the term is called."""
    button = _one(site.show("term", "pl", "proof", "odpoczynku"), "button")
    assert (_said(button), _spoken_in(button, "pl")) == ("odpoczynku", "pl")


# --- the glossary -------------------------------------------------------------------------------


def _entries(glossary: Tag, language: str) -> dict[str, tuple[list[tuple[str, str]], str]]:
    """By id: the names of each term with their languages, and what is said of it."""
    found = {}
    for heading in glossary.select("dt"):
        own = " ".join("".join(heading.find_all(string=True, recursive=False)).split())
        names = [(own, _spoken_in(heading, language))] if own else []
        names += [(_said(one), _spoken_in(one, language)) for one in heading.select("[lang]")]
        said = heading.find_next_sibling("dd")
        assert isinstance(said, Tag)
        found[str(heading["id"])] = (names, _said(said))
    return found


def test_glossary_has_every_term_with_its_other_names(site: Site) -> None:
    """In English: each term by its name, its Polish name marked as Polish, and its meaning."""
    assert _entries(site.show("glossary", "en"), "en") == {
        "crumb": ([("crumb", "en"), ("miękisz", "pl")], "The inside of a loaf. Why bread rises"),
        "proof": ([("proof", "en")], "The rest before the oven."),
    }


def test_glossary_in_polish_has_every_name_once_in_its_language(site: Site) -> None:
    """In Polish: the Polish name first, the English beside it; one that is only English stands once."""
    assert _entries(site.show("glossary", "pl"), "pl") == {
        "crumb": ([("miękisz", "pl"), ("crumb", "en")], "Wnętrze bochenka. Dlaczego chleb rośnie"),
        "proof": ([("proof", "en")], "Odpoczynek przed piecem."),
    }


def test_glossary_leads_to_the_module_that_explains_a_term(site: Site) -> None:
    """A term links its module, unless the organisation does without that."""
    (link,) = site.show("glossary", "en").select("a")
    assert (_goal(link), _said(link)) == ("modules/why-bread.html", "Why bread rises")
    english = site.languages["en"]
    why = english.modules["why-bread"].model_copy(update={"needed_by": ("taster",), "useful_to": ()})
    organisation = english.organisation.model_copy(update={"switched_off": SwitchedOff(roles=("taster",))})
    fewer = chosen(replace(english, organisation=organisation, modules={"why-bread": why}))
    assert Site(site.sample, {"en": fewer}).show("glossary", "en").select("a") == []


@pytest.mark.parametrize(
    ("language", "order"),
    [("en", ["Apron", "crust", "dough"]), ("pl", ["ciasto", "ćma", "drożdże", "łopata", "mąka", "żar"])],
)
def test_glossary_follows_the_alphabet_of_its_language(language: str, order: list[str], site: Site) -> None:
    """Terms stand where a reader of the language looks for them: ć after c, and not after z."""
    terms = {
        f"term-{n}": Term(names={"en": "x", language: name}, meaning="x")  # type: ignore[dict-item]
        for n, name in enumerate(sorted(order, reverse=True))
    }
    languages = {**site.languages, language: replace(site.languages[language], glossary=terms)}
    glossary = Site(site.sample, languages).show("glossary", language)
    assert [names[0][0] for names, _ in _entries(glossary, language).values()] == order


def test_glossary_without_a_translation_is_marked_as_english(sample: Sample) -> None:
    """A glossary with one meaning missing is English throughout, and marked."""
    (sample.data / "pl" / "glossary.yml").unlink()
    assert _entries(_open(sample).show("glossary", "pl"), "pl") == {
        "crumb": ([("crumb", "en"), ("miękisz", "pl")], "The inside of a loaf. Why bread rises"),
        "proof": ([("proof", "en")], "The rest before the oven."),
    }


# --- the sources --------------------------------------------------------------------------------


def test_sources_lists_every_source_once_as_it_is_cited(site: Site) -> None:
    """Each source under the name that citations print, with title, publisher, kind, and how much was read."""
    t = _words(site.languages["en"])
    page = site.show("sources", "en")
    found = {}
    for one in page.select("article"):
        name = str(_one(one, "h3")["id"])
        cite = _said(site.show("cite", "en", f"{name}/x")).strip("()")
        grade, read = _said(_one(one, "h3 ~ .facts")).split(" · ")
        assert f"{_said(_one(one, 'h3'))}, {grade}" == cite
        found[name] = (_said(_one(one, "cite")), grade, read)
        assert site.languages["en"].sources[name].published in _said(one)
    assert len(page.select("article")) == len(found)
    assert found == {
        name: (one["title"], t(f"grade_{one['grade']}"), t(f"read_{one['read'].replace('-', '_')}"))
        for name, one in raw(site.sample.data / "sources.yml").items()
    }


def test_sources_counts_add_up(site: Site) -> None:
    """Both tables count the sources of the list, by kind and by how much of them was read."""
    page = site.show("sources", "en")
    facts = [_said(one).split(" · ") for one in page.select("article h3 ~ .facts")]
    tables = [
        {_said(row.select("td")[0]): int(_said(row.select("td")[1])) for row in table.select("tbody tr")}
        for table in page.select("table")
    ]
    assert tables == [Counter(grade for grade, _ in facts), Counter(read for _, read in facts)]
    assert [sum(table.values()) for table in tables] == [2, 2]


def test_sources_says_what_each_finding_says_and_how_to_use_it(site: Site) -> None:
    """A finding to hedge has its careful words, one to avoid says so, and a source may have a note."""
    page = site.show("sources", "en")
    for used in page.select("li .facts"):
        used.extract()
    assert [_said(one) for one in page.select("article li")] == [
        "Shops that sliced sold more. With care: One town, one year.",
        "Sliced bread never goes stale. We do not use this.",
        "More bakers keep a sour starter.",
    ]
    assert [_said(one) for one in page.select("article .why")] == ["Forty shops in one town."]


def test_sources_names_the_pages_that_cite_each_finding(site: Site) -> None:
    """Behind each finding stand links to its pages, which exist; behind one that nobody cites, none."""
    used = [
        [(_goal(link), _said(link)) for link in one.select("a")]
        for one in site.show("sources", "en").select("article li")
    ]
    both = [("modules/hot-ovens.html", "Hot & steady ovens"), ("modules/why-bread.html", "Why bread rises")]
    assert used == [both, [], both]
    pages = {goal.replace(".html", ".md") for goal, _ in chain(*used)}
    assert [page for page in pages if not (site.sample.docs / page).is_file()] == []


def test_sources_leads_to_where_each_was_published(site: Site) -> None:
    """A source with a DOI is linked by it, any other by its address."""
    page = site.show("sources", "en")
    assert [str(_one(one, "h3 + p a")["href"]) for one in page.select("article")] == [
        "https://doi.org/10.1234/toast.3",
        "https://rye.example/sour",
    ]


def test_sources_without_a_translation_is_marked_as_english(site: Site) -> None:
    """What we say of sources is English as a whole; their titles claim no language."""
    page = site.show("sources", "pl")
    assert {_spoken_in(one, "pl") for one in page.select("article")} == {"en"}
    assert {_spoken_in(one, "pl") for one in page.select("article cite")} == {""}


# --- figures and stories ------------------------------------------------------------------------


def test_myths_give_their_advice_in_words(site: Site) -> None:
    """Each figure has what was found, whether to say it, how to say it instead, and what that rests on."""
    found = {
        _said(_one(one, "h2")): (
            _said(_one(one, ".advice")),
            _said(_one(one, ".advice + p")),
            [_said(say) for say in one.select(".say")],
            [(_goal(link), _said(link)) for link in one.select("a")],
        )
        for one in site.show("myths", "en").select("article")
    }
    crumb = [("evidence/index.html#crumb1931", "Crumb and others 1931")]
    assert found == {
        "Sliced bread never goes stale.": (
            "Leave it out",
            "The journal says so in one line, without a figure.",
            [],
            crumb,
        ),
        "Slicing doubles your sales.": (
            "Say it with care",
            "Sales rose; nobody says by how much.",
            ["Say instead: Shops that sliced sold more, in one town."],
            crumb,
        ),
    }


@pytest.mark.parametrize("advice", ["use", "careful", "leave"])
def test_myths_have_words_for_each_advice(advice: str, site: Site) -> None:
    """Whether to say a thing never depends on a colour alone."""
    english = site.languages["en"]
    myth = english.myths[1].model_copy(update={"advice": advice})
    page = Site(site.sample, {"en": replace(english, myths=(myth,))}).show("myths", "en")
    assert _said(_one(page, ".advice")) == raw(site.sample.data / "ui.yml")[f"advice_{advice}"]


def test_myths_rest_on_sources_as_they_are_cited(site: Site) -> None:
    """What a myth rests on is named in the words of a citation."""
    cite = _said(site.show("cite", "en", "crumb1931/slices-sold")).strip("()")
    rests = [_said(one) for one in site.show("myths", "en").select("article .facts")]
    assert rests == [f"What this rests on: {cite}"] * 2


def test_myths_without_a_translation_are_marked_as_english(site: Site) -> None:
    """The whole list is English, and marked."""
    assert {_spoken_in(one, "pl") for one in site.show("myths", "pl").select("article")} == {"en"}


# --- pictures -----------------------------------------------------------------------------------

PICTURES = pytest.mark.parametrize("name", ["bread-known", "bread-years", "six-meetings"])


@PICTURES
@pytest.mark.parametrize("language", ["en", "pl"])
def test_picture_says_in_words_what_it_shows(name: str, language: str, site: Site) -> None:
    """A picture has its title as a name and below it the words of the data, in the language they are in."""
    told = raw(site.sample.data / "pictures" / f"{name}.yml")
    figure = _one(site.show("picture", language, name), "figure")
    drawing = _one(figure, "svg")
    assert str(drawing["role"]) == "img"
    assert _said(_one(drawing, f"title#{drawing['aria-labelledby']}")) == told["title"]
    assert _said(_one(figure, "figcaption")) == f"{told['title']}. {told['text']}"
    assert _spoken_in(figure, language) == "en"


def test_picture_in_polish_speaks_polish(sample: Sample) -> None:
    """A translated picture has its words, in the drawing and below it, in Polish."""
    _translated(sample, "pictures/bread-years")
    figure = _one(_open(sample).show("picture", "pl", "bread-years"), "figure")
    assert _spoken_in(figure, "pl") == "pl"
    assert _said(_one(figure, "figcaption")) == "[pl] Bread & years. [pl] Two years in which bread changed."
    assert _said(_one(figure, "title")) == "[pl] Bread & years"
    assert "[pl] Sourdough returns" in [_said(one) for one in figure.select("text")]


def _lines(drawing: Tag) -> list[tuple[str, str]]:
    """The words in a drawing from top to bottom: whether they stand out, and what they say."""
    return [
        ("strong" if "strong" in one.get_attribute_list("class") else "", _said(one))
        for one in drawing.select("text")
        if _said(one)
    ]


def test_picture_of_history_has_each_year_with_its_label(site: Site) -> None:
    """Years stand out, and the label follows each, in as many lines as it needs."""
    labels: dict[str, str] = {}
    for strong, words in _lines(site.show("picture", "en", "bread-years")):
        if strong:
            year = words
            labels[year] = ""
        else:
            labels[year] = f"{labels[year]} {words}".strip()
    assert labels == {"1928": "Somebody sells bread that is sliced already", "1999": "Sourdough returns"}


def test_picture_of_evidence_has_as_many_full_boxes_as_the_evidence_is_strong(site: Site) -> None:
    """Each outcome has its label, four boxes of which as many are full as it is strong, and its sentence."""
    drawing = _one(site.show("picture", "en", "bread-known"), "svg")
    rows = raw(site.sample.data / "pictures" / "bread-known.yml")["rows"]
    lines = _lines(drawing)
    assert [words for strong, words in lines if strong] == [one["label"] for one in rows]
    assert [words for strong, words in lines if not strong] == [one["says"] for one in rows]
    boxes = [" ".join(one["class"]) for one in drawing.select("rect")]
    assert sorted(set(boxes)) == ["empty", "full"]
    assert [boxes[start : start + 4].count("full") for start in range(0, len(boxes), 4)] == [
        int(one["strength"]) for one in rows
    ]


@pytest.mark.parametrize("strength", range(5))
def test_picture_of_evidence_shows_every_strength(strength: int, site: Site) -> None:
    """From nothing found to strong, the full boxes come first and are as many as the number says."""
    english = site.languages["en"]
    picture = english.pictures["bread-known"]
    assert picture.type == "evidence"
    rows = (picture.rows[0].model_copy(update={"strength": strength}), picture.rows[1])
    changed = {"bread-known": picture.model_copy(update={"rows": rows})}
    page = Site(site.sample, {"en": replace(english, pictures=changed)}).show("picture", "en", "bread-known")
    boxes = [" ".join(one["class"]) for one in page.select("rect")][:4]
    assert boxes == ["full"] * strength + ["empty"] * (4 - strength)


def test_picture_of_the_meetings_has_each_in_order_with_its_number(site: Site) -> None:
    """The drawing takes the titles of the meetings from the sessions."""
    assert _lines(site.show("picture", "en", "six-meetings")) == [
        ("strong", "1"),
        ("", "First dough"),
        ("strong", "2"),
        ("", "Second oven"),
    ]


GRID = ("mentee-1", "mentee-2", "mentee-3", "mentor-1", "mentor-2", "mentor-3", "mentor-4")
DRAWINGS = {
    "flipped-arrow": ("usual", "reversed", "senior", "junior", "down", "up"),
    "matching-grid": (*GRID, "strong", "fair", "never"),
}
"""By drawing that the kit knows: the labels it needs."""


@pytest.mark.parametrize("name", DRAWINGS)
def test_picture_drawn_by_hand_takes_its_words_from_the_data(name: str, site: Site) -> None:
    """Every label stands in the drawing, and nothing that is not a label."""
    labels = {label: f"Word for {label}" for label in DRAWINGS[name]}
    drawing = Drawing(type="drawing", title="T", text="X", labels=labels)
    other = Site(site.sample, {"en": replace(site.languages["en"], pictures={name: drawing})})
    said = [words for _, words in _lines(other.show("picture", "en", name))]
    assert set(said) == set(labels.values())


@PICTURES
def test_picture_has_its_words_inside_and_apart(name: str, site: Site) -> None:
    """No words stand outside the drawing, and no two on the same spot."""
    drawing = _one(site.show("picture", "en", name), "svg")
    _, _, width, height = map(int, str(drawing["viewbox"]).split())
    spots = [(int(str(one["x"])), int(str(one["y"]))) for one in drawing.select("text") if _said(one)]
    assert [spot for spot in spots if not (0 < spot[0] < width and 0 < spot[1] < height)] == []
    assert len(spots) == len(set(spots))
