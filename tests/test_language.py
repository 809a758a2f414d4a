"""The words of the real kit: spelt right, in sentences that people read once."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from macros.program import pages, prose, translate
from macros.program.project import Project, open_project
from macros.program.values import Plural
from tests.conftest import ROOT, raw

DICTIONARIES = {"en": "en_GB", "pl": "pl_PL"}
LONGEST_SENTENCE = 30
"""Words. Longer ones are read twice, and on a phone not at all."""
HARDEST = {"en": 40, "pl": 52}
"""LIX, page by page: 40 is plain prose. Polish words are longer by nature."""
OXFORD = re.compile(
    r"\b(?!size|prize|seize|capsize|resize|downsize|upsize|oversize|assize)\w+(?:ize[srd]?|izing|ization)\b"
)
"""British dictionaries allow these spellings; the kit writes -ise."""


@pytest.fixture(scope="module")
def project() -> Project:
    """The real data, checked."""
    return open_project(ROOT / "data", ROOT / "docs")


def _prose(language: str) -> Iterator[tuple[str, str]]:
    docs = ROOT / "docs"
    for path in pages.pages(docs):
        page = path.relative_to(docs).as_posix()
        if (page.partition("/")[0] if pages.foreign(page) else "en") == language:
            text = re.sub(r"`[^`]*`", "", path.read_text(encoding="utf-8"))  # code is not prose
            yield f"docs/{page}", prose.plain(text)


def _data(project: Project, language: str) -> Iterator[tuple[str, str]]:
    for place, said in _english(project) if language == "en" else _translated(language):
        forms = said.values() if isinstance(said, dict) else (said,)
        yield from ((place, re.sub(r"\{\w+\}", "", form)) for form in forms)


def _english(project: Project) -> Iterator[tuple[str, str | dict[str, str]]]:
    for name, entry in translate.catalogue(project.loaded).items():
        for place, text in translate.texts(entry):
            yield f"{name} {place}", text.model_dump(exclude_none=True) if isinstance(text, Plural) else text


def _translated(language: str) -> Iterator[tuple[str, str | dict[str, str]]]:
    for path in sorted((ROOT / "data" / language).rglob("*.yml")):
        for place, pair in raw(path).items():
            if language in pair:
                yield f"{path.relative_to(ROOT)} {place}", pair[language]


@pytest.mark.parametrize("language", DICTIONARIES)
def test_every_word_is_spelt_right(project: Project, language: str) -> None:
    """No page and no text of the data holds a word that neither the dictionary nor our list knows."""
    if shutil.which("hunspell") is None and not os.environ.get("CI"):
        pytest.skip("hunspell is not here: .ci/run installs it")
    known = ROOT / "tests" / "words" / f"{language}.txt"
    texts = [*_prose(language), *_data(project, language)]
    done = subprocess.run(
        ["hunspell", "-l", "-i", "utf-8", "-d", DICTIONARIES[language], "-p", known],
        input="\n".join(re.sub(r"['’]s\b", "", text) for _, text in texts),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    wrong = sorted(set(done.stdout.split()))
    where = {word: next(place for place, text in texts if word in text) for word in wrong}
    assert where == {}


def test_spelling_list_holds_no_word_that_nobody_uses(project: Project) -> None:
    """Each word of our own lists stands somewhere, so that a list does not hide tomorrow's slip."""
    for language in DICTIONARIES:
        text = " ".join(text for _, text in [*_prose(language), *_data(project, language)])
        known = (ROOT / "tests" / "words" / f"{language}.txt").read_text(encoding="utf-8").split()
        used = set(re.findall(r"[\w'’-]+", text)) | set(re.findall(r"\w+", text))
        assert [word for word in known if word not in used] == [], language
        assert known == sorted(set(known)), language


def test_spelling_is_ise(project: Project) -> None:
    """One spelling of two that British dictionaries allow."""
    texts = [*_prose("en"), *_data(project, "en")]
    assert [(place, OXFORD.findall(text)) for place, text in texts if OXFORD.search(text)] == []


@pytest.mark.parametrize("language", DICTIONARIES)
def test_pages_are_plain_to_read(language: str) -> None:
    """No page is harder than plain prose, and no sentence of a page is longer than is read at once."""
    measured = [(page, prose.measure(text)) for page, text in _prose(language) if prose.words(text)]
    assert [(page, round(one.lix)) for page, one in measured if one.lix > HARDEST[language]] == []
    assert [(page, one.longest) for page, one in measured if one.longest_words > LONGEST_SENTENCE] == []
