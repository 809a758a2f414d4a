"""The real programme: what its words and numbers have to live up to, beyond being valid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.program import translate, views
from macros.program.project import Project, open_project
from macros.program.values import Plural

ROOT = Path(__file__).parents[1]
LONGEST_SENTENCE = 30
"""Words. Longer ones are read twice, and on a phone not at all."""

NEVER = ("digital native", "millennial", "gen z", "boomer", "foster", "leverage", "synergy", "—")
"""Words that judge people by age, words that say nothing, and the dash that joins two sentences."""


@pytest.fixture(scope="module")
def project() -> Project:
    """The real data, checked."""
    return open_project(ROOT / "data", ROOT / "docs")


def _texts(project: Project) -> Iterator[tuple[str, str]]:
    for name, entry in translate.catalogue(project.loaded).items():
        for place, text in translate.texts(entry):
            forms = [text.one, text.other] if isinstance(text, Plural) else [text]
            yield from ((f"{name} {place}", form) for form in forms)


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?:])[\"']?\s+|\n", text) if part]


def test_sentences_are_short(project: Project) -> None:
    """No sentence of the data is longer than a reader takes in at once."""
    long = [
        f"{place}: {sentence}"
        for place, text in _texts(project)
        for sentence in _sentences(text)
        if len(sentence.split()) > LONGEST_SENTENCE
    ]
    assert long == []


def test_words_that_judge_or_say_nothing_are_absent(project: Project) -> None:
    """No age as a stand-in for skill, no filler, in data or prose."""
    prose = [(path.name, path.read_text(encoding="utf-8")) for path in (ROOT / "docs").rglob("*.md")]
    prose = [(name, text) for name, text in prose if not re.match(r"\d{4}-", name)]
    found = [
        f"{place}: {word}"
        for place, text in [*_texts(project), *prose]
        for word in NEVER
        if re.search(rf"(?<!\w){re.escape(word)}", text.lower())
    ]
    assert found == []


def test_translations_are_made_from_todays_english(project: Project) -> None:
    """Nothing that is translated has gone stale."""
    stale = [f"{gap.name} {gap.place}" for gap in project.gaps["pl"] if gap.was is not None]
    assert stale == []


def test_polish_path_is_proved_by_complete_entries(project: Project) -> None:
    """The interface, the roles and a first meeting with its sheets speak Polish throughout."""
    polish = project.languages["pl"]
    first = next(name for name, session in polish.sessions.items() if session.when.meeting == 1)
    wanted = {"ui", "program", f"sessions/{first}"}
    wanted |= {f"roles/{name}" for name in polish.roles}
    wanted |= {f"worksheets/{name}" for name in views.worksheets_of_session(polish, first)}
    assert wanted & polish.fallen_back == set()


def test_every_word_of_the_interface_is_used() -> None:
    """`ui.yml` holds no word that nothing prints."""
    code = " ".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "macros").rglob("*")
        if path.suffix in (".py", ".jinja", ".html") and path.name != "words.py"
    )
    built = r"(?:before|during|after)_session|days_(?:before|after)|dates_by_\w+|agenda_by_\w+"
    built += r"|visibility_\w+|sheets_(?:before|during|after)"
    keys = open_project(ROOT / "data").languages["en"].words
    idle = [
        key
        for key in keys
        if not re.fullmatch(built, key) and not re.search(rf"['\"]{key}['\"]|\b(?:w|words)\.{key}\b", code)
    ]
    assert idle == []


def test_issue_is_complete(project: Project) -> None:
    """Six meetings and four events, six roles with something to do in the programme, eighteen sheets."""
    programme = project.languages["en"]
    kinds = [session.kind for session in programme.sessions.values()]
    assert (kinds.count("meeting"), kinds.count("event")) == (6, 4)
    assert len(programme.roles) == 6
    codes = {sheet.code for sheet in programme.worksheets.values()}
    kit = "M1 M2 M4 M7 M10 M11 E1 E2 E3 E4 E8 P1 P2 P6 P7 P10 F11 F18"  # kit.md, end of section 1
    assert codes >= set(kit.split())


def test_every_phase_has_work_for_the_lead(project: Project) -> None:
    """The programme lead has something to do in each phase, and each phase has something to do."""
    programme = project.languages["en"]
    phases = {
        phase.id for phase, _ in views.grouped(views.tasks_of_role(programme, "programme-lead"), programme)
    }
    assert phases == {phase.id for phase in programme.program.phases}


def test_mentor_says_the_first_word_of_every_meeting(project: Project) -> None:
    """Each meeting opens with an item that tells the mentor the very words to say."""
    for name, session in project.languages["en"].sessions.items():
        if session.kind == "meeting":
            first = session.agenda[0]
            assert "mentor" in first.lead, name
            assert first.lens["mentor"].say, name
