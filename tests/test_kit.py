"""The real kit: that it is whole, that its parts know each other, and what an organisation's choices do."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from macros.program import checks, consequences, fields, letters, packs, schedule, views
from macros.program.kit_checks import GROUNDS, ON_COLOUR
from macros.program.loading import Loaded, Programme, assemble, load
from macros.program.project import open_project
from macros.program.values import contrast

ROOT = Path(__file__).parents[1]

LISTED = {"M": 14, "E": 13, "P": 10, "S": 7, "F": 27, "L": 5}
"""How many artefacts of each letter the dossier lists (kit.md, section 1): seventy-six."""

OURS = {"F28", "F29", "F30"}
"""What we added: a survey for mentees, a tally of surveys, a handover file."""


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    """The real data as it stands in the files."""
    return load(ROOT / "data")


@pytest.fixture(scope="module")
def programme() -> Programme:
    """The real programme in English."""
    return open_project(ROOT / "data", ROOT / "docs", only="en").languages["en"]


def _chosen(programme: Programme, **choices: object) -> Programme:
    organisation = programme.organisation.model_copy(update=choices)
    return views.chosen(replace(programme, organisation=organisation))


# --- whole ---------------------------------------------------------------------------------------


def test_kit_holds_every_artefact_listed(programme: Programme) -> None:
    """Each of the seventy-six stands in the kit under its own code, and three more."""
    codes = [piece.code for piece in views.kit(programme)]
    listed = {f"{letter}{n}" for letter, count in LISTED.items() for n in range(1, count + 1)}
    assert len(listed) == 76
    assert sorted(codes) == sorted(listed | OURS)


def test_kit_table_has_no_hole(programme: Programme) -> None:
    """Every artefact is for somebody, in some phase; every role has one, and so has every phase."""
    pieces = views.kit(programme)
    assert [piece.code for piece in pieces if not piece.roles or not piece.phases] == []
    assert {role for piece in pieces for role in piece.roles} == programme.roles.keys()
    phases = {phase for piece in pieces for phase in piece.phases}
    assert phases == {phase.id for phase in programme.program.phases}


def test_kit_sheets_know_what_comes_before_and_after(programme: Programme) -> None:
    """No sheet stands alone: each comes after something, or leads to something."""
    alone = [
        name
        for name, sheet in programme.worksheets.items()
        if views.before_and_after(programme, sheet, name) == ([], [])
    ]
    assert alone == []


def test_kit_sheets_are_each_explained_by_a_module(programme: Programme) -> None:
    """For each sheet there is a module that says why."""
    explained = {name for module in programme.modules.values() for name in module.worksheets}
    assert programme.worksheets.keys() - explained == set()


def test_kit_sheets_are_never_followed_in_a_circle(programme: Programme) -> None:
    """Nothing comes before itself."""
    follows = {name: set(sheet.follows) for name, sheet in programme.worksheets.items()}
    done: set[str] = set()
    while ready := {name for name, before in follows.items() if not (before & follows.keys()) - done} - done:
        done |= ready
    assert follows.keys() - done == set()


def test_guide_tells_leads_facilitators_and_sponsors_everything_they_have_to_do(programme: Programme) -> None:
    """Each of their tasks stands on a page of the guide, in the week in which it is due."""
    told = {task for steps in programme.guide.values() for task in steps.tasks}
    wanted = {
        task.item.id
        for task in views.tasks(programme)
        if {"programme-lead", "facilitator", "sponsor"} & set(task.item.roles)
    }
    assert wanted - told == set()


def test_guide_counters_every_risk_with_a_sheet_or_a_session(programme: Programme) -> None:
    """The dossier lists twenty-one ways to fail; for each the register names something to hold against it."""
    assert len(programme.risks) == 21
    bare = [
        risk.id
        for risk in programme.risks
        if not any(
            place.startswith(("templates/worksheets/", "templates/agendas/")) for place in risk.counters
        )
    ]
    assert bare == []


def test_guide_gives_each_duty_one_role_that_answers(programme: Programme) -> None:
    """Duties stand in every phase, and whoever answers is a role of the programme."""
    assert {duty.phase for duty in programme.duties} == {phase.id for phase in programme.program.phases}
    assert {duty.answers for duty in programme.duties} <= programme.roles.keys()


def test_guide_holds_six_standards(programme: Programme) -> None:
    """The crosswalk speaks of each of the six, and says what is left to do."""
    assert len(programme.standards) == 6


# --- tracks --------------------------------------------------------------------------------------


def test_tracks_swap_the_core_of_meetings_three_to_five(programme: Programme) -> None:
    """Each of the four changes each of the three, with six topics of its own."""
    middle = schedule.meetings(programme)[2:5]
    assert len(programme.tracks) == 4
    for name, track in programme.tracks.items():
        assert list(track.meetings) == middle, name
        assert len(track.topics) == 6, name
        for swap in track.meetings.values():
            assert all({"mentor", "mentee"} <= core.lens.keys() for core in swap.items.values()), name


def test_tracks_that_are_off_are_nowhere(programme: Programme) -> None:
    """An organisation names the tracks that are on; the others are gone, with their topics."""
    fewer = _chosen(programme, tracks=("digital-and-ai",))
    assert list(fewer.tracks) == ["digital-and-ai"]
    assert _chosen(programme, tracks=()).tracks == {}


# --- choices -------------------------------------------------------------------------------------


def _follow(programme: Programme) -> list[str]:
    return [one.key for one in consequences.consequences(programme)]


def test_choices_of_the_usual_form_bring_no_surprise(loaded: Loaded) -> None:
    """Six monthly meetings of an hour fit as they are; only our example contacts are worth a word."""
    assert _follow(views.chosen(loaded.programme)) == ["choice_examples"]


@pytest.mark.parametrize("form", ["monthly", "compact", "light", "pilot"])
def test_choices_of_every_form_are_valid(form: str, loaded: Loaded) -> None:
    """Each form of the programme passes every rule, and sets rhythm, length and pairs."""
    variant = next(one for one in loaded.programme.program.variants if one.id == form)
    organisation = loaded.programme.organisation.model_copy(
        update=variant.model_dump(include={"cadence_weeks", "meeting_minutes", "pairs"})
    )
    formed = replace(loaded.programme, organisation=organisation)
    assert checks.check(Loaded(formed, loaded.sources, loaded.entries, loaded.folder)) == []
    last = schedule.meetings(formed)[-1]
    assert schedule.session_weeks(formed, last) == [5 * variant.cadence_weeks]


def test_choices_of_half_an_hour_say_which_meeting_takes_longer(programme: Programme) -> None:
    """The first meeting cannot be held in half an hour, and the kit says so, with the reason."""
    found = [dict(one.values) for one in consequences.consequences(_chosen(programme, meeting_minutes=30))]
    longer = [one for one in found if "because" in one]
    first = programme.sessions[schedule.meetings(programme)[0]]
    assert [(one["session"], one["length"], one["n"]) for one in longer] == [(first.title, 45, 30)]
    assert longer[0]["because"]


def test_choices_of_few_pairs_say_what_cannot_be_shown(programme: Programme) -> None:
    """Four pairs have no survey result at all, and six only if nearly everybody answers."""
    assert "choice_no_results" in _follow(_chosen(programme, pairs=4))
    assert "choice_few_results" in _follow(_chosen(programme, pairs=6))


def test_choices_of_a_quick_rhythm_say_what_falls_together(programme: Programme) -> None:
    """With a meeting every week, circles fall into the week of a meeting and some tasks come too early."""
    assert {"choice_same_week", "choice_too_early"} <= set(_follow(_chosen(programme, cadence_weeks=1)))


def test_choices_of_ones_own_win_over_the_form(loaded: Loaded) -> None:
    """What organisation.yml says itself goes before the form it names."""
    own = loaded.entries["organisation"].model_copy(update={"variant": "light", "pairs": 3})
    formed = assemble({**loaded.entries, "organisation": own}).organisation
    assert (formed.meeting_minutes, formed.pairs) == (30, 3)


# --- the organisation ----------------------------------------------------------------------------


def test_every_contact_that_a_sheet_prints_is_needed(loaded: Loaded) -> None:
    """Without any one of its contacts the programme cannot be built, and the message names it."""
    printed = {
        name
        for sheet in loaded.programme.worksheets.values()
        for field in sheet.fields
        if field.type == "contacts"
        for name in field.contacts
    }
    assert printed >= {"programme-lead", "trusted-person", "reporting-channel", "wellbeing"}
    contacts = loaded.programme.organisation.contacts
    for name in printed:
        fewer = {key: one for key, one in contacts.items() if key != name}
        organisation = loaded.programme.organisation.model_copy(update={"contacts": fewer})
        lacking = Loaded(
            replace(loaded.programme, organisation=organisation),
            loaded.sources,
            loaded.entries,
            loaded.folder,
        )
        found = checks.check(lacking)
        assert {problem.id for problem in found} == {"P305"}
        assert all(name in problem.message for problem in found)


def test_every_field_of_the_organisation_is_explained_by_an_example_that_works(
    programme: Programme, tmp_path: Path
) -> None:
    """The reference has each field once, and each example is accepted as it stands."""
    assert list(programme.fields) == list(fields.of_organisation())
    for name, one in programme.fields.items():
        data = tmp_path / name / "data"
        shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns("pl", "schema"))
        (data / "local").mkdir(exist_ok=True)
        (data / "local" / "organisation.yml").write_text(one.example, encoding="utf-8")
        assert re.search(rf"^{name}:", one.example, re.MULTILINE), name
        assert load(data).programme.organisation is not None, name


def test_letters_are_filled_in_from_the_organisation(programme: Programme) -> None:
    """Letters fill in what they name; some name the programme, the lead and the hours."""
    used = {
        name
        for sheet in programme.worksheets.values()
        for field in sheet.fields
        if field.type == "letter"
        for name in letters.blanks(f"{field.subject or ''} {field.text}")
    }
    assert {"programme", "lead", "reach", "mentortime"} <= used <= set(letters.BLANKS)


def test_colours_are_held_against_those_of_the_style_sheet() -> None:
    """What a colour has to stand out from is what the style sheet really puts under it."""
    css = (ROOT / "macros" / "theme" / "css" / "kit.css").read_text(encoding="utf-8")
    for variable in ("paper", "card", "tint", "warm"):
        light, dark = re.search(rf"--{variable}: light-dark\((#\w+), (#\w+)\)", css).groups()  # type: ignore[union-attr]
        assert light in GROUNDS["light"]
        assert dark in GROUNDS["dark"]
    assert f"--on-link: light-dark({ON_COLOUR['light']}, {ON_COLOUR['dark']})" in css
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # as WebAIM's checker has it


# --- print packs ---------------------------------------------------------------------------------


def test_packs_of_a_meeting_hold_its_guides_and_every_sheet(programme: Programme) -> None:
    """Whoever prints a meeting's pack has the guide of both, and each sheet that the agenda names."""
    for name in schedule.meetings(programme):
        found = packs.pack(programme, name)
        guides = [part.whom for part in found.parts if part.kind == "session"]
        sheets = {part.name for part in found.parts if part.kind == "worksheet"}
        assert guides == [("mentor",), ("mentee",)]
        assert sheets >= set(views.worksheets_of_session(programme, name))


def test_packs_of_a_role_hold_all_it_fills_in(programme: Programme) -> None:
    """A mentor's pack is a mentor's whole kit, a copy for each meeting where there is one for each."""
    found = packs.pack(programme, "mentor")
    sheets = {part.name: part.times for part in found.parts if part.kind == "worksheet"}
    assert sheets.keys() == views.worksheets_of_role(programme, "mentor").keys()
    assert sheets["reflection-log"] == len(schedule.meetings(programme))


def test_packs_protect_mentors_with_all_six_parts(programme: Programme) -> None:
    """Limits, a circle, time, the manager's card, a way out and a route: the mentor protection pack."""
    pieces = {
        piece.code
        for piece in views.kit(programme)
        if piece.place.rpartition("/")[2] in _protection(programme)
    }
    assert pieces >= {"M4", "M12", "M14", "L2", "L3", "F20"}


def _protection(programme: Programme) -> set[str]:
    return {part.name for part in packs.pack(programme, "mentor-protection").parts}
