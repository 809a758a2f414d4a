"""Text from YAML is shown as it was written: nothing in it runs, formats, or goes missing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup, Tag

from tests.conftest import Run, Sample, copy_sample

PLAIN = "plain"
TEXTS: dict[str, str] = {
    PLAIN: "Plain words",
    "script": '<script>alert(1)</script> <img src=x onerror="alert(1)"> x',
    "tags": "a<b>c</b> x<y 1<2>3 <br/> <!-- gone --> <![CDATA[ x ]]>",
    "ending": "</textarea></title></script></style></svg><b>x</b>",
    "entities": "Fish &amp; chips &lt;b&gt; &#60;i&#62; &nbsp; &copy",
    "variable": '{{ 7 * 7 }} {{ config.site_name }} {{ oven }} {{ role("mentor") }}',
    "block": "{% raw %} {% include 'main.html' %} {% endraw %} {% for %} {# gone #} {#-",
    "format": "{n} {role} {minutes} {0} %s %(x)s ${x}",
    "code": "a | b || c | --- | `code` ``more`` ```",
    "stars": "*one* **two** ***three*** a*b*c",
    "underscores": "_one_ __two__ ___three___ a_b_c",
    "link": "[here](https://example.org) ![x](y.png) [ref][1] [^1] *[HTML]: x",
    "addresses": "<https://example.org> https://example.org www.example.org a@b.example javascript:alert(1)",
    "quotes": 'a "b" c="d" it\'s \'x\' „low” «angle» ‚x‘ ’ “”',
    "languages": "👩‍🍳 🥐 🇵🇱 :smile: שלום العربية ąćęłńóśźż",
    "long-word": "w" * 150,
    "attributes": "{: #id .class onclick=alert(1) } { lang=en } {.x}",
    "snippet": '--8<-- "organisation.yml" --8<-- /etc/passwd',
    "hashes": "C# ## x #",
    "marks": "C:\\new \\* \\[ \\\\ ~~x~~ ==y== ^^z^^ $a^2$ ++k++ --- – (c) ... \\",
    "admonition": '!!! note "x"',
    "number": "1. first",
    "list": "- first",
    "spaces": "a\u00a0b c\u2009d",
    "word-of-the-kit": "Agenda",
}
"""What must survive, by a name that serves as id. Each is put into every place below."""

ORGANISATION = 'Crumb <script>alert(1)</script> & "Sons" {{ 7 * 7 }} {% raw %} *x* </title> \''
PROGRAMME = "Bread <b>&amp;</b> {# x #} [a](b) `c` \" '"


LANGUAGES = ("", "pl/")
OWN_PAGES = ("templates/agendas/event-{}.html", "roles/role-{}.html", "templates/checklists/role-{}.html")
"""Pages that differ from text to text in nothing but the text."""


@dataclass(frozen=True, slots=True)
class Site:
    """The sample with every text in every place, built."""

    folder: Path

    def places(self) -> list[str]:
        """The path of every page."""
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))

    def page(self, place: str) -> BeautifulSoup:
        """A page as a browser reads it."""
        return _parsed(self.folder / place)

    def main(self, place: str) -> Tag:
        """The content of a page, without its frame."""
        return _one(self.page(place), "main")


@cache
def _parsed(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Site:
    """Built once: a role, an event with a `say`, an option and a checklist item for every text."""
    sample = copy_sample(tmp_path_factory.mktemp("text"))
    _write_texts(sample)
    done = run(sample, "build", "--site", str(sample.site))
    assert (done.code, done.err) == (0, "")
    return Site(sample.site)


def _quoted(text: str) -> str:
    """A text as YAML between double quotes, which JSON is."""
    return json.dumps(text, ensure_ascii=False)


def _write_texts(sample: Sample) -> None:
    role = (sample.data / "roles" / "taster.yml").read_text(encoding="utf-8")
    event = (sample.data / "sessions" / "flour-evening.yml").read_text(encoding="utf-8")
    event = event[: event.index("agenda:")].replace("first_meeting: -2", "first_meeting: -1")
    items = (sample.data / "checklists" / "knead.yml").read_text(encoding="utf-8")
    options = ""
    for name, text in TEXTS.items():
        shown = _quoted(text)
        titled = role.replace("order: 4", "order: 9").replace("title: Taster", f"title: {shown}")
        (sample.data / "roles" / f"role-{name}.yml").write_text(titled, encoding="utf-8")
        (sample.data / "sessions" / f"event-{name}.yml").write_text(
            event.replace("title: Flour evening", f"title: {shown}").replace("taster]", f"role-{name}]")
            + f"agenda:\n  - id: speak\n    title: {shown}\n    minutes: 25\n    lead: [role-{name}]\n"
            f"    lens:\n      role-{name}:\n        do: {shown}\n        say: {shown}\n"
            f"    written: {shown}\n"
            f"trouble:\n  - when: {shown}\n    say: {shown}\n",
            encoding="utf-8",
        )
        options += f"      {name}: {shown}\n"
        items += (
            f"  - id: item-{name}\n    text: {shown}\n    roles: [role-{name}]\n    session: event-{name}\n"
            f"    moment: before\n    minutes: 1\n    why: {shown}\n    help: roles/role-{name}\n"
        )
        for macro, place, entry in (
            ("agenda", "templates/agendas", f"event-{name}"),
            ("checklist", "templates/checklists", f"role-{name}"),
            ("role", "roles", f"role-{name}"),
            ("pack", "templates/packs", f"event-{name}"),
            ("pack", "templates/packs", f"role-{name}"),
        ):
            page = sample.docs / place / f"{entry}.md"
            page.write_text(f'{{{{ {macro}("{entry}") }}}}\n', encoding="utf-8")
    (sample.data / "checklists" / "knead.yml").write_text(items, encoding="utf-8")
    sample.change("worksheets/flour-card.yml", "      poppy: Poppy\n      sesame: Sesame\n", options)
    sample.change("worksheets/flour-card.yml", "- id: miller", "- id: content")
    sample.change("worksheets/flour-card.yml", "- id: kilos", "- id: search")
    sample.change("organisation.yml", "name: Crumb & Sons", f"name: {_quoted(ORGANISATION)}")
    sample.change(
        "organisation.yml",
        "programme: The apprentice teaches the master",
        f"programme: {_quoted(PROGRAMME)}",
    )
    sample.change("organisation.yml", "name: Mrs Crumb", f"name: {_quoted(TEXTS['ending'])}")
    sample.change("organisation.yml", "title: Clean hands", f"title: {_quoted(TEXTS['tags'])}")
    sample.change("program.yml", 'edition: "7"', f"edition: {_quoted(TEXTS['script'])}")


def _one(inside: Tag, selector: str) -> Tag:
    """The first element of a kind, which has to be there."""
    found = inside.select_one(selector)
    assert found is not None, selector
    return found


def _heading(main: Tag) -> str:
    return _one(main, "h1").get_text()


@pytest.mark.parametrize("name", TEXTS)
def test_text_of_a_title_stands_above_its_page_as_written(name: str, site: Site) -> None:
    """Heading and window title of a session and of a role are exactly the characters of the file."""
    for language in LANGUAGES:
        for form in OWN_PAGES[:2]:
            page = site.page(language + form.format(name))
            assert page.title is not None
            assert _heading(_one(page, "main")) == TEXTS[name]
            # Windows show no difference between spaces, so neither does this.
            assert page.title.get_text().split() == f"{TEXTS[name]} · {PROGRAMME} · {ORGANISATION}".split()
    assert _heading(site.main(OWN_PAGES[2].format(name))) == f"Checklist: {TEXTS[name]}"


@pytest.mark.parametrize("name", [name for name in TEXTS if name != PLAIN])
def test_text_is_all_that_differs_between_pages_of_different_texts(name: str, site: Site) -> None:
    """Put the text where the plain words stand on the plain page, and it is this page, node by node."""
    for language in LANGUAGES:
        for form in OWN_PAGES:
            plain, made = (_nodes(site.main(language + form.format(one))) for one in (PLAIN, name))
            assert made == [
                node.replace(TEXTS[PLAIN], TEXTS[name]).replace(f"-{PLAIN}", f"-{name}") for node in plain
            ]


def _nodes(main: Tag) -> list[str]:
    """Every element, attribute and text of a page in order, without what depends on its neighbours."""
    nodes = []
    for node in main.descendants:
        if isinstance(node, Tag):
            named = {key: value for key, value in node.attrs.items() if node.name != "h1" or key != "id"}
            nodes.append(f"{node.name} {named}" if node.name != "a" else "a")
            nodes += [
                f"{key}={node[key]}"
                for key in ("href", "aria-label")
                if node.name == "a" and key in node.attrs
            ]
        elif not any(parent.name == "nav" for parent in node.parents):
            nodes.append(f"{type(node).__name__}: {node}")
    return [node for node in nodes if "templates/agendas/" not in node]


def test_text_stands_in_every_place_that_is_meant_for_it(site: Site) -> None:
    """The plain words, which the other pages are held against, are found where the file has them."""
    main = site.main(OWN_PAGES[0].format(PLAIN))
    words = [text for text in main.find_all(string=True) if text.strip(" ") == TEXTS[PLAIN]]
    parents = {parent.name for text in words for parent in [text.parent] if parent is not None}
    assert {"h1", "h3", "h4", "p", "label"} <= parents
    says = [one.get_text() for one in main.select(".say")]
    assert says == [f"Say: {TEXTS[PLAIN]}"]


def test_text_of_an_option_is_shown_as_written(site: Site) -> None:
    """The options of a choice are exactly the texts of its file, in order."""
    main = site.main("templates/worksheets/flour-card.html")
    assert [one.get_text() for one in main.select('input[name="seeds"] + span')] == list(TEXTS.values())


def test_text_of_a_checklist_is_shown_as_written(site: Site) -> None:
    """Each item is exactly the text of its file, and its link is named after it."""
    for name, text in TEXTS.items():
        main = site.main(f"templates/checklists/role-{name}.html")
        links = [link["aria-label"] for link in main.select(".ticks a")]
        assert [one.get_text() for one in main.select(".ticks label")] == [text]
        assert links == [f"Open the page for: {text}"]


def test_text_of_the_organisation_is_shown_as_written(site: Site) -> None:
    """Names, edition, contact and policy stand on the pages as they were written."""
    for place in site.places():
        page = site.page(place)
        lines = [line.get_text() for line in _one(page, "footer").select("p")]
        assert TEXTS["ending"] in lines[0]
        assert lines[2].startswith(f"{ORGANISATION} · ")
        assert TEXTS["script"] in lines[2]
        assert _one(page, "a.home").get_text() == PROGRAMME
    margin = _one(site.main("templates/agendas/first-dough.html"), ".margin-text span")
    assert margin.get_text() == f"{ORGANISATION} · {PROGRAMME}"
    policies = site.main("roles/mentor.html").select('a[href="https://bakery.example/hands"]')
    assert [one.get_text() for one in policies] == [TEXTS["tags"]]


def test_text_of_a_link_is_the_title_of_where_it_leads(site: Site) -> None:
    """On every page, whatever links to a session or role with a text says exactly that text."""
    titles = {form.format(name): text for form in OWN_PAGES[:2] for name, text in TEXTS.items()}
    wrong, right = [], set()
    for place in site.places():
        for link in site.page(place).select('a:not([href^="#"]):not(.tool):not([aria-label])'):
            target = urldefrag(urljoin(place, str(link["href"]))).url.removeprefix("pl/")
            if target in titles and link.get_text().strip(" ") != titles[target]:
                wrong.append((place, link.get_text(), titles[target]))
            right.add(target)
    assert wrong == []
    assert titles.keys() <= right


def test_text_runs_nowhere(site: Site) -> None:
    """No page has a script in itself, a handler in an attribute, a link that runs, or an image of a text."""
    for place in site.places():
        page = site.page(place)
        assert [tag for tag in page.find_all("script") if not tag.get("src") or tag.get_text()] == []
        assert page.find_all(["img", "b", "br"]) == []
        attributes = [(name, str(value)) for tag in page.find_all(True) for name, value in tag.attrs.items()]
        assert [name for name, _ in attributes if name.startswith("on")] == []
        links = [value.lower() for name, value in attributes if name in ("href", "src")]
        assert [link for link in links if link.startswith(("javascript:", "data:"))] == []


def test_text_makes_no_id_that_is_taken(site: Site) -> None:
    """A title or id of the data may be a word that the frame uses: every id of a page stands there once."""
    for place in site.places():
        ids = [str(tag["id"]) for tag in site.page(place).find_all(id=True)]
        assert (place, sorted(ids)) == (place, sorted(set(ids)))


def test_text_of_the_search_is_that_of_the_pages(site: Site) -> None:
    """What the search finds is named exactly as its page is."""
    script = (site.folder / "js" / "search-index.js").read_text(encoding="utf-8")
    found = json.loads(script.removeprefix("globalThis.kitPages = ").removesuffix(";\n"))
    titles = {page["url"]: page["title"] for page in found}
    assert {name: titles[OWN_PAGES[0].format(name)] for name in TEXTS} == TEXTS
