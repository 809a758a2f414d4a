"""The built site as a set of files: nothing missing, nothing broken, nothing superfluous."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from bs4 import BeautifulSoup

from macros.program.project import open_project
from tests.browser.conftest import ROOT, Site
from tests.browser.test_ibm import TOOLS


@cache
def _soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_every_entry_of_the_data_has_its_page(site: Site) -> None:
    """Agendas, checklists, worksheets and roles stand where people look, in every language.

    MkDocs leaves a folder called templates out of a site, silently, unless told otherwise.
    """
    programme = open_project(ROOT / "data", ROOT / "docs").languages["en"]
    phases = [phase.id for phase in programme.program.phases]
    wanted = [f"templates/agendas/{name}" for name in programme.sessions]
    wanted += [f"templates/worksheets/{name}" for name in programme.worksheets]
    wanted += [f"templates/checklists/{name}" for name in [*programme.roles, *phases]]
    wanted += [f"roles/{name}" for name in programme.roles]
    missing = [
        page
        for name in wanted
        for page in (f"{name}.html", f"pl/{name}.html")
        if not (site.folder / page).is_file()
    ]
    assert missing == []


def test_languages_mirror_each_other(site: Site) -> None:
    """Every page has the same address in every language, under that language's folder."""
    assert [f"pl/{page}" for page in site.pages("en")] == site.pages("pl")


def test_every_link_leads_somewhere(site: Site) -> None:
    """Links, images, scripts and style sheets exist, and so does the part of the page that is named."""
    broken = []
    for name in site.pages():
        page = site.folder / name
        for element in _soup(page).select("[href], [src]"):
            address = str(element.get("href") or element.get("src"))
            if address.startswith(("mailto:", "https://", "http://", "data:")):
                continue
            path, anchor = urldefrag(address)
            start = site.folder if path.startswith("/") else page.parent
            target = (start / unquote(path.removeprefix("/"))).resolve() if path else page
            if not target.is_file():
                broken.append(f"{name}: {address}")
            elif anchor and not _soup(target).find(id=anchor):
                broken.append(f"{name}: {address} (no such part)")
    assert broken == []


def test_titles_tell_pages_apart(site: Site) -> None:
    """In one language no two pages share a title, and each has a description."""
    for language in ("en", "pl"):
        soups = [_soup(site.folder / page) for page in site.pages(language)]
        titles = Counter(str(soup.title.string) for soup in soups if soup.title)
        assert [title for title, count in titles.items() if count > 1] == []
        assert len(titles) == len(site.pages(language))
        assert all(soup.select_one("meta[name=description][content]") for soup in soups)


def test_headings_step_down_one_at_a_time(site: Site) -> None:
    """Every page has one main heading, and no level is skipped below it."""
    for name in site.pages():
        levels = [
            int(heading.name[1]) for heading in _soup(site.folder / name).select("h1, h2, h3, h4, h5, h6")
        ]
        assert levels.count(1) == 1, name
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


def test_identifiers_are_unique_in_a_page(site: Site) -> None:
    """No id stands twice in a page, or labels and links would go astray."""
    for name in site.pages():
        ids = Counter(str(element["id"]) for element in _soup(site.folder / name).select("[id]"))
        assert [one for one, count in ids.items() if count > 1] == [], name


def test_nothing_is_left_over_from_the_engine(site: Site) -> None:
    """No unrendered macro, no source map, none of Material's own scripts and style sheets."""
    for name in site.pages():
        text = (site.folder / name).read_text(encoding="utf-8")
        assert not re.search(r"\{\{|\{%|Traceback", text), name
        assert "generator" not in text, name
    kinds = {path.suffix for path in site.folder.rglob("*") if path.is_file()}
    assert kinds <= {".html", ".css", ".js", ".woff2", ".svg", ".txt", ".md", ".conf", ""}


def test_no_page_names_another_host(site: Site) -> None:
    """Nothing that a page loads, in markup, style or script, has the address of another host."""
    loads = re.compile(r"(?:src|srcset|poster|data)=\"?(?:https?:)?//|url\(\s*['\"]?(?:https?:)?//|@import")
    for path in site.folder.rglob("*"):
        if path.suffix in (".html", ".css", ".js"):
            assert not loads.search(path.read_text(encoding="utf-8")), path.name


def test_markup_is_valid(site: Site) -> None:
    """The Nu HTML checker has nothing to say about any page."""
    checker = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not (checker.exists() and shutil.which("java")) and not os.environ.get("CI"):
        pytest.skip("the Nu HTML checker is not here: .ci/run installs it")
    command = ["java", "-jar", str(checker), "--skip-non-html", "--format", "gnu", str(site.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr + done.stdout == ""
    assert done.returncode == 0


def test_first_visit_is_light(site: Site) -> None:
    """The heaviest first visit, with its style sheet, scripts and typeface, stays below stock Material's.

    Stock Material was measured at 66 kB for three small pages, without a typeface (quality.md).
    """
    fonts = sum(
        (site.folder / "fonts" / name).stat().st_size
        for name in ("atkinson-latin.woff2", "atkinson-polish.woff2")
    )
    for name in site.pages():
        page = site.folder / name
        loaded = [str(one["src"]) for one in _soup(page).select("script[src]")]
        texts = [page, site.folder / "css/kit.css", *(page.parent / one.lstrip("/") for one in loaded)]
        weight = fonts + sum(len(gzip.compress(path.read_bytes())) for path in texts)
        # A print pack holds the sheets of a role, all of them, and is opened to be printed.
        assert weight < (120_000 if "/packs/" in name else 66_000), name
