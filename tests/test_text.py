"""Text from YAML is shown as it was written: nothing in it runs, formats, or goes missing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup, Tag

from tests.conftest import Run, Sample, copy_sample

PLAIN = "plain"
TEXTS: dict[str, str] = {
    PLAIN: "Plain words",
    "script": "<script>alert(1)</script>",
    "image": '<img src=x onerror="alert(1)"> x',
    "tags": "a<b>c</b> x<y 1<2>3 <br/>",
    "comment": "<!-- gone --> <![CDATA[ x ]]>",
    "ending": "</textarea></title></script></style></svg><b>x</b>",
    "entities": "Fish &amp; chips &lt;b&gt; &#60;i&#62; &nbsp; &copy",
    "variable": "{{ 7 * 7 }} {{ config.site_name }} {{ oven }}",
    "block": "{% raw %} {% include 'main.html' %} {% endraw %} {% for %}",
    "note": "{# gone #} {#-",
    "format": "{n} {role} {minutes} {0} %s %(x)s ${x}",
    "pipes": "a | b || c | --- |",
    "backticks": "`code` ``more`` ```",
    "stars": "*one* **two** ***three*** a*b*c",
    "underscores": "_one_ __two__ ___three___ a_b_c",
    "link": "[here](https://example.org) ![x](y.png) [ref][1] [^1] [x]",
    "addresses": "<https://example.org> https://example.org www.example.org a@b.example",
    "double-quotes": 'a "b" c="d"',
    "single-quotes": "it's 'x' c='d'",
    "other-quotes": "„low” «angle» ‚x‘ ’ “”",
    "emoji": "👩‍🍳 🥐 🇵🇱 :smile:",
    "right-to-left": "שלום العربية abc",
    "long-word": "w" * 150,
    "attributes": "{: #id .class onclick=alert(1) } { lang=en } {.x}",
    "snippet": '--8<-- "organisation.yml"',
    "snippet-of-a-file": "--8<-- /etc/passwd",
    "hashes": "C# ## x #",
    "dashes": "--- -- – — -",
    "backslashes": "C:\\new \\* \\[ \\\\ \\",
    "marks": "~~x~~ ==y== ^^z^^ $a^2$ ++k++ (c) ...",
    "admonition": '!!! note "x"',
    "number": "1. first 2. second",
    "list": "- first",
    "quote": "> said",
    "definition": ": said",
    "abbreviation": "*[HTML]: x",
    "macro": '{{ role("mentor") }}',
    "scheme": "javascript:alert(1) data:text/html,x",
    "spaces": "a\u00a0b c\u2009d",
}
"""What must survive, by a name that serves as id. Each is put into every place below."""

ORGANISATION = 'Crumb <script>alert(1)</script> & "Sons" {{ 7 * 7 }} {% raw %} *x* </title> \''
PROGRAMME = "Bread <b>&amp;</b> {# x #} [a](b) `c` \" '"


@dataclass(frozen=True, slots=True)
class Site:
    """The sample with every text in every place, built; its pages are read as a browser reads them."""

    folder: Path
    pages: dict[str, BeautifulSoup]

    def main(self, place: str) -> Tag:
        """The content of a page, without its frame."""
        found = self.pages[place].select_one("main")
        assert found is not None
        return found


LANGUAGES = ("", "pl/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Site:
    """Built once: a role, an event with a `say`, an option and a checklist item for every text."""
    sample = copy_sample(tmp_path_factory.mktemp("text"))
    _write_texts(sample)
    done = run(sample, "build", "--site", str(sample.site))
    assert (done.code, done.err) == (0, "")
    pages = {
        path.relative_to(sample.site).as_posix(): BeautifulSoup(
            path.read_text(encoding="utf-8"), "html.parser"
        )
        for path in sample.site.rglob("*.html")
    }
    return Site(sample.site, pages)


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
        ):
            page = sample.docs / place / f"{entry}.md"
            page.write_text(f'{{{{ {macro}("{entry}") }}}}\n', encoding="utf-8")
    (sample.data / "checklists" / "knead.yml").write_text(items, encoding="utf-8")
    sample.change("worksheets/flour-card.yml", "      poppy: Poppy\n      sesame: Sesame\n", options)
    sample.change("organisation.yml", "name: Crumb & Sons", f"name: {_quoted(ORGANISATION)}")
    sample.change(
        "organisation.yml",
        "programme: The apprentice teaches the master",
        f"programme: {_quoted(PROGRAMME)}",
    )
    sample.change("organisation.yml", "name: Mrs Crumb", f"name: {_quoted(TEXTS['ending'])}")
    sample.change("organisation.yml", "title: Clean hands", f"title: {_quoted(TEXTS['script'])}")
    sample.change("program.yml", 'edition: "7"', f"edition: {_quoted(TEXTS['image'])}")


def _words(element: Tag | None) -> str:
    """What a person reads in an element, without its label; no-break spaces stay what they are."""
    assert element is not None
    label = element.select_one(".label")
    text = element.get_text()
    return (text.removeprefix(label.get_text()) if label else text).strip(" ")


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("language", LANGUAGES, ids=["en", "pl"])
def test_text_of_a_session_is_shown_as_written(name: str, language: str, site: Site) -> None:
    """Title, agenda and troubles of a session hold exactly the characters of its file."""
    main = site.main(f"{language}templates/agendas/event-{name}.html")
    places = (
        "h1",
        ".item h3",
        ".lens h4",
        ".lens > p",
        ".lens .say",
        ".option",
        ".trouble dt",
        ".trouble dd",
    )
    shown = {place: _words(main.select_one(place)) for place in places}
    option = shown.pop(".option")
    assert shown == dict.fromkeys(shown, TEXTS[name])
    assert option.endswith(f" {TEXTS[name]}")
    assert _words(main.select_one(".more .why")) == TEXTS[name]


@pytest.mark.parametrize("name", TEXTS)
def test_text_of_a_title_is_the_title_of_its_page(name: str, site: Site) -> None:
    """The window says title, programme and organisation, each with exactly its characters."""
    for place in (f"templates/agendas/event-{name}.html", f"roles/role-{name}.html"):
        for language in LANGUAGES:
            title = site.pages[language + place].title
            assert title is not None
            assert title.get_text() == f"{TEXTS[name]} · {PROGRAMME} · {ORGANISATION}"


@pytest.mark.parametrize("name", TEXTS)
def test_text_of_a_role_is_shown_as_written(name: str, site: Site) -> None:
    """A role's title stands above its page, above its checklist, and in every list of roles."""
    assert _words(site.main(f"roles/role-{name}.html").h1) == TEXTS[name]
    assert _words(site.main(f"templates/checklists/role-{name}.html").h1) == f"Checklist: {TEXTS[name]}"
    assert _words(site.main("templates/index.html").find(id=f"role-role-{name}")) == TEXTS[name]
    room = [
        one.get_text() for one in site.main(f"templates/agendas/event-{name}.html").select(".overview dd")
    ]
    assert f"Apprentice, Master, Shopkeeper, {TEXTS[name]}" in room


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
    """Names, edition and contact stand in the frame of every page as they were written."""
    for page in site.pages.values():
        footer = page.select_one("footer")
        assert footer is not None
        lines = [line.get_text() for line in footer.select("p")]
        assert TEXTS["ending"] in lines[0]
        assert lines[2].startswith(f"{ORGANISATION} · ")
        assert TEXTS["image"] in lines[2]
        assert _words(page.select_one("a.home")) == PROGRAMME
    margin = site.main("roles/../templates/agendas/first-dough.html".removeprefix("roles/../"))
    assert _words(margin.select_one(".margin-text span")) == f"{ORGANISATION} · {PROGRAMME}"
    policies = site.main("roles/mentor.html").select("#rules + ul a")
    assert [(one.get_text(), one["href"]) for one in policies] == [
        (TEXTS["script"], "https://bakery.example/hands")
    ]


def test_text_of_a_link_is_the_title_of_where_it_leads(site: Site) -> None:
    """On every page, whatever links to a session or role with a text says exactly that text."""
    titles = {f"templates/agendas/event-{name}.html": text for name, text in TEXTS.items()}
    titles |= {f"roles/role-{name}.html": text for name, text in TEXTS.items()}
    wrong = []
    for place, page in site.pages.items():
        for link in page.select("a[href]:not(.tool):not([aria-label])"):
            target = urldefrag(urljoin(place, str(link["href"]))).url.removeprefix("pl/")
            if target in titles and link.get_text().strip(" ") != titles[target]:
                wrong.append((place, link.get_text(), titles[target]))
    assert wrong == []


def _skeleton(page: BeautifulSoup) -> list[tuple[str, list[str]]]:
    """Elements and attributes of a page, without what they hold."""
    return [(tag.name, sorted(tag.attrs)) for tag in page.find_all(True)]


@pytest.mark.parametrize("name", [name for name in TEXTS if name != PLAIN])
def test_text_makes_no_element_and_no_attribute(name: str, site: Site) -> None:
    """Pages that differ in their text only are built of the same elements with the same attributes."""
    for language in LANGUAGES:
        for place in (
            "templates/agendas/event-{}.html",
            "roles/role-{}.html",
            "templates/checklists/role-{}.html",
        ):
            made, plain = (site.pages[language + place.format(one)] for one in (name, PLAIN))
            assert _skeleton(made) == _skeleton(plain)


def test_text_runs_nowhere(site: Site) -> None:
    """No page of the site has a script in itself, a handler in an attribute, or a link that runs."""
    for page in site.pages.values():
        assert [tag for tag in page.find_all("script") if not tag.get("src") or tag.get_text()] == []
        attributes = [(name, value) for tag in page.find_all(True) for name, value in tag.attrs.items()]
        assert [name for name, _ in attributes if name.startswith("on")] == []
        assert [
            value
            for name, value in attributes
            if name in ("href", "src") and str(value).lower().startswith(("javascript:", "data:"))
        ] == []


def test_text_of_the_search_is_that_of_the_pages(site: Site) -> None:
    """What the search finds is named exactly as its page is."""
    script = (site.folder / "js" / "search-index.js").read_text(encoding="utf-8")
    found = json.loads(script.removeprefix("globalThis.kitPages = ").removesuffix(";\n"))
    titles = {page["url"]: page["title"] for page in found}
    assert {name: titles[f"templates/agendas/event-{name}.html"] for name in TEXTS} == TEXTS
