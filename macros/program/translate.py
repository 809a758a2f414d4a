"""Other languages: words only, each beside the English it was made from.

A translation mirrors the path of the English file under its language's code and holds one entry a
text: where the text stands, the English, and the translation. Numbers, ids and order stay in the
English file. An entry whose every text is translated speaks the other language; any other speaks
English throughout, so that no sheet changes language half-way.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from macros.program import local, values
from macros.program.loading import Loaded, Programme, assemble, validate
from macros.program.model import Checklist, Organisation
from macros.program.problems import DataError, Problem, nearest, shortened
from macros.program.source import Source, read
from macros.program.values import Plural, Translatable

M = TypeVar("M")

PLURALS = {"pl": ("one", "few", "many", "other"), "en": ("one", "other")}
"""The plural forms that each language tells apart (CLDR 45)."""


Pairs = Mapping[values.Name, Mapping[values.Name, values.Phrase]]
"""A file of translations: by place, the English text and the text of one other language."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A translation that is missing (`was` is None) or was made from other words than today's."""

    name: str
    place: str
    english: str
    was: str | None = None


def texts(value: Any) -> Iterator[tuple[str, str | Plural]]:
    """Every translatable text of an entry, with the place it stands at: `agenda.two-stories.title`."""
    if isinstance(value, BaseModel):
        for field, marked in _fields(type(value)).items():
            yield from _inside(getattr(value, field), field, marked)
    elif isinstance(value, Mapping):  # ui.yml: every word; glossary.yml and sources.yml: every entry
        for key, part in value.items():
            if isinstance(part, str | Plural):
                yield key, part
            else:
                yield from _inside(part, key, marked=False)


def _inside(value: Any, place: str, marked: bool) -> Iterator[tuple[str, str | Plural]]:
    if isinstance(value, str):
        if marked:
            yield place, value
    elif isinstance(value, BaseModel):
        yield from ((f"{place}.{rest}", text) for rest, text in texts(value))
    elif isinstance(value, Mapping | tuple):
        for key, part in _parts(value):
            yield from _inside(part, f"{place}.{key}", marked)


def _parts(value: Mapping[str, Any] | tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        yield from value.items()
    else:
        yield from ((str(getattr(part, "id", index + 1)), part) for index, part in enumerate(value))


@cache
def _fields(kind: type[BaseModel]) -> dict[str, bool]:
    """The fields of a model, and whether their own texts are marked as translatable."""
    return {
        name: _marked(info.annotation) or Translatable in info.metadata
        for name, info in kind.model_fields.items()
    }


def _marked(annotation: Any) -> bool:
    arguments = typing.get_args(annotation)
    return Translatable in arguments or any(_marked(part) for part in arguments if not isinstance(part, str))


def _translated(value: M, words: Mapping[str, str | Plural], place: str = "") -> M:
    """The same value with its texts replaced."""
    if place in words:
        return typing.cast(M, words[place])

    def inside(part: Any, key: str) -> Any:
        return _translated(part, words, f"{place}.{key}" if place else key)

    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        return value.model_copy(update={f: inside(getattr(value, f), f) for f in fields})
    if isinstance(value, Mapping):
        return typing.cast(M, {key: inside(part, key) for key, part in value.items()})
    if isinstance(value, tuple):
        return typing.cast(M, tuple(inside(part, key) for key, part in _parts(value)))
    return value


# --- a whole programme --------------------------------------------------------------------------


def translate(loaded: Loaded, folder: Path, language: str) -> tuple[Programme, list[Gap]]:
    """The programme in another language, and what is missing or stale.

    Raises `DataError` where a file of the language cannot be used.
    """
    english = loaded.programme
    if language == "en":
        return english, []
    problems: list[Problem] = []
    gaps: list[Gap] = []
    fallen_back: set[str] = set()
    names = [name for name in loaded.sources if name != "organisation"]
    roots = (folder / language, folder / local.FOLDER / language)
    for root in roots:
        problems += _strangers(root, {root / f"{name}.yml" for name in names}, folder)

    def words_of(name: str, entry: object) -> dict[str, str | Plural]:
        wanted = dict(texts(entry))
        found: dict[str, str | Plural] = {}
        for root in roots:  # the organisation's own words go last, so that they win
            path = root / f"{name}.yml"
            if path.exists() or path.is_symlink():
                source = read(path, f"{folder.name}/{path.relative_to(folder).as_posix()}")
                if root is roots[0] and loaded.sources[name].own:
                    source.value = _still_said(source.value, wanted)
                found |= _read_pairs(source, language, wanted, name, problems, gaps)
        gaps.extend(Gap(name, at, str(text)) for at, text in wanted.items() if at not in found)
        return found

    def take(name: str, entry: M, words: dict[str, str | Plural] | None = None, at: str = "") -> M:
        found = words_of(name, entry) if words is None else words
        if all(f"{at}{place}" in found for place, _ in texts(entry)):
            return _translated(entry, found, at.removesuffix("."))
        fallen_back.add(name)
        return entry

    def checklist(name: str, entry: Checklist) -> Checklist:
        words = words_of(name, entry)
        items = (take(f"{name}/{one.id}", one, words, f"items.{one.id}.") for one in entry.items)
        return Checklist(items=tuple(items))

    entries: dict[str, Any] = {"organisation": _local(english.organisation, language)}
    for name, entry in catalogue(loaded).items():
        entries[name] = checklist(name, entry) if isinstance(entry, Checklist) else take(name, entry)
    if problems:
        raise DataError(problems)
    return assemble(entries, language, frozenset(fallen_back)), gaps


def _still_said(value: Any, wanted: Mapping[str, str | Plural]) -> Any:
    """The pairs whose English an organisation's own file has left as it was."""
    if not isinstance(value, dict):
        return value
    return {
        place: pair
        for place, pair in value.items()
        if place in wanted and isinstance(pair, dict) and pair.get("en") == _plain(wanted[place])
    }


def _plain(text: str | Plural) -> Any:
    return text if isinstance(text, str) else text.model_dump(exclude_none=True)


def _local(organisation: Organisation, language: str) -> Organisation:
    """The organisation under the names it goes by in a language."""
    names = [local for key, local in organisation.in_other_languages.items() if key == language]
    return organisation.model_copy(update=names[0].model_dump(exclude_none=True)) if names else organisation


def _read_pairs(
    source: Source,
    language: str,
    wanted: Mapping[str, str | Plural],
    name: str,
    problems: list[Problem],
    gaps: list[Gap],
) -> dict[str, str | Plural]:
    """The translations of one file, by place. Stale ones are kept and reported as gaps."""
    problems += source.problems
    pairs: Pairs = (validate(Pairs, source, problems) if source.value is not None else None) or {}
    found: dict[str, str | Plural] = {}
    for place, pair in pairs.items():

        def refuse(identifier: str, message: str, hint: str, *key: str, at: str = place) -> None:
            problems.append(source.problem((at, *key), identifier, message, hint))

        if place not in wanted:
            word = shortened(place)
            refuse("L701", f'English has no text at "{word}"', nearest(place, wanted, "delete it"))
        elif "en" not in pair or not pair.keys() <= {"en", language}:
            keys = ", ".join(shortened(key, 20) for key in pair) or "nothing"
            refuse("L702", f"a translation holds en and {language}, not {keys}", "correct the keys")
        elif (text := pair.get(language)) is not None:
            found[place] = text
            for hole in sorted(_holes(wanted[place]) - _holes(text)):
                refuse("L704", f"the translation leaves out {hole}", "write it where it belongs", language)
            if name == "ui":
                for hole in sorted(_holes(text) - _holes(wanted[place])):
                    refuse("L704", f"nothing is filled into {hole} here", "take the English names", language)
            if "\n" in str(text) and "\n" not in str(wanted[place]):
                refuse("D010", "this text must stand on one line", "join the lines, or use >-", language)
            if isinstance(text, Plural) != isinstance(wanted[place], Plural):
                refuse("L703", "one language counts here, the other does not", "copy the forms", language)
            elif isinstance(text, Plural):
                absent = [form for form in PLURALS[language] if getattr(text, form) is None]
                if absent:
                    refuse("L703", f"plural forms are missing: {', '.join(absent)}", "add them", language)
            if pair["en"] != wanted[place]:
                gaps.append(Gap(name, place, str(wanted[place]), str(pair["en"])))
    return found


def _holes(text: str | Plural) -> set[str]:
    """What is filled into a text, such as {n}; a phrase for exactly one may do without its number."""
    forms = (
        [text.few or text.other, text.many or text.other, text.other] if isinstance(text, Plural) else [text]
    )
    return set.intersection(*(set(re.findall(r"\{[a-z]+\}", form)) for form in forms))


def _strangers(root: Path, known: set[Path], folder: Path) -> Iterator[Problem]:
    """Files of a language that mirror nothing."""
    names = {path.relative_to(root).as_posix() for path in known}
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        name = path.relative_to(root).as_posix()
        if path.is_file() and not path.name.startswith(".") and name not in names:
            shown = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            yield Problem(
                shown, 1, 1, "L701", "", "there is no English file of this name", nearest(name, names)
            )


def catalogue(loaded: Loaded) -> dict[str, Any]:
    """Every entry that has words, by name."""
    return {name: entry for name, entry in loaded.entries.items() if name != "organisation"}
