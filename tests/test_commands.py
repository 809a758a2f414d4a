"""The commands, as a person types them: what they print, what they write, how they end."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.program import checks, course_checks, kit_checks
from macros.program.loading import load
from macros.program.problems import DataError
from macros.program.project import open_project
from macros.program.schema import schemas
from tests.conftest import ROOT, Run, Sample, raw


def _tree(sample: Sample) -> dict[str, bytes]:
    """Every file of a sample with its bytes."""
    folder = sample.data.parent
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def _written(before: dict[str, bytes], sample: Sample) -> set[str]:
    """The files that are new or changed; none may be gone."""
    after = _tree(sample)
    assert before.keys() <= after.keys()
    return {name for name, words in after.items() if before.get(name) != words}


def _ids(sample: Sample) -> list[str]:
    """The ids of all that is wrong with a sample."""
    try:
        open_project(sample.data, sample.docs)
    except DataError as error:
        return [one.id for one in error.problems]
    return []


def test_commands_sample_speaks_the_words_of_the_kit() -> None:
    """The sample's words are a copy of the kit's, so that it builds as it lies there.

    When this fails: cp data/ui.yml tests/sample/data/ui.yml
    """
    sample = ROOT / "tests" / "sample" / "data" / "ui.yml"
    assert sample.read_bytes() == (ROOT / "data" / "ui.yml").read_bytes()


# --- check --------------------------------------------------------------------------------------


def _rules() -> str:
    """The files that hold rules."""
    files = [Path(module.__file__ or "") for module in (checks, course_checks, kit_checks)]
    return "".join(path.read_text(encoding="utf-8") for path in files)


def _counted(sample: Sample) -> str:
    """What check prints of the English data, counted from the files."""

    def every(folder: str) -> list[Any]:
        return [raw(path) for path in (sample.data / folder).glob("*.yml")]

    files = [path for path in sample.data.rglob("*.yml") if "pl" not in path.relative_to(sample.data).parts]
    pages = list(sample.docs.rglob("*.md"))
    rules = re.findall(r"^@rule\(", _rules(), re.MULTILINE)
    sessions, sheets = every("sessions"), every("worksheets")
    sources = raw(sample.data / "sources.yml")
    agendas = sum(1 + len(session.get("lengths", [])) for session in sessions)
    items = sum(len(file["items"]) for file in every("checklists"))
    fields = sum(len(sheet["fields"]) for sheet in sheets)
    return (
        f"Checked {len(files)} data files and {len(pages)} pages by {len(rules)} rules: all is well.\n"
        f"  {len(every('roles'))} roles, {len(sessions)} sessions ({agendas} agendas that add up), "
        f"{items} checklist items, {len(sheets)} worksheets with {fields} fields.\n"
        f"  {len(every('modules'))} modules with {sum(len(one['questions']) for one in every('quizzes'))} "
        f"questions, {len(every('scenarios'))} scenarios whose branches all end, "
        f"{len(raw(sample.data / 'glossary.yml'))} terms, "
        f"{sum(len(one['findings']) for one in sources.values())} findings of {len(sources)} sources.\n"
    )


def _behind(sample: Sample) -> str:
    """What check prints of the Polish pages: those not there, and the one made from older English."""
    lines = []
    for path in sorted(sample.docs.rglob("*.md")):
        place, text = path.relative_to(sample.docs), path.read_text(encoding="utf-8")
        shown = f"    docs/pl/{place.as_posix()}"
        if place.parts[0] == "pl" or re.fullmatch(r"\{\{.*\}\}\n", text):
            continue
        if not (sample.docs / "pl" / place).exists():
            lines.append(f"{shown} is not there: the page is shown in English\n")
        elif place.as_posix() == "guide/your-data.md":
            print_of = hashlib.sha256(text.encode()).hexdigest()[:12]
            lines.append(f'{shown} was made from older English; then write translated_from: "{print_of}"\n')
    return "".join(lines)


def test_commands_check_says_what_was_checked_in_numbers(sample: Sample, run: Run) -> None:
    """The numbers are those of the files; what is missing or stale in another language is named."""
    gaps = open_project(sample.data, sample.docs).gaps["pl"]
    polish = f"  pl: {len(gaps)} texts to translate (shown in English), 0 made from older English.\n"
    done = run(sample, "check")
    assert (done.code, done.out, done.err) == (0, _counted(sample) + polish + _behind(sample), "")
    sample.change("roles/taster.yml", "title: Taster", "title: Nose")
    stale = '    stale: roles/taster title: now "Nose"\n'
    done = run(sample, "check")
    assert done.out == _counted(sample) + polish.replace("0 made", "1 made") + _behind(sample) + stale
    assert (done.code, done.err) == (0, "")


def test_commands_check_lists_what_is_wrong_and_ends_with_one(sample: Sample, run: Run) -> None:
    """Each problem has its place, its id, what is wrong and what to do; the last line counts them."""
    sample.change("roles/taster.yml", "title: Taster", "titel: Taster")
    sample.change("program.yml", "    minutes: 20", "    minutes: 20 min")
    done = run(sample, "check")
    assert (done.code, done.out, done.err.splitlines()) == (
        1,
        "",
        [
            'data/program.yml:25:5: D005 milestones[2].minutes: "20 min" is not a whole number',
            "    hint: write digits only, without unit or quotes",
            'data/roles/taster.yml:2:1: D002 "title" is missing',
            '    hint: add a line "title: ..."',
            'data/roles/taster.yml:3:1: D003 titel: there is no key "titel" here',
            '    hint: did you mean "title"?',
            "3 problems in 2 files. Nothing was built.",
        ],
    )


def test_commands_rules_lists_every_rule_once(sample: Sample, run: Run) -> None:
    """One line a rule, in the order of their ids: the id and the message that it prints."""
    done = run(sample, "rules")
    found = re.findall(r"^([A-Z]\d{3})  (\S.*\.)$", done.out, re.MULTILINE)
    written = re.findall(r'^@rule\("(\w+)"\)', _rules(), re.MULTILINE)
    assert (done.code, [identifier for identifier, _ in found]) == (0, sorted(written))
    assert len(done.out.splitlines()) == len(set(found)) == len(checks.ALL)


# --- new ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "data", "docs", "left"),
    [
        ("session", "data/sessions/tea-break.yml", ["templates/agendas", "templates/packs"], []),
        ("worksheet", "data/worksheets/tea-break.yml", ["templates/worksheets"], ["W501"]),
        ("role", "data/roles/tea-break.yml", ["roles", "templates/checklists", "templates/packs"], ["C402"]),
        ("scenario", "data/scenarios/tea-break.yml", ["scenarios"], []),
    ],
)
def test_commands_new_writes_an_entry_that_loads(
    kind: str, data: str, docs: list[str], left: list[str], sample: Sample, run: Run
) -> None:
    """A new entry comes with its pages; all that is left to do is what its author alone can know."""
    before = _tree(sample)
    done = run(sample, "new", kind, "tea-break")
    folder = sample.data.parent
    pages = [f"docs/{place}/tea-break.md" for place in docs]
    assert (done.code, done.err, done.out.splitlines()) == (
        0,
        "",
        [f"Wrote {(folder / name).as_posix()}" for name in [data, *pages]]
        + [f"Next: fill in {data}, then run: python -m macros check"],
    )
    assert _written(before, sample) == {data, *pages}
    assert "tea-break" in getattr(load(sample.data).programme, f"{kind}s")
    assert _ids(sample) == left
    first = (folder / data).read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../schema/{kind}.json"


def test_commands_new_module_comes_with_quiz_and_prose(sample: Sample, run: Run) -> None:
    """A new module is whole: facts, questions, and a page to write on; every rule is content with it."""
    before = _tree(sample)
    assert run(sample, "new", "module", "tea-break").code == 0
    names = {"data/modules/tea-break.yml", "data/quizzes/tea-break.yml", "docs/modules/tea-break.md"}
    assert _written(before, sample) == names
    assert _ids(sample) == []
    assert list(load(sample.data).programme.modules)[-1] == "tea-break"


def test_commands_prose_measures_every_page_of_prose(sample: Sample, run: Run) -> None:
    """One line a page, hardest first, with words, words a sentence, the longest, and LIX."""
    done = run(sample, "prose")
    lines = done.out.splitlines()
    found = [re.fullmatch(r" *(\d+) +([\d.]+) +(\d+) +(\d+)  (\S+\.md)", line) for line in lines[1:]]
    assert (done.code, None in found) == (0, False)
    hard = [int(one[4]) for one in found if one]
    assert hard == sorted(hard, reverse=True)
    assert "modules/why-bread.md" in {one[5] for one in found if one}
    assert "roles/mentor.md" not in {one[5] for one in found if one}


def test_commands_new_checklist_is_for_a_phase_that_has_none(sample: Sample, run: Run) -> None:
    """A checklist is named after its phase: a phase that waits for one gets it, anything else is refused."""
    sample.change(
        "program.yml",
        "milestones:\n",
        "  - id: cool\n    title: Cool\n    purpose: Wait.\n    starts: {last_meeting: 3}\n"
        "    ends: {last_meeting: 4}\nmilestones:\n",
    )
    before = _tree(sample)
    refused = run(sample, "new", "checklist", "freeze")
    assert (refused.code, refused.err.splitlines()[0]) == (
        1,
        'data/checklists/freeze.yml:1:1: N903 id: there is no phase "freeze"',
    )
    assert _written(before, sample) == set()
    assert run(sample, "new", "checklist", "cool").code == 0
    assert _written(before, sample) == {"data/checklists/cool.yml", "docs/templates/checklists/cool.md"}
    assert _ids(sample) == []


@pytest.mark.parametrize(
    "identifier",
    ["../../etc", "/tea", "Tea-Break", "tea break", "tea_break", "con", "index", "tea.yml", "", "é"],
)
def test_commands_new_refuses_what_cannot_be_an_id(identifier: str, sample: Sample, run: Run) -> None:
    """Nothing is written for an id that a path, an address or Windows takes amiss."""
    before, around = _tree(sample), sorted(sample.data.parent.parent.iterdir())
    done = run(sample, "new", "session", identifier)
    assert (done.code, done.out, done.err.split()[1]) == (1, "", "N901")
    assert f'"{identifier}"' in done.err
    assert (_tree(sample), sorted(sample.data.parent.parent.iterdir())) == (before, around)


@pytest.mark.parametrize(
    ("kind", "identifier", "shown"),
    [
        ("session", "first-dough", "data/sessions/first-dough.yml"),
        ("worksheet", "crumb-map", "data/worksheets/crumb-map.yml"),
        ("role", "mentor", "data/roles/mentor.yml"),
        ("checklist", "bake", "data/checklists/bake.yml"),
    ],
)
def test_commands_new_refuses_an_entry_that_exists(
    kind: str, identifier: str, shown: str, sample: Sample, run: Run
) -> None:
    """What somebody has written is never written over."""
    before = _tree(sample)
    done = run(sample, "new", kind, identifier)
    assert (done.code, done.out, done.err.splitlines()) == (
        1,
        "",
        [
            f"{shown}:1:1: N902 this file exists already",
            "    hint: choose another id, or edit it",
            "1 problem in 1 file. Nothing was built.",
        ],
    )
    assert _tree(sample) == before


def test_commands_new_keeps_a_page_that_stands(sample: Sample, run: Run) -> None:
    """A page that somebody wrote before its data stays as it is."""
    page = sample.docs / "roles" / "miller.md"
    page.write_text('{{ role("miller") }}\n\nHe grinds.\n', encoding="utf-8")
    before = _tree(sample)
    assert run(sample, "new", "role", "miller").code == 0
    pages = {f"docs/templates/{folder}/miller.md" for folder in ("checklists", "packs")}
    assert _written(before, sample) == {"data/roles/miller.yml", *pages}


def test_commands_new_says_what_is_wrong_with_the_data_first(sample: Sample, run: Run) -> None:
    """A new entry is made for data that can be read; else the problems are listed and nothing is written."""
    sample.change("roles/taster.yml", "title: Taster", "title:")
    before = _tree(sample)
    done = run(sample, "new", "role", "miller")
    assert (done.code, done.out, done.err.splitlines()[0].split()[1]) == (1, "", "Y008")
    assert _tree(sample) == before


# --- translate ----------------------------------------------------------------------------------


def _fill_in(path: Path) -> None:
    """Translate every text that waits, as a translator would."""
    pairs = {
        place: {"en": pair["en"], "pl": pair.get("pl", f"po polsku: {place}")}
        for place, pair in raw(path).items()
    }
    path.write_text(yaml.safe_dump(pairs, allow_unicode=True, sort_keys=False), encoding="utf-8")


def test_commands_translate_writes_what_an_entry_lacks(sample: Sample, run: Run) -> None:
    """Every text of an entry stands in its new file, and waits there for its translation."""
    before = open_project(sample.data, sample.docs).gaps["pl"]
    done = run(sample, "translate", "pl", "sessions/second-oven")
    path = sample.data / "pl" / "sessions" / "second-oven.yml"
    assert (done.code, done.out, done.err) == (0, f"Wrote {path.as_posix()}\n", "")
    assert raw(path) == {
        gap.place: {"en": gap.english} for gap in before if gap.name == "sessions/second-oven"
    }
    assert open_project(sample.data, sample.docs).gaps["pl"] == before
    _fill_in(path)
    project = open_project(sample.data, sample.docs)
    assert project.languages["pl"].sessions["second-oven"].title == "po polsku: title"
    assert project.gaps["pl"] == [gap for gap in before if gap.name != "sessions/second-oven"]


def test_commands_translate_keeps_what_is_translated(sample: Sample, run: Run) -> None:
    """A second run adds what is new, keeps every translation, and shows the English that has changed."""
    path = sample.data / "pl" / "sessions" / "first-dough.yml"
    pairs = raw(path)
    sample.change("sessions/first-dough.yml", "  - Clean hands\n", "  - Clean hands\n  - A clean towel\n")
    sample.change("sessions/first-dough.yml", "title: First dough", "title: The first dough")
    assert run(sample, "translate", "pl", "sessions/first-dough").code == 0
    assert raw(path) == pairs | {"bring.3": {"en": "A clean towel"}}
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[lines.index("title:") - 1] == '# English has changed, to: "The first dough"'
    _fill_in(path)
    gaps = open_project(sample.data, sample.docs).gaps["pl"]
    assert [(gap.place, gap.was) for gap in gaps if gap.name == "sessions/first-dough"] == [
        ("title", "First dough")
    ]


def test_commands_translate_writes_every_form_of_a_phrase_that_counts(sample: Sample, run: Run) -> None:
    """A phrase that counts waits with all its English forms."""
    words, path = raw(sample.data / "ui.yml"), sample.data / "pl" / "ui.yml"
    path.unlink()
    assert run(sample, "translate", "pl", "ui").code == 0
    assert raw(path) == {key: {"en": word} for key, word in words.items()}


def test_commands_translate_never_writes_over_a_file_that_it_cannot_read(sample: Sample, run: Run) -> None:
    """A slip in a file of translations is told, and the translator's work stays."""
    sample.change("pl/sessions/first-dough.yml", "  pl: Pierwsze ciasto\n", "  pl: 'Pierwsze ciasto\n")
    before = _tree(sample)
    done = run(sample, "translate", "pl", "sessions/first-dough")
    assert (done.code, done.out, done.err.split()[1]) == (1, "", "Y001")
    assert _tree(sample) == before


def test_commands_translate_refuses_an_entry_that_is_not_there(sample: Sample, run: Run) -> None:
    """The nearest entry is named."""
    before = _tree(sample)
    done = run(sample, "translate", "pl", "sessions/first-douhg")
    assert (done.code, done.out, done.err.splitlines()) == (
        1,
        "",
        [
            'data:1:1: N904 there is no entry "sessions/first-douhg"',
            '    hint: did you mean "sessions/first-dough"?',
            "1 problem in 1 file. Nothing was built.",
        ],
    )
    assert _tree(sample) == before


# --- schema, and how commands end ---------------------------------------------------------------


def test_commands_schema_writes_what_has_changed(sample: Sample, run: Run) -> None:
    """The first run writes every schema, the second none."""
    folder = sample.data / "schema"
    count = len(schemas())
    done = [run(sample, "schema") for _ in range(2)]
    assert [(one.code, one.out) for one in done] == [
        (0, f"{count} schemas in {folder}, {count} changed.\n"),
        (0, f"{count} schemas in {folder}, 0 changed.\n"),
    ]
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == schemas()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--help"], 0),
        ([], 2),
        (["bake"], 2),
        (["new", "oven", "tea-break"], 2),
        (["new", "session"], 2),
        (["translate", "de", "ui"], 2),
    ],
    ids=str,
)
def test_commands_end_with_two_where_the_words_are_wrong(
    arguments: list[str], code: int, sample: Sample, run: Run
) -> None:
    """A command that does not exist is told by its own exit code, and by what could be meant."""
    done = run(sample, *arguments)
    assert (done.code, "usage: python -m macros" in done.out + done.err) == (code, True)
