"""Other languages: words only, each beside the English it was made from, and entries that never mix."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from pydantic import BaseModel

from macros.program.evidence import Myths
from macros.program.loading import Programme
from macros.program.model import Checklist
from macros.program.problems import DataError
from macros.program.project import Project, open_project
from macros.program.translate import Gap, catalogue, texts
from macros.program.values import Plural
from macros.render.speech import Speech
from tests.conftest import Sample, contents, raw

DOUGH = "sessions/first-dough"


def _open(sample: Sample) -> Project:
    return open_project(sample.data, sample.docs)


def _entry(programme: Programme, name: str) -> Any:
    """An entry by its name, in the language of the programme."""
    kind, _, identifier = name.partition("/")
    if not identifier:
        if kind == "myths":
            return Myths(myths=programme.myths)
        return programme.words if kind == "ui" else getattr(programme, kind)
    value = getattr(programme, kind)[identifier]
    return Checklist(items=value) if kind == "checklists" else value


def _said(entry: Any) -> dict[str, Any]:
    """Every text of an entry, by place, as a file says it."""
    return {
        place: text.model_dump(exclude_none=True) if isinstance(text, Plural) else text
        for place, text in texts(entry)
    }


def _translated(sample: Sample) -> list[str]:
    """The entries that the sample's Polish files hold, as names."""
    root = sample.data / "pl"
    return sorted(path.relative_to(root).with_suffix("").as_posix() for path in root.rglob("*.yml"))


def test_translate_entry_speaks_polish_and_not_english(sample: Sample) -> None:
    """Each translated entry says every word of its file's translations and none of the English ones."""
    polish = _open(sample).languages["pl"]
    for name in _translated(sample):
        pairs = raw(sample.data / "pl" / f"{name}.yml")
        said = _said(_entry(polish, name))
        assert said == {place: pair["pl"] for place, pair in pairs.items()}
        assert [place for place, pair in pairs.items() if said[place] == pair["en"]] == []


def test_translate_leaves_everything_but_words_alone(sample: Sample) -> None:
    """Numbers, ids and order are the English ones in every entry, translated or not."""
    project = _open(sample)
    for name in catalogue(project.loaded):
        english = dict(_leaves(_entry(project.languages["en"], name)))
        polish = dict(_leaves(_entry(project.languages["pl"], name)))
        changed = {place for place in english if english[place] != polish.get(place)}
        path = sample.data / "pl" / f"{name}.yml"
        pairs = raw(path) if path.exists() else {}
        assert list(english) == list(polish) or name == "ui"
        assert changed == {place for place in english if place.partition(":")[0] in pairs}


def _leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every single value inside an entry, by a place that names things as translations do."""
    if isinstance(value, Plural):
        yield f"{place}:", value
    elif isinstance(value, BaseModel):
        for key in type(value).model_fields:
            yield from _leaves(getattr(value, key), f"{place}.{key}" if place else key)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _leaves(part, f"{place}.{key}" if place else key)
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _leaves(part, f"{place}.{getattr(part, 'id', index + 1)}")
    else:
        yield place, value


def test_translate_falls_back_to_english_for_whole_entries(sample: Sample) -> None:
    """What has no file in Polish is said in English, and known to be; every text of it is a gap."""
    project = _open(sample)
    polish, names = project.languages["pl"], catalogue(project.loaded)
    missing = sorted(set(names) - set(_translated(sample)))
    assert missing == [
        "checklists/knead",
        "duties",
        "fields",
        "guide",
        "modules/hot-ovens",
        "myths",
        "packs/rainy-day",
        "pictures/bread-known",
        "pictures/bread-years",
        "pictures/six-meetings",
        "program",
        "quizzes/hot-ovens",
        "risks",
        "scenarios/burnt-loaf",
        "sessions/flour-evening",
        "sessions/second-oven",
        "sources",
        "standards",
        "tracks/rye",
        "worksheets/crumb-map",
        "worksheets/crust-letter",
        "worksheets/flour-card",
    ]
    assert polish.fallen_back == {
        *(name for name in missing if not name.startswith("checklists/")),
        *(f"checklists/knead/{item.id}" for item in polish.checklists["knead"]),
    }
    for name in missing:
        assert _entry(polish, name) == _entry(project.languages["en"], name)
    assert sorted(project.gaps["pl"], key=repr) == sorted(
        (Gap(name, place, str(text)) for name in missing for place, text in texts(names[name])), key=repr
    )
    assert project.gaps["en"] == []


def test_translate_keeps_what_was_made_from_older_english_and_says_so(sample: Sample) -> None:
    """A stale translation is still shown; the gap names the English of then and of now."""
    before = _open(sample)
    sample.change(f"{DOUGH}.yml", "title: Knead\n", "title: Knead well\n")
    after = _open(sample)
    assert contents(after.languages["pl"]) == contents(before.languages["pl"])
    assert set(after.gaps["pl"]) - set(before.gaps["pl"]) == {
        Gap(DOUGH, "agenda.knead.title", "Knead well", "Knead")
    }


def test_translate_one_missing_text_makes_its_entry_speak_english(sample: Sample) -> None:
    """A sheet never changes language half-way: one text short, all of it is English."""
    before = _open(sample)
    sample.change(f"pl/{DOUGH}.yml", "agenda.knead.online:\n  en: Hold the bowl up to the camera.\n", "")
    sample.change(f"pl/{DOUGH}.yml", "  pl: Pokaż miskę do kamery.\n", "")
    after = _open(sample)
    assert _entry(after.languages["pl"], DOUGH) == _entry(after.languages["en"], DOUGH)
    assert after.languages["pl"].fallen_back - before.languages["pl"].fallen_back == {DOUGH}
    assert set(after.gaps["pl"]) - set(before.gaps["pl"]) == {
        Gap(DOUGH, "agenda.knead.online", "Hold the bowl up to the camera.")
    }


def test_translate_one_missing_text_of_a_checklist_leaves_the_other_items(sample: Sample) -> None:
    """Each item of a checklist stands for itself."""
    before = _open(sample).languages["pl"].checklists["bake"]
    pairs = (sample.data / "pl/checklists/bake.yml").read_text(encoding="utf-8")
    start = pairs.index("items.write-diary.why:")
    end = pairs.index("items.book-oven.text:")
    (sample.data / "pl/checklists/bake.yml").write_text(pairs[:start] + pairs[end:], encoding="utf-8")
    project = _open(sample)
    english, polish = (project.languages[language].checklists["bake"] for language in ("en", "pl"))
    assert polish == (before[0], english[1], before[2])
    assert "checklists/bake/write-diary" in project.languages["pl"].fallen_back


def test_translate_without_any_file_speaks_english(sample: Sample) -> None:
    """A language of which nothing exists yet is the English programme, all of it fallen back."""
    shutil.rmtree(sample.data / "pl")
    project = _open(sample)
    english, polish = (contents(project.languages[language]) for language in ("en", "pl"))
    fallen_back = polish.pop("fallen_back")
    english.pop("fallen_back")
    assert (english.pop("language"), polish.pop("language"), polish) == ("en", "pl", english)
    items = {f"{phase}/{item.id}" for phase, items in english["checklists"].items() for item in items}
    names = {name for name in catalogue(project.loaded) if not name.startswith("checklists/")}
    assert fallen_back == names | {f"checklists/{item}" for item in items}


def test_translate_languages_are_those_of_the_organisation(sample: Sample) -> None:
    """A language that the organisation does not list is not read."""
    sample.change("organisation.yml", "languages: [en, pl]", "languages: [en]")
    sample.change(f"pl/{DOUGH}.yml", "bring.1:", "bring.7:")
    assert list(_open(sample).languages) == ["en"]


def test_translate_tells_every_mistake_of_every_file(sample: Sample) -> None:
    """Unknown places, wrong languages, missing plural forms and strangers are told in one run."""
    sample.change(f"pl/{DOUGH}.yml", "bring.2:", "bring.3:")
    sample.change(f"pl/{DOUGH}.yml", "  pl: Pierwsze ciasto\n", "  de: Erster Teig\n")
    sample.change(
        "pl/roles/mentor.yml", "  pl: Czeladnik\n", "  pl:\n    one: czeladnik\n    other: czeladnika\n"
    )
    (sample.data / "pl/roles/miller.yml").write_text(
        "title:\n  en: Miller\n  pl: Młynarz\n", encoding="utf-8"
    )
    with pytest.raises(DataError) as refused:
        _open(sample)
    assert [(one.path, one.id, one.field, one.message) for one in refused.value.problems] == [
        ("data/pl/roles/mentor.yml", "L703", "title.pl", "one language counts here, the other does not"),
        ("data/pl/roles/miller.yml", "L701", "", "there is no English file of this name"),
        (f"data/pl/{DOUGH}.yml", "L702", "title", "a translation holds en and pl, not en, de"),
        (f"data/pl/{DOUGH}.yml", "L701", "bring.3", 'English has no text at "bring.3"'),
    ]


def _form(number: int) -> str:
    """The Polish plural form of a whole number, by the grammar book."""
    if number == 1:
        return "one"
    return "few" if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else "many"


def test_translate_counts_as_polish_does(sample: Sample) -> None:
    """1 minuta, 2 minuty, 5 minut, 12 minut, 22 minuty: the form follows the number."""
    speech = Speech(_open(sample).languages["pl"], "")
    numbers = [0, 1, 2, 4, 5, 11, 12, 14, 15, 21, 22, 25, 90, 101, 102, 112, 122]
    assert [speech.t("minutes", n=n) for n in numbers] == [f"{_form(n)}: {n} minutes" for n in numbers]


def test_translate_catalogue_holds_every_file_with_words(sample: Sample) -> None:
    """Every data file can be translated, except the organisation's own names."""
    files = {
        path.relative_to(sample.data).with_suffix("").as_posix()
        for path in sample.data.rglob("*.yml")
        if "pl" not in path.relative_to(sample.data).parts
    }
    assert set(catalogue(_open(sample).loaded)) == files - {"organisation"}
