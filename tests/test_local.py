"""An organisation's own additions: laid over the kit field by field, checked, and found in the built site."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from macros.program import local
from macros.program.loading import load
from macros.program.problems import DataError
from macros.program.project import open_project
from tests.conftest import ROOT, Run, Sample

OWN = {
    "organisation.yml": """\
name: Harbour Works
programme: Turn the tables
start: 2027-03-02
colours:
  light: "#7a1f3d"
  dark: "#ffb3c7"
contacts:
  programme-lead:
    name: Ola Nordmann
    email: ola@harbour.test
  sponsor: {name: Kim Quay, email: kim@harbour.test}
  trusted-person: {name: Jo Pier, email: jo@harbour.test}
""",
    "worksheets/our-safety-card.yml": """\
code: H1
title: Harbour safety card
purpose: What everybody signs who comes on the quay.
use_when: Before a pair meets outside.
not_when: Indoors.
by: [mentor]
goes_to: private
minutes: 3
fields:
  - {id: boots, type: short-text, visibility: private, label: Size of your boots}
""",
    "checklists/decide.yml": """\
items:
  - id: count-the-hours
    text: Count the hours of the night shift, too
  - id: make-the-case
    remove: true
  - id: walk-the-quay
    text: Walk along the quay with the sponsor
    roles: [programme-lead]
    when: {first_meeting: -12}
    minutes: 30
    why: They have not been there for years.
    help: templates/worksheets/our-safety-card
""",
    "docs/guide/our-policy.md": "# Our quay rules\n\nNobody meets on the crane.\n",
    "logo.svg": '<svg xmlns="http://www.w3.org/2000/svg"><rect width="8" height="8"/></svg>',
    "extra.css": ".harbour { color: inherit; }\n",
}
"""By path in `data/local/`: what the organisation adds and changes."""

MINE = (
    "Harbour Works",
    "Turn the tables",
    "Ola Nordmann",
    "Jo Pier",
    "Harbour safety card",
    "Count the hours of the night shift, too",
    "Walk along the quay with the sponsor",
    "Nobody meets on the crane.",
    "2 March 2027",
)
THEIRS = (
    "Your organisation ·",
    "· Your organisation<",
    "Alex Example",
    "Sam Example",
    "Robin Example",
    "Count the hours each role will spend",
    "Put the case on one page",
)


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """The built site of an organisation that has added its own to the whole kit."""
    folder = tmp_path_factory.mktemp("harbour")
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(ROOT / "docs", folder / "docs")
    for place, text in OWN.items():
        path = folder / "data" / "local" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    done = run(Sample(folder / "data", folder / "docs"), "build", "--site", str(folder / "site"))
    assert done.code == 0, done.err
    return folder / "site"


def _english(site: Path) -> dict[str, str]:
    pages = (path for path in site.rglob("*.html") if path.relative_to(site).parts[0] != "pl")
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in pages}


def test_local_additions_are_found_where_they_belong(harbour: Path) -> None:
    """Name, contacts, dates, sheet, checklist item and page of the organisation are on its pages."""
    whole = "\n".join(_english(harbour).values())
    assert [words for words in MINE if words not in whole] == []


def test_local_additions_leave_nothing_of_what_they_replace(harbour: Path) -> None:
    """What was replaced or removed stands on no page, in no language, and in no script."""
    texts = [
        path.read_text(encoding="utf-8") for path in harbour.rglob("*") if path.suffix in (".html", ".js")
    ]
    # The page about making it yours shows examples; they are words of the manual, not of the programme.
    manual = [(harbour / place).read_text(encoding="utf-8") for place in _manual()]
    index = [text for text in texts if text.startswith("globalThis.kitPages")]
    left = [text for text in texts if text not in manual and text not in index]
    assert [words for words in THEIRS if any(words in text for text in left)] == []


def _manual() -> tuple[str, ...]:
    return ("guide/make-it-yours.html", "pl/guide/make-it-yours.html")


def test_local_sheet_has_its_page_and_is_linked_by_its_role_and_its_task(harbour: Path) -> None:
    """A worksheet of one's own needs no page of its own making."""
    pages = _english(harbour)
    assert "Size of your boots" in pages["templates/worksheets/our-safety-card.html"]
    for place in (
        "roles/mentor.html",
        "templates/checklists/decide.html",
        "templates/index.html",
        "templates/kit.html",
    ):
        assert "our-safety-card.html" in pages[place], place


def test_local_look_is_linked_from_every_page(harbour: Path) -> None:
    """Colours, styles and logo come from files of the site itself."""
    for place, text in _english(harbour).items():
        assert re.search(r'<link rel="stylesheet" href="[./]*own/own\.css">', text), place
        assert re.search(r'<img class="mark" src="[./]*own/logo\.svg" alt=""', text), place
    for folder in (harbour, harbour / "pl"):
        css = (folder / "own" / "own.css").read_text(encoding="utf-8")
        assert "light-dark(#7a1f3d, #ffb3c7)" in css
        assert ".harbour" in css
        assert (folder / "own" / "logo.svg").read_text(encoding="utf-8") == OWN["logo.svg"]


def test_local_page_is_listed_beside_the_guide(harbour: Path) -> None:
    """A page of one's own is reached from every page of the guide."""
    assert "our-policy.html" in _english(harbour)["guide/timeline.html"]


def test_local_mistakes_name_the_organisations_own_file(sample: Sample) -> None:
    """A mistake in a field laid over ours is reported in the host's file, at its line."""
    own = sample.data / "local" / "checklists" / "bake.yml"
    own.parent.mkdir(parents=True)
    own.write_text("items:\n  - id: book-oven\n    roles: [nobody]\n", encoding="utf-8")
    with pytest.raises(DataError) as refused:
        open_project(sample.data, sample.docs)
    first = refused.value.problems[0]
    assert (first.path, first.line, first.id) == ("data/local/checklists/bake.yml", 3, "R101")


def test_local_polish_goes_with_the_english_it_was_made_from(sample: Sample) -> None:
    """A text changed in English is not shown in the kit's Polish, unless the host translates it."""
    own = sample.data / "local"
    (own / "sessions").mkdir(parents=True)
    (own / "sessions" / "first-dough.yml").write_text("title: Our first dough\n", encoding="utf-8")
    polish = open_project(sample.data, sample.docs).languages["pl"]
    assert polish.sessions["first-dough"].title == "Our first dough"
    (own / "pl" / "sessions").mkdir(parents=True)
    (own / "pl" / "sessions" / "first-dough.yml").write_text(
        "title:\n  en: Our first dough\n  pl: Nasze pierwsze ciasto\n", encoding="utf-8"
    )
    polish = open_project(sample.data, sample.docs).languages["pl"]
    assert polish.sessions["first-dough"].title == "Nasze pierwsze ciasto"
    assert polish.language_of("sessions/first-dough") == "pl"


def test_local_files_keep_what_they_do_not_mention(sample: Sample) -> None:
    """Laid over field by field: other fields, other entries and their order stay as shipped."""
    before = load(sample.data).programme
    own = sample.data / "local" / "organisation.yml"
    own.parent.mkdir()
    own.write_text("driver: {agenda: mentee}\npolicies: []\n", encoding="utf-8")
    after = load(sample.data).programme
    assert (after.organisation.driver.agenda, after.organisation.driver.dates) == ("mentee", "mentee")
    assert after.organisation.policies == ()
    assert after.organisation.name == before.organisation.name
    assert list(after.worksheets) == list(before.worksheets)


def test_local_folder_that_is_empty_changes_nothing(sample: Sample) -> None:
    """Without additions the pages are built from where they are."""
    with local.laid_over(sample.data, sample.docs) as docs:
        assert docs == sample.docs
