"""The real programme: what its words and numbers have to live up to, beyond being valid."""

from __future__ import annotations

import math
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
        if path.suffix in (".py", ".jinja", ".html", ".js") and path.name != "words.py"
    )
    built = r"(?:before|during|after)_session|days_(?:before|after)|dates_by_\w+|agenda_by_\w+"
    built += r"|visibility_\w+|sheets_(?:before|during|after)|grade_\w+|read_\w+|advice_\w+"
    built += r"|share_(?:me|partner|lead|anyone)|basis_\w+"
    keys = open_project(ROOT / "data").languages["en"].words
    idle = [
        key
        for key in keys
        if not re.fullmatch(built, key) and not re.search(rf"['\"]{key}['\"]|\b(?:w|words)\.{key}\b", code)
    ]
    assert idle == []


def test_issue_is_complete(project: Project) -> None:
    """Six meetings and seven events, six roles with something to do in the programme, and every sheet."""
    programme = project.languages["en"]
    kinds = [session.kind for session in programme.sessions.values()]
    assert (kinds.count("meeting"), kinds.count("event")) == (6, 7)
    assert len(programme.roles) == 6
    codes = {sheet.code for sheet in programme.worksheets.values()}
    kit = "M1 M2 M4 M7 M10 M11 E1 E2 E3 E4 E8 P1 P2 P6 P7 P10 F11 F18"  # the least, by kit.md
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


NUMBERS = {13: "thirteen", 15: "fifteen", 21: "twenty-one"}
"""The hours that prose says in words. Another number here means that the prose has to change."""


def test_hours_in_prose_are_those_of_the_data(project: Project) -> None:
    """Where a page quotes what a role costs, it is what the data adds up to, rounded up.

    A pair costs its mentor's, mentee's and line manager's hours, and what each pair adds to the lead's;
    the rest of the lead's hours, the facilitator's and the sponsor's come once.
    """
    programme = project.languages["en"]
    hours = {role: views.hours(programme, role).total / 60 for role in programme.roles}
    calls = views.hours_each_pair(programme, "programme-lead") / 60
    pair = hours["mentor"] + hours["mentee"] + hours["line-manager"]
    once = hours["programme-lead"] - calls * programme.organisation.pairs
    once += hours["facilitator"] + hours["sponsor"]

    def together(pairs: int) -> int:
        return round((pairs * (pair + calls) + once) / 5) * 5

    mentor, mentee = NUMBERS[math.ceil(hours["mentor"])], NUMBERS[math.ceil(hours["mentee"])]
    quoted = {
        "docs/modules/prepare-mentors.md": [f"about {mentor} hours"],
        "docs/modules/what-it-is.md": [f"about {mentor} working hours", f"about {mentee} for a mentee"],
        "docs/modules/recruit-and-match.md": [f"about {mentor} working hours"],
        "docs/modules/prepare-mentees.md": [f"about {mentee} hours"],
        "docs/modules/in-twelve-minutes.md": [f"About {mentee} hours"],
        "docs/modules/design-the-programme.md": [
            f"about {mentor} hours and a mentee about {mentee}",
            f"{NUMBERS[round(hours['sponsor'])]} more as sponsor",
            f"six pairs at {round(pair)}, plus about {round(once + 6 * calls)} for",
            f"so about {together(6)}",
        ],
        "docs/modules/is-it-right-for-us.md": [
            f"about {together(8)} working hours for everybody together, or {round(together(8) / 8)} a pair",
            f"about {together(6)} hours",
            f"about {NUMBERS[round(hours['sponsor'])]}, and a mentee's {mentee} besides",
        ],
        "docs/modules/why-organisations-do-it.md": [
            f"about {round(together(8) / 8)} working hours a pair",
            f"About {together(6)} working hours for six pairs",
        ],
        "data/quizzes/in-twelve-minutes.yml": [f"about {mentee} hours"],
        "data/quizzes/design-the-programme.yml": [f"About {mentor} hours"],
        "data/modules/in-twelve-minutes.yml": [f"about {mentee} hours"],
    }
    missing = [
        (name, phrase)
        for name, phrases in quoted.items()
        for phrase in phrases
        if phrase not in (ROOT / name).read_text(encoding="utf-8")
    ]
    assert missing == []
